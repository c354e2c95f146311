"""From what is printed on pages to blocks in reading order: charts and tables, and the text around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract import signs
from extract.beside import OVER, bands_at, cut_beside, gutters_beside, is_free, without_text_beside
from extract.charts import find_charts
from extract.forms import form_cells
from extract.joining import join_over_pages
from extract.layout import Panel, blocks_of, lines_of, rows_of
from extract.limits import limits
from extract.line_numbers import without_line_numbers
from extract.model import Block, Box, Chart, Reading, Table, UnreadableError, Word, holds, union
from extract.page import PageObjects
from extract.panels import owner, panels_of, same, within
from extract.readers import scan, visibility
from extract.readers.drawn_bullets import drawn_bullets
from extract.readers.furniture import without_furniture
from extract.readers.sideways import turned_back
from extract.regions import gutters, regions
from extract.running_lines import without_running_lines
from extract.side_headings import at_side_headings
from extract.strips import as_one_text, strips_of
from extract.tables.alignment import chunks_of
from extract.tables.continuation import carry_over, heads_left_behind, join_across_pages, with_heads
from extract.tables.finding import find_open_tables, find_ruled_tables
from extract.tiles import find_tiles

CROWDED = "holds so many lines that its tables were not looked for; it is a map or a drawing"
OVERFULL = "holds more than {:,} words, far more than a page of a report, and was not read"


def reading_of(pages: list[PageObjects], path: Path) -> Reading:
    unread = [p.number for p in pages if scan.is_picture(p) and not p.scanned]
    parts = without_line_numbers([part for page in pages for part in (page, page.sideways) if part is not None])
    if all(p.overfull for p in pages):
        raise UnreadableError(f"every page {OVERFULL.format(limits().words)}; check that it is the right file")
    if len(unread) == len(pages) or not any(p.words for p in parts):
        raise UnreadableError(
            f"is a scan: its pages are pictures without text; {scan.HOW_TO}, or ask the council for the original file"
            if unread
            else "holds no text; ask the council for the original file"
        )
    body_size = _body_size(pages)
    blocks: list[Block] = []
    for part, flow in zip(parts, _flows(parts, path), strict=True):
        mine = _blocks(flow, part.number, body_size)
        blocks += turned_back(mine, part) if part.turned else mine
    reading = Reading(
        join_over_pages(join_across_pages(blocks)),
        len(pages),
        unread_pages=unread,
        ocr_pages=[p.number for p in pages if p.scanned],
    )
    reading.warnings += _warnings(pages, reading)
    return reading


def _warnings(pages: list[PageObjects], reading: Reading) -> list[str]:
    found = []
    if reading.unread_pages:
        listed = _listed(reading.unread_pages)
        one = len(reading.unread_pages) == 1
        found.append(
            f"page {listed} {'is a picture' if one else 'are pictures'} without text and not read; {scan.HOW_TO}"
        )
    if reading.ocr_pages:
        listed = _listed(reading.ocr_pages)
        found.append(f"page {listed} was read by OCR, which mistakes a figure now and then; check what matters")
    found += [
        f"page {_listed(numbers)} {why}"
        for why, numbers in (
            (CROWDED, [p.number for p in pages if p.crowded]),
            (OVERFULL.format(limits().words), [p.number for p in pages if p.overfull]),
        )
        if numbers
    ]
    if hidden := [p.number for p in pages if p.unseen]:
        found.append(visibility.warning(hidden))
    return found + [
        f"on page {page.number} {page.marks_unread} marks that may be figures could not be read by OCR"
        for page in pages
        if page.marks_unread
    ]


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


SAME_GUTTER = 12.0
"""Points by which a gutter may shift where tables and charts are taken from a page."""


def _flows(pages: list[PageObjects], path: Path) -> list[list[_Region]]:
    """For each page its regions in reading order, with the tables and charts in them."""
    fixed: list[list[Table | Chart]] = []
    body = [*map(without_furniture, without_running_lines([(p.number, p.height, p.words) for p in pages]))]
    free = [rows_of(words) for words in body]
    parted = [gutters(rows, page.width) for page, rows in zip(pages, free, strict=True)]
    beside = [gutters_beside(rows, p.shapes, p.width, p.height) for p, rows in zip(pages, free, strict=True)]
    shares = [[g.x / page.width for g in gs] for page, gs in zip(pages, parted, strict=True)]
    common = [x for xs in shares for x in xs if sum(any(abs(x - y) < 0.02 for y in ys) for ys in shares) > 2]
    panels = [_panels(page, words) for page, words in zip(pages, body, strict=True)]
    for n, (page, words) in enumerate(zip(pages, body, strict=True)):
        parted[n] += beside[n]
        elsewhere = [x * page.width for x in common if is_free(x * page.width, free[n])]
        charts = find_charts(page, [g.x for g in parted[n]] or elsewhere)
        tiles = find_tiles(page, [c.box for c in charts if c.box])
        taken = [box for box in (*(c.box for c in charts), *(t.box for t in tiles)) if box]
        outside = _uncut(words, _outside(words, taken))
        alone = without_text_beside(outside, page.shapes, parted[n])
        ruled = [] if page.crowded else _ruled_tables(page, alone, taken, panels[n])
        fixed.append([*ruled, *tiles, *charts])
        outside = _outside(outside, [t.box for t in ruled if t.box])
        outside += drawn_bullets(page, outside, taken)
        signs.give("tables")
        if len(outside) != len(words):
            free[n] = rows_of(outside)
            again = gutters(free[n], page.width)
            shares[n] = [g.x / page.width for g in again]
            parted[n] = [g for g in parted[n] if not any(abs(g.x - other.x) < SAME_GUTTER for other in again)]
    known = [x for xs in shares for x in xs]
    flows: list[list[_Region]] = []
    for page, rows, items, boxes, own in zip(pages, free, fixed, panels, parted, strict=True):
        taken = [item.box for item in items if item.box]
        parts = [part for band in bands_at(rows, taken) for part in cut_beside(band, own, taken)]
        parts = [band for part in parts for band in at_side_headings(part)]
        flows.append(_flow(page, None, boxes, parts, items, known, path))
        signs.give("text")
    _mend_page_breaks(pages, flows)
    return flows


def _panels(page: PageObjects, words: list[Word]) -> list[Box]:
    """The parts of a page that are read by themselves, the largest first, each once."""
    found: list[Box] = []
    boxes = [*panels_of(page, words), *form_cells(page, words), *strips_of(page, words)]
    for box in sorted(boxes, key=lambda b: (b[0] - b[2]) * (b[3] - b[1])):
        if not any(same(box, other) for other in found):
            found.append(box)
    return found


def _ruled_tables(page: PageObjects, words: list[Word], taken: list[Box], panels: list[Box]) -> list[Table]:
    """The tables with rulings of a page; those in a panel are made of what is drawn and printed in it alone."""
    if not panels:
        return find_ruled_tables(page, words, taken)
    found: list[Table] = []
    for panel in (None, *panels):
        mine = [w for w in words if owner(w.box, panels) == panel]
        shapes = [s for s in page.shapes if owner(s.box, panels) == panel and (panel is None or within(s.box, panel))]
        found += find_ruled_tables(replace(page, shapes=shapes), mine, taken)
    return found


def _flow(
    page: PageObjects,
    panel: Box | None,
    panels: list[Box],
    parts: list[list[Word]],
    items: list[Table | Chart],
    known: list[float],
    path: Path,
) -> list[_Region]:
    """The regions of a page, or of one of its panels, in reading order, with the tables, charts and panels in them. `parts` are its words,
    those together that no table or chart parts."""
    if panels:
        words = [w for part in parts for w in part]
        own = [[w for w in part if owner(w.box, panels) == panel] for part in parts]
        insets: list[_Inset] = []
        for inner in sorted((p for p in panels if owner(p, panels) == panel), key=lambda p: (round(p[1]), p[0])):
            held = [item for item in items if item.box and holds(inner, item.box)]
            inside = as_one_text([w for w in words if holds(inner, w.box)])
            insets.append(_Inset(inner, _flow(page, inner, panels, [inside], held, [], path)))
        items = [item for item in items if item.box is None or owner(item.box, panels) == panel]
    else:
        own, insets = parts, []
    flow = []
    known = [*known, *_rules_between(page, panel)]
    for region in (r for part in own for r in regions(rows_of(part), page.width, known)):
        tables = [] if page.crowded else find_open_tables(page, region, path)
        outside = _outside(region, [t.box for t in tables if t.box])
        flow.append(_Region(union(w.box for w in region), outside, [*tables]))
    return _placed([*items, *insets], flow)


LONG, THIN, WIDE = 24.0, 3.0, 120.0
"""Points: how long and how thin a line is that parts the columns of a text, and how far the next is; closer, it is a table's."""


