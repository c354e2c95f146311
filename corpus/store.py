"""Writing files and folders so that nothing half-written stays."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def replacing(folder: Path, keep_others: bool = False) -> Iterator[Path]:
    """A new folder beside one, which takes its place in one step when all went well, and goes away when not.

    With `keep_others` what lies in the old folder and not in the new one, such as a person's own notes, comes along. Raises CannotWriteError
    where the file system does not allow it, as on Windows while a file in the folder is open; nothing is changed then.
    """
    place = folder.resolve()
    new: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _put_back(place)
        new = Path(tempfile.mkdtemp(dir=place.parent, prefix=_prefix(place)))
        new.chmod(0o755)
        yield new
        if keep_others and place.is_dir():
            _copy_others(place, new)
        _switch(new, place)
    except OSError as error:
        raise CannotWriteError(
            f"{folder}: cannot be written ({error.strerror or error}); close its files in other programs, or choose another folder; nothing was changed."
        ) from error
    finally:
        if new is not None:
            shutil.rmtree(new, ignore_errors=True)


def _copy_others(old: Path, new: Path) -> None:
    """Copied, not moved: should the process end before the switch, nothing is missing from the old folder."""
    for path in old.iterdir():
        if not (new / path.name).exists():
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, new / path.name)


def _switch(new: Path, place: Path) -> None:
    aside = aside_of(place)
    if place.exists():
        place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        if aside.exists():
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def aside_of(folder: Path) -> Path:
    """Where a folder lies while a new one takes its place."""
    return folder.with_name(f"{_prefix(folder)}before")


def _prefix(folder: Path) -> str:
    """How names begin that nobody else would give, because folders of these names are cleared away."""
    return f".{folder.name}.councilbench-"


def _put_back(folder: Path) -> None:
    """Put an old folder back that a process was killed over, or clear it away where the new one is in its place."""
    aside = aside_of(folder)
    if aside.is_dir() and not folder.exists():
        aside.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


def mend(folder: Path) -> None:
    """Put right what a process left that was killed while it replaced a folder; only for who holds the folder's lock."""
    _put_back(folder)
    for left in folder.parent.glob(f"{_prefix(folder)}*"):
        shutil.rmtree(left, ignore_errors=True)
