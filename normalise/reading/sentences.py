"""What the numbers of sentences and lists may count: proposals by the wordings around each."""

from __future__ import annotations

from collections.abc import Container, Sequence

from extract.statement import Statement
from normalise.codes import CATEGORIES, FREE
from normalise.reading.evidence import group_of, speaking
from normalise.reading.labels import label_of
from normalise.reading.limiting import by_limits, is_limit
from normalise.reading.lines import Line, local_features, sums_and_shares
from normalise.reading.phrases import Phrase, phrases
from normalise.reading.read import NOTHING, Add, What
from normalise.reading.tagging import BREAKS, PUNCTUATION, Span
from normalise.reading.weighing import Option, distance
from normalise.reading.words_around import near_pairs, near_words
from normalise.wordings import breakdowns_hinted
from normalise.words import slug

_LISTED = (
    "theme",
    "service",
    "service_upheld",
    "theme_upheld",
    "remedy",
    "characteristic",
    "compliments",
    "mean_response_time",
)
"""Measures whose category may be a phrase of the report's own."""
_CODED = ("complainant", "channel", "outcome", "cost", "context", "mediation")


def what_options(line: Line, s: Statement, previous: Sequence[tuple[Statement, What]]) -> list[Option]:
    """Proposals for what a number counts; the first is that it is no observation. `previous` are numbers of the sentence before it."""
    token = line.token(s)
    local = local_features(line, s, token)
    options: dict[What, Option] = {NOTHING: Option(NOTHING, ["nothing"])}

    def add(what: What, features: list[str], words: str, source: str) -> None:
        option = options.setdefault(what, Option(what, [], words, source))
        option.features += [f for f in features if f not in option.features]

    _by_wordings(line, s, token, add)
    by_limits(line, s, add)
    _by_phrases(line, s, token, add)
    _by_sources(line, add)
    _by_copies(line, s, token, previous, add)
    for what in defaults(s.kind, line.classes_around):
        add(what, ["default"], "", "default")
    near = [*near_words(line.tagged, token), *near_pairs(line.tagged, token)]
    local = [*local, *sums_and_shares(line, s), *line.words_around]
    speaks = speaking(line.sources, line.tagged.classes)
    options[NOTHING].features += ["nothing|is a limit"] * is_limit(line, s)
    options[NOTHING].features += [f"nothing|{f}" for f in line.document] + [
        f"nothing|speaks={speaks}",
        f"nothing|speaks={speaks}|{line.document[0] if line.document else ''}",
    ]
    for (measure, category), option in options.items():
        group = group_of(measure)
        option.features += [f"{group}&{f}" for f in local]
        code = code_of(measure, category)
        option.features += [f"{code}&{w}" for w in near]
        option.features += [f"m={measure}", f"m={measure}|{s.kind}", f"g={group}|{s.kind}"]
        if category and measure in CATEGORIES:
            option.features.append(f"c={measure}/{category}")
    return list(options.values())


_COUNTED: tuple[What, ...] = (
    ("received", ""), ("closed", ""), ("outcome", "upheld"), ("outcome", "partially_upheld"), ("outcome", "not_upheld"),
    ("outcome", "upheld_or_partially"), ("outcome", "inconclusive"), ("outcome", "withdrawn"), ("outcome", "outstanding"),
    ("outcome", "outside_scope"), ("response_time", "within_timescale"), ("response_time", "outside_timescale"), ("escalated", ""),
    ("escalation_requested", ""), ("advocacy", ""), ("carried_forward", ""), ("brought_forward", ""), ("extended", ""), ("contacts", ""),
    ("compliments", ""), ("investigated", ""), ("comments", ""), ("enquiries", "elected_member"), ("issues", ""), ("representations", ""),
)  # fmt: skip
_DECIDED: tuple[What, ...] = tuple(
    ("outcome", c)
    for c in (
        "premature", "closed_after_enquiries", "not_investigated", "not_for_us", "advice_given", "incomplete_or_invalid", "no_maladministration",
        "local_settlement", "ombudsman_discretion", "maladministration_with_injustice", "maladministration_without_injustice", "assessed_and_closed",
    )
)  # fmt: skip
"""What the Ombudsman may decide."""
_SERVED: tuple[What, ...] = tuple(
    ("context", c)
    for c in (
        "looked_after_children",
        "children_in_need",
        "child_protection_plans",
        "referrals",
        "assessments",
        "contacts",
        "open_cases",
        "ehc_plans",
    )
)
_RATES: tuple[What, ...] = tuple(
    ("context", f"complaints_to_{c}") for c in ("referrals", "service_users", "assessments", "contacts")
)
"""How many people a service is for, and how many of them complained."""
_SHARED: tuple[What, ...] = tuple(
    w for w in _COUNTED if w[0] in ("outcome", "response_time", "escalated", "extended", "advocacy")
)
_PAID: tuple[What, ...] = tuple(
    ("cost", c)
    for c in (
        "total",
        "compensation_total",
        "compensation",
        "investigation_total",
        "investigating_officer",
        "independent_person",
        "review_panel",
    )
)
_LASTED: tuple[What, ...] = (("mean_response_time", ""),)
_OF_KIND = {"number": _COUNTED, "percent": _SHARED, "money": _PAID, "working_days": _LASTED, "days": _LASTED}


