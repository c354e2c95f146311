"""Lying bars with names in two columns: that of a group of bars, and in each group that of every bar."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.bars import Drawn
from extract.chart_parts import NAMES
from extract.layout import rows_of
from extract.model import Word

GUTTER = 5.0
"""Points between the two columns of names, at least."""
WRAPS = 0.27
"""Room between the lines of one name, in heights of a letter."""
Name = tuple[float, str]
"""A name and how far down the page its middle stands."""


Levels = dict[int, tuple[str, str]]
"""Bar (its `id`) -> the name of its group, and its own."""


def names_in_two_levels(bars: Sequence[Drawn], words: list[Word]) -> tuple[Levels, list[Word]]:
    """The names of bars, and their words among those of the page; nothing where they stand in one column, or do not fit the bars.

    Names of bars come again in several groups, and the middle of each group stands level with its name.
    """
    left, low, high = (f(b.box[n] for b in bars) for f, n in ((min, 0), (min, 1), (max, 3)))
    beside = [w for w in words if w.box[2] <= left + 2 and low - 4 < (w.box[1] + w.box[3]) / 2 < high + 4]
    edge = _gutter(beside)
    outer, inner = (_names([w for w in beside if (w.box[0] < edge) == first]) for first in (True, False))
    ordered = sorted(bars, key=lambda b: b.centre(1))
    if not 1 < len(outer) < len(inner) or len(inner) != len(ordered) or len({name for _, name in inner}) == len(inner):
        return {}, []
    groups = _groups([b.centre(1) for b in ordered], outer)
    level = all(abs(b.centre(1) - y) < b.box[3] - b.box[1] for b, (y, _) in zip(ordered, inner, strict=True))
    if not level or not groups:
        return {}, []
    return {id(b): (group, name) for b, group, (_, name) in zip(ordered, groups, inner, strict=True)}, beside


def _gutter(words: list[Word]) -> float:
    """Where the right one of two columns of words begins: behind the widest space that no word crosses; 0 where there is none."""
    ends, widest, edge = 0.0, GUTTER, 0.0
    for word in sorted(words, key=lambda w: w.box[0]):
        if ends and word.box[0] - ends > widest:
            widest, edge = word.box[0] - ends, word.box[0]
        ends = max(ends, word.box[2])
    return edge


def _names(words: list[Word]) -> list[Name]:
    """The names of a column; lines close together are one."""
    found: list[list[Word]] = []
    for row in rows_of(words):
        if found and row[0].box[1] - max(w.box[3] for w in found[-1]) < WRAPS * row[0].size:
            found[-1] += row
        else:
            found.append(row)
    texts = [" ".join(w.text for w in part) for part in found]
    middles = [(min(w.box[1] for w in part) + max(w.box[3] for w in part)) / 2 for part in found]
    return [(y, text) for y, text in zip(middles, texts, strict=True) if NAMES.search(text)]


def _groups(places: list[float], names: list[Name]) -> list[str]:
    """The name of each bar's group, one group after another; nothing where the middle of one is not level with its name."""
    step = min(b - a for a, b in pairwise(places))
    found: list[str] = []
    for n, (y, name) in enumerate(names):
        rest = places[len(found) : len(places) - (len(names) - n - 1)]
        sizes = range(1, len(rest) + 1) if n < len(names) - 1 else [len(rest)]
        size = min(sizes, key=lambda k: abs(sum(rest[:k]) / k - y), default=0)
        if not size or abs((rest[0] + rest[size - 1]) / 2 - y) > 0.6 * step:
            return []
        found += [name] * size
    return found
