"""Sets the golden cases that are PDFs: python tests/cases/typeset.py writes each report.pdf again, the same every time.

What they say is invented. Each is about a distance that the reader keeps: how far apart figures of one column may
stand, how well bars must fit their labels, how many rows make a gutter.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
LEFT, SIZE = 60, 10


class Page:
    """One page, filled from its top."""

    def __init__(self, path: Path, title: str = "Children's social care: annual complaints report 2023/24") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.y = A4[1] - 70
        self.line(title, bold=True, size=16)

    def line(self, text: str, bold: bool = False, size: float = SIZE, after: float = 12) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(LEFT, self.y, text)
        self.y -= size + after

    def row(self, label: str, *cells: tuple[float, str]) -> None:
        """A row of a table without lines: each cell ends at a place across the page."""
        self.canvas.setFont("Helvetica", SIZE)
        self.canvas.drawString(LEFT, self.y, label)
        for x, text in cells:
            self.canvas.drawRightString(x, self.y, text)
        self.y -= 1.5 * SIZE

    def bars(self, title: str, bars: dict[str, tuple[float, int]]) -> None:
        """A framed chart of upright bars, by category the height in points and the data label."""
        self.line(title, bold=True)
        foot, width = self.y - 150, 44
        self.canvas.setStrokeGray(0.6)
        self.canvas.rect(LEFT, foot - 30, 90 * len(bars) + 20, 180)
        self.canvas.setFont("Helvetica", SIZE)
        for n, (category, (height, label)) in enumerate(bars.items()):
            x = LEFT + 40 + 90 * n
            self.canvas.setFillColorRGB(0.1, 0.35, 0.6)
            self.canvas.rect(x, foot, width, height, stroke=0, fill=1)
            self.canvas.setFillGray(0)
            self.canvas.drawCentredString(x + width / 2, foot + height + 4, str(label))
            self.canvas.drawCentredString(x + width / 2, foot - 16, category)
        self.y = foot - 60


def columns_that_do_not_meet(path: Path) -> None:
    """A table right under another, its figures 18 points beside those of the first: they share no column."""
    page = Page(path)
    page.line("Complaints by stage", bold=True, after=6)
    page.row("Stage", (318, "2022/23"), (418, "2023/24"))
    page.row("Stage 1", (297, "54"), (397, "61"))
    page.row("Stage 2", (297, "9"), (397, "7"))
    page.row("Stage 3", (297, "2"), (397, "3"))
    page.y -= 6
    page.row("Outcomes at stage 1")
    page.row("Upheld", (315, "14"))
    page.row("Partly upheld", (315, "20"))
    page.row("Not upheld", (315, "25"))
    page.canvas.save()


def bars_out_of_proportion(path: Path) -> None:
    """Two charts: in the first the bars fit their labels, in the second they begin somewhere else than at nought."""
    page = Page(path)
    page.bars(
        "Outcomes of complaints at stage 1", {"Upheld": (60, 15), "Partly upheld": (80, 20), "Not upheld": (100, 25)}
    )
    page.bars(
        "Outcomes of complaints at stage 2", {"Upheld": (70, 5), "Partly upheld": (80, 10), "Not upheld": (100, 20)}
    )
    page.canvas.save()


def a_river_is_no_gutter(path: Path) -> None:
    """A paragraph whose wide spaces happen to stand below one another in four lines."""
    page = Page(path)
    page.line("Complaints in the year", bold=True)
    for left, right in (
        ("In 2023/24 the council received 61", "complaints at stage 1 and seven complaints at"),
        ("stage 2, as people were told of their", "right to complain. At stage 1, 14 complaints"),
        ("were upheld, and 20 complaints were", "partly upheld, which is close to what it was;"),
        ("25 complaints were not upheld, as the", "managers who looked at them have told us."),
    ):
        page.canvas.setFont("Helvetica", SIZE)
        page.canvas.drawRightString(258, page.y, left)
        page.canvas.drawString(270, page.y, right)
        page.y -= 1.3 * SIZE
    page.canvas.save()


CASES = {
    "tables/columns-that-do-not-meet": columns_that_do_not_meet,
    "charts/bars-out-of-proportion": bars_out_of_proportion,
    "guards/a-river-is-no-gutter": a_river_is_no_gutter,
}


def main() -> None:
    for name, typeset in CASES.items():
        typeset(HERE / name / "report.pdf")


if __name__ == "__main__":
    main()
