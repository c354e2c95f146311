"""A release without its small counts: rows and words withheld."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pandas as pd

from normalise.codes import identity
from normalise.disclosure.auditing import recovered, told
from normalise.disclosure.building import systems
from normalise.disclosure.cells import UNBOUNDED, System
from normalise.disclosure.choosing import chosen, everything
from normalise.indicators import WITHHELD as WITHHELD_INDICATOR
from normalise.rows import Row, records

WITHHELD = "withheld, because the number is small or would give a small number away"
WORDS = "withheld, because the words may print a small number"


def suppress(observations: pd.DataFrame, below: int) -> pd.DataFrame:
    """Observations with counts from 1 to `below` - 1, and what would give them away, withheld; one row for each row, in the same order.

    A withheld row keeps its address, with `value` empty, `value_status` `c`, the same bounds as every other, and an id that does
    not depend on the value; a count printed as "<5" keeps its own bounds. Words of reports are left out where they print other numbers.
    Raises ValueError for a limit under 2.
    """
    if below < 2:
        raise ValueError("counts can be suppressed below 2 or more")
    rows = records(observations)
    hidden = withheld(rows, below)
    touched = {rows[n]["document"] for n in hidden}
    seen: set[str] = set()
    for n, r in enumerate(rows):
        if n in hidden:
            percent = r["unit"] == "percent"
            low, high = (0, 100) if percent else UNBOUNDED
            r |= {"value": None, "value_low": float(low), "value_high": float(high)}
            r |= {"value_status": "c", "quote": WITHHELD, "label": str(r["category"]).replace("_", " ")}
            r["id"] = _new_id(r, seen)
        elif r["document"] in touched and not _says_no_more(r):
            r["quote"] = WORDS
    frame = pd.DataFrame(rows, columns=list(observations.columns))
    return frame.astype(observations.dtypes.to_dict())


def withheld(rows: list[Row], below: int) -> set[int]:
    """The positions of the rows that are withheld."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the solver lets other threads run meanwhile
        return {n for positions in pool.map(_withheld_of, systems(rows, below)) for n in positions}


def _withheld_of(system: System) -> list[int]:
    """The positions of the rows that are withheld of one council's."""
    state, worlds = chosen(system)
    if recovered(system, state, worlds):  # never less than what is proved
        state = everything(system)
    cells = [n for c in state.hidden for n in system.cells[c].rows]
    return cells + [n for s in state.unprinted for n in system.shares[s].rows]


def _new_id(row: Row, seen: set[str]) -> str:
    """An id of the address and the place alone: one that holds the value could be tried out for it."""
    bare = {**row, "value": "", "value_high": ""}
    found = identity(bare)
    while found in seen:
        bare["value"] += "x"
        found = identity(bare)
    seen.add(found)
    return found


_NUMBER = re.compile(
    r"\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|both|single|an?|pair|couple)\b",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"\b(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\b|\b(?:stage|quarter|q|within|over|up to)\s*\d+\b|\b\d+(?:\s?(?:[-–]|to)\s?\d+)?\s*(?:working\s+)?days?\b|\bstage\s+(?:one|two|three)\b",
    re.IGNORECASE,
)


def _says_no_more(r: Row) -> bool:
    """True for the words of a table's cell that print no number but the row's own."""
    if r["method"] != "table":
        return False
    own = {f"{r['value']:g}"} if r["value"] is not None else set()
    return _numbers(str(r["quote"])) <= own


def _numbers(text: str) -> set[str]:
    found: Iterable[str] = (m.group() for m in _NUMBER.finditer(_NO_COUNT.sub("", text)))
    return {n.rstrip(".,").replace(",", "") for n in found}


def without_told(indicators: pd.DataFrame, below: int) -> pd.DataFrame:
    """Indicators without those that print a small count as numerator or leave one of their denominator: they are withheld as a whole."""
    frame = indicators.copy()
    small = [told(row, below) is not None for row in records(frame)]
    frame.loc[small, ["value", "numerator", "denominator"]] = None
    frame.loc[small, ["value_status", "comparability", "caveat", "reason", "inputs"]] = [
        "c",
        "not",
        "",
        WITHHELD_INDICATOR,
        "",
    ]
    return frame
