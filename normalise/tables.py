"""What the numbers of tables and charts mean: rows and columns each contribute a piece of the address."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from extract.numerals import MONTH
from extract.statement import Statement
from normalise import bands, periods
from normalise.address import GENERIC, WITHOUT_STAGE, Address, Pieces, cross, only, pieces_of, with_pieces
from normalise.elsewhere import ADULTS, CHILDREN, WHOLE_COUNCIL
from normalise.observations import CATEGORIES, FREE
from normalise.reading.whose import council_in_label
from normalise.shared_keys import without_shared_keys
from normalise.wordings import breakdowns_hinted, hits, whole_label
from normalise.words import canonical, slug

BREAKDOWNS = (*FREE, "complainant", "channel", "compliments", "response_time", "outcome", "cost", "context")
_TOTAL = re.compile(
    r"^(?:grand |overall |sub ?)?totals?(?: (?:number|complaints|received|number of complaints|for year|year))?$|^all(?: (?:\w+ ){0,2}(?:complaints|compliments|responses|replies|closed|services|teams|contacts|areas|received)(?: received)?)?$|^overall$|^(?:full |whole )?year$|^(?:\w+ ){1,3}(?:sub ?)?total$|^sub ?total\b.{0,25}$|^total\b.{0,25}$"
)
_NUMERAL = re.compile(r"[1-4]|one|two|three|four|i{1,3}|iv", re.IGNORECASE)
_CHANGE = re.compile(r"\b(?:change|difference|variance|increase|decrease|trend|direction of travel|\+ ?-|target)\b")
_OTHER_THINGS = re.compile(
    r"^(?:learning|improvement) (?:actions?|points?)\b|^(?:actions?|recommendations?|lessons) (?:completed|implemented|agreed|outstanding|identified|taken)\b|^(?:training|surveys?|audits?) (?:sessions?|sent|completed|held)\b"
)
_RATE = re.compile(r"\bper \d+|rate per\b")


@dataclass(frozen=True)
class Label:
    """What one label says."""

    text: str
    pieces: Pieces = field(hash=False)
    period: str = ""
    quarter: str = ""
    band: str = ""
    authority: str = ""
    total: bool = False
    change: bool = False

    @property
    def candidates(self) -> dict[str, str]:
        """Member of each breakdown that the label may name: "Other" is one of several. Two members of one breakdown name none."""
        if self.band:
            return {"response_time": self.band}
        found: dict[str, set[str]] = {}
        for measure, category in self.pieces.specific:
            if category:
                found.setdefault(measure, set()).add(category)
        for members in found.values():
            if len(members) == 2:
                members.discard("other")  # "Other family members" are relatives
        return {m: next(iter(c)) for m, c in found.items() if len(c) == 1}

    def member(self, breakdown: str) -> tuple[str, str] | None:
        """What the label names, in a table broken down like that."""
        found = self.candidates
        if breakdown in found:
            return breakdown, found[breakdown]
        return next(iter(found.items())) if len(found) == 1 else None

    @property
    def measures(self) -> list[str]:
        return [m for m, c in self.pieces.specific if not c] + self.pieces.generic

    @property
    def says_only_stage(self) -> bool:
        p = self.pieces
        priced = re.search(r"\b(?:costs?|fees?|spen[dt]\w*|expenditure)\b", self.text, re.IGNORECASE)
        said = p.specific if priced else [s for s in p.specific if s[0] != "cost"]  # a panel may be held, not paid for
        return bool(p.stages) and not (said or p.generic)

    @property
    def says_nothing(self) -> bool:
        p = self.pieces
        return not (
            p.specific
            or p.generic
            or p.stages
            or p.procedures
            or p.units
            or self.period
            or self.band
            or self.authority
            or self.quarter
        )


@cache
def label_of(text: str) -> Label:
    """A row label or column head, read."""
    text = re.sub(r"^\s*of which[:,]?\s+(?=\w)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^\s*(statutory|corporate)\s+([123])\s*$", r"\1 stage \2", text, flags=re.IGNORECASE)
    plain = canonical(text)
    said = [s.period for s in periods.said(text) if s.period not in periods.PARTS]
    pieces = pieces_of(whole_label(text))
    band = bands.find(text, label=True)
    bare = re.sub(r"\(.*?\)", "", text)
    if band and not bands.find(bare, label=True) and (said_outside := pieces_of(whole_label(bare))).stages:
        band, pieces = None, said_outside  # "Informal (resolved in 3 days)" is a stage, explained
    if not said and re.fullmatch(r"(?:19|20)\d\d", plain):
        said = [plain]
    averaged = any(m == "mean_response_time" for m, _ in pieces.specific)
    return Label(
        text=text,
        pieces=pieces,
        period=said[0] if said else "",
        quarter=periods.quarter(text),
        band=band.code if band and not averaged else "",
        authority=council_in_label(text),
        total=bool(_TOTAL.match(re.sub(r"^\d+ ", "", plain))) and not pieces.specific,
        change=bool(_CHANGE.search(plain)) and not pieces.specific,
    )


@dataclass
class Context:
    """What the document says as a whole."""

    period: str
    scope: str = ""
    council: str = ""
    brackets: bool = False
    """The report says that figures in brackets are those of the year before."""
    stage: str = "any"
    """Stage of figures for which nothing nearer names one."""
    services: dict[str, str] = field(default_factory=dict)
    """Names of services in the document's tables, as `canonical` writes them, with their slugs."""


