"""Pieces of pages as small pictures: the printed figure, boxed, with what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from extract.limits import drawn_at

SCALE = 1.4
AROUND = 26.0
"""Points of the page above and below the figure."""
WIDTH = 400.0
"""Points of the page across, around the figure."""
QUALITY = 40


class Crops:
    """Crops of the documents at `paths` (document -> file), one page kept in memory at a time; documents that are no PDF give none."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = dict(paths)
        self._page: tuple[str, int] = ("", 0)
        self._image: Any = None
        self._scale = SCALE

    def __call__(self, document: str, page: int, box: str) -> tuple[bytes, int, int] | None:
        """The figure in `box` (x0, top, x1, bottom in points, separated by spaces) as WebP with its width and height in pixels; None where there is no page to show."""
        if (document, page) != self._page:
            self._page = (document, page)
            self._image = self._render(document, page)
        if self._image is None or not box:
            return None
        from PIL import ImageDraw  # noqa: PLC0415  (only reports with evidence draw)

        x0, top, x1, bottom = (float(v) * self._scale for v in box.split())
        image = self._image
        left = min(max(0.0, (x0 + x1 - WIDTH * self._scale) / 2), max(0.0, image.width - WIDTH * self._scale))
        frame = (
            left,
            max(0.0, top - AROUND * self._scale),
            min(image.width, left + WIDTH * self._scale),
            min(image.height, bottom + AROUND * self._scale),
        )
        if frame[2] - frame[0] < 4 or frame[3] - frame[1] < 4:
            return None
        piece = image.crop([round(v) for v in frame])
        corners = [x0 - frame[0] - 3, top - frame[1] - 3, x1 - frame[0] + 3, bottom - frame[1] + 3]
        ImageDraw.Draw(piece).rectangle(corners, outline=(0, 70, 200), width=2)
        buffer = BytesIO()
        piece.save(buffer, format="WEBP", quality=QUALITY, method=6)
        return buffer.getvalue(), piece.width, piece.height

    def _render(self, document: str, page: int) -> Any:
        import pypdfium2 as pdfium  # noqa: PLC0415

        path = self._paths.get(document)
        if path is None or not path.is_file():
            return None
        try:
            pdf = pdfium.PdfDocument(path.read_bytes())
        except pdfium.PdfiumError:
            return None
        try:
            if not 1 <= page <= len(pdf):
                return None
            width, height = pdf[page - 1].get_size()
            self._scale = drawn_at(SCALE, width, height)
            return pdf[page - 1].render(scale=self._scale).to_pil().convert("RGB")
        finally:
            pdf.close()
