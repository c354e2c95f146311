"""Cells of a grid, whatever way it was found."""

from __future__ import annotations

from extract.model import Cell


def without_empty(cells: list[Cell]) -> list[Cell]:
    """Leave out grid rows and columns that hold no words, which doubled rulings make. Changes the cells."""
    for axis, span in (("row", "row_span"), ("column", "column_span")):
        starts = {getattr(c, axis) for c in cells if c.text}
        last = max((getattr(c, axis) + getattr(c, span) for c in cells), default=0)
        kept = [i for i in range(last) if i in starts]
        place = {old: new for new, old in enumerate(kept)}
        for cell in cells:
            covered = [
                place[i] for i in range(getattr(cell, axis), getattr(cell, axis) + getattr(cell, span)) if i in place
            ]
            setattr(cell, axis, covered[0] if covered else -1)
            setattr(cell, span, max(1, len(covered)))
        cells = [c for c in cells if getattr(c, axis) >= 0]
    return cells
