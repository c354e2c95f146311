"""Figures set for the eye: under rules, around rings, in bars, under charts, in lists that stand for a chart. Each is drawn here and read back."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.layout import text_passage
from extract.model import Chart, Heading, Paragraph, Reading, Table
from extract.statements import statements
from tests.extract.drawing import figures, lines, texts
from tests.extract.test_office_pages import BLUE, ORANGE, cells, lying

Page = Callable[..., Reading]
GREEN = "#94a800"
SECTIONS = ("Introduction", "Stage 1", "Stage 2", "The Ombudsman", "Advocacy", "Learning", "Compliments")


def under_rules(canvas: Canvas, y: float, said: Sequence[tuple[str, Sequence[str]]], width: float = 110) -> None:
    """Key figures abreast, each under a rule, with lines of words under it."""
    for n, (figure, words) in enumerate(said):
        canvas.setFillColor((BLUE, ORANGE, GREEN, "#7b2d5b")[n % 4])
        canvas.rect(60 + (width + 8) * n, 842 - y, width, 3, stroke=0, fill=1)
        canvas.setFillColor("black")
        lines(canvas, [figure], 60 + (width + 8) * n, y + 20, 20)
        lines(canvas, list(words), 60 + (width + 8) * n, y + 32, 8, 10)


def test_key_figures_abreast_under_rules_are_a_table(page: Page) -> None:
    said = (("23", ["Stage 1"]), ("5", ["Stage 2"]), ("1", ["Stage 3"]), ("29", ["Total"]))

    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Complaints received"], 60, 110, 9, font="Helvetica-Bold")
        under_rules(canvas, 116, said, 90)

    assert {labels[0]: v for labels, v in figures(page(draw)).items()} == {w[0]: f for f, w in said}


def test_a_key_figure_begins_the_sentence_under_it(page: Page) -> None:
    said = (
        ("27", ["complaints were received at", "stage 1 of the procedure in", "the year, compared to 36 in", "the previous year."]),
        ("8 out of 10", ["of them were not upheld,", "which is the same share as", "in the previous year."]),
        ("5", ["complaints were considered", "at stage 2, compared to 7", "in the previous year."]),
    )  # fmt: skip

    def draw(canvas: Canvas) -> None:
        under_rules(canvas, 116, said)

    assert texts(page(draw)) == [" ".join((figure, *words)) for figure, words in said]


def sector(canvas: Canvas, start: float, extent: float, colour: str) -> None:
    """A part of a ring, in degrees from the top."""
    steps = [math.radians(90 - start - extent * k / 30) for k in range(31)]
    path = canvas.beginPath()
    outer = [(300 + 60 * math.cos(a), 600 + 60 * math.sin(a)) for a in steps]
    inner = [(300 + 35 * math.cos(a), 600 + 35 * math.sin(a)) for a in reversed(steps)]
    path.moveTo(*outer[0])
    for (x, y), (x2, y2) in zip(outer[1::2], outer[2::2], strict=False):
        path.curveTo(x, y, x, y, x2, y2)
    for x, y in inner:
        path.lineTo(x, y)
    path.close()
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFillColor("black")


@pytest.mark.parametrize("values", [(12, 7, 4), (4, 7, 12)])
def test_labels_around_a_ring_count_where_its_areas_agree(page: Page, values: tuple[int, ...]) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Who complained"], 240, 160, 9, font="Helvetica-Bold")
        for start, part, colour in ((0, 12, BLUE), (12, 7, ORANGE), (19, 4, GREEN)):
            sector(canvas, 360 * start / 23, 360 * part / 23, colour)
        for value, name, x, y in zip(
            values, ("Parent", "Advocate", "Carer"), (370, 180, 190), (240, 270, 205), strict=True
        ):
            lines(canvas, [f"{value} {name}"], x, y, 9)

    drawn = {"Parent": "12", "Advocate": "7", "Carer": "4"}
    found = {b.category: b.label.text for c in page(draw).blocks if isinstance(c, Chart) for b in c.bars}
    assert found == (drawn if values == (12, 7, 4) else {"Parent": "4", "Advocate": "7", "Carer": "12"})


def test_labels_around_a_ring_that_do_not_fit_its_areas_are_not_read(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        for start, part, colour in ((0, 12, BLUE), (12, 7, ORANGE), (19, 4, GREEN)):
            sector(canvas, 360 * start / 23, 360 * part / 23, colour)
        for value, name, x, y in ((9, "Parent", 370, 240), (8, "Advocate", 180, 270), (6, "Carer", 190, 205)):
            lines(canvas, [f"{value} {name}"], x, y, 9)

    assert not [b for c in page(draw).blocks if isinstance(c, Chart) for b in c.bars]


STACKED = {"2021/22": (35, 12, 8), "2022/23": (31, 6, 14), "2023/24": (20, 9, 11)}


def stacked(room: float) -> Callable[[Canvas], None]:
    """Lying bars end to end with their labels in them, each longer than its value says by the room around its label."""

    def draw(canvas: Canvas) -> None:
        for k, (name, colour) in enumerate(
            zip(("Upheld", "Partly upheld", "Not upheld"), (BLUE, ORANGE, GREEN), strict=True)
        ):
            canvas.setFillColor(colour)
            canvas.rect(120 + 90 * k, 842 - 100, 7, 7, stroke=0, fill=1)
            canvas.setFillColor("black")
            lines(canvas, [name], 131 + 90 * k, 100, 8)
        for n, (year, values) in enumerate(STACKED.items()):
            canvas.setFillColor("black")
            lines(canvas, [year], 60, 125 + 26 * n, 9)
            x = 120.0
            for value, colour in zip(values, (BLUE, ORANGE, GREEN), strict=True):
                canvas.setFillColor(colour)
                canvas.rect(x, 842 - 130 - 26 * n, room + 3 * value, 18, stroke=0, fill=1)
                canvas.setFillColor("white")
                canvas.setFont("Helvetica", 8)
                canvas.drawCentredString(x + (room + 3 * value) / 2, 842 - 125 - 26 * n, str(value))
                x += room + 3 * value

    return draw


@pytest.mark.parametrize("room", [0, 22])
def test_stacked_bars_with_room_for_their_labels(page: Page, room: float) -> None:
    assert figures(page(stacked(room))) == {
        (year, name): str(v)
        for year, values in STACKED.items()
        for name, v in zip(("Upheld", "Partly upheld", "Not upheld"), values, strict=True)
    }


def test_names_of_bars_in_two_levels(page: Page) -> None:
    teams = {
        "Children in care": (20, 7),
        "Assessment and family support": (12, 4),
        "Fostering": (3,),
        "Leaving care": (2, 1),
    }
    names = ("Number of complaints received by the service", "Number upheld")

    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Complaints by service"], 40, 90, 9, font="Helvetica-Bold")
        y = 100.0
        for team, values in teams.items():
            lines(canvas, [team], 40, y + 8 + 9 * (len(values) - 1), 8)
            for name, value, colour in zip(names, values, (BLUE, ORANGE), strict=False):
                lines(canvas, [name], 170, y + 9, 7)
                lying(canvas, y, 8 * value, str(value), colour, 350)
                y += 18

    (chart,) = (b for b in page(draw).blocks if isinstance(b, Chart))
    assert chart.title == "Complaints by service"
    assert {(b.category, b.series): b.label.text for b in chart.bars} == {
        (team, name): str(v) for team, values in teams.items() for name, v in zip(names, values, strict=False)
    }


def test_the_table_of_data_under_a_chart(page: Page) -> None:
    teams, rows = ["", "Fostering", "Leaving care"], [["■ Received", "6", "3"], ["■ Upheld", "4", "1"]]

    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 842 - 250, 360, 150, stroke=1, fill=0)
        canvas.line(150, 842 - 250, 150, 842 - 100)
        for n in range(7):
            canvas.setFont("Helvetica", 8)
            canvas.drawRightString(146, 842 - 110 - 22 * n, str(6 - n))
        cells(canvas, [teams, *rows], (60, 150, 285, 420), 250)

    tables = [
        [[c.text if c else "" for c in row] for row in b.grid()] for b in page(draw).blocks if isinstance(b, Table)
    ]
    assert tables == [[teams, ["Received", "6", "3"], ["Upheld", "4", "1"]]]


def test_a_caption_in_the_margin_is_no_name_of_rows(page: Page) -> None:
    rows = [["Category", "Number", "%"], ["Delay", "14", "23%"], ["Staff", "10", "16%"], ["Total", "62", "100%"]]

    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Table 4"], 60, 112, 9, font="Helvetica-Bold")
        cells(canvas, rows, (160, 300, 380, 460), 98)

    (table,) = (b for b in page(draw).blocks if isinstance(b, Table))
    assert [[c.text if c else "" for c in row] for row in table.grid()] == rows


def test_a_heading_that_goes_on_keeps_the_number_of_its_section() -> None:
    blocks = [Heading(f"{n} {text}", 1, n) for n, text in enumerate(SECTIONS, 1)]
    reading = Reading([*blocks, Heading("7 Compliments (continued)", 1, 8)], 8)
    assert [s.printed for s in statements(reading) if "Compliments" in s.quote] == []


def item(text: str) -> Paragraph:
    return Paragraph(text_passage(text), None, bullet=True)


def test_a_list_of_series_and_categories_is_a_table() -> None:
    listed = (
        "Received – Fostering: 6",
        "Received – Leaving care: 3",
        "Upheld – Fostering: 4",
        "Upheld – Leaving care: 1",
    )
    assert figures(Reading([Heading("Complaints by team", 1, None), *map(item, listed)], 1)) == {
        ("Fostering", "Received"): "6",
        ("Leaving care", "Received"): "3",
        ("Fostering", "Upheld"): "4",
        ("Leaving care", "Upheld"): "1",
    }


def test_a_list_without_series_stays_a_list() -> None:
    reading = Reading([item("Staff – attitude: 6"), item("Delay – assessment: 3"), item("Contact – refused: 4")], 1)
    assert figures(reading) == {}


def test_a_title_that_is_two_heads_gives_the_corner(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Stage: Number of complaints"], 120, 90, 9, font="Helvetica-Bold")
        for n, (name, value) in enumerate((("One", 23), ("Two", 5), ("Three", 1))):
            lines(canvas, [name], 150, 116 + 24 * n)
            lying(canvas, 106 + 24 * n, 6 * value, str(value))

    assert {(s.corner, *s.rows, *s.columns) for s in statements(page(draw))} == {
        ("Stage", name, "Number of complaints") for name in ("One", "Two", "Three")
    }


def test_bars_whose_names_are_missing_are_not_read(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Complaints by team"], 120, 90, 9, font="Helvetica-Bold")
        lines(canvas, ["Fostering"], 150, 128)
        for n, value in enumerate((23, 12, 7)):
            lying(canvas, 106 + 24 * n, 6 * value, str(value))

    assert not [b for c in page(draw).blocks if isinstance(c, Chart) for b in c.bars]
