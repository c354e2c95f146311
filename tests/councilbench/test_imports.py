"""What is loaded before it is needed costs every user a second: a budget in modules, which no slow machine breaks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "corpus" / "samples" / "bury-2023-24.pdf"
HEAVY = {
    "altair",
    "camelot",
    "cv2",
    "jinja2",
    "openpyxl",
    "pandas",
    "pandera",
    "pyarrow",
    "rich",
    "scipy",
    "vl_convert",
}


def loaded_by(code: str) -> set[str]:
    """The modules that a program has loaded when it ends."""
    end = "import atexit, json, sys; atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))\n"
    done = subprocess.run([sys.executable, "-c", end + code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def verb(*arguments: object) -> str:
    listed = ["councilbench", *map(str, arguments)]
    return f"sys.argv = {listed!r}\nfrom councilbench.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"


@pytest.mark.parametrize(
    ("arguments", "most"), [(("--help",), 200), (("extract", SAMPLE, "--out", "{out}"), 320)], ids=["help", "extract"]
)
def test_the_command_line_loads_only_what_it_uses(tmp_path: Path, arguments: tuple[object, ...], most: int) -> None:
    modules = loaded_by(verb(*(str(a).format(out=tmp_path / "o.csv") for a in arguments)))
    assert {m.split(".")[0] for m in modules} & HEAVY == set()
    assert len(modules) <= most
    if "extract" in arguments:
        assert (tmp_path / "o.csv").stat().st_size > 1000


def test_the_processes_that_read_load_only_what_reading_uses() -> None:
    modules = loaded_by("import councilbench.loaded")
    assert {m.split(".")[0] for m in modules} & (HEAVY | {"docx", "lxml", "pdfplumber", "rapidfuzz"}) == set()
    assert len(modules) <= 400


def test_a_build_in_which_nothing_changed_loads_no_frames(tmp_path: Path) -> None:
    workspace = tmp_path / "region"
    for arguments in (("init", workspace), ("add", SAMPLE, "--workspace", workspace), ("build", workspace)):
        # No frames but those of pandas: pandera would load dask's, which takes a second.
        assert "dask.dataframe" not in loaded_by(verb(*arguments))
    assert {m.split(".")[0] for m in loaded_by(verb("build", workspace))} & HEAVY == set()
    assert {m.split(".")[0] for m in loaded_by(verb("status", workspace))} & HEAVY == set()
