"""Verbs that need no workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from councilbench.cli.options import SUPPRESS, InputPath, Work, reader_options, work_options
from councilbench.cli.second import second_reader_of
from councilbench.cli.shared import NOTHING_DONE, SOME_FAILED, WRONG_USE, Failure, tell_what_was_made
from councilbench.saying import counted, say


@click.command(epilog="Example: councilbench extract reports/ oxfordshire.pdf --out observations.csv")
@click.argument("paths", nargs=-1, required=True, type=InputPath())
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write: .csv, .parquet or .xlsx.",
)
@click.option("--council", default="", help="The council, where the report does not name it.")
@click.option("--period", default="", help="The year, as 2023-24, where the report does not say it.")
@click.option(
    "--wordings",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A CSV of your own wordings, which are read beside those of the program.",
)
@SUPPRESS
@reader_options
@work_options
def extract(
    paths: tuple[Path, ...],
    out: Path,
    council: str,
    period: str,
    wordings: Path | None,
    suppress_below: int | None,
    reader: str | None,
    budget: float | None,
    work: Work,
) -> None:
    """Read the published statistics of reports into one file.

    PATHS are PDF, Word, Excel, HTML, text and Markdown files, folders of them, and zipped folders. A model is taken from the
    councilbench.toml of the current folder, which keeps its replies, too.
    """

    def read() -> tuple[int, int, list[str]]:
        from councilbench.extracting import write_observations  # noqa: PLC0415
        from normalise.dataset import check_out  # noqa: PLC0415

        check_out(out)
        results, problems = _read(list(paths), work, council, period, wordings, reader, budget)
        for result in results:
            for note in result.notes:
                say(f"note: {result.document.shown}: {note}.", err=True)
        figures, notes = write_observations(results, out, suppress_below or 0) if results else (0, [])
        for line in [*(f"note: {note}." for note in notes), *(f"problem: {problem}" for problem in problems)]:
            say(line, err=True)
        return figures, len(results), problems

    figures, reports, problems = read()
    if not reports:
        raise SystemExit(NOTHING_DONE)
    say(f"{counted(figures, 'observation')} from {counted(reports, 'report')} written to {out}")
    if problems:
        raise SystemExit(SOME_FAILED)


def _read(
    paths: list[Path],
    work: Work,
    council: str,
    period: str,
    wordings: Path | None,
    reader: str | None,
    budget: float | None,
) -> tuple[list[Any], list[str]]:
    """The reports at some paths, and a sentence for each that could not be read."""
    from councilbench.extracting import rows_only  # noqa: PLC0415
    from councilbench.given import documents_of, given_council, given_period  # noqa: PLC0415
    from councilbench.workers import each  # noqa: PLC0415
    from normalise.own_wordings import given  # noqa: PLC0415

    documents = documents_of(paths, given_council(council), given_period(period))
    if not documents:
        raise Failure(
            "no reports were found in "
            + ", ".join(map(str, paths))
            + "; PDF, Word, Excel, HTML, text and Markdown files and zipped folders of them are read"
        )
    second = second_reader_of(Path(), reader, documents, budget)
    return each(documents, partial(rows_only, second=second, own=given(wordings or "")), **work.given)


@click.command(epilog="Example: councilbench evaluate observations.csv gold/")
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
        say(f"{name:42s} precision {s.precision:.3f} ({s.right}/{s.rows}){recall}")


@click.command(epilog="Example: councilbench ask reports/ --out prompts")
@click.argument("paths", nargs=-1, required=True, type=InputPath())
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

    written, problems = work()
    tell_what_was_made(
        written,
        problems,
        f"{counted(sum(map(len, written)), 'prompt')} for {counted(len(written), 'report')} written to {out}",
    )


@click.command(epilog="Example: councilbench answer reply-1.txt reply-2.txt --report oxfordshire.pdf --out answers.csv")
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
            say(f"note: {path}: {problem}.", err=True)

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

    held, problems = work()
    refused = Counter(h.refusal.value for h in held if h.refusal)
    lines = [f"{len(held) - refused.total()} of {len(held)} figures stand in the report as quoted; written to {out}"]
    lines += [f"refused: {number} because {reason}" for reason, number in refused.most_common()]
    tell_what_was_made(held, problems, "\n".join(lines))


@click.command(epilog="Example: councilbench tables reports/ --out tables.xlsx")
@click.argument("paths", nargs=-1, required=True, type=InputPath())
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write: .json or .xlsx."
)
@work_options
def tables(paths: tuple[Path, ...], out: Path, work: Work) -> None:
    """Write the tables of documents as they were read, with page and place."""
    from councilbench import tables as reading  # noqa: PLC0415
    from councilbench.given import documents_of  # noqa: PLC0415
    from councilbench.workers import each  # noqa: PLC0415
    from normalise.dataset import check_out  # noqa: PLC0415

    def find() -> tuple[list[Any], list[str]]:
        check_out(out, reading.FORMATS)
        read, problems = each(documents_of(list(paths)), reading.tables_of, **work.given)
        if read:
            reading.write([table for found in read for table in found], out)
        return read, problems

    read, problems = find()
    tell_what_was_made(read, problems, f"{sum(map(len, read))} tables from {len(read)} documents written to {out}")


@click.command(epilog="Example: councilbench show bury-2023-24.pdf --page 4 --out page.png")
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
    from corpus.outputs import check_place  # noqa: PLC0415
    from councilbench import show as drawing  # noqa: PLC0415
    from councilbench.reports import read_report  # noqa: PLC0415
    from councilbench.result import NotAReportError  # noqa: PLC0415
    from extract import UnreadableError  # noqa: PLC0415

    def work() -> int:
        check_place(out)
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

    number = work()
    say(f"page {number} written to {out}: green used, grey ignored, red without a place")


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
