"""Numbers in text and cells."""

from __future__ import annotations

import pytest

from extract.numerals import cell_mentions, mentions


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
