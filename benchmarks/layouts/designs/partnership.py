"""A designed annual report of a safeguarding partnership: full-bleed bands, doughnuts, bubble matrices, paired boxes, text in two columns."""

from __future__ import annotations

import math
import re
from html import escape
from pathlib import Path

from lxml.html import HtmlElement
from parts import (
    HEADS,
    PARAGRAPH,
    Drawn,
    Grid,
    charts_of,
    cover,
    grid,
    is_caption,
    is_figure,
    is_total,
    number,
    read_chart,
    rich,
    text_of,
)

NEEDS = "weasyprint"
COLOURS = ("#5b2a86", "#d9487d", "#00857c", "#e98a15", "#2d6cdf", "#7a6c5d")
NUMBERED = r'<b class="no">\1</b> '
FIGURE = re.compile(
    r"£\d[\d,.]*\d|\d+(?:,\d{3})*(?:\.\d+)?%|(?<![\w/-])\d+(?:,\d{3})*(?= [a-z])(?! (?:working|days?|and|to|or)\b)"
)


def start(items: list[HtmlElement]) -> int:
    """How many elements go on the cover: also headings with a year before another heading."""
    first = cover(items)
    while (
        items[first].tag in HEADS and re.search(r"(19|20)\d\d", text_of(items[first])) and items[first + 1].tag in HEADS
    ):
        first += 1
    return first


def main_heads(items: list[HtmlElement]) -> tuple[str, ...]:
    """The headings that open a section: those of the highest kind that there are several of, and higher ones."""
    kinds = [e.tag for e in items]
    return HEADS[: 1 + next((k for k, tag in enumerate(HEADS) if kinds.count(tag) > 2), 0)]


def arc(begin: float, end: float, colour: str) -> str:
    """A piece of a ring, by shares of the whole."""
    end = min(end, begin + 0.9999)
    (x1, y1), (x2, y2) = (
        (50 + 36 * math.sin(t * 2 * math.pi), 50 - 36 * math.cos(t * 2 * math.pi)) for t in (begin, end)
    )
    large = int(end - begin > 0.5)
    return f'<path d="M{x1:.2f} {y1:.2f}A36 36 0 {large} 1 {x2:.2f} {y2:.2f}" fill="none" stroke="{colour}" stroke-width="19"/>'


def legend_row(j: int, name: str, value: str = "") -> str:
    swatch = f'<td class="sw"><i style="background:{COLOURS[j % len(COLOURS)]}"></i></td>'
    return f"<tr>{swatch}<td>{escape(name)}</td>{f'<td class=v>{value}</td>' if value else ''}</tr>"


def doughnut(said: Drawn) -> str:
    """A ring with a legend that gives the values."""
    values = [said.values[i, 0] for i in range(len(said.categories))]
    whole, reached, ring = sum(map(number, values)) or 1, 0.0, ""
    for j, value in enumerate(values):
        if number(value):
            ring += arc(reached, reached + number(value) / whole, COLOURS[j % len(COLOURS)])
        reached += number(value) / whole
    rows = "".join(legend_row(j, name, values[j]) for j, name in enumerate(said.categories))
    return f'<div class="ring"><svg viewBox="0 0 100 100">{ring}</svg><table class="key">{rows}</table></div>'


def line(said: Drawn) -> str:
    """An area over years, the value at each point."""
    n, made, dots = len(said.categories), "", ""
    places = [(30 + k * 420 / max(n - 1, 1), 120 - number(said.values[k, 0]) / said.highest * 88) for k in range(n)]
    for (x, y), (name, row) in zip(places, said.rows, strict=False):
        dots += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="#5b2a86"/>'
        dots += f'<text font-size="12" font-weight="bold" font-family="Open Sans" x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle">{next(iter(row.values()))}</text>'
        dots += f'<text font-size="10" font-family="Open Sans" x="{x:.1f}" y="137" text-anchor="middle">{escape(name)}</text>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    made += f'<polygon points="30,120 {path} 450,120" fill="#d8c9e6"/><polyline points="{path}" fill="none" stroke="#5b2a86" stroke-width="2.5"/>'
    return f'<svg class="line" viewBox="0 0 480 144">{made}{dots}</svg>'


def bars(said: Drawn) -> str:
    """Bars by category, values at their ends."""
    rows = "".join(
        f'<tr><td class="l">{escape(name)}</td><td><i style="width:{number(v) / said.highest * 82:.1f}mm"></i><b>{v}</b></td></tr>'
        for name, row in said.rows
        for v in row.values()
    )
    return f'<table class="bars">{rows}</table>'


