"""Words beside a number that may name what it counts: "12 about delay", "Email (14)", "Fostering – 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
        rf"\s*(?:(?P<open>[(\[])|(?P<dash>[–—-])|(?P<colon>:)|(?P<comma>,)"
        rf"|\b(?P<verb>with|at|by|was|were|had|has|got|saw|made|took|drew|brought|gave|attracted|made\s+up|stood\s+at|came\s+to|for"
        rf"|{any_of('RECEIVE', 'TOTAL')}|account\w*\s+for)(?:\s+(?:just|only|some))?)?\s*$",
        re.IGNORECASE,
    )


@cache
def _leading_up() -> re.Pattern[str]:
    """What a sentence says before the first of its labels: "Most stage 1 complaints were about communication (31)"."""
    return re.compile(rf"^.*?{any_of('COMPLAINT')}.*?{any_of('ABOUT')}\s+(?=\S)", re.IGNORECASE)


@cache
def _people() -> re.Pattern[str]:
    """A number of people, who are what it is of: "36 parents", "9 children and young people"."""
    return re.compile(rf"\s*%?\s*\)?\s*(?:of\s+(?:the\s+)?)?(?={any_of('PARENT', 'CHILDREN')})", re.IGNORECASE)


@cache
def _tie_anywhere() -> re.Pattern[str]:
    """What comes last before the label, where a sentence says more: "61 of them concerning the assessment teams"."""
    return re.compile(
        rf"\b(?:{any_of('ABOUT')}|concerning|against|from|for|by|to|in|with|on|at)\s+(?:the\s+|an?\s+|our\s+)?(?=\S)",
        re.IGNORECASE,
    )


_OPENING = re.compile(
    r"^\s*(?:followed\s+by|and|or|then|while|with|plus|by|for|in|but|next\s+came|of\s+these)?\s*(?:the\s+|an?\s+|our\s+)?",
    re.IGNORECASE,
)


@cache
def _finite() -> re.Pattern[str]:
    """The verb that parts a clause's subject from its number, and what follows."""
    return re.compile(
        r"\s+(?:also\s+|again\s+|alone\s+|itself\s+|which\s+|who\s+)?(?:\b(?:was|were|is|are|had|has|have|saw|sees|got|took|went|rose|fell|grew"
        r"|shows?|showed|makes?|made|accounts?|accounted|attracts?|attracted|continues?|remains?|remained|came|comes|leads?|led|tops?|topped"
        rf"|concerned|counted|drew|brought)\b|{any_of('RECEIVE')}).*$",
        re.IGNORECASE | re.DOTALL,
    )


_MARKS, _STOPS = re.compile(r"[.,;:()|]|\s[–—-]\s"), re.compile(r"[.;:()|]|\s[–—-]\s")
_MOST = re.compile(
    r"\s+(?:\w+\s+)?(?:by\s+far\s+)?(?:the\s+)?(?:most|highest|largest|greatest|biggest|fewest|lowest)\b.*$",
    re.IGNORECASE,
)
"""What a label is said to have, between it and its number: "Libraries received most of them (177)"."""
_SUBJECT = re.compile(
    r"^.*\b(?:were|was|are|is|remain\w*)\s+(?:(?:in|about|for|from|with|of|by|to)\s+)?(?:the\s+|an?\s+)?(?=\S)",
    re.IGNORECASE,
)
"""What a label is a case of, before it: "The highest numbers were in Housing (48)"."""
_OF_WHOLE = re.compile(r"\s*(?:out\s+)?of\s+(?:the|all|those|these|its|our)?\s*", re.IGNORECASE)
_OPENED, _CLOSED = re.compile(r"\s*[(\[]\s*"), re.compile(r"\s*%?\s*[)\]]")


def phrases(numbers: Sequence[Statement], s: Statement) -> list[Phrase]:
    """The words behind a number and those before it, up to the next of the sentence's numbers or a mark."""
    text = s.sentence
    others = sorted(numbers, key=lambda x: x.start)
    end = _behind(text, s, others)
    after = next((x.start for x in others if x.start >= end), len(text))
    before = max((x.start + len(x.printed) for x in others if x.start < s.start), default=0)
    found = [*_after(text[end:after]), *_before(text[before : s.start], listed=before > 0)]
    found += _quoted(text[before : s.start], text[end:after])
    if before == 0:
        found += _leading_label(text[: s.start])
    return list(dict.fromkeys(found))


