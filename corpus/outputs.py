"""Files that are handed over: none takes the place of a file that councilbench did not write, or that somebody has changed since."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from corpus.clock import settle
from corpus.document import digest
from corpus.errors import UsageError
from corpus.lock import LOCK, WAIT, held
from corpus.store import write_atomically

RECORD = ".councilbench-written.json"
"""Path -> SHA-256 of what was written, in the folder of the files or, for a folder of folders, above them."""
_OWN_FILES = (
    "reports.csv",
    "corrections.csv",
    "breaks.csv",
    "wordings.csv",
    "groups.csv",
    "groups.toml",
    "catalogue.csv",
    "councilbench.toml",
)
"""Files of a workspace, whose names no output may have."""
_OWN_FOLDERS = ("reports", "kept", "reference", "replies")


class NotOursError(UsageError):
    """A file stands in the place of an output; the message names it."""


def check_name(path: Path) -> None:
    """Raises NotOursError for the name of a file of a workspace, and for a place among its own files."""
    place = path.resolve()
    if place.name in _OWN_FILES:
        raise NotOursError(f"{path}: is the name of a file of a workspace; choose another name.")
    if place.parent.name in _OWN_FOLDERS and (place.parent.parent / "reports.csv").exists():
        raise NotOursError(f"{path}: lies where the workspace keeps files of its own; choose another place.")


def check_place(path: Path) -> None:
    """Raises NotOursError where an output would take the place of somebody's file, or lie among a workspace's own."""
    check_name(path)
    place = path.resolve()
    home = _home(place)
    if place.is_file() and _written(home).get(place.relative_to(home).as_posix()) != digest(place):
        raise NotOursError(
            f"{path}: is there already, and councilbench did not write it or somebody has changed it since; choose another name, or delete it first."
        )


def check_folder(folder: Path) -> None:
    """Raises NotOursError for the dataset of a workspace, which only its own build replaces."""
    if (folder.resolve().parent / "reports.csv").exists():
        raise NotOursError(f"{folder}: belongs to a workspace; choose another folder.")


def write_output(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside `path`, then move it there in one step. Raises NotOursError, corpus.store.CannotWriteError."""
    check_place(path)

    def dated(temporary: Path) -> None:
        write(temporary)
        settle(temporary, path.suffix.lower())

    write_atomically(path, dated)
    place = path.resolve()
    home = _home(place)
    with held(home / LOCK, wait=WAIT):
        known = {name: content for name, content in _written(home).items() if (home / name).exists()}
        text = json.dumps({**known, place.relative_to(home).as_posix(): digest(place)}, indent=1, sort_keys=True)
        write_atomically(home / RECORD, lambda temporary: temporary.write_text(text + "\n", encoding="utf-8"))


def write_output_text(path: Path, text: str) -> None:
    """Write UTF-8 text, with line ends as they are. Raises as write_output does."""
    write_output(path, lambda temporary: temporary.write_bytes(text.encode("utf-8")))


def clear_sets(folder: Path, endings: Sequence[str], keep: Collection[str]) -> None:
    """Delete what was written to a folder before in sets of one name with each of these endings, but those named in `keep`.

    A file that somebody has changed since stays, and so do the others of its set.
    """
    folder = folder.resolve()
    home = _home(folder / "any")
    names = {name for name in _written(home) if (home / name).parent == folder}
    for stem in {Path(name).stem for name in names} - set(keep):
        files = [folder / f"{stem}{ending}" for ending in endings]
        known = [_written(home).get(f.relative_to(home).as_posix()) for f in files]
        if all(f.is_file() and digest(f) == content for f, content in zip(files, known, strict=True)):
            for f in files:
                f.unlink()


def _home(place: Path) -> Path:
    """The folder whose record a file stands in."""
    return place.parent.parent if (place.parent.parent / RECORD).is_file() else place.parent


def _written(folder: Path) -> dict[str, str]:
    """What was written to a folder."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
