"""What was built of a workspace: the frames of its dataset as Parquet files, a row group for some reports, and what they rest on.

A new build is written beside the old one and takes its place in one step, so a build that is killed leaves the old one whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.corrections import Correction
from corpus.own_breaks import OwnBreak
from corpus.store import aside_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FOLDER = "built"
DATASET = "dataset"
INDEX = "index.json"
OWN = ("observations", "computed", "ledger", "themes", "readings", "findings", "said", "texts", "csv")
"""Tables of each report by itself. `computed` are its indicators before breaks in series are marked, `findings` what contradicts itself in it,
`said` the lines of `check`, `texts` its running text, `csv` its lines of the files of the dataset."""
TOGETHER = ("indicators", "discrepancies", "comparability", "csv_together")
"""Tables for which other reports of a council matter."""
_BATCH = 64


@dataclass
class Entry:
    """One report as it was built."""

    slug: str
    file: str
    size: int
    changed: int
    """When the file was last changed, in nanoseconds."""
    content: str
    """SHA-256 of the file."""
    given: tuple[str, str]
    """Council and year that the reading was told."""
    rests_on: str = ""
    """A hash of everything that decides what its tables hold."""
    council: str = ""
    period: str = ""
    scope: str = ""
    problem: str = ""
    passing: bool = False
    """True for a problem that another build may not have."""
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    agreeing: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    """Table -> how many rows of it are this report's."""


@dataclass
class Index:
    """What was built, and from what."""

    entries: list[Entry] = field(default_factory=list)
    code: str = ""
    """A hash of the program."""
    corrections: list[dict[str, str]] = field(default_factory=list)
    breaks: list[dict[str, str]] = field(default_factory=list)
    reference: str = ""
    """A hash of the workspace's reference data."""
    reader: str = "rules"
    notes: list[str] = field(default_factory=list)
    """Sentences that belong to no single report."""
    wordings: str = ""
    """A hash of the workspace's own wordings."""

    @property
    def own_breaks(self) -> list[OwnBreak]:
        """The breaks in series that the workspace named."""
        return [OwnBreak(**b) for b in self.breaks]

    def like(self, other: Index) -> bool:
        """True where all is the same but, perhaps, when files were last changed."""
        mine, theirs = (replace(i, entries=[replace(e, changed=0) for e in i.entries]) for i in (self, other))
        return mine == theirs

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Index:
        """Raises ValueError, KeyError or TypeError for what is none."""
        found = json.loads(text)
        entries = [Entry(**{**e, "given": tuple(e["given"])}) for e in found.pop("entries")]
        return cls(entries, **found)


@dataclass
class Built:
    """A finished build."""

    folder: Path
    index: Index

    @classmethod
    def of(cls, kept: Path) -> Built | None:
        """What was built last; None where nothing was, or where it is damaged or of another version."""
        folder = kept / FOLDER
        if not folder.is_dir():  # another process is just putting a new one in its place, or was killed then
            folder = aside_of(folder)
        try:
            index = Index.from_json((folder / INDEX).read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        built = cls(folder, index)
        return built if all((built.folder / f"{name}.parquet").is_file() for name in (*OWN, *TOGETHER)) else None

    @cached_property
    def by_slug(self) -> dict[str, Entry]:
        return {e.slug: e for e in self.index.entries}

    @property
    def corrections(self) -> list[Correction]:
        return [Correction(**c) for c in self.index.corrections]

    def table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """A table as Arrow has it."""
        import pyarrow.parquet as pq  # noqa: PLC0415  (a build in which nothing has changed needs no tables)

        return pq.read_table(self.folder / f"{name}.parquet", columns=columns)

    def frame(self, name: str) -> pd.DataFrame:
        """A file of the dataset as a frame."""
        from normalise.dataset import typed  # noqa: PLC0415

        return typed(name, self.table(name).to_pandas())

    def csv(self, name: str) -> Iterator[bytes]:
        """The lines of a file of the dataset, a report at a time."""
        table = self.table("csv_together" if name in TOGETHER else "csv")
        for file, lines in zip(table["file"], table["lines"], strict=True):
            if file.as_py() == name:
                yield lines.as_py()

    def columns(self, name: str) -> list[str]:
        """The columns of a file of the dataset."""
        import pyarrow.parquet as pq  # noqa: PLC0415

        return list(pq.read_schema(self.folder / f"{name}.parquet").names)

    def said(self) -> dict[str, list[tuple[str, str]]]:
        """Document -> what `check` has to say of its numbers: lines with the part that they belong to."""
        found: dict[str, list[tuple[str, str]]] = {e.slug: [] for e in self.index.entries}
        for row in self.table("said").to_pylist():
            found[row["document"]].append((row["part"], row["line"]))
        return found

    def texts(self) -> dict[str, str]:
        """Document -> its running text."""
        table = self.table("texts").to_pydict()
        return dict(zip(table["document"], table["text"], strict=True))


class Assembly:
    """Writes the tables of a build, report after report, a few at a time."""

    def __init__(self, folder: Path, names: Iterable[str], before: Built | None) -> None:
        self.folder, self.before = folder, before
        self.waiting: dict[str, list[pa.Table]] = {name: [] for name in names}
        self.writers: dict[str, Any] = {}
        self.starts = _starts(before.index.entries if before else ())
        self.old: dict[str, pa.Table] = {}

    def add(self, entry: Entry, tables: Mapping[str, pa.Table] | None) -> None:
        """Take the tables of the next report: new ones, or, with None, those of the build before."""
        for name, waiting in self.waiting.items():
            table = tables[name] if tables is not None else self._as_before(name, entry.slug)
            entry.rows[name] = table.num_rows
            waiting.append(table)
            if len(waiting) >= _BATCH:
                self._write(name)

    def _as_before(self, name: str, slug: str) -> pa.Table:
        assert self.before is not None
        if name not in self.old:
            self.old[name] = self.before.table(name)
        start, length = self.starts[slug][name]
        return self.old[name].slice(start, length)

    def _write(self, name: str) -> None:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        if not self.waiting[name]:
            return
        table = pa.concat_tables(self.waiting[name]).combine_chunks()
        if name not in self.writers:
            self.writers[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", table.schema, compression="zstd")
        self.writers[name].write_table(table)
        self.waiting[name].clear()

    def close(self) -> None:
        """Write what is left."""
        for name in self.waiting:
            self._write(name)
        for writer in self.writers.values():
            writer.close()


def _starts(entries: Iterable[Entry]) -> dict[str, dict[str, tuple[int, int]]]:
    """Slug -> table -> first row and number of rows."""
    at: dict[str, int] = {}
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for e in entries:
        found[e.slug] = {name: (at.get(name, 0), n) for name, n in e.rows.items()}
        for name, n in e.rows.items():
            at[name] = at.get(name, 0) + n
    return found


def stat_of(path: Path) -> tuple[int, int]:
    """Size and time of the last change, of a folder those of its files; zeros for what is not there."""
    try:
        if not path.is_dir():
            found = path.stat()
            return found.st_size, found.st_mtime_ns
        stats = [Path(home, name).stat() for home, _, names in os.walk(path) for name in names]
    except OSError:
        return 0, 0
    return sum(s.st_size for s in stats), max((s.st_mtime_ns for s in stats), default=0)
