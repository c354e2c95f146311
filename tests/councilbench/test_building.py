"""A build reads what changed and keeps the rest; nothing that happens to it leaves half a dataset."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

import extract
from corpus import manifest
from councilbench import building, kept
from councilbench.built import Built

Run = Callable[..., Result]
TEXT = """Children's social care: annual complaints report {year}

In {year} the council received {n} complaints at stage 1 of the statutory procedure. Of these, 12 were upheld, 20 partially upheld and {rest} not upheld.

Stage 1 response times

Time taken\tNumber
Within 10 working days\t14
11 to 20 working days\t22
Over 20 working days\t{late}
"""
COUNCILS = ("Bury", "Bolton", "Oldham", "Rochdale", "Salford", "Trafford")


@pytest.fixture
def workspace(tmp_path: Path, councilbench: Run) -> Path:
    """Six short reports of as many councils, added and not built."""
    folder = tmp_path / "region"
    councilbench("init", folder)
    for n, council in enumerate(COUNCILS):
        path = tmp_path / f"{council.lower()}-2023-24.txt"
        write_report(path, 60 + n)
        councilbench("add", path, "--council", council, "--period", "2023-24", "--workspace", folder)
    return folder


def write_report(path: Path, n: int, year: str = "2023/24") -> None:
    path.write_text(TEXT.format(n=n, rest=n - 32, late=n - 36, year=year), encoding="utf-8")


def add_year(workspace: Path, home: Path, year: int) -> None:
    path = home / f"bury-{year}.txt"
    write_report(path, 60 + year % 100, f"{year}/{(year + 1) % 100:02}")
    manifest.add(workspace, path, "Bury", f"{year}-{(year + 1) % 100:02}")


def files(folder: Path) -> dict[str, bytes]:
    """The dataset without what it was written from."""
    return {p.name: p.read_bytes() for p in sorted((folder / "dataset").glob("*.csv"))}


def read_in(councilbench: Run, folder: Path, *options: str) -> tuple[list[str], Result]:
    """Which reports a build reads, as its log has it."""
    done = councilbench("build", folder, "--json-log", folder / "log.jsonl", *options)
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    return sorted(line["document"] for line in lines if line["event"] == "done"), done


def built_afresh(councilbench: Run, folder: Path) -> dict[str, bytes]:
    """The dataset of a copy of a workspace that nothing is kept of."""
    copy = folder.with_name("afresh")
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("kept", "dataset"))
    councilbench("build", copy)
    return files(copy)


def test_a_second_build_reads_nothing_and_leaves_the_files_alone(workspace: Path, councilbench: Run) -> None:
    assert len(read_in(councilbench, workspace)[0]) == len(COUNCILS)
    before = {p.name: p.stat().st_mtime_ns for p in (workspace / "dataset").iterdir()}
    (workspace / "log.jsonl").unlink()
    again = councilbench("build", workspace, "--json-log", workspace / "log.jsonl")
    assert "nothing has changed" in again.stdout and again.exit_code == 0
    assert (workspace / "log.jsonl").read_text(encoding="utf-8") == ""
    assert {p.name: p.stat().st_mtime_ns for p in (workspace / "dataset").iterdir()} == before


def test_a_log_takes_the_place_of_an_earlier_log_alone(workspace: Path, councilbench: Run) -> None:
    before = (workspace / "reports.csv").read_bytes()
    own = councilbench("build", workspace, "--json-log", workspace / "reports.csv")
    notes = workspace / "notes.txt"
    notes.write_text("mine", encoding="utf-8")
    other = councilbench("build", workspace, "--json-log", notes)
    assert (own.exit_code, other.exit_code) == (2, 2) and "is no log of councilbench" in other.stderr
    assert (workspace / "reports.csv").read_bytes() == before and notes.read_text(encoding="utf-8") == "mine"


def test_an_edited_dataset_is_named_before_it_is_written_anew(workspace: Path, councilbench: Run) -> None:
    councilbench("build", workspace)
    path = workspace / "dataset" / "observations.csv"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"60", b"61"))
    again = councilbench("build", workspace)
    assert "observations.csv: was changed since it was written" in again.stderr and path.read_bytes() == before


def test_a_report_in_the_place_of_another_councils_stays_its_own(tmp_path: Path, councilbench: Run) -> None:
    folder = tmp_path / "region"
    councilbench("init", folder)
    for name in ("Bury", "Oldham"):
        path = tmp_path / f"{name.lower()}.txt"
        path.write_text(f"{name} Council\n\n{TEXT.format(n=60, rest=28, late=24, year='2023/24')}", encoding="utf-8")
        councilbench("add", path, "--workspace", folder)
    councilbench("build", folder)
    shutil.copy(folder / "reports" / "oldham.txt", folder / "reports" / "bury.txt")
    councilbench("build", folder)
    first = files(folder)
    again = councilbench("build", folder)
    assert "nothing has changed" in again.stdout and files(folder) == first
    assert [d.council for d in manifest.read(folder)] == ["Oldham", "Oldham"]


def test_only_what_changed_is_read_and_the_dataset_is_that_of_a_fresh_build(
    workspace: Path, councilbench: Run, tmp_path: Path
) -> None:
    councilbench("build", workspace)
    changed, added = tmp_path / "new" / "bury.txt", tmp_path / "new" / "bury-2022-23.txt"
    changed.parent.mkdir()
    write_report(changed, 90)
    write_report(added, 50, "2022/23")
    councilbench("update", "bury-2023-24", changed, "--workspace", workspace)
    councilbench("add", added, "--council", "Bury", "--period", "2022-23", "--workspace", workspace)
    councilbench("remove", "oldham-2023-24", "--workspace", workspace)
    read, done = read_in(councilbench, workspace)
    assert read == ["bury-2022-23", "bury-2023-24"]
    assert "4 of the reports are as they were" in done.stdout
    assert files(workspace) == built_afresh(councilbench, workspace)


def test_a_correction_makes_its_own_report_anew_without_reading_it(
    workspace: Path, councilbench: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    councilbench("build", workspace)
    frame = Built.of(workspace / "kept").frame("observations")  # type: ignore[union-attr]
    row = frame[(frame["authority"] == "Bolton") & (frame["measure"] == "received")].iloc[0].to_dict()
    head = "id,document,authority,period,scope,procedure,stage,measure,category,unit,base,was,now,who,when,why\n"
    address = ",".join(str(row[c]) for c in head.split(",")[:11])
    (workspace / "corrections.csv").write_text(f"{head}{address},61,71,J Smith,2026-01-05,own records\n", "utf-8")
    monkeypatch.setattr(extract, "read", lambda path: pytest.fail(f"{path} was read again"))
    read, _ = read_in(councilbench, workspace, "--jobs", "0")
    assert read == ["bolton-2023-24"]
    now = Built.of(workspace / "kept").frame("observations")  # type: ignore[union-attr]
    assert now.loc[now["id"] == row["id"], "value"].tolist() == [71]
    monkeypatch.undo()
    assert files(workspace) == built_afresh(councilbench, workspace)


def test_a_change_of_vocabulary_reads_no_page_again(
    workspace: Path, councilbench: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    councilbench("build", workspace)
    before = files(workspace)
    known = kept.code
    monkeypatch.setattr(kept, "code", lambda rooms: known(rooms) + ("changed" if "normalise" in rooms else ""))
    monkeypatch.setattr(extract, "read", lambda path: pytest.fail(f"{path} was read again"))
    read, _ = read_in(councilbench, workspace, "--jobs", "0")
    assert len(read) == len(COUNCILS)
    assert files(workspace) == before


def test_what_is_kept_can_be_deleted(workspace: Path, councilbench: Run) -> None:
    councilbench("build", workspace)
    before = files(workspace)
    shutil.rmtree(workspace / "kept")
    assert len(read_in(councilbench, workspace)[0]) == len(COUNCILS)
    assert files(workspace) == before


def test_a_persons_own_files_in_the_dataset_stay(workspace: Path, councilbench: Run) -> None:
    councilbench("build", workspace)
    (workspace / "dataset" / "our analysis.txt").write_text("mine", encoding="utf-8")
    (workspace / "dataset" / "charts").mkdir()
    (workspace / "dataset" / "charts" / "a.csv").write_text("mine too", encoding="utf-8")
    write_report(workspace / "reports" / "bury-2023-24.txt", 99)
    assert "written to" in councilbench("build", workspace).stdout
    assert (workspace / "dataset" / "our analysis.txt").read_text(encoding="utf-8") == "mine"
    assert (workspace / "dataset" / "charts" / "a.csv").read_text(encoding="utf-8") == "mine too"
    assert "nothing has changed" in councilbench("build", workspace).stdout


def test_damaged_kept_files_are_read_anew(workspace: Path, councilbench: Run) -> None:
    councilbench("build", workspace)
    before = files(workspace)
    for path in [p for p in (workspace / "kept").rglob("*") if p.is_file()]:
        path.write_bytes(b"\x00\x01nonsense")
    assert councilbench("build", workspace).exit_code == 0
    assert files(workspace) == before


def test_a_report_of_another_program_is_told_of_and_the_others_are_built(workspace: Path, councilbench: Run) -> None:
    (workspace / "reports" / "bury-2023-24.txt").write_text("Minutes of the allotments committee.", encoding="utf-8")
    done = councilbench("build", workspace)
    assert done.exit_code == 1
    assert "bury-2023-24.txt: does not look like a complaints report" in done.stderr
    assert "from 5 reports" in done.stdout
    again = councilbench("build", workspace)
    assert again.exit_code == 1 and "does not look like a complaints report" in again.stderr


def test_verbs_use_what_was_built_and_say_what_changed_since(
    workspace: Path, councilbench: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    councilbench("build", workspace)
    write_report(workspace / "reports" / "bury-2023-24.txt", 99)
    monkeypatch.setattr(extract, "read", lambda path: pytest.fail(f"{path} was read again"))
    done = councilbench("export", workspace, "--out", workspace / "release")
    assert "changed since the last build: bury-2023-24" in done.stderr
    assert "councilbench build" in done.stderr and done.exit_code == 0
    assert "the dataset is not up to date" in councilbench("status", workspace).stdout
    checked = councilbench("check", workspace)
    assert "bolton-2023-24: " in checked.stdout and "changed since" in checked.stderr


def command(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from councilbench.cli import main; main()", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  (tests run in the background ignore it)
    )  # fmt: skip


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_the_last_dataset_and_goes_on_where_it_was(
    workspace: Path, councilbench: Run, tmp_path: Path
) -> None:
    councilbench("build", workspace)
    before = files(workspace)
    for n in range(30):
        add_year(workspace, tmp_path, 1990 + n)
    process = command("build", workspace, "-j", "2")
    results = workspace / "kept" / "results"
    deadline = time.monotonic() + 60
    while len(list(results.rglob("*"))) < 2 * len(COUNCILS) + 4 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert files(workspace) == before
    there = len([p for p in results.rglob("*") if p.is_file() and not p.name.startswith(".")])
    assert len(COUNCILS) < there < len(COUNCILS) + 30
    done = councilbench("build", workspace)
    assert done.exit_code == 0 and "from 36 reports" in done.stdout
    assert files(workspace) == built_afresh(councilbench, workspace)
    assert not list(workspace.rglob(".*"))


@pytest.mark.slow
def test_a_build_that_is_interrupted_says_what_is_kept(workspace: Path, tmp_path: Path) -> None:
    for n in range(40):
        add_year(workspace, tmp_path, 1980 + n)
    process = command("build", workspace, "-j", "1")
    results = workspace / "kept" / "results"
    while process.poll() is None and not any(p.is_file() for p in results.rglob("*")):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "stopped; what was read is kept, and the next build goes on from there" in said
    assert "Traceback" not in said


def test_two_builds_at_once_exclude_each_other(workspace: Path, councilbench: Run) -> None:
    with building.at_work(workspace):
        done = councilbench("build", workspace)
    assert done.exit_code == 3
    assert f"process {os.getpid()} has been at work there since" in done.stderr
    assert councilbench("build", workspace).exit_code == 0


@pytest.mark.parametrize(
    "left", ['{"process": 4194303, "began": 1.0, "machine": "%s", "since": "2026-01-01"}', "", "{"]
)
def test_a_lock_whose_process_has_ended_is_taken_over(workspace: Path, councilbench: Run, left: str) -> None:
    import socket  # noqa: PLC0415

    (workspace / "kept").mkdir()
    lock = workspace / "kept" / "lock"
    lock.write_text(left.replace("%s", socket.gethostname()), encoding="utf-8")
    os.utime(lock, (0, 0))  # one without words is waited for while it is young
    assert councilbench("build", workspace).exit_code == 0
    assert not lock.exists()


def test_a_lock_of_another_machine_is_left_and_named(workspace: Path, councilbench: Run) -> None:
    (workspace / "kept").mkdir()
    lock = workspace / "kept" / "lock"
    lock.write_text('{"process": 7, "began": 1.0, "machine": "elsewhere", "since": "2026-01-01"}', encoding="utf-8")
    done = councilbench("build", workspace)
    assert done.exit_code == 3 and "process 7 on elsewhere" in done.stderr and str(lock) in done.stderr
