"""Words made comparable: one spelling for the names of the field, slugs for labels."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

_NUMERALS = {
    "one": "1",
    "i": "1",
    "first": "1",
    "two": "2",
    "ii": "2",
    "second": "2",
    "three": "3",
    "iii": "3",
    "third": "3",
}
_STAGE = re.compile(r"\b(?:stages?|st|s)\.? ?(1|2|3|one|two|three|iii|ii|i)\b")
_ORDINAL_STAGE = re.compile(r"\b(first|second|third) stage\b")
_STAGE_LIST = re.compile(r"\bstage (1|2) (and|or|to) (2|3)\b(?! stage)")


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Names that are written in several ways, with an article before and an abbreviation or an office behind, and what stands for each."""
    lines = (files("normalise") / "vocabulary" / "spellings.csv").read_text(encoding="utf-8").splitlines()
    names = {row["written"]: row["canonical"] for row in csv.DictReader(lines)}
    any_name = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:the )?(?P<name>{any_name})(?: office| service)?(?: (?:{any_name}))?\b"), names


@lru_cache(maxsize=20_000)
def canonical(text: str) -> str:
    """Lower case without punctuation, with one spelling for stages, the Ombudsman, percentages and "and".

    >>> canonical("% of Stage One complaints – referred to the LG&SCO")
    'percent of stage 1 complaints referred to ombudsman'
    """
    t = text.lower().replace("&", " and ").replace("%", " percent ")
    t = re.sub(r"[’'‘`´]", "", t)
    t = re.sub(r"(?<=\d),(?=\d{3})", "", t)
    t = re.sub(r"\bper cent\b", "percent", t)
    t = re.sub(r"([a-z]{4,})\d\b", r"\1", t)  # a footnote mark stuck to its word
    t = re.sub(r"[^a-z0-9+<>£.]+", " ", t)
    t = re.sub(r"\.(?!\d)", " ", t)
    t = " ".join(t.split())
    t = _STAGE.sub(lambda m: f"stage {_NUMERALS.get(m[1], m[1])}", t)
    t = _ORDINAL_STAGE.sub(lambda m: f"stage {_NUMERALS[m[1]]}", t)
    t = _STAGE_LIST.sub(r"stage \1 \2 stage \3", t)
    pattern, names = _spellings()
    return pattern.sub(lambda m: names[m["name"]], t)


@lru_cache(maxsize=20_000)
def slug(label: str) -> str:
    """The slug of a published label, as the common model writes it.

    >>> slug("Disabled Children’s Team"), slug("Lack/level of Support- 2"), slug("Service Failure & Refusal3")
    ('disabled_childrens_team', 'lack_level_of_support', 'service_failure_and_refusal')
    """
    t = label.lower().replace("&", " and ")
    t = re.sub(r"[’'‘`´]", "", t)
    t = re.sub(r"^(\d+)\s?[-–]\s?(\d+)$", r"\1 to \2", t)  # ages
    t = re.sub(r"(?<!\d)\s*[-–:]\s*\d+\s*$|\s*\(\s*\d+\s*%?\s*\)\s*$", "", t)  # a count after the name
    t = re.sub(r"^(?:were |was )?to (?=provide\b)|^(?:were |was ) ?to (?=[a-z])", "", t)
    t = re.sub(r"([a-z]{3,})\d{1,2}$", r"\1", t)  # a footnote mark
    t = re.sub(r"^(?:to\s+)?(?:the|a|an)\s+|^as\s+", "", t)
    return re.sub(r"[^a-z0-9]+", "_", t).strip("_")


FILLER = frozenset(
    [
        "number",
        "numbers",
        "no",
        "of",
        "the",
        "complaint",
        "complaints",
        "total",
        "percent",
        "percentage",
        "proportion",
        "share",
        "cases",
        "case",
        "and",
        "by",
        "for",
        "in",
        "a",
        "an",
        "at",
        "to",
        "received",
        "count",
        "stage",
        "1",
        "2",
        "3",
        "recorded",
        "made",
        "all",
        "who",
        "was",
        "were",
        "is",
        "are",
        "each",
        "type",
    ]
)
