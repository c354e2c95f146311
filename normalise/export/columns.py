"""What a column means, as fields.csv has it, and the codes that it may hold."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalise import comparability, crosswalk, indicators, ledger
from normalise.audit.finding import checks
from normalise.codes import UNITS as UNIT_CODES
from normalise.export.labels import (
    AGAIN,
    BASES,
    COUNTRY_CODE,
    DFE,
    FORMULAS,
    LEDGER_STATES,
    MEASURES,
    METHODS,
    PROCEDURES,
    REGION_CODES,
    SCOPES,
    SEVERITIES,
    SHORTHAND,
    STAGES,
    STATUSES,
    UNITS,
)


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
def code_lists() -> dict[str, dict[str, str]]:
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
        "observations.unit": {code: label for code, label in UNITS.items() if code in UNIT_CODES},
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
    lists = code_lists()
    return lists.get(f"{file}.{column}", lists.get(column, {}))


def formula(d: indicators.Indicator) -> str:
    """How an indicator is computed."""
    numerator = d.numerator.replace("+", " + ")
    exposed = indicators.EXPOSED.get(d.denominator)
    return FORMULAS[d.kind].format(
        numerator=numerator,
        denominator=exposed.words if exposed else d.denominator,
        per=f"{indicators.PER.get(d.unit, 0):,}",
    )
