"""A Google Docs export: Arial in heading styles, black table borders, charts as pasted from Sheets with gridlines and an axis."""

from __future__ import annotations

import math
import re
import textwrap
from html import escape

from lxml.html import HtmlElement
from parts import Drawn, Grid, charts_of, cover, grid, is_caption, is_figure, number, read_chart, rich, text_of

COLOURS = ("#4285f4", "#ea4335", "#fbbc04", "#34a853")
WIDE, HIGH = 600, 210
"""The plot of a chart with its labels, and its height alone, in pixels."""
CSS = """
@page { size: A4; margin: 25.4mm 25.4mm 23mm; @bottom-right { content: counter(page); font: 11pt Liberation Sans; padding-bottom: 8mm } }
body { font: 11pt/1.15 Liberation Sans; margin: 0; overflow-wrap: break-word }
p { margin: 0 0 8pt; orphans: 2; widows: 2 } h1, h2, h3, h4 { font-weight: 400; break-after: avoid }
.title { font-size: 26pt; margin: 0 0 3pt } .sub { font-size: 15pt; color: #666; margin: 0 0 12pt }
h1 { font-size: 20pt; margin: 20pt 0 6pt } h2 { font-size: 16pt; margin: 18pt 0 6pt } h3 { font-size: 14pt; color: #434343; margin: 16pt 0 4pt } h4 { font-size: 12pt; color: #666; margin: 14pt 0 4pt }
ul { margin: 0 0 8pt; padding-left: 36pt } ul ul { list-style: circle } li { margin-bottom: 2pt }
table { border-collapse: collapse; width: 100%; margin: 0 0 10pt } td, th { border: 1px solid #000; padding: 5pt; text-align: left; vertical-align: top; font-weight: 400 }
.wide { font-size: 9pt } .wide td, .wide th { padding: 3pt 4pt } tr { break-inside: avoid } .prose tr { break-inside: auto } .n { text-align: right } .b th { font-weight: 700 }
figure { margin: 0 0 10pt; break-inside: avoid } svg { width: 100%; display: block; border: 1px solid #dadce0; box-sizing: border-box } svg text { font-family: Liberation Sans }
"""


