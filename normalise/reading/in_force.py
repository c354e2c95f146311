"""What is in force at a number: stage, procedure and period, by every source around it, nearest first.

Each source (the sentence, those before it, labels, caption, headings, title) proposes the values that it names; distance and
whether a nearer source names another value are features of the proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from normalise import bands, periods
from normalise.reading.evidence import OF_PROCEDURE, PROCEDURE_OF, Source, evidence, group_of
from normalise.reading.in_sentence import Spans, by_sentence
from normalise.reading.pieces import WITHOUT_STAGE
from normalise.reading.tagging import Sentence, tag
from normalise.reading.weighing import Option
from normalise.reading.words_around import WordsAround, near_words

STAGES = ("any", "pre_stage", "stage_1", "stage_2", "stage_3", "ombudsman")
PROCEDURES = ("children_statutory", "corporate", "adult_statutory", "all")


@dataclass
class Outlook:
    """The document as a whole, as far as it bears on a number that says nothing itself."""

    period: str = ""
    council: str = ""
    title: str = ""
    name: str = ""
    """The heading that is the name of a whole report, which says no more of a section than the title does; empty where there is none."""

    shares: dict[str, float] = field(default_factory=dict)
    """Class of the lexicon -> its share among the classes that tell whom complaints are about."""
    stage: str = "any"
    density: str = ""
    """How often the document speaks of complaints: `few`, `some`, `much`, `most`."""

    ombudsman: str = ""
    """How much of it is about the Ombudsman rather than stages: `none`, `some`, `much`, `most`."""

    covers: list[str] = field(default_factory=list)
    """Which procedures its figures name, how many name each, and whether they add up."""

    @property
    def kind(self) -> list[str]:
        """What says whether this is a document about complaints at all."""
        found = tag(self.title, ()).classes
        return [
            f"density={self.density}",
            *(f"title has {c}" for c in ("COMPLAINT", "PRAISE", "OMBUDSMAN", "FEEDBACK", "THING") if c in found),
        ]

    @property
    def features(self) -> list[str]:
        """Names of what the document is like."""
        result = [
            f"doc:{name}={'most' if v > 0.6 else 'much' if v > 0.25 else 'some' if v > 0.05 else 'few'}"
            for name, v in self.shares.items()
        ]
        result.append(f"doc:ombudsman={self.ombudsman}")
        found = evidence(self.title, "heading")
        return result + [f"title:{c}" for c in sorted(found.classes)] + ([] if found.classes else ["title:none"])


@dataclass(frozen=True)
class Place:
    """Where a number stands: the texts around it, nearest first, the document, and its token where it is one of a sentence."""

    sources: Sequence[Source]
    outlook: Outlook
    sentence: Sentence | None = None
    token: int = 0
    frames: Sequence[str] = ()
    flags: Sequence[str] = ()
    """What the table is like around a cell: `total of stages`, `stages in rows` …"""
    words: Sequence[WordsAround] = ()
    """The words of the sentence and the texts around it; of the labels, and of the texts around the table."""
    sides: Sequence[tuple[str, tuple[str, ...]]] = ()
    """Sides of the table whose labels name several procedures, each with what the cell's own label on that side names."""

    def contrast(self, procedure: str) -> list[str]:
        """What a side that parts procedures says to one of them: its own label's, another's, or none of the labels'."""
        return [
            "side names it" if procedure in own else "side names another" if own else f"side names none|{procedure}"
            for _, own in self.sides
        ]

    @property
    def near(self) -> list[str]:
        """The words right beside the number of a sentence."""
        return near_words(self.sentence, self.token) if self.sentence is not None else []

    def worded(self, value: str) -> list[str]:
        """What the words around the number say to a value."""
        return [feature for words in self.words for feature in words.with_value(value)]


def _named(sources: Sequence[Source], slot: str) -> list[tuple[str, tuple[str, ...]]]:
    """Sources that name values of a slot, nearest first."""
    return [(s.name, values) for s in sources if (values := getattr(s.evidence, slot))]


