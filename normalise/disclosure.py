"""Suppression of small counts, so that nobody can be recognised from a table, with what would give them away.

Counts from 1 up to but not including the limit are withheld as `[c]`, and shares and complements that come to such a count. With a part goes the
whole of its breakdown, because totals and other tables would open any that stayed; with a stage the total over the stages; with a procedure the figures of all
procedures together. That withholds more than cell suppression by linear programming would, and holds without one. Zeros stay: they recognise nobody. (Analysis
Function shorthand; ONS policy on protecting confidentiality in tables.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from normalise.codes import identity

BREAKDOWNS = (
    "outcome", "complainant", "characteristic", "channel", "theme", "theme_upheld", "service", "service_upheld", "response_time", "remedy",
)  # fmt: skip
FLOW = (
    "received", "closed", "escalated", "escalation_requested", "carried_forward", "brought_forward", "advocacy", "extended", "investigated", "mediation", "issues",
)  # fmt: skip
"""Measures of people's complaints; money, days, context and compliments recognise nobody."""
NEXT = {"stage_1": "stage_2", "stage_2": "stage_3"}
WITHHELD = "withheld, because the number is small or would give a small number away"
WORDS = "withheld, because the words may print a small number"

Row = dict[str, Any]


def suppress(observations: pd.DataFrame, below: int) -> pd.DataFrame:
    """Observations with counts from 1 to `below` - 1, and what would give them away, withheld.

    A withheld row keeps its address, with `value` empty, `value_status` `c`, bounds that are the same for all of a document, and an id that does
    not depend on the value; a count printed as "<5" keeps its own bounds. Words of reports are left out where they print other numbers.
    Raises ValueError for a limit under 2.
    """
    if below < 2:
        raise ValueError("counts can be suppressed below 2 or more")
    rows = dict(enumerate(observations.to_dict("records")))
    hidden = _closed_over(rows, _primary(rows, below))
    largest: dict[str, float] = {}
    for n in hidden:
        if rows[n]["unit"] == "count":
            largest[rows[n]["document"]] = max(largest.get(rows[n]["document"], below), rows[n]["value"])
    touched = {rows[n]["document"] for n in hidden}
    seen: set[str] = set()
    for n, r in rows.items():
        if n in hidden:
            high = 100.0 if r["unit"] == "percent" else float(10 ** len(str(int(largest[r["document"]]))))
            r |= {
                "value": None,
                "value_low": 0.0 if r["unit"] == "percent" else 1.0,
                "value_high": high,
                "value_status": "c",
            }
            r |= {"quote": WITHHELD, "label": str(r["category"]).replace("_", " ")}
            r["id"] = _new_id(r, seen)
        elif r["document"] in touched and not _says_no_more(r):
            r["quote"] = WORDS
    frame = pd.DataFrame(list(rows.values()), columns=list(observations.columns))
    return frame.astype(observations.dtypes.to_dict())


def _new_id(row: Row, seen: set[str]) -> str:
    """An id of the address and the place alone: one that holds the value could be tried out for it."""
    bare = {**row, "value": "", "value_high": ""}
    found = identity(bare)
    while found in seen:
        bare["value"] += "x"
        found = identity(bare)
    seen.add(found)
    return found


def _place(r: Row) -> tuple[str, str, str, str]:
    return r["authority"] or r["document"], r["period"], r["procedure"], r["stage"]


def _there(r: Row) -> bool:
    return bool(pd.notna(r["value"]))


def _primary(rows: dict[int, Row], below: int) -> set[int]:
    """Small counts, and shares and complements that come to one. Counts that the council itself withheld are not among them."""
    totals: dict[tuple[str, ...], float] = {}
    for r in rows.values():
        if r["measure"] in ("received", "closed") and r["unit"] == "count" and _there(r):
            key = _place(r)
            totals[key] = max(totals.get(key, 0.0), r["value"])
    found = set()
    for n, r in rows.items():
        if not _there(r) or r["measure"] not in (*BREAKDOWNS, *FLOW):
            continue
        whole = totals.get(_place(r)) or totals.get((*_place(r)[:3], "any"))
        count = (
            r["value"]
            if r["unit"] == "count"
            else r["value"] * whole / 100
            if whole and r["unit"] == "percent"
            else None
        )
        if count is None:
            continue
        slack = 0.0 if r["unit"] == "count" else 0.5
        small = 0 < count < below - slack
        rest = whole - count if whole and r["measure"] == "response_time" else 0.0
        if small or slack < rest < below - slack:
            found.add(n)
    return found


