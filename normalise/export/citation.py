"""CITATION.cff (Citation File Format 1.2.0) and README.md: whose figures these are, and how to read and cite them."""

from __future__ import annotations

import json
import re

import pandas as pd

from corpus import clock, councils
from normalise.export.frames import shown
from normalise.export.labels import AUTHORS, DFE_FILE, NOT_STATED, TERMS, TITLE
from normalise.export.markdown import table

OGL = "Contains public sector information licensed under the Open Government Licence v3.0."
"""Attribution that the Open Government Licence v3.0 asks for where the provider gives none of its own."""


def citation(reports: pd.DataFrame, version: str) -> str:
    """CITATION.cff. It names no licence of its own, because the figures are other people's."""
    lines = [
        "cff-version: 1.2.0",
        f"message: {_yaml('If you use these figures, please cite this dataset and the reports that it was compiled from.')}",
        "type: dataset",
        f"title: {_yaml(TITLE)}",
        f"abstract: {_yaml(TERMS + '.')}",
        *([f"version: {_yaml(version)}"] if version else []),
        f"date-released: {_yaml(clock.now().date().isoformat())}",
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


def readme(reports: pd.DataFrame) -> str:
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
        "is computed from them is kept apart. Nothing is filled in; figures that a council corrected or gave itself have the method `review` or `supplied`.",
        table(("file", "what it holds"), contents),
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
        parts.append(table(("report", "authority", "period", "document", "licence"), rows))
    return "\n\n".join(parts) + "\n"
