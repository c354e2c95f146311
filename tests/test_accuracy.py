"""The reading of annotated documents does not fall below the floors of tests/annotated/floors.toml."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from councilbench.evaluate import Gold, gold_in

ANNOTATED = Path(__file__).parent / "annotated"
KINDS = {"annual", "combined", "committee", "web", "appendix", "quarterly", "ombudsman", "none"}
sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))


@pytest.fixture(scope="module")
def gold() -> Gold:
    return gold_in(ANNOTATED)


@pytest.mark.slow
@pytest.mark.parametrize(
    "split", ["check"]
)  # on learn the reading is fitted: a floor there says little and takes minutes
def test_reading_keeps_above_its_floors(gold: Gold, split: str) -> None:
    from accuracy import verdict_on  # noqa: PLC0415  (benchmarks are no package)

    floors = tomllib.loads((ANNOTATED / "floors.toml").read_text(encoding="utf-8"))[split]
    total = verdict_on(ANNOTATED, [name for name, g in gold.items() if g.split == split], gold).total
    assert total.precision >= floors["precision"], f"{total.right} of {total.rows} rows are right"
    assert total.recall >= floors["recall"], f"{total.found} of {total.required} rows were found"


def test_annotated_documents_are_whole(gold: Gold) -> None:
    from accuracy import document_in  # noqa: PLC0415

    assert len(gold) >= 160
    assert sum(len(g.rows) for g in gold.values()) >= 6_000
    for name, g in gold.items():
        assert document_in(ANNOTATED / name).stat().st_size, name
        assert g.split in ("learn", "check", "sealed", "reserve"), name
        assert g.kind in KINDS, name
        assert (g.kind == "none") == (not g.rows), name


def test_no_writer_is_in_two_splits() -> None:
    writers: dict[int, set[str]] = {}
    for path in ANNOTATED.glob("*/about.toml"):
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        writers.setdefault(about["writer"], set()).add(about["split"])
    assert writers
    assert all(len(splits) == 1 for splits in writers.values())
