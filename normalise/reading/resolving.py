"""From statements to readings: what each number counts, at which stage, under which procedure, in which period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from extract.model import Heading, Paragraph, Reading
from extract.statement import Statement
from normalise.reading import grids, sentences
from normalise.reading.arithmetic import with_bands_by_arithmetic
from normalise.reading.frontmatter import FrontMatter
from normalise.reading.grids import Grid
from normalise.reading.headings import completed
from normalise.reading.in_force import Outlook, Place, Source, period_options, procedure_options, stage_options
from normalise.reading.labels import label_of
from normalise.reading.read import NOTHING, Read
from normalise.reading.sentences import Line
from normalise.reading.tagging import class_of
from normalise.reading.weighing import Choice, Option
from normalise.words import canonical


class Decider(Protocol):
    """Chooses among the options of a slot (`what.sentence`, `what.grid`, `stage`, `procedure`, `period`)."""

    def choose(self, slot: str, statement: Statement, options: Sequence[Option]) -> Choice: ...

    def choose_together(self, slot: str, cells: Sequence[tuple[Statement, Sequence[Option]]]) -> list[Choice]: ...


_WHOM = ("CHILDREN", "ADULTS", "CORPORATE", "STATUTORY", "OTHERSERVICE", "SCHOOL")


def outlook_of(reading: Reading, front: FrontMatter) -> Outlook:
    """The document as a whole."""
    lines = []
    for block in reading.blocks[:12]:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Paragraph) and len(lines) < 3:
            lines.append(block.body.text[:160])
    counts = dict.fromkeys(_WHOM, 0)
    words = canonical(reading.text).split()
    for word in words:
        name = class_of(word)
        if name in counts:
            counts[name] += 1
    whole = sum(counts.values()) or 1
    density = 1000 * sum(class_of(w) == "COMPLAINT" for w in words) / max(1, len(words))
    return Outlook(
        front.period, front.council, " . ".join(lines[:4]), {n: c / whole for n, c in counts.items()}, front.stage,
        next(name for limit, name in ((4, "few"), (10, "some"), (20, "much"), (1001, "most")) if density < limit),
    )  # fmt: skip


def read(statements: Sequence[Statement], outlook: Outlook, decide: Decider) -> list[Read]:
    """A reading of every number that may be a statistic, in the order of the document."""
    result: list[Read] = []
    for group in _groups(statements):
        if _is_grid(group):
            result += _read_grid(group, outlook, decide)
        else:
            result += _read_line(group, outlook, decide, result)
    return with_bands_by_arithmetic(result)


def _groups(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    by_name: dict[str, list[Statement]] = {}
    for s in statements:
        by_name.setdefault(s.group, []).append(s)
    yield from by_name.values()


def _is_grid(group: Sequence[Statement]) -> bool:
    return not group[0].sentence and bool(group[0].rows or group[0].columns)


def _headings(s: Statement, outlook: Outlook) -> list[Source]:
    found = [Source(f"heading{k}", text, "heading") for k, text in enumerate(reversed(s.headings[-4:]), 1)]
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
    columns = [Source("column" if not k else "column outer", t, "label") for k, t in enumerate(reversed(s.columns[-3:]))]
    return [*rows, *columns]


def _read_line(group: list[Statement], outlook: Outlook, decide: Decider, earlier: Sequence[Read]) -> list[Read]:
    line = Line(group, _line_sources(group[0], outlook), group[0].method, outlook.kind)
    result: list[Read] = []
    for s in line.numbers:
        token = line.token(s)
        previous = [(r.statement, r.what) for r in result]
        mine = Read(s, {"what": decide.choose("what.sentence", s, sentences.what_options(line, s, previous))})
        if mine.what != NOTHING:
            tied = _tied(line, *mine.what)
            frames = sorted(line.frames.get(token, ()))
            place = Place(line.sources, outlook, line.tagged, token, frames)
            mine = _with_context(mine, tied, place, "", decide, _before(result, earlier, s))
        result.append(mine)
    return result


def _with_context(
    read: Read, tied: str, place: Place, quarter: str, decide: Decider, before: Callable[[str], list[tuple[str, str]]]
) -> Read:
    """A number with stage, procedure and period chosen. `before` gives a slot's values at the numbers before it."""
    s, (measure, category) = read.statement, read.what
    read = read.having(stage=decide.choose("stage", s, stage_options(measure, category, tied, place, before("stage"))))
    read = read.having(procedure=decide.choose("procedure", s, procedure_options(measure, read.value("stage"), place, before("procedure"))))
    return read.having(period=decide.choose("period", s, period_options(measure, place, before("period"), quarter)))


def _tied(line: Line, measure: str, category: str) -> str:
    """The stage that a wording of the sentence says with this measure."""
    said = {h.wording.stage for _, h in line.tagged.hits if (h.wording.measure, h.wording.category) == (measure, category) and h.wording.stage}
    return next(iter(said)) if len(said) == 1 else ""


def _before(own: Sequence[Read], earlier: Sequence[Read], s: Statement) -> Callable[[str], list[tuple[str, str]]]:
    """For a slot, its values at the numbers before: in the sentence, the paragraph, the section."""
    paragraph = s.group.rsplit(".", 1)[0]

    def values(slot: str) -> list[tuple[str, str]]:
        found = [(r.value(slot), "sentence") for r in reversed(own) if r.what != NOTHING][:1]
        for how, same in (
            ("paragraph", lambda r: r.statement.group.rsplit(".", 1)[0] == paragraph),
            ("section", lambda r: r.statement.headings == s.headings),
        ):
            last = next((r for r in reversed(earlier[-40:]) if r.what != NOTHING and same(r)), None)
            if last is not None:
                found.append((last.value(slot), how))
        return found

    return values


def _read_grid(group: list[Statement], outlook: Outlook, decide: Decider) -> list[Read]:
    usable = [s for s in group if s.kind in ("number", "percent", "money", "working_days", "days")]
    if not usable:
        return []
    whole = completed(usable)
    grid = Grid(whole, _grid_sources(usable[0], outlook), outlook.kind)
    result = []
    chosen = decide.choose_together("what.grid", [(own, grids.what_options(grid, s)) for own, s in zip(usable, whole, strict=True)])
    for own, s, what in zip(usable, whole, chosen, strict=True):
        mine = Read(own, {"what": what})
        if mine.what != NOTHING:
            labels = [label_of(t) for t in (*s.rows, *s.columns)]
            tied = next((x.pieces.tied_stage[mine.what] for x in labels if mine.what in x.pieces.tied_stage), "")
            quarter = next((x.quarter for x in labels if x.quarter), "")
            place = Place([*_label_sources(s), *grid.sources], outlook, flags=grids.flags(grid, s))
            mine = _with_context(mine, tied, place, quarter, decide, lambda slot: [])
        result.append(mine)
    return result
