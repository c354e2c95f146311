"""Running text: sentences, and within each the clause that belongs to each number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from extract.model import Passage
from extract.numerals import Mention, mentions
from extract.statement import Statement, quote_of

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|no|nos|st|mr|mrs|ms|dr|inc|approx|para|fig|vs|cf|dept|incl)|\b[A-Z])\.$", re.IGNORECASE
)
_END = re.compile(r"[.!?]['’”\")\]]*(?=\s+['‘“\"(\[]?[A-Z0-9£])|[.!?](?=[A-Z][a-z])")

_CHANGE_BEFORE = re.compile(
    r"(?<!made )\b(?:increas\w*|decreas\w*|reduc\w*|ris\w*|rose|f[ae]ll\w*|drop\w*|declin\w*|gr[eo]w\w*|growth|up|down|improve\w*|differen\w*|chang\w*|gain|halv\w*)"
    r"\s+(?:slightly\s+|significantly\s+|marginally\s+)?(?:by|of)\s+(?:an?\s+|around\s+|approximately\s+|over\s+|almost\s+|nearly\s+|some\s+|just\s+)*$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"^\s*(?:(?!took\b|taking\b|needed\b|waited\b|exceeded\b)\w+\s+){0,1}(?:percentage\s+points?\s+)?(?:increase|decrease|reduction|rise|fall|drop|decline|more|fewer|less|higher|lower|improvement|points?(?!\s+of\s+complaint)|up|down|quicker|slower|shorter|longer|faster)\b"
    r"(?!\s+than\s+one\b)(?!\s+(?:were|was|had|have|took)\b)",
    re.IGNORECASE,
)
_UP_BY = re.compile(r"\b(?:up|down|rose|risen|fell|fallen|increased|decreased|dropped|reduced)\s+$", re.IGNORECASE)
_INEXACT = re.compile(
    r"\b(?:almost|nearly|more\s+than|less\s+than|fewer\s+than|later\s+than|longer\s+than|over|under|up\s+to|at\s+least|in\s+excess\s+of|close\s+to|above|below)\s+(?:a\s+)?$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"(?:\bcompar\w+\s+(?:favourably\s+|unfavourably\s+)?(?:to|with|against)\b|\bin\s+comparison\s+(?:to|with)\b|\bagainst\s+(?=(?:a\s+|the\s+)?[\d(])|(?<!complaints\s)\bagainst(?=\s*$)|\bas\s+opposed\s+to\b|\bversus\b|\brather\s+than\b"
    r"|\b(?:up|down|increased?|decreased?|rise|reduction|reduced|risen|fallen|rose|fell|improve\w*)\s*,?\s*(?:on|from|over)\b|\bfrom\b(?=\s+(?:the\s+)?\S+$)|\bthan\b(?!\s+(?:the\s+)?\d+\s+(?:working|calendar|days))|\bpreviously\b)[^.;]*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?(?:just\s+|only\s+)?$", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:increas|decreas|ris(?:e|ing)|rose|f[ae]ll|up\b|down\b|drop|reduc|improv|compar|declin|chang)", re.IGNORECASE
)
_RATE = re.compile(r"[^.;:()]{0,70}?\bper\s+(?:100[, ]?000|10[, ]?000|1[, ]?000|head|thousand|capita)\b", re.IGNORECASE)
_LIMIT_BEFORE = re.compile(
    r"\b(?:within|inside|in\s+excess\s+of|over|exceed\w*|under|after|beyond|target\s+of|timescale\s+of|deadline\s+of|limit\s+of|up\s+to|than|initial|statutory|extended|maximum\s+of|of\s+the)\s+(?:the\s+|a\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"[;:]\s|,\s+(?:and|with|but|while|whilst|whereas|of\s+which|of\s+these|of\s+those|compared|which|although|an?|plus)\b|,\s|\s[–—-]\s"
    r"|\b(?:compared|while|whilst|whereas|but|although|versus)\b|\bup\s+from\b|\bdown\s+from\b|\bof\s+(?:which|these|those|whom)\b|\bwith\b|\band\b|\bplus\b|\bto\b(?=\s*$)|\(|\bfrom\b(?=\s*$)",
    re.IGNORECASE,
)
_NAMED_YEAR = r"(?:in\s+)?(?:(?:19|20)\d\d(?:\s?[/–-]\s?|\s+to\s+)(?:20)?\d\d|[0-3]\d/[0-3]\d|FY\s?(?:20)?\d\d(?:/\d\d)?|(?:the\s+)?(?:last|previous)\s+year)\s*[:,–-]?\s*$"
_BRACKET_YEAR = re.compile(r"[(\[]\s*" + _NAMED_YEAR, re.IGNORECASE)
"""What stands before the second figure of "17 working days on average (2020/21: 22 working days)"."""
_TARGET = re.compile(
    r"\b(?:targets?|standard|goal|kpi|benchmark|ambition|objective|aspiration)\s+(?:for\s+(?:\S+\s+){1,4}?|set\s+)?(?:of|is|was|will\s+be|remains|being|at)\s+(?:that\s+)?(?:at\s+least\s+)?$"
    r"|\b(?:target|goal|kpi|benchmark|objective)s?(?:\s+for\s+[^:.;]{1,30})?\s*:?\s+(?:at\s+least\s+)?$|\btargets?\b[^:.;]{0,30}:\s+(?:that\s+)?(?:at\s+least\s+)?$"
    r"|\b(?:hope|plan|intend|expect|commit(?:ted)?)s?\s+to\b[^.;]*$|\btarget\s+(?:\w+\s+){1,5}is\s+$|\btarget\s+of\s+\w+ing\s+(?:to\s+)?$|\b(?:indicator|plan|policy|standard|target)\s+(?:requires|asks\s+for|sets|expects)\s+(?:that\s+)?$"
    r"|\b(?:objective|target|aim)\s+(?:is\s+)?to\s+\w+\s+$"
    r"|\b(?:aims?|aiming|strives?|hopes?|looks?)\s+for\s+(?:at\s+least\s+)?$"
    r"|\b(?:target|aim|goal|ambition)\s+is\s+(?:to\s+\w+\s+(?:to\s+)?|that\s+|for\s+)(?:at\s+least\s+)?$"
    r"|\b(?:we|council|trust|team|service)\s+(?:try|tries|aims?|seeks?|intends?|hopes?)\s+to\s+\w+\s+(?:to\s+)?(?:at\s+least\s+)?$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|did|received|made|took|went|came)\b", re.IGNORECASE)
_PERIOD_OPENS = re.compile(r"[(\[;]\s*" + _NAMED_YEAR, re.IGNORECASE)
LONGEST = 1200
"""Characters of a sentence; what runs on without an end is a list of names or worse, and is cut."""
_PAIR = re.compile(
    r"^\s*(?:[\w’'/-]+\s+){0,7}?\(\s*(?:or|i\.e\.|representing|approximately|approx\.?|which is)?\s*$|^\s*(?:[\w’'-]+\s+){0,3},?\s*(?:or|i\.e\.,?|equating\s+to|representing|which\s+(?:is|represents|equates\s+to))\s+(?:approximately\s+|around\s+)?$|^\s*[/–-]\s*$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"^\s*(?:[\w’'-]+\s+){0,1}?(?:out\s+of|of|/)\s*(?:(?:the|a|all|those|these|our)\s+)*(?:total\s+of\s+)?$|^\s*/\s*$",
    re.IGNORECASE,
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a paragraph."""
    found = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[: match.start() + 1]) and not re.search(r"[a-z]{4}\.$", text[: match.start() + 1]):
            continue
        found.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        found.append((start, len(text)))
    return [(a, min(a + LONGEST, end)) for start, end in found for a in range(start, end, LONGEST)]


