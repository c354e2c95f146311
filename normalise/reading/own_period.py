"""The period that a document reports on, among those that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from normalise import periods
from normalise.reading.tagging import tag
from normalise.reading.weighing import Option

_SAID_OF_OTHERS = {"COMPARE", "LASTYEAR", "CHANGE", "DUTY"}


def period_options(lines: Sequence[str], text: str) -> list[Option]:
    """Proposals for the document's own period. `lines` are its title, headings and first paragraphs, in order."""
    mentions = Counter(
        s.period for s in periods.said(text[:60_000]) if s.exact and periods.is_year(s.period.split(" ")[0])
    )
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
    values = [v for v in dict.fromkeys([*first, *(p for p, _ in mentions.most_common(6))]) if v[:4].isdigit()]
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
        options.append(Option(value, features, source="document"))
    return options
