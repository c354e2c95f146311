"""Tables as a page's text gives them when it is copied: each is read back as the grid that was printed."""

from __future__ import annotations

import pytest

from extract.model import Reading, Table
from extract.readers.text import blocks_of_text
from extract.statements import statements
from extract.tables.even import even_table


def grids(text: str) -> list[list[list[str]]]:
    """The texts of each table, row by row."""
    tables = [b for b in blocks_of_text(text) if isinstance(b, Table)]
    return [[["" if c is None else c.text for c in row] for row in t.grid()] for t in tables]


TEAMS = [
    ["Team", "2021/22", "2022/23"],
    ["Assessment", "41", "38"],
    ["Looked After Children & Leaving Care", "36", "39"],
    ["Disabled Children's Team", "18", "20"],
    ["Total", "95", "97"],
]


@pytest.mark.parametrize(
    "text",
    [
        "Team 2021/22 2022/23\nAssessment 41 38\nLooked After Children\n& Leaving Care 36 39\n"
        "Disabled Children's\nTeam 18 20\nTotal 95 97\n",
        "Team\t2021/22\t2022/23\nAssessment\t41\t38\nLooked After Children\n& Leaving Care\t36\t39\n"
        "Disabled Children's\nTeam\t18\t20\nTotal\t95\t97\n",
        "Team | 2021/22 | 2022/23\nAssessment | 41 | 38\nLooked After Children\n& Leaving Care | 36 | 39\n"
        "Disabled Children's\nTeam | 18 | 20\nTotal | 95 | 97\n",
        "Team                     2021/22   2022/23\nAssessment                 41        38\nLooked After Children\n"
        "& Leaving Care             36        39\nDisabled Children's\nTeam                       18        20\n"
        "Total                      95        97\n",
        "Team                     2021/22   2022/23\nAssessment\n                           41        38\n"
        "Looked After Children & Leaving Care\n                           36        39\n"
        "Disabled Children's Team\n                           18        20\nTotal\n                           95        97\n",
        "Team\nAssessment\nLooked After Children & Leaving Care\nDisabled Children's Team\nTotal\n\n2021/22 2022/23\n41 38\n36 39\n18 20\n95 97\n",
    ],
    ids=["one space", "tabs", "bars", "columns", "figures below", "labels first"],
)
def test_labels_that_wrap_or_stand_apart_are_put_to_their_figures(text: str) -> None:
    assert grids(text) == [TEAMS]


def test_the_name_of_a_group_of_rows_is_no_beginning_of_a_label() -> None:
    text = "Outcome 2021/22 2022/23\nStatutory complaints\nUpheld 14 19\nNot upheld 40 37\nCorporate complaints\nUpheld 3 5\nNot upheld 9 8\n"
    (grid,) = grids(text)
    assert [row[0] for row in grid] == [
        "Outcome", "Statutory complaints", "Upheld", "Not upheld", "Corporate complaints", "Upheld", "Not upheld",
    ]  # fmt: skip


def test_a_word_that_has_slipped_into_a_row_of_its_own_joins_no_label() -> None:
    text = "Measure\t2021/22\t2022/23\nAnswered in time\t80%\t67%\nWorse\nUpheld\t41%\t35%\nWorse\nEscalated\t5%\t9%\n"
    (grid,) = grids(text)
    assert [row[0] for row in grid] == ["Measure", "Answered in time", "Worse", "Upheld", "Worse", "Escalated"]


def test_a_table_without_heads_stands_under_those_of_the_one_before() -> None:
    text = (
        "                2020/21    2021/22    2022/23    Change\nStage 1         246        239        261        +9%\nStage 2         33         30         34         +13%\n\n"
        "Answered on time\nStage 1         79%        85%        86%\nStage 2         77%        76%        80%\n"
    )
    first, second = grids(text)
    assert second[0][1:] == first[0][1:-1] == ["2020/21", "2021/22", "2022/23"]


def test_rows_that_are_called_otherwise_take_no_heads() -> None:
    text = (
        "                2020/21    2021/22    Change\nStage 1         246        239        -3%\nStage 2         33         30         -9%\n\n"
        "By channel\nEmail           140        120\nTelephone       106        119\n"
    )
    assert grids(text)[1][0][1:] == ["140", "120"]


