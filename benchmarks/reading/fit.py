"""Fit the reading to annotated documents: `python benchmarks/reading/fit.py` writes weights.tsv and calibration.csv.

A conditional logit for each slot: the options of a number, and which of them its gold rows accept. The documents are the
split `learn` of tests/annotated, the golden cases of tests/cases and the sample reports, with `--reports FOLDER GOLD` further ones. The weights are
fitted again without the documents of every fourth writer; what they make of those documents gives the calibration, and
the score that is printed. From the second round on the decisions of a document start from what weights of other writers decided before.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).parent))
import grouped
from calibration import calibrate
from documents import PUBLISHED, Known, cases, reports, writers
from gold import Belief, Target, accepts, targets

from councilbench.evaluate import Row
from extract.statement import Statement
from normalise.reading.frontmatter import opening, recognise
from normalise.reading.own_period import period_options
from normalise.reading.read import NOTHING
from normalise.reading.resolving import outlook_of, read
from normalise.reading.weighing import Choice, Judge, Option, Weights, probabilities, scores, weights_in

ROOT = Path(__file__).parents[2]
LEAST = 3
"""A feature must stand in so many documents to get a weight."""


@dataclass
class Example:
    """One decision: features of each option, and which options are right."""

    document: str
    features: list[list[str]]
    right: list[bool]
    weight: float = 1.0


@dataclass
class Teacher:
    """Decides as the gold does, and keeps each decision as an example."""

    document: str
    targets: dict[int, Target]
    statements: Sequence[Statement]
    judge: Judge | None = None
    """Whose choices the next decisions start from, as they will when it reads; None for the gold's own."""
    examples: dict[str, list[Example]] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    astray: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.places = {id(s): n for n, s in enumerate(self.statements)}

    def choose_together(self, slot: str, cells: Sequence[tuple[Statement, Sequence[Option]]]) -> list[Choice]:
        return [self.choose(slot, s, options) for s, options in cells]

    def choose(self, slot: str, s: Statement, options: Sequence[Option]) -> Choice:
        target = self.targets.get(self.places[id(s)])
        name = slot.split(".", maxsplit=1)[0]
        own = self.judge.choose(slot, s, options) if self.judge is not None and slot != "what.grid" else None
        if own is not None and id(s) in self.astray:
            return own
        right = [False] * len(options)
        if target is not None:
            rows = [_of_one_stage(row) if name == "stage" else row for row in target.rows]
            right = [any(accepts(name, o.value, row) for row in rows) for o in options]
        if name == "what" and (target is None or not target.sure):
            right = [r or o.value == NOTHING for r, o in zip(right, options, strict=True)]
        if s.value is None:
            pass  # gold rows of withheld figures have no value to be found by
        elif any(right) and (name == "what" or target is not None):
            self.examples.setdefault(slot, []).append(
                Example(self.document, [[*map(sys.intern, o.features)] for o in options], right)
            )
        elif target is not None and target.sure:
            self.lost[slot] += 1
        if target is not None and not target.sure and name == "what":
            return Choice(options[0], 1.0)
        if own is not None:
            if name == "what" and target is not None:
                self._go_astray(s, own, target)
            return own
        best = right.index(True) if any(right) else 0
        return Choice(options[best], 1.0)

    def _go_astray(self, s: Statement, own: Choice, target: Target) -> None:
        """Nothing is learnt of the stage, procedure and period of a number that is read as something else."""
        if not any(accepts("what", own.option.value, row) for row in target.rows):
            self.astray.add(id(s))


def _of_one_stage(row: Row) -> Row:
    """A row of the adults' procedure, of one stage, as the model has it where stage or total may be meant: `any`."""
    either = row["procedure"] == "adult_statutory" and "any" in row["stage"].split("|")
    return row | {"stage": "any"} if either else row


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
    weights: Any
    """How much each decision counts, by its kind of document."""
    more: Any = 1.0
    """How many times as much it counts as that."""

    def of_documents(self, chosen: set[str]) -> Problem:
        """The decisions of some documents."""
        keep = np.array([d in chosen for d in self.documents])
        rows = np.repeat(keep, self.sizes)
        return Problem(
            self.names,
            self.matrix[rows],
            self.good[rows],
            self.sizes[keep],
            [d for d in self.documents if d in chosen],
            self.weights[keep],
            self.more if np.isscalar(self.more) else self.more[keep],
        )


