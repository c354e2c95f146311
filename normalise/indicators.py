"""Harmonised indicators: what councils are compared on (`vocabulary/indicators.csv`), with formula, inputs and comparability.

Published and derived never mix: a derived value says so, and names the observations it was computed from.
"""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from math import fsum
from typing import Any

import pandas as pd

from corpus.reference_data import HOW_TO, Exposure
from normalise import bands, periods
from normalise.implied import counts_of
from normalise.rows import Row, grouped, records

COLUMNS = (
    "document", "authority", "authority_code", "la_number", "period", "scope", "procedure", "indicator", "value", "unit", "base",
    "numerator", "denominator", "lower_95", "upper_95", "status", "value_status", "comparability", "caveat", "reason", "inputs",
)  # fmt: skip

DECIDED = ("upheld", "partially_upheld", "not_upheld", "inconclusive")
"""Outcomes that are decisions; withdrawn, outside scope and outstanding are none."""


LOW_CONFIDENCE = 0.8
"""Readings under this are marked for checking."""
DOUBTFUL = "the reading is doubtful, so please check it against the report"
"""The caveat of values that rest on a reading under LOW_CONFIDENCE."""
CORRECTED = {
    "review": "corrected by the council, and not as its report prints it",
    "supplied": "given by the council, and not in a published report",
}
"""Method -> the caveat of values that rest on what a council said instead of on its report."""
WITHHELD = "withheld, because a number in it is small"
"""Why there is no value where small counts are suppressed."""
NO_OUTCOME = "have no outcome given"
"""The end of the caveat on complaints that none of the outcomes counts."""
SEVERAL = "covers several complaints procedures together"
"""The caveat of values for the procedure `all`."""


@dataclass(frozen=True)
class Indicator:
    """A row of indicators.csv."""

    indicator: str
    theme: str
    """The section of a comparison: a key of THEMES."""
    label: str
    phrase: str
    """What follows the council in a sentence, with `{value}`: "answered {value} of stage 1 complaints within 20 working days"."""
    kind: str
    numerator: str
    denominator: str
    unit: str
    direction: str
    """`higher` or `lower` is better; empty where neither is."""
    caveat: str
    definition: str

    def said(self, council: str, value: str) -> str:
        """The figure as a sentence without its full stop."""
        return f"{council} {self.phrase.replace('{value}', value)}"


@dataclass(frozen=True)
class Exposed:
    """What a rate is set against."""

    words: str
    table: str
    """The kind of reference data that holds it."""


EXPOSED = {
    "children": Exposed("children aged 0 to 17", "population"),
    "referrals": Exposed("referrals to children's social care in the year", "context"),
    "children_in_need": Exposed("children in need at 31 March", "context"),
}
"""Denominators of rates, by name."""
PER = {"rate": 10_000, "per_1000": 1_000}
"""Units of rates: how many of the exposed a rate is for."""

THEMES = {
    "volumes": "How many complaints",
    "timeliness": "How quickly they were answered",
    "outcomes": "What came of them",
    "escalation": "How many went on to the next stage",
    "ombudsman": "The Ombudsman",
    "who_complains": "Who complains, and about what",
    "costs": "What investigations cost",
    "compliments": "Compliments",
}
"""Sections of a comparison, in order, with their headings."""


@cache
def definitions() -> tuple[Indicator, ...]:
    """Every indicator, in the order of the file."""
    text = (files("normalise") / "vocabulary" / "indicators.csv").read_text(encoding="utf-8")
    return tuple(Indicator(**row) for row in csv.DictReader(text.splitlines()))


def definition(indicator: str) -> Indicator:
    """One indicator. Raises KeyError for a name that is none."""
    return {d.indicator: d for d in definitions()}[indicator]


def addresses() -> dict[str, tuple[str, str]]:
    """Indicator -> the measure and stage of its numerator."""
    return {
        d.indicator: (_address(d.numerator.split("+")[0])[0], _address(d.numerator.split("+")[0])[2])
        for d in definitions()
    }


