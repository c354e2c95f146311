"""Which cells and shares a release withholds: small ones (primary suppression), and as few others as protect them (secondary suppression)."""

from __future__ import annotations

from math import log10

from normalise.disclosure.cells import Cell, State, System
from normalise.disclosure.worlds import Costs, Found, World, proves, protecting_world, reached, world_for

SEARCHES = ((2, 3), (4, 12), (60, 60))
"""How far a search for secondaries goes: links from the small count, and how many times the limit a cell may move. The next is tried where one finds none."""
TOTALS = ("received", "closed")


def chosen(system: System) -> tuple[State, list[World]]:
    """What is withheld of a system, and worlds that prove that every small count is protected."""
    state = State({c.number for c in system.cells if c.rows and system.small(c)}, {s.number for s in system.shares if s.small})
    small = [c.number for c in system.cells if system.small(c)]
    if not small:
        return state, []
    primary = state.copy()
    costs = _costs(system)
    worlds: dict[int, World] = {}
    for target in sorted(small, key=lambda n: -system.cells[n].truth):
        known = next((w for w in worlds.values() if w.get(target, 0) >= system.below), None)
        found = Found(dict(known), set(), set()) if known is not None else _protecting(system, state, target, costs)
        worlds[target] = found.world
        state.hidden |= found.cells
        state.unprinted |= found.shares
    _give_back(system, state, primary, worlds, costs)
    return state, list(worlds.values())


def _costs(system: System) -> Costs:
    """One a row that is lost, half more for totals by stage, and a little by size."""
    return Costs(
        {c.number: _cost(c) for c in system.cells if c.rows and c.truth > 0},
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
    system: System, state: State, primary: State, worlds: dict[int, World], costs: Costs
) -> None:
    """Print secondaries again, the dearest first, that no small count needs (changes `state` and `worlds`)."""
    added: list[tuple[float, bool, int]] = [(costs.cell[n], True, n) for n in state.hidden - primary.hidden]
    added += [(costs.share[s], False, s) for s in state.unprinted - primary.unprinted]
    for _, is_cell, n in sorted(added, reverse=True):
        less = state.copy()
        (less.hidden if is_cell else less.unprinted).discard(n)
        instead: dict[int, World] = {}
        for target, world in worlds.items():
            if proves(system, less, world):
                continue
            if (other := protecting_world(system, less, target)) is None:
                break
            instead[target] = other
        else:
            worlds |= instead
            state.hidden, state.unprinted = less.hidden, less.unprinted


def everything(system: System) -> State:
    """All of a system withheld but its zeros: every multiple of the truth then prints the same."""
    return State({c.number for c in system.cells if c.rows and c.truth > 0}, {s.number for s in system.shares if s.value > 0})
