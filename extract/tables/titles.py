"""Titles over tables, which are no heads of columns."""

from __future__ import annotations

import re

from extract.model import Word

NUMBERED = re.compile(r"(?:table|figure|fig\.?|chart|graph)\s*\d+", re.IGNORECASE)
CAPTION = re.compile(r"\s*(?:table|figure|fig\.?|chart|graph)\s+\w{1,3}\b(?=\s*(?:[:.–-]|$))", re.IGNORECASE)
"""A line that begins as captions do: "Table 2: Outcomes", "Chart A"."""
Extent = tuple[float, float]


def is_title(line: list[Word], pieces: int, reached: int, table: Extent, figures: Extent) -> bool:
    """True for a line over a table that names the whole of it.

    `pieces` is how many the line falls into, `reached` over how many columns it stands, `table` and `figures` the left and
    right of the table and of its columns of figures. A title is of one piece, reaches over several columns, and begins with
    the table or stands in the middle over it rather than over the figures.
    """
    left, right = line[0].box[0], line[-1].box[2]
    if pieces > 1:
        return False  # a corner may hold the title, beside the heads
    if NUMBERED.match(" ".join(w.text for w in line)):
        return True
    if reached < 2 or right < figures[0]:
        return False
    if abs(left - table[0]) < 8:
        return True
    middle = (left + right) / 2
    return len(line) > 2 and abs(middle - sum(table) / 2) < abs(middle - sum(figures) / 2)