@dataclass
class _Fact:
    """A number with the ones that say the same in another unit."""

    main: Mention
    partner: Mention | None = None
    whole: bool = False
    comparison: bool = False
    start: int = 0
    end: int = 0
    members: list[Mention] = field(default_factory=list)


def statements_of(
    body: Passage,
    group: str,
    headings: tuple[str, ...],
    caption: str,
    context: list[str],
    in_list: bool,
    rows: tuple[str, ...] = (),
) -> list[Statement]:
    """Every number of a paragraph as a statement. `rows` are labels, where the text stands in a cell."""
    text = body.text
    quoted = bool(re.match(r"^['‘“\"]", text)) and len(text) > 60
    result: list[Statement] = []
    earlier = list(context)
    for number, (start, end) in enumerate(split_sentences(text)):
        sentence = text[start:end]
        found = _in_sentence(
            sentence, body, start, f"{group}.{number}", headings, caption, tuple(earlier[-4:]), in_list, rows, quoted
        )
        result += found
        earlier.append(sentence)
    return result


def _in_sentence(
    sentence: str,
    body: Passage,
    offset: int,
    group: str,
    headings: tuple[str, ...],
    caption: str,
    context: tuple[str, ...],
    in_list: bool,
    rows: tuple[str, ...],
    quoted: bool,
) -> list[Statement]:
    every = mentions(sentence)
    ignored = {id(m): _why_ignored(sentence, m, every) for m in every}
    for a, b in pairwise([m for m in every if m.statistic and ignored[id(m)] != "timescale"]):
        if ignored[id(a)] == "target" and not ignored[id(b)] and _BRACKET_YEAR.search(sentence[a.end : b.start]):
            ignored[id(b)] = "target"  # "The target is 80% (2017/18: 85%)"
    facts = _facts(sentence, [m for m in every if not ignored[id(m)]])
    _cut(sentence, facts)
    place = {id(m): n for n, m in enumerate(every)}
    result = []
    for m in every:
        fact = next((f for f in facts if any(m is x for x in f.members)), None)
        clause, at, comparison, partner, whole = sentence, m.start, False, None, False
        before: tuple[str, ...] = ()
        if fact is not None:
            clause, at = sentence[fact.start : fact.end], m.start - fact.start
            before = tuple(sentence[f.start : f.end] for f in facts if f.end <= fact.start and not f.whole)[-20:]
            other = next((x for x in fact.members if x is not m), None)
            comparison, whole = fact.comparison, fact.whole
            partner = place[id(other)] if other is not None else None
        result.append(
            Statement(
                printed=m.printed,
                value=m.value,
                kind=m.kind,
                method="list" if in_list else "table" if rows else "sentence",
                page=body.page(offset + m.start),
                box=body.box(offset + m.start, offset + m.end),
                quote=quote_of(*rows, _around(sentence, m)),
                group=group,
                low=m.low,
                high=m.high,
                headings=headings,
                caption=caption,
                rows=rows,
                place=(0, place[id(m)]),
                clause=clause,
                at=at,
                sentence=sentence,
                start=m.start,
                before=before,
                context=context,
                comparison=comparison,
                partner=partner,
                whole=whole,
                ignored="quotation" if quoted and m.statistic else ignored[id(m)],
            )
        )
    return result


