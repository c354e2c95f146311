"""Edits of a workbook in the wrong place are noticed; what office programs do when they save is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from compare import workbook
from compare.groups import Comparison
from normalise.corrections import SHEET, read_sheet
from normalise.sealing import edited_elsewhere


@pytest.fixture(scope="module")
def sent(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sealed") / "sent.xlsx"
    workbook.write(out, comparison)
    return out


def said(path: Path) -> list[str]:
    return edited_elsewhere(path, SHEET, {row["id"] for row in read_sheet(path)})


def test_a_copy_that_was_not_touched_is_quiet(sent: Path, tmp_path: Path) -> None:
    load_workbook(sent).save(tmp_path / "again.xlsx")
    assert said(sent) == said(tmp_path / "again.xlsx") == []


def test_an_edit_on_another_sheet_and_a_deleted_row_are_named(sent: Path, tmp_path: Path) -> None:
    book = load_workbook(sent)
    page = book["Timeliness"]
    next(c for line in page.iter_rows() for c in line if isinstance(c.value, float)).value = 99.0
    ids = {row["id"] for row in read_sheet(sent)}
    used = next(
        str(line[-1]).split()[0] for line in book["All values"].iter_rows(values_only=True) if str(line[-1])[:12] in ids
    )
    figures = book[SHEET]
    figures.delete_rows(next(line[0].row for line in figures.iter_rows() if line[0].value == used))
    book.save(tmp_path / "back.xlsx")
    first, second = said(tmp_path / "back.xlsx")
    assert "the worksheet 'Timeliness' was changed" in first and "make the change there" in first
    assert "a row of the worksheet" in second and used in second


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice: install it to run this test")
def test_an_office_program_that_saves_the_workbook_changes_nothing(sent: Path, tmp_path: Path) -> None:
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
    ]
    subprocess.run([*command, str(tmp_path), str(sent)], check=True, capture_output=True, timeout=180)
    assert said(tmp_path / "sent.xlsx") == []
