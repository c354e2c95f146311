"""A dataset that was saved earlier: the folder that `build` writes, or an export of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from warnings import warn

import pandas as pd

from corpus.document import Document
from corpus.errors import UserError
from corpus.own_table import unguarded
from councilbench.built import DATASET
from councilbench.published import MARK, differing
from councilbench.result import Result
from normalise.dataset import typed
from normalise.export.columns import fields_of


class NoDatasetError(UserError):
    """A folder holds no dataset, or one that was changed; the message says what is missing."""


@dataclass(frozen=True)
class Saved:
    """The frames of a saved dataset, each read when it is first asked for."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Saved | None:
        """The dataset in a folder, in its `dataset` or in its `data`; None where there is none. Warns of one whose files do not belong together."""
        for place in (folder, folder / DATASET, folder / "data"):
            if (place / "observations.csv").is_file():
                if others := differing(place):
                    warn(
                        f"{place}: {', '.join(others)} {'is' if len(others) == 1 else 'are'} not as written with the other files; the tables may not agree",
                        stacklevel=3,
                    )
                return cls(place)
        return None

    def frame(self, name: str) -> pd.DataFrame:
        """A file of the dataset. Raises NoDatasetError where it is not there or lacks a column."""
        path = self.folder / f"{name}.csv"
        wanted = [f.column for f in fields_of(name)]
        try:
            frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            raise NoDatasetError(f"{path}: cannot be read ({error}); build or export the dataset again") from error
        missing = [c for c in wanted if c not in frame]
        if missing:
            raise NoDatasetError(f"{path}: has no column {', '.join(missing)}; build or export the dataset again")
        numbers = [f.column for f in fields_of(name) if f.type != "string"]
        try:
            frame = frame.assign(**{c: pd.to_numeric(frame[c].replace("", None)) for c in numbers})
        except ValueError as error:
            raise NoDatasetError(
                f"{path}: holds a text where a number belongs ({error}); build or export the dataset again"
            ) from error
        if (self.folder / MARK).exists():  # written for spreadsheets, with its texts guarded
            texts = [c for c in wanted if c not in numbers]
            frame = frame.assign(**{c: frame[c].map(unguarded) for c in texts})
        return typed(name, frame[wanted])

    @cached_property
    def results(self) -> list[Result]:
        """The reports of the dataset, without what only reading them tells."""
        ledger = self.frame("ledger").drop_duplicates("document")
        rows = zip(ledger["document"], ledger["authority"], ledger["period"], strict=True)
        return [Result(Document(d, self.folder / d, council, period), [], []) for d, council, period in rows]

    def texts(self) -> dict[str, str]:
        """No texts: a dataset holds none. What a report says in words only is not told anew when counts are withheld."""
        return {r.document.slug: "" for r in self.results}
