"""An officer's Word report on a corporate template: heading bars, key facts, charts abreast or beside their text, arrows of travel."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement
from office import add_field, place_chart, print_office, shade
from parts import HEADS, PARAGRAPH, Drawn, Grid, charts_of, grid, is_figure, is_total, number, read_chart, text_of
from story import Story, cuts, numbered, opened, weights
from word import bare_chart, merged_cell, repeat_head, say, say_all, tight, word_table

DARK, MID, TINT, PALE, WHITE = "5B2A6E", "C9B4D3", "EFE7F3", "F7F3F9", "FFFFFF"
FILLS = ["5B2A6E", "3FA796", "F2A541", "8C8C8C"]
WIDTH = 17.0
YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?")
FACT = re.compile(
    r"\b\d[\d,.]*%|(?<!tage )\b\d+(?:,\d{3})*\s(?:[^\W\d][\w’-]*\s|stage \d\s){0,4}?(?:complaints?|compliments?|enquiries|complainants|days)\b"
)
UNCLEAR = re.compile(r"[“\"'‘]|(Only|This|These|Of (these|the)|It|They)\b")
"""How a sentence starts that says little by itself."""
Place = tuple[int, int]
"""A row and a column."""


def colour(paragraph: Paragraph, fill: str) -> None:
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))


def say_rich(paragraph: Paragraph, element: HtmlElement) -> Paragraph:
    """The words of an element, its own number hanging before them."""
    label, said = numbered(element)
    if label:
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.1), Cm(-1.1)
        say(paragraph, f"{label}\t")
    return say_all(paragraph, said)


def widths_of(table: Grid) -> list[float]:
    """Widths of columns by what is in them, of a wide table with more for the first."""
    sizes = weights(table.texts)
    if table.width > 3:
        sizes[0] = max(sizes[0], min(max(len(row[0]) for row in table.texts), 24))
    return [WIDTH * size / sum(sizes) for size in sizes]


def earlier(table: Grid) -> dict[Place, Place]:
    """The place of the year before, for each place of a figure whose column or row is one of several years."""
    heads, texts = table.heads, table.texts
    body = range(heads, table.height)
    before: dict[Place, Place] = {}
    seen: dict[str, tuple[str, int]] = {}
    for column in range(1, table.width):
        head = " ".join(dict.fromkeys(texts[row][column] for row in range(heads)))
        if match := YEAR.search(head):
            measure = head.replace(match[0], "").strip()
            if measure in seen and seen[measure][0] < match[0]:
                before |= {(row, column): (row, seen[measure][1]) for row in body}
            seen[measure] = (match[0], column)
    if heads and all(YEAR.fullmatch(texts[row][0]) for row in body):
        before |= {(row, c): (row - 1, c) for row in body[1:] for c in range(1, table.width)}
    figures = [[is_figure(text) and re.search(r"\d", text) for text in row] for row in texts]
    return {(r, c): (y, x) for (r, c), (y, x) in before.items() if figures[r][c] and figures[y][x]}


def arrow(table: Grid, now: Place, then: Place) -> str:
    new, old = (number(table.texts[row][column]) for row, column in (now, then))
    return "▲" if new > old else "▼" if new < old else "►"


def facts_in(element: HtmlElement) -> list[tuple[str, str, str]]:
    """The short sentences of a paragraph or list that say a figure: what is before it, the figure, what is after it."""
    found = []
    for p in [element] if element.tag == "p" else element.iter("li") if element.tag == "ul" else []:
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z0-9‘“])", PARAGRAPH.sub("", text_of(p), count=1)):
            match = FACT.search(sentence)
            if match and 25 < len(sentence) < 125 and sentence.endswith(".") and not UNCLEAR.match(sentence):
                found.append((sentence[: match.start()], match[0], sentence[match.end() :]))
    return found


class Report(Story):
    """The document under work and how many charts it has."""

    def __init__(self, items: list[HtmlElement]) -> None:
        super().__init__(items)
        self.doc, self.charts = Document(), 0
        self.style()
        self.masthead()

    def style(self) -> None:
        section, normal = self.doc.sections[0], self.doc.styles["Normal"]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
        section.different_first_page_header_footer = True
        normal.font.name, normal.font.size = "Carlito", Pt(11)
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.05
        normal.paragraph_format.widow_control = True
        head = section.header.paragraphs[0]
        colour(head, TINT)
        say(head, " ".join(text_of(e) for e in self.front if e.tag in ("h1", "h2"))[:110], 9, ink=DARK)
        for foot in (section.footer.paragraphs[0], section.first_page_footer.paragraphs[0]):
            foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            say(foot, "Page ", 9)
            add_field(foot, "PAGE")
            say(foot, " of ", 9)
            add_field(foot, "NUMPAGES")

    def gap(self, points: float = 4) -> None:
        paragraph = self.doc.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(points)

    def masthead(self) -> None:
        cell = word_table(self.doc, 1, [WIDTH]).cell(0, 0)
        shade(cell, DARK)
        for i, e in enumerate(self.front):
            paragraph = cell.add_paragraph() if i else cell.paragraphs[0]
            paragraph.paragraph_format.space_before = Pt(2 if i else 14)
            say(paragraph, text_of(e), 24 if e.tag == "h1" else 13, bold=e.tag == "h1", ink=WHITE)
        cell.paragraphs[-1].paragraph_format.space_after = Pt(18)
        self.gap(10)

    def heading(self, e: HtmlElement) -> None:
        """A heading, on a bar unless it only names the chart after it."""
        paragraph, rank = self.doc.add_paragraph(), self.ranks[e.tag]
        form = paragraph.paragraph_format
        form.keep_with_next, form.space_before, form.space_after = True, Pt(8 if rank else 12), Pt(5)
        if rank < 2 and (self.following is None or self.following.tag != "svg"):
            colour(paragraph, (DARK, MID)[rank])
        say(paragraph, text_of(e), (14, 12, 11)[min(rank, 2)], True, DARK if rank else WHITE)
        if rank == 0:
            self.key_facts()

    def key_facts(self) -> None:
        """A tinted table of what the paragraphs of the section say in short with a figure."""
        facts = []
        for e in self.items[self.at :]:
            if self.ranks.get(e.tag) == 0:
                break
            facts += facts_in(e)
        if len(facts) < 2:
            return
        facts = facts[:3]
        table = word_table(self.doc, 2, [WIDTH / len(facts)] * len(facts), DARK)
        title = table.cell(0, 0).merge(table.cell(0, len(facts) - 1))
        shade(title, MID)
        say(tight(title, True), "Key facts", 10, True, DARK)
        for cell, (start, figure, end) in zip(table.rows[1].cells, facts, strict=True):
            shade(cell, TINT)
            say(say(say(tight(cell), start, 10), figure, 13, True, DARK), end, 10)
        self.gap(8)

    def note(self, text: str) -> None:
        say(self.doc.add_paragraph(), text, 9).runs[0].italic = True

    def draw(self, cell: _Cell, said: Drawn, width: float) -> None:
        self.charts += 1
        count = len(said.categories) * len(said.names)
        upright = said.dated or (len(said.categories) < 5 and max(map(len, said.categories)) < 16 and count < 9)
        height = 6 if upright else 1.8 + max(0.42 * count, 0.7 * len(said.categories))
        xml = bare_chart(said, "col" if upright else "bar", FILLS)
        place_chart(self.doc, tight(cell), xml, self.charts, Cm(width), Cm(height))
        for name, fill in zip(said.names, FILLS, strict=False) if len(said.names) > 1 else []:
            legend = cell.add_paragraph()
            legend.paragraph_format.space_after = Pt(0)
            say(say(legend, "■ ", 10, ink=fill), name, 9)

    def show(self, charts: list[Drawn], notes: list[str]) -> None:
        """Charts in a layout table: two abreast, one beside the paragraph after it, or one alone."""
        caption = self.caption()
        if caption and not charts[0].title:
            charts, caption = [replace(charts[0], title=caption), *charts[1:]], ""
        below, after = [*notes, *filter(None, [caption])], self.following
        small = all(len(c.categories) * len(c.names) <= 9 for c in charts)
        text = after is not None and after.tag == "p" and len(text_of(after)) > 90
        beside = text and small and len(charts) == 1 and not below
        abreast = 2 if small and (beside or len(charts) > 1) else 1
        for first in range(0, len(charts), abreast):
            table = word_table(self.doc, 1, [WIDTH / abreast] * abreast)
            for place, said in enumerate(charts[first : first + abreast]):
                self.draw(table.cell(0, place), said, WIDTH / abreast - 0.4)
            if beside:
                shade(table.cell(0, 1), PALE)
                say_rich(tight(table.cell(0, 1)), after)
                self.at += 1
        for words in below:
            self.note(words)
        self.gap()

    def table(self, table: Grid) -> None:
        """A table with a shaded first column; a long one in parts, each with the head."""
        table = opened(table)
        before, heads = earlier(table), table.heads
        for rows in cuts(table, heads):
            self.part(table, [*range(heads), *rows], before)
            self.gap()
        if before:
            self.note("▲ higher, ▼ lower, ► the same as the year before")
        if caption := self.caption():
            self.note(caption)

    def part(self, table: Grid, rows: list[int], before: dict[Place, Place]) -> None:
        drawn, at = word_table(self.doc, len(rows), widths_of(table), WHITE), {r: i for i, r in enumerate(rows)}
        small = max(len(c.text) for c in table.cells) < 200
        for c in (c for c in table.cells if c.row in at):
            cell = merged_cell(drawn, c, at)
            head, total, first = c.row < table.heads, any(map(is_total, table.texts[c.row][:2])), c.column == 0
            shade(cell, DARK if head else MID if first or total else PALE)
            paragraph = tight(cell, keep=small and table.height <= 25 and c.row != rows[-1])
            if not first and (head or is_figure(c.text)):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            say(paragraph, c.text, 10, head or total or (first and small), WHITE if head else "")
            if then := before.get((c.row, c.column)):
                run = say(paragraph, "\u00a0" + arrow(table, (c.row, c.column), then), 8).runs[-1]
                run.font.name = "DejaVu Sans"
        repeat_head(drawn, table.heads)

    def block(self, e: HtmlElement) -> None:
        if e.tag in HEADS:
            self.heading(e)
        elif e.tag == "ul":
            for li in e.iter("li"):
                say_rich(self.doc.add_paragraph(style="List Bullet"), li)
        elif e.tag == "table":
            said = grid(e)
            made = None if earlier(said) else charts_of(said)
            self.show(*made) if made else self.table(said)
        elif e.tag == "svg":
            self.show([read_chart(e)], [])
        else:
            paragraph = say_rich(self.doc.add_paragraph(), e)
            paragraph.paragraph_format.keep_with_next = text_of(e).endswith(":") or len(text_of(e)) < 5


def print_pdf(body: HtmlElement, out: Path) -> None:
    report = Report(list(body))
    for element in report.rest():
        report.block(element)
    print_office(report.doc.save, ".docx", out)
