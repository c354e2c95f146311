"""Rules for the files that are computed from observations, as pandera schemas with named checks.

`broken` names the rules that a frame breaks; the rules for observations themselves are in `normalise/observations.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from corpus.errors import UserError
from normalise import comparability, crosswalk, indicators, ledger
from normalise.audit.finding import checks
from normalise.codes import PROCEDURES
from normalise.reading import trace
from normalise.validating import validate


class BrokenRuleError(UserError):
    """What was computed breaks a rule; nothing of it is written."""

    def __init__(self, name: str, rules: Sequence[str]) -> None:
        super().__init__(
            f"{name}.csv would break a rule ({'; '.join(rules[:3])}) and nothing was written; please report it"
        )


_NAMES = {d.indicator for d in indicators.definitions()}


class _Rules(pa.DataFrameModel):
    """What all schemas share: columns by name, others allowed, types put right."""

    class Config:
        coerce = True


class Indicators(_Rules):
    """indicators.csv: a value, what it is made of, and whether it can be compared."""

    document: Series[str] = pa.Field(str_length={"min_value": 1})
    procedure: Series[str] = pa.Field(isin=PROCEDURES)
    indicator: Series[str] = pa.Field(isin=_NAMES)
    value: Series[float] = pa.Field(nullable=True, ge=0)
    lower_95: Series[float] = pa.Field(nullable=True)
    upper_95: Series[float] = pa.Field(nullable=True)
    comparability: Series[str] = pa.Field(isin={"comparable", "caveat", "not"})

    @pa.dataframe_check(name="a value that cannot be compared says why, one with a caveat names it")
    def says_why(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return ((frame["comparability"] != "not") | (frame["reason"] != "")) & (
            (frame["comparability"] != "caveat") | (frame["caveat"] != "")
        )

    @pa.dataframe_check(name="what can be compared has a value")
    def has_value(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return (frame["comparability"] == "not") | frame["value"].notna()

    @pa.dataframe_check(name="a value lies in its interval")
    def in_interval(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        outside = (frame["value"] < frame["lower_95"] - 1e-6) | (frame["value"] > frame["upper_95"] + 1e-6)
        return ~(outside & frame["value"].notna() & frame["lower_95"].notna())

    @pa.dataframe_check(name="one value a report, council, year, procedure and indicator is compared")
    def compared_once(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        compared = frame["comparability"] != "not"
        return ~(compared & frame.duplicated(["document", "authority", "period", "procedure", "indicator"], keep=False))

    @pa.dataframe_check(name="a share of a whole is at most 100%")
    def at_most_all(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return ~((frame["unit"] == "percent") & (frame["value"] > 100))


class Discrepancies(_Rules):
    """discrepancies.csv: two figures that do not agree, as plain numbers with both places."""

    document: Series[str] = pa.Field(str_length={"min_value": 1})
    check: Series[str] = pa.Field(isin=set(checks()))
    first: Series[float]
    second: Series[float]
    severity: Series[str] = pa.Field(isin={"error", "warning"})

    @pa.dataframe_check(name="the difference is that of the two figures")
    def is_difference(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return (frame["second"] - frame["first"] - frame["difference"]).abs() < 1e-5

    @pa.dataframe_check(name="figures that agree are no discrepancy")
    def differ(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return frame["first"] != frame["second"]

    @pa.dataframe_check(name="both places are said")
    def has_places(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return (frame["where_first"] != "") & (frame["where_second"] != "") & (frame["explanation"] != "")


class Ledger(_Rules):
    """ledger.csv: one state for every item of every report."""

    document: Series[str] = pa.Field(str_length={"min_value": 1})
    item: Series[str] = pa.Field(isin={i.item for i in ledger.items()})
    state: Series[str] = pa.Field(isin=set(ledger.STATES))

    @pa.dataframe_check(name="the shorthand is that of the state")
    def has_shorthand(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return frame["shorthand"] == frame["state"].map(ledger.STATES)

    @pa.dataframe_check(name="an item stands once for a report")
    def stands_once(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return ~frame.duplicated(["document", "item"], keep=False)

    @pa.dataframe_check(name="what is published leads to its figure, a true zero is 0")
    def leads_to_figure(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        value = pd.to_numeric(frame["value"], errors="coerce")
        return (~frame["state"].isin(["published", "true zero"]) | (frame["inputs"] != "")) & (
            (frame["state"] != "true zero") | (value == 0)
        )


class Themes(_Rules):
    """themes.csv: a theme as published, with its subject on the standard list."""

    value: Series[float] = pa.Field(ge=0)
    standard: Series[str] = pa.Field(isin=set(crosswalk.STANDARD))
    share: Series[float] = pa.Field(nullable=True, ge=0, le=100)


class Comparability(_Rules):
    """comparability.csv: what an indicator is made of."""

    indicator: Series[str] = pa.Field(isin=_NAMES)
    state: Series[str] = pa.Field(isin=set(comparability.STATES))
    counted_again: Series[str] = pa.Field(isin={"yes", "no", "not known", ""})

    @pa.dataframe_check(name="what is silent has no value, what is not comparable says why")
    def is_silent(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return ((frame["state"] != "silent") | frame["value"].isna()) & (
            (frame["state"] != "not") | (frame["why"] != "")
        )


class Readings(_Rules):
    """readings.csv: how each part of a figure's address was decided."""

    reader: Series[str] = pa.Field(isin=set(trace.READERS))
    result: Series[str] = pa.Field(isin=set(trace.RESULTS))
    slot: Series[str] = pa.Field(isin=set(trace.SLOTS))
    probability: Series[float] = pa.Field(nullable=True, ge=0, le=1)
    confidence: Series[float] = pa.Field(ge=0, le=1)

    @pa.dataframe_check(name="what comes second is no likelier")
    def second_is_less_likely(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return frame["probability"].isna() | (frame["runner_up_probability"] <= frame["probability"] + 0.001)

    @pa.dataframe_check(name="the rules say how likely a part is, a model does not")
    def says_how_likely(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return frame["probability"].notna() == (frame["reader"] == "rules")


SCHEMAS: dict[str, type[pa.DataFrameModel]] = {
    "indicators": Indicators,
    "discrepancies": Discrepancies,
    "ledger": Ledger,
    "themes": Themes,
    "comparability": Comparability,
    "readings": Readings,
}
"""Names of files of the dataset, with their rules."""


def broken(name: str, frame: pd.DataFrame) -> list[str]:
    """The rules that a file of the dataset breaks, each once; none where all hold. Raises KeyError for another name."""
    if frame.empty:
        return []
    try:
        validate(SCHEMAS[name], frame)
    except pa.errors.SchemaErrors as errors:
        cases: list[dict[str, Any]] = errors.failure_cases.to_dict("records")
        said = [
            f"{case['column']}: {case['check']}" if case["column"] in frame.columns else str(case["check"])
            for case in cases
        ]
        return list(dict.fromkeys(said))
    return []
