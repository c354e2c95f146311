"""What the numbers of sentences and lists mean."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.numerals import MONTH
from extract.statement import Statement
from normalise import bands, discourse, enumerations, periods
from normalise.address import GENERIC, WITHOUT_STAGE, Address, Pieces, only, pieces_of
from normalise.discourse import Found, Read
from normalise.elsewhere import ADULTS, CHILDREN, ELSEWHERE, NATIONAL, WHOLE_COUNCIL
from normalise.observations import CATEGORIES, FREE
from normalise.reading.whose import council_in_label
from normalise.tables import Context, label_of
from normalise.wordings import Hit, hits, whole_label
from normalise.words import canonical, slug

_NOUNS = re.compile(
    r"^(?:complain|compliment|case|repl(?:y|ies)\b|request|investigat|panel|review|referral|enquir|representation|response|matter|issue|aspect|concern|contact"
    r"|comment|assessment|mediation|meeting|decision|stage|approach|letter|email|query|queries|outcome|finding|new|formal|statutory|corporate"
    r"|ombudsman|lgsco|element|instance|occasion|remed)"
)
_PEOPLE_NOUNS = re.compile(r"^(?:child|young|people|person|parent|carer|care|famil|grandparent|advocate|relative|plan)")
_STOP = re.compile(
    r"^(?:were|was|are|is|have|has|had|being|been|be|which|that|who|where|at|in|to|from|of|for|within|with|by|during|between|received|upheld|not|did|"
    r"responded|closed|resolved|completed|made|compared|out|per|and|or|about|regarding|concerning|concerned|related|relating|over|under|via|on|,|;|\.|\)|\(|came|went|progressed|proceeded|escalated|partially|partly|withdrawn|identified|recorded|last|this|each|as|remained|remain|exceeded|met|fell|took|answered|replied|sent|issued|got|waited|cost|fully|part)\b"
)
_ANAPHORA = re.compile(
    r"^(?:this|that|these|those|performance|the (?:equivalent\s+|corresponding\s+|comparable\s+)?(?:figure|same)|it\b|compared|of (?:these|those|which|them)|which|both|in comparison)",
    re.IGNORECASE,
)
_THAT_YEAR = re.compile(
    r"^(?:in\s+)?(?:last\s+year|the\s+(?:previous|last|preceding)\s+year|the\s+year\s+before|(?:19|20)\d\d\s?(?:[/–-]|to)\s?(?:20)?\d\d),?\s+(?:there\s+(?:were|was|had\s+been)|it\s+(?:was|took)|they\s+(?:were|took)|the\s+\w+(?:\s+at\s+stage\s+\w+)?\s+(?:was|were))\s+[\w,.%£-]+(?:\s+(?:working\s+)?days)?\s*\.?$",
    re.IGNORECASE,
)
"""A sentence that gives no more than another year's figure: "In 2022-23 there were 115."."""
_DUTY = re.compile(
    r"\b(?:(?:are|is)\s+(?:now\s+)?due|should|must|may be|can be|could|will be|would|aims? to|are required|is required|has to|have to|entitled|need to be|to be (?:held|sent|completed|responded))\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^\s*(?:\w+\s+){0,2}(?:members? of staff|staff|officers?|people who|panell?ists|teams|workers|managers|advisors|volunteers|posts|sessions|training|forms|schools|homes|weeks|months)\b",
    re.IGNORECASE,
)
_THEME = re.compile(
    r"(?:about|regarding|concerning|concerned|(?:in\s+)?relat(?:ed|ing|es|ion)\s+to|relate\s+to|due\s+to|with\s+regards?\s+to|unhappy\s+with|complained\s+of|under\s+the\s+category\s+of)\s+(?:the\s+|an?\s+)?(?P<theme>[^.;,()]+)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|received|recorded|made|increased|decreased|remained|compared)\b", re.IGNORECASE
)
_NO_THEME = re.compile(
    r"children'?s?’?s? (?:social|services)|social care|stage \d|the council|council's|the year|\bcomplaints?\b|ombudsman|\bteam\b|\bservice areas?\b|education",
    re.IGNORECASE,
)
_OF_BASE = re.compile(
    r"^\s*(?:%|per\s?cent|percent)?\s*\)?\s*of\s+(?:all\s+|the\s+|these\s+|those\s+|our\s+|total\s+|overall\s+)*(?:\d[\d,]*\s+)?(?:stage\s+\w+\s+|statutory\s+|corporate\s+|children'?s\s+|children’s\s+|formal\s+|social\s+care\s+|upheld\s+)*"
    r"(?:complaints?|cases|those|them|these|responses)(?:\s+(?:that\s+(?:were|was|had\s+been)\s+|we\s+(?:have\s+)?)?(?P<base>received|made|recorded|logged|responded\s+to|closed|completed|resolved|investigated|decided)\b"
    r"(?=\s+(?:were|was|had|have|are|is|did|related|concerned|in\s+(?:the|20)|during|this)\b|\s*[,.;)]|\s*$))?,?",
    re.IGNORECASE,
)
_OF_THE = re.compile(
    r"^\s*of\s+(?:the|these|those)\s+(?:\d+\s+)?(?:upheld\s+)(?:complaints|cases)|^\s*of\s+(?:the|these|those)\s+(?:complaints|cases)\s+upheld",
    re.IGNORECASE,
)
_BASE_OF = {
    "received": "received",
    "made": "received",
    "recorded": "received",
    "logged": "received",
    "upheld": "upheld",
    "decided": "decided",
}


_POINTS = re.compile(
    r"\b\d+\s+(?:individual\s+|separate\s+)?(?:points?|elements|allegations|heads|strands)\b(?!\s+of\s+learning)(?=.*\bupheld|.*\bfindings?\b)|\bevery\s+element\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(?:^|\d\s?%?)\s*\(\s*$")


def read_sentence(group: list[Statement], earlier: Read, context: Context, history: Read | None = None) -> list[Found]:
    """Addresses for the numbers of one sentence.

    `earlier` are the numbers read before in the same paragraph or list, `history` all that were read before.
    """
    group = [_with_days(s) for s in group]
    found: list[Found] = []
    if _is_lost_table(group):
        problem = "a table that lost its lines"
        return [Found(Address(problem=s.ignored or problem)) for s in group]
    listed = enumerations.members(group, _named_by_caption(group[0])) if group[0].clause else {}
    for n, statement in enumerate(group):
        if statement.ignored:
            found.append(Found(Address(problem=statement.ignored)))
            continue
        partner = next(
            (found[k] for k in range(n) if group[k].place[1] == statement.partner and not group[k].whole), None
        )
        if partner is not None and not partner.address.problem:
            found.append(_as_partner(statement, partner, context))
            continue
        previous = [(group[k], found[k]) for k in range(n) if not group[k].ignored]
        found.append(_one(statement, previous, earlier, context, listed.get(statement.place[1]), history or []))
    found = discourse.respectively(group, found, history or [], context)
    found = discourse.populations(group, found, earlier, history or [])
    return _bands_of_sentence(group, found)


_LEFT_OUT = re.compile(
    r"\b(?:in|within|inside|over|than|between|by)\s+(?:the\s+)?(?:(?:\d+|[a-z]+)\s+(?:to|and)\s+)?(?:\d+|ten|fifteen|twenty|twenty[\s-]five|thirty|sixty[\s-]five)[\s.,;)]*$",
    re.IGNORECASE,
)


_DAYS_NAMED = re.compile(r"\b(?:working\s+)?days\b", re.IGNORECASE)


def _with_days(statement: Statement) -> Statement:
    """A clause that leaves out the days which the sentence has named: "61% in ten working days and 78% in twenty"."""
    if not _LEFT_OUT.search(statement.clause):
        return statement
    days = next(
        (m for text in (statement.sentence, *reversed(statement.context[-2:])) if (m := _DAYS_NAMED.search(text))), None
    )
    return replace(statement, clause=statement.clause.rstrip(" .,;)") + " " + days.group()) if days else statement


