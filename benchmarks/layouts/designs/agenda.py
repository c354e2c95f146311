"""A report in a committee's agenda pack: agenda stamp, front table, printed line numbers, numbered paragraphs, turned column heads, framed charts."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement
from office import add_field, place_chart, print_office, shade
from parts import HEADS, PARAGRAPH, Drawn, Grid, charts_of, grid, is_figure, is_total, read_chart, text_of
from story import Story, cuts, numbered, opened, spans, weights
from word import bare_chart, merged_cell, repeat_head, rule, say, say_all, tight, word_table

ITEM, FIRST = 7, 41
"""The item of the agenda, and the first page of the report in the pack."""
WIDTH = 16.0
BLACK, HEAD, TOTAL = "000000", "D9D9D9", "F2F2F2"
GREYS = ["404040", "A6A6A6", "D9D9D9"]
TURNED = 4
"""Tables of more columns have their heads turned."""


def turn(cell: _Cell) -> None:
    """Let the text of a cell run upwards."""
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:textDirection {nsdecls("w")} w:val="btLr"/>'))


def unnumbered(paragraph: Paragraph) -> Paragraph:
    """Leave the lines of a paragraph out of the count."""
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:suppressLineNumbers {nsdecls('w')}/>"))
    return paragraph


def heads_of(table: Grid) -> int:
    """Rows of the head, and the row below one in which only the first cell says anything."""
    heads = table.heads
    empty = heads == 1 and not any(c.text for c in table.rows[0] if c.column)
    return heads + (empty and table.height > heads + 1)


def widths_of(table: Grid, turned: bool) -> list[float]:
    """Widths of columns by what is in them, narrow ones where heads are turned."""
    if not turned:
        sizes = weights(table.texts, 6)
        return [WIDTH * size / sum(sizes) for size in sizes]
    body = table.texts[heads_of(table) :]
    first, *longest = (max((len(row[c]) for row in body), default=1) for c in range(table.width))
    rest = [1.7 if n < 10 else 2.6 for n in longest]
    return [min(WIDTH - sum(rest), 2 + 0.2 * max(first, 10)), *rest]


class Pack(Story):
    """The document under work, and how many charts and paragraphs it has."""

    def __init__(self, items: list[HtmlElement]) -> None:
        super().__init__(items)
        self.doc, self.charts, self.count = Document(), 0, 0
        self.numbering = sum(bool(PARAGRAPH.match(text_of(e))) for e in items if e.tag == "p") < 5
        """Whether the pack numbers the paragraphs because the report does not."""
        self.style()
        self.stamp()
        self.front_table()

    def style(self) -> None:
        section, normal = self.doc.sections[0], self.doc.styles["Normal"]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(2)
        section.top_margin = section.bottom_margin = Cm(2.2)
        section.different_first_page_header_footer = True
        lines = f'<w:lnNumType {nsdecls("w")} w:countBy="1" w:restart="newPage" w:distance="340"/>'
        section._sectPr.append(parse_xml(lines))
        section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="{FIRST}"/>'))
        normal.font.name, normal.font.size = "Liberation Sans", Pt(11.5)
        normal.paragraph_format.space_after, normal.paragraph_format.widow_control = Pt(8), True
        for foot in (section.footer.paragraphs[0], section.first_page_footer.paragraphs[0]):
            foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
            say(foot, "Page ")
            add_field(foot, "PAGE")
            for run in foot.runs:
                run.font.size, run.bold = Pt(14), True

    def stamp(self) -> None:
        """The stamp of the item in the head of the first page."""
        head = self.doc.sections[0].first_page_header
        table = head.add_table(1, 1, Cm(4.2))
        table.alignment = WD_TABLE_ALIGNMENT.RIGHT
        rule(table, BLACK, 12, inner=False)
        table.columns[0].width = table.cell(0, 0).width = Cm(4.2)
        paragraph = tight(table.cell(0, 0))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        say(paragraph, f"Agenda Item {ITEM}", 14, True)
        head.add_paragraph()
        for line in head.paragraphs:
            unnumbered(line)

    def boxed(self, rows: int, widths: list[float], size: int = 4, inner: bool = True) -> Table:
        """A table in black rules at the centre."""
        table = word_table(self.doc, rows, widths, BLACK, size, inner)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        return table

    def gap(self) -> None:
        """An empty line after a table, which has no number."""
        unnumbered(self.doc.add_paragraph()).paragraph_format.space_after = Pt(0)

    def front_table(self) -> None:
        """Report to, Date and Author as the clerk leaves them, and the titles as the subject."""
        names = ["Report to:", "Date:", "Author:", "Subject:"]
        table = self.boxed(len(names), [3.5, WIDTH - 3.5])
        for row, name in zip(table.rows, names, strict=True):
            shade(row.cells[0], HEAD)
            say(tight(row.cells[0]), name, bold=True)
        say(tight(table.cell(0, 1)), "Committee")
        subject = table.cell(3, 1)
        for i, e in enumerate(self.front):
            paragraph = subject.add_paragraph() if i else tight(subject)
            paragraph.paragraph_format.space_after = Pt(3)
            say(paragraph, text_of(e), bold=e.tag == "h1")
        self.gap()

    def heading(self, e: HtmlElement) -> None:
        paragraph, rank = self.doc.add_paragraph(), self.ranks[e.tag]
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6 if rank else 12)
        run = say(paragraph, text_of(e), 0 if rank else 13, bold=rank < 2).runs[0]
        run.underline, run.italic = rank == 1, rank > 1

    def paragraph(self, e: HtmlElement) -> None:
        (label, said), text, paragraph = numbered(e), text_of(e), self.doc.add_paragraph()
        form = paragraph.paragraph_format
        deep = bool(label) and "." not in label and self.numbering
        if not label and self.numbering and len(text) > 60:
            self.count += 1
            label = f"{self.count}."
        form.left_indent = Cm(2.4 if deep else 1.3)
        if label:
            form.first_line_indent = Cm(-1.1 if deep else -1.3)
            say(paragraph, f"{label}\t")
        say_all(paragraph, said)
        form.keep_with_next = text.endswith(":") or len(text) < 5

    def bullets(self, e: HtmlElement) -> None:
        for li in e.iter("li"):
            paragraph = self.doc.add_paragraph()
            form = paragraph.paragraph_format
            form.left_indent, form.first_line_indent, form.space_after = Cm(2.1), Cm(-0.8), Pt(5)
            say_all(say(paragraph, "•\t"), spans(li))

    def frame(self, said: Drawn, title: str, notes: list[str]) -> None:
        """A chart in a frame of the full width, its title on grey above it, its legend and notes below."""
        legend = list(zip(said.names, GREYS, strict=False)) if len(said.names) > 1 else []
        table = self.boxed(2 + len(legend) + len(notes), [WIDTH], 12, False)
        cells = [row.cells[0] for row in table.rows]
        head, drawn, *rest = (tight(cell, keep=cell is not cells[-1]) for cell in cells)
        shade(cells[0], HEAD)
        say(head, title, bold=True)
        self.draw(drawn, said)
        for paragraph, (name, fill) in zip(rest, legend, strict=False):
            say(say(paragraph, "■ ", 12, ink=fill), name, 10)
        for paragraph, note in zip(rest[len(legend) :], notes, strict=True):
            say(paragraph, note, 10)
        self.gap()

    def draw(self, paragraph: Paragraph, said: Drawn) -> None:
        self.charts += 1
        count = len(said.categories) * len(said.names)
        upright = max(map(len, said.categories)) < 24 and count < 10
        height = 6.5 if upright else 1.2 + max(0.5 * count, 0.85 * len(said.categories))
        xml = bare_chart(said, "col" if upright else "bar", GREYS, axis=True)
        place_chart(self.doc, paragraph, xml, self.charts, Cm(WIDTH - 0.5), Cm(height))

    def table(self, table: Grid) -> None:
        """A table in rules; a long one in parts, each with the head."""
        table = opened(table)
        heads = heads_of(table)
        for rows in cuts(table, heads):
            self.part(table, [*range(heads), *rows], heads)
            self.gap()
        if caption := self.caption():
            below = say(self.doc.paragraphs[-1], caption)
            below.runs[0].italic = True
            below.paragraph_format.space_after = Pt(8)

    def part(self, table: Grid, rows: list[int], heads: int) -> None:
        turned, at = table.width > TURNED, {r: i for i, r in enumerate(rows)}
        small = max(len(c.text) for c in table.cells) < 200
        drawn, tall = self.boxed(len(rows), widths_of(table, turned)), dict[int, int]()
        for c in (c for c in table.cells if c.row in at):
            cell = merged_cell(drawn, c, at)
            head, total = c.row < heads, any(map(is_total, table.texts[c.row][:2]))
            if head or total:
                shade(cell, HEAD if head else TOTAL)
            paragraph = tight(cell, keep=small and table.height <= 25 and c.row != rows[-1])
            if (c.text and is_figure(c.text)) or (head and c.column):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            say(paragraph, c.text, 10, head or total)
            if turned and head and c.column and c.columns == 1 and c.text:
                turn(cell)
                cell.vertical_alignment, paragraph.alignment = WD_ALIGN_VERTICAL.CENTER, WD_ALIGN_PARAGRAPH.LEFT
                paragraph.paragraph_format.left_indent = Cm(0.15)
                tall[c.row] = max(tall.get(c.row, 0), len(c.text))
        for row, letters in tall.items():
            drawn.rows[row].height = Cm(min(5.0, 1.2 + 0.2 * letters))
        repeat_head(drawn, heads)

    def figures(self, charts: list[Drawn], notes: list[str]) -> None:
        """The charts that a table makes, with its caption, and its notes below the last."""
        caption = self.caption()
        for chart in charts:
            title = ": ".join(filter(None, [caption, chart.title]))
            self.frame(chart, title, notes if chart is charts[-1] else [])

    def block(self, e: HtmlElement) -> None:
        if e.tag in HEADS:
            self.heading(e)
        elif e.tag == "ul":
            self.bullets(e)
        elif e.tag == "svg":
            said = read_chart(e)
            self.frame(said, said.title, [])
        elif e.tag == "table":
            table = grid(e)
            made = charts_of(table) if 2 < table.width <= TURNED else None
            self.figures(*made) if made else self.table(table)
        else:
            self.paragraph(e)


def print_pdf(body: HtmlElement, out: Path) -> None:
    pack = Pack(list(body))
    for element in pack.rest():
        pack.block(element)
    print_office(pack.doc.save, ".docx", out)
