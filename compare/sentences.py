"""Every sentence of a comparison that is computed from its figures, in one place: as an officer would write them, each with its hedge."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare import shown
from compare.benchmark import Benchmark, benchmark
from compare.figure import named, sentence, value_text
from compare.groups import PROCEDURE_WORDS, Comparison
from compare.judging import ALIKE, HIGHER, LOWER, NOT_COMPARED
from compare.wording import listed
from normalise.indicators import Indicator, definition, definitions
from normalise.periods import before

KEY = (
    "stage_1_within_20_days", "stage_1_within_10_days", "ombudsman_upheld_rate", "stage_1_upheld_rate", "escalation_rate_1_to_2",
    "stage_1_per_10000_children",
)  # fmt: skip
"""Indicators that the first page speaks of first, in this order."""
MOST = 5
"""Sentences of the summary at most."""
FEWEST_RANKED = 5
"""Councils under which a range of ranks says nothing."""
NOT_SURE = "unconfirmed: check against the report"


def title(comparison: Comparison) -> str:
    """The title of a report."""
    return f"{comparison.focus} compared: complaints about children's social care"


def headline(comparison: Comparison) -> str:
    """The finding that a reader should take away, or that there is none."""
    firm = [d for d, b in _judged(comparison) if b.judgement.word in (HIGHER, LOWER) and b.judgement.firm]
    if firm:
        return _finding(comparison, firm[0])
    count = len(_judged(comparison))
    if count:
        what = "the one measure" if count == 1 else f"any of the {count} measures"
        return f"{comparison.focus} does not clearly differ from the other councils on {what} that can be compared"
    others = len(comparison.members) - 1
    if not others:
        return f"No other council's report is here to compare {comparison.focus} with"
    return f"The figures of {comparison.focus} and of {others} other council{'s' if others > 1 else ''} can be read side by side, but not judged"


def _judged(comparison: Comparison) -> list[tuple[Indicator, Benchmark]]:
    """Indicators of the focus that were held against the others, those of KEY first."""
    found = [(d, benchmark(comparison, d.indicator)) for d in definitions()]
    place = {name: n for n, name in enumerate(KEY)}
    judged = [(d, b) for d, b in found if b.judgement.word != NOT_COMPARED]
    return sorted(judged, key=lambda pair: place.get(pair[0].indicator, len(place)))


def _finding(comparison: Comparison, d: Indicator) -> str:
    found = benchmark(comparison, d.indicator)
    row = comparison.row(comparison.focus, d.indicator)
    assert row is not None and found.value is not None
    more = "more" if found.judgement.word == HIGHER else "less"
    doubts = [NOT_SURE] if shown.doubtful(row) else ["of an estimated total"] if row["value_status"] == "e" else []
    doubt = f" ({doubts[0]})" if doubts else ""
    said = d.said(comparison.focus, value_text(row["value"], d.unit))
    return f"{said}{doubt}, {more} than the {value_text(found.value, d.unit)} of the {others(found)} together"


def others(found: Benchmark) -> str:
    """The councils of the group's value: "12 other councils"."""
    return f"{len(found.others)} other councils"


def summary(comparison: Comparison) -> list[str]:
    """The comparison in at most five sentences, without those of the headline."""
    lines = [_different(comparison), _alike(comparison), _volumes(comparison), _changed(comparison), _gaps(comparison)]
    return [line for line in lines if line][:MOST]


def key_figures(comparison: Comparison, most: int = 2) -> list[str]:
    """The takeaways of the first indicators of KEY that the focus has, for who pastes them into a report."""
    said = []
    for name in KEY:
        d = definition(name)
        row = comparison.row(comparison.focus, name)
        if shown.usable(row):
            rows = comparison.indicators
            own = rows[(rows["authority"] == comparison.focus) & (rows["indicator"] == name)]
            said.append(takeaway(comparison, d, own, benchmark(comparison, name)))
    return said[:most]


def background(comparison: Comparison) -> list[str]:
    """How many complaints there were, what changed, and what was not found."""
    return [line for line in (_volumes(comparison), _changed(comparison), _gaps(comparison)) if line]


def _different(comparison: Comparison) -> str:
    told = [(d, b) for d, b in _judged(comparison) if b.judgement.word in (HIGHER, LOWER)]
    if not told:
        return ""
    said = []
    rates = [d for d, _ in told if d.kind == "rate"]
    for d, b in told:
        if d in rates[1:]:
            continue  # the same complaints, set against something else
        row = comparison.row(comparison.focus, d.indicator)
        assert row is not None and b.value is not None
        doubt = f"; {NOT_SURE}" if shown.doubtful(row) else ""
        sure = "" if b.judgement.firm else "; it may be chance"
        said.append(
            f"{sentence(d.label)} ({value_text(row['value'], d.unit)}, others {value_text(b.value, d.unit)}{sure}{doubt})"
        )
    firm = any(b.judgement.firm for _, b in told)
    return f"{comparison.focus} {'differs' if firm else 'may differ'} from the others on {listed(said)}."


