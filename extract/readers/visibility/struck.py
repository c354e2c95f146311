"""PDF: text that is struck out by a line through the middle of its letters, or marked by annotations as taken out.

A line strikes letters out only if it begins and ends with them: rulings of tables and gridlines of charts run on.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from pypdfium2 import raw

from extract.model import Box, holds
from extract.readers.visibility.printed import Drawn, Printed, Text, outer, size_of

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from extract.readers.placement import Placement

_LOWEST, _HIGHEST = 0.13, 0.48
"""Height over the baseline, in sizes of the type, at which letters are struck out; fonts name 0.22 to 0.35."""
_THICKEST = 0.2
_END, _GAP = 0.6, 1.5
"""How far a line may go beyond its letters, and letters under one line be apart, in sizes of the type."""
_FAINT_LINE = 225
_HIDDEN_FLAGS = 2 | 32
"""Annotation flags Hidden and NoView (ISO 32000-1:2008, 12.5.3)."""
_TAKEN_OUT = (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_REDACT)
_COVERING = (
    raw.FPDF_ANNOT_SQUARE,
    raw.FPDF_ANNOT_CIRCLE,
    raw.FPDF_ANNOT_POLYGON,
    raw.FPDF_ANNOT_STAMP,
    raw.FPDF_ANNOT_INK,
    raw.FPDF_ANNOT_FREETEXT,
)


def crossed(page: Printed) -> dict[int, list[Text]]:
    """Positions in `page.drawn` of level lines, with the texts that they cross."""
    lines = [n for n, d in enumerate(page.drawn) if d.line]
    if not lines or not page.texts:
        return {}
    boxes = np.array([page.drawn[n].box for n in lines], dtype=np.float32)
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    tops, bottoms = page.boxes[:, 1], page.boxes[:, 3]
    spare = 0.1 * (bottoms - tops)
    meets = (
        (middles[None, :] > (tops + spare)[:, None])
        & (middles[None, :] < (bottoms - spare)[:, None])
        & (
            np.minimum(page.boxes[:, None, 2], boxes[None, :, 2])
            - np.maximum(page.boxes[:, None, 0], boxes[None, :, 0])
            > 2
        )
    )
    found: dict[int, list[Text]] = {}
    for text, line in np.argwhere(meets):
        found.setdefault(lines[int(line)], []).append(page.texts[int(text)])
    return found


def struck_out(
    page: Printed,
    lines: Mapping[int, Sequence[Text]],
    letters: Mapping[int, Sequence[int]],
    text: str,
    box_of: Callable[[int], Box | None],
    place: Placement,
) -> set[int]:
    """Places in the text layer of letters that a line strikes out."""
    gone: set[int] = set()
    for n, texts in lines.items():
        line = page.drawn[n]
        under = [t for t in texts if _through(line, t, place)]
        if not under or not _visible(line, page):
            continue
        size = max(size_of(t.item) for t in under)
        places = (i for t in under for i in letters.get(t.address, ()) if not text[i].isspace())
        boxes = ((i, box_of(i)) for i in places)
        inside = sorted(
            ((b, i) for i, b in boxes if b and line.box[0] <= (b[0] + b[2]) / 2 <= line.box[2]),
            key=lambda pair: pair[0][0],
        )
        if inside and _fits(line.box, [b for b, _ in inside], size):
            gone.update(i for _, i in inside)
    return gone


def _through(line: Drawn, text: Text, place: Placement) -> bool:
    """True where a line runs through the middle of upright letters."""
    matrix = text.item.get_matrix()
    origin = outer((matrix.e, matrix.f, matrix.e, matrix.f), text.item)
    ahead = outer((matrix.e + matrix.a, matrix.f + matrix.b, matrix.e + matrix.a, matrix.f + matrix.b), text.item)
    x, baseline, *_ = place.box(*origin)
    x1, y1, *_ = place.box(*ahead)
    size = size_of(text.item)
    if abs(y1 - baseline) > 0.02 * abs(x1 - x) or x1 <= x:
        return False
    height = baseline - (line.box[1] + line.box[3]) / 2
    return _LOWEST * size <= height <= _HIGHEST * size and line.box[3] - line.box[1] <= _THICKEST * size + 0.5


def _fits(line: Box, boxes: Sequence[Box], size: float) -> bool:
    """True where a line begins and ends with its letters and passes over no wide gap."""
    covered = sum(b[2] - b[0] for b in boxes)
    return (
        boxes[0][0] - line[0] <= _END * size
        and line[2] - boxes[-1][2] <= _END * size
        and all(b[0] - a[2] <= _GAP * size for a, b in itertools.pairwise(boxes))
        and line[2] - line[0] >= 0.7 * covered
    )


def _visible(line: Drawn, page: Printed) -> bool:
    if line.fill:
        return min(line.fill) < _FAINT_LINE
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetStrokeColor(page.items[int(line.order)].raw, red, green, blue, alpha)
    return not known or (alpha.value > 0 and min(red.value, green.value, blue.value) < _FAINT_LINE)


def annotated(page: pdfium.PdfPage, place: Placement) -> tuple[list[Box], list[Box]]:
    """Boxes that annotations take out (struck out, marked for redaction), and boxes of those that may cover text."""
    taken: list[Box] = []
    covering: list[Box] = []
    for n in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, n)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in (*_TAKEN_OUT, *_COVERING) and not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN_FLAGS:
            (taken if kind in _TAKEN_OUT else covering).extend(_places(annotation, place))
        raw.FPDFPage_CloseAnnot(annotation)
    return taken, covering


def _places(annotation: Any, place: Placement) -> Iterator[Box]:
    """The quadrilaterals of an annotation, else its rectangle."""
    quad = raw.FS_QUADPOINTSF()
    count = raw.FPDFAnnot_CountAttachmentPoints(annotation) if raw.FPDFAnnot_HasAttachmentPoints(annotation) else 0
    for n in range(count):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, n, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield place.box(min(xs), min(ys), max(xs), max(ys))
    rectangle = raw.FS_RECTF()
    if not count and raw.FPDFAnnot_GetRect(annotation, rectangle):
        yield place.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def inside(boxes: Sequence[Box], letters: Mapping[int, Sequence[int]], box_of: Callable[[int], Box | None]) -> set[int]:
    """Places in the text layer of letters whose middle lies in one of the boxes."""
    return {
        i for places in letters.values() for i in places if (b := box_of(i)) and any(holds(c, b, 0.0) for c in boxes)
    }
