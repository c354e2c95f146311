"""From recorded replies to how likely a reading is right that two readers agree on, dispute, or one of them has alone.

`python benchmarks/reading/fit.py` writes vocabulary/jury.csv with it: the rules' readings are those of weights that had not seen
a document's writer, and the replies are those in tests/recorded on documents of the split `learn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from documents import Known
from sklearn.linear_model import LogisticRegression

from councilbench.evaluate import GoldDocument, compare
from normalise.asking.holding import held_to_the_page
from normalise.asking.jury import Voice, voices_of
from normalise.asking.page_lines import page_lines
from normalise.asking.replies import answers_in
from normalise.reading.calibrating import Calibration, features_of
from normalise.reading.frontmatter import recognise
from normalise.reading.interpreting import Fate, fate_with
from normalise.reading.resolving import outlook_of, read
from normalise.reading.weighing import Judge, Weights

CAUTION = 0.3
"""Taken off every score: documents to come differ more from those fitted on than these do from one another."""


@dataclass(frozen=True)
class Met:
    """The readings of one document's numbers with both readers, and with the model alone."""

    document: str
    both: list[Voice]
    alone: list[Voice]


def met(known: Known, table: dict[str, Weights], calibration: Calibration, reply: Path) -> Met:
    """Both readers on one document, the rules with weights that had not seen its writer."""
    judge = Judge(table)
    front = known.with_period(recognise(known.reading, known.name, judge))
    reads = read(known.statements, outlook_of(known.reading, front), judge)
    found = {
        id(reads[n].statement): fate_with(reads[n], calibration.confidence(f), known.name, front)
        for n, f in features_of(reads, len(front.notes)).items()
    }
    fates = [found.get(id(s), Fate(s, "ignored", "")) for s in known.statements]
    lines = page_lines(known.reading, known.statements)
    held = held_to_the_page(answers_in(reply.read_text(encoding="utf-8")).answers, lines, known.name, front)
    shown = {id(s) for line in lines for s in line.statements}
    unread = [Fate(s, "ignored", "") for s in known.statements]
    return Met(
        known.name,
        [v for _, voices in voices_of(fates, held, shown) for v in voices],
        [v for _, voices in voices_of(unread, held, ()) for v in voices],
    )


def weights_of(known: Iterable[Known], found: Iterable[Met]) -> Iterator[tuple[str, float]]:
    """Rows of jury.csv; prints how many readings of each case are right."""
    gold = {k.name: GoldDocument(k.gold, k.kind, "learn") for k in known}
    voices: list[Voice] = []
    right: list[bool] = []
    for m in found:
        for v in (*m.both, *m.alone):
            if v.row["value"] is not None and (v.case, v.reader) != ("agreed", "model"):
                (judged,) = compare([v.row], {m.document: gold[m.document]}).read
                voices.append(v)
                right.append(judged.right)
    for case in sorted({v.case for v in voices}):
        mine = [r for v, r in zip(voices, right, strict=True) if v.case == case]
        print(f"{case:14s} {len(mine):5d} readings, {sum(mine) / len(mine):.3f} right")
    names = sorted({name for v in voices for name in v.features})
    matrix = np.array([[v.features.get(name, 0.0) for name in names] for v in voices])
    regression = LogisticRegression(C=1.0, max_iter=5000, fit_intercept=False).fit(matrix, right)
    cases = {v.case for v in voices}
    for name, weight in zip(names, regression.coef_[0], strict=True):
        yield name, round(float(weight) - CAUTION * (name in cases), 3)
