"""Whose report it is, for which year, and what it covers, as the report itself says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from corpus.councils import called_a_council, current, find, register, written_forms
from extract.model import Heading, Paragraph, Reading
from normalise import periods
from normalise.reading.own_period import period_options
from normalise.reading.tagging import class_counts, tag
from normalise.reading.weighing import Judge
from normalise.words import canonical


@dataclass
class FrontMatter:
    """What was recognised, and how."""

    council: str = ""
    period: str = ""
    scope: str = ""
    period_chance: float = 1.0
    """How likely `period` is the document's own, 1 where a user gave it."""
    stage: str = "any"
    """`ombudsman` where the whole document is about the Ombudsman's decisions: the stage of figures that name none."""
    notes: list[str] = field(default_factory=list)
    """Sentences for the user about what was taken from where."""


def recognise(reading: Reading, stem: str, judge: Judge | None = None) -> FrontMatter:
    """Council, period and scope of a report; the file's name is the last resort, and said to be."""
    found = FrontMatter()
    lines = opening(reading)
    found.period, found.period_chance = _period(lines, reading, judge or Judge())
    found.council = _council(lines, reading)
    found.scope = _scope(lines, reading.text)
    title = [tag(line[:200], ()).classes for line in lines[:2]]
    stages = sum(w == "stage" for w in canonical(reading.text).split())
    if any("OMBUDSMAN" in c for c in title) and not any("PRAISE" in c for c in title) and stages < FEW_STAGES:
        found.stage = "ombudsman"
    name = stem.replace("-", " ").replace("_", " ")
    if not found.council:
        council = find(re.sub(r"\b(?:19|20)\d\d.*$", "", name).strip())
        if council is not None:
            found.council = council.short_name
            found.notes.append(
                f"the report does not name its council; {council.short_name} was taken from the file's name"
            )
    if not found.period:
        said = [
            s
            for s in periods.said(re.sub(r"(?<=\d\d\d\d)[ _](?=\d\d\b)", "-", stem))
            if s.exact and s.period not in periods.PARTS
        ]
        if said:
            found.period = said[0].period
            found.notes.append(f"the report does not say its year; {found.period} was taken from the file's name")
    return found


def opening(reading: Reading) -> list[str]:
    """Title, headings and first paragraphs."""
    lines = []
    for block in reading.blocks[:40]:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Paragraph) and not block.bullet:
            lines.append(block.body.text[:600])
    return lines


def _period(lines: list[str], reading: Reading, judge: Judge) -> tuple[str, float]:
    """The period that the report is on, among those that it names, and how likely it is that one."""
    options = period_options(lines, reading.text)
    if not options:
        return "", 1.0
    choice = judge.choose("document.period", None, options)
    return str(choice.option.value), choice.probability


@cache
def _forms() -> dict[str, list[tuple[str, str, str]]]:
    """Every way of writing every council's name, by its first word: the short name, the form, and the form without what may be left out."""
    today = {c.short_name for c in current()}
    # The bare name of a council that was abolished is a county or a town since.
    named = [
        (c, form)
        for c in {c.short_name: c for c in (*register(), *current())}.values()
        for form in dict.fromkeys(written_forms(c))
        if c.short_name in today or (form != c.short_name and "Council" in form)
    ]
    by_word: dict[str, list[tuple[str, str, str]]] = {}
    for c, form in named:
        bare = _bare(form)
        by_word.setdefault(re.split(r"[^\w-]", bare, maxsplit=1)[0], []).append((c.short_name, form, bare))
    return by_word


_PART_OF_NAME = "".join(
    f"(?<!{word}{mark})" for word in ("North", "South", "East", "West", "Mid") for mark in (" ", "-")
)
"""What stands before a name where it is the end of another council's: "Mid Devon"."""


@cache
def _pattern(form: str) -> re.Pattern[str]:
    words = [re.escape(w).replace("'", "['’]?") for w in re.split(r"\s+", form.replace(" and ", " & "))]
    return re.compile(
        _PART_OF_NAME
        + r"(?<![\w-])"
        + r"\s+".join("(?:&|and)" if w == re.escape("&") else w for w in words)
        + r"(?![\w-])"
    )


TITLE, LONGEST_TITLE = 3, 110
"""Lines at the beginning that may be titles, and characters of one."""


def _in_title(lines: Sequence[str]) -> str:
    """The one council that the titles at the beginning name, in whatever case; empty for none or several."""
    titles = [t for t in lines[:TITLE] if len(t) < LONGEST_TITLE and not re.search(r"[.;,]$", t)]
    named = {name for name, _ in _named_in(" ".join(t.title() if t.isupper() else t for t in titles))}
    return next(iter(named)) if len(named) == 1 else ""


def _named_in(text: str) -> list[tuple[str, bool]]:
    """Each council that a text in one line names, and whether by more than its short name; a name within a longer one is none."""
    bare = _bare(text)
    words = set(re.findall(r"[\w-]+", f"{bare} {text}"))
    spans: dict[tuple[int, int], tuple[str, bool]] = {}
    for word in words:
        for name, form, bare_form in _forms().get(word, ()):
            if bare_form in bare:
                spans |= {m.span(): (name, form != name) for m in _pattern(form).finditer(text)}
    found, end = [], 0
    for (a, b), council in sorted(spans.items(), key=lambda x: (x[0][0], -x[0][1])):
        if a >= end:
            found.append(council)
            end = b
    return found


def _council(lines: list[str], reading: Reading) -> str:
    """The council named in the title, else the one that the text names as its own most often."""
    if titled := _in_title(lines):
        return titled
    if any((name := called_a_council(line)) and not find(name) for line in lines[:TITLE]):
        return ""  # a district, whose county may be named, too
    votes: Counter[str] = Counter()
    for text, times in ((reading.text, 1), (" ".join(lines), 3)):
        for name, called in _named_in(" ".join(text.split())):
            votes[name] += times * (5 if called else 1)
    if not votes:
        return ""
    (first, score), *rest = votes.most_common(2)
    nested = rest and (rest[0][0] in first or first in rest[0][0])
    if nested and len(rest[0][0]) > len(first) and rest[0][1] >= 0.5 * score:
        first, score = rest[0]
    # One passing mention of a bare place name, or a tie, is not enough.
    if score < 6 or (rest and not nested and rest[0][1] > 0.7 * score):
        return ""
    return first


def _bare(text: str) -> str:
    """Text in one line without apostrophes, `and` written `&`: to see quickly whether a name may be in it."""
    return " ".join(text.replace("'", "").replace("’", "").split()).replace(" and ", " & ")


FEW_STAGES = 4
"""A document that names the Ombudsman in its title and stages more rarely than this is about the Ombudsman's decisions."""
_WHOM = ("CHILDREN", "ADULTS", "OTHERSERVICE", "COUNCILWIDE", "CORPORATE")


def _scope(lines: list[str], text: str) -> str:
    """What the complaints are about: the title says it, else the share of each in the text."""
    title = {c for line in lines[:4] for c in tag(line[:200], ()).classes} & set(_WHOM)
    counts = class_counts(text)
    whole = sum(counts[name] for name in _WHOM)
    if title == {"CHILDREN"} and counts["CHILDREN"] >= counts["ADULTS"]:
        return "children"
    if title == {"ADULTS"}:
        return "adults"
    if {"CHILDREN", "ADULTS"} <= title or not whole:
        return "council" if whole else ""
    for name, scope in (("CHILDREN", "children"), ("ADULTS", "adults")):
        if counts[name] >= MOSTLY * whole:
            return scope
    return "council"


MOSTLY = 0.6
"""Share of the words for people and services from which on a report is about those people alone."""
