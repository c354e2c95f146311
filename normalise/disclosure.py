"""Suppression of small counts, so that nobody can be recognised from a table, with secondary suppression.

Primary: counts from 1 up to but not including the limit are withheld as `[c]` with bounds. Secondary: where a total and the other
parts of one breakdown would give a withheld count away by subtraction, the next smallest part is withheld too. Shares of withheld
counts go with them. Zero stays: it recognises nobody. (Analysis Function shorthand; ONS policy on protecting confidentiality in tables.)
"""

from __future__ import annotations

import re

import pandas as pd

BREAKDOWNS = (
    "outcome", "complainant", "characteristic", "channel", "theme", "theme_upheld", "service", "service_upheld", "response_time", "remedy",
)  # fmt: skip
PEOPLE = (*BREAKDOWNS, "received", "closed", "escalated", "escalation_requested", "carried_forward", "brought_forward", "advocacy", "extended", "investigated", "mediation", "issues")  # fmt: skip
"""Measures whose counts are of people's complaints; money, days, context and compliments recognise nobody."""
_WHOLE = ["document", "authority", "period", "procedure", "stage"]


def suppress(observations: pd.DataFrame, below: int) -> pd.DataFrame:
    """Observations with counts from 1 to `below` - 1, and what would give them away, withheld.

    A withheld row keeps its address, with `value` empty, `value_status` `c` and bounds; a count printed as "<5" keeps its own
    bounds. Quotes that print the number are cut. Raises ValueError for a limit under 2.
    """
    if below < 2:
        raise ValueError("counts can be suppressed below 2 or more")
    frame = observations.copy()
    counts = frame[(frame["unit"] == "count") & frame["measure"].isin(PEOPLE) & frame["value"].notna()]
    withheld = set(counts.index[(counts["value"] > 0) & (counts["value"] < below)])
    primary = set(withheld)
    for _ in range(10):  # what one breakdown withholds may open another of the same document
        more = _secondary(frame, withheld)
        more |= _same_key(frame, withheld | more) - withheld
        if more <= withheld:
            break
        withheld |= more
    shares = frame[(frame["unit"] == "percent") & frame["measure"].isin(PEOPLE)]
    keys = {tuple(frame.loc[i, [*_WHOLE, "measure", "category"]]) for i in withheld}
    gone = {i for i, row in shares[[*_WHOLE, "measure", "category"]].iterrows() if tuple(row) in keys}
    for index in withheld:
        small = index in primary
        frame.loc[index, "value_low"] = 1.0 if small else 0.0
        frame.loc[index, "value_high"] = float(below - 1) if small else _bound(frame, index)
    hidden = list(withheld | gone)
    for index in gone:
        frame.loc[index, ["value_low", "value_high"]] = [0.0, 100.0]
    frame.loc[hidden, "value"] = None
    frame.loc[hidden, "value_status"] = "c"
    frame.loc[hidden, "quote"] = "withheld, because the number is small or would give a small number away"
    # A sentence that is quoted for one figure may print another that is withheld.
    quotes = set(observations.loc[hidden, "quote"])
    frame.loc[frame["quote"].isin(quotes), "quote"] = "withheld, because the words print a small number"
    return frame


def redacted(text: str, below: int) -> str:
    """A caveat or reason without the counts under `below` that it prints: "1 of 19 complaints have no outcome given"."""
    return _COUNT.sub(lambda m: "a few" if 0 < int(m.group()) < below else m.group(), text)


_COUNT = re.compile(r"(?<![\d.,£-])\d+(?= (?:of \d+|closed|outcomes|within the limit)\b)")
"""Counts in the caveats and reasons of indicators."""


def _same_key(frame: pd.DataFrame, withheld: set[int]) -> set[int]:
    """Other occurrences of a figure that is withheld."""
    columns = [*_WHOLE, "measure", "category", "unit"]
    keys = {tuple(frame.loc[i, columns]) for i in withheld}
    return {i for i, row in frame[columns].iterrows() if tuple(row) in keys and pd.notna(frame.loc[i, "value"])}


def _secondary(frame: pd.DataFrame, withheld: set[int]) -> set[int]:
    """Parts to withhold too: in a breakdown with but one part withheld, the next smallest."""
    more: set[int] = set()
    usable = frame[(frame["unit"] == "count") & frame["measure"].isin(PEOPLE)]
    for (*_, measure), group in usable.groupby([*_WHOLE, "measure"], sort=False):
        if measure not in BREAKDOWNS:
            continue
        more |= _second(group, withheld)
    # Stages add up to a total, and so do brought forward, received, closed and carried forward.
    for _, group in usable[usable["measure"] == "received"].groupby(
        ["document", "authority", "period", "procedure"], sort=False
    ):
        more |= _second(group.assign(category=group["stage"]), withheld)
    flow = usable[usable["measure"].isin(["brought_forward", "received", "closed", "carried_forward"])]
    for _, group in flow.groupby(_WHOLE, sort=False):
        if group["measure"].nunique() == 4:
            more |= _second(group.assign(category=group["measure"]), withheld)
    return more


def _second(group: pd.DataFrame, withheld: set[int]) -> set[int]:
    hidden = {c for i, c in group["category"].items() if i in withheld or pd.isna(group.loc[i, "value"])}
    if len(hidden) != 1 or group["category"].nunique() < 2:
        return set()
    rest = group[~group["category"].isin(hidden) & group["value"].notna()]
    positive = rest[rest["value"] > 0]
    rest = positive if len(positive) else rest
    if rest.empty:
        return set()
    smallest = rest.sort_values("value", kind="stable").iloc[0]["category"]
    return set(group.index[group["category"] == smallest])


def _bound(frame: pd.DataFrame, index: int) -> float:
    """The most that a withheld part can be, as a reader could work it out: all that was received or closed."""
    row = frame.loc[index]
    same = frame[
        (frame[_WHOLE] == row[_WHOLE]).all(axis=1)
        & frame["measure"].isin(["received", "closed"])
        & frame["value"].notna()
    ]
    return float(same["value"].max()) if len(same) else float(row["value"]) * 10
