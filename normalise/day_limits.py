"""Limits of days that running text names: "within 10 working days", "by the twentieth", "between day 11 and day 20", "88% within 20"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.numerals import WORD_VALUES
from extract.words import any_of
from normalise.bands import Band

USUAL = frozenset({3, 5, 10, 14, 15, 20, 25, 28, 30, 35, 40, 45, 50, 56, 60, 65, 90})
"""Numbers of days that procedures set; another number without the word is no limit."""
LONGEST = 120
"""Days; a larger number is no limit."""
_ORDINALS = {
    "fifth": 5, "tenth": 10, "eleventh": 11, "fifteenth": 15, "sixteenth": 16, "twentieth": 20, "twenty-first": 21,
    "twenty-fifth": 25, "twenty-sixth": 26, "twenty-eighth": 28, "thirtieth": 30, "thirty-first": 31, "sixty-fifth": 65,
}  # fmt: skip
_VALUES = {name: n for name, n in WORD_VALUES.items() if 3 <= n <= 90 and name.isascii()} | _ORDINALS
_NAMES = "|".join(sorted((n.replace("-", r"[-\s]") for n in _VALUES), key=len, reverse=True))
_N = rf"(?P<{{0}}>\d{{{{1,3}}}}(?:st|nd|rd|th)?|(?:{_NAMES}))(?!\.?\d|[-\s]?%|\s*per\s?cent|\s+of\b)\b"
_DAYS = r"(?:\s*-?\s*(?:working|calendar|school|business|week)?[-\s]*(?:w[./]{0,2}\s?)?(?:days?|w?d[s.]?)\b)"
_DAY = r"(?:(?:working|calendar|business)\s+)?day\s+"
_SMALL = (
    r"(?:(?:the|a|an|their|its|our|first|full|further|next|another|more|maximum|limit|target|standard|on|of|from"
    rf"|{any_of('procedure before stage')})\s+)"
)
_OVER = (
    r"over|more\s+than|exceed\w*|in\s+excess\s+of|outside(?:\s+of)?|beyond|after|(?:greater|longer|later)\s+than|past|>"
)
_WITHIN = r"within|inside|in\s+under|under|up\s+to|(?:less|fewer)\s+than|(?:no|not)\s+(?:more|later|longer)\s+than|on\s+or\s+before|before|in|by|to|<"
_RANGE = re.compile(
    rf"\b(?P<both>between\s+)?(?:from\s+)?{_SMALL}{{0,2}}(?:{_DAY})?{_N.format('a')}(?:{_DAYS}?\s*(?:to|(?P<and>and))|(?:{_DAYS}?[–—-]|\s*[–—-]\s*))\s*{_SMALL}{{0,2}}(?:{_DAY})?"
    rf"{_N.format('b')}(?P<days>{_DAYS})?",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"(?:\b(?:(?P<over>{_OVER})|(?P<within>{_WITHIN}))\s+|(?P<sign>[<>])\s*)?{_SMALL}{{0,3}}(?P<day>{_DAY})?\b{_N.format('n')}(?P<days>{_DAYS})?"
    r"(?P<tail>\s*(?:(?P<more>or\s+(?:more|over|longer)|and\s+(?:over|above)|plus)\b|\+|or\s+(?:less|fewer|under)\b))?"
    r"(?P<closes>(?=\s*(?:$|[.,;:()–—]|(?:and|or|but|while|whereas)\b)))?",
    re.IGNORECASE,
)
_FIRM, _LOOSE, _OF_DAYS_BY_ORDINAL = ("within", "inside"), ("in", "by"), ("by", "before", "on or before")
"""Words that bind a bare number of days whatever follows; those that do so only in a sentence that speaks of days itself ("rose by 20"); and
those that bind "the tenth"."""
_SPEAKS = re.compile(rf"\d(?:st|nd|rd|th)?{_DAYS}|\b(?:{_NAMES}){_DAYS}|\b{_DAY}(?:\d|{_NAMES})", re.IGNORECASE)


@dataclass(frozen=True)
class Limit:
    """A limit with the characters that name it."""

    start: int
    end: int
    number: int
    """Where its (last) number begins."""
    band: Band
    bare: bool
    """True without the word "days"."""


def speaks_of_days(text: str) -> bool:
    """True for a text that gives a number of days."""
    return _SPEAKS.search(text) is not None


@lru_cache(maxsize=4_000)
def limits_in(text: str, known: bool = False) -> tuple[Limit, ...]:
    """The limits that a text names, in order; `known`, where the texts around it speak of days, as a text may itself.

    >>> [x.band.code for x in limits_in("58% within 10 working days, 83% by the twentieth and 17% over 20")]
    ['within_10', 'within_20', 'over_20']
    """
    own = speaks_of_days(text)
    if not known and not own:
        return ()
    found = [limit for match in _RANGE.finditer(text) if (limit := _range(match))]
    taken = [(x.start, x.end) for x in found]
    for match in _ONE.finditer(text):
        limit = _one(match, own)
        if limit is not None and not any(a < limit.end and limit.start < b for a, b in taken):
            found.append(limit)
    return tuple(sorted(found, key=lambda x: x.start))


def _value(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else _VALUES[re.sub(r"[-\s]+", "-", text.lower())]


def _range(match: re.Match[str]) -> Limit | None:
    if match["and"] and not match["both"]:
        return None  # "12 within 10 days and 25 later"
    low, high = _value(match["a"]), _value(match["b"])
    if not (match["days"] or high in USUAL) or not low < high <= LONGEST or (low not in (0, 1) and low % 5 > 1):
        return None
    band = Band(None if low in (0, 1) else low, high, "calendar" in match.group().lower())
    return Limit(match.start(), match.end(), match.start("b"), band, not match["days"])


def _binds(match: re.Match[str], own: bool) -> bool:
    """True where the words around a number without "days" make it a limit; "it rose to 50" does not."""
    lead = (match["within"] or "").lower()
    if not match["n"].isdigit() and match["n"].lower().replace(" ", "-") not in WORD_VALUES:
        return lead in _OF_DAYS_BY_ORDINAL
    if lead in _LOOSE:
        return own and match["closes"] is not None
    return lead != "to" and (lead in _FIRM or match["closes"] is not None)


def _one(match: re.Match[str], own: bool) -> Limit | None:
    value, said = _value(match["n"]), bool(match["days"] or match["day"])
    tied = bool(match["over"] or match["within"] or match["sign"] or match["tail"])
    if not 0 < value <= LONGEST or (value not in USUAL and not (said and tied)) or not (said or tied):
        return None  # "it took 17 working days"
    if not said and not _binds(match, own):
        return None
    from_it_on = match["more"] or "+" in (match["tail"] or "")
    over = match["over"] or match["sign"] == ">" or from_it_on
    value -= bool(from_it_on and value % 5 == 1)  # "21 days or more" begins after 20
    calendar = "calendar" in match.group().lower()
    band = Band(value, None, calendar) if over else Band(None, value, calendar)
    return Limit(match.start(), match.end(), match.start("n"), band, not said)
