"""Workbook and section opened by LibreOffice: they load, and what they say is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest

from compare import section, workbook
from compare.groups import Comparison
from councilbench.outputs import tables_of
from councilbench.runs import Run

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SOFFICE is None,
        reason="no LibreOffice: install Debian's libreoffice-writer and libreoffice-calc to open Word and Excel files",
    ),
]


def printed(path: Path) -> tuple[int, str]:
    """Pages and text of a document as LibreOffice prints it."""
    subprocess.run(
        [str(SOFFICE), "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with pdfplumber.open(path.with_suffix(".pdf")) as pdf:
        return len(pdf.pages), "\n".join(page.extract_text() for page in pdf.pages)


def test_the_section_is_half_a_page_to_three_pages(comparison: Comparison, tmp_path: Path) -> None:
    section.write_docx(tmp_path / "section.docx", section.compose(comparison))
    pages, text = printed(tmp_path / "section.docx")
    assert 1 <= pages <= 3
    assert "How Bath and North East Somerset compares" in text and "Points to" in text and "Sources" in text


def test_the_workbook_opens_and_no_row_hides_its_text(comparison: Comparison, samples: Run, tmp_path: Path) -> None:
    workbook.write(tmp_path / "book.xlsx", comparison, tables_of(samples))
    pages, text = printed(tmp_path / "book.xlsx")
    assert pages < 60, "sheets are printed one page wide"
    assert "Table of contents" in text and "not found in the report: stage 2 complaints received" in text.replace(
        "\n", " "
    )
