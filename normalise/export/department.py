"""Indicators in the layout that the Department for Education's open data standards for Explore Education Statistics ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from corpus import councils
from normalise import indicators, periods
from normalise.export.columns import fields_of
from normalise.export.frames import text_frame
from normalise.export.labels import COUNTRY_CODE, DFE, INSTEAD, PROCEDURES, REGION_CODES


@dataclass(frozen=True)
class DfeColumn:
    """An indicator column of the Department's layout."""

    column: str
    indicator: str
    unit: str
    """Unit of the values that belong here: working days and other days stand apart."""
    label: str
    group: str
    symbol: str
    """Unit as the metadata file gives it: `%`, `£`, or empty for a number."""
    decimals: int


_SUFFIXES = {
    "count": "count",
    "percent": "percent",
    "working_days": "working_days_average",
    "days": "days_average",
    "gbp": "average",
    "rate": "rate",
    "per_1000": "rate",
    "ratio": "ratio",
}
_DECIMALS = {"count": 0, "gbp": 0, "ratio": 2}


@cache
def dfe_columns() -> tuple[DfeColumn, ...]:
    """Every indicator column, named `<thing>_<kind of number>`, in the order of the definitions."""
    found = []
    for d in indicators.definitions():
        stage = indicators.addresses()[d.indicator][1]
        for unit in ("working_days", "days") if d.kind == "mean" else (d.unit,):
            thing = re.sub("_rate|_share", "", d.indicator)
            label = d.label
            if d.kind == "mean":
                thing = thing.replace("_mean", "").removesuffix("_days")
                label += ", working days" if unit == "working_days" else ", calendar days or days of a kind not said"
            group = "Compliments" if stage == "any" else stage.replace("_", " ").capitalize()
            symbol = {"percent": "%", "gbp": "£"}.get(unit, "")
            column = f"{thing}_{_SUFFIXES[unit]}"
            found.append(DfeColumn(column, d.indicator, unit, label, group, symbol, _DECIMALS.get(unit, 1)))
    return tuple(found)


def dfe(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Indicators in the Department's layout, all columns as text: a row an authority, financial year and procedure.

    `reports` has the columns of documents.csv. A row is taken from one report: the authority's own for the year, else its own for the
    nearest year, else somebody else's. In place of a value stands `x` where it is missing or must not be compared, `c`, `k` or `u`
    where the indicator says so, and `z` where the procedure does not have it. Authorities that the register does not know are left out.
    """
    own = {r["document"]: (r["authority"], r["period"]) for r in reports.to_dict("records")}
    register = {council.gss_code: council for council in councils.register()}
    rows = []
    known = frame[frame["authority_code"].isin(register) & frame["period"].map(periods.is_year).astype(bool)]
    for (code, period, procedure), group in known.groupby(["authority_code", "period", "procedure"]):
        council = register[code]
        chosen = min(
            (part for _, part in group.groupby("document")),
            key=lambda part: _distance(part, own, council.short_name, period),
        )
        row = {
            "time_period": f"{period[:4]}{period[5:]}",
            "time_identifier": "Financial year",
            "geographic_level": "Local authority",
            "country_code": COUNTRY_CODE,
            "country_name": "England",
            "region_code": REGION_CODES[council.region],
            "region_name": council.region,
            "old_la_code": council.la_number,
            "new_la_code": council.gss_code,
            "la_name": council.short_name,
            "procedure": PROCEDURES[procedure],
        }
        values = {r["indicator"]: r for r in chosen.to_dict("records")}
        for c in dfe_columns():
            row[c.column] = _cell(values.get(c.indicator), c, procedure)
        rows.append(row)
    columns = [*(f.column for f in fields_of(DFE)), *(c.column for c in dfe_columns())]
    result = pd.DataFrame(rows, columns=columns).astype(str)
    return result.sort_values(["time_period", "old_la_code", "procedure"], ignore_index=True)


def _distance(
    part: pd.DataFrame, own: dict[str, tuple[str, str]], authority: str, period: str
) -> tuple[bool, int, int, str]:
    """How far a report is from being an authority's own for a year; the nearest has the smallest."""
    document = str(part["document"].iloc[0])
    publisher, year = own[document]
    years = abs(periods.start_of(year) - periods.start_of(period)) if year[:4].isdigit() else 9999
    usable = (part["value"].notna() & (part["comparability"] != "not")).sum()
    return publisher != authority, years, -int(usable), document


def _cell(row: dict[str, Any] | None, column: DfeColumn, procedure: str) -> str:
    """A value with all its 15 digits, or the symbol in its place."""
    if row is None:
        return "x" if indicators.applies(indicators.definition(column.indicator), procedure) else "z"
    if pd.isna(row["value"]) or row["comparability"] == "not":
        return row["value_status"] if row["value_status"] in INSTEAD else "x"
    if row["unit"] != column.unit:
        return "x"
    return f"{row['value']:.15g}"


def dfe_meta(frame: pd.DataFrame) -> pd.DataFrame:
    """The metadata file that belongs to `dfe`: a row a filter with at least two values, and a row an indicator."""
    names = (
        "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column",
    )  # fmt: skip
    rows = [
        {"col_name": f.column, "col_type": "Filter", "label": f.title, "filter_hint": "Filter by complaints procedure"}
        for f in fields_of(DFE)
        if f.column == "procedure" and frame["procedure"].nunique() > 1
    ]
    rows += [
        {
            "col_name": c.column,
            "col_type": "Indicator",
            "label": c.label,
            "indicator_grouping": c.group,
            "indicator_unit": c.symbol,
            "indicator_dp": str(c.decimals),
        }
        for c in dfe_columns()
    ]
    return text_frame(rows, names)
