"""The period that a document reports on, among those that it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.councils import words_of_names
from normalise import periods
from normalise.reading.tagging import tag
from normalise.reading.weighing import Option

_SAID_OF_OTHERS = {"COMPARE", "LASTYEAR", "CHANGE", "DUTY"}
_LONGEST = 60_000
"""Characters of a document that are looked through for years."""
_BESIDE = re.compile(r"[a-z]+|\d|[():;,/|]")
_MONTH = re.compile(r"[a-z]{3,}")


def period_options(lines: Sequence[str], text: str) -> list[Option]:
    """Proposals for the document's own period. `lines` are its title, headings and first paragraphs, in order; the whole text says how each year is spoken of."""
    text = text[:_LONGEST]
    said = periods.said(text)
    mentions = Counter(s.period for s in said if s.exact and periods.is_year(s.period.split(" ")[0]))
    first, dated = _in_opening(lines)
    spoken = _spoken_of(text, said)
    named = dict.fromkeys([*first, *(p for p, _ in mentions.most_common(6))])
    # The year after the one that all figures are compared with may not be named at all.
    unnamed = [
        v
        for v in spoken
        if v not in mentions and (periods.before(v) in mentions or any("date" in f for f in spoken[v]))
    ]
    values = [v for v in dict.fromkeys([*named, *unnamed]) if v[:4].isdigit()]
    if not values and dated:
        # A report or letter without a year is dated in the year after the one that it is about, or late in that one.
        values = [periods.before(dated), dated]
    years = sorted({v.split(" ")[0] for v in values if mentions.get(v)}, reverse=True)
    ranked = [p for p, _ in mentions.most_common()]
    whole = sum(mentions.values()) or 1
    options = []
    for value in values:
        year = value.split(" ")[0]
        rank = ranked.index(value) if value in ranked else 9
        features = list(dict.fromkeys(first.get(value, [])))
        features += [
            f"rank {min(rank, 3)}",
            f"share {round(4 * mentions[value] / whole)}",
            f"latest {min(years.index(year), 3) if year in years else 9}",
        ]
        features.append("part" if " " in value else "calendar" if len(value) == 4 else "whole")
        if dated:
            gap = periods.start_of(dated) - periods.start_of(year)
            features.append(f"date {gap if -1 <= gap <= 3 else 'far'}")
        if not any(f.startswith(("line 0", "line 1", "line 2")) for f in features):
            features.append("not in title")
        options.append(Option(value, [*features, *sorted(spoken.get(value, ()))], source="document"))
    return options


def _in_opening(lines: Sequence[str]) -> tuple[dict[str, list[str]], str]:
    """Where the first lines name each year, and the first date."""
    first: dict[str, list[str]] = {}
    dated = ""
    for n, line in enumerate(lines[:40]):
        sentence = tag(line[:600], ())
        short = "short" if len(line) < 140 else "long"
        for span, said in sentence.periods:
            if not said.exact:
                dated = dated or (said.period if n < 12 else "")
                continue
            around = set(sentence.classes[max(0, span.start - 4) : span.start])
            where = str(n) if n < 3 else "3-6" if n < 7 else "7-12" if n < 13 else "later"
            features = first.setdefault(said.period, [])
            features += (
                [f"line {where}", f"{short} line {where}"] if not around & _SAID_OF_OTHERS else [f"aside {short}"]
            )
            features += [f"with {c}" for c in ("COMPLAINT", "THISYEAR") if c in sentence.classes]
    return first, dated


def _plain_words(text: str) -> list[str]:
    """The words beside a year; a council's name gives way to a mark, so that nothing is learnt by it."""
    return [w if w not in words_of_names() else "name" for w in _BESIDE.findall(text.lower())]


_TURN = 60
"""Characters on each side of a year that may say which one it is: "the previous year (86 in 2022/23)"."""


def _turn_of_year(text: str, said: periods.Said) -> list[str]:
    """Whether the words around a year, within its sentence, call it this year or the last."""
    before = re.split(r"[.!?]\s", text[max(0, said.start - _TURN) : said.start])[-1]
    behind = re.split(r"[.!?;,]\s", text[said.end : said.end + _TURN // 2])[0]
    found = []
    for side, words in (("L", before), ("R", behind)):
        classes = tag(words, ()).classes
        nearest = next((c for c in (reversed(classes) if side == "L" else classes) if c in _TURNS), "")
        found += [f"{side}:{nearest}"] * bool(nearest)
    return found


_TURNS = ("LASTYEAR", "THISYEAR")


def _spoken_of(text: str, said: Sequence[periods.Said]) -> dict[str, set[str]]:
    """Year -> how it, the year before and the year after are spoken of: the words beside them, and the months of dates in them."""
    found: dict[str, set[str]] = {}
    called: dict[str, list[list[str]]] = {}
    for s in said:
        year = s.period.split(" ")[0]
        if not periods.is_year(year):
            continue
        before = _plain_words(text[max(0, s.start - 40) : s.start])[-2:]
        behind = _plain_words(text[s.end : s.end + 12])[:1]
        beside = [f"L:{w}" for w in before] + [f"L1:{w}" for w in before[-1:]] + [f"R:{w}" for w in behind]
        if not s.exact:
            month = next(iter(_MONTH.findall(text[s.start : s.end].lower())), "")[:3]
            beside = [f"date {month}", *(f"date {month} {f}" for f in beside if f.startswith("L1"))]
        else:
            turns = _turn_of_year(text, s)
            called.setdefault(year, []).append(turns)
            beside += turns
        after = periods.year_from(periods.start_of(year) + 1)
        for value, name in ((year, ""), (after, "prior "), (periods.before(year), "later ")):
            found.setdefault(value, set()).update(f"{name}{f}" for f in beside)
    for year, mentions in called.items():
        if all(any(turn.endswith("LASTYEAR") for turn in turns) for turns in mentions):
            found[year].add("always last year")
            found[periods.year_from(periods.start_of(year) + 1)].add("prior always last year")
    return found
