"""The command line: one verb a function."""

from __future__ import annotations

import sys
import webbrowser
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial, wraps
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from corpus.errors import UsageError, UserError

DONE, SOME_FAILED, WRONG_USE, NOTHING_DONE = 0, 1, 2, 3
STOPPED = 130

T = TypeVar("T")


class Failure(click.ClickException):
    """A sentence for the user and an exit status."""

    exit_code: int  # type: ignore[misc]  # click has it on the class

    def __init__(self, message: str, status: int = NOTHING_DONE) -> None:
        super().__init__(message)
        self.exit_code = status

    def show(self, file: Any = None) -> None:
        click.echo(f"councilbench: {self.format_message()}", err=True)


def main() -> NoReturn:
    """Entry point. Output never fails on a character that the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli()
    raise SystemExit(DONE)


def _user_errors(action: Callable[[], T]) -> T:
    """Run something and turn what its user can put right into a sentence."""
    try:
        return action()
    except UserError as error:
        raise Failure(error.sentence, WRONG_USE if isinstance(error, UsageError) else NOTHING_DONE) from error


def _progress(listed: Sequence[T]) -> Iterable[T]:
    """A line for each thing that takes long."""
    for n, item in enumerate(listed, 1):
        click.echo(f"{item} ({n} of {len(listed)})", err=True)
        yield item


class _Work:
    """How reports are read: by how many processes, who is told, what one may cost."""

    def __init__(
        self,
        jobs: int | None = None,
        json_log: Path | None = None,
        seconds: float | None = None,
        megabytes: int | None = None,
    ) -> None:
        from councilbench import watching, workers  # noqa: PLC0415

        limits = workers.LIMITS
        if seconds:
            limits = replace(limits, seconds=seconds, whole=max(limits.whole, seconds))
        if megabytes:
            limits = replace(limits, megabytes=megabytes, ocr_megabytes=max(limits.ocr_megabytes, megabytes))
        watcher: watching.Watcher = watching.Lines()
        if json_log is not None:
            log = click.open_file(str(json_log), "w", encoding="utf-8")
            click.get_current_context().call_on_close(log.close if str(json_log) != "-" else log.flush)
            watcher = watching.JsonLog(log)
        elif sys.stderr.isatty():
            watcher = watching.Bar()
        processes = workers.cores() if jobs is None else jobs
        self.given: dict[str, Any] = {"workers": processes, "watcher": watcher, "limits": limits}


def _work_options(command: Callable[..., Any]) -> Callable[..., Any]:
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
    )

    @wraps(command)
    def with_work(
        *args: Any, jobs: int | None, json_log: Path | None, seconds: float | None, megabytes: int | None, **kwargs: Any
    ) -> Any:
        try:
            return command(*args, work=_Work(jobs, json_log, seconds, megabytes), **kwargs)
        except KeyboardInterrupt as stop:
            kept = "what was read is kept, and the next build goes on from there" if command.__name__ == "build" else ""
            raise Failure(f"stopped; {kept or 'nothing was written'}.", STOPPED) from stop

    for option in reversed(options):
        with_work = option(with_work)
    return with_work


def _tell(run: Any) -> None:
    """Name on standard error what went wrong, and what to know."""
    shown = {r.document.slug: r.document.shown for r in run.results}
    for result in run.results:
        for note in result.notes:
            click.echo(f"note: {result.document.shown}: {note}.", err=True)
    for document, said in run.checked[1]:
        click.echo(f"note: {shown[document]}: {said}." if document else f"note: {said}.", err=True)
    for problem in run.problems:
        click.echo(f"problem: {problem}", err=True)


def _tell_what_was_made(made: Sequence[Any], problems: Sequence[str], words: str) -> None:
    """Say what went wrong and what was made; exits where nothing was made or something failed."""
    for problem in problems:
        click.echo(f"problem: {problem}", err=True)
    if not made:
        raise SystemExit(NOTHING_DONE)
    click.echo(words)
    if problems:
        raise SystemExit(SOME_FAILED)


def _exit(run: Any) -> None:
    if not run.results:
        raise SystemExit(NOTHING_DONE)
    if run.problems:
        raise SystemExit(SOME_FAILED)


_SUPPRESS = click.option(
    "--suppress-below",
    type=click.IntRange(min=2),
    default=None,
    help="Withhold counts under this number, and what would give them away.",
)


def _reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
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


def _second(
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
    click.echo(
        f"asking {second.settings.name} at {second.settings.address}: {len(wanted)} prompts, about {told}", err=True
    )
    with click.progressbar(length=len(wanted), label="Asking the model", file=sys.stderr) as bar:
        try:
            spent = second.ask(wanted, budget, lambda _: bar.update(1))
        except model.ModelError as error:
            raise Failure(str(error)) from error
    used = second_reader.in_words(second.settings, spent.tokens_in, spent.tokens_out)
    click.echo(f"the model took {used}; replies are kept in {second.folder / 'replies'}", err=True)


def _compared_options(command: Callable[..., Any]) -> Callable[..., Any]:
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


_HTTP = click.option("--http", is_flag=True, help="Fetch addresses that are not https:// too.")


class _Group(click.Group):
    """Verbs in the order of work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="councilbench")
