"""Pieces of an address in the common model that the words around a number contribute."""

from __future__ import annotations

from dataclasses import dataclass, field

from normalise.codes import MAY_BE_FREE
from normalise.wordings import Wording

GENERIC = ("received", "closed")
"""Measures that a more specific one in the same words swallows: "complaints received that were upheld" is an outcome."""

WITHOUT_STAGE = {"compliments", "enquiries", "representations", "contacts", "comments", "context", "mediation"}
"""Measures that belong to no stage."""


@dataclass
class Pieces:
    """What the words around one number contribute."""

    specific: list[tuple[str, str]] = field(default_factory=list)
    """(measure, category) pairs other than received and closed, in order of appearance; category empty for a breakdown's name."""
    generic: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    procedures: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    tied_stage: dict[tuple[str, str], str] = field(default_factory=dict)
    """Stage that comes with a measure: "escalated to stage 2" is of stage 1."""

    def add(self, wording: Wording) -> None:
        w = wording
        if w.measure in GENERIC:
            self.generic.append(w.measure)
        elif w.measure:
            pair = (w.measure, w.category)
            if pair not in self.specific:
                self.specific.append(pair)
            if w.stage:
                self.tied_stage[pair] = w.stage
        if (w.stage and not (w.measure and w.measure not in GENERIC)) or w.stage == "ombudsman":
            self.stages.append(w.stage)
        if w.procedure:
            self.procedures.append(w.procedure)
        if w.unit:
            self.units.append(w.unit)
        if w.base:
            self.bases.append(w.base)


def pieces_of(wordings: tuple[Wording, ...]) -> Pieces:
    result = Pieces()
    for wording in wordings:
        result.add(wording)
    return result


def cross(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str] | None:
    """Two breakdowns of one number as one code of the model, or None where the model has none (a cross-tabulation)."""
    pair = {first[0]: first[1], second[0]: second[1]}
    if len(pair) != 2:
        return None
    if "outcome" in pair and pair["outcome"] in ("upheld", "upheld_or_partially"):
        for breakdown in ("theme", "service"):
            if breakdown in pair:
                return f"{breakdown}_upheld", pair[breakdown]
    for whole in MAY_BE_FREE:
        if whole in pair and "service" in pair:
            return whole, pair["service"]
    return None
