"""Whom a figure is about, where it is not the report's own council."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.councils import REGIONS, find


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
