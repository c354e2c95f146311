"""What tests share: the sample reports read once, and a command line that runs in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from councilbench.cli import cli
from councilbench.pipeline import Run, documents_of, run

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared"
"""Reports and reference data that a developer may have beside the repository; a user has not."""


@pytest.fixture(scope="session")
def samples() -> Run:
    """The five sample reports, read."""
    return run(documents_of([SAMPLES]))


@pytest.fixture
def councilbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, run in an empty folder; takes arguments as on the command line."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Result:
        result = CliRunner().invoke(cli, [str(a) for a in arguments], catch_exceptions=False)
        return result

    return call
