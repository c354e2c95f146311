"""A landscape A4 leaflet in three columns: banded sections, bars with the value in them, call-out numbers, cards for wide tables."""

from __future__ import annotations

import re
from html import escape

from lxml import html
from lxml.html import HtmlElement
from parts import (
    HEADS,
    PARAGRAPH,
    Drawn,
    Grid,
    charts_of,
    grid,
    is_figure,
    is_total,
    number,
    read_chart,
    rich,
    text_of,
)
from story import caption_of, front

WIDTH = 80.0
"""Millimetres within a column."""
LETTER = 1.45
"""Millimetres that a letter in a table takes, about."""
SHAPES = (
    '<svg viewBox="0 0 87 186"><circle cx="76" cy="8" r="46" fill="#f2a541"/><circle cx="14" cy="52" r="25" fill="#e4573d"/>'
    '<circle cx="70" cy="206" r="60" fill="#1f7a8c"/></svg>'
)
CALL = re.compile(
    r"(?:^|(?<=[a-z] )|(?<=[a-z], ))(£?\d+(?:,\d{3})*(?:\.\d+)?%?)((?: [^\s.,;:()–-]+){3,13})(?=[.,;:]?(?:\s|$))"
)
"""A figure and the words that follow it, for a call-out."""
COUNTED = re.compile(
    r" (?!(?:working|hours?|days?|and|to|or|at|in|compared|during|with|by|on|for|as|from|than|received|were|was|is|are|which|the)\b)[a-z]"
)
"""How words begin that say what a number counts."""
LEGAL = re.compile(r"\b(sections?|and|per|regulations?|part|rule|stages?|aged?|least|under|over|to)\s$", re.I)
"""Words after which a number counts nothing that stands alone."""
CLOSED = re.compile(r"$|[.,;:]| ?[(–]")
"""What stands after words that are whole."""


def stands_alone(match: re.Match[str]) -> bool:
    """Whether a figure and the words after it say something without the rest of their text."""
    value, words, text = match[1], match[2], match.string
    if not COUNTED.match(words) or not CLOSED.match(text, match.end()) or re.fullmatch(r"(19|20)\d\d|\d", value):
        return False
    return "%" in value or "£" in value or not (words.startswith(" of ") or LEGAL.search(text[: match.start()]))


def callout(text: str) -> str:
    """A figure of a text, large, with the words after it; empty where there is none that stands alone."""
    found = sorted(filter(stands_alone, CALL.finditer(text)), key=lambda match: "%" not in match[1])
    return "".join(f'<div class="call"><b>{m[1]}</b><span>{escape(m[2].strip())}</span></div>' for m in found[:1])


def bar(value: str, share: float, colour: int) -> str:
    """A bar with its value in it, or beside it where it is too short."""
    inside = share * WIDTH * 0.8 > 2.2 * len(value) + 3
    drawn = f'<i class="c{colour}" style="width:{share * 84:.1f}%">{value if inside else ""}</i>'
    return f'<div class="bar">{drawn}{"" if inside else f"<b>{value}</b>"}</div>'


def columns(said: Drawn) -> str:
    """Upright columns for years, the value at the head of each."""
    bars = ""
    for (place, _), value in said.values.items():
        high = number(value) / said.highest * 32 + 5
        bars += f'<div><i style="height:{high:.1f}mm">{value}</i><span>{escape(said.categories[place])}</span></div>'
    return f'<div class="columns">{bars}</div>'


def chart(said: Drawn, notes: list[str]) -> str:
    """A chart within the column, with notes as strips below it."""
    title = f'<p class="title">{escape(said.title)}</p>' if said.title else ""
    if len(said.names) > 1 or not said.title.endswith(said.names[0]):
        keys = "".join(f'<span><i class="c{j}"></i>{escape(name)}</span>' for j, name in enumerate(said.names))
        title += f'<div class="legend">{keys}</div>'
    rows = ""
    for name, values in said.rows:
        bars = (bar(values[k], number(values[k]) / said.highest, j) for j, k in enumerate(said.series) if k in values)
        rows += f'<div class="cat"><span>{escape(name)}</span>{"".join(bars)}</div>'
    strips = "".join(f'<p class="strip">{escape(n)}</p>' for n in notes)
    return f'<div class="chart">{title}{columns(said) if said.dated else rows}{strips}</div>'


def fits(said: Grid) -> bool:
    """Whether a table can stand in a column."""
    longest = [
        max(len(w) for text in column for w in re.split(r"[ /-]", text)) for column in zip(*said.texts, strict=True)
    ]
    return sum(n * LETTER + 2.4 for n in longest) <= WIDTH


