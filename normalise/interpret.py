"""From statements to observations: every number of a report gets a fate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from corpus.councils import valid_on
from extract.statement import Statement
from normalise import bands, periods
from normalise.address import WITHOUT_STAGE, Address
from normalise.discourse import Found
from normalise.elsewhere import ADULTS, CHILDREN
from normalise.observations import MAY_BE_FREE, category_fits, frame_of
from normalise.prose import SAME_AS, read_sentence
from normalise.reading.frontmatter import FrontMatter
from normalise.stages import settle
from normalise.tables import Context, read_group
from normalise.words import canonical, slug

KNOWN_REASONS = {
    "web_address", "date", "period", "reference", "stage", "year", "span_of_time", "clock_time", "age", "ordinal", "code", "change", "timescale",
    "inexact", "rate", "rounded_share", "rate_base", "no_count", "procedure", "quotation", "heading", "case_summary", "cross_tabulation", "share_of_part",
    "total of a breakdown", "target", "range", "median", "about adults", "not recorded", "about the whole council", "about other councils", "about single points of complaint", "about enquiries",
    "a ranking", "all but a number", "a part of the service",
}  # fmt: skip
"""Reasons for which a number is known to be no observation; any other reason leaves it unplaced."""


@dataclass(frozen=True)
class Fate:
    """What became of one number of a report."""

    statement: Statement
    fate: str
    """`used`, `ignored` or `unplaced`."""
    reason: str
    row: dict[str, Any] | None = None


def interpret(statements: list[Statement], slug_of_document: str, front: FrontMatter) -> list[Fate]:
    """The fate of every number, those used with their row of the common model (without `id`)."""
    own = Context(front.period, front.scope, front.council, any(map(_explains_brackets, statements)), front.stage)
    by_name: dict[str, list[Statement]] = {}
    for statement in statements:
        by_name.setdefault(statement.group, []).append(statement)
    grouped = list(by_name.values())
    tables: dict[str, list[Address]] = {}
    for group in grouped:
        usable = [s for s in group if not s.ignored]
        if usable and not _is_prose(group):
            tables[group[0].group] = read_group(usable, own)
            own.services |= _service_names(usable, tables[group[0].group])
    read: list[tuple[Statement, Found]] = []
    paragraph: list[tuple[Statement, Found]] = []
    last_paragraph = ""
    for group in grouped:
        if _is_prose(group):
            name = group[0].group.rsplit(".", 1)[0]
            same = name == last_paragraph or group[0].method == "list"
            paragraph = paragraph if same else []
            last_paragraph = name
            found = read_sentence(group, paragraph, own, read)
            paragraph = paragraph + list(zip(group, found, strict=True))
            read += zip(group, found, strict=True)
        else:
            addresses = iter(tables.get(group[0].group, []))
            for statement in group:
                address = Address(problem=statement.ignored) if statement.ignored else next(addresses)
                read.append((statement, Found(address)))
    read = _restated(_bands_of_lists(read))
    default = _default_procedure(read, front)
    front = replace(front, in_parts=_in_parts(read))
    read = settle(_totals(read, default), lambda s, a: a.procedure or _own_procedure(s, a, front, default))
    fates = [_fate(s, f, slug_of_document, front, default) for s, f in read]
    return [fate for f in fates for fate in (f, *_same_in_another_year(f, front.period))]


def _same_in_another_year(fate: Fate, own: str) -> list[Fate]:
    """A second observation where a figure is said to be the same as the year before's: "five, the same as in 2022-23"."""
    s = fate.statement
    said = SAME_AS.search(s.clause, s.at) if s.clause and fate.row is not None else None
    if said is None or fate.row is None or fate.row["period"] != own or not periods.is_year(own):
        return []
    named = [p.period for p in periods.said(said.group()) if p.exact]
    other = periods.resolve(named[0], own) if named else periods.before(own)
    return [replace(fate, row={**fate.row, "period": other})] if other != own else []


_IN_BRACKETS = re.compile(
    r"\b(?:last|previous)\s+year[^.]{0,40}\bin\s+brackets|\bbrackets?\b[^.]{0,50}\b(?:last|previous|preceding)\s+year|\b(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d[^.;]{0,25}\bin\s+brackets|\bbrackets?\b[^.;]{0,30}\b(?:19|20)\d\d\s?[/–-]",
    re.IGNORECASE,
)


