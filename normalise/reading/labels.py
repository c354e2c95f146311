"""Labels of rows and columns, read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property

from normalise import bands, periods
from normalise.day_limits import limits_in
from normalise.reading.pieces import Pieces, pieces_of
from normalise.reading.tagging import class_of
from normalise.reading.whose import council_in_label
from normalise.wordings import is_called, named_loosely, whole_label
from normalise.words import canonical


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

    @cached_property
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

    @cached_property
    def loose(self) -> dict[str, str]:
        """Member of each further breakdown that words of the label may name: "Friend or neighbour"."""
        return {m: c for m, c in named_loosely(self.text).items() if m not in self.candidates}

    def member(self, breakdown: str) -> tuple[str, str] | None:
        """What the label names, in a table broken down like that."""
        found = self.candidates
        if breakdown in found:
            return breakdown, found[breakdown]
        return next(iter(found.items())) if len(found) == 1 else None

    @cached_property
    def measures(self) -> list[str]:
        return [m for m, c in self.pieces.specific if not c] + self.pieces.generic

    @cached_property
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


_KIND_AND_STAGE = re.compile(r"\s*([A-Za-z]+)\s+([123])\s*")
_BROKEN = re.compile(r"(?<=[a-z])-\s?(?=[a-z])")


@cache
def label_of(text: str) -> Label:
    """A row label or column head, read; a word that a narrow column broke is put together where that makes sense of it."""
    label = _label(text)
    whole = _BROKEN.sub("", text)
    return _label(whole) if label.says_nothing and whole != text else label


def _only_limit(text: str) -> bands.Band | None:
    """The limit of "On time (10 working days)"."""
    found = limits_in(text)
    return found[0].band if len(found) == 1 else None


def _label(text: str) -> Label:
    text = re.sub(r"^\s*of which[:,]?\s+(?=\w)", "", text, flags=re.IGNORECASE)
    if (kind := _KIND_AND_STAGE.fullmatch(text)) and class_of(kind[1].lower()) in ("STATUTORY", "CORPORATE"):
        text = f"{kind[1]} stage {kind[2]}"
    plain = canonical(text)
    said = [s.period for s in periods.said(text) if s.period not in periods.PARTS]
    pieces = pieces_of(whole_label(text))
    band = bands.find(text, label=True) or _only_limit(text)
    bare = re.sub(r"\(.*?\)", "", text)
    outside = pieces_of(whole_label(bare)) if band and not bands.find(bare, label=True) else None
    if outside and outside.stages and not any(m == "response_time" for m, _ in outside.specific):
        band, pieces = None, outside  # "Informal (resolved in 3 days)" is a stage, explained
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
        total=is_called("total", re.sub(r"^\d+ ", "", plain)) and not pieces.specific,
        change=(is_called("change", plain) or "+ -" in text or "+/-" in text) and not pieces.specific,
    )
