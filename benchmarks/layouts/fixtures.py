"""The kinds of layout, each a function that sets one report. Everything follows from kind and number: the same every time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from random import Random

import content
from content import Facts, Figure, Grid, second
from drawing import Command, Leave, Look, Turned, bars, hyphenated, pie, stringWidth, table, widths
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Preformatted,
    Spacer,
)

COLUMNS = "document period procedure stage measure category value unit required base authority"
GOLD_COLUMNS = COLUMNS.split()
SIDE = 58
"""Points of margin on every side of a page."""


class Fixture:
    """One report being set, with the figures that a careful reader finds in it."""

    def __init__(self, kind: str, number: int) -> None:
        self.slug, self.number = f"{kind}-{number:02}", number
        self.random = Random(self.slug)
        self.look = Look.chosen(self.random)
        self.facts = Facts(self.random, self.random.choice([2, 2, 3]), self.random.random() < 0.5)
        self.year = self.facts.shown(self.facts.now)
        self.size, self.turn, self.bleed = A4, 0, 0
        self.columns: tuple[float, float] | None = None
        """Gutter and height of two columns on the first page."""
        self.printed: list[Callable[[Canvas, int], None]] = [self._folio]
        """What is drawn on every page; gets the number of the page."""
        self.story: list[Flowable] = []
        self.gold: list[Figure] = []
        self._captions = 0
        self._told = content.sentences(self.facts)
        self._neutral = self.random.sample(content.NEUTRAL, len(content.NEUTRAL))
        title = f"{self.facts.council} Council<br/>Children's social care complaints: annual report {self.year}"
        self.story.append(self.look.paragraph(title, True, 1.7, textColor=self.look.accent, spaceAfter=14))
        self.text(
            f"This report is about complaints made under the statutory procedure for children's social care in {self.year}."
        )

    def _folio(self, canvas: Canvas, page: int) -> None:
        canvas.setFont(self.look.font, 8)
        canvas.drawCentredString(self.size[0] / 2, 28, f"Page {page}")

    def text(self, text: str, scale: float = 1.0) -> None:
        self.story.append(self.look.paragraph(text, False, scale))

    def neutral(self, n: int = 1) -> None:
        """Paragraphs without figures."""
        for _ in range(n):
            self._neutral.append(self._neutral.pop(0))
            self.text(self._neutral[-1])

    def sentences(self, n: int) -> list[str]:
        """The next sentences; their figures are expected from now on."""
        told, self._told = self._told[:n], self._told[n:]
        self.gold += [figure for _, figures in told for figure in figures]
        return [text.format(*figures) for text, figures in told]

    def say(self, n: int, together: int = 2) -> None:
        """The next sentences as paragraphs of some sentences."""
        texts = self.sentences(n)
        for k in range(0, n, together):
            self.text(" ".join(texts[k : k + together]))

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def grids(self, n: int, topics: Sequence[Callable[[Facts], Grid]] = content.TOPICS) -> list[Grid]:
        """Grids of n topics, others than the fixture before has."""
        return [topics[(self.number + k * 3) % len(topics)](self.facts) for k in range(n)]

    def caption(self, grid: Grid, keep: int = 1) -> None:
        self._captions += 1
        numbered = f"Table {self._captions}: " if self.number % 3 == 1 else ""
        self.story.append(self.look.heading(numbered + grid.caption, keep))

    def show(
        self, grid: Grid, of: str = "grid", label: Callable = str, head: Callable = str, cell: Callable = str,
        wide: Sequence[float] = (), keep: int = 1, **more: object,
    ) -> None:  # fmt: skip
        """A grid as a table below its caption. `keep` 0 lets it break over the page; `label`, `head` and `cell` set its parts."""
        self.caption(grid, keep)
        rows = [[label(name), *map(cell, row)] for name, row in zip(grid.labels, grid.cells, strict=True)]
        heads = [[grid.corner, *map(head, grid.heads)]]
        if grid.over:
            upper = [name if k == 0 or grid.over[k - 1] != name else "" for k, name in enumerate(grid.over)]
            heads = [[grid.corner, *upper], ["", *heads[0][1:]]]
        self.story.append(table(self.look, [*heads, *rows], wide or widths(self.look, grid), of, len(heads), **more))
        self.gold += grid.figures

    def plot(self, grid: Grid, drawing: Flowable) -> None:
        self.story += [Spacer(1, 10), drawing, Spacer(1, 10)]
        self.gold += grid.figures

    def write(self, folder: Path) -> Path:
        """The PDF, and beside it the gold file. Returns the path of the PDF."""
        path, (wide, high) = folder / f"{self.slug}.pdf", self.size
        outer = wide + 2 * self.bleed, high + 2 * self.bleed

        def before(canvas: Canvas, template: BaseDocTemplate) -> None:
            # The sheet is turned when it is displayed, so what is drawn on it is turned the other way.
            if self.turn == 90:
                canvas.transform(0, 1, -1, 0, high, 0)
            elif self.turn == 270:
                canvas.transform(0, -1, 1, 0, 0, wide)
            if self.bleed:
                canvas.setCropBox((self.bleed, self.bleed, self.bleed + wide, self.bleed + high))
                canvas.translate(self.bleed, self.bleed)
            for draw in self.printed:
                canvas.saveState()
                draw(canvas, template.page)
                canvas.restoreState()

        document = BaseDocTemplate(
            str(path), pagesize=outer, title="Complaints report", invariant=1, rotation=self.turn
        )
        document.addPageTemplates([PageTemplate(name, f, onPage=before) for name, f in self._frames().items()])
        document.build(self.story)
        with path.with_suffix(".csv").open("w", newline="", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, GOLD_COLUMNS, lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
            more = {"document": self.slug, "base": "", "authority": self.facts.council}
            for figure in filter(lambda f: f.measure, self.gold):
                writer.writerow(asdict(figure) | more | {"required": "yes" if figure.required else "optional"})
        return path

    def _frames(self) -> dict[str, list[Frame]]:
        wide, high = self.size[0] - 2 * SIDE, self.size[1] - 2 * SIDE
        if self.columns is None:
            return {"page": [Frame(SIDE, SIDE, wide, high)]}
        (gutter, tall), top = self.columns, SIDE + high - 120
        column = (wide - gutter) / 2
        places = [SIDE, SIDE + column + gutter]
        first = [Frame(SIDE, top, wide, 120), *[Frame(x, top - tall, column, tall) for x in places]]
        return {"first": first, "later": [Frame(x, SIDE, column, high) for x in places]}


def plain(f: Fixture) -> None:
    """The control: one column, ruled tables, no chart."""
    f.say(4)
    others = [
        lambda x: content.outcomes(x).transposed(), lambda x: content.times(x).transposed(), content.first_stage,
        lambda x: content.themes(x, 5).only(f.year),
    ]  # fmt: skip
    for grid in [*f.grids(2), *f.grids(1, others)]:
        f.show(grid)
    f.say(4)


def two_columns(f: Fixture) -> None:
    """Prose in two columns, a rule between them in some."""
    tall, top = f.random.uniform(140, 230), A4[1] - SIDE - 126
    f.columns = f.random.choice([14, 18, 24]), tall
    f.story += [FrameBreak(), NextPageTemplate("later")]
    for heading in ("Numbers", "Findings", "Later stages", "Praise"):
        f.story.append(f.look.heading(heading))
        f.neutral()
        f.say(2, f.random.choice([1, 2]))
    f.neutral(2)
    if f.number % 3 == 0:
        f.printed.append(lambda canvas, page: page > 1 or canvas.line(A4[0] / 2, top, A4[0] / 2, top - tall))


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
    """Pages with heads and feet that hold numbers; a paragraph runs over the page."""
    texts, first = RUNNING[f.number % len(RUNNING)], f.random.randint(9, 60)

    def draw(canvas: Canvas, page: int) -> None:
        said = [t.format(council=f.facts.council, year=f.year, page=page, folio=first + page) for t in texts]
        if f.number % 2 and page % 2 == 0:
            said = [said[1], said[0], said[3], said[2]]
        canvas.setFont(f.look.font, 8.5)
        for (left, right), y in ((said[:2], A4[1] - 38), (said[2:], 32)):
            canvas.drawString(64, y, left)
            canvas.drawRightString(A4[0] - 64, y, right)

    f.printed = [draw]
    for grid in f.grids(2):
        f.neutral(4)
        f.show(grid, f.pick("grid", "lines"))
        f.neutral(6)
        f.story.append(Leave(f.look.size * 3.6))
        f.say(4, 4)
    f.neutral(1)


def _over_the_page(f: Fixture, repeat: int) -> None:
    long, middling = f.random.randint(14, 24), f.random.randint(7, 9)
    topics = [
        lambda x: content.themes(x, long),
        lambda x: content.teams(x, middling),
        content.outcomes,
        content.ombudsman,
    ]
    grid = f.grids(1, topics)[0]
    on_first_page = f.random.randint(2, min(len(grid.labels) - 2, 9))
    f.say(4)
    f.neutral(7)
    f.story.append(Leave(f.look.size * 3.2 + 4 + (on_first_page + 1.4) * (f.look.size * 1.14 + 6)))
    f.show(grid, ["grid", "lines", "zebra"][f.number % 3], keep=0, repeat=repeat)
    f.say(3)


def broken_with_heads(f: Fixture) -> None:
    """A table over a page break; the heads stand on both pages."""
    _over_the_page(f, 1)


def broken_without_heads(f: Fixture) -> None:
    """A table over a page break; the heads stand on the first page only."""
    _over_the_page(f, 0)


def _two_tables(f: Fixture, of: str) -> None:
    f.say(2)
    for grid in f.grids(2):
        f.show(grid, of)
        f.say(1)


def borderless(f: Fixture) -> None:
    """Tables without lines or shading."""
    _two_tables(f, "bare")


def zebra(f: Fixture) -> None:
    """Tables whose rows are told apart by shading only."""
    _two_tables(f, "zebra")


def share_of(figure: Figure, whole: float, digits: int = 0, written: str = "{}%") -> Figure:
    value = round(100 * figure.value / whole, digits)
    return replace(figure, value=value, unit="percent", printed=written.format(f"{value:.{digits}f}"))


def _shared(grid: Grid, digits: int = 0, written: str = "{}%") -> Grid:
    """A grid's figures as shares of their column."""
    cells = [
        [share_of(g, whole, digits, written) for g, whole in zip(row, grid.sums, strict=True)] for row in grid.cells
    ]
    return replace(grid, cells=cells)


