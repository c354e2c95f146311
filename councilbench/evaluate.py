"""Precision and recall of an observations file against gold files, as the common model counts them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from normalise.observations import FREE, MAY_BE_FREE, MEASURES

_FILLER = {"and", "or", "of", "the", "a", "an", "team", "teams", "to", "in"}
_DISTINCT = ("authority", "period", "procedure", "stage", "measure", "category", "unit", "base")


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


def _explains(row: dict[str, str], gold: dict[str, str]) -> bool:
    return (
        all(row[name] in gold[name].split("|") for name in ("period", "unit", "procedure", "stage", "measure"))
        and _unsaid_or(row["authority"], gold.get("authority", ""))
        and _unsaid_or(row["base"], gold.get("base", ""))
        and _category_fits(row["measure"], row["category"], gold["category"])
        and abs(float(row["value"]) - float(gold["value"])) <= 0.0051
    )


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as handle:
        return [{k: (v or "") for k, v in row.items() if k} for row in csv.DictReader(handle)]


BY = ("document", "measure", "method", "confidence")
"""What scores may be given by. Method and confidence are the reader's own: for these there is no recall."""


def judged(observations: Path, gold: Path) -> list[tuple[dict[str, str], bool]]:
    """The distinct published rows of every document that has gold, each with whether some gold row explains it.

    Raises FileNotFoundError, KeyError and ValueError for files that do not fit.
    """
    found, truth = _by_document(observations, gold)
    return [
        (row, any(_explains(row, g) for g in truth[document])) for document in sorted(truth) for row in found[document]
    ]


def _by_document(
    observations: Path, gold: Path
) -> tuple[dict[str, list[dict[str, str]]], dict[str, list[dict[str, str]]]]:
    """Distinct published rows and gold rows by document."""
    found: dict[str, dict[tuple[object, ...], dict[str, str]]] = defaultdict(dict)
    for row in _read(observations):
        if row.get("status", "published") == "derived" or not row["value"] or row["measure"] not in MEASURES:
            continue
        key = (*(row.get(name, "") for name in _DISTINCT), round(float(row["value"]), 3))
        found[row["document"]].setdefault(key, row)
    truth: dict[str, list[dict[str, str]]] = defaultdict(list)
    for path in [gold] if gold.is_file() else sorted(gold.glob("*.csv")):
        for row in _read(path):
            truth[row["document"]].append(row)
    return {document: list(found[document].values()) for document in truth}, truth


def score(observations: Path, gold: Path, by: str = "document") -> dict[str, Score]:
    """A score for every document that has gold, or for every value of another column of BY over all of these.

    Raises FileNotFoundError, KeyError and ValueError for files that do not fit.
    """
    found, truth = _by_document(observations, gold)
    scores: dict[str, Score] = {document: Score() for document in truth} if by == "document" else {}
    for row, right in judged(observations, gold):
        scores[row[by]] = scores.get(row[by], Score()) + Score(right=int(right), rows=1)
    for document, expected in truth.items() if by in ("document", "measure") else ():
        for g in expected:
            if g.get("required", "yes") == "yes":
                hit = any(_explains(row, g) for row in found[document])
                scores[g[by]] = scores.get(g[by], Score()) + Score(found=int(hit), required=1)
    return dict(sorted(scores.items()))
