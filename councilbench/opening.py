"""One way in: reports, a workspace, or a dataset that was saved earlier."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from corpus import manifest
from corpus.errors import UsageError
from councilbench.given import documents_of, given_council, given_period
from councilbench.pipeline import build, run
from councilbench.runs import Run
from councilbench.saved import Saved
from normalise import own_wordings

Source = str | Path | IO[bytes]


def read(
    source: Source | Iterable[Source], council: str = "", period: str = "", workers: int = 0, wordings: str | Path = ""
) -> Run:
    """Read reports, a workspace, or a dataset that was saved earlier.

    `source` is a path or several: of reports, folders and zipped folders of them; of one workspace (a folder with `reports.csv`), of which only
    what changed is read; of one dataset (what `build` wrote, or an export). A file object open for reading bytes is read, too.
    `council` and `period` are as on the command line ("Bury Council", "2023/24") and win over what reports say. With `workers` the reports are
    read in so many processes; a script that does so needs the guard `if __name__ == "__main__":`.
    `wordings` is a CSV of the caller's own wordings (columns of `normalise.own_wordings`); a workspace has its own in `wordings.csv`.

    Raises corpus.errors.UsageError for a council, a year or a path that is none, corpus.errors.WorkspaceError for a wording that cannot be used,
    councilbench.saved.NoDatasetError for a damaged dataset.
    What cannot be read is named in `problems` of the result.
    """
    name, year = given_council(council), given_period(period)
    sources = _listed(source)
    folders = [Path(s) for s in sources if isinstance(s, str | Path) and Path(s).is_dir()]
    for folder in folders:
        found = _of_folder(folder, workers)
        if found is not None:
            if len(sources) > 1 or name or year or wordings:
                raise UsageError(
                    f"{folder}: is a workspace or a dataset; read it alone, without council, period and wordings"
                )
            return found
    with tempfile.TemporaryDirectory(prefix="councilbench-") as temporary:
        paths = [_path_of(s, n, Path(temporary)) for n, s in enumerate(sources, 1)]
        documents = documents_of(paths, name, year)
        if not documents:
            raise UsageError(f"no reports were found in {', '.join(map(str, paths)) or 'nothing'}")
        return run(documents, workers=workers, own=own_wordings.given(wordings))


def _listed(source: Source | Iterable[Source]) -> list[Source]:
    if isinstance(source, str | Path) or hasattr(source, "read"):
        sources: list[Any] = [source]
    elif isinstance(source, Iterable):
        sources = list(source)
    else:
        raise UsageError(f"{source!r} is neither a path nor a file that is open")
    if any(isinstance(s, str) and not s.strip() for s in sources):
        raise UsageError("a name is empty; give a file or a folder ('.' is the current one)")
    return sources


def _of_folder(folder: Path, workers: int) -> Run | None:
    """A workspace or a dataset; None for a folder of reports."""
    if (folder / manifest.MANIFEST).is_file():
        return build(folder, workers=workers)
    saved = Saved.at(folder)
    return Run(saved.results, built=saved) if saved else None


def _path_of(source: Any, number: int, home: Path) -> Path:
    """Where a source lies; what is open is written down first."""
    if isinstance(source, str | Path):
        return Path(source)
    if not hasattr(source, "read"):
        raise UsageError(f"{source!r} is neither a path nor a file that is open")
    name = Path(str(getattr(source, "name", "") or f"report-{number}")).name
    path = home / str(number) / name
    path.parent.mkdir()
    data = source.read()
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