def cli() -> None:
    """Benchmark English councils on complaints about children's social care, from their annual reports.

    Exit status: 0 done; 1 done, but some input failed or a check found an error; 2 wrong use; 3 nothing could be done.
    """


@cli.command(epilog="Example: councilbench demo --out demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Folder to write to.",
)
def demo(out: Path) -> None:
    """Compare the five sample reports that come with the program."""

    def work() -> Path:
        with as_file(files("corpus") / "samples") as folder:
            run = pipeline.run(given.documents_of(sorted(Path(folder).glob("*.pdf"))), **_Work().given)
        _tell(run)
        if not run.results:
            raise Failure("the sample reports are missing from this installation; install it again")
        published.write_frames(run.frames, out / "dataset")
        comparison = _compared(run, "Bath and North East Somerset", ("all",), "latest")
        sources = ["The reports are samples, set anew for this program with the published figures."]
        for name in ("workbook.xlsx", "section.docx", "report.html"):
            outputs.write(run, comparison, out / name, sources)
        outputs.write(run, comparison, out / "brief.html", sources, brief=True)
        return out / "report.html"

    from councilbench import given, outputs, pipeline, published  # noqa: PLC0415

    report = _user_errors(work)
    click.echo(
        "Five sample reports, read and compared: a workbook, a section for Word, and a report. Open the report in a browser:"
    )
    if sys.stdout.isatty() and sys.stdin.isatty():
        webbrowser.open(report.resolve().as_uri())
    click.echo(str(report))


@cli.command(epilog="Example: councilbench extract reports/ oxfordshire.pdf --out observations.csv")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write: .csv, .parquet or .xlsx.",
)
@click.option("--council", default="", help="The council, where the report does not name it.")
@click.option("--period", default="", help="The year, as 2023-24, where the report does not say it.")
@_SUPPRESS
@_reader_options
@_work_options
def extract(
    paths: tuple[Path, ...],
    out: Path,
    council: str,
    period: str,
    suppress_below: int | None,
    reader: str | None,
    budget: float | None,
    work: _Work,
) -> None:
    """Read the published statistics of reports into one file.

    PATHS are PDF, Word, Excel, HTML, text and Markdown files, folders of them, and zipped folders. A model is taken from the
    councilbench.toml of the current folder, which keeps its replies, too.
    """

    def read() -> tuple[int, int, list[str]]:
        from councilbench.extracting import write_observations  # noqa: PLC0415
        from normalise.dataset import check_format  # noqa: PLC0415

        check_format(out)
        results, problems = _read(list(paths), work, council, period, reader, budget)
        for result in results:
            for note in result.notes:
                click.echo(f"note: {result.document.shown}: {note}.", err=True)
        figures, notes = write_observations(results, out, suppress_below or 0) if results else (0, [])
        for line in [*(f"note: {note}." for note in notes), *(f"problem: {problem}" for problem in problems)]:
            click.echo(line, err=True)
        return figures, len(results), problems

    figures, reports, problems = _user_errors(read)
    if not reports:
        raise SystemExit(NOTHING_DONE)
    click.echo(f"{figures} observations from {reports} reports written to {out}")
    if problems:
        raise SystemExit(SOME_FAILED)


def _read(
    paths: list[Path], work: _Work, council: str, period: str, reader: str | None, budget: float | None
) -> tuple[list[Any], list[str]]:
    """The reports at some paths, and a sentence for each that could not be read."""
    from councilbench.given import documents_of, given_council, given_period  # noqa: PLC0415
    from councilbench.workers import each, rows_only  # noqa: PLC0415

    documents = documents_of(paths, given_council(council), given_period(period))
    if not documents:
        raise Failure(
            "no reports were found in "
            + ", ".join(map(str, paths))
            + "; PDF, Word, Excel, HTML, text and Markdown files and zipped folders of them are read"
        )
    second = _second(Path(), reader, documents, budget)
    return each(documents, partial(rows_only, second=second), **work.given)