def stack(said: Drawn) -> str:
    """Bars of parts that make up the whole, each with its value, and a legend above."""
    key = "".join(legend_row(j, name) for j, name in enumerate(said.names))
    rows = ""
    for i, name in enumerate(said.categories):
        parts = "".join(
            f'<td style="width:{number(v)}%;background:{COLOURS[j]}">{v}</td>'
            for j in range(len(said.names))
            for v in [said.values.get((i, j), "")]
            if number(v)
        )
        rows += f'<tr><td class="l">{escape(name)}</td><td><table class="stack"><tr>{parts}</tr></table></td></tr>'
    return f'<table class="key">{key}</table><table class="bars">{rows}</table>'


def bubbles(said: Drawn) -> str:
    """A matrix of circles as large as their values."""
    head = "".join(f"<th>{escape(n)}</th>" for n in said.names)
    rows = ""
    for i, name in enumerate(said.categories):
        cells = ""
        for j in range(len(said.names)):
            value = said.values.get((i, j), "")
            size = 2.6 + math.sqrt(number(value) / said.highest) * 3
            circle = f'<circle cx="18" cy="6.2" r="{size:.2f}" fill="{COLOURS[j]}" opacity=".35"/>' if value else ""
            text = f'<text x="18" y="7.6" text-anchor="middle" font-size="4" font-weight="bold" font-family="Open Sans">{value}</text>'
            cells += f'<td><svg viewBox="0 0 36 12.4">{circle}{text if value else ""}</svg></td>'
        rows += f"<tr><th>{escape(name)}</th>{cells}</tr>"
    return f'<table class="bubbles"><thead><tr><td></td>{head}</tr></thead>{rows}</table>'


def adds_up(values: list[float], whole: float) -> bool:
    return abs(sum(values) - whole) <= whole * 0.012


def chart(said: Drawn, notes: list[str]) -> str:
    """A chart in a tinted box, of the kind that suits its figures."""
    values, percent = said.values, any("%" in v for v in said.values.values())
    series = [[number(values.get((i, j), "")) for j in range(len(said.names))] for i in range(len(said.categories))]
    totals = [number(n.split(":")[1]) for n in notes if is_total(n)]
    single = len(said.names) == 1
    if said.dated:
        drawn = line(said)
    elif (
        single
        and len(series) < 7
        and adds_up([s[0] for s in series], 100 if percent else (totals or [sum(s[0] for s in series)])[0])
    ):
        drawn = doughnut(said)
    elif single:
        drawn = bars(said)
    else:
        drawn = stack(said) if percent and all(adds_up(s, 100) for s in series) else bubbles(said)
    name = (
        f'<p class="series">{escape(said.names[0])}</p>'
        if single and said.names[0] and said.names[0] not in said.title
        else ""
    )
    below = "".join(f'<p class="note">{escape(n)}</p>' for n in notes)
    title = f'<p class="title">{escape(said.title)}</p>' if said.title else ""
    return f'<div class="chart">{title}{name}{drawn}{below}</div>'


def cells(said: Grid, row: int) -> str:
    made = ""
    for c in said.rows[row]:
        tag = "th" if row < said.heads else "td"
        look = "n " * (is_figure(c.text) and c.column > 0) + "m" * (c.rows > 1)
        made += f'<{tag} class="{look}" rowspan="{c.rows}" colspan="{c.columns}">{escape(c.text)}</{tag}>'
    first = next((c.text for c in said.rows[row] if c.text), "")
    return f"<tr{' class=sum' if is_total(first) else ''}>{made}</tr>"


def plain_table(said: Grid) -> str:
    head = "".join(cells(said, r) for r in range(said.heads))
    rows = "".join(cells(said, r) for r in range(said.heads, said.height))
    return f'<table class="data{" whole" * (said.height < 15)}"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def grouped(said: Grid) -> str:
    """A long table with merged cells at the left: a panel for each, the columns' names in all of them."""
    panels: list[tuple[str, list[int]]] = []
    for row in range(said.heads, said.height):
        cell = said.places[row, 0]
        if cell.row == row and (cell.text or not panels):
            panels.append((cell.text, []))
        panels[-1][1].append(row)
    texts, made = said.texts, ""
    for name, rows in panels:
        head = f'<tr class="tab"><th colspan="{said.width - 1}"><small>{escape(texts[0][0])}</small> {escape(name)}</th></tr>'
        head += "<tr>" + "".join(f"<th>{escape(t)}</th>" for t in texts[0][1:]) + "</tr>"
        lines = "".join(
            f"<tr{' class=sum' if is_total(texts[r][1]) else ''}>"
            + "".join(f'<td class="{"n" * is_figure(t)}">{escape(t)}</td>' for t in texts[r][1:])
            + "</tr>"
            for r in rows
        )
        made += f'<table class="data panel"><thead>{head}</thead><tbody>{lines}</tbody></table>'
    return made


def pairs(said: Grid) -> str:
    """A table of two columns of text: boxes side by side, each under the name of its column."""
    names, made = said.texts[0] if said.heads else ["", ""], ""
    for left, right in said.texts[said.heads :]:
        a, b = (f"<em>{escape(n)}</em>" if n else "" for n in names)
        made += f'<table class="pair"><tr><td>{a}{escape(left)}</td><td>{b}{escape(right)}</td></tr></table>'
    return made


