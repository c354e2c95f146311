"""Where a report contradicts itself: the same key with different values."""

from __future__ import annotations

import pandas as pd

COLUMNS = (
    "document", "check", "subject", "first", "second", "difference", "severity", "where_first", "where_second", "explanation",
)  # fmt: skip
_KEY = ["document", "authority", "period", "procedure", "stage", "measure", "category", "unit"]


def discrepancies(observations: pd.DataFrame) -> pd.DataFrame:
    """A row for every pair of different values of one key, with the columns of COLUMNS; `first` and `second` are numbers.

    An empty scope and the base `unknown` match anything, so they take no part in the key. A share printed with fewer
    decimals elsewhere is no contradiction.
    """
    rows = []
    for key, group in observations[observations["value"].notna()].groupby(_KEY, sort=False):
        distinct = group.drop_duplicates("value")
        first = distinct.iloc[0]
        for _, second in distinct.iloc[1:].iterrows():
            if _rounds_to(first["value"], second["value"]) or _different_bases(first["base"], second["base"]):
                continue
            subject = " ".join(filter(None, [str(key[3]), str(key[4]), str(key[5]), str(key[6]), str(key[2])]))
            rows.append(
                {
                    "document": first["document"],
                    "check": "stated twice",
                    "subject": subject,
                    "first": first["value"],
                    "second": second["value"],
                    "difference": round(second["value"] - first["value"], 6),
                    "severity": "error",
                    "where_first": _where(first),
                    "where_second": _where(second),
                    "explanation": f"The report gives {first['value']:g} and {second['value']:g} for the same thing.",
                }
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rounds_to(a: float, b: float) -> bool:
    """True where one value is the other, rounded to a tenth or a whole."""
    return any(abs(round(x, digits) - y) < 1e-9 for x, y in ((a, b), (b, a)) for digits in (0, 1))


def _different_bases(a: str, b: str) -> bool:
    return a != b and "unknown" not in (a, b) and bool(a) and bool(b)


def _where(row: pd.Series) -> str:
    page = f"page {row['page']}: " if pd.notna(row["page"]) else ""
    return f"{page}{row['quote']}"
