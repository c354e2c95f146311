"""The dataset for researchers: a Data Package, Parquet, the layout of the Department for Education's open data, codebook and citation.

Written by `export` into one folder, all or nothing:

* `datapackage.json` and `data/*.csv`: Data Package v2 (datapackage.org, 2024);
* `parquet/*.parquet`: the same tables with their types;
* `dfe/`: indicators as the Department's open data standards for Explore Education Statistics ask for them, a row an authority, year
  and procedure, with symbols in place of missing values;
* `codebook.md`, `codebook.csv`, `CITATION.cff` (Citation File Format 1.2.0) and `README.md`.

The CSV files are for programs: UTF-8 without a byte-order mark, LF, and texts as published even where a spreadsheet would take them for a
formula. For a spreadsheet there are the files that `normalise.dataset` writes. What a column means is written in
`vocabulary/fields.csv` and nowhere else; what a code means, below or in the vocabulary that defines it. Shorthand: Government Analysis Function.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from corpus import councils
from corpus.store import CannotWriteError, write_text
from normalise import comparability, crosswalk, dataset, indicators, ledger, observations, periods
from normalise.audit.finding import checks

NAME = "councilbench"
"""Name of the package in its descriptor; tells an earlier export from other folders."""
TITLE = "Complaints about children's social care in England: figures from councils' annual reports"
AUTHORS = "The councilbench contributors"
DESCRIPTOR = "datapackage.json"
DFE = "dfe_indicators"
DFE_FILE = "dfe/councilbench_indicators.csv"
DFE_META = "dfe/councilbench_indicators.meta.csv"
NOT_STATED = "not stated"
TERMS = "Facts compiled from councils' published reports; the licence of each report is given with the sources"
OGL = "Contains public sector information licensed under the Open Government Licence v3.0."
"""Attribution that the Open Government Licence v3.0 asks for where the provider gives none of its own."""

FILES = {
    "observations": ("Observations", "A row a figure as printed, with the page and the words that it was read from"),
    "indicators": ("Indicators", "A row an indicator of a report, council, year and procedure, published or computed"),
    "comparability": (
        "Comparability",
        "A row an indicator: what it is made of, and whether it can stand beside others",
    ),
    "discrepancies": ("Discrepancies", "A row a pair of figures of a report that do not agree"),
    "ledger": ("Silence ledger", "A row an item that an annual report is asked to hold, and whether it does"),
    "themes": ("Themes", "A row a theme of complaints as published, with its standard subject"),
    "documents": ("Documents", "A row a report that figures were read from, with its licence"),
}
"""Tables of the export, with title and description."""


SHORTHAND = {
    "b": "Break in series: the first value after a change in what is counted",
    "c": "Confidential: withheld so that nobody can be recognised",
    "e": "Estimated: the report calls the figure approximate",
    "k": "Rounds to zero but is not zero",
    "u": "Low reliability",
    "x": "Not available",
    "z": "Not applicable",
}
"""Shorthand of the Government Analysis Function, without brackets; `k` is the Department for Education's word for `[low]`."""
INSTEAD = ("c", "k", "u", "x", "z")
"""Shorthand that stands in place of a number; `b` and `e` stand beside one."""