@dataclass
class Gathered:
    """The decisions of one slot as they come, document by document: features as numbers, because as words they would fill the memory."""

    column: dict[str, int] = field(default_factory=dict)
    seen: list[set[str]] = field(default_factory=list)
    """Documents that a feature stands in, no more than LEAST of them."""
    indices: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    good: list[bool] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, example: Example) -> None:
        document = example.document.rsplit(".", 1)[0]
        for features in example.features:
            for name in features:
                n = self.column.setdefault(name, len(self.column))
                if n == len(self.seen):
                    self.seen.append(set())
                if len(self.seen[n]) < LEAST:
                    self.seen[n].add(document)
                self.indices.append(n)
            self.ends.append(len(self.indices))
        self.good += example.right
        self.sizes.append(len(example.right))
        self.documents.append(example.document)
        self.weights.append(example.weight)

    def problem(self) -> Problem:
        """The decisions with the features that stand in at least LEAST documents, as columns in the order of their names."""
        names = sorted(f for f, n in self.column.items() if len(self.seen[n]) >= LEAST)
        place = np.full(len(self.column), -1, dtype=np.int32)
        place[[self.column[f] for f in names]] = np.arange(len(names), dtype=np.int32)
        found = place[np.frombuffer(self.indices, dtype=np.int32)]
        kept = np.concatenate([[0], np.cumsum(found >= 0)])[np.frombuffer(self.ends, dtype=np.int64)]
        found = found[found >= 0]
        shape = (len(self.good), len(names))
        matrix = csr_matrix((np.ones(len(found), dtype=np.float32), found, kept), shape=shape)
        return Problem(names, matrix, np.array(self.good), np.array(self.sizes), self.documents, np.array(self.weights))


@dataclass(frozen=True)
class Prior:
    """How much a slot's weights must be worth: penalties of features, and the decisions after which a document says no more."""

    own: float
    """Of features of the number and the words beside it."""
    shared: float
    """Of features that many numbers of a document have in common, such as its title or the words of a whole sentence."""
    enough: float = np.inf
    """A document with more decisions counts as one with so many."""


_SHARED = re.compile(r"doc[:=]|title|names |density|speaks=|word:|(?:&|^)(?:in|before1|caption|heading1) ")
PRIORS = {
    "what.sentence": Prior(1.5, 5.0), "what.grid": Prior(2.5, 5.0), "stage": Prior(1.0, 5.0, 15), "procedure": Prior(1.0, 6.0, 12),
    "period": Prior(1.0, 5.0, 30), "document.period": Prior(1.0, 1.0),
}  # fmt: skip
"""Found by leaving writers out: documents mostly decide stage, procedure and period alike for all of their numbers."""
MORE_OF_PUBLISHED = 10.0
"""How many times more decisions of a published report count than of another document."""
SMALLEST = 0.05
"""Weights nearer to nothing are left out: the file is a quarter smaller than with 0.03, and *check* is read no worse (from 0.08 on it is)."""


def fit(problem: Problem, prior: Prior) -> dict[str, float]:
    """Feature -> weight, by maximum likelihood with a Gaussian prior; a decision may have several right options."""
    matrix, good, sizes = problem.matrix, problem.good, problem.sizes
    turned = matrix.T.tocsr()
    begin = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)
    many = Counter(problem.documents)
    enough = prior.enough * np.where(problem.weights == PUBLISHED, MORE_OF_PUBLISHED, 1.0)
    weights = problem.weights * np.minimum(1.0, enough / np.array([many[d] for d in problem.documents])) * problem.more
    penalty = np.where([_SHARED.search(name) is not None for name in problem.names], prior.shared, prior.own)

    def loss(w: Any) -> tuple[float, Any]:
        scores = (matrix @ w.astype(np.float32)).astype(np.float64)
        top = np.maximum.reduceat(scores, begin)
        e = np.exp(scores - top[owner])
        whole = np.add.reduceat(e, begin)
        part = np.add.reduceat(np.where(good, e, 0.0), begin) + 1e-300
        slope = (e / whole[owner] - np.where(good, e, 0.0) / part[owner]) * weights[owner]
        return float(-(weights * np.log(part / whole)).sum() + (penalty * w) @ w), turned @ slope.astype(
            np.float32
        ) + 2 * penalty * w

    found = minimize(loss, np.zeros(len(problem.names)), jac=True, method="L-BFGS-B", options={"maxiter": 80})
    return {f: float(v) for f, v in zip(problem.names, found.x, strict=True) if abs(v) >= SMALLEST}


