"""readings.csv: for every figure read, how each part of its address was decided, and what came second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from normalise.codes import identity
from normalise.reading.interpreting import Fate, Heard
from normalise.reading.read import Read
from normalise.reading.weighing import Choice, Option

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "document", "id", "printed", "page", "quote", "reader", "result", "slot", "chosen", "probability", "source", "words", "runner_up",
    "runner_up_probability", "confidence",
)  # fmt: skip
"""Columns of readings.csv; `id` is that of the observation, empty for a reading that was too doubtful to be one."""
READERS = ("rules", "model")
RESULTS = ("agreed", "stands", "overruled", "alone")
"""What became of a reader's reading beside another's; `alone` too where no other reader was asked."""
SLOTS = ("what", "stage", "procedure", "period")


def readings(fates: Iterable[Fate]) -> pd.DataFrame:
    """A row for each figure and slot (`what` is measure and category together)."""
    import pandas as pd  # noqa: PLC0415  (reading alone needs no frames)

    rows = [row for fate in fates for row in _rows(fate)]
    floats = {"probability": float, "runner_up_probability": float}
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"page": "Int64", **floats})


def _rows(fate: Fate) -> Iterator[dict[str, Any]]:
    row = fate.row or fate.doubtful
    if row is None or fate.read is None:
        return
    shared = {
        "document": row["document"],
        "id": identity(row) if fate.row is not None else "",
        "printed": fate.statement.printed,
        "page": fate.statement.page,
        "quote": fate.statement.quote,
    }
    for heard in fate.heard or (Heard("rules", row, fate.read, "alone"),):
        for slot in SLOTS:
            yield {
                **shared,
                "reader": heard.reader,
                "result": heard.result,
                "slot": slot,
                **_decided(heard.read.choices[slot], heard.reader),
                "confidence": heard.row["confidence"],
            }


def _decided(choice: Choice, reader: str) -> dict[str, Any]:
    """How a slot was decided; a model does not say how likely it takes a value to be."""
    by_rules = reader == "rules"
    return {
        "chosen": named(choice.option),
        "probability": round(choice.probability, 3) if by_rules else None,
        "source": choice.option.source or "document",
        "words": " ".join(choice.option.words.split())[:120],
        "runner_up": named(choice.runner_up) if choice.runner_up else "",
        "runner_up_probability": round(choice.second, 3) if by_rules else None,
    }


def named(option: Option) -> str:
    """The value of an option in words: a measure with its category, or `no observation`."""
    if isinstance(option.value, str):
        return option.value or "not said"
    return " / ".join(filter(None, option.value)) or "no observation"


def both_readings(fate: Fate) -> list[str]:
    """A doubtful reading in words, with what else it may be, or what the other reader said; none for other numbers."""
    if fate.doubtful is None or fate.read is None:
        return []
    if len(fate.heard) > 1:
        return [f"{_WHO[h.reader]} {_in_words(h.read)} (confidence {h.row['confidence']:.2f})" for h in fate.heard]
    parts = [(slot, fate.read.choices[slot]) for slot in SLOTS]
    second = [f"{slot} {named(c.runner_up)}" for slot, c in parts if c.runner_up and c.probability < UNSURE]
    who = _WHO[fate.heard[0].reader] if fate.heard else "read as"
    return [
        f"{who} {_in_words(fate.read)} (confidence {fate.doubtful['confidence']:.2f})"
        + (f"; perhaps {', '.join(second)}" if second else "")
    ]


_WHO = {"rules": "read by the rules as", "model": "read by the model as"}


def _in_words(read: Read) -> str:
    return ", ".join(named(read.choices[slot].option) for slot in SLOTS)


UNSURE = 0.8
"""A part less likely than this is shown with the one that came second."""
