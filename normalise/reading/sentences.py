"""What the numbers of sentences and lists may count: proposals by the wordings around each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

from extract.statement import Statement
from normalise import bands
from normalise.observations import CATEGORIES, FREE
from normalise.reading.frames import found_in
from normalise.reading.in_force import Source, group_of, speaking
from normalise.reading.labels import label_of
from normalise.reading.phrases import phrases
from normalise.reading.read import NOTHING, What
from normalise.reading.tagging import BREAKS, PUNCTUATION, Sentence, Span, inside_quotation, tag
from normalise.reading.weighing import Option, distance
from normalise.reading.whose import council_in_label
from normalise.wordings import breakdowns_hinted
from normalise.words import slug

Add = Callable[[What, list[str], str, str], None]
"""Takes a proposal: what, features, the words that propose it, and where they stand."""
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


@dataclass
class Line:
    """One sentence with its numbers, and the texts around it."""

    statements: list[Statement]
    sources: list[Source]
    """Texts around the sentence, nearest first, without the sentence itself."""
    kind: str = "sentence"
    document: list[str] = field(default_factory=list)
    """What says whether the document is about complaints (`Outlook.kind`)."""
    council: str = ""
    """The report's own council."""

    @cached_property
    def numbers(self) -> list[Statement]:
        """The numbers that may be statistics."""
        return [s for s in self.statements if s.statistic]

    @cached_property
    def tagged(self) -> Sentence:
        first = self.statements[0]
        return tag(first.sentence, tuple((s.start, s.start + len(s.printed), s.kind) for s in self.numbers))

    @cached_property
    def words_around(self) -> list[str]:
        """Classes of words anywhere in the sentence, in the one before it and in the heading."""
        nearest = {x.name: x.text for x in self.sources if x.name in ("before1", "caption", "heading1")}
        texts = {"in": self.tagged.classes} | {name: tag(text[:300], ()).classes for name, text in nearest.items()}
        return [f"{name} {c}" for name, classes in texts.items() for c in sorted(set(classes)) if c.isupper()]

    @cached_property
    def frames(self) -> dict[int, set[str]]:
        return found_in(self.tagged)

    @cached_property
    def others(self) -> list[tuple[int, str]]:
        """Where the sentence names councils other than the report's own, the country or a region, and which."""
        found = []
        for match in _NAME.finditer(self.statements[0].sentence):
            words = match.group().split()
            # "In Kent" begins a sentence; the name is behind the first word.
            name = next((n for k in range(min(2, len(words))) if (n := council_in_label(" ".join(words[k:])))), "")
            if name and name != self.council:
                found.append((match.start(), name))
        return found

    def authority(self, s: Statement) -> str:
        """Whom the nearest name in a sentence says that a number is about, empty for the report's own council."""
        before = [name for at, name in self.others if at < s.start]
        return before[-1] if before else self.others[0][1] if self.others and len(self.numbers) == 1 else ""

    def token(self, s: Statement) -> int:
        """The token of a number, -1 where it was lost among others."""
        return self.tagged.numbers.get(s.start, -1)


_NAME = re.compile(r"\b[A-Z][a-z]+(?:(?:\s+|-)(?:(?:and|upon|on|of|the|&|with)\s+)?[A-Z][a-z]+)*")


def local_features(line: Line, s: Statement, token: int) -> list[str]:
    """Classes around a number, frames that fit it, and where it stands."""
    c = ["^", "^", "^", *line.tagged.classes, "$", "$", "$"]
    t = token + 3
    features = [f"{k:+d}={c[t + k]}" for k in (-3, -2, -1, 1, 2, 3)]
    features += [f"-2,-1={c[t - 2]},{c[t - 1]}", f"+1,+2={c[t + 1]},{c[t + 2]}", f"-1,+1={c[t - 1]},{c[t + 1]}"]
    features += sorted(line.frames.get(token, ()))
    features += [f"kind={s.kind}", f"in={line.kind}"]
    if inside_quotation(line.tagged.text, s.start):
        features.append("quoted")
    if line.others:
        features.append("other council" if any(at < s.start for at, _ in line.others) else "other council behind")
    if s.value is not None:
        features.append(
            "value="
            + (
                "0"
                if not s.value
                else "1"
                if s.value == 1
                else "small"
                if s.value < 5
                else "mid"
                if s.value < 1000
                else "large"
            )
        )
    if not s.printed[:1].isdigit():
        features.append("spelt " + ("one" if s.value == 1 else "out"))
    present = set(line.tagged.classes)
    features += [
        f"has {x}"
        for x in ("DUTY", "EXAMPLE", "ELSEWHERE", "OTHERSERVICE", "SCHOOL", "ADULTS", "IF", "RATE", "THING", "MONEY")
        if x in present
    ]
    features += [f"around {x}" for x in ("COMPLAINT", "PRAISE", "OMBUDSMAN", "STAGE") if x in present]
    return features


def what_options(line: Line, s: Statement, previous: Sequence[tuple[Statement, What]]) -> list[Option]:
    """Proposals for what a number counts; the first is that it is no observation. `previous` are numbers of the sentence before it."""
    token = line.token(s)
    local = local_features(line, s, token)
    options: dict[What, Option] = {NOTHING: Option(NOTHING, ["nothing"])}

    def add(what: What, features: list[str], words: str, source: str) -> None:
        option = options.setdefault(what, Option(what, [], words, source))
        option.features += [f for f in features if f not in option.features]

    _by_wordings(line, s, token, add)
    _by_bands(line, s, token, add)
    if s.kind in ("number", "percent"):
        _bands_around(line, add)
    _by_phrases(line, s, token, add)
    _by_sources(line, add)
    _by_copies(line, s, token, previous, add)
    for what in defaults(s.kind):
        add(what, ["default"], "", "default")
    near = near_words(line, token)
    local = [*local, *sums_and_shares(line, s), *line.words_around]
    speaks = speaking(line.sources, line.tagged.classes)
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
    ("compliments", ""), ("investigated", ""),
)  # fmt: skip
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


