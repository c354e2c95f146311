"""The audit: what can be recovered from a release by who has nothing but what it prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from normalise.codes import KEY
from normalise.disclosure.building import systems
from normalise.disclosure.cells import UNBOUNDED, Address, State, System
from normalise.disclosure.worlds import LARGEST, World, bounds_of, protecting_world, proves
from normalise.indicators import definition
from normalise.rows import Row, records


@dataclass(frozen=True)
class Recovered:
    """A small count that a release does not protect."""

    address: Address
    truth: int
    low: int
    high: int | None
    """The interval that an attacker is left with; None where the solver did not find its end in time."""
    in_print: bool
    """True where nothing has to be worked out: the count itself, or a table beside the observations, prints it."""

    def __str__(self) -> str:
        told = "in print" if self.in_print else f"between {self.low} and {'?' if self.high is None else self.high}"
        return f"{' '.join(filter(None, self.address))}: {self.truth}, {told}"


def audit(
    published: pd.DataFrame, truth: pd.DataFrame, below: int, beside: Iterable[pd.DataFrame] = ()
) -> list[Recovered]:
    """The small counts of the true observations that a release tells; an empty list proves the release.

    `published` holds the observations as they are released, a row for each of `truth` and in its order. `beside` are tables that are
    released with them and name the observations that they were computed from (columns `inputs` and `value`: indicators, ledger); what they name counts as
    printed. Raises ValueError where the two frames do not hold the same figures.
    """
    shown, rows = records(published), records(truth)
    if len(shown) != len(rows) or any(a[c] != b[c] for a, b in zip(shown, rows, strict=True) for c in KEY):
        raise ValueError("the release does not hold a row for each true one")
    printed = _printed(shown, beside)
    found = [r for system in systems(rows, below) for r in recovered(system, _state_of(system, shown, printed))]
    return found + [r for frame in beside for r in _told_by(frame, below)]


def recovered(system: System, state: State, known: Iterable[World] = ()) -> list[Recovered]:
    """The small counts of one system that a state does not protect. `known` worlds are taken where they prove something, and spare a search."""
    worlds = [world for world in known if proves(system, state, world)]
    found = []
    for cell in system.cells:
        if not system.small(cell):
            continue
        if cell.rows and cell.number not in state.hidden:
            found.append(Recovered(cell.address, cell.truth, cell.truth, cell.truth, True))
            continue
        if any(w.get(cell.number, 0) >= system.below for w in worlds):
            continue
        world = protecting_world(system, state, cell.number, (6 * system.below, LARGEST))
        if world is None:
            found.append(Recovered(cell.address, cell.truth, *bounds_of(system, state, cell.number), False))
        else:
            worlds.append(world)
    return found


def _printed(shown: Sequence[Row], beside: Iterable[pd.DataFrame]) -> set[int]:
    """Positions of rows whose value is in print, here or in what is computed from it."""
    place = {row["id"]: n for n, row in enumerate(shown)}
    named = {
        i
        for frame in beside
        for inputs, value in zip(frame["inputs"], frame["value"], strict=True)
        if pd.notna(value)
        for i in str(inputs).split()
    }
    return {n for n, row in enumerate(shown) if row["value"] is not None} | {place[i] for i in named if i in place}


def _state_of(system: System, shown: Sequence[Row], printed: set[int]) -> State:
    hidden = {c.number for c in system.cells if c.rows and printed.isdisjoint(c.rows)}
    unprinted = {s.number for s in system.shares if printed.isdisjoint(s.rows)}
    bounds: dict[int, tuple[int, int]] = {}
    for n in hidden:
        lows, highs = zip(
            *((shown[r]["value_low"] or 0, shown[r]["value_high"]) for r in system.cells[n].rows), strict=True
        )
        bounds[n] = int(max(lows)), int(min((h for h in highs if h is not None), default=UNBOUNDED[1]))
    return State(hidden, unprinted, bounds)


def told(row: Row, below: int) -> int | None:
    """A small count that a row of indicators prints as its numerator, or leaves of its denominator; None where it prints none."""
    part, whole = row["numerator"], row["denominator"]
    if part is None:
        return None
    of_a_whole = whole is not None and row["unit"] == "percent" and definition(row["indicator"]).kind != "escalation"
    counts = (part, whole - part) if of_a_whole else (part,)
    return next((round(n) for n in counts if 0.5 <= n < below - 0.5), None)


def _told_by(frame: pd.DataFrame, below: int) -> list[Recovered]:
    found = []
    for row in records(frame) if "numerator" in frame else ():
        count = told(row, below)
        if count is not None:
            address = Address(row["authority"], row["period"], row["procedure"], "", row["indicator"], "")
            found.append(Recovered(address, count, count, count, True))
    return found
