"""Word documents: paragraphs, tables with merged cells, footnotes, text boxes, and the cached values of charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.layout import lead_of, text_passage
from extract.limits import WIDEST, limits, number_in
from extract.model import Bar, Block, Cell, Chart, Heading, Paragraph, Reading, Table, UnreadableError, Word
from extract.readers import visibility
from extract.readers.visibility.word import Look
from extract.tables.textual import tab_table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_POINTS = 10_000
"""Of a chart's series."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_W + "del", _W + "moveFrom", _FALLBACK, _W + "txbxContent"}
"""Deleted text, doubles for old versions of Word, and text boxes, which are blocks of their own."""


def read(path: Path) -> Reading:
    """Read a Word document. Raises UnreadableError where it is damaged or empty."""
    from docx import Document  # noqa: PLC0415  (only needed for Word documents)

    try:
        document = Document(str(path))
    except Exception as error:  # python-docx lets errors of zipfile and lxml through
        raise UnreadableError("is a damaged Word document; open it in Word, save it again, and try again") from error
    limits().check_text(" ".join(t.text or "" for t in document.element.body.iter(_W + "t")))
    look = Look(document)
    hidden = look.strip(document.element.body)
    blocks = _Reader(document).blocks(document.element.body)
    notes, hidden_notes = _footnotes(document, look)
    blocks += notes
    if not blocks:
        raise UnreadableError("is a Word document without text; save the report again")
    return Reading(blocks, 1, [visibility.warning()] if hidden or hidden_notes else [])


class _Reader:
    """Walks a document's body in order."""

    def __init__(self, document: Any) -> None:
        self.part = document.part
        self.styles = {s.style_id: (s.name or "").lower() for s in document.styles}

    def blocks(self, body: Any) -> list[Block]:
        found: list[Block] = []
        tabbed: list[str] = []
        for child in body:
            text = _text(child) if child.tag == _W + "p" else ""
            if re.search(r"\S\t+\s*\S", text):
                tabbed.append(text)
                continue
            found += _tabbed(tabbed)
            tabbed = []
            if child.tag == _W + "p":
                found += self._paragraph(child, text)
            elif child.tag == _W + "tbl":
                found += self._table(child)
            elif child.tag == _W + "sdt":
                content = child.find(_W + "sdtContent")
                if content is not None:
                    found += self.blocks(content)
            elif child.tag in (_W + "ins", _W + "moveTo", _W + "customXml", _W + "smartTag"):
                found += self.blocks(child)
        return found + _tabbed(tabbed)

    def _paragraph(self, p: Any, text: str) -> list[Block]:
        found: list[Block] = []
        text = " ".join(text.split())
        style = self._style(p)
        if text and style.startswith("toc "):
            text = ""  # the contents page gives no figures
        if text:
            level = self._level(p, style)
            listed = style.startswith("list") or p.find(f"{_W}pPr/{_W}numPr") is not None
            if level and len(text) < 200:
                found.append(Heading(re.sub(r"^\d+(?:\.\d+)*\.?\s+(?=[A-Z])", "", text), level, None))
            elif (
                _all_bold(p)
                and len(text.split()) <= 14
                and not re.search(r"[.;,]$", text)
                and re.search("[A-Za-z]{3}", text)
            ):
                found.append(Heading(text, 4, None))
            else:
                found.append(
                    Paragraph(text_passage(text), None, listed and len(text) < 400, _bold_lead(p) or lead_of(text))
                )
        for box in p.iter(_W + "txbxContent"):
            if not any(a.tag == _FALLBACK for a in box.iterancestors()):
                found += self.blocks(box)
        return found + [c for c in self._charts(p) if c.bars]

    def _style(self, p: Any) -> str:
        name = p.find(f"{_W}pPr/{_W}pStyle")
        return self.styles.get(name.get(_W + "val"), "") if name is not None else ""

    def _level(self, p: Any, style: str) -> int:
        if style in ("title", "subtitle"):
            return 1
        if match := re.match(r"heading (\d)", style):
            return min(int(match[1]) + 1, 5)
        outline = p.find(f"{_W}pPr/{_W}outlineLvl")
        deep = number_in(outline.get(_W + "val"), 9, 9, least=0) if outline is not None else 9
        return min(deep + 2, 5) if deep < 4 else 0

    def _table(self, table: Any) -> list[Block]:
        cells: list[Cell] = []
        inside: list[Block] = []
        open_cells: dict[int, Cell] = {}
        for r, row in enumerate(_rows(table)):
            c = number_in(_value(row, f"{_W}trPr/{_W}gridBefore"), 0, WIDEST, least=0)
            for tc in _cells(row):
                span = number_in(_value(tc, f"{_W}tcPr/{_W}gridSpan"), 1, WIDEST)
                merge = tc.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None and merge.get(_W + "val") != "restart" and c in open_cells:
                    open_cells[c].row_span = r - open_cells[c].row + 1
                else:
                    text = "\n".join(" ".join(_text(p).split()) for p in tc.iter(_W + "p"))
                    cell = Cell(text_passage(text), r, c, 1, span)
                    cells.append(cell)
                    open_cells.pop(c, None)
                    if merge is not None:
                        open_cells[c] = cell
                inside += [chart for p in tc.iter(_W + "p") for chart in self._charts(p) if chart.bars]
                c += span
        if not cells:
            return inside
        if len(cells) == 1:
            # One cell is a frame around text.
            frame = next(tc for row in _rows(table) for tc in _cells(row))
            return self.blocks(frame)
        return [Table(cells, None, None, "word"), *inside]

    def _charts(self, p: Any) -> Iterator[Chart]:
        from lxml import etree  # noqa: PLC0415

        for reference in p.iter(_C + "chart"):
            if any(a.tag == _FALLBACK for a in reference.iterancestors()):
                continue
            part = self.part.related_parts.get(reference.get(_R + "id"))
            if part is None:
                continue
            try:
                root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            except etree.XMLSyntaxError:
                continue
            yield chart_of(root)


