"""Numbers in running text and cells: where they stand, what is printed, and what plainly is no statistic.

Only what typography and grammar show is decided here (a date, a year, a section number); what a number
means is for normalise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.words import any_of, words_of

UNITS = [
    *[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
    ],
    *["sixteen", "seventeen", "eighteen", "nineteen"],
]
TENS = {
    name: 10 * n
    for n, name in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
WORD_VALUES = {name: n for n, name in enumerate(UNITS)} | TENS
WORD_VALUES |= {f"{ten}-{unit}": WORD_VALUES[ten] + WORD_VALUES[unit] for ten in TENS for unit in UNITS[1:10]}
WORD_VALUES |= {"both": 2, "single": 1, "dozen": 12}

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
# A plain space groups digits only before a word: "217 100" in a table that lost its lines is two figures.
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?![\d%])|(?<!\d\s)\d{1,3} \d{3}(?=\s[a-z]|$)|\d+)(?:\.\d+)?"
_UNDER_100 = "|".join(sorted((re.escape(w).replace(r"\-", r"[-\s]") for w in WORD_VALUES), key=len, reverse=True))
_HUNDREDS = rf"(?:a|{'|'.join(UNITS[1:10])})\s+hundred(?:\s+and\s+(?:{_UNDER_100}))?"
_WORDS = rf"{_HUNDREDS}|{_UNDER_100}"
_ORDINAL = r"(?:st|nd|rd|th)"
# "The statutory two weeks" are no two of anything; one look-behind a word, because each must have one length.
_NOT_COUNTED = "".join(rf"(?<!\bthe {word} )" for word in words_of("not counted"))

# In this order; the first that matches at a place wins. The group names are the kinds of a mention.
_PATTERNS = [
    ("web_address", r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]{1,60}@\S{1,80}\.\w+"),
    (
        "date",
        rf"\b\d{{1,2}}{_ORDINAL}?\s+(?:of\s+)?{MONTH}\b(?:,?\s+(?:19|20)\d\d)?|\b{MONTH}\s+\d{{1,2}}{_ORDINAL}?,?\s+(?:19|20)\d\d\b"
        rf"|\b{MONTH}[\s,'’-]+(?:(?:19|20)\d\d|\d\d)\b|\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d\d){{1,2}}\b",
    ),
    (
        "period",
        r"\b(?:19|20)\d\d\s?[/\\–—-]\s?(?:19|20)?\d\d(?!\d|%)|\b(?:19|20)\d\d\s+to\s+(?:19|20)\d\d\b"
        r"|\bFY\s?(?:20)?\d\d(?:/\d\d)?\b|(?<![\d/])[0-3]\d/[0-3]\d(?![\d/%])(?=\D|$)",
    ),
    ("footnote_mark", r"(?<=[\w.,;:%)”’\"'])\[\d{1,2}\]|^\s*\[\d{1,2}\](?=\s)"),
    (
        "reference",  # telephone numbers among them
        r"\bteams?\s\(\d(?:,\s?\d)*(?:\s?(?:,|&|and)\s?\d)\)|"
        r"\(0\d{2,5}\)\s?\d{3,4}[\s-]?\d{3,4}|(?<![\d.,])0\d{2,4}(?:[\s-]?\d{3,4}){2,3}(?![\d.,]*\d)|\+44[\s\d()-]{9,15}|"
        r"\b(?:sections?|sec\.|s\.|regulations?|regs?\.?|articles?|paragraphs?|para\.?|pages?|appendix|appendices|annex(?:es)?|charts?"
        r"|tables?|figures?|fig\.?|graphs?|options?|chapters?|items?|(?<!\bin )parts?|volume|version|key stages?|schedule|footnotes?|notes?"
        rf"|outcomes?|priority|priorities|quarters?|q|days?|{any_of('numbered')}(?!\s?\d+\s+(?:working\s+)?days)|example|rule|no\.|number:?|agenda item|class|s)\s?"
        r"\d+[a-z]?(?:\.\d+)*(?:\([a-z0-9]+\))*(?:\s?(?:,|and|&|to|or|/|-|–)\s?\d+[a-z]?(?:\.\d+)*(?:\([a-z0-9]+\))*(?![\d%]|\s(?:in|at)\s(?:quarter|stage|q)))*(?![\d%,.]*\d|%)",
    ),
    (
        "stage",
        r"\bstages\s(?:[123]|one|two|three|i{1,3})\b(?:\s?(?:/|,|and|,\s?and|&|or|to|-|–)\s?(?:[123]|one|two|three|i{1,3})\b)*"
        r"|\b(?:stages?|st)\s?(?:[123]|one|two|three|i{1,3})\b(?:\s?(?:/|&|-|–)\s?(?:[123])\b(?!\s?%|[\d,.]*\d))?"
        r"|\b(?:first|second|third)\s+stage|\b(?:three|two|3|2|third|one)[\s-]stages?\b(?!\s*(?:\d|one\b|two\b|three\b))|\bs[123]\b",
    ),
    ("year", r"\b(?:19|20)\d\d(?!\d|[,.]\d|%|\s?per\s?cent)\b"),
    ("money", rf"[£€$]\s?{_DIGITS}(?:\s?(?:million|m|k)\b)?|\b{_DIGITS}\s?pounds\b"),
    (
        "percent",
        rf"(?<![\w.])(?:{_DIGITS}|\b(?:{_WORDS}))\s?(?:%|per\s?cent\b|percent\b|percentage\b|pc\b)(?:\s?points?\b)?",
    ),
    (
        "duration",
        rf"(?<![\w.])(?:{_DIGITS}|\b(?:{_WORDS}))(?:\s?(?:-|–|to|and|or)\s?(?:{_DIGITS}|(?:{_WORDS})\b))?\+?[\s-]*(?:{any_of('kind of days')}\s)?"
        r"(?:(?P<clock>working|calendar|school|business)[\s-]*)?(?P<span>days?|weeks?|months?|years?|hours?|minutes?|wd)\b",
    ),
    ("clock_time", r"\b\d{1,2}[:.]\d\d\s?(?:am|pm)\b|\b\d{1,2}\s?(?:am|pm)\b"),
    ("age", r"\b(?:aged?|ages)\s+(?:of\s+)?\d+(?:\s?(?:-|–|to|and|or)\s?\d+)?(?:\s?\+)?"),
    ("bound", rf"<\s?\d+\b|\b(?:fewer|less)\s+than\s+(?:\d+\b(?!\s?%)|(?:{_WORDS})\b)"),
    ("ordinal", rf"\b\d+{_ORDINAL}\b"),
    ("code", r"\b(?=[A-Z0-9/-]*[A-Z])(?=[A-Z0-9/-]*\d)[A-Z][A-Z0-9/-]{2,}\b|\b\d+[A-Za-z]+\b|\b\d+(?:\.\d+){2,}\b"),
    ("number", rf"(?<![\w.£/]){_DIGITS}(?![\w]|%|/\d)"),
    ("ratio", r"(?<![\w./])\d+/\d+(?![\w/])"),
    (
        "word",
        rf"(?<![\w-]){_NOT_COUNTED}(?:{_WORDS})(?![\w-]|\s(?:another|or more)\b)(?!(?<=both)\s+(?!were|had|have|of\s+(?:which|these|those|whom)|{any_of('both of')}\s+(?:were|had|have)))",
    ),
    (
        "none",
        r"\bnone\b(?!\s+of\s+(?:which|whom)\s+(?:are|is)\b)|\bnil\b"
        rf"|(?<!in )\bno(?=\s+(?:(?:{any_of('told apart')}|stage\s+\w+)\s+){{0,4}}{any_of('counted as none')}\b)"
        rf"|(?<!in )\bno(?=\s+stage\s+(?:two|three|[23])\s+\w)|\b{any_of('none of them')}\b(?!\s+(?:one|else|but)\b)",
    ),
]
# No pattern begins inside a word, at a blank or at a stop: to say so first saves most of the time.
_FINDER = re.compile(
    r"(?![\s,.;:)])(?!(?<=[a-z])[a-z])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS) + ")",
    re.IGNORECASE,
)
_ENDLESS = re.compile(r"\d{16,}|(?:\d{1,3},){6,}\d*")
STATISTICS = {"money", "percent", "duration", "bound", "number", "ratio", "word", "none"}


@dataclass(frozen=True)
class Mention:
    """A number as printed in a text."""

    start: int
    end: int
    printed: str
    kind: str
    """`number`, `percent`, `money`, `working_days`, `days`; else the reason why it is no statistic (`date`, `year` …)."""
    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def statistic(self) -> bool:
        return self.kind in ("number", "percent", "money", "working_days", "days")


def value_of(printed: str) -> float | None:
    """The number that digits or number words stand for.

    >>> value_of("1,234.5"), value_of("Twenty-one"), value_of("£7,089.00")
    (1234.5, 21.0, 7089.0)
    """
    text = printed.strip().lower()
    if re.fullmatch(any_of("none of them"), text):
        return 0.0
    if match := re.search(_DIGITS, text):
        value = float(re.sub(r"[,\s\u00a0\u202f]", "", match.group()))
        if re.search(r"\d\s?(?:million|m)$", text):
            value *= 1_000_000
        elif re.search(r"\d\s?k$", text):
            value *= 1_000
        return value
    if match := re.search(rf"\b(\w+)\s+hundred(?:\s+and\s+({_UNDER_100}))?\b", text):
        rest = WORD_VALUES[re.sub(r"\s+", "-", match[2])] if match[2] else 0
        return float(100 * WORD_VALUES.get(match[1], 1) + rest)
    if match := re.search(rf"\b(?:{_WORDS})\b", text):
        return float(WORD_VALUES[re.sub(r"\s+", "-", match.group())])
    if re.search(r"\b(?:none|nil|no)\b", text):
        return 0.0
    return None


def mentions(text: str) -> list[Mention]:
    """Every number in a text, in order, statistic or not. Runs of digits that no statistic has are passed over."""
    found = []
    for match in _FINDER.finditer(_ENDLESS.sub(lambda m: "x" * len(m.group()), text)):
        found += _mention(match)
    return found


def _mention(match: re.Match[str]) -> list[Mention]:
    kind, printed = match.lastgroup or "", match.group()
    if kind in ("clock", "span"):  # inner groups of a duration
        kind = "duration"
    start, end = match.span()
    if kind not in STATISTICS:
        return [Mention(start, end, printed, kind, None)]
    if kind == "duration":
        return [_duration(match)]
    if kind == "ratio":
        top, bottom = printed.split("/")
        return [
            Mention(start, start + len(top), top, "number", float(top)),
            Mention(start + len(top) + 1, end, bottom, "number", float(bottom)),
        ]
    if kind == "bound":
        limit = value_of(printed)
        return [Mention(start, end, printed, "number", None, 1.0, (limit or 1.0) - 1)]
    if kind == "percent" and re.search(r"points?$", printed):
        return [Mention(start, end, printed, "change", None)]
    number = kind if kind in ("percent", "money") else "number"
    return [Mention(start, end, printed, number, value_of(printed))]


def _duration(match: re.Match[str]) -> Mention:
    printed = match.group()
    span, clock = (match.group("span") or "").lower(), (match.group("clock") or "").lower()
    start, end = match.span()
    if span in ("wd", "day", "days"):
        working = clock in ("working", "business", "school") or span == "wd"
        return Mention(start, end, printed, "working_days" if working else "days", value_of(printed))
    return Mention(start, end, printed, "span_of_time", None)


DAYS = r"(?i:(?:working\s)?days|w/d)"
"""A regular expression for the unit behind a number of days in a cell."""
_CELL_NUMBER = re.compile(
    rf"^[~c.]*\s*(?P<money>[£€$])?\s?(?P<value>{_DIGITS})\s?(?P<percent>%|per\s?cent)?\s?(?P<days>{DAYS})?\s*[*†‡]?$",
    re.IGNORECASE,
)
_CELL_PAIR = re.compile(
    rf"^(?P<first>{_DIGITS}\s?%?)\s*[(\[/–=-]\s?(?P<second>{_DIGITS}\s?%?)\s?[)\]]?$", re.IGNORECASE
)
ARROWS = "↑↓→←↔↗↘▲▼►◄△▽▶◀⬆⬇➔⇧⇩"
"""Signs for the direction of travel, printed beside figures."""
_MARK_BEHIND = re.compile(rf"(?:(?<=[)%])\s*[*†‡]+|(?<=[\d)%*])\s*[{ARROWS}])$")
"""A footnote mark or an arrow behind a figure; an arrow before one makes it a change."""
_CELL_CHANGE = re.compile(r"^[+−-]\d[\d,.]*\s?(?:%|pp)?$")
_CELL_SUPPRESSED = re.compile(r"^(?:<\s?(\d+)|(?:less|fewer)\s+than\s+(\w+)|\*+|\[c\]|supp(?:ressed)?)$", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def cell_mentions(text: str) -> tuple[Mention, ...]:
    """The numbers that a table cell consists of; none where it is words.

    Knows "35", "35%", "£1,234.50", "35 (29%)", "35 = 29%", "50% (1/2)", "28.81 Working Days", "<5" and "*".
    """
    stripped = _MARK_BEHIND.sub("", text.strip())
    if len(stripped) > 60:
        return ()
    start = text.find(stripped)
    if match := _CELL_SUPPRESSED.match(stripped):
        limit = value_of(match.group(1) or match.group(2) or "")
        return (Mention(start, start + len(stripped), stripped, "number", None, 1.0, limit - 1 if limit else None),)
    if _CELL_CHANGE.match(stripped):
        return (Mention(start, start + len(stripped), stripped, "change", None),)
    if match := _CELL_NUMBER.match(stripped):
        kind = "money" if match["money"] else "percent" if match["percent"] else "number"
        if match["days"]:
            kind = "days" if match["days"].lower() == "days" else "working_days"
        return (Mention(start, start + len(stripped), stripped, kind, value_of(match["value"])),)
    if (match := _CELL_PAIR.match(stripped)) and not re.match(r"^(?:19|20)\d\d\D", stripped):
        pair = []
        for name in ("first", "second"):
            printed = match[name]
            at = start + match.start(name)
            kind = "percent" if "%" in printed else "number"
            pair.append(Mention(at, at + len(printed.rstrip()), printed.rstrip(), kind, value_of(printed)))
        if {m.kind for m in pair} == {"number", "percent"}:
            return tuple(pair)
    if match := re.match(
        rf"^(?P<share>{_DIGITS}\s?%)\s*\(\s?(?P<part>\d+)\s?(?:/|of|out of)\s?(?P<whole>\d+)\s?\)$", stripped
    ):
        return tuple(
            Mention(start + match.start(name), start + match.end(name), match[name], kind, value_of(match[name]))
            for name, kind in (("share", "percent"), ("part", "number"))
        )
    if stripped.lower() in ("nil", "none", "zero"):
        return (Mention(start, start + len(stripped), stripped, "number", 0.0),)
    return ()
