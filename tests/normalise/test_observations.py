"""The common model refuses what breaks it: one bad row a rule."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from councilbench.runs import Run
from normalise.codes import COLUMNS, KEY
from normalise.dataset import read_observations, write
from normalise.observations import failures


def test_the_samples_fit_the_model(samples: Run) -> None:
    assert len(failures(samples.observations)) == 0
    assert tuple(samples.observations.columns) == COLUMNS


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"measure": "moaning"}, "isin"),
        ({"measure": "outcome", "category": "rejected"}, "category"),
        ({"measure": "received", "category": "parent"}, "category"),
        ({"period": "2023/24"}, "str_matches"),
        ({"value": -1.0}, "greater_than"),
        ({"value": 3.5, "unit": "count", "base": ""}, "whole numbers"),
        ({"unit": "percent", "base": "received", "value": 140.0}, "at most 100"),
        ({"unit": "percent", "base": ""}, "base"),
        ({"value": None, "value_high": None}, "a value"),
        ({"quote": "x" * 241}, "str_length"),
        ({"confidence": 1.5}, "less_than"),
    ],
)
def test_each_rule_names_row_and_rule(samples: Run, change: dict[str, Any], rule: str) -> None:
    frame = samples.observations.copy()
    frame = frame[frame["measure"] == "received"].reset_index(drop=True)
    for column, value in change.items():
        frame.loc[3, column] = value
    broken = failures(frame)
    assert list(broken["row"].unique()) == [3]
    assert broken["document"].iloc[0] == frame.loc[3, "document"]
    assert any(rule in str(r) for r in broken["rule"])


def test_every_occurrence_has_its_own_id(samples: Run) -> None:
    frame = samples.observations
    assert frame["id"].is_unique
    assert frame.duplicated(list(KEY)).any(), "the same figure printed twice is kept twice"


def test_csv_and_parquet_and_excel_give_back_what_went_in(samples: Run, tmp_path: Any) -> None:
    frame = samples.observations
    for name in ("o.csv", "o.parquet", "o.xlsx"):
        write(frame, tmp_path / name)
        back = read_observations(tmp_path / name)
        pd.testing.assert_frame_equal(back, frame, check_dtype=False, check_exact=False)


def test_excel_takes_no_year_for_a_date_and_no_text_for_a_formula(samples: Run, tmp_path: Any) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    frame = samples.observations.head(3).copy()
    frame.loc[0, "period"] = "2009-10"
    frame.loc[1, "quote"] = "=1+1"
    write(frame, tmp_path / "o.xlsx")
    sheet = load_workbook(tmp_path / "o.xlsx").active
    assert sheet is not None
    heads = [c.value for c in sheet[1]]
    period = sheet.cell(2, heads.index("period") + 1)
    assert (period.value, period.data_type, period.number_format) == ("2009-10", "s", "@")
    assert sheet.cell(3, heads.index("quote") + 1).data_type == "s"
    write(frame, tmp_path / "o.csv")
    assert "'=1+1" in (tmp_path / "o.csv").read_text(encoding="utf-8-sig")