def label(x: float, y: float, text: str, size: int = 11, anchor: str = "middle", colour: str = "#222") -> str:
    """A line of text at a place."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
    )


def ticks(highest: float) -> list[float]:
    """The numbers of an axis: four or five round steps."""
    step = 10 ** math.floor(math.log10(highest / 4 or 1))
    step = next(step * k for k in (1, 2, 2.5, 5, 10) if step * k * 5 >= highest)
    step = max(step, 1)
    return [step * k for k in range(math.ceil(highest / step) + 1)]


def axis_text(value: float, percent: bool) -> str:
    return f"{value:,.10g}{'%' * percent}"


def legend(names: list[str], y: float) -> tuple[str, float]:
    """The names of the series with their colours, one below the other at the left above the plot."""
    made = ""
    for j, name in enumerate(names):
        made += f'<rect x="16" y="{y + 18 * j:.1f}" width="11" height="11" fill="{COLOURS[j]}"/>'
        made += label(33, y + 18 * j + 10, name, 11, "start")
    return made, y + 18 * len(names)


def foot(name: str, x: float, y: float, step: float) -> tuple[str, float]:
    """The name of a category below its columns, in lines, or aslant where there is no room; and its depth."""
    lines = textwrap.wrap(name, max(int(step / 6), 4), break_long_words=False)
    if max(map(len, lines)) * 6 <= step and len(lines) < 4:
        return "".join(label(x, y + 14 + 13 * k, t) for k, t in enumerate(lines)), 20 + 13 * len(lines)
    turned = f'<text transform="translate({x + 4:.1f} {y + 12:.1f}) rotate(-45)" font-size="11" text-anchor="end" fill="#222">{escape(name)}</text>'
    return turned, 22 + len(name) * 4.1


def columns(said: Drawn, top: float) -> tuple[str, float]:
    """Grouped columns on gridlines, the values above them; and where the drawing ends."""
    marks, percent = ticks(said.highest), any("%" in v for v in said.values.values())
    left = 24 + 7 * len(axis_text(marks[-1], percent))
    scale, base = (HIGH - 16) / marks[-1], top + HIGH
    made, slanted = "", any(len(c) * 6 > 150 for c in said.categories)
    left += 40 * (slanted and len(said.categories) > 4)
    for mark in marks:
        y = base - mark * scale
        made += (
            f'<line x1="{left}" x2="{WIDE - 14}" y1="{y:.1f}" y2="{y:.1f}" stroke="{"#333" if not mark else "#ccc"}"/>'
        )
        made += label(left - 6, y + 4, axis_text(mark, percent), 11, "end", "#444")
    step, n = (WIDE - 14 - left) / len(said.categories), len(said.names)
    bar, deepest = min(step * (0.72 if n < 3 else 0.9) / n, 60), 0.0
    for i, name in enumerate(said.categories):
        middle = left + step * (i + 0.5)
        for j in range(n):
            if (i, j) in said.values:
                tall, x = number(said.values[i, j]) * scale, middle + bar * (j - n / 2)
                made += f'<rect x="{x:.1f}" y="{base - tall:.1f}" width="{bar * 0.94:.1f}" height="{tall:.1f}" fill="{COLOURS[j]}"/>'
                made += label(x + bar * 0.47, base - tall - 4, said.values[i, j], 11 if bar > 40 or not percent else 8)
        text, deep = foot(name, middle, base, step)
        made, deepest = made + text, max(deepest, deep)
    return made, base + deepest


def level(said: Drawn, top: float) -> tuple[str, float]:
    """Bars from the left on gridlines, the values behind them; and where the drawing ends."""
    marks, percent = ticks(said.highest), any("%" in v for v in said.values.values())
    left = 24 + min(max(map(len, said.categories)), 32) * 5.6
    scale, made = (WIDE - 50 - left) / marks[-1], ""
    n, bar = len(said.names), 15
    base = top + 6 + len(said.categories) * (n * bar + 10)
    for mark in marks:
        x = left + mark * scale
        made += f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{base}" stroke="{"#333" if not mark else "#ccc"}"/>'
        made += label(x, base + 16, axis_text(mark, percent), 11, "middle", "#444")
    for i, name in enumerate(said.categories):
        y = top + 8 + i * (n * bar + 10)
        lines = textwrap.wrap(name, 32)
        made += "".join(
            label(left - 7, y + n * bar / 2 + 4 + 12 * (k - (len(lines) - 1) / 2), t, 11, "end")
            for k, t in enumerate(lines)
        )
        for j in range(n):
            if (i, j) in said.values:
                long = number(said.values[i, j]) * scale
                made += (
                    f'<rect x="{left}" y="{y + j * bar}" width="{long:.1f}" height="{bar - 2}" fill="{COLOURS[j]}"/>'
                )
                made += label(left + long + 5, y + j * bar + 11, said.values[i, j], 11, "start")
    return made, base + 26


def chart(said: Drawn) -> str:
    """A chart as Sheets draws it: its title grey at the top left, the legend below it."""
    made, y = "", 14.0
    for text in textwrap.wrap(said.title, 64):
        made, y = made + label(16, y + 14, text, 16, "start", "#757575"), y + 22
    names = [n for n in said.names if n and (len(said.names) > 1 or n not in said.title)]
    if names:
        key, y = legend(names, y + 6)
        made += key
    crowded = len(said.categories) > 6 or max(map(len, said.categories)) * len(said.names) > 70
    drawn, end = (level if crowded else columns)(said, y + 18)
    return f'<figure><svg viewBox="0 0 {WIDE} {end + 10:.0f}">{made}{drawn}</svg></figure>'


def cell(text: str, rows: int = 1, across: int = 1, head: bool = False, first: bool = False) -> str:
    look = ' class="n"' if is_figure(text) and not head and not first else ""
    tag = "th" if head else "td"
    return f'<{tag}{look} rowspan="{rows}" colspan="{across}">{escape(text)}</{tag}>'


def regroup(said: Grid) -> str:
    """A table with two rows of heads over equal groups: the lower heads as a column, the first column merged over them."""
    texts = said.texts
    groups = list(dict.fromkeys(texts[0][1:]))
    size = (said.width - 1) // len(groups)
    equal = said.heads == 2 and all(
        texts[0][1 + k] == groups[k // size] and texts[1][1 + k] == texts[1][1 + k % size]
        for k in range(said.width - 1)
    )
    if not equal or size < 2 or any(c.rows > 1 for c in said.cells if c.row > 1):
        return ""
    made = (
        "<thead><tr>"
        + "".join(cell(t, head=True) for t in (texts[0][0], texts[1][0] if texts[1][0] != texts[0][0] else "", *groups))
        + "</tr></thead>"
    )
    for row in texts[2:]:
        for k in range(size):
            first = cell(row[0], size, first=True) if k == 0 else ""
            values = "".join(cell(row[1 + g * size + k]) for g in range(len(groups)))
            made += f"<tr>{first}{cell(texts[1][1 + k], first=True)}{values}</tr>"
    return f'<table class="b">{made}</table>'


def table(said: Grid, bold: bool) -> str:
    """A table with its merged cells."""
    rows = [
        "<tr>" + "".join(cell(c.text, c.rows, c.columns, y < said.heads, c.column == 0) for c in row) + "</tr>"
        for y, row in enumerate(said.rows)
    ]
    prose = said.width == 2 and max(len(t[1]) for t in said.texts) > 150
    look = " ".join(name for name, on in (("wide", said.width > 4), ("b", bold), ("prose", prose)) if on)
    head = f"<thead>{''.join(rows[: said.heads])}</thead>" if said.heads else ""
    return f'<table class="{look}">{head}{"".join(rows[said.heads :])}</table>'


def show_list(element: HtmlElement) -> str:
    """A list, with what is nested in it."""
    made = ""
    for item in element:
        inner = "".join(show_list(e) for e in item if e.tag in ("ul", "ol"))
        text = rich(item) if not inner else escape(item.text or "")
        made += f"<li>{text}{inner}</li>"
    return f"<ul>{made}</ul>"


def blocks(items: list[HtmlElement]) -> str:
    """The text; every other table that can be a chart is one."""
    made, charted = "", 0
    for i, e in enumerate(items):
        if e.tag == "svg":
            made += chart(read_chart(e))
        elif e.tag == "table":
            said = grid(e)
            drawn = charts_of(said) if said.heads == 1 else None
            charted += bool(drawn)
            if drawn and charted % 2:
                made += "".join(map(chart, drawn[0])) + "".join(f"<p>{escape(n)}</p>" for n in drawn[1])
            else:
                made += regroup(said) or table(said, bold=bool(said.texts[0][0]))
        elif e.tag in ("ul", "ol"):
            made += show_list(e)
        else:
            named = i > 0 and items[i - 1].tag == "table" and is_caption(e) and not re.match(r"\d", text_of(e))
            made += f"<{e.tag}>{f'<i>{rich(e)}</i>' if named else rich(e)}</{e.tag}>"
    return made


def page(body: HtmlElement) -> str:
    """The report as a page of HTML."""
    items = list(body)
    first = cover(items)
    front = "".join(f'<p class="{"title" if e.tag == "h1" else "sub"}">{escape(text_of(e))}</p>' for e in items[:first])
    return f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><style>{CSS}</style>{front}{blocks(items[first:])}</html>'
