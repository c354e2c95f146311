"""Wordings that a user adds are read beside the program's, and say where they cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

import councilbench as cb

Run = Callable[..., Result]
HEAD = "wording,measure,category,stage,procedure,unit,base,where,note\n"
REPORT = """# Bury Council: children's social care complaints, annual report 2022-23

## Stage 1

We received 40 complaints at stage 1 of the statutory procedure. Of these, 12 were blessed and 28 were not upheld.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bury.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def wordings(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "wordings.csv"
    path.parent.mkdir()
    path.write_text(f"{HEAD}blessed,outcome,upheld,,,,,,our word\n", encoding="utf-8")
    return path


def upheld(observations: pd.DataFrame) -> list[float]:
    return observations.loc[observations["category"] == "upheld", "value"].tolist()


def test_a_caller_teaches_a_wording_for_one_reading(report: Path, wordings: Path) -> None:
    assert upheld(cb.read(report).observations) == []
    assert upheld(cb.read(report, wordings=wordings).observations) == [12]
    assert upheld(cb.read(report).observations) == []


def test_extract_takes_a_file_of_wordings(tmp_path: Path, report: Path, wordings: Path, councilbench: Run) -> None:
    out = tmp_path / "out.csv"
    assert councilbench("extract", report, "--out", out, "--wordings", wordings).exit_code == 0
    assert upheld(pd.read_csv(out)) == [12]


def test_a_workspace_with_wordings_is_built_by_them_and_again_when_they_change(
    tmp_path: Path, report: Path, wordings: Path, councilbench: Run
) -> None:
    folder = tmp_path / "region"
    councilbench("init", folder)
    councilbench("add", report, "--council", "Bury", "--period", "2022-23", "--workspace", folder)
    councilbench("build", folder)
    assert upheld(pd.read_csv(folder / "dataset" / "observations.csv")) == []
    own = folder / "wordings.csv"
    own.write_bytes(wordings.read_bytes())
    assert "not up to date" in councilbench("status", folder).output
    councilbench("build", folder)
    assert upheld(pd.read_csv(folder / "dataset" / "observations.csv")) == [12]
    assert "not up to date" not in councilbench("status", folder).output


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("blessed,outcome,uphold,,,,,,", "line 2: 'uphold' is no category of the measure 'outcome'"),
        ("blessed,result,,,,,,,", "line 2: 'result' is no measure"),
        ("blessed,,,,,,,,", "line 2: says nothing of 'blessed'"),
        (",outcome,upheld,,,,,,", "line 2: has no wording"),
        ("bless (ed,outcome,upheld,,,,,,", "opens a bracket that it does not close"),
        ("[bless],outcome,upheld,,,,,,", "has no word that must be there"),
        ("blessed,outcome,upheld,,,,,title,", "'title' is no place"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(report: Path, wordings: Path, row: str, said: str) -> None:
    wordings.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(cb.UserError, match=said.replace("(", r"\(")):
        cb.read(report, wordings=wordings)


def test_a_file_of_wordings_that_is_not_there_is_named(report: Path, tmp_path: Path) -> None:
    with pytest.raises(cb.UsageError, match="there is no such file of wordings"):
        cb.read(report, wordings=tmp_path / "none.csv")