def _is_lost_table(group: list[Statement]) -> bool:
    """True for many figures with hardly a comma between them: the rows of a table run together, and none can be trusted."""
    usable = [s for s in group if not s.ignored and not s.whole]
    clauses = list(dict.fromkeys(s.clause for s in usable))
    text = " ".join(clauses)
    pairs = sum(s.partner is not None for s in usable) // 2
    labelled = all(re.search(r"[A-Za-z]{3}", s.clause[: s.at]) for s in usable if s.partner is None)
    return len(usable) - pairs >= 6 and not labelled and len(re.findall(r"[,;:]|\band\b", text)) < len(usable) / 3


def _as_partner(statement: Statement, partner: Found, context: Context) -> Found:
    """The number that says the same in another unit."""
    address = replace(partner.address, unit="", base="")
    return Found(_unit(statement, address, pieces_of(())), partner.inherited)


def _one(
    statement: Statement,
    previous: list[tuple[Statement, Found]],
    earlier: list[tuple[Statement, Found]],
    context: Context,
    listed: enumerations.Member | None,
    history: Read,
) -> Found:
    clause, at = statement.clause, statement.at
    after = clause[at + len(statement.printed) :]
    if _PEOPLE.match(after) and not re.search(r"complain", after[:60], re.IGNORECASE):
        return Found(Address(problem="no complaints: " + " ".join(after.split()[:3])))
    base, remaining = "", clause
    if statement.kind == "percent" and (match := _OF_BASE.match(after)) and match.group().strip():
        verb = (match["base"] or "").lower().split(" ")[0]
        if re.search(r"\bupheld\s+(?:complaints|cases)", match.group(), re.IGNORECASE):
            base = "upheld"
        elif verb:
            base = _BASE_OF.get(verb, "closed")
        rest = after[match.end() :]
        if rest.strip(" .,;)") or previous or statement.before or _ANAPHORA.match(clause.lstrip()):
            remaining = clause[:at] + statement.printed + " " + rest
    if statement.kind == "number" and not statement.whole and (match := _OF_THE.match(after)):
        # "Three of the upheld complaints were about delay" says nothing about how many were upheld.
        remaining = clause[:at] + statement.printed + " " + after[match.end() :]
    if context.scope == "children" and any(
        WHOLE_COUNCIL.search(text) for text in (clause, *(() if CHILDREN.search(clause) else statement.before[-1:]))
    ):
        return Found(Address(problem="about the whole council"))
    if (elsewhere := ELSEWHERE.search(clause)) and not NATIONAL.search(elsewhere.group()):
        return Found(Address(problem="about other councils"))
    if _of_another_council(clause[: statement.at], context.council):
        return Found(Address(problem="about other councils"))
    if problem := _no_figure(statement, clause, after):
        return Found(Address(problem=problem))
    if _POINTS.search(_own_sentence(statement)):
        return Found(Address(problem="about single points of complaint"))
    if (
        listed is None
        and _BRACKETED.search(clause[:at])
        and previous
        and re.match(r"\s*\)", after)
        and previous[-1][0].kind == statement.kind
    ):
        last = previous[-1][1]
        if context.brackets and not last.address.problem and last.address.period == context.period:
            return Found(replace(last.address, period=periods.before(context.period)), True, last.said)
        return Found(Address(problem="in brackets beside another number, without a word why"))
    if previous and (mean := _days_in_brackets(statement, previous[-1], context)) is not None:
        return mean
    own = _pieces(remaining)
    all_own = _pieces(clause)
    named = _named_by_caption(statement)
    if (upheld := _of_the_upheld(statement, clause, after)) is not None:
        own.specific[:] = []
        named = ""

    item = upheld or ((*listed, False) if listed else _item(statement, clause, named, previous))
    base = "upheld" if upheld else base
    measure, category, label, inherited = item or _measure(statement, own, remaining, named)
    if (
        measure
        and item is None
        and statement.kind == "number"
        and measure not in ("mean_response_time", "context", "remedy", "service", "theme", "compliments")
        and not named
        and not _STAGE_AND_NUMBER.match(clause[:at])
    ) and not _subject_fits(statement, after, measure):
        return Found(Address(problem="not said what is counted"))
    if measure == "context" and not category.startswith("complaints_to") and not _beside(after, category):
        return Found(Address(problem="not said what is counted"))
    if (
        measure
        and not statement.whole
        and (part := _part_of_these(statement, clause, after, measure, category, previous))
    ):
        return Found(Address(problem=part))
    if re.search(r"\b(?:if|where|when)\b[^,]*$", clause[:at], re.IGNORECASE) and statement.printed.lower() in (
        "no",
        "none",
        "one",
    ):
        return Found(Address(problem="procedure"))
    if _LONGER.search(clause) and measure in ("", *GENERIC) and not bands.find(clause):
        limits = [bands.parse(f.address.category) for _, f in previous if f.address.measure == "response_time"]
        highest = max((b.high for b in limits if b and b.high), default=0)
        if highest:
            code = bands.Band(highest, None).code
            measure, category, label = "response_time", code, code
    if statement.whole:
        measure, category, label = _whole(clause, measure, _own_sentence(statement))
    service = (
        _service(clause, statement, context) if measure in (*GENERIC, "outcome", "") and not statement.whole else None
    )
    if service == "":
        return Found(Address(problem="a part of the service"))
    if statement.kind == "money" and measure not in ("", "cost"):
        return Found(Address(problem="money of another kind"))
    if measure in ("outcome", "response_time") and _RANKED.search(clause[: statement.at]):
        return Found(Address(problem="a ranking"))
    if measure in GENERIC and _NOT_KNOWN.search(clause):
        return Found(Address(problem="not recorded"))
    if measure in GENERIC and re.match(r"^[\s,()]*where\s+$", clause[: statement.at]):
        return Found(Address(problem="a part of the service"))
    if (
        measure in GENERIC
        and re.match(r"\s+of\s+(?:these|those|them)\b", after)
        and next((f.address.measure for _, f in reversed(earlier) if f.address.measure and not f.address.problem), "")
        in ("escalation_requested", "escalated", "mediation")
    ):
        return Found(Address(problem="share_of_part"))  # requests that were settled before they came to anything
    if measure in GENERIC and re.match(r"\s+(?:further|additional|more)\b", after):
        return Found(Address(problem="an addition to another number"))
    if measure in GENERIC and service is None and (part := _qualified(after)):
        return Found(Address(problem="a part: " + part))
    if (
        measure
        and _DUTY.search(_own_sentence(statement))
        and measure in (*GENERIC, "response_time", "escalated", "escalation_requested")
    ) and not re.search(r"\b(?:were|was|received|had been|have been)\b", clause):
        return Found(Address(problem="procedure"))
    source: Found | None = None
    if (
        statement.comparison
        and measure in GENERIC
        and not re.search(r"complain|\bcases?\b|stage", clause, re.IGNORECASE)
    ):
        source = _source(statement, previous, earlier)
        if source is not None:
            inherited = True
            measure, category, label = _from_source(statement, source, remaining, own)
    if measure == "received" and (made_by := _made_by(statement, clause))[0]:
        measure, (category, label) = "complainant", made_by
    if not measure and _all_that_was_spent(statement, clause, previous):
        measure, category, label = "cost", "total", "total"
    if not measure:
        source = _source(statement, previous, earlier)
        if source is not None:
            inherited = True
            measure, category, label = _from_source(statement, source, remaining, own)
    if not measure:
        return Found(Address(problem="no wording says what is counted"))
    if (
        service
        and re.search(r"\b(?:most|highest|largest|fewest|lowest)\b", _own_sentence(statement)[:60], re.IGNORECASE)
        and measure == "outcome"
    ):
        return Found(Address(problem="a ranking"))
    if service:
        if measure in GENERIC:
            measure, category, label = "service", context.services.get(service, service), service
        elif measure == "outcome" and category in ("upheld", "upheld_or_partially"):
            measure, category, label = "service_upheld", context.services.get(service, service), service
        else:
            return Found(Address(problem="cross_tabulation"))
    if (
        source is None
        and measure in ("outcome", "escalated")
        and statement.kind == "percent"
        and earlier
        and earlier[-1][1].address.measure in ("theme", "theme_upheld")
    ) and not re.search(r"\bof\s+(?:all\s+|the\s+)?(?:stage\s+\w+\s+)?complaints", after, re.IGNORECASE):
        theme = earlier[-1][1].address
        if measure == "outcome" and category in ("upheld", "upheld_or_partially"):
            measure, category, label, base = "theme_upheld", theme.category, theme.label, "theme"
        else:
            return Found(Address(problem="share_of_part"))
    of_them = re.match(r"\s*of\s+(?:them|these|those)\b", after)
    if measure == "context" and previous and previous[-1][1].address.measure == "compliments":
        return Found(
            Address(problem="a part of another number")
        )  # "46 compliments, of which 17 were for Looked After Children"
    speaks = _own_sentence(statement)
    if (
        measure == "complainant"
        and earlier
        and earlier[-1][1].address.measure == "compliments"
        and "complain" not in speaks.lower()
    ):
        return Found(Address(problem="a part of another number"))  # from whom compliments came
    if measure in ("response_time", "complainant") and _ENQUIRIES.search(speaks) and "complain" not in speaks.lower():
        return Found(Address(problem="about enquiries"))
    if measure == "response_time" and any(
        f.address.measure == "enquiries" for _, f in (*previous[-1:], *(earlier[-6:] if of_them else ()))
    ):
        return Found(Address(problem="about enquiries"))
    if measure == "response_time" and category in ("within_timescale", "outside_timescale"):
        category = _named_days(statement, category) or category

    stage, said = _stage(statement, measure, category, all_own, source, context, earlier, history)
    if not stage:
        return Found(Address(problem="stage not clear"))
    procedure = _procedure(statement, all_own, source, measure)
    if context.scope == "children":
        adults = _about_adults(statement)
        procedure = "adult_statutory" if adults else "" if procedure == "adult_statutory" else procedure
    period = _period(statement, previous, source, context, measure in ("brought_forward", "carried_forward"))
    if not period:
        return Found(Address(problem="period not clear"))
    address = Address(
        authority="England" if NATIONAL.search(clause) else "",
        measure=measure,
        category=category,
        stage=stage,
        procedure=procedure,
        period=period,
        label=label,
        base=base,
    )
    address = _at_ombudsman(address)
    return Found(_unit(statement, address, own), inherited, said)


