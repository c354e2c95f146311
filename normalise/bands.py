"""Bands of response time: what a heading says, and what arithmetic says that it means."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from math import fsum

from extract.numerals import WORD_VALUES
from normalise.words import canonical

_WORDS = {name: value for name, value in WORD_VALUES.items() if value >= 3 and name.isalpha()}
_NUMBER = {
    "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty five": 25, "thirty": 30, "fifty": 50, "sixty five": 65, "twenty eight": 28,
}  # fmt: skip
_N = r"(?P<{0}>\d+|" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")"
_DAYS = r"(?: ?(?:extended |full )?(?:(?P<clock>working|wkg|calendar|business|school|w) )?(?:days?|wd)\b| (?:day|wd)\b)"
_RANGE = re.compile(r"\b(?:between (?P<a2>\d+) and |" + _N.format("a") + r" to )" + _N.format("b") + _DAYS)
_OVER = re.compile(
    r"\b(?:over|more than|exceed\w*|in excess of|outside|outside of|beyond|after|greater than|longer than|late than|later than)(?: the)?(?: \w+){0,2}? "
    + _N.format("n")
    + _DAYS
    + r"|(?:> ?)"
    + _N.format("g")
    + _DAYS.replace("clock", "clock2")
    + r"?|\b"
    + _N.format("p")
    + r" ?\+"
    + _DAYS.replace("clock", "clock3")
    + r"|\b"
    + _N.format("o")
    + _DAYS.replace("clock", "clock4")
    + r"(?: (?:and over|or more|plus|and above)\b| ?\+)"
)
_WITHIN = re.compile(
    r"\b(?:within|in under|under|up to|less than|inside|in|met|by|meeting|to)(?: the| a| an| their)?(?: [a-z]+){0,3}? "
    + _N.format("n")
    + _DAYS
    + r"|(?:< ?)"
    + _N.format("l")
    + _DAYS.replace("clock", "clock2")
    + "?"
)
_NOT_AFTER = r"(?<!working )(?<!calendar )(?<!\d )(?<!ten )(?<!twenty )"
_BARE = re.compile(r"^(?:no |number )?(?:of )?(?:[a-z]+ )?" + _N.format("n") + _DAYS + r"$")
_EDGES = re.compile(
    r"(?:(?:between )?(?P<a>0|1|11|16|21|26) (?:to|and) (?P<b>10|15|20|25|65)|(?:over|more than|>) ?(?P<n>10|15|20|25|65)|(?P<p>11|16|21|26|66) ?(?:\+|and (?:over|above)|or more))"
)
"""Edges of bands as a head has them where the table says that they are days."""
_DEADLINE = re.compile(
    _N.format("n") + _DAYS + r"(?: \w+){0,2} (?:deadline|timescale|timeframe|target|limit|standard|maximum)"
)


@dataclass(frozen=True)
class Band:
    low: int | None
    high: int | None
    calendar: bool = False

    @property
    def code(self) -> str:
        """The category code of the common model."""
        ending = "_cd" if self.calendar else ""
        if self.low is None:
            return f"within_{self.high}{ending}"
        if self.high is None:
            return f"over_{self.low}{ending}"
        return f"{self.low}_to_{self.high}{ending}"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBER[text]


def find(text: str, label: bool = False) -> Band | None:
    """The band that words name, as the heading says; `label` for table heads, where "20 working days" alone is one.

    >>> find("0-10 Working Days", label=True).code, find("66+ Working Days", label=True).code
    ('within_10', 'over_65')
    """
    plain = canonical(re.sub(r"(?<=\d)\s?[–—-]\s?(?=\d)", " to ", text))
    plain = re.sub(r"\b(?:the )?(\d+)(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(rf"\b(?:{'|'.join(_WORDS)})\b", lambda m: str(_WORDS[m.group()]), plain)
    plain = re.sub(r"\b(?:no|not) (?:more|longer|later) than\b", "within", plain)
    plain = re.sub(
        r"\b(?:not|never) (?:been )?(?:\w+ ){0,3}?(?:within|inside|met)\b(?= (?:\w+ ){0,6}?(?:\d|five|ten|twenty))",
        "more than",
        plain,
    )
    plain = re.sub(
        r"\bor (?:less|fewer|under)\b",
        "",
        re.sub(r"\b(\d+) ((?:working |calendar )?days) or (?:less|fewer|under)\b", r"within \1 \2", plain),
    )
    plain = re.sub(rf"{_NOT_AFTER}\bdays? (\d+) (?:and|to) (?:day )?(\d+)\b", r"\1 to \2 days", plain)
    plain = re.sub(rf"{_NOT_AFTER}\bdays? (\d+)\b(?! days)", r"\1 days", plain)
    if match := _RANGE.search(plain):
        low, high = _number(match["a"] or match["a2"]), _number(match["b"])
        if low < high < 1000:  # "2019 to 2020" are years
            calendar = match["clock"] == "calendar"
            return Band(None if low in (0, 1) else low, high, calendar)
    if match := _OVER.search(plain):
        number = match["n"] or match["g"] or match["o"]
        calendar = "calendar" in match.group()
        if match["p"] or match["o"]:
            value = _number(match["p"] or match["o"])
            # "21+" begins after 20; "20+" is what comes after a band that ends at 20.
            return Band(value - 1 if value % 5 == 1 else value, None, calendar)
        return Band(_number(number), None, calendar)
    if match := _WITHIN.search(plain):
        return Band(None, _number(match["n"] or match["l"]), "calendar" in match.group())
    if label and (match := _BARE.match(plain)):
        return Band(None, _number(match["n"]), match["clock"] == "calendar")
    if label and (match := _EDGES.fullmatch(plain.strip())):
        return _of_edges(match)
    if match := _DEADLINE.search(plain):
        return Band(None, _number(match["n"]), match["clock"] == "calendar")
    return None


def _of_edges(match: re.Match[str]) -> Band | None:
    if match["a"]:
        low, high = int(match["a"]), int(match["b"])
        return Band(None if low in (0, 1) else low, high) if low < high else None
    return Band(int(match["n"] or int(match["p"]) - 1), None)


def parse(code: str) -> Band | None:
    """A band from its code; None for `within_timescale` and the like."""
    calendar = code.endswith("_cd")
    bare = code.removesuffix("_cd")
    if match := re.fullmatch(r"within_(\d+)", bare):
        return Band(None, int(match[1]), calendar)
    if match := re.fullmatch(r"over_(\d+)", bare):
        return Band(int(match[1]), None, calendar)
    if match := re.fullmatch(r"(\d+)_to_(\d+)", bare):
        return Band(int(match[1]), int(match[2]), calendar)
    return None


def exclusive(values: dict[str, float], total: float | None, percent: bool, further: bool = False) -> dict[str, str]:
    """Heading codes -> codes by what the numbers mean, for bands of one group.

    `values` holds the number of each heading code. Bands that add up to the whole exclude one another, whatever their
    heads say; so do bands where the longer one holds fewer than the shorter, or one said to be "a further" share.
    """
    bands = {code: parse(code) for code in values}
    cumulative = sorted((b for b in bands.values() if b and b.low is None and b.high), key=lambda b: b.high or 0)
    recoded: dict[str, str] = {}
    beyond = [code for code in values if code.startswith("over_") or code == "outside_timescale"]
    whole = 100.0 if percent else total
    slack = 1.6 if percent else 0.0
    inside = [c for c in values if c not in beyond and bands[c]]
    adds_up = (
        whole is not None
        and len(values) > 1
        and abs(fsum(values[c] for c in [*inside, *beyond]) - whole) <= slack
        and (beyond or len(inside) > 1)
    )
    for shorter, longer in itertools.pairwise(cumulative):
        fewer = values[longer.code] < values[shorter.code]
        if not values[shorter.code] and not further:
            continue  # with none in the shorter band both codes mean the same, and the report's own stands
        if adds_up or fewer or further:
            recoded[longer.code] = Band((shorter.high or 0) + 1, longer.high, longer.calendar).code
    last = max((b.high for b in bands.values() if b and b.high), default=None)
    if adds_up and last and "outside_timescale" in values and len(inside) > 1:
        recoded["outside_timescale"] = Band(last, None).code
    # "25-65 days" after "0-25 days" begins at 26.
    ends = {b.high for b in bands.values() if b and b.high}
    for code, band in bands.items():
        if band and band.low and band.high and band.low in ends:
            recoded[code] = Band(band.low + 1, band.high, band.calendar).code
    return recoded