@cli.command(epilog="Example: councilbench init region")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a workspace: a folder for reports and what is read from them."""
    from corpus import manifest  # noqa: PLC0415

    _user_errors(lambda: manifest.create(folder))
    click.echo(f"workspace made in {folder}; go there and add reports with: councilbench add FILE")


@cli.command(epilog="Example: councilbench add oxfordshire.pdf --council Oxfordshire --period 2023-24")
@click.argument("sources", nargs=-1, required=True)
@click.option("--council", default="", help="The council, where the report does not name it.")
@click.option("--period", default="", help="The year, as 2023-24, where the report does not say it.")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The workspace; the current folder without.",
)
@_HTTP
@click.option("--page", is_flag=True, help="The web page at the address is the report, whatever it links to.")
def add(sources: tuple[str, ...], council: str, period: str, workspace: Path, http: bool, page: bool) -> None:
    """Add reports to the workspace: files, folders of them, zipped folders, and addresses (https://)."""
    from corpus import manifest  # noqa: PLC0415
    from corpus.document import files_in  # noqa: PLC0415
    from councilbench.fetching import add_address  # noqa: PLC0415
    from councilbench.given import given_council, given_period  # noqa: PLC0415

    name, year = _user_errors(lambda: (given_council(council), given_period(period)))
    added = failed = 0
    for source in sources:
        if "://" in source:
            taken = _fetched(lambda fetcher, url=source: [add_address(workspace, url, fetcher, name, year, page)], http)  # type: ignore[misc]
            added, failed = added + taken[0], failed + taken[1]
            continue
        for path, _ in files_in([Path(source)]):
            try:
                document = _user_errors(lambda path=path: manifest.add(workspace, path, name, year))  # type: ignore[misc]
            except Failure as failure:
                click.echo(f"problem: {failure.format_message()}", err=True)
                failed += 1
            else:
                click.echo(f"added {document.slug}")
                added += 1
    if failed or not added:
        raise SystemExit(SOME_FAILED if added else NOTHING_DONE)


def _fetched(take: Callable[[Any], Iterable[Any]], http: bool) -> tuple[int, int]:
    """Take reports from the web and say what became of each: how many went well, and how many did not."""
    from corpus.fetch import Fetcher  # noqa: PLC0415

    def work() -> tuple[int, int]:
        fetcher = Fetcher(http=http)
        well = badly = 0
        try:
            for taken in take(fetcher):
                click.echo(f"problem: {taken.url}: {taken.said}" if taken.failed else taken.said, err=taken.failed)
                well, badly = well + (not taken.failed), badly + taken.failed
        finally:
            fetcher.close()
        return well, badly

    try:
        return _user_errors(work)
    except Failure as failure:
        click.echo(f"problem: {failure.format_message()}", err=True)
        return 0, 1


@cli.command(epilog="Example: councilbench fetch")
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--again", is_flag=True, help="Look, too, whether reports that are there have changed at their source.")
@_HTTP
def fetch(workspace: Path, again: bool, http: bool) -> None:
    """Take the reports that the workspace's catalogue.csv names (columns council, period, url) and that it does not have yet."""
    from councilbench.fetching import fetch_catalogue  # noqa: PLC0415

    well, badly = _fetched(lambda fetcher: fetch_catalogue(workspace, fetcher, again), http)
    if not well and not badly:
        click.echo("nothing to fetch; addresses are rows of catalogue.csv, with the columns council, period and url")
    if badly:
        raise SystemExit(SOME_FAILED if well else NOTHING_DONE)


@cli.command(epilog="Example: councilbench update bury-2023-24 bury-2023-24-corrected.pdf")
@click.argument("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The workspace.")
def update(report: str, file: Path, workspace: Path) -> None:
    """Put a changed file in the place of a report of the workspace (its name is that in status)."""
    from corpus import manifest  # noqa: PLC0415

    document = _user_errors(lambda: manifest.update(workspace, report, file))
    click.echo(f"{document.slug}: now {document.source}; build the dataset anew with: councilbench build")


@cli.command(epilog="Example: councilbench remove bury-2022-23")
@click.argument("reports", nargs=-1, required=True)
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The workspace.")
def remove(reports: tuple[str, ...], workspace: Path) -> None:
    """Take reports out of the workspace, with the copies that it made of them (their names are those in status)."""
    from corpus import manifest  # noqa: PLC0415

    for report in reports:
        document = _user_errors(lambda report=report: manifest.remove(workspace, report))  # type: ignore[misc]
        click.echo(f"removed {document.slug}; build the dataset anew with: councilbench build")


@cli.command(epilog="Example: councilbench status")
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--group",
    multiple=True,
    help="Say for each council of a region, a type or a group of your own which years are there, known by address, or missing.",
)
def status(workspace: Path, group: tuple[str, ...]) -> None:
    """List the reports of a workspace: council, year, and whether the file is there."""
    if group:
        _user_errors(lambda: _whereabouts(workspace, group))
        return
    from corpus import manifest  # noqa: PLC0415
    from councilbench.building import changed_since  # noqa: PLC0415
    from councilbench.built import Built  # noqa: PLC0415
    from councilbench.kept import FOLDER  # noqa: PLC0415

    documents = _user_errors(lambda: manifest.read(workspace))
    if not documents:
        click.echo("no reports yet; add one with: councilbench add FILE")
        return
    built = Built.of(workspace / FOLDER)
    for d in documents:
        entry = built.by_slug.get(d.slug) if built else None
        said = f"{d.council or 'council not known'}, {d.period or 'year not known'}, " if entry or d.council else ""
        click.echo(f"{d.slug}: {said}{_state_of(d, entry)}")
    if built is None or changed_since(workspace, built):
        click.echo("the dataset is not up to date; build it with: councilbench build")


def _whereabouts(workspace: Path, group: tuple[str, ...]) -> None:
    from compare.groups import Known, members_of  # noqa: PLC0415
    from corpus import manifest, own_groups  # noqa: PLC0415
    from councilbench.fetching import whereabouts  # noqa: PLC0415

    present = sorted({d.council for d in manifest.read(workspace) if d.council})
    _, members, missing = members_of(group, "", present, Known(own_groups.read(workspace), []))
    for line in whereabouts(workspace, sorted({*members, *missing})):
        click.echo(line)


