"""Other worlds: datasets that would print the same release, found by integer programming (SciPy's HiGHS) and checked by plain arithmetic.

A small count is protected where there is a world in which it is `below` or more. What the solver says is never relied upon for protection: a world counts
only after `proves` has set it into every link.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from threading import Lock
from typing import Any

from normalise.disclosure.cells import State, System

SECONDS = 2.0
"""A question that the solver has not answered by then counts as answered to the attacker's advantage."""
LARGEST = 10_000
"""No count of an attacker's world is more than this above the true one: it bounds the search, not what the attacker knows."""
World = Mapping[int, int]
"""Cell -> value, where it is another one than the true value."""


def proves(system: System, state: State, world: World) -> bool:
    """True where a world prints the same as the truth does under a state."""
    for n, value in world.items():
        cell = system.cells[n]
        low, high = state.limits(cell)
        if (cell.rows and n not in state.hidden) or not low <= value <= high:
            return False
    touched = {k for n in world for k in system.touching.get(n, ())}
    for k in touched:
        link = system.links[k]
        if link.share is not None and link.share in state.unprinted:
            continue
        if not link.holds({n: world.get(n, system.cells[n].truth) for n in link.terms}):
            return False
    return True


def moves(system: System, state: State, n: int) -> bool:
    """True for a cell whose value is not in print."""
    return not system.cells[n].rows or n in state.hidden


def reached(system: System, state: State, target: int, steps: int, through_print: bool) -> set[int]:
    """Cells within so many links of one: those that are withheld or implied, or (`through_print`) any that could be withheld."""
    found, edge = {target}, [target]
    for _ in range(steps):
        further = set()
        for n in edge:
            for k in system.touching.get(n, ()):
                link = system.links[k]
                if link.share in state.unprinted and link.share is not None:
                    continue
                for m in link.terms:
                    if m not in found and (
                        moves(system, state, m)
                        or (through_print and system.cells[m].guarded and system.cells[m].truth > 0)
                    ):
                        further.add(m)
        found |= further
        edge = list(further)
        if not edge:
            break
    return found


@dataclass
class Costs:
    """What it costs to withhold a cell or a share that is in print."""

    cell: Mapping[int, float]
    share: Mapping[int, float]


@dataclass
class _Problem:
    """A mixed integer programme in the making."""

    low: list[float]
    high: list[float]
    cost: list[float]
    rows: list[tuple[dict[int, float], float, float]]

    def variable(self, low: float, high: float, cost: float = 0.0) -> int:
        self.low.append(low)
        self.high.append(high)
        self.cost.append(cost)
        return len(self.low) - 1

    def solved(self) -> Any:
        """SciPy's result; `x` is None where there is no solution, or none was found in time."""
        import numpy as np  # noqa: PLC0415  (only who suppresses needs a solver)
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        size = len(self.low)
        constraints = []
        if self.rows:
            # A row with large numbers would be held to a tolerance that is none.
            scale = [max(map(abs, terms.values()), default=1.0) or 1.0 for terms, _, _ in self.rows]
            places = [(i, j, c / scale[i]) for i, (terms, _, _) in enumerate(self.rows) for j, c in terms.items()]
            row, column, value = (np.array(x) for x in zip(*places, strict=True))
            matrix = csr_array((value, (row, column)), shape=(len(self.rows), size))
            low = [least / s for (_, least, _), s in zip(self.rows, scale, strict=True)]
            high = [most / s for (_, _, most), s in zip(self.rows, scale, strict=True)]
            constraints = [LinearConstraint(matrix, low, high)]
        with _quiet:
            return milp(
                np.array(self.cost), integrality=np.ones(size), bounds=Bounds(np.array(self.low), np.array(self.high)),
                constraints=constraints, options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
            )  # fmt: skip


class _Quiet:
    """Without the lines of debugging that HiGHS 1.12 writes to the process's own standard output, past its switch for silence.

    Threads may enter it together: the output is turned away by the first and given back by the last.
    """

    def __init__(self) -> None:
        self._lock, self._inside, self._kept = Lock(), 0, -1

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside and os.name == "posix":
                ctypes.CDLL(None).fflush(None)
                self._kept = os.dup(1)
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 1)
                os.close(nowhere)
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and os.name == "posix":
                ctypes.CDLL(None).fflush(None)
                os.dup2(self._kept, 1)
                os.close(self._kept)


_quiet = _Quiet()


@dataclass
class Found:
    """A world in which a count is large enough, with what has to be withheld besides for it to print the same."""

    world: dict[int, int]
    cells: set[int]
    shares: set[int]