def show_table(said: Grid) -> str:
    drawn = charts_of(said) if said.heads == 1 else None
    if drawn:
        charts, notes = drawn
        boxes = [chart(c, notes if c is charts[-1] else []) for c in charts]
        beside = "".join(f"<td>{b}</td>" for b in boxes)
        return f'<table class="two"><tr>{beside}</tr></table>' if len(boxes) == 2 else "".join(boxes)
    rows = said.texts[said.heads :]
    if said.width == 2 and sum(len(r[1]) for r in rows) > 80 * len(rows):
        return pairs(said)
    merged = any(c.rows > 1 and c.column == 0 for c in said.cells)
    return grouped(said) if said.height > 20 and merged and said.heads == 1 else plain_table(said)


def show_list(element: HtmlElement) -> str:
    """A list; one whose entries mostly have a figure as tiles with the figure large."""
    found = [FIGURE.search(text_of(li)) for li in element]
    if len(found) > 3 and sum(map(bool, found)) > 0.6 * len(found) and max(len(text_of(li)) for li in element) < 330:
        tiles = "".join(
            f"<li>{f'<big>{m[0]}</big>' if m else ''}{rich(li)}</li>" for m, li in zip(found, element, strict=False)
        )
        return f'<ul class="tiles">{tiles}</ul>'
    return "<ul>" + "".join(f"<li>{rich(li)}</li>" for li in element) + "</ul>"


def block(e: HtmlElement, heads: tuple[str, ...]) -> str:
    """A heading, paragraph or list within a section."""
    if e.tag in ("ul", "ol"):
        return show_list(e)
    if e.tag in HEADS:
        return f"<h{3 + (e.tag == 'h4' and 'h3' not in heads)}>{escape(text_of(e))}</h{3 + (e.tag == 'h4' and 'h3' not in heads)}>"
    text = rich(e)
    quote = ' class="quote"' if text_of(e)[:1] in '“"‘' else ""
    return f"<p{quote}>{re.sub(PARAGRAPH.pattern, NUMBERED, text, count=1) if PARAGRAPH.match(text) else text}</p>"


def flow(items: list[HtmlElement], heads: tuple[str, ...]) -> str:
    """What is under a heading: runs of text in columns, tables, charts and tiles over the width."""
    made, run, size = "", "", 0
    for i, e in enumerate(items):
        shown, text = "", block(e, heads) if e.tag not in ("table", "svg") else ""
        if e.tag == "table":
            shown = show_table(grid(e))
        elif e.tag == "svg":
            shown = chart(read_chart(e), [])
        elif 'class="tiles"' in text:
            shown = text
        elif i and items[i - 1].tag == "table" and is_caption(e) and not PARAGRAPH.match(text_of(e)):
            shown = f'<p class="caption">{rich(e)}</p>'
        if shown:
            made += columns(run, size) + shown
            run, size = "", 0
        else:
            run, size = run + text, size + len(text_of(e))
    return made + columns(run, size)


def columns(run: str, size: int) -> str:
    """A run of text in two columns when it is long; a heading at its end goes with what follows."""
    if not run:
        return ""
    head = re.search(r"(<h\d>(?:(?!<h\d).)*?</h\d>)$", run)
    if head and run[: head.start()]:
        return columns(run[: head.start()], size) + f'<div class="one keep">{head[0]}</div>'
    return f'<div class="{"cols" if size > 700 else "one"}">{run}</div>'


def print_pdf(body: HtmlElement, out: Path) -> None:
    items = list(body)
    first = start(items)
    heads = main_heads(items[first:])
    front = "".join(f'<p class="{e.tag}">{escape(text_of(e))}</p>' for e in items[:first])
    named = [text_of(e) for e in items[:first] if e.tag == "h1"] or [text_of(e) for e in items[:first]] or [""]
    sections: list[list[HtmlElement]] = []
    for e in items[first:]:
        if e.tag in heads or not sections:
            sections.append([e])
        else:
            sections[-1].append(e)
    made = f'<div id="run">{escape(named[0])}</div>'
    for k, section in enumerate(sections):
        opens = section[0].tag in heads
        band = f'<h2 class="b{k % 3}">{escape(text_of(section[0]))}</h2>' if opens else ""
        large = sum(len(text_of(e)) for e in section) > 5000 and k > 0
        made += f'<section class="s{k % 3}{" new" * large}">{band}{flow(section[opens:], heads)}</section>'
    css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    page = f'<html lang="en-GB"><head><title>{escape(named[0])}</title><style>{css}</style></head><body><div class="front"><b></b><b></b><b></b><div>{front}</div></div>{made}</body></html>'
    from weasyprint import HTML  # noqa: PLC0415  (only this design needs it)

    HTML(string=page).write_pdf(out)
