"""The vocabulary is data: every row must be usable."""

from __future__ import annotations

import pytest

from normalise.codes import BASES, CATEGORIES, MEASURES, PROCEDURES, STAGES, UNITS, category_fits
from normalise.phrase import phrase
from normalise.wordings import Wording, hits, vocabulary


@pytest.mark.parametrize("row", vocabulary(), ids=lambda w: w.wording)
def test_codes_are_those_of_the_model(row: Wording) -> None:
    assert row.measure in MEASURES | {""}
    assert row.stage in STAGES | {""}
    assert row.procedure in PROCEDURES | {""}
    assert row.unit in UNITS | {""}
    assert row.base in BASES
    assert row.where <= {"label", "corner", "heading", "text", "near"}
    meant = row.measure or row.stage or row.procedure or row.unit or row.base
    assert meant or " and no " in row.note, "a row that teaches nothing, and does not say that its words mean nothing"
    if row.category:
        assert category_fits(row.measure, row.category)
    assert phrase(row.wording).needs, "every word of it may be missing"


def test_no_wording_stands_twice_with_the_same_meaning() -> None:
    seen = [(w.wording, w.measure, w.where) for w in vocabulary()]
    assert len(seen) == len(set(seen))


def test_every_outcome_of_the_model_has_a_wording() -> None:
    taught = {w.category for w in vocabulary() if w.measure == "outcome"}
    assert CATEGORIES["outcome"] <= taught


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("were not upheld", "not_upheld"),
        ("fully upheld", "upheld"),
        ("partly upheld", "partially_upheld"),
        ("upheld or partially upheld", "upheld_or_partially"),
        ("found to be unsubstantiated", "not_upheld"),
        ("not pursued", "withdrawn"),
    ],
)
def test_the_longest_wording_wins(words: str, category: str) -> None:
    found = [h.wording.category for h in hits(words, "text") if h.wording.measure == "outcome"]
    assert found == [category]