def _around(sentence: str, m: Mention) -> str:
    """The sentence, cut around the number where it is long."""
    text = " ".join(sentence.split())
    if len(text) <= 200:
        return text
    start = max(0, m.start - 100)
    return ("…" if start else "") + sentence[start : m.end + 100].strip() + ("…" if m.end + 100 < len(sentence) else "")


def _why_ignored(sentence: str, m: Mention, every: list[Mention]) -> str:
    if not m.statistic:
        return m.kind
    before, after = sentence[: m.start], sentence[m.end :]
    if m.kind == "money" and re.search(r"\b(?:average|mean)\s+(?:cost\s+)?(?:of\s+)?$", before, re.IGNORECASE):
        return "rate"
    if m.kind == "money" and re.match(r"\s*(?:an?|per)\s+(?:hour|day)\b", after, re.IGNORECASE):
        return "rate"
    if m.kind == "money" and re.search(
        r"\bbudget\w*\s+(?:\w+\s+){0,2}?(?:of|was|is|stood\s+at)\s+$", before, re.IGNORECASE
    ):
        return "target"  # a budget is no expenditure
    if m.kind in ("number", "percent") and (rate := _RATE.match(after)) and "referral" not in rate.group().lower():
        return "rate"
    if _TARGET.search(before) or (
        m.kind == "percent" and re.match(r"\s+(?:target|goal|benchmark|standard)\b", after, re.IGNORECASE)
    ):
        return "target"
    if m.kind in ("working_days", "days"):
        if re.match(
            r"\s+(?:target|limit|deadline|standard|maximum|timescale|allowed|permitted|set)\b", after, re.IGNORECASE
        ):
            return "timescale"
        if re.search(r"\b(?:shortest|longest|quickest|slowest|fastest)\s+(?:\w+\s+){0,3}$", before, re.IGNORECASE):
            return "range"
        if re.match(r"\s+(?:quicker|slower|shorter|longer|faster|more|less|fewer|better)\b", after, re.IGNORECASE):
            return "change"
        if re.match(r"\s*in\s+[^,]{4,30},?\s+(?:it|this|they|the\s+figure)\s+(?:was|took)\s+$", before, re.IGNORECASE):
            return ""  # what "it" is, the sentence before says
        if re.search(r"\bmedian\b(?!.*\b(?:average|mean)\b)[^.;]*$", before, re.IGNORECASE):
            return "median"
        averaged = re.search(r"\b(?:average|mean|turnaround)\b", before, re.IGNORECASE)
        if averaged and _BRACKET_YEAR.search(before):
            return ""
        plainly = (
            averaged
            and re.search(r"\b(?:was|were|is)\s+(?:just\s+|about\s+|around\s+)?$", before[averaged.end() :])
            and not re.search(
                r"\b(?:target|timescale|limit|deadline|within)\b", before[averaged.end() :], re.IGNORECASE
            )
        )
        if (
            plainly
            or (averaged and not _LIMIT_BEFORE.search(before))
            or re.match(r"\s*(?:on\s+average|average)\b", after, re.IGNORECASE)
        ):
            return ""
        return "timescale"
    if _CHANGE_BEFORE.search(before) or _CHANGE_AFTER.match(after) or (m.kind == "percent" and _UP_BY.search(before)):
        return "change"
    if (
        m.kind == "percent"
        and re.match(r"\s*(?:since|on)\s+(?:the\s+)?(?:previous|last)\b", after, re.IGNORECASE)
        and re.search(r"\bup\b|\bdown\b", before[-12:], re.I)
    ):
        return "change"
    if _INEXACT.search(before):
        return "inexact"
    if m.kind == "number" and re.search(r"\b(?:rang(?:ed|ing|es?)|varied|varying)\b[^.;,]*$", before, re.IGNORECASE):
        return "range"
    if (
        m.kind == "percent"
        and re.search(r"\d\s+(?:[\w’'-]+\s+){0,3}\(\s*$", before)
        and re.match(r"\s+(?!(?:of|in|for|last|the)\s)\w+[^)]*\)", after)
    ):
        return "share_of_part"
    if m.kind == "number":
        if re.fullmatch(r"\d{1,2}\.\d{1,2}", m.printed) and (
            re.search(r"\b(?:at|see|in|and|to)\s*$", before, re.IGNORECASE) or not (before + after).strip()
        ):
            return "reference"  # the number of a paragraph
        if (
            m.start == 0
            and m.printed.isdigit()
            and re.match(
                r"\s+(?!Stage|Statutory|Corporate|Children|Complaint|Formal|MP|Ombudsman|LGSCO|LGO|New)[A-Z][a-z]+\s",
                after,
            )
        ):
            return "reference"  # the mark of a footnote
        if re.search(r"\b(?:turned|aged?|the\s+age\s+of|top|main)\s+$", before, re.IGNORECASE) or re.match(
            r"\s*(?:previous|prior)\s+years?\b", after, re.IGNORECASE
        ):
            return "no_count"
        if m.printed.lower() == "single" and re.search(r"\b(?:a|any|every|each|the|no)\s+$", before, re.IGNORECASE):
            return "no_count"
        if (
            re.match(r"\s*(?:out\s+of|in)\s+(?:10|ten|every)\b", after)
            or (re.search(r"\b(?:\d+|\w+)\s+(?:out\s+of|in)\s+(?:every\s+)?$", before) and m.value in (10, 100))
            or re.search(r"\b\w+\s+in\s+every\s+$", before)
            or (
                (m.value or 9) < 5
                and re.match(r"\s+in\s+(?:[345]|three|four|five)\b(?!\s+(?:\w+\s+)?days|[\d/,.]\d)", after)
            )
            or (m.value in (3, 4, 5) and re.search(r"\b(?:[1-4]|one|two|three|four)\s+in\s+$", before, re.IGNORECASE))
        ):
            return "rounded_share"
        if (
            re.search(r"\b(?:within|inside|between|over|than|by\s+day)\s+$", before)
            and re.match(r"\s*(?:[.,;()]|and\b|but\b|$)", after)
            and re.search(r"\bworking\s+days?\b", sentence, re.IGNORECASE)
        ) or _left_out_days(sentence, m):
            return "timescale"  # "78% within 20"
        if (
            re.search(r"\bdays?\b[^.;]*\bwithin\s+$", before)
            and re.match(r"\s+(?:where|when|if|for|in\s+complex)\b", after)
            and m.value in _LIMITS
        ):
            return "timescale"  # "within 10 working days, and within 20 where it is complex"
        if re.match(r"\s+(?:\w+\s+)?in\s+every\s+(?:ten|10)\b", after):
            return "rounded_share"
        if (
            re.search(r"\b(?:between|from)\s+(?:\d+|[a-z]+)\s+(?:and|to)\s+$", before)
            and re.match(r"\s*(?:[.,;()]|and\b|$)", after)
            and re.search(r"\bdays?\b", sentence, re.IGNORECASE)
            and re.search(r"\bbetween\b", before[-30:])
        ):
            return "timescale"  # "22% between 11 and 20"
        if re.search(r"\b(?:panel|committee|pool|team|group)\s+of\s+$", before, re.IGNORECASE):
            return "no_count"
        if re.match(r"\s+(?:most|main|commonest|top|key)\s+\w+", after, re.IGNORECASE):
            return "no_count"
        if re.search(r"\bper\s+$", before):
            return "rate_base"
        if (
            m.printed.lower() == "one"
            and not re.search(r"\bof\s+(?:which|whom)\s+$", before, re.IGNORECASE)
            and (
                re.match(
                    r"\s+(?:complaint\s+(?:may|can|might|could)|of\s+the\s+(?:main|key|most|top|aims|reasons|objectives)|another|or\s+more|area|way|off|side|month|year|week|working)\b",
                    after,
                    re.IGNORECASE,
                )
                or (
                    re.search(r"\b(?:had|has|have|got|received|given|sent|issued)\s+$", before)
                    and re.match(r"\s+(?:by|within|inside|after|before|until)\b", after)
                )  # "another 34 had one by day 20": a reply
                or re.search(
                    r"\b(?:no|any|every|each|day|at|the|this|that|more\s+than|only\s+the|which|previous|last|another|stage)\s+$",
                    before,
                    re.IGNORECASE,
                )
            )
        ):
            return "no_count"
        if re.match(
            r"\s+(?:stage|level|tier|step|phase|strand|members?\s+of\s+staff|people\s+who\s+are)s?\b",
            after,
            re.IGNORECASE,
        ) and not re.match(r"\s+stage\s+(?:\d|one|two|three)", after, re.IGNORECASE):
            return "procedure"
        if re.match(
            r"\s*(?:consecutive|successive|times|hours?|of\s+the\s+(?:Children|Care)\s+Act)\b", after, re.IGNORECASE
        ):
            return "no_count"
        if re.search(
            r"\b(?:last|past|previous|next|first|over\s+the|these|all)\s+(?:the\s+)?$", before, re.IGNORECASE
        ) and re.match(r"\s*(?:year|quarter|month|stage|week)", after, re.IGNORECASE):
            return "span_of_time"
    return ""


