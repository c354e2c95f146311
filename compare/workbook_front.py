"""The first sheets of the workbook: councils by indicators, charts of Excel's own, and formulas that work a value out again."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from compare import shown
from compare.benchmark import benchmark
from compare.first_page import GLANCE, HEADS
from compare.groups import Comparison
from normalise.indicators import PER, Indicator, definition

CHARTED = {
    "stage_1_within_20_days": "Chart of answers in time",
    "stage_1_upheld_rate": "Chart of upheld complaints",
    "stage_1_per_10000_children": "Chart of rates per child",
}
"""Indicators with a chart, and the names of their worksheets."""
BARS = 30
"""Councils up to which a chart has a bar each that can be read."""


@dataclass(frozen=True)
class BarChart:
    """A native chart beside a table of councils (first column) and values (second column)."""

    title: str
    alt_text: str


class Formula(str):
    """A formula of Excel, with `{row}` for the number of its row."""


def councils(comparison: Comparison) -> tuple[list[str], list[list[Any]], dict[tuple[int, int], str]]:
    """Columns and rows of the sheet of councils by indicators, and which figure each value leads to, by row and column."""
    columns = ["Council", "Year", *HEADS, "Points to note"]
    rows: list[list[Any]] = []
    links: dict[tuple[int, int], str] = {}
    for council in comparison.members:
        found = [comparison.row(council, name) for name in GLANCE]
        for column, row in enumerate(found, 2):
            if row is not None and shown.usable(row) and row["inputs"]:
                links[len(rows), column] = str(row["inputs"]).split()[0]
        values = [shown.value_or_mark(row) for row in found]
        rows.append([council, comparison.periods[council], *values, _points(found)])
    others = [benchmark(comparison, name) for name in GLANCE]
    if any(b.value is not None for b in others):
        together = [float(b.value) if b.value is not None else "[x]" for b in others]
        judged = [f"{HEADS[n]}: {b.judgement.text()}" for n, b in enumerate(others) if not b.reason]
        rows.append(
            [
                "The others together",
                "[z]",
                *together,
                "; ".join([f"{comparison.focus} compared with the others", *judged]),
            ]
        )
    return columns, rows, links


def _points(found: list[Any]) -> str:
    """The numbers behind the shares, and what a reader should know of them."""
    said = []
    for head, row in zip(HEADS, found, strict=True):
        if not shown.usable(row):
            continue
        told = [shown.of_counts(row).strip(" ()"), *shown.short_notes(row)]
        if any(told):
            said.append(f"{head}: {', '.join(filter(None, told))}")
    return "; ".join(said) or "None."


def chart_tables(comparison: Comparison) -> list[tuple[str, Indicator, list[list[Any]], BarChart]]:
    """For each charted indicator that two councils or more have: name of its sheet, council and value a row, and its chart."""
    found = []
    for name, sheet in CHARTED.items():
        d = definition(name)
        rows: list[list[Any]] = []
        for council in comparison.members:
            row = comparison.row(council, name)
            if row is not None and shown.usable(row):
                rows.append([shown.short_label(comparison, council), round(float(row["value"]), 2)])
        if 1 < len(rows) <= BARS:
            told = ", ".join(f"{council} {value:g}" for council, value in rows)
            found.append((sheet, d, rows, BarChart(d.label, f"Bars by council. {d.label}: {told}.")))
    return found


def formula(d: Indicator, numerator: str, denominator: str) -> Formula | str:
    """How a value is worked out from the cells of its numerator and denominator (column letters); `[z]` where it is not from two counts."""
    if d.unit == "percent":
        return Formula(f"=100*{numerator}{{row}}/{denominator}{{row}}")
    if d.unit in PER:
        return Formula(f"={PER[d.unit]}*{numerator}{{row}}/{denominator}{{row}}")
    return "[z]"


def draw(page: Any, chart: BarChart, head: int, count: int, column: str) -> None:
    """Put a chart beside the table whose head stands in row `head`."""
    from openpyxl.chart import BarChart as Native  # noqa: PLC0415  (slow to import)
    from openpyxl.chart import Reference  # noqa: PLC0415

    native = Native()
    native.type, native.style, native.legend = "bar", 10, None
    native.title = chart.title
    native.add_data(Reference(page, min_col=2, min_row=head, max_row=head + count), titles_from_data=True)
    native.set_categories(Reference(page, min_col=1, min_row=head + 1, max_row=head + count))
    native.y_axis.scaling.min = 0
    native.x_axis.scaling.orientation = "maxMin"
    native.x_axis.delete = native.y_axis.delete = False
    native.gapWidth = 60
    native.series[0].graphicalProperties.solidFill = "12436D"
    native.width, native.height = 18, max(6, 1.2 + 0.9 * count)
    page.add_chart(native, f"{column}{head}")


def describe_charts(path: Path, alt_texts: list[str]) -> None:
    """Give the charts of a workbook, in the order of its drawings, their alternative texts, which openpyxl cannot write."""
    with zipfile.ZipFile(path) as archive:
        parts = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in parts:
            if match := re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", info.filename):
                archive.writestr(info, _described(data, alt_texts[int(match[1]) - 1]))
            else:
                archive.writestr(info, data)


def _described(drawing: bytes, alt_text: str) -> bytes:
    head, found, tail = drawing.decode("utf-8").partition("cNvPr ")
    return f"{head}{found}descr={quoteattr(alt_text)} {tail}".encode()
