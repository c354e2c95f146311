"""What all verbs share: exit statuses, errors as sentences, and what is told."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.errors import UsageError, UserError
from councilbench.saying import say

DONE, SOME_FAILED, WRONG_USE, NOTHING_DONE = 0, 1, 2, 3
STOPPED = 130
"""What a shell gives a program that Ctrl-C ended."""

T = TypeVar("T")


class Failure(click.ClickException):
    """A sentence for the user and an exit status."""

    exit_code: int  # type: ignore[misc]  # click has it on the class

    def __init__(self, message: str, status: int = NOTHING_DONE) -> None:
        super().__init__(message)
        self.exit_code = status

    def show(self, file: Any = None) -> None:
        say(f"councilbench: {self.format_message()}", err=True)


def as_failure(error: Exception) -> Failure | None:
    """What an error ends a verb with; None for one of click's own."""
    if isinstance(error, click.ClickException | click.Abort | click.exceptions.Exit):
        return None
    return Failure(told_of(error), WRONG_USE if isinstance(error, UsageError) else NOTHING_DONE)


def told_of(error: Exception) -> str:
    """An error as a sentence: what its user can put right, or that it is the program's own."""
    if isinstance(error, UserError):
        return error.sentence
    if isinstance(error, MemoryError):
        return "needs more memory than this computer has free; close other programs, or do it with fewer reports."
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        why = error.strerror or error
        return f"{where}cannot be read or written ({why}); look whether it is there, open in another program, or the disk full."
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"this is an error in councilbench and not yours ({type(error).__name__}: {error}, {Path(place.filename).name} line {place.lineno}); "
        "please report it with the command that you gave."
    )


def a_line_each(listed: Sequence[T]) -> Iterable[T]:
    """A line for each thing that takes long."""
    for n, item in enumerate(listed, 1):
        say(f"{item} ({n} of {len(listed)})", err=True)
        yield item


def tell(run: Any) -> None:
    """Name on standard error what went wrong, and what to know."""
    shown = {r.document.slug: r.document.shown for r in run.results}
    for result in run.results:
        for note in result.notes:
            say(f"note: {result.document.shown}: {note}.", err=True)
    for document, said in run.checked[1]:
        say(f"note: {shown[document]}: {said}." if document else f"note: {said}.", err=True)
    for problem in run.problems:
        say(f"problem: {problem}", err=True)


def tell_what_was_made(made: Sequence[Any], problems: Sequence[str], words: str) -> None:
    """Say what went wrong and what was made; exits where nothing was made or something failed."""
    for problem in problems:
        say(f"problem: {problem}", err=True)
    if not made:
        raise SystemExit(NOTHING_DONE)
    say(words)
    if problems:
        raise SystemExit(SOME_FAILED)


def exit_with(run: Any) -> None:
    """End with the status of what became of the reports."""
    if not run.results:
        raise SystemExit(NOTHING_DONE)
    if run.problems:
        raise SystemExit(SOME_FAILED)
