"""Which number of a document a gold row is about: by value, and by the words that the gold row and the number share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from councilbench.evaluate import Row
from extract.statement import Statement
from normalise import bands

Belief = Callable[[int, Row], float]
_WORD = re.compile(r"[a-z0-9]+")


def _words(text: str) -> set[str]:
    return {w.rstrip("s") for w in _WORD.findall(text.lower())} - {
        "the",
        "of",
        "in",
        "a",
        "and",
        "to",
        "table",
        "wa",
        "were",
        "for",
        "at",
    }


@dataclass
class Target:
    """What a number is known to be: the gold rows that it states, or may state."""

    rows: list[Row]
    sure: bool
    """False where the number has the value of these rows and may be another number all the same."""


def _unit_fits(s: Statement, row: Row) -> bool:
    units = row["unit"].split("|")
    if s.kind == "money":
        return "gbp" in units
    if s.kind == "percent":
        return "percent" in units
    if s.kind in ("working_days", "days"):
        return bool({"working_days", "days"} & set(units))
    return True


def _likeness(s: Statement, row: Row) -> float:
    near = _words(" ".join((*s.rows, *s.columns, s.sentence)))
    far = _words(" ".join((s.caption, s.corner, *s.headings, *s.context)))
    label, evidence = _words(row.get("label", "")), _words(row.get("evidence", ""))
    score = 2.0 * len(label & near) / (len(label) or 1) + 0.5 * len(label & far) / (len(label) or 1)
    score += 1.5 * len(evidence & (near | far)) / (len(evidence) or 1)
    years = {p.split(" ")[0][:4] for p in row["period"].split("|")}
    score += 0.4 * any(y and y in w for y in years for w in near)
    if row["stage"].startswith("stage_"):
        score += 0.3 * (row["stage"][-1] in near)
    return score


CLEAR = 1.2
"""A likeness from which on the words of a gold row point at a number."""


def targets(statements: Sequence[Statement], gold: Sequence[Row], belief: Belief | None = None) -> dict[int, Target]:
    """Place of a number in `statements` -> what it is known to be; numbers that no gold row can be about are not in it.

    `belief` says how likely an earlier reading holds that a number states a gold row: a report states most figures once or
    twice, and has other numbers of the same value.
    """
    chosen: dict[int, list[tuple[float, Row]]] = {}
    maybe: dict[int, list[Row]] = {}
    for row in gold:
        value = row["value"].split("|")[0]
        if not value:
            continue
        fitting = [
            n
            for n, s in enumerate(statements)
            if s.value is not None and abs(s.value - float(value)) < 0.006 and _unit_fits(s, row)
        ]
        likeness = {n: _likeness(statements[n], row) + (3.0 * belief(n, row) if belief else 0.0) for n in fitting}
        best = max(likeness.values(), default=0.0)
        near = [n for n in fitting if likeness[n] >= best - 0.05]
        for n in fitting:
            maybe.setdefault(n, []).append(row)
            if n in near and (best >= CLEAR or len(fitting) == 1) and len(near) <= 3:
                chosen.setdefault(n, []).append((likeness[n], row))
    result = {}
    for n, rows in maybe.items():
        if n in chosen:
            top = max(score for score, _ in chosen[n])
            result[n] = Target([row for score, row in chosen[n] if score >= top - 0.05], True)
        else:
            result[n] = Target(rows, False)
    return result


def accepts(slot: str, value: Any, row: Row) -> bool:
    """True where a gold row has this value in a slot."""
    from councilbench.evaluate import _category_fits  # noqa: PLC0415

    if slot == "what":
        measure, category = value
        if measure not in row["measure"].split("|"):
            return False
        return _category_fits(measure, category, row["category"]) or (
            measure == "response_time" and any(_same_limit(category, c) for c in row["category"].split("|"))
        )
    return str(value) in row[slot].split("|")


def _same_limit(code: str, gold: str) -> bool:
    """True for codes of bands that one head may stand for: "20 days" is `within_20` or `11_to_20`, "late" `over_20`."""
    if gold.startswith("over_") and code == "outside_timescale":
        return True
    a, b = bands.parse(code), bands.parse(gold)
    if a is None or b is None:
        return False
    return a.high == b.high and (a.high is not None or abs((a.low or 0) - (b.low or 0)) <= 1)
