"""An observations file against gold: precision and recall, how often each slot of an address is right, and whether
the confidence keeps its word. A row is right as the common model counts it."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalise.codes import FREE, MAY_BE_FREE, MEASURES

Row = Mapping[str, Any]

_FILLER = {"and", "or", "of", "the", "a", "an", "team", "teams", "to", "in"}
_DISTINCT = ("authority", "period", "procedure", "stage", "measure", "category", "unit", "base")
SLOTS = ("what", "stage", "procedure", "period", "unit", "base", "authority")
"""Parts of an address that are judged one by one; `what` is measure and category together."""
BY = ("document", "split", "kind", "measure", "slot", "method", "confidence")
"""What scores may be given by. Slot, method and confidence are the reader's own: for these there is no recall."""
BINS = (0.0, 0.5, 0.8, 0.9, 0.95)
"""Lower ends of the bands of confidence in a reliability table."""


@dataclass
class Score:
    """Counts for one document (or several)."""

    right: int = 0
    rows: int = 0
    found: int = 0
    required: int = 0

    @property
    def precision(self) -> float:
        """Share of distinct published rows that some gold row explains."""
        return self.right / self.rows if self.rows else 0.0

    @property
    def recall(self) -> float:
        """Share of required gold rows found."""
        return self.found / self.required if self.required else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.rows + other.rows, self.found + other.found, self.required + other.required
        )


@dataclass
class GoldDocument:
    """What a careful reader finds in one document, and what kind of document it is."""

    rows: list[Row] = field(default_factory=list)
    kind: str = ""
    split: str = ""


Gold = dict[str, GoldDocument]


@dataclass
class Judged:
    """A row that was read, whether some gold row explains it, and which slots agree with the gold row of that value."""

    row: Row
    right: bool
    slots: dict[str, bool]
    """Empty where the document holds no statistic of that value."""


