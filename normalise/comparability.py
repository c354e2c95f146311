"""The comparability gate: for every indicator of every report, what its value is made of and whether it can stand beside another.

A value is `comparable`, comparable with a `caveat` (named), `not` comparable (why), or `silent` (the report does not give it). The
like-for-like value stands beside the one that the council published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from normalise import indicators as formulas
from normalise import periods
from normalise.rows import Row, grouped, records

COLUMNS = (
    "document", "authority", "period", "procedure", "indicator", "state", "value", "unit", "numerator", "denominator", "denominator_is",
    "clock", "counted_again", "published_value", "published_base", "why",
)  # fmt: skip
STATES = ("comparable", "caveat", "not", "silent")
STATE_WORDS = {
    "comparable": "Comparable",
    "caveat": "Comparable with a caveat",
    "not": "Not comparable",
    "silent": "Not found",
}
CLOCKS = {
    "children_statutory": "from receipt; 10 working days at stage 1, extended to 20; 25 at stage 2, extended to 65 (SI 2006/1738)",
    "corporate": "the council's corporate procedure",
    "adult_statutory": "agreed with the complainant (SI 2009/309)",
    "all": "several procedures with clocks of their own",
}
_TIMED = ("cumulative", "share", "mean")


def gate(indicators: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """A row for every indicator row, with the columns of COLUMNS."""
    again = _counted_again(observations)
    rows: list[dict[str, Any]] = []
    shares = records(observations[(observations["unit"] == "percent") & observations["value"].notna()])
    by_key = grouped(shares, ("document", "authority", "period", "procedure"))
    for r in indicators.to_dict("records"):
        definition = formulas.definition(r["indicator"])
        silent = r["comparability"] == "not" and not r["inputs"]
        own = by_key.get((r["document"], r["authority"], r["period"], r["procedure"]), [])
        published, base = _published(definition, own)
        rows.append(
            {
                **{k: r[k] for k in ("document", "authority", "period", "procedure", "indicator", "value", "unit", "numerator", "denominator")},
                "state": "silent" if silent else r["comparability"],
                "denominator_is": r["base"],
                "clock": CLOCKS[r["procedure"]] if definition.kind in _TIMED else "",
                "counted_again": again.get((r["document"], r["period"], r["procedure"]), "not known")
                if definition.kind in ("count", "escalation")
                else "",
                "published_value": published,
                "published_base": base,
                "why": r["reason"] or r["caveat"],
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _published(definition: formulas.Indicator, shares: Sequence[Row]) -> tuple[float | None, str]:
    """What the report itself prints for an indicator, and of what it is a share."""
    if not shares or "@" not in definition.numerator or definition.unit != "percent":
        return None, ""
    measure, _, rest = definition.numerator.split("@")[0].partition(":")
    stage = definition.numerator.split("@")[1]
    category = "upheld_or_partially" if definition.kind == "upheld" else rest
    if definition.kind == "escalation":
        measure, category, stage = "escalated", "", definition.denominator.split("@")[1]
    address = (measure, category, stage)
    rows = [
        r
        for r in shares
        if (r["measure"], r["category"], r["stage"]) == address and r["confidence"] >= formulas.LOW_CONFIDENCE
    ]
    if not rows:
        return None, ""
    best = max(rows, key=lambda r: r["confidence"])
    return best["value"], best["base"]


def _counted_again(observations: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Whether a report's total counts a complaint again when it moves on: `yes` where the total is the sum of the stages."""
    received = observations[
        (observations["measure"] == "received") & (observations["unit"] == "count") & observations["value"].notna()
    ]
    result = {}
    for key, group in grouped(records(received), ("document", "period", "procedure")).items():
        first: dict[str, set[float]] = {}
        for row in group:
            first.setdefault(row["stage"], set()).add(row["value"])
        one, two = first.get("stage_1", set()), first.get("stage_2", set())
        three = first.get("stage_3", {0.0})
        totals = first.get("any", set())
        if not totals or not one or not two or two == {0.0}:
            continue
        if any(
            abs(t - a - b) < 0.5 or any(abs(t - a - b - c) < 0.5 for c in three)
            for t in totals
            for a in one
            for b in two
        ):
            result[key] = "yes"
        elif totals & one:
            result[key] = "no"
    return result


def unlike(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[str]:
    """Why two rows of one indicator are not like for like; empty where nothing says so."""
    reasons = []
    if a["procedure"] != b["procedure"]:
        reasons.append("different complaints procedures")
    if a["unit"] != b["unit"]:
        reasons.append("working days and calendar days")
    if a["base"] and b["base"] and "unknown" not in (a["base"], b["base"]) and a["base"] != b["base"]:
        reasons.append(f"shares of {a['base']} and of {b['base']} complaints")
    if periods.is_year(str(a["period"])) and periods.is_year(str(b["period"])) and a["period"] != b["period"]:
        reasons.append(f"different years, {a['period']} and {b['period']}")
    return reasons


def grid(gated: pd.DataFrame, own: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """State by council and year (rows) and indicator (columns), for each document's own council, year and main procedure."""
    columns = ["document", "authority", "period", "procedure", "indicator", "state"]
    of_documents = grouped(records(gated[columns]), columns[:3])
    rows = []
    for document, (authority, period) in own.items():
        mine = of_documents.get((document, authority, period))
        if not mine:
            continue
        usable = [r for r in mine if r["procedure"] != "corporate"]
        best = sorted(usable or mine, key=lambda r: STATES.index(r["state"]), reverse=True)
        states = {r["indicator"]: r["state"] for r in best}  # the best comes last
        row: dict[str, str] = {"authority": authority or document, "period": period}
        row |= {d.indicator: states.get(d.indicator, "silent") for d in formulas.definitions()}
        rows.append(row)
    return pd.DataFrame(rows, columns=["authority", "period", *(d.indicator for d in formulas.definitions())])
