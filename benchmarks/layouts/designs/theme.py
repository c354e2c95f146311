"""A report typed in Word with the Office theme: built-in heading, caption and table styles, printed by LibreOffice."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import etree
from lxml.html import HtmlElement
from office import print_office

STYLES = (
    "Light Grid Accent 3",
    "Medium Shading 2 Accent 1",
    "Colorful List Accent 5",
    "Light List Accent 1",
    "Medium Grid 1 Accent 6",
    "Light Shading Accent 4",
)
SIDES = (WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT)
FIGURE = re.compile(r"^[£(<+\-–—]?\s*[\d,.\u202f\s]*\d?\s*[%)*]*$|^(n/?a|nil)$", re.I)
BLOCKS = {"p", "ul", "ol", "li", "table", "div", "svg", "section", "article", "main", "figure", "figcaption", "caption"}
BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "address", "dl", "dt", "dd", "hr", "pre"}
PAGE = 16.6


class Builder:
    """One document on its way from HTML to Word."""

    def __init__(self) -> None:
        self.doc = Document()
        self.tables = 0
        self.pictures: list[tuple[str, bytes]] = []
        page = self.doc.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.2)
        page.top_margin = page.bottom_margin = Cm(2.2)
        normal = self.doc.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        normal.element.rPr.rFonts.set(qn("w:hAnsi"), "Calibri")
        normal.paragraph_format.space_after = Pt(7)
        self.doc.styles["Caption"].paragraph_format.keep_with_next = True

    def flow(self, element: HtmlElement, place: object, style: str | None = None) -> None:
        """The content of an element, block after block, into the document or a cell."""
        current = None

        def inline(text: str | None, **marks: bool) -> None:
            nonlocal current
            if not text or (current is None and not text.strip()):
                return
            if current is None:
                current = self.paragraph(place, style)
            text = re.sub(r"[ \t\r\n]+", " ", text)
            run = current.add_run(text.lstrip(" ") if not current.runs else text)
            for name, on in marks.items():
                setattr(run.font, name, on)

        def walk(node: HtmlElement, **marks: bool) -> None:
            nonlocal current
            inline(node.text, **marks)
            for child in node:
                if not isinstance(child.tag, str):
                    pass
                elif child.tag == "br":
                    if current is not None:
                        current.add_run().add_break()
                elif child.tag.lower() in BLOCKS or any(e.tag in BLOCKS for e in child.iterdescendants()):
                    current = None
                    self.block(child, place)
                    current = None
                else:
                    more = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "sup": "superscript"}
                    walk(child, **marks, **({more[child.tag]: True} if child.tag in more else {}))
                    if child.tag in ("b", "strong") and (child.tail or " ")[0].isalnum() and current is not None:
                        current.add_run().add_tab()
                inline(child.tail, **marks)

        walk(element)

    def paragraph(self, place: object, style: str | None) -> object:
        if getattr(place, "fresh", None):
            first = place.fresh.pop()  # type: ignore[attr-defined]
            if style:
                first.style = self.doc.styles[style]
            return first
        target = getattr(place, "cell", place)
        return target.add_paragraph(style=style)  # type: ignore[attr-defined]

    def block(self, element: HtmlElement, place: object) -> None:
        tag = element.tag.lower()
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.flow(element, place, f"Heading {tag[1]}")
        elif tag in ("ul", "ol"):
            number = int(element.get("start") or 1)
            for item in element:
                if tag == "ol" and item.tag == "li":
                    item.text = f"{number}.  {(item.text or '').lstrip()}"
                    number += 1
                    self.flow(item, place, "List Continue")
                else:
                    self.flow(item, place, "List Bullet")
        elif tag == "table":
            self.table(element, place)
        elif tag == "svg":
            self.picture(element, place)
        elif tag == "caption":
            self.flow(element, place, "Caption")
        else:
            self.flow(element, place, "Caption" if _captions(element) else None)

    def picture(self, svg: HtmlElement, place: object) -> None:
        """A drawing: a blank picture of its size, whose part is replaced by the drawing when the document is saved."""
        from PIL import Image  # noqa: PLC0415

        wide, high = _fit(svg)
        text = re.sub(
            r"</?html:", lambda m: m[0].replace("html:", ""), etree.tostring(svg, encoding="unicode", with_tail=False)
        )
        if "xmlns=" not in text:
            text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        blank = BytesIO()
        Image.new("RGB", (4, 4), (len(self.pictures) + 1, 7, 9)).save(blank, "PNG")
        width = min(wide * 2.54 / 96, PAGE)
        paragraph = self.paragraph(place, None)
        paragraph.add_run().add_picture(BytesIO(blank.getvalue()), width=Cm(width), height=Cm(width * high / wide))
        self.pictures.append((text, blank.getvalue()))

    def table(self, table: HtmlElement, place: object) -> None:
        for caption in table.findall("caption"):
            self.block(caption, place)
        lines = [r for r in table.iter("tr") if next(r.iterancestors("table")) is table]
        cells, taken = [], set()
        for y, line in enumerate(lines):
            x = 0
            for cell in line:
                if cell.tag not in ("td", "th"):
                    continue
                while (y, x) in taken:
                    x += 1
                down, over = min(int(cell.get("rowspan") or 1), len(lines) - y), int(cell.get("colspan") or 1)
                taken |= {(y + j, x + i) for j in range(down) for i in range(over)}
                cells.append((y, x, down, over, cell))
                x += over
        if not cells:
            return
        wide = max(x for _, x in taken) + 1
        words = any(len(c[4].text_content()) > 160 for c in cells) or len(lines) == 1
        heads = next((n for n, line in enumerate(lines) if any(c.tag == "td" for c in line)), None)
        if heads is None:
            figures = any(y and x and FIGURE.match(c.text_content().strip()) for y, x, _, _, c in cells)
            heads = 1 if figures else 0
        headless = heads == 0 or words
        target = getattr(place, "cell", place)
        made = target.add_table(len(lines), wide)
        number = self.tables
        made.style = self.doc.styles["Table Grid" if words else STYLES[number % len(STYLES)]]
        if not words:
            self.tables += 1
        _look(made, head=not headless, label=number % 3 != 2)
        widths = _widths(cells, wide, full=number % 2 == 0 or words)
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        for y, x, down, over, source in cells:
            cell = made.cell(y, x)
            if down > 1 or over > 1:
                cell = cell.merge(made.cell(y + down - 1, x + over - 1))
            self.flow(source, _Cell(cell))
            text = " ".join(source.text_content().split())
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1)
                paragraph.paragraph_format.space_before = Pt(1)
                if x and not words and (FIGURE.match(text) or y < heads):
                    paragraph.alignment = SIDES[number % len(SIDES)]
        if number % 2 and not headless:
            for row in made.rows[:heads]:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in made.rows:
            if not words:
                row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        after = target.add_paragraph()
        after.paragraph_format.space_after = Pt(4)

    def save(self, path: str) -> None:
        draft = BytesIO()
        self.doc.save(draft)
        with ZipFile(draft) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
            for item in old.namelist():
                data = old.read(item)
                new.writestr(item, next((t.encode() for t, blank in self.pictures if blank == data), data))


class _Cell:
    """A table cell as a place to write to: its first paragraph is there already."""

    def __init__(self, cell: object) -> None:
        self.cell = cell
        self.fresh = [cell.paragraphs[0]]  # type: ignore[attr-defined]


def _fit(svg: HtmlElement) -> tuple[float, float]:
    """Widen a drawing's view to its longest line of text; its width and height then."""
    wide, high = (float(re.sub(r"[^\d.]", "", svg.get(name) or "") or 0) for name in ("width", "height"))
    box = [float(n) for n in (svg.get("viewBox") or svg.get("viewbox") or "").replace(",", " ").split()]
    x, y, w, h = box if len(box) == 4 else (0.0, 0.0, wide or 480.0, high or 240.0)
    left, right = x, x + w
    for line in svg.iter("text"):
        chain = [line, *line.iterancestors()]
        size, anchor = (
            next((e.get(n) for e in chain if e.get(n)), d) for n, d in (("font-size", "12"), ("text-anchor", "start"))
        )
        long = 0.6 * float(re.sub(r"[^\d.]", "", size) or 12) * len(line.text_content().strip())
        at = float(line.get("x") or 0)
        start = at - long * {"end": 1, "middle": 0.5}.get(anchor, 0)
        if not any(e.get("transform") for e in chain):
            left, right = min(left, start), max(right, start + long)
    svg.attrib.pop("viewbox", None)
    svg.set("viewBox", f"{left:.0f} {y:.0f} {right - left:.0f} {h:.0f}")
    svg.set("width", f"{right - left:.0f}")
    svg.set("height", f"{h:.0f}")
    return right - left, h


