"""Limits of days as proposals: what a number of a sentence may count because the sentence, or a text before it, names a limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.statement import Statement
from normalise.day_limits import Limit, limits_in, speaks_of_days
from normalise.reading.evidence import Source
from normalise.reading.lines import Line
from normalise.reading.read import Add, What

_COMMON = (10, 20, 25, 65)
_MOST = 4
"""Limits of one text that are looked at."""
_MARKS = {"break": (";", ":", "|", ". "), "open": ("(", ")"), "comma": (",",), "and": (" and ",)}
"""What parts two places of a sentence, the strongest first."""


def is_limit(line: Line, s: Statement) -> bool:
    """True for the number of a limit itself: the 20 of "88% within 20"."""
    return any(s.start <= x.number < s.start + len(s.printed) for x in _of_sentence(line))


def by_limits(line: Line, s: Statement, add: Add) -> None:
    """Bands that the sentence names, each at its own limit, and those that the texts around it name: "in time" may mean them."""
    if s.kind in ("number", "percent"):
        limits = [x for x in _of_sentence(line) if not s.start <= x.number < s.start + len(s.printed)]
        _by_own(line, s, limits, add)
        _by_sources(line, f"own{min(len(limits), 2)}", add)


def _by_own(line: Line, s: Statement, limits: Sequence[Limit], add: Add) -> None:
    """What the limits of the sentence propose: side, how many of its numbers and limits lie between, and with what mark."""
    ranks: dict[str, int] = {}
    token, classes = line.token(s), line.tagged.classes
    beside = [f"{sign}1={classes[n]}" for sign, n in (("-", token - 1), ("+", token + 1)) if 0 <= n < len(classes)]
    for k, limit in sorted(enumerate(limits), key=lambda x: _distance(s, x[1])):
        side = "left" if limit.end <= s.start else "right"
        rank = ranks[side] = ranks.get(side, -1) + 1
        numbers, mark = _between(line, s, limit)
        places = [f"band|{side}|{numbers}{mark}", f"band|{side}{min(rank, 2)}", f"band|{side}|of{min(len(limits), 3)}"]
        places += ["band|bare"] * limit.bare + ["band|negated"] * ("NEGATE" in _classes_before(line, limit))
        for what, kind in readings(limits, k):
            name = f"band|{kind}{limit.band.high if limit.band.high in _COMMON else 'other'}"
            features = [*places, name, *(f"{p}|{kind}" for p in places), *(f"band|{kind}|{b}" for b in beside)]
            add(what, features, _words(line.tagged.text, limit), "sentence")


def _by_sources(line: Line, own: str, add: Add) -> None:
    """What the limits of the texts around propose; `own` says how many the sentence has itself."""
    for source, limit, what, kind, only in limits_around(line.sources):
        features = [f"band|src:{source.name}|{kind}", f"band|src|{only}|{kind}", f"band|src|{own}|{kind}"]
        add(what, features, _words(source.text, limit), source.name)


def limits_around(sources: Sequence[Source]) -> Iterator[tuple[Source, Limit, What, str, str]]:
    """Each limit that texts around a number name, with what may be counted by it, how, and whether it is the only one there."""
    for source in sources[:5]:
        found = limits_in(source.text[:400])
        for k in range(max(0, len(found) - _MOST), len(found)):
            only = "only" if len(found) == 1 else "last" if k == len(found) - 1 else f"of{min(len(found), 3)}"
            for what, kind in readings(found, k):
                yield source, found[k], what, kind, only


def _of_sentence(line: Line) -> tuple[Limit, ...]:
    near = any(speaks_of_days(x.text[:400]) for x in line.sources[:3])
    return limits_in(line.tagged.text, near)[:12]


def _words(text: str, limit: Limit) -> str:
    """The words that name a limit."""
    return " ".join(text[limit.start : limit.end].split())


def readings(limits: Sequence[Limit], k: int) -> Iterator[tuple[What, str]]:
    """What a number may count by a limit: what kept it, what came after it, what came between the limit before and it."""
    band = limits[k].band
    ending = "_cd" if band.calendar else ""
    yield ("response_time", band.code), "within" if band.low is None else "over" if band.high is None else "range"
    if band.high is None:
        return
    if band.low is None:
        yield ("response_time", f"over_{band.high}{ending}"), "beyond"
    elif band.low % 5 == 0:
        yield ("response_time", f"{band.low + 1}_to_{band.high}{ending}"), "range after"
    shorter = [x.band.high for x in limits[:k] if x.band.high and x.band.high < band.high]
    if shorter and band.low is None:
        yield ("response_time", f"{max(shorter) + 1}_to_{band.high}{ending}"), "next"


def _distance(s: Statement, limit: Limit) -> int:
    return max(limit.start - s.start, s.start - limit.end, 0)


def _between(line: Line, s: Statement, limit: Limit) -> tuple[int, str]:
    """Statistics between a number and a limit, none of them a limit, and the strongest mark."""
    begin, end = (limit.end, s.start) if limit.end <= s.start else (s.start + len(s.printed), limit.start)
    inside = [x for x in line.numbers if begin <= x.start < end and x.kind not in ("working_days", "days")]
    text = line.tagged.text[begin:end]
    mark = next((name for name, signs in _MARKS.items() if any(sign in text for sign in signs)), "")
    return min(len(inside), 3), mark


def _classes_before(line: Line, limit: Limit) -> Sequence[str]:
    at = next((line.token(x) for x in line.numbers if x.start <= limit.number < x.start + len(x.printed)), -1)
    return line.tagged.classes[max(0, at - 6) : at] if at >= 0 else ()
