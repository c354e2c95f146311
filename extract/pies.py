"""Pies and rings: a label counts where its legend says it, or where the areas of the sectors agree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.chart_parts import Colour, between, is_mark, outline, title_words, words_beside
from extract.layout import rows_of
from extract.model import Bar, Box, Chart, Word, holds, union
from extract.numerals import cell_mentions
from extract.page import PageObjects, Shape

WHITE = 245
"""From this on a colour is that of the page: a disc in it makes a ring of a pie."""
_LABEL_WITH_VALUE = re.compile(r"^(?P<name>.*[A-Za-z)])\s*(?:[-–:,=]\s*(?P<value>\d+)|\(\d+\))$")


def find_pies(
    page: PageObjects, frames: list[Box], charts: list[Chart], gutters: Sequence[float], labels: list[Word]
) -> list[Chart]:
    """Pies and rings. A legend entry such as "Delay - 4" says its value itself; else a label counts where the sectors'
    areas are in proportion to the labels on them."""
    marks = [s for s in page.shapes if s.fill and is_mark(s)]
    result: list[Chart] = []
    for sectors in _discs([s for s in page.shapes if s.fill and min(s.fill) < WHITE and not s.boxlike and s.area > 0]):
        disc = union(s.box for s in sectors)
        if disc is None or any(c.bars and c.box and holds(c.box, disc) for c in charts + result):
            continue
        around = [f for f in frames if holds(f, disc)]
        if around:
            frame = outline(around, page)
            words = [w for w in page.words if holds(frame, w.box)]
        else:
            left, right = between(disc, gutters, disc[0] - 210, disc[2] + 210)
            frame = (left, disc[1] - 50, right, disc[3] + 90)
            words = [w for w in labels if holds(frame, w.box)]
        inner = [m for m in marks if holds(frame, m.box) and not holds(disc, m.box)]
        entries = {m.fill: words_beside(m, inner, words) for m in inner}
        listed = list(entries.values())
        bars = _from_legend(listed) or _beside_legend(listed, words) or _from_sectors(sectors, entries, words)
        named = [] if bars else _around(sectors, disc, words)
        bars = bars or _values_first(named)
        used = {id(w) for entry in entries.values() for w in entry} | {id(b.label) for b in bars}
        over = [w for w in words if id(w) not in used and w.box[3] < disc[1] + 2]
        title = " ".join(w.text for w in title_words(over, frame, bool(around)))
        if bars or around:
            unread = "" if bars else "the labels of a pie's sectors cannot be told apart"
            box = (
                frame
                if around
                else union(
                    [disc, *(w.box for e in (*entries.values(), *named) for w in e), *(b.label.box for b in bars)]
                )
            )
            result.append(Chart(title, bars, page.number, box, unread))
    return result


def _discs(sectors: list[Shape]) -> list[list[Shape]]:
    """Curved shapes that touch one another, in groups of at least two that are about as wide as high."""
    groups: list[list[Shape]] = []
    for shape in sectors:
        if max(shape.box[2] - shape.box[0], shape.box[3] - shape.box[1]) < 6:
            continue
        near = [g for g in groups if any(_touch(shape.box, s.box) for s in g)]
        merged = [shape, *(s for g in near for s in g)]
        groups = [g for g in groups if g not in near] + [merged]
    found = []
    for group in groups:
        box = union(s.box for s in group)
        if box is not None and len({s.fill for s in group}) > 1:
            width, height = box[2] - box[0], box[3] - box[1]
            if width > 40 and 0.8 < width / max(height, 1) < 1.25:
                found.append(group)
    return found


def _touch(a: Box, b: Box) -> bool:
    return a[0] - 2 < b[2] and b[0] - 2 < a[2] and a[1] - 2 < b[3] and b[1] - 2 < a[3]


def _from_legend(entries: list[list[Word]]) -> list[Bar]:
    """Values that the legend gives with the names: "Delay - 4"."""
    if bars := _values_first(entries):
        return bars
    bars = []
    for beside in entries:
        match = _LABEL_WITH_VALUE.match(" ".join(w.text for w in beside))
        tail = re.search(r"\d+(?=\)?$)", beside[-1].text) if match else None
        if match and tail:
            text = beside[-1].text
            x0, top, x1, bottom = beside[-1].box
            share = (x1 - x0) * tail.start() / len(text)
            bars.append(Bar(Word(tail.group(), (x0 + share, top, x1, bottom)), match["name"].strip(" -–:,"), ""))
    return bars if len(bars) > 1 else []


def _values_first(entries: list[list[Word]]) -> list[Bar]:
    """Values that stand before the names in a legend: "12 Parent"; none where one entry has none."""
    bars = []
    for beside in filter(None, entries):
        value, *name = beside
        if not name or not cell_mentions(value.text) or not value.text[:1].isdigit() or not name[0].text[:1].isalpha():
            return []
        bars.append(Bar(value, " ".join(w.text for w in name), ""))
    return bars if len(bars) > 1 else []


def _beside_legend(entries: list[list[Word]], words: list[Word]) -> list[Bar]:
    """Values that stand in a column of their own beside the names of a legend; none where one has none."""
    bars = []
    for entry in filter(None, entries):
        names = entry
        x0, top, x1, bottom = names[0].box[0], names[0].box[1], names[-1].box[2], names[-1].box[3]
        level = [w for w in words if w.box[0] >= x1 and top < (w.box[1] + w.box[3]) / 2 < bottom]
        value = min(level, key=lambda w: w.box[0], default=None)
        if value is None and cell_mentions(names[-1].text) and len(names) > 1:
            value, names = names[-1], names[:-1]
        if value is None or not cell_mentions(value.text) or value.box[0] < x0:
            return []
        bars.append(Bar(value, " ".join(w.text for w in names), ""))
    return bars if len(bars) > 1 else []


def _from_sectors(sectors: list[Shape], entries: dict[Colour | None, list[Word]], words: list[Word]) -> list[Bar]:
    """Labels on the sectors of a pie, where each sector's area is in proportion to its label and its colour is in the legend."""
    legend = {id(w) for entry in entries.values() for w in entry}
    disc = union(s.box for s in sectors) or (0, 0, 0, 0)
    reach = 0.75 * (disc[2] - disc[0])
    middle = (disc[0] + disc[2], disc[1] + disc[3], disc[0] + disc[2], disc[1] + disc[3])
    numbers = [
        w
        for w in words
        if id(w) not in legend
        and cell_mentions(w.text)
        and max(abs(w.box[0] + w.box[2] - middle[0]), abs(w.box[1] + w.box[3] - middle[1])) < 2 * reach
        and not _in_a_phrase(w, words)
    ]
    whole = sum(s.area for s in sectors)
    values = [cell_mentions(w.text)[0].value or 0.0 for w in numbers]
    total = sum(values)
    if len(numbers) != len(sectors) or not total or not whole or len({s.fill for s in sectors}) != len(sectors):
        return []
    bars = []
    left = list(range(len(numbers)))
    for sector in sorted(sectors, key=lambda s: -s.area):
        fitting = [n for n in left if abs(values[n] / total - sector.area / whole) < 0.02]
        if not fitting or sector.fill not in entries or not entries[sector.fill]:
            return []
        nearest = min(fitting, key=lambda n: _distance(numbers[n].box, sector.box))
        left.remove(nearest)
        bars.append(Bar(numbers[nearest], " ".join(w.text for w in entries[sector.fill]), ""))
    return bars


