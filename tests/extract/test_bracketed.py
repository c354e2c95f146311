"""Cells of two figures: which they are, and what the one in brackets is."""

from __future__ import annotations

import pytest

from extract import statements
from extract.bracketed import Bracketed, named_figures, two_figures, whose_brackets
from extract.model import Reading
from extract.readers.text import blocks_of_text

TEAMS = "Duty 38 (41)\nFieldwork North 21 (16)\nFostering 6 (n/a)\n"


def read(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(s.printed, s.rows, s.columns) for s in statements(Reading(blocks_of_text(text), 1)) if s.rows]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("88 (97)", [[88], [97]]),
        ("17% [21%]", [[17], [21]]),
        ("21 (n/a)", [[21], []]),
        ("31 = 53% (47%)", [[31, 53], [47]]),
        ("31 (53%) [47%]", [[31, 53], [47]]),
        ("(14)", [[], []]),
        ("Q1 (Q2)", [[], []]),
    ],
)
def test_two_figures_of_a_cell(text: str, values: list[list[float]]) -> None:
    assert [[m.value for m in figures] for figures in two_figures(text)] == values


@pytest.mark.parametrize(
    ("text", "values", "name"),
    [
        ("58 (2010/11: 47)", [58, 47], "2010/11"),
        ("26.4 (last year 22.8)", [26.4, 22.8], "last year"),
        ("(2010/11 - 47)", [47], "2010/11"),
        ("64 (about delay)", [], ""),
    ],
)
def test_a_figure_that_brackets_name(text: str, values: list[float], name: str) -> None:
    found, named = named_figures(text)
    assert ([m.value for m in found], named) == (values, name)


def test_periods_of_a_caption_stand_over_both_figures() -> None:
    found = read(f"Complaints by team, 2023-24 (2022-23)\n\n{TEAMS}")
    assert ("38", ("Duty",), ("2023-24",)) in found and ("41", ("Duty",), ("2022-23",)) in found
    assert ("6", ("Fostering",), ("2023-24",)) in found


def test_a_sentence_before_the_table_says_what_stands_in_brackets() -> None:
    found = read(f"The table shows the teams. Last year's figures are in brackets.\n\n{TEAMS}")
    assert ("38", ("Duty",), ()) in found
    assert any(printed == "41" and "Last year's figures are in brackets" in columns for printed, _, columns in found)


def test_a_figure_in_brackets_that_nothing_explains_is_left_out() -> None:
    assert [printed for printed, *_ in read(TEAMS)] == ["38", "21", "6"]


def test_what_is_said_of_brackets_is_in_force_for_them_alone() -> None:
    text = "Figures in brackets are those for 2006/07. We received 110 (108). Of these 31 were justified."
    (last,) = [s for s in statements(Reading(blocks_of_text(text), 1)) if s.printed == "31"]
    assert not any("2006/07" in sentence for sentence in last.context)


def test_nothing_is_said_of_one_period_alone() -> None:
    assert Bracketed.of(["Outcomes (2022/23)"]) == Bracketed()


def test_brackets_that_a_sentence_explains_are_explained_wherever_they_stand() -> None:
    text = (
        "Last year's figures are in brackets.\n\nStage 2 took in 58 (64), of which 67% were on time (70%). "
        "It took 19 working days on average (23). 12 (21%) were upheld.\n"
    )
    found = {s.printed: s for s in statements(Reading(blocks_of_text(text), 1)) if s.statistic}
    assert "58 (Last year: 64)" in found["64"].sentence
    assert "on time (Last year: 70%)" in found["70%"].sentence
    assert "on average (Last year: 23)" in found["23"].sentence
    assert "12 (21%)" in found["21%"].sentence
    for s in found.values():
        assert s.sentence[s.start : s.start + len(s.printed)] == s.printed
    assert "58 (64)" in found["64"].quote


def test_figures_of_labels_in_brackets_are_not_those_of_the_year_before() -> None:
    text = (
        "Last year's figures are in brackets.\n\nComplaints came by email (121), and the web form comes second (84).\n"
    )
    found = {s.printed: s for s in statements(Reading(blocks_of_text(text), 1)) if s.statistic}
    assert "(84)" in found["84"].sentence


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("Figures in brackets are those of 2014/15.", "2014/15"),
        ("Brackets hold last year's figures.", "last year"),
        ("The year to 1 January 2016 – 31 December: shares are in brackets.", ""),
        ("Shares of the whole are in brackets.", ""),
    ],
)
def test_whose_figures_brackets_hold(sentence: str, whose: str) -> None:
    assert whose_brackets(sentence) == whose
