"""Nobody's file is overwritten: outputs take the place of what councilbench wrote, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from compare.groups import Comparison
from compare.section import compose, write_markdown
from corpus.outputs import NotOursError, write_output_text

Run = Callable[..., Result]
TEXT = "Bury Council children's complaints annual report 2023-24\n\nThe council received 57 statutory complaints at stage 1.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bury.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_what_was_written_is_written_again_until_somebody_changes_it(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    write_output_text(path, "one")
    write_output_text(path, "two")
    path.write_text("my notes")
    with pytest.raises(NotOursError, match="somebody has changed it since"):
        write_output_text(path, "three")
    assert path.read_text() == "my notes"


def test_a_folder_of_folders_has_one_record(tmp_path: Path) -> None:
    write_output_text(tmp_path / "letters.csv", "a")
    write_output_text(tmp_path / "bury" / "report.html", "b")
    write_output_text(tmp_path / "bury" / "report.html", "c")
    assert [p.name for p in (tmp_path / "bury").iterdir()] == ["report.html"]


@pytest.mark.parametrize("verb", ["extract", "tables"])
def test_an_input_is_no_output(verb: str, report: Path, councilbench: Run) -> None:
    table = report.with_suffix(".xlsx")
    table.write_bytes(b"a colleague's workbook")
    done = councilbench(verb, report, "--out", table)
    assert done.exit_code == 2 and "councilbench did not write it" in done.stderr
    assert table.read_bytes() == b"a colleague's workbook"


def test_a_workspaces_own_files_are_no_outputs(report: Path, councilbench: Run) -> None:
    councilbench("init", ".")
    councilbench("add", report)
    before = {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()}
    for place in ("reports.csv", "reports/new.csv", "kept/new.csv"):
        assert councilbench("extract", report, "--out", place).exit_code == 2
    assert councilbench("return-form", "--out", "reports/form.xlsx").exit_code == 2
    assert {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()} == before


def test_a_form_that_was_filled_in_stays(councilbench: Run) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    assert councilbench("return-form", "--out", "form.xlsx", "--council", "Bury").exit_code == 0
    book = load_workbook("form.xlsx")
    book.active["B9"] = 31  # type: ignore[index]
    book.save("form.xlsx")
    filled = Path("form.xlsx").read_bytes()
    assert councilbench("return-form", "--out", "form.xlsx").exit_code == 2
    assert Path("form.xlsx").read_bytes() == filled


def test_a_picture_beside_a_section_stays(comparison: Comparison, tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    picture.write_bytes(b"a photograph")
    with pytest.raises(NotOursError, match=r"x\.png"):
        write_markdown(tmp_path / "x.md", compose(comparison))
    assert [p.name for p in tmp_path.iterdir()] == ["x.png"] and picture.read_bytes() == b"a photograph"
