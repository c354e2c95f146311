"""Labels set at a slant, under the bars of a chart or over the columns of a table: each as one word where it points to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from extract.model import Box, Word

LINE = 1.7
"""Of a letter's size: how far apart the lines of one label are at most."""
NEAR = 3.0
"""Of a letter's size: how far from its lower end the figure of a column stands that a label is the head of."""

WATERMARK = 2.5
"""Times as large as the words of its page is what runs across it, such as "DRAFT"; it is no label."""


@dataclass(frozen=True)
class Slanted:
    """Letters in a row that run at a slant, from the middle of the first to the middle of the last."""

    text: str
    begin: tuple[float, float]
    end: tuple[float, float]
    size: float

    @property
    def low(self) -> tuple[float, float]:
        return max(self.begin, self.end, key=lambda p: p[1])

    @property
    def high(self) -> tuple[float, float]:
        return min(self.begin, self.end, key=lambda p: p[1])

    @property
    def box(self) -> Box:
        (a, b), (c, d) = self.begin, self.end
        half = self.size / 2
        return min(a, c) - half, min(b, d) - half, max(a, c) + half, max(b, d) + half

    def go_on(self, other: Slanted, separator: str) -> Slanted:
        """This and what follows it in its line."""
        return replace(self, text=f"{self.text}{separator}{other.text}", end=other.end)


def slanted_words(lines: Sequence[Slanted], words: Sequence[Word], number: int) -> list[Word]:
    """The labels of a page, each where its end is that points to a column of figures under it, else to a bar over it."""
    usual = median(w.size for w in words) if words else 0.0
    labels: list[list[Slanted]] = []
    for line in lines:
        if usual and line.size > WATERMARK * usual:
            continue
        if labels and _next_line(labels[-1][-1], line):
            labels[-1].append(line)
        else:
            labels.append([line])
    figures = [w.box for w in words if w.text[:1].isdigit()]
    heads = sum(any(_under(box, label[0]) for box in figures) for label in labels)
    low = 2 * heads > len(labels)
    return [_word(label, low, number) for label in labels]


def _next_line(above: Slanted, line: Slanted) -> bool:
    """True where a line runs beside the one before, as close as the lines of one text."""
    longest = max((above, line), key=lambda s: math.dist(s.begin, s.end))
    (x0, y0), (x1, y1) = longest.begin, longest.end
    length = math.dist(longest.begin, longest.end)
    if not length:
        return False
    points = (above.begin, above.end, line.begin, line.end)
    apart = max(abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / length for x, y in points)
    return 0.5 * line.size < apart < LINE * line.size


def _under(box: Box, line: Slanted) -> bool:
    x, y = line.low
    reach = NEAR * line.size
    return -line.size < box[1] - y < reach and abs((box[0] + box[2]) / 2 - x) < reach


def _word(label: Sequence[Slanted], low: bool, number: int) -> Word:
    first = label[0]
    x = (first.low if low else first.high)[0]
    top, bottom = min(s.box[1] for s in label), max(s.box[3] for s in label)
    text = " ".join(s.text for s in label)
    return Word(text, (x - first.size / 2, top, x + first.size / 2, bottom), first.size, False, number, turned=True)