def around(statement: Statement, chart: bool) -> tuple[Pieces, Pieces]:
    """Pieces from caption and corner, and from the headings above, nearest first."""
    caption = Pieces()
    for hit in (*hits(statement.corner, "corner"), *hits(statement.caption, "heading")):
        caption.add(hit.wording)
    headings = Pieces()
    for text in reversed(statement.headings):
        # A heading of a word or two, "Teams", says as much as the corner of a table.
        several = re.search(
            r"\bstages?\s+\w+\s*(?:and|&|,|to|/|-)\s*(?:stage\s+)?(?:[123]|two|three)\b", text, re.IGNORECASE
        )
        for hit in hits(text, "heading") or (hits(text, "corner") if len(text.split()) <= 3 else []):
            if not (several and hit.wording.stage and not hit.wording.measure):
                headings.add(hit.wording)
    return caption, headings


def read_group(group: list[Statement], context: Context) -> list[Address]:
    """An address for every number of one table or chart; those that make no observation say why."""
    chart = group[0].method == "chart"
    group = _with_numbered_rows(_with_numbered_columns(group))
    group = _with_days(_with_scopes(_with_years_of_pairs(group)))
    elsewhere = _other_directorates(group)
    if elsewhere:
        rest = [s for s in group if s.rows[-1] not in elsewhere]
        read = iter(read_group([replace(s, rows=tuple(map(_as_scope, s.rows))) for s in rest], context) if rest else [])
        return [Address(problem="about the whole council") if s.rows[-1] in elsewhere else next(read) for s in group]
    if _is_contents(group):
        return [Address(problem="reference") for _ in group]
    caption, headings = around(group[0], chart)
    rows = {s.rows for s in group}
    columns = {s.columns for s in group}
    row_breakdown = _breakdown(group, rows, caption, headings, own=True)
    column_breakdown = (
        "" if row_breakdown and _free(row_breakdown) else _breakdown(group, columns, caption, headings, own=False)
    )
    everywhere = {stage for texts in columns for t in texts for stage in label_of(t).pieces.stages}
    if len(everywhere) == 1 and not any(
        _stage_only(label_of(t)) and label_of(t).says_only_stage for texts in rows for t in texts
    ):
        headings.stages.insert(0, next(iter(everywhere)))  # one head says "Stage 1 complaints", the others mean it
    first_rows = {stage for texts in rows for t in texts for stage in label_of(t).pieces.stages}
    if not any(label_of(t).pieces.stages for t in group[0].rows):
        first_rows = set()  # a stage named further down is not that of the rows before
    if len(first_rows) == 1 and not everywhere and not caption.stages and first_rows != {"ombudsman"}:
        headings.stages.insert(0, next(iter(first_rows)))  # "Stage 1 due in period" above "Answered in time"
    several_series = (
        not chart or len({p for texts in columns for t in texts for p in label_of(t).pieces.procedures}) > 1
    )
    heads = {m for texts in columns for t in texts for m in label_of(t).pieces.generic}
    both_ends = heads >= {"received", "closed"}
    in_rows = {p for texts in rows for t in texts for p in label_of(t).pieces.procedures}
    staged = sum(1 for texts in rows if texts and _stage_only(label_of(texts[-1]))) >= 2
    result = []
    for statement in group:
        row = [label_of(t) for t in statement.rows]
        column = [label_of(t) for t in statement.columns]
        address = _address(
            statement,
            row,
            column,
            row_breakdown,
            column_breakdown,
            caption,
            headings,
            context,
            len(rows) == 1,
            len(columns) == 1,
            chart,
            both_ends,
            several_series,
        )
        if staged and row and row[-1].total and not any(label.pieces.stages for label in row):
            address = replace(address, stage="any")  # the total of several stages
        unread_total = staged and row and row[-1].total and address.problem == "total of an unknown breakdown"
        if unread_total and statement.kind == "number":
            address = replace(address, problem="", measure="received", stage="any", unit="count")
        if len(in_rows) > 1 and row and row[-1].total and not any(label.pieces.procedures for label in row):
            address = replace(address, procedure="all")  # the total of several procedures
        result.append(address)
    return without_shared_keys(group, _bands_by_arithmetic(group, _shares_of_upheld(group, result)))


