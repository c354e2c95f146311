"""Tables whose columns were told apart in print and are not in their addresses.

Two cells of one row that have the same address and differ in value cannot both be right: the heads that tell them apart were
lost, or not understood. None of them is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.statement import Statement
from normalise.address import Address

HEADS_LOST = "heads lost"


def without_shared_keys(group: Sequence[Statement], addresses: Sequence[Address]) -> list[Address]:
    """The addresses of a table's numbers, with a problem in place of those that cells of one row share with other values."""
    result = list(addresses)
    for members in _clashing(group, addresses):
        for n in members:
            result[n] = replace(addresses[n], problem=HEADS_LOST)
    return result


def _clashing(group: Sequence[Statement], addresses: Sequence[Address]) -> list[list[int]]:
    """Places in the group of the cells that share a row and an address and do not have one value."""
    sharing: dict[tuple[object, ...], list[int]] = {}
    for n, (s, a) in enumerate(zip(group, addresses, strict=True)):
        if s.method in ("table", "ocr") and a.complete and not s.ignored:
            key = (s.place[0], a.measure, a.category, a.stage, a.procedure, a.period, a.unit, a.base, a.authority)
            sharing.setdefault(key, []).append(n)
    return [members for members in sharing.values() if len({group[n].value for n in members}) > 1]