def row(said: Grid, place: int, skip: int = 0) -> str:
    """A row of a table, empty to a column."""
    tag, cells = "th" if place < said.heads else "td", "<td></td>" * skip
    for c in said.rows[place]:
        if c.column >= skip:
            look = "n" if is_figure(c.text) and c.column else ""
            cells += f'<{tag} class="{look}" rowspan="{c.rows}" colspan="{c.columns}">{escape(c.text)}</{tag}>'
    first = next((c.text for c in said.rows[place] if c.text), "")
    return f"<tr{' class=sum' if is_total(first) else ''}>{cells}</tr>"


def head(said: Grid) -> str:
    return "".join(row(said, place) for place in range(said.heads))


def table(said: Grid) -> str:
    rows = "".join(row(said, place) for place in range(said.heads, said.height))
    even = "text" if said.width == 2 and max(len(t[1]) for t in said.texts) > 90 else ""
    return f'<table class="{even}"><thead>{head(said)}</thead><tbody>{rows}</tbody></table>'


def grouped(said: Grid) -> str:
    """A long table with merged cells at the left: one small table for each, with the head again."""
    groups: list[tuple[str, str]] = []
    for place in range(said.heads, said.height):
        cell = said.places[place, 0]
        if cell.row == place and (cell.text or not groups):
            groups.append((cell.text, ""))
        name, rows = groups[-1]
        groups[-1] = name, rows + row(said, place, 1)
    return "".join(
        f'<table><thead>{head(said)}<tr class="group"><td colspan="{said.width}">{escape(name)}</td></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        for name, rows in groups
    )


def cards(said: Grid) -> str:
    """A table too wide for the column: a card for each row, each figure above its column's name."""
    corner, *names = (
        " ".join(dict.fromkeys(filter(None, column))) for column in zip(*said.texts[: said.heads], strict=True)
    )
    label, across = f"<em>{escape(corner)}</em>" if corner else "", 2 if said.width == 5 else 3
    made = ""
    for title, *figures in said.texts[said.heads :]:
        values = "".join(
            f"<div><b>{escape(figure) or '&nbsp;'}</b><span>{escape(name)}</span></div>"
            for name, figure in zip(names, figures, strict=True)
        )
        made += f'<div class="card"><p>{label}{escape(title)}</p><div class="of{across}">{values}</div></div>'
    return made


def show_table(said: Grid) -> str:
    if made := charts_of(said):
        charts, notes = made
        return "".join(chart(c, notes if c is charts[-1] else []) for c in charts)
    merged = any(c.rows > 1 for c in said.cells)
    if said.height > 20 and any(c.rows > 1 and c.column == 0 for c in said.cells):
        return grouped(said)
    return table(said) if merged or not said.heads or fits(said) else cards(said)


def block(element: HtmlElement, caption: bool) -> str:
    """An element of the text."""
    match element.tag:
        case "table":
            return show_table(grid(element))
        case "svg":
            return chart(read_chart(element), [])
        case "ul" | "ol":
            return "<ul>" + "".join(f"<li>{rich(li)}</li>" for li in element) + "</ul>"
        case "p":
            kind = "caption" if caption else "quote" if text_of(element)[:1] in '“"‘' else ""
            words = rich(element)
            if match := PARAGRAPH.match(words):
                words = f"<b>{match[1]}</b> {words[match.end() :]}"
            return f'<p class="{kind}">{words}</p>'
    return f"<{element.tag}>{rich(element)}</{element.tag}>"


def section(items: list[HtmlElement], tint: int) -> str:
    """A heading and what is under it, with a call-out at the first figure that stands alone."""
    made, called = "", sum(len(text_of(e)) for e in items) < 500
    for before, e in zip([None, *items], items, strict=False):
        made += block(e, before is not None and before.tag == "table" and bool(caption_of(e)))
        texts = [e] if e.tag == "p" else e if e.tag == "ul" else []
        found = "" if called else next(filter(None, map(callout, map(text_of, texts))), "")
        made, called = made + found, called or bool(found)
    return f'<section class="t{tint}">{made}</section>'


def arrange(body: HtmlElement) -> None:
    items = list(body)
    first = front(items)
    titles, sections = items[:first], list[list[HtmlElement]]()
    for e in items[first:]:
        if e.tag in HEADS[:3] or not sections:
            sections.append([])
        sections[-1].append(e)
    lines = "".join(f'<p class="{e.tag}">{escape(text_of(e))}</p>' for e in titles)
    made = "".join(section(s, k % 3) for k, s in enumerate(sections))
    name = max([text_of(e) for e in titles if e.tag == "h1"] or map(text_of, titles), key=len, default="")
    foot = f'<style>@page {{ @bottom-left {{ content: "{name.replace(chr(34), "”")}" }} }}</style>'
    for e in items:
        body.remove(e)
    body.extend(html.fragments_fromstring(f'{foot}<main><div class="front">{SHAPES}{lines}</div>{made}</main>'))
