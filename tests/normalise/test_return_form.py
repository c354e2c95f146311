"""A form goes out empty and comes back as figures that say where they were entered."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from councilbench.reports import read_report
from councilbench.runs import Run
from extract import UnreadableError
from normalise import return_form
from normalise.observations import failures


def filled(path: Path, values: dict[str, object], council: str = "Bury", period: str = "2023-24") -> Path:
    return_form.write(path, council, period)
    book = load_workbook(path)
    sheet = book[return_form.SHEET]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in values:
            row[2].value = values[row[0].value]
    book.save(path)
    return path


def test_what_a_council_enters_becomes_observations(tmp_path: Path) -> None:
    path = filled(
        tmp_path / "bury-return.xlsx",
        {
            "Complaints received at stage 1": 40,
            "Stage 1 upheld": "5",
            "Stage 1 partly upheld": 7,
            "Stage 1 not upheld": 20,
            "Complaints received at stage 2": 0,
        },
    )
    result = read_report(path)
    frame = result.observations
    assert failures(frame).empty
    assert (result.document.council, result.document.period) == ("Bury", "2023-24")
    assert set(frame["method"]) == {"supplied"}
    assert (
        dict(zip(frame["measure"] + frame["category"] + frame["stage"], frame["value"], strict=True))["receivedstage_2"]
        == 0
    )
    assert frame["quote"].str.contains("row").all()
    rates = Run([result]).indicators
    assert rates[rates["indicator"] == "stage_1_upheld_rate"].iloc[0]["value"] == 37.5


@pytest.mark.parametrize(
    ("values", "council", "period", "said"),
    [
        ({}, "Bury", "2023-24", "without figures"),
        ({"Stage 1 upheld": 5}, "", "2023-24", "does not name its council"),
        ({"Stage 1 upheld": 5}, "Bury", "", "does not say its year"),
        ({"Stage 1 upheld": "some"}, "Bury", "2023-24", "is no number"),
        ({"Stage 1 upheld": -2}, "Bury", "2023-24", "is no number"),
    ],
)
def test_a_form_that_cannot_be_used_says_which_cell(
    values: dict[str, object], council: str, period: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableError, match=said):
        read_report(filled(tmp_path / "form.xlsx", values, council, period))


def test_every_row_of_the_form_fits_the_common_model(tmp_path: Path) -> None:
    every = {row["label"]: 1 for row in return_form.rows()}
    assert failures(read_report(filled(tmp_path / "form.xlsx", every)).observations).empty
    assert len(read_report(filled(tmp_path / "again.xlsx", every)).observations) == len(every)