def _state_of(document: Any, entry: Any) -> str:
    if not document.path.exists():
        return "file missing"
    if entry is None:
        return "not read"
    return (
        "no observations; councilbench build says why"
        if entry.problem
        else f"{entry.rows['observations']} observations"
    )


@cli.command(epilog="Example: councilbench build")
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
@_SUPPRESS
@_reader_options
@_work_options
def build(workspace: Path, suppress_below: int | None, reader: str | None, budget: float | None, work: _Work) -> None:
    """Bring WORKSPACE/dataset up to date: what is new or changed is read, the rest is kept from before."""
    from corpus import manifest  # noqa: PLC0415
    from councilbench.building import at_work, bring_up_to_date  # noqa: PLC0415

    def bring() -> tuple[Any, list[Any]]:
        documents = _documents(workspace)
        with at_work(workspace):
            built, anew = bring_up_to_date(workspace, _second(workspace, reader, documents, budget), **work.given)
            entries = _finish(workspace, built, anew, suppress_below or 0)
            manifest.record(workspace, {e.slug: (e.council, e.period, e.scope) for e in entries})
        return built, entries

    built, entries = _user_errors(bring)
    if not entries:
        raise SystemExit(NOTHING_DONE)
    if len(entries) < len(built.index.entries):
        raise SystemExit(SOME_FAILED)


def _documents(workspace: Path) -> list[Any]:
    from corpus import manifest  # noqa: PLC0415

    documents = manifest.read(workspace)
    if not documents:
        raise Failure(f"{workspace}: has no reports yet; add one with: councilbench add FILE")
    return documents


def _finish(workspace: Path, built: Any, anew: int, suppress_below: int) -> list[Any]:
    """Say what was built, and write the dataset where it is not what is there already; returns the reports that are in it."""
    from councilbench import published  # noqa: PLC0415

    _tell_of(workspace, built)
    entries = [e for e in built.index.entries if not e.problem]
    figures = sum(e.rows["observations"] for e in entries)
    place = workspace / "dataset"
    if entries and published.is_current(place, built, suppress_below):
        click.echo(f"nothing has changed: {figures} observations from {len(entries)} reports in {place}")
    elif entries:
        published.write(workspace, built, suppress_below)
        as_before = len(built.index.entries) - anew
        kept = f"; {as_before} of the reports are as they were" if as_before else ""
        click.echo(f"{figures} observations from {len(entries)} reports written to {place}{kept}")
    return entries


def _tell_of(workspace: Path, built: Any) -> None:
    """Name on standard error what went wrong in a build, and what to know."""
    shown = {d.slug: d.shown for d in _documents(workspace)}
    for e in built.index.entries:
        for note in e.notes:
            click.echo(f"note: {shown.get(e.slug, e.slug)}: {note}.", err=True)
    for note in built.index.notes:
        click.echo(f"note: {note}.", err=True)
    for e in built.index.entries:
        if e.problem:
            click.echo(f"problem: {shown.get(e.slug, e.slug)}: {e.problem}", err=True)


def _built(workspace: Path) -> Any:
    """What was built of a workspace, and word of what has changed since; where nothing was, it is built now."""
    from councilbench.building import BESIDE, at_work, bring_up_to_date, changed_since  # noqa: PLC0415
    from councilbench.built import Built  # noqa: PLC0415
    from councilbench.kept import FOLDER  # noqa: PLC0415

    _documents(workspace)
    built = Built.of(workspace / FOLDER)
    changed = changed_since(workspace, built) if built else []
    if built is None or (changed and set(changed) <= set(BESIDE)):
        reader = built.index.reader if built else None
        with at_work(workspace):
            return bring_up_to_date(workspace, _second(workspace, reader, (), asks=False), **_Work().given)[0]
    if changed:
        click.echo(
            f"note: changed since the last build: {', '.join(changed[:6])}{', …' if len(changed) > 6 else ''}; "
            "this is from before; bring it up to date with: councilbench build",
            err=True,
        )
    return built


def _read_workspace(workspace: Path, suppress_below: int | None = None) -> Any:
    """A workspace as it was built; what went wrong then is told."""
    from councilbench.pipeline import run_of  # noqa: PLC0415

    built = _built(workspace)
    _tell_of(workspace, built)
    return run_of(workspace, built, suppress_below or 0)


@cli.command(epilog="Example: councilbench check")
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--letter", is_flag=True, help="Print the contradictions as a polite list of questions to each council.")
def check(workspace: Path, letter: bool) -> None:
    """Read a workspace's reports and list contradictions, gaps, numbers that found no place, and unknown wordings."""
    from councilbench.checking import report_on  # noqa: PLC0415
    from normalise.ledger import completeness  # noqa: PLC0415

    run = _user_errors(lambda: _read_workspace(workspace))
    if letter:
        _letters(run)
        _exit(run)
        return
    complete = completeness(run.ledger)
    said = run.built.said()
    for result in run.results:
        for line in report_on(result.document.slug, said[result.document.slug], run, complete):
            click.echo(line)
    themes = run.themes
    for theme in sorted(set(themes.loc[themes["standard"] == "unknown", "label"])):
        click.echo(f"theme on no standard list; add it to normalise/vocabulary/themes.csv: {theme}")
    if not run.results:
        raise SystemExit(NOTHING_DONE)
    if len(run.discrepancies) or run.problems:
        raise SystemExit(SOME_FAILED)