def _explains_brackets(statement: Statement) -> bool:
    """True where the words around a number say that figures in brackets are the year before's."""
    texts = (statement.sentence, statement.caption, *statement.headings[-2:], *statement.context[-1:])
    return any("bracket" in text.lower() and _IN_BRACKETS.search(text) for text in texts)


_SMALL_WORDS = {"the", "a", "of", "and", "or", "to", "in"}


def _restated(read: list[tuple[Statement, Found]]) -> list[tuple[Statement, Found]]:
    """A sentence that gives a figure of a table again speaks of the same stage and procedure, where it names none itself."""

    def key(s: Statement, a: Address) -> tuple[object, ...]:
        words = frozenset(a.category.split("_")) - _SMALL_WORDS
        return a.measure, words, a.period, a.unit, s.value

    tables: dict[tuple[object, ...], set[tuple[str, str]]] = {}
    for s, f in read:
        if s.method == "table" and f.address.category and not f.address.problem:
            tables.setdefault(key(s, f.address), set()).add((f.address.stage, f.address.procedure))
    result = []
    for s, f in read:
        a = f.address
        places = (
            tables.get(key(s, a), set()) if s.method in ("sentence", "list") and a.category and not a.problem else set()
        )
        if len(places) == 1 and a.stage in ("", "any"):
            stage, procedure = next(iter(places))
            f = replace(f, address=replace(a, stage=stage, procedure=a.procedure or procedure), said=True)  # noqa: PLW2901
        result.append((s, f))
    return result


def _is_prose(group: list[Statement]) -> bool:
    return bool(group[0].clause) or not (group[0].rows or group[0].columns)


def _service_names(group: list[Statement], addresses: list[Address]) -> dict[str, str]:
    """Names of services that a table lists, long enough to be found again in the text."""
    names = {}
    for statement, address in zip(group, addresses, strict=True):
        if address.measure == "service" and not address.problem and statement.rows:
            plain = canonical(statement.rows[-1])
            if len(plain.split()) > 1 or re.fullmatch(r"[A-Z]{3,6}", statement.rows[-1].strip()):
                names[plain] = address.category
    return names


def _bands_of_lists(read: list[tuple[Statement, Found]]) -> list[tuple[Statement, Found]]:
    """Bands that a list or paragraph spreads over sentences, coded by arithmetic together."""
    result = list(read)
    chosen: dict[tuple[str, ...], list[int]] = {}
    for n, (s, f) in enumerate(read):
        a = f.address
        if a.measure == "response_time" and not a.problem and s.method in ("list", "sentence"):
            place = s.caption if s.method == "list" and s.caption else s.group.rsplit(".", 1)[0]
            chosen.setdefault((place, a.stage, a.procedure, a.period, a.unit), []).append(n)
    for members in chosen.values():
        values = {read[n][1].address.category: read[n][0].value or 0.0 for n in members}
        if len(values) < 2 or len(values) != len(members):
            continue
        first = min(members)
        percent = read[first][1].address.unit == "percent"
        totals = [
            s.value
            for s, f in read[max(0, first - 8) : max(members) + 3]
            if f.address.measure in ("closed", "received")
            and f.address.unit == "count"
            and s.value
            and not f.address.problem
        ]
        whole = next((t for t in totals if abs(t - sum(values.values())) < 0.01), None)
        recoded = bands.exclusive(values, whole, percent)
        for n in members:
            s, f = result[n]
            result[n] = (
                s,
                replace(f, address=replace(f.address, category=recoded.get(f.address.category, f.address.category))),
            )
    return result


def _default_procedure(read: list[tuple[Statement, Found]], front: FrontMatter) -> str:
    """The report's own procedure: `all` where it gives figures for several."""
    named = {
        p: sum(f.address.procedure == p and f.address.complete for _, f in read)
        for p in ("children_statutory", "corporate", "adult_statutory")
    }
    # A paragraph on corporate complaints in passing does not make a report one on both.
    if named["children_statutory"] >= 2 and named["corporate"] >= max(4, 0.05 * len(read)):
        return "all"
    if _adds_up(read):
        return "all"
    if front.scope == "adults":
        return "adult_statutory"
    return "children_statutory" if front.scope == "children" else "all"


