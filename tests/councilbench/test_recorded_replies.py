"""Recorded replies of a capable model: what the page check and both readers make of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from councilbench.evaluate import compare

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import second_reader as benchmark  # noqa: E402

DOCUMENTS = [
    *benchmark.annotated(ROOT / "tests" / "recorded" / "annotated"),
    *benchmark.reports(
        "samples", ROOT / "corpus" / "samples", ROOT / "tests" / "gold", ROOT / "tests" / "recorded" / "samples"
    ),
]
SOME = DOCUMENTS[::3]
BOTH = [d for n, d in enumerate(DOCUMENTS) if n % 12 == 0 or d.split == "samples"]


def test_replies_are_recorded_for_all_kinds() -> None:
    assert len(DOCUMENTS) >= 60
    kinds = {d.name.split("-")[0] for d in DOCUMENTS if d.split == "check"}
    assert kinds == {"annual", "appendix", "combined", "committee", "none", "ombudsman", "quarterly", "web"}


@pytest.mark.slow
def test_the_model_alone_keeps_its_precision_and_recall() -> None:
    found = [benchmark.found_in(d, ("model",)) for d in SOME]
    total = compare([r for f in found for r in f.rows["model"]], {d.name: benchmark.gold_of(d) for d in SOME}).total
    assert total.precision >= 0.975
    assert total.recall >= 0.965
    in_pdf = [r for f in found for r in f.rows["model"] if f.document.path.suffix == ".pdf"]
    assert in_pdf
    assert all(r["bbox"] and r["page"] for r in in_pdf)


@pytest.mark.slow
def test_what_both_readers_say_is_right() -> None:
    found = [benchmark.found_in(d, ("both",)) for d in BOTH]
    verdict = compare([r for f in found for r in f.rows["both"]], {d.name: benchmark.gold_of(d) for d in BOTH})
    sure = [j.right for j in verdict.read if float(j.row["confidence"]) >= 0.9]
    assert len(sure) > 200
    assert sum(sure) / len(sure) >= 0.99
    assert verdict.total.recall >= 0.96
