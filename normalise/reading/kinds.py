"""Kinds of words by their meaning (`vocabulary/kinds.csv`, made by `benchmarks/reading/kinds.py`)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    with (files("normalise") / "vocabulary" / "kinds.csv").open(encoding="utf-8") as handle:
        rows = csv.reader(handle)
        next(rows)
        return {word: (f"~{wide}", f"={close}") for word, wide, close in rows}


def kinds_of(word: str) -> tuple[str, ...]:
    """The wide and the close kind of a canonical word as names; none for a word that is not known."""
    return _kinds().get(word, ())
