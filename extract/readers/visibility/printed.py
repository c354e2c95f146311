"""PDF: the text objects of a page, and which of them may not be seen.

Everything here is cheap: a few calls into PDFium for each text object and none for each letter. Whoever is suspected
here is looked at in a picture of the page (extract.readers.visibility.pixels), so a suspicion costs time and loses
nothing.

Source for render modes, marked content and clipping: ISO 32000-1:2008, 9.3.6, 14.6, 8.5.4.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from pypdfium2 import raw

from extract.model import Box
from extract.readers.visibility import SMALLEST

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from extract.page import Shape
    from extract.readers.placement import Placement

    Array = np.ndarray[Any, np.dtype[Any]]

INVISIBLE, CLIP = 3, 7
"""Text render modes that print nothing; the second lets through what is drawn later."""
_STROKED = (1, 5)
_FAINT_ALPHA = 77
_PALE = 255 - 30
"""Text that is no darker than this in every colour needs something behind it to be seen."""
_CLOSE, _CONTRAST = 40, 64
"""Steps of 255 between text and what is behind it: under the first it may not be seen, from the second on it is."""
_PAIRS = 400_000
"""Text objects times shapes that are compared at once."""


@dataclass(frozen=True)
class Text:
    """A text object: its place in drawing order and on the page as displayed, and how it prints."""

    order: int
    item: pdfium.PdfObject
    address: int
    box: Box
    mode: int
    colour: tuple[int, int, int]
    alpha: int
    doubtful: bool
    """Blended, clipped, or in a layer: its own properties do not say whether it is seen."""
    marks: tuple[int, ...] = ()
    """Addresses of marks that replace its text (ActualText)."""


@dataclass(frozen=True)
class Drawn:
    """A shape, image or shading, in drawing order; `fill` None where its colour is not one."""

    order: float
    box: Box
    fill: tuple[int, int, int] | None
    image: bool = False
    line: bool = False
    """Thin and level, as what strikes text out."""
    area: bool = True
    """Large enough to cover type."""


@dataclass
class Printed:
    """What a page prints, for the question what of its text is seen."""

    texts: list[Text]
    drawn: list[Drawn]
    width: float
    height: float
    items: Sequence[pdfium.PdfObject] = field(default_factory=list)

    @cached_property
    def boxes(self) -> Array:
        return np.array([t.box for t in self.texts], dtype=np.float32).reshape(-1, 4)

    def pictured(self) -> bool:
        """True where images cover most of the page, as on a scan."""
        area = sum((d.box[2] - d.box[0]) * (d.box[3] - d.box[1]) for d in self.drawn if d.image)
        return area > 0.5 * self.width * self.height


def texts_of(items: Sequence[pdfium.PdfObject], place: Placement, layered: Callable[[], bool]) -> list[Text]:
    """The text objects of a page. `layered` says whether layers of the document may be hidden; it is asked only where
    it matters."""
    marks = _Marks(layered)
    sides = tuple(ctypes.c_float() for _ in range(4))
    colours = tuple(ctypes.c_uint() for _ in range(4))
    inside: dict[int, bool] = {}
    found = []
    for order, item in enumerate(items):
        if item.type != raw.FPDF_PAGEOBJ_TEXT:
            continue
        handle = item.raw
        if not raw.FPDFPageObj_GetBounds(handle, *sides):
            continue
        bounds = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
        doubtful = raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(handle)) > 0
        if item.container is not None:
            bounds = outer(bounds, item)
            key = id(item.container)
            if key not in inside:
                inside[key] = _doubtful_form(item) or layered()
            doubtful = doubtful or inside[key]
        known = raw.FPDFPageObj_GetFillColor(handle, *colours)
        alpha = colours[3].value if known else 255
        blended = alpha == 255 and raw.FPDFPageObj_HasTransparency(handle)
        replaced: tuple[int, ...] = ()
        if raw.FPDFPageObj_CountMarks(handle) > 0:
            replaced, hidden = marks.of(handle)
            doubtful = doubtful or hidden
        found.append(
            Text(
                order,
                item,
                ctypes.addressof(handle.contents),
                place.box(*bounds),
                raw.FPDFTextObj_GetTextRenderMode(handle),
                (colours[0].value, colours[1].value, colours[2].value) if known else (0, 0, 0),
                alpha,
                bool(doubtful or blended),
                replaced,
            )
        )
    return found


class _Marks:
    """Marks around text objects, each looked at once."""

    def __init__(self, layered: Callable[[], bool]) -> None:
        self._layered = layered
        self._known: dict[int, tuple[bool, bool]] = {}

    def of(self, handle: Any) -> tuple[tuple[int, ...], bool]:
        """The marks that replace the text of an object, and whether it is in a layer that may be hidden."""
        replaced: list[int] = []
        hidden = False
        for n in range(raw.FPDFPageObj_CountMarks(handle)):
            mark = raw.FPDFPageObj_GetMark(handle, n)
            address = ctypes.addressof(mark.contents)
            if address not in self._known:
                spoken = raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == raw.FPDF_OBJECT_STRING
                self._known[address] = (spoken, _name(mark) == "OC" and self._layered())
            spoken, layer = self._known[address]
            if spoken:
                replaced.append(address)
            hidden = hidden or layer
        return tuple(replaced), hidden


def _name(mark: Any) -> str:
    buffer, length = (ctypes.c_ushort * 16)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, buffer, 32, length)
    return "".join(map(chr, buffer[: length.value // 2 - 1])) if 2 < length.value <= 32 else ""


def _doubtful_form(item: Any) -> bool:
    """True where a form around an object is transparent or clipped."""
    container = item.container
    while container is not None:
        clip = raw.FPDFPageObj_GetClipPath(container.raw)
        if raw.FPDFPageObj_HasTransparency(container.raw) or raw.FPDFClipPath_CountPaths(clip) > 0:
            return True
        container = container.container
    return False


def outer(bounds: Box, item: Any) -> Box:
    """Bounds in the space of the forms around an object, in that of the page."""
    container = item.container
    while container is not None:
        matrix = container.get_matrix()
        corners = [matrix.on_point(x, y) for x in bounds[::2] for y in bounds[1::2]]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        bounds = (min(xs), min(ys), max(xs), max(ys))
        container = container.container
    return bounds


def drawn_of(shapes: Sequence[tuple[int, Shape | Box]], items: Sequence[Any], place: Placement) -> Iterator[Drawn]:
    """What may cover text, stand behind it or strike it out; hairlines up the page and empty frames do none of this."""
    for order, shape in shapes:
        if isinstance(shape, tuple):
            yield Drawn(order, shape, None, image=True)
            continue
        x0, top, x1, bottom = shape.box
        wide, high = x1 - x0, bottom - top
        line = high <= 6 and wide > 3 and high < 0.5 * wide
        # A line as high as type is the stroke of a thick pen.
        area = wide > 1.5 and (high > 2 if shape.fill else shape.stroke and shape.segments <= 3 and high > 4)
        if line or area:
            yield Drawn(order, shape.box, shape.fill, line=line, area=bool(area))
    for order, item in enumerate(items):
        if item.type == raw.FPDF_PAGEOBJ_SHADING:
            yield Drawn(order, place.box(*outer(item.get_bounds(), item)), None)


def suspects(page: Printed) -> set[int]:
    """Positions in `page.texts` of what may not be seen as it was drawn."""
    found = {
        n
        for n, t in enumerate(page.texts)
        if t.doubtful or t.alpha < _FAINT_ALPHA or t.mode in (INVISIBLE, CLIP) or t.mode in _STROKED
    }
    pale = {n for n, t in enumerate(page.texts) if min(t.colour) >= _PALE}
    areas = [d for d in page.drawn if d.area]
    if not areas or not page.texts:
        return found | pale
    step = max(1, _PAIRS // len(areas))
    for first in range(0, len(page.texts), step):
        covered, same, contrast = _against(page.texts[first : first + step], page.boxes[first : first + step], areas)
        found |= {first + int(n) for n in np.flatnonzero(covered | same)}
        pale -= {first + int(n) for n in np.flatnonzero(contrast)}
    return found | pale


def _against(texts: Sequence[Text], boxes: Array, areas: Sequence[Drawn]) -> tuple[Array, Array, Array]:
    """For each text, whether something is drawn over it, something of its colour under it, and something that sets it
    off under all of it."""
    others = np.array([d.box for d in areas], dtype=np.float32)
    meets = meeting(boxes, others)
    if not meets.any():
        nothing = np.zeros(len(texts), dtype=bool)
        return nothing, nothing, nothing
    later = np.array([d.order for d in areas])[None, :] > np.array([t.order for t in texts])[:, None]
    fills = np.array([d.fill or (-1, -1, -1) for d in areas], dtype=np.int16)
    coloured = fills[:, 0] >= 0
    colours = np.array([t.colour for t in texts], dtype=np.int16)
    apart = np.abs(colours[:, None, :] - fills[None, :, :]).max(axis=2)
    under = meets & ~later & coloured[None, :]
    whole = (
        (others[None, :, 0] <= boxes[:, None, 0] + 1.5)
        & (others[None, :, 1] <= boxes[:, None, 1] + 1.5)
        & (others[None, :, 2] >= boxes[:, None, 2] - 1.5)
        & (others[None, :, 3] >= boxes[:, None, 3] - 1.5)
    )
    return (
        np.any(meets & later, axis=1),
        np.any(under & (apart < _CLOSE), axis=1),
        np.any(under & whole & (apart >= _CONTRAST), axis=1),
    )


def meeting(boxes: Array, others: Array) -> Array:
    """Which of the boxes share some width, and a good part of their height, with which of the others."""
    wide = np.minimum(boxes[:, None, 2], others[None, :, 2]) - np.maximum(boxes[:, None, 0], others[None, :, 0])
    high = np.minimum(boxes[:, None, 3], others[None, :, 3]) - np.maximum(boxes[:, None, 1], others[None, :, 1])
    return (wide > 1.5) & (high > 0.4 * (boxes[:, 3] - boxes[:, 1])[:, None])


def tiny(page: Printed) -> list[Text]:
    """Text set in type that is too small to read."""
    sides = page.boxes[:, 2:] - page.boxes[:, :2]
    low = np.flatnonzero(sides.min(axis=1, initial=math.inf) < SMALLEST)
    return [t for t in (page.texts[int(n)] for n in low) if size_of(t.item) < SMALLEST]


def size_of(item: Any) -> float:
    """The size in points at which a text object prints."""
    size = ctypes.c_float()
    if not raw.FPDFTextObj_GetFontSize(item.raw, size):
        return math.inf
    printed = size.value
    while item is not None:
        matrix = item.get_matrix()
        printed *= math.hypot(matrix.c, matrix.d)
        item = item.container
    return abs(printed)
