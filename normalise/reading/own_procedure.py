"""The procedure of a document's figures that name none, among those that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from normalise.observations import PROCEDURES as KNOWN
from normalise.reading.evidence import evidence
from normalise.reading.tagging import tag
from normalise.reading.weighing import Option
from normalise.wordings import hits

PROCEDURES = ("children_statutory", "corporate", "adult_statutory", "all")
assert set(PROCEDURES) == KNOWN


def _share(value: float) -> str:
    return "most" if value > 0.7 else "much" if value > 0.35 else "some" if value > 0.1 else "few" if value else "none"


def procedure_options(lines: Sequence[str], headings: Sequence[str], text: str, about: Sequence[str]) -> list[Option]:
    """Proposals for the procedure of what names none. `lines` are the document's title and first paragraphs, `headings` all
    of its headings, `about` names of what the document is like as a whole (`Outlook.features`, `Outlook.covers`)."""
    named = Counter(h.wording.procedure for h in hits(text[:60_000], "text") if h.wording.procedure)
    in_headings = Counter(p for x in headings for p in evidence(x, "heading").whom)
    opening = " ".join(lines[:6])[:1_500]
    in_opening = set(evidence(" ".join(lines[:2])[:400], "heading").whom)
    classes = set(tag(opening, ()).classes)
    whole = sum(named.values()) or 1
    kinds = [p for p in PROCEDURES[:3] if in_headings[p]]
    context = [
        *about,
        *(f"says {p}: {_share(named[p] / whole)}" for p in PROCEDURES),
        f"says {sum(bool(named[p]) for p in PROCEDURES[:3])} kinds",
        f"headings of {len(kinds)} kinds",
        *(f"heading of {p}" for p in kinds),
        *(f"opening {c}" for c in sorted(classes) if c.isupper()),
        f"opening of {len(in_opening)} kinds",
        f"pair {_share(named['children_statutory'] / whole)}/{_share(named['corporate'] / whole)}",
    ]
    options = []
    for value in PROCEDURES:
        features = [f"v={value}", *(f"{c}|{value}" for c in context)]
        features += ["in opening"] * (value in in_opening) + ["only in opening"] * (in_opening == {value})
        features += ["said most"] * (bool(named) and named.most_common(1)[0][0] == value)
        options.append(Option(value, features, source="document"))
    return options
