"""Numbers of lines, printed down the margin of committee papers and drafts: no part of what the lines say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.model import Word
from extract.page import PageObjects

STEPS = (1, 2, 5, 10)
"""From one number to the next: each line is numbered, or every fifth."""
FIRST, LEAST, SHARE = 2, 4, 0.5
"""Pages with numbers, at least; numbers down a page, and the share of the pages with so many lines that have them."""
ALIGNED, LEVEL, EDGE = 3.0, 0.8, 0.09
"""Points between the ends of numbers, or their beginnings; the share of numbers that stand level with a line; and the share of a page's height at its
head and foot where running lines may reach further out."""


def without_line_numbers(pages: Sequence[PageObjects]) -> list[PageObjects]:
    """The pages without the numbers of their lines, where most pages have them; else as they are."""
    found = [_numbers(page) for page in pages]
    numbered = sum(map(bool, found))
    if numbered < FIRST or numbered < SHARE * sum(len({round(w.box[3]) for w in p.words}) >= LEAST for p in pages):
        return [*pages]
    margins = [(min(w.box[0] for w in n), max(w.box[2] for w in n)) for n in found if n]
    left, right = min(x for x, _ in margins), max(x for _, x in margins)

    def in_margin(word: Word) -> bool:
        return left - 1 < word.box[0] and word.box[2] < right + 1 and word.text.isdigit()

    # On a page with few lines, too.
    gone = [{id(w) for w in n or filter(in_margin, p.words)} for p, n in zip(pages, found, strict=True)]
    return [replace(p, words=[w for w in p.words if id(w) not in g]) for p, g in zip(pages, gone, strict=True)]


def _numbers(page: PageObjects) -> list[Word]:
    """The numbers that stand outside everything else on a page, one after another down it; none where they are no such."""
    figures = [w for w in page.words if len(w.text) < 5 and w.text.isdecimal()]
    if len(figures) < LEAST:
        return []
    taken = {id(w) for w in figures}
    others = [w for w in page.words if id(w) not in taken]
    for side in (0, 2):
        numbers = _outside(figures, [w for w in others if _in_body(w, page.height)], side)
        steps = {int(b.text) - int(a.text) for a, b in pairwise(numbers)}
        feet = {round(w.box[3]) + d for w in others for d in (-2, -1, 0, 1, 2)}
        level = sum(round(w.box[3]) in feet for w in numbers)
        if len(numbers) >= LEAST and len(steps) == 1 and steps <= {*STEPS} and level > LEVEL * len(numbers):
            return numbers
    return []


def _in_body(word: Word, height: float) -> bool:
    return EDGE * height < word.box[1] and word.box[3] < (1 - EDGE) * height


def _outside(figures: list[Word], others: list[Word], side: int) -> list[Word]:
    """The numbers down the left (side 0) or right (side 2) margin, from top to bottom, further out than all other words."""
    sign = 1 if side == 0 else -1
    outermost = min((sign * w.box[side] for w in others), default=0.0)
    out = [w for w in figures if sign * w.box[2 - side] <= outermost]
    aligned = any(max(ends) - min(ends) < ALIGNED for x in (0, 2) if (ends := [w.box[x] for w in out]))
    return sorted(out, key=lambda w: w.box[1]) if aligned else []
