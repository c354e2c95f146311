"""Pages as designers, spreadsheets and browsers set them: each is drawn here and read back in the order a reader would take."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from extract.model import Paragraph, Reading, Table
from normalise.reading.frontmatter import recognise
from tests.extract.drawing import LEFT, RIGHT, Draw, box, figures, lines, texts


def test_panels_are_read_one_by_one_and_what_stands_in_them_stays_together(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        for x, words in ((50, LEFT[:3]), (310, RIGHT[:3])):
            box(canvas, x, 100, 240, 70)
            lines(canvas, words, x + 12, 122)

    assert texts(page(draw)) == [" ".join(LEFT[:3]), " ".join(RIGHT[:3])]


def test_a_drawn_line_parts_columns_of_a_few_lines(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, LEFT[:3], 50, 120)
        lines(canvas, RIGHT[:3], 310, 120)
        canvas.line(290, 842 - 105, 290, 842 - 160)

    assert texts(page(draw))[0] == " ".join(LEFT[:3])


def test_a_menu_beside_the_title_does_not_mix_with_it(page: Callable[[Draw], Reading]) -> None:
    menu = [f"{name} complaints" for name in ("Stage one", "Stage two", "Recent", "Upheld", "Late", "Older", "Other")]
    title = ["Bath & North East", "Somerset Council", "Complaints and", "Representations", "Annual Report", "2022-23"]

    def draw(canvas: Canvas) -> None:
        lines(canvas, [*menu, *(f"{name} again" for name in menu[:4])], 40, 95, 8, 17)
        lines(canvas, title, 190, 101, 20, 30, "Helvetica-Bold")

    reading = page(draw)
    assert recognise(reading, "report").council == "Bath and North East Somerset"
    assert "Bath & North East Somerset Council" in " ".join(texts(reading))


def test_what_a_browser_prints_around_a_page_is_left_out(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Home › Children and families › Complaints › Annual report"], 50, 120, 8)
        lines(canvas, ["Complaints received"], 50, 160, 14, font="Helvetica-Bold")
        lines(canvas, ["− Hide"], 400, 160, 8)
        lines(canvas, ["We received 41 complaints in 2022-23."], 50, 185)
        lines(canvas, ["Back to top"], 50, 220, 8)

    assert texts(page(draw)) == ["Complaints received", "We received 41 complaints in 2022-23."]


def test_a_word_that_links_have_too_may_be_the_head_of_a_column(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        rows = [
            ("Outcome", "Number", "Share"),
            ("Upheld", "14", "31%"),
            ("Not upheld", "27", "60%"),
            ("Withdrawn", "4", "9%"),
        ]
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                lines(canvas, [cell], 60 + 160 * c, 120 + 20 * r)

    assert figures(page(draw))["Upheld", "Share"] == "31%"


def test_labels_at_a_slant_name_the_bars_over_them(page: Callable[[Draw], Reading]) -> None:
    bars = (("Delay", "in reply", 12), ("Staff", "conduct", 9), ("Lack of", "support", 6), ("Wrong", "advice", 3))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for n, (*name, value) in enumerate(bars):
            x = 160 + 70 * n
            canvas.setFillColor("#225577")
            canvas.rect(x, 500, 30, 10 * value, stroke=0, fill=1)
            canvas.setFillColor("black")
            canvas.drawCentredString(x + 15, 504 + 10 * value, str(value))
            canvas.saveState()
            canvas.translate(x + 18, 490)
            canvas.rotate(45)
            for k, line in enumerate(name):
                canvas.drawRightString(0, -10 * k, line)
            canvas.restoreState()

    assert figures(page(draw)) == {(f"{a} {b}",): str(value) for a, b, value in bars}


def test_heads_at_a_slant_name_the_columns_under_them(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        for n, name in enumerate(("Complaints at stage 1", "Complaints at stage 2", "Complaints at stage 3")):
            canvas.saveState()
            canvas.translate(250 + 60 * n, 700)
            canvas.rotate(45)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(0, 0, name)
            canvas.restoreState()
        for r, row in enumerate((("Fostering", 14, 3, 1), ("Adoption", 9, 2, 0), ("Duty team", 31, 5, 2))):
            for c, cell in enumerate(row):
                lines(canvas, [str(cell)], 100 if not c else 187 + 60 * c, 160 + 20 * r)

    found = figures(page(draw))
    assert found["Fostering", "Complaints at stage 1"] == "14"
    assert found["Duty team", "Complaints at stage 3"] == "2"


def test_a_year_alone_over_a_table_is_the_head_of_its_columns(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        for n, (year, values) in enumerate((("2021-22", ("4", "9", "2")), ("2022-23", ("6", "7", "3")))):
            y = 110 + 140 * n
            lines(canvas, [year], 60, y, 13)
            for r, (name, value) in enumerate(zip(("Upheld", "Not upheld", "Withdrawn"), values, strict=True)):
                lines(canvas, [name], 60, y + 35 + 18 * r)
                lines(canvas, [value], 210, y + 35 + 18 * r)

    found = figures(page(draw))
    assert found["Upheld", "2021-22"] == "4"
    assert found["Upheld", "2022-23"] == "6"


def test_columns_numbered_under_one_head_carry_it(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        rows = [
            ("", "", "Stage", ""),
            ("Team", "1", "2", "3"),
            ("Fostering", "14", "3", "1"),
            ("Adoption", "9", "2", "0"),
            ("Duty team", "31", "5", "2"),
        ]
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                lines(canvas, [cell], 60 if not c else 140 + 80 * c, 120 + 20 * r)
        canvas.grid([50, 200, 280, 360, 440], [842 - 125 - 20 * r for r in range(5)])
        for x in (50, 200, 440):
            canvas.line(x, 842 - 105, x, 842 - 125)
        canvas.line(50, 842 - 105, 440, 842 - 105)

    assert figures(page(draw))["Fostering", "Stage 2"] == "3"


def test_rows_of_running_text_in_a_printed_worksheet_are_text(page: Callable[[Draw], Reading]) -> None:
    sentence = "We received 45 complaints at stage 1 in 2022-23, six more than in the year before."

    def draw(canvas: Canvas) -> None:
        lines(canvas, [sentence], 60, 120)
        rows = [("Outcome", "Number"), ("Upheld", "14"), ("Not upheld", "27"), ("Withdrawn", "4")]
        for r, (name, value) in enumerate(rows, 1):
            lines(canvas, [name], 60, 120 + 20 * r)
            lines(canvas, [value], 450, 120 + 20 * r)
        ys = [842 - 106 - 20 * r for r in range(6)]
        for y in ys:
            canvas.line(50, y, 530, y)
        for x in (50, 530):
            canvas.line(x, ys[0], x, ys[-1])
        canvas.line(400, ys[1], 400, ys[-1])

    reading = page(draw)
    assert sentence in texts(reading)
    assert figures(reading)["Upheld", "Number"] == "14"


def test_tiles_are_a_table_of_what_they_name(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Complaints by stage"], 60, 95, 9)
        for n, (value, name) in enumerate((("57", "Stage 1"), ("10", "Stage 2"), ("4", "Stage 3"))):
            box(canvas, 60 + 120 * n, 105, 100, 60, "#dde8f0")
            lines(canvas, [value], 72 + 120 * n, 135, 24)
            lines(canvas, [name], 72 + 120 * n, 155, 9)

    assert figures(page(draw)) == {("Stage 1",): "57", ("Stage 2",): "10", ("Stage 3",): "4"}


def test_a_figure_set_large_opens_the_lines_beside_it(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["82"], 60, 132, 24)
        lines(canvas, ["compliments about our teams were", "recorded in the year 2019-20."], 100, 122)

    assert texts(page(draw)) == ["82 compliments about our teams were recorded in the year 2019-20."]


def test_values_beside_the_legend_of_a_ring_are_those_of_its_parts(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        parts = (("Parent", 12, "#005f73"), ("Advocate", 7, "#ee9b00"), ("Young person", 4, "#ae2012"))
        angle = 90.0
        for n, (name, value, colour) in enumerate(parts):
            extent = -360 * value / 23
            canvas.setFillColor(colour)
            canvas.wedge(80, 560, 200, 680, angle, extent, stroke=0, fill=1)
            angle += extent
            canvas.circle(243, 658 - 24 * n, 4, stroke=0, fill=1)
            canvas.setFillColor("black")
            canvas.setFont("Helvetica", 10)
            canvas.drawString(256, 655 - 24 * n, name)
            canvas.drawRightString(370, 655 - 24 * n, str(value))
        canvas.rect(60, 532, 340, 170)

    assert figures(page(draw)) == {("Parent",): "12", ("Advocate",): "7", ("Young person",): "4"}


def test_labels_of_lying_bars_may_take_two_lines(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        names = (["Disagree with council", "decision"], ["Communication"], ["Lack of support"])
        for n, (name, value) in enumerate(zip(names, (10, 8, 5), strict=True)):
            y = 640 - 44 * n
            canvas.setFillColor("#005f73")
            canvas.roundRect(220, y, 20 * value, 12, 3, stroke=0, fill=1)
            canvas.setFillColor("black")
            canvas.setFont("Helvetica", 9)
            canvas.drawString(224 + 20 * value, y + 2, str(value))
            for k, text in enumerate(name):
                canvas.drawRightString(212, y + 2 + 6.5 * (len(name) - 1) - 13 * k, text)

    assert figures(page(draw))["Disagree with council decision",] == "10"


def test_the_first_of_the_names_of_groups_belongs_to_their_table(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        y = 120
        for name, values in (("Stage 1", ("57", "34")), ("Stage 2", ("10", "9")), ("Stage 3", ("4", "3"))):
            lines(canvas, [name], 60, y, font="Helvetica-Bold")
            for label, value in zip(("Received", "Resolved"), values, strict=True):
                y += 18
                lines(canvas, [label], 60, y)
                lines(canvas, [value], 400, y)
            y += 26

    found = figures(page(draw))
    assert found["Stage 1", "Received"] == "57"
    assert found["Stage 3", "Resolved"] == "3"


def test_a_heading_that_wraps_is_one_and_small_capitals_are_words(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        x = 60.0
        for text, size in (
            ("O", 13),
            ("VERVIEW OF ", 10.4),
            ("S", 13),
            ("TAGE 1 ", 10.4),
            ("C", 13),
            ("OMPLAINTS IN THE YEAR AND THEIR ", 10.4),
        ):
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawString(x, 720, text)
            x += canvas.stringWidth(text, "Helvetica-Bold", size)
        lines(canvas, ["OUTCOMES"], 60, 142, 10.4, font="Helvetica-Bold")
        lines(canvas, ["We received 27 complaints, which is a fall of", "a quarter on the year before that."], 60, 170)

    assert "OVERVIEW OF STAGE 1 COMPLAINTS IN THE YEAR AND THEIR OUTCOMES" in texts(page(draw))


def test_a_table_across_the_columns_is_read_before_the_text_under_it(page: Callable[[Draw], Reading]) -> None:
    def draw(canvas: Canvas) -> None:
        for r, row in enumerate(
            (
                ("Outcome", "2021-22", "2022-23"),
                ("Upheld", "14", "19"),
                ("Not upheld", "40", "37"),
                ("Withdrawn", "3", "5"),
            )
        ):
            for c, cell in enumerate(row):
                lines(canvas, [cell], 60 + 180 * c, 100 + 20 * r)
        canvas.grid([50, 230, 410, 545], [842 - 86 - 20 * r for r in range(5)])
        lines(canvas, LEFT, 60, 210)
        lines(canvas, RIGHT, 255, 210)

    blocks = page(draw).blocks
    assert isinstance(blocks[0], Table)
    assert [b.text for b in blocks[1:] if isinstance(b, Paragraph)] == [" ".join(LEFT), " ".join(RIGHT)]


def test_text_up_the_side_of_a_page_does_not_take_its_words_apart(page: Callable[[Draw], Reading]) -> None:
    sentence = "We received 41 complaints in 2022-23."

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(30, 40)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 18)
        for n, letter in enumerate("Complaints and compliments annual report of the council and all its services"):
            canvas.drawString(10 * n, 0, letter)
        canvas.restoreState()
        canvas.setFont("Helvetica", 10)
        x = 330.0
        for letter in sentence:
            if letter != " ":
                canvas.drawString(x, 600, letter)
            x += canvas.stringWidth(letter, "Helvetica", 10)

    assert sentence in texts(page(draw))