_LIMITS = (5, 10, 11, 15, 20, 21, 25, 26, 28, 30, 50, 60, 65)


def _left_out_days(sentence: str, m: Mention) -> bool:
    """True for a limit whose days an earlier or later number of the sentence names: "26 in ten days, 11 in eleven to twenty"."""
    before, after = sentence[: m.start], sentence[m.end :]
    if re.search(r"\bdays?\b[^.;]*(?:\band|,)\s+$", before) and re.match(r"\s+(?:at|for|in)\s+stage\b", after):
        return m.value in _LIMITS  # "20 working days at stage 1 and 65 at stage 2"
    ends = r"\s*(?:[.,;()]|and\b|but\b|$)"
    return (
        m.value in _LIMITS
        and re.search(r"\bdays?\b|\b(?:answered|replied|responded)\b", sentence, re.IGNORECASE) is not None
        and (
            (re.search(r"\bdays?\b.*\ba\s+further\s+$", before) and re.match(ends, after))
            or (re.search(r"\bin\s+$", before) and re.match(ends + r"|\s+(?:to|and)\s+\w+" + ends, after))
            or (re.search(r"\bin\s+(?:\d+|[a-z]+)\s+to\s+$", before) and re.match(ends, after))
        )
        is not None
    )


def _facts(sentence: str, numbers: list[Mention]) -> list[_Fact]:
    facts: list[_Fact] = []
    i = 0
    while i < len(numbers):
        m = numbers[i]
        fact = _Fact(m, members=[m])
        after = numbers[i + 1] if i + 1 < len(numbers) else None
        if (
            after is not None
            and m.kind in ("number", "percent")
            and after.kind == "number"
            and _OF.match(sentence[m.end : after.start])
        ):
            whole = _Fact(after, whole=True, members=[after])
            facts += [fact, whole]
            third = numbers[i + 2] if i + 2 < len(numbers) else None
            i += 2
            if third is not None and third.kind == "percent" and _PAIR.match(sentence[after.end : third.start]):
                fact.partner = third
                fact.members.append(third)
                i += 1
            continue
        if after is not None and _says_the_same(sentence, m, after):
            fact.partner = after
            fact.members.append(after)
            i += 1
        facts.append(fact)
        i += 1
    return facts


