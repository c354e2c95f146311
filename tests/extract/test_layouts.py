"""A sample of the generated layouts: one report of each kind is set, read and compared with what it says.

`benchmarks/layouts/measure.py` does the same with many of each kind.
"""

from __future__ import annotations

import csv
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from councilbench.evaluate import GoldDocument, Verdict, compare
from councilbench.given import documents_of
from councilbench.pipeline import run

LAYOUTS = Path(__file__).parents[2] / "benchmarks" / "layouts"
OWN = ("fixtures", "content", "drawing")
"""Modules of the generator, which is a script: they import one another by these names."""


@pytest.fixture(scope="module")
def fixtures() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(LAYOUTS)
        yield importlib.import_module("fixtures")
    for name in OWN:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def verdict(fixtures: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """What became of the figures of one report of each kind."""
    folder = tmp_path_factory.mktemp("layouts")
    paths = [fixtures.fixture(kind, 0).write(folder) for kind in fixtures.KINDS]
    gold = {}
    for path in paths:
        with path.with_suffix(".csv").open(encoding="utf-8") as handle:
            gold[path.stem] = GoldDocument(list(csv.DictReader(handle)))
    read = run(documents_of(paths))
    assert read.problems == []
    return compare(read.observations.to_dict("records"), gold)


def test_few_rows_are_wrong_and_hardly_one_that_is_sure(verdict: Verdict) -> None:
    assert verdict.total.precision >= 0.96, verdict.listed("wrong")
    sure = [j for j in verdict.read if j.row["confidence"] >= 0.9]
    assert sum(not j.right for j in sure) <= 0.01 * len(sure)


def test_nearly_every_figure_is_found_and_some_of_every_report(verdict: Verdict, fixtures: ModuleType) -> None:
    missing = verdict.listed("missing")
    assert verdict.total.recall >= 0.97, missing
    scores = verdict.by("document")
    assert len(scores) == len(fixtures.KINDS)
    assert all(score.found for score in scores.values()), missing
