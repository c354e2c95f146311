"""Sentences, and the numbers in each with the words around them."""

from __future__ import annotations

from extract.layout import text_passage
from extract.sentences import split_sentences, statements_of
from extract.statement import Statement


def read(text: str) -> dict[str, Statement]:
    return {s.printed: s for s in statements_of(text_passage(text), "p", ("Timescales",), "", [], False)}


def test_a_number_stands_in_its_sentence_with_those_before_it() -> None:
    found = read("We received 40 complaints. 8 were answered in ten days and 11 were answered late.")
    assert found["11"].sentence == "8 were answered in ten days and 11 were answered late."
    assert found["11"].sentence[found["11"].start :].startswith("11 were")
    assert found["11"].context == ("We received 40 complaints.",)
    assert found["11"].headings == ("Timescales",)


def test_what_typography_shows_is_no_statistic() -> None:
    found = read("In 2021/22 (see section 4.2) there were 36 at stage 1, from 12 March 2022 on.")
    assert [printed for printed, s in found.items() if s.statistic] == ["36"]


def test_abbreviations_and_decimals_end_no_sentence() -> None:
    text = "It took 28.81 days, i.e. too long. Mr. Lee agreed. The next sentence."
    assert next(text[a:b] for a, b in split_sentences(text)) == "It took 28.81 days, i.e. too long."
    assert len(split_sentences(text)) == 3
