"""A research report typeset in Computer Modern: headings in a wide left margin, hung paragraph numbers, small capitals, booktabs rules, dot plots with leaders."""

import re
from pathlib import Path

from parts import HEADS, PARAGRAPH, grid, is_figure, is_total, number, quoted, read_chart, text_of

NEEDS = "typst"
MARKS = ["●", "○", "■", "□"]
PREAMBLE = Path(__file__).with_suffix(".typ").read_text(encoding="utf-8")
MARGIN = "3.9cm"


def inline(element):
    """The text of an element, what is bold in it strong."""
    pieces = [quoted(re.sub(r"\s+", " ", element.text or ""))]
    for e in element:
        pieces.append(f"strong({quoted(text_of(e))})" if e.tag in ("b", "strong") else quoted(text_of(e)))
        pieces.append(quoted(re.sub(r"\s+", " ", e.tail or "")))
    return " + ".join(piece for piece in pieces if piece != '""') or '""'


def paragraph(element):
    words, match = inline(element), PARAGRAPH.match(text_of(element))
    if match and words.startswith(f'"{match[1]} '):
        return f"#num({quoted(match[1])}, {words.replace(match[1] + ' ', '', 1)})"
    return f"#({words})"


def sized(table):
    """The width of every column, as a share."""

    def wanted(cell):
        longest = max(map(len, re.split(r"[\s-]", cell.text)))
        return min(len(cell.text) if cell.row >= table.heads else 1.25 * longest, 45)

    return [
        max([6, *(wanted(c) for c in table.cells if c.column == column and c.columns == 1)]) + (2 if column else 0)
        for column in range(table.width)
    ]


class Booktabs:
    """A table without upright rules; rows grouped by merged cells at their left stand under a subhead each."""

    def __init__(self, table):
        self.table, self.heads = table, table.heads
        body = [c for c in table.cells if c.row >= self.heads]
        self.grouped = any(c.column == 0 and c.rows > 1 for c in body)
        self.first = int(self.grouped)
        figures = [
            all(is_figure(c.text) for c in body if c.column == column and c.columns == 1)
            for column in range(table.width)
        ]
        self.sides = ["right" if column and figures[column] else "left" for column in range(self.first, table.width)]
        self.long = max((len(c.text) for c in body), default=0) > 60

    def side(self, cell):
        return self.sides[max(cell.column - self.first, 0)]

    def head(self):
        """The head rows, with rules below the heads of several columns."""
        out = []
        for row, cells in enumerate(self.table.rows[: self.heads]):
            corner = cells[0]
            joined = self.grouped and len(cells) > 1 and corner.columns == 1 and cells[1].column == 1 and cells[1].text
            for place, c in enumerate(cells):
                words, span = c.text, c.columns - (self.grouped and c.column == 0 and c.columns > 1)
                if self.grouped and place == 0 and c.columns == 1 and c.column == 0:
                    continue
                if joined and place == 1:
                    words = f"{corner.text}\n    {c.text}"
                side = "center" if span > 1 else self.sides[0] if joined and place == 1 else self.side(c)
                out.append(f"table.cell(colspan: {span}, align: {side} + bottom, head({quoted(words)}))")
            for c in cells if row < self.heads - 1 else []:
                if c.columns > 1:
                    start = c.column - self.first
                    out.append(f"table.hline(start: {start}, end: {start + c.columns}, stroke: 0.3pt)")
        return [f"table.header({', '.join(out)}, table.hline(stroke: 0.5pt))"] if out else []

    def row(self, cells):
        out, inner = [], self.grouped and (cells[0].column > 0 or cells[0].columns == 1)
        if inner and cells[0].column == 0:
            words = f"emph({quoted(cells[0].text)})"
            if cells[0].text:
                out.append(f"table.cell(colspan: {self.table.width - 1}, inset: (top: 0.7em), {words})")
            cells = cells[1:]
        if is_total(cells[0].text):
            out.append(f"table.hline(stroke: {'0.3pt' if inner else '0.5pt'})")
        for place, c in enumerate(cells):
            span = max(c.columns - (self.grouped and c.column == 0), 1)
            pad = ", inset: (left: 1.2em)" if inner and place == 0 else ""
            side = "right" if c.columns > 1 and c.column else self.side(c)
            out.append(f"table.cell(colspan: {span}, align: {side}{pad}, {quoted(c.text)})")
        return out

    def __str__(self):
        cells = ["table.hline(stroke: 0.9pt)", *self.head()]
        for row in self.table.rows[self.heads :]:
            cells += self.row(row)
        cells.append("table.hline(stroke: 0.9pt)")
        columns = ", ".join(f"{share:.1f}fr" for share in sized(self.table)[self.first :])
        look = f"set text(size: 9pt, hyphenate: {'true' if self.long else 'false'}); set par(justify: false, leading: 0.5em)"
        table = f"table(columns: ({columns},), stroke: none, inset: (x: 0.45em, y: 0.32em), {', '.join(cells)})"
        wide = self.table.width > 4 or (self.long and self.table.width > 1)
        placed = f"pad(left: -{MARGIN}, {{ {look}; {table} }})" if wide else f"{{ {look}; {table} }}"
        return f"#block(above: 1em, below: 1.3em, width: 100%, {placed})"