_IN_ALL = re.compile(r"\b(?:in\s+total|in\s+all|altogether|total(?:ling|led)?(?:\s+\w+){0,6})\b", re.IGNORECASE)


def _all_that_was_spent(statement: Statement, clause: str, previous: list[tuple[Statement, Found]]) -> bool:
    """True for a sum of money that is said to be the total of costs: "£14,840 in total", "Total expenditure was £15,745"."""
    if statement.kind != "money" or re.search(r"compensat|remed|redress", clause, re.IGNORECASE):
        return False
    around = clause[max(0, statement.at - 60) : statement.at + len(statement.printed) + 14]
    spent = any(f.address.measure == "cost" for _, f in previous)
    return _IN_ALL.search(around) is not None and (
        spent or re.search(r"\b(?:costs?|expenditure|spen[dt]|spending)\b", clause, re.IGNORECASE) is not None
    )


_ENQUIRIES = re.compile(
    r"^\W*(?:\w+\s+){0,6}?(?:mp|member|councillor)?\s*enquiries\s+(?:were|was|received|from|dealt)\b", re.IGNORECASE
)
_RANKED = re.compile(r"\bhad\s+the\s+(?:highest|lowest|largest|smallest|best|worst)\b", re.IGNORECASE)
_NOT_KNOWN = re.compile(r"\bnot\s+(?:been\s+)?(?:recorded|known|stated|disclosed|provided|available)\b", re.IGNORECASE)
_LONGER = re.compile(
    r"\b(?:took|taking|waited|were|was|needed)\s+(?:even\s+)?(?:longer|later|late)\b|\bran\s+past\b|\b(?:after|later\s+than|longer\s+than)\s+that\b",
    re.IGNORECASE,
)


def _days_in_brackets(statement: Statement, last: tuple[Statement, Found], context: Context) -> Found | None:
    """The mean of another year behind one in days: "took 11 working days (12)", "(2018-19: 12)"; None for other numbers."""
    clause, at = statement.clause, statement.at
    mean = last[1].address
    opened = re.search(r"\(\s*(?P<year>[\d/–-]+\s*:)?\s*$", clause[:at])
    if (
        statement.kind != "number"
        or last[0].kind not in ("working_days", "days")
        or mean.measure != "mean_response_time"
        or opened is None
        or not re.match(r"\s*(?:in\s+[\d/–-]+\s*)?\)", clause[at + len(statement.printed) :])
    ):
        return None
    years = [p.period for p in periods.said(clause[max(0, at - 20) :]) if p.exact]
    if not years and not context.brackets:
        return Found(Address(problem="in brackets beside another number, without a word why"))
    period = periods.resolve(years[0], context.period) if years else periods.before(context.period)
    return Found(replace(mean, period=period), True, last[1].said)


_AIM = re.compile(
    r"^\W*to\s+(?:answer|respond|reply|achieve|increase|improve|reduce|close|complete|ensure|aim|maintain|raise)\b",
    re.IGNORECASE,
)
_CAUSED_BY = re.compile(
    r"\b(?:following|followed|after|because\s+of|(?:as\s+a|the)\s+result\s+of|"
    r"(?:learn(?:ed|t|ing)|lessons?|aris(?:es|ing)|arose)(?:\s+\w+)?\s+from)\s+(?:just\s+|only\s+)?$",
    re.IGNORECASE,
)
"""What stands before the one complaint that led to something: it tells a story and counts nothing. "Up from one" does count."""
_EACH_TOOK = re.compile(r"\b\d+(?:,\s*\d+)*,?\s+and\s+\d+\s+(?:working\s+)?days\s+respectively", re.IGNORECASE)
_PART_OF_YEAR = re.compile(
    rf"^(?:half[\s-]?way\s+through|mid[\s-]?way\s+through|at\s+the\s+(?:half|mid)[\s-]?year)\b|^[\s,;.(]*(?:before|after|until|up\s+to|since|prior\s+to)\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}\b",
    re.IGNORECASE,
)
_LEFT_OUT_OF = re.compile(
    r"\b(?:do|does|did|are|were|is|was)\s+not\s+(?:appear|feature|counted|included|part)\b[^.;]{0,20}$|\bexcluded\s+from\s+the\s+$",
    re.IGNORECASE,
)


def _no_figure(statement: Statement, clause: str, after: str) -> str:
    """Why a number is no figure of the service's year, whatever the words beside it; empty where nothing says so."""
    head = clause[: statement.at]
    if re.search(r"\ball\s+but\s+$", head, re.IGNORECASE):
        return "all but a number"
    if _CAUSED_BY.search(head) and statement.printed.lower() in ("one", "a", "1"):
        return "case_summary"
    if _EACH_TOOK.search(statement.sentence) and _EACH_TOOK.search(clause[max(0, statement.at - 25) :]):
        return "case_summary"
    if re.search(r"\backnowledg", clause, re.IGNORECASE) and not re.search(
        r"\brespon|\brepl|\banswer", clause, re.IGNORECASE
    ):
        return "acknowledgements"
    if _PART_OF_YEAR.match(clause) or _PART_OF_YEAR.match(statement.sentence):
        return "a part of the year"
    if _LEFT_OUT_OF.search(head):
        return "another number named again"
    if re.search(r"\bmade\s+$", head) and re.match(r"\s+complaints?\b", after) and statement.printed.lower() == "no":
        return "not said what is counted"  # "they made no complaint" counts nobody
    if re.search(r"\bwhere\s+$", statement.sentence[: statement.start]) and re.match(r"\s+complaints?\b", after):
        return "a part of the service"  # "the Disability Team (6), where 6 complaints were received"
    if re.match(r"\s+of\s+the\s+(?:review\s+)?panels\b\s*$", after.rstrip(" ."), re.IGNORECASE):
        return "a part of another number"
    if re.search(r"\bdays?\s+\((?:or\s+|up\s+to\s+)*$", head) and re.match(
        r"\s+(?:where|if|for|in|when|days|working)\b", after
    ):
        return "timescale"  # "within 10 working days (20 where the matter is complex)"
    if re.search(
        r"\b(?:reviewed|audited|sampled|dip[- ]sampled|a\s+sample\s+of|an\s+audit\s+of)\s+(?:a\s+sample\s+of\s+)?$",
        head,
        re.IGNORECASE,
    ):
        return "a part of another number"  # what was looked at afterwards, and not what happened in the year
    if re.search(r"\bextend(?:ed|able|ing)?\s+(?:up\s+)?to\s+$", head, re.IGNORECASE):
        return "timescale"
    if statement.kind == "percent" and _AIM.match(statement.sentence):
        return "target"
    if re.search(r"\bsubject\s+of\s+$", head):
        return "a part of another number"
    if re.search(r"\(\s*$", head) and re.match(r"\s+of\s+(?:them|whom|these|those|which)\b", after):
        return "share_of_part"  # "young people 5 (four of them with an advocate)"
    if re.search(r"\b(?:recorded|known|given|stated)\s+for\s+$", head) and re.match(r"\s+complain", after):
        return "a part of another number"
    if (
        statement.kind == "percent"
        and re.search(r"\baccounted\s+for\s+$", head)
        and re.match(r"\s+of\s+(?:all\s+|the\s+)?(?:fully\s+)?upheld\b", after)
    ):
        return "a share of the upheld"
    return ""