@dataclass
class Verdict:
    """What became of every row that was read and of every gold row that must be found."""

    gold: Gold
    read: list[Judged]
    expected: list[tuple[Row, str, bool]]
    """Gold row, document, whether it was found."""

    @property
    def total(self) -> Score:
        found = sum(hit for *_, hit in self.expected)
        return Score(sum(j.right for j in self.read), len(self.read), found, len(self.expected))

    def by(self, column: str) -> dict[str, Score]:
        """A score for every value of a column of BY, in the order of their names."""
        scores: dict[str, Score] = {d: Score() for d in self.gold} if column == "document" else {}
        for judged in self.read:
            for name, right in self._names(judged, column):
                scores[name] = scores.get(name, Score()) + Score(right=int(right), rows=1)
        for row, document, hit in self.expected:
            name = self._of_document(document, column) or (row["measure"].split("|")[0] if column == "measure" else "")
            if name:
                scores[name] = scores.get(name, Score()) + Score(found=int(hit), required=1)
        order = SLOTS.index if column == "slot" else str
        return dict(sorted(scores.items(), key=lambda item: order(item[0])))

    def _of_document(self, document: str, column: str) -> str:
        known = {"document": document, "split": self.gold[document].split, "kind": self.gold[document].kind}
        return (known[column] or "not said") if column in known else ""

    def _names(self, judged: Judged, column: str) -> Iterator[tuple[str, bool]]:
        if column == "slot":
            yield from judged.slots.items()
            return
        name = self._of_document(judged.row["document"], column) or str(judged.row[column])
        yield name, judged.right

    def reliability(self) -> list[tuple[float, int, float, float]]:
        """For each band of confidence: lower end, rows, mean confidence, share of the rows that are right."""
        table = []
        for low, high in zip(BINS, [*BINS[1:], 1.01], strict=True):
            mine = [j for j in self.read if low <= float(j.row["confidence"]) < high]
            if mine:
                mean = sum(float(j.row["confidence"]) for j in mine) / len(mine)
                table.append((low, len(mine), mean, sum(j.right for j in mine) / len(mine)))
        return table

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: how far confidence and share of right rows lie apart, weighted by rows."""
        return sum(n * abs(mean - share) for _, n, mean, share in self.reliability()) / max(len(self.read), 1)

    def listed(self, which: str) -> list[str]:
        """A line for each `wrong` or `missing` row."""
        names = ("period", "procedure", "stage", "measure", "category", "value", "unit", "base")
        if which == "wrong":
            chosen = [(j.row["document"], j.row, j.row.get("quote", "")) for j in self.read if not j.right]
        else:
            chosen = [
                (d, g, f"{g.get('label', '')}: {g.get('evidence', '')}") for g, d, hit in self.expected if not hit
            ]
        return [
            f"{d}: " + " ".join(str(row.get(n) or "-") for n in names) + f"   <{words}>" for d, row, words in chosen
        ]


def _words(category: str) -> frozenset[str]:
    plain = re.findall(r"[a-z0-9]+", re.sub(r"[’']", "", category.lower()))
    return frozenset(filter(None, (w.rstrip("s") for w in plain if w not in _FILLER)))


def _category_fits(measure: str, found: str, gold: str) -> bool:
    options = gold.split("|")
    if found in options:
        return True
    return measure in FREE | MAY_BE_FREE and bool(found) and any(o and _words(found) == _words(o) for o in options)


def _unsaid_or(found: str, gold: str) -> bool:
    return found in ("", "unknown") or gold in ("", "unknown") or found in gold.split("|")


def _agreeing(row: Row, gold: Row) -> dict[str, bool]:
    """For each slot, whether a row and a gold row agree."""
    measured = row["measure"] in gold["measure"].split("|")
    agree = {name: row[name] in gold[name].split("|") for name in ("stage", "procedure", "period", "unit")}
    agree["what"] = measured and _category_fits(row["measure"], row["category"], gold["category"])
    agree["base"] = _unsaid_or(row["base"], gold.get("base", ""))
    agree["authority"] = _unsaid_or(row["authority"], gold.get("authority", ""))
    return {slot: agree[slot] for slot in SLOTS}


def _same_value(row: Row, gold: Row) -> bool:
    return abs(float(row["value"]) - float(gold["value"])) <= 0.0051


def _judged(row: Row, truth: Iterable[Row]) -> Judged:
    """The row beside the gold row of its value that agrees in most slots."""
    compared = [_agreeing(row, g) for g in truth if _same_value(row, g)]
    best = max(compared, key=lambda slots: sum(slots.values()), default={})
    return Judged(row, bool(best) and all(best.values()), best)


def compare(observations: Iterable[Row], gold: Gold) -> Verdict:
    """Judge the distinct published rows of every document that has gold. Raises KeyError and ValueError where columns
    are missing or a value is no number."""
    found: dict[str, dict[tuple[object, ...], Row]] = defaultdict(dict)
    for row in observations:
        published = row.get("status", "published") != "derived" and row["value"] not in ("", None)
        if published and row["value"] == row["value"] and row["measure"] in MEASURES:
            key = (*(row.get(name, "") for name in _DISTINCT), round(float(row["value"]), 3))
            found[row["document"]].setdefault(key, row)
    read, expected = [], []
    for document, truth in gold.items():
        mine = found[document].values()
        read += [_judged(row, truth.rows) for row in mine]
        for g in truth.rows:
            if g.get("required", "yes") == "yes":
                hit = any(_same_value(row, g) and all(_agreeing(row, g).values()) for row in mine)
                expected.append((g, document, hit))
    return Verdict(gold, read, expected)


def _read(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8-sig") as handle:
        return [{k: (v or "") for k, v in row.items() if k} for row in csv.DictReader(handle)]


def gold_in(path: Path) -> Gold:
    """Gold by document: one CSV file, a folder of them, or a folder with a folder for each document (`gold.csv`, and
    `about.toml` with its kind and split). Raises FileNotFoundError, KeyError and ValueError for files that do not fit."""
    gold: Gold = {}
    for file in [path] if path.is_file() else sorted(path.glob("*.csv")):
        rows = _read(file)
        if not rows:
            gold.setdefault(file.stem, GoldDocument())
        for row in rows:
            gold.setdefault(row["document"], GoldDocument()).rows.append(row)
    for file in [] if path.is_file() else sorted(path.glob("*/gold.csv")):
        about_file = file.with_name("about.toml")
        about = tomllib.loads(about_file.read_text(encoding="utf-8")) if about_file.exists() else {}
        gold[file.parent.name] = GoldDocument(_read(file), str(about.get("kind", "")), str(about.get("split", "")))
    return gold


def verdict(observations: Path, gold: Path) -> Verdict:
    """An observations file (CSV) against a gold file or folder. Raises as `compare` and `gold_in` do."""
    return compare(_read(observations), gold_in(gold))


READERS = ("rules", "model", "agreed", "together")


def by_reader(observations: Path, gold: Path) -> dict[str, Score]:
    """Scores of each reader alone, of what both agree on, and of both together (READERS), from the `readings.csv` beside an
    observations file. A reader's own row is the published one with the address that it gave.

    Raises FileNotFoundError without that file, else as `compare` and `gold_in` do."""
    rows = {row["id"]: row for row in _read(observations)}
    heard: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    agreed = set()
    for part in _read(observations.with_name("readings.csv")):
        if part["id"] in rows and part.get("reader"):
            heard[part["id"], part["reader"]][part["slot"]] = part["chosen"]
            agreed |= {part["id"]} if part["result"] == "agreed" else set()
    own: dict[str, list[Row]] = {name: [] for name in READERS}
    for (name, reader), slots in heard.items():
        own[reader].append({**rows[name], **_address(slots)})
    own["agreed"] = [rows[name] for name in sorted(agreed)]
    own["together"] = list(rows.values())
    known = gold_in(gold)
    return {name: compare(found, known).total for name, found in own.items()}


def _address(slots: Mapping[str, str]) -> dict[str, str]:
    """The parts of an address as readings.csv has them."""
    measure, _, category = slots["what"].partition(" / ")
    return {"measure": measure, "category": category} | {n: slots[n] for n in ("stage", "procedure", "period")}