def defaults(kind: str, classes: Container[str] = ()) -> tuple[What, ...]:
    """What a number of this kind may count though no wording that is known says so: the words around it must tell.

    `classes` are those of the words around: the Ombudsman's decisions need the Ombudsman, and people served a population.
    """
    found = _OF_KIND.get(kind, ())
    if "OMBUDSMAN" in classes and kind == "number":
        found += _DECIDED
    if "AVERAGE" in classes and kind == "number":
        found += _LASTED
    if "POPULATION" in classes and kind in ("number", "percent"):
        found += _SERVED if kind == "number" else _RATES
    return found


def code_of(measure: str, category: str) -> str:
    """Name of an option that words speak for: with its category where that is one of a closed list."""
    if category and (measure in CATEGORIES or category.endswith("_timescale")):
        return f"{measure}/{category}"
    return measure or "none"


def _gap(line: Line, token: int, start: int, end: int) -> tuple[str, int, str]:
    """Side of a span as seen from a number, numbers between them, and the strongest mark between."""
    classes = line.tagged.classes
    if start <= token < end:
        return "spans", 0, ""
    side = "left" if end <= token else "right"
    between = classes[end:token] if side == "left" else classes[token + 1 : start]
    numbers = sum(c in ("N", "PERCENT", "POUNDS") for c in between)
    marks = {c for c in between if "zz" + c in PUNCTUATION}
    mark = (
        "break"
        if {"zz" + m for m in marks} & BREAKS
        else "open"
        if marks & {"open", "close"}
        else "comma"
        if "comma" in marks
        else "and"
        if "and" in between
        else ""
    )
    return side, min(numbers, 2), mark


def _by_wordings(line: Line, s: Statement, token: int, add: Add) -> None:
    spans = [(span, hit) for span, hit in line.tagged.hits if hit.wording.measure]
    ranks: dict[tuple[str, bool], int] = {}

    def gap(span: Span) -> int:
        return max(span.start - token, token - span.end + 1, 0)

    for span, hit in sorted(spans, key=lambda x: gap(x[0])):
        w = hit.wording
        side, numbers, mark = _gap(line, token, span.start, span.end)
        specific = bool(w.category) or w.measure not in ("received", "closed")
        rank = ranks.get((side, specific), 0)
        ranks[side, specific] = rank + 1
        other = ranks.get(("right" if side == "left" else "left", specific), 0)
        group = group_of(w.measure)
        name = f"{side}{min(rank, 2)}"
        negated = "NEGATE" in line.tagged.classes[max(0, span.start - 3) : span.start]
        features = [
            f"{side}|{numbers}{mark}", f"{name}|{numbers}{mark}", f"{side}|d{distance(gap(span))}", f"{group}|{side}|{numbers}{mark}",
            f"{group}|{name}", f"{name}|other{min(other, 1)}|{numbers}", f"hit|{group}",
        ]  # fmt: skip
        if not rank and not other:
            features += ["nearest", f"nearest|{group}"]
        features.append(f"wording={w.wording}")
        if negated:
            features.append(f"negated|{w.category or w.measure}")
        if w.unit:
            features.append("unit fits" if (w.unit == "percent") == (s.kind == "percent") else "unit differs")
        if w.measure in _LISTED and not w.category and w.measure not in ("compliments", "mean_response_time"):
            continue
        add((w.measure, w.category), features, w.wording, "sentence")


