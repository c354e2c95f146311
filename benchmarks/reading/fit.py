"""Fit the weights of the reading to annotated documents: `python benchmarks/reading/fit.py` writes vocabulary/weights.csv.

A conditional logit for each slot: the options of a number, and which of them its gold rows accept. With `--folds N` the
weights are fitted N times, each time without the documents of some writers, to see how the reading does on theirs.
"""

from __future__ import annotations

import argparse
import csv
import pickle
import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).parent))
from gold import Target, accepts, targets  # noqa: E402

from extract.statement import Statement  # noqa: E402
from normalise.reading.resolving import read  # noqa: E402
from normalise.reading.read import NOTHING  # noqa: E402
from normalise.reading.weighing import Choice, Option  # noqa: E402

LEAST = 3
"""A feature must stand in so many documents to get a weight."""


@dataclass
class Example:
    """One decision: features of each option, and which options are right."""

    document: str
    features: list[list[str]]
    right: list[bool]


@dataclass
class Teacher:
    """Decides as the gold does, and keeps each decision as an example."""

    document: str
    targets: dict[int, Target]
    statements: Sequence[Statement]
    examples: dict[str, list[Example]] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.places = {id(s): n for n, s in enumerate(self.statements)}

    def choose_together(self, slot: str, cells: Sequence[tuple[Statement, Sequence[Option]]]) -> list[Choice]:
        return [self.choose(slot, s, options) for s, options in cells]

    def choose(self, slot: str, s: Statement, options: Sequence[Option]) -> Choice:
        target = self.targets.get(self.places[id(s)])
        name = slot.split(".")[0]
        right = [False] * len(options)
        if target is not None:
            right = [any(accepts(name, o.value, row) for row in target.rows) for o in options]
        if name == "what" and (target is None or not target.sure):
            right = [r or o.value == NOTHING for r, o in zip(right, options, strict=True)]
        if s.value is None:
            pass  # gold rows of withheld figures have no value to be found by
        elif any(right) and (name == "what" or target is not None):
            self.examples.setdefault(slot, []).append(Example(self.document, [o.features for o in options], right))
        elif target is not None and target.sure:
            self.lost[slot] += 1
        if target is not None and not target.sure and name == "what":
            return Choice(options[0], 1.0)
        best = right.index(True) if any(right) else 0
        return Choice(options[best], 1.0)


@dataclass
class Problem:
    """All decisions of one slot as a matrix: a row an option, a column a feature."""

    names: list[str]
    matrix: csr_matrix
    good: Any
    """Whether each option is right."""
    sizes: Any
    """How many options each decision has."""
    documents: list[str]
    """Document of each decision."""

    @classmethod
    def of(cls, examples: Sequence[Example]) -> Problem:
        """Features that stand in at least LEAST documents, as columns."""
        seen: dict[str, set[str]] = {}
        for e in examples:
            for f in {f for features in e.features for f in features}:
                seen.setdefault(f, set()).add(e.document)
        names = sorted(f for f, docs in seen.items() if len(docs) >= LEAST)
        column = {f: n for n, f in enumerate(names)}
        indices: array[int] = array("i")
        indptr = array("q", [0])
        good: list[bool] = []
        for e in examples:
            for features, ok in zip(e.features, e.right, strict=True):
                indices.extend(column[f] for f in features if f in column)
                indptr.append(len(indices))
                good.append(ok)
        ones = np.ones(len(indices), dtype=np.float32)
        matrix = csr_matrix((ones, np.frombuffer(indices, dtype=np.int32), np.frombuffer(indptr, dtype=np.int64)), shape=(len(good), len(names)))
        return cls(names, matrix, np.array(good), np.array([len(e.right) for e in examples]), [e.document for e in examples])

    def of_documents(self, chosen: set[str]) -> Problem:
        """The decisions of some documents."""
        keep = np.array([d in chosen for d in self.documents])
        rows = np.repeat(keep, self.sizes)
        return Problem(self.names, self.matrix[rows], self.good[rows], self.sizes[keep], [d for d in self.documents if d in chosen])


def fit(problem: Problem, penalty: float) -> dict[str, float]:
    """Feature -> weight, by maximum likelihood with a Gaussian prior; a decision may have several right options."""
    matrix, good, sizes = problem.matrix, problem.good, problem.sizes
    turned = matrix.T.tocsr()
    begin = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(w: Any) -> tuple[float, Any]:
        scores = (matrix @ w.astype(np.float32)).astype(np.float64)
        top = np.maximum.reduceat(scores, begin)
        e = np.exp(scores - top[owner])
        whole = np.add.reduceat(e, begin)
        part = np.add.reduceat(np.where(good, e, 0.0), begin) + 1e-300
        slope = e / whole[owner] - np.where(good, e, 0.0) / part[owner]
        return float(-np.log(part / whole).sum() + penalty * w @ w), turned @ slope.astype(np.float32) + 2 * penalty * w

    found = minimize(loss, np.zeros(len(problem.names)), jac=True, method="L-BFGS-B", options={"maxiter": 80})
    return {f: float(v) for f, v in zip(problem.names, found.x, strict=True) if abs(v) >= 0.01}
