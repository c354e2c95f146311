"""Heads of columns that are periods, as a line of text has them: "2021/22 2022/23", "Q1 Q2 Q3 Year to date"."""

from __future__ import annotations

import re

SHORT = "(?:" + "|".join(f"{n:02}/{(n + 1) % 100:02}" for n in range(100)) + ")"
"""A financial year in four digits; 12/34 is none."""
HEAD = (
    rf"(?:(?:Q[1-4]|H[12])(?:\s(?:(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?|{SHORT}))?"
    rf"|(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d|{SHORT}|(?:19|20)\d\d|Target|Year to date|YTD|Total)"
)
"""One head of such a column."""
HEADS = re.compile(rf"(?<!\S){HEAD}(?:\s+{HEAD})+(?!\S)")
"""Two or more of them in a row."""


def ends_in_periods(line: str) -> bool:
    """True for a line that ends in two periods or more, as the heads of a table do.

    >>> ends_in_periods("Outcome 2021/22 2022/23"), ends_in_periods("We answered 12 in 2022/23")
    (True, False)
    """
    return any(m.end() == len(line.rstrip()) for m in HEADS.finditer(line))
