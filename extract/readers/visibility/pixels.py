"""PDF: whether letters that are suspected not to be seen leave a trace in a picture of the page.

The page is drawn once as it is and once without the suspected text: where both pictures are the same, nobody sees the
text, whatever the reason. Text that overlaps is left out in turns, so that a word over a black box does not speak for
one under it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from pypdfium2 import raw

from extract.limits import drawn_at
from extract.model import Box, union
from extract.readers.visibility import FAINTEST
from extract.readers.visibility.printed import CLIP, Printed, Text

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from extract.readers.placement import Placement

    Array = np.ndarray[Any, np.dtype[Any]]

SCALE = 2.0
"""Pixels a point."""
MOST_TURNS = 12
"""Text that is stacked higher than this is taken as seen."""


class Picture:
    """A part of a page as drawn, in display coordinates."""

    def __init__(self, page: pdfium.PdfPage, place: Placement, part: Box) -> None:
        self._page = page
        width, height = page.get_size()
        whole = _displayed(page, place)
        self.part = (
            max(whole[0], part[0]),
            max(whole[1], part[1]),
            min(whole[2], part[2]),
            min(whole[3], part[3]),
        )
        x0, top, x1, bottom = self.part
        self.scale = drawn_at(SCALE, x1 - x0, bottom - top)
        self._crop = (x0 - whole[0], whole[3] - bottom, whole[2] - x1, top - whole[1])
        placed = abs(whole[2] - whole[0] - width) < 1 and abs(whole[3] - whole[1] - height) < 1
        self.empty = x1 - x0 < 1 or bottom - top < 1 or not placed
        """Shows nothing, or not known where."""
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


def _displayed(page: pdfium.PdfPage, place: Placement) -> Box:
    """The part of the crop box that is on the page: what PDFium draws."""
    crop, media = page.get_cropbox(), page.get_mediabox()
    return place.box(max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))


def unseen(
    page: pdfium.PdfPage,
    place: Placement,
    printed: Printed,
    suspected: Sequence[Text],
    letters: Mapping[int, Sequence[int]],
    text: str,
    box_of: Callable[[int], Box | None],
) -> set[int]:
    """Places in the text layer of letters of `suspected` that are not seen.

    `letters` are the places of each text object's letters in `text`, `box_of` measures them.
    """
    # What is beyond the page's edge cannot be looked at; it is not read anyway.
    on_page = [
        t
        for t in suspected
        if letters.get(t.address)
        and (t.box[2] > 0 and t.box[3] > 0 and t.box[0] < printed.width and t.box[1] < printed.height)
    ]
    part = union(t.box for t in on_page)
    if part is None:
        return set()
    picture = Picture(page, place, (part[0] - 2, part[1] - 2, part[2] + 2, part[3] + 2))
    if picture.empty:
        return set()
    said = {t.order: "".join(text[i] for i in letters.get(t.address, ())) for t in printed.texts}
    gone: set[int] = set()
    for turn in _turns(on_page)[:MOST_TURNS]:
        change = picture.without([*turn, *_copies(turn, printed, said)])
        for member in turn:
            places = letters[member.address]
            most = int(picture.cut(change, member.box, 1.0).max(initial=0))
            if most < FAINTEST:
                if not _let_through(member, printed, picture):
                    gone.update(places)
                continue
            enough = min(FAINTEST, most // 4)
            boxes = {i: box for i in places if (box := box_of(i))}
            # Some fonts do not tell where their letters are: then the text shows, and none of its letters does.
            if any(_shows(picture.cut(change, box), enough) for box in boxes.values()):
                gone.update(
                    i for i, box in boxes.items() if not _shows(picture.cut(change, _middle(box, text[i])), enough)
                )
    return gone


def _shows(change: Array, enough: int) -> bool:
    return int(change.max(initial=0)) >= enough if change.size else True


def _middle(box: Box, letter: str) -> Box:
    """Where a letter or digit has ink for certain: what peeps out above a bar is not read.

    Of other marks, all of the box.
    """
    if not letter.isalnum():
        return box
    x, y = 0.1 * (box[2] - box[0]), 0.25 * (box[3] - box[1])
    return (box[0] + x, box[1] + y, box[2] - x, box[3] - y)


def _turns(texts: Sequence[Text]) -> list[list[Text]]:
    """Texts in groups in which none overlaps another."""
    boxes = np.array([t.box for t in texts], dtype=np.float32)
    group = np.zeros(len(texts), dtype=np.int64)
    for n, (x0, top, x1, bottom) in enumerate(boxes):
        before = boxes[:n]
        meets = (
            (before[:, 0] < x1 + 1) & (before[:, 2] > x0 - 1) & (before[:, 1] < bottom + 1) & (before[:, 3] > top - 1)
        )
        taken = set(group[:n][meets].tolist())
        group[n] = next(g for g in range(n + 1) if g not in taken)
    return [[texts[int(n)] for n in np.flatnonzero(group == g)] for g in range(int(group.max(initial=-1)) + 1)]


def _copies(texts: Sequence[Text], printed: Printed, said: Mapping[int, str]) -> list[Text]:
    """The same text once more at the same place, as halo, shadow or to make it bold: one copy would show for the other.

    PDFium gives the letters of such copies to one of them; a text without letters is the copy of what is near it.
    """
    boxes = np.array([t.box for t in texts], dtype=np.float32)
    near = 2.0 + 0.1 * (boxes[:, 3] - boxes[:, 1])
    words = {said[t.order] for t in texts}
    mine = {t.order for t in texts}
    found = []
    for other in printed.texts:
        own = said[other.order]
        if other.order in mine or (own and own not in words):
            continue
        close = np.flatnonzero(np.abs(boxes - np.array(other.box, dtype=np.float32)).max(axis=1) < near)
        if any(not own or said[texts[int(n)].order] == own for n in close):
            found.append(other)
    return found


def _let_through(text: Text, printed: Printed, picture: Picture) -> bool:
    """True for letters through which something else shows, as in headings filled with a run of colours.

    They cut what is drawn later, or stand in the mask of a form, and are then once more on the page, without a colour.
    """
    if not (text.mode == CLIP or text.alpha == 0) or picture.uniform(text.box):
        return False
    for order, item in enumerate(printed.items):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            continue
        masked = text.alpha == 0 and item.type == raw.FPDF_PAGEOBJ_FORM and raw.FPDFPageObj_HasTransparency(item.raw)
        # No path and yet a clip: the clip is made of letters.
        cut = (
            text.mode == CLIP
            and order > text.order
            and raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(item.raw)) == 0
        )
        if masked or cut:
            return True
    return False