def _alike(comparison: Comparison) -> str:
    alike = [(d, b) for d, b in _judged(comparison) if b.judgement.word == ALIKE]
    if not alike:
        return ""
    d, b = alike[0]
    row = comparison.row(comparison.focus, d.indicator)
    assert row is not None and b.value is not None
    first = (
        f"{d.said(comparison.focus, value_text(row['value'], d.unit))}{' (' + NOT_SURE + ')' if shown.doubtful(row) else ''}, and the "
        f"{others(b)} together came to {value_text(b.value, d.unit)}, which is no clear difference"
    )
    rest = [sentence(other.label) for other, _ in alike[1:4]]
    more = f"; nor is there one on {listed(rest)}" if rest else ""
    return f"{first}{more}."


def _volumes(comparison: Comparison) -> str:
    row = comparison.row(comparison.focus, "stage_1_received")
    if not shown.usable(row):
        return ""
    assert row is not None
    rate = comparison.row(comparison.focus, "stage_1_per_10000_children")
    text = (
        f"It received {value_text(row['value'], 'count')} stage 1 complaints in {comparison.periods[comparison.focus]}"
    )
    if shown.usable(rate):
        assert rate is not None
        text += f", which is {value_text(rate['value'], rate['unit'])} for every 10,000 children"
    doubt = f" ({NOT_SURE})" if shown.doubtful(row) else ""
    return f"{text}{doubt}; more complaints may only mean that it is easy to complain."


def changes(comparison: Comparison) -> list[tuple[Indicator, dict[str, Any], dict[str, Any]]]:
    """Indicators of the focus with the year shown and the year before it, both as its own reports print them; none over a break in the series."""
    year = comparison.periods[comparison.focus]
    last = before(year)
    rows = comparison.history
    rows = rows[rows["authority"] == comparison.focus] if len(rows) else rows
    found = {(r["indicator"], r["period"]): r for r in rows.to_dict("records")}
    return [
        (d, found[d.indicator, year], found[d.indicator, last])
        for d in definitions()
        if (d.indicator, year) in found and (d.indicator, last) in found
        if found[d.indicator, year]["value_status"] != "b"
    ]


def _changed(comparison: Comparison) -> str:
    order = ("stage_1_received", *KEY, "stage_2_received")
    known = {d.indicator: (d, now, then) for d, now, then in changes(comparison)}
    said = [changed(*known[name]) for name in order if name in known][:2]
    return f"Since the year before, {listed(said)}." if said else ""


def changed(d: Indicator, now: dict[str, Any], then: dict[str, Any]) -> str:
    """One change as part of a sentence."""
    old, new = value_text(then["value"], d.unit), value_text(now["value"], d.unit)
    how = "stayed at" if old == new else "rose" if now["value"] > then["value"] else "fell"
    doubt = f" ({NOT_SURE})" if shown.doubtful(now) or shown.doubtful(then) else ""
    told = f"{how} {new}" if old == new else f"{how} from {old} to {new}"
    return f"{sentence(d.label)} {told}{doubt}"


def _gaps(comparison: Comparison) -> str:
    lacking: dict[str, list[str]] = {"[x]": [], "[c]": []}
    for name in KEY:
        row = comparison.row(comparison.focus, name)
        if not shown.usable(row):
            lacking[shown.missing_mark(row)].append(sentence(definition(name).label))
    said = {
        "[x]": "No figure that can be compared was found in its report for {}.",
        "[c]": "Withheld, because a number in it is small: {}.",
    }
    return " ".join(said[mark].format(listed(names)) for mark, names in lacking.items() if names)


def figure_headline(comparison: Comparison, d: Indicator, own: pd.DataFrame, found: Benchmark) -> str:
    """The headline over the figure of one indicator."""
    if own.empty:
        return f"{d.label}: no figure of {comparison.focus}"
    value = value_text(own.iloc[0]["value"], own.iloc[0]["unit"])
    value += " (unconfirmed)" if shown.doubtful(own.iloc[0]) else ""
    if found.value is None or found.judgement.word == NOT_COMPARED:
        return d.said(comparison.focus, value)
    group = value_text(found.value, d.unit)
    if found.judgement.word == ALIKE:
        return f"{comparison.focus}: {value}; other councils: {group}. No clear difference"
    perhaps = "" if found.judgement.firm else "perhaps "
    return f"{comparison.focus}'s {value} is {perhaps}{found.judgement.word} than the others' {group}"


def takeaway(comparison: Comparison, d: Indicator, own: pd.DataFrame, found: Benchmark) -> str:
    """What a reader should take away from the figure of one indicator, with the hedge that it needs."""
    if own.empty:
        return _without(comparison, d, found)
    row = own.iloc[0]
    text = (
        f"{d.said(comparison.focus, value_text(row['value'], row['unit']))}{_behind(row)}{covering(row['procedure'])}."
    )
    published = [c for c in row["caveat"].split("; ") if c.startswith("the council itself publishes")]
    if published:
        text += f" In its report {published[0]}."
    if found.judgement.word == NOT_COMPARED:
        return text + f" It is not compared with others: {found.reason}."
    assert found.value is not None
    text += f" {_together(comparison, d, found)}"
    text += f" {verdict(comparison, d, found)}"
    if found.ranks and len(found.others) + 1 >= FEWEST_RANKED:
        first, last = found.ranks
        place = f"is very likely {first}" if first == last else f"could be anywhere from {first} to {last}"
        text += f" Counted from the highest, its place among the {len(found.others) + 1} {place}."
    return text