@dataclass
class Value:
    """A computed indicator, or why there is none."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    base: str = ""
    derived: bool = True
    caveats: list[str] = field(default_factory=list)
    reason: str = ""
    inputs: list[str] = field(default_factory=list)
    unit: str = ""
    approximate: bool = False
    """True where the denominator is only a likely one."""


@dataclass
class _Pick:
    """An observation chosen for a key, with the caveats that come with the choice."""

    value: float
    id: str
    base: str
    unit: str
    caveats: list[str]

    @property
    def doubtful(self) -> bool:
        """True where the reading is marked for checking: it may be shown, but nobody is quoted with it."""
        return DOUBTFUL in self.caveats


class Figures:
    """The observations of one authority, period and procedure, looked up by address."""

    def __init__(self, rows: Sequence[Row], exposures: Mapping[str, float] | None = None) -> None:
        self.exposures = exposures or {}
        """What complaints of the authority in the period are set against, by name (EXPOSED); what is not known is left out."""
        self.procedure = rows[0]["procedure"] if rows else ""
        self.one_stage = self.procedure == "adult_statutory"
        self._cells = grouped(rows, ("measure", "category", "stage", "unit"))

    @property
    def stageless(self) -> list[str]:
        """The caveat of a figure without a stage that stands for stage 1; a procedure of one stage needs none."""
        return [] if self.one_stage else ["published without a stage, taken as stage 1"]

    def pick(
        self, measure: str, category: str, stage: str, unit: str = "count", any_stage: bool = False
    ) -> _Pick | None:
        """The observation of an address; where the report gives several values, the most certain one with a caveat."""
        rows = self._cells.get((measure, category, stage, unit))
        caveats: list[str] = []
        if rows is None and any_stage and stage == "stage_1":
            rows = self._cells.get((measure, category, "any", unit))
            if rows is not None:
                caveats += self.stageless
        rows = sorted((r for r in rows or () if r["value"] is not None), key=lambda r: -r["confidence"])
        if not rows:
            return None
        best = rows[0]
        others = {r["value"]: r for r in reversed(rows) if abs(r["value"] - best["value"]) > 1e-9}
        if others:
            caveats.append(f"also read in the report: {_listed(others)}, so please check")
        if best["value_status"] == "e":
            caveats.append("said to be approximate")
        if best["confidence"] < LOW_CONFIDENCE:
            caveats.append(DOUBTFUL)
        if best["method"] in CORRECTED:
            caveats.append(CORRECTED[best["method"]])
        return _Pick(float(best["value"]), str(best["id"]), str(best["base"]), str(best["unit"]), caveats)

    def whole(self, measure: str, stage: str) -> _Pick | None:
        """The total of a stage itself: a total of all stages is none, save for a procedure of one stage."""
        return self.pick(measure, "", stage, any_stage=self.one_stage)

    def withheld(self, d: Indicator, whole: bool) -> bool:
        """True where a figure that the indicator is made of is there, and its value is not given because it is small.

        `whole` where the indicator came to nothing; where it came to a value, only what its formula would have added counts.
        """
        if not whole and d.kind not in _COUNTED_IN:
            return False
        wanted = [_address(part) for spec in (d.numerator, d.denominator) for part in spec.split("+") if "@" in part]
        if d.unit == "percent" or d.kind == "cost":
            wanted += [("closed", "", stage) for _, _, stage in wanted]
        counted = None if whole else _COUNTED_IN[d.kind]
        return any(
            row["value"] is None and row["value_status"] == "c"
            for measure, _, stage in wanted
            for (m, category, s, _), rows in self._cells.items()
            if m == measure and s in (stage, "any" if stage == "stage_1" else stage)
            if m not in ("complainant", "outcome") or counted is None or category in counted
            for row in rows
        )

    def without_value(self, measure: str, stage: str, unit: str) -> set[str]:
        """Categories of a measure at a stage of which the report has a figure, but not its value."""
        return {
            category
            for (m, category, s, u), rows in self._cells.items()
            if (m, s, u) == (measure, stage, unit) and all(r["value"] is None for r in rows)
        }

    def categories(self, measure: str, stage: str, unit: str) -> dict[str, _Pick]:
        """Every category of a measure at a stage."""
        found = {}
        for m, category, s, u in self._cells:
            if (m, s, u) == (measure, stage, unit):
                picked = self.pick(m, category, s, u)
                if picked is not None:
                    found[category] = picked
        return found


def _address(spec: str) -> tuple[str, str, str]:
    """measure, category and stage of `measure:category@stage`."""
    head, stage = spec.split("@")
    measure, _, category = head.partition(":")
    return measure, category, stage


def _listed(others: dict[float, dict[str, Any]]) -> str:
    """Values in their order, each with the page of its most certain occurrence."""
    rows = (others[value] for value in sorted(others))
    return " and ".join(f"{r['value']:g}" + (f" (page {r['page']})" if r["page"] is not None else "") for r in rows)


_COUNTED_IN: dict[str, tuple[str, ...]] = {
    "cost": (),
    "child_voice": ("child_or_young_person", "care_leaver", "advocate", "child_or_advocate"),
    "ombudsman": ("upheld", "not_upheld", "outstanding"),
    "upheld": ("upheld", "partially_upheld", "not_upheld", "inconclusive", "upheld_or_partially"),
}
"""Categories that a formula counts; another one that is withheld does not touch it."""


NOT_FOUND = "not found in the report: "
"""Opening of a reason: the program has not found it, which is not to say that the council does not publish it."""


def _missing(what: str) -> Value:
    return Value(reason=NOT_FOUND + what)


def _count(d: Indicator, f: Figures) -> Value:
    measure, category, stage = _address(d.numerator)
    picked = f.pick(measure, category, stage)
    if picked is None and measure == "received":
        picked = _moved_on_to(f, stage)
    if picked is None:
        return _missing(d.label[0].lower() + d.label[1:])
    return Value(picked.value, derived=False, caveats=picked.caveats, inputs=[picked.id])


_STAGE_BEFORE = {"stage_2": "stage_1", "stage_3": "stage_2"}


def _moved_on_to(f: Figures, stage: str) -> _Pick | None:
    """What stands for the complaints received at a later stage where these are not given: those that went on to it, or the panels held."""
    if stage not in _STAGE_BEFORE:
        return None
    moved = f.pick("escalated", "", _STAGE_BEFORE[stage])
    if moved is not None:
        return replace(moved, caveats=[*moved.caveats, "counted as those that went on from the stage before"])
    held = f.pick("closed", "", stage) if stage == "stage_3" else None
    return held and replace(held, caveats=[*held.caveats, "counted as the panels that were held"])


def _mean(d: Indicator, f: Figures) -> Value:
    measure, category, stage = _address(d.numerator)
    for unit in ("working_days", "days"):
        picked = f.pick(measure, category, stage, unit, any_stage=True)
        if picked is not None:
            caveats = picked.caveats + (["days not said to be working days"] if unit == "days" else [])
            return Value(picked.value, derived=False, caveats=caveats, inputs=[picked.id], unit=unit)
    return _missing(d.label[0].lower() + d.label[1:])


def _rate(d: Indicator, f: Figures) -> Value:
    measure, category, stage = _address(d.numerator)
    picked = f.pick(measure, category, stage)
    if picked is None:
        return _missing("stage 1 complaints received")
    exposed, known = EXPOSED[d.denominator], f.exposures.get(d.denominator)
    if not known:
        return Value(
            numerator=picked.value,
            inputs=[picked.id],
            reason=f"the number of {exposed.words} is not known for this year; {HOW_TO[exposed.table]}",
        )
    caveats = [*picked.caveats, d.caveat]
    return Value(PER[d.unit] * picked.value / known, picked.value, known, "", True, caveats, "", [picked.id])


def _closed(f: Figures, stage: str) -> _Pick | None:
    return f.pick("closed", "", stage, any_stage=True)


def _with_counts(value: Value, f: Figures, stage: str) -> Value:
    """A published share with the counts that it stands for, where a total is known that it may be of."""
    assert value.value is not None
    outcomes = f.categories("outcome", stage, "count")
    decided = {c: p for c, p in outcomes.items() if c in DECIDED}
    totals = {name: f.whole(name, stage) for name in ("closed", "received")}
    known = {name: p.value for name, p in totals.items() if p is not None}
    if len(decided) > 1:
        known["decided"] = fsum(p.value for p in decided.values())
    found = counts_of(value.value, known, value.base)
    if found is None:
        return value
    ids = [p.id for p in decided.values()] if found.base == "decided" else [totals[found.base].id]  # type: ignore[union-attr]
    return replace(
        value,
        numerator=found.numerator,
        denominator=found.denominator,
        base=value.base if found.approximate else found.base,
        caveats=[*value.caveats, found.caveat(value.value)],
        inputs=[*value.inputs, *ids],
        approximate=found.approximate,
    )


def _share(d: Indicator, f: Figures) -> Value:
    measure, category, stage = _address(d.numerator)
    published = f.pick(measure, category, stage, "percent")
    part = f.pick(measure, category, stage)
    whole = _closed(f, stage)
    if (part is not None and whole is not None and 0 < part.value <= whole.value) or (
        part is not None and part.value == 0 and whole is not None and whole.value > 0
    ):
        return Value(
            100 * part.value / whole.value,
            part.value,
            whole.value,
            "closed",
            True,
            [*part.caveats, *whole.caveats, d.caveat],
            "",
            [part.id, whole.id],
        )
    if published is not None:
        value = Value(
            published.value,
            base=published.base,
            derived=False,
            caveats=[*published.caveats, d.caveat],
            inputs=[published.id],
        )
        return _with_counts(value, f, stage)
    if part is not None:
        return Value(numerator=part.value, inputs=[part.id], reason=NOT_FOUND + "how many responses there were")
    return _missing("how many were within timescale")


def _cumulative(d: Indicator, f: Figures) -> Value:
    """Cumulative share within a number of days, from counts, exclusive bands or published percentages."""
    measure, category, stage = _address(d.numerator)
    limit = bands.parse(category)
    assert limit is not None and limit.high is not None
    without: Value | None = None
    for unit in ("count", "percent"):
        found = f.categories(measure, stage, unit)
        caveats = []
        if not found and stage == "stage_1":
            found = f.categories(measure, "any", unit)
            caveats = f.stageless if found else []
        total = 100.0 if unit == "percent" else closed.value if (closed := _closed(f, stage)) else 0.0
        if _may_exclude_one_another(found, f.without_value(measure, stage, unit), total):
            return Value(reason=WITHHELD)
        parts = _up_to(limit.high, found, total)
        if not parts:
            continue
        value = fsum(p.value for p in parts)
        caveats += [c for p in parts for c in p.caveats]
        if len(parts) > 1 and category in found:
            caveats.append("the bands add up to all complaints, so they are read as excluding one another")
        inputs = [p.id for p in parts]
        if unit == "percent":
            if value > 100.5:
                return Value(inputs=inputs, reason="the published bands add up to more than 100%")
            published = Value(
                min(value, 100.0), base=parts[0].base, derived=len(parts) > 1, caveats=caveats, inputs=inputs
            )
            return _with_counts(published, f, stage)
        whole = _whole_of_bands(found) or _closed(f, stage)
        if whole is None:
            without = without or Value(
                inputs=inputs,
                reason=f"{NOT_FOUND}how many were closed; {value:g} were answered within {limit.high} working days",
            )
            continue
        if value > whole.value:
            return Value(
                inputs=[*inputs, whole.id], reason=f"{value:g} within the limit is more than the {whole.value:g} closed"
            )
        if whole.value:
            return Value(
                100 * value / whole.value,
                value,
                whole.value,
                "closed",
                True,
                caveats + whole.caveats,
                "",
                [*inputs, *whole.id.split(";")],
            )
    return without or _missing(f"how many were answered within {limit.high} working days")


def _may_exclude_one_another(found: dict[str, _Pick], withheld: set[str], total: float) -> bool:
    """True where a band is withheld, so that it cannot be seen whether "within 20 days" is what took longer than the band before."""
    within = [code for code in (*found, *withheld) if code.startswith("within_") and bands.parse(code)]
    return bool(withheld) and len(within) > 1 and fsum(found[c].value for c in within if c in found) <= total


def _up_to(days: int, found: dict[str, _Pick], total: float) -> list[_Pick]:
    """The bands that together are everything up to a number of days; none where they do not meet.

    Bands that add up to the total exclude one another, whatever their words: "within 20 days" is then what took longer than the band before.
    """
    if f"within_{days}" in found:
        known = {code: band for code in found if (band := bands.parse(code)) and not band.calendar}
        if len(known) > 1 and abs(fsum(found[code].value for code in known) - total) < 0.5 < total:
            return [found[code] for code, band in known.items() if band.high and band.high <= days]
        return [found[f"within_{days}"]]
    parsed = {code: bands.parse(code) for code in found}
    reached, parts = 0, []
    while True:
        step = next(
            (
                c
                for c, b in parsed.items()
                if b
                and not b.calendar
                and b.high
                and b.high <= days
                and ((b.low is None and reached == 0) or b.low == reached + 1)
            ),
            None,
        )
        if step is None:
            return []
        parts.append(found[step])
        reached = parsed[step].high or 0  # type: ignore[union-attr]
        if reached == days:
            return parts


def _whole_of_bands(found: dict[str, _Pick]) -> _Pick | None:
    """The sum of exclusive bands that reach from the first day to beyond the last limit."""
    parsed = {code: bands.parse(code) for code in found}
    reached, total, ids = 0, 0.0, []
    remaining = {c: b for c, b in parsed.items() if b and not b.calendar}
    while remaining:
        step = next(
            (
                c
                for c, b in remaining.items()
                if (b.low is None and reached == 0) or (b.low in (reached, reached + 1) and reached)
            ),
            None,
        )
        if step is None:
            return None
        band = remaining.pop(step)
        total += found[step].value
        ids.append(found[step].id)
        if band.high is None:
            return _Pick(total, ";".join(ids), "closed", "count", [])
        reached = band.high
    return None


def _upheld(d: Indicator, f: Figures) -> Value:
    """(Upheld + partly upheld) / decided, from counts; else from percentages of one table."""
    _, _, stage = _address(d.numerator)
    counts = f.categories("outcome", stage, "count")
    caveats: list[str] = []
    if not counts and stage == "stage_1":
        counts = f.categories("outcome", "any", "count")
        caveats = f.stageless if counts else []
    closed = _closed(f, stage)
    whole = closed
    if closed is None and not {"partially_upheld", "upheld_or_partially"} & counts.keys():
        whole = f.pick("received", "", stage, any_stage=True)  # partly upheld ones may be among what was not read
    value = _upheld_from(counts, whole, caveats, closed is not None)
    if value is not None and f.without_value("outcome", stage, "count"):
        value.caveats = [c.replace(NO_OUTCOME, f"{NO_OUTCOME}, or one that is withheld") for c in value.caveats]
    shares = f.categories("outcome", stage, "percent")
    if value is None:
        base = _base_of(shares)
        if base == "issues":
            return Value(
                inputs=[p.id for p in shares.values()],
                reason="the outcomes are shares of the issues raised, not of complaints",
            )
        received = f.whole("received", stage)
        whole = {"received": received, "closed": f.whole("closed", stage)}.get(base)
        likely = None if base in ("received", "closed") else f.whole("closed", stage) or received
        value = _upheld_from_shares(shares, whole or likely)
        if value is not None and value.numerator is not None and likely is not None:
            value.approximate = True
            value.caveats.append(
                f"the report does not say what these shares are of, so the interval takes {likely.value:g} complaints as their total and is approximate"
            )
    if value is not None:
        own = f.pick("outcome", "upheld_or_partially", stage, "percent", any_stage=True)
        if own is not None and not own.doubtful and value.value is not None:
            value.caveats += _published_beside(own, value.value)
        return value
    together = shares.get("upheld_or_partially")
    if together is not None:
        return Value(
            together.value, base=together.base, derived=False, inputs=[together.id],
            reason=f"published as a share of {together.base if together.base != 'unknown' else 'an unknown total'}, not of decided complaints",
        )  # fmt: skip
    if "upheld_or_partially" in counts:
        return Value(
            numerator=counts["upheld_or_partially"].value,
            inputs=[counts["upheld_or_partially"].id],
            reason=NOT_FOUND + "how many were decided",
        )
    return _missing("the outcomes of complaints")


def _base_of(shares: dict[str, _Pick]) -> str:
    return next((p.base for p in shares.values() if p.base not in ("", "unknown")), "")


def _upheld_from(counts: dict[str, _Pick], closed: _Pick | None, caveats: list[str], of_closed: bool) -> Value | None:
    decided = {c: counts[c] for c in DECIDED if c in counts}
    favour = [c for c in ("upheld", "partially_upheld") if c in decided]
    if favour and ("not_upheld" in decided):
        numerator = fsum(decided[c].value for c in favour)
        denominator = fsum(p.value for p in decided.values())
        inputs = [p.id for p in decided.values()]
        caveats = caveats + [c for p in decided.values() for c in p.caveats]
        if closed is not None:
            # What is still open is no outcome of those that are closed.
            others = ("withdrawn", "outside_scope", "other", *(() if of_closed else ("outstanding",)))
            known = denominator + fsum(p.value for c, p in counts.items() if c in others)
            if known > closed.value:
                known -= sum(
                    p.value for c, p in counts.items() if c == "outside_scope"
                )  # turned away, they were never closed
            unaccounted = closed.value - known
            if unaccounted < -0.1 * closed.value:
                return Value(
                    inputs=[*inputs, closed.id],
                    reason=f"{known:g} outcomes for {closed.value:g} complaints: they may be counted by issue, or of another year",
                )
            if unaccounted < 0:
                caveats.append(f"{known:g} outcomes for {closed.value:g} complaints")
            if unaccounted > 0.1 * closed.value:
                return Value(
                    inputs=[*inputs, closed.id],
                    reason=f"the outcomes given leave {unaccounted:g} of {closed.value:g} complaints unaccounted for",
                )
            if unaccounted > 0:
                caveats.append(f"{unaccounted:g} of {closed.value:g} complaints {NO_OUTCOME}")
        if closed is None and len(favour) < 2:
            lacking = "upheld" if favour == ["partially_upheld"] else "partly upheld"
            return Value(inputs=inputs, reason=f"{NOT_FOUND}{lacking} complaints, or how many were closed")
        if denominator:
            return Value(100 * numerator / denominator, numerator, denominator, "decided", True, caveats, "", inputs)
        return Value(inputs=inputs, reason="no complaint was decided")
    together = counts.get("upheld_or_partially")
    if together is not None and closed is not None and closed.value >= together.value and closed.value > 0:
        return Value(
            100 * together.value / closed.value, together.value, closed.value, "closed", True,
            [*caveats, *together.caveats, "of closed complaints, because those decided are not given"], "", [together.id, closed.id],
        )  # fmt: skip
    return None


def _upheld_from_shares(shares: dict[str, _Pick], whole: _Pick | None) -> Value | None:
    decided = {c: shares[c] for c in DECIDED if c in shares}
    favour = [c for c in ("upheld", "partially_upheld") if c in decided]
    if not favour or "not_upheld" not in decided:
        return None
    total = fsum(p.value for c, p in shares.items() if c != "upheld_or_partially")
    part, whole_share = fsum(decided[c].value for c in favour), fsum(p.value for p in decided.values())
    inputs = [p.id for p in decided.values()]
    if total < 90 or whole_share <= 0:
        return Value(inputs=inputs, reason=f"the outcomes given add up to {total:g}% only")
    caveats = ["computed from published percentages"]
    if total < 98:
        caveats.append(f"the outcomes given add up to {total:g}%")
    if whole is None:
        return Value(100 * part / whole_share, None, None, "decided", True, caveats, "", inputs)
    return Value(
        100 * part / whole_share,
        round(part * whole.value / 100),
        round(whole_share * whole.value / 100),
        "decided",
        True,
        caveats,
        "",
        [*inputs, whole.id],
    )


def _escalation(d: Indicator, f: Figures) -> Value:
    next_stage, this_stage = _address(d.numerator)[2], _address(d.denominator)[2]
    part = f.pick("received", "", next_stage) or _moved_on_to(f, next_stage)
    whole = f.pick("received", "", this_stage)
    if part is not None and whole is not None and whole.value > 0:
        caveats = part.caveats + whole.caveats
        if part.value > whole.value:
            return Value(
                inputs=[part.id, whole.id],
                reason=f"more at {next_stage.replace('_', ' ')} than at {this_stage.replace('_', ' ')}",
            )
        return Value(
            100 * part.value / whole.value, part.value, whole.value, "received", True, caveats, "", [part.id, whole.id]
        )
    published = f.pick("escalated", "", this_stage, "percent")
    if published is not None and not published.doubtful:
        return Value(
            published.value,
            base=published.base,
            derived=False,
            caveats=[*published.caveats, "the council's own figure; of what it is a share was not found"],
            inputs=[published.id],
        )
    lacking = [stage for stage, found in ((this_stage, whole), (next_stage, part)) if found is None]
    return _missing(f"complaints received at {' and at '.join(stage.replace('_', ' ') for stage in lacking)}")


def _ratio(d: Indicator, f: Figures) -> Value:
    part, whole = f.pick(*_address(d.numerator)), f.pick(*_address(d.denominator))
    if part is None or whole is None:
        return _missing("both of its parts")
    if not whole.value:
        return Value(inputs=[part.id, whole.id], reason="no complaint was received")
    return Value(
        part.value / whole.value,
        part.value,
        whole.value,
        "received",
        True,
        part.caveats + whole.caveats,
        "",
        [part.id, whole.id],
    )


def _child_voice(d: Indicator, f: Figures) -> Value:
    stage = "stage_1"
    whole = f.pick("received", "", stage, any_stage=True)
    for unit in ("count", "percent"):
        found = f.categories("complainant", stage, unit) or f.categories("complainant", "any", unit)
        if "child_or_young_person" not in found and "child_or_advocate" not in found:
            continue
        # One number for both holds the two that are given apart, and is never added to them.
        apart = "child_or_young_person" in found and ("advocate" in found or "child_or_advocate" not in found)
        counted = (
            ("child_or_young_person", "care_leaver", "advocate") if apart else ("child_or_advocate", "care_leaver")
        )
        parts = [found[c] for c in counted if c in found]
        inputs = [p.id for p in parts]
        with_them = {"advocate", "child_or_advocate"} & set(counted) & set(found)
        advocates = "advocates are counted with them" if with_them else "advocates are not given apart"
        caveats = [advocates, *(c for p in parts for c in p.caveats)]
        value = fsum(p.value for p in parts)
        if unit == "percent":
            return Value(value, base=parts[0].base, derived=len(parts) > 1, caveats=caveats, inputs=inputs)
        if whole is None or not whole.value:
            return _missing("stage 1 complaints received")
        inputs.append(whole.id)
        if value > whole.value:
            return Value(inputs=inputs, reason="more complaints by children than complaints in all")
        return Value(
            100 * value / whole.value, value, whole.value, "received", True, [*caveats, *whole.caveats], "", inputs
        )
    return _missing("complaints by children and young people")


def _ombudsman(d: Indicator, f: Figures) -> Value:
    outcomes = f.categories("outcome", "ombudsman", "count")
    upheld = outcomes.get("upheld")
    investigated = f.pick("investigated", "", "ombudsman")
    if upheld is None and investigated is not None and not investigated.value:
        return Value(inputs=[investigated.id], reason="the Ombudsman investigated none")
    if upheld is None:
        published = f.pick("outcome", "upheld", "ombudsman", "percent")
        if published is not None:
            return Value(
                published.value, base=published.base, derived=False, caveats=published.caveats, inputs=[published.id]
            )
        return _missing("how many investigations the Ombudsman upheld")
    if investigated is not None:
        outstanding = outcomes.get("outstanding")
        whole = investigated.value - (outstanding.value if outstanding else 0)
        inputs = [upheld.id, investigated.id] + ([outstanding.id] if outstanding else [])
    elif "not_upheld" in outcomes:
        whole = upheld.value + outcomes["not_upheld"].value
        inputs = [upheld.id, outcomes["not_upheld"].id]
    else:
        return Value(
            numerator=upheld.value,
            inputs=[upheld.id],
            reason=NOT_FOUND + "how many detailed investigations were concluded",
        )
    if whole <= 0 or upheld.value > whole:
        return Value(
            inputs=inputs,
            reason="no detailed investigation was concluded" if whole <= 0 else "more upheld than investigated",
        )
    return Value(100 * upheld.value / whole, upheld.value, whole, "decided", True, upheld.caveats, "", inputs)


def _cost(d: Indicator, f: Figures) -> Value:
    parts = [f.pick(*_address(spec), "gbp") for spec in d.numerator.split("+")]
    if any(p is None for p in parts) and (sum_of_all := f.pick("cost", "investigation_total", "stage_2", "gbp")):
        parts = [sum_of_all]
    whole = f.pick("closed", "", "stage_2") or f.pick(*_address(d.denominator))
    if any(p is None for p in parts):
        return _missing("the fees of investigating officers and independent persons")
    if f.procedure == "all":
        return Value(
            inputs=[p.id for p in parts if p],
            reason="the investigations of several procedures are counted together, and the fees may be those of one",
        )
    if whole is None or not whole.value:
        return _missing("how many stage 2 investigations there were")
    total = fsum(p.value for p in parts if p)
    return Value(
        total / whole.value,
        total,
        whole.value,
        "",
        True,
        [c for p in parts if p for c in p.caveats] + whole.caveats,
        "",
        [p.id for p in parts if p] + [whole.id],
    )


KINDS: dict[str, Callable[[Indicator, Figures], Value]] = {
    "count": _count,
    "mean": _mean,
    "rate": _rate,
    "share": _share,
    "cumulative": _cumulative,
    "upheld": _upheld,
    "escalation": _escalation,
    "ratio": _ratio,
    "child_voice": _child_voice,
    "ombudsman": _ombudsman,
    "cost": _cost,
}
"""Formulas by the `kind` of an indicator; a new indicator of a known kind is a row of data only."""


CHILDREN_ONLY = ("rate", "child_voice", "cost")
"""Kinds of indicator that belong to the children's procedure alone."""