STAGES = {
    "pre_stage": "Resolved informally, before stage 1",
    "stage_1": "Stage 1: local resolution",
    "stage_2": "Stage 2: investigation",
    "stage_3": "Stage 3: review panel",
    "ombudsman": "Local Government and Social Care Ombudsman",
    "any": "Not tied to a stage",
}
PROCEDURES = {
    "children_statutory": "Children's statutory procedure",
    "corporate": "Corporate procedure",
    "adult_statutory": "Adults' statutory procedure",
    "all": "Several procedures together",
}
SCOPES = {
    "children": "Children's social care",
    "education": "Education",
    "adults": "Adults' social care",
    "council": "All services of the council",
}
UNITS = {
    "count": "Count",
    "percent": "Percentage, 0 to 100",
    "working_days": "Working days",
    "days": "Days: calendar days, or the report does not say",
    "gbp": "Pounds sterling",
    "rate": "Per 10,000 children aged 0 to 17",
    "ratio": "Ratio",
}
BASES = {
    "received": "Complaints received",
    "closed": "Complaints closed",
    "decided": "Complaints decided: upheld, partly upheld, not upheld or inconclusive",
    "upheld": "Complaints upheld or partly upheld",
    "issues": "Issues raised within complaints",
    "theme": "Complaints about the same subject",
    "service": "Complaints about the same service",
    "referrals": "Referrals to children's social care",
    "assessments": "Assessments",
    "contacts": "Contacts",
    "service_users": "People who use the service",
    "expenditure": "Money spent",
    "unknown": "The report does not say",
}
METHODS = {
    "table": "Cell of a table",
    "sentence": "Sentence",
    "list": "Item of a list",
    "chart": "Chart",
    "ocr": "Scanned page, by character recognition",
    "review": "Corrected by a person",
    "supplied": "Return form filled in by the council",
}
MEASURES = {
    "received": "Complaints that came in",
    "brought_forward": "Complaints already open when the period began",
    "carried_forward": "Complaints still open when the period ended",
    "closed": "Complaints answered, resolved or otherwise concluded",
    "issues": "Points raised; one complaint may raise several",
    "escalated": "Complaints that moved from this stage to the next",
    "escalation_requested": "Requests to move to the next stage, granted or not",
    "response_time": "Complaints by how long the answer took",
    "mean_response_time": "Mean number of days to the answer",
    "outcome": "Complaints by what was found",
    "extended": "Answers whose time was extended by agreement",
    "advocacy": "Complainants who had an advocate's support",
    "investigated": "Detailed investigations by the Ombudsman",
    "complainant": "Complaints by who made them",
    "characteristic": "Complainants by a characteristic such as age or ethnic group",
    "channel": "Complaints by how they were made",
    "theme": "Complaints by subject",
    "theme_upheld": "Complaints of a subject that were upheld or partly upheld",
    "service": "Complaints by team, area or directorate",
    "service_upheld": "Complaints of a team, area or directorate that were upheld or partly upheld",
    "compliments": "Compliments recorded",
    "enquiries": "Enquiries by elected members",
    "representations": "Representations, where they are counted apart from complaints",
    "contacts": "Everything that reached the complaints team, before sorting",
    "comments": "Comments recorded",
    "mediation": "Mediations and what came of them",
    "remedy": "What was done to put things right",
    "cost": "Money spent, by purpose",
    "context": "Size of the service that complaints are set against",
}
LEDGER_STATES = {
    "published": "A figure is given",
    "true zero": "The figure given is 0",
    "in words only": "Spoken of, without a figure",
    "only as a share": "A percentage is given and no count",
    "suppressed": "Withheld, at most with bounds",
    "only as a chart": "In a chart whose figures are not printed",
    "unreadable": "May stand on a page that could not be read",
    "not published": "Not found in the report",
    "not applicable": "Cannot arise, because nobody reached the stage",
}
AGAIN = {
    "yes": "The total is the sum of the stages",
    "no": "The total is that of stage 1",
    "not known": "The figures do not tell",
}
STATUSES = {"published": "Printed in the report", "derived": "Computed from printed figures"}
SEVERITIES = {
    "error": "One of the two figures must be wrong",
    "warning": "Another way of counting may explain the difference",
}
COUNTRY_CODE = "E92000001"
REGION_CODES = {
    "North East": "E12000001",
    "North West": "E12000002",
    "Yorkshire and The Humber": "E12000003",
    "East Midlands": "E12000004",
    "West Midlands": "E12000005",
    "East of England": "E12000006",
    "London": "E12000007",
    "South East": "E12000008",
    "South West": "E12000009",
}
"""Codes of the Office for National Statistics for the English regions."""

FORMULAS = {
    "count": "{numerator}",
    "mean": "{numerator}",
    "population_rate": "10,000 × {numerator} / children aged 0 to 17",
    "share": "100 × {numerator} / {denominator}",
    "cumulative": "100 × {numerator} / {denominator}; bands that exclude one another are added up to the limit",
    "upheld": "100 × (upheld + partially_upheld) / (upheld + partially_upheld + not_upheld + inconclusive), each of {numerator}",
    "escalation": "100 × {numerator} / {denominator}",
    "child_voice": "100 × (child_or_young_person + care_leaver + advocate + child_or_advocate), each of {numerator}, / {denominator}",
    "ratio": "{numerator} / {denominator}",
    "ombudsman": "100 × {numerator} / ({denominator} - outcome:outstanding@ombudsman)",
    "cost": "({numerator}) / closed@stage_2, or {denominator} where that is not given",
}
"""Formulas by the `kind` of an indicator, in addresses `measure:category@stage`."""
DIRECTIONS = {"higher": "higher is better", "lower": "lower is better", "": "neither is better"}


# What columns and codes mean


@dataclass(frozen=True)
class Field:
    """A row of fields.csv."""

    file: str
    """A name of FILES, or `dfe_indicators` for the columns of the Department's layout that are no indicators."""
    column: str
    type: str
    """`string`, `number` or `integer`."""
    unit: str
    title: str
    description: str
    source: str
    """Where the content comes from: the report, the user, a register, a standard, or councilbench itself."""