def _about_adults(statement: Statement) -> bool:
    """True where the sentence so far, the number's own words, or the nearest heading speak of adults and not of children."""
    nearest = statement.headings[-1] if statement.headings else ""
    return any(
        ADULTS.search(text) and not CHILDREN.search(text)
        for text in (statement.clause, _own_sentence(statement), nearest)
    )


_NAMED_COUNCIL = re.compile(
    r"\b(?P<name>[A-Z][\w’'-]+(?:\s+(?:and\s+|of\s+|on\s+|upon\s+)?[A-Z][\w’'-]+){0,4})\s+(?:(?:council\s+)?(?:had|received|recorded|reported|registered|dealt\s+with)\s+)?\(?$"
)


def _of_another_council(head: str, own: str) -> bool:
    """True where the name of another council stands before a number, as its subject or beside it: "Suffolk received 149"."""
    match = _NAMED_COUNCIL.search(head)
    if match is None or not own:
        return False
    named = council_in_label(match["name"])
    return bool(named) and named not in ("England", own) and named not in own and own not in named


def _own_sentence(statement: Statement) -> str:
    return " ".join((*statement.before, statement.clause))


def _pieces(text: str) -> Pieces:
    return pieces_of(tuple(h.wording for h in hits(text, "text")))


_ANNOUNCED = ("theme", "service", "remedy", "theme_upheld", "complainant", "channel", "characteristic")


def _named_by_caption(statement: Statement) -> str:
    """The breakdown whose members a list announces: "The themes were:", "The services receiving most complaints were: …"."""
    lead = re.split(r":\s", statement.before[0] if statement.before else statement.clause)[0]
    under = statement.headings[-1:] if statement.method == "list" or statement.caption else ()
    short = statement.headings[-1] if statement.headings and len(statement.headings[-1].split()) <= 3 else ""
    for text in (statement.caption, lead if ":" in " ".join((*statement.before, statement.clause)) else "", *under):
        found = hits(text, "heading") or (hits(text, "corner") if text == short else [])
        if any(h.wording.measure == "compliments" for h in found) and re.search(
            r"teams?|services?", text, re.IGNORECASE
        ):
            return "compliments"
        named = [h.wording.measure for h in found if h.wording.measure in _ANNOUNCED and not h.wording.category]
        if named:
            return "theme_upheld" if "theme_upheld" in named else named[0]
    return ""


def _themes_here(statement: Statement) -> bool:
    """True under a heading on what people complain about."""
    return any(
        h.wording.measure == "theme"
        for text in (statement.caption, *statement.headings[-2:])
        for h in hits(text, "heading")
    )


_SOMEBODY = re.compile(
    r"\b(?:case|complainant|family|mother|father|parent|resident|mr|mrs|ms|man|woman|boy|girl|her|him|his|their)\b",
    re.IGNORECASE,
)
"""Words of a story about somebody: money in such a sentence is no cost of the year."""
_RANK = (
    "cost", "mean_response_time", "response_time", "outcome", "mediation", "escalation_requested", "escalated", "complainant", "channel", "advocacy",
    "enquiries", "compliments", "representations", "comments", "issues", "brought_forward", "carried_forward", "investigated", "context",
    "extended", "contacts", "service", "theme", "remedy",
)  # fmt: skip


def _measure(statement: Statement, own: Pieces, clause: str, named: str) -> tuple[str, str, str, bool]:
    """What a clause counts: measure, category, label, and whether the caption had to say so."""
    if statement.kind == "money":
        costs = [c for m, c in own.specific if m == "cost" and c]
        own_words = _own_sentence(statement)
        if not costs and re.search(r"\b(?:costs?|expenditure|spend(?:ing)?|spent)\b", own_words, re.IGNORECASE):
            said = {c for m, c in _pieces(own_words).specific if m == "cost" and c}
            costs = list(said) if len(said) == 1 and not statement.comparison else []
        if {"investigating_officer", "independent_person"} <= set(costs) and re.search(
            r"\bofficers?\s+and\s+(?:the\s+)?independent\s+persons?\b", clause, re.IGNORECASE
        ):
            costs = ["investigation_total"]
        single = _SOMEBODY.search(_own_sentence(statement)) and not re.search(
            r"\btotal|altogether|in all\b", clause, re.IGNORECASE
        )
        return ("cost", costs[0], costs[0], False) if costs and not single else ("", "", "", False)
    tail = clause[statement.at + len(statement.printed) :]
    specific = [
        (m, c)
        for m, c in own.specific
        if m != "cost"
        and m not in FREE
        and (m != "context" or c.startswith("complaints_to") or (statement.printed[:1].isdigit() and _beside(tail, c)))
    ]
    averaged = re.search(r"\b(?:average|mean|median)\b", " ".join((*statement.before, clause)), re.IGNORECASE)
    if statement.kind in ("working_days", "days"):
        return ("mean_response_time", "", "", False) if averaged else ("", "", "", False)
    if any(m == "mean_response_time" for m, _ in specific):
        if re.search(r"\bdays?\b", " ".join((*statement.before, clause)), re.IGNORECASE) and statement.kind == "number":
            return "mean_response_time", "", "", False
        specific = [s for s in specific if s[0] != "mean_response_time"]
    band = bands.find(clause)
    outcome = [s for s in specific if s[0] == "outcome"]
    if band and not outcome:
        return "response_time", band.code, band.code, False
    if named in ("theme", "service", "remedy", "theme_upheld", "compliments"):
        member = _member(statement, clause, named)
        if member and not any(
            m in ("outcome", "response_time", "escalated", "issues", "escalation_requested", "mean_response_time")
            for m, _ in specific
        ):
            return named, slug(member), member, True
    if statement.kind == "percent" or named == "theme" or _themes_here(statement):
        theme = _THEME.search(clause[statement.at :])
        if theme and not _NO_THEME.search(theme["theme"]) and len(theme["theme"].split()) <= 8 and not specific:
            text = theme["theme"].strip(" ‘’'“”")
            text = re.sub(r"\s+(?:which|that|and were|were|was|received|in 20\d\d).*$", "", text)
            return "theme", slug(text), text, False
    for measure in _RANK:
        members = [s for s in specific if s[0] == measure]
        if members:
            complete = [s for s in members if s[1] or measure not in CATEGORIES]
            for stronger in ("ombudsman_discretion", "outside_scope"):
                if ("outcome", stronger) in complete and measure == "outcome":
                    complete = [("outcome", stronger)]
            if measure == "cost" and len({c for _, c in complete}) > 1:
                complete = _nearest_cost(statement, clause) or complete
            if (measure, "child_or_advocate") in complete:
                complete = [(measure, "child_or_advocate")]
            if len({c for _, c in complete}) > 1 and measure == "outcome":
                return _nearest_outcome(statement, clause)
            if complete:
                return complete[0][0], complete[0][1], complete[0][1], False
    if _STAGE_AND_NUMBER.match(clause[: statement.at]) and statement.kind == "number":
        return "received", "", "", True
    if (
        not own.generic
        and statement.kind == "number"
        and re.match(
            r"\s+(?:of\s+(?:them|these)\s+)?(?:fell\s+|were\s+|came\s+)?under\s+the\s+(?:corporate|statutory)\b",
            tail,
            re.IGNORECASE,
        )
    ):
        return "received", "", "", True
    if statement.kind == "number" and re.match(r"\s+(?:\w+\s+){0,1}contacts\b", tail):
        customers = re.search(r"\bteam\b|complain|feedback|customer", clause, re.IGNORECASE)
        return ("contacts", "", "", False) if customers else ("context", "contacts", "contacts", False)
    if (
        not own.generic
        and statement.kind == "number"
        and re.match(
            r"\s+(?:complaints?\s+)?(?:were\s+)?at\s+(?:the\s+)?(?:stage\s+\w+|\w+\s+stage)\b", tail, re.IGNORECASE
        )
    ):
        return "received", "", "", True
    if own.generic:
        noun = _by_noun(statement, tail)
        if noun is not None and "ombudsman" not in canonical(clause):
            return noun[0], noun[1], noun[0], False
        own.generic[:] = [m for m in own.generic if m in _pieces(_main_clause(clause, statement)).generic]
    if own.generic:
        return own.generic[0] if "closed" not in own.generic else _closed_or_received(own, clause), "", "", False
    return "", "", "", False