def _without(comparison: Comparison, d: Indicator, found: Benchmark) -> str:
    held = shown.missing_mark(comparison.row(comparison.focus, d.indicator)) == "[c]"
    text = f"{d.label}: " + (
        f"the figure of {comparison.focus} is withheld, because a number in it is small."
        if held
        else f"no figure of {comparison.focus} that can be compared."
    )
    if found.value is not None:
        text += f" {_together(comparison, d, found)}"
    return text


def _together(comparison: Comparison, d: Indicator, found: Benchmark) -> str:
    """The others' value as a sentence, and whether any of it is doubtful."""
    assert found.value is not None
    unsure = sum(shown.doubtful(row) for c in found.others if (row := comparison.row(c, d.indicator)) is not None)
    doubt = f", {unsure} of them unconfirmed" if unsure else ""
    of = ", as shares of the complaints closed" if found.common_base else ""
    return f"The {others(found)} whose figures are like for like come to {value_text(found.value, d.unit)} together{of}{doubt}."


def _behind(row: Any) -> str:
    """What a value rests on, in brackets: its counts, its 95% interval, and whether the reading is doubtful."""
    counts, interval = shown.of_counts(row).strip(" ()"), shown.interval_text(row)
    said = [counts] if counts else []
    said += [f"95% interval {interval}"] if interval else []
    said += [NOT_SURE] if shown.doubtful(row) else []
    return f" ({'; '.join(said)})" if said else ""


def verdict(comparison: Comparison, d: Indicator, found: Benchmark) -> str:
    """The judgement as a sentence: for no clear difference, which difference these numbers could have shown."""
    j = found.judgement
    if j.word == ALIKE:
        return f"The difference is no larger than chance alone could make it. {_could_have_been_told(d, found)}"
    better = f", which is {j.polarity}" if j.polarity else ""
    if j.firm:
        return f"{comparison.focus} is {j.word}{better}, by more than chance would explain."
    return (
        f"{comparison.focus} is perhaps {j.word}{better}: taken by itself the difference is larger than chance would make it nineteen times in twenty, "
        "but with so many comparisons in one report it may be chance."
    )


def _could_have_been_told(d: Indicator, found: Benchmark) -> str:
    assert found.judgement.told_apart is not None
    low, high = found.judgement.told_apart
    below = f"under {value_text(low, d.unit)}" if low > 0 else ""
    top = 100.0 if d.unit == "percent" else float("inf")
    above = f"over {value_text(high, d.unit)}" if high < top else ""
    if not (below or above):
        return "With so few complaints no figure could have been told apart from the others'."
    return f"With these numbers a figure {' or '.join(filter(None, (below, above)))} would have been called different."


def covering(procedure: str) -> str:
    """What a sentence says of a figure that is not of the children's statutory procedure alone."""
    return (
        ""
        if procedure == "children_statutory"
        else f", {PROCEDURE_WORDS[procedure]} taken together"
        if procedure == "all"
        else f", under the {PROCEDURE_WORDS[procedure]}"
    )


def looks(comparison: Comparison) -> str:
    """How the judgements are to be read; empty where there is none."""
    count = len(_judged(comparison))
    if not count:
        return ""
    weak = any(b.judgement.word in (HIGHER, LOWER) and not b.judgement.firm for _, b in _judged(comparison))
    perhaps = " “Perhaps” marks a difference that is clear by itself, but may be chance among so many." if weak else ""
    return (
        f"{count} measure{'s were' if count > 1 else ' was'} compared, and testing that many is allowed for: there is at most a 1 in 20 risk that any of them is called higher or lower by chance alone.{perhaps} "
        "A comparison says that figures differ, not why."
    )


def spread(found: Benchmark) -> str:
    """How much councils differ, and what that means for the limits."""
    assert found.expected is not None
    of = found.expected.spread
    if not of.known:
        return f"With {of.councils} other councils the spread between councils cannot be told from chance, so the limits are those of chance alone."
    if of.tau2 > 0:
        return (
            f"Councils differ more than chance alone would make them (phi {of.phi:.1f}, where 1 is chance). The limits allow for that spread, so only councils "
            "that stand out from it lie outside."
        )
    return f"Councils differ no more than chance alone would make them (phi {of.phi:.1f}, where 1 is chance)."


def intro(comparison: Comparison) -> str:
    """What the report is made from."""
    rest = [c for c in comparison.members if c != comparison.focus]
    if not rest:
        return f"From the annual complaints report of {comparison.focus}. No other council of the group has a report here yet."
    return f"From the annual complaints reports of {comparison.focus} and {named(rest, 'other councils')}, as the councils published them."
