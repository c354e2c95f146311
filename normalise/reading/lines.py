"""A sentence with its numbers, and what the words and numbers around one of them say of whatever it may count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

from extract.statement import Statement
from normalise.reading.evidence import Source
from normalise.reading.frames import found_in
from normalise.reading.tagging import Sentence, inside_quotation, tag
from normalise.reading.whose import council_in_label, groups_in

_OF = re.compile(
    r"\s*%?\s*\)?\s*(?:on average\s+)?(?:for|in|among|amongst|across|at|of)\s+(?:the\s+|all\s+|an?\s+)?", re.IGNORECASE
)
"""What stands between a figure and whom it is about."""
_LIKE = re.compile(r"\b(?:like|such as)\s+$", re.IGNORECASE)
"""What makes of a council's name one of a group: "authorities like Thurrock"."""
_NAME = re.compile(r"\b[A-Z][a-z]+(?:(?:\s+|-)(?:(?:and|upon|on|of|the|&|with)\s+)?[A-Z][a-z]+)*")


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
    def classes_around(self) -> set[str]:
        """Classes of the words of the sentence and of the texts around it."""
        return {*self.tagged.classes, *(c for x in self.sources for c in x.evidence.classes)}

    @cached_property
    def frames(self) -> dict[int, set[str]]:
        return found_in(self.tagged)

    @cached_property
    def others(self) -> list[tuple[int, str]]:
        """Where the sentence names councils other than the report's own, groups of councils, the country or a region, and which."""
        return [(at, name) for at, name in self.whom if name]

    @cached_property
    def whom(self) -> list[tuple[int, str]]:
        """Where the sentence names whom its figures are about; empty for the report's own council."""
        found = groups_in(self.tagged)
        for match in _NAME.finditer(self.statements[0].sentence):
            words = match.group().split()
            # "In Kent" begins a sentence; the name is behind the first word.
            name = next((n for k in range(min(2, len(words))) if (n := council_in_label(" ".join(words[k:])))), "")
            if name and not (name == self.council and _LIKE.search(self.statements[0].sentence[: match.start()])):
                found.append((match.start(), name if name != self.council else ""))
        return sorted(found)

    def authority(self, s: Statement) -> str:
        """Whom the nearest name in a sentence says that a number is about, empty for the report's own council."""
        text, end = self.tagged.text, s.start + len(s.printed)
        following = next(((at, name) for at, name in self.whom if at >= end), None)
        if following and (len(self.numbers) == 1 or _OF.fullmatch(text[end : following[0]])):
            return following[1]  # "68% for similar authorities"
        before = [name for at, name in self.whom if at < s.start]
        names = {name for _, name in self.whom}
        if not before and len(names) == 1 and "AVERAGE" in self.tagged.classes[: max(0, self.token(s))]:
            return names.pop()  # "on average 83% of complaints were upheld in England"
        return before[-1] if before else ""

    def token(self, s: Statement) -> int:
        """The token of a number, -1 where it was lost among others."""
        return self.tagged.numbers.get(s.start, -1)


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
