"""datapackage.json: the tables and their columns as Data Package v2 and Table Schema describe them (datapackage.org, 2024)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import pandas as pd

from corpus import clock
from normalise import indicators
from normalise.codes import PERIOD, SLUG
from normalise.export.columns import Field, codes, fields_of
from normalise.export.department import DfeColumn, dfe_columns
from normalise.export.frames import shown
from normalise.export.labels import AUTHORS, DFE, FILES, INSTEAD, NAME, SHORTHAND, TERMS, TITLE, UNITS, path_of

_REQUIRED = {
    "observations": ("id", "document", "period", "procedure", "stage", "measure", "unit", "status", "method", "confidence"),
    "indicators": ("document", "period", "procedure", "indicator", "unit", "status", "comparability"),
    "comparability": ("document", "period", "procedure", "indicator", "state", "unit"),
    "discrepancies": (
        "document", "check", "first", "second", "difference", "severity", "where_first", "where_second", "explanation",
    ),
    "ledger": ("document", "item", "label", "asked_by", "state"),
    "themes": ("document", "period", "procedure", "stage", "measure", "category", "value", "unit", "standard", "standard_label"),
    "readings": ("document", "printed", "quote", "reader", "result", "slot", "chosen", "source", "confidence"),
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
_YEARS = PERIOD.replace("(?:", "(")  # Table Schema has the patterns of XML Schema, which know no (?:
_SLUGS = SLUG.replace("(?:", "(")
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
    "probability": {"minimum": 0, "maximum": 1},
    "runner_up_probability": {"minimum": 0, "maximum": 1},
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


def _resource(name: str, title: str, description: str, text: str) -> dict[str, Any]:
    data = text.encode()
    return {
        "$schema": _PROFILE.format("dataresource"),
        "name": name,
        "type": "table",
        "path": path_of(name),
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


def descriptor(texts: dict[str, str], reports: pd.DataFrame, written: Iterable[str], version: str) -> dict[str, Any]:
    """The content of datapackage.json for the texts of files by path; `written` names every file of the export."""
    described = FILES | {
        DFE: (
            "Indicators in the layout of the Department for Education",
            "A row an authority, financial year and procedure, with symbols in place of missing values",
        )
    }
    resources = [
        _resource(name, title, description, texts[path_of(name)]) for name, (title, description) in described.items()
    ]
    found: dict[str, Any] = {
        "$schema": _PROFILE.format("datapackage"),
        "name": NAME,
        "title": TITLE,
        "description": _DESCRIPTION,
        "created": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
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