@cache
def fields() -> tuple[Field, ...]:
    """Every column of every file, in the order of the file."""
    text = (files("normalise") / "vocabulary" / "fields.csv").read_text(encoding="utf-8")
    return tuple(Field(**row) for row in csv.DictReader(text.splitlines()))


def fields_of(file: str) -> list[Field]:
    """The columns of one file."""
    return [f for f in fields() if f.file == file]


@cache
def _code_lists() -> dict[str, dict[str, str]]:
    """Column, or `file.column` where one file has a list of its own -> codes with labels; the empty code is left out."""
    return {
        "scope": SCOPES,
        "procedure": PROCEDURES,
        "stage": STAGES,
        "measure": MEASURES,
        "base": BASES,
        "denominator_is": BASES,
        "published_base": BASES,
        "unit": UNITS,
        "observations.unit": {code: UNITS[code] for code in UNITS if code in observations.UNITS},
        "status": STATUSES,
        "method": METHODS,
        "value_status": SHORTHAND,
        "indicator": {d.indicator: d.label for d in indicators.definitions()},
        "comparability": {s: w for s, w in comparability.STATE_WORDS.items() if s != "silent"},
        "comparability.state": comparability.STATE_WORDS,
        "counted_again": AGAIN,
        "check": {name: c.meaning for name, c in checks().items()},
        "severity": SEVERITIES,
        "item": {i.item: i.label for i in ledger.items()},
        "ledger.state": LEDGER_STATES,
        "shorthand": {f"[{code}]": SHORTHAND[code] for code in ("c", "x", "z")},
        "standard": crosswalk.STANDARD,
        "time_identifier": {"Financial year": "April to March"},
        "geographic_level": {"Local authority": "Council with children's services"},
        "country_code": {COUNTRY_CODE: "England"},
        "country_name": {"England": "England"},
        "region_code": {code: region for region, code in REGION_CODES.items()},
        "region_name": {region: region for region in REGION_CODES},
        f"{DFE}.procedure": {label: label for label in PROCEDURES.values()},
    }


def codes(file: str, column: str) -> dict[str, str]:
    """The codes of a column with their labels; none where the column is free."""
    lists = _code_lists()
    return lists.get(f"{file}.{column}", lists.get(column, {}))


def formula(d: indicators.Indicator) -> str:
    """How an indicator is computed."""
    numerator = d.numerator.replace("+", " + ")
    return FORMULAS[d.kind].format(numerator=numerator, denominator=d.denominator)


# Tables


def tables(frames: dict[str, pd.DataFrame], sources: Sequence[dict[str, str]] = ()) -> dict[str, pd.DataFrame]:
    """The tables of the export by name, with the columns and types of fields.csv; an empty frame gives an empty table.

    Raises ValueError where a frame with rows has other columns than fields.csv describes.
    """
    found = {name: typed(name, frames.get(name, pd.DataFrame())) for name in FILES if name != "documents"}
    return found | {"documents": documents(found, sources)}


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with the columns of fields.csv as str (empty where missing), float64 and Int64. Raises ValueError for other columns."""
    wanted = {f.column: f.type for f in fields_of(name)}
    if len(frame) and set(frame.columns) != set(wanted):
        unlike = ", ".join(sorted(set(frame.columns) ^ set(wanted)))
        raise ValueError(f"the columns of {name} are not those of fields.csv: {unlike}")
    result = frame.reindex(columns=list(wanted)).reset_index(drop=True)
    for column, kind in wanted.items():
        if kind == "string":
            result[column] = result[column].astype(object).fillna("").astype(str)
        else:
            result[column] = pd.to_numeric(result[column]).astype("float64" if kind == "number" else "Int64")
    return result


def documents(frames: dict[str, pd.DataFrame], sources: Sequence[dict[str, str]] = ()) -> pd.DataFrame:
    """A row a report: those of `sources`, and those that only the frames name; a licence that is not known is `not stated`.

    Authority and period that `sources` leaves open are those of the ledger, else those of most of the report's rows.
    """
    rows = {s["document"]: dict(s) for s in sources}
    for frame in frames.values():
        for document in frame["document"].unique() if len(frame) else ():
            rows.setdefault(document, {"document": document})
    listed = []
    for document, row in rows.items():
        authority, period = _own(frames, document)
        listed.append(
            {
                "document": document,
                "authority": row.get("authority") or authority,
                "period": row.get("period") or period,
                "title": " ".join((row.get("title") or "").split()),
                "licence": " ".join((row.get("licence") or "").split()) or NOT_STATED,
            }
        )
    return typed("documents", pd.DataFrame(listed))


def _own(frames: dict[str, pd.DataFrame], document: str) -> tuple[str, str]:
    """The authority and period that a report is of, as far as the frames tell."""
    for name in ("ledger", "indicators", "observations"):
        rows = frames[name][frames[name]["document"] == document]
        if len(rows):
            authority, period = rows.value_counts(["authority", "period"], sort=True).index[0]
            return str(authority), str(period)
    return "", ""


def _csv(frame: pd.DataFrame) -> str:
    """A frame as CSV text with LF, blank where there is no value.

    Line breaks inside texts become LF: the csv module of Python 3.11 does not quote a lone CR, which readers take for the end of a row.
    """
    plain = frame.copy()
    for column in plain.columns:
        if not pd.api.types.is_numeric_dtype(plain[column]):
            plain[column] = plain[column].str.replace(r"\r\n?", "\n", regex=True)
    return str(plain.to_csv(index=False, lineterminator="\n"))


def _texts(rows: list[dict[str, str]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame of texts, empty where a row says nothing."""
    return pd.DataFrame([dict.fromkeys(columns, "") | row for row in rows], columns=list(columns))