def defaults(kind: str) -> tuple[What, ...]:
    """What a number of this kind may count though no wording that is known says so: the words around it must tell."""
    return _OF_KIND.get(kind, ())


def code_of(measure: str, category: str) -> str:
    """Name of an option that words speak for: with its category where that is one of a closed list."""
    if category and (measure in CATEGORIES or category.endswith("_timescale")):
        return f"{measure}/{category}"
    return measure or "none"


def near_words(line: Line, token: int) -> list[str]:
    """The words on either side of a number, up to the next number, as features."""
    found = []
    tokens, classes = line.tagged.tokens, line.tagged.classes
    for name, places in (
        ("L", range(token - 1, max(-1, token - 8), -1)),
        ("R", range(token + 1, min(len(tokens), token + 8))),
    ):
        for i in places:
            if classes[i] in ("N", "PERCENT", "POUNDS", "stop", "semi"):
                break
            if classes[i] not in ("the", "a", "an", "comma"):
                word = tokens[i] if not tokens[i].startswith("zz") else classes[i]
                found.append(f"{name}:{word}")
                if classes[i].isupper():
                    found.append(f"{name}~{classes[i]}")
                elif len(word) > 5 and word.isalpha():
                    found.append(f"{name}^{word[:5]}")
                if abs(i - token) <= 2:
                    found.append(f"{name}{abs(i - token)}:{word}")
    return list(dict.fromkeys(found))


def sums_and_shares(line: Line, s: Statement) -> list[str]:
    """How a number goes with the others of its sentence: their sum, one of the parts of it, the base of a share or the part that it is of."""
    counts = [x for x in line.numbers if x.kind == "number" and x.value is not None]
    values = [x.value or 0.0 for x in counts]
    found = []
    if len(counts) >= 3 and s in counts:
        total = max(values)
        if total > 0 and abs(sum(values) - 2 * total) < 0.5:
            found.append("sum is whole" if s.value == total else "sum is part")
    shares = [x.value for x in line.numbers if x.kind == "percent" and x.value]
    for part, whole in permutations(counts[:8], 2):
        if part.value and whole.value and part.value < whole.value:
            fits = any(abs(100 * part.value / whole.value - p) <= 0.6 for p in shares)
            found += ["share is of it"] * (fits and s is whole) + ["share is its"] * (fits and s is part)
    return list(dict.fromkeys(found))


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


def _by_bands(line: Line, s: Statement, token: int, add: Add) -> None:
    """Bands of days that the sentence names, each at its own number of days."""
    seen = 0
    ordered = sorted(line.numbers, key=lambda x: x.start)
    for k, days in enumerate(ordered):
        bare = days.kind == "number" and "TIME" in line.tagged.classes and days is not s
        if days.kind not in ("working_days", "days") and not bare:
            continue
        begin = ordered[k - 1].start + len(ordered[k - 1].printed) if k else max(0, days.start - 60)
        text = days.sentence[max(begin, days.start - 60) : days.start + len(days.printed)]
        at = line.token(days)
        if bare:
            if token < 0 or at < 1 or line.tagged.classes[at - 1] not in ("LIMIT", "in", "COMPARE"):
                continue
            text += " working days"
        band = bands.find(text)
        if band is None or days is s or at < 0:
            continue
        side, numbers, mark = _gap(line, token, at, at + 1)
        seen += 1
        negated = "NEGATE" in line.tagged.classes[max(0, at - 6) : at]
        features = [
            f"band|{side}|{numbers}{mark}",
            f"band|{side}",
            f"band|{band.code}" if band.high in (10, 20, 25, 65) else "band|other",
        ]
        features += ["band|bare"] * bare + ["band|negated"] * negated
        add(("response_time", band.code), features, text.strip(), "sentence")
        if negated and band.low is None:
            add(
                ("response_time", f"over_{band.high}"),
                ["band|turned", f"band|{side}|{numbers}{mark}"],
                text.strip(),
                "sentence",
            )


def _bands_around(line: Line, add: Add) -> None:
    """Bands that the sentences before, the caption or the heading name: "in time" may mean them."""
    for source in line.sources[:5]:
        band = bands.find(source.text[:400])
        if band is not None:
            add(("response_time", band.code), [f"band|src:{source.name}"], source.text[:80], source.name)


def _by_phrases(line: Line, s: Statement, token: int, add: Add) -> None:
    ties = _ties(line)
    named = _named(line)
    for phrase in phrases(line.numbers, s):
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
    """What numbers before it count: "rose from 31 to 44", "35 (29%)"."""
    for k, (other, what) in enumerate(reversed(previous[-3:])):
        if what == NOTHING:
            if not k:
                add(NOTHING, ["copy nothing", f"copy nothing|{_between(line, other, s)}"], "", "copy")
            continue
        same = "same" if other.kind == s.kind else "other"
        between = _between(line, other, s)
        features = [f"copy{k}|{same}", f"copy{k}|{same}|{between}", f"copy|{group_of(what[0])}|{same}"]
        add(what, features, other.printed, "copy")


def _between(line: Line, first: Statement, second: Statement) -> str:
    a, b = line.token(first), line.token(second)
    return " ".join(line.tagged.classes[a + 1 : b][:4]) if b - a <= 5 else "far"