def applies(d: Indicator, procedure: str) -> bool:
    """False for stages and things that a procedure does not have: adults' complaints have one stage, corporate ones two."""
    stages = {part.split("@")[1] for spec in (d.numerator, d.denominator) for part in spec.split("+") if "@" in part}
    if procedure == "adult_statutory":
        return not stages & {"stage_2", "stage_3"} and d.kind not in CHILDREN_ONLY
    if procedure == "corporate":
        return "stage_3" not in stages and d.kind not in CHILDREN_ONLY
    return True


def compute(
    observations: pd.DataFrame,
    own: dict[str, tuple[str, str]] | None = None,
    exposures: Mapping[str, Exposure] | None = None,
) -> pd.DataFrame:
    """Indicators of every document, authority, period and procedure in a frame of observations.

    `own` names each document's own authority and period: there, an indicator that the report does not publish gets a
    row too, `not` comparable, with the reason. `exposures` gives what rates are set against (EXPOSED) by DfE number and year. An indicator that
    a procedure does not have (stage 2 of the adults' one) gets no row. Returns a frame with the columns of COLUMNS; intervals are left empty.
    """
    rows: list[dict[str, Any]] = []
    whole_years = [r for r in records(observations) if periods.is_year(r["period"])]
    groups = grouped(whole_years, ("document", "authority", "period", "procedure"))
    main = _main_procedures(whole_years)
    order = {document: n for n, document in enumerate(main)}
    for key, figured in sorted(groups.items(), key=lambda g: (order[g[0][0]], g[0][1:])):
        document, authority, period, procedure = key
        first = figured[0]
        place = (first["la_number"], period)
        figures = Figures(figured, {name: of[place] for name, of in (exposures or {}).items() if place in of})
        reports_silence = (own or {}).get(document) == (authority, period) and procedure == main.get(document)
        for d, value in _values(figures, procedure):
            if value.inputs or reports_silence:
                rows.append(_row(d, value, first, document, authority, period, procedure))
    _name_other_procedures(rows)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _name_other_procedures(rows: Sequence[Row]) -> None:
    """What the report gives under another procedure is not called missing."""
    for alike in grouped(rows, ("document", "authority", "period", "indicator")).values():
        given = [r["procedure"].replace("_", " ") for r in alike if r["value"] is not None]
        for row in alike:
            if given and row["reason"].startswith(NOT_FOUND):
                row["reason"] = f"the report gives it for another procedure only ({', '.join(given)})"


