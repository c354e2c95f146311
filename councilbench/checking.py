"""What `check` says of a report: what became of its numbers, where it contradicts itself, what it does not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from councilbench.result import Result
from normalise.ledger import advice
from normalise.reading.trace import both_readings

if TYPE_CHECKING:
    from councilbench.runs import Run

REASONS = {
    "stage": "names of stages", "date": "dates", "period": "years", "year": "years", "timescale": "time limits", "duration": "spans of time",
    "span_of_time": "spans of time", "reference": "numbers of sections, tables and the like", "case_summary": "single cases", "change": "changes since the year before",
    "procedure": "the procedure itself", "target": "targets", "inexact": "inexact words", "range": "ranges", "rounded_share": "rounded shares", "quotation": "quotations",
    "cross_tabulation": "tables that are broken down twice", "code": "codes and reference numbers", "ordinal": "first, second, third", "web_address": "web addresses",
    "footnote_mark": "marks of footnotes", "clock_time": "times of day", "age": "ages", "a part of the service": "a part of the service", "no wording says what is counted": "words that are not known",
}  # fmt: skip
"""Reason why a number is no figure -> what it is, as it is said after a count; the others are said as they are."""


def lines_on(result: Result) -> list[tuple[str, str]]:
    """What became of a report's numbers: lines with the part that they belong to, `numbers` or `unplaced`."""
    unplaced = [f for f in result.fates if f.fate == "unplaced"]
    used = sum(f.fate == "used" for f in result.fates)
    aside = Counter(_said(f.reason) for f in result.fates if f.fate == "ignored")
    numbers = [
        f"{result.document.slug}: {len(result.fates)} numbers: {used} taken as figures, {aside.total()} left aside, {len(unplaced)} without a place"
    ]
    if aside:
        numbers.append("  left aside: " + ", ".join(f"{reason} ({count})" for reason, count in aside.most_common()))
    places = []
    for f in unplaced:
        page = f"page {f.statement.page}: " if f.statement.page else ""
        places.append(f"  no place for {f.statement.printed!r} ({f.reason}): {page}{f.statement.quote}")
        places += [f"    {line}" for line in both_readings(f)]
    places += [f"  refused of the second reader: {said}" for said in result.refused]
    return [*(("numbers", line) for line in numbers), *(("unplaced", line) for line in places)]


def report_on(
    slug: str, lines: Iterable[tuple[str, str]], run: Run, complete: Mapping[str, tuple[int, int]]
) -> Iterator[str]:
    """Lines on one report, the first with its name and the others indented; `lines` as lines_on gives them, `complete` as
    normalise.ledger.completeness does."""
    listed = list(lines)
    yield from (line for part, line in listed if part == "numbers")
    yield from _contradictions(slug, run)
    answered, asked = complete.get(slug, (0, 0))
    if asked:
        yield f"  gives {answered} of the {asked} things that an annual report is asked for and that comparison needs"
    if missing := advice(run.ledger, slug):
        yield "  to be comparable next year:"
        yield from (f"    - {line}" for line in missing)
    yield from (line for part, line in listed if part == "unplaced")


def _contradictions(slug: str, run: Run) -> Iterator[str]:
    findings = run.discrepancies[run.discrepancies["document"] == slug]
    agree = run.agreeing.get(slug, 0)
    yield f"  held against one another, its figures agree in {agree} places and differ in {len(findings)}"
    for _, d in findings.iterrows():
        yield (
            f"  contradiction ({d['severity']}): {d['subject']}: {d['first']:g} ({d['where_first']}) and {d['second']:g} "
            f"({d['where_second']}). {d['explanation']}"
        )


def _said(reason: str) -> str:
    code = reason.split(":", maxsplit=1)[0]
    return REASONS.get(code, code.replace("_", " "))
