"""Wordings: each a partial address in the common model (`vocabulary/wordings.csv`).

Their mini-language is that of `phrase.py`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate

from normalise.phrase import Phrase, phrase
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


@dataclass(frozen=True)
class _Index:
    """Which wordings a text may hold, by the words that it has."""

    words: dict[str, list[int]]
    """Word, or beginning of a word and `*` -> the needs that it meets. A need is met by any of its alternatives."""
    shortest: int
    """Letters of the shortest beginning."""
    wordings: dict[int, list[int]]
    """Need -> the wordings for which it is the one that fewest wordings share."""
    needed: list[frozenset[int]]
    """For each wording its needs: the first words of all that must stand in it."""

    def candidates(self, words: Iterable[str]) -> list[int]:
        """The wordings of which every need is met."""
        met = frozenset().union(*map(_met_by, words))
        wanted = (self.wordings.get(need, ()) for need in met)
        return [n for some in wanted for n in some if self.needed[n] <= met]


@lru_cache(maxsize=20_000)
def _met_by(word: str) -> frozenset[int]:
    index = _index()
    found = set(index.words.get(word, ()))
    for k in range(index.shortest, len(word) + 1):
        found.update(index.words.get(word[:k] + "*", ()))
    return frozenset(found)


@cache
def _index() -> _Index:
    needs = [phrase(wording.wording).needs for wording in vocabulary()]
    shared = Counter(need for of_one in needs for need in of_one)
    number = {need: n for n, need in enumerate(shared)}
    words: dict[str, list[int]] = {}
    for need, n in number.items():
        for word in need:
            words.setdefault(word, []).append(n)
    wordings: dict[int, list[int]] = {}
    for n, of_one in enumerate(needs):
        rarest = min(of_one, key=lambda need: (shared[need], number[need]))
        wordings.setdefault(number[rarest], []).append(n)
    shortest = min(len(word) - 1 for word in words if word.endswith("*"))
    return _Index(words, shortest, wordings, [frozenset(number[need] for need in of_one) for of_one in needs])


@cache
def hits(text: str, where: str) -> tuple[Hit, ...]:
    """The wordings in a text, longest first choice where they overlap, in the order of the text.

    `text` is as printed; `where` is `label`, `corner` (the head of the labels, or of a column), `heading` or `text`, or `near`
    for a text of which words that may name a member are wanted, too.
    """
    words = canonical(text).split()
    starts = [0, *accumulate(len(word) + 1 for word in words)]
    places = {"text", "near"} if where == "near" else {where}
    found = []
    for n in _index().candidates(set(words)):
        wording = vocabulary()[n]
        if wording.where and not wording.where & places:
            continue
        found += [(starts[first], starts[behind], n) for first, behind in phrase(wording.wording).places(words)]
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
def _called(name: str) -> tuple[tuple[Phrase, bool], ...]:
    return tuple((phrase(c.wording), c.whole) for c in ways_of_calling() if c.name == name)


@lru_cache(maxsize=20_000)
def is_called(name: str, label: str) -> bool:
    """Whether a label is called as a list of `vocabulary/labels.csv` says.

    >>> is_called("total", "Grand total"), is_called("total", "Parents")
    (True, False)
    """
    words = canonical(label).split()
    return any(p.is_whole(words) if whole else p.places(words) for p, whole in _called(name))