def _numbers_and_shares(f: Fixture) -> Grid:
    grid, digits = content.outcomes(f.facts, f.pick("stage_1", "stage_2")), f.random.choice([0, 1])
    pairs = zip(grid.cells, _shared(grid, digits).cells, strict=True)
    cells = [[x for pair in zip(a, b, strict=True) for x in pair] for a, b in pairs]
    over = [year for year in grid.heads for _ in (0, 1)]
    return replace(grid, over=over, heads=["Number", "%"] * len(grid.heads), cells=cells)


def _stages_over_years(f: Fixture) -> Grid:
    one, two = content.outcomes(f.facts), content.outcomes(f.facts, "stage_2")
    cells = [a + b for a, b in zip(one.cells, two.cells, strict=True)]
    over = ["Stage 1"] * len(one.heads) + ["Stage 2"] * len(two.heads)
    return Grid("Outcomes by stage and year", "Outcome", one.heads + two.heads, one.labels, cells, over)


def _in_and_out(f: Facts, periods: list[str]) -> Grid:
    """Received and closed of some years by stage."""
    counts = [("received", f.received), ("closed", f.closed)]
    cells = [[Figure(n[s, p], measure, p, s) for p in periods for measure, n in counts] for s in content.STAGES]
    heads, labels = ["Received", "Closed"] * len(periods), [*content.STAGES.values()]
    return Grid("Complaints received and closed", "Stage", heads, labels, cells)


