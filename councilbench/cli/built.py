"""A workspace as the verbs find it: what was built, and what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from councilbench.cli.options import Work
from councilbench.cli.second import second_reader_of
from councilbench.saying import say


def tell_of_build(workspace: Path, built: Any) -> None:
    """Name on standard error what went wrong in a build, and what to know."""
    from corpus import manifest  # noqa: PLC0415

    shown = {d.slug: d.shown for d in manifest.reports(workspace)}
    for e in built.index.entries:
        for note in e.notes:
            say(f"note: {shown.get(e.slug, e.slug)}: {note}.", err=True)
    for note in built.index.notes:
        say(f"note: {note}.", err=True)
    for e in built.index.entries:
        if e.problem:
            say(f"problem: {shown.get(e.slug, e.slug)}: {e.problem}", err=True)


def built_of(workspace: Path) -> Any:
    """What was built of a workspace, and word of what has changed since; where nothing was, it is built now."""
    from corpus import manifest  # noqa: PLC0415
    from councilbench.building import BESIDE, at_work, bring_up_to_date, changed_since  # noqa: PLC0415
    from councilbench.built import Built  # noqa: PLC0415
    from councilbench.kept import FOLDER  # noqa: PLC0415

    manifest.reports(workspace)
    built = Built.of(workspace / FOLDER)
    changed = changed_since(workspace, built) if built else []
    if built is None or (changed and set(changed) <= set(BESIDE)):
        reader = built.index.reader if built else None
        with at_work(workspace):
            return bring_up_to_date(workspace, second_reader_of(workspace, reader, (), asks=False), **Work().given)[0]
    if changed:
        say(
            f"note: changed since the last build: {', '.join(changed[:6])}{', …' if len(changed) > 6 else ''}; "
            "this is from before; bring it up to date with: councilbench build",
            err=True,
        )
    return built


def read_workspace(workspace: Path, suppress_below: int | None = None) -> Any:
    """A workspace as it was built; what went wrong then is told. Without a number, counts are withheld as in its dataset."""
    from councilbench.pipeline import run_of  # noqa: PLC0415
    from councilbench.published import withheld_below  # noqa: PLC0415

    built = built_of(workspace)
    tell_of_build(workspace, built)
    if suppress_below is None and (suppress_below := withheld_below(workspace)):
        say(
            f"note: counts under {suppress_below} are withheld, as in the dataset that was built; to give them all: --suppress-below 0",
            err=True,
        )
    return run_of(workspace, built, suppress_below or 0)
