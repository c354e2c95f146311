"""Options that several verbs have."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from councilbench.cli.shared import STOPPED, Failure


class InputPath(click.Path):
    """A file or folder that is read; an empty name, which would be the current folder, is none."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail("a name is empty; give a file or a folder (. is the current one)", param, ctx)
        return super().convert(value, param, ctx)


class Work:
    """How reports are read: by how many processes, who is told, what one may cost."""

    def __init__(
        self,
        jobs: int | None = None,
        json_log: Path | None = None,
        seconds: float | None = None,
        megabytes: int | None = None,
        limit: tuple[str, ...] = (),
    ) -> None:
        from councilbench import watching, workers  # noqa: PLC0415
        from extract.limits import use  # noqa: PLC0415

        limits = workers.LIMITS
        if seconds:
            limits = replace(limits, seconds=seconds, whole=max(limits.whole, seconds))
        if megabytes:
            limits = replace(limits, megabytes=megabytes, ocr_megabytes=max(limits.ocr_megabytes, megabytes))
        limits = replace(limits, document=_changed(limits.document, limit))
        use(limits.document)
        watcher: watching.Watcher = watching.Lines()
        if json_log is not None:
            watcher = watching.JsonLog(_log_at(json_log))
        elif sys.stderr.isatty():
            watcher = watching.Bar()
        processes = workers.cores() if jobs is None else jobs
        self.given: dict[str, Any] = {"workers": processes, "watcher": watcher, "limits": limits}


def _log_at(place: Path) -> Any:
    """What a log is written to: standard output for `-`. Raises NotOursError where another file is there."""
    if str(place) == "-":
        return sys.stdout
    from councilbench.watching import log_at  # noqa: PLC0415

    log = log_at(place)
    click.get_current_context().call_on_close(log.close)
    return log


def _changed(limits: Any, given: Sequence[str]) -> Any:
    """The limits of a document, with those changed that were given as NAME=NUMBER. Raises click.BadParameter."""
    try:
        return limits.changed((name.strip(), int(number)) for name, _, number in (g.partition("=") for g in given))
    except (KeyError, ValueError) as error:
        names = ", ".join(vars(limits))
        raise click.BadParameter(
            f"{', '.join(given)}: write NAME=NUMBER, such as pages=800; names are {names}", param_hint="--limit"
        ) from error


def work_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """By how many processes reports are read, and what one may cost; handed over as `work`."""
    options = (
        click.option(
            "--jobs",
            "-j",
            type=click.IntRange(min=0),
            default=None,
            help="Reports read at a time, each in a process of its own; without it as many as there are cores, 0 for this process alone.",
        ),
        click.option(
            "--json-log",
            type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
            default=None,
            help="Write what happens as JSON, a line each, to this file (- for standard output), instead of a progress bar.",
        ),
        click.option(
            "--seconds",
            type=click.FloatRange(min=1),
            default=None,
            help="Give up a report that takes longer over one page.  [default: 20]",
        ),
        click.option(
            "--megabytes",
            type=click.IntRange(min=100),
            default=None,
            help="Give up a report that takes more memory.  [default: 600]",
        ),
        click.option(
            "--limit",
            multiple=True,
            metavar="NAME=NUMBER",
            help="How much a report may hold, such as pages=800; docs/limits.md lists the names.",
        ),
    )

    @wraps(command)
    def with_work(
        *args: Any,
        jobs: int | None,
        json_log: Path | None,
        seconds: float | None,
        megabytes: int | None,
        limit: tuple[str, ...],
        **kwargs: Any,
    ) -> Any:
        try:
            return command(*args, work=Work(jobs, json_log, seconds, megabytes, limit), **kwargs)
        except KeyboardInterrupt as stop:
            kept = "what was read is kept, and the next build goes on from there" if command.__name__ == "build" else ""
            raise Failure(f"stopped; {kept or 'nothing was written'}.", STOPPED) from stop

    for option in reversed(options):
        with_work = option(with_work)
    return with_work


WORKSPACE = click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
IN_WORKSPACE = click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The workspace; the current folder without.",
)
"""The same where the arguments are something else."""


def out_folder(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The folder that a verb writes to, by default of this name."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(name),
        show_default=True,
        help="Folder to write to.",
    )


SUPPRESS = click.option(
    "--suppress-below",
    type=click.IntRange(min=0),
    default=None,
    help="Withhold counts under this number, and what would give them away; 0 for none.",
)


def reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who reads, and what that may cost."""
    options = (
        click.option(
            "--reader",
            type=click.Choice(["rules", "model", "both"]),
            default=None,
            help="Who reads: the program's rules, a model named in councilbench.toml (or an assistant whose replies were kept), or both. "
            "Without it, what councilbench.toml says, else rules.",
        ),
        click.option(
            "--budget",
            type=click.FloatRange(min=0),
            default=None,
            help="What asking the model may cost at most, by the prices in councilbench.toml; in tokens where it has none.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def compared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which council, beside whom, in which year: the options of everything that compares."""
    options = (
        click.option("--focus", required=True, help="The council in focus."),
        click.option(
            "--against",
            multiple=True,
            help="A council, a region, a type such as unitary, neighbours, a group of your own, or all; may be given several times. "
            "Without it, the focus council's region.",
        ),
        click.option(
            "--period", default="latest", show_default=True, help="A year, as 2023-24, or each council's latest."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


HTTP = click.option("--http", is_flag=True, help="Fetch addresses that are not https:// too.")
