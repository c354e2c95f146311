"""Whom a figure is about, where it is not the report's own council."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from corpus.councils import REGIONS, find
from normalise.reading.tagging import Sentence


@lru_cache(maxsize=20_000)
def council_in_label(label: str) -> str:
    """Whom a row of a comparison table is about: a council's short name, `England`, a region or a type, else empty."""
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


def groups_in(sentence: Sentence) -> list[tuple[int, str]]:
    """Where a sentence names groups of councils, by the character, and which: "similar authorities", "authorities like Thurrock"."""
    found: list[tuple[int, str]] = []
    for elsewhere, run in groupby(enumerate(sentence.classes), lambda x: x[1] == "ELSEWHERE"):
        at = [n for n, _ in run]
        words = sentence.tokens[at[0] : at[-1] + 1 + (sentence.tokens[at[-1]] == "like")]
        match = re.search(r"\W+".join(map(re.escape, words)), sentence.text, re.IGNORECASE) if elsewhere else None
        if match and len(at) > 1:
            found.append((match.start(), " ".join(words)))
    return found