def _says_the_same(sentence: str, m: Mention, after: Mention) -> bool:
    """True for "35 (29%)" and "29%, or 35 complaints"; not for "5 (100% within the timescale)", a share of the five."""
    if {m.kind, after.kind} != {"number", "percent"}:
        return False
    if (
        re.search(r"\(\s*$", sentence[: m.start])
        and re.fullmatch(r"(?:\s+[a-z]+)?[,;]\s*", sentence[m.end : after.start])
        and re.match(r"\s*\)", sentence[after.end :])
    ):
        return True  # "by letter (11, 23%)"
    if not _PAIR.match(sentence[m.end : after.start]):
        return False
    opened = sentence[m.end : after.start].rstrip().endswith("(")
    return (
        not opened
        or re.match(r"\s*(?:of\s[^)]{0,60}|complaints?|cases?|responses|in\s+total)?\s*\)", sentence[after.end :])
        is not None
    )


def _labels_first(sentence: str, spans: list[tuple[int, int]]) -> bool:
    """True for a list without separators that ends in a figure: "Fully upheld 21 (15%) Partly upheld 31 (22%)"."""
    if (
        len(spans) < 2
        or re.search(r"[A-Za-z]", sentence[spans[-1][1] :])
        or not re.search(r"[A-Za-z]", sentence[: spans[0][0]])
    ):
        return False
    between = [sentence[a:b] for (_, a), (b, _) in pairwise(spans)]
    return not any(_SEPARATOR.search(re.sub(r"^\s*\)", "", t)) or _VERB.search(t) for t in between) and any(
        re.search(r"[A-Z]", t) for t in between
    )