def _years_over_counts(f: Fixture) -> Grid:
    return replace(_in_and_out(f.facts, f.facts.periods), over=[y for y in f.facts.years for _ in (0, 1)])


def _runs(names: Sequence[str]) -> list[tuple[int, int]]:
    """First and last place of each run of equal names, counted from 1."""
    starts = [k for k, name in enumerate(names) if k == 0 or names[k - 1] != name]
    return [(a + 1, b) for a, b in zip(starts, [*starts[1:], len(names)], strict=True)]


def merged_heads(f: Fixture) -> None:
    """Two rows of heads, the upper ones over several columns; or stages that stand once beside several rows."""
    f.say(2)
    f.look = replace(f.look, label_width=min(f.look.label_width, 160), size=f.look.size * 0.92)
    for kind in (f.number % 4, (f.number + 1) % 4):
        if kind == 3:
            _beside_rows(f)
            continue
        grid = [_numbers_and_shares, _stages_over_years, _years_over_counts][kind](f)
        spans = [("SPAN", (a, 0), (b, 0)) for a, b in _runs(grid.over)] + [("SPAN", (0, 0), (0, 1))]
        # The corner stands in the middle of the two rows, or at their foot beside the lower heads.
        spans.append(("VALIGN", (0, 0), (0, 1), f.pick("MIDDLE", "BOTTOM")))
        f.show(grid, f.pick("grid", "lines", "bare", "zebra"), more=[*spans, ("ALIGN", (1, 0), (-1, 0), "CENTER")])
        f.say(1)