def _captions(element: HtmlElement) -> bool:
    after = element.getnext()
    return after is not None and after.tag in ("table", "svg") and len(element.text_content()) < 120


def _look(made: object, *, head: bool, label: bool) -> None:
    properties = made._tbl.tblPr  # type: ignore[attr-defined]
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    look = OxmlElement("w:tblLook")
    value = 0x0400 | (0x0020 if head else 0) | (0x0080 if label else 0)
    look.set(qn("w:val"), f"{value:04X}")
    flags = {
        "firstRow": head,
        "lastRow": False,
        "firstColumn": label,
        "lastColumn": False,
        "noHBand": False,
        "noVBand": True,
    }
    for name, on in flags.items():
        look.set(qn(f"w:{name}"), "1" if on else "0")
    properties.append(look)


def _widths(cells: list, wide: int, *, full: bool) -> list[float]:
    """Widths of columns in centimetres: room for the longest word, and the rest by the length of the text."""
    least, liked = [1.5] * wide, [1.5] * wide
    for _, x, _, over, cell in cells:
        text = cell.text_content().strip()
        if over == 1:
            least[x] = max(least[x], 0.75 + 0.225 * max(map(len, re.split(r"[\s]+", text)), default=0))
            liked[x] = max(liked[x], 0.75 + 0.2 * min(len(text), 60))
    liked = [max(a, b) for a, b in zip(least, liked, strict=True)]
    room = PAGE if full or sum(liked) > PAGE else sum(liked) + 1
    if sum(least) > room:
        return [w * room / sum(least) for w in least]
    extra = [b - a + 0.2 for a, b in zip(least, liked, strict=True)]
    return [a + (room - sum(least)) * e / sum(extra) for a, e in zip(least, extra, strict=True)]


def print_pdf(body: HtmlElement, out: Path) -> None:
    """Write the report to a Word document and have LibreOffice print it."""
    builder = Builder()
    builder.flow(body, builder.doc)
    print_office(builder.save, ".docx", out)
