"""What the designs share that are Word documents: sized text, tables of set widths, charts with their legend in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from office import chart_xml
from parts import Cell, Drawn
from story import Spans

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def say(paragraph: Paragraph, text: str, size: float = 0, bold: bool = False, ink: str = "") -> Paragraph:
    """Add a run to a paragraph."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if ink:
        run.font.color.rgb = RGBColor.from_string(ink)
    return paragraph


def say_all(paragraph: Paragraph, said: Spans) -> Paragraph:
    for text, bold in said:
        say(paragraph, text, bold=bold)
    return paragraph


def tight(cell: _Cell, keep: bool = False) -> Paragraph:
    """The first paragraph of a cell, close to its edges."""
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(2)
    form.keep_with_next = keep
    return paragraph


def rule(table: Table, ink: str, size: int = 4, inner: bool = True) -> None:
    """Draw the rules of a table in a colour; without one there are none."""
    line = f'w:val="single" w:sz="{size}" w:color="{ink}"' if ink else 'w:val="none"'
    edges = "".join(f"<w:{side} {line}/>" for side in (SIDES if inner else SIDES[:4]))
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))


def word_table(
    doc: Document, rows: int, widths: Sequence[float], ink: str = "", size: int = 4, inner: bool = True
) -> Table:
    """A table with columns of so many centimetres, whose rows stay on a page."""
    table = doc.add_table(rows, len(widths))
    table.autofit = False
    rule(table, ink, size, inner)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    return table


def merged_cell(table: Table, c: Cell, at: dict[int, int]) -> _Cell:
    """The cell of a Word table for one of a grid, whose rows are at other places."""
    cell = table.cell(at[c.row], c.column)
    last = table.cell(at[c.row] + c.rows - 1, c.column + c.columns - 1)
    return cell.merge(last) if c.rows * c.columns > 1 else cell


def repeat_head(table: Table, heads: int) -> None:
    for row in table.rows[:heads]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def bare_chart(said: Drawn, kind: str, fills: Sequence[str], axis: bool = False) -> bytes:
    """A native chart without legend whose values keep their decimals and signs; with an axis it goes without title."""
    values = said.values.values()
    places = max(len(v.partition(".")[2].rstrip("%")) for v in values)
    form = f"#,##0{'.' * bool(places)}{'0' * places}{'&quot;%&quot;' * any('%' in v for v in values)}"
    plain = replace(said, rows=[(name, {k: v.rstrip("%") for k, v in row.items()}) for name, row in said.rows])
    return chart_xml(plain, kind, fills, 10, True, form=form, title=not axis, legend=False, axis=axis)