_STAGE_AND_NUMBER = re.compile(
    r"^[\s,;.]*(?:statutory\s+|corporate\s+)?stage\s+(?:[123]|one|two|three|i{1,3})(?:\s+complaints)?\s*[:–=-]\s*$",
    re.IGNORECASE,
)
"""What stands before the figure of "Stage 1: 63"."""


def _main_clause(clause: str, statement: Statement) -> str:
    """A clause without the relative clause at its end: in "41 people disagreed with decisions which the council made" nothing was made."""
    tail_from = statement.at + len(statement.printed)
    match = re.search(r"(?:\S+\s+){4,}?(?=(?:which|who|because|where)\b)", clause[tail_from:])
    return clause[: tail_from + match.end()] if match else clause


def _closed_or_received(own: Pieces, clause: str) -> str:
    """Where a clause has both words, the one that is its verb: "complaints received that were resolved"."""
    if "received" not in own.generic:
        return "closed"
    order = own.generic
    return order[0] if re.search(r"\bas (?:a )?(?:formal |stage)", clause) else order[-1]


def _nearest_cost(statement: Statement, clause: str) -> list[tuple[str, str]]:
    """What stands nearest behind an amount: "£1,950 for independent persons" after "£5,460 for investigating officers"."""
    behind = [h for h in hits(clause, "text") if h.wording.measure == "cost" and h.wording.category]
    end = len(canonical(clause[: statement.at]))
    after = [h for h in behind if h.start >= end]
    return [("cost", after[0].wording.category)] if after else []


def _nearest_outcome(statement: Statement, clause: str) -> tuple[str, str, str, bool]:
    """Of several outcomes in a clause the one that stands next to the number."""
    number = len(canonical(clause[: statement.at]))
    found = [h for h in hits(clause, "text") if h.wording.measure == "outcome"]
    after = [h for h in found if h.start >= number]
    best: Hit = min(after or found, key=lambda h: abs(h.start - number))
    return "outcome", best.wording.category, best.wording.category, False


_UPHELD_PART = re.compile(
    r"\bof\s+(?:all\s+|the\s+|those\s+)?(?:complaints|cases)\s+(?:that|which)\s+(?:were|had\s+been)\s+(?:fully\s+)?upheld(?:\s+(?:or|and)\s+(?:partially|partly|part)[\s-]upheld)?,?\s*",
    re.IGNORECASE,
)
_CONCERNED = re.compile(
    r"^(?:of\s+the\s+)?\s*(?:were|was)?\s*(?:about|concerned|concerning|related\s+to|regarding)\s+(?P<theme>[A-Za-z][^.;,()]{2,60})",
    re.IGNORECASE,
)


def _of_the_upheld(statement: Statement, clause: str, after: str) -> tuple[str, str, str, bool] | None:
    """The theme of a share of the complaints upheld: "45% of the complaints that were upheld were about communication"."""
    if statement.kind != "percent" or not _UPHELD_PART.search(clause):
        return None
    theme = _CONCERNED.match(_UPHELD_PART.sub("", after).strip())
    return ("theme_upheld", slug(theme["theme"]), theme["theme"].strip(), False) if theme else None


def _member(statement: Statement, clause: str, named: str) -> str:
    """The name in a list item: before the number ("Admissions (4)", "Admissions – 4"), else after it."""
    head = re.sub(r"^[\s,;:–-]*(?:and|while|whilst|with)?\s*", "", clause[: statement.at])
    tail = clause[statement.at + len(statement.printed) :]
    match = re.match(r"^(?P<name>.{2,90}?)\s*(?:\(\s*|[–:-]\s*|,\s*)$", head)
    if match:
        name = re.split(r":\s", match["name"])[-1].strip()
        return "" if _VERB.search(name) else name
    if named in ("theme", "theme_upheld", "remedy"):
        theme = _THEME.search(tail)
        if theme:
            return theme["theme"].strip() if not _NO_THEME.search(theme["theme"]) else ""
        if named == "remedy" and (
            match := re.match(
                r"^\s*(?:were|was|resulted in|received)?\s*(?:to\s+)?(?P<name>[A-Za-z][^.;]{3,80})$", tail.rstrip(" .")
            )
        ):
            return match["name"]
        if not head.strip() and (match := re.match(r"^\s*[–:-]\s*(?P<name>[A-Z][^.;\d]{3,60})$", tail)):
            return match["name"]
    return ""


def _subject_fits(statement: Statement, after: str, measure: str) -> bool:
    """True where what is counted is complaints (or what the measure counts), not people, forms or years."""
    # "(29%)" and "of 265 (53.4%)" stand between the number and its noun.
    rest = re.sub(
        r"^\s*(?:of\s+(?:the\s+|all\s+)?(?:\d[\d,]*\s*|[a-z-]+\s+(?=(?:was|were|had|have|took|met)\b)))?(?:\([^)]*\))?",
        "",
        after.lower(),
    )
    words = re.findall(r"[a-z’'&-]+|[,;.()]|\d[\d,.]*%?", rest)[:8]
    around = (*statement.before, statement.clause, *statement.context[-1:], statement.caption, *statement.headings[-2:])
    topical = _TOPIC.search(" ".join(around).lower()) is not None
    people = measure in ("complainant", "advocacy", "characteristic")

    def fits(word: str) -> bool:
        return _NOUNS.match(word) is not None or (people and _PEOPLE_NOUNS.match(word) is not None)

    if _MAKING.match(after):
        return True
    if not words:
        return topical
    phrase: list[str] = []
    for word in words:
        if (_STOP.match(word) or word in ",;.()") and not (word == "of" and not phrase):
            break
        phrase.append(word)
    else:
        return topical and any(fits(w) for w in phrase)
    if (
        topical
        and measure not in GENERIC
        and any(
            h.wording.measure == measure and len(canonical(after)[: h.start].split()) <= 1 for h in hits(after, "text")
        )
    ):
        return True
    if not phrase or phrase == ["of"] or phrase[:2] in (["of", "these"], ["of", "those"], ["of", "them"]):
        return topical
    return topical and any(fits(w) for w in phrase[-2:])


_MAKING = re.compile(
    r"\s+(?:people|families|complainants|parents)\s+(?:made|submitted|brought)\s+an?\s+(?:[\w’'-]+\s+){0,3}complaint",
    re.IGNORECASE,
)
"""What follows the number in "47 people made a stage 1 complaint"."""
_NOUN_MEASURES = (
    ("compliment", "compliments", ""),
    ("enquir", "enquiries", "elected_member"),
    ("representation", "representations", ""),
    ("comment", "comments", ""),
    ("referrals", "context", "referrals"),
)


