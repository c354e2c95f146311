"""Sentences as tags: every word with its class from the lexicon, every number and period in its place.

`vocabulary/lexicon.csv` gives words and phrases a class ("regarding" and "about" are ABOUT). What a number means is
proposed from these classes, so that a new wording for an old thing is one row of data.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from normalise import periods
from normalise.wordings import Hit, hits
from normalise.words import canonical

_NUMBER_MARK, _PERIOD_MARK = "zzn", "zzp"
_PUNCTUATION = {
    ",": "zzcomma", ";": "zzsemi", ":": "zzcolon", "(": "zzopen", ")": "zzclose", "[": "zzopen", "]": "zzclose",
    "–": "zzdash", "—": "zzdash", ".": "zzstop", "?": "zzstop", "!": "zzstop", "→": "zzdash", "|": "zzsemi",
}  # fmt: skip
PUNCTUATION = frozenset(_PUNCTUATION.values())
BREAKS = frozenset({"zzsemi", "zzstop", "zzcolon"})
_OPENING_QUOTES, _CLOSING_QUOTES = '‘“"«', '’”"»'
_LETTERS = "abcdefghij"


@dataclass(frozen=True)
class Span:
    """Where something stands among the words of a sentence: first word and the one behind its last."""

    start: int
    end: int


@dataclass
class Sentence:
    """A sentence with its words in canonical form, tagged."""

    text: str
    words: list[str]
    """Canonical words; numbers and periods are marks, punctuation is left out."""
    tokens: list[str]
    """The same with marks for punctuation."""
    classes: list[str]
    """Class of each token: the lexicon's, the mark of punctuation, or the word itself where it is a small one, else `x`."""
    numbers: dict[int, int] = field(default_factory=dict)
    """Character at which a number starts in the text -> its token."""
    hits: list[tuple[Span, Hit]] = field(default_factory=list)
    """Wordings, by token."""
    periods: list[tuple[Span, periods.Said]] = field(default_factory=list)

    @cached_property
    def items(self) -> list[int]:
        """For each token the item of an enumeration that it is in: "(i) 40 at stage 1; (ii) 9 at stage 2" has two; semicolons part items, too."""
        item = 0
        found = []
        for n, token in enumerate(self.tokens):
            opens = _ENUMERATOR.fullmatch(token) and self.tokens[n + 1 : n + 2] == ["zzclose"]
            item += bool(opens or token == "zzsemi")
            found.append(item)
        return found


_ENUMERATOR = re.compile(r"[a-h]|i{1,3}|i?v|vi{1,3}|i?x|\d")
"""What counts the items of an enumeration within a sentence, before a bracket."""


@cache
def examples() -> dict[str, tuple[str, str]]:
    """Canonical word or phrase of the lexicon -> its class, and words that would have other classes without it; a stem ends in `*`."""
    with (files("normalise") / "vocabulary" / "lexicon.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    return {
        canonical(r["words"].rstrip("*")) + "*" * r["words"].endswith("*"): (r["class"], r["example"]) for r in rows
    }


def lexicon() -> dict[str, str]:
    """Canonical word or phrase -> class; a stem ends in `*`."""
    return {words: name for words, (name, _) in examples().items()}


@dataclass(frozen=True)
class Classes:
    """The lexicon, ready to be looked up: whole words and phrases, stems, and the words in the longest phrase."""

    whole: dict[str, str]
    stems: dict[str, str]
    longest: int

    @classmethod
    def of(cls, words: dict[str, str]) -> Classes:
        """From words and phrases with their classes."""
        whole = {w: c for w, c in words.items() if not w.endswith("*")}
        return cls(whole, {w[:-1]: c for w, c in words.items() if w.endswith("*")}, max(len(w.split()) for w in whole))

    def of_word(self, word: str) -> str:
        """The class of a single word: the lexicon's, the word itself where it is a small one, else `x`."""
        if word in self.whole:
            return self.whole[word]
        for k in range(len(word), 2, -1):
            if word[:k] in self.stems:
                return self.stems[word[:k]]
        if word in _SMALL:
            return word
        return "DIGIT" if word[:1].isdigit() else "x"

    def over_phrases(self, tokens: Sequence[str], classes: list[str]) -> list[str]:
        """Classes of tokens; a phrase of the lexicon gives its class to each of its words."""
        for size in range(self.longest, 1, -1):
            for i in range(len(tokens) - size + 1):
                phrase = " ".join(tokens[i : i + size])
                if phrase in self.whole:
                    classes[i : i + size] = [self.whole[phrase]] * size
        return classes


@cache
def _classes_known() -> Classes:
    return Classes.of(lexicon())


def classes_of(words: Sequence[str], without: str = "") -> list[str]:
    """Classes of plain words, as the lexicon has them; `without` leaves a row of it out."""
    known = Classes.of({w: c for w, c in lexicon().items() if w != without}) if without else _classes_known()
    return known.over_phrases(words, [known.of_word(w) for w in words])


def any_of(*classes: str) -> str:
    """A regular expression for the words and phrases of classes, in printed text."""
    words = sorted((w for w, c in lexicon().items() if c in classes), key=len, reverse=True)
    return (
        "(?:" + "|".join(re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) + r"\b" for w in words) + ")"
    )


