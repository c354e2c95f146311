"""A landscape dashboard: dark side panel with title and page number, text in three balanced columns, tables of figures as cards of bars or columns, tiles."""

from xml.sax.saxutils import escape

from parts import font, grid, is_figure, is_total, number, read_chart, rich, text_of
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    ListFlowable,
    ListItem,
    PageTemplate,
    Paragraph,
    Table,
)

WIDTH, HEIGHT = landscape(A4)
SIDE, GAP = 34 * mm, 4 * mm
FULL = WIDTH - SIDE - 22 * mm
COLUMN = (FULL - 2 * GAP) / 3
INK, TEAL, CORAL, SAND, GROUND = map(HexColor, ("#17324d", "#0f8b8d", "#ec6a5c", "#e9b44c", "#eef1f4"))
LINE, FAINT, DARK = map(HexColor, ("#cfd6dd", "#5a6b7b", "#222222"))
SHADES = [TEAL, CORAL, SAND, INK]
REGULAR, BOLD, BLACK = "Lato-Regular", "Lato-Bold", "Lato-Black"
BARE = [
    *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP")),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def load_fonts():
    for name in (REGULAR, BOLD, BLACK):
        pdfmetrics.registerFont(TTFont(name, font(name)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def style(name, face=REGULAR, size=8, leading=10.6, colour=DARK, **more):
    return ParagraphStyle(name, fontName=face, fontSize=size, leading=leading, textColor=colour, **more)


STYLES = {
    "p": style("p", spaceAfter=4),
    "h1": style("h1", BLACK, 15, 18, INK, spaceBefore=6, spaceAfter=5),
    "h2": style("h2", BLACK, 10.5, 13, TEAL, spaceBefore=7, spaceAfter=3, keepWithNext=1),
    "h4": style("h4", BOLD, 8.6, 11, INK, spaceBefore=4, spaceAfter=2, keepWithNext=1),
    "td": style("td", size=7.6, leading=9.4),
    "th": style("th", BOLD, 7.6, 9.4, white),
}
STYLES["h3"] = STYLES["h2"]


class Card(Flowable):
    """A white card of bars (or columns) with their values, a line for each total, and a key.

    Its rows are (label, [(printed value, place of the series)]).
    """

    spaceAfter = 6  # noqa: N815  (ReportLab's name)

    def __init__(self, title, rows, small="", names=(), width=COLUMN, upright=False):
        super().__init__()
        self.width, self.upright, self.above, self.colour = width, upright, [], INK
        self.title = simpleSplit(title, BOLD, 8.4, width - 14)
        self.small = simpleSplit(small, REGULAR, 7.2, width - 14)
        self.label = width * (0.40 if max(len(label) for label, _ in rows) > 9 else 0.28)
        room = (width - 14) / len(rows) - 2 if upright else self.label
        self.rows = [(label, simpleSplit(label, REGULAR, 6.8, room) or [""], values) for label, values in rows]
        self.names = [simpleSplit(name, REGULAR, 6.6, width - 28) for name in names]
        bars = [v for label, values in rows if not is_total(label) for v, _ in values]
        self.top = max(map(number, bars or [v for _, values in rows for v, _ in values]), default=0) or 0.001
        if upright:
            tall = 78 + 8 * max(len(lines) for _, lines, _ in self.rows)
        else:
            tall = sum(self.tall(lines, values) for _, lines, values in self.rows)
        texts = 10.5 * len(self.title) + 9 * len(self.small) + 8.5 * sum(map(len, self.names))
        self.height = 18 + texts + tall

    @staticmethod
    def tall(lines, values):
        return max(8 * len(lines), 10 * len(values)) + 4

    def headed(self, heading):
        """The card with a heading above it."""
        if heading is not None:
            self.above = simpleSplit(heading.getPlainText(), BOLD, 9, self.width)
            self.colour = heading.style.textColor
        return self

    def wrap(self, *_):
        return self.width, self.height + 11 * len(self.above)

    def write(self, x, y, words, size=6.8, face=REGULAR, colour=INK, middle=False):
        self.canv.setFont(face, size)
        self.canv.setFillColor(colour)
        (self.canv.drawCentredString if middle else self.canv.drawString)(x, y, words)

    def box(self, x, y, width, high, colour):
        self.canv.setFillColor(colour)
        if width and high:
            self.canv.rect(x, y, width, high, stroke=0, fill=1)

    def draw(self):
        for place, line in enumerate(reversed(self.above)):
            self.write(0, self.height + 5 + 11 * place, line, 9, BOLD, self.colour)
        self.canv.setFillColor(white)
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(0.5)
        self.canv.roundRect(0, 0, self.width, self.height, 3, fill=1)
        y = self.height - 3
        self.box(0, y, self.width, 3, TEAL)
        for line in self.title:
            y -= 10.5
            self.write(7, y, line, 8.4, BOLD)
        for line in self.small:
            y -= 9
            self.write(7, y, line, 7.2, colour=FAINT)
        if self.upright:
            self.columns(y - 78)
        else:
            self.key(self.bars(y - 6))

    def columns(self, foot):
        step = (self.width - 14) / len(self.rows)
        for place, (_, lines, values) in enumerate(self.rows):
            printed, series = values[0]
            x, high = 7 + step * (place + 0.5), 56 * number(printed) / self.top
            self.box(x - step * 0.28, foot, step * 0.56, high, SHADES[series])
            self.write(x, foot + high + 3, printed, 7.4, BOLD, middle=True)
            for n, line in enumerate(lines):
                self.write(x, foot - 8 - 8 * n, line, middle=True)
        self.canv.line(7, foot, self.width - 7, foot)

    def bars(self, y):
        """Draws the bars from the top down; returns where they end."""
        for label, lines, values in self.rows:
            total = is_total(label)
            for n, line in enumerate(lines):
                self.write(7, y - 7 - 8 * n, line, face=BOLD if total else REGULAR)
            for n, (printed, series) in enumerate(values):
                long = 0 if total else (self.width - self.label - 54) * number(printed) / self.top
                self.box(13 + self.label, y - 8.5 - 10 * n, long, 7.5, SHADES[series])
                self.write(16 + self.label + long, y - 7.2 - 10 * n, printed, 7.2, BOLD)
            y -= self.tall(lines, values)
        return y

    def key(self, y):
        for place, lines in enumerate(self.names):
            self.box(9, y - 6.5, 6, 6, SHADES[place])
            for line in lines:
                self.write(19, y - 6, line, 6.6)
                y -= 8.5


class Tile(Flowable):
    """A dark tile with one large figure."""

    spaceAfter = 6  # noqa: N815  (ReportLab's name)

    def __init__(self, label, value):
        super().__init__()
        self.label, self.value, self.width, self.height = label, value, COLUMN, 46

    def wrap(self, *_):
        return self.width, self.height

    def draw(self):
        self.canv.setFillColor(INK)
        self.canv.roundRect(0, 0, self.width, self.height, 3, stroke=0, fill=1)
        for words, y, colour, face, size in (
            (self.value, 21, SAND, BLACK, 15),
            (self.label, 8, white, REGULAR, 8),
        ):
            self.canv.setFillColor(colour)
            self.canv.setFont(face, size)
            self.canv.drawString(8, y, words)


def panel(cards, per):
    """Cards in rows of so many."""
    rows = [cards[n : n + per] for n in range(0, len(cards), per)]
    return [Table([row + [""] * (per - len(row))], colWidths=[FULL / per] * per, style=BARE) for row in rows]


def plain(heads, body):
    """A table with lines between its rows; what merged cells say stands once."""
    heads = [["" if x and text == row[x - 1] else text for x, text in enumerate(row)] for row in heads]
    body = [
        ["" if y and not x and text == body[y - 1][0] else text for x, text in enumerate(row)]
        for y, row in enumerate(body)
    ]
    shares = [max(10, *(min(len(text), 70) for text in column)) for column in zip(*heads, *body, strict=True)]
    rows = [[Paragraph(escape(text), STYLES["th"]) for text in row] for row in heads]
    rows += [[Paragraph(escape(text), STYLES["td"]) for text in row] for row in body]
    look = [("BACKGROUND", (0, 0), (-1, len(heads) - 1), INK)] if heads else []
    look += [
        ("BACKGROUND", (0, len(heads)), (-1, -1), white),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(
        rows,
        colWidths=[FULL * share / sum(shares) for share in shares],
        repeatRows=len(heads),
        spaceBefore=4,
        spaceAfter=8,
        hAlign="LEFT",
        style=look,
    )


def is_plain(heads, body, labels):
    """Whether a table says more than cards can show."""
    unlike = labels == 2 and len(body) > 3 and len({row[0] for row in body}) == len(body)
    figures = all(is_figure(text) for row in body for text in row[labels:])
    return not heads or len(body[0]) == labels or unlike or not figures or max(len(row[0]) for row in body) > 60


def grouped_heads(heads, body):
    """A card for each head over several columns, whose names become the key."""
    cards = []
    for group in dict.fromkeys(heads[0][1:]):
        columns = [x for x, head in enumerate(heads[0]) if x and head == group]
        rows = [(row[0], [(row[x], n) for n, x in enumerate(columns)]) for row in body]
        names = [heads[1][x] for x in columns]
        cards.append(Card(f"{heads[0][0]}   {group}", rows, "", names, FULL / 3 - GAP))
    return cards


def by_row(heads, body, labels):
    """A card of columns for each row."""
    cards = []
    for row in body:
        single = labels == 1 or row[0] == row[1]
        title, small = (row[0], "") if single else (f"{heads[0]}: {row[0]}", row[1])
        values = [(heads[x], [(row[x], 0)]) for x in range(labels, len(row))]
        cards.append(Card(title, values, small, (), FULL / 4 - GAP, upright=True))
    return cards


def by_group(heads, body):
    """A card for each run of rows with the same first label; rows without one belong to the run above."""
    runs = []
    for row in body:
        if not runs or (row[0] and row[0] != runs[-1][0][0]):
            runs.append([])
        runs[-1].append(row)
    small = f"{heads[1]}  |  {heads[2]}"
    return [
        Card(f"{heads[0]}: {run[0][0]}", [(row[1], [(row[2], 0)]) for row in run], small, (), FULL / 3 - GAP)
        for run in runs
    ]


def figures(element):
    """What a table becomes, and whether that goes over the whole width."""
    found = grid(element)
    heads, below = found.texts[: found.heads], range(found.heads, found.height)
    single = {c.row for c in found.cells if c.columns > 1 and c.column and c.row >= found.heads}
    tiles = [Tile(found.texts[y][0], found.texts[y][-1]) for y in sorted(single)]
    body = [found.texts[y] for y in below if y not in single]
    labels = 1 + (found.width > 2 and all(not is_figure(row[1]) or not row[1] for row in body))
    if is_plain(heads, body, labels):
        return [plain(heads, body), *tiles], True
    units = [{"%" in row[x] for row in body if number(row[x])} for x in range(1, found.width)]
    top = heads[0]
    if len(heads) == 2:
        cards = grouped_heads(heads, body)
    elif any(len(unit) > 1 for unit in units) or (labels == 2 and found.width > 3):
        return [*panel(by_row(top, body, labels), 4), *tiles], True
    elif labels == 2:
        cards = by_group(top, body)
    elif found.width == 2:
        return [Card(top[0], [(label, [(value, 0)]) for label, value in body], top[1]), *tiles], False
    else:
        cards = [
            Card(top[x], [(row[0], [(row[x], 0)]) for row in body], top[0], (), FULL / 3 - GAP)
            for x in range(1, found.width)
        ]
    return panel([*cards, *tiles], 3), True


def chart(svg):
    said = read_chart(svg)
    places = {series: n for n, series in enumerate(said.series)}
    rows = [(name, [(value, places[series]) for series, value in values.items()]) for name, values in said.rows]
    return Card(said.title, rows, "", list(filter(None, said.names)), COLUMN, upright=said.dated)


def bullets(element):
    items = [ListItem(Paragraph(escape(text_of(e)), STYLES["p"]), leftIndent=9) for e in element]
    return ListFlowable(items, bulletType="bullet", start="square", bulletFontSize=4, leftIndent=9, bulletColor=TEAL)


def is_heading(flowable):
    return getattr(flowable, "style", None) in (STYLES["h2"], STYLES["h4"])


class Story:
    """The report as it is set: text and narrow cards are held, to be balanced over three columns."""

    def __init__(self):
        self.flowables, self.held = [], []

    def heading(self):
        """The heading that was held last, taken from there."""
        return self.held.pop() if self.held and is_heading(self.held[-1]) else None

    def release(self):
        kept, run = [], []
        for flowable in self.held:
            run.append(flowable)
            if not is_heading(flowable):
                paragraph = len(run) > 1 and isinstance(flowable, Paragraph)
                kept += [Table([[run]], colWidths=[COLUMN], style=BARE)] if paragraph else run
                run = []
        if run:
            kept += [Table([[run]], colWidths=[COLUMN], style=BARE)] if len(run) > 1 else run
        self.held = []
        if kept:
            edges = {f"{side}Padding": 0 for side in ("left", "right", "top", "bottom")}
            self.flowables.append(BalancedColumns(kept, nCols=3, innerPadding=GAP, spaceAfter=6, **edges))

    def add(self, element):
        if element.tag == "svg":
            heading = self.heading()
            self.held.append(chart(element).headed(heading))
        elif element.tag == "table":
            self.table(element)
        elif element.tag == "ul":
            self.held.append(bullets(element))
        elif element.tag == "h1":
            self.release()
            self.flowables += [CondPageBreak(25 * mm), Paragraph(escape(text_of(element)), STYLES["h1"])]
        else:
            self.held.append(Paragraph(rich(element), STYLES.get(element.tag, STYLES["p"])))

    def table(self, element):
        made, wide = figures(element)
        heading = self.heading()
        if wide:
            self.release()
            self.flowables.append(CondPageBreak(40 * mm))
            self.flowables += [heading, *made] if heading is not None else made
        else:
            self.held += [made[0].headed(heading), *made[1:]]


def print_pdf(body, out):
    load_fonts()
    items, story = list(body), Story()
    name = " ".join(text_of(e) for e in items[:8] if e.tag == "h1")[:110] or text_of(items[0])
    for e in items:
        story.add(e)
    story.release()

    def furniture(canvas, doc):
        for colour, width in ((GROUND, WIDTH), (INK, SIDE)):
            canvas.setFillColor(colour)
            canvas.rect(0, 0, width, HEIGHT, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(BOLD, 9)
        for n, line in enumerate(simpleSplit(name, BOLD, 9, SIDE - 20)):
            canvas.drawString(10, HEIGHT - 40 - 12 * n, line)
        canvas.setFillColor(SAND)
        canvas.setFont(BLACK, 18)
        canvas.drawString(10, 24, str(doc.page))

    frame = Frame(SIDE + 11 * mm, 10 * mm, FULL, HEIGHT - 20 * mm, 0, 0, 0, 0, id="body")
    sheet = PageTemplate(frames=[frame], onPage=furniture)
    BaseDocTemplate(str(out), pagesize=(WIDTH, HEIGHT), title=name, pageTemplates=[sheet]).build(story.flowables)