def _by_noun(statement: Statement, after: str) -> tuple[str, str] | None:
    """What the noun right after a number says is counted, where that is not complaints: "37 enquiries were recorded"."""
    phrase = re.split(r"\b(?:were|was|have|has|had|that|which|from|for|in|at|about)\b|[,;.()]", after.lower())[0]
    for stem, measure, category in _NOUN_MEASURES:
        if re.search(rf"\b{stem}", phrase) and "complain" not in phrase:
            around = " ".join(
                (
                    *statement.context[-1:],
                    *statement.before,
                    statement.clause,
                    statement.caption,
                    *statement.headings[-1:],
                )
            )
            if measure == "context" and not re.search(
                r"\bsocial care\b|\bsocial services\b|\bfront door\b|\bmash\b", around, re.I
            ):
                return "", ""
            if measure == "enquiries" and not re.search(r"\bmps?\b|councillor|member", around, re.IGNORECASE):
                return "", ""
            return measure, category
    return None


_TOPIC = re.compile(
    r"complain|\banswer|\brepl(?:y|ies)\b|\bresponses?\b|stage|panel|investigation|ombudsman|lgsco|\bcases?\b|compliment|enquir|representation|mediation"
)


def _beside(after: str, category: str) -> bool:
    """True where the words for a context figure follow it directly, with no complaints between."""
    for hit in hits(after, "text"):
        if hit.wording.category == category:
            between = canonical(after)[: hit.start]
            return "complain" not in between and len(between.split()) <= 6
    return False


def _item(
    statement: Statement, clause: str, named: str, previous: list[tuple[Statement, Found]]
) -> tuple[str, str, str, bool] | None:
    """What an item of a list counts, where it is a label and a number: "Upheld, 2", "parents 44 (67%)", "4 from grandparents"."""
    head = re.sub(r"^[\s,;:()–•-]*(?:and\s+)?", "", clause[: statement.at])
    tail = re.sub(r"\(?[\d.,]+\s?%?\)?|[\s.,;:()%]", "", clause[statement.at + len(statement.printed) :])
    last = next((f.address.measure for _, f in reversed(previous) if f.address.measure and not f.address.problem), "")
    if not tail and re.search(r"[A-Za-z]{3}", head):
        label = re.sub(r"[\s,:(–-]+$", "", re.split(r":\s+", head)[-1] if re.search(r":\s+\w", head) else head)
    elif not head and (last in ("complainant", "channel") or named in ("complainant", "channel")):
        match = re.match(
            r"\s+(?:(?:complaints?\s+)?(?:(?:came|were)\s+)?(?:made\s+|received\s+)?(?:from|by|via|through)\s+)?(?:an?\s+|the\s+)?(?P<label>[^.;,():–]+)",
            clause[statement.at + len(statement.printed) :],
        )
        label = match["label"].strip() if match else ""
    else:
        return None
    if not label or _VERB.search(label) or len(label.split()) > 8:
        return None
    found = {
        m: c
        for m, c in label_of(label).candidates.items()
        if m in ("outcome", "complainant", "channel", "response_time")
    }
    measure = next((m for m in (named, last) if m in found), "" if len(found) != 1 else next(iter(found)))
    return (measure, found[measure], label, False) if measure else None


def _part_of_these(
    statement: Statement, clause: str, after: str, measure: str, category: str, previous: list[tuple[Statement, Found]]
) -> str:
    """`share_of_part` for "five of these were made by young people who are in care" after the young people were counted."""
    same = any((f.address.measure, f.address.category) == (measure, category) for _, f in previous)
    these = re.match(r"^\s*of\s+(?:these|those|which|whom)\b", after) or re.search(
        r"\bof\s+(?:these|those|which|whom),?\s*$", clause[: statement.at], re.IGNORECASE
    )
    who = measure == "complainant" and re.search(
        r"\b(?:people|person|child|children|parents?|carers?)\s+who\b", after, re.IGNORECASE
    )
    return "share_of_part" if (same and these) or who else ""


def _whole(clause: str, measure: str, around: str) -> tuple[str, str, str]:
    """What the second number of "142 of 265 responses" counts."""
    if re.search(r"\ball\s+but\b", clause, re.IGNORECASE) or re.fullmatch(
        r"\W*[\w,-]+\s+(?:out\s+)?of\s+(?:the\s+)?[\w,-]+\W*", clause
    ):
        return "", "", ""  # "(64 out of 91)"
    people = re.search(
        r"\bof\s+(?:the|these|those)\s+\w+\s+(?P<who>young people|children|parents|carers|grandparents)\b", clause, re.I
    )
    if people:
        return "complainant", label_of(people["who"]).candidates.get("complainant", ""), people["who"]
    if re.search(
        r"\bof\s+(?:the|these|those|our)\s+\w+\s+(?:stage\s+\w+\s+)?(?:complaints|cases|investigations)\s+(?:had\s+been|have\s+been|were|was|are)\s+(?:completed|closed|concluded|answered|responded\s+to|resolved|finished)\b(?!\s+(?:with)?in\b)",
        clause,
        re.IGNORECASE,
    ):
        return "received", "", ""
    if re.search(
        r"\bof\s+(?:the|these|those|our)\s+[\d,]+\s+(?:referrals|contacts|assessments|children|families)\b",
        clause,
        re.IGNORECASE,
    ):
        return "", "", ""  # what the complaints are a share of
    if re.search(r"\binvestigated\s+(?:only\s+|just\s+)?[\w-]+\s+of\b", clause, re.IGNORECASE):
        return "received", "", ""
    if re.search(r"\binvestigat", clause, re.IGNORECASE) and "ombudsman" in canonical(around):
        return "investigated", "", ""
    if (
        re.search(r"\b(?:respon|closed|completed|concluded|resolved|decided|investigat)", clause, re.IGNORECASE)
        or measure == "response_time"
    ):
        return "closed", "", ""
    return ("received", "", "") if re.search(r"\b(?:received|made|new)\b", clause, re.IGNORECASE) else ("", "", "")


_GENERAL_NAMES = frozenset(
    [
        "we",
        "it",
        "they",
        "there",
        "he",
        "she",
        "this",
        "that",
        "in",
        "during",
        "since",
        "social",
        "care",
        "children",
        "childrens",
        "child",
        "families",
        "family",
        "services",
        "service",
        "team",
        "teams",
        "complaints",
        "complaint",
        "information",
        "feedback",
        "customer",
        "relations",
        "the",
        "council",
        "trust",
        "and",
        "of",
        "authority",
        "for",
        "young",
        "people",
    ]
)
_RECEIVED_BY = re.compile(
    r"(?:^|[.;,]\s|\b(?:the|while|and)\s+)(?P<name>(?:[A-Z][\w’'&/-]*\s+(?:(?:of|and|in|with|for|to|&|the)\s+)*){1,7}(?:Teams?|Services?|Directorate|Department)?)\s*(?:had|received|saw|accounted for)\s+(?:the\s+most[^\d]*)?$"
)
_ABOUT = re.compile(
    r"\b(?:about|against|for|by|in)\s+(?:the\s+)?(?P<name>(?:[A-Z][\w’'&/-]*\s+(?:(?:of|and|in|with|for|to|&)\s+)*){1,6}(?:Teams?|Services?|Directorate|Department))\b"
)


def _service(clause: str, statement: Statement, context: Context) -> str | None:
    """The service that a clause is about: its name, "" where it is several or cannot be named, None where it is all of them."""
    if re.search(r"\b(?:services|teams|areas)\s+(?:each\s+)?(?:had|received)\s+$", clause[: statement.at]):
        return ""
    plain = canonical(clause) + " "
    known = [name for name in context.services if f" {name} " in f" {plain}" or f" {name}s " in f" {plain}"]
    known = [n for n in known if not any(n != other and n in other for other in known)]
    if len(known) == 1:
        return known[0]
    if len(known) > 1:
        return ""
    for match in (_RECEIVED_BY.search(clause[: statement.at]), _ABOUT.search(clause)):
        if match:
            name = match["name"].strip()
            own = set(canonical(context.council).split())
            if set(canonical(name).split()) - _GENERAL_NAMES - own and not re.search(
                r"\b(?:ombudsman|procedure|stage|council|trust)\b", canonical(name)
            ):
                return slug(name)
    if not known and statement.before and re.match(r"^[\s,)]*(?:and|of which|with|where)\b", clause):
        return _service_before(statement, context)
    return None