def _rules_between(page: PageObjects, panel: Box | None) -> list[float]:
    """Where lines are drawn down a page or panel between columns of text, as shares of the page's width."""
    lines = [
        s.box
        for s in page.shapes
        if s.box[2] - s.box[0] < THIN and s.box[3] - s.box[1] > LONG and (panel is None or within(s.box, panel))
    ]
    alone = [a for a in lines if all(abs(a[0] - b[0]) > WIDE for b in lines if a[0] != b[0] and _beside(a, b))]
    return [(box[0] + box[2]) / 2 / page.width for box in alone]


def _beside(a: Box, b: Box) -> bool:
    return min(a[3], b[3]) > max(a[1], b[1])


def _blocks(flow: list[_Region], page: int, body_size: float) -> list[Block]:
    """What stands in the regions of a page or panel."""
    found: list[Block] = []
    for region in flow:
        items = [Panel(x.box, _blocks(x.flow, page, body_size)) if isinstance(x, _Inset) else x for x in region.found]
        found += blocks_of(page, lines_of(region.words), items, body_size)
    return found


def _mend_page_breaks(pages: list[PageObjects], flows: list[list[_Region]]) -> None:
    """Give a table that opens a page the heads left at the foot of the page before, and one that closes a page the rows
    left at the top of the next."""
    for n, page in enumerate(pages[1:], 1):
        last = next((r for r in reversed(flows[n - 1]) if r.words or r.found), None)
        region = next((r for r in flows[n] if r.words or r.found), None)
        if last is None or region is None:
            continue
        first = min(_tables_of(region), key=lambda t: t.box[1], default=None)  # type: ignore[index]
        if first is not None and not any(w.box[1] < first.box[1] for w in region.words):  # type: ignore[index]
            _fetch_heads(first, last)
        else:
            _fetch_rows(last, region, page.number)


