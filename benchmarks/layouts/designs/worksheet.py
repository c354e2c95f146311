"""An Excel workbook printed to PDF, landscape: sheet names on top, merged text cells, slanted heads, data bars, chart beside data."""

import re

from office import print_office
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter as letter
from parts import font, grid, read_chart, text_of
from PIL import ImageFont

GREEN, GREY = PatternFill("solid", fgColor="375623"), PatternFill("solid", fgColor="E2EFDA")
THIN = Border(*[Side(style="thin", color="A9D08E")] * 4)
COLUMNS, WIDE = 12, 10.5
PIXELS = WIDE * 7 + 5


FONTS = [font(f"Carlito-{weight}") for weight in ("Regular", "Bold")]
FACES = {(s, b): ImageFont.truetype(FONTS[b], round(s * 4 / 3)) for s in (11, 13, 16) for b in (False, True)}


def lines(words, columns, size=11, bold=False):
    """How many lines the words take in a merged cell of so many columns."""
    room, n, at = columns * PIXELS - 12, 1, 0
    for word in words.split():
        long = FACES[size, bold].getlength(word + " ")
        if at and at + long > room:
            n, at = n + 1, 0
        at += long
    return n


def figure(words):
    """The value and the number format that shows it as it was written, or the words and None."""
    if m := re.fullmatch(r"(£?)(\d[\d,]*)(\.\d+)?(%?)", words):
        value = float(m[2].replace(",", "") + (m[3] or ""))
        shape = (
            ("£" if m[1] else "")
            + ("#,##0" if "," in m[2] else "0")
            + ("." + "0" * (len(m[3]) - 1) if m[3] else "")
            + m[4]
        )
        if re.fullmatch(r"0|[1-9]\d{0,2}(,\d{3})*|[1-9]\d*", m[2]):
            return (value / 100 if m[4] else value if m[3] else int(value)), shape
    return words, None


