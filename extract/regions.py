"""Which parts of a page are read one after another: bands across the page, and the columns of pages set in two columns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from extract.layout import NUMBERING, rows_of
from extract.model import Word
from extract.tables.alignment import chunks_of, is_figure, without_leaders

MIN_ROWS = 5
"""Rows with words on both sides of a gutter, before a page counts as set in columns."""
SEEN_BEFORE = 1
"""Enough where a gutter is known from elsewhere in the document."""
MAX_LABEL = 12
"""Lines of labels from one row of figures to the next, where labels wrap in a narrow column."""
MAX_HEADS = 7
"""Lines of heads over the first row of a table; heads of two and three lines set beside one another make many."""
_STEP = 3.0
_CLEAR = 3.5
"""Points that a gutter is free of words to either side of its middle."""
_NEAR = 12.0
"""Points by which a known gutter may shift."""


@dataclass(frozen=True)
class Gutter:
    """The room between two columns of a page, in points."""

    x: float
    top: float
    bottom: float


def regions(rows: list[list[Word]], width: float, known: Sequence[float] = ()) -> list[list[Word]]:
    """The words of a page's rows in regions, in reading order; in each region lines run from its left to its right."""
    result: list[list[Word]] = []
    _split(rows, width, {}, known, result, [])
    return [region for region in result if region]


def gutters(rows: list[list[Word]], width: float) -> list[Gutter]:
    """Where a page of these rows is parted into columns."""
    found: list[Gutter] = []
    _split(rows, width, {}, (), [], found)
    return found


def _split(
    rows: list[list[Word]],
    width: float,
    tables: dict[int, tuple[float, float]],
    known: Sequence[float],
    result: list[list[Word]],
    found: list[Gutter],
) -> None:
    """Put the regions of rows into result, and the gutters into found; tables are those of the page, {} until they matter."""
    steps = _steps(rows, width, known)
    if steps and not tables:
        tables = _table_rows(rows)
    gutter = _gutter(rows, width, tables, known, steps) if steps else None
    if gutter is None:
        result.append([w for row in rows for w in row])
        return
    start, end, x = gutter
    found.append(Gutter(x, rows[start][0].box[1], rows[end - 1][0].box[3]))
    if start:
        _split(rows[:start], width, tables, known, result, found)
    inside = [w for row in rows[start:end] for w in row]
    for side in _in_order([w for w in inside if w.box[2] <= x], [w for w in inside if w.box[2] > x]):
        # A column may be parted once more, as by tables set beside one another.
        _split(rows_of(side), width, {}, known, result, [])
    if end < len(rows):
        _split(rows[end:], width, tables, known, result, found)


SIDE_BAR = 0.4
"""Width of a bar at the left of the text, at most, as a share of that of the text."""


def _in_order(left: list[Word], right: list[Word]) -> tuple[list[Word], list[Word]]:
    """Two columns in the order in which they are read: a menu at the left after the text, whose titles are larger."""
    if not left or not right or max(w.size for w in left) >= max(w.size for w in right):
        return left, right
    narrow, wide = (max(w.box[2] for w in side) - min(w.box[0] for w in side) for side in (left, right))
    return (right, left) if narrow < SIDE_BAR * wide else (left, right)


