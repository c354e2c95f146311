"""Rows of a frame as plain dictionaries: for rules that look at one figure after another, which a frame is slow at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

Row = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, a missing value as None."""
    columns = [[None if missing else v for v, missing in zip(frame[c], frame[c].isna(), strict=True)] for c in frame]
    return [dict(zip(frame.columns, values, strict=True)) for values in zip(*columns, strict=True)]


def grouped(rows: Iterable[Row], columns: Sequence[str]) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by their values in some columns, in order of appearance."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple([row[c] for c in columns]), []).append(row)
    return groups
