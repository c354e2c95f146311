"""A Word report: blue cover panel, banded tables with merged heads and lettered captions below them, native charts beside their commentary."""

import re

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from office import add_field, chart_xml, place_chart, print_office, shade
from parts import HEADS, grid, is_caption, opening, read_chart, text_of

BLUE, WHITE = RGBColor(0x1F, 0x4E, 0x79), RGBColor(255, 255, 255)
HEAD, BAND = "2E74B5", "DEEAF6"
FILLS = ["2E74B5", "ED7D31", "A5A5A5", "FFC000"]
SIZES = {"Normal": 11, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11, "Caption": 9}


def add_runs(paragraph, element):
    """The text of an element, with its bold parts."""
    pieces = [(element.text, None)]
    for child in element:
        pieces += [(child.text_content(), child.tag == "b" or None), (child.tail, None)]
    for text, bold in pieces:
        if text:
            paragraph.add_run(re.sub(r"\s+", " ", text)).bold = bold
    return paragraph


def add_chart(doc, paragraph, said, number, width):
    categories, series = len(said.categories), len(said.names)
    single = series == 1
    kind = "pie" if single and categories <= 3 else "bar" if categories > 5 or not single else "col"
    each = 0.75 if single else 0.5 * series + 0.35
    height = Cm(6.6 if categories <= 5 and single else min(20, 3.5 + categories * each))
    place_chart(doc, paragraph, chart_xml(said, kind, FILLS, 11, bold=True), number, width, height)


def widths(table):
    """How wide the columns are, by their longest words and texts."""

    def wanted(text):
        return min(34, max(7, len(text) / 2, *map(len, text.split() or [""])))

    share = [
        max((wanted(c.text) for c in table.cells if c.column == column and c.columns == 1), default=6)
        for column in range(table.width)
    ]
    return [int(Cm(16.4) * s / sum(share)) for s in share]


def fill(made, found, heads):
    """Merge the cells and write into them."""
    for c in found.cells:
        last = made.cell(c.row + c.rows - 1, c.column + c.columns - 1)
        cell = made.cell(c.row, c.column)
        cell = cell.merge(last) if c.rows * c.columns > 1 else cell
        head = c.row < heads
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        figure = c.column and len(c.text) < 22 and re.match(r"[£\d–]", c.text)
        paragraph.alignment = ALIGN.CENTER if head or figure else ALIGN.LEFT
        run = paragraph.add_run(c.text)
        run.font.size, run.bold = Pt(10), head or c.column == 0 or c.text.upper() == "TOTAL" or None
        if head:
            run.font.color.rgb = WHITE
        if head or c.row % 2:
            shade(cell, HEAD if head else BAND)


def add_table(doc, element):
    found = grid(element)
    heads, wide = found.heads, widths(found)
    made = doc.add_table(found.height, found.width, "Table Grid")
    made.autofit = False
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="9CC2E5"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))
    fill(made, found, heads)
    for number, row in enumerate(made.rows):
        for name in ["w:cantSplit", "w:tblHeader"][: 1 + (number < heads)]:
            row._tr.get_or_add_trPr().append(OxmlElement(name))
        for cell in row._tr.tc_lst:
            cell.width = sum(wide[cell.grid_offset : cell.grid_offset + cell.grid_span])
    for column, width in zip(made.columns, wide, strict=True):
        column.width = width


def set_styles(doc):
    for name, size in SIZES.items():
        style = doc.styles[name]
        style.font.name, style.font.size = "Carlito", Pt(size)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn("w:" + theme), None)
        if name != "Normal":
            style.font.color.rgb, style.font.italic = BLUE, name == "Caption"


def set_page(doc):
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.alignment, footer.alignment = ALIGN.RIGHT, ALIGN.CENTER
    header.add_run("Complaints and representations annual report").italic = True
    footer.add_run("Page ")
    add_field(footer, "PAGE")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES")


def add_cover(doc, items):
    """The title on a blue panel; returns what follows it."""
    titles = [i for i, e in enumerate(items[: opening(items)]) if e.tag in ("h1", "h4", "p")]
    if not titles or "h1" not in (e.tag for e in items[:2]):
        return items
    last = titles[-1]
    panel = doc.add_table(1, 1).cell(0, 0)
    shade(panel, "1F4E79")
    for e in items[: last + 1]:
        run = panel.add_paragraph().add_run(text_of(e))
        run.font.size, run.bold, run.font.color.rgb = Pt(24 if e.tag == "h1" else 13), e.tag == "h1", WHITE
    panel.add_paragraph()
    doc.add_paragraph()
    return items[last + 1 :]


def add_figure(doc, head, svg, following, number):
    """A chart over its caption, a small one with the next paragraphs beside it; returns how many those are."""
    said = read_chart(svg)
    if len(svg.findall("rect")) > 5:
        add_chart(doc, doc.add_paragraph(), said, number, Cm(16))
        doc.add_paragraph(text_of(head), "Caption")
        return 0
    frame = doc.add_table(1, 2)
    frame.autofit = False
    left, right = frame.rows[0].cells
    for column, cell, width in zip(frame.columns, (left, right), (Cm(9.2), Cm(7.2)), strict=True):
        cell.width = column.width = width
    add_chart(doc, left.paragraphs[0], said, number, Cm(8.9))
    left.add_paragraph(text_of(head), "Caption")
    for used, e in enumerate(following):
        if e.tag not in ("p", "ul") or len(right.text) >= 500:
            return used
        for piece in [e] if e.tag == "p" else e:
            add_runs(right.add_paragraph(style="List Bullet" if piece.tag == "li" else None), piece)
    return len(following)


def print_pdf(body, out):
    doc = Document()
    set_page(doc)
    set_styles(doc)
    items = add_cover(doc, list(body))
    heading, tables, charts, at = "", 0, 0, 0
    while at < len(items):
        e, after = items[at], items[at + 1] if at + 1 < len(items) else None
        at += 1
        if e.tag == "h4" and after is not None and after.tag == "svg":
            charts += 1
            at += 1 + add_figure(doc, e, after, items[at + 1 :], charts)
        elif e.tag in HEADS:
            heading = text_of(e) if e.tag != "h4" else heading
            doc.add_heading(text_of(e), int(e.tag[1]))
        elif e.tag == "ul":
            for item in e:
                add_runs(doc.add_paragraph(style="List Bullet"), item)
        elif e.tag == "table":
            add_table(doc, e)
            caption = text_of(after) if is_caption(after) else re.sub(r"^[\d.]+\s+", "", heading)
            at += is_caption(after)
            doc.add_paragraph(f"Table {chr(ord('A') + tables)}: {caption}", "Caption")
            tables += 1
        elif text_of(e):
            add_runs(doc.add_paragraph(), e).alignment = ALIGN.JUSTIFY
    print_office(doc.save, ".docx", out)
