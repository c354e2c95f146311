"""From statements to readings: what each number counts, at which stage, under which procedure, in which period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from extract.model import Heading, Paragraph, Reading
from extract.statement import Statement
from normalise.reading import grids, sentences
from normalise.reading.arithmetic import with_bands_by_arithmetic
from normalise.reading.evidence import Source
from normalise.reading.frontmatter import FrontMatter
from normalise.reading.grid import Grid, flags, procedures_apart
from normalise.reading.headings import completed
from normalise.reading.in_force import PROCEDURES, Outlook, Place, period_options, procedure_options, stage_options
from normalise.reading.labels import label_of
from normalise.reading.lines import Line
from normalise.reading.read import NOTHING, Read
from normalise.reading.tagging import class_counts, tag
from normalise.reading.weighing import Choice, Option
from normalise.reading.words_around import WordsAround


class Decider(Protocol):
    """Chooses among the options of a slot (`what.sentence`, `what.grid`, `stage`, `procedure`, `period`)."""

    def choose(self, slot: str, statement: Statement, options: Sequence[Option]) -> Choice: ...

    def choose_together(self, slot: str, cells: Sequence[tuple[Statement, Sequence[Option]]]) -> list[Choice]: ...


MOST_IN_A_SENTENCE = 80
"""Numbers; what has more is a column of figures that lost its table. Each is held against each other, so it would take long, too."""
_WHOM = ("CHILDREN", "ADULTS", "CORPORATE", "STATUTORY", "OTHERSERVICE", "SCHOOL")


PAGES_OF_A_REPORT = 4
"""From so many pages on the first heading set large is the name of the whole."""


def outlook_of(reading: Reading, front: FrontMatter) -> Outlook:
    """The document as a whole."""
    titles: list[str] = []
    lines: list[str] = []
    for block in reading.blocks[:12]:
        if isinstance(block, Heading):
            lines.append(block.text)
            titles += [block.text] if block.level == 1 else []
        elif isinstance(block, Paragraph) and len(lines) < 3:
            lines.append(block.body.text[:160])
    counts = class_counts(reading.text)
    whole = sum(counts[name] for name in _WHOM) or 1
    density = 1000 * counts["COMPLAINT"] / max(1, counts.total())
    told = counts["OMBUDSMAN"] / max(1, counts["OMBUDSMAN"] + counts["STAGE"])
    return Outlook(
        front.period, front.council, " . ".join(lines[:4]),
        _name_of(titles) if reading.pages >= PAGES_OF_A_REPORT else "", {n: counts[n] / whole for n in _WHOM}, front.stage,
        next(name for limit, name in ((4, "few"), (10, "some"), (20, "much"), (1001, "most")) if density < limit),
        "most" if told > 0.8 else "much" if told > 0.4 else "some" if told else "none",
    )  # fmt: skip


def _name_of(titles: Sequence[str]) -> str:
    """The first of the headings set large that speaks of complaints, else the first."""
    return next((t for t in titles if "COMPLAINT" in tag(t, ()).classes), titles[0] if titles else "")


@dataclass(frozen=True)
class Draft:
    """A number of which it is known what it counts, and what its other slots are decided from."""

    read: Read
    place: Place | None = None
    """None for a number that is no observation."""
    tied: str = ""
    """The stage that the wording itself says."""
    quarter: str = ""
    """The part of a year that a label names."""


def read(statements: Sequence[Statement], outlook: Outlook, decide: Decider) -> list[Read]:
    """A reading of every number that may be a statistic, in the order of the document."""
    drafts: list[Draft] = []
    for group in _groups(statements):
        drafts += (_draft_grid if _is_grid(group) else _draft_line)(group, outlook, decide)
    dated: list[Read] = []
    for d in drafts:
        dated.append(_with_stage_and_period(d, dated, decide) if d.place else d.read)
    outlook = replace(outlook, covers=_covers(drafts, dated))
    result: list[Read] = []
    for d, r in zip(drafts, dated, strict=True):
        if d.place:
            options = procedure_options(
                r.what[0],
                r.value("stage"),
                replace(d.place, outlook=outlook),
                _before("procedure", result, r.statement),
            )
            r = r.having(procedure=decide.choose("procedure", r.statement, options))  # noqa: PLW2901
        result.append(r)
    return with_bands_by_arithmetic(result)


def _with_stage_and_period(d: Draft, earlier: Sequence[Read], decide: Decider) -> Read:
    assert d.place is not None
    s, (measure, category) = d.read.statement, d.read.what
    stage = stage_options(measure, category, d.tied, d.place, _before("stage", earlier, s))
    period = period_options(measure, d.place, _before("period", earlier, s), d.quarter)
    return d.read.having(stage=decide.choose("stage", s, stage), period=decide.choose("period", s, period))


def _covers(drafts: Sequence[Draft], dated: Sequence[Read]) -> list[str]:
    """What the figures that name their procedure say of the document: how many name each, and whether they add up."""
    named = [(r, _named_procedures(d.place)) for d, r in zip(drafts, dated, strict=True) if d.place]
    single = [(r, p[0]) for r, p in named if len(p) == 1]
    features = []
    for procedure in PROCEDURES[:3]:
        share = sum(p == procedure for _, p in single) / max(1, len(named))
        features.append(
            f"names {procedure}: {'much' if share > 0.3 else 'some' if share > 0.08 else 'few' if share else 'none'}"
        )
    totals: dict[tuple[str, str], dict[str, set[float]]] = {}
    for r, p in named:
        if r.what == ("received", "") and r.statement.value:
            by = totals.setdefault((r.value("stage"), r.value("period")), {})
            by.setdefault(p[0] if len(p) == 1 else "", set()).add(r.statement.value)
            by.setdefault("", set()).add(r.statement.value)
    adds_up = any(
        x + y in by[""]
        for by in totals.values()
        for x in by.get("children_statutory", ())
        for y in by.get("corporate", ())
    )
    beside = any(
        {"children_statutory", "corporate"} <= {p for *_, p in _procedures_in(d.place)} for d in drafts if d.place
    )
    return features + ["procedures add up"] * adds_up + ["procedures in one sentence"] * beside


NEAR = 6
"""Tokens between a number and the procedure that it is of."""


def _procedures_in(place: Place) -> list[tuple[int, int, str]]:
    """Where the number's own sentence names procedures."""
    hits = place.sentence.hits if place.sentence else ()
    return [(span.start, span.end, hit.wording.procedure) for span, hit in hits if hit.wording.procedure]


