"""The bars of a chart as drawn, and the names on its axis."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from statistics import median

from extract.chart_parts import NAMES, Colour
from extract.layout import rows_of
from extract.model import Box, Word
from extract.numerals import cell_mentions

NEAR = 18.0
"""Points between the end of a bar and its data label."""
TOUCHING = 0.5
"""Room between bars under one name, as a share of their thickness."""
IN_PLACE = 5.0
"""Points between a 0 and the place of its series beside a name, at most."""
NO_COLOUR: Colour = (-1, -1, -1)


@dataclass
class Drawn:
    """A bar as drawn, with its data label once that is known."""

    box: Box
    colour: Colour
    label: Word | None = None

    def centre(self, axis: int) -> float:
        return (self.box[axis] + self.box[axis + 2]) / 2


def bars_of_nothing(bars: list[Drawn], numbers: list[Word], upright: bool) -> list[Drawn]:
    """A bar without length for each 0 that stands where bars begin: mostly none is drawn for it. Its colour is not known yet."""
    base = max(b.box[3] for b in bars) if upright else min(b.box[0] for b in bars)
    found = []
    for word in numbers:
        x0, top, x1, bottom = word.box
        away = base - bottom if upright else x0 - base
        if -3 <= away <= NEAR and [m.value for m in cell_mentions(word.text)] == [0]:
            found.append(Drawn((x0, base, x1, base) if upright else (base, top, base, bottom), NO_COLOUR, word))
    return found


def with_colours(nothing: list[Drawn], bars: list[Drawn], names: list[tuple[float, str]], upright: bool) -> list[Drawn]:
    """Bars for 0 in the colour of their series, which stands at one place beside every name; those that stand at none left out."""
    axis = 0 if upright else 1
    places: dict[Colour, list[float]] = {}
    for bar in bars:
        if name := _nearest(bar.centre(axis), names):
            places.setdefault(bar.colour, []).append(bar.centre(axis) - name[0])
    found = []
    for bar in nothing:
        name = _nearest(bar.centre(axis), names)
        away = [(abs(bar.centre(axis) - name[0] - median(mine)), c) for c, mine in places.items()] if name else []
        if away and min(away)[0] < IN_PLACE:
            found.append(replace(bar, colour=min(away)[1]))
    return found


def _nearest(place: float, names: list[tuple[float, str]]) -> tuple[float, str] | None:
    return min(names, key=lambda n: abs(n[0] - place), default=None)


def names_on_axis(bars: list[Drawn], words: list[Word], upright: bool) -> list[tuple[float, str]]:
    """The names on the category axis with their places along it."""
    if upright:
        foot = max(b.box[3] for b in bars)
        near = [w for w in words if foot - 1 <= w.box[1] <= foot + 48]
        sideways = [((w.box[0] + w.box[2]) / 2, w.text) for w in near if w.turned]
        if not near or len(sideways) > 1:
            return sideways
        spread = sorted({round(b.centre(0), 1) for b in bars})
        return [(x, name) for x, name in _columns_of_words(near, spread) if NAMES.search(name)]
    left = min(b.box[0] for b in bars)
    # "Stage 1" and "Within 10 days" are names; a line of nothing but numbers is none.
    rows = [r for r in rows_of([w for w in words if w.box[2] <= left + 2]) if NAMES.search(" ".join(w.text for w in r))]
    return _stack(rows, bars) or _over_bars(words, bars)


def _over_bars(words: list[Word], bars: list[Drawn]) -> list[tuple[float, str]]:
    """Names that stand over lying bars, each right above its own."""
    rows = rows_of(words)
    found: list[tuple[float, str]] = []
    name, end = "", 0.0
    for top, bottom in sorted({(round(b.box[1]), round(b.box[3])) for b in bars}):
        above = [r for r in rows if 0 <= top - max(w.box[3] for w in r) + 2 < 1.5 * r[0].size]
        if above and NAMES.search(" ".join(w.text for w in above[-1])):
            name = " ".join(w.text for w in above[-1])
        elif not name or top - end > TOUCHING * (bottom - top):
            return []  # the bars of several series under one name stand close together
        found.append(((top + bottom) / 2, name))
        end = bottom
    return found


def _columns_of_words(words: list[Word], spread: list[float]) -> list[tuple[float, str]]:
    """Words below upright bars, put together by column."""
    rows = rows_of(words)
    first = rows[0]
    chunks: list[list[Word]] = []
    for word in first:
        if chunks and word.box[0] - chunks[-1][-1].box[2] < max(4.0, 0.6 * word.size):
            chunks[-1].append(word)
        else:
            chunks.append([word])
    names = [(((c[0].box[0] + c[-1].box[2]) / 2), [c]) for c in chunks]
    for row in rows[1:]:
        if row[0].box[1] - first[0].box[3] > 26:
            break
        for word in row:
            x = (word.box[0] + word.box[2]) / 2
            centre, parts = min(names, key=lambda n: abs(n[0] - x))
            width = max(p[-1].box[2] - p[0].box[0] for p in parts)
            if abs(centre - x) < max(width / 2 + 12, 20):
                parts.append([word])
    return [(centre, " ".join(w.text for p in parts for w in p)) for centre, parts in names]


def _stack(rows: list[list[Word]], bars: list[Drawn]) -> list[tuple[float, str]]:
    """Labels to the left of lying bars; a label over several lines is one."""
    merged: list[tuple[float, float, list[Word]]] = []
    near = _wrapping(rows, bars)
    for row in rows:
        top, bottom = min(w.box[1] for w in row), max(w.box[3] for w in row)
        if merged and top - merged[-1][1] < near:
            merged[-1] = (merged[-1][0], bottom, [*merged[-1][2], *row])
        else:
            merged.append((top, bottom, list(row)))
    low, high = min(b.box[1] for b in bars) - 8, max(b.box[3] for b in bars) + 8
    return [
        ((top + bottom) / 2, " ".join(w.text for w in words))
        for top, bottom, words in merged
        if low <= (top + bottom) / 2 <= high
    ]


def _wrapping(rows: list[list[Word]], bars: list[Drawn]) -> float:
    """Below which gap two lines at the left of bars are one label: there are as many labels as bars, or groups of bars that touch."""
    ordered = sorted(bars, key=lambda b: b.box[1])
    many = 1 + sum(b.box[1] - a.box[3] > 0.5 * (b.box[3] - b.box[1]) for a, b in itertools.pairwise(ordered))
    low, high = ordered[0].box[1] - 8, max(b.box[3] for b in bars) + 8
    beside = [r for r in rows if low <= (r[0].box[1] + r[0].box[3]) / 2 <= high]
    gaps = sorted(b[0].box[1] - a[0].box[3] for a, b in itertools.pairwise(beside))
    inner = len(beside) - many
    if not 0 < inner < len(gaps) or gaps[inner - 1] > 0.7 * gaps[inner]:
        return 1.5
    return max(1.5, gaps[inner - 1] + 0.1)


def nearest_name(bar: Drawn, categories: list[tuple[float, str]], upright: bool) -> str:
    """The name that a bar stands at; empty between two, where there is no telling which."""
    place = bar.centre(0 if upright else 1)
    gaps = sorted(abs(centre - place) for centre, _ in categories)
    nearest = _nearest(place, categories)
    return nearest[1] if nearest and not (len(gaps) > 1 and gaps[1] - gaps[0] < 1.0) else ""