def _groups(f: Fixture) -> tuple[str, list[tuple[str, Grid]]]:
    """Stages with their outcomes or times, or years with their stages: what the groups are called, and their grids."""
    if f.number % 3 == 2:
        return "Year", [(f.facts.shown(p), _in_and_out(f.facts, [p])) for p in f.facts.periods]
    caption, make = [("Outcomes by stage", content.outcomes), ("Response times by stage", content.times)][f.number % 3]
    grids = [(s, replace(make(f.facts, s), caption=caption)) for s in ("stage_1", "stage_2")]
    return "Stage", [(content.STAGES[s], grid) for s, grid in grids]


def _beside_rows(f: Fixture) -> None:
    corner, groups = _groups(f)
    first = groups[0][1]
    f.caption(first)
    rows: list[list[str]] = [[corner, first.corner, *first.heads]]
    for name, grid in groups:
        rows += [[name, label, *map(str, row)] for label, row in zip(grid.labels, grid.cells, strict=True)]
        f.gold += grid.figures
    spans = [("SPAN", (0, a), (0, b)) for a, b in _runs([row[0] for row in rows[1:]])]
    wide = [60, 150] + [62] * len(first.heads)
    f.story.append(table(f.look, rows, wide, labels=2, more=spans))


def row_groups(f: Fixture) -> None:
    """Groups of rows below a name, each with a sub-total."""
    f.say(2)
    _, groups = _groups(f)
    first, of, indent = groups[0][1], f.pick("grid", "lines", "bare"), f.random.choice([6, 16])
    total, size = f.pick("Sub-total", "Total", "Total {}"), f.look.size * 0.95
    f.caption(first)
    rows: list[list[str]] = [[first.corner, *first.heads]]
    more: list[Command] = []
    for name, grid in groups:
        top, end = len(rows), len(rows) + len(grid.labels) + 1
        if of == "grid" and f.number % 2:
            more += [("SPAN", (0, top), (-1, top)), ("BACKGROUND", (0, top), (-1, top), colors.lightgrey)]
        more += [("FONT", (0, r), (-1, r), f.look.bold, size) for r in (top, end)]
        more.append(("LEFTPADDING", (0, top + 1), (0, end - 1), indent))
        rows.append([name] + [""] * len(grid.heads))
        rows += [[label, *map(str, row)] for label, row in zip(grid.labels, grid.cells, strict=True)]
        rows.append([total.format(name.lower()), *[f"{s:g}" for s in grid.sums]])
        f.gold += grid.figures
        # A sub-total is what was received or closed; whoever leaves it out misses nothing that the rows do not say.
        change = {"measure": "received|closed", "category": "", "required": False}
        whose = {"stage": "any|stage_1"} if f.number % 3 == 2 else {}
        f.gold += [replace(g, value=s, **change, **whose) for s, g in zip(grid.sums, grid.cells[0], strict=True)]
    f.story.append(table(f.look, rows, widths(f.look, replace(first, labels=[row[0] for row in rows])), of, more=more))
    f.say(3)


def turned_heads(f: Fixture) -> None:
    """Heads turned by 90° above narrow columns."""
    f.say(2)
    topics = [
        content.flow, content.teams, lambda x: content.outcomes(x).transposed(), lambda x: content.times(x).transposed(),
        lambda x: content.themes(x, 7),
    ]  # fmt: skip

    def turned(head: str) -> Turned:
        words = head.split()
        half = (len(words) + 1) // 2 if len(head) > 17 else len(words)
        return Turned(f.look, [" ".join(part) for part in (words[:half], words[half:]) if part], f.number % 3 == 0)

    more = [("VALIGN", (0, 0), (-1, 0), "BOTTOM"), ("ALIGN", (1, 0), (-1, -1), "CENTER")]
    for grid in f.grids(2, topics):
        wide = [max(map(f.look.width, grid.labels)) + 14] + [f.random.uniform(36, 46)] * len(grid.heads)
        f.show(grid, f.pick("grid", "lines"), head=turned, wide=wide, more=more)
    f.say(2)


