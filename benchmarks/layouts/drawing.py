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
_SERIES = ["#12436D", "#F46A25", "#28A197", "#801650", "#A285D1", "#8A8A8A", "#C9B037", "#5694CA"]

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

    def paragraph(self, text: str, bold: bool = False, scale: float = 1.0, **more: object) -> Paragraph:
        size = self.size * scale
        style = {"leading": size * 1.32, "spaceAfter": size * 0.6, **more}
        return Paragraph(
            text, ParagraphStyle("p", fontName=self.bold if bold else self.font, fontSize=size, **style)
        )

    def heading(self, text: str, scale: float = 1.25, **more: object) -> Paragraph:
        more = {"textColor": self.accent, "spaceBefore": self.size, "keepWithNext": 1, **more}
        return self.paragraph(text, True, scale, **more)

    def cell(self, text: str, bold: bool = False, **more: object) -> Paragraph:
        return self.paragraph(text, bold, 0.95, **{"spaceAfter": 0, **more})


def look(random: Random) -> Look:
    font, bold = random.choice(_FONTS)
    size = random.choice([9, 9.5, 10, 10.5, 11]) * (0.9 if font == "Vera" else 1)
    accent = colors.HexColor(random.choice(_ACCENTS))
    return Look(
        font, bold, size, accent, random.uniform(150, 215), random.uniform(55, 85), random.choice(["CENTER", "RIGHT"])
    )


def rules(of: str, look: Look, head_rows: int = 1) -> list[Command]:
    """Lines and shading: `grid`, `lines`, `zebra`, or `bare` for none."""
    head = head_rows - 1
    if of == "grid":
        return [("GRID", (0, 0), (-1, -1), 0.6, colors.black)]
    if of == "lines":
        return [
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
            ("LINEBELOW", (0, head), (-1, head), 1, colors.black),
        ]
    if of == "zebra":
        pale = colors.Color(*(1 - (1 - c) * 0.12 for c in look.accent.rgb()))
        return [
            ("BACKGROUND", (0, 0), (-1, head), look.accent),
            ("TEXTCOLOR", (0, 0), (-1, head), colors.white),
            ("ROWBACKGROUNDS", (0, head_rows), (-1, -1), [colors.white, pale]),
        ]
    return []


def table(
    look: Look, rows: Sequence[Sequence[object]], of: str = "grid", head_rows: int = 1, label_columns: int = 1,
    widths: Sequence[float] = (), repeat: int = 0, more: Sequence[Command] = (),
) -> Table:  # fmt: skip
    """Rows of strings or flowables; the first rows are heads, the first columns labels."""
    wide = widths or natural_widths(look, rows, head_rows)
    shade = colors.white if of == "zebra" else colors.black
    alignment = {"CENTER": 1, "RIGHT": 2}[look.align]
    # A head that is wider than its column goes on in a second line.
    wrapped = [
        [
            look.cell(c, True, textColor=shade, alignment=alignment)
            if r < head_rows and k >= label_columns and isinstance(c, str) and stringWidth(c, look.bold, look.size) > wide[k] - 12
            else c
            for k, c in enumerate(row)
        ]
        for r, row in enumerate(rows)
    ]  # fmt: skip
    style = [
        ("FONT", (0, 0), (-1, -1), look.font, look.size * 0.95),
        ("FONT", (0, 0), (-1, head_rows - 1), look.bold, look.size * 0.95),
        ("ALIGN", (label_columns, 0), (-1, -1), look.align),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *rules(of, look, head_rows),
        *more,
    ]
    return Table(
        wrapped, colWidths=wide, style=TableStyle(style), repeatRows=repeat, hAlign="LEFT", spaceBefore=4, spaceAfter=12
    )


def natural_widths(look: Look, rows: Sequence[Sequence[str]], head_rows: int = 1) -> list[float]:
    """Widths of a label column and of equal columns of figures, none narrower than the longest word of its head."""
    labels = max(stringWidth(row[0], look.font, look.size) for row in rows) + 14
    words = [word for row in rows[:head_rows] for head in row[1:] for word in head.split()]
    least = max(stringWidth(word, look.bold, look.size * 0.95) for word in words) + 14
    n = len(rows[0]) - 1
    label = max(labels, min(look.label_width, 478 - n * least))
    return [label] + [max(least, min(look.column_width, (478 - label) / n))] * n


