"""From readings of documents that the weights had not seen to the probability that a reading is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from documents import Known
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from councilbench.evaluate import GoldDocument, compare
from normalise.reading.calibrating import features_of
from normalise.reading.frontmatter import recognise
from normalise.reading.interpreting import problem_with, row_of
from normalise.reading.read import NOTHING
from normalise.reading.resolving import outlook_of, read
from normalise.reading.weighing import Judge, Weights

Scored = tuple[dict[str, Any], dict[str, float]]


def rows_with_features(known: Known, table: dict[str, Weights]) -> list[Scored]:
    """Every row that may be read from a document, with what bears on its being right."""
    judge = Judge(table)
    front = known.with_period(recognise(known.reading, known.name, judge))
    reads = read(known.statements, outlook_of(known.reading, front), judge)
    features = features_of(reads, len(front.notes), front.period_chance)
    found = []
    for n, r in enumerate(reads):
        if r.what != NOTHING and not problem_with(r) and r.statement.value is not None:
            found.append((row_of(r, r.probability, known.name, front), features[n]))
    return found


def calibrate(known: Sequence[Known], scored: Sequence[Scored]) -> Iterator[tuple[str, str, float]]:
    """Rows of calibration.csv; prints how the readings did."""
    gold = {k.name: GoldDocument(k.gold, k.kind, "learn") for k in known if k.is_document}
    features = {id(row): f for row, f in scored}
    verdict = compare([row for row, _ in scored], gold)
    right = np.array([j.right for j in verdict.read])
    found = [features[id(j.row)] for j in verdict.read]
    names = sorted({name for f in found for name in f})
    matrix = np.array([[f.get(name, 0.0) for name in names] for f in found])
    regression = LogisticRegression(C=0.3, max_iter=2000, fit_intercept=False).fit(matrix, right)
    scores = matrix @ regression.coef_[0]
    steps = IsotonicRegression(y_min=0.02, y_max=0.99, out_of_bounds="clip").fit(scores, right)
    chances = steps.predict(scores)
    for low in (0.0, 0.5, 0.8, 0.9, 0.95):
        kept = chances >= low
        print(
            f"from {low:.2f}: {kept.sum()} rows, {right[kept].mean():.3f} right, {right[kept].sum() / verdict.total.required:.3f} of the gold"
        )
    yield from (("weight", name, round(float(w), 3)) for name, w in zip(names, regression.coef_[0], strict=True))
    last = -1.0
    for x, y in zip(steps.X_thresholds_, steps.y_thresholds_, strict=True):
        if y > last + 0.001:
            yield ("step", f"{x:.3f}", cautious(float(y)))
            last = float(y)


CAUTION, HIGH = 0.04, 0.85
"""What is taken off a high confidence: documents to come differ more from those fitted on than these do from one another."""


def cautious(chance: float) -> float:
    """A probability, a little lower than measured where it is high."""
    return round(max(HIGH, chance - CAUTION) if chance >= HIGH else chance, 3)
