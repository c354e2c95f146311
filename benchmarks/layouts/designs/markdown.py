"""An analyst's R Markdown report: booktabs tables with captions above and spanning heads, facets and lollipops as of ggplot, footnotes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from lxml.html import HtmlElement
from parts import HEADS, Drawn, Grid, charts_of, cover, grid, is_figure, is_total, number, quoted, read_chart, text_of
from story import caption_of, spans

NEEDS = "typst"
TEMPLATE = Path(__file__).with_suffix(".typ").read_text(encoding="utf-8")
FOOTNOTE = re.compile(r"(\d) ([A-Z].*\.)$")
"""The mark and the words of a note that stands between paragraphs."""


def inline(element: HtmlElement) -> str:
    """The text of an element, what is bold in it strong."""
    return " + ".join(f"strong({quoted(words)})" if bold else quoted(words) for words, bold in spans(element))


def listed(entries: Iterable[str]) -> str:
    """An array of the typesetting language."""
    return "(" + "".join(f"{e}, " for e in entries) + ")"


def ticks(highest: float, percent: bool) -> list[str]:
    """The marks of an axis: their share of the highest value and what is printed."""
    step = 10 ** math.floor(math.log10(highest / 3 or 1))
    step = max(next(step * k for k in (1, 2, 5, 10) if step * k * 4 >= highest), 1)
    marks = [step * k for k in range(int(highest / step) + 1)]
    return [f"({m / highest:.4f}, {quoted(f'{m:,.10g}' + '%' * percent)})" for m in marks]


def chart(drawn: Drawn, notes: list[str]) -> str:
    """A lollipop chart, one with a panel for each series, or a line over years."""
    title, below, panels = quoted(drawn.title), listed(map(quoted, notes)), len(drawn.names)
    shares = {place: f"{number(value) / drawn.highest:.4f}" for place, value in drawn.values.items()}
    if drawn.dated:
        points = (f"({quoted(drawn.categories[i])}, {shares[i, j]}, {quoted(v)})" for (i, j), v in drawn.values.items())
        return f"#timeline({title}, {listed(points)}, {below})\n"
    rows = []
    for i, name in enumerate(drawn.categories):
        places = [(i, j) for j in range(panels)]
        sticks = (f"({shares[p]}, {quoted(drawn.values[p])})" if p in shares else "(0, none)" for p in places)
        high = 17 if len(name) < (26 if panels > 2 else 32) else 25
        rows.append(f"({quoted(name)}, {high}pt, {listed(sticks)})")
    names = listed(quoted(n) for n in drawn.names if panels > 1 or n not in drawn.title)
    marks = listed(ticks(drawn.highest, any("%" in v for v in drawn.values.values())))
    return f"#facets({title}, {names}, {listed(rows)}, {marks}, {'66%' if panels > 2 else '86%'}, {below})\n"


def widths(table: Grid) -> list[str]:
    """The columns: as wide as their words where they fit on a line, by the length of their texts where not."""
    alone = [[c.text for c in table.cells if c.column == x and c.columns == 1] for x in range(table.width)]
    if sum(max(map(len, column), default=0) + 3 for column in alone) < 88:
        return ["auto"] * table.width
    shares = []
    for column in zip(*table.texts, strict=True):
        word = max((len(w) for text in column for w in text.split()), default=1)
        plain = all(map(is_figure, column[table.heads :]))
        shares.append(word + 4 if plain else max(word + 2, 3.6 * max(map(len, column)) ** 0.5))
    return [f"{share:.1f}fr" for share in shares]


class Booktabs:
    """A table between rules; the first cell of a long one is marked, so that its head knows when it goes on."""

    def __init__(self, table: Grid, mark: str, caption: str) -> None:
        self.table, self.mark, self.caption = table, mark, caption
        self.long = table.height > 24 or sum(len(c.text) for c in table.cells) > 2200
        merged = any(c.rows > 1 and c.column == 0 for c in table.cells)
        self.grouped = self.long and merged and table.heads == 1

    def __str__(self) -> str:
        figures = [
            all(is_figure(c.text) for c in self.table.cells if self.below(c.row) and (c.column, c.columns) == (x, 1))
            for x in range(self.table.width)
        ]
        sides = listed("right" if x and figure else "left" for x, figure in enumerate(figures))
        cells = listed([self.head(), *(self.groups() if self.grouped else self.body()), rule(0.9)])
        long = str(self.long).lower()
        return f"#booktabs({self.caption}, {listed(widths(self.table))}, {sides}, {cells}, long: {long})\n"

    def below(self, row: int) -> bool:
        return row >= self.table.heads

    def row(self, row: int, skip: int = 0, mark: str = "") -> list[str]:
        """The cells of a row from a column on, the first of them marked; heads of several columns with a rule below."""
        bold = is_total(next((c.text for c in self.table.rows[row] if c.text), ""))
        made = []
        for c in (c for c in self.table.rows[row] if c.column >= skip):
            over = row + 1 < self.table.heads and c.columns > 1
            words = f"strong({quoted(c.text)})" if bold and c.text else quoted(c.text)
            words = f"spanned({words})" if over else words
            if mark and not made:
                words = f"begins({quoted(mark)}, {words})"
            look = ", align: center" * over
            made.append(f"table.cell(rowspan: {c.rows}, colspan: {c.columns}, breakable: false{look}, {words})")
        return made

    def head(self) -> str:
        """The head between rules, on a long table with its caption."""
        words = f"goes-on({quoted(self.mark)}, {self.caption})"
        above = f"table.cell(colspan: {self.table.width}, align: center, inset: (bottom: 6pt), {words})"
        rows = [c for r in range(self.table.heads) for c in self.row(r)]
        return f"table.header({', '.join([above] * self.long + [rule(0.9), *rows] + [rule(0.5)] * bool(rows))})"

    def body(self) -> list[str]:
        """The rows below the head; a rule before totals, long texts and merged cells at the left, and after these."""
        table, made = self.table, []
        for r in range(table.heads, table.height):
            first, above = table.places[r, 0], table.places[max(r - 1, 0), 0]
            begins = first.row == r and (first.rows > 1 or is_total(first.text) or above.rows > 1)
            prose = max(len(c.text) for c in table.rows[r]) > 120
            made += [rule(0.3)] * (r > table.heads and (begins or prose))
            made += self.row(r, mark=self.mark * (self.long and r == table.heads))
        return made

    def groups(self) -> list[str]:
        """The rows of a long table, what is merged at the left as heads of their own, repeated on the next page."""
        made, group = [], 0
        for r in range(self.table.heads, self.table.height):
            cell, first = self.table.places[r, 0], "[]"
            if cell.row == r and (cell.text or not group):
                group += 1
                mark = f"{self.mark}-{group}"
                name = f"goes-on({quoted(mark)}, strong({quoted(cell.text)}))"
                made += [rule(0.3)] * (group > 1)
                made.append(f"table.header(level: 2, table.cell(colspan: {self.table.width}, align: left, {name}))")
                first = f"begins({quoted(mark)}, [])"
                first = f"begins({quoted(self.mark)}, {first})" if group == 1 else first
            made += [first, *self.row(r, 1)]
        return made


def rule(weight: float) -> str:
    return f"table.hline(stroke: {weight}pt)"


def is_note(items: list[HtmlElement], place: int) -> bool:
    """Whether a paragraph is a footnote: a mark and a sentence, with no other such line beside it."""
    if not 0 < place < len(items) or items[place].tag != "p" or not FOOTNOTE.match(text_of(items[place])):
        return False
    return not any(re.match(r"\d ", text_of(e)) for e in (items[place - 1], *items[place + 1 : place + 2]))


def note_after(items: list[HtmlElement], place: int) -> str:
    """The footnote of an element, which stands after it in the source."""
    match = FOOTNOTE.match(text_of(items[place + 1])) if is_note(items, place + 1) else None
    return f" + footnote(numbering: _ => {quoted(match[1])}, {quoted(match[2])})" if match else ""


def block(e: HtmlElement, note: str) -> str:
    """A heading, paragraph or list, with the mark of a footnote at its end."""
    if e.tag in HEADS:
        return f"#heading(level: {e.tag[1]}, {quoted(text_of(e))}{note})\n"
    if e.tag in ("ul", "ol"):
        *items, last = map(inline, e)
        return f"#list({', '.join([*items, last + note])})\n"
    kind = "quoted" if text_of(e)[:1] in '“"‘' else "par"
    return f"#{kind}({inline(e)}{note})\n"


def set_table(table: Grid, mark: str, caption: str, numbers: Iterator[int]) -> str:
    """A table as the only chart that it makes with a caption below it, or else with a numbered one above it."""
    charts, notes = (charts_of(table) if table.heads == 1 else None) or ([], [])
    if len(charts) == 1 and (len(charts[0].names) > 1 or len(charts[0].rows) > 4):
        return chart(charts[0], notes) + (f"#below({caption})\n" if caption else "")
    above = f"{quoted(f'Table {next(numbers)}: ')} + {caption}" if caption else "none"
    return str(Booktabs(table, mark, above))


def typeset(items: list[HtmlElement]) -> str:
    """The text after the front."""
    made, at, numbers = "", 0, count(1)
    while at < len(items):
        e, place = items[at], at
        at += 1
        if is_note(items, place):
            continue
        if e.tag == "svg":
            made += chart(read_chart(e), [])
        elif e.tag == "table":
            after = items[at] if at < len(items) else None
            caption = caption_of(after)
            words = quoted(caption) + note_after(items, at) if caption else ""
            made += set_table(grid(e), f"table-{place}", words, numbers)
            at += bool(caption)
        else:
            made += block(e, note_after(items, place))
    return made


def print_pdf(body: HtmlElement, out: Path) -> None:
    import typst  # noqa: PLC0415  (only this design needs it)

    items = list(body)
    first = cover(items)
    front = ", ".join(f"({quoted(e.tag)}, {quoted(text_of(e))})" for e in items[:first])
    typst.compile(f"{TEMPLATE}\n#front({front})\n{typeset(items[first:])}".encode(), output=str(out))