class Listener(Judge):
    """Decides by the weights and keeps how likely each option was."""

    def __init__(self, table: dict[str, Weights]) -> None:
        super().__init__(table)
        self.heard: dict[tuple[int, str], list[tuple[Any, float]]] = {}

    def _listen(self, slot: str, s: Statement, options: Sequence[Option]) -> None:
        chances = probabilities(scores(options, self.table[slot]))
        self.heard[id(s), slot.split(".", maxsplit=1)[0]] = [
            (o.value, p) for o, p in zip(options, chances, strict=True) if p > 0.003
        ]

    def choose(self, slot: str, statement: Statement, options: Sequence[Option]) -> Choice:
        self._listen(slot, statement, options)
        return super().choose(slot, statement, options)

    def choose_together(self, slot: str, cells: Sequence[tuple[Statement, Sequence[Option]]]) -> list[Choice]:
        for s, options in cells:
            self._listen(slot, s, options)
        return super().choose_together(slot, cells)


def belief_of(known: Known, table: dict[str, Weights]) -> Belief:
    """How likely the weights of other writers hold that a number states a gold row."""
    ear = Listener(table)
    front = known.with_period(recognise(known.reading, known.name, ear))
    read(known.statements, outlook_of(known.reading, front), ear)

    def belief(n: int, row: Any) -> float:
        s = id(known.statements[n])
        result = sum(p for v, p in ear.heard.get((s, "what"), []) if accepts("what", v, row))
        for slot in ("stage", "procedure", "period"):
            chances = ear.heard.get((s, slot))
            result *= 0.15 + 0.85 * sum(p for v, p in chances if accepts(slot, v, row)) if chances else 0.6
        return result

    return belief


def examples_of(known: Known, table: dict[str, Weights] | None) -> dict[str, list[Example]]:
    """Every decision of a document, as its gold decides it."""
    belief = belief_of(known, table) if table else None
    teacher = Teacher(
        known.name, targets(known.statements, known.gold, belief), known.statements, Judge(table) if table else None
    )
    options = period_options(opening(known.reading), known.reading.text)
    counts = Counter(row["period"] for row in known.gold if row.get("required", "yes") == "yes")
    most = max(counts.values(), default=0)
    right = [counts.get(o.value, 0) >= 0.8 * most > 0 for o in options]
    if any(right) and not known.given_period:
        teacher.examples["document.period"] = [Example(known.name, [o.features for o in options], right)]
    front = known.with_period(recognise(known.reading, known.name, Judge(table) if table else NoWeights()))
    if counts and not known.given_period:
        front.period = counts.most_common(1)[0][0]
    read(known.statements, outlook_of(known.reading, front), teacher)
    return {slot: [replace(e, weight=known.weight) for e in examples] for slot, examples in teacher.examples.items()}


class NoWeights(Judge):
    """Finds every option as likely as every other."""

    def __init__(self) -> None:
        super().__init__({})

    def choose(self, slot: str, statement: Statement, options: Sequence[Option]) -> Choice:
        return Choice(options[0], 1.0)


FOLDS = 4


def _examples_job(job: tuple[Known, dict[str, Weights] | None]) -> dict[str, list[Example]]:
    return examples_of(*job)


def _fit_job(job: tuple[str, Problem]) -> tuple[str, Weights]:
    return job[0], fit(job[1], PRIORS[job[0]])


