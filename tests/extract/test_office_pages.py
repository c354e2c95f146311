"""Pages as officers make them: slides, forms, reports with charts. Each is drawn here and read back in the order a reader would take."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from extract.model import Chart, Heading, Reading, Table
from extract.statement import Statement
from extract.statements import statements
from normalise.reading.frontmatter import recognise
from tests.extract.drawing import LEFT, RIGHT, Draw, box, figures, lines, texts

Page = Callable[..., Reading]
BLUE, ORANGE = "#005f73", "#ee9b00"


def cells(canvas: Canvas, rows: Sequence[Sequence[str]], xs: Sequence[float], y: float, fill: str = "") -> float:
    """A table of closed cells, 20 points high; where it ends."""
    for n, row in enumerate(rows):
        for k, text in enumerate(row):
            canvas.setFillColor(fill if fill and n % 2 else "white")
            canvas.rect(xs[k], 842 - y - 20, xs[k + 1] - xs[k], 20, stroke=1, fill=1)
            canvas.setFillColor("black")
            lines(canvas, [text], xs[k] + 4, y + 14)
        y += 20
    return y


def column(canvas: Canvas, x: float, height: float, label: str, colour: str, foot: float = 400) -> None:
    """An upright bar of that height with its data label over it."""
    canvas.setFillColor(colour)
    canvas.rect(x, foot, 18, height, stroke=0, fill=1)
    canvas.setFillColor("black")
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(x + 9, foot + height + 3, label)


def lying(canvas: Canvas, y: float, length: float, label: str, colour: str = BLUE, x: float = 220) -> None:
    """A lying bar of that length with its data label behind it."""
    canvas.setFillColor(colour)
    canvas.rect(x, 842 - y - 12, length, 12, stroke=0, fill=1)
    canvas.setFillColor("black")
    canvas.setFont("Helvetica", 9)
    canvas.drawString(x + length + 4, 842 - y - 10, label)


def test_text_beside_a_table_is_no_part_of_it(page: Page) -> None:
    table = [["", "2022/23", "2023/24"], ["Upheld", "13", "11"], ["Not upheld", "35", "28"], ["Withdrawn", "6", "4"]]

    def draw(canvas: Canvas) -> None:
        lines(canvas, LEFT, 40, 112, step=18)
        cells(canvas, table, (260, 370, 450, 540), 98, "#dde8f0")

    reading = page(draw)
    assert figures(reading) == {
        (label, year): value for label, *row in table[1:] for year, value in zip(table[0][1:], row, strict=True)
    }
    assert " ".join(LEFT) in texts(reading)


def test_heads_that_begin_left_of_their_figures_stay_together(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        for x, head in ((200, ("Carried over", "from 2021-22")), (320, ("Received", "in 2022-23"))):
            lines(canvas, list(head), x, 100, step=12, font="Helvetica-Bold")
        for n, (label, *row) in enumerate((("Stage 1", "5", "57"), ("Stage 2", "2", "10"), ("Stage 3", "1", "4"))):
            lines(canvas, [label], 60, 136 + 18 * n)
            for right, value in zip((290, 410), row, strict=True):
                canvas.drawRightString(right, 842 - 136 - 18 * n, value)

    found = figures(page(draw))
    assert found["Stage 1", "Carried over from 2021-22"] == "5"
    assert found["Stage 2", "Received in 2022-23"] == "10"


def test_the_gutter_of_other_pages_does_not_cut_the_names_of_bars(page: Page) -> None:
    def in_columns(canvas: Canvas) -> None:
        lines(canvas, LEFT, 50, 120)
        lines(canvas, RIGHT, 310, 120)

    names = (
        "Disagree with a decision that was made here",
        "Communication with the family as a whole",
        "Change of the social worker in the year",
    )

    def with_chart(canvas: Canvas) -> None:
        lines(canvas, [" ".join(x.split()[:4]) for x in LEFT], 20, 120, 8)
        for n, (name, value) in enumerate(zip(names, (10, 8, 5), strict=True)):
            lying(canvas, 120 + 40 * n, 10 * value, str(value), x=380)
            canvas.drawRightString(374, 842 - 130 - 40 * n, name)

    found = figures(page(in_columns, in_columns, in_columns, with_chart))
    assert {(name,): value for name, value in zip(names, ("10", "8", "5"), strict=True)} == found


def test_two_charts_on_one_baseline_are_two(page: Page) -> None:
    counts, shares = {"Upheld": (20, 12), "Not upheld": (36, 30), "Withdrawn": (8, 4)}, {}
    shares = {"Upheld": (31, 26), "Not upheld": (56, 65), "Withdrawn": (13, 9)}

    def draw(canvas: Canvas) -> None:
        for left, of, sign in ((40, counts, ""), (300, shares, "%")):
            for n, (name, values) in enumerate(of.items()):
                for k, (value, colour) in enumerate(zip(values, (BLUE, ORANGE), strict=True)):
                    column(canvas, left + 75 * n + 20 * k, value * 2.0, f"{value}{sign}", colour)
                canvas.drawCentredString(left + 75 * n + 20, 388, name)
            for k, (year, colour) in enumerate((("2022-23", BLUE), ("2023-24", ORANGE))):
                canvas.setFillColor(colour)
                canvas.rect(left + 60, 340 - 15 * k, 8, 8, stroke=0, fill=1)
                canvas.setFillColor("black")
                canvas.drawString(left + 72, 341 - 15 * k, f"{year} {'Share' if sign else 'Number'}")

    reading = page(draw)
    assert len([b for b in reading.blocks if isinstance(b, Chart)]) == 2
    found = figures(reading)
    assert found["Not upheld", "2022-23 Number"] == "36"
    assert found["Not upheld", "2023-24 Share"] == "65%"


def test_a_0_where_bars_begin_belongs_to_its_series(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 500, 420, 240)
        for n, (name, *pair) in enumerate((("Upheld", 9, 5), ("Inconclusive", 0, 2), ("Not upheld", 14, 0))):
            y = 130 + 60 * n
            canvas.setFont("Helvetica", 9)
            canvas.drawRightString(212, 842 - y - 16, name)
            for k, (value, colour) in enumerate(zip(pair, (BLUE, ORANGE), strict=True)):
                if value:
                    lying(canvas, y + 14 * k, 12.0 * value, str(value), colour)
                else:
                    canvas.drawString(224, 842 - y - 14 * k - 10, "0")
        for k, (name, colour) in enumerate((("Stage 1", BLUE), ("Stage 2", ORANGE))):
            canvas.setFillColor(colour)
            canvas.rect(90 + 80 * k, 510, 8, 8, stroke=0, fill=1)
            canvas.setFillColor("black")
            canvas.drawString(102 + 80 * k, 511, name)

    found = figures(page(draw))
    assert (found["Inconclusive", "Stage 1"], found["Not upheld", "Stage 2"]) == ("0", "0")


def test_equal_shaded_cells_are_no_bars(page: Page) -> None:
    head = ["Stage 2", "2021-22", "Share", "2022-23", "Share", "2023-24", "Share"]
    table = [["Upheld", "0", "0%", "1", "14%", "0", "0%"], ["Total", "6", "100%", "7", "100%", "5", "100%"]]

    def draw(canvas: Canvas) -> None:
        xs = (60, 130, 180, 250, 300, 370, 420, 490)
        for n, row in enumerate([head, *table]):
            for k, text in enumerate(row):
                canvas.setFillColor("#dde8f0" if n % 2 == 0 else "white")
                canvas.rect(xs[k], 700 - 14 * n, xs[k + 1] - xs[k], 14, stroke=0, fill=1)
                canvas.setFillColor("black")
                lines(canvas, [text], xs[k] + 4, 842 - 704 + 14 * n, 8)
        lines(canvas, ["Table B: Complaints by finding at stage 2"], 60, 192, 8)

    blocks = page(draw).blocks
    assert any(isinstance(b, Table) for b in blocks) and not any(isinstance(b, Chart) for b in blocks)


def test_values_before_the_names_in_the_legend_of_a_ring(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        parts = ((["Parent"], 12, BLUE), (["Advocate or", "representative"], 7, ORANGE), (["Solicitor"], 4, "#ae2012"))
        angle, y = 90.0, 660.0
        lines(canvas, ["Complainant"], 70, 156, 10, font="Helvetica-Bold")
        lines(canvas, ["Number of complaints"], 70, 168, 8)
        canvas.roundRect(60, 540, 300, 160, 4)
        for name, value, colour in parts:
            canvas.setFillColor(colour)
            canvas.wedge(80, 550, 180, 650, angle, -360 * value / 23, stroke=0, fill=1)
            angle -= 360 * value / 23
            canvas.rect(220, y - 10, 7, 7, stroke=0, fill=1)
            canvas.setFillColor("black")
            canvas.setFont("Helvetica-Bold", 8)
            canvas.drawRightString(243, y - 9, str(value))
            canvas.setFont("Helvetica", 8)
            for k, line in enumerate(name):
                canvas.drawString(249, y - 9 - 9 * k, line)
            y -= 9 * len(name) + 4
        canvas.setFillColor("white")
        canvas.circle(130, 600, 30, stroke=0, fill=1)
        canvas.setFillColor("black")
        canvas.drawCentredString(130, 598, "23")

    reading = page(draw)
    assert figures(reading) == {("Parent",): "12", ("Advocate or representative",): "7", ("Solicitor",): "4"}
    (chart,) = (b for b in reading.blocks if isinstance(b, Chart))
    assert chart.title == "Complainant Number of complaints"


def test_a_name_over_bars_is_that_of_every_series(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, 50, 100, 400, 190, radius=4)
        lines(canvas, ["Complaints by service"], 60, 118, 10, font="Helvetica-Bold")
        for n, (name, *pair) in enumerate((("Fostering", 9, 4), ("Leaving care", 6, 2), ("Safeguarding", 12, 7))):
            lines(canvas, [name], 60, 140 + 44 * n, 8)
            for k, (value, colour) in enumerate(zip(pair, (BLUE, ORANGE), strict=True)):
                lying(canvas, 143 + 44 * n + 13 * k, 20.0 * value, str(value), colour, 60)
        for k, (name, colour) in enumerate((("Received", BLUE), ("Upheld", ORANGE))):
            canvas.setFillColor(colour)
            canvas.rect(60 + 80 * k, 842 - 282, 8, 8, stroke=0, fill=1)
            canvas.setFillColor("black")
            canvas.drawString(72 + 80 * k, 842 - 281, name)

    found = figures(page(draw))
    assert (found["Leaving care", "Received"], found["Leaving care", "Upheld"]) == ("6", "2")


def test_the_cells_of_a_form_are_read_by_themselves(page: Page) -> None:
    text = [f"{a} {b}" for a, b in zip(LEFT, RIGHT, strict=True)]

    def draw(canvas: Canvas) -> None:
        for y, height, head in ((90, 110, "Stage 1"), (200, 190, "Costs")):
            canvas.rect(50, 842 - y - height, 90, height)
            canvas.rect(140, 842 - y - height, 400, height)
            lines(canvas, [head], 56, y + 16, font="Helvetica-Bold")
        lines(canvas, text, 146, 106)
        lines(canvas, text, 146, 216)
        cells(
            canvas,
            [["", "2022/23", "2023/24"], ["Panels", "£300", "£450"], ["Advocacy", "£80", "£95"]],
            (150, 260, 360, 460),
            312,
        )

    reading = page(draw)
    assert [b.text for b in reading.blocks if isinstance(b, Heading)] == ["Stage 1", "Costs"]
    assert texts(reading) == ["Stage 1", " ".join(text), "Costs", " ".join(text)]
    assert figures(reading)["Panels", "2023/24"] == "£450"


def test_a_heading_in_the_margin_stands_before_its_text(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, LEFT, 180, 110)
        lines(canvas, ["Who is", "complaining?"], 60, 210, font="Helvetica-Bold")
        lines(canvas, RIGHT, 180, 210)

    assert texts(page(draw)) == [" ".join(LEFT), "Who is complaining?", " ".join(RIGHT)]


def test_captions_below_the_tables_of_a_run_are_those_of_the_tables_above_them(page: Page) -> None:
    def above(canvas: Canvas) -> None:
        y = 90.0
        for name in ("Outcomes at stage 1", "Outcomes at stage 2", "Outcomes at stage 3"):
            lines(canvas, LEFT[:2], 60, y)
            lines(canvas, [name], 60, y + 44)
            y = cells(canvas, [["", "Number"], ["Upheld", "21"], ["Not upheld", "38"]], (60, 200, 300), y + 52) + 40

    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Appendix: Responsiveness"], 60, 90, 18, font="Helvetica-Bold")
        y = 110.0
        for name, within in (("Statutory Stage 2 responsiveness", "10"), ("Local Stage 2 responsiveness", "9")):
            y = cells(canvas, [["", "Number"], ["Within 25 days", within], ["Later", "3"]], (60, 200, 300), y)
            lines(canvas, [name], 60, y + 20)
            y += 40

    captions = {s.printed: s.caption for s in _statements(page(above, draw))}
    assert captions["10"] == "Statutory Stage 2 responsiveness"
    assert captions["9"] == "Local Stage 2 responsiveness"


def _statements(reading: Reading) -> list[Statement]:
    return [s for s in statements(reading) if s.rows]


def test_a_title_may_say_what_the_side_of_every_page_does(page: Page) -> None:
    name = ["Bath & North East", "Somerset Council", "Complaints"]

    def side(canvas: Canvas) -> None:
        lines(canvas, name, 20, 50, 7, 9)

    def title(canvas: Canvas) -> None:
        side(canvas)
        lines(canvas, name, 180, 60, 20, 30, "Helvetica-Bold")

    def text(canvas: Canvas) -> None:
        side(canvas)
        lines(canvas, [*LEFT, *RIGHT], 180, 120)

    reading = page(title, text, text, text)
    assert recognise(reading, "report").council == "Bath and North East Somerset"
    assert not any("Council" in t for t in texts(reading)[3:])


def test_words_printed_over_one_another_are_two(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Resolved"], 60, 100)
        lines(canvas, ["Outside scope"], 60 + canvas.stringWidth("Resolv", "Helvetica", 10), 100)

    assert texts(page(draw)) == ["Resolved Outside scope"]


def test_a_paragraph_goes_on_in_the_next_column(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, [*LEFT[:5], "Eleven were answered late by man-"], 50, 120)
        lines(canvas, ["agers who had left the council then.", *RIGHT], 310, 120)

    assert any("answered late by managers who had left" in t for t in texts(page(draw)))


def test_small_charts_are_parted_by_their_outlines(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        for row, year in enumerate(("2022-23", "2023-24")):
            canvas.rect(60, 842 - 100 - 150 * row - 130, 260, 130)
            lines(canvas, [year], 66, 116 + 150 * row, font="Helvetica-Bold")
            for n, (name, value) in enumerate((("Stage 1", 8), ("Stage 2", 3), ("Stage 3", 1))):
                y = 126 + 150 * row + 26 * n
                lines(canvas, [name], 70, y + 10, 9)
                lying(canvas, y, 15.0 * (value + row), str(value + row), x=130)

    charts = [b for b in page(draw).blocks if isinstance(b, Chart)]
    assert [(c.title, [b.label.text for b in c.bars]) for c in charts] == [
        ("2022-23", ["8", "3", "1"]),
        ("2023-24", ["9", "4", "2"]),
    ]


def test_the_one_year_in_a_title_is_that_of_the_bars(page: Page) -> None:
    def drawn(title: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.rect(60, 600, 300, 140)
            lines(canvas, [title], 66, 116, font="Helvetica-Bold")
            for n, (name, value) in enumerate((("Upheld", 8), ("Not upheld", 3))):
                lines(canvas, [name], 70, 140 + 30 * n, 9)
                lying(canvas, 130 + 30 * n, 15.0 * value, str(value), x=160)

        return draw

    assert figures(page(drawn("Complaints closed in 2021-22")))["Upheld", "2021-22"] == "8"
    assert ("Upheld",) in figures(page(drawn("Complaints closed since 2021-22")))
    assert figures(page(drawn("Resolved")))["Not upheld", "Resolved"] == "3"
