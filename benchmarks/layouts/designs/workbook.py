"""An Excel workbook printed to PDF, landscape: grid lines, wrapped text in merged cells, green heads, native charts beside their figures."""

import re

from office import print_office
from parts import HEADS, Cell, Grid, charts_of, font, grid, is_caption, number, read_chart, text_of
from PIL import ImageFont

NEEDS = "xlsxwriter"
FACE = ImageFont.truetype(font("Carlito-Regular"), 100)
COLOURS = ["#548235", "#BF9000", "#7F7F7F", "#2F75B5", "#C55A11"]
COLUMNS, WIDE, POINTS, PAGE = 12, 12.0, 66.0, 555
SMALL = {"name": "Carlito", "size": 9}


def lines(words, width, size=11):
    """How many lines the words take in so many points."""
    count, at = 1, 0
    for word in words.split():
        long = FACE.getlength(word + " ") * size / 100
        count, at = (count + 1, long) if at + long > width and at else (count, at + long)
    return count


def figure(words):
    """The value and the number format that shows it as it was written, or None for words."""
    match = re.fullmatch(r"(£?)([\d,]+)(?:\.(\d+))?(%?)", words)
    if not match or re.match(r"0\d", match[2]):
        return None
    shape = ("#,##0" if "," in match[2] else "0") + (f".{'0' * len(match[3])}" if match[3] else "")
    if match[1]:
        return number(words), f'"£"{shape}'
    return (number(words) / 100, f"{shape}%") if match[4] else (number(words), shape)


def as_grid(said):
    """The figures of a chart as a table."""
    names = [said.title if name == "" else name for name in said.names]
    texts = [["", *names]]
    texts += [[category, *(row.get(key, "") for key in said.series)] for category, row in said.rows]
    cells = [Cell(y, x, 1, 1, text, y == 0) for y, row in enumerate(texts) for x, text in enumerate(row)]
    return Grid(cells, len(texts), len(texts[0]))


def kind_of(said):
    """Pie, bars or columns."""
    printed = list(said.values.values())
    whole = len(said.names) == 1 and len(printed) == len(said.categories) and all(map(number, printed))
    if whole and 2 <= len(printed) <= 4 and "%" not in printed[0]:
        return "pie"
    return "bar" if len(said.categories) > 5 or max(map(len, said.categories)) > 18 else "column"


class Layout:
    """Where a table stands on its sheet: the columns of the sheet for each of its columns, and the heights of its rows."""

    def __init__(self, table, room):
        share = [
            max((min(50, max(8, len(c.text))) for c in table.cells if c.column == column and c.columns == 1), default=8)
            for column in range(table.width)
        ]
        spans = [max(1, round(room * s / sum(share))) for s in share]
        while sum(spans) > room:
            spans[spans.index(max(spans))] -= 1
        self.starts = [sum(spans[:column]) for column in range(table.width + 1)]
        self.heights = [
            max([1] + [lines(c.text, self.width(c) * POINTS * 0.85 - 6, 11.6) for c in row if c.rows == 1]) * 14.6 + 5
            for row in table.rows
        ]

    def width(self, cell):
        return self.starts[cell.column + cell.columns] - self.starts[cell.column]


