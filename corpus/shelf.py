"""Bytes kept by name in a folder, written in one step, so that a process killed at any moment leaves no half of one."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.store import write_atomically

_LEVEL = 1  # a tenth of the size of the text at a tenth of the time that the best would take


@dataclass(frozen=True)
class Shelf:
    """A folder of compressed bytes; a name is hexadecimal digits and dots."""

    folder: Path

    def _place(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def get(self, name: str) -> bytes | None:
        """What is kept under a name; None where nothing is, or where it is damaged."""
        try:
            return zlib.decompress(self._place(name).read_bytes())
        except (OSError, zlib.error):
            return None

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes. Raises corpus.store.CannotWriteError."""
        packed = zlib.compress(data, _LEVEL)
        write_atomically(self._place(name), lambda temporary: temporary.write_bytes(packed))

    def keep_only(self, names: Collection[str]) -> None:
        """Drop what is kept under other names."""
        for path in self.folder.glob("*/*"):
            if path.name not in names:
                path.unlink(missing_ok=True)
