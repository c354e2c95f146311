"""Whom to compare with, and which figures of each council to take."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from corpus.councils import find, in_region

PROCEDURE_WORDS = {
    "children_statutory": "children's statutory procedure",
    "corporate": "corporate procedure",
    "adult_statutory": "adults' procedure",
    "all": "all complaints procedures",
}


class NoComparisonError(Exception):
    """The focus council, or the group, has nothing to compare; the message is for the user."""


@dataclass
class Comparison:
    """The figures that stand side by side."""

    focus: str
    group: str
    """Name of the group for headings: "South West", "all reports"."""
    members: list[str]
    """Councils with a report, the focus first, then by name."""
    missing: list[str]
    """Councils of the group, or with all reports of the focus council's region, without a report."""
    periods: dict[str, str]
    """Council -> the year that is shown."""
    indicators: pd.DataFrame
    """One row a council and indicator: the one chosen."""
    observations: pd.DataFrame
    """The published figures of the chosen councils and years."""
    borrowed: dict[str, str] = field(default_factory=dict)
    """Council -> the year of the later report that its figures come from, where it has no report for the year shown."""
    excluded: list[str] = field(default_factory=list)
    """Sentences on reports that could not take part."""


def members_of(against: tuple[str, ...], focus: str, present: list[str]) -> tuple[str, list[str], list[str]]:
    """Name of the group, the councils in it that have a report, and those that have none.

    `against` holds names of councils, a region, `all` (every report), or nothing for the focus council's region.
    Raises NoComparisonError for a name that is neither.
    """
    home = find(focus)
    region = home.region if home else ""
    if not against:
        against = (region,) if region else ("all",)
    if any(name.lower() == "all" for name in against):
        return "all reports", present, sorted(c.short_name for c in in_region(region) if c.short_name not in present)
    wanted: list[str] = []
    names = []
    for name in against:
        councils = in_region(name) or in_region(name.title())
        if councils:
            wanted += [c.short_name for c in councils]
            names.append(councils[0].region)
            continue
        council = find(name)
        if council is None:
            raise NoComparisonError(
                f"{name!r} is neither a council nor a region; write a council's name, a region such as 'South West', or all"
            )
        wanted.append(council.short_name)
        names.append(council.short_name)
    wanted = list(dict.fromkeys(wanted))
    wanted.sort()
    return (
        " and ".join(names[:3]) + (" and others" if len(names) > 3 else ""),
        [w for w in wanted if w in present],
        [w for w in wanted if w not in present and w != focus],
    )


def choose(
    indicators: pd.DataFrame,
    observations: pd.DataFrame,
    own_years: dict[str, tuple[str, str]],
    focus: str,
    against: tuple[str, ...],
    period: str = "latest",
) -> Comparison:
    """Take each council's latest year (or one year), one procedure a council, the children's statutory one first.

    `own_years` maps a document to its own council and year. Raises NoComparisonError where the focus has no figures.
    """
    present = sorted({council for council, _ in own_years.values() if council})
    if focus not in present:
        raise NoComparisonError(
            f"there is no report of {focus}; the reports are of {', '.join(present) or 'no council that is known'}"
        )
    group, members, missing = members_of(against, focus, present)
    members = [focus, *[m for m in members if m != focus]]
    chosen, years, excluded, borrowed = [], {}, [], {}
    for council in members:
        documents = {d: y for d, (c, y) in own_years.items() if c == council}
        year = max(documents.values()) if period == "latest" else period
        rows = indicators[(indicators["authority"] == council) & (indicators["period"] == year)]
        own = [d for d, y in documents.items() if y == year]
        if own:
            rows = rows[rows["document"] == own[0]]
        elif len(rows):
            document = max(rows["document"], key=lambda d: (own_years[d][1] if d in own_years else "", d))
            rows = rows[rows["document"] == document]
            if document in own_years:
                borrowed[council] = own_years[document][1]
        if rows.empty:
            excluded.append(f"{council} has no figures for {year}")
            continue
        years[council] = year
        chosen.append(_one_procedure(rows))
    if focus not in years:
        raise NoComparisonError(f"{focus} has no figures for {period}")
    taken = pd.concat(chosen, ignore_index=True)
    keys = set(zip(taken["document"], taken["period"], strict=True))
    shown = observations[
        [(d, p) in keys for d, p in zip(observations["document"], observations["period"], strict=True)]
    ]
    return Comparison(
        focus, group, [m for m in members if m in years], missing, years, taken, shown, borrowed, excluded
    )


def _one_procedure(rows: pd.DataFrame) -> pd.DataFrame:
    """For every indicator the children's statutory value; another procedure's only where that is missing, named in its row."""
    order = {"children_statutory": 0, "all": 1, "adult_statutory": 2, "corporate": 3}
    ranked = rows.assign(_none=rows["value"].isna(), _order=rows["procedure"].map(order))
    ranked = ranked[(ranked["procedure"] != "corporate") | ~ranked["_none"]]
    # A corporate figure never stands in for a children's one.
    ranked = ranked[ranked["procedure"] != "corporate"] if (ranked["procedure"] != "corporate").any() else ranked
    ranked = ranked.sort_values(["_none", "_order"], kind="stable").drop_duplicates("indicator")
    return ranked.drop(columns=["_none", "_order"])
