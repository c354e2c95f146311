"""Tables in any design: each is drawn here as an office program or a browser draws it, and read back as the same grid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extract.layout import text_passage
from extract.model import Cell, Table
from extract.readers import read
from extract.statements import statements
from extract.tables.heads import outer_labels, stretch_heads, without_enumerators
from extract.tables.quality import quality
from extract.tables.shifted import over_figures
from extract.tables.textual import pipe_table


def test_numbers_that_count_rows_are_no_part_of_their_labels() -> None:
    counted = [["1 Poor communication"], ["2 Delay"], ["3 Conduct of staff"], ["Total"]]
    assert without_enumerators(counted) == [["Poor communication"], ["Delay"], ["Conduct of staff"], ["Total"]]
    kept = [["1 Poor communication"], ["4 Delay"], ["3 Conduct of staff"]]
    assert without_enumerators(kept) == kept


def test_heads_that_a_number_moved_aside_stand_over_their_figures() -> None:
    rows = [["Year", "10 days", "20 days", "Late", ""], ["7.2 2023/24", "", "14.3%", "49.1%", "36.6%"]]
    cells = [Cell(text_passage(t), r, c) for r, row in enumerate(rows) for c, t in enumerate(row)]
    moved = over_figures(Table(cells, 1, None, "gutters"))
    heads = {c.column: c.text for c in moved.cells if c.row == 0 and c.text}
    assert heads == {0: "Year", 2: "10 days", 3: "20 days", 4: "Late"}
    kept = Table([c for c in cells if c.column < 4], 1, None, "gutters")
    assert over_figures(kept) == kept


GRID = [
    ["Outcome", "2021-22", "2022-23"],
    ["Upheld", "14", "19"],
    ["Partly upheld", "23", "31"],
    ["Not upheld", "40", "37"],
    ["Withdrawn", "3", "5"],
    ["Total", "80", "92"],
]
X, WIDTHS, TOP, ROW = 80, (160, 90, 90), 640, 22
Draw = Callable[[Canvas], None]


def words(canvas: Canvas, grid: list[list[str]] = GRID, x0: float = X, top: float = TOP) -> None:
    canvas.setFont("Helvetica", 10)
    for r, row in enumerate(grid):
        x = x0
        for text, width in zip(row, WIDTHS, strict=False):
            canvas.drawString(x + 6, top - ROW * r - 15, text)
            x += width


def edges() -> list[float]:
    return [X, X + 160, X + 250, X + 340]


def zebra(canvas: Canvas) -> None:
    canvas.setFillGray(0.9)
    for r in (1, 3, 5):
        for x, width in zip(edges(), WIDTHS, strict=False):
            canvas.rect(x, TOP - ROW * (r + 1), width, ROW, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.line(X, TOP - ROW, X + 340, TOP - ROW)
    words(canvas)


def vertical_rules(canvas: Canvas) -> None:
    for x in edges()[1:3]:
        canvas.line(x, TOP, x, TOP - ROW * len(GRID))
    words(canvas)


def without_a_frame(canvas: Canvas) -> None:
    vertical_rules(canvas)
    for r in range(1, len(GRID)):
        canvas.line(X, TOP - ROW * r, X + 340, TOP - ROW * r)


def one_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for r in range(len(GRID) + 1):
        path.moveTo(X, TOP - ROW * r)
        path.lineTo(X + 340, TOP - ROW * r)
    for x in edges():
        path.moveTo(x, TOP)
        path.lineTo(x, TOP - ROW * len(GRID))
    canvas.drawPath(path)
    words(canvas)


def dashed(canvas: Canvas) -> None:
    canvas.setDash(3, 2)
    canvas.line(X, TOP - ROW - 4, X + 340, TOP - ROW - 4)
    canvas.setDash()
    words(canvas, GRID[:1])
    words(canvas, GRID[1:], top=TOP - ROW - 12)


def heads_over_dashes(canvas: Canvas) -> None:
    """Each cell's border is dashes of its own, as a browser draws them."""
    for left, width in zip(edges(), WIDTHS, strict=False):
        for n in range(int(width // 5)):
            canvas.rect(left + 5 * n, TOP - ROW - 4, 3, 0.7, stroke=0, fill=1)
        canvas.rect(left + width - 3, TOP - ROW - 4, 3, 0.7, stroke=0, fill=1)
    words(canvas, GRID[:1])
    words(canvas, GRID[1:], top=TOP - ROW - 12)


def under_a_title(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawCentredString(X + 170, TOP + 3, "Table 3: outcomes of complaints at stage 1 by year")
    without_a_frame(canvas)


def sideways(canvas: Canvas) -> None:
    canvas.translate(595, 0)
    canvas.rotate(90)
    for x in edges():
        canvas.line(x, 440, x, 440 - ROW * len(GRID))
    for r in range(len(GRID) + 1):
        canvas.line(X, 440 - ROW * r, X + 340, 440 - ROW * r)
    words(canvas, top=440)


def table_of(tmp_path: Path, draw: Draw) -> Table:
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(X, 760, "This report is about complaints made under the statutory procedure.")
    canvas.saveState()
    draw(canvas)
    canvas.restoreState()
    canvas.save()
    (table,) = [block for block in read(path).blocks if isinstance(block, Table)]
    return table


def texts(table: Table) -> list[list[str]]:
    return [["" if c is None else c.text for c in row] for row in table.grid()]


@pytest.mark.parametrize(
    "draw",
    [zebra, vertical_rules, without_a_frame, one_path, dashed, heads_over_dashes, under_a_title, sideways],
    ids=lambda d: d.__name__,
)
def test_a_table_is_read_in_every_design(tmp_path: Path, draw: Draw) -> None:
    assert texts(table_of(tmp_path, draw)) == GRID


def test_a_label_is_that_of_all_rows_between_which_no_rule_runs_under_it(tmp_path: Path) -> None:
    grid = [
        ["Cost", "Of", "2021-22", "2022-23"],
        ["", "Investigator", "£5,781", "£9,039"],
        ["Stage 2", "Independent person", "£1,860", "£2,478"],
        ["Stage 3", "Review panel", "£625", "£2,799"],
        ["", "Stage 1", "£367", "£140"],
        ["", "Stage 2", "£655", "£373"],
        ["Redress", "Ombudsman", "£347", "£135"],
        ["Total", "", "£9,635", "£14,964"],
    ]
    widths = (100, 120, 80, 80)

    def draw(canvas: Canvas) -> None:
        for r, row in enumerate(grid):
            x = float(X)
            for n, (text, width) in enumerate(zip(row, widths, strict=True)):
                canvas.drawString(x + 6, TOP - ROW * r - 15, text)
                if n or r not in (1, 4, 5):
                    canvas.line(x, TOP - ROW * (r + 1), x + width, TOP - ROW * (r + 1))
                x += width

    labels = [row[0] for row in texts(table_of(tmp_path, draw))[1:]]
    assert labels == ["Stage 2", "Stage 2", "Stage 3", "Redress", "Redress", "Redress", "Total"]


def test_the_numbers_of_sections_are_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for n, title in enumerate(("Summary", "Learning from complaints", "Complaints to the Ombudsman", "Compliments")):
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(X, 760 - 120 * n, f"{n + 5} {title}")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(X, 735 - 120 * n, "We received 41 complaints in the year, more than in the year before that.")
    canvas.save()
    found = statements(read(path))
    assert [s.printed for s in found] == ["41"] * 4
    assert found[2].headings == ("Complaints to the Ombudsman",)


def test_a_figure_set_sideways_keeps_its_place_on_the_page(tmp_path: Path) -> None:
    table = table_of(tmp_path, sideways)
    cell = next(c for c in table.cells if c.text == "19")
    x0, top, x1, bottom = cell.body.box(0, 2) or (0, 0, 0, 0)
    assert bottom - top > 5
    assert x1 - x0 > 5
    assert pytest.approx(bottom, abs=3) == 842 - (X + 250 + 6), "the lines run up the page"
    assert table.box is not None
    assert table.box[3] - table.box[1] > table.box[2] - table.box[0]


def test_rows_and_heads_over_a_page_break_stay_together(tmp_path: Path) -> None:
    path = tmp_path / "break.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 10)
    for n in range(20):
        canvas.drawString(
            X, 770 - 14 * n, "Complaints are welcomed as a source of learning for the services of the council."
        )
    words(canvas, GRID[:1], top=130)
    canvas.line(X, 108, X + 340, 108)
    canvas.showPage()
    words(canvas, GRID[1:], top=780)
    canvas.showPage()
    canvas.save()
    (table,) = [block for block in read(path).blocks if isinstance(block, Table)]
    assert texts(table) == GRID


def cells(rows: list[list[str]]) -> list[list[Cell | None]]:
    from extract.layout import text_passage  # noqa: PLC0415

    return [[Cell(text_passage(text), r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)]


def test_a_head_over_a_pair_is_that_of_both_wherever_it_stands() -> None:
    for upper in (["", "2021-22", "", "2022-23", ""], ["", "", "2021-22", "", "2022-23"]):
        heads = cells([upper, ["Outcome", "Number", "%", "Number", "%"]])
        stretch_heads(heads)
        assert [c.text if c else "" for c in heads[0]][1:] == ["2021-22", "2021-22", "2022-23", "2022-23"]


def test_a_name_in_the_middle_of_its_rows_is_that_of_all_of_them() -> None:
    rows = [
        ["", "Delay", "3"],
        ["Service", "Quality", "4"],
        ["", "Total", "7"],
        ["Staff", "Manner", "2"],
        ["", "Total", "2"],
    ]
    assert [labels[0] for labels in outer_labels(cells(rows), 2)] == ["Service"] * 3 + ["Staff"] * 2


def test_a_grid_whose_figures_share_label_and_head_is_less_sound() -> None:
    flat = [cell for row in cells(GRID) for cell in row if cell]
    lost = [cell for row in cells([["Outcome", "Cases", "Cases"], *GRID[1:]]) for cell in row if cell]
    assert quality(Table(flat, 1, None, "rulings")) > quality(Table(lost, 1, None, "rulings"))


@pytest.mark.parametrize("rule", ["", "---|---|---"])
def test_bars_between_columns_make_a_table_and_a_list_of_links_does_not(rule: str) -> None:
    lines = [line for line in ["Stage | 2021-22 | 2022-23", rule, "Stage 1 | 31 | 44", "Stage 2 | 3 | 5", ""] if line]
    (table,), end = pipe_table(lines, 0)
    assert isinstance(table, Table)
    assert texts(table)[1] == ["Stage 1", "31", "44"]
    assert end == len(lines)
    assert pipe_table(["Home | Services | Contact us", "News | Events | Jobs"], 0) == ([], 0)


def test_heads_that_lost_their_corner_move_over_the_figures() -> None:
    (table,), _ = pipe_table(
        ["Stage 1 | Stage 2 | Total | |", "Corporate | 43 | 11 | 54 |", "Statutory | 30 | 3 | 33 |"], 0
    )
    assert isinstance(table, Table)
    assert texts(table)[0][:4] == ["", "Stage 1", "Stage 2", "Total"]
