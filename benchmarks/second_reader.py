"""Two readers side by side on recorded replies: `python benchmarks/second_reader.py [--real REPORTS GOLD REPLIES]`.

For each split of the annotated documents that have a recorded reply, and for the sample reports: precision and recall of the rules, the
model after the page check, and both; how many rows are at .9 and more, and how many of these are right; what the page check refused, and
how many of the refused would have been right; tokens. The replies of `learn` are what `vocabulary/jury.csv` is fitted on.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import extract
from councilbench.evaluate import GoldDocument, Row, compare
from councilbench.model import CHARACTERS_A_TOKEN
from councilbench.reports import read_report
from councilbench.result import NotAReportError
from councilbench.second_reader import Second, SecondReader
from councilbench.settings import ModelSettings
from normalise.asking.holding import Held, likeness
from normalise.asking.page_lines import PageLine, page_lines
from normalise.asking.prompt import prompts
from normalise.asking.replies import answers_in

ROOT = Path(__file__).parents[1]
READERS = ("rules", "model", "both")


@dataclass(frozen=True)
class Document:
    """A document with a recorded reply."""

    name: str
    split: str
    path: Path
    gold: Path
    reply: Path


@dataclass
class Found:
    """What the readers found in a document."""

    document: Document
    rows: dict[str, list[Row]] = field(default_factory=dict)
    refused: list[Held] = field(default_factory=list)
    answers: int = 0
    tokens: tuple[int, int] = (0, 0)


class Recorded(SecondReader):
    """A second reader whose reply stands in one file."""

    def __init__(self, reply: Path, only: bool) -> None:
        super().__init__(reply.parent, ModelSettings(), only)
        self.text = reply.read_text(encoding="utf-8")
        self.tokens = (0, 0)

    def on(self, lines: Sequence[PageLine], document: str) -> Second:
        asked = sum(len(p.text) for p in prompts(lines, document, self.settings.size))
        self.tokens = (round(asked / CHARACTERS_A_TOKEN), round(len(self.text) / CHARACTERS_A_TOKEN))
        return Second(answers_in(self.text).answers, frozenset(line.number for line in lines))


def found_in(document: Document, readers: Sequence[str] = READERS) -> Found:
    """The rows of each reader."""
    found = Found(document)
    for reader in readers:
        second = None if reader == "rules" else Recorded(document.reply, reader == "model")
        try:
            result = read_report(document.path, slug=document.name, second=second)
            found.rows[reader] = result.observations.to_dict("records")
            found.refused = result.refused or found.refused
        except NotAReportError:
            found.rows[reader] = []
        if second is not None:
            found.answers, found.tokens = len(answers_in(second.text).answers), second.tokens
    return found


def annotated(recorded: Path) -> Iterator[Document]:
    """The annotated documents with a recorded reply."""
    for reply in sorted(recorded.glob("*.json")):
        home = ROOT / "tests" / "annotated" / reply.stem
        (path,) = (p for p in home.iterdir() if p.stem == reply.stem)
        split = tomllib.loads((home / "about.toml").read_text(encoding="utf-8"))["split"]
        yield Document(reply.stem, split, path, home / "gold.csv", reply)


def reports(split: str, folder: Path, gold: Path, replies: Path) -> Iterator[Document]:
    """Reports with gold and a recorded reply of the same stem."""
    for reply in sorted(replies.glob("*.json")):
        yield Document(reply.stem, split, folder / f"{reply.stem}.pdf", gold / f"{reply.stem}.csv", reply)


def gold_of(document: Document) -> GoldDocument:
    with document.gold.open(newline="", encoding="utf-8-sig") as handle:
        return GoldDocument([{k: v or "" for k, v in r.items()} for r in csv.DictReader(handle)], "", document.split)


def tell(split: str, found: Sequence[Found]) -> None:
    """The table of one split."""
    gold = {f.document.name: gold_of(f.document) for f in found}
    print(f"\n{split}: {len(found)} documents")
    for reader in READERS:
        v = compare([row for f in found for row in f.rows[reader]], gold)
        sure = [j.right for j in v.read if float(j.row["confidence"]) >= 0.9]
        share = f"{sum(sure) / len(sure):.4f}" if sure else "-"
        print(
            f"  {reader:6s} precision {v.total.precision:.3f} recall {v.total.recall:.3f} ({v.total.rows} rows)"
            f"  at .9 and more {len(sure)}, right {share}  calibration error {v.calibration_error:.3f}"
        )
    refused = Counter(str(h.refusal) for f in found for h in f.refused)
    right = sum(_would_be_right(h, gold[f.document.name]) for f in found for h in f.refused)
    print(
        f"  refused {refused.total()} of {sum(f.answers for f in found)} answers, {right} of them right: {dict(refused)}"
    )
    sent, received = (sum(f.tokens[n] for f in found) for n in (0, 1))
    print(f"  tokens a document, about: {sent // len(found)} sent, {received // len(found)} received")


def _would_be_right(held: Held, gold: GoldDocument) -> bool:
    """Whether a refused answer says what the gold says of some figure of its value."""
    a = held.answer
    number = "".join(c for c in a.printed if c.isdigit() or c == ".").strip(".")
    row: dict[str, Any] = {
        n: getattr(a, n) for n in ("period", "procedure", "stage", "measure", "category", "unit", "base", "authority")
    }
    row |= {"document": "d", "status": "published", "confidence": 1.0, "value": number}
    try:
        return bool(number) and any(j.right for j in compare([row], {"d": gold}).read)
    except ValueError:
        return False


def tell_threshold(documents: Sequence[Document]) -> None:
    """For likenesses of quotation and line: quotations that their own line passes, and those that another line with that number would."""
    own, other = [], []
    for d in documents:
        reading = extract.read(d.path)
        lines = page_lines(reading, extract.statements(reading))
        by_number = {line.number: line for line in lines}
        for a in answers_in(d.reply.read_text(encoding="utf-8")).answers:
            if a.line in by_number and a.printed in by_number[a.line].text:
                own.append(likeness(a.quote, by_number[a.line].text))
                rivals = [x for x in lines if x.number != a.line and a.printed in x.text.split()]
                other += [max(likeness(a.quote, x.text) for x in rivals)] if rivals else []
    for least in (70, 80, 85, 90, 95, 100):
        mine, theirs = (sum(v >= least for v in values) / len(values) for values in (own, other))
        print(
            f"likeness from {least}: {mine:.4f} of {len(own)} pass by their own line, {theirs:.4f} of {len(other)} would by another"
        )


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--threshold", action="store_true", help="measure the likeness that a quotation must have, on learn"
    )
    parser.add_argument("--real", nargs=3, type=Path, metavar=("REPORTS", "GOLD", "REPLIES"))
    options = parser.parse_args()
    recorded = ROOT / "tests" / "recorded"
    documents = [
        *annotated(recorded / "annotated"),
        *reports("samples", ROOT / "corpus" / "samples", ROOT / "tests" / "gold", recorded / "samples"),
        *(reports("real", *options.real) if options.real else ()),
    ]
    if options.threshold:
        tell_threshold([d for d in documents if d.split == "learn"])
        return
    by_split: dict[str, list[Found]] = defaultdict(list)
    with ProcessPoolExecutor() as pool:
        for found in pool.map(found_in, documents):
            by_split[found.document.split].append(found)
    for split, mine in by_split.items():
        tell(split, mine)


if __name__ == "__main__":
    sys.exit(main())
