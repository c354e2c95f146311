"""Golden cases: every folder under tests/cases with a report.txt or report.pdf and what must be read from it."""

from __future__ import annotations

import csv
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from councilbench.reports import read_report
from councilbench.result import NotAReportError, Result
from normalise.codes import COLUMNS

ROOT = Path(__file__).parents[1] / "cases"
REPORTS = ("report.txt", "report.pdf")
CASES = sorted(p.parent for name in REPORTS for p in ROOT.rglob(name))
WITH_FATES = [case for case in CASES if (case / "fates.csv").exists()]
FATES = ("used", "ignored", "unplaced")
NOT_YET = {
    tuple(line.split(" ", 1)) for line in (ROOT / "not_yet.txt").read_text(encoding="utf-8").splitlines() if line
}
"""Pairs of a test and a case that it does not hold for yet: the words of the case do not bear its reading out by themselves.
A case that begins to hold fails its test until its line is taken out."""


SURE = 0.9


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


@cache
def result_of(case: Path) -> Result | None:
    """What is read from the report of a case; None where nothing is, and the program refuses it."""
    (report,) = (case / name for name in REPORTS if (case / name).exists())
    try:
        return read_report(report, "Bury", "2023-24")
    except NotAReportError:
        return None


def marked(cases: list[Path], test: str) -> list[Any]:
    """The cases as parameters; those that are known not to hold yet are expected to fail."""
    fails = pytest.mark.xfail(reason="not read yet")
    return [pytest.param(c, id=name_of(c), marks=fails if (test, name_of(c)) in NOT_YET else ()) for c in cases]


def rows_of(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(newline="", encoding="utf-8") as handle:
        reader = csv.DictReader(handle)
        return list(reader.fieldnames or []), list(reader)


def band_of(confidence: float) -> str:
    """The band by its name, as the README of the cases has it."""
    return "sure" if confidence >= 0.95 else "likely" if confidence >= 0.9 else "doubtful"


def cell_of(row: dict[Any, Any], column: str) -> str:
    if column == "band":
        return band_of(row["confidence"])
    return f"{row[column]:g}" if column == "value" else str(row[column])


@pytest.mark.parametrize("case", marked(CASES, "case"))
def test_case(case: Path) -> None:
    columns, expected = rows_of(case / "expected.csv")
    unknown = set(columns) - {*COLUMNS, "band"}
    assert not unknown, f"expected.csv has columns that nothing is compared with: {unknown}"
    result = result_of(case)
    rows = result.observations.to_dict("records") if result is not None else []
    found = {tuple(cell_of(row, c) for c in columns) for row in rows}
    assert found == {tuple(row[c] for c in columns) for row in expected}


@pytest.mark.parametrize("case", marked(CASES, "sure"))
def test_nothing_is_sure_and_wrong(case: Path) -> None:
    """Whatever is not read, no row at a confidence of 0.9 and more may be another than the case expects."""
    columns, expected = rows_of(case / "expected.csv")
    result = result_of(case)
    rows = result.observations.to_dict("records") if result is not None else []
    compared = [c for c in columns if c != "band"]
    found = {tuple(cell_of(row, c) for c in compared) for row in rows if row["confidence"] >= SURE}
    assert found <= {tuple(row[c] for c in compared) for row in expected}


@pytest.mark.parametrize("case", marked(WITH_FATES, "fates"))
def test_fates(case: Path) -> None:
    columns, expected = rows_of(case / "fates.csv")
    assert columns == ["printed", "fate", "reason"]
    assert {row["fate"] for row in expected} <= set(FATES)
    result = result_of(case)
    assert result is not None, "a report from which nothing is read has no fates; let it publish one figure"
    found = {(f.statement.printed, f.fate, f.reason) for f in result.fates}
    missing = [row for row in expected if (row["printed"], row["fate"], row["reason"]) not in found]
    assert not missing, f"{missing}; found {sorted(found)}"


def test_there_are_cases() -> None:
    assert len(CASES) >= 70
    assert len(WITH_FATES) >= 5


def test_a_case_has_one_report() -> None:
    assert len(CASES) == len(set(CASES)), "a folder with a report.txt and a report.pdf"


def test_the_pdfs_are_what_typeset_makes_and_small(tmp_path: Path) -> None:
    spec = spec_from_file_location("typeset_cases", ROOT / "typeset.py")
    assert spec is not None and spec.loader is not None
    typeset = module_from_spec(spec)
    spec.loader.exec_module(typeset)
    assert {ROOT / name for name in typeset.CASES} == {case for case in CASES if (case / "report.pdf").exists()}
    for name, made in typeset.CASES.items():
        kept = ROOT / name / "report.pdf"
        made(tmp_path / name / "report.pdf")
        assert (tmp_path / name / "report.pdf").stat().st_size == kept.stat().st_size < 20_000, name