class Turned(Flowable):
    """Lines of text turned by 90°, as heads of narrow columns are."""

    def __init__(self, look: Look, lines: Sequence[str], downwards: bool = False) -> None:
        super().__init__()
        self.look, self.lines, self.downwards = look, lines, downwards

    def wrap(self, *_: float) -> tuple[float, float]:
        self.leading = self.look.size * 1.15
        self.height = max(stringWidth(line, self.look.bold, self.look.size) for line in self.lines) + 2
        return self.leading * len(self.lines), self.height

    def draw(self) -> None:
        self.canv.setFont(self.look.bold, self.look.size)
        for n, line in enumerate(self.lines):
            self.canv.saveState()
            if self.downwards:
                self.canv.translate(self.leading * (len(self.lines) - n - 0.75), self.height - 1)
                self.canv.rotate(-90)
            else:
                self.canv.translate(self.leading * (n + 0.75), 1)
                self.canv.rotate(90)
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


class Lines(Flowable):
    """Lines as they are, one under another."""

    def __init__(self, look: Look, lines: Sequence[str]) -> None:
        super().__init__()
        self.look, self.lines = look, lines

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.leading = self.look.size * 1.3
        return width, self.leading * (len(self.lines) + 0.6)

    def draw(self) -> None:
        self.canv.setFont(self.look.font, self.look.size)
        for n, line in enumerate(self.lines):
            self.canv.drawString(0, self.leading * (len(self.lines) - n - 0.2), line)


_BREAKS = {
    word.replace("-", ""): word.split("-")
    for word in (
        "com-plaints com-pli-ments re-ceived re-spond-ed par-tial-ly with-drawn Om-buds-man work-ing coun-cil com-pared an-swered within "
        "re-ferred re-sponse av-er-age man-agers super-vi-sion com-plain-ant pro-ce-dure fam-i-lies chil-dren in-for-ma-tion ser-vices"
    ).split()
}


def hyphenated(text: str, look: Look, width: float, hyphen: str) -> list[str]:
    """Lines no wider than `width`, with words broken where they can be."""
    lines = [""]
    for word in text.split(" "):
        core = word.strip(".,;")
        pieces = _BREAKS.get(core, [core])
        pieces = [*pieces[:-1], pieces[-1] + word[len(core) :]]
        joint = " " if lines[-1] else ""
        fits = [
            n
            for n in range(len(pieces), 0, -1)
            if stringWidth(
                lines[-1] + joint + "".join(pieces[:n]) + "-" * (n < len(pieces)), look.font, look.size
            ) <= width
        ]  # fmt: skip
        n = fits[0] if fits else 0
        if n:
            lines[-1] += joint + "".join(pieces[:n]) + hyphen * (n < len(pieces))
        if n < len(pieces):
            lines.append("".join(pieces[n:]))
    return lines


def _legend(drawing: Drawing, look: Look, names: Sequence[str], x: float, y: float, down: bool) -> None:
    for n, name in enumerate(names):
        drawing.add(Rect(x, y, 7, 7, fillColor=colors.HexColor(_SERIES[n]), strokeColor=None))
        drawing.add(String(x + 11, y, name, fontName=look.font, fontSize=8))
        x, y = (x, y - 14) if down else (x + 34 + stringWidth(name, look.font, 8), y)


def _canvas(width: float, height: float, random: Random) -> Drawing:
    """An empty chart, framed in some reports."""
    drawing = Drawing(width, height, hAlign="LEFT")
    if random.random() < 0.4:
        drawing.add(Rect(0, 0, width, height, fillColor=None, strokeColor=colors.grey, strokeWidth=0.5))
    return drawing


def _step(top: float) -> int:
    """A round distance of grid lines, for four to eight of them."""
    return next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200) if top / s <= 8)


