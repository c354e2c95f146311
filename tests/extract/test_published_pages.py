"""Pages as councils publish them: agenda packs, scorecards, leaflets, booklets. Each is drawn here and read back."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from extract.layout import blocks_of, lines_of
from extract.model import Chart, Paragraph, Reading, Table, Word, passage
from extract.numerals import cell_mentions
from tests.extract.drawing import Draw, figures, lines, texts
from tests.extract.test_office_pages import BLUE, ORANGE, cells, column, lying

Page = Callable[..., Reading]
SENTENCES = [
    "The council received 57 complaints at stage",
    "1 of the statutory procedure, compared with",
    "62 in the year before. Of these, parents made",
    "41, and eight were made by young people.",
    "The complaints manager wrote to each of them",
    "and offered the help of an advocate.",
]


def numbered(canvas: Canvas, step: int = 1, x: float = 40) -> None:
    """A page of text, its lines numbered in the margin."""
    lines(canvas, SENTENCES * 4, 85, 112)
    for n in range(step, len(SENTENCES) * 4 + 1, step):
        lines(canvas, [str(n)], x, 112 + (n - 1) * 14)


def test_the_numbers_of_lines_are_no_part_of_the_text(page: Page) -> None:
    for step, x in ((1, 40), (5, 40), (1, 340)):

        def draw(canvas: Canvas, step: int = step, x: int = x) -> None:
            numbered(canvas, step, x)

        assert " ".join(SENTENCES) in " ".join(texts(page(draw, draw)))


def test_the_first_column_of_a_table_is_no_numbering_of_lines(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        rows = [[str(n), f"Team {'ABCDEFGH'[n]}", str(2 * n + 3)] for n in range(1, 8)]
        cells(canvas, [["No", "Team", "Complaints"], *rows], (60, 100, 240, 340), 100)

    (table,) = (b for b in page(draw).blocks if isinstance(b, Table))
    assert [c.text for c in table.cells if c.column == 0] == ["No", *"1234567"]


def test_an_arrow_behind_a_figure_is_the_direction_of_travel() -> None:
    assert [m.value for text in ("31 ▼", "86% ▲", "5↑") for m in cell_mentions(text)] == [31, 86, 5]
    assert [m.kind for m in cell_mentions("+3")] == ["change"]
    assert not cell_mentions("▼ 31")


def tile(canvas: Canvas, x: float, y: float, figure: str, name: str) -> None:
    canvas.rect(x, 842 - y - 36, 72, 36, stroke=1, fill=0)
    lines(canvas, [figure], x + 4, y + 15, 13, font="Helvetica-Bold")
    lines(canvas, [name], x + 4, y + 28, 7)


def test_titled_sets_of_tiles_are_the_rows_of_one_table(page: Page) -> None:
    rows = {"Stage 1": ("57", "34", "8"), "Stage 2": ("10", "9", "3"), "Stage 3": ("4", "3", "2")}
    names = ("Received", "Resolved", "Carried forward")

    def draw(canvas: Canvas) -> None:
        for n, (title, values) in enumerate(rows.items()):
            lines(canvas, [title], 60, 118 + 70 * n, 9, font="Helvetica-Bold")
            for k, (value, name) in enumerate(zip(values, names, strict=True)):
                tile(canvas, 60 + 76 * k, 124 + 70 * n, value, name)

    assert figures(page(draw)) == {
        (title, name): v for title, values in rows.items() for name, v in zip(names, values, strict=True)
    }


def test_tiles_of_two_columns_that_hardly_meet_leave_the_text_between_them(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        tile(canvas, 60, 100, "35%", "were upheld")
        tile(canvas, 150, 132, "52", "compliments")
        lines(canvas, ["22 complaints were made by children"], 60, 160, 7)

    assert any("22 complaints were made by children" in text for text in texts(page(draw)))


def small_charts(scales: tuple[float, ...]) -> Draw:
    """Charts of two years on one baseline, a title over each: Upheld 13, 11; Not upheld 35, 28; Withdrawn 6, 4."""

    def draw(canvas: Canvas) -> None:
        for n, (title, values) in enumerate(CHARTS.items()):
            x = 60 + 120 * n
            canvas.setFont("Helvetica-Bold", 9)
            canvas.drawCentredString(x + 34, 400 + 175, title)
            for k, (year, value) in enumerate(zip(("2022/23", "2023/24"), values, strict=True)):
                column(canvas, x + 50 * k, scales[n] * value, str(value), (BLUE, ORANGE)[k])
                canvas.drawCentredString(x + 50 * k + 9, 386, year)

    return draw


CHARTS = {"Upheld": (13, 11), "Not upheld": (35, 28), "Withdrawn": (6, 4)}
EACH = {
    (year, title): str(v) for title, vs in CHARTS.items() for year, v in zip(("2022/23", "2023/24"), vs, strict=True)
}


def test_small_charts_on_one_scale_are_told_apart_by_their_titles(page: Page) -> None:
    assert figures(page(small_charts((4, 4, 4)))) == EACH


def test_small_charts_on_scales_of_their_own(page: Page) -> None:
    assert figures(page(small_charts((10, 4, 20)))) == EACH


def test_bars_of_two_colours_without_a_legend_are_not_read(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        for n, (name, mine, other) in enumerate((("North", 20, 7), ("South", 12, 0), ("West", 9, 3))):
            lines(canvas, [name], 150, 116 + 40 * n)
            lying(canvas, 104 + 40 * n, 8 * mine, str(mine))
            if other:
                lying(canvas, 118 + 40 * n, 8 * other, str(other), ORANGE)

    charts = [b for b in page(draw).blocks if isinstance(b, Chart)]
    assert {bar.label.text for c in charts for bar in c.bars} <= {"12"}


def test_bars_in_the_cells_of_a_table_are_no_chart(page: Page) -> None:
    rows = [("Upheld", "13", 24), ("Not upheld", "35", 28), ("Withdrawn", "6", 4), ("Outstanding", "2", 7)]

    def draw(canvas: Canvas) -> None:
        cells(
            canvas, [["", "Stage 1", "Stage 2"], *((name, one, "") for name, one, _ in rows)], (60, 180, 280, 420), 80
        )
        for n, (_, _, two) in enumerate(rows):
            lying(canvas, 104 + 20 * n, 3 * two, str(two), "#9ec5fe", 284)

    reading = page(draw)
    assert not any(isinstance(b, Chart) for b in reading.blocks)
    assert {("Upheld", "Stage 1"): "13", ("Upheld", "Stage 2"): "24"}.items() <= figures(reading).items()


def test_a_line_of_text_under_a_chart_stays_whole(page: Page) -> None:
    sentence = "Most of the conduct of staff that families wrote about concerned calls."

    def draw(canvas: Canvas) -> None:
        for n, (name, value) in enumerate((("Conduct of staff", 12), ("Delay", 8), ("Lack of support", 5))):
            lines(canvas, [name], 100, 116 + 22 * n)
            lying(canvas, 106 + 22 * n, 12 * value, str(value))
        lines(canvas, [sentence], 60, 200)

    assert sentence in texts(page(draw))


def test_a_title_of_few_words_and_a_year_is_the_head_of_its_bars(page: Page) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Carried over 2021/22"], 150, 90, font="Helvetica-Bold")
        for n, (name, value) in enumerate((("Stage 1", 12), ("Stage 2", 8), ("Stage 3", 5))):
            lines(canvas, [name], 150, 116 + 22 * n)
            lying(canvas, 106 + 22 * n, 12 * value, str(value))

    assert figures(page(draw))["Stage 1", "Carried over 2021/22"] == "12"


def test_text_in_the_margin_stands_before_the_table_that_it_begins_beside(page: Page) -> None:
    margin = [
        "Families were asked how the reply",
        "came to them and what they would",
        "have wished, as the table shows.",
    ]
    body = [
        "Managers met in spring to discuss what they had learnt from complaints.",
        "They agreed to write to families sooner.",
    ]

    def draw(canvas: Canvas) -> None:
        lines(canvas, margin, 40, 90)
        lines(canvas, body * 6, 220, 90)
        lines(canvas, [*margin[::-1], *margin], 40, 310)
        cells(
            canvas,
            [["", "2022/23", "2023/24"], ["By letter", "13", "11"], ["By telephone", "5", "8"]],
            (220, 330, 440, 550),
            300,
        )

    found = ["" if isinstance(b, Table) else getattr(b, "text", "") for b in page(draw).blocks]
    last = max(n for n, text in enumerate(found) if margin[2] in text)
    assert sum(margin[2] in text for text in found) == 2
    assert found[last + 1] == "", "the table follows the text beside it"
    assert any(body[1] in text for text in found[:last]), "and what stands over the table comes before it"


def test_a_word_divided_by_the_typesetter_is_one() -> None:
    printed = ["142 of 265 complaints re\u2010", "sponses to which were long in com\u2010", "ing", "and re-", "opened"]
    words = [
        Word(text, (60.0 + 40 * n, 100.0 + 12 * row, 95.0 + 40 * n, 110.0 + 12 * row), 10.0)
        for row, line in enumerate(printed)
        for n, text in enumerate(line.split())
    ]
    (block,) = blocks_of(1, lines_of(words), [], 10.0)
    whole = "142 of 265 complaints responses to which were long in coming and re-opened"
    assert isinstance(block, Paragraph)
    assert block.text == whole
    assert passage(words).text == whole.replace("re-opened", "re- opened"), "in the cells of tables, too"
