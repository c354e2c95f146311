"""What sums say about readings: bands coded by what their numbers mean, and cells that cannot both be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalise import bands
from normalise.reading.read import Read

Places = list[int]


def with_bands_by_arithmetic(reads: Sequence[Read]) -> list[Read]:
    """The same readings, with bands that stand together coded by what their numbers mean."""
    result = list(reads)
    for members, totals in _together(reads):
        values = {reads[n].what[1]: reads[n].statement.value for n in members}
        if len(values) != len(members) or any(v is None for v in values.values()):
            continue
        percent = reads[members[0]].unit == "percent"
        whole = next(
            (t for t in totals if abs(t - sum(v or 0 for v in values.values())) < 0.01), totals[0] if totals else None
        )
        recoded = bands.exclusive({c: v or 0.0 for c, v in values.items()}, whole, percent)
        for n in members:
            category = recoded.get(reads[n].what[1])
            if category:
                result[n] = reads[n].with_what(("response_time", category))
    return result


def _together(reads: Sequence[Read]) -> Iterable[tuple[Places, list[float]]]:
    """Bands that belong to one whole, each with the totals that the whole may be."""
    sets: dict[tuple[object, ...], Places] = {}
    banded = [n for n, r in enumerate(reads) if r.what[0] == "response_time"]
    for n in banded:
        r = reads[n]
        sets.setdefault(
            (*_place(r, [reads[m] for m in banded]), r.value("stage"), r.value("procedure"), r.value("period"), r.unit),
            [],
        ).append(n)
    for members in sets.values():
        if len(members) > 1:
            yield members, _totals(reads, members)


def _place(r: Read, banded: Sequence[Read]) -> tuple[object, ...]:
    """What bands of one whole share: a row or column of a table, a paragraph or list."""
    s = r.statement
    if s.sentence:
        return (s.caption if s.method == "list" and s.caption else s.group.rsplit(".", 1)[0],)
    mates = {
        x.what[1]
        for x in banded
        if x.statement.group == s.group and x.statement.place[0] == s.place[0] and x.unit == r.unit
    }
    return (s.group, "row", s.place[0]) if len(mates) > 1 else (s.group, "column", s.place[1])


def _totals(reads: Sequence[Read], members: Places) -> list[float]:
    first = reads[members[0]]
    near = reads[max(0, min(members) - 12) : max(members) + 4]
    return [
        r.statement.value
        for r in near
        if r.what[0] in ("closed", "received")
        and r.unit == "count"
        and r.statement.value
        and r.value("stage") == first.value("stage")
        and r.value("period") == first.value("period")
    ]


def clashing(reads: Sequence[Read]) -> set[int]:
    """Places of cells of one row that have one key and not one value: the heads that told them apart were lost."""
    sharing: dict[tuple[object, ...], Places] = {}
    for n, r in enumerate(reads):
        s = r.statement
        if r.what[0] and not s.sentence and s.method != "chart":
            sharing.setdefault((s.group, s.place[0], *r.key), []).append(n)
    return {n for members in sharing.values() if len({reads[n].statement.value for n in members}) > 1 for n in members}
