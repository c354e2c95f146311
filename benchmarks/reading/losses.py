"""Where the reading loses gold rows of the split `learn`: `python benchmarks/reading/losses.py [--apart] [--show REASON]`.

For each required row the number of its value that comes nearest: none of that value, none looked at, the right measure not proposed, another one
chosen, "no statistic" chosen, or a wrong stage, procedure or period. Confidence plays no part. With `--apart` the weights are fitted without the
writer of each document (ten minutes). `--show` prints rows that were lost for a reason.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from documents import Known, writers
from fit import ROOT, Listener, fit_all, folds_of, problems_of
from gold import accepts

from councilbench.evaluate import Row
from extract.statement import Statement
from normalise.reading.frontmatter import recognise
from normalise.reading.read import NOTHING, Read
from normalise.reading.resolving import outlook_of, read
from normalise.reading.weighing import Weights, weights

SLOTS = ("stage", "procedure", "period")
SHOWN = 40
LAST = 999


@dataclass(frozen=True)
class Loss:
    """What became of a gold row; `right` where nothing was lost."""

    writer: str
    reason: str
    row: Row
    words: str
    """The sentence or labels of the number that comes nearest."""


def losses(known: Known, table: dict[str, Weights]) -> list[Loss]:
    """What became of each required row of a document."""
    ear = Listener(table)
    front = known.with_period(recognise(known.reading, known.name, ear))
    reads = {id(r.statement): r for r in read(known.statements, outlook_of(known.reading, front), ear)}
    return [_of(known, row, reads, ear) for row in known.gold if row.get("required", "yes") == "yes" and row["value"]]


def _of(known: Known, row: Row, reads: dict[int, Read], ear: Listener) -> Loss:
    value = float(row["value"].split("|")[0])
    alike = [s for s in known.statements if s.value is not None and abs(s.value - value) < 0.006]
    ranked = [(*_reason(row, reads.get(id(s)), ear), s) for s in alike]
    if not ranked:
        return Loss(known.writer, "no such number", row, "")
    _, reason, s = max(ranked, key=lambda r: r[0])
    return Loss(known.writer, reason, row, _words(s))


def _reason(row: Row, r: Read | None, ear: Listener) -> tuple[int, str]:
    """How near a number comes to a gold row, and what is wrong with it."""
    if r is None:
        return 0, "not looked at"
    if not accepts("what", r.what, row):
        heard = ear.heard.get((id(r.statement), "what"), [])
        if not any(accepts("what", value, row) for value, _ in heard):
            return 1, "not proposed, or very unlikely"
        return 2, "no statistic" if r.what == NOTHING else "another measure"
    wrong = [slot for slot in SLOTS if not accepts(slot, r.value(slot), row)]
    return 10 - len(wrong), f"wrong {' and '.join(wrong)}" if wrong else "right"


def _words(s: Statement) -> str:
    return s.sentence or " / ".join([s.caption, *s.rows, *s.columns])


def tables_apart(known: list[Known], pool: ProcessPoolExecutor) -> dict[str, dict[str, Weights]]:
    """Document -> weights that have not seen its writer."""
    problems = problems_of(known, {k.name: weights() for k in known}, pool)
    return {name: table for fold in folds_of(known) for table in [fit_all(problems, pool, fold)] for name in fold}


def groups(found: list[Loss]) -> Iterator[tuple[str, Counter[str]]]:
    """All documents, those of the first writers, the later reports, and the passages (see tests/annotated/README.md)."""
    for name, first, last in (
        ("all", 0, LAST),
        ("reports", 1, 16),
        ("later reports", 17, 24),
        ("passages", 25, 99),
        ("after published pages", 100, LAST),
    ):
        yield name, Counter(x.reason for x in found if first <= int(x.writer[1:]) <= last)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--show", metavar="REASON", default="")
    options = parser.parse_args()
    known = list(writers(ROOT / "tests" / "annotated"))
    with ProcessPoolExecutor() as pool:
        tables = tables_apart(known, pool) if options.apart else {}
        jobs = pool.map(losses, known, [tables.get(k.name) or weights() for k in known], chunksize=8)
        found = [loss for listed in jobs for loss in listed]
    for name, counts in groups(found):
        print(f"{name}: {counts.total()} rows")
        for reason, n in counts.most_common():
            print(f"  {reason:40}{n:7}{100 * n / counts.total():7.1f}%")
    for loss in [x for x in found if x.reason == options.show][:: max(1, len(found) // 10_000)][:SHOWN]:
        print(loss.writer, {c: loss.row[c] for c in ("measure", "category", *SLOTS, "value")}, "|", loss.words[:200])


if __name__ == "__main__":
    main()