def _by_phrases(line: Line, s: Statement, token: int, add: Add) -> None:
    ties = _ties(line)
    named = _named(line)
    for phrase in (*phrases(line.numbers, s), *_by_heading(line)):
        alike = ties.get(phrase.tie, 0)
        size = "1" if alike < 2 else "2" if alike == 2 else "3"
        hinted = breakdowns_hinted(phrase.text)
        label = label_of(phrase.text)
        words = len(phrase.text.split())
        common = [
            f"tie={phrase.tie}",
            f"tie={phrase.tie}|x{size}",
            f"words={min(words, 4)}",
            f"capital={phrase.text[0].isupper()}",
        ]
        common += ["phrase is code"] * bool(label.candidates)
        for measure in _LISTED:
            if measure == "mean_response_time" and s.kind not in ("working_days", "days", "number"):
                continue
            features = [*common, f"listed|{measure}", f"listed|{measure}|tie={phrase.tie}", f"listed|{measure}|x{size}"]
            features += (
                [f"hint|{measure}"]
                if measure in hinted
                else [f"hint other|{measure}"]
                if hinted
                else [f"no hint|{measure}"]
            )
            features += [f"named:{where}|listed" for where in named.get(measure, ())] or ["not named|listed"]
            features += [
                f"named other:{m}|listed|{measure}" for m in named if m != measure and m in (*_LISTED, *_CODED)
            ]
            if slug(phrase.text):
                add((measure, slug(phrase.text)), features, phrase.text, "phrase")
        for measure, category in label.candidates.items():
            features = [
                *common,
                f"coded|{measure}",
                f"coded|{measure}|tie={phrase.tie}",
                f"coded|{measure}|x{size}",
                f"coded|{measure}|words={min(words, 4)}",
            ]
            features += [f"named:{where}|coded" for where in named.get(measure, ())]
            add((measure, category), features, phrase.text, "phrase")
        for measure, category in label.loose.items():
            features = [
                f"loose|{measure}",
                f"loose|{measure}|tie={phrase.tie}",
                f"loose|{measure}|x{size}",
                f"loose|words={min(words, 4)}",
            ]
            features += [f"named:{where}|loose" for where in named.get(measure, ())]
            add((measure, category), features, phrase.text, "phrase")


_SHORT = 14
"""Words of a sentence that may leave it to its heading what its numbers are of."""


def _by_heading(line: Line) -> list[Phrase]:
    """The heading over a short sentence, where it is the name of something: "Fieldwork South", "27 complaints (last year 34)"."""
    heading = next((x for x in line.sources if x.name == "heading1"), None)
    if heading is None or len(line.tagged.words) > _SHORT or len(heading.text.split()) > 6:
        return []
    return [Phrase(heading.text.strip(" .:"), "heading")] if label_of(heading.text).says_nothing else []


def _ties(line: Line) -> dict[str, int]:
    """How many numbers of a sentence have phrases tied to them in each way."""
    if "ties" not in line.__dict__:
        counts: dict[str, int] = {}
        for s in line.numbers:
            for tie in {p.tie for p in phrases(line.numbers, s)}:
                counts[tie] = counts.get(tie, 0) + 1
        line.__dict__["ties"] = counts
    return line.__dict__["ties"]


def _named(line: Line) -> dict[str, list[str]]:
    """Breakdowns that the sentence or the texts around it name, with where."""
    if "named" not in line.__dict__:
        found: dict[str, list[str]] = {}
        for _, hit in line.tagged.hits:
            if hit.wording.measure and not hit.wording.category:
                found.setdefault(hit.wording.measure, []).append("sentence")
        for source in line.sources:
            for measure, category in source.evidence.measures:
                if not category:
                    found.setdefault(measure, []).append(source.name)
        line.__dict__["named"] = {m: list(dict.fromkeys(v)) for m, v in found.items()}
    return line.__dict__["named"]


def _by_sources(line: Line, add: Add) -> None:
    """What texts around the sentence name: "These were …", an item under "Outcomes:"."""
    nearest = True
    for source in line.sources[:6]:
        measures = source.evidence.measures
        for k, (measure, category) in enumerate(measures):
            if measure in (*FREE, *CATEGORIES) and not category:
                continue
            last = "last" if k == len(measures) - 1 else ""
            several = "+" if len(measures) > 1 else ""
            group = group_of(measure)
            features = [f"src:{source.name}", f"src:{source.name}|{group}", f"src:{source.name}{several}{last}"]
            if nearest:
                features.append(f"src first:{source.name}{several}")
            add((measure, category), features, source.text[:80], source.name)
        nearest = nearest and not measures


def _by_copies(line: Line, s: Statement, token: int, previous: Sequence[tuple[Statement, What]], add: Add) -> None:
    """What numbers before it count: "rose from 31 to 44", "35 (29%)", "12 were received, compared with 15"."""
    before = line.tagged.classes[max(0, token - 2) : token]
    for k, (other, what) in enumerate(reversed(previous[-3:])):
        if what == NOTHING:
            if not k:
                add(NOTHING, ["copy nothing", f"copy nothing|{_between(line, other, s)}"], "", "copy")
            continue
        same = "same" if other.kind == s.kind else "other"
        between = _between(line, other, s)
        features = [f"copy{k}|{same}", f"copy{k}|{same}|{between}", f"copy|{group_of(what[0])}|{same}"]
        if not k:
            features += [f"copy|{same}|by={' '.join(before[-n:])}" for n in (1, 2)]
        add(what, features, other.printed, "copy")


def _between(line: Line, first: Statement, second: Statement) -> str:
    a, b = line.token(first), line.token(second)
    return " ".join(line.tagged.classes[a + 1 : b][:4]) if b - a <= 5 else "far"
