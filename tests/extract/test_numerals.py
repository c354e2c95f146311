"""Numbers in text and cells."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import extract
from extract.layout import text_passage
from extract.numerals import cell_mentions, mentions
from extract.words import any_of, words_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35 (29%) were upheld", [(35, "number"), (29, "percent")]),
        ("1,967 plans and 12 451 assessments", [(1967, "number"), (12451, "number")]),
        ("35 per cent of them", [(35, "percent")]),
        ("Twenty-one complaints", [(21, "number")]),
        ("£143,177.96 was paid", [(143177.96, "money")]),
        ("No complaints were received", [(0, "number")]),
        ("an average of 28.81 working days", [(28.81, "working_days")]),
        ("2/7 were upheld", [(2, "number"), (7, "number")]),
    ],
)
def test_statistics_are_found_with_their_kind(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(m.value, m.kind) for m in mentions(text) if m.statistic] == expected


@pytest.mark.parametrize(
    "text",
    [
        "between 1 April 2022 and 31 March 2023",
        "in 2022/23 and 2022 – 2023",
        "Section 24(D) and 26 of the Children Act 1989",
        "at stage 1 and at Stage Two",
        "see Appendix 2 and Chart 4",
        "due to COVID-19",
        "https://example.gov.uk/page/12345",
        "a three-stage procedure",
    ],
)
def test_what_is_no_statistic_is_known_as_such(text: str) -> None:
    assert [m.printed for m in mentions(text) if m.statistic] == []


def test_a_suppressed_number_keeps_its_bounds() -> None:
    (mention,) = [m for m in mentions("<5 complaints came from carers") if m.statistic]
    assert (mention.value, mention.low, mention.high) == (None, 1, 4)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("35 (29%)", [35, 29]),
        ("14.3%", [14.3]),
        ("£1,400.00", [1400]),
        ("28.81 Working Days", [28.81]),
        ("50% (1/2)", [50, 1]),
        ("nil", [0]),
        ("2019/20", []),
        ("Upheld", []),
        ("2-3", []),
    ],
)
def test_cells(cell: str, expected: list[float]) -> None:
    assert [m.value for m in cell_mentions(cell)] == expected


def test_a_mark_of_a_footnote_is_no_number_and_last_years_figure_in_brackets_is_one() -> None:
    assert [m.printed for m in mentions("[1] We upheld 45 complaints[2] and closed 12[3] more.") if m.statistic] == [
        "45",
        "12",
    ]
    assert [m.printed for m in mentions("We upheld 45 [31] complaints.") if m.statistic] == ["45", "31"]


def test_digits_with_something_invisible_between_them_are_one_number() -> None:
    assert [
        m.value for m in mentions(text_passage("We upheld 1\u200b2\u200b3 of 4\u00ad5\u20600.").text) if m.statistic
    ] == [123.0, 450.0]


def test_figures_in_brackets_belong_to_the_year_in_brackets_over_them(tmp_path: Path) -> None:
    rows = "Procedure\t2022/23 (2021/22)\tOpen\nCorporate\t612 (548)\t3\nAdults\t54 (61)\t4\nChildren\t63 (57)\t5\n"
    (tmp_path / "report.txt").write_text(rows)
    found = [(s.printed, s.columns[-1]) for s in extract.statements(extract.read(tmp_path / "report.txt"))]
    assert ("612", "2022/23") in found
    assert ("548", "2021/22") in found


def test_every_word_of_a_list_is_found_by_its_pattern_and_every_list_is_used() -> None:
    rows = list(csv.DictReader((ROOT / "extract" / "words.csv").read_text(encoding="utf-8").splitlines()))
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "extract").rglob("*.py"))
    for row in rows:
        assert all(re.fullmatch(any_of(row["list"]), word) for word in words_of(row["list"]))
        assert re.search(any_of(row["list"]), row["example"], re.IGNORECASE), row
        assert f"""_of('{row["list"]}')""" in code or f"""_of("{row["list"]}")""" in code, row["list"]
