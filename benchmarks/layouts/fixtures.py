"""The kinds of layout, each a function that sets one report. Everything follows from kind and number: the same every time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from random import Random

import content
import drawing
from content import Figure, Grid
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, NextPageTemplate, PageTemplate, Spacer

GOLD_COLUMNS = [
    *("document", "period", "procedure", "stage", "measure", "category", "value", "unit", "required", "base", "authority")
]  # fmt: skip
NOTE = "The figure was revised after the end of the year."


@dataclass
class Paper:
    """The page: what is displayed is `size` points, `bleed` more stands around it where it is cropped."""

    size: tuple[float, float] = A4
    turn: int = 0
    bleed: float = 0
    columns: int = 1
    gutter: float = 20
    column_height: float = 0
    printed: list[Callable[[Canvas, int], None]] = field(default_factory=list)
    """What is drawn on every page; gets the number of the page."""


class Fixture:
    """One report being set, with the figures that a careful reader finds in it."""

    def __init__(self, kind: str, number: int) -> None:
        self.slug, self.number = f"{kind}-{number:02}", number
        self.random = Random(self.slug)
        self.look = drawing.look(self.random)
        self.facts = content.Facts(self.random, self.random.choice([2, 2, 3]), self.random.random() < 0.5)
        self.paper = Paper()
        self.story: list[Flowable] = []
        self.gold: list[Figure] = []
        self.tables = 0
        self._told = content.sentences(self.facts)
        self._neutral = self.random.sample(content.NEUTRAL, len(content.NEUTRAL))

    def open(self) -> None:
        """Title and what the report is about."""
        f, year = self.facts, self.facts.shown(self.facts.now)
        title = f"{f.council} Council<br/>Children's social care complaints: annual report {year}"
        self.story += [
            self.look.paragraph(title, True, 1.7, textColor=self.look.accent, spaceAfter=14),
            self.look.paragraph(
                f"This report is about complaints made under the statutory procedure for children's social care in {year}."
            ),
        ]

    def neutral(self, n: int = 1) -> None:
        """Paragraphs without figures."""
        for _ in range(n):
            self._neutral.append(self._neutral.pop(0))
            self.story.append(self.look.paragraph(self._neutral[-1]))

    def sentences(self, n: int) -> list[str]:
        """The next sentences with their figures, which are expected from now on."""
        told, self._told = self._told[:n], self._told[n:]
        self.gold += [figure for _, figures in told for figure in figures]
        return [text.format(*figures) for text, figures in told]

    def say(self, n: int, together: int = 2) -> None:
        """The next sentences as paragraphs of some sentences."""
        texts = self.sentences(n)
        self.story += [
            self.look.paragraph(" ".join(texts[k : k + together])) for k in range(0, len(texts), together)
        ]

    def grids(self, n: int, topics: Sequence[Callable[[content.Facts], Grid]] = tuple(content.TOPICS)) -> list[Grid]:
        """Grids of n topics, others than the fixture before has."""
        return [topics[(self.number + k * 3) % len(topics)](self.facts) for k in range(n)]

    def expect(self, grid: Grid) -> None:
        self.gold += grid.figures

    def caption(self, grid: Grid, keep: int = 1) -> None:
        self.tables += 1
        numbered = f"Table {self.tables}: " if self.number % 3 == 1 else ""
        self.story.append(self.look.heading(numbered + grid.caption, 1.1, keepWithNext=keep))

    def show(self, grid: Grid, of: str = "grid", keep: int = 1, **more: object) -> None:
        """A grid as a table below its caption. `keep` 0 lets the table break over the page."""
        self.caption(grid, keep)
        rows = [[label, *map(str, cells)] for label, cells in zip(grid.labels, grid.cells, strict=True)]
        self.story.append(drawing.table(self.look, [[grid.corner, *grid.heads], *rows], of, **more))
        self.expect(grid)

    def write(self, folder: Path) -> Path:
        """The PDF, and beside it the gold file. Returns the path of the PDF."""
        path, paper = folder / f"{self.slug}.pdf", self.paper
        wide, high = paper.size
        outer = (wide + 2 * paper.bleed, high + 2 * paper.bleed)
        sheet = outer[::-1] if paper.turn else outer
        document = BaseDocTemplate(str(path), pagesize=outer, title="Complaints report", invariant=1, rotation=paper.turn)

        def before(canvas: Canvas, template: BaseDocTemplate) -> None:
            if paper.turn:
                # The sheet is turned when it is displayed, so what is drawn on it is turned the other way.
                canvas.transform(*((0, 1, -1, 0, sheet[0], 0) if paper.turn == 90 else (0, -1, 1, 0, 0, sheet[1])))
            if paper.bleed:
                canvas.setCropBox((paper.bleed, paper.bleed, paper.bleed + wide, paper.bleed + high))
                canvas.translate(paper.bleed, paper.bleed)
            for draw in paper.printed:
                canvas.saveState()
                draw(canvas, template.page)
                canvas.restoreState()

        document.addPageTemplates(_templates(paper, before))
        document.build(self.story)
        with path.with_suffix(".csv").open("w", newline="", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, GOLD_COLUMNS, lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
            for figure in self.gold:
                if figure.measure:
                    more = {"document": self.slug, "base": "", "authority": self.facts.council}
                    row = asdict(figure) | more | {"required": "yes" if figure.required else "optional"}
                    writer.writerow(row)
        return path


def _templates(paper: Paper, before: Callable[[Canvas, BaseDocTemplate], None]) -> list[PageTemplate]:
    wide, high = paper.size
    side, foot = 58, 58
    if paper.columns == 1:
        return [PageTemplate("page", [Frame(side, foot, wide - 2 * side, high - 2 * foot)], onPage=before)]
    column = (wide - 2 * side - paper.gutter) / 2
    top, tall = high - foot - 120, paper.column_height
    places = [side, side + column + paper.gutter]
    first = [Frame(side, top, wide - 2 * side, 120), *[Frame(x, top - tall, column, tall) for x in places]]
    later = [Frame(x, foot, column, high - 2 * foot) for x in places]
    return [PageTemplate("first", first, onPage=before), PageTemplate("later", later, onPage=before)]


def _folio(f: Fixture) -> Callable[[Canvas, int], None]:
    def draw(canvas: Canvas, page: int) -> None:
        canvas.setFont(f.look.font, 8)
        canvas.drawCentredString(f.paper.size[0] / 2, 28, f"Page {page}")

    return draw


def plain(f: Fixture) -> None:
    """The control: one column, ruled tables."""
    f.say(4)
    for grid in f.grids(2):
        f.show(grid)
    turned = [lambda x: content.outcomes(x).transposed("Year"), lambda x: content.times(x).transposed("Year")]
    turned += [lambda x: content.themes(x, 5).only(x.shown(x.now)), lambda _: volumes(f), lambda _: _by_year(f)]
    for grid in f.grids(1, turned):
        f.show(grid)
    f.say(4)


def two_columns(f: Fixture) -> None:
    """Prose in two columns, a rule between them in some."""
    f.paper.columns, f.paper.gutter = 2, f.random.choice([14, 18, 24])
    f.paper.column_height = f.random.uniform(140, 230)
    f.story += [FrameBreak(), NextPageTemplate("later")]
    for n in range(4):
        f.story.append(f.look.heading(["Numbers", "Findings", "Later stages", "Praise"][n], 1.1))
        f.neutral()
        f.say(2, f.random.choice([1, 2]))
    f.neutral(2)
    if f.number % 3 == 0:
        top, middle = A4[1] - 184, A4[0] / 2
        f.paper.printed.append(
            lambda canvas, page: page == 1 and canvas.line(middle, top, middle, top - f.paper.column_height)
        )


RUNNING = [
    ("{council} Council", "Complaints report {year}", "", "{folio}"),
    ("Complaints received", "{folio}", "Version 1.4, 14 September 2022", ""),
    ("Agenda item 12", "Appendix 2", "Children's complaints {year}", "Page {page} of 3"),
    ("", "{folio} | Complaints and compliments", "Complaints team, telephone 0161 496 0123", ""),
    ("Stage 1, stage 2 and stage 3", "", "Children's complaints", "{folio}"),
    ("Annual report", "Ref. CS/2291", "Complaints {folio}", "Printed 03/10/2022 16:45"),
]
"""Heads left and right, feet left and right; they change sides with the page in some fixtures."""


def running_heads(f: Fixture) -> None:
    """Three pages with heads and feet that hold numbers; a paragraph runs over the page."""
    texts, first = RUNNING[f.number % len(RUNNING)], f.random.randint(9, 60)
    year = f.facts.shown(f.facts.now)

    def draw(canvas: Canvas, page: int) -> None:
        said = [t.format(council=f.facts.council, year=year, page=page, folio=first + page) for t in texts]
        if f.number % 2 and page % 2 == 0:
            said = [said[1], said[0], said[3], said[2]]
        canvas.setFont(f.look.font, 8.5)
        for (left, right), y in ((said[:2], A4[1] - 38), (said[2:], 32)):
            canvas.drawString(64, y, left)
            canvas.drawRightString(A4[0] - 64, y, right)

    f.paper.printed = [draw]
    for n in range(2):
        f.neutral(4)
        f.show(f.grids(2)[n], f.random.choice(["grid", "lines"]))
        f.neutral(2)
        f.story.append(drawing.Leave(f.look.size * 3.6))
        f.say(4, 4)
    f.neutral(1)


def _over_the_page(f: Fixture, repeat: int) -> None:
    # Ten teams or twenty themes: short tables are broken as well as long ones.
    grid = [
        lambda: content.themes(f.facts, f.random.randint(14, 24)),
        lambda: content.teams(f.facts, 9),
        lambda: content.outcomes(f.facts),
        lambda: content.ombudsman(f.facts),
    ][f.number % 4]()
    on_first_page = f.random.randint(2, min(len(grid.labels) - 2, 9))
    f.say(4)
    f.neutral(7)
    f.story.append(drawing.Leave(f.look.size * 3.2 + 4 + (on_first_page + 1.4) * (f.look.size * 1.14 + 6)))
    f.show(grid, ["grid", "lines", "zebra"][f.number % 3], keep=0, repeat=repeat)
    f.say(3)


def broken_with_heads(f: Fixture) -> None:
    """A table over a page break; the heads stand on both pages."""
    _over_the_page(f, 1)


def broken_without_heads(f: Fixture) -> None:
    """A table over a page break; the heads stand on the first page only."""
    _over_the_page(f, 0)


def borderless(f: Fixture) -> None:
    """Tables without lines or shading."""
    f.say(2)
    for grid in f.grids(2):
        f.show(grid, "bare")
        f.say(1)


def zebra(f: Fixture) -> None:
    """Tables whose rows are told apart by shading only."""
    f.say(2)
    for grid in f.grids(2):
        f.show(grid, "zebra")
        f.say(1)


def share_of(figure: Figure, whole: float, digits: int = 0) -> Figure:
    value = round(100 * figure.value / whole, digits)
    return replace(figure, value=value, unit="percent", printed=f"{value:.{digits}f}%")


def _numbers_and_shares(f: Fixture) -> Grid:
    grid, digits = content.outcomes(f.facts, f.random.choice(["stage_1", "stage_2"])), f.random.choice([0, 1])
    wholes = [sum(row[c].value for row in grid.cells) for c in range(len(grid.heads))]
    cells = [[x for c, g in enumerate(row) for x in (g, share_of(g, wholes[c], digits))] for row in grid.cells]
    return replace(grid, over=[y for y in grid.heads for _ in (0, 1)], heads=["Number", "%"] * len(grid.heads), cells=cells)


def _stages_over_years(f: Fixture) -> Grid:
    one, two = content.outcomes(f.facts), content.outcomes(f.facts, "stage_2")
    return Grid(
        "Outcomes by stage and year", "Outcome", one.heads + two.heads, one.labels,
        [a + b for a, b in zip(one.cells, two.cells, strict=True)],
        over=["Stage 1"] * len(one.heads) + ["Stage 2"] * len(two.heads),
    )  # fmt: skip


def _years_over_counts(f: Fixture) -> Grid:
    fact = f.facts
    cells = [
        [Figure(counts[s, p], m, p, s) for p in fact.columns for m, counts in (("received", fact.received), ("closed", fact.closed))]
        for s in content.STAGES
    ]  # fmt: skip
    return Grid(
        "Complaints received and closed", "Stage", ["Received", "Closed"] * len(fact.columns), [*content.STAGES.values()],
        cells, over=[y for y in fact.years for _ in (0, 1)],
    )  # fmt: skip


def _runs(names: Sequence[str]) -> list[tuple[int, int]]:
    """First and last place of each run of equal names."""
    starts = [k for k, name in enumerate(names) if k == 0 or names[k - 1] != name]
    return list(zip(starts, [s - 1 for s in [*starts[1:], len(names)]], strict=True))


def merged_heads(f: Fixture) -> None:
    """Two rows of heads, the upper ones over several columns; or stages that stand once beside several rows."""
    f.say(2)
    for n in range(2):
        kind, of = (f.number + n) % 4, f.random.choice(["grid", "lines", "bare", "zebra"])
        if kind == 3:
            _beside_rows(f, "grid")
            continue
        grid = [_numbers_and_shares, _stages_over_years, _years_over_counts][kind](f)
        f.caption(grid)
        upper = [name if k == 0 or grid.over[k - 1] != name else "" for k, name in enumerate(grid.over)]
        body = [[label, *map(str, row)] for label, row in zip(grid.labels, grid.cells, strict=True)]
        spans = [("SPAN", (a + 1, 0), (b + 1, 0)) for a, b in _runs(grid.over)]
        spans += [("ALIGN", (1, 0), (-1, 0), "CENTER"), ("SPAN", (0, 0), (0, 1))]
        rows = [[grid.corner, *upper], ["", *grid.heads], *body]
        narrow = replace(f.look, label_width=min(f.look.label_width, 160), size=f.look.size * 0.92)
        f.story.append(drawing.table(narrow, rows, of, head_rows=2, more=spans))
        f.expect(grid)
        f.say(1)


def _grouped(f: Fixture, kind: int) -> list[tuple[str, Grid]]:
    """Stages with their outcomes or times, or years with their stages."""
    if kind % 3 == 2:
        return [
            (f.facts.shown(p), Grid("Complaints received and closed", "Stage", ["Received", "Closed"], [*content.STAGES.values()],
             [[Figure(f.facts.received[s, p], "received", p, s), Figure(f.facts.closed[s, p], "closed", p, s)] for s in content.STAGES]))
            for p in f.facts.columns
        ]  # fmt: skip
    make = [content.outcomes, content.times][kind % 3]
    caption = ["Outcomes by stage", "Response times by stage"][kind % 3]
    return [(content.STAGES[s], replace(make(f.facts, s), caption=caption)) for s in ("stage_1", "stage_2")]


def _beside_rows(f: Fixture, of: str) -> None:
    parts = _grouped(f, f.number)
    first = parts[0][1]
    f.caption(first)
    rows = [
        [name if k == 0 else "", label, *map(str, row)]
        for name, g in parts
        for k, (label, row) in enumerate(zip(g.labels, g.cells, strict=True))
    ]
    names = [name for name, g in parts for _ in g.labels]
    spans = [("SPAN", (0, a + 1), (0, b + 1)) for a, b in _runs(names)] + [("ALIGN", (1, 0), (1, -1), "LEFT")]
    corner = "Year" if f.number % 3 == 2 else "Stage"
    head = [corner, first.corner, *first.heads]
    f.story.append(
        drawing.table(f.look, [head, *rows], of, label_columns=2, widths=[60, 150] + [62] * len(first.heads), more=spans)
    )
    for _, grid in parts:
        f.expect(grid)


def row_groups(f: Fixture) -> None:
    """Groups of rows below a name, each with a sub-total."""
    f.say(2)
    parts = _grouped(f, f.number)
    first, of = parts[0][1], f.random.choice(["grid", "lines", "bare"])
    total = f.random.choice(["Sub-total", "Total", "Total {}"])
    f.caption(first)
    rows: list[list[str]] = [[first.corner, *first.heads]]
    more: list[drawing.Command] = []
    indent = f.random.choice([6, 16])
    for name, grid in parts:
        more += [("FONT", (0, len(rows)), (0, len(rows)), f.look.bold, f.look.size * 0.95)]
        if of == "grid" and f.number % 2:
            more += [("SPAN", (0, len(rows)), (-1, len(rows))), ("BACKGROUND", (0, len(rows)), (-1, len(rows)), colors.lightgrey)]
        rows.append([name] + [""] * len(grid.heads))
        more.append(("LEFTPADDING", (0, len(rows)), (0, len(rows) + len(grid.labels) - 1), indent))
        rows += [[label, *map(str, row)] for label, row in zip(grid.labels, grid.cells, strict=True)]
        more += [("FONT", (0, len(rows)), (-1, len(rows)), f.look.bold, f.look.size * 0.95)]
        sums = [sum(column) for column in zip(*[[g.value for g in row] for row in grid.cells], strict=True)]
        rows.append([total.format(name.lower()), *[f"{s:g}" for s in sums]])
        f.expect(grid)
        # A sub-total is what was received or closed; whoever leaves it out misses nothing that the rows do not say.
        f.gold += [
            replace(g, value=s, measure="received|closed", stage=g.stage if f.number % 3 != 2 else "any|stage_1", category="",
                    required=False)
            for s, g in zip(sums, grid.cells[0], strict=True)
        ]  # fmt: skip
    f.story.append(drawing.table(f.look, rows, of, more=more))
    f.say(3)


def turned_heads(f: Fixture) -> None:
    """Heads turned by 90° above narrow columns."""
    f.say(2)
    makers = [
        content.flow,
        lambda x: content.teams(x, 6),
        lambda x: content.outcomes(x).transposed("Year"),
        lambda x: content.times(x).transposed("Year"),
        lambda x: content.themes(x, 7),
    ]
    downwards = f.number % 3 == 0
    for grid in f.grids(2, makers):
        f.caption(grid)
        heads = [drawing.Turned(f.look, _folded(h), downwards) for h in grid.heads]
        rows = [[grid.corner, *heads], *[[a, *map(str, row)] for a, row in zip(grid.labels, grid.cells, strict=True)]]
        more = [("VALIGN", (0, 0), (-1, 0), "BOTTOM"), ("ALIGN", (1, 0), (-1, -1), "CENTER")]
        widths = [max(drawing.stringWidth(a, f.look.font, f.look.size) for a in grid.labels) + 16] + [f.random.uniform(36, 46)] * len(grid.heads)
        f.story.append(drawing.table(f.look, rows, f.random.choice(["grid", "lines"]), widths=widths, more=more))
        f.expect(grid)
    f.say(2)


def _folded(head: str) -> list[str]:
    """A head on two lines where it is long."""
    words = head.split()
    half = (len(words) + 1) // 2
    return [head] if len(head) < 18 else [" ".join(words[:half]), " ".join(words[half:])]


def wrapped_labels(f: Fixture) -> None:
    """Labels that go on in a second or third line, with the figures at the top, middle or foot of them."""
    f.say(2)
    makers = [
        lambda x: content.broken_down(x, "theme", content.LONG_THEMES, 6),
        content.ombudsman,
        content.times,
        lambda x: content.broken_down(x, "service", content.TEAMS, 6),
    ]
    for n, grid in enumerate(f.grids(2, makers)):
        width = 125 if (f.number + 3 * n) % 4 == 0 else 78
        f.caption(grid)
        rows = [[f.look.cell(a), *map(str, row)] for a, row in zip(grid.labels, grid.cells, strict=True)]
        more = [("VALIGN", (0, 1), (-1, -1), ["TOP", "MIDDLE", "BOTTOM"][f.number % 3])]
        widths = [width] + [f.look.column_width] * len(grid.heads)
        of = ["grid", "lines", "bare", "zebra"][(f.number + n) % 4]
        f.story.append(drawing.table(f.look, [[grid.corner, *grid.heads], *rows], of, widths=widths, more=more))
        f.expect(grid)


def volumes(f: Fixture) -> Grid:
    """Counts in thousands, as of a large council."""
    cells = [
        [Figure(f.random.randint(1001, 4800), measure, p, "any|stage_1", procedure=content.EITHER) for p in f.facts.columns]
        for measure in ("received", "compliments")
    ]  # fmt: skip
    return Grid("Complaints and compliments received", "", f.facts.years, ["Complaints received", "Compliments received"], cells)


def number_formats(f: Fixture) -> None:
    """Thousands with commas or spaces; percentages in four ways; words and signs for nothing and for suppressed figures."""
    kind = f.number % 4
    if kind == 0:
        gap = [",", " ", "\N{NO-BREAK SPACE}"][f.number // 4 % 3]
        grid = volumes(f).changed(lambda g: replace(g, printed=f"{g.value:,}".replace(",", gap)))
        f.show(grid)
        now = [row[f.facts.columns.index(f.facts.now)] for row in grid.cells]
        f.story.append(f.look.paragraph(f"In {f.facts.shown(f.facts.now)}, {now[1]} compliments were received."))
        f.say(2)
    elif kind == 1:
        written = ["{:g}%", "{:g} %", "{:g} per cent", "{:g} percent"][f.number // 4 % 4]
        grid = content.outcomes(f.facts, f.random.choice(["stage_1", "stage_2"]))
        whole = [sum(c) for c in zip(*[[g.value for g in row] for row in grid.cells], strict=True)]
        cells = [[share_of(g, w) for g, w in zip(row, whole, strict=True)] for row in grid.cells]
        grid = replace(grid, cells=cells).changed(lambda g: replace(g, printed=written.format(g.value)))
        f.show(grid, f.random.choice(["grid", "bare"]))
        share = share_of(Figure(f.facts.bands["stage_1", f.facts.now][0], "response_time", f.facts.now, "stage_1", "within_10"),
                         f.facts.closed["stage_1", f.facts.now])  # fmt: skip
        f.story.append(
            f.look.paragraph(f"At stage 1, {written.format(share.value)} of complaints were answered within 10 working days.")
        )
        f.gold.append(share)
    else:
        signs = (["nil", "Nil", "–", "-"] if kind == 2 else ["<5", "*", "c", "<5"])[f.number // 4 % 4]
        for grid in f.grids(2, [content.ombudsman, content.received, content.themes]):
            f.show(grid.changed(lambda g: _signed(g, signs, f.random)), f.random.choice(["grid", "lines"]))
        if kind == 3:
            f.story.append(f.look.paragraph(f"{signs.replace('<', '&lt;')} stands for numbers that are too small to be published."))
    f.say(2)


def _signed(figure: Figure, sign: str, random: Random) -> Figure:
    """Some figures become nothing, or small ones are suppressed, which gives no value at all."""
    if sign in ("<5", "*", "c"):
        return replace(figure, measure="", printed=sign) if figure.value < 5 else figure
    if random.random() < 0.3 or figure.value == 0:
        # A dash may say nothing or not known: a reader may take it for nought and need not.
        return replace(figure, value=0, printed=sign, required=sign.lower() == "nil")
    return figure


def footnote_marks(f: Fixture) -> None:
    """Marks of footnotes stuck to figures, labels and heads, and the notes below."""
    mark = ["<super>1</super>", "¹", "<super>a</super>", "*", "<super>2</super>"][f.number % 5]
    texts, wanted = f.sentences(3), f.number % 3
    stuck = texts[0].replace(str(f.gold[0]), str(f.gold[0]) + mark, 1)
    f.story += [f.look.paragraph(text) for text in [stuck, *texts[1:]]]
    align = {"CENTER": 1, "RIGHT": 2}[f.look.align]
    for grid in f.grids(2, content.BY_YEAR):
        f.caption(grid)
        at = f.random.randrange(len(grid.labels)), f.random.randrange(len(grid.heads))
        heads = [h + mark * (wanted == 2 and c == at[1]) for c, h in enumerate(grid.heads)]
        plain_rows = [[grid.corner, *grid.heads], *[[label] for label in grid.labels]]
        widths = [w + 6 for w in drawing.natural_widths(f.look, plain_rows)]
        rows: list[list[object]] = [[grid.corner, *[f.look.cell(h, True, alignment=align) for h in heads]]]
        for r, (label, row) in enumerate(zip(grid.labels, grid.cells, strict=True)):
            cells = [str(g) + mark * (wanted == 0 and (r, c) == at) for c, g in enumerate(row)]
            named = f.look.cell(label + mark * (wanted == 1 and r == at[0]))
            rows.append([named, *[f.look.cell(c, alignment=align) for c in cells]])
        f.story.append(drawing.table(f.look, rows, f.random.choice(["grid", "lines", "bare"]), widths=widths))
        f.story.append(f.look.paragraph(f"{mark} {NOTE}", False, 0.82))
        f.expect(grid)


def _by_year(f: Fixture) -> Grid:
    cells = [[Figure(f.facts.received["stage_1", p], "received", p, "stage_1")] for p in f.facts.columns]
    return Grid("Stage 1 complaints received by year", "Year", ["Number"], f.facts.years, cells)


def _charts(f: Fixture, upright: bool) -> None:
    f.say(2)
    makers = [
        lambda x: content.received(x), lambda x: content.themes(x, 5).only(x.shown(x.now)), lambda x: content.outcomes(x), lambda _: _by_year(f),
        lambda x: content.teams(x, 4), lambda x: content.outcomes(x, "stage_2").only(x.shown(x.now)), lambda x: content.times(x),
    ]  # fmt: skip
    for grid in f.grids(2, makers):
        f.story += [Spacer(1, 10), drawing.bars(f.look, grid, upright, False, f.random), Spacer(1, 10)]
        f.expect(grid)
        f.neutral()
        f.say(1)


def chart_columns(f: Fixture) -> None:
    """Vertical bars, one or several series, with an axis, grid lines and a legend."""
    _charts(f, True)


def chart_bars(f: Fixture) -> None:
    """Horizontal bars."""
    _charts(f, False)


def chart_stacked(f: Fixture) -> None:
    """Stacked bars, upright and lying; the figures stand in them."""
    f.say(2)
    makers = [content.outcomes, content.times, lambda x: content.outcomes(x, "stage_2"), lambda x: content.times(x, "stage_2")]
    for grid in f.grids(1, makers):
        f.story += [Spacer(1, 10), drawing.bars(f.look, grid.transposed("Year"), f.number % 2 == 0, True, f.random), Spacer(1, 10)]
        f.expect(grid)
    f.neutral()
    f.say(3)


def chart_pie(f: Fixture) -> None:
    """A pie with a legend; figures in or beside its sectors or in the legend."""
    f.say(2)
    makers = [content.outcomes, lambda x: content.times(x), lambda x: content.themes(x, 5), lambda x: content.outcomes(x, "stage_2")]
    grid = f.grids(1, makers)[0].only(f.facts.shown(f.facts.now))
    if f.number % 5 == 4:
        whole = sum(g.value for g in grid.figures)
        grid = grid.changed(lambda g: share_of(g, whole))
    f.story += [Spacer(1, 10), drawing.pie(f.look, grid, ["inside", "outside", "legend"][f.number % 3], f.random), Spacer(1, 10)]
    f.expect(grid)
    f.neutral()
    f.say(3)


def prose(f: Fixture) -> None:
    """Ligatures, words broken at the end of lines, and line breaks within sentences."""
    kind = f.number % 3
    if kind == 0:
        f.look = replace(f.look, font="Vera", bold="VeraBd")
        chosen = ["Breach of confidentiality", "Insufficient support", "Conflict of interest", "Poor communication"]
        grid = content.broken_down(f.facts, "theme", chosen, 4)
        shown = replace(grid, labels=[_ligated(label) for label in grid.labels])
        f.story += [f.look.paragraph(_ligated(text)) for text in f.sentences(4)]
        five = Figure(f.random.choice([5, 15]), "escalated", f.facts.now, "stage_1")
        word = _ligated({5: "five", 15: "fifteen"}[int(five.value)])
        f.story.append(f.look.paragraph(_ligated(f"The ﬁnal figures show that {word} complaints escalated to stage 2.")))
        f.gold.append(five)
        f.show(shown)
    elif kind == 1:
        width = f.random.uniform(150, 260)
        text = " ".join(f.sentences(8))
        hyphen = f.random.choice(["-", "-", "\N{SOFT HYPHEN}"])
        f.story.append(drawing.Lines(f.look, drawing.hyphenated(text, f.look, width, hyphen)))
    else:
        for text in f.sentences(8):
            words = text.split()
            at = f.random.randrange(2, len(words) - 1)
            f.story.append(f.look.paragraph(" ".join(words[:at]) + "<br/>" + " ".join(words[at:])))


def _ligated(text: str) -> str:
    return text.replace("fi", "ﬁ").replace("fl", "ﬂ")


def reversed_heads(f: Fixture) -> None:
    """A running head along the edge of the page, mirrored or with its letters set from right to left."""
    mirrored, right, down = f.number % 2 == 0, f.number % 4 < 2, f.number % 3 == 0
    first = f.random.randint(9, 60)

    def draw(canvas: Canvas, page: int) -> None:
        text = f"{f.facts.council} complaints report {f.facts.shown(f.facts.now)}, page {first + page}"
        canvas.setFont(f.look.font, 8.5)
        canvas.translate(A4[0] - 26 if right else 30, A4[1] / 2)
        canvas.rotate(-90 if down else 90)
        if mirrored:
            canvas.scale(-1, 1)
            canvas.drawCentredString(0, 0, text)
            return
        at = 150.0
        for letter in text:
            at -= drawing.stringWidth(letter, f.look.font, 8.5)
            canvas.drawString(at, 0, letter)

    f.paper.printed = [draw, _folio(f)]
    f.say(4)
    f.neutral(5)
    for grid in f.grids(2):
        f.show(grid, f.random.choice(["grid", "lines", "bare"]))
        f.neutral(5)
    f.say(3)


def landscape(f: Fixture) -> None:
    """Pages displayed in landscape: turned by /Rotate 90 or 270, or wide in themselves."""
    f.paper.size, f.paper.turn = A4[::-1], [90, 270, 90, 0][f.number % 4]
    f.say(3, 3)
    for grid in f.grids(2):
        f.show(grid, f.random.choice(["grid", "lines", "zebra"]))
    f.say(3, 3)


def cropped(f: Fixture) -> None:
    """Pages cropped for display: printer's marks and an older draft stand outside the crop and are not seen."""
    f.paper.bleed = f.random.choice([24, 60, 150])
    wide, high = f.paper.size
    draft = content.received(f.facts).changed(lambda g: replace(g, value=g.value + 11))

    def draw(canvas: Canvas, page: int) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(20, high + 12, f"complaints_report_v7.indd   {page}   14/09/2022   16:02")
        for x in (0, wide):
            canvas.line(x, -20, x, -6)
            canvas.line(x, high + 6, x, high + 20)
        if f.paper.bleed == 150:
            for n, (label, row) in enumerate(zip(draft.labels, draft.cells, strict=True)):
                canvas.drawString(wide + 12, 600 - 14 * n, f"{label}:  {'   '.join(map(str, row))} complaints")

    f.paper.printed.append(draw)
    f.say(3)
    for grid in f.grids(2):
        f.show(grid, f.random.choice(["grid", "lines", "bare"]))
    f.say(3)


KINDS: dict[str, Callable[[Fixture], None]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        plain, two_columns, running_heads, broken_with_heads, broken_without_heads, borderless, zebra, merged_heads, turned_heads,
        row_groups, wrapped_labels, number_formats, footnote_marks, chart_columns, chart_bars, chart_stacked, chart_pie, prose,
        reversed_heads, landscape, cropped,
    )
}  # fmt: skip


def fixture(kind: str, number: int) -> Fixture:
    made = Fixture(kind, number)
    made.open()
    made.paper.printed.append(_folio(made))
    KINDS[kind](made)
    return made
