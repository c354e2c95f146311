"""A committee report as a form: one ruled frame, paragraph numbers or side headings at its left, tables turned or with upright heads, column charts."""

import re
from html import escape

from lxml import html
from parts import HEADS, Cell, Grid, cover, grid, number, read_chart, text_of

COLOURS = ["#4285f4", "#ea4335", "#fbbc04"]
WIDTH, HIGH = 470, 150
FRAME = """<table class="frame"><colgroup><col class="narrow"><col></colgroup><thead><tr><td colspan="2" class="run">Report to Members: complaints annual report</td></tr></thead><tbody></tbody></table>"""
ACROSS = '<table><tr><td colspan="2" class="full"></td></tr></table>'
ROW = '<table><tr><td class="left"></td><td class="right"></td></tr></table>'
NUMBER = re.compile(r"(\d+\.\d+)(?:\s+(?=\S)|$)")

make = html.fragment_fromstring


def label(category, mid, base, tilt, room):
    """The name below a column, aslant in several lines where it is too long; and how deep it reaches."""
    lines = [""]
    for word in category.split():
        if tilt and len(lines[-1]) + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    turn, anchor, down = (" rotate(-40)", "end", 12) if tilt else ("", "middle", 14)
    words = "".join(f'<text x="0" y="{11 * n}">{escape(line)}</text>' for n, line in enumerate(lines))
    place = f'transform="translate({mid:.1f},{base + down}){turn}" text-anchor="{anchor}"'
    deep = max(map(len, lines)) * 5.2 * 0.64 + 11 * len(lines) if tilt else 16
    return f'<g {place} font-size="10" fill="#222">{words}</g>', deep


def column(x, base, wide, tall, colour, printed):
    return (
        f'<rect x="{x:.1f}" y="{base - tall:.1f}" width="{wide * 0.92:.1f}" height="{tall:.1f}" fill="{colour}"/>'
        f'<text x="{x + wide * 0.46:.1f}" y="{base - tall - 3:.1f}" font-size="10" text-anchor="middle" fill="#222">'
        f"{printed}</text>"
    )


def draw(svg):
    """The bars of a chart as columns: legend above, values on top."""
    said = read_chart(svg)
    categories, series = said.categories, said.names if len(said.names) > 1 else []
    size = 13 if len(said.title) < 70 else 11
    out = [f'<text x="8" y="18" font-size="{size}" fill="#757575">{escape(said.title)}</text>']
    for y, (name, colour) in enumerate(zip(series, COLOURS, strict=False)):
        out.append(f'<circle cx="14" cy="{32 + 15 * y}" r="5" fill="{colour}"/>')
        out.append(f'<text x="24" y="{36 + 15 * y}" font-size="10" fill="#222">{escape(name)}</text>')
    base, few = 205 + 15 * len(series), len(categories) < 6
    left = 15 if max(map(len, categories)) < 13 else 60 if few else max(60, len(categories[0]) * 4.1 - 14)
    step = (WIDTH - left - 10) / len(categories)
    wide = min(34, step * 0.74 / len(said.names))
    tilt = any(len(category) * 5.4 > step for category in categories)
    out.append(f'<line x1="{left}" y1="{base}" x2="{WIDTH - 5}" y2="{base}" stroke="#333"/>')
    deepest = 16
    for place, category in enumerate(categories):
        mid = left + step * (place + 0.5)
        for n in range(len(said.names)):
            if (place, n) in said.values:
                printed = said.values[place, n]
                tall = HIGH * number(printed) / said.highest
                out.append(column(mid + wide * (n - len(said.names) / 2), base, wide, tall, COLOURS[n], printed))
        words, deep = label(category, mid, base, tilt, 22 if few else 40)
        out.append(words)
        deepest = max(deepest, deep)
    high = base + deepest + 12
    box = f'width="{WIDTH}" height="{high:.0f}" viewBox="0 0 {WIDTH} {high:.0f}"'
    return make(f'<svg xmlns="http://www.w3.org/2000/svg" {box} class="chart">{"".join(out)}</svg>')


def turned(found):
    """The table with its columns as rows."""
    cells = sorted((Cell(c.column, c.row, 1, 1, c.text, c.head) for c in found.cells), key=lambda c: (c.row, c.column))
    return Grid(cells, found.width, found.height)


def set_table(element):
    found = grid(element)
    heads = found.heads
    plain = heads == 1 and all(c.rows == c.columns == 1 for c in found.cells)
    upright = plain and found.width > 4 and max(len(c.text) for c in found.rows[0]) < 32
    turn = plain and found.width == 2 and found.height <= 8
    lines = []
    for row, cells in enumerate(turned(found).rows if turn else found.rows):
        line = ""
        for c in cells:
            head = row < heads
            tag = "th" if head or (c.column == 0 and len(c.text) < 60) else "td"
            figure = len(c.text) < 20 and re.match(r"[£\d–]", c.text)
            kind = "head" if head else "row" if tag == "th" else "num" if figure else ""
            words = f"<div>{escape(c.text)}</div>" if upright and head and c.column else escape(c.text)
            line += f'<{tag} class="{kind}" rowspan="{c.rows}" colspan="{c.columns}">{words}</{tag}>'
        lines.append(f"<tr>{line}</tr>")
    parts = f"<thead>{''.join(lines[:heads])}</thead><tbody>{''.join(lines[heads:])}</tbody>"
    return make(f'<table class="data{" upright" * upright}">{parts}</table>')


class Form:
    """The frame, to which rows are added: a left cell with a number or a heading and a right cell, or one cell across."""

    def __init__(self):
        self.frame = make(FRAME)
        self.cell = self.waiting = None

    def across(self, element):
        self.frame.find("tbody").append(make(ACROSS).find(".//tr"))
        self.frame.find("tbody")[-1][0].append(element)

    def row(self, left):
        self.frame.find("tbody").append(make(ROW).find(".//tr"))
        row = self.frame.find("tbody")[-1]
        if left is not None:
            row[0].append(left)
        self.cell = row[1]

    def release(self):
        """A heading that has waited for its text goes across."""
        if self.waiting is not None:
            self.across(self.waiting)
            self.waiting = None

    def heading(self, element, alone):
        self.release()
        self.cell = None
        if alone:
            self.across(element)
        else:
            self.waiting = element

    def add(self, element):
        match = NUMBER.match(text_of(element)) if element.tag == "p" else None
        if match:
            self.release()
            element.text = (element.text or "").lstrip().removeprefix(match[1]).lstrip()
            self.row(make(f"<b>{match[1]}</b>"))
        elif self.cell is None or self.waiting is not None:
            self.row(self.waiting)
            self.waiting = None
        drawn = {"svg": draw, "table": set_table}.get(element.tag)
        self.cell.append(drawn(element) if drawn else element)


def arrange(body):
    items = list(body)
    first = cover(items)
    numbered = sum(bool(re.match(r"\d+\.\d+ ", text_of(e))) for e in items if e.tag == "p") > 12
    front, form = make('<div class="front"></div>'), Form()
    front.extend(items[:first])
    for place, e in enumerate(items[first:], first):
        if e.tag in HEADS:
            after = items[place + 1].tag if place + 1 < len(items) else "h1"
            alone = e.tag == "h1" or numbered or after in HEADS or (e.tag == "h4" and after == "svg")
            form.heading(e, alone)
        else:
            form.add(e)
    form.release()
    for e in list(body):
        body.remove(e)
    body.extend([front, form.frame])
