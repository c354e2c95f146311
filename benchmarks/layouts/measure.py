"""How well councilbench reads layouts: fixtures of each kind are set, read and compared with what they say.

    python benchmarks/layouts/measure.py [--kind KIND]... [--number 20] [--keep FOLDER]

prints, for each kind, how many documents and figures there are, how many figures were found exactly, how many rows
are wrong, and recall and precision as `councilbench evaluate` computes them. The kind `plain` is the control: its
wordings are those of the other kinds. With --keep the PDFs stay in FOLDER, each with its gold file, and
observations.csv and differences.txt (what was missed and what is wrong) of each kind. Needs reportlab (a development
dependency). A benchmark and no test: the exit status is 0 whatever was found.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import warnings
from pathlib import Path

from fixtures import KINDS, fixture

from councilbench.evaluate import GoldDocument, Score, compare
from councilbench.given import documents_of
from councilbench.pipeline import run


def measure(kind: str, number: int, folder: Path, keep: bool) -> Score:
    """Set, read and score the fixtures of one kind. A fixture that cannot be read is named and counts as not found."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [fixture(kind, n).write(folder) for n in range(number)]
    result = run(documents_of(paths))
    for problem in result.problems:
        print(f"  {problem}")
    gold = {}
    for path in paths:
        with path.with_suffix(".csv").open(encoding="utf-8") as handle:
            gold[path.stem] = GoldDocument(list(csv.DictReader(handle)))
    verdict = compare(result.observations.to_dict("records"), gold)
    if keep:
        result.observations.to_csv(folder / "observations.csv", index=False)
        lines = [f"{which}: {line}" for which in ("missing", "wrong") for line in verdict.listed(which)]
        (folder / "differences.txt").write_text("\n".join(lines), encoding="utf-8")
    return verdict.total


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