def _service_before(statement: Statement, context: Context) -> str | None:
    """The service that an earlier clause of the sentence is about: "The Court Team received 5 complaints and one was upheld"."""
    plain = canonical(" ".join(statement.before)) + " "
    known = [name for name in context.services if f" {name} " in f" {plain}" or f" {name}s " in f" {plain}"]
    return max(known, key=len) if known else None


_PARTS = re.compile(
    r"\b(?:about|regarding|concerning|relat(?:ed|ing|es)\s+to|in\s+relation\s+to|involv\w+|from\s+an?\b|where\b|against)\s+(?P<what>.*)$",
    re.IGNORECASE,
)
_WHOLE_SERVICE = re.compile(
    r"^(?:the\s+|our\s+|its\s+)?(?:(?-i:(?:[A-Z][\w’']+\s+){1,3}(?=[Cc]hild)))?(?:council'?s?\s+|trust'?s?\s+)?(?:children(?:’|')?s?(?:’|')?\s+(?:and\s+\w+(?:’|'s)?\s+)?|adults?(?:’|')?s?\s+)?(?:social\s+(?:care|work|services)|services?|statutory|young|families|and\b)",
    re.IGNORECASE,
)


def _qualified(after: str) -> str:
    """The words that make a count one of a part of the complaints, empty where it is of all."""
    sentence = re.split(r"[,;(]", after)[0]
    match = _PARTS.search(sentence)
    if not match or _WHOLE_SERVICE.match(match["what"]):
        return ""
    return " ".join(match.group().split()[:6])


def _source(
    statement: Statement, previous: list[tuple[Statement, Found]], earlier: list[tuple[Statement, Found]]
) -> Found | None:
    """The number whose words this one leans on: "compared to 66", "The figure was 56% at stage 2"."""
    good = [(s, f) for s, f in previous if not f.address.problem]
    if previous and previous[-1][1].address.problem and re.match(r"\s*[(;]", statement.clause):
        return None  # a bracket goes with what stands right before it
    if good:
        same_kind = [f for s, f in good if s.kind == statement.kind and not s.whole]
        if statement.comparison or _leans(statement):
            return (same_kind or [f for _, f in good])[-1]
        return None
    own = _own_sentence(statement).strip()
    if (_ANAPHORA.match(own) or _THAT_YEAR.match(own)) and earlier:
        # "This compares to 6": the first number of the sentence before; shares follow shares.
        group = earlier[-1][0].group
        last = [(s, f) for s, f in earlier if s.group == group and not f.address.problem and not s.ignored]
        same = [f for s, f in last if s.kind == statement.kind]
        if statement.comparison or _THAT_YEAR.match(own):
            return same[0] if same else None
        if re.match(r"^(?:this|that|the figure|which)\b", _own_sentence(statement).lstrip(), re.IGNORECASE):
            return (same or [f for _, f in last])[0] if last else None
    return None


def _leans(statement: Statement) -> bool:
    """A bare number with at most a stage, a period or a name: "and 71% at stage 3", "; South Team (37)"."""
    rest = statement.clause[: statement.at] + statement.clause[statement.at + len(statement.printed) :]
    rest = re.sub(r"\(.*?\)", "", rest)
    plain = canonical(rest)
    plain = re.sub(
        r"\b(?:stage \d|at|in|and|to|for|the|a|of|while|with|was|were|from|on|which|equates|is|approximately|around|also|remained|all|complaints?|received|\d{4} \d{2,4}|\d{4})\b",
        "",
        plain,
    )
    return (
        not plain.strip()
        or bool(re.search(r"\(\s*$|[–:-]\s*$", statement.clause[: statement.at]))
        or bool(re.match(r"^[\s,;]*(?:which|this|that)\s+(?:equates|represents|is|was)", statement.clause))
    )


def _from_source(statement: Statement, source: Found, clause: str, own: Pieces) -> tuple[str, str, str]:
    a = source.address
    head = re.sub(r"^[\s,;:]*(?:and|while|with)?\s*", "", statement.clause[: statement.at])
    listed = re.match(r"^(?P<name>[A-Za-z].{2,90}?)\s*(?:\(|[–:-])\s*$", head)
    if listed and a.measure in FREE | {"compliments"}:
        return a.measure, slug(listed["name"]), listed["name"]
    if listed and a.measure in CATEGORIES:
        for wording in whole_label(listed["name"]):
            if wording.measure == a.measure and wording.category:
                return a.measure, wording.category, listed["name"]
        for hit in hits(listed["name"], "label"):
            if hit.wording.measure == a.measure and hit.wording.category:
                return a.measure, hit.wording.category, listed["name"]
        return "", "", ""
    if listed and a.measure in GENERIC and not statement.comparison:
        return "", "", ""
    return a.measure, a.category, a.label


_MADE = re.compile(
    r"(?:^|[,;]\s+|\band\s+)(?:an?\s+|the\s+)?(?P<who>[A-Za-z][A-Za-z0-9 ]{3,30}?)\s+(?:made|submitted|raised|sent)\s+(?:just\s+|only\s+)?$",
    re.IGNORECASE,
)


def _made_by(statement: Statement, clause: str) -> tuple[str, str]:
    """Who made the complaints, where they stand before the verb: "Grandparents made four complaints"."""
    match = _MADE.search(clause[: statement.at])
    category = label_of(match["who"]).candidates.get("complainant", "") if match else ""
    return category, match["who"] if match else ""


def _named_days(statement: Statement, category: str) -> str:
    """`within_20` for "within deadline" where the sentence before has just named the days."""
    if category != "within_timescale":
        return ""
    for sentence in reversed((*statement.context[-1:], *statement.before)):
        band = bands.find(sentence)
        if band and band.low is None:
            return band.code
    return ""


_STAGE_OF_COST = {"investigating_officer": "stage_2", "independent_person": "stage_2", "review_panel": "stage_3"}


def _stage(
    statement: Statement,
    measure: str,
    category: str,
    own: Pieces,
    source: Found | None,
    context: Context,
    earlier: list[tuple[Statement, Found]],
    history: Read,
) -> tuple[str, bool]:
    """The stage of a number, and whether the words around it name it."""
    tied = own.tied_stage.get((measure, category))
    if tied:
        return tied, True
    if measure in WITHOUT_STAGE:
        return "any", True
    if measure == "cost":
        said = only(own.stages) or next((st[-1] for text in reversed(statement.before) if (st := _stages(text))), "")
        # Investigating officers and independent persons are stage 2's (regulation 17), panels stage 3's (regulation 19).
        return said or _STAGE_OF_COST.get(category, "any"), True
    if own.stages and measure not in ("escalated", "escalation_requested"):
        return own.stages[0] if len(set(own.stages)) == 1 else _nearest_stage(statement), True
    if source is not None and source.address.stage and not own.stages:
        return source.address.stage, source.said
    for text in reversed(statement.before):
        stages = _stages(text)
        if stages:
            return stages[-1], True
    if (
        earlier
        and re.search(r"\bof (?:these|those|them)\b", canonical(statement.clause))
        and earlier[-1][1].address.stage
    ):
        return earlier[-1][1].address.stage, True  # "Five of these were resolved"
    total = re.search(r"\b(?:in total|total of|altogether|overall|in all)\b", statement.clause, re.IGNORECASE)
    if not total and not _about_adults(statement):
        for text in reversed(statement.context):
            in_sentence = set(_stages(text))
            if len(in_sentence) == 1:
                return next(iter(in_sentence)), True
            if in_sentence:
                break
    for text in (statement.caption, *statement.rows, *reversed(statement.headings)):
        above = {h.wording.stage for h in hits(text, "heading") if h.wording.stage and h.wording.stage != "any"}
        if len(above) == 1:
            return next(iter(above)), True
        if above:
            return _last_of_section(statement, above, history), False
    if measure in GENERIC and "ombudsman" not in canonical(
        " ".join((*statement.before, statement.clause, *statement.context[-1:]))
    ):
        return "any", False
    return context.stage, False


def _last_of_section(statement: Statement, stages: set[str], history: Read) -> str:
    """Under a heading of several stages, the one that the last figure of the section was about; empty for none."""
    for s, f in reversed(history):
        if s.headings != statement.headings:
            return ""
        if f.address.stage in stages and not f.address.problem:
            return f.address.stage
    return ""


