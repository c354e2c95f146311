"""How well councilbench reads layouts: fixtures of each kind are set, read and compared with what they say.

    python benchmarks/layouts/measure.py [--kind KIND]... [--number 20] [--keep FOLDER]

prints, for each kind, how many documents and figures there are, how many figures were found exactly, how many rows
are wrong, and recall and precision as `councilbench evaluate` computes them. The kind `plain` is the control: its
wordings are those of the other kinds. With --keep the PDFs stay in FOLDER, each with its gold file, and
observations.csv and differences.csv (what was missed and what is wrong) of each kind. Needs reportlab (a development
dependency). A benchmark and no test: the exit status is 0 whatever was found.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

from fixtures import GOLD_COLUMNS, KINDS, fixture

from councilbench.evaluate import Score, score
from councilbench.pipeline import documents_of, run

Row = dict[str, object]
_SHOWN = [*GOLD_COLUMNS, "page", "method", "quote"]


def _write(path: Path, rows: Iterable[Row], columns: Sequence[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _differences(observations: list[Row], gold: list[Row], folder: Path) -> list[Row]:
    """Gold rows that no observation explains and observations that no gold row explains.

    Asks `score` about every row as if it were a document of its own, so that both count alike.
    """
    found = [row for row in observations if row["value"] == row["value"]]  # a missing value equals nothing
    lone_gold, lone_found = [], []
    for n, row in enumerate(gold):
        name = f"missed {n}"
        lone_gold.append(row | {"document": name})
        lone_found += [o | {"document": name} for o in found if o["document"] == row["document"]]
    for n, row in enumerate(found):
        name = f"wrong {n}"
        lone_found.append(row | {"document": name})
        lone_gold += [g | {"document": name} for g in gold if g["document"] == row["document"]]
    columns = list(observations[0]) if observations else _SHOWN
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        scores = score(
            _write(Path(scratch) / "found.csv", lone_found, columns),
            _write(Path(scratch) / "gold.csv", lone_gold, GOLD_COLUMNS),
        )
    missed = [row for n, row in enumerate(gold) if scores[f"missed {n}"].found < scores[f"missed {n}"].required]
    wrong = [row for n, row in enumerate(found) if not scores[f"wrong {n}"].right]
    listed = [{"difference": "missed", **row} for row in missed] + [{"difference": "wrong", **row} for row in wrong]
    return sorted(listed, key=lambda row: str(row["document"]))


def measure(kind: str, number: int, folder: Path, keep: bool) -> Score:
    """Set, read and score the fixtures of one kind. A fixture that cannot be read is named and counts as not found."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [fixture(kind, n).write(folder) for n in range(number)]
    result = run(documents_of(paths))
    for problem in result.problems:
        print(f"  {problem}")
    observations = result.observations.to_dict("records")
    gold: list[Row] = []
    for path in paths:
        with path.with_suffix(".csv").open(encoding="utf-8") as handle:
            gold += csv.DictReader(handle)
    read = folder / "observations.csv"
    result.observations.to_csv(read, index=False)
    scores = score(read, _write(folder / "gold.csv", gold, GOLD_COLUMNS))
    (folder / "gold.csv").unlink()  # the gold of each fixture stands beside it
    if keep:
        _write(folder / "differences.csv", _differences(observations, gold, folder), ["difference", *_SHOWN])
    return sum(scores.values(), Score())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind; may be given several times")
    parser.add_argument("--number", type=int, default=20, help="fixtures of each kind")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep fixtures and differences here")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    print(f"{'kind':22}{'documents':>10}{'figures':>9}{'found':>7}{'wrong':>7}{'recall':>8}{'precision':>11}")
    with tempfile.TemporaryDirectory() as scratch:
        total = Score()
        for kind in options.kind or KINDS:
            one = measure(kind, options.number, (options.keep or Path(scratch)) / kind, options.keep is not None)
            _line(kind, options.number, one)
            total += one
        _line("all", options.number * len(options.kind or KINDS), total)


def _line(name: str, documents: int, s: Score) -> None:
    wrong = s.rows - s.right
    print(f"{name:22}{documents:10}{s.required:9}{s.found:7}{wrong:7}{s.recall:8.3f}{s.precision:11.3f}", flush=True)


if __name__ == "__main__":
    main()