def _adds_up(read: list[tuple[Statement, Found]]) -> bool:
    """True where complaints of the statutory and the corporate procedure together are what the report calls its complaints."""
    received: dict[tuple[str, str], dict[str, set[float]]] = {}
    for s, f in read:
        a = f.address
        if a.measure == "received" and not a.problem and s.value and a.unit == "count":
            received.setdefault((a.stage, a.period), {}).setdefault(a.procedure, set()).add(s.value)
    return any(
        x + y in by.get("", set())
        for by in received.values()
        for x in by.get("children_statutory", set())
        for y in by.get("corporate", set())
    )


def _totals(read: list[tuple[Statement, Found]], default: str) -> list[tuple[Statement, Found]]:
    """The total of a table of outcomes is `closed`, unless the text gives the same number as received."""
    received = {
        (f.address.stage, f.address.period, s.value)
        for s, f in read
        if f.address.measure == "received" and not f.address.problem and s.method in ("sentence", "list")
    }
    result = []
    for s, f in read:
        a = f.address
        total = (
            a.measure == "closed"
            and s.method == "table"
            and s.rows
            and re.match(r"(?i)(?:grand |overall )?total", s.rows[-1])
        )
        if total and any(
            stage in (a.stage, "any") and period == a.period and value == s.value for stage, period, value in received
        ):
            result.append((s, replace(f, address=replace(a, measure="received"))))
        else:
            result.append((s, f))
    return result


_CORPORATE_PART = re.compile(
    r"\bcorporate\b(?!.*\bchild)(?!.*\bstatutory).*\bcomplaints?\b|\bcorporate\s+(?:complaints?\s+)?(?:procedure|process)\b",
    re.IGNORECASE,
)
_CHILDREN_PART = re.compile(
    r"\b(?:child\w*['’]?s?|statutory)\b(?!.*\bcorporate\b).*\b(?:complaints?|social\s+care)\b", re.IGNORECASE
)


def _in_parts(read: list[tuple[Statement, Found]]) -> bool:
    """True for a report with a part on corporate complaints and a part of its own on children's."""
    titles = {heading for s, _ in read for heading in s.headings}
    return any(_CORPORATE_PART.search(t) for t in titles) and any(_CHILDREN_PART.search(t) for t in titles)


def _of_the_part(headings: tuple[str, ...]) -> str:
    """The procedure of the part that a figure stands in, in a report that has a part for each."""
    for heading in reversed(headings):
        if _CORPORATE_PART.search(heading):
            return "corporate"
        if _CHILDREN_PART.search(heading):
            return "children_statutory"
    return ""


def _of_the_section(headings: tuple[str, ...]) -> str:
    """The procedure of those whom the sections above speak of, in a report on children's and adults' services."""
    for heading in reversed(headings):
        children, adults = CHILDREN.search(heading) is not None, ADULTS.search(heading) is not None
        if children != adults:
            return "children_statutory" if children else "adult_statutory"
    return ""


_OF_PEOPLE = (
    "complainant",
    "characteristic",
    "theme",
    "service",
    "theme_upheld",
    "service_upheld",
    "channel",
    "advocacy",
)
"""Breakdowns whose labels name children and adults as people, not as those whom a procedure is for."""


def _own_procedure(statement: Statement, a: Address, front: FrontMatter, default: str) -> str:
    """The procedure of a figure that names none: that of the section, else of its row or sentence, in a report on several."""
    if front.scope != "council":
        return _of_the_part(statement.headings) or default if default == "all" and front.in_parts else default
    said = _of_the_section(statement.headings)
    if not said and a.measure not in _OF_PEOPLE:
        said = _of_the_section((*statement.rows, *statement.columns)) or _of_the_section((statement.clause,))
    return said or default