_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "at",
        "for",
        "from",
        "by",
        "with",
        "on",
        "and",
        "or",
        "but",
        "as",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "had",
        "has",
        "have",
        "which",
        "that",
        "who",
        "it",
        "this",
        "there",
        "than",
        "per",
        "while",
        "out",
    ]
)


@lru_cache(maxsize=20_000)
def class_of(word: str) -> str:
    """Class of a single token."""
    if word in PUNCTUATION:
        return word[2:]
    if word.startswith(_NUMBER_MARK):
        return "N"
    if word.startswith(_PERIOD_MARK):
        return "YEAR"
    return _classes_known().of_word(word)


@lru_cache(maxsize=8)
def class_counts(text: str) -> Counter[str]:
    """How many words of a text have each class."""
    return Counter(map(class_of, canonical(text).split()))


def _mark(prefix: str, n: int) -> str:
    return prefix + "".join(_LETTERS[int(d)] for d in str(n))


@lru_cache(maxsize=4_000)
def tag(text: str, numbers: tuple[tuple[int, int, str], ...]) -> Sentence:
    """A sentence, tagged. `numbers` are start, end and kind of the numbers that may be statistics."""
    said = [s for s in periods.said(text) if not any(a < s.end and s.start < b for a, b, _ in numbers)]
    marks = [(a, b, _mark(_NUMBER_MARK, n)) for n, (a, b, _) in enumerate(numbers)]
    marks += [(s.start, s.end, _mark(_PERIOD_MARK, n)) for n, s in enumerate(said)]
    tokens = canonical(_marked(text, sorted(marks))).split()
    words = [t for t in tokens if t not in PUNCTUATION]
    at = {t: i for i, t in enumerate(tokens)}
    sentence = Sentence(text, words, tokens, _classes_known().over_phrases(tokens, [class_of(t) for t in tokens]))
    sentence.numbers = {
        a: at[_mark(_NUMBER_MARK, n)] for n, (a, _, _) in enumerate(numbers) if _mark(_NUMBER_MARK, n) in at
    }
    sentence.periods = [(Span(at[m], at[m] + 1), s) for n, s in enumerate(said) if (m := _mark(_PERIOD_MARK, n)) in at]
    for a, _, kind in numbers:
        if a in sentence.numbers:
            sentence.classes[sentence.numbers[a]] = _OF_KIND[kind]
    for span, period in sentence.periods:
        sentence.classes[span.start] = _class_of_period(period)
    nothing = {_mark(_NUMBER_MARK, n) for n, (a, b, _) in enumerate(numbers) if text[a:b].lower() == "no"}
    sentence.hits = _hits(sentence, nothing)
    return sentence


_OF_KIND = {"number": "N", "percent": "PERCENT", "money": "POUNDS", "working_days": "DAYS", "days": "DAYS"}


def _class_of_period(said: periods.Said) -> str:
    if said.period in ("prior", "this"):
        return "LASTYEAR" if said.period == "prior" else "THISYEAR"
    if said.period in periods.PARTS:
        return "PARTYEAR"
    return "YEAR" if said.exact else "DATE"


def _marked(text: str, marks: Sequence[tuple[int, int, str]]) -> str:
    parts, last = [], 0
    for start, end, mark in marks:
        if start < last:
            continue
        parts += [_with_punctuation(text[last:start]), f" {mark} "]
        last = end
    return "".join([*parts, _with_punctuation(text[last:])])


_DASH = re.compile(r"\s[-–—]\s|[–—→]")
_STOP = re.compile(r"[.?!](?!\d)(?=\s|$)|[,;:()\[\]|](?!\d{3}\b)")


def _with_punctuation(text: str) -> str:
    text = _DASH.sub(" zzdash ", text)
    return _STOP.sub(lambda m: f" {_PUNCTUATION[m.group()]} ", text)


def _hits(sentence: Sentence, nothing: set[str]) -> list[tuple[Span, Hit]]:
    """The wordings of a sentence. `nothing` are the numbers that are printed "no", which is a word of many wordings, too."""
    words = ["no" if w in nothing else w for w in sentence.words]
    plain = " ".join(words)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    token_of_word = [i for i, t in enumerate(sentence.tokens) if t not in PUNCTUATION]
    result = []
    for hit in hits(plain, "near"):
        first = bisect_right(starts, hit.start) - 1
        last = bisect_right(starts, max(hit.end - 2, hit.start)) - 1
        if last < len(token_of_word):
            result.append((Span(token_of_word[first], token_of_word[last] + 1), hit))
    return result


def inside_quotation(text: str, at: int) -> bool:
    """True for a place between quotation marks of any style; an apostrophe inside a word is none."""
    depth = 0
    for i, c in enumerate(text[:at]):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        opens = c in "‘“«" or (c in "\"'" and not before.strip("( ") and after.strip() != "")
        closes = (c in "’”»" or c in "\"'") and not opens
        if c in "’'" and before.isalnum() and after.isalnum():
            continue
        if opens:
            depth += 1
        elif closes and depth:
            depth -= 1
    return depth > 0 and any(c in _CLOSING_QUOTES + "'" for c in text[at:])
