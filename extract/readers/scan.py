"""Pages that are pictures: read by OCR, where the extra `councilbench[ocr]` is installed.

The recogniser (RapidOCR on ONNX Runtime) runs on this machine; its models come with its package.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any

from extract.limits import drawn_at
from extract.model import Box, Word, holds
from extract.page import PageObjects, Shape

if TYPE_CHECKING:
    import pypdfium2 as pdfium

SCALE = 2.0
"""Pixels a point at which a page is drawn for the recogniser: 144 dots an inch."""
HOW_TO = 'install the OCR extra, in the folder of councilbench: pip install ".[ocr]"'
SURE = 0.6
"""Score of the recogniser below which a mark that it found no line in is not taken for text."""
MOST_CROPS = 150


def available() -> bool:
    """Whether the OCR extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def is_picture(page: PageObjects) -> bool:
    """True for a page that is a picture with at most a stamp or a page number as text."""
    area = sum((b[2] - b[0]) * (b[3] - b[1]) for b in page.images)
    return bool(page.images) and (not page.words or (len(page.words) < 15 and area > 0.4 * page.width * page.height))


@cache
def _engine() -> Any:
    import logging  # noqa: PLC0415

    from rapidocr import RapidOCR  # noqa: PLC0415  (an extra, and slow to load)

    engine = RapidOCR()
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return engine


def read_page(page: pdfium.PdfPage, objects: PageObjects) -> int:
    """Put the words and ruled lines that a picture shows into `objects`; return how many marks could not be read."""
    import cv2  # noqa: PLC0415  (comes with the extra)
    import numpy as np  # noqa: PLC0415

    scale = drawn_at(SCALE, *page.get_size())
    image = page.render(scale=scale, grayscale=True).to_numpy()
    image = image[:, :, 0] if image.ndim == 3 else image
    # The engine keeps what it was last told, so all is said each time.
    result = _engine()(
        cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=True, return_word_box=True
    )
    lines = _lines_of(result)
    angle = _skew(lines)
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), 1.0)
    upright = cv2.warpAffine(image, turn, (width, height), borderValue=255)
    ink = (upright < 160).astype(np.uint8) * 255
    ruled, grid = _rulings(ink)
    letters = cv2.subtract(ink, grid)
    words = _weighed([_line(line, turn, objects.number) for line in lines], upright)
    more, unread = _single_marks(letters, upright, words, objects.number)
    larger = SCALE / scale  # a page that was drawn smaller is set back to its size
    objects.words = [_enlarged(word, larger) for word in _level(_even_sizes(words + more))]
    objects.shapes = [Shape(_times(box, larger), (0, 0, 0), True, True, 5) for box in ruled]
    objects.scanned = True
    return unread


def _times(box: Box, factor: float) -> Box:
    x0, top, x1, bottom = (v * factor for v in box)
    return x0, top, x1, bottom


def _enlarged(word: Word, factor: float) -> Word:
    if factor == 1:
        return word
    printed = _times(word.printed, factor) if word.printed else word.printed
    return replace(word, box=_times(word.box, factor), size=word.size * factor, printed=printed)


def _lines_of(result: Any) -> list[Any]:
    """The words of each line as (text, score, corners); where the recogniser gives none, cut from the line's own box."""
    given = [line for line in (result.word_results or ()) if line]
    if given and all(isinstance(line, tuple | list) and isinstance(line[0], tuple | list) for line in given):
        return given
    lines = []
    for text, score, quad in zip(
        result.txts or (), result.scores or (), result.boxes if result.boxes is not None else (), strict=False
    ):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
        words = []
        for match in re.finditer(r"\S+", text):
            a, b = match.start() / len(text), match.end() / len(text)
            words.append(
                (
                    match.group(),
                    score,
                    [
                        [x0 + (x1 - x0) * a, y0 + (y1 - y0) * a],
                        [x0 + (x1 - x0) * b, y0 + (y1 - y0) * b],
                        [x3 + (x2 - x3) * b, y3 + (y2 - y3) * b],
                        [x3 + (x2 - x3) * a, y3 + (y2 - y3) * a],
                    ],
                )
            )
        if words:
            lines.append(words)
    return lines


def _skew(lines: list[Any]) -> float:
    """The angle, in radians, by which the text runs down to the right."""
    angles = []
    for line in lines:
        (x0, y0), (x1, y1) = line[0][2][0], line[-1][2][1]
        if x1 - x0 > 150:
            angles.append(math.atan2(y1 - y0, x1 - x0))
    return median(angles) if angles else 0.0


def _line(line: Any, turn: Any, number: int) -> list[Word]:
    """The words of one line, in points: where they stand with the page set upright, and where on the page as it is."""
    found = []
    for printed, _, quad in line:
        xs, ys = [p[0] for p in quad], [p[1] for p in quad]
        x, y = sum(xs) / 4, sum(ys) / 4
        wide, high = (max(xs) - min(xs)) / 2, (abs(ys[3] - ys[0]) + abs(ys[2] - ys[1])) / 4
        straight_x = turn[0][0] * x + turn[0][1] * y + turn[0][2]
        straight_y = turn[1][0] * x + turn[1][1] * y + turn[1][2]
        text = printed.strip()
        if text:
            box = _points(straight_x - wide, straight_y - high, straight_x + wide, straight_y + high)
            found.append(
                Word(text, box, 1.5 * high / SCALE, False, number, printed=_points(min(xs), min(ys), max(xs), max(ys)))
            )
    return found


