"""Charts drawn as vectors: which data label belongs to which category and series.

A label counts only where the bars agree: within one chart the length of every bar must be in proportion to its label.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import linear_regression, median

from extract.bars import NEAR, Drawn, bars_of_nothing, names_on_axis, nearest_name, with_colours
from extract.chart_parts import NAMES, Colour, between, frames_of, is_mark, legend_of, outline, title_words
from extract.layout import rows_of
from extract.model import Bar, Box, Chart, Word, holds, union
from extract.numerals import cell_mentions
from extract.page import PageObjects, Shape
from extract.pies import find_pies
from extract.side_by_side import side_by_side
from extract.tables.alignment import chunks_of, is_figure
from extract.two_levels import names_in_two_levels

TOLERANCE = 0.08
"""How far a bar's length may be from what its label says, as a share of the longest bar."""


def find_charts(page: PageObjects, gutters: Sequence[float] = ()) -> list[Chart]:
    """The bar charts and pies of a page. `gutters` are where the page is parted into columns, which no chart crosses."""
    if not any(s.fill for s in page.shapes):
        return []
    marks = [s for s in page.shapes if s.fill and is_mark(s)]
    labels = _labels_only(page.words, [s.box for s in marks])
    filled = [s for s in page.shapes if s.fill and min(s.fill) < 245 and s.boxlike]
    frames = frames_of(page)
    charts: list[Chart] = []
    for upright in (True, False):
        groups = _groups(filled, upright, page.words)
        for bars in (part for group in groups for part in _by_frame(group, frames)):
            if any(c.box and holds(c.box, bars[0].box) for c in charts):
                continue

            def read(
                part: list[Drawn], bounds: Sequence[float], alone: bool = False, upright: bool = upright
            ) -> Chart | None:
                region, framed = _region(part, [] if alone else frames, page, bounds, marks)
                words = [w for w in (page.words if framed else labels) if holds(region, w.box)]
                return _read(part, upright, region, framed, page, words)

            charts += side_by_side(bars, upright, gutters, read, labels)
    pies = find_pies(page, frames, charts, gutters, labels)
    rings = [p.box for p in pies if p.bars and p.box]
    charts = [_told_apart(c) for c in charts]
    return [c for c in charts if c.bars or not any(c.box and holds(c.box, box) for box in rings)] + pies


def _by_frame(bars: list[Drawn], frames: list[Box]) -> list[list[Drawn]]:
    """Bars on one line parted by the outlines that they stand in: small charts of one kind in rows and columns."""
    found: dict[Box | None, list[Drawn]] = {}
    for bar in bars:
        around = [f for f in frames if holds(f, bar.box) and f != bar.box]
        inner = min(around, key=lambda f: (f[2] - f[0]) * (f[3] - f[1]), default=None)
        found.setdefault(inner, []).append(bar)
    boxes = [f for f in found if f is not None]
    apart = all(a is b or a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1] for a in boxes for b in boxes)
    # A plot within an outline, or bars beyond it, are one chart.
    return [part for part in found.values() if len(part) > 1] if apart and None not in found else [bars]


THICKEST = 180.0
"""Points. What is thicker is no bar but a panel."""
UNDER, LEGEND = 75.0, 110.0
"""Points under the bars of a chart without an outline in which its names stand, and its legend."""


def _labels_only(words: list[Word], marks: list[Box]) -> list[Word]:
    """The words of a page that are not running text: lines of many words one under another, with no mark of a legend before them."""

    def marked(chunk: list[Word]) -> bool:
        x0, top, _, bottom = chunk[0].box
        return any(-2 < x0 - m[2] < 14 and m[1] < bottom and top < m[3] for m in marks)

    long = [c for row in rows_of(words) for c in chunks_of(row) if len(c) >= 5 and not marked(c)]
    prose: set[int] = set()
    for a in long:
        for b in long:
            gap = b[0].box[1] - a[0].box[3]
            same = abs(a[0].size - b[0].size) < 0.6 and a[0].box[0] < b[-1].box[2] and b[0].box[0] < a[-1].box[2]
            if a is not b and same and -0.3 * a[0].size < gap < 0.9 * a[0].size:
                prose |= {id(w) for w in (*a, *b)}
    return [w for w in words if id(w) not in prose]