def _steps(rows: list[list[Word]], width: float, known: Sequence[float]) -> list[float]:
    """The places across the page where enough rows leave room for a gutter, with words on both its sides."""
    if not rows:
        return []
    left, right = _left(rows), max(row[-1].box[2] for row in rows)
    margin = 0.2 * (right - left)
    x = np.arange(left + margin, right - margin, _STEP)
    if len(rows) < MIN_ROWS and not known:
        return []
    starts, ends = [], []
    counts = np.array([len(row) for row in rows])
    for row in rows:
        for word in row:
            clear = _clear(word)
            starts.append(word.box[0] - clear)
            ends.append(word.box[2] + clear)
    # How many words lie over each place in each row: those that began, less those that ended.
    owner = np.repeat(np.arange(len(rows)), counts)
    change = np.zeros((len(rows), len(x) + 1), dtype=np.int32)
    np.add.at(change, (owner, np.searchsorted(x, np.array(starts), side="right")), 1)
    np.add.at(change, (owner, np.searchsorted(x, np.array(ends), side="left")), -1)
    clear_rows = change.cumsum(axis=1)[:, :-1] <= 0
    lefts = np.array([row[0].box[2] for row in rows])[:, None] <= x
    rights = np.array([row[-1].box[0] for row in rows])[:, None] >= x
    need = np.full(len(x), MIN_ROWS)
    for place in known:
        need[np.abs(place * width - x) < _NEAR] = SEEN_BEFORE
    enough = ((clear_rows & lefts).sum(axis=0) >= need) & ((clear_rows & rights).sum(axis=0) >= need)
    return [float(v) for v in x[enough]]


def _table_rows(rows: list[list[Word]]) -> dict[int, tuple[float, float]]:
    """Rows (by the identity of their list) of tables: a label, then figures, several times over; and their heads.

    With each the left and right of its table.
    """
    cut = [without_leaders(chunks_of(row)) or [row] for row in rows]
    pure = [
        any(map(is_figure, c))
        and sum(not is_figure(x) for x in c) <= 1
        # Beside a label of two lines the figures stand in a line of their own.
        and (len(c) == 1 or not is_figure(c[0]) or len(c) > 2)
        and len(c[0]) <= (14 if len(c) > 2 else 9)
        for c in cut
    ]
    # Under the names of groups at the left a row has two labels.
    double = {n: (round(c[0][0].box[0]), round(c[1][0].box[0])) for n, c in enumerate(cut) if _two_labels(c)}
    for n, starts in double.items():
        if any(m != n and abs(m - n) <= 5 and double[m] == starts for m in double):
            pure[n] = True
    ends = [{round(x[-1].box[2]) for x in c if is_figure(x)} if p else set() for c, p in zip(cut, pure, strict=True)]
    found: set[int] = set()
    for n, c in enumerate(cut):
        if not pure[n]:
            continue
        figures = sum(map(is_figure, c))
        near = [m for m in range(max(0, n - 4), min(len(rows), n + 5)) if m != n and pure[m]]
        # Several figures in a row are a table's where another row has them in the same columns; single ones, where many do.
        in_line = [m for m in near if 2 * sum(any(abs(e - x) < 4 for x in ends[m]) for e in ends[n]) >= len(ends[n])]
        if (figures > 1 and in_line) or len(in_line) >= 4:
            found.add(n)
    for n in (*range(len(rows)), *reversed(range(len(rows)))):
        if pure[n] and (n - 1 in found or n + 1 in found):
            found.add(n)
    for a, b in pairwise(sorted(found)):
        between = [m for m in range(a + 1, b) if len(cut[m]) == 1 and len(rows[m]) <= 8]
        if b - a <= 4 or (b - a <= MAX_LABEL and len(between) == b - a - 1 and _beside_figures(rows, between, cut[a])):
            found |= {m for m in range(a, b) if len(cut[m]) == 1 and len(rows[m]) <= 8}
    for n in sorted(found):
        m = n - 1
        left = rows[n][0].box[0]
        # A line without a label over the first row is one of heads, whatever it says.
        while m >= 0 and m not in found and n - m <= MAX_HEADS and (_heads(cut[m]) or rows[m][0].box[0] > left + 40):
            close = min(w.box[1] for w in rows[m + 1]) - rows[m][0].box[3] < 2.2 * max(rows[m][0].size, 6)
            if not close:
                break
            found.add(m)
            m -= 1
    # Tables in neighbouring columns lie beside one another: rows belong together where they overlap.
    together: list[tuple[list[int], float, float]] = []
    for n in sorted(found):
        left, right = rows[n][0].box[0], rows[n][-1].box[2]
        mine = [t for t in together if n - t[0][-1] <= 3 and left < t[2] and t[1] < right]
        for t in mine:
            together.remove(t)
        members = sorted({n, *(m for t in mine for m in t[0])})
        together.append((members, min([left, *(t[1] for t in mine)]), max([right, *(t[2] for t in mine)])))
    extents = {id(rows[m]): (left, right) for members, left, right in together for m in members}
    return extents


