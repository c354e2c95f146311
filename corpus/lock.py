"""One process at a time: a file in a folder says which one is at work there."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from corpus.store import CannotWriteError


class LockedError(UserError):
    """Another process is at work; the message names it."""


_JUST = "{}: another process is just beginning to work there; try again in a minute."
_BEGINNING = 10.0
"""Seconds for which a lock without words is that of a process that has not said yet who it is."""
LOCK = ".councilbench-lock"
"""Who changes a table of a workspace holds this file, for a moment."""
WAIT = 30.0


@contextmanager
def held(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold a lock while something is done; one whose process has ended is taken over. Waits so many seconds for another process.

    Raises LockedError where another process holds it, corpus.store.CannotWriteError where the folder cannot be written.
    """
    until = time.monotonic() + wait
    while True:
        try:
            _take(path)
            break
        except LockedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _take(path: Path) -> None:
    for _ in range(3):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            _refuse_or_free(path)
            continue
        except OSError as error:
            raise CannotWriteError(
                f"{path.parent}: cannot be written ({error.strerror or error}); choose another place."
            ) from error
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_own(), file)
        return
    raise LockedError(_JUST.format(path.parent))


def _own() -> dict[str, Any]:
    import psutil  # noqa: PLC0415  (only who locks needs it)

    return {
        "process": os.getpid(),
        "began": psutil.Process().create_time(),
        "machine": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _refuse_or_free(path: Path) -> None:
    """Raises LockedError where the process that holds a lock still runs; else the lock is freed."""
    try:
        said = path.read_bytes()
        age = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return
    try:
        holder = json.loads(said)
        process, began, machine, since = (holder[k] for k in ("process", "began", "machine", "since"))
    except (ValueError, KeyError, TypeError) as error:
        if age < _BEGINNING:
            raise LockedError(_JUST.format(path.parent)) from error
        process, began, machine, since = 0, 0.0, socket.gethostname(), ""
    if machine != socket.gethostname():
        raise LockedError(
            f"{path.parent.parent}: process {process} on {machine} has been at work there since {since}; wait until it has ended, or, if that "
            f"machine does so no more, delete {path}."
        )
    if _runs(process, began):
        raise LockedError(
            f"{path.parent.parent}: process {process} has been at work there since {since}; wait until it has ended."
        )
    _free(path, said)


def _free(path: Path, said: bytes) -> None:
    """Take a lock away that was judged by what it says; another one that took its place in between is put back."""
    aside = path.with_name(f"{path.name}-{os.getpid()}")
    with suppress(FileNotFoundError):
        path.replace(aside)
        if aside.read_bytes() != said and not path.exists():
            aside.replace(path)
        aside.unlink(missing_ok=True)


def _runs(process: int, began: float) -> bool:
    """Whether a process still runs, and is not a later one of the same number."""
    import psutil  # noqa: PLC0415

    try:
        return bool(abs(psutil.Process(process).create_time() - began) < 1)
    except (psutil.Error, ValueError):
        return False