_SERIES = {
    "Stage": re.compile(r"(?:complaint )?stages?(?: of complaint| of procedure)?"),
    "Quarter": re.compile(r"(?:financial )?quarters?(?: of the year)?"),
}
"""Heads over numerals, with the word that goes before each: under "Stage" a row named "Two" is stage 2."""


def _with_numbered_rows(group: list[Statement]) -> list[Statement]:
    """Rows named by a numeral only, under a corner that says of what."""
    for name, corner in _SERIES.items():
        if corner.fullmatch(canonical(group[0].corner)):
            return [replace(s, rows=tuple(_numbered(name, r) for r in s.rows)) for s in group]
    return group


def _with_numbered_columns(group: list[Statement]) -> list[Statement]:
    """Columns named by a numeral only, under a wide head that says of what."""

    def heads(columns: tuple[str, ...]) -> tuple[str, ...]:
        for name, over in _SERIES.items():
            if len(columns) > 1 and any(over.fullmatch(canonical(c)) for c in columns[:-1]):
                return tuple(_numbered(name, c) for c in columns)
        return columns

    return [replace(s, columns=heads(s.columns)) for s in group]


def _numbered(name: str, text: str) -> str:
    return f"{name} {text}" if _NUMERAL.fullmatch(text.strip()) else text


_BARE_SHARE = re.compile(r"^(?:%|percent|percentage|share|rate|no|number|count)$")


def _with_years_of_pairs(group: list[Statement]) -> list[Statement]:
    """Columns headed "2015/16, %, 2016/17, %": a share without a year is that of the year on its left."""
    years: dict[int, str] = {}
    bare: set[int] = set()
    for s in group:
        text = next((t for t in s.columns if label_of(t).period), "")
        if text:
            years[s.place[1]] = text
        elif s.columns and all(_BARE_SHARE.match(canonical(t) or t.strip()) for t in s.columns):
            bare.add(s.place[1])
    if len(set(years.values())) < 2 or len(bare) < 2:
        return group
    left = {c: years[max(y for y in years if y < c)] for c in bare if any(y < c for y in years)}
    return [replace(s, columns=(left[s.place[1]], *s.columns)) if s.place[1] in left else s for s in group]


def _shares_of_upheld(group: list[Statement], addresses: list[Address]) -> list[Address]:
    """A column of percentages behind received and upheld is the share upheld, where the arithmetic says so."""
    result = list(addresses)
    upheld = {"theme": "theme_upheld", "service": "service_upheld"}
    for measure, share in upheld.items():
        counts = {
            (a.measure, a.category, a.period): s.value
            for s, a in zip(group, addresses, strict=True)
            if a.measure in (measure, share) and a.unit == "count" and not a.problem and s.value is not None
        }
        members = [n for n, a in enumerate(addresses) if a.measure == measure and a.unit == "percent" and not a.problem]
        fits = 0
        for n in members:
            a = addresses[n]
            whole, part = counts.get((measure, a.category, a.period)), counts.get((share, a.category, a.period))
            fits += bool(whole and part is not None and abs(100 * part / whole - (group[n].value or 0)) <= 0.6)
        if members and fits >= 0.7 * len(members):
            for n in members:
                result[n] = replace(addresses[n], measure=share, base=measure)
    return result


_SCOPES = (
    (
        re.compile(r"^adults?(?: (?:social care|services))?(?: \(?stage \w+\)?)?$", re.IGNORECASE),
        "Adult social care complaints",
    ),
    (
        re.compile(r"^child(?:ren)?s?(?: (?:social care|services))?(?: \(?stage \w+\)?)?$", re.IGNORECASE),
        "Statutory children's complaints",
    ),
)


