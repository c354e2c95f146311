"""Breaks in series: years from which a figure no longer means what it did (`vocabulary/breaks.csv`, and the council register).

A trend is cut at a break and `[b]` printed at the first value after it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

import pandas as pd

from corpus.councils import register
from corpus.own_breaks import OwnBreak
from normalise import periods


@dataclass(frozen=True)
class Break:
    """From `from_period` on, values of an indicator are not like those before."""

    from_period: str
    what: str
    source: str = ""


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = (files("normalise") / "vocabulary" / "breaks.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def breaks(measure: str, stage: str, procedure: str, council: str = "", own: Iterable[Break] = ()) -> list[Break]:
    """The breaks that concern a measure at a stage of a procedure, and a council's own, by year.

    `own` holds breaks that a user knows of, such as a council's change of counting.
    """
    found = [
        Break(row["from_period"], row["what"], row["source"])
        for row in _rows()
        if measure in row["measures"].split("|") and row["stages"] in (stage, procedure)
    ]
    found += [*_reorganisations(council), *own]
    return sorted(found, key=lambda b: b.from_period)


@cache
def _reorganisations(council: str) -> list[Break]:
    """A council that began, or changed its area, after the register's first day."""
    entries = [c for c in register() if c.short_name == council]
    first = min((c.valid_from for c in register()), default=date.min)
    predecessors = {c.la_number: c.short_name for c in register() if any(e.la_number in c.successors for e in entries)}
    found = []
    for entry in entries:
        others = [n for n in predecessors.values() if n != council]
        if entry.valid_from > first and others:
            year = periods.of_date(entry.valid_from.month, entry.valid_from.year)
            found.append(
                Break(
                    year,
                    f"{council} took over from {' and '.join(sorted(set(others)))}",
                    "Department for Education list of local authorities",
                )
            )
    return found


def between(found: Iterable[Break], earlier: str, later: str) -> list[Break]:
    """The breaks that lie between two periods.

    >>> [b.from_period for b in between([Break("2022-23", "x")], "2021-22", "2022-23")]
    ['2022-23']
    """
    return [b for b in found if earlier < b.from_period <= later]


def segments(years: Iterable[str], found: Iterable[Break]) -> list[list[str]]:
    """Years in order, parted where a break lies between two of them."""
    listed = list(found)
    result: list[list[str]] = []
    for year in sorted(years):
        if result and not between(listed, result[-1][-1], year):
            result[-1].append(year)
        else:
            result.append([year])
    return result


def marked(indicators: pd.DataFrame, address: dict[str, tuple[str, str]], own: Iterable[OwnBreak] = ()) -> pd.DataFrame:
    """Indicators with `value_status` `b` and the reason in `caveat` at the first value after a break.

    `address` maps an indicator to measure and stage; `own` holds the breaks that a workspace names. A value with no earlier one beside it is no part of a series and is not marked.
    """
    frame = indicators.copy()
    valued = frame[frame["value"].notna()]
    keys = zip(valued["authority"], valued["indicator"], valued["procedure"], strict=True)
    series: dict[tuple[str, str, str], dict[str, list[int]]] = {}
    for key, period, index in zip(keys, valued["period"], valued.index, strict=True):
        series.setdefault(key, {}).setdefault(period, []).append(index)
    for (authority, indicator, procedure), years in series.items():
        if len(years) < 2:
            continue
        measure, stage = address.get(indicator, ("", ""))
        known = [Break(b.from_period, b.what) for b in own if b.council == authority and b.measure in ("", measure)]
        found = breaks(measure, stage, procedure, authority, known)
        for earlier, later in pairwise(sorted(years)):
            if cut := between(found, earlier, later):
                _mark(frame, years[later], cut)
    return frame


def _mark(frame: pd.DataFrame, rows: Iterable[int], cut: Iterable[Break]) -> None:
    said = "; ".join(f"break in the series in {b.from_period}: {b.what}" for b in cut)
    for index in rows:
        frame.loc[index, "value_status"] = "b"
        frame.loc[index, "caveat"] = "; ".join(filter(None, [str(frame.loc[index, "caveat"]), said]))
        if frame.loc[index, "comparability"] == "comparable":
            frame.loc[index, "comparability"] = "caveat"
