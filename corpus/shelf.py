"""Bytes kept by name in a folder or at any place that fsspec knows, written in one step, so that a process killed at any moment leaves no half of one."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import UserError
from corpus.store import write_atomically

_LEVEL = 1  # a tenth of the size of the text at a tenth of the time that the best would take


class PlaceError(UserError):
    """A place outside of this machine cannot be used; the message says why."""


class Shelf(Protocol):
    """Compressed bytes by name; a name is hexadecimal digits and dots."""

    def get(self, name: str) -> bytes | None:
        """What is kept under a name; None where nothing is, or where it is damaged."""

    def has(self, name: str) -> bool:
        """True where something is kept under a name."""

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes. Raises corpus.store.CannotWriteError, PlaceError."""

    def keep_only(self, names: Collection[str]) -> None:
        """Drop what is kept under other names."""


@dataclass(frozen=True)
class FolderShelf:
    """A shelf that is a folder."""

    folder: Path

    def _place(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def get(self, name: str) -> bytes | None:
        try:
            return zlib.decompress(self._place(name).read_bytes())
        except (OSError, zlib.error):
            return None

    def has(self, name: str) -> bool:
        return self._place(name).is_file()

    def put(self, name: str, data: bytes) -> None:
        packed = zlib.compress(data, _LEVEL)
        write_atomically(self._place(name), lambda temporary: temporary.write_bytes(packed))

    def keep_only(self, names: Collection[str]) -> None:
        for path in self.folder.glob("*/*"):
            if path.name not in names:
                path.unlink(missing_ok=True)


@dataclass(frozen=True)
class FarShelf:
    """A shelf at a place that fsspec knows, as `s3://bucket/folder`, which others may use, too."""

    place: str

    def _path(self, name: str) -> tuple[Any, str]:
        system, root = _system(self.place)
        return system, f"{root}/{name[:2]}/{name}"

    def get(self, name: str) -> bytes | None:
        system, path = self._path(name)
        try:
            return zlib.decompress(system.cat_file(path))
        except (FileNotFoundError, zlib.error):
            return None
        except Exception as error:  # each system has errors of its own
            raise _unusable(self.place, error) from error

    def put(self, name: str, data: bytes) -> None:
        system, path = self._path(name)
        try:
            system.pipe_file(path, zlib.compress(data, _LEVEL))
        except Exception as error:
            raise _unusable(self.place, error) from error

    def has(self, name: str) -> bool:
        system, path = self._path(name)
        try:
            return bool(system.exists(path))
        except Exception as error:
            raise _unusable(self.place, error) from error

    def keep_only(self, names: Collection[str]) -> None:
        """Nothing: another workspace may need what this one does not."""


def _unusable(place: str, error: Exception) -> PlaceError:
    said = " ".join(str(error).split()) or type(error).__name__
    return PlaceError(f"{place}: cannot be used ({said}); check the address and the keys")


@cache
def _system(place: str) -> tuple[Any, str]:
    """The file system of a place, and the path there."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise PlaceError(f'{place}: needs the extra; in the folder of councilbench: pip install ".[s3]"') from error
    try:
        system, path = url_to_fs(place, use_listings_cache=False, skip_instance_cache=True)
    except ImportError as error:
        raise PlaceError(f"{place}: needs a package more ({error})") from error
    except ValueError as error:
        raise PlaceError(
            f"{place}: is no place that is known ({error}); write s3://BUCKET/FOLDER or a folder"
        ) from error
    return system, path.rstrip("/")


def shelf_at(place: str, name: str) -> Shelf:
    """The shelf of a name in a folder, or at a place with a scheme (`s3://`, `file://`, …)."""
    scheme, apart, rest = place.partition("://")
    if not apart:
        return FolderShelf(Path(place) / name)
    if scheme == "file":  # a folder is written in one step, which fsspec does not promise
        return FolderShelf(Path(rest) / name)
    return FarShelf(f"{place.rstrip('/')}/{name}")
