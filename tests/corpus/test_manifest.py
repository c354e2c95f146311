"""Workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import manifest
from corpus.errors import WorkspaceError
from corpus.store import CannotWriteError, write_atomically


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return manifest.create(tmp_path / "region")


def test_a_report_added_is_listed_with_its_hash(workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "Bury 2023.txt"
    source.write_text("27 complaints were received.")
    manifest.add(workspace, source, "Bury", "2023-24")
    (document,) = manifest.read(workspace)
    assert (document.slug, document.council, document.period) == ("Bury 2023", "Bury", "2023-24")
    assert document.path.read_text() == source.read_text()
    assert len(document.sha256) == 64


def test_the_same_file_twice_is_refused_and_the_same_name_is_not(workspace: Path, tmp_path: Path) -> None:
    for folder in ("bury", "oldham"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(folder)
    manifest.add(workspace, tmp_path / "bury" / "report.txt")
    with pytest.raises(WorkspaceError, match="already has a report named 'report' with just this content"):
        manifest.add(workspace, tmp_path / "bury" / "report.txt")
    assert manifest.add(workspace, tmp_path / "oldham" / "report.txt").slug == "oldham-report"
    assert [d.path.read_text() for d in manifest.read(workspace)] == ["bury", "oldham"]


def test_a_changed_report_takes_the_place_of_the_old_one(workspace: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "bury.txt", tmp_path / "bury final.md"
    old.write_text("x")
    new.write_text("y")
    manifest.add(workspace, old, "Bury", "2023-24")
    with pytest.raises(WorkspaceError, match="nothing was changed"):
        manifest.update(workspace, "bury", old)
    manifest.update(workspace, "BURY", new)
    (document,) = manifest.read(workspace)
    assert (document.slug, document.council, document.source) == ("bury", "Bury", "bury final.md")
    assert document.path.read_text() == "y" and len(list((workspace / "reports").iterdir())) == 1


def test_a_removed_report_is_gone_with_its_copy_and_the_source_stays(workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "bury.txt"
    source.write_text("x")
    manifest.add(workspace, source)
    with pytest.raises(WorkspaceError, match="no report named 'oldham'; its reports are bury"):
        manifest.remove(workspace, "oldham")
    manifest.remove(workspace, "bury")
    assert manifest.read(workspace) == [] and not list((workspace / "reports").iterdir()) and source.exists()


def test_the_manifest_opens_in_excel_and_survives_it(workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "bury.txt"
    source.write_text("x")
    manifest.add(workspace, source, period="2023-24")
    path = workspace / manifest.MANIFEST
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    assert manifest.read(workspace)[0].period == "2023-24"


def test_what_a_person_entered_wins_over_what_was_recognised(workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "bury.txt"
    source.write_text("x")
    manifest.add(workspace, source, council="Bury")
    manifest.record(workspace, {"bury": ("Bolton", "2019-20", "children")}, {}, {"bury": ("Bury", "")})
    (read,) = manifest.read(workspace)
    assert (read.council, read.period) == ("Bury", "2019-20")


def test_a_calendar_year_that_was_recognised_can_be_read_again(workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "oldham.txt"
    source.write_text("x")
    manifest.add(workspace, source)
    manifest.record(workspace, {"oldham": ("Oldham", "2023", "children")}, {}, {"oldham": ("", "")})
    assert manifest.read(workspace)[0].period == "2023"


def test_a_folder_without_manifest_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="councilbench init"):
        manifest.read(tmp_path)


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")

    def fails(path: Path) -> None:
        path.write_text("half")
        raise OSError("disk full")

    with pytest.raises(CannotWriteError, match="disk full"):
        write_atomically(target, fails)
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_an_empty_file_takes_no_reports_place(workspace: Path, tmp_path: Path) -> None:
    source, empty = tmp_path / "bury.txt", tmp_path / "empty.pdf"
    source.write_text("x")
    empty.write_bytes(b"")
    manifest.add(workspace, source)
    with pytest.raises(WorkspaceError, match="is empty"):
        manifest.update(workspace, "bury", empty)
    with pytest.raises(WorkspaceError, match="is empty"):
        manifest.add(workspace, empty)
    assert (workspace / "reports" / "bury.txt").read_text() == "x"