def _closed_over(rows: dict[int, Row], primary: set[int]) -> set[int]:
    """What is withheld with the small counts, until nothing more follows."""
    hidden = set(primary)
    by_measure: dict[tuple[str, ...], list[int]] = {}
    for n, r in rows.items():
        if r["measure"] in (*BREAKDOWNS, *FLOW):
            by_measure.setdefault((*_place(r), r["measure"]), []).append(n)
    while True:
        more: set[int] = set()
        for n in hidden:
            more |= _with(rows[n], rows, by_measure)
        more = {n for n in more if _there(rows[n]) and rows[n]["value"] > 0}
        if more <= hidden:
            return hidden
        hidden |= more


def _with(r: Row, rows: dict[int, Row], by_measure: dict[tuple[str, ...], list[int]]) -> set[int]:
    """The rows that go with a withheld one."""
    who, period, procedure, stage = _place(r)
    measure = r["measure"]

    def at(*keys: tuple[str, str, str]) -> Iterable[int]:
        return (n for p, s, m in keys for n in by_measure.get((who, period, p, s, m), ()))

    if measure in BREAKDOWNS:
        return set(at((procedure, stage, measure), ("all", stage, measure)))
    found = set(
        at((procedure, stage, measure), (procedure, "any", measure), ("all", stage, measure), ("all", "any", measure))
    )
    if measure == "received" and stage in NEXT.values():
        before = next(a for a, b in NEXT.items() if b == stage)
        found |= set(at((procedure, before, "escalated"), ("all", before, "escalated")))
    if measure == "escalated" and stage in NEXT:
        found |= set(at((procedure, NEXT[stage], "received"), ("all", NEXT[stage], "received")))
    if measure in ("received", "closed", "brought_forward", "carried_forward"):
        found |= set(at((procedure, stage, "brought_forward"), (procedure, stage, "carried_forward")))
    if stage == "any" and _there(r):
        for other in BREAKDOWNS:  # parts that add up to the withheld total would print it again
            members = [n for n in at((procedure, "any", other)) if rows[n]["unit"] == "count" and _there(rows[n])]
            if abs(sum(rows[n]["value"] for n in members) - r["value"]) < 0.5:
                found |= set(members)
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
    quote = _NO_COUNT.sub("", str(r["quote"]))
    own = {f"{r['value']:g}"} if _there(r) else set()
    return all(m.group().rstrip(".,").replace(",", "") in own for m in _NUMBER.finditer(quote))


def without_small_counts(indicators: pd.DataFrame, below: int) -> pd.DataFrame:
    """Indicators without the counts behind a value where they, or what they leave of their total, are from 1 to `below` - 1.

    Counts that follow from a published share are withheld like printed ones.
    """
    frame = indicators.copy()
    rest = frame["denominator"] - frame["numerator"]
    of_a_whole = frame["unit"] == "percent"
    small = frame["numerator"].between(1, below - 1) | (of_a_whole & rest.between(1, below - 1))
    frame.loc[small, ["numerator", "denominator"]] = None
    for column in ("caveat", "reason"):
        frame[column] = [redacted(text, below) for text in frame[column]]
    return frame


def redacted(text: str, below: int) -> str:
    """A caveat or reason without the counts under `below` that it prints, nor what they are of.

    >>> redacted("1 of 19 complaints have no outcome given", 5)
    'a few complaints have no outcome given'
    """
    return _COUNT.sub(lambda m: "a few" if 0 < int(m[1]) < below else m.group(), text)


_COUNT = re.compile(r"(?<![\d.,£-])(\d+)(?: of \d+)?(?= (?:complaints|closed|outcomes|within the limit|of the \d+)\b)")
"""Counts in the caveats and reasons of indicators."""
