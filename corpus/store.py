"""Writing files so that nothing half-written stays."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from corpus.errors import UserError


class CannotWriteError(UserError):
    """A file could not be written; the message is for the user."""


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside `path`, then move it there in one step.

    Raises CannotWriteError where the folder or the file does not allow it, for example because the file is open in Excel.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The ending stays, because some writers choose the format by it.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        temporary.chmod(0o644)
        temporary.replace(path)
    except PermissionError as error:
        raise CannotWriteError(
            f"{path}: cannot be written; close it if it is open in Excel or another program, or choose another place."
        ) from error
    except OSError as error:
        raise CannotWriteError(
            f"{path}: cannot be written ({error.strerror or error}); choose another place."
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically, with line ends as they are."""
    write_atomically(path, lambda temporary: temporary.write_bytes(text.encode("utf-8")))
