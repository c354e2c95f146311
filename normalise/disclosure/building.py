"""From the rows of a release to its cells, shares and links."""

from __future__ import annotations

from collections.abc import Sequence

from normalise.disclosure.cells import GUARDED, Address, Share, System
from normalise.disclosure.relations import View, apply
from normalise.disclosure.shares import COMPLAINTS_TO, CONTEXT, link_shares, whole_counts
from normalise.rows import Row


def takes_part(row: Row) -> bool:
    """True for a figure in print that counts people's complaints, is a share of such a count, or is what a share may be of."""
    if row["value"] is None or row["unit"] not in ("count", "percent"):
        return False
    context = row["measure"] == CONTEXT and (row["unit"] == "count" or row["category"].startswith(COMPLAINTS_TO))
    return row["measure"] in GUARDED or context


def address_of(row: Row) -> Address:
    """The address of a row's figure. A figure whose council is not known belongs to its document."""
    who = row["authority"] or row["document"]
    return Address(who, row["period"], row["procedure"], row["stage"], row["measure"], row["category"])


def systems(rows: Sequence[Row], below: int) -> list[System]:
    """The systems of a release, one a council, from its true rows (a missing value is None); rows are named by their positions."""
    by_council: dict[str, list[int]] = {}
    for n, row in enumerate(rows):
        if takes_part(row):
            by_council.setdefault(address_of(row).who, []).append(n)
    return [_system(rows, own, below) for own in by_council.values()]


def _system(rows: Sequence[Row], own: Sequence[int], below: int) -> System:
    system = System(below)
    counts: dict[tuple[Address, float], list[int]] = {}
    shares: dict[tuple[Address, str, float], list[int]] = {}
    for n in own:
        row = rows[n]
        if row["unit"] == "count":
            counts.setdefault((address_of(row), row["value"]), []).append(n)
        else:
            shares.setdefault((address_of(row), row["base"], row["value"]), []).append(n)
    view = View()
    for (address, value), printed in counts.items():
        cell = system.new_cell(address, round(value), printed, guarded=address.measure != CONTEXT)
        view.setdefault(address, []).append(cell)
    for (address, base, value), printed in shares.items():
        system.shares.append(Share(len(system.shares), address, value, base, printed))
    whole_counts(system, view)
    apply(system, view)
    link_shares(system, view)
    return system
