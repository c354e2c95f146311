"""Rows of a frame as plain dictionaries: for rules that look at one figure after another, which a frame is slow at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from normalise.codes import COLUMNS, KEY, keeps_the_rules, rows_of

Row = dict[str, Any]


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its texts as Python strings, which many small selections read several times as fast as Arrow's."""
    texts = [c for c in frame.columns if isinstance(frame[c].dtype, pd.StringDtype)]
    return frame.astype(dict.fromkeys(texts, object))


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, a missing value as None."""
    names = list(frame.columns)
    return [dict(zip(names, values, strict=True)) for values in tuples(frame)]


def tuples(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows of a frame as plain values, a missing one as None."""
    # A column as a whole: iterating over the texts of a frame takes a hundred times as long.
    return zip(*(_values(frame[c]) for c in frame), strict=True)


def _values(column: pd.Series) -> list[Any]:
    values: list[Any] = column.tolist()
    missing = column.isna()
    return [None if m else v for m, v in zip(missing, values, strict=True)] if missing.any() else values


def grouped(rows: Iterable[Row], columns: Sequence[str]) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by their values in some columns, in order of appearance."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple([row[c] for c in columns]), []).append(row)
    return groups


def frame_of(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with the columns and types of the common model, in document order, doubles of one printed number left out."""
    frame = pd.DataFrame(rows_of(rows), columns=list(COLUMNS))
    texts = [c for c in COLUMNS if c not in ("value", "value_low", "value_high", "page", "confidence")]
    frame[texts] = frame[texts].fillna("").astype(str)
    frame["page"] = frame["page"].astype("Int64")
    for column in ("value", "value_low", "value_high", "confidence"):
        frame[column] = frame[column].astype(float)
    return frame


def kept_to_the_rules(rows: Iterable[dict[str, Any]]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Rows as a frame without those that break a rule of the common model, and a sentence for each document that had such."""
    listed = rows_of(rows)
    frame = frame_of(listed)
    if all(map(keeps_the_rules, listed)):
        return frame, {}
    from normalise.observations import failures  # noqa: PLC0415  (slow to load, and hardly ever needed)

    broken = failures(frame)
    said = {
        str(document): f"{len(of)} rows broke a rule of the common model and were left out: "
        + "; ".join(sorted(set(of["rule"].astype(str)))[:3])
        for document, of in broken.groupby("document")
    }
    gone = [i for i in broken["row"].dropna().astype(int) if i in frame.index]
    return frame.drop(index=gone).reset_index(drop=True), said


def preferred(observations: pd.DataFrame) -> pd.Series[bool]:
    """True for one row a key (normalise.codes.KEY without the document's scope and base): the surest one that has a value, the first of several.

    So `observations[preferred(observations)]` can be pivoted; the others are the same figure printed again, or a contradiction to it.
    """
    order = observations.assign(_without=observations["value"].isna()).sort_values(
        ["_without", "confidence"], ascending=[True, False], kind="stable"
    )
    key = [c for c in KEY if c not in ("scope", "base")]
    return (~order.duplicated(key)).reindex(observations.index)