def _score_job(job: tuple[Known, dict[str, Weights]]) -> list[tuple[dict[str, Any], dict[str, float]]]:
    from calibration import rows_with_features  # noqa: PLC0415

    return rows_with_features(*job)


def problems_of(
    known: Sequence[Known], tables: dict[str, dict[str, Weights]], pool: ProcessPoolExecutor
) -> dict[str, Problem]:
    """The decisions of all documents, by slot. `tables` holds weights by document, for beliefs."""
    gathered: dict[str, Gathered] = {}
    for found in pool.map(_examples_job, [(k, tables.get(k.name)) for k in known]):
        for slot, examples in found.items():
            for example in examples:
                gathered.setdefault(slot, Gathered()).add(example)
    return {slot: gathered.pop(slot).problem() for slot in list(gathered)}


def fit_all(
    problems: dict[str, Problem], pool: ProcessPoolExecutor, without: set[str] = frozenset()
) -> dict[str, Weights]:  # type: ignore[assignment]
    """Weights of every slot, from all documents but some."""
    jobs = [(slot, p.of_documents(set(p.documents) - without) if without else p) for slot, p in problems.items()]
    return dict(pool.map(_fit_job, jobs))


def with_published_twice(problems: dict[str, Problem]) -> dict[str, Problem]:
    """The decisions with those of published reports counted twice as much."""
    return {slot: replace(p, more=p.more * np.where(p.weights == PUBLISHED, 2.0, 1.0)) for slot, p in problems.items()}


def mean_of(tables: Sequence[dict[str, Weights]]) -> dict[str, Weights]:
    """The mean of several fits; a feature that one of them leaves out has no weight there."""
    return {
        slot: {
            feature: mean
            for feature in set().union(*(t[slot] for t in tables))
            if abs(mean := sum(t[slot].get(feature, 0.0) for t in tables) / len(tables)) >= SMALLEST
        }
        for slot in tables[0]
    }


def folds_of(known: Sequence[Known]) -> list[set[str]]:
    """Documents by every fourth writer."""
    names = sorted({k.writer for k in known})
    return [{k.name for k in known if k.writer in names[n::FOLDS]} for n in range(FOLDS)]


def write(path: Path, rows: Iterable[Sequence[object]], heads: Sequence[str]) -> None:
    """A vocabulary file."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", nargs=2, action="append", default=[], metavar=("FOLDER", "GOLD"), type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="how often gold is found again by what was learnt")
    parser.add_argument("--out", type=Path, default=ROOT / "normalise" / "vocabulary")
    parser.add_argument(
        "--mean-with", type=Path, metavar="WEIGHTS", help="earlier weights, with which the new ones are averaged"
    )
    options = parser.parse_args()
    known = [*writers(ROOT / "tests" / "annotated"), *cases(ROOT / "tests" / "cases")]
    known += reports(ROOT / "corpus" / "samples", ROOT / "tests" / "gold")
    for folder, gold in options.reports:
        known += reports(folder, gold)
    folds = folds_of(known)
    tables: dict[str, dict[str, Weights]] = {}
    with ProcessPoolExecutor() as pool:
        for _ in range(options.rounds):
            problems = problems_of(known, tables, pool)
            fitted = [fit_all(problems, pool, fold) for fold in folds]
            tables = {name: table for fold, table in zip(folds, fitted, strict=True) for name in fold}
        # Published reports are read better where they count more, and others a little worse: the mean of both is nearly as good at each.
        whole = mean_of([fit_all(problems, pool), fit_all(with_published_twice(problems), pool)])
        if options.mean_with:
            whole = mean_of([weights_in(options.mean_with), whole])
        scored = list(pool.map(_score_job, [(k, tables[k.name]) for k in known if k.is_document]))
    grouped.write(options.out / "weights.tsv", (((s, round(w, 2)), f) for s, t in whole.items() for f, w in t.items()))
    write(
        options.out / "calibration.csv",
        calibrate(known, [pair for found in scored for pair in found]),
        ("kind", "name", "value"),
    )


if __name__ == "__main__":
    main()