def test_records_of_a_name_and_labelled_figures_are_a_table() -> None:
    text = "Team: Assessment\nComplaints: 14     Upheld: 5      In time: 9\nTeam: Looked After Children\n(two teams)\nComplaints: 9      Upheld: 4      In time: 7\n"
    assert grids(text) == [
        [["", "Complaints", "Upheld", "In time"], ["Assessment", "14", "5", "9"], ["Looked After Children (two teams)", "9", "4", "7"]]
    ]  # fmt: skip


def test_a_title_and_shortened_heads_right_over_the_rows() -> None:
    text = (
        "B4 Theme, statutory and corporate\n Stat. Corp.\nPoor communication 24 12\nDelay 10 33\nStaff behaviour 19 4\n"
    )
    (grid,) = grids(text)
    assert grid[0][-2:] == ["Stat.", "Corp."]
    assert grid[-1] == ["Staff behaviour", "19", "4"]


def test_the_days_of_a_label_are_none_of_its_figures() -> None:
    text = "Table 4\n 2016/17 2017/18 2018/19\nWithin 10 working days 44 39 52\n20 working days 31 36 27\nTotal responses 75 75 79\n"
    (grid,) = grids(text)
    assert grid[1] == ["Within 10 working days", "44", "39", "52"]


def test_a_bar_at_the_left_may_mean_an_empty_label() -> None:
    text = "Unit | St 1 | St 2\nDuty | 11 | 1\nFostering | 4 | 0\n | 15 | 1\n"
    assert grids(text)[0][-1] == ["", "15", "1"]


def test_columns_in_turn_with_those_of_years_are_of_the_year_at_their_left() -> None:
    from normalise.reading.headings import completed  # noqa: PLC0415

    text = "Subject\t2021/22\tof which upheld\t2022/23\tof which upheld\nDelay\t26\t11\t19\t9\nConduct\t21\t6\t25\t10\n"
    found = completed([s for s in statements(Reading(blocks_of_text(text), 1)) if s.rows])
    assert {s.printed: s.columns[0] for s in found if s.rows == ("Delay",)} == {
        "26": "2021/22", "11": "2021/22", "19": "2022/23", "9": "2022/23",
    }  # fmt: skip


def test_a_running_title_is_kept_where_the_text_opens_with_it() -> None:
    from normalise.reading.frontmatter import recognise  # noqa: PLC0415

    text = "Complaints about children's social care\nApril 2020 – March 2021                 page 4 of 13\n\nWe received 64 complaints, of which 7 were carried into 2021/22.\n"
    assert recognise(Reading(blocks_of_text(text), 1), "report").period == "2020-21"


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        (
            "Directorate 2020/ 2021/ 2022/\n 21 22 23\nPlace 655 590 492\nPeople 37 58 49\n",
            [["Directorate", "2020/21", "2021/22", "2022/23"], ["Place", "655", "590", "492"], ["People", "37", "58", "49"]],
        ),
        (
            '"Measure","2009/2010","2010/2011"\n"Comments","17","9"\n"Compliments","52","66"\n',
            [["Measure", "2009/2010", "2010/2011"], ["Comments", "17", "9"], ["Compliments", "52", "66"]],
        ),
        (
            "Upheld15\nPartially upheld26\nNot upheld30 (40%)\n",
            [["Upheld", "15"], ["Partially upheld", "26"], ["Not upheld", "30 (40%)"]],
        ),
        (
            "Period\n2011/12\n2012/13\nUpheld\nNot upheld\n12\n37\n19\n40\n",
            [["", "2011/12", "2012/13"], ["Upheld", "12", "19"], ["Not upheld", "37", "40"]],
        ),
        (
            "Adult Care    Benefits    Education &     Housing\nServices      and Tax     Children\n4             6           9               11\n",
            [["Adult Care Services", "4"], ["Benefits and Tax", "6"], ["Education & Children", "9"], ["Housing", "11"]],
        ),
        (
            "North: received 48 (51), in time 71% (60%)\nSouth: received 57 (42), in time 58% (69%)\n",
            [["", "Received", "In time"], ["North", "48 (51)", "71% (60%)"], ["South", "57 (42)", "58% (69%)"]],
        ),
        (
            "2012-13 2013-14\nChildren Act Stage 1 36 42\nStage 2 3 2\nCorporate Stage 1 51 44\nStage 2 8 9\n",
            [
                ["", "2012-13", "2013-14"], ["Children Act Stage 1", "36", "42"], ["Children Act Stage 2", "3", "2"],
                ["Corporate Stage 1", "51", "44"], ["Corporate Stage 2", "8", "9"],
            ],
        ),
        (
            "Team            2021/22    2022/23\nDuty               6          9\nFostering          5          3\n----------------------------------\nTOTAL             11         12\n",
            [["Team", "2021/22", "2022/23"], ["Duty", "6", "9"], ["Fostering", "5", "3"], ["TOTAL", "11", "12"]],
        ),
        (
            "            ¦ Stage 1       ¦ Stage 2\nDepartment  ¦ 17/18 ¦ 18/19 ¦ 17/18 ¦ 18/19\n------------+-------+-------+-------+------\nWaste       ¦ 188 ¦ 231 ¦ 11 ¦ 14\n",
            [
                ["", "Stage 1", "Stage 1", "Stage 2", "Stage 2"], ["Department", "17/18", "18/19", "17/18", "18/19"],
                ["Waste", "188", "231", "11", "14"],
            ],
        ),
        (
            "Y e a r     U p h e l d     N o t\n2019/20     17              36\n2020/21     10              25\n",
            [["Year", "Upheld", "Not"], ["2019/20", "17", "36"], ["2020/21", "10", "25"]],
        ),
    ],
    ids=["years broken", "quoted", "no gaps", "by column", "tall heads", "records in a line", "groups once", "drawn rule", "heads over bars", "letters apart"],
)  # fmt: skip
def test_what_a_layout_took_apart_is_put_together(text: str, grid: list[list[str]]) -> None:
    assert grids(text) == [grid]


