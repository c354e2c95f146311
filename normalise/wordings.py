"""Wordings: each a partial address in the common model (`vocabulary/wordings.csv`).

The mini-language of a wording: words as `canonical` writes them; `parent*` for any ending; `(a|b c)` for alternatives;
`[a|b]` for words that may be missing; `...` for up to five words of any kind.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from normalise.words import FILLER, canonical

FIELDS = ("measure", "category", "stage", "procedure", "unit", "base")


@dataclass(frozen=True)
class Wording:
    """A row of the vocabulary."""

    wording: str
    measure: str
    category: str
    stage: str
    procedure: str
    unit: str
    base: str
    where: frozenset[str]
    """`label`, `corner`, `heading`, `text`; `near` for words that may name a member wherever they stand in a label or sentence; empty for anywhere."""
    note: str = ""


@dataclass(frozen=True)
class Hit:
    start: int
    end: int
    wording: Wording


class VocabularyError(Exception):
    """A row of the vocabulary cannot be used; names the row."""


_own: tuple[Wording, ...] = ()


def use_also(own: Sequence[Wording]) -> None:
    """Read with wordings of a user beside those of the program, from now on and in this process; none for the program's alone."""
    global _own  # noqa: PLW0603  (what is known of a text is kept all over the package, by the text alone)
    if tuple(own) == _own:
        return
    _own = tuple(own)
    for name, module in list(sys.modules.items()):
        if name.split(".", maxsplit=1)[0] == __package__:
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


@cache
def vocabulary() -> tuple[Wording, ...]:
    """Every wording: the program's in the order of the file, then the user's."""
    return (*_file(), *_own)


@cache
def _file() -> tuple[Wording, ...]:
    lines = (files("normalise") / "vocabulary" / "wordings.csv").read_text(encoding="utf-8").splitlines()
    rows = []
    for number, row in enumerate(csv.DictReader(lines), 2):
        if row["wording"].startswith("#"):
            continue
        if None in row or any(value is None for value in row.values()):
            raise VocabularyError(f"wordings.csv, row {number}: has a wrong number of columns: {row['wording']!r}")
        if re.search(r"\([^)]*\[", row["wording"]):
            raise VocabularyError(f"wordings.csv, row {number}: square brackets within round ones: {row['wording']!r}")
        rows.append(
            Wording(
                row["wording"], **{f: row[f] for f in FIELDS}, where=frozenset(row["where"].split()), note=row["note"]
            )
        )
    return tuple(rows)


def pattern_of(wording: str) -> str:
    """The regular expression of a wording, for text as `canonical` writes it."""
    parts: list[str] = []
    for token in re.findall(r"\[[^\]]*\]|\([^)]*\)|\.\.\.|\S+", wording):
        if token == "...":
            parts.append(r"(?:\S+ ){0,5}?")
        elif token.startswith("["):
            parts.append(f"(?:(?:{_alternatives(token[1:-1])}) )?")
        elif token.startswith("("):
            parts.append(f"(?:{_alternatives(token[1:-1])}) ")
        else:
            parts.append(_word(token) + " ")
    # Text is searched with a space at its end, so that every word ends in one.
    return r"(?<!\S)" + "".join(parts)


def _alternatives(text: str) -> str:
    # Longest first, so that "child or young person" is not read as "child".
    options = sorted(text.split("|"), key=len, reverse=True)
    return "|".join(" ".join(_word(w) for w in option.split()) for option in options)


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)


@cache
def _pattern(n: int) -> re.Pattern[str]:
    """The n-th wording, compiled when a text first needs it: few reports use more than half of them."""
    return re.compile(pattern_of(vocabulary()[n].wording))