# The layout of the Department for Education


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
            group = {"any": "Compliments", "ombudsman": "Ombudsman"}.get(stage, stage.replace("_", " ").capitalize())
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
    known = frame[frame["authority_code"].isin(register.keys()) & frame["period"].map(periods.is_year).astype(bool)]
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
    publisher, year = own.get(document, ("", ""))
    years = abs(periods.start_of(year) - periods.start_of(period)) if year[:4].isdigit() else 9999
    usable = (part["value"].notna() & (part["comparability"] != "not")).sum()
    return publisher != authority, years, -int(usable), document


def _cell(row: dict[str, Any] | None, column: DfeColumn, procedure: str) -> str:
    """A value with all its 15 digits, or the symbol in its place."""
    if row is None:
        applies = indicators._applies(indicators.definition(column.indicator), procedure)
        return "x" if applies else "z"
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
    return _texts(rows, names)


# The descriptor

_REQUIRED = {
    "observations": ("id", "document", "period", "procedure", "stage", "measure", "unit", "status", "method", "confidence"),
    "indicators": ("document", "period", "procedure", "indicator", "unit", "status", "comparability"),
    "comparability": ("document", "period", "procedure", "indicator", "state", "unit"),
    "discrepancies": (
        "document", "check", "first", "second", "difference", "severity", "where_first", "where_second", "explanation",
    ),
    "ledger": ("document", "item", "label", "asked_by", "state"),
    "themes": ("document", "period", "procedure", "stage", "measure", "category", "value", "unit", "standard", "standard_label"),
    "documents": ("document", "licence"),
}  # fmt: skip
"""Columns that are never empty; all of the Department's layout are."""
_INDICATOR_KEY = ["document", "authority", "period", "procedure", "indicator"]
_PRIMARY = {
    "observations": ["id"],
    "ledger": ["document", "item"],
    "documents": ["document"],
    DFE: ["time_period", "new_la_code", "procedure"],
}
_UNIQUE = {
    "indicators": [_INDICATOR_KEY],
    "comparability": [_INDICATOR_KEY],
    "discrepancies": [["document", "check", "subject", "first", "second"]],
    "themes": [["document", "authority", "period", "procedure", "stage", "category"]],
}
"""Keys with columns that may be empty, which a primary key may not have."""
_FOREIGN = {
    "comparability": [(_INDICATOR_KEY, "indicators", _INDICATOR_KEY)],
    "ledger": [(["inputs"], "observations", ["id"])],
}
_ID = "[0-9a-f]{12}"
_YEARS = observations.PERIOD.replace("(?:", "(")  # Table Schema has the patterns of XML Schema, which know no (?:
_SLUGS = observations.SLUG.replace("(?:", "(")
_PATTERNS = {
    "id": _ID,
    "inputs": f"{_ID}( {_ID})*",
    "authority_code": r"E\d{8}",
    "la_number": r"\d{3}",
    "bbox": r"-?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+",
    "observations.period": _YEARS,
    "indicators.period": _YEARS,
    "comparability.period": _YEARS,
    "themes.period": _YEARS,
    "observations.category": _SLUGS,
    "themes.category": _SLUGS,
    "time_period": r"\d{6}",
    "old_la_code": r"\d{3}",
    "new_la_code": r"E\d{8}",
}
_RANGES: dict[str, dict[str, float]] = {
    "value": {"minimum": 0},
    "value_low": {"minimum": 0},
    "value_high": {"minimum": 0},
    "numerator": {"minimum": 0},
    "denominator": {"minimum": 0},
    "published_value": {"minimum": 0},
    "share": {"minimum": 0, "maximum": 100},
    "confidence": {"minimum": 0, "maximum": 1},
    "page": {"minimum": 1},
    "quote": {"maxLength": 240},
}
_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_EMPTY = {"value": "", "label": "Empty"}
_BRACKETS = [{"value": f"[{code}]", "label": SHORTHAND[code]} for code in INSTEAD]
_SYMBOLS = [{"value": code, "label": SHORTHAND[code]} for code in INSTEAD]


