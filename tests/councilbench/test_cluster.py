"""A build on a real Dask cluster is that of one machine, also when a worker is lost in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

pytest.importorskip("distributed")
SAMPLES = sorted((Path(__file__).parents[2] / "corpus" / "samples").glob("*.pdf"))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own: address and workers."""
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path, "start_new_session": True}
    scheduler = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        str(file),
    ]
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        "--scheduler-file",
        str(file),
        "--nthreads",
        "1",
        "--no-dashboard",
        "--no-nanny",
    ]
    processes = [subprocess.Popen(scheduler, **quiet)]  # type: ignore[call-overload]
    try:
        processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]  # type: ignore[call-overload]
        deadline = time.monotonic() + 60
        # The file is there before it is written.
        while not (file.exists() and file.read_text(encoding="utf-8").endswith("}")) and time.monotonic() < deadline:
            time.sleep(0.1)
        yield json.loads(file.read_text(encoding="utf-8"))["address"], processes[1:]
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.slow
def test_a_build_on_a_cluster_that_loses_a_worker_is_that_of_one_machine(
    tmp_path: Path, councilbench: Callable[..., Result], cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    for name in ("here", "there"):
        councilbench("init", name)
        councilbench("add", *SAMPLES[:3], "--workspace", name)
    assert councilbench("build", "here").exit_code == 0
    command = [sys.executable, "-m", "councilbench", "build", "there", "--cluster", address]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    results = tmp_path / "there" / "kept" / "results"
    while process.poll() is None and not [p for p in results.rglob("*") if p.is_file()]:
        time.sleep(0.05)
    os.killpg(workers[0].pid, signal.SIGKILL)
    said, told = process.communicate(timeout=180)
    assert process.returncode == 0, told
    assert "from 3 reports" in said
    files = [{p.name: p.read_bytes() for p in Path(name, "dataset").glob("*.csv")} for name in ("here", "there")]
    assert len(files[0]) == 7 and files[0] == files[1]


_BLIND = """
import os, sys
def watch(event, arguments):
    if event == "open" and os.path.abspath(str(arguments[0])).startswith(os.environ["HIDDEN"] + os.sep):
        raise PermissionError(arguments[0])
sys.addaudithook(watch)
"""


@pytest.fixture
def blind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that are started from now on cannot open anything in the workspace `there`."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(_BLIND)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.setenv("HIDDEN", str(tmp_path / "there"))


@pytest.mark.slow
def test_workers_that_do_not_see_the_workspace_read_from_s3(
    s3: str,
    blind: None,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    councilbench: Callable[..., Result],
) -> None:
    for name in ("here", "there"):
        councilbench("init", name)
        councilbench("add", *SAMPLES[:2], "--workspace", name)
    assert councilbench("build", "here").exit_code == 0
    done = councilbench("build", "there", "--cluster", cluster[0], "--kept", s3)
    assert done.exit_code == 0, done.output
    files = [{p.name: p.read_bytes() for p in Path(name, "dataset").glob("*.csv")} for name in ("here", "there")]
    assert len(files[0]) == 7 and files[0] == files[1]
    assert not (tmp_path / "there" / "kept" / "readings").exists(), "readings are kept in S3 alone"


def test_a_scheduler_that_does_not_answer_is_told(councilbench: Callable[..., Result]) -> None:
    councilbench("init", "region")
    councilbench("add", SAMPLES[0], "--workspace", "region")
    done = councilbench("build", "region", "--cluster", "nonsense")
    assert done.exit_code == 3 and "no Dask scheduler answers there" in done.stderr