@cache
def _index() -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Word -> wordings that need it, and beginning of a word -> wordings that need it."""
    exact: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    for n, wording in enumerate(vocabulary()):
        tokens = [
            t
            for t in re.findall(r"\[[^\]]*\]|\([^)]*\)|\.\.\.|\S+", wording.wording)
            if not t.startswith("[") and t != "..."
        ]
        anchor = max(tokens, key=lambda t: (not t.startswith("("), len(t)))
        options = anchor.strip("()").split("|")
        for first in {o.split()[0] for o in options}:
            if first.endswith("*"):
                stems.setdefault(first[:-1], []).append(n)
            else:
                exact.setdefault(first, []).append(n)
    return exact, stems


@cache
def hits(text: str, where: str) -> tuple[Hit, ...]:
    """The wordings in a text, longest first choice where they overlap, in the order of the text.

    `text` is as printed; `where` is `label`, `corner` (the head of the labels, or of a column), `heading` or `text`, or `near`
    for a text of which words that may name a member are wanted, too.
    """
    plain = canonical(text) + " "
    places = {"text", "near"} if where == "near" else {where}
    exact, stems = _index()
    words = set(plain.split())
    beginnings = {w[:k] for w in words for k in range(2, len(w) + 1)}
    candidates = {n for w in words for n in exact.get(w, ())} | {n for b in beginnings & stems.keys() for n in stems[b]}
    found = []
    for n in candidates:
        wording = vocabulary()[n]
        if wording.where and not wording.where & places:
            continue
        for match in _pattern(n).finditer(plain):
            found.append((match.start(), match.end(), n))
    found.sort(key=lambda f: (f[0] - f[1], f[0], -f[2]))
    kept: list[tuple[int, int, int]] = []
    for start, end, n in found:
        if not _said(kept, start, end, n):
            kept.append((start, end, n))
    return tuple(Hit(a, b, vocabulary()[n]) for a, b, n in sorted(kept))


def _said(kept: Iterable[tuple[int, int, int]], start: int, end: int, n: int) -> bool:
    """True where longer words around these already say all that they say ("not upheld" around "upheld")."""
    own = {f for f in FIELDS if getattr(vocabulary()[n], f)}
    for a, b, k in kept:
        if a <= start and end <= b:
            said = {f for f in FIELDS if getattr(vocabulary()[k], f)}
            if not said:
                return True  # words that are there to say that these mean nothing here, as "corporate parenting"
            other_measure = (a, b) == (start, end) and vocabulary()[k].measure != vocabulary()[n].measure
            if not other_measure and (own <= said or "measure" in own & said):
                return True
    return False


def whole_label(label: str) -> tuple[Wording, ...]:
    """The wordings that make up a table label: those whose words, with filler, leave nothing of it unread."""
    plain = canonical(label)
    found = hits(label, "label")
    covered = {i for hit in found for i in range(hit.start, hit.end)}
    position, unread = 0, 0
    for word in plain.split():
        at = plain.index(word, position)
        position = at + len(word)
        if at not in covered and word not in FILLER and not word.isdigit():
            unread += 1
    result = []
    for hit in found:
        only_label = "label" in hit.wording.where and "text" not in hit.wording.where
        at_an_end = hit.start == 0 or hit.end >= len(plain)
        unit_alone = bool(hit.wording.unit) and not (hit.wording.measure or hit.wording.stage)
        # "% answered in time" and "Answered in time (%)" say the unit, whatever else they say.
        if not (only_label and unread) or (unit_alone and at_an_end):
            result.append(hit.wording)
    return tuple(result)


@lru_cache(maxsize=20_000)
def named_loosely(label: str) -> dict[str, str]:
    """Breakdown -> the first member that words of a label may name, though the label as a whole is no known wording.

    >>> named_loosely("Friend or neighbour"), named_loosely("Aunt, uncle, brother or sister")
    ({'complainant': 'other'}, {'complainant': 'relative'})
    """
    found: dict[str, str] = {}
    for hit in hits(label, "near"):
        if "near" in hit.wording.where:
            found.setdefault(hit.wording.measure, hit.wording.category)
    return found


@cache
def _hints() -> dict[str, str]:
    with (files("normalise") / "vocabulary" / "hints.csv").open(encoding="utf-8") as handle:
        return {canonical(row["word"]): row["breakdown"] for row in csv.DictReader(handle)}


@cache
def breakdowns_hinted(label: str) -> frozenset[str]:
    """The breakdowns whose members are often called so: "Fostering and adoption" is a service, "Staff attitude" a theme.

    >>> sorted(breakdowns_hinted("Fostering and adoption")), sorted(breakdowns_hinted("Staff attitude"))
    (['service'], ['theme'])
    """
    plain = f" {canonical(label)} "
    return frozenset(breakdown for word, breakdown in _hints().items() if f" {word} " in plain)


@dataclass(frozen=True)
class Called:
    """A way of calling something: the name of its list, the wording, whether it must be the whole label, an example."""

    name: str
    wording: str
    whole: bool
    example: str


@cache
def ways_of_calling() -> tuple[Called, ...]:
    """The rows of `vocabulary/labels.csv`."""
    lines = (files("normalise") / "vocabulary" / "labels.csv").read_text(encoding="utf-8").splitlines()
    return tuple(Called(r["list"], r["wording"], r["whole"] == "yes", r["example"]) for r in csv.DictReader(lines))


@cache
def _called(name: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((re.compile(pattern_of(c.wording)), c.whole) for c in ways_of_calling() if c.name == name)


@lru_cache(maxsize=20_000)
def is_called(name: str, label: str) -> bool:
    """Whether a label is called as a list of `vocabulary/labels.csv` says.

    >>> is_called("total", "Grand total"), is_called("total", "Parents")
    (True, False)
    """
    plain = canonical(label) + " "
    return any(p.fullmatch(plain) if whole else p.search(plain) for p, whole in _called(name))
