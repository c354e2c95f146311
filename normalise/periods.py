"""Financial years, quarters and dates as words say them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_MONTHS = {
    m: n for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_MONTH = r"(?<![a-z])(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
_DAY = r"(?:\d{{1,2}}\s?(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
_SPAN = re.compile(
    (
        _DAY
        + _MONTH.format("m1")
        + r"[\s,'’-]*(?P<y1>(?:20|19)?\d\d)?\s*(?:(?:up\s+|through\s+)?to|and|until|[-–—/])\s*(?:the\s+)?(?:end\s+of\s+)?"
        + _DAY
        + _MONTH.format("m2")
        + r"[\s,'’-]*(?:\d{{1,2}},?\s+)?(?P<y2>(?:20|19)?\d\d)\b"
    )
    .replace("{{", "{")
    .replace("}}", "}"),
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"\b(?:\d{1,2}(?P<s>[./])(?P<m1>\d{1,2})(?P=s)(?P<y1>(?:20|19)?\d\d)\s*(?:to|until|[-–—])\s*\d{1,2}(?P=s)(?P<m2>\d{1,2})(?P=s)(?P<y2>(?:20|19)?\d\d))\b"
)
_YEARS = re.compile(r"\b(?P<a>(?:19|20)\d\d)\s?(?:[/\\–—-]|to|and)\s?(?P<b>(?:19|20)?\d\d)\b(?!%)", re.IGNORECASE)
_ONE_DIGIT = re.compile(r"\b(?P<a>(?:19|20)\d\d)[/–-](?P<b>\d)(?![\d%])")
_CALENDAR = re.compile(r"\bcalendar\s+year\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)
_BEGINNING = re.compile(
    r"\byear\s+(?:beginning|starting|from|since)\s+(?:on\s+)?(?:1(?:st)?\s+)?apr(?:il)?\s+(?P<y>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\d/.-])(?P<a>[0-3]\d)\s?/\s?(?P<b>[0-3]\d)(?![\d/%])")
_ENDING = re.compile(
    r"\b(?:year|(?:twelve|12)[\s-]*months?)\s+(?:(?:that|which)\s+)?(?:ending|ended|to)\s+(?:on\s+)?(?:the\s+end\s+of\s+)?(?:\d{1,2}(?:st)?\s+)?(?:mar(?:ch)?|apr(?:il)?)\s*,?\s*(?:31,?\s+)?(?P<y>(?:19|20)\d\d)\b"
    r"|\b(?:year|period)\s+(?:ending|ended|to)\s*:?\s+31[./]0?3[./](?P<y2>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FY = re.compile(r"\bFY\s?(?P<y>(?:20)?\d\d)\b(?!\s?/)")
_DATE = re.compile(
    (r"(?:(?P<d>\d{1,2})\s?(?:st|nd|rd|th)?\s+(?:of\s+)?)?" + _MONTH.format("m") + r",?\s+(?P<y>(?:19|20)\d\d)\b"),
    re.IGNORECASE,
)
_QUARTERS = [("apr", "jun"), ("jul", "sep"), ("oct", "dec"), ("jan", "mar")]
PRIOR = re.compile(
    r"\b(?:(?<!the )last\s+year|(?:the\s+)?(?:previous|preceding|prior)\s+(?:financial\s+|reporting\s+)?(?:year|period|(?:12|twelve)\s+months)|(?:the\s+|a\s+)?year\s+(?:before|previously|prior)"
    r"|(?:the\s+)?(?:12|twelve)\s+months\s+(?:before|earlier|previously)|same\s+(?:period|months)\s+(?:of\s+)?last\s+year|a\s+year\s+(?:ago|earlier))\b",
    re.IGNORECASE,
)
_TWO_BEFORE = re.compile(
    r"\b(?:(?:the\s+)?(?:year|one)\s+before\s+(?P<that>that)|(?:the\s+)?year\s+before\s+last|(?:two|2)\s+years\s+(?:ago|before|earlier|previously|prior))\b",
    re.IGNORECASE,
)
THIS = re.compile(
    r"\b(?:(?:in|during|over)\s+the\s+(?:last|past)\s+(?:financial\s+)?(?:year|12\s+months)|this\s+(?:financial\s+|reporting\s+)?(?:year|period)|(?:the\s+)?current\s+(?:financial\s+)?year|during\s+the\s+(?:reporting\s+)?(?:year|period)|the\s+reporting\s+(?:year|period))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """A period that words name: `2023-24`, or `prior`, `two before` or `this` relative to the report's own."""

    start: int
    end: int
    period: str
    exact: bool = True
    """False for a single date, which only places a figure where nothing else does."""


def year_from(start: int) -> str:
    """The financial year that begins in a calendar year.

    >>> year_from(1999), year_from(2023)
    ('1999-00', '2023-24')
    """
    return f"{start}-{(start + 1) % 100:02d}"


