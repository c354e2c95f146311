"""Whom to compare with, and which figures of each council to take."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from compare.wording import listed
from corpus.councils import Council, current, find, hint, in_region, the_one
from corpus.errors import UsageError, UserError
from corpus.reference_data import HOW_TO
from normalise.rows import plain

PROCEDURE_WORDS = {
    "children_statutory": "children's statutory procedure",
    "corporate": "corporate procedure",
    "adult_statutory": "adults' procedure",
    "all": "all complaints procedures",
}


class NoComparisonError(UserError):
    """The focus council, or the group, has nothing to compare; the message is for the user."""


class UnknownNameError(NoComparisonError, UsageError):
    """A name to compare with is none; the message says what would be."""


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
    history: pd.DataFrame = field(default_factory=pd.DataFrame)
    """One row a council, indicator and year, as `indicators`, for every year that a report here gives."""
    below: int = 0
    """Counts under this are withheld; 0 withholds nothing."""
    hidden: bool = False
    """True where the other councils are letters, and what would name councils is left out."""
    with_neighbours: bool = False
    """True where the group is made of statistical neighbours, or has them among others."""
    corrections: list[str] = field(default_factory=list)
    """A sentence for each figure that a member corrected, with who, when and why."""

    @cached_property
    def _rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        return {(r["authority"], r["indicator"]): r for r in self.indicators.to_dict("records")}

    @cached_property
    def benchmarks(self) -> dict[str, Any]:
        """Indicator -> its `compare.benchmark.Benchmark`, filled as they are asked for: many figures and sentences ask for the same one."""
        return {}

    def row(self, council: str, indicator: str) -> dict[str, Any] | None:
        """The row of one council and indicator; None where the council has none."""
        return self._rows.get((council, indicator))

    @cached_property
    def published(self) -> dict[str, pd.DataFrame]:
        """Council -> its published figures."""
        return {str(council): frame for council, frame in self.observations.groupby("authority", sort=False)}


@dataclass(frozen=True)
class Tables:
    """What is shown beside the figures, for all documents of the workspace."""

    comparability: pd.DataFrame
    own: dict[str, tuple[str, str]]
    ledger: pd.DataFrame
    discrepancies: pd.DataFrame
    themes: pd.DataFrame
    readings: pd.DataFrame | None = None
    """readings.csv, for who read a figure."""


TYPES = {
    "unitary": "unitary",
    "unitaries": "unitary",
    "unitary authorities": "unitary",
    "unitary councils": "unitary",
    "metropolitan": "metropolitan",
    "metropolitan districts": "metropolitan",
    "metropolitan boroughs": "metropolitan",
    "london borough": "london_borough",
    "london boroughs": "london_borough",
    "county": "county",
    "counties": "county",
    "county councils": "county",
}
"""Names for the types of councils."""
NEIGHBOURS = ("neighbours", "statistical neighbours", "statistical-neighbours")


@dataclass(frozen=True)
class Known:
    """Groups beyond regions and types that a workspace knows."""

    own: dict[str, list[str]] = field(default_factory=dict)
    """A user's own groups."""
    neighbours: list[str] = field(default_factory=list)
    """The focus council's statistical neighbours, the closest first."""

    def __post_init__(self) -> None:
        """Raises UsageError for a name that is no council's, and for a group that could never be meant by its own."""
        for group, councils in self.own.items():
            if isinstance(councils, str):
                raise UsageError(f"the group {group!r} is one text; write a list of councils: ['Bury', 'Oldham']")
            if what := _already(group):
                raise UsageError(f"a group of your own cannot be called {group!r}, which is {what}; call it otherwise")
        own = {group: list(dict.fromkeys(map(the_one, councils))) for group, councils in self.own.items()}
        object.__setattr__(self, "own", own)


def _already(name: str) -> str:
    """What a name to compare with means for everybody; empty where it is free."""
    if name.lower() == "all":
        return "every report"
    if name.lower() in NEIGHBOURS:
        return "the statistical neighbours"
    if _region(name):
        return "a region"
    if name.lower() in TYPES:
        return "a type of council"
    return "a council" if find(name) else ""


def _region(name: str) -> list[Council]:
    return in_region(name) or in_region(name.title())


def members_of(
    against: tuple[str, ...], focus: str, present: list[str], known: Known | None = None
) -> tuple[str, list[str], list[str]]:
    """Name of the group, the councils in it that have a report, and those that have none.

    `against` holds names of councils, a region, a type of council, `neighbours` (the Department for Education's statistical
    neighbours), a group of the user's own, `all` (every report), or nothing for the focus council's region.
    Raises NoComparisonError for a name that is none of these, and where neighbours are asked for but not known.
    """
    known = known or Known()
    home = find(focus)
    region = home.region if home else ""
    if not against:
        against = (region,) if region else ("all",)
    if any(name.lower() == "all" for name in against):
        return "all reports", present, sorted(c.short_name for c in in_region(region) if c.short_name not in present)
    own = {name.casefold(): councils for name, councils in known.own.items()}
    wanted: list[str] = []
    names = []
    for name in against:
        councils = _region(name)
        if name.casefold() in own:
            wanted += own[name.casefold()]
            names.append(name)
        elif name.lower() in NEIGHBOURS:
            if not known.neighbours:
                raise NoComparisonError(
                    f"{focus} has no statistical neighbours in the Department for Education's table; {HOW_TO['neighbours']}"
                )
            wanted += known.neighbours
            names.append(f"statistical neighbours of {focus}")
        elif councils:
            wanted += [c.short_name for c in councils]
            names.append(councils[0].region)
        elif name.lower() in TYPES:
            wanted += [c.short_name for c in current() if c.type == TYPES[name.lower()]]
            names.append(name.lower())
        else:
            council = _council(name, known)
            wanted.append(council)
            names.append(council)
    wanted = sorted(dict.fromkeys(wanted))
    return (
        " and ".join(names[:3]) + (" and others" if len(names) > 3 else ""),
        [w for w in wanted if w in present],
        [w for w in wanted if w not in present and w != focus],
    )