def _fate(statement: Statement, found: Found, document: str, front: FrontMatter, default: str) -> Fate:
    a = found.address
    if a.problem:
        known = a.problem in KNOWN_REASONS or a.problem.startswith("no complaints:")
        return Fate(statement, "ignored" if known else "unplaced", a.problem)
    if not a.complete:
        return Fate(
            statement, "unplaced", f"{a.measure}: no category" if a.measure else "no wording says what is counted"
        )
    if not a.period:
        return Fate(statement, "unplaced", "no period")
    if a.measure == "service" and a.unit == "percent":
        return Fate(
            statement, "ignored", "share_of_part"
        )  # the common model counts services and gives no shares of them
    if not category_fits(a.measure, a.category):
        return Fate(statement, "unplaced", f"{a.measure}: {a.category!r} is no category")
    # Advocacy is owed to those who complain under the statutory procedure (Children Act 1989, section 26A).
    own_default = "children_statutory" if a.measure == "advocacy" and default == "all" else default
    own_default = _own_procedure(statement, a, front, own_default)
    if front.scope == "council":
        default = own_default
    procedure = a.procedure or own_default
    stage = a.stage or "any"
    if stage == "stage_3" and procedure in ("all", "corporate") and not a.procedure:
        procedure = "children_statutory"
    if a.measure in ("compliments", "context", "enquiries") and not a.procedure:
        procedure = default
    if a.measure in MAY_BE_FREE and a.category and not re.search("[a-z]", a.category):
        a = replace(a, category="")
    authority = a.authority or front.council
    council = valid_on(authority, _end_of(a.period)) if authority else None
    row = {
        "document": document,
        "authority": authority,
        "authority_code": council.gss_code if council else "",
        "la_number": council.la_number if council else "",
        "period": a.period,
        "scope": front.scope,
        "procedure": procedure,
        "stage": stage,
        "measure": a.measure,
        "category": a.category,
        "label": " ".join(a.label.split())[:120],
        "value": statement.value,
        "value_low": statement.low,
        "value_high": statement.high,
        "value_status": "c" if statement.value is None else "e" if _approximate(statement) else "",
        "unit": a.unit,
        "base": a.base if a.unit == "percent" else "",
        "status": "published",
        "method": "ocr" if statement.ocr else statement.method,
        "page": statement.page,
        "bbox": " ".join(f"{v:.1f}" for v in statement.box) if statement.box else "",
        "quote": statement.quote,
        "confidence": _confidence(statement, found, front, stage),
    }
    problem = _impossible(row)
    if problem:
        return Fate(statement, "unplaced", problem)
    return Fate(statement, "used", "", row)


def _impossible(row: dict[str, Any]) -> str:
    """Why a row cannot be right, empty where it can."""
    value = row["value"]
    if row["unit"] == "percent" and row["measure"] != "context" and value is not None and value > 100:
        return "a share over 100%"
    if row["unit"] == "count" and value is not None and value % 1 and row["category"] != "referrals_per_10000":
        return "a count that is no whole number"
    if row["unit"] == "count" and value is not None and value > 10_000_000:
        return "a count larger than any council's"
    if row["measure"] == "cost" and row["unit"] != "gbp":
        return "a cost without a currency"
    return ""


def _approximate(statement: Statement) -> bool:
    head = statement.clause[: statement.at].rstrip()
    return bool(re.search(r"(?:approximately|approx\.?|around|about|roughly|circa|some)$", head, re.IGNORECASE))


def _end_of(period: str) -> date:
    return date(periods.start_of(period) + 1, 3, 31)


SURE, LIKELY, DOUBTFUL = 0.97, 0.93, 0.78
"""The three bands of confidence: about as many of the rows in each were right where they could be checked."""


def _confidence(statement: Statement, found: Found, front: FrontMatter, stage: str) -> float:
    """The band of a reading, and less for what was taken from the file's name or read by OCR; see docs/method.md."""
    measure = found.address.measure
    without_a_stage = stage == "any" and measure not in WITHOUT_STAGE
    if statement.method == "sentence":
        value = DOUBTFUL if without_a_stage or not found.said else LIKELY
    elif statement.method == "list":
        value = DOUBTFUL if without_a_stage and found.inherited else LIKELY
    else:
        value = LIKELY if without_a_stage else SURE
    if front.notes:
        value -= 0.05
    if statement.ocr:
        value -= 0.15
    return round(value, 2)


def observations(fates: Iterable[Fate]) -> pd.DataFrame:
    """The rows of the numbers used, as a frame of the common model."""
    return frame_of([dict(f.row) for f in fates if f.row is not None])


__all__ = ["Fate", "interpret", "observations", "slug"]