def bars(look: Look, grid: Grid, upright: bool, stacked: bool, random: Random) -> Drawing:
    """A bar chart of a grid: categories are its rows, series its columns."""
    width, height = 440, 250 if upright else 110 + 26 * len(grid.labels) * (1 if stacked else len(grid.heads) ** 0.5)
    drawing = _canvas(width, height, random)
    drawing.add(String(width / 2, height - 14, grid.caption, fontName=look.bold, fontSize=10.5, textAnchor="middle"))
    several = len(grid.heads) > 1
    legend_below = random.random() < 0.6
    if several:
        _legend(drawing, look, grid.heads, 60, 10 if legend_below else height - 34, False)
    left, foot = (45 if upright else 150), (42 if several and legend_below else 30)
    across, up = width - left - 30, height - foot - (30 if legend_below or not several else 48)
    values = [[f.value for f in row] for row in grid.cells]
    highest = max(sum(v) if stacked else max(v) for v in values)
    step = _step(highest)
    room = (up if upright else across) / (math.ceil(highest / step) * step * 1.04)
    for tick in range(0, math.ceil(highest / step) * step + 1, step):
        at = tick * room
        if upright:
            drawing.add(Line(left, foot + at, left + across, foot + at, strokeColor=colors.lightgrey, strokeWidth=0.5))
            drawing.add(String(left - 5, foot + at - 3, str(tick), fontName=look.font, fontSize=7, textAnchor="end"))
        else:
            drawing.add(Line(left + at, foot, left + at, foot + up, strokeColor=colors.lightgrey, strokeWidth=0.5))
            drawing.add(String(left + at, foot - 10, str(tick), fontName=look.font, fontSize=7, textAnchor="middle"))
    slot = (across if upright else up) / len(grid.labels)
    thick = slot * 0.66 / (1 if stacked else len(grid.heads))
    for r, (label, row) in enumerate(zip(grid.labels, grid.cells, strict=True)):
        start = (left + slot * r) if upright else (foot + up - slot * (r + 1))
        _category(drawing, look, label, start + slot / 2, slot, upright, left, foot)
        base = 0.0
        for c, figure in enumerate(row):
            length = figure.value * room
            place = c if upright or stacked else len(row) - 1 - c
            side = start + slot * 0.17 + (0 if stacked else thick * place)
            x, y, w, h = (side, foot + base, thick, length) if upright else (left + base, side, length, thick)
            drawing.add(Rect(x, y, w, h, fillColor=colors.HexColor(_SERIES[c]), strokeColor=None))
            size = 7.5
            if stacked:
                tx, ty, anchor, ink = x + w / 2, y + h / 2 - size * 0.35, "middle", colors.white
                base += length
            elif upright:
                tx, ty, anchor, ink = x + w / 2, y + h + 2.5, "middle", colors.black
            else:
                tx, ty, anchor, ink = x + w + 3, y + h / 2 - size * 0.35, "start", colors.black
            font = look.bold if stacked else look.font
            drawing.add(String(tx, ty, str(figure), fontName=font, fontSize=size, textAnchor=anchor, fillColor=ink))
    return drawing


def _category(
    drawing: Drawing, look: Look, label: str, middle: float, slot: float, upright: bool, left: float, foot: float
) -> None:
    """The name of a bar, on two lines where it is too wide."""
    limit = slot - 4 if upright else left - 10
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and stringWidth(longer, look.font, 7.5) > limit:
            lines.append(word)
        else:
            lines[-1] = longer
    for n, line in enumerate(lines):
        x, y, anchor = (middle, foot - 10 - 9 * n, "middle") if upright else (
            left - 6, middle - 3 + 9 * ((len(lines) - 1) / 2 - n), "end"
        )  # fmt: skip
        drawing.add(String(x, y, line, fontName=look.font, fontSize=7.5, textAnchor=anchor))


def pie(look: Look, grid: Grid, labels: str, random: Random) -> Drawing:
    """A pie of a grid's one column. `labels`: where the values stand, `inside` or `outside` the sectors or in the `legend`."""
    drawing = _canvas(440, 210, random)
    drawing.add(String(220, 194, grid.caption, fontName=look.bold, fontSize=10.5, textAnchor="middle"))
    figures = [row[0] for row in grid.cells]
    whole, angle, radius, x, y = sum(f.value for f in figures), 90.0, 70, 120, 92
    for n, figure in enumerate(figures):
        turn = 360 * figure.value / whole
        fill = colors.HexColor(_SERIES[n])
        drawing.add(Wedge(x, y, radius, angle - turn, angle, fillColor=fill, strokeColor=colors.white, strokeWidth=1))
        if labels != "legend":
            inside = labels == "inside"
            middle, out = math.radians(angle - turn / 2), radius * (0.66 if inside else 1.14)
            drawing.add(
                String(
                    x + out * math.cos(middle), y + out * math.sin(middle) - 3, str(figure), fontName=look.bold, fontSize=8,
                    textAnchor="middle", fillColor=colors.white if inside else colors.black,
                )
            )  # fmt: skip
        angle -= turn
    join = random.choice([" ({})", ": {}", ", {}"]) if labels == "legend" else ""
    names = [name + join.format(figure) for name, figure in zip(grid.labels, figures, strict=True)]
    _legend(drawing, look, names, 250, 92 + 7 * (len(names) - 1), True)
    return drawing
