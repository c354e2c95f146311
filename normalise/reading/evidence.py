"""What a text around a number names: stages, procedures, periods, people, measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from normalise.codes import FREE
from normalise.reading.labels import label_of
from normalise.reading.tagging import tag
from normalise.wordings import hits

_CLASSES = (
    "CHILDREN",
    "ADULTS",
    "CORPORATE",
    "STATUTORY",
    "OTHERSERVICE",
    "SCHOOL",
    "COUNCILWIDE",
    "OMBUDSMAN",
    "TOTAL",
    "COMPLAINT",
    "PRAISE",
    "FEEDBACK",
    "POPULATION",
    "AVERAGE",
)
OF_PROCEDURE = frozenset(_CLASSES[:8])
_GROUPS = {
    "received": "RECEIVED", "closed": "CLOSED", "outcome": "OUTCOME", "response_time": "BAND", "mean_response_time": "MEAN",
    "complainant": "PEOPLE", "channel": "PEOPLE", "characteristic": "PEOPLE", "cost": "COST", "compliments": "PRAISE",
    "escalated": "FLOW", "escalation_requested": "FLOW", "brought_forward": "OPEN", "carried_forward": "OPEN",
    "context": "CONTEXT", "": "NONE",
}  # fmt: skip


def group_of(measure: str) -> str:
    """Measures that are read alike."""
    return "FREE" if measure in FREE else _GROUPS.get(measure, "OTHER")


@dataclass(frozen=True)
class Evidence:
    """What one text names."""

    stages: tuple[str, ...]
    procedures: tuple[str, ...]
    periods: tuple[str, ...]
    classes: frozenset[str]
    measures: tuple[tuple[str, str], ...]

    @cached_property
    def whom(self) -> tuple[str, ...]:
        """The procedures that the people or services named would be under, where no procedure is named."""
        if self.procedures:
            return self.procedures
        found = [p for c, p in PROCEDURE_OF.items() if c in self.classes]
        return tuple(dict.fromkeys(found))


PROCEDURE_OF = {
    "CHILDREN": "children_statutory", "ADULTS": "adult_statutory", "STATUTORY": "children_statutory", "CORPORATE": "corporate",
    "OTHERSERVICE": "corporate", "COUNCILWIDE": "all",
}  # fmt: skip


@lru_cache(maxsize=8_000)
def evidence(text: str, where: str) -> Evidence:
    """What a text names; `where` is `label`, `heading`, `corner` or `text`."""
    sentence = tag(text[:600], ())
    found = [h.wording for h in hits(text[:600], where)]
    if where == "label":
        label = label_of(text)
        stages, procedures = label.pieces.stages, label.pieces.procedures
        said = [label.period] if label.period else [s.period for _, s in sentence.periods if s.exact]
    else:
        stages = [w.stage for w in found if w.stage and w.measure not in ("escalated", "escalation_requested")]
        procedures = [w.procedure for w in found if w.procedure]
        said = [s.period for _, s in sentence.periods if s.exact]
    return Evidence(
        tuple(dict.fromkeys(s for s in stages if s != "any")),
        tuple(dict.fromkeys(procedures)),
        tuple(dict.fromkeys(said)),
        frozenset(c for c in _CLASSES if c in sentence.classes),
        tuple(dict.fromkeys((w.measure, w.category) for w in found if w.measure)),
    )


@dataclass(frozen=True)
class Source:
    """A text around a number."""

    name: str
    text: str
    where: str

    @cached_property
    def evidence(self) -> Evidence:
        return evidence(self.text, self.where)


def speaking(sources: Sequence[Source], own: Iterable[str] = ()) -> str:
    """The nearest text that speaks of complaints or compliments: `own`, the name of a source, or `none`."""
    wanted = {"COMPLAINT", "PRAISE"}
    if wanted & set(own):
        return "own"
    return next((s.name for s in sources if s.evidence.classes & wanted), "none")
