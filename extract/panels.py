"""Panels: boxes with round corners, in which designed pages set a text, a table or a chart apart; each is read by itself."""

from __future__ import annotations

from collections.abc import Sequence

from extract.layout import rows_of
from extract.model import Box, Word, holds
from extract.page import PageObjects

LEAST_WIDTH, LEAST_HEIGHT, LEAST_ROWS = 90.0, 36.0, 3
"""Points, and lines of words. What is smaller is a label, or a tile with one figure."""
MOST = 0.85
"""Share of the page. What is larger is its background."""
SAME = 4.0
"""Points by which the filling and the outline of one box may differ."""


def panels_of(page: PageObjects, words: Sequence[Word]) -> list[Box]:
    """The panels of a page, outer ones first."""
    found: list[Box] = []
    for shape in sorted(page.shapes, key=lambda s: -_area(s.box)):
        box = shape.box
        if not shape.rounded or box[2] - box[0] < LEAST_WIDTH or box[3] - box[1] < LEAST_HEIGHT:
            continue
        if _area(box) > MOST * page.width * page.height or any(_same(box, other) for other in found):
            continue
        inside = [w for w in words if holds(box, w.box)]
        if len(rows_of(inside)) >= LEAST_ROWS and all(w.box[0] > box[0] - 2 and w.box[2] < box[2] + 2 for w in inside):
            found.append(box)
    return found


def owner(box: Box, panels: Sequence[Box]) -> Box | None:
    """The innermost panel that holds a box; panels are listed from the largest."""
    return next((p for p in reversed(panels) if holds(p, box) and _area(p) > _area(box)), None)


def within(inner: Box, outer: Box) -> bool:
    """True where a box lies in another and nowhere sticks out of it."""
    return outer[0] - 2 < inner[0] and outer[1] - 2 < inner[1] and inner[2] < outer[2] + 2 and inner[3] < outer[3] + 2


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _same(a: Box, b: Box) -> bool:
    return all(abs(x - y) < SAME for x, y in zip(a, b, strict=True))
