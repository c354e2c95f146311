"""The figures of some reports in one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document
from normalise import dataset
from normalise.codes import COLUMNS, keeps_the_rules

if TYPE_CHECKING:
    from councilbench.result import Result
    from councilbench.second_reader import SecondReader
    from normalise.wordings import Wording


def write_observations(results: Sequence[Result], out: Path, suppress_below: int = 0) -> tuple[int, list[str]]:
    """Write the observations of reports as .csv, .parquet or .xlsx: how many there are, and what to tell.

    Raises normalise.dataset.UnknownFormatError, corpus.store.CannotWriteError.
    """
    rows = [row for result in results for row in result.rows]
    if out.suffix.lower() == ".csv" and not suppress_below and all(map(keeps_the_rules, rows)):
        dataset.write_rows(rows, COLUMNS, out)  # the same file as below, without what frames take to load
        return len(rows), []
    from councilbench.runs import Run  # noqa: PLC0415

    run = Run(list(results), suppress_below=suppress_below)
    dataset.write(run.observations, out)
    return len(run.observations), [f"{document}: {said}" for document, said in run.checked[1]]


def rows_only(document: Document, second: SecondReader | None = None, own: Sequence[Wording] = ()) -> Result:
    """A report without the fates of its numbers, which take long to hand over. Raises as councilbench.reports.read_report does."""
    from councilbench.reports import read_document  # noqa: PLC0415  (the parent has no need of it)

    return replace(read_document(document, second, own=own), fates=[], text="")
