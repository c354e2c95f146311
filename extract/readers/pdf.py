"""PDF pages: characters, words and drawn lines through PDFium, tables through pdfplumber's table finder.

PDFium reads a page some thirty times faster than a pure Python parser; pdfplumber's algorithms then work on its objects.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.charts import find_charts
from extract.layout import blocks_of, drawn_bullets, join_over_pages, lines_of, rows_of, without_running_lines
from extract.model import Block, Box, Chart, Reading, Table, UnreadableError, Word, union
from extract.page import PageObjects, Shape
from extract.readers import scan, visibility
from extract.readers.visibility import layers, spoken
from extract.readers.visibility.page import Letters, unseen
from extract.readers.visibility.printed import Printed, drawn_of, texts_of
from extract.regions import gutters, regions
from extract.tables.continuation import carry_over, heads_left_behind, join_across_pages, with_heads
from extract.tables.finding import find_open_tables, find_ruled_tables

MAX_PAGES = 500
MAX_BYTES = 50_000_000
MAX_PATHS = 20_000
"""A page with more drawn objects than this is a map or a drawing; its tables are not looked for."""
MAX_SEGMENTS = 400
"""Of a curved path whose area is measured; sectors of a pie have some dozen."""
MAX_CHARACTERS = 60_000


def read(path: Path) -> Reading:
    """Read a PDF. Raises UnreadableError for damaged, encrypted, empty and oversized files."""
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"is larger than {MAX_BYTES // 1_000_000} MB; save the report itself, without annexes, and try again"
        )
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError(
                "is protected by a password; open it, save a copy without password, and try again"
            ) from error
        raise UnreadableError("is damaged or is no PDF; download it again from the council's website") from error
    try:
        if len(document) == 0:
            raise UnreadableError("has no pages; download it again from the council's website")
        if len(document) > MAX_PAGES:
            raise UnreadableError(
                f"has {len(document)} pages, more than {MAX_PAGES}; extract the report's own pages and try again"
            )
        pages = []
        layered = cache(lambda: layers.may_be_hidden(data))
        for index in range(len(document)):
            page = document[index]
            objects = _objects(page, index + 1, layered)
            if scan.is_picture(objects) and scan.available():
                objects.marks_unread = scan.read_page(page, objects)
            pages.append(objects)
            page.close()
    except pdfium.PdfiumError as error:
        raise UnreadableError("is damaged or cut short; download it again from the council's website") from error
    finally:
        document.close()
    return _reading(pages, path)


def _reading(pages: list[PageObjects], path: Path) -> Reading:
    unread = [p.number for p in pages if scan.is_picture(p) and not p.scanned]
    if len(unread) == len(pages) or not any(p.words for p in pages):
        raise UnreadableError(
            f"is a scan: its pages are pictures without text; {scan.HOW_TO}, or ask the council for the original file"
            if unread
            else "holds no text; ask the council for the original file"
        )
    flows = _flows(pages, path)
    body_size = _body_size(pages)
    blocks: list[Block] = []
    for page in pages:
        for region in flows[page.number]:
            blocks += blocks_of(page.number, lines_of(region.words), region.found, body_size)
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
        listed = ", ".join(map(str, reading.unread_pages))
        one = len(reading.unread_pages) == 1
        found.append(
            f"page {listed} {'is a picture' if one else 'are pictures'} without text and not read; {scan.HOW_TO}"
        )
    if reading.ocr_pages:
        listed = ", ".join(map(str, reading.ocr_pages))
        found.append(f"page {listed} was read by OCR, which mistakes a figure now and then; check what matters")
    if hidden := [p.number for p in pages if p.unseen]:
        found.append(visibility.warning(hidden))
    return found + [
        f"on page {page.number} {page.marks_unread} marks that may be figures could not be read by OCR"
        for page in pages
        if page.marks_unread
    ]


def _flows(pages: list[PageObjects], path: Path) -> dict[int, list[_Region]]:
    """Page -> its regions in reading order, with the tables and charts in them."""
    fixed: dict[int, list[Table | Chart]] = {}
    body = without_running_lines([(p.number, p.height, p.words) for p in pages])
    free = [rows_of(words) for words in body]
    parted = [gutters(rows, page.width) for page, rows in zip(pages, free, strict=True)]
    common = [x for xs in parted for x in xs if sum(any(abs(x - y) < 0.02 for y in ys) for ys in parted) > 2]
    for n, (page, words) in enumerate(zip(pages, body, strict=True)):
        charts = find_charts(page, [x * page.width for x in (*parted[n], *common)])
        taken = [c.box for c in charts if c.box]
        outside = _outside(words, taken)
        ruled = [] if page.crowded else find_ruled_tables(page, outside, taken)
        fixed[page.number] = [*ruled, *charts]
        outside = _outside(outside, [t.box for t in ruled if t.box])
        outside += drawn_bullets(page, outside, taken)
        if len(outside) != len(words):
            free[n] = rows_of(outside)
            parted[n] = gutters(free[n], page.width)
    known = [x for xs in parted for x in xs]
    flows: dict[int, list[_Region]] = {}
    for page, rows in zip(pages, free, strict=True):
        flow = []
        for words in regions(rows, page.width, known):
            tables = [] if page.crowded else find_open_tables(page, words, path)
            outside = _outside(words, [t.box for t in tables if t.box])
            flow.append(_Region(union(w.box for w in words), outside, [*tables]))
        flows[page.number] = _placed(fixed[page.number], flow)
    _mend_page_breaks(pages, flows)
    return flows


def _mend_page_breaks(pages: list[PageObjects], flows: dict[int, list[_Region]]) -> None:
    """Give a table that opens a page the heads left at the foot of the page before, and one that closes a page the rows
    left at the top of the next."""
    for before, page in itertools.pairwise(pages):
        last = next((r for r in reversed(flows[before.number]) if r.words or r.found), None)
        region = next((r for r in flows[page.number] if r.words or r.found), None)
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
    return [w for w in words if not any(_within(w.box, b) for b in boxes)]


@dataclass
class _Region:
    """A part of a page that is read by itself, with the tables and charts in it."""

    box: Box | None
    words: list[Word]
    found: list[Table | Chart]


def _placed(items: list[Table | Chart], flow: list[_Region]) -> list[_Region]:
    """The regions of a page, with tables and charts that were found on the whole page put where they stand."""
    if not flow:
        return [_Region(None, [], items)]
    for item in items:
        if item.box is None:
            continue
        x, y = (item.box[0] + item.box[2]) / 2, item.box[1]
        beside = [r for r in flow if r.box and r.box[0] - 5 <= x <= r.box[2] + 5] or flow
        above = [r for r in beside if r.box and r.box[1] <= y + 2]
        (above[-1] if above else beside[0]).found.append(item)
    return flow


def _within(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - 1 <= x <= outer[2] + 1 and outer[1] - 1 <= y <= outer[3] + 1


def _body_size(pages: list[PageObjects]) -> float:
    sizes = Counter(round(w.size * 2) / 2 for page in pages for w in page.words for _ in range(len(w.text)))
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _objects(page: pdfium.PdfPage, number: int, layered: Callable[[], bool] = lambda: True) -> PageObjects:
    """What is printed on a page. `layered` says whether layers of the document may be hidden."""
    place = _Placement(page)
    result = PageObjects(number, place.width, place.height)
    items = list(page.get_objects(max_depth=6))
    drawn: list[tuple[int, Shape | Box]] = []
    orders = (n for n, item in enumerate(items) if item.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH))
    for order, shape_or_image in zip(orders, _drawn(items, place), strict=True):
        drawn.append((order, shape_or_image))
        if isinstance(shape_or_image, Shape):
            result.shapes.append(shape_or_image)
            if len(result.shapes) > MAX_PATHS:
                result.shapes, result.crowded = [], True
                break
        else:
            result.images.append(shape_or_image)
    texts = texts_of(items, place, layered)
    printed = Printed(texts, list(drawn_of(drawn, items, place)), place.width, place.height, items)
    replaced = spoken.drop_replacements(page, number, texts)
    result.words, hidden = _words(page, place, number, printed)
    result.unseen = hidden or replaced
    return result


class _Placement:
    """From PDF user space to points from the top left corner of the page as displayed."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self.rotation = page.get_rotation()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        sides = (right - left, top - bottom)
        self.width, self.height = sides if self.rotation in (0, 180) else sides[::-1]

    def shows(self, box: Box) -> bool:
        """True for what stands on the page as displayed; what is cropped away is not published."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return -1 <= x <= self.width + 1 and -1 <= y <= self.height + 1

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        if not self.rotation:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        a, b = self._point(x0, y0), self._point(x1, y1)
        return (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y


_LIGATURES = str.maketrans(
    {
        **dict.fromkeys("¹²³⁴⁵⁶⁷⁸⁹⁰"),
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "\u00ad": "",
        "\u2011": "-",
        "\u00a0": " ",
        "\ufffe": "-",
        "\x02": "-",
    }
)


def _words(page: pdfium.PdfPage, place: _Placement, number: int, printed: Printed) -> tuple[list[Word], bool]:
    """Words that can be seen, and whether there are others.

    Words come in the order of the text layer, cut at spaces, line ends, jumps and changes of size.
    Calls into PDFium are what costs: text comes in one piece, and of letters in a row that one text object prints only the
    first and the last are measured.
    """
    text_page = page.get_textpage()
    letters = _Letters(text_page, place)
    gone = unseen(page, printed, lambda: Letters(text_page, letters.text, place), place)
    hidden = letters.leave_out(gone)
    words: list[Word] = []
    turned: list[_Letter] = []
    parts: list[_Piece] = []

    def finish() -> None:
        if parts:
            text = "".join(part.text for part in parts).translate(_LIGATURES).strip()
            box = parts[0].around if len(parts) == 1 else union(part.around for part in parts)
            if text and box and place.shows(box):
                words.append(Word(text, box, parts[0].style.size, parts[0].style.bold, number))
            parts.clear()

    for run in _RUN.finditer(letters.text):
        guessed = letters.guessed_space(run.start() - 1)
        if not guessed:
            finish()
        for piece in letters.pieces(run.start(), run.end()):
            if piece.style.turned:
                finish()
                turned += letters.one_by_one(piece)
                continue
            if parts and _apart(parts[-1], piece, parts[0].style.size, guessed):
                finish()
            guessed = False
            parts.append(piece)
    finish()
    text_page.close()
    # What runs along the edge of the page is its running head.
    heads = [w for w in _turned_words(turned, number) if 0.07 < (w.box[0] + w.box[2]) / 2 / place.width < 0.93]
    return _without_raised_marks(words) + heads, hidden


_RUN = re.compile(r"[^\0\t\n\r \u00a0\u3000]+")


@dataclass(frozen=True)
class _Style:
    """How a text object prints: size in points, weight, and direction."""

    size: float
    bold: bool
    turned: bool
    down: bool


@dataclass(frozen=True)
class _Piece:
    """Letters in a row that one text object prints; the boxes of the first and the last."""

    start: int
    text: str
    first: Box
    last: Box
    style: _Style

    @property
    def around(self) -> Box:
        a, b = self.first, self.last
        return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _apart(before: _Piece, piece: _Piece, size: float, guessed_space: bool) -> bool:
    """True where a new word begins without a space in the text layer: a jump, another line, another size."""
    last, box = before.last, piece.first
    height = max(last[3] - last[1], box[3] - box[1], size * 0.5)
    # PDFium also puts a space where a font changes; whether one is there shows in the gap.
    jump = box[0] - last[2] > (0.1 if guessed_space else 0.8) * max(size, 4) or box[0] < last[0] - height
    return jump or abs(box[3] - last[3]) > 0.6 * height + 2 or abs(piece.style.size - size) > 0.15 * size


class _Letters:
    """The text layer of a page, measured no more than needed."""

    def __init__(self, text_page: pdfium.PdfTextPage, place: _Placement) -> None:
        self._handle = text_page.raw
        self._place = place
        self._rectangle = raw.FS_RECTF()
        self._styles: dict[int | None, _Style] = {}
        self._weights: dict[tuple[str, int], bool] = {}
        count = min(text_page.count_chars(), MAX_CHARACTERS)
        buffer = (ctypes.c_ushort * (count + 1))()
        got = raw.FPDFText_GetText(self._handle, 0, count, buffer) - 1
        if got != count:  # characters that have no or two codes: one by one, so that places stay right
            for i in range(count):
                buffer[i] = raw.FPDFText_GetUnicode(self._handle, i) & 0xFFFF
        self.text = "".join(map(chr, buffer[:count]))

    def leave_out(self, places: set[int]) -> bool:
        """Make letters end words as a break does; True if there was anything to read among them."""
        if not places:
            return False
        lost = "".join(self.text[i] for i in places)
        self.text = "".join("\0" if i in places else letter for i, letter in enumerate(self.text))
        return visibility.has_words(lost)

    def guessed_space(self, i: int) -> bool:
        """True where PDFium itself put a space."""
        return i >= 0 and self.text[i] == " " and raw.FPDFText_IsGenerated(self._handle, i) == 1

    def pieces(self, start: int, end: int) -> Iterator[_Piece]:
        """The letters from start to end, cut where another text object begins."""
        first, last = self._object(start), self._object(end - 1)
        if first == last:
            yield from self._piece(start, end, first)
            return
        begun, current = start, first
        for i in range(start + 1, end + 1):
            following = self._object(i) if i < end else None
            if i == end or following != current:
                yield from self._piece(begun, i, current)
                begun, current = i, following

    def one_by_one(self, piece: _Piece) -> list[_Letter]:
        """Every letter of a piece that runs up or down the page."""
        found = []
        for i, letter in enumerate(piece.text, piece.start):
            box = self._box(i)
            if box:
                found.append(_Letter(letter, box, piece.style.size, piece.style.down))
        return found

    def _piece(self, start: int, end: int, owner: int | None) -> Iterator[_Piece]:
        first = self._box(start)
        last = self._box(end - 1) if end - start > 1 else first
        if first and last:
            if owner is None or owner not in self._styles:
                self._styles[owner] = self._style(start)
            yield _Piece(start, self.text[start:end], first, last, self._styles[owner])

    def _object(self, i: int) -> int | None:
        pointer = raw.FPDFText_GetTextObject(self._handle, i)
        return ctypes.addressof(pointer.contents) if pointer else None

    def _box(self, i: int) -> Box | None:
        box = self._rectangle
        if not raw.FPDFText_GetLooseCharBox(self._handle, i, box):
            return None
        return self._place.box(box.left, box.bottom, box.right, box.top)

    def _style(self, i: int) -> _Style:
        size = raw.FPDFText_GetFontSize(self._handle, i) * _scale(self._handle, i)
        angle = (math.degrees(raw.FPDFText_GetCharAngle(self._handle, i)) + self._place.rotation) % 360
        turned = 60 < angle < 120 or 240 < angle < 300
        return _Style(size, _bold(self._handle, i, self._weights), turned, angle < 180)


def _without_raised_marks(words: list[Word]) -> list[Word]:
    """Leave out footnote marks: small raised digits stuck to the end of a word or number."""
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        raised = (
            last is not None
            and word.size < 0.92 * last.size
            and re.fullmatch(r"\d{1,2}|[*†‡]", word.text) is not None
            and abs(word.box[0] - last.box[2]) < 1.5
            and last.box[3] - word.box[3] > 0.2 * last.size
            and last.box[1] < word.box[3]
        )
        if not raised:
            kept.append(word)
    return kept


@dataclass(frozen=True)
class _Letter:
    """A letter of text that runs up or down the page."""

    text: str
    box: Box
    size: float
    down: bool


def _turned_words(letters: list[_Letter], number: int) -> list[Word]:
    """Heads of columns set sideways: each as one word, whatever the order in which its letters are printed."""
    columns: list[list[_Letter]] = []
    for letter in letters:
        last = columns[-1][-1] if columns else None
        if last and letter.down == last.down and abs(letter.box[0] - last.box[0]) < 0.6 * letter.size:
            columns[-1].append(letter)
        else:
            columns.append([letter])
    lines: list[list[_Letter]] = []
    for letter in (x for c in columns for x in sorted(c, key=lambda x: x.box[1], reverse=not c[0].down)):
        last = lines[-1][-1] if lines else None
        step = (letter.box[1] - last.box[1]) * (1 if letter.down else -1) if last else 0.0
        same_line = (
            last is not None and letter.down == last.down and abs(letter.box[0] - last.box[0]) < 0.6 * letter.size
        )
        if same_line and 0 <= step < 2.5 * letter.size:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    groups: list[list[list[_Letter]]] = []
    for line in lines:
        box = union(x.box for x in line)
        last_box = union(x.box for x in groups[-1][-1]) if groups else None
        beside = (
            box is not None
            and last_box is not None
            and groups[-1][-1][0].down == line[0].down
            and 0 < (last_box[0] - box[0] if line[0].down else box[0] - last_box[0]) < 1.6 * line[0].size
            and box[1] < last_box[3]
            and last_box[1] < box[3]
        )
        if beside:
            groups[-1].append(line)
        else:
            groups.append([line])
    words = []
    for group in groups:
        box = union(x.box for line in group for x in line)
        text = " ".join(_spelled(line) for line in group).translate(_LIGATURES).strip()
        if box is not None and text:
            size = group[0][0].size
            words.append(Word(text, box, size, False, number, turned=True))
    return words


def _spelled(line: list[_Letter]) -> str:
    """Letters with a space where there is a gap between them."""
    text = line[0].text
    for a, b in itertools.pairwise(line):
        gap = (b.box[1] - a.box[3]) if b.down else (a.box[1] - b.box[3])
        text += (" " if gap > 0.12 * b.size else "") + b.text
    return text


def _scale(handle: object, i: int) -> float:
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(handle, i, matrix):
        return math.hypot(matrix.c, matrix.d) or 1.0
    return 1.0


def _bold(handle: object, i: int, known: dict[tuple[str, int], bool]) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, i, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace")
    key = (name, flags.value)
    if key not in known:
        weight = raw.FPDFText_GetFontWeight(handle, i)
        known[key] = bool(re.search(r"bold|black|heavy|semib|demi", name, re.IGNORECASE)) or weight >= 600
    return known[key]


def _drawn(items: Sequence[pdfium.PdfObject], place: _Placement) -> Iterator[Shape | Box]:
    """Paths as shapes and images as boxes, through form objects."""
    for item in items:
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            yield place.box(*_outer_bounds(item))
        elif item.type == raw.FPDF_PAGEOBJ_PATH:
            yield _shape(item, place)


def _outer_bounds(item: pdfium.PdfObject) -> tuple[float, float, float, float]:
    bounds: tuple[float, float, float, float] = item.get_bounds()
    container = getattr(item, "container", None)
    while container is not None:
        matrix = container.get_matrix()
        corners = [matrix.on_point(x, y) for x in bounds[::2] for y in bounds[1::2]]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        bounds = (min(xs), min(ys), max(xs), max(ys))
        container = getattr(container, "container", None)
    return bounds


def _shape(item: pdfium.PdfObject, place: _Placement) -> Shape:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, mode, stroke)
    fill = None
    if mode.value:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
        fill = (red.value, green.value, blue.value) if alpha.value else None
    segments = raw.FPDFPath_CountSegments(item.raw)
    rectangle = 4 <= segments <= 6 and _upright(item, segments)
    curved = fill is not None and not rectangle and 4 < segments <= MAX_SEGMENTS
    return Shape(
        place.box(*_outer_bounds(item)),
        fill,
        bool(stroke.value),
        rectangle,
        segments,
        _area(item, segments) if curved else 0.0,
    )


def _area(item: pdfium.PdfObject, count: int) -> float:
    """The area inside a path, its curves taken as chords of an eighth; 0 where it is no curve."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    controls: list[tuple[float, float]] = []
    curved = False
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.raw, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_BEZIERTO:
            points.append(point)
            continue
        curved = True
        controls.append(point)
        if len(controls) == 3 and points:
            points += [_on_curve((points[-1], controls[0], controls[1], controls[2]), n / 8) for n in range(1, 9)]
            controls = []
    matrix = item.get_matrix()
    scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) or 1.0
    shoelace = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], *points[:1]], strict=True))
    return abs(shoelace) / 2 * scale if curved or count > 9 else 0.0  # some programs draw curves as many chords


Point = tuple[float, float]


def _on_curve(corners: tuple[Point, Point, Point, Point], t: float) -> Point:
    """A point of a cubic Bézier curve."""
    a, b, c, d = corners
    u = 1 - t
    return (
        u**3 * a[0] + 3 * u * u * t * b[0] + 3 * u * t * t * c[0] + t**3 * d[0],
        u**3 * a[1] + 3 * u * u * t * b[1] + 3 * u * t * t * c[1] + t**3 * d[1],
    )


def _upright(item: pdfium.PdfObject, count: int) -> bool:
    """True where every side of a path runs along an axis."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.raw, i)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
            return False
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    return all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) < 0.6 for a, b in itertools.pairwise(points))