def plot(svg):
    """A dot plot of a chart."""
    said = read_chart(svg)
    marks = dict(zip(said.series, MARKS, strict=False))
    rows = ""
    for category, values in said.rows:
        points = "".join(
            f"({quoted(printed)}, {number(printed)}, {quoted(marks[key])}), " for key, printed in values.items()
        )
        rows += f"({quoted(category)}, ({points})), "
    keys = "".join(f"({quoted(name)}, {quoted(marks[key])}), " for key, name in said.series.items() if name)
    return f"#dots({quoted(said.title)}, ({rows}), {max(said.highest, 1)}, ({keys}))"


def title(words, size):
    return f"#align(center, block(below: 0.7em, full(align(center, text(size: {size}pt, {quoted(words)})))))"


def alone(words, above, below, look):
    """A heading over the whole width."""
    return (
        f"#block(sticky: true, above: {above}em, below: {below}em, "
        f"full({{ set par(justify: false); {look.replace('WORDS', quoted(words))} }}))"
    )


def heading(element, after):
    """A heading, with the paragraph after it where that stands beside it; and whether it does."""
    words, joined = text_of(element), after is not None and after.tag == "p"
    if element.tag == "h1":
        return alone(words, 2, 1, "text(size: 14pt, smallcaps(WORDS))"), False
    if element.tag in ("h2", "h3"):
        if joined:
            return f"#sec({quoted(words)}, [{paragraph(after)}])", True
        return alone(words, 1.6, 0.8, 'text(weight: "bold", size: 10.5pt, WORDS)'), False
    if words.startswith("("):
        return f"#align(right, emph({quoted(words)}))", False
    if joined and PARAGRAPH.match(text_of(after)):
        return f"#cap(strong({quoted(words)}))\n\n{paragraph(after)}", True
    if joined:
        return f"#(strong(emph({quoted(words)})) + h(1em))#[{paragraph(after)}]", True
    return f"#cap({quoted(words)})", False


def block(element):
    """Any element that is no heading."""
    match element.tag:
        case "ul" | "ol":
            return "#list(" + ", ".join(inline(item) for item in element if item.tag == "li") + ")"
        case "table":
            return str(Booktabs(grid(element)))
        case "svg":
            return plot(element)
    return paragraph(element)


def on_cover(items, place):
    """Whether a heading at the front belongs to the title: none before the text begins."""
    after = items[place + 1].tag if place + 1 < len(items) else ""
    return place < 10 and items[place].tag != "h4" and not (place > 1 and after in ("p", "ul", "table"))


def typeset(items):
    running = " · ".join(dict.fromkeys(text_of(e) for e in items[:12] if e.tag == "h1"))[:64] or text_of(items[0])
    parts, front, at = [f"#let RUN = {quoted(running)}\n{PREAMBLE}"], True, 0
    while at < len(items):
        e, after = items[at], items[at + 1] if at + 1 < len(items) else None
        joined = False
        if e.tag in HEADS and front and on_cover(items, at):
            parts.append(title(text_of(e), 17 if e.tag == "h1" else 12))
        elif e.tag in HEADS:
            front = front and e.tag == "h4"
            words, joined = heading(e, None if front else after)
            parts.append(words)
        else:
            parts.append(block(e))
        at += 1 + joined
    return "\n\n".join(parts)


def print_pdf(body, out):
    import typst  # noqa: PLC0415  (only this design needs it)

    typst.compile(typeset(list(body)).encode(), output=str(out))
