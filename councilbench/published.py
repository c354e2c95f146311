"""The dataset of a workspace on disk: all of its files are replaced in one step, so that they never disagree."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import digest
from corpus.outputs import check_folder
from corpus.store import replacing
from councilbench.built import DATASET, INDEX, Built

if TYPE_CHECKING:
    import pandas as pd

MARK = "built.json"
"""What the files of a dataset were written from."""


def is_current(folder: Path, built: Built, suppress_below: int) -> bool:
    """Whether a dataset is what a build would write, and nobody has changed a file since."""
    try:
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
        sizes = {name: [(s := (folder / name).stat()).st_size, s.st_mtime_ns] for name in mark["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(mark["files"] == sizes and (mark["of"], mark["suppress_below"]) == (_name_of(built), suppress_below))


def withheld_below(workspace: Path) -> int:
    """The number under which the dataset of a workspace withholds counts; 0 where it withholds none, or there is no dataset."""
    try:
        return int(json.loads((workspace / DATASET / MARK).read_text(encoding="utf-8"))["suppress_below"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def differing(folder: Path) -> list[str]:
    """Files of a dataset that are missing or not as they were written together; none for a folder without a mark, such as an export."""
    try:
        contents = json.loads((folder / MARK).read_text(encoding="utf-8"))["contents"]
        listed = {str(name): str(content) for name, content in contents.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    return [n for n, content in listed.items() if not (folder / n).is_file() or digest(folder / n) != content]


def edited(folder: Path) -> list[str]:
    """Files of a dataset that somebody has changed since they were written."""
    return [name for name in differing(folder) if (folder / name).is_file()]


def _name_of(built: Built) -> str:
    return sha256((built.folder / INDEX).read_bytes()).hexdigest()


def write(workspace: Path, built: Built, suppress_below: int = 0) -> None:
    """Write WORKSPACE/dataset. Raises normalise.schemas.BrokenRuleError, corpus.store.CannotWriteError."""
    if suppress_below:
        from councilbench.pipeline import run_of  # noqa: PLC0415

        files = _checked(run_of(workspace, built, suppress_below).frames)
    else:
        files = _as_built(built)
    _write(workspace / DATASET, files, {"of": _name_of(built), "suppress_below": suppress_below})


def write_frames(frames: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write the dataset of reports that are no workspace's. Raises as write does, and corpus.outputs.NotOursError for a workspace's folder."""
    check_folder(folder)
    _write(folder, _checked(frames), {"of": "", "suppress_below": 0})


def _as_built(built: Built) -> dict[str, Iterable[bytes]]:
    from councilbench.runs import TABLES  # noqa: PLC0415
    from normalise.dataset import csv_head  # noqa: PLC0415

    return {name: _lines(csv_head(built.columns(name)), built.csv(name)) for name in TABLES}


def _checked(frames: Mapping[str, pd.DataFrame]) -> dict[str, Iterable[bytes]]:
    from normalise.dataset import csv_head, csv_lines  # noqa: PLC0415
    from normalise.schemas import SCHEMAS, BrokenRuleError, broken  # noqa: PLC0415

    for name in SCHEMAS:
        if rules := broken(name, frames[name]):
            raise BrokenRuleError(name, rules)
    return {name: [csv_head(frame.columns), csv_lines(frame)] for name, frame in frames.items()}


def _lines(head: bytes, rest: Iterable[bytes]) -> Iterable[bytes]:
    yield head
    yield from rest


def _write(folder: Path, files: Mapping[str, Iterable[bytes]], mark: dict[str, object]) -> None:
    with replacing(folder, keep_others=True) as new:
        for name, parts in files.items():
            with (new / f"{name}.csv").open("wb") as handle:
                handle.writelines(parts)
        sizes = {p.name: [(s := p.stat()).st_size, s.st_mtime_ns] for p in (new / f"{name}.csv" for name in files)}
        contents = {f"{name}.csv": digest(new / f"{name}.csv") for name in files}
        whole = {**mark, "files": sizes, "contents": contents}
        (new / MARK).write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
