"""A report as plain HTML: headings, paragraphs, lists, tables and charts, without any design.

From here a design sets it anew (`designs.py`). A source in HTML keeps its own structure and drawings; any other
document is read by councilbench first, so only documents that it reads faultlessly are of use for measuring.
"""

from __future__ import annotations

import copy
from html import escape
from pathlib import Path

from lxml import html

from extract.model import Cell, Chart, Heading, Paragraph, Reading, Table
from extract.readers import read

KEPT = {"href", "rowspan", "colspan", "scope", "start"}
"""Attributes that say something; classes and styles go."""
DROPPED = ("style", "script", "head", "link", "meta", "nav", "header", "footer", "title")


def neutral(path: Path) -> html.HtmlElement:
    """The `body` of a document. Raises `extract.model.UnreadableError` for one that cannot be read."""
    return _from_html(path) if path.suffix == ".html" else _from_reading(read(path))


def _from_html(path: Path) -> html.HtmlElement:
    tree = html.parse(str(path), parser=html.HTMLParser(encoding="utf-8")).getroot()
    body = copy.deepcopy(tree.find("body"))
    for element in list(body.iter(*DROPPED)):
        if not any(a.tag == "svg" for a in element.iterancestors()):
            element.drop_tree()
    for element in body.iter():
        drawn = element.tag == "svg" or any(a.tag == "svg" for a in element.iterancestors())
        if isinstance(element.tag, str) and not drawn:
            for name in set(element.attrib) - KEPT:
                del element.attrib[name]
    return body


def _from_reading(reading: Reading) -> html.HtmlElement:
    parts: list[str] = []
    in_list = False
    for block in reading.blocks:
        bullet = isinstance(block, Paragraph) and block.bullet
        if bullet != in_list:
            parts.append("<ul>" if bullet else "</ul>")
            in_list = bullet
        parts.append(_block(block))
    parts += ["</ul>"] * in_list
    return html.fragment_fromstring("".join(parts), create_parent="body")


def _block(block: Heading | Paragraph | Table | Chart) -> str:
    match block:
        case Heading():
            level = min(max(block.level, 1), 4)
            return f"<h{level}>{escape(_numbered(block.number, block.text))}</h{level}>"
        case Paragraph(bullet=True):
            return f"<li>{escape(block.text)}</li>"
        case Paragraph():
            lead = block.lead if block.lead and block.text.startswith(block.lead) else ""
            text = f"<b>{escape(lead)}</b>{escape(block.text[len(lead) :])}" if lead else escape(block.text)
            return f"<p>{escape(block.number + ' ') if _unprinted(block.number, block.text) else ''}{text}</p>"
        case Table():
            return table(block)
    return chart(block)


def _unprinted(number: str, text: str) -> bool:
    return bool(number) and not text.startswith(number)


def _numbered(number: str, text: str) -> str:
    return f"{number} {text}" if _unprinted(number, text) else text


def table(found: Table) -> str:
    """A table; its first row, and rows without figures under it, as heads."""
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(found.cells, key=lambda c: (c.row, c.column)):
        rows.setdefault(cell.row, []).append(cell)
    width, heads, printed = found.shape[1], True, []
    for number in range(found.shape[0]):
        cells = rows.get(number, [])
        heads = heads and (number == 0 or not any(c.text[:1].isdigit() for c in cells if c.column))
        tag, at, line = ("th" if heads else "td"), 0, ""
        covered = {
            c
            for above in found.cells
            if above.row < number < above.row + above.row_span
            for c in range(above.column, above.column + above.column_span)
        }
        while at < width:
            cell = next((c for c in cells if c.column == at), None)
            if cell is None:
                line += "" if at in covered else f"<{tag}></{tag}>"
                at += 1
                continue
            spans = "".join(
                f' {name}="{n}"' for name, n in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if n > 1
            )
            line += f"<{tag}{spans}>{escape(cell.text)}</{tag}>"
            at += cell.column_span
        printed.append(f"<tr>{line}</tr>")
    return f"<table>{''.join(printed)}</table>"


BAR, STEP = 210.0, 15


def chart(found: Chart) -> str:
    """A bar chart with data labels; charts whose figures are not known become a line that says so."""
    if not found.bars:
        return f"<p>[{escape(found.title or 'Chart')}]</p>"
    values = [float(b.label.text.strip("£%").replace(",", "")) for b in found.bars]
    series = list(dict.fromkeys(b.series for b in found.bars))
    colours = ["#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d"]
    y, last, drawn = 34, "", []
    for bar, value in zip(found.bars, values, strict=True):
        if bar.category != last:
            y += 8
            drawn.append(f'<text x="205" y="{y + 10}" font-size="9" text-anchor="end">{escape(bar.category)}</text>')
            last = bar.category
        long, colour = BAR * value / (max(values) or 1), colours[series.index(bar.series) % len(colours)]
        drawn.append(f'<rect x="212" y="{y}" width="{max(long, 0.5):.1f}" height="11" fill="{colour}"/>')
        drawn.append(f'<text x="{216 + long:.1f}" y="{y + 9}" font-size="8.5">{escape(bar.label.text)}</text>')
        y += STEP
    x = 60.0
    for n, name in enumerate(series if len(series) > 1 else []):
        drawn.append(f'<rect x="{x}" y="{y + 12}" width="7" height="7" fill="{colours[n % len(colours)]}"/>')
        drawn.append(f'<text x="{x + 11}" y="{y + 19}" font-size="8.5">{escape(name)}</text>')
        x += 30 + 5 * len(name)
    title = f'<text x="240" y="16" font-size="11" font-weight="bold" text-anchor="middle">{escape(found.title)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="480" height="{y + 28}" viewBox="0 0 480 {y + 28}" '
        f'font-family="sans-serif">{title}{"".join(drawn)}</svg>'
    )
