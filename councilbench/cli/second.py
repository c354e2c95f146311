"""The second reader of a run, and what asking it takes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from councilbench.cli.shared import WRONG_USE, Failure
from councilbench.saying import say


def second_reader_of(
    folder: Path, reader: str | None, documents: Sequence[Any], budget: float | None = None, asks: bool = True
) -> Any:
    """The second reader, its missing replies asked for; none where only the rules are to read."""
    from councilbench import settings  # noqa: PLC0415

    found = settings.load(folder)
    reader = reader or found.reader
    if reader == "rules":
        return None
    from councilbench import second_reader  # noqa: PLC0415  (slow to load, and seldom needed)

    if not found.address and not second_reader.brought(folder):
        raise Failure(
            f"{folder / settings.FILE} names no model, and there are no replies from a chat window; "
            "docs/second-reader.md says how to give either",
            WRONG_USE,
        )
    second = second_reader.SecondReader(folder, found, only=reader == "model")
    if asks and found.address:
        _ask_for_missing(second, documents, budget)
    return second


def _ask_for_missing(second: Any, documents: Sequence[Any], budget: float | None) -> None:
    """Asks the model what is not kept yet, says what that will take and what it took."""
    from councilbench import asking, model, second_reader  # noqa: PLC0415
    from councilbench.workers import each  # noqa: PLC0415
    from normalise import return_form  # noqa: PLC0415

    reports = [d for d in documents if not return_form.is_form(d.path)]
    # What cannot be read is told when it is read.
    found, _ = each(reports, lambda d: second.missing(asking.question_of(d).lines, d.slug))
    wanted = list({key: (key, prompt) for parts in found for key, prompt in parts}.values())
    if not wanted:
        return
    tokens = [model.expected(prompt) for _, prompt in wanted]
    told = second_reader.in_words(second.settings, sum(a for a, _ in tokens), sum(b for _, b in tokens))
    say(f"asking {second.settings.name} at {second.settings.address}: {len(wanted)} prompts, about {told}", err=True)
    with click.progressbar(length=len(wanted), label="Asking the model", file=sys.stderr) as bar:
        try:
            spent = second.ask(wanted, budget, lambda _: bar.update(1))
        except model.ModelError as error:
            raise Failure(str(error)) from error
    used = second_reader.in_words(second.settings, spent.tokens_in, spent.tokens_out)
    say(f"the model took {used}; replies are kept in {second.folder / 'replies'}", err=True)
