"""Scores of a reading: what is right, which slot is wrong, whether confidence keeps its word."""

from __future__ import annotations

from pathlib import Path

import pytest

from councilbench.evaluate import Gold, GoldDocument, compare, gold_in

ROW = {
    "document": "a", "authority": "Oldham", "period": "2022-23", "procedure": "children_statutory", "stage": "stage_1",
    "measure": "received", "category": "", "value": 44.0, "unit": "count", "base": "", "method": "table", "confidence": 0.97,
}  # fmt: skip


def gold(**changes: str) -> Gold:
    row = {**ROW, "value": "44", "required": "yes", **changes}
    return {"a": GoldDocument([row], "annual", "learn")}


def test_alternatives_and_values_to_half_a_hundredth_are_right() -> None:
    verdict = compare([{**ROW, "value": 44.004}], gold(stage="any|stage_1"))
    assert (verdict.total.precision, verdict.total.recall) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("slot", "changes"),
    [
        ("what", {"measure": "closed"}),
        ("stage", {"stage": "stage_2"}),
        ("procedure", {"procedure": "corporate"}),
        ("period", {"period": "2021-22"}),
        ("unit", {"unit": "percent"}),
        ("authority", {"authority": "Bury"}),
    ],
)
def test_the_slot_that_is_wrong_is_named(slot: str, changes: dict[str, str]) -> None:
    verdict = compare([{**ROW, **changes}], gold())
    assert verdict.total.right == 0
    assert [name for name, score in verdict.by("slot").items() if not score.right] == [slot]


def test_a_value_that_is_no_statistic_has_no_slots_and_counts_as_wrong() -> None:
    verdict = compare([{**ROW, "value": 7.0}], gold())
    assert verdict.by("slot") == {}
    assert verdict.total.precision == 0.0


def test_a_document_that_gives_nothing_makes_every_row_wrong() -> None:
    verdict = compare([ROW], {"a": GoldDocument([], "none", "learn")})
    assert verdict.by("kind")["none"].rows == 1
    assert verdict.total.precision == 0.0


def test_optional_rows_count_neither_way() -> None:
    found, silent = compare([ROW], gold(required="optional")), compare([], gold(required="optional"))
    assert (found.total.precision, found.total.required, silent.total.required) == (1.0, 0, 0)


def test_reliability_compares_confidence_with_what_is_right() -> None:
    rows = [ROW, {**ROW, "stage": "stage_2", "confidence": 0.97}]
    verdict = compare(rows, gold())
    assert verdict.reliability() == [(0.95, 2, 0.97, 0.5)]
    assert verdict.calibration_error == pytest.approx(0.47)


def test_gold_is_read_from_folders_of_documents(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "gold.csv").write_text("period,procedure,stage,measure,category,value,unit\n", encoding="utf-8")
    (folder / "about.toml").write_text('kind = "none"\nsplit = "check"\n', encoding="utf-8")
    assert gold_in(tmp_path) == {"a": GoldDocument([], "none", "check")}