_HEAVY = 1.55
"""How much more ink a letter of a bold line has than those of the page usually have, for its size."""


def _weighed(lines: list[list[Word]], picture: Any) -> list[Word]:
    """The words of all lines, those of lines with much ink a letter as bold: a scan has no fonts to tell headings by."""
    weights = [_ink(line, picture) for line in lines]
    usual = median([w for w, line in zip(weights, lines, strict=True) for _ in line if w] or [0.0])
    return [
        replace(word, bold=bool(usual) and weight > _HEAVY * usual)
        for line, weight in zip(lines, weights, strict=True)
        for word in line
    ]


def _ink(line: list[Word], picture: Any) -> float:
    """Ink a letter, as a share of the square of the letters' size; 0 where there is too little to measure."""
    import numpy as np  # noqa: PLC0415

    letters = sum(len(word.text) for word in line)
    size = median(word.size for word in line) * SCALE if line else 0.0
    mass = 0.0
    for word in line:
        x0, top, x1, bottom = (int(v * SCALE) for v in word.box)
        crop = picture[max(0, top) : bottom + 1, max(0, x0) : x1 + 1]
        mass += float(np.sum(255.0 - np.minimum(crop, 255))) / 255 if crop.size else 0.0
    return mass / letters / size**2 if letters > 3 and size else 0.0


def _points(x0: float, y0: float, x1: float, y1: float) -> Box:
    return (x0 / SCALE, y0 / SCALE, x1 / SCALE, y1 / SCALE)


def _rulings(ink: Any) -> tuple[list[Box], Any]:
    """Long straight lines as thin boxes in points, and the picture of them."""
    import cv2  # noqa: PLC0415

    boxes: list[Box] = []
    grid = None
    for across, kernel in ((True, (60, 1)), (False, (1, 34))):
        shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, shape)
        grid = lines if grid is None else cv2.bitwise_or(grid, lines)
        contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            x, y, w, h = cv2.boundingRect(contour)
            if across and h < 9:
                boxes.append(_points(x, y + h / 2 - 0.5, x + w, y + h / 2 + 0.5))
            elif not across and w < 9:
                boxes.append(_points(x + w / 2 - 0.5, y, x + w / 2 + 0.5, y + h))
    return boxes, grid


def _single_marks(ink: Any, picture: Any, words: list[Word], number: int) -> tuple[list[Word], int]:
    """Figures that stand alone in a cell, which the search for lines of text passes over; and how many stayed unread."""
    import cv2  # noqa: PLC0415

    if not words:
        return [], 0
    usual = median(w.box[3] - w.box[1] for w in words) * SCALE
    joined = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (max(3, int(0.35 * usual)), 3)))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Word] = []
    unread = 0
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        box = _points(x, y, x + w, y + h)
        like_text = 0.35 * usual < h < 1.4 * usual and 0.12 * usual < w < 4 * usual
        if not like_text or any(holds(word.box, box, 2.0) for word in words):
            continue
        if len(found) + unread >= MOST_CROPS:
            unread += 1
            continue
        pad = int(0.45 * usual)
        crop = picture[max(0, y - pad) : y + h + pad, max(0, x - pad) : x + w + pad]
        result = _engine()(
            cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True, return_word_box=False
        )
        text, score = (result.txts[0].strip(), result.scores[0]) if result.txts else ("", 0.0)
        if score >= SURE and re.fullmatch(r"[£<]?\d[\d,.]*%?|[A-Za-z][A-Za-z0-9/&’'-]*|[–—-]", text):
            found.append(Word(text, box, 0.75 * usual / SCALE, False, number))
        elif re.search(r"\d", text):
            unread += 1
    return found, unread


LEVEL = 0.4
"""Share of the usual height by which words of one line may stand apart: the recogniser finds a line in pieces, each a little off."""


def _level(words: list[Word]) -> list[Word]:
    """Words of one line set to one height: those whose middles differ by less than the letters are high."""
    if not words:
        return words
    usual = median(w.box[3] - w.box[1] for w in words)
    ordered = sorted(words, key=lambda w: w.box[1] + w.box[3])
    lines: list[list[Word]] = []
    for word in ordered:
        middle = (word.box[1] + word.box[3]) / 2
        if lines and middle - median((w.box[1] + w.box[3]) / 2 for w in lines[-1]) < LEVEL * usual:
            lines[-1].append(word)
        else:
            lines.append([word])
    result = []
    for line in lines:
        middle = median((w.box[1] + w.box[3]) / 2 for w in line)
        for w in line:
            half = (w.box[3] - w.box[1]) / 2
            printed = w.printed or w.box
            result.append(replace(w, box=(w.box[0], middle - half, w.box[2], middle + half), printed=printed))
    return result


def _even_sizes(words: list[Word]) -> list[Word]:
    """Words with sizes that differ only by the recogniser's reckoning set to one size."""
    if not words:
        return words
    usual = median(w.size for w in words for _ in w.text)
    return [replace(w, size=usual) if abs(w.size - usual) < 0.17 * usual else w for w in words]