class Book:
    def __init__(self, path, name):
        import xlsxwriter  # noqa: PLC0415  (only this design needs it)

        self.book, self.name, self.formats = xlsxwriter.Workbook(path), name, {}
        self.start("Report")

    def format(self, **look):
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            base = {"font_name": "Carlito", "font_size": 11, "text_wrap": True, "valign": "top"}
            self.formats[key] = self.book.add_format(base | look)
        return self.formats[key]

    def start(self, title):
        """A new sheet."""
        sheets = self.book.worksheets()
        name = re.sub(r"[\[\]:*?/\\']", "-", title)[:24].strip() or "Report"
        if name.lower() in [s.get_name().lower() for s in sheets]:
            name = f"{name[:20]} {chr(ord('A') + len(sheets))}"
        self.sheet = self.book.add_worksheet(name)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.hide_gridlines(0)
        self.sheet.set_margins(0.5, 0.5, 0.8, 0.7)
        self.sheet.set_header(f"&L&10{self.name.replace('&', '&&')}&R&10&A")
        self.sheet.set_footer("&CPage &P of &N")
        self.sheet.set_column(0, COLUMNS - 1, WIDE)
        self.sheet.set_print_scale(86)
        self.row, self.used, self.breaks = 0, 0, []

    def need(self, points):
        """A new page unless there is so much room."""
        if self.used and self.used + points > PAGE:
            self.breaks.append(self.row)
            self.sheet.set_h_pagebreaks(self.breaks)
            self.used = 0

    def next(self, points):
        self.sheet.set_row(self.row, points)
        self.row, self.used = self.row + 1, self.used + points

    def text(self, words, size=11, gap=0, **look):
        printed = size * (1.06 if look.get("bold") else 1)
        tall = lines(words, POINTS * COLUMNS * 0.93, printed) * size * 1.32 + 4
        self.need(tall + gap)
        look = self.format(**look, font_size=size)
        self.sheet.merge_range(self.row, 0, self.row, COLUMNS - 1, "", look)
        self.sheet.write_string(self.row, 0, words, look)
        self.next(tall)

    def chart(self, said, series, place, tall):
        """A native chart; `series` are the references to name, categories and values."""
        kind = kind_of(said)
        chart = self.book.add_chart({"type": kind})
        labels = {"value": True, "font": SMALL | {"bold": True}, "position": "outside_end"}
        for n, (name, categories, values) in enumerate(series):
            if kind == "pie":
                labels["leader_lines"] = True
                look = {"points": [{"fill": {"color": colour}} for colour in COLOURS[: len(said.categories)]]}
            else:
                look = {"fill": {"color": COLOURS[n % 5]}, "gap": 60}
            chart.add_series({"name": name, "categories": categories, "values": values, "data_labels": labels} | look)
        title = {"name": said.title, "name_font": {"size": 12, "name": "Carlito"}}
        chart.set_title(title if said.title else {"none": True})
        legend = kind == "pie" or len(series) > 1
        chart.set_legend({"position": "bottom", "font": SMALL} if legend else {"none": True})
        if kind != "pie":
            bare = {"major_gridlines": {"visible": False}}
            across, up = chart.set_x_axis, chart.set_y_axis
            (across if kind == "bar" else up)(bare | {"visible": False, "min": 0})
            (up if kind == "bar" else across)(bare | {"num_font": SMALL, "reverse": kind == "bar"})
        chart.set_size({"width": 6 * 88, "height": tall / 0.75 - 12})
        self.sheet.insert_chart(*place, chart, {"object_position": 1, "y_offset": 4, "x_offset": 6})

    def look(self, cell, heads, value, total):
        """The format of a cell."""
        look = {"border": 1, "border_color": "#A9D08E"}
        if cell.row < heads:
            look |= {"bold": True, "bg_color": "#548235", "font_color": "white", "align": "center"}
        elif value:
            look |= {"num_format": value[1], "align": "right", "indent": 1}
        elif cell.text == "–":
            look["align"] = "right"
        else:
            look["bold"] = cell.column == 0 and len(cell.text) <= 60
        return self.format(**(look | ({"bold": True, "bg_color": "#E2EFDA"} if total else {})))

    def write(self, cell, top, layout, heads, total):
        value = figure(cell.text) if cell.row >= heads and cell.column else None
        look, row, column = self.look(cell, heads, value, total), top + cell.row, layout.starts[cell.column]
        last = row + cell.rows - 1, column + layout.width(cell) - 1
        if (row, column) != last:
            self.sheet.merge_range(row, column, *last, "", look)
        if value:
            self.sheet.write_number(row, column, value[0], look)
        else:
            self.sheet.write_string(row, column, cell.text, look)

    def table(self, table, said=None, note=""):
        """A table, with the chart that it makes at its right where it is narrow."""
        beside = said is not None and table.width <= 4
        layout, heads = Layout(table, 6 if beside else COLUMNS), table.heads
        tall = max(190, 22 * len(said.categories) * max(1, len(said.names) * 0.75) + 70) if beside else 0
        whole = sum(layout.heights)
        if whole < PAGE:
            self.need(max(whole, tall))
        top, start = self.row, self.used
        last_total = any(c.text.lower() == "total" for c in table.rows[-1])
        for row, cells in enumerate(table.rows):
            if row and not beside:
                self.need(layout.heights[row])
            for cell in cells:
                total = cell.text.lower() in ("total", "total payments") or (last_total and row == table.height - 1)
                self.write(cell, top, layout, heads, total)
            self.next(layout.heights[row])
        if beside:
            self.chart(said, self.series(said, top, heads, layout), (top, 6), tall)
            while self.used - start < tall:
                self.next(15)
        if note:
            self.text(note, 10, italic=True)
        self.next(10)

    def series(self, said, top, heads, layout):
        """Where name, categories and values of each series stand."""
        name, first = self.sheet.get_name(), top + heads

        def column(place):
            return [name, first, layout.starts[place], first + len(said.categories) - 1, layout.starts[place]]

        places = range(1, 1 + len(said.names))
        return [([name, first - 1, layout.starts[place]], column(0), column(place)) for place in places]


def add_heading(book, items, place, begun):
    """A heading, on a new sheet where a chapter begins or the page is nearly full."""
    e, words = items[place], text_of(items[place])
    chapter = e.tag == "h1" or re.match(r"\d+ [A-Z]|Appendix", words) or (e.tag == "h2" and book.used > PAGE * 0.8)
    full = book.breaks or book.used > PAGE * 0.45
    if begun and chapter and full and items[place - 1].tag not in ("h1", "h2", "h3"):
        book.start(words)
    following = [k.tag for k in items[place + 1 : place + 3]]
    figures = [tag for tag in following if tag in ("svg", "table")]
    book.need(330 if figures and following[0] in ("svg", "table", *HEADS) else 60)
    size = {"h1": 18, "h2": 14, "h3": 13, "h4": 11}[e.tag]
    rule = {"bottom": 2, "bottom_color": "#548235"} if e.tag != "h4" else {}
    book.text(words, size, 30, bold=True, font_color="#375623", **rule)


def add_table(book, element, note):
    found = grid(element)
    charts, _ = charts_of(found) or ([], [])
    single = len(charts) == 1 and found.heads == 1
    book.table(found, charts[0] if single else None, note)


def fill(book, items):
    skip, begun = None, False
    for place, e in enumerate(items):
        after = items[place + 1] if place + 1 < len(items) else None
        if e is skip:
            continue
        if e.tag in HEADS:
            add_heading(book, items, place, begun)
        elif e.tag == "svg":
            said = read_chart(e)
            book.table(as_grid(said), said)
        elif e.tag == "table":
            skip = after if is_caption(after) else None
            add_table(book, e, text_of(skip) if skip is not None else "")
        else:
            begun = True
            for item in e if e.tag == "ul" else [e]:
                if text_of(item):
                    book.text(text_of(item), **({"indent": 2} if e.tag == "ul" else {}))


def print_pdf(body, out):
    def save(path):
        book = Book(path, "Complaints annual report")
        fill(book, list(body))
        book.book.close()

    print_office(save, ".xlsx", out)