def _with_scopes(group: list[Statement]) -> list[Statement]:
    """Columns headed "Adults" and "Children" are the services that complaints are about, not who made them."""
    depth = max((len(s.columns) for s in group), default=0)
    for n in range(depth):
        texts = {s.columns[n].replace("’", "").replace("'", "") for s in group if len(s.columns) > n}
        if all(any(pattern.search(t) for t in texts) for pattern, _ in _SCOPES):
            return [replace(s, columns=tuple(map(_as_scope, s.columns))) for s in group]
    return group


_DIRECTORATE = re.compile(r" (?:directorate|department|social (?:care|services)|services)\b", re.IGNORECASE)


def _other_directorates(group: list[Statement]) -> set[str]:
    """The rows of a table by directorate that are not about children: those beside "Adults' Services" and "Children's Services"."""
    rows = dict.fromkeys(s.rows[-1] for s in group if s.rows)
    bare = {r: _DIRECTORATE.sub("", r.replace("’", "").replace("'", "")).strip() for r in rows}
    kinds = {r: next((n for n, (pattern, _) in enumerate(_SCOPES) if pattern.search(b)), None) for r, b in bare.items()}
    if len(rows) < 3 or not {0, 1} <= set(kinds.values()) or not all(s.rows for s in group):
        return set()
    return {r for r, kind in kinds.items() if kind is None}


def _as_scope(text: str) -> str:
    plain = re.sub(r" directorate| department", "", text.replace("’", "").replace("'", ""), flags=re.IGNORECASE)
    for pattern, name in _SCOPES:
        if pattern.search(plain):
            stage = re.search(r"\bstage\s+\w+", text, re.IGNORECASE)
            return f"{name} {stage.group()}" if stage else name
    return text


_BARE_BAND = re.compile(
    r"(?:up to|within|over|under|more than|less than|greater than)? ?\d{1,3}(?: ?(?:to|-|–|—|and) ?\d{1,3})?(?: ?\+| (?:plus|or more|or less|or fewer|or under|and over))?",
    re.IGNORECASE,
)