def _groups(shapes: list[Shape], upright: bool, words: list[Word]) -> list[list[Drawn]]:
    """Bars that stand on one baseline with one thickness: `upright` bars share their foot, others their left end."""
    foot, low, high = (3, 0, 2) if upright else (0, 1, 3)
    seen: set[tuple[int, ...]] = set()
    bars: list[Drawn] = []
    flat: list[Drawn] = []
    for shape in shapes:
        thickness = shape.box[high] - shape.box[low]
        length = shape.box[3] - shape.box[1] if upright else shape.box[2] - shape.box[0]
        key = tuple(round(v) for v in shape.box)
        if shape.fill is None or not 2.5 < thickness < THICKEST or key in seen:
            continue
        seen.add(key)
        (bars if length >= 1.0 else flat).append(Drawn(shape.box, shape.fill))
    groups: list[list[Drawn]] = []
    # Bars for 0 have no length; they do not make a chart by themselves.
    for bar in (*bars, *flat):
        thickness = bar.box[high] - bar.box[low]
        for group in groups:
            first = group[0]
            if abs(first.box[foot] - bar.box[foot]) < 1.5 and abs(first.box[high] - first.box[low] - thickness) < 1.5:
                group.append(bar)
                break
        else:
            if bar not in flat:
                groups.append([bar])
    groups = [part for group in groups for part in _parted(group, words, upright)]
    for group in groups:
        _add_stacked(group, bars, upright)
    # What stands on another bar is none that stands by itself.
    stacked = {id(b) for g in groups for b in g[1:] if _on_another(b, g, upright)}
    groups = [g for g in groups if id(g[0]) not in stacked]
    return [g for g in groups if len(g) >= 2 and not _is_table(g, words, upright)]


def _parted(bars: list[Drawn], words: list[Word], upright: bool) -> list[list[Drawn]]:
    """Bars cut into charts where words stand between them: the title of the next chart, or text between two."""
    axis, other = (0, 2) if upright else (1, 3)
    ordered = sorted(bars, key=lambda b: b.box[axis])
    parts = [ordered[:1]]
    low, high = (
        (min(b.box[1] for b in bars), max(b.box[3] for b in bars))
        if upright
        else (
            min(b.box[0] for b in bars),
            max(b.box[2] for b in bars),
        )
    )
    for before, bar in itertools.pairwise(ordered):
        thickness = bar.box[other] - bar.box[axis]
        box = (before.box[2], low, bar.box[0], high) if upright else (low, before.box[3], high, bar.box[1])
        apart = bar.box[axis] - before.box[other] > 2 * thickness and any(
            holds(box, w.box, -1.0) and re.search(r"[A-Za-z]{3}", w.text) for w in words
        )
        if apart:
            parts.append([])
        parts[-1].append(bar)
    return parts


def _ends(bar: Drawn, upright: bool) -> tuple[float, float, float, float]:
    """Where a bar begins and ends along its length, and its two sides."""
    x0, top, x1, bottom = bar.box
    return (bottom, top, x0, x1) if upright else (x0, x1, top, bottom)


def _on_another(bar: Drawn, group: list[Drawn], upright: bool) -> bool:
    begin, _, low, high = _ends(bar, upright)
    for other in group:
        _, end, other_low, other_high = _ends(other, upright)
        if other is not bar and abs(begin - end) < 1.5 and abs(low - other_low) < 1.5 and abs(high - other_high) < 1.5:
            return True
    return False


def _add_stacked(group: list[Drawn], bars: list[Drawn], upright: bool) -> None:
    """Add the bars that are stacked on those of a group, end to end, each in another colour than the one it stands on."""
    n = 0
    while n < len(group):
        _, end, low, high = _ends(group[n], upright)
        for bar in bars:
            begin, _, bar_low, bar_high = _ends(bar, upright)
            same = abs(low - bar_low) < 1.5 and abs(high - bar_high) < 1.5
            if same and abs(begin - end) < 1.5 and bar.colour != group[n].colour and bar not in group:
                group.append(bar)
        n += 1


def _is_table(bars: list[Drawn], words: list[Word], upright: bool) -> bool:
    """Shaded cells of a table hold words; bars hold at most their data label."""
    wordy = sum(any(holds(b.box, w.box, 0) and re.search(r"[A-Za-z]{2}", w.text) for w in words) for b in bars)
    if wordy > 0.2 * len(bars):
        return True
    axis, other = (0, 2) if upright else (1, 3)
    ordered = sorted(bars, key=lambda b: b.box[axis])
    touching = sum(
        abs(a.box[other] - b.box[axis]) < 0.8 and a.colour == b.colour for a, b in itertools.pairwise(ordered)
    )
    same = len({round(b.box[3] - b.box[1] if upright else b.box[2] - b.box[0]) for b in bars}) == 1
    return touching >= len(bars) - 1 and same