def _schema(name: str) -> dict[str, Any]:
    """The Table Schema of a table, or of the Department's layout."""
    described = [_field(f) for f in fields_of(name)]
    if name == DFE:
        described += [_dfe_field(c) for c in dfe_columns()]
    schema: dict[str, Any] = {
        "$schema": _PROFILE.format("tableschema"),
        "fieldsMatch": "exact",
        "fields": described,
        "missingValues": [_EMPTY],
    }
    if name in _PRIMARY:
        schema["primaryKey"] = _PRIMARY[name]
    if name in _UNIQUE:
        schema["uniqueKeys"] = _UNIQUE[name]
    foreign = list(_FOREIGN.get(name, []))
    if name not in ("documents", DFE):
        foreign.append((["document"], "documents", ["document"]))
    if foreign:
        schema["foreignKeys"] = [
            {"fields": here, "reference": {"resource": resource, "fields": there}} for here, resource, there in foreign
        ]
    return schema


def _field(f: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": f.column, "type": f.type, "title": f.title, "description": f.description}
    if f.unit:
        described["unit"] = f.unit
    listed = codes(f.file, f.column)
    if listed:
        described["categories"] = [{"value": code, "label": label} for code, label in listed.items()]
    if f.type == "number":
        described["missingValues"] = [_EMPTY, *_BRACKETS]
    constraints: dict[str, Any] = {}
    if f.file == DFE or f.column in _REQUIRED[f.file]:
        constraints["required"] = True
    if _PRIMARY.get(f.file) == [f.column]:
        constraints["unique"] = True
    if listed:
        constraints["enum"] = list(listed)
    pattern = _PATTERNS.get(f"{f.file}.{f.column}", _PATTERNS.get(f.column))
    if pattern:
        constraints["pattern"] = pattern
    constraints |= _RANGES.get(f.column, {})
    if constraints:
        described["constraints"] = constraints
    return described


def _dfe_field(c: DfeColumn) -> dict[str, Any]:
    return {
        "name": c.column,
        "type": "number",
        "title": c.label,
        "description": indicators.definition(c.indicator).definition,
        "unit": UNITS[c.unit],
        "missingValues": _SYMBOLS,
        "constraints": {"minimum": 0},
    }


def _resource(name: str, path: str, title: str, description: str, data: bytes) -> dict[str, Any]:
    return {
        "$schema": _PROFILE.format("dataresource"),
        "name": name,
        "type": "table",
        "path": path,
        "title": title,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": _schema(name),
    }


_DESCRIPTION = f"""Figures on complaints about children's social care that English councils publish in their annual reports, read from those reports.

{TERMS}. A figure leads back to its report, page and words. Where there is no number the numeric columns are blank, and the column
value_status (in some files shorthand, state or reason) says why: value_status holds the shorthand of the Government Analysis Function
without brackets. The bracketed spellings are listed as missing values too, so that rows put in from printed tables are read alike. The
file in the Department for Education's layout has the bare symbols in place of values."""


def descriptor(data: dict[str, bytes], reports: pd.DataFrame, written: Iterable[str], version: str) -> dict[str, Any]:
    """The content of datapackage.json for CSV files by path; `written` names every file of the export."""
    resources = [
        _resource(name, f"data/{name}.csv", title, description, data[f"data/{name}.csv"])
        for name, (title, description) in FILES.items()
    ]
    resources.append(
        _resource(
            DFE, DFE_FILE, "Indicators in the layout of the Department for Education",
            "A row an authority, financial year and procedure, with symbols in place of missing values", data[DFE_FILE],
        )
    )  # fmt: skip
    found: dict[str, Any] = {
        "$schema": _PROFILE.format("datapackage"),
        "name": NAME,
        "title": TITLE,
        "description": _DESCRIPTION,
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": ["complaints", "children's social care", "local government", "England"],
        "licenses": [{"path": "README.md", "title": TERMS}],
        "contributors": [{"title": AUTHORS, "roles": ["dataCurator"]}],
        "resources": resources,
        "files": sorted(written),
    }
    if version:
        found["version"] = version
    if len(reports):
        found["sources"] = [{**r, "title": shown(r)} for r in reports.to_dict("records")]
    return found


def shown(report: dict[str, str]) -> str:
    """A row of documents.csv as people name it: by its title, else by council, year and file."""
    whose = " ".join(filter(None, (report["authority"], report["period"])))
    return report["title"] or f"{whose} ({report['document']})".lstrip()


# Codebook, citation and README


def _path(name: str) -> str:
    """The CSV file of a table."""
    return DFE_FILE if name == DFE else f"data/{name}.csv"


def codebook() -> pd.DataFrame:
    """The codebook as a table of texts.

    A row is a file, a column, a code of a column, a category of a measure, an indicator or a shorthand (`kind`).
    """
    rows: list[dict[str, str]] = [
        {"kind": "file", "file": _path(name), "title": title, "description": description}
        for name, (title, description) in FILES.items()
    ]
    for f in fields():
        rows.append({"kind": "column", **asdict(f), "file": _path(f.file)})
        rows += [
            {"kind": "code", "file": _path(f.file), "column": f.column, "code": code, "title": label}
            for code, label in codes(f.file, f.column).items()
        ]
    rows += [
        {
            "kind": "column",
            "file": DFE_FILE,
            "column": c.column,
            "type": "number",
            "unit": UNITS[c.unit],
            "title": c.label,
            "description": indicators.definition(c.indicator).definition,
            "source": "councilbench",
        }
        for c in dfe_columns()
    ]
    rows += [
        {"kind": "category", "file": _path("observations"), "column": "category", "code": f"{measure}:{code}", "title": label}
        for measure in MEASURES
        for code, label in categories(measure).items()
    ]  # fmt: skip
    rows += [
        {
            "kind": "indicator",
            "file": _path("indicators"),
            "column": "indicator",
            "code": d.indicator,
            "unit": UNITS[d.unit],
            "title": d.label,
            "description": d.definition,
            "formula": formula(d),
            "direction": DIRECTIONS[d.direction],
        }
        for d in indicators.definitions()
    ]
    rows += [{"kind": "shorthand", "code": f"[{code}]", "title": label} for code, label in SHORTHAND.items()]
    columns = (
        "kind", "file", "column", "code", "type", "unit", "title", "description", "formula", "direction", "source",
    )  # fmt: skip
    return _texts(rows, columns)


def categories(measure: str) -> dict[str, str]:
    """The categories of a measure in words; `*` stands for those that no list holds."""
    if measure in observations.CATEGORIES:
        return {code: code.replace("_", " ").capitalize() for code in sorted(observations.CATEGORIES[measure])}
    if measure == "response_time":
        return {
            "within_N": "In N working days at most, quicker ones included",
            "N_to_M": "In N to M working days",
            "over_N": "In more than N working days",
            "within_N_cd": "In N calendar days at most; _cd marks bands in calendar days",
            "within_timescale": "Within a timescale whose days the report does not name",
            "outside_timescale": "Later than a timescale whose days the report does not name",
        }
    if measure in observations.FREE:
        return {"*": "The council's own label as lower case words joined by underscores"}
    if measure in observations.MAY_BE_FREE:
        return {"*": "A team as lower case words joined by underscores; empty for the whole"}
    return {}


def _codebook_text() -> str:
    """The codebook for readers, in Markdown."""
    parts = [
        "# Codebook",
        "Generated from the program's own definitions. One row of observations.csv is one figure as printed in a report; indicators.csv is "
        "computed from observations, and the other files say what to make of both. `document` joins all files to documents.csv, and "
        "`inputs` leads from an indicator to the `id` of its observations.",
        "## Where there is no number",
        "A numeric column is blank where there is no number; `value_status` holds the shorthand without brackets (`shorthand` in ledger.csv "
        "holds it with them). A 0 is a true zero. In the layout of the Department for Education the bare symbols `c`, `k`, `u`, `x` and `z` stand in "
        "place of the value.",
        _table(("shorthand", "meaning"), [(f"[{code}]", label) for code, label in SHORTHAND.items()]),
    ]
    for name in (*FILES, DFE):
        title, description = FILES.get(name, ("Layout of the Department for Education", _DFE_NOTE))
        parts += [f"## {title}: `{_path(name)}`", f"{description}."]
        rows = [(f.column, f.type, f.unit, f.description, _listed(f), f.source) for f in fields_of(name)]
        if name == DFE:
            rows += [
                (c.column, "number", UNITS[c.unit], indicators.definition(c.indicator).definition, "", "councilbench")
                for c in dfe_columns()
            ]
        parts.append(_table(("column", "type", "unit", "meaning", "codes", "from"), rows))
    parts += [
        "## Formulas and definitions of the indicators",
        "Formulas are written in addresses, `measure:category@stage`. Where a report lacks a part, `base` and `caveat` say what was taken "
        "instead, and `reason` why there is no value. An upheld rate leaves out complaints that were withdrawn, outside the scope or still open.",
        _table(
            ("indicator", "label", "unit", "formula", "definition", "direction"),
            [
                (d.indicator, d.label, UNITS[d.unit], formula(d), d.definition, DIRECTIONS[d.direction])
                for d in indicators.definitions()
            ],
        ),
        "## Measures and their categories",
        _table(
            ("measure", "meaning", "categories"),
            [
                (measure, meaning, "; ".join(f"`{code}`: {label}" for code, label in categories(measure).items()))
                for measure, meaning in MEASURES.items()
            ],
        ),
        "## Codes",
    ]
    for column, listed in _code_lists().items():
        if column not in ("indicator", "measure", "value_status") and list(listed) != list(listed.values()):
            parts += [f"### `{column}`", _table(("code", "meaning"), list(listed.items()))]
    return "\n\n".join(parts) + "\n"


_DFE_NOTE = (
    "A row an authority, financial year and procedure, taken from one report: the authority's own for the year, else its own for the "
    "nearest year, else somebody else's. Caveats, limits and the report behind a value stand in indicators.csv"
)


def _listed(f: Field) -> str:
    """The codes of a column where they are few, else where to find them."""
    listed = codes(f.file, f.column)
    if len(listed) > 9:
        return "see below"
    return ", ".join(f"`{code}`" for code in listed)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *([_escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(text: str) -> str:
    """Text that stays a cell of a table, whatever a report's title holds."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _citation(reports: pd.DataFrame, version: str) -> str:
    """CITATION.cff. It names no licence of its own, because the figures are other people's."""
    lines = [
        "cff-version: 1.2.0",
        f"message: {_yaml('If you use these figures, please cite this dataset and the reports that it was compiled from.')}",
        "type: dataset",
        f"title: {_yaml(TITLE)}",
        f"abstract: {_yaml(TERMS + '.')}",
        *([f"version: {_yaml(version)}"] if version else []),
        f"date-released: {_yaml(datetime.now(UTC).date().isoformat())}",
        "authors:",
        f"  - name: {_yaml(AUTHORS)}",
    ]
    if len(reports):
        lines.append("references:")
    for report in reports.to_dict("records"):
        council = councils.find(report["authority"]) if report["authority"] else None
        lines += [
            "  - type: report",
            f"    title: {_yaml(shown(report))}",
            "    authors:",
            f"      - name: {_yaml(council.official_name if council else report['authority'] or NOT_STATED)}",
            f"    notes: {_yaml('Licence: ' + report['licence'])}",
        ]
    return "\n".join(lines) + "\n"


def _yaml(text: str) -> str:
    """A text as YAML, of which JSON's strings are a part."""
    return json.dumps(text, ensure_ascii=False)


def _readme(reports: pd.DataFrame) -> str:
    """The README of the export, in Markdown."""
    contents = [
        ("`data/*.csv`", "the tables as CSV, described by `datapackage.json` (Data Package v2)"),
        ("`parquet/*.parquet`", "the same tables with their types"),
        (
            f"`{DFE_FILE}`",
            "indicators in the layout of the Department for Education's open data, with its metadata file",
        ),
        ("`codebook.md`, `codebook.csv`", "every file, column, code and indicator"),
        ("`CITATION.cff`", "how to cite"),
    ]
    licences = list(dict.fromkeys(reports["licence"]))
    parts = [
        f"# {TITLE}",
        "Read by councilbench from the reports named below. Figures are kept as published, misprints included, with page and words; what "
        "is computed from them is kept apart. Nothing is filled in.",
        _table(("file", "what it holds"), contents),
        "## Reading it",
        "In Python:",
        '```python\nimport pandas as pd\n\nindicators = pd.read_parquet("parquet/indicators.parquet")\n'
        'comparable = indicators[indicators["comparability"] != "not"]\n```',
        "In R:",
        '```r\nlibrary(arrow)\nindicators <- read_parquet("parquet/indicators.parquet")\n'
        'comparable <- subset(indicators, comparability != "not")\n```',
        'From CSV, keep the codes as text and only blanks as missing: `pd.read_csv("data/indicators.csv", dtype={"la_number": str}, '
        'keep_default_na=False, na_values=[""])`.',
        "The CSV files are UTF-8 without a byte-order mark, and their texts are as published: a cell may begin with `=` or `+`. Read them with a "
        "program. A spreadsheet might take such a cell for a formula.",
        "Numeric columns are blank where there is no number; `value_status` holds the reason, as shorthand without brackets. In the "
        "Department's layout symbols stand in place of values, and values whose comparison needs a caveat look like any other: the caveat is "
        "in indicators.csv.",
        "## Licences and sources",
        f"{TERMS}. A council's report is not automatically under the Open Government Licence: where no licence is stated, ask the "
        "council before you reproduce more than facts, such as the quoted words.",
    ]
    if any(re.search(r"\bOGL\b|open government licence", licence, re.IGNORECASE) for licence in licences):
        parts.append(OGL)
    if len(reports):
        rows = [
            (shown(r), r["authority"], r["period"], r["document"], r["licence"]) for r in reports.to_dict("records")
        ]
        parts.append(_table(("report", "authority", "period", "document", "licence"), rows))
    return "\n\n".join(parts) + "\n"


# Writing


def export(
    frames: dict[str, pd.DataFrame], folder: Path, sources: Sequence[dict[str, str]] = (), version: str = ""
) -> list[Path]:
    """Write the export into a folder, all or nothing, and return the paths of its files.

    `frames` holds the tables of a dataset by the names of FILES, without documents. `sources` has a dict a report: `document`,
    `authority`, `period`, `title`, `licence`, empty where unknown. A new or empty folder is filled, an earlier export is replaced.

    Raises corpus.store.CannotWriteError where the folder holds anything else or cannot be written, and ValueError where a frame has
    other columns than fields.csv describes.
    """
    found = tables(frames, sources)
    reports = found["documents"]
    layout = dfe(found["indicators"], reports)
    texts = {
        **{_path(name): _csv(frame) for name, frame in found.items()},
        DFE_FILE: _csv(layout),
        DFE_META: _csv(dfe_meta(layout)),
        "codebook.csv": _csv(codebook()),
        "codebook.md": _codebook_text(),
        "CITATION.cff": _citation(reports, version),
        "README.md": _readme(reports),
    }
    parquet = {f"parquet/{name}.parquet": frame for name, frame in found.items()}
    names = [DESCRIPTOR, *texts, *parquet]
    described = descriptor({name: text.encode() for name, text in texts.items()}, reports, names, version)
    texts[DESCRIPTOR] = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    with _in_one_step(folder) as place:
        for name, text in texts.items():
            write_text(place / name, text)
        for name, frame in parquet.items():
            dataset.write(frame, place / name)
    return [folder / name for name in names]


@contextmanager
def _in_one_step(folder: Path) -> Iterator[Path]:
    """A folder to write into, beside the one that it takes the place of when all is written; on an error nothing has changed.

    Raises CannotWriteError where the folder may not be replaced, or the file system does not allow it.
    """
    place = folder.resolve()
    _refuse_foreign(folder, place)
    temporary: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-"))
        new, old = temporary / "new", temporary / "old"
        new.mkdir()
        yield new
        if place.exists():
            place.rename(old)
        try:
            new.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
    except OSError as error:
        raise CannotWriteError(
            f"{folder}: cannot be written ({error.strerror or error}); close its files in other programs, or choose another folder."
        ) from error
    finally:
        # Where even the way back failed, the earlier export stays where it is.
        if temporary is not None and (place.exists() or not (temporary / "old").exists()):
            shutil.rmtree(temporary, ignore_errors=True)


_LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")


def _refuse_foreign(folder: Path, place: Path) -> None:
    """Raises CannotWriteError where a path is no folder, the current one, or holds what no earlier export wrote."""
    if not place.exists():
        return
    if not place.is_dir():
        raise CannotWriteError(f"{folder}: is no folder; choose another name.")
    if Path.cwd().is_relative_to(place):
        raise CannotWriteError(f"{folder}: is the folder that you are working in; choose a folder inside it.")
    if not any(p.name not in _LEFT_BY_SYSTEMS for p in place.iterdir()):
        return
    ours = _written_before(place)
    if not ours:
        raise CannotWriteError(
            f"{folder}: holds files that are no earlier export of councilbench; choose a new or an empty folder."
        )
    for path in place.rglob("*"):
        inside = path.relative_to(place).as_posix()
        if (path.is_symlink() or not path.is_dir()) and inside not in ours and path.name not in _LEFT_BY_SYSTEMS:
            raise CannotWriteError(
                f"{folder}: holds {inside}, which no export wrote; move it away, or choose another folder."
            )


def _written_before(place: Path) -> set[str]:
    """The files of the export in a folder, as its descriptor names them; none where there is no export."""
    try:
        found = json.loads((place / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    if not isinstance(found, dict) or found.get("name") != NAME or not isinstance(found.get("files"), list):
        return set()
    return {str(name) for name in found["files"]}
