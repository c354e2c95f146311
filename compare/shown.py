"""How a value is shown: what stands in its place, its counts, its interval, and what a reader should know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from compare.figure import value_text
from compare.groups import PROCEDURE_WORDS, Comparison
from normalise.indicators import DOUBTFUL, SEVERAL, WITHHELD


def short_label(comparison: Comparison, council: str) -> str:
    """A council with the year that is shown of it."""
    return f"{council}, {comparison.periods[council]}"


def notes(row: Mapping[str, Any] | pd.Series) -> list[str]:
    """What a reader should know of a value: its procedure where it is not the children's statutory one, and its caveats."""
    said = [c for c in str(row["caveat"]).split("; ") if c and c != SEVERAL]
    if row["procedure"] != "children_statutory":
        said.insert(0, PROCEDURE_WORDS[row["procedure"]])
    return list(dict.fromkeys(said))


def usable(row: Mapping[str, Any] | None) -> bool:
    """True for a row with a value that can stand beside others."""
    return row is not None and pd.notna(row["value"]) and row["comparability"] != "not"


def of_counts(row: Mapping[str, Any] | pd.Series) -> str:
    """The counts behind a share, as they stand after it: " (10 of 57)"; empty where they are not known."""
    if row["unit"] != "percent" or pd.isna(row["denominator"]):
        return ""
    about = "about " if row["value_status"] == "e" else ""
    return f" ({about}{row['numerator']:,.0f} of {row['denominator']:,.0f})"


def interval_text(row: Mapping[str, Any] | pd.Series) -> str:
    """The 95% interval of a value: "40% to 63%"; empty where there is none. An interval on a likely total is marked as approximate."""
    if pd.isna(row["lower_95"]):
        return ""
    approximate = " [e]" if row["value_status"] == "e" else ""
    return f"{value_text(row['lower_95'], row['unit'])} to {value_text(row['upper_95'], row['unit'])}{approximate}"


def short_notes(row: Mapping[str, Any] | pd.Series) -> list[str]:
    """What a cell of a table for many councils has room for: another procedure, and that a reading is doubtful."""
    said = [] if row["procedure"] == "children_statutory" else [PROCEDURE_WORDS[row["procedure"]]]
    return said + (["unconfirmed"] if doubtful(row) else [])


def doubtful(row: Mapping[str, Any] | pd.Series) -> bool:
    """True for a value that rests on a reading that should be checked."""
    return DOUBTFUL in str(row["caveat"]).split("; ")


def value_or_mark(row: Mapping[str, Any] | None) -> float | str:
    """A value, or the shorthand that stands for it."""
    return float(row["value"]) if row is not None and usable(row) else missing_mark(row)


def lacking(rows: Iterable[Mapping[str, Any] | None]) -> str:
    """What is said of figures that are not there: that they are withheld, or that they were not found."""
    withheld = any(missing_mark(row) == "[c]" for row in rows)
    return f"are {WITHHELD}" if withheld else "were not found in the report"


def missing_mark(row: Mapping[str, Any] | pd.Series | None) -> str:
    """The shorthand for a value that is not there: `[c]` where it is withheld, else `[x]`."""
    return "[c]" if row is not None and row["value_status"] == "c" else "[x]"
