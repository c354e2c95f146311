"""Key figures abreast: each under a rule of its own, a figure in large letters with words in small ones under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.layout import rows_of
from extract.model import Box, Word
from extract.page import PageObjects

THICK = 7.0
NARROW, WIDE = 45.0, 0.45
"""Points, and a share of the page: how wide a rule over a key figure is."""
APART = 45.0
"""Points between two rules abreast, at most."""
LARGE = 1.4
"""Times as large as the words under it is a key figure."""
MOST = 100
"""Rules on a page. Where there are more, they are those of tables."""
LEAD = 1.0
"""Room between two lines of one text, in heights of a letter, at most."""
UNDER = 40.0
"""Points from the rule down to the foot of its figure, at most."""


def strips_of(page: PageObjects, words: Sequence[Word]) -> list[Box]:
    """The boxes of key figures that rules abreast stand over, from rule to last line."""
    rules = [
        s.box
        for s in page.shapes
        if s.rectangle and s.box[3] - s.box[1] < THICK and NARROW < s.box[2] - s.box[0] < WIDE * page.width
    ]
    if len(rules) > MOST:
        return []
    found = {rule: box for rule in rules if (box := _strip(rule, rules, words))}
    abreast = [r for r in found if any(_abreast(r, other) for other in found)]
    under = [r for r in found if any(abs(r[0] - o[0]) < 2 and abs(r[2] - o[2]) < 2 for o in abreast)]
    return [found[rule] for rule in under]


def _abreast(rule: Box, other: Box) -> bool:
    apart = max(rule[0] - other[2], other[0] - rule[2])
    return abs(rule[1] - other[1]) < 2 and 2 < apart < APART


def _strip(rule: Box, rules: Sequence[Box], words: Sequence[Word]) -> Box | None:
    """The box of the figure and the words under a rule; None where it stands over something else."""
    left, top, right, _ = rule
    end = min((r[1] for r in rules if r[1] > top + THICK and r[0] < right and left < r[2]), default=1e9)
    column = [w for w in words if left - 2 < w.box[0] < right and top - 1 < w.box[1] and w.box[3] < end + 1]
    rows = rows_of(column)
    if len(rows) < 2 or not any(c.isdigit() for c in rows[0][0].text) or rows[0][0].box[3] - top > UNDER:
        return None
    size = rows[1][0].size
    if rows[0][0].size < LARGE * size:
        return None
    held = rows[:1]
    for row in rows[1:]:
        if row[0].box[1] - held[-1][0].box[3] > LEAD * size or abs(row[0].size - size) > 0.5:
            break
        held.append(row)
    inside = [w for row in held for w in row]
    if len(held) < 2 or any(w.box[2] > right + 3 for w in inside):
        return None
    return (left - 2, top, right + 3, max(w.box[3] for w in inside) + 1)


def as_one_text(words: list[Word]) -> list[Word]:
    """The words of a panel; a figure in large letters at its top is as large as the text under it where that goes on with it:
    "27" over "complaints were received"."""
    rows = rows_of(words)
    if len(rows) < 2 or not any(w.text.isdigit() for w in rows[0]) or not rows[1][0].text[:1].islower():
        return words
    size = rows[1][0].size
    large = {id(w) for w in rows[0]} if rows[0][0].size >= LARGE * size else set()
    return [replace(w, size=size, bold=False) if id(w) in large else w for w in words]