def _council(name: str, known: Known) -> str:
    try:
        return the_one(name)
    except UsageError as error:
        groups = f", a group of yours ({', '.join(known.own)})" if known.own else ""
        raise UnknownNameError(
            f"{name!r} is neither a council nor a region; write a council's name, a region such as 'South West', "
            f"a type such as 'unitary', neighbours{groups}, or all{hint(name)}"
        ) from error


def request(focus: str, missing: list[str], period: str) -> str:
    """The words to ask the missing comparators for their reports with; empty where none is missing."""
    if not missing:
        return ""
    return (
        f"Dear colleagues, {focus} is comparing how councils handle complaints about children's social care in {period} and would like "
        f"to include {listed(missing)}. Could you please send your annual complaints report for {period}, or the address where it is "
        "published? If no report is published, we can send a short form for the figures. We will send you the comparison."
    )


def choose(
    indicators: pd.DataFrame,
    observations: pd.DataFrame,
    own_years: dict[str, tuple[str, str]],
    focus: str,
    against: tuple[str, ...],
    period: str = "latest",
    known: Known | None = None,
) -> Comparison:
    """Take each council's latest year (or one year), one procedure a council, the children's statutory one first.

    `own_years` maps a document to its own council and year. Raises NoComparisonError where the focus has no figures.
    """
    indicators, observations = plain(indicators), plain(observations)
    present = sorted({council for council, _ in own_years.values() if council})
    if focus not in present:
        raise NoComparisonError(
            f"there is no report of {focus}; the reports are of {', '.join(present) or 'no council that is known'}"
        )
    group, members, missing = members_of(against, focus, present, known)
    members = [focus, *[m for m in members if m != focus]]
    chosen, years, excluded, borrowed = [], {}, [], {}
    by_council = dict(iter(indicators.groupby("authority", sort=False)))
    for council in members:
        documents = {d: y for d, (c, y) in own_years.items() if c == council}
        year = max(documents.values()) if period == "latest" else period
        rows = by_council.get(council, indicators.iloc[:0])
        rows = rows[rows["period"] == year]
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
    history = _history(indicators[indicators["authority"].isin(list(years))], own_years)
    keys = set(zip(taken["document"], taken["period"], strict=True))
    shown = observations[
        [(d, p) in keys for d, p in zip(observations["document"], observations["period"], strict=True)]
    ]
    return Comparison(
        focus, group, [m for m in members if m in years], missing, years, taken, shown, borrowed, excluded, history,
        with_neighbours=any(name.lower() in NEIGHBOURS for name in against),
    )  # fmt: skip


def _history(rows: pd.DataFrame, own_years: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """Every year of every council, from its own report for that year before a later report that looks back."""
    rows = rows[rows["value"].notna() & (rows["comparability"] != "not")]
    own = [own_years.get(d, ("", ""))[1] == p for d, p in zip(rows["document"], rows["period"], strict=True)]
    rows = rows.assign(_own=own, _order=rows["procedure"].map(_FIRST)).sort_values(
        ["_order", "_own", "document"], ascending=[True, False, False], kind="stable"
    )
    # A series stays with one procedure: one year of another would look like a change.
    first = rows.groupby(["authority", "indicator"])["_order"].transform("min")
    rows = rows[rows["_order"] == first].drop_duplicates(["authority", "indicator", "period"])
    return rows.drop(columns=["_own", "_order"]).sort_values(["authority", "indicator", "period"], kind="stable")


_FIRST = {"children_statutory": 0, "all": 1, "adult_statutory": 2, "corporate": 3}
"""Which procedure's figure stands for a council, the first before the others."""


def _one_procedure(rows: pd.DataFrame) -> pd.DataFrame:
    """For every indicator the children's statutory value; another procedure's only where that is missing, named in its row."""
    ranked = rows.assign(_none=rows["value"].isna(), _order=rows["procedure"].map(_FIRST))
    # A corporate or adults' figure never stands in for a children's one.
    childrens = ranked["procedure"].isin(["children_statutory", "all"])
    if childrens.any():
        ranked = ranked[childrens]
    else:
        ranked = ranked[(ranked["procedure"] != "corporate") | ~ranked["_none"]]
        adults = ranked["procedure"] == "adult_statutory"
        ranked = ranked[adults] if adults.any() else ranked
    ranked = ranked.sort_values(["_none", "_order"], kind="stable").drop_duplicates("indicator")
    return ranked.drop(columns=["_none", "_order"])
