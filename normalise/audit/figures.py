"""Observations that contradict one another: the same thing twice, flows between the stages, parts above their whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import fsum
from typing import Any

from normalise.audit.finding import Finding, Report, place, subject_of
from normalise.rows import Row, grouped

_KEY = ("authority", "period", "procedure", "stage", "measure", "category", "unit")
CERTAIN = 0.71
"""A reading under this is doubted before the report is: of two figures as likely, both are right in no more than half of all cases."""


def stated_twice(report: Report) -> Iterator[Finding]:
    """Pairs of different values of one key.

    An empty scope and the base `unknown` match anything, so they take no part in the key. A value that is said to be
    approximate, or printed with fewer decimals, is no contradiction; nor are two of one paragraph, which are likelier misread than contradictory, or two
    whose difference the report gives in the sentences that follow either ("16 asked for stage 2. Five were resolved.").
    """
    texts = _Texts(report)
    known = [r for r in report.rows if r["value"] is not None and r["confidence"] >= CERTAIN]
    for group in grouped(known, _KEY).values():
        if len({r["value"] for r in group}) < 2:
            report.passed["stated_twice"] += len(group) - 1
            continue
        first, *others = [rows[0] for rows in grouped(group, ("value", "base")).values()]
        for second in others:
            if (
                first["value"] == second["value"]
                or _may_agree(first, second)
                or _with_those_open(report.rows, first, second)
                or texts.in_one_paragraph(first, second)
                or texts.explained(first, second)
            ):
                report.passed["stated_twice"] += 1
                continue
            yield Finding(
                "stated_twice",
                subject_of(first),
                first["value"],
                second["value"],
                place(first["page"], first["quote"]),
                place(second["page"], second["quote"]),
                f"The report gives {first['value']:g} and {second['value']:g} for the same thing.",
            )


class _Texts:
    """The sentences that the figures of a report stand in."""

    def __init__(self, report: Report) -> None:
        self._all = [f.statement for f in report.fates]
        used = [(f.row, f.statement) for f in report.fates if f.row is not None]
        self._by_place = {_place_of(row): s for row, s in used}

    def in_one_paragraph(self, a: Row, b: Row) -> bool:
        one, other = self._by_place.get(_place_of(a)), self._by_place.get(_place_of(b))
        if one is None or other is None or not (one.sentence and other.sentence):
            return False
        return one.group.split(".")[0] == other.group.split(".")[0]

    def explained(self, a: Row, b: Row) -> bool:
        """True where one of the next two sentences after either holds a number that is the difference of the two."""
        gap = abs(a["value"] - b["value"])
        after = {s.sentence for row in (a, b) if (s := self._by_place.get(_place_of(row))) is not None and s.sentence}
        return a["unit"] == "count" and any(
            s.value == gap and bool(after & set(s.context[-_FOLLOWING:])) for s in self._all if s.statistic
        )


_FOLLOWING = 2
"""Sentences after a figure in which the report may explain it."""


def _place_of(row: Row) -> tuple[Any, ...]:
    return row["page"], row["bbox"], row["quote"], row["value"]


def _with_those_open(rows: Sequence[Row], a: Row, b: Row) -> bool:
    """True where one count of complaints received is the other with those that were open when the year began."""
    if a["measure"] != "received":
        return False
    return any(
        r["measure"] == "brought_forward" and r["value"] == abs(a["value"] - b["value"]) and _of_one_stage(r, a)
        for r in rows
    )


def _of_one_stage(a: Row, b: Row) -> bool:
    return all(a[name] == b[name] for name in ("authority", "period", "procedure", "stage"))


def _may_agree(a: Row, b: Row) -> bool:
    different_bases = a["base"] != b["base"] and not {"", "unknown"} & {a["base"], b["base"]}
    about = "e" in (a["value_status"], b["value_status"])
    gap = abs(a["value"] - b["value"])
    return (
        different_bases
        or _rounds_to(a["value"], b["value"])
        or (about and gap <= max(1.0, 0.03 * max(a["value"], b["value"])))
        or _one_place_has_both(a, b)
        or _rows_of_one_list(a, b)
    )


def _rounds_to(a: float, b: float) -> bool:
    """True where one value is the other, rounded to a tenth or a whole."""
    return any(abs(round(x, digits) - y) < 1e-9 for x, y in ((a, b), (b, a)) for digits in (0, 1))


def _one_place_has_both(a: Row, b: Row) -> bool:
    """A sentence, or a row of a table, seldom contradicts itself: there one of the two is a part of the other."""
    if a["quote"] == b["quote"]:
        return True
    return a["page"] is not None and a["page"] == b["page"] and (
        a["method"] == b["method"] == "table" and a["quote"].split(" | ")[0] == b["quote"].split(" | ")[0] and " | " in a["quote"]
        and a["bbox"] != "" and abs(float(a["bbox"].split()[1]) - float(b["bbox"].split()[1])) < 3
    )  # fmt: skip


def _rows_of_one_list(a: Row, b: Row) -> bool:
    """Rows with names of their own that one category of the model holds: mothers and fathers, both parents."""
    listed = ("table", "chart", "list")
    return (
        a["method"] in listed
        and b["method"] in listed
        and a["page"] == b["page"]
        and a["label"] != b["label"]
        and "" not in (a["label"], b["label"])
    )


class _Numbers:
    """Counts of one authority, period and procedure by measure, category and stage."""

    def __init__(self, rows: Iterable[Row]) -> None:
        usable = [r for r in rows if r["unit"] == "count" and r["value"] is not None and r["confidence"] >= CERTAIN]
        self._rows = grouped(usable, ("measure", "category", "stage"))

    def all(self, measure: str, stage: str, category: str = "") -> list[Row]:
        return self._rows.get((measure, category, stage), [])

    def items(self) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
        """Measure, category and stage, with the figures given for it."""
        yield from self._rows.items()

    def one(self, measure: str, stage: str, category: str = "") -> Row | None:
        """The figure where the report gives just one value."""
        rows = self.all(measure, stage, category)
        return rows[0] if rows and len({r["value"] for r in rows}) == 1 else None


def _each(report: Report) -> Iterator[tuple[_Numbers, Row]]:
    for rows in grouped(report.rows, ("authority", "period", "procedure")).values():
        yield _Numbers(rows), rows[0]


STAGES = ("stage_1", "stage_2", "stage_3", "ombudsman", "any")


def flows(report: Report) -> Iterator[Finding]:
    """Brought forward + received = closed + outside scope + withdrawn + carried forward.

    Where `closed` includes the two, without them; where nothing is said of one end of the year, nothing is checked.
    """
    for numbers, _ in _each(report):
        for stage in STAGES:
            start, came = numbers.one("brought_forward", stage), numbers.all("received", stage)
            done, left = numbers.one("closed", stage), numbers.one("carried_forward", stage)
            if start is None or left is None or done is None or not came:
                continue
            aside = [numbers.one("outcome", stage, c) for c in ("outside_scope", "withdrawn")]
            extra = [r["value"] for r in aside if r is not None]
            out = {done["value"] + left["value"] + added for added in (0, sum(extra), *extra)}
            if any(abs(start["value"] + c["value"] - o) < 0.5 for c in came for o in out):
                report.passed["flow"] += 1
                continue
            entered, gone = start["value"] + came[0]["value"], done["value"] + left["value"] + sum(extra)
            yield Finding(
                "flow",
                f"complaints in and out, {subject_of(came[0])}",
                float(entered),
                float(gone),
                place(came[0]["page"], came[0]["quote"]),
                place(done["page"], done["quote"]),
                f"{start['value']:g} brought forward and {came[0]['value']:g} received make {entered:g}; those closed, outside scope, withdrawn and carried forward make {gone:g}.",
            )


def totals_of_stages(report: Report) -> Iterator[Finding]:
    """The complaints of a procedure that belong to no stage, against the sum of its first stages.

    What is counted in such a total differs: stage 1 alone, or with the later stages. Only what none of these explains is shown.
    """
    for numbers, first in _each(report):
        if first["procedure"] == "all":
            continue
        whole = numbers.one("received", "any")
        stages = [numbers.all("received", s) for s in ("pre_stage", "stage_1", "stage_2", "stage_3", "ombudsman")]
        if whole is None or not stages[1] or not stages[2]:
            continue
        sums = {0.0}
        explained = False
        for known in stages:
            sums |= {total + r["value"] for total in sums for r in known}
        explained = any(abs(whole["value"] - total) < 0.5 for total in sums)
        if explained:
            report.passed["stages_total"] += 1
        else:
            a, b = stages[1][0], stages[2][0]
            added = a["value"] + b["value"]
            yield Finding(
                "stages_total",
                f"{subject_of(whole)} in all",
                whole["value"],
                float(added),
                place(whole["page"], whole["quote"]),
                place(a["page"], a["quote"]),
                f"{whole['value']:g} complaints in all; stage 1 ({a['value']:g}) and stage 2 ({b['value']:g}) make {added:g}, and no sum of the stages gives the total.",
            )


_DECISIONS = ("upheld", "not_upheld")


def outcomes_left_out(report: Report) -> Iterator[Finding]:
    """Outcomes that stop a little short of what was closed: with upheld, not upheld and a third outcome given, one or two complaints have none."""
    for numbers, _ in _each(report):
        for stage in ("stage_1", "stage_2", "stage_3", "any"):
            closed = numbers.one("closed", stage)
            if closed is None or any(numbers.one("outcome", stage, c) is None for c in _DECISIONS):
                continue
            parts = [
                r
                for (m, c, s), found in numbers.items()
                if (m, s) == ("outcome", stage) and c != "upheld_or_partially"
                for r in found[:1]
            ]
            if len(parts) < 3 or any(r["method"] == "sentence" and r["quote"] != closed["quote"] for r in parts):
                continue  # what a sentence leaves out, the next may say
            added, printed = fsum(r["value"] for r in parts), " + ".join(f"{r['value']:g}" for r in parts)
            if added == closed["value"]:
                report.passed["outcomes_total"] += 1
            if 0 < closed["value"] - added <= max(2, 0.1 * closed["value"]):
                yield Finding(
                    "outcomes_total",
                    f"outcomes, {subject_of(closed)}",
                    float(added),
                    closed["value"],
                    place(parts[0]["page"], parts[0]["quote"]),
                    place(closed["page"], closed["quote"]),
                    f"The outcomes ({printed}) add up to {added:g} of {closed['value']:g} complaints closed.",
                )


def shares_without_a_whole(report: Report) -> Iterator[Finding]:
    """ "22 (5.99%)" where no total in the report makes 22 that share of it."""
    prose = [
        r
        for r in report.rows
        if r["method"] in ("sentence", "list") and r["value"] is not None and r["confidence"] >= CERTAIN
    ]
    wholes = {
        float(f.statement.value)
        for f in report.fates
        if f.statement.value is not None and f.statement.kind in ("number",)
    }
    key = ("page", "quote", "measure", "category", "period", "stage", "procedure")
    for rows in grouped(prose, key).values():
        counts, shares = ([r for r in rows if r["unit"] == unit] for unit in ("count", "percent"))
        if len(counts) != 1 or len(shares) != 1:
            continue
        count, share = counts[0], shares[0]
        value = share["value"]
        places = _places(value)
        # A share of one or two decimals points to few totals; one in whole per cents fits nearly any.
        if places == 0 or count["value"] < 5 or value <= 0 or value > 100 or share["value_status"] == "e":
            continue
        slack = 10.0**-places
        if any(w >= count["value"] and abs(100 * count["value"] / w - value) < slack for w in wholes if w):
            report.passed["share"] += 1
            continue
        whole = _likely_whole(report.rows, count)
        if whole is None:
            continue
        computed = 100 * count["value"] / whole["value"]
        if abs(computed - value) > 5:
            continue  # a share of something else
        yield Finding(
            "share",
            subject_of(count),
            value,
            round(float(computed), 2),
            place(share["page"], share["quote"]),
            place(whole["page"], whole["quote"]),
            f"{count['value']:g} of {whole['value']:g} is {computed:.2f}%; the report gives {value:g}%, which is the share of no total in it.",
        )


def _likely_whole(rows: Sequence[Row], count: Row) -> Row | None:
    """What was received at the stage, or in all, of the period and procedure of a count."""
    same = [
        r
        for r in rows
        if (r["measure"], r["unit"]) == ("received", "count")
        and (r["period"], r["procedure"]) == (count["period"], count["procedure"])
        and r["stage"] in (count["stage"], "stage_1", "any")
        and r["value"] is not None
        and r["value"] >= count["value"]
    ]
    return min(same, key=lambda r: r["stage"] != count["stage"], default=None)


def shares_escalated(report: Report) -> Iterator[Finding]:
    """The share of complaints that went on, against the complaints received at the two stages."""
    shares = [
        r for r in report.rows if (r["measure"], r["unit"]) == ("escalated", "percent") and r["value"] is not None
    ]
    for share in shares:
        following = {"stage_1": "stage_2", "stage_2": "stage_3"}.get(share["stage"])
        same = [
            r
            for r in report.rows
            if (r["period"], r["authority"], r["unit"]) == (share["period"], share["authority"], "count")
            and r["value"] is not None
        ]
        went = [
            r
            for r in same
            if (r["measure"] in ("escalated", "escalation_requested") and r["stage"] == share["stage"])
            or (r["measure"] in ("received", "closed") and r["stage"] == following)
        ]
        of = [
            r
            for r in same
            if r["measure"] in ("received", "closed") and r["stage"] in (share["stage"], "any") and r["value"] > 0
        ]
        of_stage = [r for r in of if r["stage"] == share["stage"]]
        if not went or not of_stage:
            continue
        slack = 10.0 ** -_places(share["value"])
        if any(abs(100 * a["value"] / b["value"] - share["value"]) < slack for a in went for b in of):
            report.passed["escalation"] += 1
            continue
        a, b = went[0], of_stage[0]
        computed = 100 * a["value"] / b["value"]
        yield Finding(
            "escalation",
            subject_of(share),
            share["value"],
            round(float(computed), 2),
            place(share["page"], share["quote"]),
            place(a["page"], a["quote"]),
            f"{a['value']:g} of {b['value']:g} is {computed:.1f}%; the report gives {share['value']:g}%, and no figure of the two stages makes that.",
        )


def escalations(report: Report) -> Iterator[Finding]:
    """Complaints that went on from a stage and those received at the next."""
    for numbers, _ in _each(report):
        for this, following in (("stage_1", "stage_2"), ("stage_2", "stage_3")):
            went, came = numbers.all("escalated", this), numbers.all("received", following)
            if not went or not came:
                continue
            if {r["value"] for r in went} & {r["value"] for r in came}:
                report.passed["escalation"] += 1
                continue
            a, b = went[0], came[0]
            yield Finding(
                "escalation",
                f"{this.replace('_', ' ')} to {following.replace('_', ' ')}, {a['period']}",
                a["value"],
                b["value"],
                place(a["page"], a["quote"]),
                place(b["page"], b["quote"]),
                f"{a['value']:g} complaints went on from {this.replace('_', ' ')}, but {b['value']:g} were received at {following.replace('_', ' ')}.",
            )


WHOLES = (
    ("outcome", ("closed", "received")),
    ("response_time", ("closed", "received")),
    ("complainant", ("received",)),
    ("channel", ("received",)),
    ("escalated", ("received",)),
    ("extended", ("received", "closed")),
    ("mean_response_time", ()),
)
"""Measures whose every count is a part of one of these."""


def parts_of_wholes(report: Report) -> Iterator[Finding]:
    """A category larger than everything that was received and closed."""
    for numbers, _ in _each(report):
        for measure, wholes in WHOLES:
            for stage in STAGES:
                whole = [r for w in wholes for r in numbers.all(w, stage)]
                if not whole or stage == "ombudsman":
                    continue
                most = max(whole, key=lambda r: r["value"])
                start = numbers.one("brought_forward", stage)
                limit = most["value"] + (start["value"] if start is not None else 0)
                rows = [r for (m, _, s), found in numbers.items() if m == measure and s == stage for r in found]
                for row in rows:
                    if row["value"] > limit:
                        yield Finding(
                            "part_of_whole",
                            subject_of(row),
                            row["value"],
                            float(limit),
                            place(row["page"], row["quote"]),
                            place(most["page"], most["quote"]),
                            f"{row['value']:g} is more than the {limit:g} complaints there were.",
                        )
    yield from _shares_beyond_whole(report.rows)


_EXCLUSIVE = ("outcome", "complainant", "channel")


def _shares_beyond_whole(rows: Sequence[Row]) -> Iterator[Finding]:
    """Shares of one breakdown, from one table or chart, that together are not 100% but near it."""
    shares = [
        r
        for r in rows
        if r["unit"] == "percent" and r["measure"] in _EXCLUSIVE and r["value"] is not None
        and r["method"] in ("table", "chart") and r["category"] != "upheld_or_partially"
    ]  # fmt: skip
    keys = ("authority", "period", "procedure", "stage", "measure", "base", "page", "method")
    for group in grouped(shares, keys).values():
        added = fsum(r["value"] for r in group)
        # A sum far from the whole is of a breakdown that was not read in full.
        if len(group) < 3 or len({r["category"] for r in group}) != len(group) or not 90 <= added <= 110:
            continue
        places = max(_places(r["value"]) for r in group)
        if abs(added - 100) > 0.5 * 10**-places * len(group) + 0.5 * 10**-places:
            first, last = group[0], group[-1]
            printed = " + ".join(f"{r['value']:g}" for r in group)
            yield Finding(
                "percent_total",
                f"{first['measure'].replace('_', ' ')} shares, {subject_of({**first, 'category': ''})}",
                round(added, 2),
                100.0,
                place(first["page"], first["quote"]),
                place(last["page"], last["quote"]),
                f"The shares ({printed}) add up to {added:g}%.",
            )


def _places(value: float) -> int:
    return 0 if abs(value - round(value)) < 1e-9 else 1 if abs(10 * value - round(10 * value)) < 1e-6 else 2