def _values(figures: Figures, procedure: str) -> list[tuple[Indicator, Value]]:
    """Every indicator of one authority, period and procedure."""
    found = []
    for d in definitions():
        if not applies(d, procedure):
            continue
        value = KINDS[d.kind](d, figures)
        if figures.withheld(d, whole=value.value is None):
            value = Value(reason=WITHHELD)  # without the part that is not given it would be another number
        if value.value is not None and value.derived and (own := _own_share(d, figures)) is not None:
            value.caveats += _published_beside(own, value.value)
        found.append((d, value))
    return _rising(found)


def _own_share(d: Indicator, f: Figures) -> _Pick | None:
    """The share that the report itself prints for an indicator; of upheld complaints `_upheld` says so, with what it is a share of."""
    own = None
    if d.kind in ("cumulative", "share", "ombudsman"):
        own = f.pick(*_address(d.numerator), "percent")
    elif d.kind == "escalation":
        own = f.pick("escalated", "", _address(d.denominator)[2], "percent")
    return None if own is None or own.doubtful else own


def _published_beside(own: _Pick, value: float) -> list[str]:
    """What a council publishes, where it differs from the computed value by more than rounding."""
    if abs(own.value - value) < 1:
        return []
    of = f" of those {own.base}" if own.base not in ("", "unknown") else ""
    return [f"the council itself publishes {own.value:g}%{of}"]


