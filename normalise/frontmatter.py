"""Whose report it is, for which year, and what it covers, as the report itself says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from corpus.councils import current, find, written_forms
from extract.model import Heading, Paragraph, Reading
from normalise import periods
from normalise.elsewhere import ADULTS, CHILDREN
from normalise.words import canonical


@dataclass
class FrontMatter:
    """What was recognised, and how."""

    council: str = ""
    period: str = ""
    scope: str = ""
    stage: str = "any"
    """`ombudsman` where the whole document is about the Ombudsman's decisions: the stage of figures that name none."""
    in_parts: bool = False
    """True where corporate and children's complaints have a part of the report each; known when its headings are."""
    notes: list[str] = field(default_factory=list)
    """Sentences for the user about what was taken from where."""


def recognise(reading: Reading, stem: str) -> FrontMatter:
    """Council, period and scope of a report; the file's name is the last resort, and said to be."""
    found = FrontMatter()
    lines = _opening(reading)
    found.period = _period(lines, reading)
    found.council = _council(lines, reading)
    found.scope = _scope(lines, reading)
    title = [canonical(line) for line in lines[:2] if len(line) < 140]
    own_report = any("complain" in line and re.search(r"annual|report|procedure", line) for line in title)
    if any("ombudsman" in line for line in title) and not own_report and canonical(reading.text).count("stage 1 ") < 2:
        found.stage = "ombudsman"
    part = _part_of_year(lines)
    if part and periods.is_year(found.period):
        found.period = f"{found.period} {part}"
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


def _opening(reading: Reading) -> list[str]:
    """Title, headings and first paragraphs."""
    lines = []
    for block in reading.blocks[:40]:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Paragraph) and not block.bullet:
            lines.append(block.body.text[:600])
    return lines


def _period(lines: list[str], reading: Reading) -> str:
    """The year that the title names; else the one named most, earlier mentions counting more."""
    for line in lines[:3]:
        parts = [s.period for s in periods.said(line) if s.exact and " " in s.period and len(line) < 140]
        if len(parts) == 1:
            return parts[0]  # "Complaints report: April to June 2023"
    for line in lines[:6]:
        if len(line) < 140 and re.search(r"report|annual|complaints|review|dashboard", line, re.IGNORECASE):
            years = {s.period for s in periods.said(line) if s.exact and periods.is_year(s.period)}
            if len(years) == 1:
                return next(iter(years))  # the title says it
    for line in lines[:6]:
        named = [s for s in periods.said(line) if s.exact and periods.is_year(s.period)]
        if len(named) == 1 and len(line) < 60 and len(line) - (named[0].end - named[0].start) < 12:
            return named[0].period  # a line that is no more than the period covered
    votes: Counter[str] = Counter()
    for n, line in enumerate(lines):
        for said in periods.said(line):
            if not said.exact or said.period in ("prior", "this") or not periods.is_year(said.period):
                continue
            before = line[max(0, said.start - 40) : said.start].lower()
            after = line[said.end : said.end + 40].lower()
            if re.search(r"\(\s*$", before) or re.match(
                r"\W*(?:figures?\s+)?(?:are\s+|is\s+)?(?:\w+\s+)?in\s+brackets", after
            ):
                continue  # figures of another year beside the report's own
            if re.search(r"compar|than|previous|since|priorit|improve|continue|objective", before):
                continue
            title = n < 6 and len(line) < 140
            covers = re.search(r"report|period|annual|year|between|from", before) is not None
            votes[said.period] += (6 if title else 1) + (3 if covers else 0)
    if votes:
        best = votes.most_common(1)[0][1]
        return max(p for p, v in votes.items() if v >= 0.7 * best)
    said_anywhere = Counter(s.period for s in periods.said(reading.text) if s.exact and periods.is_year(s.period))
    return said_anywhere.most_common(1)[0][0] if said_anywhere else ""


_PART = re.compile(
    r"\b(?:q(?:uarter)?\s?(?P<q>[1-4])|(?P<o>first|second|third|fourth)\s+quarter|(?P<h>mid[\s-]?year|half[\s-]?year(?:ly)?|first\s+six\s+months))\b",
    re.IGNORECASE,
)


