"""Marks of lists that are drawn, not printed, as browsers do."""

from __future__ import annotations

from extract.layout import left_of
from extract.model import Box, Word, holds
from extract.page import PageObjects

BULLET_SIZE = (1.5, 7.0)
"""Points. A drawn mark of a list is that wide and high."""


def drawn_bullets(page: PageObjects, words: list[Word], taken: list[Box]) -> list[Word]:
    """A bullet for each small drawn mark that stands alone at the left of a line, as browsers draw them."""
    marks = [
        s.box
        for s in page.shapes
        if s.fill is not None
        and all(BULLET_SIZE[0] <= side <= BULLET_SIZE[1] for side in (s.box[2] - s.box[0], s.box[3] - s.box[1]))
        and 0.6 < (s.box[2] - s.box[0]) / (s.box[3] - s.box[1]) < 1.7
        and not any(holds(b, s.box) for b in taken)
    ]
    found = []
    for box in marks:
        y = (box[1] + box[3]) / 2
        level = [w for w in words if w.box[1] < y < w.box[3]]
        right = min((w for w in level if w.box[0] >= box[2] - 0.5), key=left_of, default=None)
        near = right is not None and right.box[0] - box[2] < 22
        beside = any(w.box[2] <= box[0] + 1 and box[0] - w.box[2] < 30 for w in level)
        if right is not None and near and not beside:
            found.append(Word("•", (box[0], right.box[1], box[2], right.box[3]), right.size, False, right.page))
    return found