def _rising(values: list[tuple[Indicator, Value]]) -> list[tuple[Indicator, Value]]:
    """The values without shares of one stage that fall where they should rise: fewer within 65 days than within 25 cannot both be so."""
    by_stage: dict[str, list[tuple[int, int]]] = {}
    for n, (d, value) in enumerate(values):
        if d.kind == "cumulative" and value.value is not None:
            _, category, stage = _address(d.numerator)
            by_stage.setdefault(stage, []).append((int(category.removeprefix("within_")), n))
    result = list(values)
    for places in by_stage.values():
        for (days, n), (more, m) in itertools.pairwise(sorted(places)):
            early, late = values[n][1], values[m][1]
            assert early.value is not None and late.value is not None
            if late.value < early.value - 0.5:
                reason = f"the shares do not rise with the days: {early.value:.0f}% within {days}, {late.value:.0f}% within {more}"
                for k in (n, m):
                    result[k] = (values[k][0], Value(inputs=values[k][1].inputs, reason=reason))
    return result


def _main_procedures(rows: Iterable[Row]) -> dict[str, str]:
    """The procedure that most of a document's stage figures are of, the children's one first."""
    result = {}
    for (document,), own in grouped(rows, ("document",)).items():
        counts = Counter(r["procedure"] for r in own if r["stage"] != "any")
        order = [p for p in ("children_statutory", "all", "adult_statutory", "corporate") if counts[p]]
        result[document] = max(order, key=lambda p: counts[p]) if order else ""
    return result