def wrapped_labels(f: Fixture) -> None:
    """Labels that go on in a second or third line, with the figures at the top, middle or foot of them."""
    f.say(2)
    topics = [lambda x: content.themes(x, 6, content.LONG_THEMES), content.ombudsman, content.times, content.teams]
    more = [("VALIGN", (0, 1), (-1, -1), ["TOP", "MIDDLE", "BOTTOM"][f.number % 3])]
    for n, grid in enumerate(f.grids(2, topics)):
        wide = [125 if (f.number + 3 * n) % 4 == 0 else 78] + [f.look.column_width] * len(grid.heads)
        of = ["grid", "lines", "bare", "zebra"][(f.number + n) % 4]
        f.show(grid, of, label=f.look.cell, wide=wide, more=more)


def number_formats(f: Fixture) -> None:
    """Thousands with commas or spaces; percentages in four ways; words and signs for nothing and for suppressed figures."""
    kind, turn = f.number % 4, f.number // 4
    if kind == 0:
        gap = [",", " ", "\N{NO-BREAK SPACE}"][turn % 3]
        grid = content.volumes(f.facts).changed(lambda g: replace(g, printed=f"{g.value:,}".replace(",", gap)))
        f.show(grid)
        f.text(f"In {f.year}, {grid.only(f.year).cells[1][0]} compliments were received.")
        return  # the other sentences speak of a smaller council
    elif kind == 1:
        written = ["{}%", "{} %", "{} per cent", "{} percent"][turn % 4]
        f.show(_shared(content.outcomes(f.facts), 0, written), f.pick("grid", "bare"))
        quick = _shared(content.times(f.facts), 0, written).only(f.year).cells[0][0]
        f.text(f"At stage 1, {quick} of complaints were answered within 10 working days.")
        f.gold.append(quick)
    else:
        sign = [["nil", "Nil", "–", "-"], ["<5", "*", "c", "<5"]][kind - 2][turn % 4]
        for grid in f.grids(2, [content.ombudsman, content.received, content.themes]):
            f.show(grid.changed(lambda g: _signed(g, sign, f.random)), f.pick("grid", "lines"))
        if kind == 3:
            f.text(f"{sign.replace('<', '&lt;')} stands for numbers that are too small to be published.")
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
    for n, text in enumerate(f.sentences(3)):
        f.text(text if n else text.replace(str(f.gold[0]), str(f.gold[0]) + mark, 1))
    for grid in f.grids(2, content.BY_YEAR):
        row, column = f.random.randrange(len(grid.labels)), f.random.randrange(len(grid.heads))
        wide = [w + 6 for w in widths(f.look, grid)]
        if f.number % 3 == 0:
            grid.cells[row][column] = replace(grid.cells[row][column], printed=f"{grid.cells[row][column]}{mark}")
        elif f.number % 3 == 1:
            grid.labels[row] += mark
        else:
            grid.heads[column] += mark
        f.show(
            grid, f.pick("grid", "lines", "bare"), label=f.look.cell, head=lambda h: f.look.cell(h, True, True),
            cell=lambda g: f.look.cell(g, aligned=True), wide=wide,
        )  # fmt: skip
        f.text(f"{mark} The figure was revised after the end of the year.", 0.82)


def _charts(f: Fixture, upright: bool) -> None:
    f.say(2)
    topics = [
        content.received, lambda x: content.themes(x, 5).only(f.year), content.outcomes, content.first_stage,
        lambda x: content.teams(x, 4), lambda x: content.outcomes(x, "stage_2").only(f.year), content.times,
    ]  # fmt: skip
    for grid in f.grids(2, topics):
        f.plot(grid, bars(f.look, grid, upright, False, f.random))
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
    topics = [content.outcomes, content.times, second(content.outcomes), second(content.times)]
    grid = f.grids(1, topics)[0].transposed()
    f.plot(grid, bars(f.look, grid, f.number % 2 == 0, True, f.random))
    f.neutral()
    f.say(3)


def chart_pie(f: Fixture) -> None:
    """A pie with a legend; figures in or beside its sectors or in the legend."""
    f.say(2)
    topics = [content.outcomes, content.times, lambda x: content.themes(x, 5), second(content.outcomes)]
    grid = f.grids(1, topics)[0].only(f.year)
    grid = _shared(grid) if f.number % 5 == 4 else grid
    f.plot(grid, pie(f.look, grid, ["inside", "outside", "legend"][f.number % 3], f.random))
    f.neutral()
    f.say(3)


def _ligated(text: object) -> str:
    return str(text).replace("fi", "ﬁ").replace("fl", "ﬂ")


