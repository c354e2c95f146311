"""PDF pages: characters, words and drawn lines through PDFium, tables through pdfplumber's table finder.

PDFium reads a page some thirty times faster than a pure Python parser; pdfplumber's algorithms then work on its objects.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium

from extract import signs
from extract.limits import limits
from extract.model import Reading, UnreadableError
from extract.page import PageObjects, Shape
from extract.readers import scan
from extract.readers.dashes import with_dashes_joined
from extract.readers.letters import heads_set_sideways, text_of
from extract.readers.pages import reading_of
from extract.readers.placement import Placement
from extract.readers.shapes import drawn_on
from extract.readers.sideways import upright
from extract.readers.slanted import slanted_words
from extract.readers.visibility import layers, spoken
from extract.readers.visibility.printed import Printed, drawn_of, texts_of

MAX_BYTES = 50_000_000


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
        if len(document) > limits().pages:
            raise UnreadableError(
                f"has {len(document)} pages, more than {limits().pages}; extract the report's own pages and try again"
            )
        pages: list[PageObjects] = []
        held = _Held()
        layered = cache(lambda: layers.may_be_hidden(data))
        for index in range(len(document)):
            page = document[index]
            objects = _objects(page, index + 1, layered)
            if scan.is_picture(objects) and scan.available():
                signs.give("ocr")
                objects.marks_unread = scan.read_page(page, objects)
            pages.append(objects)
            held.add(objects)
            page.close()
            signs.give("page")
    except pdfium.PdfiumError as error:
        raise UnreadableError("is damaged or cut short; download it again from the council's website") from error
    finally:
        document.close()
    return reading_of(pages, path)


@dataclass
class _Held:
    """What the pages of a document hold together."""

    characters: int = 0
    figures: int = 0

    def add(self, page: PageObjects) -> None:
        """Count a page in. Raises UnreadableError where it is too much."""
        self.characters += sum(len(w.text) for w in page.words)
        self.figures += sum(any(map(str.isdigit, w.text)) for w in page.words)
        limits().check(self.characters, self.figures)


def _objects(page: pdfium.PdfPage, number: int, layered: Callable[[], bool] = lambda: True) -> PageObjects:
    """What is printed on a page. `layered` says whether layers of the document may be hidden."""
    place = Placement(page)
    result = PageObjects(number, place.width, place.height)
    items = list(page.get_objects(max_depth=6))
    drawn = []
    for order, shape_or_image in drawn_on(items, place):
        drawn.append((order, shape_or_image))
        if isinstance(shape_or_image, Shape):
            result.shapes.append(shape_or_image)
            if len(result.shapes) > limits().objects:
                result.shapes, result.crowded = [], True
                break
        else:
            result.images.append(shape_or_image)
    result.shapes = with_dashes_joined(result.shapes)
    texts = texts_of(items, place, layered)
    printed = Printed(texts, list(drawn_of(drawn, items, place)), place.width, place.height, items)
    replaced = spoken.drop_replacements(page, number, texts)
    text = text_of(page, place, number, printed)
    result.sideways = upright(result, text.turned) if text.turned else None
    heads = heads_set_sideways(text.turned, number, place.width) if result.sideways is None else []
    result.words = [*text.words, *heads, *slanted_words(text.slanted, text.words, number)]
    if len(result.words) > limits().words:
        result.words, result.shapes, result.overfull = [], [], True
    result.unseen = text.hidden or replaced
    return result
