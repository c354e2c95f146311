"""Readers on real files: the sample reports, and text files in several shapes."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.model import Chart, Heading, Paragraph, Table
from extract.readers.text import blocks_of_text

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def tables(name: str) -> list[list[list[str]]]:
    reading = extract.read(SAMPLES / name)
    return [[[c.text if c else "" for c in row] for row in b.grid()] for b in reading.blocks if isinstance(b, Table)]


def test_a_ruled_table_with_two_rows_of_heads() -> None:
    first = tables("north-lincolnshire-2019-20.pdf")[0]
    assert first[0] == ["Stage 1", "2017-18", "2017-18", "2018-19", "2018-19", "2019-20", "2019-20"]
    assert first[1][1:] == ["Number", "%"] * 3
    assert first[-1] == ["Total", "48", "100%", "36", "100%", "27", "100%"]


def test_a_borderless_table() -> None:
    outcomes = tables("birmingham-2021-22.pdf")[0]
    assert outcomes[0] == ["", "Stage 1", "Stage 2", "Stage 3"]
    assert ["Withdrawn", "16.5%", "2.0%", "7.1%"] in outcomes


def test_a_table_over_two_pages_is_one() -> None:
    reading = extract.read(SAMPLES / "birmingham-2021-22.pdf")
    (reasons,) = [b for b in reading.blocks if isinstance(b, Table) and any(c.text == "Reason" for c in b.cells)]
    assert reasons.shape == (28, 2)
    assert set(reasons.pages.values()) == {3}, "the rows below the page break know their page"


def test_bars_are_read_with_category_and_series() -> None:
    reading = extract.read(SAMPLES / "telford-and-wrekin-2023-24.pdf")
    by_year, by_service = [b for b in reading.blocks if isinstance(b, Chart)]
    assert [(b.category, b.label.text) for b in by_year.bars] == [
        ("2019/20", "50"),
        ("2020/21", "29"),
        ("2021/22", "24"),
        ("2022/23", "20"),
        ("2023/24", "23"),
    ]
    assert {(b.category, b.series): b.label.text for b in by_service.bars}[("Children in care", "Number upheld")] == "1"


def test_columns_of_words_and_figures_without_rulings(tmp_path: Path) -> None:
    """What camelot reads and our own alignment does not."""
    path = tmp_path / "teams.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 11)
    rows = [
        ("Team", "Lead officer", "Received", "Main outcome"),
        ("North Team", "A Smith", "12", "Mostly upheld"),
        ("South Team", "B Jones", "7", "Not upheld"),
        ("Fostering Service", "C Brown", "3", "Mixed picture"),
    ]
    for r, row in enumerate(rows):
        for x, text in zip((72, 220, 340, 420), row, strict=True):
            canvas.drawString(x, 720 - 20 * r, text)
    canvas.save()
    reading = extract.read(path)
    (table,) = [b for b in reading.blocks if isinstance(b, Table)]
    assert [[c.text if c else "" for c in row] for row in table.grid()] == [list(r) for r in rows]
    statement = next(s for s in extract.statements(reading) if s.printed == "7")
    assert (statement.rows, statement.columns) == (("South Team",), ("Received",))
    assert statement.box is not None and abs(statement.box[0] - 340) < 2


def test_running_footers_are_left_out() -> None:
    assert "Page 2" not in extract.read(SAMPLES / "birmingham-2021-22.pdf").text


def test_the_box_is_that_of_the_printed_number(samples: object) -> None:
    """The words in the box of every observation, taken from the page by PDFium, hold the printed value."""
    checked = 0
    for result in samples.results:  # type: ignore[attr-defined]
        document = pdfium.PdfDocument(result.document.path)
        for row in result.observations.itertuples():
            page = document[row.page - 1]
            x0, top, x1, bottom = map(float, row.bbox.split())
            height = page.get_height()
            words = page.get_textpage().get_text_bounded(x0 - 1, height - bottom - 1, x1 + 1, height - top + 1)
            value = f"{row.value:.10g}"
            spelled = {"2": "two", "3": "three", "9": "nine", "6": "six", "8": "eight", "20": "twenty", "0": "no"}.get(
                value, "-"
            )
            assert value in words.replace(",", "") or spelled in words.lower(), (row.document, row.value, words)
            checked += 1
    assert checked > 200


def test_a_rotated_landscape_page_reads_upright(tmp_path: Path) -> None:
    """A page drawn sideways and turned by /Rotate, as landscape annexes are: text in order, boxes as displayed."""
    path = tmp_path / "landscape.pdf"
    width, height = 595, 842
    canvas = Canvas(str(path), pagesize=(width, height))
    canvas.translate(width, 0)
    canvas.rotate(90)  # now x runs up the page: to the right, once it is turned
    canvas.setFont("Helvetica", 12)
    canvas.drawString(100, 400, "In 2023/24 there were 117 complaints at stage 1.")
    canvas.setPageRotation(90)
    canvas.save()
    (statement,) = [s for s in extract.statements(extract.read(path)) if s.printed == "117"]
    assert statement.sentence.startswith("In 2023/24 there were 117")
    assert statement.box is not None
    left = 100 + stringWidth("In 2023/24 there were ", "Helvetica", 12)
    assert abs(statement.box[0] - left) < 2
    assert abs(statement.box[3] - (width - 400)) < 6


@pytest.mark.parametrize(
    "text",
    [
        "| Stage | Number |\n|---|---|\n| Stage 1 | 27 |\n| Stage 2 | 5 |\n",
        "Stage\tNumber\nStage 1\t27\nStage 2\t5\n",
        "\tStage\n\tNumber\n\n\tStage 1\n\t27\n\n\tStage 2\n\t5\n\nText goes on.",
    ],
    ids=["pipes", "tabs", "a cell a line"],
)
def test_tables_in_text(text: str) -> None:
    (table,) = [b for b in blocks_of_text(text) if isinstance(b, Table)]
    assert [[c.text if c else "" for c in row] for row in table.grid()] == [
        ["Stage", "Number"],
        ["Stage 1", "27"],
        ["Stage 2", "5"],
    ]


def test_a_flattened_table_gets_its_heads_back() -> None:
    text = "Outcome\n\nStage 1 2017-18 2018-19\n\nNumber Percentage Number Percentage\n\nUpheld 2 4% 1 3%\n\nNot \nUpheld\n\n35 73% 31 86%\n\nTotal 37 77% 32 89%\n"
    (table,) = [b for b in blocks_of_text(text) if isinstance(b, Table)]
    rows = [[c.text if c else "" for c in row] for row in table.grid()]
    assert rows[0] == ["Stage 1", "2017-18", "2017-18", "2018-19", "2018-19"]
    assert rows[3] == ["Not Upheld", "35", "73%", "31", "86%"]


WEB_TABLES = {
    "limits of days within labels": (
        "Measure Q3 22/23 Q1 23/24\nReceived at stage 1 61 58\nAnswered within 10 working days 44 43\nIn 20 days (with the above) 33 (73%) 41 (68%)\n",
        [["Measure", "Q3 22/23", "Q1 23/24"], ["Received at stage 1", "61", "58"], ["Answered within 10 working days", "44", "43"],
         ["In 20 days (with the above)", "33 (73%)", "41 (68%)"]],
    ),
    "long labels": (
        "Financial year 2020-21 2019-20 2018-19\nNumber of these complaints that were put down as justified (it was accepted that the fault was ours) 98 170 318\n"
        "Number of complaints received 702 688 570\n",
        [["Financial year", "2020-21", "2019-20", "2018-19"],
         ["Number of these complaints that were put down as justified (it was accepted that the fault was ours)", "98", "170", "318"],
         ["Number of complaints received", "702", "688", "570"]],
    ),
    "words that go with the year behind them": (
        "Table 1: Stage 1 complaints by department\nDepartment 15/16 16/17 In time 16/17\nCorporate Services 199 176 91%\nEnvironment 604 551 79%\n",
        [["Department", "15/16", "16/17", "In time 16/17"], ["Corporate Services", "199", "176", "91%"], ["Environment", "604", "551", "79%"]],
    ),
    "a cell a line in groups": (
        "Year\nQ1\nQ2\nComplaints received\n13/14\n97\n171\n14/15\n246\n208\nAnswered in time\n13/14\n96.1%\n97.0%\n14/15\n95.5%\n93.8%\n",
        [["Year", "Q1", "Q2"], ["Complaints received", "", ""], ["13/14", "97", "171"], ["14/15", "246", "208"], ["Answered in time", "", ""],
         ["13/14", "96.1%", "97.0%"], ["14/15", "95.5%", "93.8%"]],
    ),
    "rows with any number of blank lines between their cells": (
        "Directorate\n\n2015/16\n\n2016/17\n\n \n\nBusiness Services\n\n402\n\n455\n\n \n\n \n\nCentral Services\n\n148\n\n120\n\n",
        [["Directorate", "2015/16", "2016/17"], ["Business Services", "402", "455"], ["Central Services", "148", "120"]],
    ),
    "figures over their labels": (
        "Who complained\n47\n12\n9\nParent\nGrandparent\nFoster carer\n\n",
        [["Parent", "47"], ["Grandparent", "12"], ["Foster carer", "9"]],
    ),
    "heads over years that repeat": (
        "Statutory Corporate\n2021-22 2022-23 2021-22 2022-23\nStage 1 33 28 61 77\nStage 2 3 4 9 14\n",
        [["", "Statutory", "Statutory", "Corporate", "Corporate"], ["", "2021-22", "2022-23", "2021-22", "2022-23"],
         ["Stage 1", "33", "28", "61", "77"], ["Stage 2", "3", "4", "9", "14"]],
    ),
    "parts of years beside years": (
        "Apr-Sep 14 Apr-Sep 15 2013/14 2014/15\nNew Stage 1s 38 51 69 82\nNew Stage 2s 2 4 3 5\n",
        [["", "Apr-Sep 14", "Apr-Sep 15", "2013/14", "2014/15"], ["New Stage 1s", "38", "51", "69", "82"], ["New Stage 2s", "2", "4", "3", "5"]],
    ),
    "groups of two rows with a cell a line": (
        "First reply\nStatutory\n13\nLocal\n18\nSecond reply\nStatutory\n71\nLocal\n24\n\n",
        [["", ""], ["First reply", ""], ["Statutory", "13"], ["Local", "18"], ["Second reply", ""], ["Statutory", "71"], ["Local", "24"]],
    ),
    "calendar years as labels": (
        "Year Received Upheld Withdrawn\n2019 21 14 3\n2020 24 13 2\n",
        [["Year", "Received", "Upheld", "Withdrawn"], ["2019", "21", "14", "3"], ["2020", "24", "13", "2"]],
    ),
    "numbered rows with a cell a line": (
        "Stage\n\n2021/22\n\n2022/23\n\n1\n\n118\n\n134\n\n2\n\n11\n\n15\n\n",
        [["Stage", "2021/22", "2022/23"], ["Stage 1", "118", "134"], ["Stage 2", "11", "15"]],
    ),
    "rows that blank lines part": (
        "Within 10 working days\n31\n37%\n\n11 to 20 working days\n29\n35%\n\nOver 20 working days\n24\n29%\n\n",
        [["Within 10 working days", "31", "37%"], ["11 to 20 working days", "29", "35%"], ["Over 20 working days", "24", "29%"]],
    ),
    "slashes between heads and between figures": (
        "Upheld / Partly upheld / Not upheld\n\n10 / 12 / 27\n\n",
        [["Upheld", "10"], ["Partly upheld", "12"], ["Not upheld", "27"]],
    ),
    "commas between cells": (
        "Year, in 10 days, in 20 days, late\n2021/22, 38, 41, 27\n2022/23, 35, 52, 31\n\n",
        [["Year", "in 10 days", "in 20 days", "late"], ["2021/22", "38", "41", "27"], ["2022/23", "35", "52", "31"]],
    ),
    "years over figures": ("07/08 08/09 09/10\n49 55 60\n\n", [["07/08", "49"], ["08/09", "55"], ["09/10", "60"]]),
    "figures under stacked periods": ("Compliments\nQ1\nQ2\n96\n104\n", [["", "Q1", "Q2"], ["Compliments", "96", "104"]]),
    "all on one line": (
        "Table 2 Complaints by stage 2012/13 2013/14 Stage 1 60 52 Stage 2 3 4 Total 63 56 3.2 It may be that the fall is owed to the new desk.\n",
        [["", "2012/13", "2013/14"], ["Stage 1", "60", "52"], ["Stage 2", "3", "4"], ["Total", "63", "56"]],
    ),
    "bars with blank lines between": (
        "Period | Stage 1 | Stage 2\n\nOct 2018 – Mar 2019 | 204 | 25\n\nApr – Sept 2019 | 251 | 21\n",
        [["Period", "Stage 1", "Stage 2"], ["Oct 2018 – Mar 2019", "204", "25"], ["Apr – Sept 2019", "251", "21"]],
    ),
    "a label that leaves one space": (
        "            18-19   19-20   20-21\nStage 1     68      77      59\nStage 2     6       9       4\nCompliments 40      36      55\n",
        [["", "18-19", "19-20", "20-21"], ["Stage 1", "68", "77", "59"], ["Stage 2", "6", "9", "4"], ["Compliments", "40", "36", "55"]],
    ),
    "years under each label": (
        "Place and Economy\n2023/24: 688\n2024/25: 641\nCustomer Services\n2023/24: 96\n2024/25: 73\n",
        [["", "2023/24", "2024/25"], ["Place and Economy", "688", "641"], ["Customer Services", "96", "73"]],
    ),
    "heads that stand elsewhere than their figures": (
        "                        07/08    08/09    09/10\nCompliments      412      388      467\nMP letters            590      623      601\n",
        [["", "07/08", "08/09", "09/10"], ["Compliments", "412", "388", "467"], ["MP letters", "590", "623", "601"]],
    ),
    "labels that wrap above their figures": (
        "                   Stage 1    Stage 2\nCommunities and\nenvironment           642       49\nChildren and Young\nPeople               388       61\n",
        [["", "Stage 1", "Stage 2"], ["Communities and environment", "642", "49"], ["Children and Young People", "388", "61"]],
    ),
    "names of groups between rows": (
        "            2022-23   2023-24\nStatutory\nStage 1        61        57\nStage 2         4         6\nCorporate\nStage 1        24        31\n",
        [["", "2022-23", "2023-24"], ["Statutory", "", ""], ["Stage 1", "61", "57"], ["Stage 2", "4", "6"], ["Corporate", "", ""], ["Stage 1", "24", "31"]],
    ),
    "uneven tabs, two cells under some heads": (
        "\t\t\t\t2013-14\t\t2014-15\nStage 1\t\t\t50\t\t61\nWithin 10 days\t33\t66%\t35\t57%\n",
        [["", "2013-14", "2013-14", "2014-15", "2014-15"], ["Stage 1", "50", "", "61", ""], ["Within 10 days", "33", "66%", "35", "57%"]],
    ),
    "tabs without the corner": (
        "2023-24\t2022-23\t2021-22\nMother\t38\t30\t33\nFather\t17\t21\t14\n",
        [["", "2023-24", "2022-23", "2021-22"], ["Mother", "38", "30", "33"], ["Father", "17", "21", "14"]],
    ),
    "the legend of a chart": (
        "■ Upheld ■ Part ■ Not upheld\n2019/20 25 27 48\n2020/21 20 34 46\n",
        [["", "Upheld", "Part", "Not upheld"], ["2019/20", "25", "27", "48"], ["2020/21", "20", "34", "46"]],
    ),
    "a chart with its scale": (
        "Delay\nStaff attitude /\nconduct\nLack of commun-\nication\nContact\n0  5  10  15  20\n14 7 19 2\n",
        [["Delay", "14"], ["Staff attitude / conduct", "7"], ["Lack of communication", "19"], ["Contact", "2"]],
    ),
    "heads in lower case": (
        "Directorate stage one stage two total % within timescales\nChildren, Families and Schools 14 2 16 81%\nPublic Health 0 0 0 n/a\n",
        [["Directorate", "stage one", "stage two", "total", "% within timescales"],
         ["Children, Families and Schools", "14", "2", "16", "81%"], ["Public Health", "0", "0", "0", "n/a"]],
    ),
    "limits of days as labels, under years and a word": (
        "Target 2018/19 2019/20\nWithin 10 days 44 35\nWithin 20 days 21 29\nOver 20 days 12 18\nTotal 77 82\n",
        [["Target", "2018/19", "2019/20"], ["Within 10 days", "44", "35"], ["Within 20 days", "21", "29"], ["Over 20 days", "12", "18"],
         ["Total", "77", "82"]],
    ),
    "counts with their shares": (
        "Who complained (stage 1, 2019/20)\nParents 41 59%\nFoster carers 12 17%\nYoung people 17 24%\n\n",
        [["Parents", "41", "59%"], ["Foster carers", "12", "17%"], ["Young people", "17", "24%"]],
    ),
    "numbers in the labels of a list": (
        "In the full year the team dealt with:\n\nStage 2 complaints received 8\nAnswered within 25 working days 3\n26 or more days 5\n\n",
        [["Stage 2 complaints received", "8"], ["Answered within 25 working days", "3"], ["26 or more days", "5"]],
    ),
}  # fmt: skip


def test_two_lists_side_by_side_are_two_tables() -> None:
    text = "Statutory          Corporate\nupheld     9      upheld     6\npartly    14      partly     5\n"
    tables = [[[c.text for c in row if c] for row in b.grid()] for b in blocks_of_text(text) if isinstance(b, Table)]
    assert tables == [[["upheld", "9"], ["partly", "14"]], [["upheld", "6"], ["partly", "5"]]]


def test_numbers_along_an_axis_are_no_figures() -> None:
    text = "Complaints by quarter\n\n40\n30\n20\n10\n0\n\nThere were 31 in the first, and 12 in the last.\n"
    said = " ".join(b.text for b in blocks_of_text(text) if isinstance(b, Paragraph | Heading))
    assert "40" not in said and "31" in said and "12" in said


@pytest.mark.parametrize("text, rows", WEB_TABLES.values(), ids=WEB_TABLES)
def test_tables_as_the_text_of_web_pages_gives_them(text: str, rows: list[list[str]]) -> None:
    (table,) = [b for b in blocks_of_text(f"{text}\nMore is said below.\n") if isinstance(b, Table)]
    assert [[c.text if c else "" for c in row] for row in table.grid()] == rows


@pytest.mark.parametrize(
    "text",
    [
        "In 2021/22 2022/23 figures were not yet known, and 14 complaints were received at stage 1.",
        "We compared 2021/22 with 2022/23: there were 14 and 15 complaints.",
        "Complaints rose in Q1 and Q2, from 31 to 44.",
        "Compliments Q1 Q2 96 104 113 letters of thanks",
        "Upheld 12/34 5/20 12 34 56",
        "Stage\n\n1\n\n118 complaints were received.\n\n2\n\n11 were.",
        "We looked at 2021/22, 38, 41 and 27 complaints.\nThere were, in all, 12, 14 and 19 more.",
    ],
)
def test_lines_with_several_periods_that_are_no_sound_table(text: str) -> None:
    assert not [b for b in blocks_of_text(text) if isinstance(b, Table)]


def test_headers_of_pages_go_and_lines_with_figures_stay() -> None:
    text = "Delay 31 36\n\nPage 10: Children's complaints report 2018/19\n\nPage 4: 31 complaints should read 36.\n"
    said = " ".join(b.text for b in blocks_of_text(text) if isinstance(b, Paragraph))
    assert "should read 36" in said and "2018/19" not in said


def test_numbered_headings_without_blank_lines() -> None:
    text = (
        "Complaints report 2018/19\n1. Why the Board has this paper\n1.1 The Board asked for it.\n2. Children's social care\n2.1 There were 40 complaints.\n"
        "3. Corporate complaints\nThere were 212 at stage 1.\n4 Findings at Stage 1\n4.1 Each is decided upon separately.\n"
    )
    said = [b.text for b in blocks_of_text(text) if isinstance(b, Heading)]
    assert said[-4:] == [
        "Why the Board has this paper",
        "Children's social care",
        "Corporate complaints",
        "Findings at Stage 1",
    ]


def test_key_figures_over_their_words_become_sentences() -> None:
    blocks = blocks_of_text("The year in numbers\n\n112\ncomplaints\n\n97\nthat we looked into at stage 1\n\n")
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == [
        "112 complaints",
        "97 that we looked into at stage 1",
    ]


def test_headings_and_lists_in_text() -> None:
    blocks = blocks_of_text("4. Timescales\n\nStage 1\n\n55% were answered within 10 working days.\n")
    assert [b.text for b in blocks if isinstance(b, Heading)] == ["Timescales", "Stage 1"]
