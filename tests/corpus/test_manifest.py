"""Workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import manifest
from corpus.document import Document
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


def test_the_same_name_twice_is_refused_with_what_to_do(workspace: Path, tmp_path: Path) -> None:
    source = tmp_path / "bury.txt"
    source.write_text("x")
    manifest.add(workspace, source)
    with pytest.raises(manifest.WorkspaceError, match="already has a report named 'bury'; rename the file"):
        manifest.add(workspace, source)


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
    document = manifest.add(workspace, source, council="Bury")
    manifest.record(workspace, {"bury": Document("bury", document.path, council="Bolton", period="2019-20")})
    (read,) = manifest.read(workspace)
    assert (read.council, read.period) == ("Bury", "2019-20")


def test_a_folder_without_manifest_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(manifest.WorkspaceError, match="councilbench init"):
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
