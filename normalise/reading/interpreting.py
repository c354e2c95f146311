"""From statements to observations: every number of a report gets a fate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corpus.councils import valid_on
from extract.model import Reading
from extract.statement import Statement
from normalise import periods
from normalise.codes import MAY_BE_FREE, category_fits, rows_of
from normalise.reading.calibrating import WRITTEN_FROM, calibration, features_of
from normalise.reading.frontmatter import FrontMatter
from normalise.reading.read import NOTHING, Read
from normalise.reading.reasons import Reason, reason_of
from normalise.reading.resolving import outlook_of, read
from normalise.reading.units import base_of
from normalise.reading.weighing import Judge

SURE_OF_NOTHING = 0.75
"""From this probability on a number is known to be no observation; below it is one that nobody has placed."""


@dataclass(frozen=True)
class Heard:
    """What one of two readers made of a number."""

    reader: str
    """`rules` or `model`."""
    row: dict[str, Any]
    """Its row of the common model, with how likely it is right beside what the other reader said."""
    read: Read
    result: str
    """`agreed` with the other reader's, `stands` against it, `overruled`, or `alone`."""


@dataclass(frozen=True)
class Fate:
    """What became of one number of a report."""

    statement: Statement
    fate: str
    """`used`, `ignored` or `unplaced`."""
    reason: str
    row: dict[str, Any] | None = None
    """The row of the common model (without `id`) of a number that is used."""
    doubtful: dict[str, Any] | None = None
    """The row of a reading that is likelier wrong than right, and therefore no observation."""
    read: Read | None = field(default=None, repr=False)
    heard: tuple[Heard, ...] = field(default=(), repr=False)
    """What each reader said, where two were asked."""


def interpret(
    statements: Sequence[Statement], document: str, front: FrontMatter, reading: Reading, judge: Judge | None = None
) -> list[Fate]:
    """The fate of every number, those used with their row of the common model."""
    reads = read(statements, outlook_of(reading, front), judge or Judge())
    confidences = confidences_of(reads, front)
    by_statement = {id(r.statement): (r, confidences.get(n, 0.0)) for n, r in enumerate(reads)}
    fates = []
    for s in statements:
        found = by_statement.get(id(s))
        fates.append(fate_with(*found, document, front) if found else Fate(s, "ignored", s.kind))
    return fates


def confidences_of(reads: Sequence[Read], front: FrontMatter) -> dict[int, float]:
    """Place of a reading -> how likely it is right."""
    known = calibration()
    sure = {n: known.confidence(f) for n, f in features_of(reads, len(front.notes), front.period_chance).items()}
    return {n: round(max(0.0, c - OCR_CAUTION * reads[n].statement.ocr), 3) for n, c in sure.items()}


OCR_CAUTION = 0.15
"""What is taken off a figure read by OCR: no scan is among the documents that the calibration is fitted on."""


def fate_with(r: Read, confidence: float, document: str, front: FrontMatter) -> Fate:
    """The fate of a number that was read, with how likely the reading is right."""
    if r.what == NOTHING:
        reason = reason_of(r)
        known = r.choices["what"].probability >= SURE_OF_NOTHING or reason is not Reason.UNKNOWN
        return Fate(r.statement, "ignored" if known else "unplaced", reason.value, read=r)
    problem = problem_with(r)
    if problem:
        return Fate(r.statement, "unplaced", problem, read=r)
    row = row_of(r, confidence, document, front)
    if confidence < WRITTEN_FROM:
        return Fate(r.statement, "unplaced", Reason.DOUBTFUL.value, doubtful=row, read=r)
    return Fate(r.statement, "used", "", row, read=r)


def problem_with(r: Read) -> str:
    """Why a reading cannot be an observation, empty where it can."""
    measure, category = r.what
    value, unit = r.statement.value, r.unit
    if not unit or not category_fits(measure, category):
        return Reason.DOES_NOT_FIT.value
    if not r.value("period"):
        return Reason.NO_PERIOD.value
    if value is None:
        return "" if r.statement.high is not None else Reason.WITHHELD.value
    if unit == "percent" and measure != "context" and value > 100:
        return Reason.OVER_THE_WHOLE.value
    if unit == "count" and (value % 1 or value > 10_000_000) and category != "referrals_per_10000":
        return Reason.NO_WHOLE_NUMBER.value
    return ""


def row_of(r: Read, confidence: float, document: str, front: FrontMatter) -> dict[str, Any]:
    """The row of the common model, without `id`."""
    s, (measure, category) = r.statement, r.what
    if measure in MAY_BE_FREE and category and not any(c.isalpha() for c in category):
        category = ""
    row = printed_row(s, document, front, r.authority or front.council, r.value("period"))
    return row | {
        "procedure": r.value("procedure"),
        "scope": scope_of(r.value("procedure"), front.scope),
        "stage": r.value("stage"),
        "measure": measure,
        "category": category,
        "label": " ".join(r.choices["what"].option.words.split())[:120],
        "value_status": "c" if s.value is None else "e" if r.approximate else "",
        "unit": r.unit,
        "base": base_of(s, measure, r.unit),
        "confidence": confidence,
    }


def scope_of(procedure: str, of_document: str) -> str:
    """What a figure covers: the people whom its procedure is for, else what the document is about."""
    return {"adult_statutory": "adults", "children_statutory": "children"}.get(procedure, of_document)


def printed_row(s: Statement, document: str, front: FrontMatter, authority: str, period: str) -> dict[str, Any]:
    """What a row has from the page, whoever reads it: whose figure it is, its value, and where and in which words it stands."""
    council = valid_on(authority, date(periods.start_of(period) + 1, 3, 31)) if authority else None
    return {
        "document": document,
        "authority": authority,
        "authority_code": council.gss_code if council else "",
        "la_number": council.la_number if council else "",
        "period": period,
        "scope": front.scope,
        "label": "",
        "value": s.value,
        "value_low": s.low,
        "value_high": s.high,
        "value_status": "c" if s.value is None else "",
        "status": "published",
        "method": "ocr" if s.ocr else s.method,
        "page": s.page,
        "bbox": " ".join(f"{v:.1f}" for v in s.box) if s.box else "",
        "quote": s.quote,
    }


def rows_used(fates: Iterable[Fate]) -> list[dict[str, Any]]:
    """The rows of the numbers used, with ids."""
    return rows_of(f.row for f in fates if f.row is not None)
