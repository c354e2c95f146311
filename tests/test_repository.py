"""The repository itself: what the wheel holds, and what no file may hold."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from councilbench.cli import cli

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_holds_the_five_packages_and_their_data(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {n.split("/")[0] for n in names if ".dist-info" not in n}
    assert tops == {"councilbench", "corpus", "extract", "normalise", "compare"}
    for needed in (
        "corpus/reference/councils.csv",
        "corpus/samples/bury-2023-24.pdf",
        "normalise/vocabulary/wordings.csv",
        "compare/templates/report.html.j2",
    ):
        assert needed in names
    assert "corpus/samples/typeset.py" not in names


def test_requirements_are_pinned_with_hashes_and_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text and "index" not in text.replace("importlib", "")
        pins = re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") > len(pins)


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_the_readme_shows_every_verb(verb: str) -> None:
    assert f"councilbench {verb}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_samples_are_what_the_generator_makes(tmp_path: Path) -> None:
    """Setting the samples again changes nothing: the files in the repository are up to date."""
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'corpus' / 'samples')!r}); import typeset; from pathlib import Path; typeset.HERE = typeset.GOLD = Path({str(tmp_path)!r}); [m().write() for m in typeset.REPORTS]"
    subprocess.run([sys.executable, "-c", code], check=True)
    for path in (ROOT / "tests" / "gold").glob("*.csv"):
        assert (tmp_path / path.name).read_text() == path.read_text()
    for path in (ROOT / "corpus" / "samples").glob("*.pdf"):
        assert (tmp_path / path.name).stat().st_size == path.stat().st_size