def _row(
    d: Indicator, v: Value, first: Row, document: str, authority: str, period: str, procedure: str
) -> dict[str, Any]:
    caveats = list(dict.fromkeys(c for c in v.caveats if c))
    if (
        procedure == "all"
        and v.value is not None
        and d.indicator not in ("compliments", "ombudsman_received", "ombudsman_upheld_rate")
    ):
        caveats.append(SEVERAL)
    comparability = "not" if v.reason or v.value is None else "caveat" if caveats else "comparable"
    return {
        "document": document,
        "authority": authority,
        "authority_code": first["authority_code"],
        "la_number": first["la_number"],
        "period": period,
        "scope": first["scope"],
        "procedure": procedure,
        "indicator": d.indicator,
        "value": v.value,
        "unit": v.unit or d.unit,
        "base": v.base,
        "numerator": v.numerator,
        "denominator": v.denominator,
        "lower_95": None,
        "upper_95": None,
        "status": "derived" if v.derived else "published",
        "value_status": "c" if v.reason == WITHHELD else "x" if v.value is None else "e" if v.approximate else "",
        "comparability": comparability,
        "caveat": "; ".join(caveats),
        "reason": v.reason,
        "inputs": " ".join(dict.fromkeys(i for part in v.inputs for i in part.split(";"))),
    }
