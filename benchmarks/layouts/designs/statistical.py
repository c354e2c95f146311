"""A statistical bulletin in the manner of a national statistics office: main points, numbered figures and tables, contents at the side."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from pathlib import Path
from textwrap import shorten

from lxml.html import HtmlElement
from parts import (
    HEADS,
    PARAGRAPH,
    Cell,
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
FILLS = ["#206095", "#a8bd3a", "#003c57", "#27a0cc", "#871a5b", "#f66068"]
MAIN_POINTS = re.compile(r"(executive |/|^[\d. ]*)summary:?$|highlights|key points", re.I)
TOLD = re.compile(r"(?:table|chart|graph) below (?:provides|shows|records|captures) ([^.]{10,140})", re.I)
YEAR = re.compile(r"(?:19|20)\d\d ?[-–/] ?(?:20)?\d\d|(?:19|20)\d\d")
NUMBERED = re.compile(r"(\d+(?:\.\d+)?)\s+(?=\S)")
LABEL = re.compile(r"^(appendix \w+ [–-]|section \d+|[\d.]+) ", re.I)
"""The number of a heading, which a title below it goes without."""
DATED = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
WIDE = 500


# Charts


def wrap(text: str, room: float, size: float = 9) -> list[str]:
    """The lines of a label in so much room."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) * size * 0.54 <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def words(x: float, y: float, text: str, anchor: str = "middle", weight: str = "normal", size: float = 9) -> str:
    style = f'text-anchor="{anchor}" font-weight="{weight}" font-size="{size}" font-family="Open Sans" fill="#222"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'


def rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def rule(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}" stroke-width="0.8"/>'


def labels_below(said: Drawn, top: float) -> tuple[list[str], float]:
    """The names of the categories under their places, and where they end."""
    room = WIDE / len(said.rows)
    lines = [wrap(name, room - 8) for name in said.categories]
    drawn = [
        words((i + 0.5) * room, top + 14 + 11 * k, line)
        for i, label in enumerate(lines)
        for k, line in enumerate(label)
    ]
    return drawn, top + 14 + 11 * max(map(len, lines))


