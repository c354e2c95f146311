"""How likely a reading is right that two readers agree on, dispute, or one of them has alone: `python benchmarks/reading/jury.py`.

Writes vocabulary/jury.csv from the recorded replies on documents of the split `check`: there the rules meet documents that their weights
have not seen, which they do not in `learn`. Prints what the weights make of each writer's documents when fitted without them.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import extract
from councilbench.evaluate import GoldDocument, compare
from normalise.asking.holding import held_to_the_page
from normalise.asking.jury import Voice, voices_of
from normalise.asking.page_lines import page_lines
from normalise.asking.replies import answers_in
from normalise.reading.frontmatter import recognise
from normalise.reading.interpreting import Fate, interpret
from normalise.reading.reasons import Reason

ROOT = Path(__file__).parents[2]
RECORDED = ROOT / "tests" / "recorded" / "annotated"
FITTED_ON = "check"


@dataclass(frozen=True)
class Met:
    """A reading, whether it is right, and who wrote its document."""

    voice: Voice
    right: bool
    writer: int


def met_in(reply: Path) -> list[Met]:
    """The readings of one document's numbers with both readers, and with the model alone; none for other splits."""
    home = ROOT / "tests" / "annotated" / reply.stem
    about = tomllib.loads((home / "about.toml").read_text(encoding="utf-8"))
    if about["split"] != FITTED_ON:
        return []
    (path,) = (p for p in home.iterdir() if p.stem == reply.stem)
    reading = extract.read(path)
    statements = extract.statements(reading)
    front = recognise(reading, reply.stem)
    lines = page_lines(reading, statements)
    held = held_to_the_page(answers_in(reply.read_text(encoding="utf-8")).answers, lines, reply.stem, front)
    shown = {id(s) for line in lines for s in line.statements}
    unread = [Fate(s, "ignored", Reason.NOT_GIVEN.value) for s in statements]
    voices = [
        *(v for _, found in voices_of(interpret(statements, reply.stem, front, reading), held, shown) for v in found),
        *(v for _, found in voices_of(unread, held, None) for v in found),
    ]
    with (home / "gold.csv").open(newline="", encoding="utf-8-sig") as handle:
        gold = {reply.stem: GoldDocument(list(csv.DictReader(handle)))}
    return [
        Met(v, compare([v.row], gold).read[0].right, about["writer"])
        for v in voices
        if v.row["value"] is not None and (v.case, v.reader) != ("agreed", "model")
    ]


def fit(met: Sequence[Met]) -> dict[str, float]:
    """Weights of the features."""
    names = sorted({name for m in met for name in m.voice.features})
    matrix = np.array([[m.voice.features.get(name, 0.0) for name in names] for m in met])
    regression = LogisticRegression(C=0.3, max_iter=5000, fit_intercept=False).fit(matrix, [m.right for m in met])
    return {name: round(float(w), 3) for name, w in zip(names, regression.coef_[0], strict=True)}


def tell(met: Sequence[Met]) -> None:
    """By case, and by confidence of weights fitted without the writer: readings, and how many are right."""
    for case in sorted({m.voice.case for m in met}):
        mine = [m.right for m in met if m.voice.case == case]
        print(f"{case:14s} {len(mine):5d} readings, {sum(mine) / len(mine):.3f} right")
    found = []
    for writer in sorted({m.writer for m in met}):
        table = fit([m for m in met if m.writer != writer])
        found += [(m.voice.confidence(table), m) for m in met if m.writer == writer]
    for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 0.99), (0.99, 1.01)):
        for alone in (False, True):
            alike = [(c, m.right) for c, m in found if low <= c < high and (m.voice.case == "only") == alone]
            if alike:
                mean, right = (sum(x[n] for x in alike) / len(alike) for n in (0, 1))
                print(
                    f"{'model' if alone else 'both':6s} from {low:.2f}: {len(alike):5d} rows, said {mean:.3f}, right {right:.4f}"
                )


def main() -> None:
    """See the module."""
    with ProcessPoolExecutor() as pool:
        met = [m for found in pool.map(met_in, sorted(RECORDED.glob("*.json"))) for m in found]
    tell(met)
    with (ROOT / "normalise" / "vocabulary" / "jury.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("name", "weight"))
        writer.writerows(sorted(fit(met).items()))


if __name__ == "__main__":
    main()
