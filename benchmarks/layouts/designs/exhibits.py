"""A consultancy's report: messages in a wide left margin, numbered exhibits with title above and source below, stacked bars, hairline tables."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement
from parts import HEADS, Drawn, Grid, charts_of, grid, is_figure, is_total, number, read_chart, text_of
from story import Story, cuts, numbered, opened, spans, weights

NEEDS = "typst"
WIDE = 4
"""Tables of more columns take the width of the margin as well."""
Node = dict[str, Any]
"""What the template sets: a paragraph, a list, an exhibit or a figure in it."""


def fits(bars: list[list[str]]) -> bool:
    """Whether the label of every part of stacked bars fits into it."""
    whole = max(sum(map(number, bar)) for bar in bars)
    return whole > 0 and all(number(v) / whole >= 0.012 + 0.021 * len(v) for bar in bars for v in bar if number(v))


def near_hundred(values: list[str]) -> bool:
    return all("%" in v for v in values) and abs(sum(map(number, values)) - 100) < 1.5


def one_bar(said: Drawn, notes: list[str]) -> bool:
    """Whether the values of the only series are the parts of a whole that is given, or of a hundred per cent."""
    values = list(said.values.values())
    whole = sum(map(number, values))
    given = any(is_total(n) and number(n.rpartition(":")[2]) == whole for n in notes)
    return len(said.names) == 1 and 1 < len(values) < 7 and (given or near_hundred(values)) and fits([values])


def parts_of_bars(said: Drawn) -> bool:
    """Whether several series are parts: they make a hundred per cent, or the first is not the whole of the second."""
    bars, values = [list(row.values()) for _, row in said.rows], said.values.values()
    dated = any(re.search(r"(19|20)\d\d", name) for name in said.names)
    if len(said.names) < 2 or dated or not all(map(number, values)) or not fits(bars):
        return False
    if any("%" in v for v in values):
        return all(map(near_hundred, bars))
    first, second, *_ = said.series
    return not all(number(row.get(first, "0")) >= number(row.get(second, "0")) for _, row in said.rows)


def figure(said: Drawn, notes: list[str]) -> Node:
    """A chart as stacked bars where its values are parts, or else as bars in one panel for each series."""
    rows = [[name, [row.get(k) for k in said.series]] for name, row in said.rows]
    kind, legend = "panels", [[name, ""] for name in said.names]
    if one_bar(said, notes):
        kind, legend = "stack", [[name, value or ""] for name, (value,) in rows]
        rows = [["", [value for _, (value,) in rows]]]
    elif parts_of_bars(said):
        kind = "stack"
    sized = [[name, [[v, number(v)] if v else None for v in values]] for name, values in rows]
    whole = max(sum(number(v) for v in values if v) for _, values in rows)
    return {
        "kind": kind,
        "title": said.title,
        "rows": sized,
        "legend": legend,
        "most": said.highest,
        "whole": whole or 1,
    }


def ruled(table: Grid) -> list[Node]:
    """A table, or where it is long the parts of it, each with the head."""
    return [part(table, rows) for rows in cuts(opened(table), table.heads)]


def part(table: Grid, rows: range) -> Node:
    heads, texts = table.heads, table.texts
    cells = [
        {
            "x": c.column,
            "y": c.row if c.row < heads else c.row - rows.start + heads,
            "rows": c.rows,
            "columns": c.columns,
            "text": c.text,
            "head": c.row < heads,
            "bold": any(map(is_total, texts[c.row][:2])),
            "right": c.column > 0 and (is_figure(c.text) or small(texts[heads:], c.column, len(c.text))),
        }
        for c in table.cells
        if c.row < heads or c.row in rows
    ]
    return {"kind": "table", "cells": cells, "widths": weights(texts), "heads": heads, "height": heads + len(rows)}


def small(body: list[list[str]], column: int, length: int) -> bool:
    """Whether a text of a length in a column stands above or below figures."""
    said = [row[column] for row in body]
    return all(map(is_figure, said)) or (length < 20 and any(is_figure(t) and re.search(r"\d", t) for t in said))


class Report(Story):
    """The rows of the report, each with its messages for the margin and its blocks, and the count of exhibits."""

    def __init__(self, items: list[HtmlElement]) -> None:
        super().__init__(items)
        self.rows: list[dict[str, list[Node]]] = []
        self.count = 0
        for element in self.rest():
            self.block(element)

    def row(self) -> None:
        self.rows.append({"side": [], "blocks": []})

    def add(self, block: Node) -> None:
        if not self.rows:
            self.row()
        self.rows[-1]["blocks"].append(block)

    def heading(self, e: HtmlElement) -> None:
        if not self.rows or self.rows[-1]["blocks"]:
            self.row()
        self.rows[-1]["side"].append({"text": text_of(e), "rank": self.ranks[e.tag]})

    def exhibit(self, figures: list[Node], notes: list[str], wide: bool = False) -> None:
        self.count += 1
        title = self.caption()
        if not title and len(figures) == 1:
            title = figures[0].pop("title", "")
        node = {"kind": "exhibit", "number": self.count, "title": title, "figures": figures, "notes": notes}
        if wide:
            self.rows.append({"full": [node]})
            self.row()
        else:
            self.add(node)

    def block(self, e: HtmlElement) -> None:
        if e.tag in HEADS:
            self.heading(e)
        elif e.tag == "ul":
            self.add({"kind": "list", "items": [spans(li) for li in e.iter("li")]})
        elif e.tag == "svg":
            self.exhibit([figure(read_chart(e), [])], [])
        elif e.tag == "table":
            table = grid(e)
            charts, notes = charts_of(table) or ([], [])
            self.exhibit([figure(c, notes) for c in charts] or ruled(table), notes, table.width > WIDE)
        else:
            label, said = numbered(e)
            self.add({"kind": "par", "label": label, "spans": said, "keep": text_of(e).endswith(":")})


def print_pdf(body: HtmlElement, out: Path) -> None:
    import typst  # noqa: PLC0415  (only this design needs it)

    report = Report(list(body))
    titled = any(e.tag == "h1" for e in report.front)
    cover = [[e.tag == "h1" or not titled, text_of(e)] for e in report.front]
    said = {
        "cover": cover,
        "name": " ".join(text for large, text in cover if large),
        "rows": [row for row in report.rows if any(row.values())],
    }
    typst.compile(Path(__file__).with_suffix(".typ"), output=out, sys_inputs={"data": json.dumps(said)})
