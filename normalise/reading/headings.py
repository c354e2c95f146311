"""Labels completed by their heads: a row "11 – 20" under "working days", a column "%" beside "2015/16", "Two" under "Stage"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.statement import Statement
from normalise.reading.labels import label_of
from normalise.reading.tagging import tag

_NUMERAL = re.compile(r"[1-4]|one|two|three|four|i{1,3}|iv", re.IGNORECASE)
_BARE_BAND = re.compile(
    r"(?:[<>≤≥]\s?)?(?:[a-z]+ ){0,2}\d{1,3}(?: ?(?:to|-|–|—|and) ?\d{1,3})?(?: ?\+| (?:[a-z]+ ?){1,2})?", re.IGNORECASE
)
_SERIES = ("STAGE", "PARTYEAR")


def completed(group: Sequence[Statement]) -> list[Statement]:
    """The numbers of a table with their labels completed."""
    return _with_days(_with_names_of_pairs(_numbered(list(group))))


def _series(text: str) -> str:
    """The word that goes before each numeral under a head such as "Stage" or "Quarter"; empty for other heads."""
    sentence = tag(text[:80], ())
    named = [w for w, c in zip(sentence.tokens, sentence.classes, strict=True) if c in _SERIES]
    others = [
        c for c in sentence.classes if c not in _SERIES and c in ("x", "DIGIT", "YEAR", "UPHOLD", "TIME", "OUTCOME")
    ]
    return named[0].rstrip("s") if len(set(named)) == 1 and not others else ""


def _numbered(group: list[Statement]) -> list[Statement]:
    corner = _series(group[0].corner)
    result = []
    for s in group:
        over = next((n for c in s.columns[:-1] if (n := _series(c))), "")
        result.append(replace(s, rows=_each(s.rows, corner), columns=_each(s.columns, over)))
    return result


def _each(texts: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(f"{name} {t}" if name and _NUMERAL.fullmatch(t.strip()) else t for t in texts)


def _with_names_of_pairs(group: list[Statement]) -> list[Statement]:
    """Columns headed "2015/16, %, 2016/17, %", or "Statutory, %, Corporate, %", or "2015/16, upheld, 2016/17, upheld": one without
    a year, or a procedure, is of that on its left."""
    named = _named_by(group, lambda t: bool(label_of(t).period))
    return named or _named_by(group, lambda t: bool(label_of(t).pieces.procedures)) or group


def _named_by(group: list[Statement], names: Callable[[str], bool]) -> list[Statement]:
    """The numbers of a table with the names of columns put to those at their right that have none; none where there are no such pairs."""
    named: dict[int, str] = {}
    bare: dict[int, tuple[str, ...]] = {}
    for s in group:
        text = next(filter(names, s.columns), "")
        if text:
            named[s.place[1]] = text
        elif s.columns:
            bare[s.place[1]] = s.columns
    shares = {c: columns for c, columns in bare.items() if all(map(_is_share, columns))}
    if not _in_turn(named, bare):
        bare = shares
    if len(set(named.values())) < 2 or len(bare) < 2:
        return []
    left = {c: named[max(n for n in named if n < c)] for c in bare if any(n < c for n in named)}
    return [replace(s, columns=(left[s.place[1]], *s.columns)) if s.place[1] in left else s for s in group]


def _is_share(head: str) -> bool:
    return len(head) < 12 and bool(label_of(head).pieces.units or not re.search(r"[A-Za-z]{4}", head))


def _in_turn(named: dict[int, str], bare: dict[int, tuple[str, ...]]) -> bool:
    """True for columns with a name and columns without one in turn, the latter all headed alike."""
    columns = sorted([*named, *bare])
    alike = len(set(bare.values())) == 1 and len(bare) == len(named)
    return alike and all((c in named) == (n % 2 == 0) for n, c in enumerate(columns))


def _with_days(group: list[Statement]) -> list[Statement]:
    """Rows such as "11 – 20" under words that say working days are bands of days."""
    first = group[0]
    said = _unit_of_time(" . ".join((first.corner, first.caption, *first.headings[-1:])))
    if not said:
        return group
    rows, columns = {s.rows[-1] for s in group if s.rows}, {s.columns[-1] for s in group if s.columns}
    if sum(map(_is_band, rows)) >= 2:
        return [replace(s, rows=_each_in_days(s.rows, said)) for s in group]
    if sum(map(_is_band, columns)) >= 2:
        return [replace(s, columns=_each_in_days(s.columns, said)) for s in group]
    return group


def _each_in_days(texts: tuple[str, ...], unit: str) -> tuple[str, ...]:
    return tuple(_in_days(t, unit) if _is_band(t) else t for t in texts)


def _in_days(text: str, unit: str) -> str:
    """A band with its unit behind the last number: "10 working days or less"."""
    return f"{text} {unit}" if text.rstrip().endswith("+") else re.sub(r"(\d+)(?!.*\d)", rf"\1 {unit}", text)


def _is_band(text: str) -> bool:
    plain = text.strip()
    return (
        bool(_BARE_BAND.fullmatch(plain))
        and not label_of(plain).period
        and not label_of(plain).pieces.stages
        and not re.fullmatch(r"(?:19|20)\d\d", plain)
    )


def _unit_of_time(text: str) -> str:
    """The unit of days as a text names it, empty where it names none."""
    sentence = tag(text[:300], ())
    words = [w for w, c in zip(sentence.tokens, sentence.classes, strict=True) if c == "TIME"]
    days = next((k for k, w in enumerate(words) if w.startswith("day")), -1)
    return " ".join(words[max(0, days - 1) : days + 1]) if days >= 0 else ""