def _around(sectors: list[Shape], disc: Box, words: list[Word]) -> list[list[Word]]:
    """Labels around a pie, each a value and its name, where the values are to one another as the sectors' areas are."""
    outside = [w for w in words if not holds(disc, w.box)]
    labels: list[list[Word]] = []
    for side in ([w for w in outside if w.box[0] < disc[0]], [w for w in outside if w.box[0] >= disc[0]]):
        for row in rows_of(side):
            if row[0].box[3] < disc[1] - 2 or row[0].box[1] > disc[3] + 2:
                continue
            if cell_mentions(row[0].text) and len(row) > 1:
                labels.append(row)
            elif labels and row[0].box[1] - max(w.box[3] for w in labels[-1]) < 0.6 * row[0].size:
                labels[-1] += row
    bars = _values_first(labels)
    values = sorted(cell_mentions(b.label.text)[0].value or 0.0 for b in bars)
    areas = sorted(s.area for s in sectors)
    if len(bars) != len(sectors) or not sum(values) or not sum(areas):
        return []
    shares = ((v / sum(values), a / sum(areas)) for v, a in zip(values, areas, strict=True))
    return labels if all(abs(v - a) < AROUND for v, a in shares) else []


AROUND = 0.03
"""How far the share of a value may be from that of its sector."""


def _in_a_phrase(word: Word, words: list[Word]) -> bool:
    """True for a number with words right beside it, as in a title or a sentence."""
    return any(
        re.search(r"[A-Za-z]{3}", w.text) is not None
        and abs((w.box[1] + w.box[3]) - (word.box[1] + word.box[3])) < word.size
        and min(abs(w.box[0] - word.box[2]), abs(word.box[0] - w.box[2])) < 0.6 * max(word.size, 6)
        for w in words
    )


def _distance(a: Box, b: Box) -> float:
    return abs(a[0] + a[2] - b[0] - b[2]) + abs(a[1] + a[3] - b[1] - b[3])