_QUOTED = re.compile(r"[“\"‘']([A-Z][^“”\"‘]{2,60}?)[”\"’'](?!\w)")
_LEAD = re.compile(r"\s*(?:[•–—-]\s*)?(?P<label>[A-Z][^.;:–—]{2,70}?)\s*(?::|\s[–—-]\s)")


def _quoted(before: str, after: str) -> Iterator[Phrase]:
    """Labels in quotation marks, right before a number or behind it: "ahead of “Quality of service” at 24%"."""
    for side, found in (("before", _QUOTED.findall(before)[-1:]), ("after", _QUOTED.findall(after)[:1])):
        for text in found:
            if label := _label(text):
                yield Phrase(label, f"{side} quoted")


def _leading_label(lead: str) -> Iterator[Phrase]:
    """What a sentence opens with before a colon or dash and goes on to speak of: "Disability team – it was asked why …"."""
    match = _LEAD.match(lead)
    if match and match.end() < len(lead.rstrip()) and (label := _label(match["label"])):
        yield Phrase(label, "lead")


def _behind(text: str, s: Statement, others: Sequence[Statement]) -> int:
    """Where the words behind a number begin: past its share in brackets, "15 (27%) of …", and past its whole, "15 of the 56 …"."""
    end = s.start + len(s.printed)
    following = next((x for x in others if x.start >= end), None)
    if following is None:
        return end
    gap, past = text[end : following.start], following.start + len(following.printed)
    if _OF_WHOLE.fullmatch(gap):
        return past
    closed = _CLOSED.match(text, past) if _OPENED.fullmatch(gap) else None
    return closed.end() if closed else end


def _after(rest: str) -> Iterator[Phrase]:
    match = _leading().match(rest)
    label = _label(_END.split(rest[match.end() :])[0]) if match else ""
    if match and label:
        yield Phrase(label, "after " + " ".join((match["tie"] or "").lower().split()))
    if (people := _people().match(rest)) and (whole := _label(_END.split(rest[people.end() :])[0])) and whole != label:
        yield Phrase(whole, "after people")
    ties = list(_tie_anywhere().finditer(clause := _STOPS.split(rest)[0]))
    for name, tie in [*(("first", t) for t in ties[:1]), *(("last", t) for t in ties[1:][-1:])]:
        if (further := _label(_MARKS.split(clause[tie.end() :])[0])) and further != label:
            yield Phrase(further, f"after {name} tie")


def _before(lead: str, listed: bool) -> Iterator[Phrase]:
    """Phrases that end before a number. `listed`: another number stands before them, so that they may hold commas."""
    clause = _STOPS.split(lead)[-1]
    subject = _label(_finite().sub("", _OPENING.sub("", clause.strip(" ,")))) if _finite().search(clause) else ""
    if subject:
        yield Phrase(subject, "subject")
    match = _closing().search(lead)
    if match is None:
        return
    tie = next((k for k in ("open", "dash", "colon", "comma", "verb") if match[k]), "bare")
    words = lead[: match.start()]
    if glossed := _GLOSSED.search(words):
        start = _OPENING.sub("", _MARKS.split(glossed["label"])[-1])
        for text, name in ((start, "glossed"), (f"{start} {glossed['gloss']}", "with gloss")):
            if label := _label(text, 12):
                yield Phrase(label, f"before {tie} {name}")
    nearest = _leading_up().sub("", _MARKS.split(words)[-1])
    bare = _MOST.sub("", _SUBJECT.sub("", nearest)) or nearest
    label = _label(_OPENING.sub("", bare))
    if label:
        yield Phrase(label, f"before {tie}{' bared' if bare != nearest else ''}")
    ties = list(_tie_anywhere().finditer(nearest))
    if ties and (tail := _label(nearest[ties[-1].end() :])) and tail not in (label, subject):
        yield Phrase(tail, f"before {tie} tail")
    whole = _label(_OPENING.sub("", _STOPS.split(words.strip(" ,"))[-1])) if listed else ""
    if "," in whole and whole != label:
        yield Phrase(whole, f"before {tie} whole")


_GLOSSED = re.compile(r"(?P<label>[A-Z][^()]*)\s+(?P<gloss>\([^()\d]+\))\s*$")
"""A label with an explanation in brackets."""


def _label(text: str, longest: int = 8) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,;:.()‘’'“”\"–-%")
    text += ")" * (text.count("(") > text.count(")"))
    words = text.split()
    return text if words and len(words) <= longest and re.search(r"[A-Za-z]{2}", text) else ""