def _letters(run: Any) -> None:
    """Print a list of questions for each council whose report contradicts itself."""
    from normalise.audit import letter  # noqa: PLC0415

    for result in run.results:
        rows = run.discrepancies[run.discrepancies["document"] == result.document.slug]
        text = letter(result.document.council, result.document.period, rows)
        click.echo(text or f"{result.document.slug}: nothing to ask.")


@cli.group(epilog="Example: councilbench reference add population.csv")
def reference() -> None:
    """Reference data that a workspace may hold: population, statistical neighbours, referrals, the Ombudsman's tables."""


@reference.command("add", epilog="Example: councilbench reference add population.csv --licence OGL")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", default="", help="Who published it, and where.")
@click.option("--licence", default="", help="Under which licence.")
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The workspace.")
def add_reference(file: Path, source: str, licence: str, workspace: Path) -> None:
    """Take a table in its publisher's layout into the workspace; what it holds is told from its header words."""
    from corpus import manifest, reference_data  # noqa: PLC0415

    def work() -> reference_data.Added:
        manifest.read(workspace)
        return reference_data.add(workspace, file, source, licence)

    kind, rows, replaced = _user_errors(work)
    instead = f"; they take the place of: {replaced}" if replaced else ""
    click.echo(f"{file}: {reference_data.KINDS[kind]}, {rows} rows{instead}")


@reference.command("list")
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The workspace.")
def list_reference(workspace: Path) -> None:
    """List the reference data that is built in or in the workspace, and what is missing with how to get it."""
    from corpus import reference_data  # noqa: PLC0415

    there = reference_data.in_force(workspace)
    for s in there:
        added = f"{s['rows']} rows, added {s['added']}" if "added" in s else "built in"
        click.echo(f"{reference_data.KINDS[s['kind']]}: {reference_data.credit(s)} ({added})")
    for kind, what in reference_data.KINDS.items():
        if kind not in {s["kind"] for s in there}:
            click.echo(f"{what}: none; {reference_data.HOW_TO[kind]}")


@cli.command("return-form", epilog="Example: councilbench return-form --out form.xlsx --council Bury --period 2023-24")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Workbook to write (.xlsx)."
)
@click.option("--council", default="", help="The council that will fill it in.")
@click.option("--period", default="", help="The year that is asked for, as 2023-24.")
def return_form(out: Path, council: str, period: str) -> None:
    """Write a form for councils that publish no report; add it to the workspace when it comes back."""
    from councilbench.given import given_council, given_period  # noqa: PLC0415
    from normalise import return_form as form  # noqa: PLC0415
    from normalise.dataset import check_format  # noqa: PLC0415

    def work() -> None:
        check_format(out, (".xlsx",))
        form.write(out, given_council(council), given_period(period))

    _user_errors(work)
    click.echo(f"form written to {out}; when it comes back: councilbench add {out.name}")


@cli.command(epilog="Example: councilbench compare --focus Bury --against 'North West' --out report.html")
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
@_compared_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("report.html"),
    show_default=True,
    help="File to write: .html or .pdf (report), .xlsx (workbook), .docx or .md (a section for your own report).",
)
@click.option("--brief", is_flag=True, help="Two pages for a committee instead of the report (.html or .pdf).")
@click.option(
    "--print",
    "printed",
    type=click.Choice(["short", "full"]),
    default="short",
    show_default=True,
    help="What of a report is printed: what is open, or every folded part too.",
)
@_SUPPRESS
def compare(
    workspace: Path,
    focus: str,
    against: tuple[str, ...],
    period: str,
    out: Path,
    brief: bool,
    printed: str,
    suppress_below: int | None,
) -> None:
    """Write the comparison of a council with others: a report, a workbook, or a section for an annual report."""
    from councilbench import outputs  # noqa: PLC0415
    from normalise.dataset import check_format  # noqa: PLC0415

    def work() -> Any:
        check_format(out, outputs.PAGES if brief else outputs.FORMATS)
        run, comparison = _comparison(workspace, focus, against, period, suppress_below)
        if comparison is not None:
            outputs.write(run, comparison, out, brief=brief, unfolded=printed == "full")
        return run

    run = _user_errors(work)
    if run.results:
        click.echo(str(out))
    _exit(run)


@cli.command(epilog="Example: councilbench charts --focus Bury --against all --out charts")
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
@_compared_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("charts"),
    show_default=True,
    help="Folder to write to.",
)
@_SUPPRESS
def charts(
    workspace: Path, focus: str, against: tuple[str, ...], period: str, out: Path, suppress_below: int | None
) -> None:
    """Write the charts of a comparison one by one: .png and .svg for documents, interactive .html, and their words."""
    from councilbench import outputs  # noqa: PLC0415

    def work() -> tuple[Any, list[Path]]:
        run, comparison = _comparison(workspace, focus, against, period, suppress_below)
        return run, outputs.charts(comparison, out) if comparison is not None else []

    run, written = _user_errors(work)
    if written:
        click.echo(f"{len(written)} charts written to {out}")
    _exit(run)