def world_for(
    system: System, state: State, target: int, within: Iterable[int], room: int, costs: Costs | None = None
) -> Found | None:
    """A world where a cell is `below` or more, only cells of `within` move, and none by more than `room` (the target upwards more).

    With `costs` cells and shares in print may be withheld for it, as cheaply as possible. None where there is no such world or none was found in time.
    """
    problem = _Problem([], [], [], [])
    value_of: dict[int, int] = {}
    withheld_by: dict[int, int] = {}
    for n in within:
        cell = system.cells[n]
        free = moves(system, state, n)
        if not free and (costs is None or n not in costs.cell):
            continue
        least, most = state.limits(cell)
        low, high = max(least, cell.truth - room), min(most, cell.truth + room)
        if n == target:
            low, high = max(low, system.below), min(most, max(high, system.below + room))
        if low > high:
            return None
        value_of[n] = problem.variable(low, high)
        if not free and costs is not None:
            w = withheld_by[n] = problem.variable(0, 1, costs.cell[n])
            up, down = high - cell.truth, cell.truth - low
            problem.rows.append(({value_of[n]: 1.0, w: -up}, -float("inf"), cell.truth))
            problem.rows.append(({value_of[n]: 1.0, w: down}, cell.truth, float("inf")))
    if target not in value_of:
        return None
    slack_of = _link_rows(system, state, problem, value_of, costs)
    return _read(system, state, problem, value_of, withheld_by, slack_of)


def _read(
    system: System,
    state: State,
    problem: _Problem,
    value_of: Mapping[int, int],
    withheld_by: Mapping[int, int],
    slack_of: Mapping[int, int],
) -> Found | None:
    """What the solver found, if arithmetic agrees."""
    result = problem.solved()
    if result.x is None:
        return None
    world = {n: v for n, j in value_of.items() if (v := round(result.x[j])) != system.cells[n].truth}
    cells = {n for n in withheld_by if n in world}
    shares = {s for s, j in slack_of.items() if round(result.x[j])}
    after = State(state.hidden | cells, state.unprinted | shares, state.bounds)
    return Found(world, cells, shares) if proves(system, after, world) else None


def world_for_many(system: System, state: State, targets: Sequence[int], within: Iterable[int], room: int) -> World:
    """A world that prints the same and in which as many small counts as possible are `below` or more; the true one where none was found."""
    problem = _Problem([], [], [], [])
    value_of: dict[int, int] = {}
    for n in within:
        cell = system.cells[n]
        least, most = state.limits(cell)
        value_of[n] = problem.variable(max(least, cell.truth - room), min(most, cell.truth + room))
    for n in targets:
        if n in value_of:
            enough = problem.variable(0, 1, -1)
            problem.rows.append(({value_of[n]: 1.0, enough: -float(system.below)}, 0, float("inf")))
    _link_rows(system, state, problem, value_of, None)
    found = _read(system, state, problem, value_of, {}, {})
    return found.world if found is not None else {}


def _link_rows(
    system: System, state: State, problem: _Problem, value_of: Mapping[int, int], costs: Costs | None
) -> dict[int, int]:
    """Add the links on cells that may move; returns share -> the variable that says that it is withheld."""
    slack_of: dict[int, int] = {}
    for k in sorted({k for n in value_of for k in system.touching.get(n, ())}):
        link = system.links[k]
        if link.share is not None and link.share in state.unprinted:
            continue
        terms = {value_of[n]: float(c) for n, c in link.terms.items() if n in value_of}
        fixed = sum(c * system.cells[n].truth for n, c in link.terms.items() if n not in value_of)
        low = -float("inf") if link.low is None else link.low - fixed
        high = float("inf") if link.high is None else link.high - fixed
        if link.share is not None and costs is not None and link.share in costs.share:
            if link.share not in slack_of:
                slack_of[link.share] = problem.variable(0, 1, costs.share[link.share])
            furthest = sum(max(c * problem.low[j], c * problem.high[j]) for j, c in terms.items())
            nearest = sum(min(c * problem.low[j], c * problem.high[j]) for j, c in terms.items())
            terms[slack_of[link.share]] = max(0.0, low - nearest) if link.high is None else -max(0.0, furthest - high)
        problem.rows.append((terms, low, high))
    return slack_of


def protecting_world(system: System, state: State, target: int, rooms: Sequence[int] = (LARGEST,)) -> World | None:
    """A world that prints the same, in which a small count is large; None where none was found with any of the rooms to move."""
    within = reached(system, state, target, len(system.cells), False)
    for room in rooms:
        found = world_for(system, state, target, within, room)
        if found is not None:
            return found.world
    return None


def bounds_of(system: System, state: State, target: int) -> tuple[int, int | None]:
    """The least and the largest value that an attacker cannot rule out for a cell; the largest is None where the solver gave up."""
    ends: list[int | None] = []
    for sign in (1, -1):
        problem = _Problem([], [], [], [])
        value_of = {}
        for n in reached(system, state, target, len(system.cells), False):
            cell = system.cells[n]
            low, high = state.limits(cell)
            value_of[n] = problem.variable(low, min(high, cell.truth + LARGEST), sign if n == target else 0)
        _link_rows(system, state, problem, value_of, None)
        result = problem.solved()
        ends.append(floor(abs(result.fun) + 0.5) if result.status == 0 else None)
    return ends[0] or 0, ends[1]
