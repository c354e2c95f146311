"""Bytes are kept in a folder and in S3 alike, and a place that cannot be used is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.shelf import FarShelf, FolderShelf, PlaceError, shelf_at


@pytest.mark.parametrize("kind", ["folder", "file", "s3"])
def test_what_is_put_is_got(kind: str, tmp_path: Path, s3: str) -> None:
    shelf = shelf_at({"folder": str(tmp_path), "file": tmp_path.as_uri(), "s3": s3}[kind], "readings")
    assert isinstance(shelf, FarShelf if kind == "s3" else FolderShelf)
    assert shelf.get("aa11") is None
    shelf.put("aa11", b"figures" * 1000)
    shelf.put("bb22", b"more")
    assert shelf.get("aa11") == b"figures" * 1000
    shelf.keep_only({"bb22"})
    assert (shelf.get("aa11") is None) == (kind != "s3"), "what others may need stays"


def test_a_damaged_entry_in_s3_is_none(s3: str) -> None:
    import s3fs  # noqa: PLC0415

    s3fs.S3FileSystem(skip_instance_cache=True).pipe_file(f"{s3}/readings/cc/cc33", b"no zlib")
    assert shelf_at(s3, "readings").get("cc33") is None


@pytest.mark.parametrize(
    ("place", "why"), [("s3://no-such-bucket/kept", "cannot be used"), ("gopher://x/y", "is no place that is known")]
)
def test_a_place_that_cannot_be_used_is_told(place: str, why: str, s3: str) -> None:
    with pytest.raises(PlaceError, match=why):
        shelf_at(place, "readings").put("aa11", b"figures")
