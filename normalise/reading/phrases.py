"""Words beside a number that may name what it counts: "12 about delay", "Email (14)", "Fostering – 3"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.statement import Statement
from normalise.reading.tagging import any_of


@dataclass(frozen=True)
class Phrase:
    """Words beside a number that may name what it counts, with how they are tied to it."""

    text: str
    tie: str


@cache
def _leading() -> re.Pattern[str]:
    """What stands between a number and the words that say what it is of: "complaints were made about"."""
    kinds, things = any_of("STATUTORY", "CORPORATE", "STAGE"), any_of("COMPLAINT", "PRAISE", "PARENT")
    done, tie = any_of("RECEIVE", "SHARE"), any_of("ABOUT", "WHO")
    return re.compile(
        rf"^\s*%?\s*\)?\s*(?:{done}\s*)?(?:{kinds}\s*(?:\d\s+)?)*(?:{things}\s*)?(?:of\s+(?:these|them|those|which|whom)\s*)?"
        rf"(?:(?:were|was|are|is|had|have|has|came|being|that|which|who|been)\s+)*(?:{done}\s+)*"
        rf"(?P<tie>(?:{tie})?(?:\s*\b(?:with|for|to|from|by|in|as|on)\b)?)\s*(?:the\s+|an?\s+)?",
        re.IGNORECASE,
    )


_END = re.compile(r"[.,;:()|]|\s[–—-]\s|\band\b(?=[^,;]{0,60}$)")


@cache
def _closing() -> re.Pattern[str]:
    """How words that say what a number is of end before it: "Email (", "Housing received "."""
    return re.compile(
        rf"\s*(?:(?P<open>[(\[])|(?P<dash>[–—-])|(?P<colon>:)|\b(?P<verb>with|at|by|was|were|had|has|got|{any_of('RECEIVE', 'TOTAL')}|account\w*\s+for)"
        r"(?:\s+(?:just|only|some))?)?\s*$",
        re.IGNORECASE,
    )


@cache
def _leading_up() -> re.Pattern[str]:
    """What a sentence says before the first of its labels: "Most stage 1 complaints were about communication (31)"."""
    return re.compile(rf"^.*?{any_of('COMPLAINT')}.*?{any_of('ABOUT')}\s+(?=\S)", re.IGNORECASE)


_OPENING = re.compile(r"^\s*(?:followed\s+by|and|or|then|while|with|plus|by)?\s*(?:the\s+|an?\s+)?", re.IGNORECASE)


def phrases(numbers: Sequence[Statement], s: Statement) -> list[Phrase]:
    """The words behind a number and those before it, up to the next of the sentence's numbers or a mark."""
    text = s.sentence
    others = sorted(numbers, key=lambda x: x.start)
    end = s.start + len(s.printed)
    after = next((x.start for x in others if x.start >= end), len(text))
    before = max((x.start + len(x.printed) for x in others if x.start < s.start), default=0)
    found = []
    rest = text[end:after]
    if (match := _leading().match(rest)) is not None:
        label = _label(_END.split(rest[match.end() :])[0])
        if label:
            found.append(Phrase(label, "after " + " ".join((match["tie"] or "").lower().split())))
    lead = text[before : s.start]
    if (match := _closing().search(lead)) is not None:
        tie = next((k for k in ("open", "dash", "colon", "verb") if match[k]), "bare")
        parts = list(re.split(r"[.,;:()|]|\s[–—-]\s", lead[: match.start()]))
        label = _label(_OPENING.sub("", _leading_up().sub("", parts[-1])))
        if label:
            found.append(Phrase(label, "before " + tie))
    return found


def _label(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,;:.()‘’'“”\"–-%")
    words = text.split()
    return text if words and len(words) <= 8 and re.search(r"[A-Za-z]{2}", text) else ""
