"""A national inspectorate's report by Typst: captions, notes and pulled figures in a wide outer margin, tables of thin rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import sqrt
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
    number,
    read_chart,
    text_of,
)

NEEDS = "typst"
STYLE = Path(__file__).with_suffix(".typ")
YEAR = re.compile(r"(19|20)\d\d")
NOTE = re.compile(r"(\d{1,2}) ([A-Z].{30,}\.)", re.S)
"""A footnote that stands in the text."""
PULLED = re.compile(r"\d+(\.\d+)?%")
SPACE = re.compile(r"\s+")
VAGUE = ("This", "These", "It ", "Only", "For ")


def _text(text: str) -> str:
    """A string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _array(values: list[str]) -> str:
    return f"({''.join(f'{value}, ' for value in values)})"


def _rich(element: HtmlElement, skipped: str = "") -> str:
    """The words of an element after its number as Typst content, what is bold in it bold."""
    said = [f"#{_text(SPACE.sub(' ', element.text or '').removeprefix(skipped))}"]
    for e in element:
        bold = "strong" if e.tag in ("b", "strong") else ""
        said.append(f"#{bold}({_text(SPACE.sub(' ', ''.join(e.itertext())))})#{_text(SPACE.sub(' ', e.tail or ''))}")
    return f"[{''.join(said)}]"


def _widths(texts: list[list[str]]) -> str:
    """Shares of the width by the longest word and the longest text of each column."""
    shares = []
    for column in zip(*texts, strict=True):
        word = max((len(w) for text in column for w in text.split()), default=1)
        shares.append(max(word + 1.5, 2.2 * sqrt(max(map(len, column))), 5))
    return _array([f"{share:.1f}fr" for share in shares])


def _cell(text: str, across: int = 1) -> str:
    right = "right" if is_figure(text) and text else "left"
    return f"table.cell(colspan: {across}, align: {right}, breakable: {str(len(text) > 300).lower()}, {_text(text)})"


def _heads(table: Grid, start: int) -> str:
    """The rows of the head, from a column on."""
    texts, lines = table.texts, []
    for y in range(table.heads):
        cells = [c for c in table.rows[y] if c.column + c.columns > start]
        shown = []
        for c in cells:
            below = [
                texts[r][x] for r in range(table.heads, table.height) for x in range(c.column, c.column + c.columns)
            ]
            right = c.column > 0 and bool(below) and sum(map(is_figure, below)) * 2 > len(below)
            across = c.columns - max(0, start - c.column)
            shown.append(f"head({_text(c.text)}, across: {across}, figure: {str(right).lower()})")
        lines.append(_array(shown))
    return _array(lines)


def _groups(table: Grid) -> str:
    """A table whose first column names groups: they become rows across; an empty name goes on with the last."""
    texts, places, last, cells = table.texts, table.places, "", []
    width = table.width - 1
    for y in range(table.heads, table.height):
        if places[y, 0].columns > 1:
            cells += [f"strong({_text(texts[y][1])})", *(_cell(t) for t in texts[y][2:])]
            continue
        if texts[y][0] and texts[y][0] != last:
            last = texts[y][0]
            corner = texts[0][0] if places[0, 0].columns == 1 else ""
            cells.append(f"group({_text(f'{corner}: {last}' if corner else last)}, {width})")
        cells += [_cell(t) for t in texts[y][1:]]
    return f"lined({_widths([row[1:] for row in texts])}, {_heads(table, 1)}, {', '.join(cells)})"


def _lined(table: Grid) -> str:
    body = [c for c in table.cells if c.row >= table.heads]
    lone = table.heads == 1 and len(set(filter(None, table.texts[0]))) == 1
    if not lone and any(c.rows > 1 and c.column == 0 for c in body):
        return _groups(table)
    cells = [
        _cell(c.text, c.columns) if c.rows == 1 else f"table.cell(rowspan: {c.rows}, {_text(c.text)})"
        for c in sorted(body, key=lambda c: (c.row, c.column))
    ]
    return f"lined({_widths(table.texts)}, {_heads(table, 0)}, {', '.join(cells)})"


def _value(said: Drawn, category: int, series: int) -> str:
    shown = said.values.get((category, series))
    return "none" if shown is None else f"({number(shown)}, {_text(shown)})"


def _chart(said: Drawn, title: str) -> str:
    """Lines where a chart goes by years, else bars."""
    categories, names = range(len(said.categories)), range(len(said.names))
    if said.dated:
        values = _array([_value(said, i, 0) for i in categories])
        return f'lines({_text(title)}, {_array([_text(c) for c in said.categories])}, {said.highest}, (("", {values}),), 32mm)'
    if len(names) > 1 and all(YEAR.match(name) for name in said.names):
        rows = [f"({_text(c)}, {_array([_value(said, i, j) for j in names])})" for i, c in enumerate(said.categories)]
        return f"lines({_text(title)}, {_array([_text(n) for n in said.names])}, {said.highest}, {_array(rows)}, 9mm)"
    rows = [f"({_text(c)}, {_array([_value(said, i, j) for j in names])})" for i, c in enumerate(said.categories)]
    return f"bars({_text(title)}, {_array([_text(n) for n in said.names])}, {said.highest}, {_array(rows)})"


