"""The codebook: every file, column, code and indicator, as a table and as Markdown."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from normalise import indicators
from normalise.codes import CATEGORIES, FREE, MAY_BE_FREE
from normalise.export.columns import Field, code_lists, codes, fields_of, formula
from normalise.export.department import dfe_columns
from normalise.export.frames import text_frame
from normalise.export.labels import DFE, DIRECTIONS, FILES, MEASURES, SHORTHAND, UNITS, path_of
from normalise.export.markdown import table

_DFE_NOTE = (
    "A row an authority, financial year and procedure, taken from one report: the authority's own for the year, else its own for the "
    "nearest year, else somebody else's. Caveats, limits and the report behind a value stand in indicators.csv"
)


def codebook() -> pd.DataFrame:
    """The codebook as a table of texts.

    A row is a file, a column, a code of a column, a category of a measure, an indicator or a shorthand (`kind`).
    """
    rows: list[dict[str, str]] = [
        {"kind": "file", "file": path_of(name), "title": title, "description": description}
        for name, (title, description) in FILES.items()
    ]
    for name in (*FILES, DFE):
        for f in _columns(name):
            rows.append({"kind": "column", **asdict(f), "file": path_of(name)})
            rows += [
                {"kind": "code", "file": path_of(name), "column": f.column, "code": code, "title": label}
                for code, label in codes(name, f.column).items()
            ]
    rows += [
        {"kind": "category", "file": path_of("observations"), "column": "category", "code": f"{measure}:{code}", "title": label}
        for measure in MEASURES
        for code, label in categories_in_words(measure).items()
    ]  # fmt: skip
    rows += [
        {
            "kind": "indicator",
            "file": path_of("indicators"),
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
    return text_frame(rows, columns)


def codebook_text() -> str:
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
        table(("shorthand", "meaning"), [(f"[{code}]", label) for code, label in SHORTHAND.items()]),
    ]
    for name in (*FILES, DFE):
        title, description = FILES.get(name, ("Layout of the Department for Education", _DFE_NOTE))
        parts += [f"## {title}: `{path_of(name)}`", f"{description}."]
        rows = [(f.column, f.type, f.unit, f.description, _listed(f), f.source) for f in _columns(name)]
        parts.append(table(("column", "type", "unit", "meaning", "codes", "from"), rows))
    parts += [
        "## Formulas and definitions of the indicators",
        "Formulas are written in addresses, `measure:category@stage`. Where a report lacks a part, `base` and `caveat` say what was taken "
        "instead, and `reason` why there is no value. An upheld rate leaves out complaints that were withdrawn, outside the scope or still open.",
        table(
            ("indicator", "label", "unit", "formula", "definition", "direction"),
            [
                (d.indicator, d.label, UNITS[d.unit], formula(d), d.definition, DIRECTIONS[d.direction])
                for d in indicators.definitions()
            ],
        ),
        "## Measures and their categories",
        table(
            ("measure", "meaning", "categories"),
            [
                (
                    measure,
                    meaning,
                    "; ".join(f"`{code}`: {label}" for code, label in categories_in_words(measure).items()),
                )
                for measure, meaning in MEASURES.items()
            ],
        ),
        "## Codes",
    ]
    for column, listed in code_lists().items():
        if column not in ("indicator", "measure", "value_status") and list(listed) != list(listed.values()):
            parts += [f"### `{column}`", table(("code", "meaning"), list(listed.items()))]
    return "\n\n".join(parts) + "\n"


def _columns(name: str) -> list[Field]:
    """The columns of a file, with the indicators that stand in the Department's layout."""
    found = fields_of(name)
    if name == DFE:
        for c in dfe_columns():
            meaning = indicators.definition(c.indicator).definition
            found.append(Field(DFE, c.column, "number", UNITS[c.unit], c.label, meaning, "councilbench"))
    return found


def categories_in_words(measure: str) -> dict[str, str]:
    """The categories of a measure in words; `*` stands for those that no list holds."""
    if measure in CATEGORIES:
        return {code: code.replace("_", " ").capitalize() for code in sorted(CATEGORIES[measure])}
    if measure == "response_time":
        return {
            "within_N": "In N working days at most, quicker ones included",
            "N_to_M": "In N to M working days",
            "over_N": "In more than N working days",
            "within_N_cd": "In N calendar days at most; _cd marks bands in calendar days",
            "within_timescale": "Within a timescale whose days the report does not name",
            "outside_timescale": "Later than a timescale whose days the report does not name",
        }
    if measure in FREE:
        return {"*": "The council's own label as lower case words joined by underscores"}
    if measure in MAY_BE_FREE:
        return {"*": "A team as lower case words joined by underscores; empty for the whole"}
    return {}


def _listed(f: Field) -> str:
    """The codes of a column where they are few, else where to find them."""
    listed = codes(f.file, f.column)
    if len(listed) > 9:
        return "see below"
    return ", ".join(f"`{code}`" for code in listed)
