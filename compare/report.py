"""The comparison as one HTML file: no network, no scripts, every number linked to its evidence."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import pandas as pd
from jinja2 import Environment

from compare.charts import FIGURES
from compare.charts.parts import short_label
from compare.figure import Figure, listed, value_text
from compare.groups import PROCEDURE_WORDS, Comparison, request
from corpus.councils import find
from normalise.comparability import grid
from normalise.crosswalk import STANDARD
from normalise.indicators import definitions
from normalise.ledger import STATES as LEDGER_STATES
from normalise.ledger import advice, completeness, items

LOW_CONFIDENCE = 0.8
"""Figures under this are marked for checking."""


@dataclass(frozen=True)
class Tables:
    """What the report shows beside the charts, for all documents of the workspace."""

    comparability: pd.DataFrame
    own: dict[str, tuple[str, str]]
    ledger: pd.DataFrame
    discrepancies: pd.DataFrame
    themes: pd.DataFrame


def render(
    comparison: Comparison, observations: pd.DataFrame, notes: tuple[str, ...] = (), tables: Tables | None = None
) -> str:
    """The report as HTML. `observations` holds every published figure that an indicator may rest on."""
    figures = [make(comparison) for make in FIGURES]
    style = _asset("report.css")
    environment = Environment(autoescape=True, trim_blocks=False)
    template = environment.from_string(_asset("report.html.j2"))
    title = f"{comparison.focus} compared: complaints about children's social care"
    cited = list(dict.fromkeys(i for f in figures for row in f.rows for cell in row for i in cell.evidence))
    return template.render(
        title=title,
        intro=_intro(comparison),
        style=_Safe(style),
        style_hashes=_Safe(f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"),
        summary=_summary(comparison, figures),
        warnings=_warnings(comparison),
        figures=[_shown(f, comparison) for f in figures],
        reports=_reports(comparison),
        excluded=comparison.excluded,
        missing=comparison.missing,
        missing_text=_missing_text(comparison),
        request=request(comparison.focus, comparison.missing, comparison.periods[comparison.focus]),
        grid=_grid(comparison, tables) if tables else None,
        ledger=_ledger(comparison, tables) if tables else None,
        contradictions=_contradictions(comparison, tables) if tables else [],
        subjects=_subjects(comparison, tables) if tables else None,
        evidence=_evidence(observations, cited, comparison),
        version=version("councilbench"),
        date=date.today().strftime("%-d %B %Y") if _has_plain_day() else date.today().strftime("%d %B %Y"),
        sources=" ".join(notes),
    )


class _Safe(str):
    """Text of our own that needs no escaping."""

    def __html__(self) -> str:
        return str(self)


def _has_plain_day() -> bool:
    try:
        return date(2024, 1, 1).strftime("%-d") == "1"
    except ValueError:  # Windows
        return False


def _asset(name: str) -> str:
    return (files("compare") / "templates" / name).read_text(encoding="utf-8")


def _intro(comparison: Comparison) -> str:
    others = [c for c in comparison.members if c != comparison.focus]
    if not others:
        return f"Figures from the annual complaints report of {comparison.focus}. No other council of the group has a report here yet."
    return f"Figures from the annual complaints reports of {comparison.focus} and {listed(others)}, as the councils published them."


def _summary(comparison: Comparison, figures: list[Figure]) -> list[str]:
    lines = [f.alt_text for f in figures]
    if comparison.missing:
        lines.append(
            f"{len(comparison.missing)} councils of the group or region have no report here; they are named below."
        )
    return lines


def _warnings(comparison: Comparison) -> list[str]:
    """What stands side by side without being the same: years and procedures."""
    lines = []
    years = sorted(set(comparison.periods.values()))
    if len(years) > 1:
        lines.append(
            "The reports are for different years: "
            + "; ".join(f"{c} {y}" for c, y in comparison.periods.items())
            + ". Part of any difference may be the year."
        )
    for council, later in comparison.borrowed.items():
        lines.append(
            f"There is no report of {council} for {comparison.periods[council]} here; its figures are those that its report for {later} gives for that year."
        )
    mixed = comparison.indicators[
        (comparison.indicators["procedure"] != "children_statutory") & comparison.indicators["value"].notna()
    ]
    for council in [c for c in comparison.members if c in set(mixed["authority"])]:
        procedures = sorted({PROCEDURE_WORDS[p] for p in mixed[mixed["authority"] == council]["procedure"]})
        lines.append(f"Some figures of {council} are for {' and '.join(procedures)}; they are marked where they stand.")
    return lines


Rows = list[list[str]]


def _documents(comparison: Comparison, tables: Tables) -> dict[str, str]:
    """Council -> the document that its figures come from."""
    frame = comparison.indicators.drop_duplicates("authority")
    return {str(r["authority"]): str(r["document"]) for _, r in frame.iterrows()}


_SHORT_STATE = {"comparable": "yes", "caveat": "with a caveat", "not": "no", "silent": "[x]"}


def _grid(comparison: Comparison, tables: Tables) -> tuple[list[str], Rows]:
    """Indicators (rows) by council (columns): whether the value can stand beside others, and why not."""
    documents = _documents(comparison, tables)
    own = {documents[c]: (c, comparison.periods[c]) for c in comparison.members if c in documents}
    states = grid(tables.comparability, own).set_index("authority")
    rows = []
    for definition in definitions():
        cells = [
            _SHORT_STATE[str(states.loc[c, definition.indicator])] if c in states.index else "[x]"
            for c in comparison.members
        ]
        if any(cell != "[x]" for cell in cells):
            rows.append([definition.label, *cells])
    return ["Indicator", *(short_label(comparison, c) for c in comparison.members)], rows


def _ledger(comparison: Comparison, tables: Tables) -> tuple[list[str], Rows, list[str], list[str]]:
    """Items (rows) by council (columns), scores as sentences, and what the focus council should publish next year."""
    documents = _documents(comparison, tables)
    rows = []
    for item in items():
        cells = []
        for council in comparison.members:
            own = tables.ledger[
                (tables.ledger["document"] == documents.get(council, "")) & (tables.ledger["item"] == item.item)
            ]
            state = str(own.iloc[0]["state"]) if len(own) else "not published"
            cells.append(f"{state} {LEDGER_STATES[state]}".strip())
        rows.append([item.label, *cells])
    done = completeness(tables.ledger)
    scores = [
        f"{council}: {done[documents[council]][0]} of {done[documents[council]][1]} items answered."
        for council in comparison.members
        if documents.get(council) in done
    ]
    head = ["Item", *(short_label(comparison, c) for c in comparison.members)]
    return head, rows, scores, advice(tables.ledger, documents.get(comparison.focus, ""))


def _contradictions(comparison: Comparison, tables: Tables) -> Rows:
    names = {d: c for c, d in _documents(comparison, tables).items()}
    frame = tables.discrepancies[tables.discrepancies["document"].isin(list(names))]
    return [
        [
            names[str(d["document"])],
            str(d["subject"]),
            str(d["explanation"]),
            str(d["where_first"]),
            str(d["where_second"]),
        ]
        for _, d in frame.iterrows()
    ]


def _subjects(comparison: Comparison, tables: Tables) -> tuple[list[str], Rows]:
    """Shares of the subjects that the guidance suggests (rows) by council (columns), of all themes counted."""
    documents = _documents(comparison, tables)
    shares: dict[str, dict[str, float]] = {}
    for council in comparison.members:
        own = tables.themes[
            (tables.themes["document"] == documents.get(council, ""))
            & (tables.themes["period"] == comparison.periods[council])
        ]
        if own.empty:
            continue
        key = own.groupby(["procedure", "stage"])["value"].sum().idxmax()
        own = own[(own["procedure"] == key[0]) & (own["stage"] == key[1])]
        shares[council] = {str(k): float(v) for k, v in own.groupby("standard")["share"].first().items()}
    members = [c for c in comparison.members if c in shares]
    rows = [
        [name, *(f"{shares[c][code]:.0f}%" if code in shares[c] else "0%" for c in members)]
        for code, name in STANDARD.items()
        if any(code in shares[c] for c in members)
    ]
    return ["Subject", *(short_label(comparison, c) for c in members)], rows


def _shown(figure: Figure, comparison: Comparison) -> dict[str, Any]:
    svg = figure.svg()
    return {
        "slug": figure.slug,
        "headline": figure.headline,
        "subtitle": figure.subtitle,
        # As an image, the SVG can neither run nor load anything.
        "image": f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" if svg else "",
        "alt_text": figure.alt_text,
        "columns": figure.columns,
        "rows": figure.rows,
        "missing": figure.missing,
        "caveats": figure.caveats,
        "source": "annual complaints reports of " + listed([_source(comparison, c) for c in comparison.members]),
    }


def _source(comparison: Comparison, council: str) -> str:
    """A council, its year, and the report's own year where the figures come from a later report."""
    label = short_label(comparison, council)
    later = comparison.borrowed.get(council)
    return f"{label} (as given in the report for {later})" if later else label


