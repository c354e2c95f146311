"""Which words of a sentence belong to which number."""

from __future__ import annotations

from extract.layout import text_passage
from extract.sentences import statements_of
from extract.statement import Statement


def read(text: str) -> dict[str, Statement]:
    return {s.printed: s for s in statements_of(text_passage(text), "p", (), "", [], False) if not s.ignored}


def test_each_number_has_its_own_clause() -> None:
    found = read("8 were answered in ten days and 11 were answered late.")
    assert "late" not in found["8"].clause
    assert "late" in found["11"].clause


def test_a_share_in_brackets_says_the_same_as_its_count() -> None:
    found = read("234 complaints (65%) were considered under the statutory procedure, while 128 (35%) were not.")
    assert found["65%"].clause == found["234"].clause
    assert "128" not in found["234"].clause


def test_the_older_of_two_numbers_is_a_comparison() -> None:
    found = read("36 complaints were received, compared to 66 last year.")
    assert found["66"].comparison and not found["36"].comparison
    found = read("The number rose from 47 in 2020/21 to 50.")
    assert found["47"].comparison and not found["50"].comparison
    found = read("The share fell to 13.8% (from 15.2% in 2020/21).")
    assert found["15.2%"].comparison and not found["13.8%"].comparison


def test_changes_and_timescales_are_no_statistics() -> None:
    reasons = {
        s.printed: s.ignored
        for s in statements_of(
            text_passage("An increase of 16.8%, and 25% fewer than before. Answers are due within 10 working days."),
            "p",
            (),
            "",
            [],
            False,
        )
    }
    assert reasons["16.8%"] == "change"
    assert reasons["25%"] == "change"
    assert reasons["10 working days"] == "timescale"


def test_names_before_numbers_in_a_list() -> None:
    found = read("The teams were: North (44); Disabled Children (37); South (34).")
    assert "Disabled Children" in found["37"].clause
    assert "Disabled Children" not in found["34"].clause