def _region(
    bars: list[Drawn], frames: list[Box], page: PageObjects, gutters: Sequence[float], marks: list[Shape]
) -> tuple[Box, bool]:
    """Where a chart's words stand, and whether an outline says so."""
    around = [f for f in frames if all(holds(f, b.box) for b in bars)]
    if around:
        return outline(around, page), True
    box = union(b.box for b in bars) or (0, 0, 0, 0)
    # Without an outline: the labels beside and below the bars, and a legend.
    left, right = between(box, gutters, max(0.0, box[0] - 190), min(page.width, box[2] + 60))
    colours = {b.colour for b in bars}
    under = [
        s.box[3] + 2
        for s in marks
        if left < s.box[0] < right and box[3] < s.box[1] < box[3] + LEGEND and s.fill in colours
    ]
    return (left, max(0.0, box[1] - 70), right, min(page.height, max([box[3] + UNDER, *under]))), False


def _read(
    bars: list[Drawn],
    upright: bool,
    region: Box,
    framed: bool,
    page: PageObjects,
    words: list[Word],
) -> Chart | None:
    numbers = [w for w in words if cell_mentions(w.text)]
    labelled = _label(bars, numbers, upright)
    if len(labelled) < 2:
        return None
    if not upright and _among_figures(labelled, words):
        return None
    sound, why = _in_proportion(labelled, upright)
    if not sound:
        return (
            Chart(" ".join(w.text for w in title_words(words, region, framed)), [], page.number, region, why)
            if framed and not _looks_like_table(words)
            else None
        )
    legend = legend_of(page.shapes, words, region, {b.colour for b in bars})
    used = {id(b.label) for b in sound}
    rest = [w for w in words if id(w) not in used and not any(w in entry for _, entry in legend.values())]
    nothing = bars_of_nothing(bars, [w for w in numbers if id(w) not in used], upright)
    categories = names_on_axis([*bars, *nothing], [w for w in rest if w not in [b.label for b in nothing]], upright)
    levels, names_beside = ({}, []) if upright or legend else names_in_two_levels(labelled, page.words)
    if levels:  # they may reach further to the left, and so does the title
        region = (min(w.box[0] for w in names_beside) - 2, *region[1:])
        rest = [w for w in page.words if holds(region, w.box) and id(w) not in used]
    found: list[Bar] = []
    for bar in [*sound, *with_colours(nothing, sound, categories, upright)]:
        category = nearest_name(bar, categories, upright)
        series = legend[bar.colour][0] if bar.colour in legend else ""
        category, series = levels.get(id(bar), (category, series))
        if bar.label is not None and category:
            found.append(Bar(bar.label, category, series))
    if len({(b.category, b.series) for b in found}) < 2:
        return None
    over = [w for w in rest if w.box[3] < min(b.box[1] for b in bars) + 2]
    names = {name for _, name in categories} | {name for pair in levels.values() for name in pair}
    title = title_words(
        [w for row in rows_of(over) if " ".join(w.text for w in row) not in names for w in row], region, framed
    )
    named = {t for name in names for t in (*name.split(), name)}
    pieces = [chunk for row in rows_of(rest) for chunk in chunks_of(row)]
    # A line of text that has a word in common with a name is none.
    tied = [w for chunk in pieces if all(w.text in named or _on_scale(w, sound) for w in chunk) for w in chunk] + title
    return Chart(
        " ".join(w.text for w in title),
        found,
        page.number,
        union(_parts(bars, tied, legend)) if not framed else region,
    )


def _on_scale(word: Word, bars: list[Drawn]) -> bool:
    """True for a number that may stand along an axis: no larger than the labels, and not far under the bars."""
    small = word.size < 1.5 * max(b.label.size for b in bars if b.label)
    return small and word.box[1] < max(b.box[3] for b in bars) + SCALE and bool(cell_mentions(word.text))


SCALE = 30.0
"""Points from the bars down to the numbers of their axis, at most."""


def _told_apart(chart: Chart) -> Chart:
    """A chart without bars of one name: no legend says which is which, or names are missing."""
    named = Counter((bar.category, bar.series) for bar in chart.bars)
    bars = [bar for bar in chart.bars if named[bar.category, bar.series] == 1]
    unread = chart.unread or ("" if bars or not chart.bars else "its bars cannot be told apart by their names")
    return replace(chart, bars=bars, unread=unread)


def _among_figures(bars: list[Drawn], words: list[Word]) -> bool:
    """True for bars in the cells of a table: figures of other columns stand between them and the names of their rows."""
    left = min(b.box[0] for b in bars)
    rows = rows_of([w for w in words if w.box[2] <= left + 2])
    level = [row for b in bars for row in rows if row[0].box[1] < b.centre(1) < row[0].box[3]]
    return 2 * sum(any(map(_is_plain_figure, chunks_of(row))) for row in level) > len(bars)


def _is_plain_figure(chunk: list[Word]) -> bool:
    return is_figure(chunk) and not NAMES.search(" ".join(w.text for w in chunk))