_DEFAULT_NAME = re.compile(r"(?:Column|Series)\s?\d+")
"""What Word calls a series that nobody filled in."""


def _not_zero(text: str) -> bool:
    return text not in ("", "0", "0.0")


def chart_of(root: Any) -> Chart:
    """The cached values of a chart's XML (DrawingML), a bar for each point that has a value."""
    title = "".join(t.text or "" for t in root.iterfind(f"{_C}chart/{_C}title//{_A}t"))
    bars: list[Bar] = []
    series = list(root.iter(_C + "ser"))
    for ser in series:
        name = " ".join(v.text or "" for v in ser.iterfind(f"{_C}tx//{_C}v")).strip()
        categories = _points(ser.find(_C + "cat"))
        values_of = ser.find(_C + "val")
        if values_of is None or (
            _DEFAULT_NAME.fullmatch(name) and not any(map(_not_zero, _points(values_of).values()))
        ):
            continue
        formats = values_of.find(f".//{_C}formatCode")
        percent = formats is not None and "%" in (formats.text or "")
        for index, text in sorted(_points(values_of).items()):
            shown = _shown(text, percent)
            if shown:
                bars.append(
                    Bar(
                        Word(shown, (0, 0, 0, 0)),
                        categories.get(index, ""),
                        name if len(series) > 1 or name != title else "",
                    )
                )
    return Chart(title, bars, None, None)


def _points(source: Any) -> dict[int, str]:
    """Index -> text of a cache; the levels of nested categories are joined, outermost first."""
    if source is None:
        return {}
    levels = list(source.iter(_C + "lvl")) or [source]
    found: dict[int, str] = {}
    for n, level in enumerate(levels):
        points = {
            number_in(p.get("idx"), 0, MOST_POINTS, least=0): (p.findtext(_C + "v") or "").strip()
            for p in level.iter(_C + "pt")
        }
        if n == 0:
            found = points
            continue
        last = ""
        for index in sorted(found):
            last = points.get(index, last)
            found[index] = f"{last} {found[index]}".strip()
    return found


def _shown(text: str, percent: bool) -> str:
    """A cached value as the chart prints it, empty where it is no number."""
    try:
        value = float(text)
    except ValueError:
        return ""
    if percent:
        return f"{round(value * 100, 4):g}%"
    return f"{round(value, 4):.10g}"


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == _W + "tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "customXml"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == _W + "tc":
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "customXml"):
            yield from _cells(child)


def _value(element: Any, path: str) -> str:
    found = element.find(path)
    return found.get(_W + "val") or "" if found is not None else ""


def _text(p: Any) -> str:
    """The words of a paragraph, without deleted text, text boxes, and marks of footnotes."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == _W + "r" and _is_mark(child):
                continue
            if child.tag == _W + "t":
                parts.append(child.text or "")
            elif child.tag == _W + "tab" and element.tag == _W + "r":
                parts.append("\t")
            elif child.tag in (_W + "br", _W + "cr"):
                parts.append(" ")
            elif child.tag == _W + "noBreakHyphen":
                parts.append("-")
            else:
                walk(child)

    walk(p)
    return "".join(parts).replace("\u00a0", " ").replace("\u00ad", "").strip()


def _is_mark(run: Any) -> bool:
    """True for a raised footnote mark typed by hand."""
    raised = _value(run, f"{_W}rPr/{_W}vertAlign") == "superscript"
    text = "".join(t.text or "" for t in run.iter(_W + "t"))
    return raised and re.fullmatch(r"[\d*†‡,\s]{1,4}", text) is not None


def _on(run: Any) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(_W + "val") not in ("0", "false")


def _all_bold(p: Any) -> bool:
    runs = [r for r in p.iter(_W + "r") if "".join(t.text or "" for t in r.iter(_W + "t")).strip()]
    return bool(runs) and all(_on(r) for r in runs)


def _bold_lead(p: Any) -> str:
    """Bold words that a paragraph opens with."""
    lead: list[str] = []
    for run in p.iter(_W + "r"):
        text = "".join(t.text or "" for t in run.iter(_W + "t"))
        if text.strip() and not _on(run):
            words = "".join(lead).strip(" –-:")
            return words if re.search(r"[A-Za-z]{4}", words) and len(words.split()) <= 12 else ""
        lead.append(text)
    return ""


def _tabbed(lines: list[str]) -> list[Block]:
    """Lines with tab stops: a table where there are several, else paragraphs."""
    if not lines:
        return []
    table, end = tab_table(lines, 0)
    if table and end == len(lines):
        return table
    return [Paragraph(text_passage(line), None) for line in lines]


def _footnotes(document: Any, look: Look) -> tuple[list[Block], bool]:
    """Footnotes as paragraphs after the text, and whether they hold text that cannot be seen."""
    from lxml import etree  # noqa: PLC0415

    found: list[Block] = []
    hidden = False
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        try:
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            continue
        hidden = look.strip(root) or hidden
        for note in root:
            if note.get(_W + "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            text = " ".join(_text(p) for p in note.iter(_W + "p")).strip()
            if text:
                found.append(Paragraph(text_passage(text), None, footnote=True))
    return found, hidden
