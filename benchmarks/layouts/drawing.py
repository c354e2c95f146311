"""How the fixtures are set: a look chosen by the seed, tables, charts drawn as vectors, and lines broken by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from content import Grid
from reportlab.graphics.shapes import Drawing, Line, Rect, String, Wedge
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

for _name in ("Vera", "VeraBd"):  # comes with reportlab, and has the ligatures that the standard fonts lack
    pdfmetrics.registerFont(TTFont(_name, f"{_name}.ttf"))
pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")
_FONTS = [("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Vera", "VeraBd")]
_ACCENTS = ["#12436D", "#7A1F5C", "#1E5C3A", "#333333", "#8A3B12"]
_SERIES = [colors.HexColor(c) for c in ("#12436D", "#F46A25", "#28A197", "#801650", "#A285D1", "#8A8A8A")]

Command = tuple[object, ...]


@dataclass(frozen=True)
class Look:
    """Fonts, sizes in points and colours of one report."""

    font: str
    bold: str
    size: float
    accent: colors.Color
    label_width: float
    column_width: float
    align: str

    @classmethod
    def chosen(cls, random: Random) -> Look:
        font, bold = random.choice(_FONTS)
        size = random.choice([9, 9.5, 10, 10.5, 11]) * (0.9 if font == "Vera" else 1)
        widths = random.uniform(150, 215), random.uniform(55, 85)
        return cls(
            font, bold, size, colors.HexColor(random.choice(_ACCENTS)), *widths, random.choice(["CENTER", "RIGHT"])
        )

    def paragraph(self, text: str, bold: bool = False, scale: float = 1.0, **more: object) -> Paragraph:
        size, font = self.size * scale, self.bold if bold else self.font
        style = {"leading": size * 1.32, "spaceAfter": size * 0.6, "fontName": font, "fontSize": size, **more}
        return Paragraph(text, ParagraphStyle("p", **style))

    def heading(self, text: str, keep: int = 1) -> Paragraph:
        return self.paragraph(text, True, 1.15, textColor=self.accent, spaceBefore=self.size, keepWithNext=keep)

    def cell(self, text: object, bold: bool = False, aligned: bool = False, **more: object) -> Paragraph:
        alignment = {"CENTER": 1, "RIGHT": 2}[self.align] if aligned else 0
        return self.paragraph(str(text), bold, 0.95, spaceAfter=0, alignment=alignment, **more)

    def width(self, text: str) -> float:
        return stringWidth(text, self.bold, self.size)


def _rules(of: str, look: Look, head: int) -> list[Command]:
    """Lines and shading: `grid`, `lines`, `zebra`, or `bare` for none. `head` is the last row of the heads."""
    if of == "grid":
        return [("GRID", (0, 0), (-1, -1), 0.6, colors.black)]
    if of == "lines":
        rule = ("LINEBELOW", (0, head), (-1, head), 1, colors.black)
        return [("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey), rule]
    if of == "zebra":
        shades = [colors.white, colors.Color(*(1 - (1 - c) * 0.12 for c in look.accent.rgb()))]
        return [
            ("BACKGROUND", (0, 0), (-1, head), look.accent),
            ("TEXTCOLOR", (0, 0), (-1, head), colors.white),
            ("ROWBACKGROUNDS", (0, head + 1), (-1, -1), shades),
        ]
    return []


def widths(look: Look, grid: Grid) -> list[float]:
    """Widths of a label column and of equal columns of figures, none narrower than the longest word of its head."""
    labels = max(look.width(label) for label in [grid.corner, *grid.labels]) + 14
    least = max(look.width(word) for head in grid.heads for word in head.split()) + 14
    n = len(grid.heads)
    label = max(labels, min(look.label_width, 478 - n * least))
    return [label] + [max(least, min(look.column_width, (478 - label) / n))] * n


def table(
    look: Look, rows: Sequence[Sequence[object]], wide: Sequence[float], of: str = "grid", heads: int = 1, labels: int = 1,
    repeat: int = 0, more: Sequence[Command] = (),
) -> Table:  # fmt: skip
    """Rows of strings or flowables; the first rows are heads, the first columns labels."""

    def folded(cell: object, row: int, column: int) -> object:
        """A head that is wider than its column goes on in a second line."""
        if row < heads and column >= labels and isinstance(cell, str) and look.width(cell) > wide[column] - 12:
            return look.cell(cell, True, True, textColor=colors.white if of == "zebra" else colors.black)
        return cell

    style = [
        ("FONT", (0, 0), (-1, -1), look.font, look.size * 0.95),
        ("FONT", (0, 0), (-1, heads - 1), look.bold, look.size * 0.95),
        ("ALIGN", (labels, 0), (-1, -1), look.align),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *_rules(of, look, heads - 1),
        *more,
    ]
    cells = [[folded(cell, r, c) for c, cell in enumerate(row)] for r, row in enumerate(rows)]
    place = {"hAlign": "LEFT", "spaceBefore": 4, "spaceAfter": 12}
    return Table(cells, colWidths=wide, style=TableStyle(style), repeatRows=repeat, **place)


class Turned(Flowable):
    """Lines of text turned by 90°, as heads of narrow columns are."""

    def __init__(self, look: Look, lines: Sequence[str], downwards: bool) -> None:
        super().__init__()
        self.look, self.lines, self.downwards, self.leading = look, lines, downwards, look.size * 1.15

    def wrap(self, *_: float) -> tuple[float, float]:
        self.height = max(map(self.look.width, self.lines)) + 2
        return self.leading * len(self.lines), self.height

    def draw(self) -> None:
        self.canv.setFont(self.look.bold, self.look.size)
        for n, line in enumerate(self.lines):
            self.canv.saveState()
            at = len(self.lines) - n - 0.75 if self.downwards else n + 0.75
            self.canv.translate(self.leading * at, self.height - 1 if self.downwards else 1)
            self.canv.rotate(-90 if self.downwards else 90)
            self.canv.drawString(0, 0, line)
            self.canv.restoreState()


class Leave(Flowable):
    """Empty space down to where only `points` of the page are left, so that what follows breaks there."""

    def __init__(self, points: float) -> None:
        super().__init__()
        self.points = points

    def wrap(self, _: float, height: float) -> tuple[float, float]:
        return 0, max(0, height - self.points)

    def draw(self) -> None:
        pass


_WORDS = [
    "com-plaints", "com-pli-ments", "re-ceived", "re-spond-ed", "par-tial-ly", "with-drawn", "Om-buds-man", "work-ing", "coun-cil",
    "com-pared", "an-swered", "re-ferred", "re-sponse", "av-er-age",
]  # fmt: skip
_BREAKS = {word.replace("-", ""): word.split("-") for word in _WORDS}


def hyphenated(text: str, look: Look, width: float, hyphen: str) -> list[str]:
    """Lines no wider than `width`, with words broken where they can be."""
    lines = [""]
    for word in text.split(" "):
        core = word.strip(".,")
        *pieces, last = _BREAKS.get(core, [core])
        pieces.append(last + word[len(core) :])
        for n in range(len(pieces), -1, -1):
            start = "".join(pieces[:n]) + ("-" if 0 < n < len(pieces) else "")
            if n == 0 or stringWidth(f"{lines[-1]} {start}", look.font, look.size) <= width:
                break
        lines[-1] += (" " if lines[-1] and n else "") + start.replace("-", hyphen if n < len(pieces) else "-")
        if n < len(pieces):
            lines.append("".join(pieces[n:]))
    return lines


class Chart:
    """A drawing with a title, framed in some reports."""

    def __init__(self, look: Look, grid: Grid, random: Random, width: float = 440, height: float = 210) -> None:
        self.look, self.grid, self.random, self.drawing = look, grid, random, Drawing(width, height, hAlign="LEFT")
        self.width, self.height = width, height
        if random.random() < 0.4:
            frame = {"fillColor": None, "strokeColor": colors.grey, "strokeWidth": 0.5}
            self.drawing.add(Rect(0, 0, width, height, **frame))
        self.text(width / 2, height - 15, grid.caption, 10.5, "middle", bold=True)

    def text(
        self, x: float, y: float, text: str, size: float, anchor: str = "start", ink: object = colors.black, bold: bool = False
    ) -> None:  # fmt: skip
        font = self.look.bold if bold else self.look.font
        self.drawing.add(String(x, y, text, fontName=font, fontSize=size, textAnchor=anchor, fillColor=ink))

    def box(self, x: float, y: float, width: float, height: float, fill: colors.Color) -> None:
        self.drawing.add(Rect(x, y, width, height, fillColor=fill, strokeColor=None))

    def legend(self, names: Sequence[str], x: float, y: float, down: bool = False) -> None:
        for n, name in enumerate(names):
            self.box(x, y, 7, 7, _SERIES[n])
            self.text(x + 11, y, name, 8)
            x, y = (x, y - 14) if down else (x + 34 + stringWidth(name, self.look.font, 8), y)

    def category(self, label: str, x: float, y: float, limit: float, anchor: str) -> None:
        """The name of a bar, on several lines where it is too wide; `y` is the first line's, or the middle's beside bars."""
        lines = [""]
        for word in label.split():
            if lines[-1] and stringWidth(f"{lines[-1]} {word}", self.look.font, 7.5) > limit:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}".strip()
        first = y + 4.5 * (len(lines) - 1) if anchor == "end" else y
        for n, line in enumerate(lines):
            self.text(x, first - 9 * n, line, 7.5, anchor)


def bars(look: Look, grid: Grid, upright: bool, stacked: bool, random: Random) -> Drawing:
    """A bar chart of a grid with axis, grid lines and data labels: categories are its rows, series its columns."""
    rows, series = len(grid.labels), len(grid.heads)
    chart = Chart(look, grid, random, height=250 if upright else 110 + 26 * rows * (1 if stacked else series**0.5))
    below = random.random() < 0.6
    if series > 1:
        chart.legend(grid.heads, 60, 10 if below else chart.height - 34)
    left, foot = (45 if upright else 150), (42 if series > 1 and below else 30)
    across, up = chart.width - left - 30, chart.height - foot - (30 if below or series == 1 else 48)
    highest = max(sum(f.value for f in row) if stacked else max(f.value for f in row) for row in grid.cells)
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200) if highest / s <= 8)
    top = math.ceil(highest / step) * step
    point = (up if upright else across) / (top * 1.04)
    for tick in range(0, top + 1, step):
        at = tick * point
        ends = (left, foot + at, left + across, foot + at) if upright else (left + at, foot, left + at, foot + up)
        chart.drawing.add(Line(*ends, strokeColor=colors.lightgrey, strokeWidth=0.5))
        if upright:
            chart.text(left - 5, foot + at - 3, str(tick), 7, "end")
        else:
            chart.text(left + at, foot - 10, str(tick), 7, "middle")
    slot = (across if upright else up) / rows
    thick = slot * 0.66 / (1 if stacked else series)
    for r, (label, row) in enumerate(zip(grid.labels, grid.cells, strict=True)):
        start = (left + slot * r) if upright else (foot + up - slot * (r + 1))
        if upright:
            chart.category(label, start + slot / 2, foot - 10, slot - 4, "middle")
        else:
            chart.category(label, left - 6, start + slot / 2 - 3, left - 10, "end")
        base = 0.0
        for c, figure in enumerate(row):
            length, place = figure.value * point, c if upright or stacked else series - 1 - c
            side = start + slot * 0.17 + (0 if stacked else thick * place)
            x, y, w, h = (side, foot + base, thick, length) if upright else (left + base, side, length, thick)
            chart.box(x, y, w, h, _SERIES[c])
            if stacked:
                base += length
                chart.text(x + w / 2, y + h / 2 - 2.6, str(figure), 7.5, "middle", colors.white, True)
            elif upright:
                chart.text(x + w / 2, y + h + 2.5, str(figure), 7.5, "middle")
            else:
                chart.text(x + w + 3, y + h / 2 - 2.6, str(figure), 7.5)
    return chart.drawing


def pie(look: Look, grid: Grid, labels: str, random: Random) -> Drawing:
    """A pie of a grid's one column. `labels`: where the values stand, `inside` or `outside` the sectors or in the `legend`."""
    chart = Chart(look, grid, random)
    whole, angle, radius, x, y = grid.sums[0], 90.0, 70, 120, 92
    for n, figure in enumerate(grid.figures):
        turn = 360 * figure.value / whole
        chart.drawing.add(
            Wedge(x, y, radius, angle - turn, angle, fillColor=_SERIES[n], strokeColor=colors.white, strokeWidth=1)
        )
        middle, out = math.radians(angle - turn / 2), radius * (0.66 if labels == "inside" else 1.14)
        ink = colors.white if labels == "inside" else colors.black
        if labels != "legend":
            chart.text(x + out * math.cos(middle), y + out * math.sin(middle) - 3, str(figure), 8, "middle", ink, True)
        angle -= turn
    join = random.choice([" ({})", ": {}", ", {}"]) if labels == "legend" else ""
    names = [name + join.format(figure) for name, figure in zip(grid.labels, grid.figures, strict=True)]
    chart.legend(names, 250, 92 + 7 * (len(names) - 1), True)
    return chart.drawing
