"""Writing the export into one folder, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from corpus.errors import UsageError
from corpus.store import CannotWriteError, replacing, write_text
from normalise.export.citation import citation, readme
from normalise.export.codebook import codebook, codebook_text
from normalise.export.department import dfe, dfe_meta
from normalise.export.descriptor import descriptor
from normalise.export.frames import csv_text, tables
from normalise.export.labels import DFE_FILE, NAME, path_of

DESCRIPTOR = "datapackage.json"
DFE_META = "dfe/councilbench_indicators.meta.csv"
_LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


def export(
    frames: dict[str, pd.DataFrame], folder: Path | str, sources: Sequence[dict[str, str]] = (), version: str = ""
) -> list[Path]:
    """Write the export into a folder, all or nothing, and return the paths of its files.

    * `datapackage.json` and `data/*.csv`: the tables as a Data Package;
    * `parquet/*.parquet`: the same tables with their types;
    * `dfe/`: indicators in the layout of the Department for Education;
    * `codebook.md`, `codebook.csv`, `CITATION.cff` and `README.md`.

    The CSV files are for programs: UTF-8 without a byte-order mark, LF, and texts as published even where a spreadsheet would take
    them for a formula. For a spreadsheet there are the files that `normalise.dataset` writes.

    `frames` holds the tables of a dataset by the names of FILES, without documents. `sources` has a dict a report: `document`,
    `authority`, `period`, `title`, `licence`, empty where unknown. A new or empty folder is filled, an earlier export is replaced.

    Raises corpus.store.CannotWriteError where the folder holds anything else or cannot be written, corpus.errors.UsageError where there are no
    frames, and ValueError where one has other columns than fields.csv describes.
    """
    folder = Path(folder)
    if not frames:
        raise UsageError("there are no tables to export")
    found = tables(frames, sources)
    reports = found["documents"]
    layout = dfe(found["indicators"], reports)
    texts = {
        **{path_of(name): csv_text(frame) for name, frame in found.items()},
        DFE_FILE: csv_text(layout),
        DFE_META: csv_text(dfe_meta(layout)),
        "codebook.csv": csv_text(codebook()),
        "codebook.md": codebook_text(),
        "CITATION.cff": citation(reports, version),
        "README.md": readme(reports),
    }
    parquet = {f"parquet/{name}.parquet": frame for name, frame in found.items()}
    names = [DESCRIPTOR, *texts, *parquet]
    described = descriptor(texts, reports, names, version)
    texts[DESCRIPTOR] = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    _refuse_foreign(folder, folder.resolve())
    with replacing(folder) as place:
        for name, text in texts.items():
            write_text(place / name, text)
        for name, frame in parquet.items():
            (place / name).parent.mkdir(exist_ok=True)
            frame.to_parquet(place / name, index=False)
    return [folder / name for name in names]


def _refuse_foreign(folder: Path, place: Path) -> None:
    """Raises CannotWriteError where a path is no folder, the current one, or holds what no earlier export wrote."""
    if not place.exists():
        return
    if not place.is_dir():
        raise CannotWriteError(f"{folder}: is no folder; choose another name.")
    if Path.cwd().is_relative_to(place):
        raise CannotWriteError(f"{folder}: is the folder that you are working in; choose a folder inside it.")
    if all(p.name in _LEFT_BY_SYSTEMS for p in place.iterdir()):
        return
    ours = _written_before(place)
    if not ours:
        raise CannotWriteError(
            f"{folder}: holds files that are no earlier export of councilbench; choose a new or an empty folder."
        )
    for path in place.rglob("*"):
        inside = path.relative_to(place).as_posix()
        if (path.is_symlink() or not path.is_dir()) and inside not in ours and path.name not in _LEFT_BY_SYSTEMS:
            raise CannotWriteError(
                f"{folder}: holds {inside}, which no export wrote; move it away, or choose another folder."
            )


def _written_before(place: Path) -> set[str]:
    """The files of the export in a folder, as its descriptor names them; none where there is no export."""
    try:
        found = json.loads((place / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(found, dict) or found.get("name") != NAME or not isinstance(found.get("files"), list):
        return set()
    return {str(name) for name in found["files"]}