def _parts(bars: list[Drawn], words: list[Word], legend: dict[Colour, tuple[str, list[Word]]]) -> list[Box]:
    """The boxes of everything that belongs to a chart."""
    labels = [b.label.box for b in bars if b.label is not None]
    return [b.box for b in bars] + labels + [w.box for w in words] + [w.box for _, e in legend.values() for w in e]


def _label(bars: list[Drawn], numbers: list[Word], upright: bool) -> list[Drawn]:
    """Give every bar the number at its end, nearest pairs first."""
    pairs: list[tuple[float, float, int, Drawn, Word]] = []
    # In a stack the place beyond a bar's end is the next one's.
    stacked = {id(b) for b in bars if _on_another(b, bars, upright)} | {
        id(b) for b in bars if any(_on_another(other, [b], upright) for other in bars if other is not b)
    }
    for bar in bars:
        for word in numbers:
            x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
            if upright:
                along, across = bar.box[1] - word.box[3], abs(x - bar.centre(0))
                limit = (bar.box[2] - bar.box[0]) / 2 + 2
            else:
                along, across = word.box[0] - bar.box[2], abs(y - bar.centre(1))
                limit = (bar.box[3] - bar.box[1]) / 2 + 2
            inside = holds(bar.box, word.box, 0)
            if across <= limit and ((-3 <= along <= NEAR and id(bar) not in stacked) or inside):
                pairs.append((abs(along) if not inside else 0.0, across, len(pairs), bar, word))
    taken: set[int] = set()
    for _, _, _, bar, word in sorted(pairs, key=lambda p: p[:3]):
        if bar.label is None and id(word) not in taken:
            bar.label = word
            taken.add(id(word))
    return [b for b in bars if b.label is not None]


def _in_proportion(bars: list[Drawn], upright: bool) -> tuple[list[Drawn], str]:
    """The bars whose lengths fit their labels, or why none can be trusted."""
    known = []
    for bar in bars:
        mention = cell_mentions(bar.label.text)[0] if bar.label else None
        if mention is not None and mention.value is not None:
            length = bar.box[3] - bar.box[1] if upright else bar.box[2] - bar.box[0]
            known.append((bar, mention.value, length))
    scales = [value / length for _, value, length in known if length > 2 and value > 0]
    if not scales:
        return [], "its bars have no data labels"
    lengths = [length for _, _, length in known]
    inside = all(b.label is not None and holds(b.box, b.label.box, 0) for b, _, _ in known)
    if max(lengths) - min(lengths) < 1.0 and (len({v for _, v, _ in known}) > 1 or len(known) < 3 or inside):
        return [], "its bars are equally long"  # shaded cells of a table
    flat = upright and inside and max(lengths) < max(b.box[2] - b.box[0] for b, _, _ in known)
    if flat:
        return [], "its bars are wider than high, with their data labels in them"  # cells, too
    if inside and (padded := _padded(known)):
        return padded, ""
    scale = median(scales)
    longest = max(length for _, _, length in known)
    fits = [bar for bar, value, length in known if abs(value / scale - length) <= max(TOLERANCE * longest, 2.0)]
    if len(fits) < 0.7 * len(known) or (
        len({round(v, 3) for _, v, _ in known}) == 1 and len({round(x) for _, _, x in known}) > 1
    ):
        return [], "its data labels do not fit the lengths of its bars"
    return fits, ""


def _padded(known: list[tuple[Drawn, float, float]]) -> list[Drawn]:
    """Bars that are all longer by the room around the label in them than their values say; none where they are not."""
    values = [value for _, value, _ in known]
    lengths = [length for *_, length in known]
    if min(len(set(values)), len({round(x) for x in lengths})) < DIFFERENT or len(known) < DIFFERENT + 1:
        return []
    slope, room = linear_regression(values, lengths)
    off = max(abs(room + slope * value - length) for _, value, length in known)
    return [bar for bar, *_ in known] if slope > 0 and 0 < room < ROOM and off < PADDED * max(lengths) else []


DIFFERENT, ROOM, PADDED = 3, 40.0, 0.04
"""Values and lengths that must differ, points around a label, and the share of the longest bar that a bar may be off."""
ROWS_OF_TABLE = 3


def _looks_like_table(words: list[Word]) -> bool:
    """True for mostly figures, or rows of a label and figures, whose shading or bars are not read."""
    if len([w for w in words if cell_mentions(w.text)]) > 0.5 * len(words):
        return True
    rows = [[is_figure(c) for c in chunks_of(row)] for row in rows_of(words)]
    return sum(len(row) > 1 and not row[0] and all(row[1:]) for row in rows) >= ROWS_OF_TABLE
