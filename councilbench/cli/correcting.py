"""Corrections that councils send back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from councilbench.cli.options import IN_WORKSPACE
from councilbench.cli.shared import DONE, SOME_FAILED, Failure
from councilbench.saying import say


@click.group(
    epilog="Example: councilbench corrections import bury-checked.xlsx --who 'J Smith, Bury' --why 'our own records'"
)
def corrections() -> None:
    """Corrections that councils make in a copy of the workbook."""


@corrections.command("import", epilog="Example: councilbench corrections import bury-checked.xlsx --council Bury")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--council", default="", help="Take corrections of this council's figures only.")
@click.option("--who", default="", help="Who corrects; asked for without it.")
@click.option("--why", default="", help="Why, for figures whose column Why is empty; asked for without it.")
@click.option("--yes", is_flag=True, help="Keep the corrections without asking.")
@IN_WORKSPACE
def import_corrections(file: Path, council: str, who: str, why: str, yes: bool, workspace: Path) -> None:
    """Show what a copy of the workbook changes, ask who and why, and keep it as corrections."""
    from datetime import date  # noqa: PLC0415

    from corpus import corrections as kept  # noqa: PLC0415
    from corpus import manifest  # noqa: PLC0415
    from councilbench.given import given_council  # noqa: PLC0415
    from extract import UnreadableError  # noqa: PLC0415
    from normalise import corrections as reading  # noqa: PLC0415
    from normalise.dataset import read_observations  # noqa: PLC0415
    from normalise.sealing import edited_elsewhere  # noqa: PLC0415

    def work() -> tuple[list[Any], list[str]]:
        manifest.read(workspace)
        built = workspace / "dataset" / "observations.csv"
        if not built.exists():
            raise Failure(f"{workspace}: has no dataset yet; build it with: councilbench build")
        if not file.exists():
            raise Failure(f"{file}: there is no such file; check the name")
        try:
            known = read_observations(built)
        except (ValueError, UnicodeDecodeError) as error:
            raise Failure(
                f"{built}: was changed by another program ({error}); build it again with: councilbench build"
            ) from error
        try:
            rows = reading.read_sheet(file)
            changed, said = reading.changes(known, rows, kept.read(workspace))
            elsewhere = edited_elsewhere(file, reading.SHEET, {row["id"] for row in rows})
            return changed, [*said, *elsewhere]
        except UnreadableError as error:
            raise Failure(f"{file}: {error}.") from error

    only = given_council(council)
    found, problems = work()
    others = [c for c in found if only and c.row["authority"] != only]
    found = [c for c in found if c not in others]
    for problem in problems:
        say(f"problem: {file}: {problem}.", err=True)
    for change in others:
        say(f"not taken, because it is no figure of {only}: {change.text()}")
    for change in found:
        say(change.text())
    if not found:
        say(f"{file}: changes nothing.")
        raise SystemExit(SOME_FAILED if problems or others else DONE)
    who = who or click.prompt("Who makes these corrections (name and council)")
    unexplained = any(not c.why for c in found)
    why = why or (click.prompt("Why, for those without a reason of their own") if unexplained else "")
    if not yes and not click.confirm(
        f"Keep {len(found)} {'correction' if len(found) == 1 else 'corrections'} in {workspace / kept.FILE}?"
    ):
        say("nothing was kept")
        return
    today = date.today().isoformat()
    rows = [
        kept.Correction(
            **c.row, was=c.was, now=c.now, who=" ".join(who.split()), when=today, why=c.why or " ".join(why.split())
        )
        for c in found
    ]
    kept.add(workspace, rows)
    say(
        f"{len(rows)} kept; they are in everything that is made from now on; build the dataset again with: councilbench build"
    )
    if problems or others:
        raise SystemExit(SOME_FAILED)


@corrections.command("list", epilog="Example: councilbench corrections list")
@IN_WORKSPACE
def list_corrections(workspace: Path) -> None:
    """List the corrections of the workspace, oldest first."""
    from corpus import corrections as kept  # noqa: PLC0415
    from corpus import manifest  # noqa: PLC0415

    def work() -> list[Any]:
        manifest.read(workspace)
        return kept.read(workspace)

    rows = work()
    for c in rows:
        say(
            f"{c.when} {c.who}: {c.authority} {c.period}, {c.measure} {c.category} {c.stage}: {c.was or 'nothing'} -> {c.now or 'nothing'} ({c.why})"
        )
    if not rows:
        say("no corrections")