def prose(f: Fixture) -> None:
    """Ligatures, words broken at the end of lines, and line breaks within sentences."""
    if f.number % 3 == 0:
        f.look = replace(f.look, font="Vera", bold="VeraBd")
        for text in f.sentences(4):
            f.text(_ligated(text))
        moved = Figure(f.random.choice([5, 15]), "escalated", f.facts.now, "stage_1")
        word = "five" if moved.value == 5 else "fifteen"
        f.text(_ligated(f"The final figures show that {word} complaints escalated to stage 2."))
        f.gold.append(moved)
        names = ["Breach of confidentiality", "Insufficient support", "Conflict of interest", "Poor communication"]
        f.show(content.themes(f.facts, 4, names), label=_ligated)
    elif f.number % 3 == 1:
        hyphen = f.pick("-", "-", "\N{SOFT HYPHEN}")
        lines = hyphenated(" ".join(f.sentences(8)), f.look, f.random.uniform(150, 260), hyphen)
        style = ParagraphStyle("lines", fontName=f.look.font, fontSize=f.look.size, leading=f.look.size * 1.3)
        f.story.append(Preformatted("\n".join(lines), style))  # a paragraph would drop soft hyphens
    else:
        for text in f.sentences(8):
            words = text.split()
            at = f.random.randrange(2, len(words) - 1)
            f.text(" ".join(words[:at]) + "<br/>" + " ".join(words[at:]))


def reversed_heads(f: Fixture) -> None:
    """A running head along the edge of the page, mirrored or with its letters set from right to left."""
    mirrored, right, down = f.number % 2 == 0, f.number % 4 < 2, f.number % 3 == 0
    first = f.random.randint(9, 60)

    def draw(canvas: Canvas, page: int) -> None:
        text = f"{f.facts.council} complaints report {f.year}, page {first + page}"
        canvas.setFont(f.look.font, 8.5)
        canvas.translate(A4[0] - 26 if right else 30, A4[1] / 2)
        canvas.rotate(-90 if down else 90)
        if mirrored:
            canvas.scale(-1, 1)
            canvas.drawCentredString(0, 0, text)
            return
        at = 150.0
        for letter in text:
            at -= stringWidth(letter, f.look.font, 8.5)
            canvas.drawString(at, 0, letter)

    f.printed.append(draw)
    f.say(4)
    for grid in f.grids(2):
        f.neutral(5)
        f.show(grid, f.pick("grid", "lines", "bare"))
    f.neutral(5)
    f.say(3)


def landscape(f: Fixture) -> None:
    """Pages displayed in landscape: turned by /Rotate 90 or 270, or wide in themselves."""
    f.size, f.turn = A4[::-1], [90, 270, 90, 0][f.number % 4]
    f.say(3, 3)
    for grid in f.grids(2):
        f.show(grid, f.pick("grid", "lines", "zebra"))
    f.say(3, 3)


def cropped(f: Fixture) -> None:
    """Pages cropped for display: printer's marks and an older draft stand outside the crop and are not seen."""
    f.bleed, (wide, high) = f.random.choice([24, 60, 150]), f.size
    draft = content.received(f.facts).changed(lambda g: replace(g, value=g.value + 11))

    def draw(canvas: Canvas, page: int) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(20, high + 12, f"complaints_report_v7.indd   {page}   14/09/2022   16:02")
        for x in (0, wide):
            canvas.line(x, -20, x, -6)
            canvas.line(x, high + 6, x, high + 20)
        if f.bleed == 150:
            for n, (label, row) in enumerate(zip(draft.labels, draft.cells, strict=True)):
                canvas.drawString(wide + 12, 600 - 14 * n, f"{label}:  {'   '.join(map(str, row))} complaints")

    f.printed.append(draw)
    f.say(3)
    for grid in f.grids(2):
        f.show(grid, f.pick("grid", "lines", "bare"))
    f.say(3)


_KINDS = [
    plain, two_columns, running_heads, broken_with_heads, broken_without_heads, borderless, zebra, merged_heads, turned_heads,
    row_groups, wrapped_labels, number_formats, footnote_marks, chart_columns, chart_bars, chart_stacked, chart_pie, prose,
    reversed_heads, landscape, cropped,
]  # fmt: skip
KINDS: dict[str, Callable[[Fixture], None]] = {make.__name__.replace("_", "-"): make for make in _KINDS}


def fixture(kind: str, number: int) -> Fixture:
    made = Fixture(kind, number)
    KINDS[kind](made)
    return made