def _comparison(
    workspace: Path, focus: str, against: tuple[str, ...], period: str, suppress_below: int | None
) -> tuple[Any, Any]:
    """The workspace as read, and the comparison that the options ask for; no comparison where no report could be read."""
    from compare.groups import NoComparisonError  # noqa: PLC0415
    from corpus import manifest  # noqa: PLC0415
    from councilbench.given import given_council, given_period  # noqa: PLC0415

    name = given_council(focus)
    year = period if period == "latest" else given_period(period)
    known = [d.council for d in manifest.read(workspace)]
    if known and all(known) and name not in known:  # said before the reports are read, which takes long
        raise NoComparisonError(f"there is no report of {name}; the reports are of {', '.join(sorted(set(known)))}")
    run = _read_workspace(workspace, suppress_below)
    return run, _compared(run, name, against, year, _known(workspace, run, name)) if run.results else None


def _known(workspace: Path, run: Any, focus: str) -> Any:
    """Groups that the workspace knows beyond regions and types."""
    from compare.groups import Known  # noqa: PLC0415
    from corpus import own_groups, reference_data  # noqa: PLC0415

    return Known(own_groups.read(workspace), reference_data.neighbours_of(run.known, focus))


def _compared(run: Any, focus: str, against: tuple[str, ...], period: str, known: Any = None) -> Any:
    """The comparison, with a note on the members of the group that have no report."""
    from councilbench import outputs  # noqa: PLC0415

    comparison = outputs.compare(run, focus, against, period, known)
    if comparison.missing:
        click.echo(
            f"note: {len(comparison.missing)} councils of the group have no report here ({', '.join(comparison.missing[:5])}"
            f"{', …' if len(comparison.missing) > 5 else ''}); the comparison names them, with the words to ask them.",
            err=True,
        )
    return comparison


@cli.command(epilog="Example: councilbench pack --group 'North West' --out packs")
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--group",
    multiple=True,
    required=True,
    help="A region, a type such as unitary, a group of your own, councils, or all.",
)
@click.option("--period", default="latest", show_default=True, help="A year, as 2023-24, or each council's latest.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("packs"),
    show_default=True,
    help="Folder to write to.",
)
@click.option(
    "--suppress-below",
    type=click.IntRange(min=2),
    default=5,
    show_default=True,
    help="In the versions for publication, withhold counts under this number.",
)
def pack(workspace: Path, group: tuple[str, ...], period: str, out: Path, suppress_below: int) -> None:
    """Write for every member of a group its own report, workbook and section, a version for publication, and one with names hidden."""
    from councilbench import outputs  # noqa: PLC0415
    from councilbench.given import given_period  # noqa: PLC0415

    def work() -> tuple[Any, list[Path]]:
        year = period if period == "latest" else given_period(period)
        run = _read_workspace(workspace)
        if not run.results:
            return run, []
        known = _known(workspace, run, "")
        return run, outputs.pack(run, group, out, year, suppress_below, known, progress=_progress)

    run, folders = _user_errors(work)
    if folders:
        click.echo(f"packs for {len(folders)} councils written to {out}; keep {out / 'letters.csv'} to yourself")
    _exit(run)


@cli.command("export", epilog="Example: councilbench export --out release")
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("export"),
    show_default=True,
    help="Folder to write.",
)
@_SUPPRESS
def export_dataset(workspace: Path, out: Path, suppress_below: int | None) -> None:
    """Write the dataset for researchers: Data Package with CSV, Parquet, the DfE's open data layout, codebook and citation."""
    from importlib.metadata import version  # noqa: PLC0415

    from normalise.export import export  # noqa: PLC0415

    def work() -> Any:
        run = _read_workspace(workspace, suppress_below)
        if run.results:
            export(run.frames, out, run.sources, version("councilbench"))
        return run

    run = _user_errors(work)
    if run.results:
        click.echo(f"dataset of {len(run.results)} reports written to {out}")
    _exit(run)


