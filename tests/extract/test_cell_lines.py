"""Tables with a cell a line, as Word documents come out on web pages: heads and labels over several lines, empty cells."""

from __future__ import annotations

import pytest

from extract.model import Heading, Paragraph, Table
from extract.readers.text import blocks_of_text
from tests.extract.test_copied_tables import grids


def apart(*lines: str) -> str:
    """The lines with a blank one between them, as Word's web pages have them; an empty cell is a line of its own."""
    return "\n\n".join(lines) + "\n"


def test_heads_and_labels_may_go_on_in_the_next_line() -> None:
    text = apart(
        "Directorate", "Complaints", "received", "Upheld in", "whole or part", "In time", "(target 90%)",
        "Environment", "512", "231", "93%", "Children and", "family services", "88", "40", "71%",
    )  # fmt: skip
    assert grids(text) == [
        [
            ["Directorate", "Complaints received", "Upheld in whole or part", "In time (target 90%)"],
            ["Environment", "512", "231", "93%"],
            ["Children and family services", "88", "40", "71%"],
        ]
    ]


def test_heads_of_two_lines_each_are_put_together_where_there_are_as_many() -> None:
    text = apart(
        "Year", "Investigating", "officers", "Independent", "persons", "Review", "Panels", "Payments to", "complainants",
        "2022/23", "£18,200", "£6,410", "nil", "£2,150", "2021/22", "£11,940", "£3,820", "£1,310", "£800",
    )  # fmt: skip
    assert grids(text)[0][0] == [
        "Year", "Investigating officers", "Independent persons", "Review Panels", "Payments to complainants",
    ]  # fmt: skip


def test_each_head_may_be_closed_by_its_year() -> None:
    text = apart(
        "Service", "Stage 1", "2022/23", "Stage 1", "2021/22", "Upheld or", "partly upheld", "2022/23",
        "Highways", "610", "588", "240", "Housing", "377", "402", "181",
    )  # fmt: skip
    assert grids(text)[0][0] == ["Service", "Stage 1 2022/23", "Stage 1 2021/22", "Upheld or partly upheld 2022/23"]


def test_an_empty_cell_is_a_cell() -> None:
    text = apart("Service", "Stage 1", "Stage 2", "Total", "Fostering", "14", "2", "16", "Adoption", "5", " ", "5")
    assert grids(text) == [
        [
            ["Service", "Stage 1", "Stage 2", "Total"],
            ["Fostering", "14", "2", "16"],
            ["Adoption", "5", "", "5"],
        ]
    ]


def test_figures_in_brackets_under_a_year_in_brackets_are_its_own() -> None:
    text = apart("Statutory", "Local", "(2010/11)", "In time", "19", "44", "(58)", "Late", "12", "8", "(33)")
    assert grids(text)[0][1:] == [["In time", "19", "44", "58"], ["Late", "12", "8", "33"]]


def test_changes_with_arrows_are_cells() -> None:
    text = apart("+/-", "2021/22", "2020/21", "Complaints", "↑31%", "198", "151", "Compliments", "↓", "60", "71")
    assert grids(text)[0][1:] == [["Complaints", "↑31%", "198", "151"], ["Compliments", "↓", "60", "71"]]


@pytest.mark.parametrize(
    "title", ["2. Adult social care", "Table 4: Complaints by year", "Complaints by year and by team"]
)
def test_a_title_is_not_the_head_of_the_labels(title: str) -> None:
    text = apart(title, "Team", "2021/22", "2022/23", "Assessment", "41", "38", "Fostering", "9", "12")
    blocks = blocks_of_text(text)
    assert isinstance(blocks[0], Heading | Paragraph)
    assert [block for block in blocks if isinstance(block, Table)]
    assert grids(text)[0][0] == ["Team", "2021/22", "2022/23"]


def test_a_cell_may_be_of_lines_right_under_one_another() -> None:
    text = "Service\n\nReceived\n\nAverage days\nto resolve\n\nFostering\n\n14 (9)\n\n12\n(15)\n\nAdoption\n\n6 (8)\n\n9\n(7)\n\nTotal\n\n20 (17)\n\n11\n(13)\n"
    assert grids(text) == [
        [
            ["Service", "Received", "Average days to resolve"],
            ["Fostering", "14 (9)", "12 (15)"],
            ["Adoption", "6 (8)", "9 (7)"],
            ["Total", "20 (17)", "11 (13)"],
        ]
    ]


def test_the_last_row_may_have_no_label() -> None:
    text = apart("Area", "2009/10", "2008/09", "Corby", "37", "29", "Kettering", "26", "30", "63", "59")
    assert grids(text)[0][1:] == [["Corby", "37", "29"], ["Kettering", "26", "30"], ["", "63", "59"]]


def test_a_head_is_put_to_the_year_under_it() -> None:
    text = apart(
        "Directorate", "Received", "2012-13", "Received", "2011-12", "Closed within", "10 working", "days (%)",
        "Housing", "318", "402", "71", "Highways", "547", "489", "88",
    )  # fmt: skip
    assert grids(text)[0][0] == [
        "Directorate",
        "Received 2012-13",
        "Received 2011-12",
        "Closed within 10 working days (%)",
    ]


def test_what_fits_in_no_one_way_is_no_table() -> None:
    text = apart("Team", "Received", "Upheld", "Late", "Assessment", "41", "38", "Fostering", "9", "12")
    assert not any(row[0] == "Team" for grid in grids(text) for row in grid)


def test_a_name_before_empty_cells_is_that_of_a_group() -> None:
    empty = (" ", " ")
    text = apart(
        "Department", "2022/23", "2021/22", "Adult Services", *empty, "Complaints", "402", "371", "Compliments", "655", "590",
        "Children's Services", *empty, "Complaints", "518", "447", "Compliments", "187", "203",
    )  # fmt: skip
    assert grids(text) == [
        [
            ["Department", "2022/23", "2021/22"],
            ["Adult Services", "", ""],
            ["Complaints", "402", "371"],
            ["Compliments", "655", "590"],
            ["Children's Services", "", ""],
            ["Complaints", "518", "447"],
            ["Compliments", "187", "203"],
        ]
    ]
