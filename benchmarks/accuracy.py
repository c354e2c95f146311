"""How accurately the annotated documents are read.

    python benchmarks/accuracy.py [--folder tests/annotated] [--sealed] [--show wrong|missing] [--kind KIND] [--document NAME]

reads every document of `tests/annotated` as it lies there, without a hint of council or year, and prints precision and recall
by split, kind, format, method and measure, how often each slot of an address is right, and a reliability table. The difference
between the splits `learn` and `check` is what was learnt by heart. What was wrong is shown for `learn` only: the others measure
whether the reading generalises, and knowing their errors would spoil them. `sealed` and `reserve` are left out unless asked for.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from councilbench.evaluate import Gold, Score, Verdict, compare, gold_in
from councilbench.given import documents_of
from councilbench.pipeline import run

FOLDER = Path(__file__).parent.parent / "tests" / "annotated"
SUFFIXES = (".pdf", ".docx", ".html", ".md", ".txt")


def document_in(folder: Path) -> Path:
    """The document of an annotated folder: the file of its name."""
    return next(path for suffix in SUFFIXES if (path := folder / f"{folder.name}{suffix}").exists())


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The observations of one document; none where it is taken for no complaints report or cannot be read."""
    warnings.simplefilter("ignore")
    return run(documents_of([path])).observations.to_dict("records")


def read_all(paths: Sequence[Path], workers: int = 2) -> list[dict[str, Any]]:
    """The observations of all documents, read by several processes."""
    with ProcessPoolExecutor(workers) as pool:
        return [row for rows in pool.map(rows_of, paths, chunksize=4) for row in rows]


def verdict_on(folder: Path, names: Iterable[str], gold: Gold) -> Verdict:
    """What reading makes of the named annotated documents."""
    chosen = {name: gold[name] for name in names}
    return compare(read_all([document_in(folder / name) for name in chosen]), chosen)


def line(name: str, score: Score) -> str:
    recall = f"  recall {score.recall:.3f} ({score.found}/{score.required})" if score.required else ""
    return f"{name:26} precision {score.precision:.3f} ({score.right}/{score.rows}){recall}"


def _table(title: str, scores: dict[str, Score]) -> None:
    print(f"\n{title}")
    for name, score in scores.items():
        print("  " + line(name, score))


def _reliability(title: str, verdict: Verdict) -> None:
    print(f"\n{title}, expected calibration error {verdict.calibration_error:.3f}")
    print("  confidence from   rows   mean confidence   share right")
    for low, rows, mean, share in verdict.reliability():
        print(f"  {low:15.2f} {rows:6d} {mean:17.3f} {share:13.3f}")


def report(verdicts: dict[str, Verdict]) -> None:
    """Print the tables for each split."""
    _table("All", {split: v.total for split, v in verdicts.items()})
    if {"learn", "check"} <= set(verdicts):
        learn, check = verdicts["learn"].total, verdicts["check"].total
        gap = f"precision {learn.precision - check.precision:+.3f}, recall {learn.recall - check.recall:+.3f}"
        print(f"  learn less check: {gap}")
    for split, verdict in verdicts.items():
        _table(f"By slot, {split}", verdict.by("slot"))
        _reliability(f"Reliability, {split}", verdict)
    if "learn" in verdicts:
        for column in ("kind", "method", "measure"):
            _table(f"By {column}, learn", verdicts["learn"].by(column))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument(
        "--sealed",
        action="store_true",
        help="measure the sealed split and the reserve, too, at the end of a piece of work",
    )
    parser.add_argument("--show", choices=["wrong", "missing"], help="list rows of `learn`")
    parser.add_argument("--kind", help="only documents of this kind")
    parser.add_argument("--document", action="append", help="only this document of `learn`")
    options = parser.parse_args()
    gold = gold_in(options.folder)
    alone = bool(options.show or options.document)
    splits = ["learn", *["check"] * (not alone), *["sealed", "reserve"] * (options.sealed and not alone)]
    verdicts = {}
    for split in splits:
        names = [
            n
            for n, g in gold.items()
            if g.split == split and options.kind in (None, g.kind) and (not options.document or n in options.document)
        ]
        verdicts[split] = verdict_on(options.folder, names, gold)
    for text in verdicts["learn"].listed(options.show) if options.show else ():
        print(text)
    report(verdicts)


if __name__ == "__main__":
    main()