def test_two_lists_beside_one_another_may_differ_in_length() -> None:
    text = "ADULTS                        CHILDREN\n\nComplaints  88 (102)          Complaints  71 (64)\n                              Within 10 days  33 (35)\nUpheld  25 (37)               Upheld  15 (12)\n"
    assert grids(text) == [
        [["Complaints", "88 (102)"], ["Upheld", "25 (37)"]],
        [["Complaints", "71 (64)"], ["Within 10 days", "33 (35)"], ["Upheld", "15 (12)"]],
    ]


def test_a_field_a_line_and_cells_that_wrap_are_tables() -> None:
    fields = "Stage: Stage 1\nThis year: 126\nLast year: 109\nStage: Stage 2\nThis year: 12\nLast year: 15\n"
    assert grids(fields) == [[["Stage", "This year", "Last year"], ["Stage 1", "126", "109"], ["Stage 2", "12", "15"]]]
    cells = "Reason for\ncomplaint\nNumber\n2018/19\nNumber\n2017/18\nConduct of\nstaff\n22\n27\nDelay in\nproviding a\nservice\n9\n12\n"
    assert grids(cells) == [
        [["Reason for complaint", "Number 2018/19", "Number 2017/18"], ["Conduct of staff", "22", "27"], ["Delay in providing a service", "9", "12"]]
    ]  # fmt: skip


def test_bars_of_signs_are_no_part_of_a_label() -> None:
    assert grids("E-mail ■■■■■■■ 41\nPhone ■■■ 12\nLetter ■ 4\n") == [
        [["E-mail", "41"], ["Phone", "12"], ["Letter", "4"]]
    ]


def test_a_long_line_of_dashes_is_looked_through_once() -> None:
    """With a pattern that tries every way to part the dashes this would not end."""
    assert grids("-" * 5_000 + " x\n" + "- " * 2_000 + "x\n") == []


def test_a_count_its_share_and_the_share_of_the_year_before_are_one_cell() -> None:
    text = (
        "Totals of 2022/23 are in brackets.\n\nLocality Complaints Upheld at least in part Average days\n"
        "North 58 (49)      31 = 53%    (47%) 27 (31)\nSouth 71 (74) 40 = 56% (51%) 33 (29)\nWest 44 (40) 17 = 39% (–) 24 (24)\n"
    )
    (grid,) = grids(text)
    assert grid[0] == ["Locality", "Complaints", "Upheld at least in part", "Average days"]
    assert grid[1] == ["North", "58 (49)", "31 = 53% (47%)", "27 (31)"]
    read = {(s.printed, s.columns) for s in statements(Reading(blocks_of_text(text), 1)) if s.rows == ("North",)}
    assert ("53%", ("Upheld at least in part",)) in read
    assert ("47%", ("Totals of 2022/23 are in brackets", "Upheld at least in part")) in read


