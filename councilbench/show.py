"""A page of a report as a picture, with boxes around the numbers: what was read, and what was passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from corpus.outputs import write_output
from extract.limits import drawn_at
from normalise.reading.interpreting import Fate

SCALE = 2.0
COLOURS = {"used": (0, 130, 60), "ignored": (128, 128, 128), "unplaced": (200, 0, 30)}
"""Green: read into the dataset. Grey: known to be no statistic. Red: no place was found."""
CHOSEN = (0, 70, 200)


class NothingToShowError(Exception):
    """There is no such page or observation; the message says what there is."""


def place(observations: pd.DataFrame, observation: str) -> tuple[int, str]:
    """Page and box of an observation. Raises NothingToShowError where the report has none of that id, or it has no page."""
    rows = observations[observations["id"] == observation]
    if rows.empty:
        raise NothingToShowError(f"has no observation {observation!r}; ids are in the first column of the dataset")
    page = rows.iloc[0]["page"]
    if pd.isna(page):
        raise NothingToShowError("has no pages to show; only PDFs have")
    return int(page), str(rows.iloc[0]["bbox"])


def picture(path: Path, page: int, fates: list[Fate], chosen: str = "") -> Any:
    """The page as a Pillow image. `chosen` is a box as the dataset writes it, drawn in blue.

    Raises NothingToShowError for a document without pages or a page that it does not have.
    """
    import pypdfium2 as pdfium  # noqa: PLC0415  (only this verb draws)
    from PIL import ImageDraw  # noqa: PLC0415

    try:
        document = pdfium.PdfDocument(path.read_bytes())
    except pdfium.PdfiumError as error:
        raise NothingToShowError("has no pages to show; only PDFs have") from error
    try:
        if not 1 <= page <= len(document):
            raise NothingToShowError(f"has no page {page}; it has {len(document)}")
        shown = document[page - 1]
        scale = drawn_at(SCALE, *shown.get_size())
        image = shown.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    draw = ImageDraw.Draw(image)
    for fate in fates:
        box = fate.statement.box
        if fate.statement.page == page and box:
            draw.rectangle(
                [v * scale + d for v, d in zip(box, (-2, -2, 2, 2), strict=True)], outline=COLOURS[fate.fate], width=2
            )
    if chosen:
        x0, top, x1, bottom = (float(v) * scale for v in chosen.split())
        draw.rectangle([x0 - 6, top - 6, x1 + 6, bottom + 6], outline=CHOSEN, width=4)
    return image


def save(image: Any, out: Path) -> None:
    """Write the picture as PNG in one step."""
    write_output(out, lambda temporary: image.save(temporary, format="PNG"))
