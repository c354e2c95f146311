"""Damaged files of a workspace: a sentence with the file, the line and the way out, and nothing is written."""

from __future__ import annotations

import csv
import multiprocessing
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import Result

import councilbench as cb
from corpus import corrections, manifest
from corpus.corrections import Correction
from corpus.errors import WorkspaceError

Run = Callable[..., Result]
REPORT = "Bury Council children's complaints annual report 2023-24\n\nThe council received 57 statutory complaints at stage 1.\n"
CORRECTION = Correction(
    "", "bury", "Bury", "2023-24", "children", "children_statutory", "stage_1", "received", "", "count", "", "57", "58", "A Person", "2026-03-31", "our records",
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path, councilbench: Run) -> Path:
    (tmp_path / "bury.txt").write_text(REPORT, encoding="utf-8")
    councilbench("init", ".")
    councilbench("add", "bury.txt", "--council", "Bury", "--period", "2023-24")
    return tmp_path


def contents(folder: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


MANIFEST = "document,file,council,period\r\nbury,reports/bury.txt,Bury,2023-24\r\n"
BREAK = "council,measure,from_period,what\r\n"
GROUP = "group,council\r\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("reports.csv", MANIFEST.encode("utf-16"), "UTF-16"),
        ("reports.csv", MANIFEST.replace("bury.txt", "bu\0ry.txt").encode(), "line 2: is damaged"),
        ("reports.csv", b'document,file\r\n"bury,reports/bury.txt\r\n', "line 2: is damaged"),
        ("reports.csv", MANIFEST[:-12].encode(), "line 2: has 3 cells where the first line has 4"),
        ("reports.csv", b"document,council\r\nbury,Bury\r\n", "line 1: has no column file"),
        ("reports.csv", b"document,file,file\r\na,b,c\r\n", "line 1: has the column file twice"),
        ("reports.csv", MANIFEST.replace("Bury", "Narnia").encode(), "line 2: there is no council named 'Narnia'"),
        ("reports.csv", MANIFEST.replace("2023-24", "Oct-09").encode(), "line 2: 'Oct-09' is no financial year"),
        ("reports.csv", (MANIFEST + "Bury,reports/b.txt,Bury,2022-23\r\n").encode(), "stands there twice"),
        ("reports.csv", MANIFEST.replace("bury,", "../bury,").encode(), "line 2: needs the name of the document"),
        ("breaks.csv", (BREAK + "Bury,received,2019-21,x\r\n").encode(), "line 2: '2019-21' is no financial year"),
        ("breaks.csv", (BREAK + "Bury,received\r\n").encode(), "line 2: has 2 cells"),
        ("groups.csv", (GROUP + "ours,Bury\r\nours,Narnia\r\n").encode(), "line 3: there is no council named 'Narnia'"),
        ("groups.toml", b"ours = 'Bury'", "a group is a list of councils"),
        ("groups.toml", b"ours = [", "cannot be understood"),
        ("reference/sources.csv", b"kind,file\r\npopulation,x.csv\r\n", "line 1: has no column rows"),
    ],
)
def test_a_damaged_file_is_told(name: str, content: bytes, said: str, workspace: Path, councilbench: Run) -> None:
    (workspace / name).parent.mkdir(exist_ok=True)
    (workspace / name).write_bytes(content)
    before = contents(workspace)
    done = councilbench("compare", "--focus", "Bury") if name.startswith("groups") else councilbench("build")
    assert done.exit_code == 3
    assert name in done.stderr.replace("\\", "/") and said in done.stderr
    assert {p: c for p, c in contents(workspace).items() if "kept" not in p.parts} == before


