"""An accessible council PDF: one column of large sans, tagged, charts as lists of values, tables small and plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from lxml.html import HtmlElement
from parts import HEADS, PARAGRAPH, Grid, cover, grid, is_caption, is_figure, read_chart, rich, text_of

NEEDS = "weasyprint"
STYLE = Path(__file__).with_suffix(".css")
NUMBERED = re.compile(r"((section|appendix) [\da-z]+|\d+(\.\d+)*\.?)(?=\s)[\s–-]*", re.I)
"""The number of a heading, before its words."""
WIDEST = 4
"""More columns than that make several tables."""


def _row(cells: list[str], tag: str = "td", first: str = "") -> str:
    names = [first or tag, *[tag] * (len(cells) - 1)]
    shown = (
        f"<{name}{' class=figure' if is_figure(text) or (tag == 'th' and place) else ''}>{escape(text)}</{name}>"
        for place, (name, text) in enumerate(zip(names, cells, strict=True))
    )
    return f"<tr>{''.join(shown)}</tr>"


def _small(heads: list[list[str]], rows: list[list[str]], over: str = "") -> str:
    """A plain table, below a row that names all of it."""
    width = len(rows[0])
    plain = any(len(text) > 90 for row in rows for text in row)
    top = f"<tr><th colspan={width} class=over>{escape(over)}</th></tr>" if over else ""
    top += "".join(_row(head, "th") for head in heads)
    lines = "".join(_row(row, first="" if plain else "th") for row in rows)
    kind = ("words" if plain else "figures") + " whole" * (len(rows) < 10)
    wide = f"<col style='width: {100 - 18 * (width - 1)}%'>" if all(map(is_figure, rows[0][1:])) else ""
    return f"<table class='{kind}'>{wide}<thead>{top}</thead><tbody>{lines}</tbody></table>"


def _as_it_is(table: Grid) -> str:
    """A table whose heads name no columns, with its merged cells."""
    lines = "".join(
        "<tr>" + "".join(f"<td rowspan={c.rows} colspan={c.columns}>{escape(c.text)}</td>" for c in row) + "</tr>"
        for row in table.rows
    )
    return f"<table class=figures><tbody>{lines}</tbody></table>"


def _by_group(table: Grid) -> Iterator[str]:
    """A table for each merged cell of the first column; an empty one goes on with what is above."""
    texts, places, heads = table.texts, table.places, table.heads
    name = "" if places[0, 0].columns > 1 else texts[0][0]
    last, groups = "", []
    for y in range(heads, table.height):
        spans = places[y, 0].columns > 1
        last = "" if spans else texts[y][0] or last
        groups.append((last, texts[y][1:]))
    for group, rows in groupby(groups, lambda pair: pair[0]):
        over = f"{name}: {group}" if name and group else group
        yield _small([row[1:] for row in texts[:heads]], [row for _, row in rows], over)


def _by_columns(table: Grid) -> Iterator[str]:
    """A wide table in parts, each with the first column; where heads span columns, a part for each of them."""
    texts, heads = table.texts, table.heads
    if heads > 1:
        for over, columns in groupby(range(1, table.width), lambda x: texts[0][x]):
            part = list(columns)
            corner = " ".join(dict.fromkeys(texts[y][0] for y in range(heads))).strip()
            names = [[corner, *(texts[y][x] for x in part)] for y in range(1, heads)]
            yield _small(names, [[row[0], *(row[x] for x in part)] for row in texts[heads:]], over)
        return
    count = -(-(table.width - 1) // (WIDEST - 2))
    size = -(-(table.width - 1) // count)
    for start in range(1, table.width, size):
        part = [0, *range(start, min(start + size, table.width))]
        rows = [[row[x] for x in part] for row in texts]
        yield _small(rows[:heads], rows[heads:])


def _table(table: Grid) -> str:
    texts, heads = table.texts, table.heads
    if not heads:
        return "".join(
            f"<p class=lead>{escape(lead)}</p><p>{'</p><p>'.join(map(escape, said))}</p>" for lead, *said in texts
        )
    if len(set(filter(None, texts[0]))) == 1 and heads == 1:
        return _as_it_is(table)
    body = [c for c in table.cells if c.row >= heads]
    if any(c.rows > 1 and c.column == 0 for c in body):
        return "".join(_by_group(table))
    if table.width > WIDEST:
        return "".join(_by_columns(table))
    if any(c.columns > 1 for c in body):
        return _spanning(table)
    return _small(texts[:heads], texts[heads:])


def _spanning(table: Grid) -> str:
    """A plain table; what stands in a merged cell goes below it, as a line."""
    texts, places = table.texts, table.places
    merged = [y for y in range(table.heads, table.height) if any(places[y, x].columns > 1 for x in range(table.width))]
    rows = [texts[y] for y in range(table.heads, table.height) if y not in merged]
    lines = (": ".join(dict.fromkeys(texts[y])) for y in merged)
    return _small(texts[: table.heads], rows) + "".join(f"<p class=below>{escape(line)}</p>" for line in lines)


def _chart(svg: HtmlElement) -> str:
    """The title of a chart and its values in words: years in one line, else a list."""
    said = read_chart(svg)
    title = f"<p class=chart>{escape(said.title)}</p>"
    several = len(said.names) > 1
    lines = [
        f"{said.names[j]} – {said.categories[i]}: {value}" if several else f"{said.categories[i]}: {value}"
        for (i, j), value in sorted(said.values.items(), key=lambda pair: (pair[0][1], pair[0][0]))
    ]
    if said.dated:
        return f"{title}<p>{escape('; '.join(lines))}.</p>"
    return f"{title}<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


class _Numbers:
    """Numbers for the headings of a report that does not number them."""

    def __init__(self, items: list[HtmlElement]) -> None:
        heads = [text_of(e) for e in items if e.tag in HEADS]
        self.own = any(NUMBERED.match(text) for text in heads)
        self.paragraphs = any(e.tag == "p" and PARAGRAPH.match(text_of(e)) for e in items)
        self.top, self.sub, self.tag = 0, 0, "h9"

    def of(self, text: str, tag: str, main: bool) -> tuple[str, int]:
        """What to print before a heading, and its level."""
        numbered = NUMBERED.match(text)
        if numbered and (not self.own or not self.paragraphs or main):
            plain = re.match(r"\d+", text)
            self.top, self.sub, self.tag = int(plain[0]) if plain else 0, 0, tag
            return "", 2
        if self.own:
            if not main or self.paragraphs or not self.top:
                return "", 2 if main and self.paragraphs and tag <= self.tag else 3
            self.sub += 1
            return f"{self.top}.{self.sub} ", 3
        if not main or text.lower().startswith("appendix"):
            return "", 2 if main else 3
        self.top += 1
        return f"{self.top}. ", 2


def _caption(number: int, title: str) -> str:
    return f"<p class=caption>Table {number}{': ' if title else ''}{escape(title)}</p>"


def _parts(items: list[HtmlElement]) -> Iterator[str]:
    numbers = _Numbers(items)
    levels = sorted({e.tag for e in items if e.tag in HEADS})
    count, heading, taken = 0, "", None
    for place, e in enumerate(items):
        after = items[place + 1] if place + 1 < len(items) else None
        text = text_of(e)
        if e is taken:
            continue
        if e.tag in HEADS:
            before, level = numbers.of(text, e.tag, e.tag in levels[: max(1, len(levels) - 1)])
            heading = text[match.end() :] if (match := NUMBERED.match(text)) else text
            yield f"<h{level}>{before}{escape(text)}</h{level}>"
        elif e.tag == "svg":
            yield _chart(e)
        elif e.tag == "table":
            count += 1
            named = is_caption(after) and not PARAGRAPH.match(text_of(after))
            taken = after if named else None
            yield _caption(count, text_of(after) if named else heading) + _table(grid(e))
            heading = ""
        elif e.tag in ("ul", "ol"):
            yield f"<{e.tag}>{''.join(f'<li>{rich(li)}</li>' for li in e)}</{e.tag}>"
        else:
            yield f"<p>{rich(e)}</p>"


def _page(body: HtmlElement) -> str:
    items = list(body)
    first = cover(items)
    titles = [text_of(e) for e in items[:first]]
    main = next((text_of(e) for e in items[:first] if e.tag == "h1"), titles[0])
    front = "".join(
        f"<h1>{rich(e)}</h1>" if text_of(e) == main else f"<p class=front>{rich(e)}</p>" for e in items[:first]
    )
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(" ".join(titles[:2]))}</title></head>'
        f"<body><header>{front}</header>{''.join(_parts(items[first:]))}</body></html>"
    )


def print_pdf(body: HtmlElement, out: Path) -> None:
    """Print a report."""
    from weasyprint import HTML  # noqa: PLC0415  (an extra package)

    HTML(string=_page(body)).write_pdf(out, stylesheets=[STYLE], pdf_variant="pdf/ua-1")
