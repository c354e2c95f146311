"""Panels: boxes with round corners, in which designed pages set a text, a table or a chart apart; each is read by itself."""

from __future__ import annotations

from collections.abc import Sequence

from extract.layout import rows_of
from extract.model import Box, Word, holds
from extract.page import PageObjects

LEAST_WIDTH, LEAST_HEIGHT, LEAST_ROWS = 90.0, 36.0, 3
"""Points, and lines of words. What is smaller is a label, or a tile with one figure."""
MOST_BOXES = 200
"""What has more boxes is a drawing."""
MOST = 0.85
"""Share of the page. What is larger is its background."""
SAME = 4.0
"""Points by which the filling and the outline of one box may differ."""


def panels_of(page: PageObjects, words: Sequence[Word]) -> list[Box]:
    """The panels of a page, outer ones first."""
    found: list[Box] = []
    rounded = [
        s.box
        for s in page.shapes
        if s.rounded and s.box[2] - s.box[0] >= LEAST_WIDTH and s.box[3] - s.box[1] >= LEAST_HEIGHT
    ]
    for box in sorted(rounded, key=_area, reverse=True) if len(rounded) <= MOST_BOXES else ():
        if _area(box) > MOST * page.width * page.height or any(same(box, other) for other in found):
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


def same(a: Box, b: Box) -> bool:
    """True for two outlines of one box."""
    return all(abs(x - y) < SAME for x, y in zip(a, b, strict=True))
