"""What is drawn on a PDF page: paths as shapes, images as boxes."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.model import Box
from extract.page import Shape
from extract.readers.placement import Placement

MAX_SEGMENTS = 400
"""Of a curved path whose area is measured; sectors of a pie have some dozen."""
MAX_OF_FRAME = 128
"""Segments of an outline that may be a box with round corners; some programs draw curves as many chords."""
MAX_PARTS = 1_500
"""Segments of a path that is taken apart; more are a drawing."""


def drawn_on(items: Sequence[pdfium.PdfObject], place: Placement) -> Iterator[tuple[int, Shape | Box]]:
    """Paths as shapes and images as boxes, each with its place in drawing order, through form objects.

    Some programs draw all rules of a table as one path; its parts are shapes of their own.
    """
    for order, item in enumerate(items):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            yield order, place.box(*_outer_bounds(item))
        elif item.type == raw.FPDF_PAGEOBJ_PATH:
            whole = _shape(item, place)
            parts = _parts(item, place, whole)
            for shape in parts or [whole]:
                yield order, shape


def _parts(item: pdfium.PdfObject, place: Placement, whole: Shape) -> list[Shape]:
    """The parts of a path made of several upright lines and rectangles; none where it is one part, or has a curve."""
    if whole.rectangle or not 3 < whole.segments <= MAX_PARTS:
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    parts: list[list[Point]] = []
    for i in range(whole.segments):
        segment = raw.FPDFPath_GetPathSegment(item.raw, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append((x.value, y.value))
    parts = [points for points in parts if len(points) > 1]
    if len(parts) < 2 or not all(map(_along_axes, parts)):
        return []
    return [_part(points, item, place, whole) for points in parts]


def _part(points: list[Point], item: pdfium.PdfObject, place: Placement, whole: Shape) -> Shape:
    matrices = [item.get_matrix()]
    container = getattr(item, "container", None)
    while container is not None:
        matrices.append(container.get_matrix())
        container = getattr(container, "container", None)
    for matrix in matrices:
        points = [matrix.on_point(*p) for p in points]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = place.box(min(xs), min(ys), max(xs), max(ys))
    return replace(whole, box=box, rectangle=len(points) > 3, segments=len(points), area=0.0)


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


def _shape(item: pdfium.PdfObject, place: Placement) -> Shape:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, mode, stroke)
    fill = None
    if mode.value:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
        fill = (red.value, green.value, blue.value) if alpha.value else None
    segments = raw.FPDFPath_CountSegments(item.raw)
    rectangle = 4 <= segments <= 6 and _upright(item, segments)
    curved = not rectangle and 4 < segments <= (MAX_SEGMENTS if fill is not None else MAX_OF_FRAME)
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
    return _along_axes(points)


def _along_axes(points: list[Point]) -> bool:
    return all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) < 0.6 for a, b in itertools.pairwise(points))
