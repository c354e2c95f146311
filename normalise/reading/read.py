"""One number with what was chosen for it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from extract.statement import Statement
from normalise.reading.units import unit_of
from normalise.reading.weighing import Choice

What = tuple[str, str]
"""Measure and category; two empty strings for a number that is no observation."""
Add = Callable[[What, list[str], str, str], None]
"""Takes a proposal: what, features, the words that propose it, and where they stand."""
NOTHING: What = ("", "")


@dataclass(frozen=True)
class Read:
    """One number with the choice made for each slot; `what` alone where it is no observation."""

    statement: Statement
    choices: dict[str, Choice] = field(default_factory=dict)
    authority: str = ""
    """Whom the figure is about, empty for the report's own council."""

    @property
    def what(self) -> What:
        """What it counts."""
        return self.choices["what"].option.value

    @property
    def unit(self) -> str:
        """The unit of the common model; empty where kind and measure do not fit each other."""
        return unit_of(self.statement, self.what[0]) if self.what != NOTHING else ""

    def value(self, slot: str) -> str:
        """The value chosen for a slot, empty where none was to be chosen."""
        return str(self.choices[slot].option.value) if slot in self.choices else ""

    @property
    def key(self) -> tuple[str, ...]:
        """The address without scope and base."""
        return (
            *self.what,
            self.value("stage"),
            self.value("procedure"),
            self.value("period"),
            self.unit,
            self.authority,
        )

    @property
    def approximate(self) -> bool:
        """True for "around 40", "approximately 54%"."""
        near = {f.split("&")[-1] for f in self.choices["what"].option.features}
        return "-1=ABOUTNUM" in near

    @property
    def probability(self) -> float:
        """How likely all choices are right, taken one by one."""
        return math.prod(c.probability for c in self.choices.values())

    def having(self, **choices: Choice) -> Read:
        """The same number with further choices."""
        return replace(self, choices={**self.choices, **choices})

    def with_what(self, what: What) -> Read:
        """The same reading of another category: bands coded by arithmetic."""
        choice = self.choices["what"]
        return self.having(what=replace(choice, option=replace(choice.option, value=what)))
