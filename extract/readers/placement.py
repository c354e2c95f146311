"""From the coordinates of a PDF page to points from the top left corner of the page as displayed."""

from __future__ import annotations

import pypdfium2 as pdfium

from extract.model import Box


class Placement:
    """From PDF user space to points from the top left corner of the page as displayed."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        x0, y0, x1, y1 = page.get_cropbox()
        left, right = sorted((x0, x1))  # some writers give the upper right corner first
        bottom, top = sorted((y0, y1))
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
