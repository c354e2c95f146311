"""Sentences that list the members of a breakdown: "Email 14, letter 6 and telephone 3", "31 were Somali, 24 White British"."""

from __future__ import annotations

import re
from collections import Counter

from extract.statement import Statement
from normalise.observations import CATEGORIES, FREE
from normalise.tables import label_of
from normalise.wordings import breakdowns_hinted, hits
from normalise.words import canonical, slug

Member = tuple[str, str, str]
"""Measure, category, label."""

_OPENING = re.compile(
    r"^[\s,;.)%–-]*(?:(?:closely\s+)?followed\s+by|ahead\s+of|and|or|then|while|with|plus|also|next|by|being|namely)?\s*(?:then\s+)?(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s(:,–-]*\b(?:with|at|by|was|were|had|is|accounted\s+for|accounting\s+for|for|made|received|numbered|totalled|responsible\s+for|(?:was|were)\s+responsible\s+for|submitted|raised)?"
    r"\s*(?:just|only|around|about)?[\s(:,–-]*$",
    re.IGNORECASE,
)
_BEFORE_LABEL = re.compile(
    r"[:;,]\s|\b(?:was|were|is|are|remains?|includ\w+|being|from|about)\s+(?:the\s+)?", re.IGNORECASE
)
"""What ends right before the first label: "The main themes were communication 12 …"."""
_COMMONEST = re.compile(
    r"\s+(?:(?:remains?|continues?\s+to\s+be)\s+the|(?:is|was)\s+(?:still\s+)?the\s+(?:most|main|usual|commonest|largest|biggest))\s+.*$",
    re.IGNORECASE,
)
"""What goes on after the label in "email remains the usual way to complain (19)"."""
_LEADS = re.compile(
    r"^\s*%?\s*\)?\s*(?:(?:people|persons?|complainants|of\s+(?:them|(?:the\s+)?(?:stage\s+\w+\s+)?complainants))?\s*(?:were|was)?\s*(?:who\s+)?(?:identified|described|defined|classed)\s+(?:themselves|their\s+ethnicity)\s+as\s+|(?:people|persons?)\s+as\s+|(?:of\s+(?:them|these|the\s+complaints|(?:the\s+)?(?:stage\s+\w+\s+)?complainants))?\s*(?:complaints?|compliments?|people|complainants?)?\s*(?:that\s+|which\s+)?(?:came|were|was|are|is|have\s+been|had\s+been)?\s*"
    r"(?:made|received|submitted|raised|sent)?\s*(?:directly\s+)?(?:from|by|via|through|about|concern(?:ed|ing)|relat(?:ed|ing)\s+to|regarding|for)?)\s*(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_TRAILS = re.compile(r"[\s,;(–-]*(?:\band|\bwith|\bplus|\bwhile|\bthen|\bof\s+whom)?[\s,;(]*$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|received|recorded|increased|decreased|remained|compared|took|went|rose|fell)\b",
    re.IGNORECASE,
)
_THEMES = re.compile(r"\b(?:themes?|reasons?|subjects?|issues?|causes?|frequent\w*|common\w*|topics?)\b", re.IGNORECASE)
_SERVICES = re.compile(
    r"\b(?:teams?|services?|sections?|areas?|directorates?|departments?)\b[^.]{0,40}\b(?:most|highest|largest)\b",
    re.IGNORECASE,
)
_RECEIVING = re.compile(r"\b(?:[Tt]eam|[Ss]ervice|[Uu]nit|[Hh]ub)\s+(?:had|received|attracted|accounted\s+for)\s+$")
"""Before the first number of "The Assessment Service received 44 complaints, Fostering seven"."""
_MEAN_DAYS = re.compile(
    r"\b(?:average|mean)\b[^.:]*\bdays\b[^.:]*\b(?:by|per|for\s+each)\s+(?:team|service|area|directorate)\b",
    re.IGNORECASE,
)
"""Before the colon of "Average days to respond by team: Assessment 12, Family Support 19"."""
_FROM_WHOM = re.compile(r"\b(?:came|were|was|received|sent|made|submitted)\s+(?:from|by)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\bcomplaints?\s+(?:\w+\s+){0,2}?(?:about|concerned|concerning|regarding|related\s+to|relating\s+to)\b",
    re.IGNORECASE,
)
_CHARACTERISTICS = re.compile(r"\b(?:ethnic\w*|gender|disab\w+|aged?|religion)\b", re.IGNORECASE)


_REMEDIES = re.compile(
    r"\b(?:apolog\w+|explanations?|financial|redress|compensation|change of (?:social )?worker|training|review|goodwill)\b"
)
_TRAITS = re.compile(
    r"^(?:male|female|men|women|boys|girls|asian|indian|pakistani|bangladeshi|chinese|somali|african|caribbean|mixed|disabled|not disabled"
    r"|(?:white|black|asian|mixed|any other)\b.*|.*\b(?:heritage|background|disability|ethnicity))$"
)


def members(group: list[Statement], named: str) -> dict[int, Member]:
    """Place of a number in its sentence -> what it counts, for the numbers of an enumeration.

    `named` is the breakdown that a caption or heading announces, empty where none does.
    """
    usable = [s for s in group if not s.ignored and s.clause and s.kind in ("number", "percent")]
    mains = [s for s in usable if (s.partner is None or s.place[1] < s.partner) and not s.whole and not _of_whom(s)]
    ends = {s.place[1]: _end(s, usable) for s in mains}
    if len(mains) < 2 or not mains[0].sentence:
        return {}
    sentence = mains[0].sentence
    colon = _colon(sentence, mains)
    if colon:
        intro, mains = sentence[:colon], [s for s in mains if s.start > colon]
    else:
        intro = sentence[: mains[0].start]
    leading = _labels_first(sentence, mains, ends, colon)
    labels = leading or _labels_after(sentence, mains, ends)
    if len(labels) < 2:
        return {}
    measure = _measure(
        labels, named, intro, (*mains[0].context[-1:], *mains[0].headings[-1:]), bool(colon), bool(leading)
    )
    if not measure or (measure in (*FREE, "compliments") and len(labels) < 3 and not named):
        return {}
    found: dict[int, Member] = {}
    for place, label in labels.items():
        category = label_of(label).candidates.get(measure, "") if measure in CATEGORIES else slug(label)
        if category:
            found[place] = (measure, category, label)
    return found if len(found) >= max(2, 0.6 * len(labels)) else {}


def _end(statement: Statement, usable: list[Statement]) -> int:
    """Where a number ends, with the share in brackets behind it."""
    end = statement.start + len(statement.printed)
    partner = next((s for s in usable if s.place[1] == statement.partner), None)
    return max(end, partner.start + len(partner.printed)) if partner is not None else end


def _of_whom(statement: Statement) -> bool:
    """True for a part of another number: "young people 7, of whom 5 had an advocate"."""
    return (
        re.search(r"\bof\s+(?:whom|which|these|those)\s*,?\s*$", statement.sentence[: statement.start], re.IGNORECASE)
        is not None
    )


def _colon(sentence: str, mains: list[Statement]) -> int:
    """Where the announcement ends: a colon with at least two numbers behind it; 0 for none."""
    for match in re.finditer(r":\s", sentence):
        if sum(s.start > match.start() for s in mains) >= 2 and not re.match(r"\s*\d", sentence[match.end() :]):
            return match.end()
    return 0


def _label(text: str) -> str:
    """A text as a label; empty where it is none."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:.()‘’'“”–-")
    words = text.split()
    if (
        not words
        or len(words) > 8
        or _VERB.search(text)
        or re.search(r"\d", re.sub(r"\b\d+[-–]\d+\b|\b[A-Z]{2,}\d\b", "", text))
    ):
        return ""
    return text if re.search(r"[A-Za-z]{2}", text) else ""


def _labels_first(sentence: str, mains: list[Statement], ends: dict[int, int], colon: int) -> dict[int, str]:
    """Labels in front of their numbers."""
    rest = re.split(r"[,(]\s*of\s+(?:whom|which|these|those|the)\b", sentence[ends[mains[-1].place[1]] :])[0]
    if re.search(
        r"[A-Za-z]{3}", re.sub(r"\b(?:complaints?|compliments?|respectively|each|cases?)\b", "", rest.split(". ")[0])
    ):
        return {}
    found: dict[int, str] = {}
    last = colon
    for n, s in enumerate(mains):
        gap = (
            re.sub(r"^\s*(?:complaints?|compliments?)\b", "", sentence[last : s.start])
            if n
            else sentence[last : s.start]
        )
        last = ends[s.place[1]]
        gap = _CLOSING.sub(
            "",
            re.sub(
                r"\bof\s+(?:(?:the|all|these)\s+(?:stage\s+\w+\s+)?|stage\s+\w+\s+)complaints\b",
                "",
                gap,
                flags=re.IGNORECASE,
            ),
        )
        gap = _COMMONEST.sub("", gap)
        if n == 0 and not colon:
            ends_before = [m.end() for m in _BEFORE_LABEL.finditer(gap)]
            gap = gap[ends_before[-1] :] if ends_before else gap
        label = _label(_OPENING.sub("", gap))
        if label:
            found[s.place[1]] = label
        elif n:
            return {}
    return found


def _labels_after(sentence: str, mains: list[Statement], ends: dict[int, int]) -> dict[int, str]:
    """Labels behind their numbers."""
    found: dict[int, str] = {}
    for n, s in enumerate(mains):
        end = mains[n + 1].start if n + 1 < len(mains) else len(sentence)
        text = _TRAILS.sub("", sentence[ends[s.place[1]] : end].rstrip(" ."))
        if re.match(r"[\s%)]*[,;]", text):
            continue  # the comma ends what this number belongs to: "relatives for 12%, young people for 9%"
        label = _label(_LEADS.sub("", text))
        if label:
            found[s.place[1]] = label
    return found


def _measure(
    labels: dict[int, str], named: str, intro: str, around: tuple[str, ...], announced: bool, leading: bool
) -> str:
    """The breakdown whose members the labels are. `leading` where they stand before their numbers."""
    if named:
        return named
    if _MEAN_DAYS.search(intro):
        return "mean_response_time"
    praised = "complain" not in intro.lower() and any(
        re.search(r"compliment", text, re.IGNORECASE) and "complain" not in text.lower() for text in around
    )
    coded: Counter[str] = Counter()
    for label in labels.values():
        coded.update(m for m in label_of(label).candidates if m in ("complainant", "channel", "outcome"))
    if coded:
        best, count = coded.most_common(1)[0]
        if count >= max(2, 0.6 * len(labels)) and not re.search(
            r"\benquir", " ".join((intro, *labels.values())), re.IGNORECASE
        ):
            if praised:
                return ""  # from whom compliments came
            return best if best != "outcome" or announced else ""
    if (praised or re.search(r"compliment", intro, re.IGNORECASE)) and _FROM_WHOM.search(intro):
        return ""
    if re.search(r"compliment", intro, re.IGNORECASE):
        return "compliments" if announced or "complain" not in intro.lower() else ""
    if praised and len(labels) >= 3:
        return "compliments"
    if _ABOUT.search(intro):
        return "theme"
    if _SERVICES.search(intro) or _RECEIVING.search(intro):
        return "service"
    if _THEMES.search(intro) or any(
        h.wording.measure == "theme" and not h.wording.category for text in around for h in hits(text, "heading")
    ):
        return "theme"
    if sum(_REMEDIES.search(canonical(label)) is not None for label in labels.values()) >= 2:
        return "remedy"
    if sum(_TRAITS.match(canonical(label)) is not None for label in labels.values()) >= 2:
        return "characteristic"
    if any(_CHARACTERISTICS.search(text) for text in (intro, *around[:1])):
        return "characteristic"
    hinted: Counter[str] = Counter()
    for label in labels.values():
        hinted.update(breakdowns_hinted(label))
    if leading and len(labels) >= 3 and hinted:
        best, count = hinted.most_common(1)[0]
        other = max((c for b, c in hinted.items() if b != best), default=0)
        if count >= 0.6 * len(labels) and other <= 0.5 * count:
            return best
    return ""
