"""The silence ledger: what a report ought to hold, and whether it does.

The items are rows of `vocabulary/ledger.csv`: what regulation 13(3) of the Children Act 1989 Representations Procedure
(England) Regulations 2006 and the statutory guidance "Getting the Best from Complaints" (2006) ask an annual report for, and
what the indicators need. Each gets one state; a gap is counted as loudly as a figure.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from normalise import periods
from normalise.rows import Row
from normalise.wordings import is_called

COLUMNS = (
    "document", "authority", "period", "item", "label", "asked_by", "state", "shorthand", "value", "unit", "evidence", "page", "inputs", "advice",
)  # fmt: skip
STATES = {
    "published": "",
    "true zero": "",
    "in words only": "",
    "only as a share": "",
    "suppressed": "[c]",
    "only as a chart": "[x]",
    "unreadable": "[x]",
    "not published": "[x]",
    "not applicable": "[z]",
}
"""Every state, with the shorthand of the Analysis Function that stands for it in tables."""
ANSWERED = ("published", "true zero", "in words only", "only as a share", "suppressed", "only as a chart")
"""States in which the report gives an answer; what cannot be read, or is not there, is silence."""


@dataclass(frozen=True)
class Item:
    """A row of ledger.csv; several stages, measures or categories are parted by `|`, none means any."""

    item: str
    label: str
    asked_by: str
    stages: str
    measures: str
    categories: str
    number: str
    """`measure:category@stage` of the one number that answers the item; empty where several together do."""
    words: str
    """A regular expression that shows that the report speaks of the item, for items that need no number."""
    advice: str


@cache
def items() -> tuple[Item, ...]:
    """Every item, in the order of the file."""
    text = (files("normalise") / "vocabulary" / "ledger.csv").read_text(encoding="utf-8")
    return tuple(Item(**row) for row in csv.DictReader(text.splitlines()))


@dataclass(frozen=True)
class Report:
    """What the ledger looks at: one report as read."""

    document: str
    authority: str
    period: str
    rows: Sequence[Row]
    """Its observations."""
    text: str
    unread: tuple[str, ...] = ()
    """Titles of charts whose figures are pictures, and pages that could not be read."""


def ledger(reports: Iterable[Report]) -> pd.DataFrame:
    """A row for each report and item, with the columns of COLUMNS."""
    rows = [_row(report, item) for report in reports for item in items()]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"page": "Int64"})


def completeness(frame: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Document -> items answered, and items that apply to it."""
    result = {}
    for document, rows in frame.groupby("document", sort=False):
        applies = rows[rows["state"] != "not applicable"]
        result[str(document)] = (int(applies["state"].isin(ANSWERED).sum()), len(applies))
    return result


def advice(frame: pd.DataFrame, document: str) -> list[str]:
    """What the council should publish next year to be comparable, in the order of the ledger, each once."""
    silent = frame[(frame["document"] == document) & ~frame["state"].isin([*ANSWERED, "not applicable"])]
    weak = frame[(frame["document"] == document) & (frame["state"] == "only as a share")]
    return list(dict.fromkeys([*silent["advice"], *weak["advice"]]))


def _row(report: Report, item: Item) -> dict[str, Any]:
    state, best = _state(report, item)
    row: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    row |= {
        "document": report.document, "authority": report.authority, "period": report.period, "item": item.item, "label": item.label,
        "asked_by": item.asked_by, "state": state, "shorthand": STATES[state], "value": None, "page": None, "advice": item.advice,
    }  # fmt: skip
    if best is not None:
        row |= {"evidence": best["quote"], "page": best["page"], "inputs": best["id"]}
        if _is_the_number(item, best):
            row |= {"value": best["value"], "unit": best["unit"]}
    elif state == "in words only":
        row["evidence"] = _sentence_with(report.text, item.words)
    return row


def _state(report: Report, item: Item) -> tuple[str, Row | None]:
    own = [r for r in report.rows if r["authority"] in (report.authority, "") and r["procedure"] != "corporate"]
    of_year = [r for r in own if r["period"] == report.period]
    if item.item == "last_year":
        earlier = periods.before(report.period) if periods.is_year(report.period) else ""
        found = [r for r in own if r["period"] == earlier and r["stage"] in ("stage_1", "any")]
    else:
        found = [r for r in of_year if _is_of(item, r)]
    if found:
        best = min(found, key=lambda r: (not _is_the_number(item, r), r["unit"] == "percent", -r["confidence"]))
        withheld = [r for r in found if r["value"] is None]
        if best["value"] is None or (withheld and not any(r["value"] for r in found)):
            return "suppressed", best if best["value"] is None else withheld[
                0
            ]  # noughts beside what is withheld are not all that there is
        if all(r["unit"] == "percent" for r in found) and item.measures not in ("characteristic",):
            return "only as a share", best
        return ("published" if any(r["value"] for r in found) else "true zero"), best
    if _does_not_apply(of_year, item):
        return "not applicable", None
    if item.words and re.search(item.words, report.text, re.IGNORECASE):
        return "in words only", None
    chart = next((title for title in report.unread if _speaks_of(title, item)), "")
    if chart:
        return "only as a chart", None
    if any(title.startswith("page ") for title in report.unread):
        return "unreadable", None
    return "not published", None


def _is_of(item: Item, row: Row) -> bool:
    """True for a figure that answers an item."""
    if not item.measures or row["measure"] not in item.measures.split("|"):
        return False
    if item.stages and row["stage"] not in item.stages.split("|"):
        return False
    if item.item == "escalated" and row["measure"] == "received" and row["stage"] != "stage_2":
        return False
    wanted = item.categories.split("|") if item.categories else None
    return wanted is None or row["category"] in wanted or (row["measure"] == "carried_forward" and "" in wanted)


def _is_the_number(item: Item, row: Row) -> bool:
    """True for the one number that answers an item, such as the complaints received at stage 1."""
    category = f":{row['category']}" if row["category"] else ""
    return bool(item.number) and f"{row['measure']}{category}@{row['stage']}" == item.number


def _does_not_apply(rows: Sequence[Row], item: Item) -> bool:
    """True for the outcomes and times of a stage that the report says nobody reached."""
    stage = item.stages
    if item.item.startswith("ombudsman_upheld"):
        stage = "ombudsman"
    elif stage not in ("stage_2", "stage_3") or item.measures.startswith(("received", "closed")):
        return False
    reached = [
        r["value"]
        for r in rows
        if r["stage"] == stage and r["measure"] in ("received", "closed") and r["value"] is not None
    ]
    return len(reached) > 0 and not any(reached)


def _speaks_of(title: str, item: Item) -> bool:
    """True where the title of a chart that could not be read is about the item."""
    return any(is_called(f"chart {m}", title) for m in item.measures.split("|") if m) and (
        item.stages in ("", "stage_1|any", "stage_1")
    )


def _sentence_with(text: str, words: str) -> str:
    match = re.search(words, text, re.IGNORECASE)
    if match is None:
        return ""
    start = max(text.rfind("\n", 0, match.start()), text.rfind(". ", 0, match.start())) + 1
    end = next((e for e in (text.find(". ", match.end()), text.find("\n", match.end())) if e > 0), len(text))
    return " ".join(text[start : end + 1].split())[:240]
