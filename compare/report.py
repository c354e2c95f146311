"""The comparison as one HTML file: no network, no scripts, every number linked to its evidence."""

from __future__ import annotations

from base64 import b64encode
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
from compare.groups import PROCEDURE_WORDS, Comparison
from corpus.councils import find

LOW_CONFIDENCE = 0.8
"""Figures under this are marked for checking."""


def render(comparison: Comparison, observations: pd.DataFrame, notes: tuple[str, ...] = ()) -> str:
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
