"""A second reader held to the page: an answer is a row only where its figure stands in its line, in words of that line.

The value, its box and its words are the page's. All that an answer adds is what the figure means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from corpus.councils import find
from extract.statement import Statement
from normalise.asking.page_lines import PageLine
from normalise.asking.replies import Answer
from normalise.codes import BASES, MEASURES, PERIOD, PROCEDURES, STAGES, UNITS, category_fits
from normalise.reading.frontmatter import FrontMatter
from normalise.reading.interpreting import printed_row, scope_of

ALIKE = 90
"""Least likeness of a quotation and its line, in per cent. Every recorded quotation passes it, of other lines with the same number one in fifty would."""


class Refusal(StrEnum):
    """Why an answer is no row."""

    NO_LINE = "the document has no such line"
    NOT_IN_LINE = "the figure does not stand in that line"
    NOT_QUOTED = "the quotation does not hold the figure"
    OTHER_WORDS = "the quotation is not of that line"
    NO_FIGURE = "what stands there is a date, a stage or the number of a section"
    NO_CODE = "a code is none of the common model's"
    DOES_NOT_FIT = "the category does not belong to the measure"
    OTHER_UNIT = "the unit is not the printed figure's"
    TWICE = "the figure was given before with the same meaning"


@dataclass(frozen=True)
class Held:
    """What became of one answer."""

    answer: Answer
    statement: Statement | None = None
    row: dict[str, Any] | None = None
    refusal: Refusal | None = None


def held_to_the_page(
    answers: Iterable[Answer], lines: Sequence[PageLine], document: str, front: FrontMatter
) -> list[Held]:
    """Each answer as a row with the page's figure, box and words, or with why it is none; in the order given."""
    by_number = {line.number: line for line in lines}
    taken: set[tuple[int, tuple[str, ...]]] = set()
    result = []
    for answer in answers:
        held = _held(answer, by_number.get(answer.line), taken)
        if held.statement is not None and held.refusal is None:
            taken.add((id(held.statement), _meaning(answer)))
            held = replace(held, row=_row(answer, held.statement, document, front))
        result.append(held)
    return result


def _meaning(answer: Answer) -> tuple[str, ...]:
    return (
        answer.period,
        answer.procedure,
        answer.stage,
        answer.measure,
        answer.category,
        answer.unit,
        answer.authority,
    )


def _held(answer: Answer, line: PageLine | None, taken: set[tuple[int, tuple[str, ...]]]) -> Held:
    if line is None:
        return Held(answer, refusal=Refusal.NO_LINE)
    printed = _plain(answer.printed)
    same = [s for s in line.statements if printed and f"{_plain(s.printed)} ".startswith(f"{printed} ")]
    same = same or (line.loose(answer.printed) if printed else [])
    if not same:
        return Held(answer, refusal=Refusal.NOT_IN_LINE)
    if _plain(answer.printed) not in _plain(answer.quote):
        return Held(answer, refusal=Refusal.NOT_QUOTED)
    if not quoted_from(answer.quote, line.text):
        return Held(answer, refusal=Refusal.OTHER_WORDS)
    figures = [s for s in same if s.statistic]
    if not figures:
        return Held(answer, refusal=Refusal.NO_FIGURE)
    if problem := _problem(answer, figures[0]):
        return Held(answer, figures[0], refusal=problem)
    free = [s for s in figures if (id(s), _meaning(answer)) not in taken]
    if not free:
        return Held(answer, figures[0], refusal=Refusal.TWICE)
    unused = [s for s in free if not any(key == id(s) for key, _ in taken)]
    return Held(answer, max(unused or free, key=lambda s: fuzz.partial_ratio(_plain(answer.quote), _plain(s.quote))))


def quoted_from(quote: str, text: str) -> bool:
    """Whether words are a line's own, give or take spaces, bars and marks.

    >>> quoted_from("47 complaints were received", "| In all, 47 complaints were received. |")
    True
    >>> quoted_from("47 complaints were upheld", "In all, 47 complaints were received.")
    False
    """
    return len(_plain(quote)) <= 2 * len(_plain(text)) and likeness(quote, text) >= ALIKE


def likeness(quote: str, text: str) -> float:
    """How much of a quotation stands in a line, in per cent; spaces, bars and marks do not count."""
    plain = _plain(quote)
    return fuzz.partial_ratio(plain, _plain(text)) if plain else 0.0


def _plain(text: str) -> str:
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.lower())
    return " ".join(re.sub(r"[^a-z0-9£%.<]+", " ", text).replace(". ", " ").strip(" .").split())


def _problem(answer: Answer, s: Statement) -> Refusal | None:
    known = (
        (answer.measure, MEASURES), (answer.stage, STAGES), (answer.procedure, PROCEDURES), (answer.unit, UNITS), (answer.base, BASES),
    )  # fmt: skip
    if any(code not in codes for code, codes in known) or not _is_period(answer.period):
        return Refusal.NO_CODE
    if not category_fits(answer.measure, answer.category):
        return Refusal.DOES_NOT_FIT
    printed_as = {
        "percent": {"percent"},
        "money": {"gbp"},
        "working_days": {"working_days", "days"},
        "days": {"days", "working_days"},
    }
    if answer.unit not in printed_as.get(s.kind, UNITS) or (answer.unit == "count" and (s.value or 0) % 1):
        return Refusal.OTHER_UNIT
    return None


def _is_period(period: str) -> bool:
    """True for 2023, 2023-24, 2023-24 Q3 and 2023-24 H2; false for 2023-25 and 2023-24 H3."""
    if not re.fullmatch(PERIOD, period) or re.search("H[34]", period):
        return False
    return len(period) == len("2023") or int(period[5:7]) == (int(period[:4]) + 1) % 100


def _row(answer: Answer, s: Statement, document: str, front: FrontMatter) -> dict[str, Any]:
    """The row of the common model, without `id` and confidence."""
    named = find(answer.authority) if answer.authority else None
    authority = named.short_name if named else answer.authority or front.council
    codes = {name: getattr(answer, name) for name in ("procedure", "stage", "measure", "category", "unit")}
    base = (answer.base or "unknown") if answer.unit == "percent" else ""
    scope = scope_of(codes["procedure"], front.scope)
    return printed_row(s, document, front, authority, answer.period) | codes | {"base": base, "scope": scope}
