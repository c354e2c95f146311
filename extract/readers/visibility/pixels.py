"""PDF: whether letters that are suspected not to be seen leave a trace in a picture of the page.

The page is drawn once as it is and once without the suspected text: where both pictures are the same, nobody sees the text,
whatever the reason. Text that overlaps is left out in turns, so that a word over a black box does not speak for one under it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from pypdfium2 import raw

from extract.model import Box, union
from extract.readers.visibility import FAINTEST
from extract.readers.visibility.printed import CLIP, Printed, Text

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    Array = np.ndarray[Any, np.dtype[Any]]

SCALE = 2.0
"""Pixels a point."""
LARGEST = 6_000_000
"""Pixels of a picture; larger pages are drawn smaller."""
MOST_TURNS = 12
"""Text that is stacked higher than this is taken as seen."""


class Picture:
    """A part of a page as drawn, in display coordinates."""

    def __init__(self, page: pdfium.PdfPage, part: Box) -> None:
        self._page = page
        width, height = page.get_size()
        self.part = (max(0.0, part[0]), max(0.0, part[1]), min(width, part[2]), min(height, part[3]))
        x0, top, x1, bottom = self.part
        self.scale = min(SCALE, (LARGEST / max(1.0, (x1 - x0) * (bottom - top))) ** 0.5)
        self._crop = (x0, height - bottom, width - x1, top)
        self.empty = x1 - x0 < 1 or bottom - top < 1
        self.pixels = self._draw()

    def _draw(self) -> Array:
        if self.empty:
            return np.zeros((0, 0, 3), dtype=np.int16)
        bitmap = self._page.render(scale=self.scale, crop=self._crop)
        return bitmap.to_numpy()[:, :, :3].astype(np.int16)

    def without(self, texts: Sequence[Text]) -> Array:
        """How much each pixel changes, in steps of 255, if these texts are not drawn."""
        for text in texts:
            raw.FPDFPageObj_SetIsActive(text.item.raw, False)
        try:
            return np.abs(self.pixels - self._draw()).max(axis=2, initial=0)
        finally:
            for text in texts:
                raw.FPDFPageObj_SetIsActive(text.item.raw, True)

    def cut(self, pixels: Array, box: Box, spare: float = 0.0) -> Array:
        """The pixels of a box, with `spare` points around it."""
        left, top = self.part[0] + spare, self.part[1] + spare
        x0, y0 = max(0, int((box[0] - left) * self.scale)), max(0, int((box[1] - top) * self.scale))
        x1 = max(x0 + 1, round((box[2] - left + 2 * spare) * self.scale))
        y1 = max(y0 + 1, round((box[3] - top + 2 * spare) * self.scale))
        return pixels[y0:y1, x0:x1]

    def uniform(self, box: Box) -> bool:
        """True where a box shows one colour only."""
        cut = self.cut(self.pixels, box)
        return cut.size == 0 or int((cut.max(axis=(0, 1)) - cut.min(axis=(0, 1))).max()) < FAINTEST


def unseen(
    page: pdfium.PdfPage,
    printed: Printed,
    suspected: Sequence[Text],
    letters: Mapping[int, Sequence[int]],
    text: str,
    box_of: Callable[[int], Box | None],
) -> set[int]:
    """Places in the text layer of letters of `suspected` that are not seen. `letters` are the places of each text object's letters."""
    # What is beyond the page's edge cannot be looked at; it is not read anyway.
    on_page = [
        t for t in suspected if t.box[2] > 0 and t.box[3] > 0 and t.box[0] < printed.width and t.box[1] < printed.height
    ]
    part = union(t.box for t in on_page)
    width, height = page.get_size()
    if part is None or abs(width - printed.width) > 1 or abs(height - printed.height) > 1:
        return set()
    picture = Picture(page, (part[0] - 2, part[1] - 2, part[2] + 2, part[3] + 2))
    if picture.empty:
        return set()
    gone: set[int] = set()
    for turn in _turns(on_page)[:MOST_TURNS]:
        change = picture.without(turn)
        for member in turn:
            places = letters.get(member.address, ())
            most = int(picture.cut(change, member.box, 1.0).max(initial=0))
            if most < FAINTEST:
                if not _stands_for_another(member, printed, letters) and not _let_through(member, printed, picture):
                    gone.update(places)
                continue
            enough = min(FAINTEST, most // 4)
            gone.update(
                i
                for i in places
                if (box := box_of(i)) and not _shows(picture.cut(change, _middle(box, text[i])), enough)
            )
    return gone


def _shows(change: Array, enough: int) -> bool:
    return int(change.max(initial=0)) >= enough if change.size else True


def _middle(box: Box, letter: str) -> Box:
    """Where a letter or digit has ink for certain: what peeps out above a bar is not read. Of other marks, all of it."""
    if not letter.isalnum():
        return box
    x, y = 0.1 * (box[2] - box[0]), 0.25 * (box[3] - box[1])
    return (box[0] + x, box[1] + y, box[2] - x, box[3] - y)


def _turns(texts: Sequence[Text]) -> list[list[Text]]:
    """Texts in groups in which none overlaps another."""
    groups: list[list[Text]] = []
    for text in texts:
        for group in groups:
            if not any(_overlap(text.box, other.box) for other in group):
                group.append(text)
                break
        else:
            groups.append([text])
    return groups


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] + 1 and b[0] < a[2] + 1 and a[1] < b[3] + 1 and b[1] < a[3] + 1


def _stands_for_another(text: Text, printed: Printed, letters: Mapping[int, Sequence[int]]) -> bool:
    """True for text under its own copy, as a halo or shadow: PDFium gives the letters of both to the first."""
    near = 2.0 + 0.1 * (text.box[3] - text.box[1])
    return any(
        other is not text
        and not letters.get(other.address)
        and other.mode not in (3, CLIP)
        and all(abs(a - b) < near for a, b in zip(text.box, other.box, strict=True))
        for other in printed.texts
    )


def _let_through(text: Text, printed: Printed, picture: Picture) -> bool:
    """True for letters that are holes through which something drawn later shows, as in headings filled with a picture."""
    if text.mode != CLIP or picture.uniform(text.box):
        return False
    for item in printed.items[text.order + 1 :]:
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            continue
        # No path and yet a clip: the clip is made of letters.
        if raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(item.raw)) == 0:
            return True
    return False
