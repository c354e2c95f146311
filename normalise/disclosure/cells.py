"""A release as a system: cells (whole numbers from 0 up), and the links between them that an attacker may assume.

Plain data; which links there are is said in `relations`, and what follows from them in `worlds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import gcd
from typing import NamedTuple

BREAKDOWNS = (
    "outcome", "complainant", "characteristic", "channel", "theme", "theme_upheld", "service", "service_upheld", "response_time", "remedy",
)  # fmt: skip
FLOW = (
    "received", "closed", "escalated", "escalation_requested", "carried_forward", "brought_forward", "advocacy", "extended", "investigated", "mediation", "issues",
)  # fmt: skip
"""Measures of people's complaints; money, days, context and compliments recognise nobody."""
GUARDED = (*BREAKDOWNS, *FLOW)


class Address(NamedTuple):
    """What a cell counts. Scope and document are no part of it: two reports that print one number print one cell."""

    who: str
    period: str
    procedure: str
    stage: str
    measure: str
    category: str


@dataclass(eq=False)
class Cell:
    """A count that the release holds, or that follows from it."""

    number: int
    address: Address
    truth: int
    rows: list[int]
    """Rows of the frame that print it; none for a count that is only implied (by a share, or as what is left of a total)."""
    guarded: bool
    """True where it counts people, so that a small one is to be protected."""


@dataclass(frozen=True)
class Link:
    """`low` <= sum of coefficient x cell <= `high`, with whole numbers; None for no bound. It holds in the truth."""

    terms: Mapping[int, int]
    low: int | None
    high: int | None
    share: int | None = None
    """The share that gives it: without that share in print there is no such link."""

    def holds(self, values: Mapping[int, int]) -> bool:
        """True where it holds for the values of all its cells."""
        total = sum(c * values[n] for n, c in self.terms.items())
        return (self.low is None or total >= self.low) and (self.high is None or total <= self.high)


@dataclass(eq=False)
class Share:
    """A printed percentage of a breakdown or a flow."""

    number: int
    address: Address
    value: float
    base: str
    rows: list[int]
    small: bool = False
    """True where it comes to a small count, or leaves one."""


@dataclass
class System:
    """Cells, shares and links of one release, or of a part of it that stands alone."""

    below: int
    cells: list[Cell] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    touching: dict[int, list[int]] = field(default_factory=dict)
    """Cell -> the links that it is in."""
    _known: set[tuple[object, ...]] = field(default_factory=set)

    def new_cell(self, address: Address, truth: int, rows: Iterable[int] = (), guarded: bool = True) -> Cell:
        """A further cell."""
        cell = Cell(len(self.cells), address, truth, list(rows), guarded)
        self.cells.append(cell)
        return cell

    def small(self, cell: Cell) -> bool:
        """True for a count that is to be protected: of people, and from 1 to `below` - 1."""
        return cell.guarded and 0 < cell.truth < self.below

    def link(
        self, terms: Iterable[tuple[Cell, int]], low: int | None, high: int | None, share: int | None = None
    ) -> None:
        """Add a link, each only once. A link over zeros alone says nothing that is withheld."""
        summed: dict[int, int] = {}
        for cell, coefficient in terms:
            summed[cell.number] = summed.get(cell.number, 0) + coefficient
        summed = {n: c for n, c in summed.items() if c}
        key = (frozenset(summed.items()), low, high, share)
        if key in self._known or not any(self.cells[n].truth or not self.cells[n].rows for n in summed):
            return
        self._known.add(key)
        divisor = gcd(*summed.values(), *(b for b in (low, high) if b))
        made = Link(
            {n: c // divisor for n, c in summed.items()},
            None if low is None else low // divisor,
            None if high is None else high // divisor,
            share,
        )
        for n in summed:
            self.touching.setdefault(n, []).append(len(self.links))
        self.links.append(made)


@dataclass
class State:
    """What a release withholds: cells and shares by number. Everything else in it is in print."""

    hidden: set[int]
    unprinted: set[int]
    bounds: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Printed bounds of withheld cells, where they are narrower than those of UNBOUNDED."""

    def copy(self) -> State:
        """The same, to be changed."""
        return State(set(self.hidden), set(self.unprinted), self.bounds)

    def limits(self, cell: Cell) -> tuple[int, int]:
        """The least and the largest value that a cell which is not in print may have by itself."""
        return self.bounds.get(cell.number, UNBOUNDED) if cell.rows else (0, UNBOUNDED[1])


UNBOUNDED = (1, 1_000_000)
"""The bounds printed for a withheld count: the same for all, because bounds that followed the counts would tell of them. Zeros are in print."""
