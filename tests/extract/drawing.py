"""Pages drawn for tests, from the top left in points, and what is read of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extract.model import Heading, Paragraph, Reading
from extract.readers import read
from extract.statements import statements

Draw = Callable[[Canvas], None]
LEFT = [
    "Stage 1 complaints came mostly from",
    "parents, who wrote about how their",
    "children were looked after by staff.",
    "Most were answered by managers, who",
    "met the family where that was wished.",
    "Eleven were answered late in spring.",
]
RIGHT = [
    "Stage 2 complaints were investigated",
    "by people from outside the council,",
    "who reported to a senior manager and",
    "to the family. Four reports came late",
    "because interviews had to be moved.",
    "Panels met three times in this year.",
]


def reading_of(path: Path, *drawings: Draw, size: tuple[float, float] = A4) -> Reading:
    """What is read of a file with a page for each drawing."""
    canvas = Canvas(str(path), pagesize=size)
    for drawing in drawings:
        drawing(canvas)
        canvas.showPage()
    canvas.save()
    return read(path)


def lines(
    canvas: Canvas, texts: list[str], x: float, y: float, size: float = 10, step: float = 14, font: str = "Helvetica"
) -> None:
    canvas.setFont(font, size)
    for n, text in enumerate(texts):
        canvas.drawString(x, 842 - y - n * step, text)


def box(canvas: Canvas, x: float, y: float, width: float, height: float, fill: str = "", radius: float = 8) -> None:
    if fill:
        canvas.setFillColor(fill)
    canvas.roundRect(x, 842 - y - height, width, height, radius, stroke=1, fill=bool(fill))
    canvas.setFillColor("black")


def texts(reading: Reading) -> list[str]:
    return [b.text for b in reading.blocks if isinstance(b, Heading | Paragraph)]


def figures(reading: Reading) -> dict[tuple[str, ...], str]:
    """The labels of each figure that stands in a table or chart -> the figure."""
    return {(*s.rows, *s.columns): s.printed for s in statements(reading) if s.rows or s.columns}