def test_what_brackets_mean_may_be_said_under_the_table() -> None:
    text = "Team | Complaints | Upheld |\n---|---|---|\nNorth | 58 (49) | 31 (20) |\nSouth | 71 (74) | 40 (44) |\n\nBrackets: 2022/23.\n"
    read = {(s.printed, s.columns) for s in statements(Reading(blocks_of_text(text), 1)) if s.rows == ("South",)}
    assert ("74", ("Brackets: 2022/23", "Complaints")) in read


def test_square_brackets_that_are_explained_leave_round_ones_alone() -> None:
    text = (
        "Upheld by team (last year's percentage in square brackets)\n\nTeam | Upheld |\n---|---|\n"
        "North | 31 (53%) [47%] |\nSouth | 40 (56%) [51%] |\n"
    )
    read = {s.printed: s.columns for s in statements(Reading(blocks_of_text(text), 1)) if s.rows == ("North",)}
    assert read["53%"] == ("Upheld",)
    assert read["47%"][-1] == "Upheld"
    assert "square" in read["47%"][0]


def test_the_years_of_a_chart_may_stand_under_its_rows() -> None:
    text = "Payments by stage\n\nStage 1 £1,180 £2,045 £1,760\nStage 2 £4,900 £3,675 £6,120\n 2016/17 2017/18 2018/19\n\nText.\n"
    assert grids(text) == [
        [
            ["", "2016/17", "2017/18", "2018/19"],
            ["Stage 1", "£1,180", "£2,045", "£1,760"],
            ["Stage 2", "£4,900", "£3,675", "£6,120"],
        ]
    ]


@pytest.mark.parametrize(
    ("head", "row", "heads"),
    [
        ("Directorate Stage 1 On time % Upheld %", "Housing 9 89 33", ["Directorate", "Stage 1", "On time %", "Upheld %"]),
        (
            "Year Stage 1 Stage 2 % Stage 1 in 10 days % Stage 1 in 20 days",
            "2007/08 203 24 44 70",
            ["Year", "Stage 1", "Stage 2", "% Stage 1 in 10 days", "% Stage 1 in 20 days"],
        ),
        (
            "Service Received 22/23 Received 23/24 Upheld or partly upheld % upheld Answered in 10 working days",
            "Housing 41 52 23 44% 71%",
            ["Service", "Received 22/23", "Received 23/24", "Upheld or partly upheld", "% upheld", "Answered in 10 working days"],
        ),
        (
            "Council Investigations Upheld Upheld per 100,000",
            "Housing 22 17 24.3",
            ["Council", "Investigations", "Upheld", "Upheld per 100,000"],
        ),
        ("Up to 10 days 11-20 days Over 20 days", "Housing 27 22 12", ["", "Up to 10 days", "11-20 days", "Over 20 days"]),
    ],
)  # fmt: skip
def test_heads_in_one_line_are_cut_where_their_columns_are(head: str, row: str, heads: list[str]) -> None:
    text = f"{head}\n{row}\n{row.replace('Housing', 'Highways').replace('2007/08', '2008/09')}\n"
    assert grids(text)[0][0] == heads


def test_a_last_row_may_be_shorter_than_the_others() -> None:
    rows = "Fostering    14    20%\nAdoption     5    7%\nCare         51    73%\n"
    assert grids(f"Team      Number    Share\n{rows}All teams     70\n")[0][-1] == ["All teams", "70", ""]
    shares_under_shares = f"Team      Number    Share\n{rows}All teams     70%\n".splitlines()
    assert even_table(shares_under_shares, 0)[0] == []


def test_a_table_is_introduced_by_the_sentence_that_announces_it() -> None:
    text = (
        "The table gives the complaints logged at Stage 1. Statutory complaints do not figure here.\n\n"
        "Team\tComplaints\nFostering\t14\nAdoption\t5\n"
    )
    found = statements(Reading(blocks_of_text(text), 1))
    assert {s.caption for s in found if s.columns} == {"The table gives the complaints logged at Stage 1."}