def _part_of_year(lines: list[str]) -> str:
    """`Q1` or `H1` where the title says that the report covers only a part of the year."""
    for line in lines[:4]:
        if re.search(r"\bannual\b", line, re.IGNORECASE):
            return ""  # "Quarter 4 and annual report"
        match = _PART.search(line) if len(line) < 160 and not re.search(r"[a-z]\.$", line) else None
        if match:
            ordinals = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
            return "H1" if match["h"] else "Q" + (match["q"] or ordinals[match["o"].lower()])
    return ""


@cache
def _forms() -> list[tuple[str, str, str]]:
    """Every way of writing every council's name: the short name, the form, and the form without what may be left out."""
    return [(c.short_name, form, _bare(form)) for c in current() for form in dict.fromkeys(written_forms(c))]


@cache
def _pattern(form: str) -> re.Pattern[str]:
    words = [re.escape(w).replace("'", "['’]?") for w in re.split(r"\s+", form.replace(" and ", " & "))]
    return re.compile(
        r"(?<![\w-])" + r"\s+".join("(?:&|and)" if w == re.escape("&") else w for w in words) + r"(?![\w-])"
    )


def _council(lines: list[str], reading: Reading) -> str:
    """The council named in the title, else the one that the text names as its own most often."""
    text = "\n".join(lines)
    whole = reading.text
    bare = _bare(whole)
    votes: Counter[str] = Counter()
    named = set(re.findall(r"[\w-]+", bare))
    for name, form, bare_form in _forms():
        if re.split(r"[^\w-]", bare_form, maxsplit=1)[0] in named and bare_form in bare:
            weight = 1 if form == name else 4
            pattern = _pattern(form)
            votes[name] += weight * len(pattern.findall(whole)) + 3 * weight * len(pattern.findall(text))
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


def _scope(lines: list[str], reading: Reading) -> str:
    """What the complaints are about: the title says it, else how the text speaks of them."""
    titles = [line.lower() for line in lines[:8] if len(line) < 140]
    opening = " ".join(line[:200].lower() for line in lines[:3])
    if (
        re.search(r"\bchild|young people", opening)
        and re.search(r"complain|representation", opening)
        and not re.search(r"adult|corporate|customer feedback|whole council", opening)
    ):
        return "children"
    # A report on both, in parts of their own: each figure's section says whom it is about.
    sections = [b.text.lower() for b in reading.blocks if isinstance(b, Heading)]
    about = [(bool(CHILDREN.search(t)), bool(ADULTS.search(t))) for t in sections]
    if (True, False) in about and (False, True) in about and any(re.search(r"adult", t) for t in titles):
        return "council"
    for line in titles[:6]:
        about_complaints = re.search(r"complain|annual report|social care", line)
        if re.search(r"child|young people", line) and about_complaints and "adult" not in line:
            return "children"
    title = " ".join(titles)
    text = reading.text.lower()
    child = len(
        re.findall(
            r"children['’]?s? (?:act|social care|services complaint|statutory|trust)|representations procedure|child in need|looked after child",
            text,
        )
    )
    adult = len(re.findall(r"adult social care|adults? services|care act 2014|adult care", text))
    if re.search(r"child|young people", title) and not re.search(r"adult|corporate|ombudsman", title):
        return "children"
    if re.search(r"adult", title) and not re.search(r"child", title):
        return "adults"
    if child >= 2 and child > adult:
        return "children"
    if adult >= 2 and adult > child:
        return "adults"
    return (
        "council"
        if re.search(
            r"\b(?:housing|council tax|highways|planning|waste|environment|corporate complaints|the council)\b", text
        )
        else ""
    )


def council_in_label(label: str) -> str:
    """Whom a row of a comparison table is about: a council's short name, `England`, a region or a type, else empty."""
    from corpus.councils import REGIONS  # noqa: PLC0415

    text = " ".join(label.split())
    lowered = text.lower()
    if lowered in ("england", "national", "national average", "england average", "all england", "nationally"):
        return "England"
    for region in REGIONS:
        if re.fullmatch(rf"(?:the )?{re.escape(region.lower())}(?: average| region)?", lowered):
            return region
    if lowered in (
        "county councils",
        "unitary councils",
        "metropolitan districts",
        "london boroughs",
        "statistical neighbours",
        "comparator authorities",
    ):
        return lowered
    council = find(text)
    return council.short_name if council is not None and text[:1].isupper() else ""
