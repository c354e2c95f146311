"""readings.csv: for every figure read, how each part of its address was decided, and what came second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from normalise.observations import identity
from normalise.reading.interpreting import Fate
from normalise.reading.weighing import Option

COLUMNS = (
    "document", "id", "printed", "page", "quote", "slot", "chosen", "probability", "source", "words", "runner_up",
    "runner_up_probability", "confidence",
)  # fmt: skip
"""Columns of readings.csv; `id` is that of the observation, empty for a reading that was too doubtful to be one."""
SLOTS = ("what", "stage", "procedure", "period")


def readings(fates: Iterable[Fate]) -> pd.DataFrame:
    """A row for each figure and slot (`what` is measure and category together)."""
    rows = [row for fate in fates for row in _rows(fate)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"page": "Int64"})


def _rows(fate: Fate) -> Iterator[dict[str, Any]]:
    row = fate.row or fate.doubtful
    if row is None or fate.read is None:
        return
    for slot in SLOTS:
        choice = fate.read.choices[slot]
        yield {
            "document": row["document"],
            "id": identity(row) if fate.row is not None else "",
            "printed": fate.statement.printed,
            "page": fate.statement.page,
            "quote": fate.statement.quote,
            "slot": slot,
            "chosen": named(choice.option),
            "probability": round(choice.probability, 3),
            "source": choice.option.source or "document",
            "words": " ".join(choice.option.words.split())[:120],
            "runner_up": named(choice.runner_up) if choice.runner_up else "",
            "runner_up_probability": round(choice.second, 3),
            "confidence": row["confidence"],
        }


def named(option: Option) -> str:
    """The value of an option in words: a measure with its category, or `no observation`."""
    if isinstance(option.value, str):
        return option.value or "not said"
    return " / ".join(filter(None, option.value)) or "no observation"


def both_readings(fate: Fate) -> list[str]:
    """A doubtful reading in words, with what each part of it may be instead; none for other numbers."""
    if fate.doubtful is None or fate.read is None:
        return []
    parts = [(slot, fate.read.choices[slot]) for slot in SLOTS]
    first = ", ".join(named(c.option) for _, c in parts)
    second = [f"{slot} {named(c.runner_up)}" for slot, c in parts if c.runner_up and c.probability < UNSURE]
    return [
        f"read as {first} (confidence {fate.doubtful['confidence']:.2f})"
        + (f"; perhaps {', '.join(second)}" if second else "")
    ]


UNSURE = 0.8
"""A part less likely than this is shown with the one that came second."""