def _by_sources(value: str, named: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    features = []
    heading = next((v for name, v in named if name.startswith("heading")), ())
    if heading:
        features.append(
            "nearest heading" + ("+" if len(heading) > 1 else "") if value in heading else "not nearest heading"
        )
    for k, (name, values) in enumerate(named[:5]):
        several = "+" if len(values) > 1 else ""
        first = "first:" if k == 0 else ""
        base = name.removesuffix(" outer")
        if value in values:
            features += [f"{first}{name}{several}"] + [f"{first}{base}{several}"] * (base != name)
            if k and not any(value in v for _, v in named[:k]):
                features.append(f"behind:{named[0][0]}<{name}")
            if several and values[-1] == value:
                features.append(f"last:{name}")
        else:
            features += [f"{first}not:{name}{several}"] + [f"{first}not:{base}{several}"] * (base != name)
    return features


def stage_options(
    measure: str, category: str, tied: str, place: Place, previous: Sequence[tuple[str, str]]
) -> list[Option]:
    """Proposals for the stage of a number with this measure. `tied` is the stage that its wording says itself; `previous`
    are stages of numbers before it, with how they are tied to it (`sentence`, `paragraph`, `section`, `row`)."""
    sources, outlook, sentence, token = place.sources, place.outlook, place.sentence, place.token
    named = _named(sources, "stages")
    spans = [
        (span.start, span.end, hit.wording.stage)
        for span, hit in (sentence.hits if sentence else ())
        if hit.wording.stage not in ("", "any") and hit.wording.measure not in ("escalated", "escalation_requested")
    ]
    band = bands.parse(category) if measure == "response_time" else None
    limit = str(band.high or band.low) if band and not band.calendar else ""
    group = group_of(measure)
    silent = not named and not spans
    context = (
        [f"g={group}", f"m={measure}"]
        + ([f"c={category}"] if measure == "cost" else [])
        + ([f"limit={limit}"] if limit in ("10", "20", "25", "65") else [])
        + [
            f"doc:ombudsman={outlook.ombudsman}",
            f"doc:ombudsman={outlook.ombudsman}|g={group}",
            *_around(sentence, token),
        ]
        + [f"in {c}" for c in sorted(set(sentence.classes if sentence else ())) if c.isupper()]
    )
    if silent:
        context += [f"silent|g={group}", *(f"silent|{f}" for f in outlook.features), f"silent|doc={outlook.stage}"]
    if measure in WITHOUT_STAGE:
        context.append("without")
    context += place.flags
    context += place.near
    if sentence is not None and "TOTAL" in sentence.classes:
        context.append("total")
    near = sources[:2]
    if any("TOTAL" in s.evidence.classes for s in near if s.where == "label"):
        context.append("total label")
    options = []
    for value in STAGES:
        features = [
            f"v={value}",
            *(f"{c}|{value}" for c in context),
            *(place.worded(value) if silent else ()),
            *_by_sources(value, named),
            *by_sentence(sentence, token, spans, value),
        ]
        if value == "any" and named:
            features += [
                f"any|first:{named[0][0]}{'+' if len(named[0][1]) > 1 else ''}",
                f"any|first:{named[0][0]}|{group}",
            ]
        if value == "any" and spans:
            features += ["any|sentence", f"any|sentence|{group}"]
        if tied:
            features.append("tied" if value == tied else "not tied")
        features += [f"prev:{how}" if v == value else f"notprev:{how}" for v, how in previous]
        features += [f"prev:{how}|{group}" for v, how in previous if v == value]
        options.append(Option(value, features, source=named[0][0] if named else "sentence" if spans else "document"))
    return options


def procedure_options(measure: str, stage: str, place: Place, previous: Sequence[tuple[str, str]]) -> list[Option]:
    """Proposals for the procedure of a number; see `stage_options`."""
    sources, outlook, sentence, token = place.sources, place.outlook, place.sentence, place.token
    named = _named(sources, "procedures")
    whom = _named(sources, "whom")
    spans = [
        (span.start, span.end, hit.wording.procedure)
        for span, hit in (sentence.hits if sentence else ())
        if hit.wording.procedure
    ]
    people = [
        (n, n + 1, p) for n, c in enumerate(sentence.classes if sentence else ()) if (p := PROCEDURE_OF.get(c, ""))
    ]
    group = group_of(measure)
    context = [f"g={group}", f"stage={stage}", *outlook.features, *outlook.covers]
    for source in sources:
        said = [f"{source.name}:{c}" for c in source.evidence.classes & OF_PROCEDURE]
        context += said
        if source.where == "label":
            context += [
                f"{group}&{f}" for f in said
            ]  # "Adult social care" is a service of a council, or whose complaints these are
    context += place.flags
    context += place.near
    if sentence is not None:
        context += [f"sentence:{c}" for c in OF_PROCEDURE & set(sentence.classes)]
    if not named and not spans:
        context += [f"silent|{f}" for f in (*outlook.features, *outlook.covers)]
    if not whom and not people:
        context += [f"nobody|{f}" for f in (*outlook.features, *outlook.covers)]
    if measure in WITHOUT_STAGE:
        context.append("without")
    said_here = spans or (named and named[0][0].startswith(("row", "column")))
    options = []
    for value in PROCEDURES:
        features = [
            f"v={value}",
            *(f"{c}|{value}" for c in context),
            *(() if said_here else place.worded(value)),
            *_by_sources(value, named),
            *by_sentence(sentence, token, spans, value),
        ]
        features += [f"whom:{f}" for f in _by_sources(value, whom)]
        features += [f"whom:{f}" for f in by_sentence(sentence, token, people, value)]
        features += place.contrast(value)
        if value == "all" and (named or spans):
            features.append(f"all|first:{named[0][0]}" if named else "all|sentence")
        features += [f"prev:{how}" if v == value else f"notprev:{how}" for v, how in previous]
        options.append(Option(value, features, source=named[0][0] if named else "sentence" if spans else "document"))
    return options


OPEN = ("brought_forward", "carried_forward")
"""What is open at an end of the year: a year in its own label is that of the other end."""


def period_options(measure: str, place: Place, previous: Sequence[tuple[str, str]], quarter: str = "") -> list[Option]:
    """Proposals for the period of a number; see `stage_options`. `quarter` is a part of the year that a label names."""
    sources, outlook, sentence, token = place.sources, place.outlook, place.sentence, place.token
    own = outlook.period
    if measure in OPEN:
        # "Carried over from 2022-23" in a report for 2023-24 is what 2023-24 began with.
        sources = [x for x in sources if measure not in {m for m, _ in x.evidence.measures}]
    named = [(name, tuple(periods.resolve(p, own) for p in values)) for name, values in _named(sources, "periods")]
    spans = [
        (span.start, span.end, periods.resolve(s.period, own))
        for span, s in (sentence.periods if sentence else ())
        if s.exact
    ]
    dates = [periods.resolve(s.period, own) for _, s in (sentence.periods if sentence else ()) if not s.exact]
    year = own.split(" ")[0]
    values = dict.fromkeys(
        [
            own,
            *([year] if quarter else []),
            periods.before(own),
            *(v for _, vs in named for v in vs),
            *(v for *_, v in spans),
            *dates,
            *(v for v, _ in previous),
        ]
    )
    said = [f for f in place.frames if f.startswith("period=")]
    local = _around(sentence, token)
    group = group_of(measure)
    silent = "" if named or spans else "silent"
    options = []
    for value in values:
        if not value:
            continue
        kind = (
            "own" if value == own else "prior" if value == periods.before(own) else "later" if value > own else "older"
        )
        features = [
            f"v={kind}",
            f"{kind}|{silent}",
            f"{kind}|g={group}",
            *_by_sources(value, named),
            *by_sentence(sentence, token, spans, value),
        ]
        features += [f"{kind}|{f}" for f in said] + [f"{kind}|{f}" for f in local]
        if value in dates:
            features.append("date")
        features += [f"prev:{how}" if v == value else f"notprev:{how}" for v, how in previous]
        features += [f"{kind}|prev:{how}" for v, how in previous if v == value]
        if measure in OPEN:
            features += [f"{measure}|{f}" for f in features if f.startswith("first:")] + [f"{measure}|{kind}"]
        if kind == "own" and named:
            features.append(f"own|first:{named[0][0]}")
        if kind == "own" and spans:
            features.append("own|sentence")
        if quarter and periods.is_year(value):
            if value == year:
                features = [f"v=own year {'' if own == year else 'of part'}", *features]
            options.append(Option(f"{value} {quarter}", [*features, "quarter"], source="label"))
            features = [*features, "not quarter"]
        options.append(Option(value, features, source=_source_of(value, named, spans)))
    return options or [Option("", ["v=none"])]


def _source_of(value: str, named: Sequence[tuple[str, tuple[str, ...]]], spans: Spans) -> str:
    """What names a value: the number's own sentence, the nearest of the texts around it that does, or nothing but the document."""
    if any(v == value for *_, v in spans):
        return "sentence"
    return next((name for name, values in named if value in values), "document")


def _around(sentence: Sentence | None, token: int) -> list[str]:
    """Classes of the words right before and behind a number."""
    if sentence is None:
        return []
    c = sentence.classes
    return [f"{k:+d}={c[token + k]}" for k in (-2, -1, 1, 2) if 0 <= token + k < len(c)]