class Book:
    def __init__(self):
        self.book, self.sheet = Workbook(), None
        self.book.remove(self.book.active)

    def start(self, name):
        base = re.sub(r"[\[\]:*?/\\]", "-", name)[:28].strip("' ") or "Report"
        while base.lower() in [s.title.lower() for s in self.book]:
            base = base[:27] + "~"
        s = self.sheet = self.book.create_sheet(base)
        self.row, s.column_dimensions["A"].width = 1, 6
        for k in range(COLUMNS):
            s.column_dimensions[letter(k + 2)].width = WIDE
        s.page_setup.orientation, s.page_setup.paperSize = "landscape", 9
        s.sheet_properties.pageSetUpPr.fitToPage = True
        s.page_setup.fitToWidth, s.page_setup.fitToHeight = 1, 0
        s.print_options.gridLines, s.page_margins.left, s.page_margins.right = True, 0.5, 0.5
        s.oddHeader.left.text, s.oddHeader.right.text = "&A", "OFFICIAL"
        s.oddFooter.center.text, s.oddFooter.left.text = "Page &P of &N", "&F"

    def write(
        self,
        words,
        col,
        wide,
        tall=1,
        size=11,
        bold=False,
        fill=None,
        colour="000000",
        across="left",
        turn=0,
        edge=False,
        top="top",
    ):
        value, shape = figure(words) if edge else (words, None)
        cell = self.sheet.cell(self.row, col, value)
        cell.data_type = "s" if isinstance(value, str) and value else cell.data_type
        cell.font = Font(name="Carlito", size=size, bold=bold, color=colour)
        cell.alignment = Alignment(wrap_text=True, vertical=top, horizontal=across, text_rotation=turn)
        cell.number_format = shape or "General"
        for c in (self.sheet.cell(self.row + y, col + x) for y in range(tall) for x in range(wide)):
            c.fill, c.border = fill or PatternFill(), THIN if edge else Border()
        if wide * tall > 1:
            self.sheet.merge_cells(
                start_row=self.row, start_column=col, end_row=self.row + tall - 1, end_column=col + wide - 1
            )

    def line(self, words, size=11, bold=False, mark="", **more):
        if mark:
            self.write(mark, 1, 1, across="right")
        self.write(words, 2, COLUMNS, size=size, bold=bold, **more)
        self.sheet.row_dimensions[self.row].height = lines(words, COLUMNS, size, bold) * size * 1.36 + 3
        self.row += 1

    def table(self, source):
        rows = [[(c.text, c.column, c.columns, c.rows, c.head) for c in row] for row in grid(source).rows]
        n = max(c[1] + c[2] for r in rows for c in r)
        heads = next((i for i, r in enumerate(rows) if not all(c[4] for c in r)), int(len(rows[0][-1][0]) < 60))
        most = [max([len(c[0]) for r in rows[heads:] for c in r if c[1] == k and c[2] == 1] or [1]) for k in range(n)]
        word = [
            max([len(w) for r in rows[:heads] for c in r if c[1] == k and c[2] == 1 for w in c[0].split()] or [1])
            for k in range(n)
        ]
        spans = [1 if max(m, w - 1) < 10 else 2 if m < 22 else 3 for m, w in zip(most, word, strict=False)]
        while sum(spans) < COLUMNS and max(m / s for m, s in zip(most, spans, strict=False)) > 14:
            k = max(range(n), key=lambda i: most[i] / spans[i])
            spans[k] += 1
        start = [2 + sum(spans[:k]) for k in range(n + 1)]
        turned = heads == 1 and n > 3 and all(len(c[0]) < 24 for c in rows[0]) and rows[0][-1][0] != ""
        first = self.row
        for i, r in enumerate(rows):
            high = 1
            for words, col, w, h, _ in r:
                head, total = i < heads, r[0][0].lower().startswith("total")
                wide, tall, number = (
                    start[col + w] - start[col],
                    min(h, len(rows) - i),
                    figure(words)[1] or words in ("–", ""),
                )
                self.write(
                    words,
                    start[col],
                    wide,
                    tall,
                    bold=head or total,
                    fill=GREEN if head else GREY if total else None,
                    colour="FFFFFF" if head else "000000",
                    edge=True,
                    across="center" if head and col else "right" if number and col else "left",
                    turn=45 if turned and head and col else 0,
                    top="bottom" if number or head else "center" if tall > 1 else "top",
                )
                if tall == 1:
                    high = max(high, lines(words, wide, 11, head or total))
            self.sheet.row_dimensions[self.row].height = 86 if turned and i == 0 else high * 15 + 2
            self.row += 1
        for k in range(1, n):
            if heads and n in (2, 3) and len(rows) > 4 and most[k] < 5 and spans[k] == 1:
                last = self.row - 1 - rows[-1][0][0].lower().startswith("total")
                self.sheet.conditional_formatting.add(
                    f"{letter(start[k])}{first + heads}:{letter(start[k])}{last}",
                    DataBarRule("num", 0, "max", color="A9D08E"),
                )
        self.row += 1
        if len(rows) > 25:
            self.sheet.print_title_rows = f"{first}:{first + heads - 1}"

    def chart(self, svg):
        chart = read_chart(svg)
        title, cats, names, values = chart.title, chart.categories, chart.names, chart.values
        first, span = self.row, 3
        for j, name in enumerate(names):
            self.write(name, 2 + span + j, 1, bold=True, fill=GREEN, colour="FFFFFF", edge=True, across="center")
        self.write("", 2, span, fill=GREEN, edge=True)
        self.sheet.row_dimensions[self.row].height = max(lines(n, 1, 11, True) for n in names) * 15 + 4
        self.row += 1
        for i, cat in enumerate(cats):
            self.write(cat, 2, span, edge=True)
            for j in range(len(names)):
                self.write(values.get((i, j), ""), 2 + span + j, 1, edge=True, across="right")
            self.sheet.row_dimensions[self.row].height = 15 * lines(cat, span) + 2
            self.row += 1
        c = BarChart()
        c.type, c.title, c.gapWidth = "bar", title, 50
        c.add_data(
            Reference(self.sheet, min_col=2 + span, max_col=1 + span + len(names), min_row=first, max_row=self.row - 1),
            titles_from_data=True,
        )
        c.set_categories(Reference(self.sheet, min_col=2, min_row=first + 1, max_row=self.row - 1))
        c.x_axis.scaling.orientation, c.x_axis.delete, c.y_axis.delete, c.y_axis.majorGridlines = (
            "maxMin",
            False,
            True,
            None,
        )
        for j, s in enumerate(c.series):
            s.graphicalProperties.solidFill = ["548235", "F4B183", "7F7F7F"][j]
            s.dLbls = DataLabelList(
                showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
            )
        c.legend.position, c.legend = "b", c.legend if names[0] else None
        c.width, c.height = (
            (COLUMNS - span - len(names)) * PIXELS / 37.8 - 0.3,
            max(6.5, 2.6 + len(cats) * (0.5 + 0.32 * len(names))),
        )
        self.sheet.add_chart(c, f"{letter(2 + span + len(names))}{first}")
        used = sum(self.sheet.row_dimensions[r].height for r in range(first, self.row)) / 28.35
        self.row += max(1, int((c.height - used) / 0.53) + 2)


def print_pdf(body, out):
    b, begun = Book(), False
    b.start(text_of(next(body.iter("h1", "h2"))))
    for e, words in [(e, text_of(e)) for e in body]:
        if e.tag in ("h1", "h2", "h3"):
            if begun and b.row > 18:
                b.start(words)
            b.line(words, 16 if e.tag == "h1" else 13, True, colour="375623")
        elif e.tag == "h4":
            b.line(words, 11, True)
        elif e.tag == "svg":
            b.chart(e)
        elif e.tag == "table":
            if len(list(e.iter("tr"))) > 25 and b.row > 6:
                b.start(words[:20])
            b.table(e)
        elif e.tag == "ul":
            for li in e:
                b.line(text_of(li), mark="•")
        else:
            m = re.match(r"(\d+\.\d+)\s*", words)
            b.line(words[m.end() :] if m else words, mark=m[1] if m else "")
        begun = begun or (e.tag in ("p", "ul") and len(words) > 60)
    print_office(b.book.save, ".xlsx", out)
