"""What a check looks at and what it finds."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from extract.statement import Statement
from normalise.reading.interpreting import Fate
from normalise.rows import Row

COLUMNS = (
    "document", "check", "subject", "first", "second", "difference", "severity", "where_first", "where_second", "explanation",
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A row of checks.csv."""

    check: str
    severity: str
    """`error` where one of two figures must be wrong, `warning` where counting in another way may explain it."""
    meaning: str
    question: str


@cache
def checks() -> dict[str, Check]:
    """Every check by its name, in the order of the file."""
    text = (files("normalise") / "vocabulary" / "checks.csv").read_text(encoding="utf-8")
    return {row["check"]: Check(**row) for row in csv.DictReader(text.splitlines())}


@dataclass(frozen=True)
class Report:
    """One report as read: its slug, its observations, and the fate of every number."""

    document: str
    rows: Sequence[Row]
    """Its observations."""
    fates: Sequence[Fate]
    passed: Counter[str] = field(default_factory=Counter)
    """Check -> how many comparisons of figures held; the checks count them as they go."""


@dataclass(frozen=True)
class Finding:
    """Two figures of a report that do not agree."""

    check: str
    subject: str
    first: float
    second: float
    where_first: str
    where_second: str
    explanation: str

    def row(self, document: str) -> dict[str, Any]:
        """As a row of discrepancies.csv."""
        return {
            "document": document,
            "check": self.check,
            "subject": self.subject,
            "first": self.first,
            "second": self.second,
            "difference": round(self.second - self.first, 6),
            "severity": checks()[self.check].severity,
            "where_first": self.where_first,
            "where_second": self.where_second,
            "explanation": self.explanation,
        }


def decimals(statement: Statement) -> int:
    """How many decimals a number is printed with.

    >>> decimals_of("16.8%"), decimals_of("1,018"), decimals_of("£7,089.00")
    (1, 0, 2)
    """
    return decimals_of(statement.printed)


def decimals_of(printed: str) -> int:
    match = re.search(r"\d\.(\d+)", printed)
    return len(match[1]) if match else 0


def agrees(printed: float, computed: float, places: int) -> bool:
    """True where a printed number is the computed one, rounded or cut off at its decimals."""
    return abs(printed - computed) < (0.5 if places == 0 else 0.51) * 10**-places + 1e-9 or (
        0 <= computed - printed < 10**-places
    )


def place(page: object, quote: str) -> str:
    """A page and the words there."""
    return quote if page is None else f"page {page}: {quote}"


def where(statement: Statement) -> str:
    return place(statement.page, statement.quote)


def subject_of(row: Row) -> str:
    """A key in words: "stage 1, outcome: upheld, children's statutory, 2023-24"."""
    stage = "" if row["stage"] == "any" else str(row["stage"]).replace("_", " ")
    what = str(row["measure"]).replace("_", " ") + (
        f": {str(row['category']).replace('_', ' ')}" if row["category"] else ""
    )
    procedure = "" if row["procedure"] == "all" else str(row["procedure"]).replace("_", " ")
    return ", ".join(filter(None, [stage, what, procedure, str(row["period"])]))
