"""The stage of figures whose words name none, where the law or arithmetic does.

A breakdown whose parts add up to what one stage alone received or closed is of that stage. Response times within 10
and 20 working days are stage 1's and those within 25 and 65 stage 2's, because the Children Act 1989 Representations
Procedure (England) Regulations 2006 (regulations 14 and 17) set these limits for these stages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.statement import Statement
from normalise import bands
from normalise.address import Address
from normalise.discourse import Found

_BREAKDOWNS = ("outcome", "complainant", "channel", "service", "theme")
_LIMITS = {10: "stage_1", 20: "stage_1", 25: "stage_2", 65: "stage_2"}
LEAST = 8
"""A sum below this may agree with a stage by chance."""


def settle(
    read: Sequence[tuple[Statement, Found]], procedure_of: Callable[[Statement, Address], str]
) -> list[tuple[Statement, Found]]:
    """The same numbers, with stages that follow from limits and sums. `procedure_of` gives the procedure that a figure will have."""
    result = list(read)
    totals = _totals(read)
    groups: dict[tuple[object, ...], list[int]] = {}
    for n, (s, f) in enumerate(read):
        a = f.address
        if a.problem or a.stage not in ("", "any"):
            continue
        if a.measure == "response_time" and procedure_of(s, a) == "children_statutory":
            stage = _by_limit(a.category)
            if stage:
                result[n] = (s, replace(f, address=replace(a, stage=stage)))
        elif a.measure in _BREAKDOWNS:
            where: object = s.group if s.rows or s.columns else s.group.rsplit(".", 1)[0]
            if s.method == "list":
                where = s.headings
            groups.setdefault((where, a.measure, a.period, a.procedure, a.authority), []).append(n)
    for (_, _, period, procedure, authority), members in groups.items():
        stage = _by_sum([read[n] for n in members], totals.get((period, procedure, authority), {}))
        for n in members if stage else ():
            s, f = read[n]
            result[n] = (s, replace(f, address=replace(f.address, stage=stage)))
    return _means_beside_bands(result)


def _means_beside_bands(read: list[tuple[Statement, Found]]) -> list[tuple[Statement, Found]]:
    """A mean response time without a stage is that of the bands of its section, where they are all of one stage."""
    stages: dict[object, set[str]] = {}
    for s, f in read:
        if f.address.measure == "response_time" and not f.address.problem and s.headings:
            stages.setdefault(s.headings, set()).add(f.address.stage or "any")
    result = []
    for s, f in read:
        a = f.address
        near = stages.get(s.headings, set())
        if a.measure == "mean_response_time" and not a.problem and a.stage in ("", "any") and len(near) == 1:
            f = replace(f, address=replace(a, stage=next(iter(near))))  # noqa: PLW2901
        result.append((s, f))
    return result


def _totals(read: Sequence[tuple[Statement, Found]]) -> dict[tuple[object, ...], dict[str, set[float]]]:
    """What each stage received and closed, by period, procedure and authority."""
    found: dict[tuple[object, ...], dict[str, set[float]]] = {}
    for s, f in read:
        a = f.address
        if _counted(a) and a.measure in ("received", "closed") and s.value is not None:
            found.setdefault((a.period, a.procedure, a.authority), {}).setdefault(a.stage or "any", set()).add(s.value)
    return found


def _counted(a: Address) -> bool:
    return not a.problem and a.unit == "count"


def _by_limit(category: str) -> str:
    band = bands.parse(category)
    if band is None or band.calendar:
        return ""
    return _LIMITS.get(band.high or band.low or 0, "")


def _by_sum(members: list[tuple[Statement, Found]], totals: dict[str, set[float]]) -> str:
    parts = {f.address.category: s.value or 0.0 for s, f in members if _counted(f.address)}
    parts.pop("upheld_or_partially", None)
    total = sum(parts.values())
    stages = [stage for stage, values in totals.items() if total in values]
    return stages[0] if len(parts) > 2 and total >= LEAST and len(stages) == 1 and stages[0] != "any" else ""