def _tables_of(region: _Region) -> list[Table]:
    return [t for t in region.found if isinstance(t, Table) and t.box]


def _fetch_heads(table: Table, region: _Region) -> None:
    below = max((t.box[3] for t in region.found if t.box), default=0.0)
    heads = heads_left_behind(table, rows_of([w for w in region.words if w.box[1] > below - 2]))
    if heads:
        with_heads(table, heads)
        taken = {id(w) for row in heads for w in row}
        region.words = [w for w in region.words if id(w) not in taken]


def _fetch_rows(before: _Region, region: _Region, page: int) -> None:
    table = max(_tables_of(before), key=lambda t: t.box[3], default=None)  # type: ignore[index]
    if table is None or any(w.box[3] > table.box[3] + 2 for w in before.words):  # type: ignore[index]
        return
    top = min((t.box[1] for t in region.found if t.box), default=float("inf"))
    rows = rows_of([w for w in region.words if w.box[3] < top + 2])
    taken = {id(w) for row in rows[: carry_over(table, rows, page)] for w in row}
    region.words = [w for w in region.words if id(w) not in taken]


def _outside(words: list[Word], boxes: list[Box]) -> list[Word]:
    return [w for w in words if not any(holds(b, w.box, 1.0) for b in boxes)]


SENTENCE = 5
"""Words of a piece of a line that is running text, at least."""


def _uncut(words: list[Word], outside: list[Word]) -> list[Word]:
    """What is outside of charts and tiles, with the whole of every line of text that their edges would cut."""
    kept = {id(w) for w in outside}
    if len(kept) == len(words):
        return outside
    for chunk in (c for row in rows_of(words) for c in chunks_of(row)):
        if len(chunk) >= SENTENCE and any(id(w) in kept for w in chunk):
            kept |= {id(w) for w in chunk}
    return [w for w in words if id(w) in kept]


@dataclass
class _Region:
    """A part of a page that is read by itself, with the tables and charts in it."""

    box: Box | None
    words: list[Word]
    found: list[Table | Chart | _Inset]


@dataclass(frozen=True)
class _Inset:
    """A panel and its regions."""

    box: Box
    flow: list[_Region]


def _placed(items: Sequence[Table | Chart | _Inset], flow: list[_Region]) -> list[_Region]:
    """The regions of a page, with tables and charts that were found on the whole page put where they stand."""
    if not flow:
        return [_Region(None, [], [*items])]
    for item in items:
        if item.box is None:
            continue
        left, top = item.box[:2]
        in_line = [n for n, r in enumerate(flow) if r.box and _in_line(r.box, item.box)]
        above = [n for n in in_line if flow[n].box[1] <= top + 2]  # type: ignore[index]
        # In a column of its own: before it is read what begins further left, or higher where it begins there.
        before = [n for n, r in enumerate(flow) if r.box and _reads_before(r.box, left, top)]
        level = [n for n in before if flow[n].box[2] <= left and flow[n].box[1] > top - OVER]  # type: ignore[index]
        if not in_line or (above == in_line and level and level[-1] > above[-1]):
            flow.insert(before[-1] + 1 if before else 0, _Region(item.box, [], [item]))
            continue
        flow[above[-1] if above else in_line[0]].found.append(item)
    return flow


A_LINE = 12.0
"""Points. Text at the left of a table or chart may begin that much lower than it."""


def _reads_before(box: Box, left: float, top: float) -> bool:
    """True for what begins further left than a place, or as far left, and no lower."""
    return box[0] <= left + 5 and box[1] <= top + (A_LINE if box[2] <= left else 2)


SHARED = 0.3
"""Share of the width of the narrower that two things have in common which stand over one another."""


def _in_line(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > SHARED * min(a[2] - a[0], b[2] - b[0])


def _body_size(pages: list[PageObjects]) -> float:
    sizes = Counter(round(w.size * 2) / 2 for page in pages for w in page.words for _ in range(len(w.text)))
    return sizes.most_common(1)[0][0] if sizes else 10.0