@cli.group(
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
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The workspace.")
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

    only = _user_errors(lambda: given_council(council))
    found, problems = _user_errors(work)
    others = [c for c in found if only and c.row["authority"] != only]
    found = [c for c in found if c not in others]
    for problem in problems:
        click.echo(f"problem: {file}: {problem}.", err=True)
    for change in others:
        click.echo(f"not taken, because it is no figure of {only}: {change.text()}")
    for change in found:
        click.echo(change.text())
    if not found:
        click.echo(f"{file}: changes nothing.")
        raise SystemExit(SOME_FAILED if problems or others else DONE)
    who = who or click.prompt("Who makes these corrections (name and council)")
    unexplained = any(not c.why for c in found)
    why = why or (click.prompt("Why, for those without a reason of their own") if unexplained else "")
    if not yes and not click.confirm(
        f"Keep {len(found)} {'correction' if len(found) == 1 else 'corrections'} in {workspace / kept.FILE}?"
    ):
        click.echo("nothing was kept")
        return
    today = date.today().isoformat()
    rows = [
        kept.Correction(
            **c.row, was=c.was, now=c.now, who=" ".join(who.split()), when=today, why=c.why or " ".join(why.split())
        )
        for c in found
    ]
    _user_errors(lambda: kept.add(workspace, rows))
    click.echo(
        f"{len(rows)} kept; they are in everything that is made from now on; build the dataset again with: councilbench build"
    )
    if problems or others:
        raise SystemExit(SOME_FAILED)


@corrections.command("list", epilog="Example: councilbench corrections list")
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The workspace.")
def list_corrections(workspace: Path) -> None:
    """List the corrections of the workspace, oldest first."""
    from corpus import corrections as kept  # noqa: PLC0415
    from corpus import manifest  # noqa: PLC0415

    def work() -> list[Any]:
        manifest.read(workspace)
        return kept.read(workspace)

    rows = _user_errors(work)
    for c in rows:
        click.echo(
            f"{c.when} {c.who}: {c.authority} {c.period}, {c.measure} {c.category} {c.stage}: {c.was or 'nothing'} -> {c.now or 'nothing'} ({c.why})"
        )
    if not rows:
        click.echo("no corrections")


@cli.command("check-workbook", epilog="Example: councilbench check-workbook comparison.xlsx")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
def check_workbook(files: tuple[Path, ...]) -> None:
    """Check workbooks against the Analysis Function's checklist for accessible spreadsheets, as far as a machine can."""
    from compare.workbook_check import ITEMS, NotAWorkbookError, check  # noqa: PLC0415

    essential = unread = 0
    for file in files:
        try:
            found = check(file)
        except NotAWorkbookError as error:
            click.echo(f"problem: {file}: {error}.", err=True)
            unread += 1
            continue
        for f in found:
            place = f"{f.sheet}!{f.cell}" if f.cell else f.sheet or "the workbook"
            click.echo(f"{file}: {f.level}: {place}: {f.message} [{f.item}]")
        hard = sum(f.level == "essential" for f in found)
        essential += hard
        click.echo(f"{file}: {len(ITEMS)} items tested, {hard} essential and {len(found) - hard} desirable findings")
    if unread == len(files):
        raise SystemExit(NOTHING_DONE)
    if essential or unread:
        raise SystemExit(SOME_FAILED)


@cli.command(epilog="Example: councilbench evaluate observations.csv gold/")
@click.argument("observations", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--by",
    type=click.Choice(["document", "split", "kind", "measure", "slot", "method", "confidence", "reader"]),
    default="document",
    show_default=True,
    help="What to give scores by.",
)
def evaluate(observations: Path, gold: Path, by: str) -> None:
    """Score an observations file against gold files, or a folder of annotated documents.

    Precision and recall by document, split, kind or measure; by slot, how often each part of an address is right where the
    document holds a statistic of that value; by method, or by confidence, how many rows are right; by reader, what the rules and
    a model give alone and together, from the readings.csv beside the observations.
    """
    from councilbench.evaluate import by_reader, verdict  # noqa: PLC0415

    try:
        if by == "reader":
            _tell_scores(by_reader(observations, gold).items())
            return
        found = verdict(observations, gold)
    except FileNotFoundError as error:
        raise Failure(
            f"{error.filename}: is not there; councilbench build writes it beside the observations"
        ) from error
    except (KeyError, ValueError) as error:
        raise Failure(f"{observations} or {gold} does not have the columns of the common model ({error})") from error
    if not found.gold:
        raise Failure(f"{gold}: holds no gold files")
    total = [] if by == "slot" else [("all", found.total)]
    _tell_scores([*found.by(by).items(), *total], always=by == "document")


def _tell_scores(scores: Iterable[tuple[str, Any]], always: bool = False) -> None:
    """A line a score; with the recall where there is one, or always."""
    for name, s in scores:
        recall = f"  recall {s.recall:.3f} ({s.found}/{s.required})" if s.required or always else ""
        click.echo(f"{name:42s} precision {s.precision:.3f} ({s.right}/{s.rows}){recall}")


@cli.command(epilog="Example: councilbench ask reports/ --out prompts")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the prompts.")
@click.option("--size", type=int, default=60_000, show_default=True, help="Characters of a prompt at most.")
def ask(paths: tuple[Path, ...], out: Path, size: int) -> None:
    """Write prompts by which an assistant in a chat window reads reports a second time.

    Each prompt is a plain text file to be pasted: what to do, the codes, the report as numbered lines, and the form of the answer.
    """
    from councilbench import asking  # noqa: PLC0415
    from councilbench.given import documents_of  # noqa: PLC0415
    from councilbench.workers import each  # noqa: PLC0415
    from normalise.asking.prompt import SMALLEST_SIZE  # noqa: PLC0415

    if size < SMALLEST_SIZE:
        raise Failure(f"--size must be at least {SMALLEST_SIZE}; the instructions alone take most of that", WRONG_USE)

    def work() -> tuple[list[list[Path]], list[str]]:
        return each(documents_of(list(paths)), lambda d: asking.write_prompts(asking.question_of(d), out, size))

    written, problems = _user_errors(work)
    _tell_what_was_made(
        written, problems, f"{sum(map(len, written))} prompts for {len(written)} reports written to {out}"
    )


@cli.command(epilog="Example: councilbench answer reply-1.txt reply-2.txt --report oxfordshire.pdf --out answers.csv")
@click.argument("replies", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--report", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The report that was asked about."
)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="CSV file to write.")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Keep the replies in this workspace, so that build --reader both hears them.",
)
def answer(replies: tuple[Path, ...], report: Path, out: Path, workspace: Path | None) -> None:
    """Hold replies to the page: list which of their figures stand in the report as quoted, and which are refused and why.

    REPLIES are files with what the assistant answered, as it stands; several for one report are put together.
    """
    from corpus import kept_replies  # noqa: PLC0415
    from councilbench import asking  # noqa: PLC0415
    from councilbench.given import documents_of  # noqa: PLC0415
    from councilbench.workers import each  # noqa: PLC0415

    read = {path: asking.reply_in(path) for path in replies}
    for path, reply in read.items():
        for problem in reply.problems:
            click.echo(f"note: {path}: {problem}.", err=True)

    def work() -> tuple[list[Any], list[str]]:
        found, problems = each(documents_of([report]), asking.question_of)
        if found:
            held = asking.taken_from(found[0], list(read.values()))
            slug = found[0].document.slug
            asking.write_held([(slug, h) for h in held], out)
            for path, reply in read.items():
                if workspace is not None and reply.usable:
                    kept_replies.keep_by_hand(workspace, slug, path.read_bytes().decode("utf-8-sig", "replace"))
            return held, problems
        return [], problems

    held, problems = _user_errors(work)
    refused = Counter(h.refusal.value for h in held if h.refusal)
    lines = [f"{len(held) - refused.total()} of {len(held)} figures stand in the report as quoted; written to {out}"]
    lines += [f"refused: {number} because {reason}" for reason, number in refused.most_common()]
    _tell_what_was_made(held, problems, "\n".join(lines))