def _with_days(group: list[Statement]) -> list[Statement]:
    """Rows such as "11 – 20" under words that say working days are bands of days."""
    first = group[0]
    said = re.search(
        r"\b(working |calendar )?days\b", " ".join((first.corner, first.caption, *first.headings[-1:])), re.IGNORECASE
    )
    rows = {s.rows[-1] for s in group if s.rows}
    heads = {s.columns[-1] for s in group if s.columns}
    if said is None:
        return group
    unit = f" {said[1] or ''}days"

    def named(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(t + unit if _BARE_BAND.fullmatch(t.strip()) else t for t in texts)

    if sum(bool(_BARE_BAND.fullmatch(r.strip())) for r in rows) >= 2:
        return [replace(s, rows=named(s.rows)) for s in group]
    if sum(bool(_BARE_BAND.fullmatch(h.strip())) for h in heads) >= 2:
        return [replace(s, columns=named(s.columns)) for s in group]
    return group


def _is_contents(group: list[Statement]) -> bool:
    """True for a table of contents: numbered or named sections with pages that do not go back."""
    first = group[0]
    above = canonical(" ".join((first.caption, first.corner, *first.columns, *first.headings[-1:])))
    pages = [s.value or 0 for s in group]
    rising = len(pages) > 4 and all(a <= b for a, b in pairwise(pages)) and pages[-1] > pages[0]
    numbered = sum(bool(re.match(r"(?:\d+(?:\.\d+)*\.?|appendix|section)\s", " ".join(s.rows).lower())) for s in group)
    named = re.search(r"\b(?:contents|index|page|pages)\b", above) is not None
    return rising and len({s.columns for s in group}) == 1 and (named or numbered > 0.6 * len(group))


def _free(measure: str) -> bool:
    return measure in FREE or measure == "compliments"


def _breakdown(
    group: list[Statement], labels: set[tuple[str, ...]], caption: Pieces, headings: Pieces, own: bool
) -> str:
    """Which breakdown the rows (or columns) of a table are, where their labels do not say so themselves."""
    parts = [label_of(texts[-1]) for texts in labels if texts]
    parts = [p for p in parts if not p.total]
    if not parts:
        return ""
    known = sum(
        1
        for p in parts
        if p.period or p.quarter or p.authority or p.band or _stage_only(p) or p.measures or p.pieces.units
    )
    coded = Counter(measure for p in parts for measure in p.candidates)
    if coded and coded.most_common(1)[0][1] >= 0.5 * len(parts):
        most = coded.most_common(1)[0][1]
        said = _named(group[0], caption, headings) if own else ""
        best = said if coded.get(said) == most else coded.most_common(1)[0][0]
        named = _named(group[0], caption, None) if own else ""
        # Themes such as "Communication" or services such as "Children in care" also look like codes of other breakdowns.
        return named if named in FREE and best in ("complainant", "context", "channel") and named != best else best
    if known >= 0.5 * len(parts):
        return ""
    return (_named(group[0], caption, headings) or _by_its_members(parts)) if own else ""


def _by_its_members(labels: list[Label]) -> str:
    """`service` or `theme` where the labels of a table show what it is broken down by, though nothing names it; else empty."""
    if len(labels) < 3:
        return ""
    counts: Counter[str] = Counter()
    for label in labels:
        counts.update(breakdowns_hinted(label.text))
    (best, most), *rest = counts.most_common(2) or [("", 0)]
    return best if most >= 0.6 * len(labels) and not any(count > 0.5 * most for _, count in rest) else ""


def _stage_only(label: Label) -> bool:
    return bool(label.pieces.stages) and not label.pieces.specific


def _named(statement: Statement, caption: Pieces, headings: Pieces | None) -> str:
    """The breakdown that the corner, the caption, the column heads or the headings name, in this order."""
    corner = Pieces()
    for hit in hits(statement.corner, "corner"):
        corner.add(hit.wording)
    heads = Pieces()
    for text in statement.columns:
        for hit in hits(text, "corner"):
            heads.add(hit.wording)
    for source in (corner, caption, heads, headings or Pieces()):
        for measure, category in source.specific:
            if measure in BREAKDOWNS and not category:
                return measure
    return ""


def _address(
    statement: Statement,
    row: list[Label],
    column: list[Label],
    row_breakdown: str,
    column_breakdown: str,
    caption: Pieces,
    headings: Pieces,
    context: Context,
    single_row: bool,
    single_column: bool,
    chart: bool,
    both_ends: bool,
    several_series: bool,
) -> Address:
    labels = row + column
    if column and canonical(column[-1].text) in ("page", "page number", "page no", "pages"):
        return Address(problem="reference")
    if any(label.change for label in column) or any(
        _RATE.search(canonical(label.text)) and "10000" not in canonical(label.text) for label in labels
    ):
        return Address(problem="change")
    if any(_OTHER_THINGS.match(canonical(label.text)) for label in row):
        return Address(problem="no complaints: " + row[-1].text)
    if context.scope == "children" and any(WHOLE_COUNCIL.search(label.text) for label in labels):
        return Address(problem="about the whole council")
    facts: list[tuple[str, str]] = []
    shown = ""
    row_total = bool(row) and row[-1].total
    free_row = _free(row_breakdown) and not row_total
    adults_apart = (
        row_breakdown == "compliments" and context.scope == "children" and not CHILDREN.search(statement.caption)
    )
    if free_row and adults_apart and ADULTS.search(row[-1].text) and not CHILDREN.search(row[-1].text):
        return Address(problem="about adults")
    if free_row:
        facts.append((row_breakdown, _slug_of(statement.rows)))
        shown = statement.rows[-1] if statement.rows else ""
    elif row_total and _free(row_breakdown) and len(row) > 1 and not row[0].total:
        facts.append((row_breakdown, slug(statement.rows[0])))  # the total of a group of rows
        shown = statement.rows[0]
    else:
        for label in row:
            fact = _fact(label, row_breakdown)
            if fact and fact not in facts:
                facts.append(fact)
                shown = label.text
    if free_row and both_ends and any("closed" in label.pieces.generic for label in column):
        return Address(problem="cross_tabulation")  # closed by team beside received by team
    unread = [label for label in row if label.says_nothing and not label.total] if not free_row else []
    for label in column:
        fact = _fact(label, column_breakdown)
        if fact and fact not in facts:
            facts.append(fact)
            shown = shown or label.text
    if not single_column:
        unread += [
            label
            for label in column
            if label.says_nothing and not label.total and column.index(label) == len(column) - 1 and label.text.strip()
        ]
    if any(_MONTH.fullmatch(label.text.strip()) for label in labels):
        return Address(problem="a part of the year")  # the common model's shortest period is a quarter
    if statement.kind == "money":
        facts = [f for f in facts if f[0] == "cost"]
    elif not re.search(
        r"£|\bcosts?\b|expenditure|spen[dt]",
        " ".join((*statement.columns, statement.caption, *statement.headings[-1:])),
        re.I,
    ):
        facts = [f for f in facts if f[0] != "cost"]  # "Review panels held" counts panels
    if statement.kind in ("working_days", "days") and not any(f[0] == "mean_response_time" for f in facts):
        return Address(problem="timescale")

    piece_list = [label.pieces for label in labels]
    nearest = statement.headings[-1] if statement.headings else ""
    apart = ADULTS.search(nearest) and not CHILDREN.search(nearest)
    if context.scope == "children" and not apart:
        for pieces in (caption, headings):
            pieces.procedures[:] = [p for p in pieces.procedures if p != "adult_statutory"]
    if chart:
        piece_list = [label.pieces for label in row]
    stage = _stage(facts, column if free_row else labels, caption, headings, context, statement.context)
    series = [label.pieces for label in column]
    section = [_nearest(headings.procedures)]
    named = [only(p.procedures) for p in series]
    procedure = _first(
        [only(p.procedures) for p in piece_list]
        + [only(caption.procedures)]
        # Where the name of a chart's only series contradicts the section, the section is right.
        + (named + section if several_series else section + named)
    )
    period = _period(labels, statement, context)
    authority = _first([label.authority for label in row] + [label.authority for label in column])
    address = Address(
        stage=stage,
        procedure=procedure,
        period=period,
        authority=authority,
        label=shown or " / ".join(statement.rows[-1:]),
    )

    generic = [m for label in (*column, *row) for m in label.pieces.generic]
    averaged = any(m == "mean_response_time" for m, _ in caption.specific)
    if averaged and not generic and statement.kind != "percent" and all(m == "service" for m, _ in facts):
        facts.append(("mean_response_time", ""))
    if unread and not (facts and single_row and not chart):
        known_total = any(label.total for label in row)
        if facts and not known_total:
            return replace(address, problem="cross_tabulation")
        if not known_total:
            return replace(address, problem="unknown wording: " + unread[0].text)
    address = _combine(address, facts, generic, labels, row_total, row_breakdown, caption, headings, statement)
    return _with_unit(address, statement, labels, caption)


_MONTH = re.compile(rf"{MONTH}\.?(?:[\s’'-]+(?:20)?\d\d)?", re.IGNORECASE)


def _fact(label: Label, breakdown: str) -> tuple[str, str] | None:
    if label.total:
        return None
    member = label.member(breakdown)
    if member:
        return member
    for measure, category in label.pieces.specific:
        if not category and measure not in CATEGORIES and measure not in FREE and measure != "response_time":
            return measure, ""
    return None


def _slug_of(rows: tuple[str, ...]) -> str:
    """The slug of a row; of a row in a group, the group's with it."""
    parts = [_without_gloss(r) for r in rows if r]
    return "_".join(filter(None, (slug(p) for p in parts)))


_GLOSS = re.compile(
    r"^(?P<name>.{6,}?[a-z)])\s+(?:\(?(?:includes|including|e\.g\.|i\.e\.|such as)\b|Where\s+(?:the\b|there\b|a\b)).*$"
)


def _without_gloss(label: str) -> str:
    """A label without the explanation that some tables print under the name of a category."""
    match = _GLOSS.match(label)
    return match["name"] if match else label


def _first(values: list[str]) -> str:
    return next((v for v in values if v), "")


def _nearest(values: list[str]) -> str:
    return values[0] if values else ""


def _stage(
    facts: list[tuple[str, str]],
    labels: list[Label],
    caption: Pieces,
    headings: Pieces,
    context: Context,
    said: tuple[str, ...],
) -> str:
    for fact in facts:
        for label in labels:
            if fact in label.pieces.tied_stage:
                return label.pieces.tied_stage[fact]
    if any(f[0] in WITHOUT_STAGE for f in facts):
        return "any"
    found = [only(label.pieces.stages) for label in labels]
    named = _first([*found, only(caption.stages), _nearest(headings.stages)])
    if named:
        return named
    # The paragraph before a table may say which complaints it is about.
    before = {h.wording.stage for text in said for h in hits(text, "text") if h.wording.stage and not h.wording.measure}
    return next(iter(before)) if len(before) == 1 and context.stage == "any" else context.stage


def _period(labels: list[Label], statement: Statement, context: Context) -> str:
    # "Carried over 2021-22" in a report on 2022-23 is what 2022-23 began with.
    forward = [
        label for label in labels if any(m in ("brought_forward", "carried_forward") for m, _ in label.pieces.specific)
    ]
    own = _first([label.period for label in labels if label not in forward])
    own = periods.resolve(own, context.period)
    if not own and forward:
        own = context.period
    if not own:
        in_caption = [
            s.period
            for s in periods.said(statement.caption)
            if s.exact
            and s.period not in ("this", "prior", *periods.PARTS)
            and "bracket" not in statement.caption.lower()
        ]
        own = in_caption[0] if len(set(in_caption)) == 1 else ""
    if not own and any(label.authority for label in labels):
        told = {
            s.period for text in statement.context for s in periods.said(text) if s.exact and periods.is_year(s.period)
        }
        own = next(iter(told)) if len(told) == 1 else ""
    quarter = _first([label.quarter for label in labels])
    year = own or context.period
    return f"{year} {quarter}" if quarter and periods.is_year(year) else year


def _combine(
    address: Address,
    facts: list[tuple[str, str]],
    generic: list[str],
    labels: list[Label],
    row_total: bool,
    row_breakdown: str,
    caption: Pieces,
    headings: Pieces,
    statement: Statement,
) -> Address:
    facts = _merged(facts)
    if len(facts) > 1:
        together = cross(facts[0], facts[1]) if len(facts) == 2 else None
        if together is None:
            return replace(address, problem="cross_tabulation")
        facts = [together]
    if facts:
        measure, category = facts[0]
        if (measure, category, address.stage) == ("outcome", "upheld_or_partially", "ombudsman"):
            category = "upheld"  # the Ombudsman upholds or does not
        if measure == "service" and statement.kind == "number" and _under_compliments(statement, labels):
            measure = "compliments"
        theme_upheld = any(m == "theme_upheld" for m, _ in [*caption.specific, *headings.specific[:1]])
        if measure == "theme" and theme_upheld:
            measure = "theme_upheld"
        return replace(address, measure=measure, category=category)
    total = [label for label in labels if label.total]
    if row_total and row_breakdown == "cost" and statement.kind == "money":
        stages = {stage for label in labels for stage in label.pieces.stages} | set(caption.stages)
        return replace(address, measure="cost", category="total", stage=address.stage if stages else "any")
    if row_total and _free(row_breakdown) and generic and statement.kind == "number":
        return replace(address, measure=generic[0])
    if row_total and row_breakdown:
        if any("received" in label.pieces.generic for label in total) and statement.kind == "number":
            return replace(address, measure="received")
        if (
            row_breakdown in ("outcome", "response_time")
            and statement.kind == "number"
            and not any("percent" in label.pieces.units for label in labels)
        ):
            return replace(address, measure="closed")
        return replace(address, problem="total of a breakdown")
    measure = _first(generic)
    if not measure:
        # Stages or years in the rows: what is counted, caption and headings say.
        named = [m for m, c in caption.specific if not c and m not in BREAKDOWNS] + caption.generic
        named = named or [m for m, c in headings.specific if not c and m not in BREAKDOWNS] + headings.generic
        measure = _first(named)
        nearest = [hit.wording for text in statement.headings[-1:] for hit in hits(text, "heading")]
        timely = [(w.measure, w.category) for w in nearest if w.measure == "response_time"]
        timely += [p for p in caption.specific if p[0] == "response_time"]
        coded = [p for p in caption.specific or timely if p[1] and (p[0] in CATEGORIES or p in timely)]
        if len(coded) == 1 and statement.kind != "money" and (coded != timely or statement.kind == "percent"):
            return replace(address, measure=coded[0][0], category=coded[0][1])
    title = statement.caption or (statement.headings[-1] if statement.headings else "")
    beside_stage = all(label.says_only_stage or label.period or label.total for label in labels)
    if (
        not measure
        and statement.kind == "number"
        and (
            any(label.says_only_stage for label in (labels if beside_stage else labels[:1]))
            or (all(label.period for label in labels if label.text) and label_of(title).says_only_stage)
        )
    ):
        measure = "received"  # stages by year: what is counted need not be said
    if not measure and total:
        return replace(address, problem="total of an unknown breakdown")
    return replace(address, measure=measure) if measure else replace(address, problem="no wording says what is counted")


def _under_compliments(statement: Statement, labels: list[Label]) -> bool:
    """True for a table of teams whose caption or nearest heading is about compliments, and whose heads name no complaints."""
    title = statement.caption or (statement.headings[-1] if statement.headings else "")
    heads = " ".join((title, statement.corner, *(label.text for label in labels))).lower()
    return "compliment" in title.lower() and "complain" not in heads


def _merged(facts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Facts with doubles and the name of a breakdown whose member is there taken out."""
    result: list[tuple[str, str]] = []
    for fact in facts:
        if fact not in result and not (not fact[1] and any(f[0] == fact[0] for f in facts if f is not fact)):
            result.append(fact)
    return result


def _with_unit(address: Address, statement: Statement, labels: list[Label], caption: Pieces) -> Address:
    # "Number (and share)" leaves it to the cell.
    units = [
        u
        for label in labels
        if len({"percent", "count"} & set(label.pieces.units)) == 1
        for u in label.pieces.units
        if u in ("percent", "count")
    ]
    kind = statement.kind
    if address.measure == "mean_response_time":
        said = " ".join(
            [label.text for label in labels] + [statement.caption, statement.printed, *statement.headings[-1:]]
        ).lower()
        unit = "working_days" if kind == "working_days" or "working day" in said else "days"
        return replace(address, unit=unit)
    if kind == "money":
        return (
            replace(address, unit="gbp")
            if address.measure == "cost"
            else replace(address, problem=address.problem or "money of another kind")
        )
    if address.measure == "cost":
        return (
            replace(address, unit="gbp")
            if re.search(r"£|cost|expenditure", " ".join(statement.columns) + statement.caption, re.I)
            else replace(address, problem="cost without a currency")
        )
    in_percent = not units and re.search(r"\((?:in )?(?:per ?cent|percentages?|%)\)", statement.caption, re.IGNORECASE)
    percent = kind == "percent" or (kind == "number" and (bool(in_percent) or (bool(units) and units[-1] == "percent")))
    if not percent:
        return replace(address, unit="count")
    base = _first([b for label in labels for b in label.pieces.bases])
    text = " ".join(canonical(label.text) for label in labels)
    if not base:
        if address.measure in {"theme_upheld", "service_upheld"}:
            base = "theme" if address.measure == "theme_upheld" else "service"
        elif match := re.search(
            r"percent of (?:all |total |the )?(?:stage \d )?(?:statutory )?complaints? ?(received|closed|upheld|responded)?",
            text,
        ):
            base = {"closed": "closed", "responded": "closed", "upheld": "upheld"}.get(
                match[1] or "", "received" if match[1] else "unknown"
            )
    if address.measure in GENERIC and not base:
        return replace(address, problem="a share of what, nothing says")
    return with_pieces(replace(address, unit="percent"), base=base or "unknown")


def _bands_by_arithmetic(group: list[Statement], addresses: list[Address]) -> list[Address]:
    """Code bands by what the numbers mean: those of one row (or column) of a table together."""
    sets: dict[tuple[str, ...], list[int]] = {}
    for n, a in enumerate(addresses):
        if a.measure == "response_time" and not a.problem:
            by_row = (
                len(
                    {
                        x.category
                        for m, x in enumerate(addresses)
                        if x.measure == "response_time" and group[m].place[0] == group[n].place[0] and x.unit == a.unit
                    }
                )
                > 1
            )
            line = group[n].place[0] if by_row else group[n].place[1]
            sets.setdefault((a.stage, a.procedure, a.period, a.unit, a.authority, str(by_row), str(line)), []).append(n)
    result = list(addresses)
    for members in sets.values():
        values = {addresses[n].category: group[n].value for n in members if group[n].value is not None}
        if len(values) != len(members):
            continue
        totals = [
            group[n].value
            for n, a in enumerate(addresses)
            if a.measure == "closed"
            and a.unit == "count"
            and (a.stage, a.period, a.procedure)
            == (addresses[members[0]].stage, addresses[members[0]].period, addresses[members[0]].procedure)
        ]
        recoded = bands.exclusive(
            {c: v for c, v in values.items() if v is not None},
            _first_number(totals),
            addresses[members[0]].unit == "percent",
        )
        for n in members:
            result[n] = replace(result[n], category=recoded.get(result[n].category, result[n].category))
    return result


def _first_number(values: list[float | None]) -> float | None:
    return next((v for v in values if v is not None), None)
