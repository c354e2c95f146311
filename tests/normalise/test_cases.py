"""Golden cases: every folder under tests/cases with a report.txt and an expected.csv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from councilbench.pipeline import NotAReportError, read_report

CASES = sorted(p.parent for p in (Path(__file__).parents[1] / "cases").rglob("report.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_case(case: Path) -> None:
    with (case / "expected.csv").open(newline="", encoding="utf-8") as handle:
        expected = list(csv.DictReader(handle))
    columns = list(expected[0]) if expected else ["measure", "category", "value"]
    try:
        observations = read_report(case / "report.txt", "Bury", "2023-24").observations
    except NotAReportError:
        observations = None
    found = set()
    if observations is not None:
        for row in observations.to_dict("records"):
            found.add(tuple(f"{row[c]:g}" if c == "value" else str(row[c]) for c in columns))
    assert found == {tuple(row[c] for c in columns) for row in expected}


def test_there_are_cases() -> None:
    assert len(CASES) >= 20