@pytest.mark.parametrize("name", ["reports.csv", "corrections.csv", "breaks.csv"])
def test_a_folder_in_the_place_of_a_file_is_told(name: str, workspace: Path, councilbench: Run) -> None:
    (workspace / name).unlink(missing_ok=True)
    (workspace / name).mkdir()
    done = councilbench("build")
    assert done.exit_code == 3 and f"{name}: is a folder where a file should be" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"unit": "bananas"}, "unit is 'bananas'; it is one of"),
        ({"authority": "Narnia"}, "there is no council named 'Narnia'"),
        ({"measure": "received", "category": "upheld"}, "'upheld' is no category of received"),
        ({"now": "5.5"}, "5.5 is no whole number"),
        ({"unit": "percent", "base": "closed", "now": "140"}, "140 is more than 100 per cent"),
        ({"period": "Oct-09"}, "'Oct-09' is no financial year"),
    ],
)
def test_corrections_keep_the_rules_of_the_model(
    wrong: dict[str, str], said: str, workspace: Path, councilbench: Run
) -> None:
    corrections.add(workspace, [CORRECTION, Correction(**{**asdict(CORRECTION), "id": "abc", **wrong})])
    done = councilbench("build")
    assert done.exit_code == 3 and "corrections.csv, line 3: " in done.stderr and said in done.stderr
    assert not (workspace / "dataset").exists()


def test_what_a_person_made_of_the_manifest_stays(workspace: Path, councilbench: Run) -> None:
    table = "document,file,note,council,period\r\nbury,reports/bury.txt,café – mine,,\r\n"
    (workspace / "reports.csv").write_bytes(table.encode("cp1252"))
    assert councilbench("build").exit_code == 0
    data = (workspace / "reports.csv").read_bytes().decode("cp1252")
    assert data.startswith("document,file,note,council,period,scope")
    assert "bury,reports/bury.txt,café – mine,Bury,2023-24,children" in data


def test_a_report_that_was_exchanged_is_noticed(workspace: Path, councilbench: Run) -> None:
    councilbench("build")
    (workspace / "reports" / "bury.txt").write_text(REPORT.replace("57", "75"), encoding="utf-8")
    again = councilbench("build")
    assert "is another file than the one that was added" in again.stderr
    assert "is another file" not in councilbench("build").stderr


def test_formulas_are_guarded_in_the_manifest(workspace: Path) -> None:
    (workspace / "=1+1.txt").write_text(REPORT.replace("57", "61"), encoding="utf-8")
    manifest.add(workspace, workspace / "=1+1.txt")
    with (workspace / "reports.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert [d.slug for d in manifest.read(workspace)] == ["bury", "=1+1"]


def test_several_processes_add_at_the_same_time(workspace: Path) -> None:
    names = [f"r{n}.txt" for n in range(4)]
    for n, name in enumerate(names):
        (workspace / name).write_text(REPORT.replace("57", str(60 + n)), encoding="utf-8")
    context = multiprocessing.get_context("forkserver")
    adding = [context.Process(target=manifest.add, args=(workspace, workspace / name)) for name in names]
    for process in adding:
        process.start()
    for process in adding:
        process.join()
    assert {d.slug for d in manifest.read(workspace)} == {"bury", "r0", "r1", "r2", "r3"}
    assert not list(workspace.glob(".councilbench-lock"))


def test_a_report_whose_row_cannot_be_written_leaves_no_copy(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise WorkspaceError("the disk is full")

    (workspace / "oldham.txt").write_text(REPORT.replace("57", "61"), encoding="utf-8")
    monkeypatch.setattr(manifest, "_write", full)
    with pytest.raises(WorkspaceError):
        manifest.add(workspace, workspace / "oldham.txt")
    assert [p.name for p in (workspace / "reports").iterdir()] == ["bury.txt"]


def test_a_name_that_is_no_text_is_added(workspace: Path) -> None:
    path = Path(f"{workspace}/old\udce9ham.txt")
    try:
        path.write_text(REPORT.replace("57", "61"), encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    assert manifest.add(workspace, path).slug == "old-ham"


def test_a_dataset_whose_files_do_not_belong_together_is_noticed(workspace: Path, councilbench: Run) -> None:
    councilbench("build")
    assert "not as they were built" not in councilbench("status").stdout
    with (workspace / "dataset" / "indicators.csv").open("a") as handle:
        handle.write("\r\n")
    (workspace / "dataset" / "themes.csv").unlink()
    assert "not as they were built: indicators.csv, themes.csv" in councilbench("status").stdout
    with pytest.warns(UserWarning, match=r"indicators\.csv, themes\.csv are not as written"):
        cb.read(workspace / "dataset")
    councilbench("build")
    assert "not as they were built" not in councilbench("status").stdout
