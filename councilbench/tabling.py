"""The tables that are built of one report by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd
import pyarrow as pa

from corpus import reference_data
from corpus.document import Document
from councilbench.checking import lines_on
from councilbench.making import Made, Making
from councilbench.reports import read_document
from councilbench.runs import Run
from normalise.audit.run import frame_of, within
from normalise.dataset import csv_lines, typed

FILES = {"observations": "observations", "computed": "indicators", "ledger": "ledger", "themes": "themes", "readings": "readings", "findings": "discrepancies"}  # fmt: skip
"""Table -> the file of the dataset whose columns it has."""
WRITTEN = ("observations", "ledger", "themes", "readings")
"""Files of the dataset that hold each report's rows as they are, whatever the others say."""


def made_of(document: Document, making: Making) -> Made:
    """Everything that is built of one report. Raises as councilbench.reports.read_report does."""
    result = read_document(document, making.second, making.names[document.slug], making.own)
    reference = _reference(making.workspace, making.reference)
    run = Run([result], reference=reference, corrections=list(making.corrections.get(document.slug, ())))
    report = run.audited(result)
    findings = frame_of([f.row(document.slug) for f in within(report, reference)])
    frames = {name: getattr(run, name) for name in FILES if name != "findings"}
    frames |= {"findings": typed("discrepancies", findings)}
    own = result.document
    return Made(
        own.council, own.period, own.scope, [*result.notes, *(said for _, said in run.checked[1])], list(result.unread), report.passed.total(),
        {name: _as_bytes(t) for name, t in tables_of(document.slug, frames, lines_on(result), result.text).items()},
    )  # fmt: skip


def tables_of(
    slug: str, frames: Mapping[str, pd.DataFrame], said: list[tuple[str, str]], text: str
) -> dict[str, pa.Table]:
    """Frames, lines and text of one report as the tables of a build."""
    tables = {name: arrow(frame) for name, frame in frames.items()}
    parts, lines = [part for part, _ in said], [line for _, line in said]
    tables["said"] = pa.table({"document": [slug] * len(said), "part": parts, "line": lines}, schema=_SAID)
    tables["texts"] = pa.table({"document": [slug], "text": [text]}, schema=_TEXTS)
    tables["csv"] = csv_table({name: csv_lines(frames[name]) for name in WRITTEN})
    return tables


_SAID = pa.schema([("document", pa.string()), ("part", pa.string()), ("line", pa.string())])
_TEXTS = pa.schema([("document", pa.string()), ("text", pa.string())])
_CSV = pa.schema([("file", pa.string()), ("lines", pa.large_binary())])


def csv_table(files: Mapping[str, bytes]) -> pa.Table:
    """Lines of the files of the dataset, by name."""
    return pa.table({"file": list(files), "lines": list(files.values())}, schema=_CSV)


def arrow(frame: pd.DataFrame) -> pa.Table:
    """A frame as a table without what pandas would remember of it: types come from the codebook."""
    return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)


@cache
def empty() -> dict[str, pa.Table]:
    """The tables of a report that could not be read."""
    run = Run([])
    frames = {name: getattr(run, name) for name in FILES if name != "findings"} | {"findings": run.discrepancies}
    return {name: table.slice(0, 0) for name, table in tables_of("", frames, [], "").items()}


def _as_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def from_bytes(data: bytes) -> pa.Table:
    """A table that a child handed over."""
    return pa.ipc.open_stream(data).read_all()


@lru_cache(maxsize=2)
def _reference(workspace: Path, fingerprint: str) -> pd.DataFrame:
    return reference_data.load(workspace)