def _beside_figures(rows: list[list[Word]], between: list[int], chunks: list[list[Word]]) -> bool:
    """True for lines of labels that stand wholly at the left of a row's figures."""
    figures = [c[0].box[0] for c in chunks if is_figure(c)]
    return len(figures) > 1 and all(rows[m][-1].box[2] < min(figures) for m in between)


def _two_labels(chunks: list[list[Word]]) -> bool:
    """Two labels of a few words, then two or more figures."""
    return (
        len(chunks) >= 4
        and not any(map(is_figure, chunks[:2]))
        and all(map(is_figure, chunks[2:]))
        and max(len(c) for c in chunks[:2]) <= 4
    )


def _heads(chunks: list[list[Word]]) -> bool:
    """Several chunks of a few words each, hardly a figure among them but years."""
    texts = [" ".join(w.text for w in c) for c in chunks]
    years = sum(re.fullmatch(r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?", t) is not None for t in texts)
    figures = sum(map(is_figure, chunks)) - years
    return len(chunks) >= 2 and all(len(c) <= 4 for c in chunks) and figures <= 0


def _gutter(
    rows: list[list[Word]],
    width: float,
    tables: dict[int, tuple[float, float]],
    known: Sequence[float],
    steps: list[float],
) -> tuple[int, int, float] | None:
    """Rows from start to end that a gutter at x parts into two columns of running text; the longest such run."""
    best: tuple[int, int, int, float] | None = None
    heads = _heads_across(rows)
    blocked = [_blocked(row, steps, tables) for row in rows]
    for step, x in enumerate(steps):
        seen = any(abs(k * width - x) < _NEAR for k in known)
        start = 0
        while start < len(rows):
            if blocked[start][step]:
                start += 1
                continue
            end = start
            while end < len(rows) and not blocked[end][step] and not (end > start and id(rows[end]) in heads):
                end += 1
            # A shorter run than the best needs no look.
            both = _beside(rows[start:end], x) if best is None or end - start > best[0] else 0
            better = best is None or (both, end - start) > (best[0], best[2] - best[1])
            enough = both >= MIN_ROWS and any(
                parted(rows[start:end], x) for parted in (_running_text, _two_tables, _out_of_step)
            )
            again = seen and both >= SEEN_BEFORE and not _figures_beside(rows[start:end], x)
            if (enough or again) and better:
                best = (both, start, end, x)
            start = end
    return None if best is None else best[1:]


def _beside(rows: list[list[Word]], x: float) -> int:
    """How many rows have words to the left of x, or to the right if these are fewer, where both sides have any."""
    left = [row for row in rows if row[0].box[2] <= x and not (_lone_number(row, x))]
    right = [row for row in rows if row[-1].box[0] >= x]
    if not left or not right:
        return 0
    top = max(left[0][0].box[1], right[0][-1].box[1]) - 2
    bottom = min(left[-1][0].box[3], right[-1][-1].box[3]) + 2
    return min(
        sum(top <= row[0].box[1] and row[0].box[3] <= bottom for row in left),
        sum(top <= row[-1].box[1] and row[-1].box[3] <= bottom for row in right),
    )


def _figures_beside(rows: list[list[Word]], x: float) -> bool:
    """True where most of what stands at the right of x is figures: the columns of a table, with its labels at the left."""
    right = [chunks_of(side) for row in rows if (side := [w for w in row if w.box[2] > x])]
    return 2 * sum(all(is_figure(c) or c[0].text[:1].isdigit() for c in chunks) for chunks in right) > len(right)


def _lone_number(row: list[Word], x: float) -> bool:
    """True where all that stands to the left of x is the number of the paragraph."""
    return NUMBERING.match(row[0].text) is not None and (len(row) == 1 or row[1].box[0] >= x)


def _heads_across(rows: list[list[Word]]) -> set[int]:
    """Rows (by identity) in larger letters with white space over them in every column: a new section, whose columns begin below."""
    size = median(w.size for row in rows for w in row) if rows else 0.0
    found: set[int] = set()
    for above, row in pairwise(rows):
        gap = row[0].box[1] - max(w.box[3] for w in above)
        if min(w.size for w in row) > 1.25 * size and gap > 0.8 * size and row[0].box[0] < _left(rows) + 12:
            found.add(id(row))
    return found


def _left(rows: list[list[Word]]) -> float:
    """The left edge of the text."""
    return min(row[0].box[0] for row in rows)


def _blocked(row: list[Word], steps: list[float], tables: dict[int, tuple[float, float]]) -> bytearray:
    """For each place across the page, whether a gutter there would run through a row's words or through its table."""
    found = bytearray(len(steps))

    def mark(left: float, right: float) -> None:
        a, b = bisect_right(steps, left), bisect_left(steps, right)
        if a < b:
            found[a:b] = b"\x01" * (b - a)

    if id(row) in tables:
        mark(*tables[id(row)])
    for word in row:
        mark(word.box[0] - _clear(word), word.box[2] + _clear(word))
    return found


def _clear(word: Word) -> float:
    """How far a gutter keeps from a word: in a title the spaces are as wide as a gutter."""
    return max(_CLEAR, 0.4 * word.size)


def _two_tables(rows: list[list[Word]], x: float) -> bool:
    """True where tables stand on both sides: figures end at the left of x and labels begin at its right, several times."""
    count = 0
    for row in rows:
        left = chunks_of([w for w in row if w.box[2] <= x])
        right = chunks_of([w for w in row if w.box[2] > x])
        count += bool(
            len(left) > 1
            and len(right) > 1
            and is_figure(left[-1])
            and is_figure(right[-1])
            and not is_figure(left[0])
            and not is_figure(right[0])
        )
    return count >= 3


STEPS, OUT_OF_STEP = 6, 0.35
"""Rows with words on both sides, and how far their lines shift against each other (in heights of a letter), before the sides are unlike."""


def _out_of_step(rows: list[list[Word]], x: float) -> bool:
    """True where the lines of two sides that hold words, not figures, stand at heights of their own: a menu beside the text."""
    shifts, counted = [], 0
    for row in rows:
        left, right = [w for w in row if w.box[2] <= x], [w for w in row if w.box[2] > x]
        if left and right:
            counted += any(len(side) <= 2 and side[0].text[:1].isdigit() for side in (left, right))
            shifts.append((left[-1].box[3] - right[0].box[3]) / max(left[-1].size, 4))
    if 4 * counted > len(shifts):
        return False
    shifts.sort()
    tenth = len(shifts) // 10
    return len(shifts) >= STEPS and shifts[-1 - tenth] - shifts[tenth] > OUT_OF_STEP


def _running_text(rows: list[list[Word]], x: float) -> bool:
    """True where both sides are read by themselves: one at least is running text that fills its column, the other holds words too.

    The label and figure columns of a table are no such sides: labels are short, or the other side has hardly a word.
    """
    filled = 0
    for left in (True, False):
        counts, extents = [], []
        for row in rows:
            side = [w for w in row if (w.box[2] <= x) == left]
            if side:
                counts.append(sum(bool(re.search(r"[A-Za-z]{2}", w.text)) for w in side))
                extents.append((side[0].box[0], side[-1].box[2]))
        if len(counts) < 4 or sum(counts) < 25:
            return False
        start, end = min(e[0] for e in extents), max(e[1] for e in extents)
        full = sum(e[1] - e[0] > 0.75 * (end - start) for e in extents)
        filled += (median(counts) >= 4 and full > 0.45 * len(extents)) or (
            sum(c >= 4 for c in counts) > 0.4 * len(counts) and full > 0.4 * len(extents)
        )
    return filled >= 1
