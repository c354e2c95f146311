"""Prompts for a second reader, and what comes back: written as plain files, read as plain files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import extract
from corpus.document import Document
from corpus.outputs import write_output_text
from councilbench.reports import front_of
from extract.statement import Statement
from normalise.asking.holding import Held, held_to_the_page
from normalise.asking.page_lines import PageLine, page_lines
from normalise.asking.prompt import prompts
from normalise.asking.replies import FIELDS, Reply, answers_in
from normalise.reading.frontmatter import FrontMatter

LARGEST_REPLY_FILE = 16_000_000


@dataclass(frozen=True)
class Question:
    """A document as a second reader is shown it."""

    document: Document
    lines: list[PageLine]
    statements: list[Statement]
    front: FrontMatter


def question_of(document: Document) -> Question:
    """Reads a document for a second reader. Raises extract.model.UnreadableError."""
    reading = extract.read(document.path)
    statements = extract.statements(reading)
    front, _ = front_of(reading, document.slug, document.council, document.period)
    return Question(document, page_lines(reading, statements), statements, front)


def write_prompts(question: Question, folder: Path, size: int) -> list[Path]:
    """Writes `SLUG.ask-1-of-2.txt` and so on; returns the files. Raises ValueError for a size too small,
    corpus.store.CannotWriteError where a file cannot be written."""
    parts = prompts(question.lines, question.document.slug, size)
    written = []
    for n, part in enumerate(parts, 1):
        path = folder / f"{question.document.slug}.ask-{n}-of-{len(parts)}.txt"
        write_output_text(path, part.text)
        written.append(path)
    return written


def reply_in(path: Path) -> Reply:
    """The figures of a reply that was saved as a text file; what is wrong with it stands in its problems."""
    try:
        if path.stat().st_size > LARGEST_REPLY_FILE:
            return Reply((), ("is far larger than any answer",), usable=False)
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        return Reply((), (f"cannot be opened ({error.strerror or 'unknown cause'})",), usable=False)
    return answers_in(text)


def taken_from(question: Question, replies: Sequence[Reply]) -> list[Held]:
    """What became of every answer of the replies on one document."""
    answers = dict.fromkeys(a for reply in replies for a in reply.answers)
    return held_to_the_page(answers, question.lines, question.document.slug, question.front)


def write_held(found: Sequence[tuple[str, Held]], path: Path) -> None:
    """Writes a CSV row for every answer: document, what was answered, and `taken` or why it was refused."""
    out = io.StringIO()
    heads = ("document", *FIELDS, "value", "page", "bbox", "result")
    writer = csv.DictWriter(out, heads, lineterminator="\r\n")
    writer.writeheader()
    for slug, held in found:
        row = held.row or {}
        given = {name: _as_text(value) for name, value in asdict(held.answer).items()}
        writer.writerow(
            {"document": slug, **given, "result": held.refusal.value if held.refusal else "taken"}
            | {name: row.get(name, "") for name in ("value", "page", "bbox")}
        )
    write_output_text(path, "\ufeff" + out.getvalue())


def _as_text(value: object) -> object:
    """An answer as a cell that a spreadsheet program shows and does not work out."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
