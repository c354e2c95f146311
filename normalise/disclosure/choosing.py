"""Which cells and shares a release withholds: small ones (primary suppression), and as few others as protect them (secondary suppression)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10

from normalise.disclosure.cells import Cell, State, System
from normalise.disclosure.worlds import (
    Costs,
    Found,
    World,
    protecting_world,
    proves,
    reached,
    world_for,
    world_for_many,
)

SEARCHES = ((2, 3), (4, 12), (60, 60))
"""How far a search for secondaries goes: links from the small count, and how many times the limit a cell may move. The next is tried where one finds none."""
TOTALS = ("received", "closed")


def chosen(system: System) -> tuple[State, list[World]]:
    """What is withheld of a system, and worlds that prove that every small count is protected."""
    state = State(
        {c.number for c in system.cells if c.rows and system.small(c)}, {s.number for s in system.shares if s.small}
    )
    small = [c.number for c in system.cells if system.small(c)]
    if not small:
        return state, []
    costs = _costs(system)
    worlds = _already(system, state, small)
    because: dict[tuple[bool, int], int] = {}
    for target in sorted(set(small) - worlds.keys(), key=lambda n: -system.cells[n].truth):
        known = next((w for w in worlds.values() if w.get(target, 0) >= system.below), None)
        found = Found(dict(known), set(), set()) if known is not None else _protecting(system, state, target, costs)
        worlds[target] = found.world
        because |= {(True, n): target for n in found.cells - state.hidden} | {(False, s): target for s in found.shares}
        state.hidden |= found.cells
        state.unprinted |= found.shares
    _give_back(system, state, because, worlds, costs)
    return state, list(worlds.values())


def _already(system: System, state: State, small: Sequence[int]) -> dict[int, World]:
    """Small counts that primary suppression alone protects, each with a world."""
    worlds: dict[int, World] = {}
    left = set(small)
    while left:
        within = reached(system, state, min(left), len(system.cells), False)
        targets = sorted(left & within)
        world = world_for_many(system, state, targets, within, 3 * system.below)
        worlds |= {n: world for n in targets if world.get(n, 0) >= system.below}
        left -= within
    return worlds


def _costs(system: System) -> Costs:
    """One a row that is lost, half more for totals by stage, and a little by size."""
    return Costs(
        {c.number: _cost(c) for c in system.cells if c.rows and c.guarded and c.truth > 0},
        {s.number: len(s.rows) + 0.2 for s in system.shares if s.value > 0},
    )


def _cost(cell: Cell) -> float:
    total = 0.5 if cell.address.measure in TOTALS and cell.address.stage != "any" else 0.0
    return len(cell.rows) + total + log10(1 + cell.truth) / 10


def _protecting(system: System, state: State, target: int, costs: Costs) -> Found:
    """A world in which a small count is large, and what has to be withheld besides; everything around it where the solver finds none."""
    for steps, times in SEARCHES:
        within = reached(system, state, target, steps, True)
        found = world_for(system, state, target, within, times * system.below, costs)
        if found is not None:
            return found
    return _everything(system, state, target)


def _everything(system: System, state: State, target: int) -> Found:
    """All that a small count is linked with, multiplied: sums, bounds and shares of others hold for every multiple of the truth."""
    around = reached(system, state, target, len(system.cells), True)
    world = {n: system.cells[n].truth * system.below for n in around if system.cells[n].truth}
    return Found(world, {n for n in world if system.cells[n].rows}, set())


def _give_back(
    system: System, state: State, because: Mapping[tuple[bool, int], int], worlds: dict[int, World], costs: Costs
) -> None:
    """Print secondaries again, the dearest first, that no small count needs any more (changes `state` and `worlds`).

    `because` says for which small count a cell (True) or a share (False) was withheld; that one is asked first, for it will hardly do without.
    """
    dearest = sorted(because, key=lambda k: (costs.cell if k[0] else costs.share)[k[1]], reverse=True)
    for is_cell, n in dearest:
        less = state.copy()
        (less.hidden if is_cell else less.unprinted).discard(n)
        instead: dict[int, World] = {}
        for target in sorted(worlds, key=lambda t: t != because[is_cell, n]):
            ways = [worlds[target], *instead.values()]
            proof = next((w for w in ways if w.get(target, 0) >= system.below and proves(system, less, w)), None)
            if (found := proof or protecting_world(system, less, target, (6 * system.below,))) is None:
                break
            instead[target] = found
        else:
            worlds |= instead
            state.hidden, state.unprinted = less.hidden, less.unprinted


def everything(system: System) -> State:
    """All of a system withheld but its zeros: every multiple of the truth then prints the same."""
    return State(
        {c.number for c in system.cells if c.rows and c.guarded and c.truth > 0},
        {s.number for s in system.shares if s.value > 0},
    )