def _cut(sentence: str, facts: list[_Fact]) -> None:
    """Give every fact its clause, and see which are what another is compared with."""
    spans = [(min(m.start for m in f.members), max(m.end for m in f.members)) for f in facts]
    labels_first = _labels_first(sentence, spans)
    for n, fact in enumerate(facts):
        if fact.whole and n:
            spans[n] = (spans[n][0], max(spans[n][1], spans[n - 1][1]))
    edges = [0]
    for (_, end), (start, _), fact in zip(spans, spans[1:], facts[1:], strict=False):
        edges.append(end if fact.whole or labels_first else _boundary(sentence, end, start))
    edges.append(len(sentence))
    for n, fact in enumerate(facts):
        fact.start, fact.end = edges[n], edges[n + 1]
        if fact.whole and n:
            # "7 of the 34 complaints were upheld": both read the same words.
            facts[n - 1].end = fact.end
            fact.start = facts[n - 1].start
        elif (
            n
            and re.fullmatch(r"\s*\(\s*", sentence[spans[n - 1][1] : spans[n][0]])
            and sentence[spans[n][1] :][:1] == ")"
        ):
            facts[n - 1].end = fact.end  # "58 (49) compliments": what stands behind the brackets belongs to both
    for n, fact in enumerate(facts):
        head = sentence[fact.start : spans[n][0]]
        between = sentence[spans[n - 1][1] : spans[n][0]] if n else head
        to = (
            re.search(r"\bto\s+(?:just\s+|only\s+)?$", sentence[spans[n][1] : spans[n + 1][0]])
            if n + 1 < len(facts)
            else None
        )
        if re.search(r"\bfrom\s+(?:just\s+|only\s+)?$", head) and to:
            fact.comparison = True  # "from 47 to 50": the older comes first
        elif n and re.search(r"\bto\s+(?:just\s+|only\s+)?$", between) and facts[n - 1].comparison:
            fact.comparison = False
        elif _COMPARES.search(between if n else head) or (
            n and _FROM.search(between) and _CHANGES.search(sentence[: spans[n][0]])
        ):
            fact.comparison = True
        elif (
            n
            and facts[n - 1].comparison
            and not re.search(r"[;:]|\bwhile\b|\bwhilst\b|\bwith\b|\bwhich\s+(?:is|are|has|have)\b|\bto\s*$", between)
            and not (
                # "down from 13, and 11 were completed" begins anew; "of which 1 was upheld" does not.
                re.search(r",\s*and\b", between)
                and re.match(r"\s+(?:were|was|had|have|has|went|took)\b", sentence[spans[n][1] :])
            )
        ):
            fact.comparison = True  # "compared to 66 received and 5 upheld"


def _boundary(sentence: str, end: int, start: int) -> int:
    """Where the words of one number end and those of the next begin."""
    between = sentence[end:start]
    if own_period := _PERIOD_OPENS.search(between):
        return end + own_period.start()  # "(2011/12: 66%": the year is the second number's
    separators = list(_SEPARATOR.finditer(between))
    if not separators:
        return start
    lead = re.match(r"\s*(?:(?:[\w%]+\s+){0,2}[\w%]*\s*[)\]])?\s*", between)
    opens = lead.end() if lead else 0
    if separators[0].start() <= opens:
        # The number stands at the end of its words: "Parents (12), carers (3)".
        return end + separators[0].start()
    cut = separators[-1]
    for earlier in reversed(separators[:-1]):
        # ", with" and "(compared with": the first of separators that touch.
        if between[earlier.end() : cut.start()].strip():
            break
        cut = earlier
    return end + cut.start()