def start_of(period: str) -> int:
    """The calendar year in which a period begins."""
    return int(period[:4])


def before(period: str) -> str:
    """The financial year before.

    >>> before("2000-01")
    '1999-00'
    >>> before("2023-24 Q1")
    '2022-23 Q1'
    """
    year, _, part = period.partition(" ")
    if not is_year(year):
        return period
    return f"{year_from(start_of(year) - 1)} {part}".rstrip()


def is_year(period: str) -> bool:
    """True for a whole financial year."""
    return bool(re.fullmatch(r"(?:19|20)\d\d-\d\d", period)) and int(period[5:]) == (start_of(period) + 1) % 100


def of_date(month: int, year: int) -> str:
    """The financial year, April to March, that a month falls in."""
    return year_from(year if month >= 4 else year - 1)


def _full(text: str, like: int = 2000) -> int:
    year = int(text)
    return year if year > 99 else like // 100 * 100 + year


_COMPARED = re.compile(r"\b(?:compared|comparison|against|than|from|on)\b[^.,;:]*$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"(?:the\s+|a\s+)?year\s+(?:before|earlier)", re.IGNORECASE)


def _is_told_from(text: str, last: Said, said: Said) -> bool:
    """True for "In 2022/23 12 and the year before 10" and "in the third quarter 12, in the same period of 2022 10".

    Not for "in 2022/23, the year before", nor where another sentence names the period, nor where the year is itself what is
    compared with: "12, compared to 15 in 2022/23, and 8 upheld against 9 the year before".
    """
    between = text[last.end : said.start]
    if not between.strip(" ,;:(–-") or re.search(r"[.?!]\s", between):
        return False
    if said.period == "same part":
        return not is_year(last.period)
    return is_year(last.period) and not _COMPARED.search(text[: last.start])


def _before_that(text: str, found: list[Said]) -> list[Said]:
    """The periods of a text, "the year before that" as the one before the period named last, "the year before" as that of a whole year."""
    result: list[Said] = []
    for said in found:
        last = next((x for x in reversed(result) if x.exact), None)
        if said.period == "before that":
            named = last.period if last else "this"
            period = "two before" if named == "prior" else before(named) if is_year(named) else "prior"
            result.append(replace(said, period=period))
        elif said.period in ("year before", "same part"):
            relative = last is not None and _is_told_from(text, last, said)
            result.append(replace(said, period=before(last.period) if last and relative else "prior"))
        else:
            result.append(said)
    return result


_PART = re.compile(
    r"\b(?:q(?:uarter|tr)?\.?\s?(?P<q>[1-4]|one|two|three|four)|h(?P<h>[12])"
    r"|(?:the\s+)?(?P<o>first|second|third|fourth|last|final)\s+quarter|(?:the\s+)?(?P<half>first|second|last|final)\s+half)\b"
    r"(?:\s+of\s+(?:the|this)\s+(?:financial\s+)?year\b)?",
    re.IGNORECASE,
)
_ORDER = {
    "one": 1,
    "first": 1,
    "two": 2,
    "second": 2,
    "three": 3,
    "third": 3,
    "four": 4,
    "fourth": 4,
    "last": 4,
    "final": 4,
}
PARTS = ("Q1", "Q2", "Q3", "Q4", "H1", "H2")
"""Parts of a year, as `said` names them where no year stands beside: of the report's own."""


_SAME_PART = re.compile(
    r"\b(?:same|corresponding|equivalent)\s+(?:period|quarter|half|(?:\w+\s+)?months|time|point)\s+(?:(?:of|in)\s+)?(?:the\s+)?"
    r"(?:(?:previous|preceding|prior|last)\s+(?:financial\s+)?year|year\s+before|(?:19|20)\d\d\b(?!\s?[/\\–—-]\s?\d))",
    re.IGNORECASE,
)
"""The part of the year before that is compared with a part of this one, which a calendar year alone may name."""
_DIGITS = tuple("0123456789")


@dataclass(frozen=True)
class _Manner:
    """One way of naming a period."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    """What a text in lower case must hold, any of it: seen faster than the pattern is found."""
    period: Callable[[re.Match[str]], str | None]
    """The period that a match names; None where it names none."""
    exact: bool = True


def _of_months(match: re.Match[str]) -> str:
    m1, m2 = _MONTHS[match["m1"].lower()[:3]], _MONTHS[match["m2"].lower()[:3]]
    y2 = _full(match["y2"])
    return _span(m1, _full(match["y1"]) if match["y1"] else (y2 - 1 if m1 > m2 else y2), m2, y2)


def _of_dates(match: re.Match[str]) -> str | None:
    m1, m2 = int(match["m1"]), int(match["m2"])
    return _span(m1, _full(match["y1"]), m2, _full(match["y2"])) if 1 <= m1 <= 12 and 1 <= m2 <= 12 else None


def _of_two_years(match: re.Match[str]) -> str | None:
    a = int(match["a"])
    return year_from(a) if (_full(match["b"], a) - a) % 100 == 1 else None


def _of_short_years(match: re.Match[str]) -> str | None:
    a, b = int(match["a"]), int(match["b"])
    return year_from(2000 + a) if b == a + 1 and 4 <= a <= 39 else None


def _part(match: re.Match[str]) -> str:
    """`Q1` … `H2` for words that name a part of a year."""
    if match["h"]:
        return f"H{match['h']}"
    if match["half"]:
        return f"H{min(2, _ORDER[match['half'].lower()])}"
    number = (match["q"] or match["o"]).lower()
    return f"Q{_ORDER.get(number, number)}"


_MANNERS = (
    _Manner(_SPAN, _DIGITS, _of_months),
    _Manner(_NUMERIC, _DIGITS, _of_dates),
    _Manner(_ENDING, ("year", "month", "period"), lambda m: year_from(int(m["y"] or m["y2"]) - 1)),
    _Manner(_YEARS, _DIGITS, _of_two_years),
    _Manner(_ONE_DIGIT, _DIGITS, lambda m: year_from(int(m["a"])) if (int(m["a"]) + 1) % 10 == int(m["b"]) else None),
    _Manner(_BEGINNING, ("year",), lambda m: year_from(int(m["y"]))),
    _Manner(_CALENDAR, ("calendar",), lambda m: m["y"]),
    _Manner(_SHORT, ("/",), _of_short_years),
    _Manner(_FY, ("fy",), lambda m: year_from(_full(m["y"]) - 1)),
    _Manner(_SAME_PART, ("same", "corresponding", "equivalent"), lambda _: "same part"),
    _Manner(_TWO_BEFORE, ("year", "before"), lambda m: "before that" if m["that"] else "two before"),
    _Manner(PRIOR, ("year", "period", "months"), lambda m: "year before" if _YEAR_BEFORE.match(m.group()) else "prior"),
    _Manner(THIS, ("year", "period", "months"), lambda _: "this"),
    _Manner(_PART, ("q", "h1", "h2", "half"), _part),
    _Manner(_DATE, _DIGITS, lambda m: of_date(_MONTHS[m["m"].lower()[:3]], int(m["y"])), exact=False),
)
"""In this order: what an earlier one has taken is no later one's."""


def said(text: str) -> list[Said]:
    """Every period that a text names, in order."""
    found: list[Said] = []
    lower = text.lower()
    for manner in _MANNERS:
        if not any(map(lower.__contains__, manner.needs)):
            continue
        for match in manner.pattern.finditer(text):
            taken = any(s.start < match.end() and match.start() < s.end for s in found)
            if not taken and (period := manner.period(match)):
                found.append(Said(*match.span(), period, manner.exact))
    return _of_their_year(text, _before_that(text, sorted(found, key=lambda s: s.start)))


def _of_their_year(text: str, found: list[Said]) -> list[Said]:
    """Parts put together with the year beside them: "Quarter 4 of 2019/20"."""
    joined: list[Said] = []
    for said in found:
        last = joined[-1] if joined else None
        if last is not None and re.fullmatch(r"\s*(?:,|of|in|\()?\s*", text[last.end : said.start]):
            for part, year in ((last.period, said.period), (said.period, last.period)):
                if part in PARTS and is_year(year):
                    joined[-1] = Said(last.start, said.end, f"{year} {part}")
                    break
            else:
                joined.append(said)
            continue
        joined.append(said)
    return joined


def resolve(period: str, own: str) -> str:
    """A period said relative to the report's own (`this`, `prior`, a part of the year) as a period."""
    if period in PARTS:
        return f"{own} {period}" if is_year(own) else own
    if period == "two before":
        return before(before(own))
    return before(own) if period == "prior" else own if period == "this" else period


def _span(m1: int, y1: int, m2: int, y2: int) -> str:
    """A span of months as a year, half or quarter of a financial year; else the year that it begins in."""
    months = (y2 - y1) * 12 + m2 - m1 + 1
    start = of_date(m1, y1)
    if months == 3 and m1 in (4, 7, 10, 1):
        return f"{start} Q{(m1 - 4) % 12 // 3 + 1}"
    if months == 6 and m1 in (4, 10):
        return f"{start} H{1 if m1 == 4 else 2}"
    if months == 12 and m1 == 1:
        return str(y1)
    return start


def quarter(text: str) -> str:
    """`Q1` … `Q4`, `H1`, `H2` where a label is one, else empty."""
    months = re.fullmatch(
        r"([a-z]{3})[a-z]*\s*(?:-|–|—|to)\s*([a-z]{3})[a-z]*(?:\s+(?:19|20)\d\d)?", text.strip().lower()
    )
    if months and (months[1], months[2]) in _QUARTERS:
        return f"Q{_QUARTERS.index((months[1], months[2])) + 1}"
    match = _PART.fullmatch(text.strip())
    return _part(match) if match else ""