def _stages(text: str) -> list[str]:
    return [
        h.wording.stage
        for h in hits(text, "text")
        if h.wording.stage
        and h.wording.stage != "any"
        and h.wording.measure not in ("escalated", "escalation_requested")
    ]


def _nearest_stage(statement: Statement) -> str:
    number = len(canonical(statement.clause[: statement.at]))
    found = [h for h in hits(statement.clause, "text") if h.wording.stage and not h.wording.measure]
    return min(found, key=lambda h: abs(h.start - number)).wording.stage if found else ""


def _procedure(statement: Statement, own: Pieces, source: Found | None, measure: str) -> str:
    if own.procedures:
        return own.procedures[0] if len(set(own.procedures)) == 1 else ""
    if source is not None and source.address.procedure:
        return source.address.procedure
    # A count with a stage of its own stands beside the counts before it: "41 were corporate, and 12 were at stage 2".
    before = () if measure in GENERIC and own.stages else tuple(reversed(statement.before))
    for text in (*before, *reversed(statement.context), statement.caption):
        found: set[str] = set(_pieces(text).procedures)
        if len(found) == 1:
            return next(iter(found))
        if found:
            return ""
    for text in reversed(statement.headings):
        found = {h.wording.procedure for h in hits(text, "heading") if h.wording.procedure}
        if len(found) == 1:
            return next(iter(found))
        if found:
            return ""
    return ""


_COMPARED = re.compile(
    r"(?:compar\w+|than|\bas\s+(?:many|few|much)\s+as|since|from|on|over|lower than|higher than|up to|down)\s+(?:to|with|the|in|those|that)?\s*(?:in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)


SAME_AS = re.compile(
    r"\b(?:the\s+)?(?:same|similar|identical|equal|unchanged)(?:\s+(?:number|figure|total|level|rate|percentage|proportion))?\s+(?:as|to|from)\s+(?:compared\s+(?:to|with)\s+)?(?:in\s+|for\s+|that\s+(?:of|in)\s+)?"
    r"(?:the\s+)?(?:last\s+year|previous\s+year|year\s+before|(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d)",
    re.IGNORECASE,
)
"""What a figure before it is said to be the same as: the figure is this year's, and the other year's too."""


def _period(
    statement: Statement,
    previous: list[tuple[Statement, Found]],
    source: Found | None,
    context: Context,
    open_at_an_end: bool,
) -> str:
    """The period of a number: its own clause, else the year before where it is a comparison, else the sentence's, the heading's, the report's."""
    own = periods.said(statement.clause)
    if same := SAME_AS.search(statement.clause, statement.at):
        own = [s for s in own if not same.start() <= s.start < same.end()]
    exact = [s for s in own if s.exact]
    measure = source.address.measure if source else ""
    if open_at_an_end or measure in ("brought_forward", "carried_forward"):
        return context.period
    usable = [
        s
        for s in exact
        if statement.comparison
        or not _COMPARED.search(statement.clause[: s.start])
        or (
            s.start < statement.at
            and len(exact) == 1
            and not re.search(r"compar|than", statement.clause[: s.start], re.I)
        )
    ]
    if usable:
        following = [s for s in usable if s.start >= statement.at]
        nearest = following[0] if following else usable[-1]
        return periods.resolve(nearest.period, context.period)
    if statement.comparison:
        dates = [s for s in own if not s.exact]
        return dates[0].period if dates else periods.before(context.period)
    dates = [s for s in own if not s.exact]
    if (opening := _opening_period(statement)) and not dates:
        return periods.resolve(opening, context.period)
    if dates:
        return _near(dates[0].period, context.period)
    for earlier, found in reversed(previous):
        if re.match(r"(?:by comparison,?\s+)?(?:of|out of)\b", earlier.clause.strip(), re.IGNORECASE):
            of_year = [s for s in periods.said(earlier.clause) if s.exact]
            if len(of_year) == 1:
                return periods.resolve(of_year[0].period, context.period)  # "of 88 complaints in 2007/08, 47 were …"
        if not earlier.comparison and found.address.period and not earlier.clause.lstrip().startswith("("):
            return found.address.period if not found.address.problem else context.period
    for text in (*statement.rows, *reversed(statement.headings[-2:])):
        if "bracket" in text.lower():
            continue  # "(2009-10 in brackets)" is the year of other figures
        said = [s for s in periods.said(text) if s.exact and s.period not in periods.PARTS]
        if len(said) == 1:
            return periods.resolve(said[0].period, context.period)
    return context.period


def _opening_period(statement: Statement) -> str:
    """The period that a sentence opens with: "In 2018/19 it looked at four, finding fault in three"."""
    head = statement.sentence[: min(statement.start, 60)]
    if not re.match(r"\s*(?:in|during|for|over)\b|\s*(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d[\s:]", head, re.IGNORECASE):
        return ""
    said = [s for s in periods.said(head) if s.exact]
    return said[0].period if len(said) == 1 and said[0].start < 14 else ""


def _near(period: str, own: str) -> str:
    """The year of a date; a date soon after the report's year is about that year still."""
    if own and periods.is_year(own) and periods.start_of(period) == periods.start_of(own) + 1:
        return own
    return period


def _at_ombudsman(address: Address) -> Address:
    """Words that mean something else at the Ombudsman."""
    if address.stage != "ombudsman":
        if address.measure == "investigated":
            return replace(address, measure="closed")
        if address.measure == "outcome" and address.category in (
            "premature",
            "not_investigated",
            "closed_after_enquiries",
            "not_for_us",
            "assessed_and_closed",
        ):
            return replace(address, stage="ombudsman")
        return address
    if address.measure in ("escalated", "escalation_requested"):
        return replace(address, measure="received")
    if (address.measure, address.category) == ("outcome", "upheld_or_partially"):
        return replace(address, category="upheld")  # the Ombudsman upholds or does not
    return address


def _unit(statement: Statement, address: Address, own: Pieces) -> Address:
    kind = statement.kind
    if address.measure == "mean_response_time":
        said = " ".join(
            (*statement.before, statement.clause, *statement.context[-2:], *statement.headings[-1:])
        ).lower()
        return replace(
            address,
            unit="working_days" if kind == "working_days" or "working day" in said or "working-day" in said else "days",
            base="",
        )
    if kind == "money":
        return replace(address, unit="gbp", base="")
    if kind == "percent":
        default = {"theme_upheld": "theme", "service_upheld": "service"}.get(address.measure, "unknown")
        context_base = only(own.bases)
        base = address.base or context_base or default
        if address.measure in GENERIC and base in ("unknown", ""):
            return replace(address, problem="a share of what, nothing says")
        if address.measure == "context" and address.category in ("referrals", "assessments", "contacts"):
            return replace(address, problem="change")
        return replace(address, unit="percent", base=base)
    if address.measure == "context" and address.category.startswith("complaints_to"):
        return replace(address, problem="a share without per cent")
    return replace(address, unit="count", base="")


def _bands_of_sentence(group: list[Statement], found: list[Found]) -> list[Found]:
    """Bands of one sentence coded by arithmetic; those of a list are put together by the caller."""
    members = [n for n, f in enumerate(found) if f.address.measure == "response_time" and not f.address.problem]
    result = list(found)
    for unit in ("count", "percent"):
        for period in {found[n].address.period for n in members}:
            chosen = [n for n in members if found[n].address.unit == unit and found[n].address.period == period]
            values = {found[n].address.category: group[n].value or 0.0 for n in chosen}
            if len(values) < 2 or len(values) != len(chosen):
                continue
            totals = [
                group[k].value
                for k, f in enumerate(found)
                if f.address.measure in GENERIC and f.address.unit == "count"
            ]
            further = any(re.search(r"\b(?:a )?further\b|\badditional\b|\banother\b", group[n].clause) for n in chosen)
            recoded = bands.exclusive(values, totals[0] if totals else None, unit == "percent", further)
            for n in chosen:
                a = result[n].address
                result[n] = replace(result[n], address=replace(a, category=recoded.get(a.category, a.category)))
    return result
