"""What the sentences before say about a number whose own words do not: its stage, its procedure, and what "respectively" means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.statement import Statement
from normalise import bands, periods
from normalise.address import GENERIC, WITHOUT_STAGE, Address
from normalise.tables import Context


@dataclass
class Found:
    """An address for a statement, and whether its words said it themselves."""

    address: Address
    inherited: bool = False
    said: bool = False
    """The words around it, headings included, named the stage."""


Read = list[tuple[Statement, Found]]

_POPULATION = re.compile(
    r"\b(?:of|out\s+of)\s+(?:a\s+total\s+of\s+|all\s+)?(?:the|these|those|our|all)?\s*(?:remaining\s+|other\s+)?(?P<n>\d[\d,]*|[a-z]+(?:-[a-z]+)?)\b",
    re.IGNORECASE,
)
_CARRIED = {
    "outcome",
    "response_time",
    "mean_response_time",
    "extended",
    "escalated",
    "complainant",
    "theme",
    "channel",
    "advocacy",
    "issues",
}
"""Measures whose stage, where nothing names it, is that of the figures just before in the paragraph."""
_OF_A_SECTION = {"outcome", "response_time", "mean_response_time"}
"""Those for which figures anywhere before in the section tell."""


def populations(group: list[Statement], found: list[Found], earlier: Read, history: Read) -> list[Found]:
    """Stages and procedures from the complaints that a sentence is about.

    "Of the 90, eleven were upheld" is about the 90 complaints that an earlier sentence or table counted; else a
    paragraph goes on about the stage that it began with.
    """
    unsaid = [n for n, f in enumerate(found) if f.address.measure and not f.address.problem and not f.said]
    if not unsaid or not group[0].sentence:
        return found
    whole = _counted_before(group, history)
    last = next((f for _, f in reversed(earlier) if _placed(f) and f.said), None)
    result = list(found)
    for n in unsaid:
        a = found[n].address
        if a.stage not in ("", "any"):
            continue
        source = whole if a.measure not in WITHOUT_STAGE else None
        if source is None and a.measure in _CARRIED:
            source = last or (_of_the_section(group[0], history) if a.measure in _OF_A_SECTION else None)
        if source is None:
            continue
        result[n] = replace(
            found[n],
            address=replace(a, stage=source.address.stage, procedure=a.procedure or source.address.procedure),
            said=True,
        )
    return result


def _of_the_section(statement: Statement, history: Read) -> Found | None:
    """A figure before under the same heading, where all of these are of one stage and procedure."""
    same = [f for s, f in history[-60:] if s.headings == statement.headings and s.headings and _placed(f) and f.said]
    return same[-1] if len({(f.address.stage, f.address.procedure) for f in same}) == 1 else None


def _placed(found: Found) -> bool:
    a = found.address
    return bool(a.measure) and not a.problem and a.stage not in ("", "any", "ombudsman")


def _counted_before(group: list[Statement], history: Read) -> Found | None:
    """The earlier count of the complaints that a sentence names by their number; None where none fits or several differ."""
    sentence = group[0].sentence
    values: set[float] = set()
    for match in _POPULATION.finditer(sentence):
        for s in group:
            if s.kind == "number" and s.value and s.value >= 3 and s.start == match.start("n"):
                values.add(s.value)
    values |= {s.value for s in group if s.whole and s.value and s.value >= 3}
    for value in values:
        fitting = [
            f
            for s, f in history[-80:]
            if s.value == value
            and f.address.measure in GENERIC
            and f.address.unit == "count"
            and not f.address.problem
            and f.address.stage not in ("", "any")
        ]
        stages = {(f.address.stage, f.address.procedure) for f in fitting}
        if len(stages) == 1:
            return fitting[-1]
    return None


_RESPECTIVELY = re.compile(
    r"\brespectively\b|\b(?:numbers|figures|totals)\s+(?:for|in)\s+[\d/–-]+\s+(?:were|was)\b"
    r"|^\s*(?:in\s+)?(?:[\d/–-]+|last\s+year|the\s+(?:previous|preceding)\s+year|the\s+year\s+before),?\s+the\s+(?:numbers|figures|percentages|proportions)\s+were\b"
    r"|\b(?:equivalent|corresponding|comparable|same)\s+(?:numbers|figures|totals|percentages|proportions)\b",
    re.IGNORECASE,
)


def respectively(group: list[Statement], found: list[Found], history: Read, context: Context) -> list[Found]:
    """Numbers that stand for others in their order: "In 2020/21 the numbers were 88 and 129 respectively".

    In brackets with a year, as many numbers as the sentence has before them: "44% … and 81% … (2023/24: 39% and 77%)".
    """
    if not group[0].sentence:
        return found
    result = list(found)
    for members, originals, period in (*_in_brackets(group, result), *_in_order(group, result, history)):
        for n, original in zip(members, originals, strict=True):
            if original is None:
                result[n] = Found(Address(problem="not said which is which"))
                continue
            a = original.address
            category = a.category
            band = bands.find(group[0].sentence) if a.measure == "response_time" and not period else None
            if band is not None:
                category = band.code
            result[n] = Found(
                replace(a, period=periods.resolve(period, context.period) or a.period, category=category),
                True,
                original.said,
            )
    return result


Mapping = tuple[list[int], list[Found | None], str]


def _in_brackets(group: list[Statement], found: list[Found]) -> list[Mapping]:
    sentence = group[0].sentence
    mappings: list[Mapping] = []
    for match in re.finditer(r"\([^()]*\)", sentence):
        inside = [n for n, s in enumerate(group) if match.start() < s.start < match.end() and not s.ignored]
        said = [p for p in periods.said(match.group()) if p.exact]
        if re.search(r"\b(?:compared|than|from|against)\b", match.group()):
            continue  # "(14 compared with 10 in 2020/21)" compares its own two
        if len(inside) < 2 or len(said) != 1 or len({group[n].kind for n in inside}) != 1:
            continue
        before = [
            n
            for n, s in enumerate(group)
            if s.start < match.start()
            and s.kind == group[inside[0]].kind
            and not s.ignored
            and not found[n].address.problem
        ][-len(inside) :]
        if len(before) == len(inside):
            mappings.append((inside, [found[n] for n in before], said[0].period))
    return mappings


def _in_order(group: list[Statement], found: list[Found], history: Read) -> list[Mapping]:
    sentence = group[0].sentence
    match = _RESPECTIVELY.search(sentence)
    if match is None:
        return []
    bracket = re.search(r"\([^()]*\brespectively\s*\)", sentence, re.IGNORECASE)
    start, end = bracket.span() if bracket else (0, len(sentence))
    members = [n for n, s in enumerate(group) if start <= s.start < end and not s.ignored and not s.whole]
    if len(members) < 2 or len({group[n].kind for n in members}) != 1:
        return []
    if len(
        {
            (f.address.measure, f.address.category, f.address.stage)
            for n in members
            if not (f := found[n]).address.problem
        }
    ) == len(members):
        return []  # each has words of its own
    said = [p.period for p in periods.said(sentence) if p.exact and p.period not in periods.PARTS]
    period = said[0] if len(set(said)) == 1 else ""
    kind = group[members[0]].kind
    before = [(s, f) for s, f in history[-40:] if s.kind == kind and not f.address.problem and f.address.measure]
    last = before[-1][0].group if before else ""
    for choose in (lambda f: f.address.measure in GENERIC, lambda f: True):
        chosen = [f for s, f in before if choose(f) and s.group == last]
        if len(chosen) < len(members):
            chosen = [f for _, f in before if choose(f)][-len(members) :]
        else:
            chosen = chosen[-len(members) :]
        distinct = {
            (f.address.measure, f.address.category, f.address.stage, f.address.procedure, f.address.period)
            for f in chosen
        }
        if len(chosen) == len(members) and len(distinct) == len(chosen):
            return [(members, list(chosen), period)]
    return [(members, [None] * len(members), period)]
