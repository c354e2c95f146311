"""One report from its file to the rows of the common model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import extract
from corpus.document import Document, slug_of
from councilbench.result import NotAReportError, Result
from normalise import periods, return_form
from normalise.reading.frontmatter import FrontMatter, recognise
from normalise.reading.interpreting import Fate, interpret, rows_used
from normalise.wordings import Wording, use_also

if TYPE_CHECKING:
    from councilbench.kept import Names
    from councilbench.second_reader import SecondReader
    from normalise.asking.holding import Held


def read_report(
    path: Path | str, council: str = "", period: str = "", slug: str = "", second: SecondReader | None = None
) -> Result:
    """Read one report. `council` (short name) and `period` given by the user win over what the report says; a second
    reader is heard beside the rules, or instead of them.

    Raises extract.UnreadableError for a file that cannot be read, NotAReportError for one that is no complaints report.
    """
    path = Path(path)
    return read_document(Document(slug or slug_of(path), path, council, period), second)


def read_document(
    document: Document, second: SecondReader | None = None, names: Names | None = None, own: Sequence[Wording] = ()
) -> Result:
    """Read one report, or take what is kept of it; `own` are a user's wordings. Raises as read_report does."""
    use_also(own)
    if names is None:
        return _read(document, second, extract.read)
    found = names.kept.result(names.result, document)
    if found is None:
        try:
            found = _read(document, second, partial(_kept_or_read, names=names))
        except (extract.UnreadableError, NotAReportError) as error:
            found = str(error)
        names.kept.keep_result(names.result, found)
    if isinstance(found, str):
        raise NotAReportError(found)
    return found


def _kept_or_read(path: Path, names: Names) -> extract.Reading:
    reading = names.kept.reading(names.reading)
    if reading is None:
        reading = extract.read(path)
        names.kept.keep_reading(names.reading, reading)
    return reading


def _read(document: Document, second: SecondReader | None, reader: Callable[[Path], extract.Reading]) -> Result:
    path, name, council, period = document.path, document.slug, document.council, document.period
    if return_form.is_form(path):
        return _supplied(document)
    reading = reader(path)
    front, overruled = front_of(reading, name, council, period)
    notes = overruled + front.notes + reading.warnings
    fates, held, heard = _fates(reading, name, front, second)
    notes += heard
    rows = rows_used(fates)
    if not rows:
        if heard and second is not None and second.only:
            raise NotAReportError("; ".join(heard))
        if reading.text.lower().count("complain") < 3:
            raise NotAReportError(
                "does not look like a complaints report: it hardly mentions complaints; check that it is the right file"
            )
        if not front.period:
            raise NotAReportError("does not say which year it is about; give it with --period 2023-24")
        raise NotAReportError(
            "holds no complaint statistics that could be read; check that it is the annual complaints report"
        )
    if not front.council:
        notes.append("the report does not name its council; give it with --council NAME")
    own = replace(document, council=front.council, period=front.period, scope=front.scope)
    unread = [b.title for b in reading.blocks if isinstance(b, extract.Chart) and (b.unread or not b.bars)]
    unread += [f"page {n}" for n in reading.unread_pages]
    refused = [
        f"line {h.answer.line}, {h.answer.printed!r} ({h.refusal}): {h.answer.quote!r}" for h in held if h.refusal
    ]
    return Result(own, rows, fates, reading.text, tuple(unread), notes, refused)


def front_of(reading: extract.Reading, slug: str, council: str, period: str) -> tuple[FrontMatter, list[str]]:
    """What a document says of itself, and a sentence for each part of it that the user overrules."""
    front = recognise(reading, slug)
    overruled = []
    if council:
        if front.council not in ("", council) and not any("council" in n for n in front.notes):
            overruled.append(
                f"the report names {front.council}, but {council} was given and is used; check which is right"
            )
        front.council = council
        front.notes = [n for n in front.notes if "council" not in n]
    if period:
        if periods.is_year(front.period) and front.period != period and not any("year" in n for n in front.notes):
            overruled.append(
                f"the report seems to be for {front.period}, but {period} was given and is used; check which is right"
            )
        front.period, front.period_chance = period, 1.0
        front.notes = [n for n in front.notes if "year" not in n]
    return front, overruled


def _fates(
    reading: extract.Reading, slug: str, front: FrontMatter, second: SecondReader | None
) -> tuple[list[Fate], list[Held], tuple[str, ...]]:
    """The fate of every number as the readers that are heard have it, the second one's answers, and what to tell of it."""
    statements = extract.statements(reading)
    if second is None:
        return interpret(statements, slug, front, reading), [], ()
    from normalise.asking.holding import held_to_the_page  # noqa: PLC0415
    from normalise.asking.jury import judged, misses_what_is_plain, model_alone  # noqa: PLC0415
    from normalise.asking.page_lines import page_lines  # noqa: PLC0415

    lines = page_lines(reading, statements)
    said = second.on(lines, slug)
    held = held_to_the_page(said.answers, lines, slug, front)
    if second.only:
        return model_alone(statements, held), held, said.notes
    shown = {id(s) for line in lines if line.number in said.lines for s in line.statements}
    shown -= {id(h.statement) for h in held if h.refusal}  # what was said of them is not known, so it is no silence
    fates = interpret(statements, slug, front, reading)
    if why := misses_what_is_plain(fates, held, shown):
        return fates, held, (*said.notes, why)
    return judged(fates, held, shown), held, said.notes


def _supplied(document: Document) -> Result:
    """A return form that a council filled in."""
    rows, who, year = return_form.read(document.path, document.slug, document.council, document.period)
    return Result(replace(document, council=who, period=year, scope="children"), rows, [])
