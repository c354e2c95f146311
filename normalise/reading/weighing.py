"""Options for a slot, what speaks for each, and how much it weighs.

An option's features are names such as `left|near` or `caption:stage`; `vocabulary/weights.tsv` holds the weight of each, as fitted on
annotated reports (`benchmarks/reading/fit.py`). The probability of an option is its share of the exponentials.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import repeat
from typing import Any

from extract.statement import Statement

Weights = dict[str, float]


@dataclass
class Option:
    """One value that a slot may have, with what speaks for it."""

    value: Any
    features: list[str] = field(default_factory=list)
    words: str = ""
    """The words that propose it, as printed or canonical."""
    source: str = ""
    """Where these words stand: `sentence`, `row`, `column`, `caption`, `heading`, …"""

    @property
    def way(self) -> str:
        """How a cell is read by it: the measure, and the side that its member stands on."""
        measure, category = self.value
        return f"{measure}|{self.source.split(' ')[0] if category else ''}"


@dataclass(frozen=True)
class Choice:
    """The likeliest option of a slot, how likely it is, and the one that comes second."""

    option: Option
    probability: float
    runner_up: Option | None = None
    second: float = 0.0


@cache
def weights() -> dict[str, Weights]:
    """Slot -> feature -> weight."""
    return weights_in(files("normalise") / "vocabulary" / "weights.tsv")


def weights_in(file: Traversable) -> dict[str, Weights]:
    """The weights of a file. Every process reads one: features of one weight stand in one line because that is read fastest."""
    result: dict[str, Weights] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        slot, weight, *features = line.split("\t")
        result.setdefault(slot, {}).update(dict.fromkeys(features, float(weight)))
    return result


def scores(options: Sequence[Option], table: Weights) -> list[float]:
    """The sum of the weights of each option's features, the same in whatever order they stand: some come out of sets."""
    weight = table.get
    return [math.fsum(map(weight, o.features, repeat(0.0))) for o in options]


def probabilities(values: Sequence[float]) -> list[float]:
    """Shares of the exponentials."""
    top = max(values)
    shares = [math.exp(v - top) for v in values]
    whole = sum(shares)
    return [s / whole for s in shares]


def choice_of(options: Sequence[Option], chances: Sequence[float]) -> Choice:
    """The likeliest of the options; raises IndexError where there is none."""
    order = sorted(range(len(options)), key=lambda n: -chances[n])
    first, rest = order[0], order[1:]
    if not rest:
        return Choice(options[first], chances[first])
    return Choice(options[first], chances[first], options[rest[0]], chances[rest[0]])


class Judge:
    """Decides by the weights."""

    def __init__(self, table: dict[str, Weights] | None = None) -> None:
        self.table = weights() if table is None else table

    def choose(self, slot: str, statement: Statement | None, options: Sequence[Option]) -> Choice:
        """The likeliest option of a slot of one number, or of the document."""
        return choice_of(options, probabilities(scores(options, self.table[slot])))

    def choose_together(self, slot: str, cells: Sequence[tuple[Statement, Sequence[Option]]]) -> list[Choice]:
        """The likeliest option for each cell of a table: cells of one column, or of one row, are mostly read alike."""
        table = self.table[slot]
        raw = [scores(options, table) for _, options in cells]
        votes = _votes(cells, [probabilities(r) for r in raw])
        result = []
        for (s, options), own in zip(cells, raw, strict=True):
            together = [value + _support(votes, s, o) for o, value in zip(options, own, strict=True)]
            result.append(choice_of(options, probabilities(together)))
        return result


ALONG, ACROSS, LEAST = 0.8, 0.8, 0.02
"""How much cells count that share the other axis of a member, how much those that share its own, and the least share of a vote."""
Votes = dict[tuple[str, int, str], list[float]]


def _lines(s: Statement) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("column", s.place[1]), ("row", s.place[0])


def _votes(cells: Sequence[tuple[Statement, Sequence[Option]]], chances: Sequence[Sequence[float]]) -> Votes:
    """Line of the table and way of reading -> mean probability, over the cells of the line."""
    sums: dict[tuple[str, int, str], float] = {}
    counts: dict[tuple[str, int], int] = {}
    for (s, options), own in zip(cells, chances, strict=True):
        for line in _lines(s):
            counts[line] = counts.get(line, 0) + 1
            for o, p in zip(options, own, strict=True):
                key = (*line, o.way)
                sums[key] = sums.get(key, 0.0) + p
    return {key: [value / counts[key[:2]], counts[key[:2]]] for key, value in sums.items()}


def _support(votes: Votes, s: Statement, option: Option) -> float:
    along, across = _lines(s)
    if option.source.startswith("column"):
        along, across = across, along
    total = 0.0
    for weight, line in ((ALONG, along), (ACROSS, across)):
        mean, count = votes[(*line, option.way)]
        if count > 1:
            total += weight * math.log(LEAST + mean)
    return total


def distance(words: int) -> str:
    """A number of words as one of a few steps."""
    for limit, name in ((1, "1"), (2, "2"), (3, "3"), (5, "5"), (8, "8"), (13, "13")):
        if words <= limit:
            return name
    return "far"
