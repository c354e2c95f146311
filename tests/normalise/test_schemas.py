"""Every rule for a computed file refuses the frame that breaks it, and only that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from councilbench.reports import read_report
from councilbench.runs import Run
from normalise.schemas import SCHEMAS, broken

SAMPLE = Path(__file__).parents[2] / "corpus" / "samples" / "bury-2023-24.pdf"


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    run = Run([read_report(SAMPLE)])
    finding = {
        "document": "d", "check": "stated_twice", "subject": "s", "first": 1.0, "second": 2.0, "difference": 1.0, "severity": "error",
        "where_first": "page 1", "where_second": "page 2", "explanation": "e",
    }  # fmt: skip
    theme = {"document": "d", "value": 3.0, "standard": "delay", "share": 100.0}
    return {
        "indicators": run.indicators, "discrepancies": pd.DataFrame([finding]), "ledger": run.ledger, "themes": pd.DataFrame([theme]),
        "comparability": run.comparability, "readings": run.readings,
    }  # fmt: skip


def test_good_frames_break_no_rule(frames: dict[str, pd.DataFrame]) -> None:
    assert {name: broken(name, frame) for name, frame in frames.items()} == {name: [] for name in SCHEMAS}


def first(frame: pd.DataFrame, **wanted: Any) -> Any:
    """The label of the first row with these values."""
    rows = frame
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return rows.index[0]


BAD: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("readings", {"slot": "stage"}, {"slot": "floor"}, "slot"),
    ("readings", {"slot": "stage"}, {"probability": 0.1, "runner_up_probability": 0.8}, "comes second"),
    ("indicators", {"comparability": "not"}, {"reason": ""}, "says why"),
    ("indicators", {"comparability": "comparable"}, {"comparability": "caveat", "caveat": ""}, "says why"),
    ("indicators", {"comparability": "comparable"}, {"value": None, "lower_95": None}, "has a value"),
    ("indicators", {"unit": "percent", "comparability": "caveat"}, {"lower_95": 90.0, "upper_95": 95.0, "value": 50.0}, "lies in its interval"),
    ("indicators", {"unit": "percent", "comparability": "caveat"}, {"value": 130.0, "lower_95": None, "upper_95": None}, "at most 100%"),
    ("indicators", {"comparability": "comparable"}, {"indicator": "happiness"}, "indicator"),
    ("discrepancies", {}, {"difference": 5.0}, "difference"),
    ("discrepancies", {}, {"second": 1.0, "difference": 0.0}, "figures that agree"),
    ("discrepancies", {}, {"where_second": ""}, "both places"),
    ("discrepancies", {}, {"check": "astrology"}, "check"),
    ("ledger", {}, {"shorthand": "[c]"}, "shorthand"),
    ("ledger", {"state": "published"}, {"inputs": ""}, "leads to its figure"),
    ("ledger", {"state": "published"}, {"state": "true zero"}, "true zero"),
    ("ledger", {}, {"state": "forgotten"}, "state"),
    ("themes", {}, {"standard": "weather"}, "standard"),
    ("themes", {}, {"share": 120.0}, "share"),
    ("comparability", {"state": "silent"}, {"value": 3.0}, "silent has no value"),
    ("comparability", {"state": "comparable"}, {"state": "perhaps"}, "state"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "where", "change", "said"), BAD)
def test_a_bad_frame_breaks_its_rule(
    name: str, where: dict[str, Any], change: dict[str, Any], said: str, frames: dict[str, pd.DataFrame]
) -> None:
    frame = frames[name].copy()
    row = first(frame, **where)
    for column, value in change.items():
        frame.loc[row, column] = value
    found = broken(name, frame)
    assert any(said in rule for rule in found), found


def test_a_value_that_stands_twice_is_refused(frames: dict[str, pd.DataFrame]) -> None:
    for name, said in (("indicators", "one value"), ("ledger", "stands once")):
        frame = pd.concat([frames[name], frames[name].iloc[[0]]], ignore_index=True)
        assert any(said in rule for rule in broken(name, frame))