class _Setter:
    """Sets the elements of a report one after the other."""

    def __init__(self, items: list[HtmlElement]) -> None:
        self.items = items
        used = sorted({e.tag for e in items if e.tag in HEADS})
        self.levels = {tag: min(place + 1, 3) for place, tag in enumerate(used)}
        self.sections = any(e.tag == used[0] and re.match(r"\d+ ", text_of(e)) for e in items)
        self.hung = any(e.tag == "p" and PARAGRAPH.match(text_of(e)) for e in items)
        self.tables = self.figures = 0
        self.heading, self.pull, self.notes, self.taken = "", True, [], None

    def _head(self, e: HtmlElement) -> str:
        self.heading, self.pull = text_of(e), True
        level = self.levels[e.tag]
        if level == 1 and self.sections and not re.match(r"\d+ |Appendix", self.heading):
            level = 2
        return f"#heading(level: {level}, {_text(self.heading)})"

    def _drawing(self, table: HtmlElement, after: HtmlElement | None) -> Iterator[str]:
        cells = grid(table)
        named = is_caption(after) and not PARAGRAPH.match(text_of(after))
        self.taken = after if named else None
        words = [text_of(after) if named else self.heading]
        self.heading = ""
        charts = charts_of(cells)
        if charts:
            self.figures += 1
            drawn = " ".join(f"#{_chart(said, said.title)}" for said in charts[0])
            under = "".join(f" #block(below({_text(note)}))" for note in charts[1])
            yield self._beside(f"Figure {self.figures}", words, f"[{drawn}{under}]")
        else:
            self.tables += 1
            yield self._beside(f"Table {self.tables}", words, f"[#{_lined(cells)}]")

    def _beside(self, label: str, words: list[str], body: str) -> str:
        shown = _array([_text(word) for word in words if word])
        return f"#v(2mm)\n#beside(caption({_text(label)}, {shown}), {body})\n#v(3mm)"

    def _pulled(self, text: str) -> str:
        """A figure for the margin, from a sentence that is clear alone."""
        if not self.pull or len(text) < 260:
            return ""
        for sentence in re.split(r"(?<=\.)\s+(?=[A-Z])", PARAGRAPH.sub("", text, count=1)):
            found = [match[0] for match in PULLED.finditer(sentence)]
            if len(found) == 1 and len(sentence) < 125 and not sentence.startswith(VAGUE):
                self.pull = False
                return f"pulled({_text(found[0])}, {_text(sentence)})"
        return ""

    def _paragraph(self, e: HtmlElement, foot: str) -> str:
        text = text_of(e)
        told = PARAGRAPH.match(text)
        body = f"[#{self._hung(f'[{_rich(e)[1:-1]}{foot}]')[1:]}]"
        if told and (e.text or "").startswith(told[0]):
            body = f"numbered({_text(told[1])}, [{_rich(e, told[0])[1:-1]}{foot}])"
        notes = [*self.notes, self._pulled(text)]
        self.notes = []
        margin = "".join(f"#{note}#v(2mm)" for note in notes if note)
        return f"#beside([{margin}], {body})" if margin else f"#block({body})"

    def _hung(self, body: str) -> str:
        """Content in line with the words of numbered paragraphs."""
        return f"#pad(left: {11 * self.hung}mm, {body})"

    def _is_note(self, place: int) -> bool:
        near = [e for e in self.items[max(0, place - 1) : place + 2] if e.tag == "p" and NOTE.fullmatch(text_of(e))]
        return near == [self.items[place]]

    def parts(self) -> Iterator[str]:
        for place, e in enumerate(self.items):
            after = self.items[place + 1] if place + 1 < len(self.items) else None
            text = text_of(e)
            if e is self.taken:
                continue
            if e.tag in HEADS:
                yield self._head(e)
            elif e.tag == "svg":
                self.figures += 1
                said = read_chart(e)
                yield self._beside(f"Figure {self.figures}", [said.title], f"[#{_chart(said, '')}]")
            elif e.tag == "table":
                yield from self._drawing(e, after)
            elif e.tag in ("ul", "ol"):
                yield self._hung(f"list({''.join(_rich(li) + ', ' for li in e)})")
            elif self._is_note(place) and self.items[place - 1] is self.taken:
                yield f"#block(below({_text(text)}))"
            elif text.startswith("NB"):
                self.notes.append(f"text({_text(text)})")
            elif not self._is_note(place):
                noted = after is not None and after.tag == "p" and self._is_note(place + 1)
                yield self._paragraph(e, _foot(text_of(after)) if noted else "")
        yield "".join(f"#block({note})" for note in self.notes)


def _foot(text: str) -> str:
    mark, words = NOTE.fullmatch(text).groups()  # type: ignore[union-attr]
    return f"#counter(footnote).update({int(mark) - 1})#footnote({_text(words)})"


def print_pdf(body: HtmlElement, out: Path) -> None:
    import typst  # noqa: PLC0415  (an extra package)

    """Print a report."""
    items = list(body)
    first = cover(items)
    front = [text_of(e) for e in items[:first]]
    title = max((text_of(e) for e in items[:first] if e.tag == "h1"), key=len, default=front[0])
    dated = next((text for text in front if YEAR.search(text)), front[-1])
    page = f"{STYLE.read_text()}\n#show: report.with({_text(title)}, {_text(dated)})\n"
    page += f"#cover({_text(title)}, {_array([_text(line) for line in front])})\n"
    page += "\n".join(_Setter(items[first:]).parts())
    typst.compile(page.encode(), output=str(out))
