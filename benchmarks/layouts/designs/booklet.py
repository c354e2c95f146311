"""An A5 booklet with mirrored margins and running heads: leaders and tints instead of rules, wide tables split or turned, columns with turned names."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from itertools import accumulate, chain, groupby
from pathlib import Path

from lxml.html import HtmlElement
from parts import HEADS, Cell, Drawn, Grid, charts_of, grid, is_figure, is_total, number, read_chart, rich, text_of
from story import LONG, OWN, Story

NEEDS = "weasyprint"
STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
FILLS = ["#a63d2f", "#e0a458", "#47616a"]
WIDTH, TOP, HIGH = 320, 30, 105
"""In points: the width of a chart and of the text, the room above its columns, and the height of the highest."""
LETTER = 7 * 0.56
"""Mean width of a letter in a chart."""


def paragraph(kind: str, words: str) -> str:
    return f'<p class="{kind}">{escape(words)}</p>' if words else ""


def box(kind: str, inner: str) -> str:
    return f'<div class="{kind}">{inner}</div>'


def label(x: float, y: float, text: str, turn: int = 0, anchor: str = "middle", size: float = 7) -> str:
    return (
        f'<text transform="translate({x:.1f} {y:.1f}) rotate({turn})" font-size="{size}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )


def bar(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def names_below(said: Drawn) -> tuple[int, list[list[str]], float]:
    """How the names of the columns are turned, their lines, and how far they reach down."""
    longest = max(map(len, said.categories))
    if longest * LETTER < WIDTH / len(said.categories):
        return 0, [[name] for name in said.categories], 14
    if len(said.categories) < 7 and longest < 26:
        return -45, [[name] for name in said.categories], longest * LETTER * 0.71 + 12
    lines = [textwrap.wrap(name, 24) for name in said.categories]
    return -90, lines, max(len(line) for name in lines for line in name) * LETTER + 10


def columns(said: Drawn) -> str:
    """A chart of columns, its values above them and the names of the columns turned where they are long."""
    count, series, foot = len(said.categories), len(said.names), TOP + HIGH
    turn, names, below = names_below(said)
    left = max(0.0, below - 8 - WIDTH / count / 2) if turn == -45 else 0.0
    slot = (WIDTH - left) / count
    step = min(30.0, slot * 0.84 / series)
    marks = []
    for (i, j), value in said.values.items():
        x, size = left + slot * (i + 0.5) + step * (j - series / 2), HIGH * number(value) / said.highest
        marks.append(bar(x + 1, foot - size, step - 2, size, FILLS[j]))
        if len(value) * 7 * 0.6 > step + 4:
            marks.append(label(x + step / 2 + 2.5, foot - size - 3, value, -90, "start"))
        else:
            marks.append(label(x + step / 2, foot - size - 3, value, size=7.5))
    for i, lines in enumerate(names):
        for k, line in enumerate(lines):
            x = left + slot * (i + 0.5) + (8.5 * (k - (len(lines) - 1) / 2) + 2.5 if turn else 0)
            marks.append(label(x, foot + (7 if turn else 10), line, turn, "end" if turn else "middle"))
    marks.append(bar(left, foot, WIDTH - left, 0.7, "#555"))
    high = f"{foot + below:.0f}"
    return f'<svg viewBox="0 0 {WIDTH} {high}" width="{WIDTH}pt" height="{high}pt">{"".join(marks)}</svg>'


def chart(said: Drawn, notes: Iterable[str] = ()) -> str:
    keys = zip(said.names, FILLS, strict=False) if len(said.names) > 1 else ()
    legend = "".join(f'<span class="key"><i style="background:{fill}"></i>{escape(name)}</span>' for name, fill in keys)
    below = "".join(paragraph("note", note) for note in notes)
    return box("figure", f'{paragraph("title", said.title)}<p class="legend">{legend}</p>{columns(said)}{below}')


def leader(kind: str, name: str, value: str) -> str:
    return f'<p class="{kind}"><span>{escape(name)}</span><b>{escape(value)}</b></p>'


def leaders(head: list[list[str]], rows: Iterable[list[str]], above: str = "") -> str:
    """Rows of two texts as lines with leaders."""
    lines = [leader("leadhead", *row) for row in head]
    lines += [leader("lead total" if is_total(row[0]) else "lead", *row) for row in rows]
    return box("leaders", above + "".join(lines))


def grouped(table: Grid) -> str:
    """A long table of groups, each under its name in lines with leaders."""
    (first, *head), body = table.texts[0], table.texts[table.heads :]
    names = accumulate((row[0] for row in body), lambda before, name: name or before)
    return "".join(
        leaders([head], [row for _, (_, *row) in rows], f'<p class="group">{escape(first)}: <b>{escape(name)}</b></p>')
        for name, rows in groupby(zip(names, body, strict=True), key=lambda pair: pair[0])
    )


def cards(table: Grid) -> str:
    """A table of long texts as cards, what the heads say before each text."""
    texts, heads = table.texts, table.heads

    def said(column: int, text: str) -> str:
        name = f"<span>{escape(texts[0][column])}</span>" if heads else ""
        return f"<p{' class=who' if not (heads or column) else ''}>{name}{escape(text)}</p>"

    return "".join(box("card", "".join(map(said, range(table.width), row))) for row in texts[heads:])


def turned(table: Grid) -> Grid:
    """A table with its rows as columns."""
    cells = [Cell(c.column, c.row, c.columns, c.rows, c.text, c.head) for c in table.cells]
    return Grid(sorted(cells, key=lambda c: (c.row, c.column)), table.width, table.height)


def pieces(table: Grid) -> list[list[int]]:
    """The columns of the parts of a wide table, the first in each, those under one head together."""
    groups: list[list[int]] = []
    for column in range(1, table.width):
        cell = table.places.get((0, column))
        if groups and cell is not None and cell.column != column:
            groups[-1].append(column)
        else:
            groups.append([column])
    size = max(1, 3 // max(map(len, groups)))
    parts = -(-len(groups) // size)
    size = -(-len(groups) // parts)
    return [[0, *chain.from_iterable(groups[i : i + size])] for i in range(0, len(groups), size)]


def tinted(table: Grid, shown: Iterable[int], heads: int) -> str:
    """Some columns of a table on tints."""
    places, texts, rows = table.places, table.texts, []
    figures = {x for x in shown if x and all(is_figure(row[x]) for row in texts[heads:])}
    for y in range(table.height):
        cells, tag = "", "th" if y < heads else "td"
        for c in dict.fromkeys(places.get((y, x)) or Cell(y, x, 1, 1, "", False) for x in shown):
            if c.row < y:
                continue
            wide = sum(c.column <= x < c.column + c.columns for x in shown)
            kind = " class=figure" * (c.column in figures or (c.column > 0 and y >= heads and is_figure(c.text)))
            cells += f'<{tag} rowspan="{c.rows}" colspan="{wide}"{kind}>{escape(c.text)}</{tag}>'
        mark = (
            "head" if y < heads else "total" if any(map(is_total, texts[y][:2])) else ("even", "odd")[(y - heads) % 2]
        )
        rows.append(f'<tr class="{mark}">{cells}</tr>')
    kind = "whole" if table.height < 16 and max(len(c.text) for c in table.cells) < 130 else ""
    return f'<table class="{kind}"><thead>{"".join(rows[:heads])}</thead><tbody>{"".join(rows[heads:])}</tbody></table>'


def show(table: Grid, caption: str) -> str:
    """A table in the way that suits it, under its caption."""
    title, across = paragraph("title", caption), range(table.width)
    if max(len(c.text) for c in table.cells) > 150:
        return title + cards(table)
    if table.width == 2 and table.heads < 2 and all(c.columns == 1 for c in table.cells):
        return box("piece", title + leaders(table.texts[: table.heads], table.texts[table.heads :]))
    if table.width == 3 and table.height > LONG and any(c.rows > 2 for c in table.cells):
        return title + grouped(table)
    if table.width > 4 and table.height < 4:
        table = turned(table)
        return box("piece", title + tinted(table, range(table.width), max(c.rows for c in table.rows[0])))
    if table.width > 4:
        return title + "".join(box("part", tinted(table, shown, table.heads)) for shown in pieces(table))
    if made := charts_of(table):
        charts, notes = made
        charts = [replace(c, title=": ".join(filter(None, [caption, c.title]))) for c in charts]
        return "".join(map(chart, charts, [()] * (len(charts) - 1) + [notes]))
    part = title + box("part", tinted(table, across, table.heads))
    return box("piece", part) if table.height < 16 else part


def block(story: Story, e: HtmlElement) -> str:
    if e.tag in HEADS:
        rank = min(story.ranks[e.tag], 2)
        return f"<h{rank + 1}>{escape(text_of(e))}</h{rank + 1}>"
    if e.tag == "ul":
        return "<ul>" + "".join(f"<li>{rich(li)}</li>" for li in e.iter("li")) + "</ul>"
    if e.tag == "svg":
        return chart(read_chart(e))
    if e.tag == "table":
        return show(grid(e), story.caption())
    keep, words = ' class="keep"' if text_of(e).endswith(":") else "", rich(e)
    if match := OWN.match(words):
        words = f'<span class="own">{match[1]}</span> {words[match.end() :]}'
    return f"<p{keep}>{words}</p>"


def print_pdf(body: HtmlElement, out: Path) -> None:
    from weasyprint import HTML  # noqa: PLC0415  (only this design needs it)

    story = Story(list(body))
    titled = any(e.tag == "h1" for e in story.front)
    large = [e.tag == "h1" or not titled for e in story.front]
    cover = "".join(paragraph("big" if big else "small", text_of(e)) for e, big in zip(story.front, large, strict=True))
    lines = list(accumulate((text_of(e) for e, big in zip(story.front, large, strict=True) if big), "{} {}".format))
    name = next((line for line in reversed(lines) if len(line) < 73), "")
    text = "".join(block(story, e) for e in story.rest())
    page = (
        f'<html lang="en-GB"><meta charset="utf-8"><style>{STYLE}</style><body><section class="cover">{cover}</section>'
        f"{box('name', escape(name))}<main>{text}</main></body></html>"
    )
    HTML(string=page).write_pdf(out)
