"""Changes on the year before that are not the difference between the two years, and dates that cannot be."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from extract.statement import Statement
from normalise import periods
from normalise.audit.finding import Finding, Report, agrees, decimals, subject_of, where
from normalise.reading.interpreting import Fate

_DOWN = re.compile(r"decreas|reduc|fewer|lower|less\b|fell|fall|drop|declin|down\b", re.IGNORECASE)
_UP = re.compile(r"increas|rise|rose|risen|more\b|higher|grew|growth|up\b", re.IGNORECASE)
_AMOUNT_KEY = ("authority", "procedure", "stage", "measure", "category", "unit")


@dataclass(frozen=True)
class _Claim:
    """A change that a report states, and the figure of the later year that it belongs to."""

    statement: Statement
    sign: int
    row: dict[str, Any]
    """The observation of the later year."""
    own: tuple[float, ...] = ()
    """Figures of the year before in the same sentence."""


def _claims(report: Report) -> list[_Claim]:
    """Changes whose sentence, or its only figure, says what changed."""
    groups: dict[str, list[Fate]] = defaultdict(list)
    for fate in report.fates:
        groups[fate.statement.group].append(fate)
    claims = []
    for group in groups.values():
        stated = [f for f in group if f.reason == "change" and f.statement.value is not None and f.statement.sentence]
        used = [f for f in group if f.row is not None and f.row.get("value") is not None]
        if not stated or not used:
            continue
        for fate in stated:
            s = fate.statement
            words = s.sentence[max(0, s.start - 60) : s.start + len(s.printed) + 25]
            down, up = _DOWN.search(words) is not None, _UP.search(words) is not None
            if down == up:
                continue
            latest = max(f.row["period"] for f in used if f.row)
            current = [f for f in used if f.row and f.row["period"] == latest]
            # With several figures, the nearest one before or after is meant, if the sentence has as many as changes.
            if len({f.row["measure"] + f.row["stage"] for f in current if f.row}) > 1 and len(current) != len(stated):
                continue
            nearest = min(current, key=lambda f: abs(f.statement.start - s.start))
            assert nearest.row is not None
            before = tuple(
                f.row["value"]
                for f in used
                if f.row and f.row["period"] == _before(latest) and _same(f.row, nearest.row)
            )
            claims.append(_Claim(s, -1 if down else 1, nearest.row, before))
    return claims


def _before(period: str) -> str:
    return periods.before(period) if periods.is_year(period) else ""


def _same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return all(a[k] == b[k] for k in _AMOUNT_KEY)


def changes(report: Report) -> Iterator[Finding]:
    """A stated change against the figures of the two years, and against the change stated elsewhere."""
    claims = _claims(report)
    for claim in claims:
        row = claim.row
        if row["unit"] == "percent" and claim.statement.kind == "percent":
            continue  # points or per cent of a percentage: not said
        alike = [r for r in report.rows if r["value"] is not None and _same(r, row)]
        match = [r for r in alike if r["period"] == _before(row["period"])]
        earlier = set(claim.own) or {r["value"] for r in match}
        later = {row["value"], *(r["value"] for r in alike if r["period"] == row["period"])}
        if not earlier:
            continue
        if any(_fits(claim, a, b) for a in earlier for b in later):
            report.passed["change"] += 1
            continue
        a, b = next(iter(earlier)), float(row["value"])
        computed = _change(claim, a, b)
        source = match[0] if match and not claim.own else None
        yield Finding(
            "change",
            subject_of(row),
            claim.sign * (claim.statement.value or 0),
            round(computed, 2),
            where(claim.statement),
            where(claim.statement) if source is None else f"page {source['page']}: {source['quote']}",
            f"From {a:g} to {b:g} is a change of {computed:+.4g}{'%' if claim.statement.kind == 'percent' else ''}; the report says {claim.statement.printed}.",
        )
    for one, two in combinations(claims, 2):
        if (
            _same(one.row, two.row)
            and one.row["period"] == two.row["period"]
            and one.statement.kind == two.statement.kind
            and one.sign * (one.statement.value or 0) != two.sign * (two.statement.value or 0)
            and not _rounded(one, two)
        ):
            yield Finding(
                "change",
                f"change on the year before, {subject_of(one.row)}",
                one.sign * (one.statement.value or 0),
                two.sign * (two.statement.value or 0),
                where(one.statement),
                where(two.statement),
                f"The report gives a change of {one.statement.printed} and of {two.statement.printed} for the same thing.",
            )


def _rounded(one: _Claim, two: _Claim) -> bool:
    places = min(decimals(one.statement), decimals(two.statement))
    return abs((one.statement.value or 0) - (two.statement.value or 0)) <= 0.5 * 10**-places + 1e-9


def _change(claim: _Claim, before: float, after: float) -> float:
    return 100 * (after - before) / before if claim.statement.kind == "percent" and before else after - before


def _fits(claim: _Claim, before: float, after: float) -> bool:
    if claim.statement.kind == "percent" and not before:
        return True
    computed = _change(claim, before, after) * claim.sign
    return agrees(claim.statement.value or 0.0, computed, decimals(claim.statement)) or (
        "approx" in claim.statement.sentence.lower() and abs(computed - (claim.statement.value or 0)) <= 1
    )


_MONTHS = {
    m: n
    for n, m in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"), 1
    )
}  # fmt: skip
_DATE = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)", re.IGNORECASE)
_SPAN = re.compile(rf"{_DATE.pattern}\s*(?:to|and|until|–|-|—)\s*(?:the\s+)?{_DATE.pattern}", re.IGNORECASE)


_MONTH_ALONE = re.compile(rf"^(?:{'|'.join(_MONTHS)})\s+((?:19|20)\d\d)$", re.IGNORECASE)


def _dated_too_early(report: Report) -> Iterator[Finding]:
    """A date on the cover before the end of the year that the report is about."""
    years = Counter(r["period"] for r in report.rows)
    if not years:
        return
    own = years.most_common(1)[0][0]
    if not periods.is_year(own):
        return
    end = periods.start_of(own) + 1
    for fate in report.fates[:12]:
        s = fate.statement
        text = (s.sentence or s.quote).strip(" .|")
        match = _MONTH_ALONE.match(text) if s.kind == "date" else None
        if match is None or s.page not in (None, 1):
            continue
        month, year = _MONTHS[text.split()[0].lower()], int(match[1])
        if (year, month) < (end, 3):
            yield Finding(
                "date", f"date of the report: {text}", float(year), float(end), where(s), f"the figures are for {own}",
                f"The report is dated {text}, before the year {own} that its figures are for had ended.",
            )  # fmt: skip


def impossible_dates(report: Report) -> Iterator[Finding]:
    """Days that no month has, periods that end before they begin, and a report dated before the end of its year."""
    yield from _dated_too_early(report)
    seen: set[str] = set()
    for fate in report.fates:
        s = fate.statement
        text = s.sentence or s.quote
        if s.kind != "date" or text in seen:
            continue
        seen.add(text)
        for day, month, year in (m.groups() for m in _DATE.finditer(text)):
            last = monthrange(int(year), _MONTHS[month.lower()])[1]
            if not 1 <= int(day) <= last:
                yield Finding(
                    "date", f"{day} {month} {year}", float(day), float(last), where(s), where(s),
                    f"{month.title()} {year} has {last} days; the report says {day} {month} {year}.",
                )  # fmt: skip
        for m in _SPAN.finditer(text):
            d1, m1, y1, d2, m2, y2 = m.groups()
            start, end = (int(y1), _MONTHS[m1.lower()], int(d1)), (int(y2), _MONTHS[m2.lower()], int(d2))
            if end < start:
                yield Finding(
                    "date", m[0][:120], float(y1), float(y2), where(s), where(s),
                    f"The period “{m[0]}” ends before it begins.",
                )  # fmt: skip
