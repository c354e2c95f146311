"""Cells of two figures, "88 (97)": which they are, and what the one in brackets stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extract.numerals import DAYS, Mention, cell_mentions
from extract.words import any_of

_FIGURE = rf"£?[\d,.]*\d\s?%?(?:\s{DAYS})?"
_PERIOD = r"(?:(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?|Q[1-4](?:\s(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?)?)"
_BEFORE = any_of("year before")
_NOW = rf"\d[\d,]*\s?\(\s?[\d.]+\s?%\s?\)(?=\s*\[)|(?:\d[\d,]*\s?=\s?)?{_FIGURE}"
_BOTH = re.compile(rf"\s*(?P<now>{_NOW})\s*[(\[]\s*(?P<then>{_FIGURE}|n/?a|nil|none|[–-])\s*[)\]]\s*", re.IGNORECASE)
_NAMED = re.compile(
    rf"\s*(?:(?P<now>{_FIGURE})\s*)?[(\[]\s*(?P<name>{_PERIOD}|{_BEFORE})\s*(?:[:=–-]|\s)\s*(?P<then>{_FIGURE}|nil|none)\s*[)\]]\s*",
    re.IGNORECASE,
)
IN_BRACKETS = rf"[(\[]\s?(?:(?:(?:{_PERIOD}|{_BEFORE})\s*[:=–-]?\s*)?{_FIGURE}|n/?a|[–-])\s?[)\]]"
"""A regular expression for the second figure of such a cell with its brackets."""
_HEAD = re.compile(rf"(?P<now>[^()]+?)\s*\(\s*(?P<then>[^()]*(?:\d|{_BEFORE})[^()]*?)\s*\)", re.IGNORECASE)
_DATED = rf"(?:\d{{1,2}}(?:st)?\s[A-Z][a-z]+\s)?{_PERIOD}"
_PERIODS = re.compile(rf"(?P<now>{_DATED})\s*[(\[]\s*(?P<then>{_DATED})\s*[)\]]", re.IGNORECASE)
_SAID = re.compile(
    rf"\(\s*(?:in\s)?{_BEFORE}(?:'s)?\s*\)|\b(?:brackets|bracketed|parenthes[ei]s)\b(?::\s*{_PERIOD})?", re.IGNORECASE
)
"""What says that the second figure is explained: "last year's figures are in brackets"."""
_CLAUSE_ENDS = ".;:|"


def _said(text: str) -> str:
    """The words of the clause that says what the second figure is; empty where none does. In one pass, however long the text."""
    match = _SAID.search(text)
    if match is None:
        return ""
    begin = max(text.rfind(mark, 0, match.start()) for mark in _CLAUSE_ENDS) + 1
    ends = [at for mark in _CLAUSE_ENDS if (at := text.find(mark, match.end())) >= 0]
    return text[begin : min(ends, default=len(text))].strip()


def says_brackets(sentence: str) -> bool:
    """True for a sentence that says what the figures in brackets are; what it names is in force for these alone."""
    return bool(_said(sentence))


_YEAR = re.compile(rf"(?P<first>(?:19|20)\d\d)(?:\s?[/–-]\s?(?:20)?(?P<second>\d\d)(?!\d))?|{_BEFORE}", re.IGNORECASE)


def whose_brackets(sentence: str) -> str:
    """The year that a sentence says the figures in brackets are of, or words for the last one; empty where it says neither."""
    for match in _YEAR.finditer(sentence):
        first, second = match["first"], match["second"]
        if first is None:
            return re.sub(r"['’]s$", "", match.group())
        if second is None or int(second) == (int(first) + 1) % 100:
            return match.group()
    return ""  # "2015 – 31 March 2016" is no year


def in_brackets(sentence: str, start: int, end: int) -> bool:
    """True where nothing but the figure between two places stands in brackets."""
    return sentence[:start].rstrip().endswith(("(", "[")) and sentence[end:].lstrip(" %").startswith((")", "]"))


Heads = tuple[str, ...]


@dataclass(frozen=True)
class Bracketed:
    """What the texts around a table say of figures in brackets: words for it, or the periods of both; nothing where they are silent."""

    words: str = ""
    now: str = ""
    then: str = ""

    @classmethod
    def of(cls, around: Iterable[str], further: Iterable[str] = ()) -> Bracketed:
        """From the table's own heads, caption and headings; `further` are sentences around it, which may say it in words, or be the periods of both."""
        own = [t for t in around if t]
        for text in own:
            if match := _PERIODS.search(text):
                return cls(now=match["now"], then=match["then"])
        for text in (*own, *further):
            if match := _PERIODS.fullmatch(text.strip()):
                return cls(now=match["now"], then=match["then"])
            if found := _said(text):
                return cls(words=found)
        return cls()

    def heads(self, own: Heads) -> tuple[Heads, Heads | None]:
        """The heads of both figures of a cell under some heads; None for the second where nothing says what it is."""
        match = _HEAD.fullmatch(own[-1].strip()) if own else None
        if match:
            return (*own[:-1], match["now"]), (*own[:-1], match["then"])
        if self.then:
            return (self.now, *own), (self.then, *own)
        return own, (self.words, *own) if self.words else None


def two_figures(text: str) -> tuple[list[Mention], list[Mention]]:
    """What stands before and within the brackets of "88 (97)" or "17% (21%)"; two figures before them in "17 = 51% (43%)"."""
    match = _BOTH.fullmatch(text)
    return (_mentions(match, "now"), _mentions(match, "then")) if match else ([], [])


def named_figures(text: str) -> tuple[list[Mention], str]:
    """The figures of "58 (2010/11: 47)" or "(last year 47)", and what names the last of them."""
    match = _NAMED.fullmatch(text)
    return (_mentions(match, "now", "then"), match["name"]) if match else ([], "")


def _mentions(match: re.Match[str], *names: str) -> list[Mention]:
    return [
        replace(m, start=match.start(name) + m.start, end=match.start(name) + m.end)
        for name in names
        for m in cell_mentions(match[name] or "")
    ]


def figures_of(text: str, heads: Heads, brackets: Bracketed) -> list[tuple[Mention, Heads]]:
    """The figures of a cell, each with its heads. A figure in brackets of which nothing says what it is, is left out."""
    if plain := cell_mentions(text):
        other_brackets = re.search(r"\bsquare\b", brackets.words) and "[" not in text
        of_second = (brackets.words, *heads) if brackets.words and not other_brackets else heads
        return [(m, of_second if k else heads) for k, m in enumerate(plain)]
    named, name = named_figures(text)
    if named:
        return [(m, (name, *heads) if m is named[-1] else heads) for m in named]
    return [
        (m, h)
        for figures, h in zip(two_figures(text), brackets.heads(heads), strict=True)
        for m in figures
        if h is not None
    ]