@cli.command(epilog="Example: councilbench tables reports/ --out tables.xlsx")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write: .json or .xlsx."
)
@_work_options
def tables(paths: tuple[Path, ...], out: Path, work: _Work) -> None:
    """Write the tables of documents as they were read, with page and place."""
    from councilbench import tables as reading  # noqa: PLC0415
    from councilbench.given import documents_of  # noqa: PLC0415
    from councilbench.workers import each  # noqa: PLC0415
    from normalise.dataset import check_format  # noqa: PLC0415

    def find() -> tuple[list[Any], list[str]]:
        check_format(out, reading.FORMATS)
        read, problems = each(documents_of(list(paths)), reading.tables_of, **work.given)
        if read:
            reading.write([table for found in read for table in found], out)
        return read, problems

    read, problems = _user_errors(find)
    _tell_what_was_made(read, problems, f"{sum(map(len, read))} tables from {len(read)} documents written to {out}")


@cli.command(epilog="Example: councilbench show bury-2023-24.pdf --page 4 --out page.png")
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--page", type=int, default=0, help="The page, counted from 1.")
@click.option("--observation", default="", help="The id of an observation, instead of a page.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("page.png"),
    show_default=True,
    help="PNG file to write.",
)
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where DOCUMENT is looked for by its name.",
)
def show(document: Path, page: int, observation: str, out: Path, workspace: Path) -> None:
    """Draw a page with boxes around its numbers: green used, grey ignored, red without a place.

    DOCUMENT is a file, or the name of a report in the workspace.
    """
    from councilbench import show as drawing  # noqa: PLC0415
    from councilbench.reports import read_report  # noqa: PLC0415
    from councilbench.result import NotAReportError  # noqa: PLC0415
    from extract import UnreadableError  # noqa: PLC0415

    def work() -> int:
        report = _document(document, workspace)
        try:
            result = read_report(report.path, report.council, report.period, report.slug)
            number, box = drawing.place(result.observations, observation) if observation else (page, "")
            if not number:
                raise Failure("say which page to show with --page, or which figure with --observation", WRONG_USE)
            drawing.save(drawing.picture(report.path, number, result.fates, box), out)
        except (UnreadableError, NotAReportError, drawing.NothingToShowError) as error:
            raise Failure(f"{report.shown}: {error}.") from error
        return number

    number = _user_errors(work)
    click.echo(f"page {number} written to {out}: green used, grey ignored, red without a place")


def _document(given: Path, workspace: Path) -> Any:
    """The report that a user named: a file, or the name of a report in the workspace."""
    from corpus import manifest  # noqa: PLC0415
    from corpus.document import Document, slug_of  # noqa: PLC0415

    if given.exists():
        return Document(slug=slug_of(given), path=given)
    listed = manifest.read(workspace) if (workspace / manifest.MANIFEST).exists() else []
    for report in listed:
        if report.slug.casefold() == str(given).casefold():
            return report
    raise Failure(f"{given}: there is no such file, and no report of that name in {workspace}")