def _named_procedures(place: Place) -> tuple[str, ...]:
    """The procedure that a number's sentence names beside it, else those that the nearest text around does."""
    gaps = [(max(a - place.token, place.token - b + 1, 0), p) for a, b, p in _procedures_in(place)]
    if gaps and min(gaps)[0] <= NEAR:
        return (min(gaps)[1],)
    return next((x.evidence.procedures for x in place.sources if x.evidence.procedures), ())


def _groups(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    by_name: dict[str, list[Statement]] = {}
    for s in statements:
        by_name.setdefault(s.group, []).append(s)
    yield from by_name.values()


def _is_grid(group: Sequence[Statement]) -> bool:
    return not group[0].sentence and bool(group[0].rows or group[0].columns)


def _headings(s: Statement, outlook: Outlook) -> list[Source]:
    headings = [text for text in s.headings[-4:] if not text or text != outlook.name]
    found = [Source(f"heading{k}", text, "heading") for k, text in enumerate(reversed(headings), 1)]
    title = Source("title", outlook.title, "heading")
    # "Complaints, compliments and Ombudsman enquiries" is the title of a report on more than the Ombudsman.
    mixed = "OMBUDSMAN" in title.evidence.classes and "PRAISE" in title.evidence.classes
    return [*found, Source("title of several", outlook.title, "heading") if mixed else title]


def _line_sources(s: Statement, outlook: Outlook) -> list[Source]:
    before = [Source(f"before{k}", text, "text") for k, text in enumerate(reversed(s.context[-3:]), 1)]
    caption = [Source("caption", s.caption, "heading")] if s.caption else []
    rows = [Source("row", text, "label") for text in reversed(s.rows[-2:])]
    nearer = [*caption, *before] if s.method == "list" else [*before, *caption]
    return [*rows, *nearer, *_headings(s, outlook)]


def _grid_sources(s: Statement, outlook: Outlook) -> list[Source]:
    result = [Source("caption", s.caption, "heading")] if s.caption else []
    if s.corner:
        result.append(Source("corner", s.corner, "corner"))
    result += [Source(f"before{k}", text, "text") for k, text in enumerate(reversed(s.context[-2:]), 1)]
    return [*result, *_headings(s, outlook)]


def _label_sources(s: Statement) -> list[Source]:
    rows = [Source("row" if not k else "row outer", t, "label") for k, t in enumerate(reversed(s.rows[-3:]))]
    columns = [
        Source("column" if not k else "column outer", t, "label") for k, t in enumerate(reversed(s.columns[-3:]))
    ]
    return [*rows, *columns]


def _draft_line(group: list[Statement], outlook: Outlook, decide: Decider) -> list[Draft]:
    if len(group) > MOST_IN_A_SENTENCE:
        return []
    line = Line(group, _line_sources(group[0], outlook), group[0].method, outlook.kind, outlook.council)
    words = [WordsAround(line.sources, line.tagged)]
    result: list[Draft] = []
    for s in line.numbers:
        token = line.token(s)
        previous = [(d.read.statement, d.read.what) for d in result]
        mine = Read(
            s, {"what": decide.choose("what.sentence", s, sentences.what_options(line, s, previous))}, line.authority(s)
        )
        place = Place(line.sources, outlook, line.tagged, token, sorted(line.frames.get(token, ())), words=words)
        result.append(Draft(mine, place, _tied(line, *mine.what)) if mine.what != NOTHING else Draft(mine))
    return result


def _tied(line: Line, measure: str, category: str) -> str:
    """The stage that a wording of the sentence says with this measure."""
    said = {
        h.wording.stage
        for _, h in line.tagged.hits
        if (h.wording.measure, h.wording.category) == (measure, category) and h.wording.stage
    }
    return next(iter(said)) if len(said) == 1 else ""


def _before(slot: str, earlier: Sequence[Read], s: Statement) -> list[tuple[str, str]]:
    """Values of a slot at the numbers before: the last one of the sentence, the paragraph, the section."""
    if not s.sentence:
        return []
    paragraph = s.group.rsplit(".", 1)[0]
    near = [r for r in reversed(earlier[-40:]) if r.what != NOTHING]
    ways: tuple[tuple[str, Callable[[Read], bool]], ...] = (
        ("sentence", lambda r: r.statement.group == s.group),
        ("paragraph", lambda r: r.statement.group != s.group and r.statement.group.rsplit(".", 1)[0] == paragraph),
        ("section", lambda r: r.statement.group != s.group and r.statement.headings == s.headings),
    )
    found = [(how, next((r for r in near if same(r)), None)) for how, same in ways]
    return [(r.value(slot), how) for how, r in found if r is not None]


def _draft_grid(group: list[Statement], outlook: Outlook, decide: Decider) -> list[Draft]:
    usable = [s for s in group if s.statistic]
    if not usable:
        return []
    whole = completed(usable)
    grid = Grid(whole, _grid_sources(usable[0], outlook), outlook.kind)
    chosen = decide.choose_together(
        "what.grid", [(own, grids.what_options(grid, s)) for own, s in zip(usable, whole, strict=True)]
    )
    words = WordsAround(grid.sources)
    result = []
    for own, s, what in zip(usable, whole, chosen, strict=True):
        authority = next((a for t in (*s.rows, *s.columns) if (a := label_of(t).authority)), "")
        mine = Read(own, {"what": what}, authority)
        if mine.what == NOTHING:
            result.append(Draft(mine))
            continue
        labels = [label_of(t) for t in (*s.rows, *s.columns)]
        tied = next((x.pieces.tied_stage[mine.what] for x in labels if mine.what in x.pieces.tied_stage), "")
        quarter = next((x.quarter for x in labels if x.quarter), "")
        own_labels = _label_sources(s)
        place = Place(
            [*own_labels, *grid.sources],
            outlook,
            words=[WordsAround(own_labels), words],
            flags=flags(grid, s),
            sides=procedures_apart(grid, s),
        )
        result.append(Draft(mine, place, tied, quarter))
    return result