def line_chart(said: Drawn) -> tuple[list[str], float]:
    base, tall, room = 170.0, 140.0, WIDE / len(said.rows)
    points = [
        ((i + 0.5) * room, base - tall * number(v) / said.highest, v) for (i, _), v in sorted(said.values.items())
    ]
    drawn = [rule(0, base - tall * k / 4, WIDE, base - tall * k / 4, "#d9d9d9" if k else "#707071") for k in range(5)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    drawn.append(f'<polyline points="{path}" fill="none" stroke="{FILLS[0]}" stroke-width="2.5"/>')
    drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{FILLS[0]}"/>' for x, y, _ in points]
    drawn += [words(x, y - 8, value, weight="bold") for x, y, value in points]
    names, end = labels_below(said, base)
    return drawn + names, end


def column_chart(said: Drawn) -> tuple[list[str], float]:
    base, tall, room = 160.0, 140.0, WIDE / len(said.rows)
    wide = min(34.0, room * 0.8 / len(said.names))
    drawn = [rule(0, base - tall * k / 4, WIDE, base - tall * k / 4, "#d9d9d9") for k in range(1, 5)]
    for (i, j), value in said.values.items():
        x = (i + 0.5) * room + (j - len(said.names) / 2) * wide
        high = tall * number(value) / said.highest
        drawn += [
            rectangle(x, base - high, wide - 2, high, FILLS[j]),
            words(x + wide / 2 - 1, base - high - 4, value, size=8),
        ]
    names, end = labels_below(said, base)
    return [*drawn, rule(0, base, WIDE, base, "#707071"), *names], end


def bar_chart(said: Drawn) -> tuple[list[str], float]:
    left, thick, y, drawn = 200.0, 12.0, 4.0, []
    for i, name in enumerate(said.categories):
        shown = [(j, said.values[i, j]) for j in range(len(said.names)) if (i, j) in said.values]
        label = wrap(name, left - 10)
        tall = max(thick * len(shown), 11 * len(label))
        middle = y + tall / 2 - 5.5 * len(label) + 9
        drawn += [words(left - 8, middle + 11 * k, line, "end") for k, line in enumerate(label)]
        for k, (j, value) in enumerate(shown):
            long = (WIDE - left - 60) * number(value) / said.highest
            top = y + tall / 2 - thick * len(shown) / 2 + thick * k
            drawn += [
                rectangle(left, top, long, thick - 1.5, FILLS[j]),
                words(left + long + 5, top + 9, value, "start"),
            ]
        y += tall + 7
    return [*drawn, rule(left, 0, left, y, "#707071")], y


def key(said: Drawn) -> str:
    marks = (
        f'<span><i style="background:{fill}"></i>{escape(name)}</span> '
        for fill, name in zip(FILLS, said.names, strict=False)
        if name
    )
    return f'<p class="key">{"".join(marks)}</p>' if len(said.names) > 1 else ""


def draw(said: Drawn) -> str:
    longest = max(len(word) for name in said.categories for word in name.split())
    values = max(len(v) for v in said.values.values()) * 5 + 4
    fits = WIDE / len(said.rows) > max(longest * 5 + 8, len(said.names) * values)
    if said.dated and len(said.rows) > 3:
        drawn, height = line_chart(said)
    else:
        drawn, height = column_chart(said) if fits and len(said.rows) < 8 else bar_chart(said)
    return f'{key(said)}<svg viewBox="0 0 {WIDE} {height + 4:.0f}" width="{WIDE}" height="{height + 4:.0f}">{"".join(drawn)}</svg>'


# Tables


def table_cell(cell: Cell, head: bool, right: set[int]) -> str:
    figure = cell.column in right and (head or is_figure(cell.text))
    tag, kind = ("th" if head else "td"), "figure" if figure else "text"
    spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    return f'<{tag} class="{kind}"{spans}>{escape(cell.text)}</{tag}>'


def unmerged(table: Grid) -> Grid:
    """A long table with the name of its row group in every row, as it goes over pages."""
    if table.height < 15 or not any(c.rows > 1 for c in table.cells):
        return table
    cells, name = [], ""
    for c in table.cells:
        name = c.text or name if c.column == 0 else name
        cells += [replace(c, row=c.row + i, rows=1, text=c.text if c.column else name) for i in range(c.rows)]
    return Grid(sorted(cells, key=lambda c: (c.row, c.column)), table.height, table.width)


def table_html(given: Grid) -> str:
    table = unmerged(given)
    heads = table.heads
    below = [[row[x] for row in table.texts[heads:]] for x in range(table.width)]
    right = {x for x, column in enumerate(below) if x and sum(map(is_figure, column)) > len(column) / 2}
    lines = []
    for y, row in enumerate(table.rows):
        total = any(is_total(c.text) for c in row[:2]) and y >= heads
        cells = "".join(table_cell(c, y < heads, right) for c in row)
        lines.append(f'<tr class="{"total" if total else ""}">{cells}</tr>')
    kind = "prose" if table.width == 2 and not right else "figures"
    return (
        f'<table class="{kind}"><thead>{"".join(lines[:heads])}</thead><tbody>{"".join(lines[heads:])}</tbody></table>'
    )


# The bulletin


class Bulletin:
    """The parts of a report as HTML, in order, with what counts and names its figures and tables."""

    def __init__(self, items: list[HtmlElement]) -> None:
        first = cover(items)
        while DATED.match(text_of(items[first])) and items[first + 1].tag in HEADS:
            first += 1
        self.front, self.items = items[:first], items[first:]
        heads = [text_of(e) for e in self.items if e.tag in HEADS]
        self.level = min((e.tag for e in self.items if e.tag in HEADS[:3]), default="h2")
        self.counts = not any(re.match(r"\d|section \d", head, re.I) for head in heads)
        self.own = any(e.tag == "h4" and re.match(r"(chart|figure|table) \d", text_of(e), re.I) for e in self.items)
        self.section, self.sections, self.tally = "", [], {"Figure": 0, "Table": 0, "Section": 0}
        self.claimed = {id(e) for item in self.items if item.tag in ("table", "svg") for e in self.company(item)}
        self.main = self.main_heading()
        own = self.index()
        self.claimed |= {id(e) for e in (own, own.getprevious())} if own is not None else set()

    def company(self, item: HtmlElement) -> list[HtmlElement]:
        """The title and the note that stand by a table or chart as elements of their own."""
        before, after = item.getprevious(), item.getnext()
        found = [before] if before is not None and before.tag == "h4" and item.tag == "svg" else []
        if item.tag == "table" and is_caption(after) and not PARAGRAPH.match(text_of(after)):
            found.append(after)
            after = after.getnext()
        note = (
            after is not None
            and after.tag == "p"
            and re.match(r"\d\s+(data|percentages|commentary)\b", text_of(after), re.I)
        )
        return [*found, after] if note else found

    def main_heading(self) -> HtmlElement | None:
        """The heading of the main points: of those that say so, the one with most in its list."""
        found = [e for e in self.items if e.tag in HEADS and MAIN_POINTS.search(text_of(e))]
        return max(found, key=lambda e: len(self.below(e)[-1].findall("li")) if self.below(e) else 0, default=None)

    def below(self, heading: HtmlElement) -> list[HtmlElement]:
        """What stands under a heading up to the next one, with its list last."""
        place = self.items.index(heading) + 1
        rest = self.items[place:]
        end = next((i for i, e in enumerate(rest) if e.tag in HEADS[:3]), len(rest))
        return sorted(rest[:end], key=lambda e: e.tag == "ul")

    def title(self, item: HtmlElement, kind: str) -> str:
        """The numbered title of a figure or table, from what the report says of it."""
        company, before = self.company(item), item.getprevious()
        if company and company[0].tag in ("h4", "p") and not re.match(r"\d\s", text_of(company[0])):
            name = text_of(company[0])
        elif before is not None and before.tag in HEADS:
            name = text_of(before)
        else:
            told = TOLD.search(text_of(before)) if before is not None else None
            name = told[1][0].upper() + told[1][1:] if told else self.section
        if re.match(r"(chart|figure|table) \d", name, re.I):
            return name
        self.tally[kind] += 1
        return f"{kind} {self.tally[kind]}: {LABEL.sub('', name)}"

    def notes(self, item: HtmlElement, more: list[str]) -> str:
        notes = [escape(n) for n in more] + [rich(e) for e in self.company(item) if re.match(r"\d\s", text_of(e))]
        return f'<p class="notes"><b>Notes</b><br/>{"<br/>".join(notes)}</p>' if notes else ""

    def figure(self, item: HtmlElement) -> str:
        """A chart, or a table as charts where it makes any worth it, otherwise as a table."""
        if item.tag == "svg":
            charts, more = [read_chart(item)], []
        else:
            table = grid(item)
            charts, more = charts_of(table) or ([], [])
            if self.own or not charts or len(charts[0].rows) < 5:
                title = escape(self.title(item, "Table"))
                split = "table " if table.height > 14 or max(len(c.text) for c in table.cells) > 120 else ""
                return f'<div class="shown {split}"><h5>{title}</h5>{table_html(table)}{self.notes(item, [])}</div>'
        title = escape(self.title(item, "Figure"))
        parts = "".join(f'<div class="whole"><h6>{escape(self.subtitle(c))}</h6>{draw(c)}</div>' for c in charts)
        return f'<div class="shown"><h5>{title}</h5>{parts}{self.notes(item, more)}</div>'

    def subtitle(self, said: Drawn) -> str:
        """What a chart shows, where, and when, as far as the report says it."""
        years = [m[0] for text in said.categories + said.names for m in YEAR.finditer(text)]
        period = f"{years[0]} to {years[-1]}" if len(set(years)) > 1 else ""
        return ", ".join(filter(None, [said.title, self.place, period]))

    @property
    def place(self) -> str:
        heads = [text_of(e) for e in self.front[:2] if e.tag in ("h1", "h2")]
        for i, head in enumerate(heads):
            if re.search(r"(council|trust)$", head, re.I):
                return " ".join(heads[: i + 1])
        return ""

    def heading(self, item: HtmlElement) -> str:
        text = text_of(item)
        if text.startswith("("):
            return f'<p class="by">{escape(text)}</p>'
        if item.tag == "h4" or (item.tag > self.level and item.tag != "h2"):
            return f"<h4>{escape(text)}</h4>"
        self.section = text
        self.tally["Section"] += 1
        given = NUMBERED.match(text)
        mark = given[1] if given else f"{self.tally['Section']}." if self.counts else ""
        name = escape(text[given.end() :] if given else text)
        link = f"s{self.tally['Section']}"
        minor = item.tag > self.level
        self.sections.append((link, f"{mark} {name}".strip(), minor))
        return f'<{"h3" if minor else "h2"} id="{link}"><span class="mark">{mark}</span>{" " * bool(mark)}{name}</{"h3" if minor else "h2"}>'

    def index(self) -> HtmlElement | None:
        """The table that is the report's own table of contents."""
        tables = (e for e in self.items if e.tag == "table")
        return next((t for t in tables if text_of(next(t.iter("tr"))[-1]).lower() == "page"), None)

    def contents(self) -> str:
        """The panel at the side: the report's own table of contents, or else its headings."""
        own = self.index()
        if own is not None:
            return table_html(grid(own))
        many = len(self.sections) > 30
        entries = (
            f'<li class="{"minor" if minor else ""}"><a href="#{link}">{name}</a></li>'
            for link, name, minor in self.sections
            if not (many and minor) or name[0].isdigit()
        )
        return f"<ol>{''.join(entries)}</ol>"

    def block(self, item: HtmlElement) -> str:
        if item.tag in HEADS:
            return self.heading(item)
        if item.tag in ("table", "svg"):
            return self.figure(item)
        if item.tag == "ul":
            return f"<ul>{''.join(f'<li>{rich(li)}</li>' for li in item.iter('li'))}</ul>"
        given = PARAGRAPH.match(item.text or "") or re.fullmatch(r"(\d+\.\d+)", text_of(item))
        if not given:
            return f"<p>{rich(item)}</p>"
        return f'<p class="numbered"><span class="para">{given[1]}</span> {rich(item)[given.end() :]}</p>'

    def flow(self) -> str:
        parts, points = [], [] if self.main is None else [self.main, *self.below(self.main)]
        for item in self.items:
            if id(item) in self.claimed:
                continue
            opened = '<section class="main"><p class="label">Main points</p>' if item is self.main else ""
            last = points and item is max(points, key=self.items.index)
            parts.append(opened + self.block(item) + "</section>" * bool(last))
        return "".join(parts)

    def page(self) -> str:
        flow = self.flow()
        heads = "".join(
            f"<{'h1' if e.tag in HEADS[:3] else 'p'}>{rich(e)}</{'h1' if e.tag in HEADS[:3] else 'p'}>"
            for e in self.front
        )
        own = self.index()
        label = "Table of contents" if own is None else rich(own.getprevious())
        chief = [e for e in self.front if e.tag == "h1"] or self.front
        run = escape(shorten(" ".join(map(text_of, chief)), 122, placeholder=""))
        return (
            f'<body><p class="run">{run}</p><header><p class="label">Statistical bulletin</p>{heads}</header>'
            f'<nav><p class="label">{label}</p>{self.contents()}</nav><main>{flow}</main></body>'
        )


def print_pdf(body: HtmlElement, out: Path) -> None:
    from weasyprint import CSS, HTML  # noqa: PLC0415  (only this design needs it)

    style = CSS(filename=str(Path(__file__).with_suffix(".css")))
    HTML(string=Bulletin(list(body)).page()).write_pdf(str(out), stylesheets=[style])