def _reports(comparison: Comparison) -> list[dict[str, object]]:
    rows = []
    for council in comparison.members:
        frame = comparison.observations[comparison.observations["authority"] == council]
        documents = list(dict.fromkeys(frame["document"]))
        rows.append(
            {
                "council": council,
                "period": comparison.periods[council],
                "document": ", ".join(documents),
                "count": len(frame),
            }
        )
    return rows


def _missing_text(comparison: Comparison) -> str:
    if not comparison.missing:
        return "Every council of the group has a report in this comparison."
    home = find(comparison.focus)
    group = comparison.group if comparison.group != "all reports" or home is None else home.region
    return (
        f"These councils ({group}) have no report here. Ask them for their latest annual complaints report, or download it "
        "from their websites, and add the file to the workspace."
    )


def _evidence(
    observations: pd.DataFrame, cited: list[str], comparison: Comparison
) -> list[tuple[str, list[dict[str, object]]]]:
    """The observations that the tables rest on, council by council, in document order."""
    frame = observations[observations["id"].isin(cited)]
    result = []
    for council in comparison.members:
        rows: list[dict[str, object]] = []
        for _, o in frame[frame["authority"] == council].iterrows():
            rows.append(
                {
                    "id": o["id"],
                    "value": value_text(o["value"], o["unit"]) if o["unit"] != "percent" else f"{o['value']:g}%",
                    "what": _what(o),
                    "where": f"{o['document']}, page {o['page']}" if pd.notna(o["page"]) else str(o["document"]),
                    "quote": o["quote"],
                    "method": o["method"],
                    "confidence": f"{o['confidence']:.2f}",
                    "low": o["confidence"] < LOW_CONFIDENCE,
                }
            )
        if rows:
            result.append((council, rows))
    return result


def _what(o: pd.Series) -> str:
    parts = [str(o["measure"]).replace("_", " ")]
    if o["category"]:
        parts.append(str(o["category"]).replace("_", " "))
    if o["stage"] != "any":
        parts.append(str(o["stage"]).replace("_", " "))
    parts += [PROCEDURE_WORDS[o["procedure"]], str(o["period"])]
    return ", ".join(parts)
