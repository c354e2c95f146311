"""A landscape slide deck: teal title bar, text in two columns or left of a chart (columns, bars, ring with legend), ruled tables over several slides."""

import re
from math import cos, radians, sin
from typing import NamedTuple

from parts import charts_of, cover, font, grid, is_caption, number, read_chart, text_of
from reportlab.lib.colors import Color, HexColor, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

TEAL, DARK, PALE = HexColor("#006D77"), HexColor("#263238"), HexColor("#EDF6F9")
COLOURS = [HexColor(f"#{c}") for c in ("006D77", "E29578", "83C5BE", "6D597A", "F2CC8F", "457B9D")]
WIDTH, HEIGHT, TOP, ROOM = 960, 540, 442, 385
COLUMN, SIDE = 430, 310


class Text(NamedTuple):
    """A paragraph as it is set."""

    words: str
    size: int = 14
    bold: bool = False
    colour: Color = DARK
    bullet: bool = False

    @property
    def titled(self):
        """Whether it is a heading within a slide."""
        return self.size == 16


def face(bold):
    return "Lato-Bold" if bold else "Lato-Regular"


def wrap(words, width, size, bold=False):
    lines = [""]
    for word in re.sub(r"(\S{40})(?=\S{9})", r"\1 ", words).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pdfmetrics.stringWidth(longer, face(bold), size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def height(texts, width):
    return sum(len(wrap(t.words, width - 14 * t.bullet, t.size, t.bold)) * t.size * 1.25 + 6 for t in texts)


def texts_of(element):
    head, bullet = element.tag == "h4", element.tag == "ul"
    return [
        Text(text_of(e), 14, head, TEAL if head else DARK, bullet)
        for e in (element if bullet else [element])
        if text_of(e)
    ]


def widths(table, whole):
    """The widths of the columns of a table."""
    share = [
        max((min(60, max(9, len(c.text))) for c in table.cells if c.column == column and c.columns == 1), default=9)
        for column in range(table.width)
    ]
    return [whole * s / sum(share) for s in share]


class Deck:
    def __init__(self, out, name):
        self.canvas, self.name, self.page = Canvas(str(out), pagesize=(WIDTH, HEIGHT)), name, 1

    def put(self, words, x, y, size, bold=False, colour=DARK, how="left"):
        self.canvas.setFont(face(bold), size)
        self.canvas.setFillColor(colour)
        write = {
            "left": self.canvas.drawString,
            "right": self.canvas.drawRightString,
            "middle": self.canvas.drawCentredString,
        }
        write[how](x, y, words)

    def block(self, x, y, width, texts):
        for text in texts:
            for place, line in enumerate(wrap(text.words, width - 14 * text.bullet, text.size, text.bold)):
                y -= text.size * 1.25
                if text.bullet and not place:
                    self.put("•", x, y, text.size, text.bold, TEAL)
                self.put(line, x + 14 * text.bullet, y, text.size, text.bold, text.colour)
            y -= 6

    def rect(self, x, y, width, high, fill):
        self.canvas.setFillColor(fill)
        self.canvas.rect(x, y, width, high, stroke=0, fill=1)

    def slide(self, title):
        self.canvas.showPage()
        self.page += 1
        self.rect(0, HEIGHT - 76, WIDTH, 76, TEAL)
        over, _, last = title.rpartition("\n")
        self.put(over.replace("\n", " – "), 30, HEIGHT - 22, 12, False, white)
        self.put(last, 30, HEIGHT - 52, 26 if len(last) < 66 else 18, True, white)
        self.put(self.name, 30, 16, 10, False, TEAL)
        self.put(str(self.page), WIDTH - 30, 16, 10, False, TEAL, "right")

    def text(self, title, texts):
        """Slides of text in two columns; returns the title by then."""
        column, stack = 0, []
        for text in [*texts, None]:
            if text is None or (stack and height([*stack, text], COLUMN) > ROOM):
                keep = [stack.pop()] if text and len(stack) > 1 and stack[-1].bold else []
                if stack and column == 0:
                    self.slide(title)
                self.block(30 + 460 * column, TOP, COLUMN, stack)
                title = ([title] + [t.words for t in stack if t.titled])[-1]
                column, stack = 1 - column, keep
            stack.append(text)
        return title

    def chart(self, said, x, y, width, high):
        title = wrap(said.title, width, 14, True)
        for place, line in enumerate(title):
            self.put(line, x + width / 2, y + high - 16 - 17 * place, 14, True, DARK, "middle")
        high -= 17 * len(title) + 10
        printed = list(said.values.values())
        whole = len(said.names) == 1 and 3 <= len(said.categories) <= 5 and len(printed) == len(said.categories)
        if (
            whole
            and all(map(number, printed))
            and "%" not in printed[0]
            and not re.match(r"\d{4}/", said.categories[0])
        ):
            return self.ring(said, x, y, width, high)
        for name, colour in zip(said.names if len(said.names) > 1 else [], COLOURS, strict=False):
            self.rect(x + width * 0.2, y, 9, 9, colour)
            self.put(name, x + width * 0.2 + 14, y, 11)
            y, high = y + 15, high - 15
        narrow = width / len(said.categories) / len(said.names) < 24
        across = len(said.categories) > 5 or max(map(len, said.categories)) > 24 or narrow
        return (self.bars if across else self.columns)(said, x, y, width, high)

    def ring(self, said, x, y, width, high):
        middle, centre, radius = x + width * 0.33, y + high / 2, min(width * 0.27, high * 0.44)
        values, start = list(said.values.values()), 90
        for place, (category, printed) in enumerate(zip(said.categories, values, strict=True)):
            turn = 360 * number(printed) / sum(map(number, values))
            self.canvas.setFillColor(COLOURS[place])
            self.canvas.setStrokeColor(white)
            box = (middle - radius, centre - radius, middle + radius, centre + radius)
            self.canvas.wedge(*box, start - turn, turn, stroke=1, fill=1)
            angle, start = radians(start - turn / 2), start - turn
            right, up = middle + (radius + 13) * cos(angle), centre + (radius + 13) * sin(angle) - 4
            self.put(printed, right, up, 13, True, DARK, "middle")
            self.rect(x + width * 0.68, centre + 44 - 24 * place, 10, 10, COLOURS[place])
            self.put(category, x + width * 0.68 + 16, centre + 44 - 24 * place, 12)
        self.canvas.setFillColor(white)
        self.canvas.circle(middle, centre, radius * 0.55, stroke=0, fill=1)

    def bars(self, said, x, y, width, high):
        step = high / len(said.categories)
        thick, scale = step * 0.7 / len(said.names), width * 0.58 / said.highest
        for place, category in enumerate(said.categories):
            label = wrap(category, width * 0.32, 11)
            for n, line in enumerate(label):
                low = y + high - step * (place + 0.5) + 6.5 * len(label) - 10 - 13 * n
                self.put(line, x + width * 0.33, low, 11, how="right")
            for series in range(len(said.names)):
                printed = said.values.get((place, series))
                if printed is None:
                    continue
                low, long = y + high - step * (place + 0.15) - thick * (series + 1), number(printed) * scale
                self.rect(x + width * 0.35, low, long, thick * 0.94, COLOURS[series])
                size = min(11, thick)
                self.put(printed, x + width * 0.35 + long + 4, low + thick * 0.5 - size * 0.36, size, True)

    def columns(self, said, x, y, width, high):
        step = width / len(said.categories)
        thick, scale = step * 0.7 / len(said.names), (high - 56) / said.highest
        for place, category in enumerate(said.categories):
            for n, line in enumerate(wrap(category, step - 4, 11)):
                self.put(line, x + step * (place + 0.5), y + 22 - 13 * n, 11, how="middle")
            for series in range(len(said.names)):
                printed = said.values.get((place, series))
                if printed is None:
                    continue
                left, long = x + step * (place + 0.15) + thick * series, number(printed) * scale
                self.rect(left, y + 38, thick * 0.94, long, COLOURS[series])
                size = min(11, thick * 1.45 / len(printed))
                self.put(printed, left + thick * 0.47, y + 41 + long, size, True, how="middle")

    def table(self, title, table, side, note):
        """A table over as many slides as it needs, its head on each, text at the side of the first."""
        heads, wide = table.heads, widths(table, 560 if side else 900)
        lines = {
            c: wrap(c.text, sum(wide[c.column : c.column + c.columns]) - 14, 12, c.row < heads) for c in table.cells
        }
        tall = [max([1] + [len(lines[c]) for c in row]) * 15 + 9 for row in table.rows]
        left, row = 370 if side else 30, heads
        while row < table.height:
            end, room = row + 1, ROOM - sum(tall[:heads])
            while end < table.height and sum(tall[row : end + 1]) <= room:
                end += 1
            self.slide(title)
            self.block(30, TOP, SIDE, side)
            rows = [*range(heads), *range(row, end)]
            edges = [TOP - sum(tall[r] for r in rows[:n]) for n in range(len(rows) + 1)]
            for cell in table.cells:
                inside = [n for n, r in enumerate(rows) if cell.row <= r < cell.row + cell.rows]
                if inside:
                    box = left + sum(wide[: cell.column]), edges[inside[0]], edges[inside[-1] + 1]
                    self.cell(cell, box, sum(wide[cell.column : cell.column + cell.columns]), lines[cell], heads)
            if end == table.height:
                self.put(note, left, edges[-1] - 20, 12, True, TEAL)
            row, side = end, []

    def cell(self, cell, box, width, lines, heads):
        left, top, low = box
        head = cell.row < heads
        self.rect(left, low, width, top - low, TEAL if head else PALE if cell.row % 2 else white)
        self.canvas.setStrokeColor(TEAL)
        self.canvas.line(left, low, left + width, low)
        figure = cell.column and len(cell.text) < 20 and re.match(r"[£\d,.%–]+$", cell.text)
        x, how = (left + width - 7, "right") if figure else (left + 7, "left")
        for n, line in enumerate(lines):
            bold = head or cell.text.upper() == "TOTAL"
            self.put(line, x, top - 15 - 15 * n, 12, bold, white if head else DARK, how)


class Talk:
    """The slides of a report: text is held until a title, a table or a chart needs a slide."""

    def __init__(self, deck, items):
        self.deck, self.items, self.title, self.held = deck, items, "", []

    def heading(self, words, above):
        """A new title, or a heading within the slide; `above` is the element before it."""
        if above.tag not in ("h1", "h2", "h3") or self.held or not self.title:
            title = words
        else:
            title = f"{self.title}\n{words}"
        if self.held:
            self.deck.text(self.title, self.held)
        self.title, self.held = title, []

    def beside(self):
        """The last of the held text, which goes beside a figure; what is before it gets slides of its own."""
        cut = len(self.held)
        while cut and height(self.held[cut - 1 :], SIDE) < ROOM:
            cut -= 1
        cut = max([cut] + [n for n, text in enumerate(self.held) if text.titled])
        if cut:
            self.title = self.deck.text(self.title, self.held[:cut])
        side, self.held = self.held[cut:], []
        if side and side[0].titled:
            self.title, side = side[0].words, side[1:]
        return side

    def figure(self, place):
        """A chart or a table; returns the place of the element that comes next."""
        element, side, after, note = self.items[place], self.beside(), place + 1, ""
        if element.tag == "table" and is_caption(self.items[after]):
            note, after = text_of(self.items[after]), after + 1
        last = len(self.items) - 1
        end = next((n for n in range(after, last + 1) if self.items[n].tag not in ("p", "ul")), last + 1)
        below = [text for e in self.items[after:end] for text in texts_of(e)]
        closed = self.items[min(end, last)].tag in ("h1", "h2", "h3")
        if side and end - 1 > place and closed and height(side + below, SIDE) < ROOM:
            side, after = side + below, end
        found = ([read_chart(element)], []) if element.tag == "svg" else charts_of(grid(element))
        if not found:
            self.deck.table(self.title, grid(element), side, note)
            return after
        charts, notes = found
        self.deck.slide(self.title)
        self.deck.block(30, TOP, SIDE, side)
        x, width = (370, 560) if side else (40, 880)
        for n, said in enumerate(charts):
            self.deck.chart(said, x + n * width / len(charts), 80, width / len(charts) - 16, 365)
        self.deck.put("    ".join([*notes, note]), x, 50, 16, True, TEAL)
        return after


def print_pdf(body, out):
    for weight in ("Lato-Regular", "Lato-Bold"):
        pdfmetrics.registerFont(TTFont(weight, font(weight)))
    items, deck = list(body), Deck(out, "Complaints annual report")
    first = cover(items)
    deck.rect(0, 0, WIDTH, HEIGHT, TEAL)
    sizes = {"h1": 36, "h2": 24}
    titles = [Text(text_of(e), sizes.get(e.tag, 18), e.tag == "h1", white) for e in items[:first]]
    deck.block(60, 420, 840, titles)
    talk, at = Talk(deck, items), first
    while at < len(items):
        e, at = items[at], at + 1
        if e.tag in ("h1", "h2", "h3"):
            if e.tag != "h1" and talk.title and talk.held and height(talk.held, COLUMN) < 280:
                talk.held.append(Text(text_of(e), 16, True, TEAL))
            else:
                talk.heading(text_of(e), items[at - 2])
        elif e.tag in ("table", "svg"):
            at = talk.figure(at - 1)
        else:
            talk.held += texts_of(e)
    deck.text(talk.title, talk.held)
    deck.canvas.save()
