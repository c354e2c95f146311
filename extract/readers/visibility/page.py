"""PDF: the letters of a page that cannot be seen."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pypdfium2 import raw

from extract.model import Box, holds, union
from extract.readers.visibility import pixels, struck
from extract.readers.visibility.printed import INVISIBLE, Drawn, Printed, Text, suspects, tiny

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from extract.readers.placement import Placement

_LAYER = 0.9
"""Share of a pictured page's letters that are not seen, from which they are the text of its picture."""


class Letters:
    """The letters of a page's text layer, each measured only when somebody asks."""

    def __init__(self, text_page: pdfium.PdfTextPage, text: str, place: Placement) -> None:
        self.text = text
        self._handle = text_page.raw
        self._place = place

    def by_object(self) -> dict[int, list[int]]:
        """Address of a text object -> places of its letters in the text layer."""
        found: dict[int, list[int]] = {}
        for i in range(len(self.text)):
            pointer = raw.FPDFText_GetTextObject(self._handle, i)
            if pointer:
                found.setdefault(ctypes.addressof(pointer.contents), []).append(i)
        return found

    def box(self, i: int) -> Box | None:
        """The box around the ink of a letter, None where it has none."""
        sides = tuple(ctypes.c_double() for _ in range(4))
        if not raw.FPDFText_GetCharBox(self._handle, i, *sides):
            return None
        left, right, bottom, top = (s.value for s in sides)
        return self._place.box(left, bottom, right, top) if right > left and top > bottom else None


def unseen(page: pdfium.PdfPage, printed: Printed, letters: Callable[[], Letters], place: Placement) -> set[int]:
    """Places in the text layer of letters that cannot be seen.

    Most pages hold nothing suspicious and cost next to nothing.
    """
    taken, covering = struck.annotated(page, place)
    printed.drawn += [Drawn(math.inf, box, None) for box in covering]
    suspected = [printed.texts[n] for n in sorted(suspects(printed))]
    lines = struck.crossed(printed)
    small = tiny(printed)
    if not (suspected or lines or small or taken):
        return set()
    layer = letters()
    owned = layer.by_object()
    gone = {i for t in small for i in owned.get(t.address, ())}
    if taken:
        gone |= struck.inside(taken, owned, layer.box)
    if lines:
        gone |= struck.struck_out(printed, lines, owned, layer.text, layer.box, place)
    if not suspected:
        return gone
    if _is_text_of_a_picture(printed, suspected, owned):
        return gone | _whole_words(_blotted_out(page, place, printed, owned, layer), layer.text)
    return gone | _whole_words(pixels.unseen(page, place, printed, suspected, owned, layer.text, layer.box), layer.text)


_RUNS = re.compile(r"\d(?:[\d.,]*\d)?|[^\W\d_]+")


def _whole_words(gone: set[int], text: str) -> set[int]:
    """The same, without parts of words: a word goes if most of it is gone, a number if any of its digits is.

    A number of which a digit is covered would be read as another number; white noughts before it are no part of it. A
    word that lacks a letter is read all the same.
    """
    if not gone:
        return gone
    found = set(gone)
    for run in _RUNS.finditer(text, text.rfind(" ", 0, min(gone)) + 1):
        places = range(*run.span())
        lost = gone.intersection(places)
        if not lost or len(lost) == len(places):
            continue
        figure = text[run.start()].isdigit()
        noughts = (
            figure and "".join(text[i] for i in sorted(lost)).strip("0") == "" and max(lost) - run.start() < len(lost)
        )
        if (figure and not noughts) or 2 * len(lost) > len(places):
            found.update(places)
        elif not figure:
            found.difference_update(lost)
    return found


def _is_text_of_a_picture(printed: Printed, suspected: Sequence[Text], owned: Mapping[int, Sequence[int]]) -> bool:
    """True where nearly all text is what a program recognised in the picture of the page, laid over or under it."""
    if not printed.pictured():
        return False
    images = [d for d in printed.drawn if d.image]
    silent = [t for t in suspected if t.mode == INVISIBLE or t.alpha == 0 or _under(t, images)]
    letters = sum(len(places) for places in owned.values())
    return sum(len(owned.get(t.address, ())) for t in silent) >= _LAYER * letters


def _under(text: Text, images: Sequence[Drawn]) -> bool:
    return any(i.order > text.order and holds(i.box, text.box) for i in images)


def _blotted_out(
    page: pdfium.PdfPage, place: Placement, printed: Printed, owned: Mapping[int, Sequence[int]], layer: Letters
) -> set[int]:
    """Letters of a pictured page over which something of one colour was drawn or put."""
    first = min(d.order for d in printed.drawn if d.image)
    blots = [d for d in printed.drawn if d.order > first and not d.image and d.area]
    if not blots or not owned:
        return set()
    marked = struck.inside([d.box for d in blots], owned, layer.box)
    boxes = {i: box for i in marked if (box := layer.box(i))}
    part = union(boxes.values())
    if part is None:
        return set()
    picture = pixels.Picture(page, place, part)
    return {i for i, box in boxes.items() if not picture.empty and picture.uniform(box)}
