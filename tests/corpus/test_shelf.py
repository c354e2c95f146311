"""Bytes are kept in a folder and in S3 alike, and a place that cannot be used is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.shelf import FarShelf, FolderShelf, PlaceError, shelf_at

pytest.importorskip("s3fs")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An empty bucket on a server that speaks S3; the address of a folder in it."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        import s3fs  # noqa: PLC0415

        s3fs.S3FileSystem(skip_instance_cache=True).mkdir("councils")
        yield "s3://councils/kept"
    server.stop()


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

    s3fs.S3FileSystem(skip_instance_cache=True).pipe_file("councils/kept/readings/cc/cc33", b"no zlib")
    assert shelf_at(s3, "readings").get("cc33") is None


@pytest.mark.parametrize(
    ("place", "why"), [("s3://no-such-bucket/kept", "cannot be used"), ("gopher://x/y", "is no place that is known")]
)
def test_a_place_that_cannot_be_used_is_told(place: str, why: str, s3: str) -> None:
    with pytest.raises(PlaceError, match=why):
        shelf_at(place, "readings").put("aa11", b"figures")
