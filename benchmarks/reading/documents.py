"""Documents whose figures are known: annotated ones, golden cases, reports with gold."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import extract
from councilbench.evaluate import Row
from extract.model import Reading
from extract.statement import Statement
from normalise.codes import PROCEDURES
from normalise.reading.frontmatter import FrontMatter

_COLUMNS = (
    "period",
    "procedure",
    "stage",
    "measure",
    "category",
    "value",
    "unit",
    "base",
    "required",
    "label",
    "evidence",
    "authority",
)
_UNSAID = {"procedure": "|".join(sorted(PROCEDURES)), "required": "yes"}
"""What a golden case that leaves a column out does not say."""


@dataclass
class Known:
    """A document with its gold."""

    name: str
    reading: Reading
    statements: list[Statement]
    gold: list[Row]
    writer: str
    kind: str = ""
    given_period: str = ""
    """The period that a user gives, as golden cases do."""
    is_document: bool = True
    """False for golden cases and for pages written to say things in as many ways as can be: they say nothing about confidence."""

    weight: float = 1.0
    """How much each of its decisions counts: real reports more, of which there are few."""

    def with_period(self, front: FrontMatter) -> FrontMatter:
        """Front matter with the period that a user gives."""
        return replace(front, period=self.given_period, period_chance=1.0) if self.given_period else front


PUBLISHED = 5.0
"""Weight of reports with a gold file of their own, of which there are few: those that councils published, and the samples set after them."""
BALANCED = 0.3
"""Weight of documents that were written so that no habit helps, half one way and half the other, or so that no two sentences
are alike: real ones are not."""


def _rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8-sig") as handle:
        return [
            {c: r.get(c) if r.get(c) is not None else _UNSAID.get(c, "") for c in (*_COLUMNS, *r)}
            for r in csv.DictReader(handle)
        ]  # type: ignore[misc]


def writers(folder: Path) -> Iterator[Known]:
    """The annotated documents of the split `learn`."""
    for about_file in sorted(folder.glob("*/about.toml")):
        about = tomllib.loads(about_file.read_text(encoding="utf-8"))
        if about["split"] == "learn":
            home = about_file.parent
            (path,) = (p for p in home.iterdir() if p.stem == home.name)
            reading = extract.read(path)
            yield Known(
                home.name,
                reading,
                extract.statements(reading),
                _rows(home / "gold.csv"),
                f"w{about['writer']:02d}",
                about["kind"],
                is_document=not about.get("wordings", False),
                weight=BALANCED if about.get("balanced") or about.get("wordings") else 1.0,
            )


def cases(folder: Path) -> Iterator[Known]:
    """The golden cases, as reports for 2023-24."""
    for expected in sorted(folder.glob("*/*/expected.csv")):
        (path,) = (p for p in expected.parent.iterdir() if p.stem == "report")
        reading = extract.read(path)
        name = f"case {expected.parent.name}"
        yield Known(name, reading, extract.statements(reading), _rows(expected), "cases", "", "2023-24", False, 4.0)


def reports(folder: Path, gold: Path) -> Iterator[Known]:
    """Reports with a gold file of the same stem each."""
    for path in sorted(folder.iterdir()):
        file = gold / f"{path.stem}.csv"
        if file.exists() and path.suffix in (".pdf", ".docx", ".txt", ".html"):
            reading = extract.read(path)
            yield Known(
                f"{folder.name}-{path.stem}{path.suffix}",
                reading,
                extract.statements(reading),
                _rows(file),
                f"report {path.stem}",
                "annual",
                weight=PUBLISHED,
            )
