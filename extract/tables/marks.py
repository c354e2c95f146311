"""Rules and shading of a page, put together table by table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from extract.model import Box, union
from extract.page import Shape

MIN_EDGE = 6.0
"""Points. Shorter strokes are ornaments."""
THIN = 2.5
"""Points. A filled rectangle thinner than this is a drawn line."""
TOUCH = 2.5
"""Points between marks that are taken to touch."""
SAME = 6.0
"""Points by which the sides of parts of one table may differ."""
MAX_MARKS = 3_000
"""More on one page are a drawing or a map."""


@dataclass(frozen=True)
class Mark:
    """A rule along (`h`) or across (`v`) the page, or a shaded `box`."""

    kind: str
    box: Box

    @property
    def xs(self) -> tuple[float, float]:
        return self.box[0], self.box[2]

    @property
    def ys(self) -> tuple[float, float]:
        return self.box[1], self.box[3]


def marks_of(shapes: Iterable[Shape], width: float, height: float) -> list[Mark]:
    """The rules and shaded boxes among drawn shapes, without ornaments, panels behind tables and the page's background."""
    found: list[Mark] = []
    for shape in shapes:
        found += _marks(shape, width, height)
        if len(found) > MAX_MARKS:
            return []
    boxes = [m.box for m in found if m.kind == "box"]
    panels = {b for b in boxes if _holds_others(b, found)}
    return [m for m in found if m.box not in panels]


def _marks(shape: Shape, width: float, height: float) -> list[Mark]:
    x0, top, x1, bottom = shape.box
    w, h = x1 - x0, bottom - top
    if h <= THIN and w >= MIN_EDGE:
        return [Mark("h", shape.box)]
    if w <= THIN and h >= MIN_EDGE:
        return [Mark("v", shape.box)]
    if not shape.boxlike or w < MIN_EDGE or h < MIN_EDGE or (w > 0.97 * width and h > 0.3 * height):
        return []
    if shape.fill is not None and min(shape.fill) < 250:
        return [Mark("box", shape.box)]
    sides = ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
    return [Mark("h" if n < 2 else "v", side) for n, side in enumerate(sides)] if shape.stroke else []


def _holds_others(box: Box, marks: list[Mark]) -> bool:
    """True for a panel: rules or shaded boxes stand wholly inside, away from its sides."""
    inner = 0
    for m in marks:
        b = m.box
        clear = b[0] > box[0] + 1.5 and b[2] < box[2] - 1.5 and b[1] > box[1] + 1.5 and b[3] < box[3] - 1.5
        inner += clear
        if inner > 2:
            return True
    return False


def groups_of(marks: list[Mark], joins: Callable[[Box, Box], bool]) -> list[list[Mark]]:
    """Marks by table: those that touch; then parts with the same sides one under another where `joins` allows what
    stands between them; then rules across the page that begin and end at the same height."""
    parts = _touching(marks)
    parts = _stacked(parts, joins)
    return _side_by_side(parts)


def _touching(marks: list[Mark]) -> list[list[Mark]]:
    order = sorted(range(len(marks)), key=lambda n: marks[n].box[1])
    parent = list(range(len(marks)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for i, a in enumerate(order):
        box = marks[a].box
        for b in order[i + 1 :]:
            other = marks[b].box
            if other[1] > box[3] + TOUCH:
                break
            if other[0] <= box[2] + TOUCH and box[0] <= other[2] + TOUCH:
                parent[root(b)] = root(a)
    found: dict[int, list[Mark]] = {}
    for n, mark in enumerate(marks):
        found.setdefault(root(n), []).append(mark)
    return list(found.values())


def around(marks: Iterable[Mark]) -> Box:
    """The box around marks."""
    return union(m.box for m in marks) or (0.0, 0.0, 0.0, 0.0)


def _stacked(parts: list[list[Mark]], joins: Callable[[Box, Box], bool]) -> list[list[Mark]]:
    result: list[list[Mark]] = []
    for part in sorted(parts, key=lambda p: around(p)[1]):
        box = around(part)
        for table in reversed(result):
            above = around(table)
            level = abs(above[0] - box[0]) < SAME and abs(above[2] - box[2]) < SAME
            # Two grids, each with rules across, are two tables.
            grids = any(m.kind == "v" for m in table) and any(m.kind == "v" for m in part) and box[1] > above[3] + TOUCH
            if level and not grids and box[1] >= above[3] - TOUCH and joins(above, box):
                table.extend(part)
                break
        else:
            result.append(list(part))
    return result


def _side_by_side(parts: list[list[Mark]]) -> list[list[Mark]]:
    """Columns of rules across the page, none of them crossed by another rule, taken together."""
    result: list[list[Mark]] = []
    for part in sorted(parts, key=lambda p: around(p)[0]):
        known = [p for p in result if _bare(p) and _level(around(p), around(part))] if _bare(part) else []
        if known:
            known[-1].extend(part)
        else:
            result.append(list(part))
    return result


def _bare(part: list[Mark]) -> bool:
    return all(m.kind == "v" for m in part)


def _level(a: Box, b: Box) -> bool:
    """True for rules that begin or end at one height; cells over several columns cut one short at the other end."""
    return (abs(a[3] - b[3]) < SAME or abs(a[1] - b[1]) < SAME) and min(_long(a), _long(b)) > 0.6 * max(
        _long(a), _long(b)
    )


def _long(box: Box) -> float:
    return box[3] - box[1]


def positions(values: Iterable[float], tolerance: float = 3.0) -> list[float]:
    """Sorted values, near-equal ones as their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups]


def column_edges(marks: list[Mark]) -> list[float]:
    """Left side, edges between columns and right side, as rules across, sides of shaded boxes and ends of rules show them."""
    sides = [x for m in marks if m.kind != "h" for x in (m.xs if m.kind == "box" else (sum(m.xs) / 2,))]
    box = around(marks)
    rules = [m for m in marks if m.kind == "h"]
    # An end of one rule inside the table is an ornament; where rules of several rows end, a column does.
    ends = [x for m in rules for x in m.xs]
    rows = {x: {round(m.ys[0]) for m in rules for e in m.xs if abs(e - x) < 2} for x in ends}
    several = [x for x in ends if len(rows[x]) > 1 or box[3] - box[1] < 4]
    return positions([box[0], box[2], *sides, *several])


def row_edges(marks: list[Mark]) -> list[float]:
    """Top, edges between rows and bottom, as rules along the page and shaded boxes show them."""
    levels = [y for m in marks if m.kind != "v" for y in (m.ys if m.kind == "box" else (sum(m.ys) / 2,))]
    box = around(marks)
    return positions([box[1], box[3], *levels])


def crossed(marks: list[Mark], x: float, top: float, bottom: float) -> bool:
    """True where a rule or the side of a shaded box at `x` runs through most of the height between top and bottom."""
    covered = 0.0
    for m in marks:
        at = m.xs if m.kind == "box" else (sum(m.xs) / 2,) if m.kind == "v" else ()
        if any(abs(a - x) < 3 for a in at):
            covered = max(covered, min(bottom, m.ys[1]) - max(top, m.ys[0]))
    return covered > 0.6 * (bottom - top)


def spans(edges: list[float]) -> list[tuple[float, float]]:
    """Neighbouring edges as pairs."""
    return list(pairwise(edges))
