"""Strangers' files: what is made to do harm costs only itself, and nothing is left out silently."""

from __future__ import annotations

import os
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests import hostile

Run = Callable[..., Result]
SAMPLE = Path(__file__).parents[2] / "corpus" / "samples" / "bury-2023-24.pdf"


GIVEN_UP = {
    "itself.pdf": "holds no text",
    "dense.pdf": "more than 6,000 numbers",
    "grid.pdf": "every page holds more than 8,000 words",
    "merge.xlsx": "merged areas of more than 200,000 cells",
    "rows.xlsx": "a sheet of more than 20 MB",
    "paragraphs.docx": "more than 60 MB of text",
    "lying.docx": "its parts are not what its directory says",
    "large.html": "a web page of more than 20 MB",
    "deep.html": "elements within more than 120 others were left out",
    "columns.txt": "more than 6,000 numbers",
    "lines.txt": "more than 2,000,000 characters",
}
READ = ("span.docx", "span-two.docx", "span.html", "columns-small.txt", "digits.txt")


@pytest.mark.slow
def test_each_costs_only_itself(tmp_path: Path, councilbench: Run) -> None:
    smaller = {"rows.xlsx": hostile.few_more_rows, "lying.docx": hostile.lying_a_little}
    for name in (*GIVEN_UP, *READ):
        smaller.get(name, hostile.FILES[name])(tmp_path / name)
    began = time.monotonic()
    done = councilbench("extract", *GIVEN_UP, *READ, SAMPLE, "--out", "o.csv")
    assert time.monotonic() - began < 120
    assert done.exit_code == 1 and f"observations from {len(READ) + 1} reports" in done.stdout
    for name, why in GIVEN_UP.items():
        (line,) = [x for x in done.stderr.splitlines() if x.startswith(f"problem: {name}: ")]
        assert why in line
    assert "error in councilbench" not in done.stderr


@pytest.mark.slow
def test_what_grows_while_it_is_read_is_given_up(tmp_path: Path, councilbench: Run) -> None:
    hostile.nested(tmp_path / "nested.pdf")
    done = councilbench("extract", "nested.pdf", "--out", "o.csv", "--megabytes", "200", "--seconds", "5")
    assert done.exit_code == 3 and "given up" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path, councilbench: Run) -> None:
    os.mkfifo(tmp_path / "report.pdf")
    done = councilbench("extract", "report.pdf", os.devnull, "--out", "o.csv")
    assert done.exit_code == 3 and done.stderr.count("is no ordinary file") == 2


def test_a_page_whose_corners_are_swapped_is_read(tmp_path: Path, councilbench: Run) -> None:
    hostile.swapped_corners(tmp_path / "swapped.pdf")
    done = councilbench("extract", "swapped.pdf", "--out", "o.csv", "--council", "Bury")
    assert done.exit_code == 0
    assert ",57.0," in (tmp_path / "o.csv").read_text(encoding="utf-8-sig")


def test_reports_of_one_name_in_a_zip_file_are_told_apart(tmp_path: Path, councilbench: Run) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for name in ("Bury", "Oldham"):
            said = f"{name} Council children's complaints annual report 2023-24\n\n{hostile.SAID}\n"
            archive.writestr(f"{name.lower()}/report.txt", said)
    councilbench("extract", "two.zip", "--out", "o.csv")
    rows = (tmp_path / "o.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert {tuple(row.split(",")[1:3]) for row in rows} == {("report", "Bury"), ("oldham-report", "Oldham")}


def test_a_limit_can_be_changed(tmp_path: Path, councilbench: Run) -> None:
    refused = councilbench("extract", SAMPLE, "--out", "o.csv", "--limit", "pages=1")
    assert refused.exit_code == 3 and "more than 1; extract the report's own pages" in refused.stderr
    wrong = councilbench("extract", SAMPLE, "--out", "o.csv", "--limit", "sides=2")
    assert wrong.exit_code == 2 and "names are pages, words" in wrong.stderr


def test_nothing_in_a_report_steers_a_terminal(tmp_path: Path, councilbench: Run) -> None:
    said = "Bury Council complaints 2023-24\n\nThe council received 57 complaints about \x1b[31mred\x1b[0m and \x9b2J things at stage 1.\n"
    report = tmp_path / "bury\x1b[2J.txt"
    try:
        report.write_text(said, encoding="utf-8")
    except OSError:
        report = tmp_path / "bury.txt"
        report.write_text(said, encoding="utf-8")
    councilbench("init", ".")
    told = [councilbench("add", report), councilbench("build"), councilbench("check"), councilbench("status")]
    told.append(councilbench("extract", tmp_path / "\x1b[2Jmissing.pdf", "--out", "o.csv"))
    for done in told:
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.stdout + done.stderr)


@pytest.mark.parametrize("verb", ["extract", "add", "tables", "ask"])
def test_an_empty_name_is_wrong_use(verb: str, councilbench: Run) -> None:
    out = () if verb == "add" else ("--out", "o.xlsx")
    done = councilbench(verb, "", *out)
    assert done.exit_code == 2 and "a name is empty" in done.stderr


def test_what_a_program_error_is_told_as(councilbench: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "region/reports.csv")

    monkeypatch.setattr("corpus.manifest.create", wrong)
    done = councilbench("init", "region")
    assert done.exit_code == 3 and "an error in councilbench and not yours (ZeroDivisionError" in done.stderr
    monkeypatch.setattr("corpus.manifest.create", full)
    done = councilbench("init", "region")
    assert done.exit_code == 3 and done.stderr.startswith(
        "councilbench: region/reports.csv: cannot be read or written (No space left"
    )
