"""`cb.read` takes reports, workspaces and saved datasets, and reads them as the command line does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

import councilbench as cb
from councilbench.runs import TABLES

SAMPLE = Path(__file__).parents[2] / "corpus" / "samples" / "bury-2023-24.pdf"


@pytest.mark.parametrize("given", [str(SAMPLE), SAMPLE, [SAMPLE], [str(SAMPLE), SAMPLE]])
def test_a_path_is_read_however_it_is_given(given: object) -> None:
    run = cb.read(given)  # type: ignore[arg-type]
    assert [r.document.slug for r in run.results] == ["bury-2023-24"] and not run.problems
    assert [d.slug for d in cb.documents_of(str(SAMPLE))] == ["bury-2023-24"]


def test_a_file_that_is_open_is_read() -> None:
    with SAMPLE.open("rb") as handle:
        run = cb.read(handle)
    assert run.observations.equals(cb.read(SAMPLE).observations)


def test_council_and_period_are_understood_as_on_the_command_line(tmp_path: Path) -> None:
    run = cb.read(SAMPLE, council="bolton council", period="2022/23")
    assert run.own == {"bury-2023-24": ("Bolton", "2022-23")}
    assert set(run.observations["authority"]) == {"Bolton"}
    with pytest.raises(cb.UsageError, match="there is no council named 'Narnia'"):
        cb.read(tmp_path, council="Narnia")
    with pytest.raises(cb.UsageError, match="no financial year"):
        cb.read(tmp_path, period="last year")
    (tmp_path / "empty").mkdir()
    with pytest.raises(cb.UsageError, match="no reports were found"):
        cb.read(tmp_path / "empty")


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory, samples: cb.Run) -> Path:
    """A workspace with the samples, built and exported."""
    from click.testing import CliRunner  # noqa: PLC0415

    from councilbench.cli import cli  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("open") / "region"
    listed = sorted(str(p) for p in SAMPLE.parent.glob("*.pdf"))
    for arguments in (["init", str(folder)], ["add", *listed, "--workspace", str(folder)], ["build", str(folder)],
                      ["export", str(folder), "--out", str(folder.parent / "release")]):  # fmt: skip
        assert CliRunner().invoke(cli, arguments, catch_exceptions=False).exit_code == 0
    return folder


@pytest.mark.parametrize("place", ["region", "region/dataset", "release"])
def test_what_was_saved_is_what_was_read(region: Path, place: str, samples: cb.Run) -> None:
    run = cb.read(region.parent / place)
    assert run.own == samples.own
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(run, name), getattr(samples, name), check_dtype=False, obj=name)


def test_saved_data_are_compared_without_the_reports(region: Path, tmp_path: Path) -> None:
    run = cb.read(region / "dataset")
    comparison = cb.compare(
        run, "Bury", ["friends"], known=cb.Known({"friends": ["Birmingham", "North Lincolnshire"]}, [])
    )
    assert comparison.members == ["Bury", "Birmingham", "North Lincolnshire"]
    assert cb.write(run, comparison, tmp_path / "bury.xlsx").stat().st_size > 10_000
    assert len(repr(run)) < 100


def test_names_are_understood_as_on_the_command_line(samples: cb.Run, tmp_path: Path) -> None:
    assert cb.compare(samples, "T&W", ["Bury Council"]).members == ["Telford and Wrekin", "Bury"]
    assert cb.compare(samples, "Bury", "neighbours").with_neighbours
    with pytest.raises(cb.UsageError, match="did you mean Telford and Wrekin"):
        cb.compare(samples, "Telfrd")
    with pytest.raises(cb.UsageError, match="no group was given"):
        cb.pack(samples, [], str(tmp_path / "packs"))
    assert all(path.is_file() for path in cb.export(samples.frames, str(tmp_path / "release")))


@pytest.mark.parametrize("given", ["", None, 5, ["", str(SAMPLE)]])
def test_what_is_no_path_is_refused(given: object) -> None:
    with pytest.raises(cb.UsageError, match=r"a name is empty|neither a path"):
        cb.read(given)  # type: ignore[arg-type]


def test_a_damaged_dataset_is_named(region: Path, tmp_path: Path) -> None:
    text = (region / "dataset" / "observations.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "observations.csv").write_text(
        text.replace(",count,", ",count,", 1).replace("confidence", "x", 1), "utf-8"
    )
    (tmp_path / "ledger.csv").write_bytes((region / "dataset" / "ledger.csv").read_bytes())
    with pytest.raises(cb.UserError, match=r"observations\.csv: has no column confidence"):
        _ = cb.read(tmp_path).observations


def test_one_row_a_key_is_preferred(samples: cb.Run, councilbench: Callable[..., Result]) -> None:
    frame = samples.observations
    chosen = frame[cb.preferred(frame)]
    key = ["document", "authority", "period", "procedure", "stage", "measure", "category", "unit"]
    assert not chosen.duplicated(key).any() and len(chosen) == len(frame.drop_duplicates(key))
    assert chosen.pivot(
        index=["document", "period", "procedure"], columns=["measure", "category", "stage", "unit"], values="value"
    ).size
