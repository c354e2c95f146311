"""The register of councils with children's services: names, codes, region, type, predecessors and successors.

Source of the facts: the Department for Education's list of local authorities and the Office for National
Statistics' code history, as of April 2026 (`reference/councils.csv`, written for this project).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from corpus.errors import UsageError

REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and The Humber",
)


@dataclass(frozen=True)
class Council:
    """One authority over the time that one GSS code was valid."""

    la_number: str
    """Department for Education three-digit number; stays the same when the GSS code changes."""
    gss_code: str
    short_name: str
    official_name: str
    region: str
    type: str
    """`unitary`, `metropolitan`, `london_borough` or `county`."""
    valid_from: date
    valid_to: date | None
    """Last day on which the code was valid; None while it is."""
    successors: tuple[str, ...]
    """DfE numbers of the authorities that took over; its own number where only the code changed."""
    aliases: tuple[str, ...]
    """Other names in use, such as the trust that runs the service."""


@cache
def register() -> tuple[Council, ...]:
    """Every authority, current and former, in the order of DfE numbers."""
    text = (files("corpus") / "reference" / "councils.csv").read_text(encoding="utf-8")
    return tuple(
        Council(
            la_number=row["la_number"],
            gss_code=row["gss_code"],
            short_name=row["short_name"],
            official_name=row["official_name"],
            region=row["region"],
            type=row["type"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            successors=tuple(filter(None, row["successors"].split(";"))),
            aliases=tuple(filter(None, row["aliases"].split(";"))),
        )
        for row in csv.DictReader(text.splitlines())
    )


_COMMON = frozenset(
    [
        "and",
        "with",
        "upon",
        "north",
        "south",
        "east",
        "west",
        "central",
        "city",
        "forest",
        "isle",
        "isles",
        "london",
        "riding",
        "sea",
        "tower",
    ]
)
"""Words of names that texts have for other reasons, too."""


@cache
def words_of_names() -> frozenset[str]:
    """The words, in lower case, by which councils are told apart: "wrekin", "keynes"."""
    words = {w for c in register() for w in re.findall(r"[a-z]{3,}", c.short_name.lower())}
    return frozenset(words) - _COMMON


def current() -> list[Council]:
    """The authorities that exist today (153 in April 2026)."""
    return [council for council in register() if council.valid_to is None]


def in_region(region: str) -> list[Council]:
    """Current authorities of an English region."""
    return [council for council in current() if council.region == region]


def valid_on(short_name: str, day: date) -> Council | None:
    """The entry of a council whose code was valid on a day; the nearest one where none was."""
    entries = [council for council in register() if council.short_name == short_name]
    for council in entries:
        if council.valid_from <= day and (council.valid_to is None or day <= council.valid_to):
            return council
    return min(entries, key=lambda c: abs((c.valid_from - day).days), default=None)


def plain(name: str) -> str:
    """A name without case, punctuation and the difference between & and "and"."""
    name = name.lower().replace("&", " and ").replace("’", "'")
    return " ".join(re.findall(r"[a-z0-9]+", name.replace("'", "")))


_A_COUNCIL = re.compile(
    r"(?<![\w'’&-] )(?:[A-Z][\w'’-]*|&)(?:\s(?:[A-Z][\w'’-]*|&|and|upon|on|of|the|in))*?\s(?:Metropolitan\s)?(?:Borough|District|City|County|Town|Parish)\sCouncil\b"
)


def called_a_council(text: str) -> str:
    """The first name in a text that calls itself a council, known or not, as written; empty where there is none.

    >>> called_a_council("Tonbridge & Malling Borough Council, Overview and Scrutiny Committee")
    'Tonbridge & Malling Borough Council'
    """
    match = _A_COUNCIL.search(text)
    return match.group() if match else ""


def written_forms(council: Council) -> Iterable[str]:
    """Every way in which a council's name is commonly written, official names first."""
    yield council.official_name
    yield from council.aliases
    for pattern in (
        "{} Council",
        "{} County Council",
        "{} City Council",
        "{} Borough Council",
        "{} Metropolitan Borough Council",
        "{} MBC",
        "London Borough of {}",
        "Royal Borough of {}",
        "City of {}",
        "{}, City of",
        "{}, County of",
        "Borough of {}",
        "Council of {}",
        "LB {}",
        "{} Children's Services",
        "{} Children's Trust",
    ):
        yield pattern.format(council.short_name)
    yield council.short_name


@cache
def _by_plain_name() -> dict[str, str]:
    """Plain written form -> short name; current authorities win over former ones, shared names are left out."""
    found: dict[str, set[str]] = {}
    for entries in (current(), register()):
        names = {name for holders in found.values() for name in holders}
        for council in entries:
            if council.short_name in names:
                continue
            for form in written_forms(council):
                found.setdefault(plain(form), set()).add(council.short_name)
    return {form: next(iter(names)) for form, names in found.items() if len(names) == 1}


def find(name: str) -> Council | None:
    """The council that a name, alias, GSS code or DfE number stands for, or None.

    >>> find("Birmingham Children's Trust").short_name
    'Birmingham'
    """
    wanted = name.strip()
    for council in sorted(register(), key=lambda c: c.valid_to is not None):
        if wanted in (council.gss_code, council.la_number):
            return council
    short = _by_plain_name().get(plain(wanted))
    return next((c for c in (*current(), *register()) if c.short_name == short), None)


def could_mean(name: str) -> list[str]:
    """Short names of today's councils with all the words of a name in them, for who writes "Telford".

    >>> could_mean("Telford"), could_mean("Northamptonshire")
    (['Telford and Wrekin'], ['North Northamptonshire', 'West Northamptonshire'])
    """
    words = set(plain(name).split())
    return sorted(c.short_name for c in current() if words and words <= set(plain(c.short_name).split()))


def the_one(name: str) -> str:
    """The short name of the one council that a user can mean. Raises UsageError, with what is near, where there is none, or several.

    >>> the_one("T&W"), the_one("Telford"), the_one("bury council")
    ('Telford and Wrekin', 'Telford and Wrekin', 'Bury')
    """
    council = find(name)
    meant = [council.short_name] if council is not None else could_mean(name)
    if len(meant) != 1:
        raise UsageError(f"there is no council named {name!r}{hint(name)}")
    return meant[0]


def hint(name: str) -> str:
    """What a name that is no council's may have meant, as the end of a message; empty where nothing is near."""
    close = could_mean(name) or suggestions(name)
    return f"; did you mean {' or '.join(close[:4])}?" if close else ""


def suggestions(name: str, limit: int = 3) -> list[str]:
    """Short names that look like a name that was not found, for error messages."""
    from difflib import get_close_matches  # noqa: PLC0415  (only needed for a mistyped name)

    wanted = plain(name)
    by_word = {w: c.short_name for c in current() for w in plain(c.short_name).split() if w in words_of_names()}
    by_name = by_word | {plain(c.short_name): c.short_name for c in current()}
    close = get_close_matches(wanted, by_name, n=2 * limit, cutoff=0.6)
    return list(dict.fromkeys(by_name[c] for c in close))[:limit]
