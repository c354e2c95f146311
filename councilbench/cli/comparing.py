"""Verbs that compare councils and hand the comparison on."""

from __future__ import annotations

import sys
import webbrowser
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click

from councilbench.cli.built import read_workspace
from councilbench.cli.options import SUPPRESS, WORKSPACE, Work, compared_options, out_folder
from councilbench.cli.shared import NOTHING_DONE, SOME_FAILED, Failure, a_line_each, exit_with, tell
from councilbench.saying import counted, say


@click.command(epilog="Example: councilbench demo --out demo")
@out_folder("demo")
def demo(out: Path) -> None:
    """Compare the five sample reports that come with the program."""

    def work() -> Path:
        with as_file(files("corpus") / "samples") as folder:
            run = pipeline.run(given.documents_of(sorted(Path(folder).glob("*.pdf"))), **Work().given)
        tell(run)
        if not run.results:
            raise Failure("the sample reports are missing from this installation; install it again")
        published.write_frames(run.frames, out / "dataset")
        comparison = compared(run, "Bath and North East Somerset", ("all",), "latest")
        sources = ["The reports are samples, set anew for this program with the published figures."]
        for name in ("workbook.xlsx", "section.docx", "report.html"):
            outputs.write(run, comparison, out / name, sources)
        outputs.write(run, comparison, out / "brief.html", sources, brief=True)
        return out / "report.html"

    from councilbench import given, outputs, pipeline, published  # noqa: PLC0415

    report = work()
    say(
        "Five sample reports, read and compared: a report, a brief of two pages, a workbook and a section for Word. Open the report in a browser:"
    )
    if sys.stdout.isatty() and sys.stdin.isatty():
        webbrowser.open(report.resolve().as_uri())
    say(str(report))


@click.command(epilog="Example: councilbench compare --focus Bury --against 'North West' --out report.html")
@WORKSPACE
@compared_options
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
@SUPPRESS
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
    from normalise.dataset import check_out  # noqa: PLC0415

    def work() -> Any:
        check_out(out, outputs.PAGES if brief else outputs.FORMATS)
        run, comparison = _comparison(workspace, focus, against, period, suppress_below)
        if comparison is not None:
            outputs.write(run, comparison, out, brief=brief, unfolded=printed == "full")
        return run

    run = work()
    if run.results:
        say(str(out))
    exit_with(run)


@click.command(epilog="Example: councilbench charts --focus Bury --against all --out charts")
@WORKSPACE
@compared_options
@out_folder("charts")
@SUPPRESS
def charts(
    workspace: Path, focus: str, against: tuple[str, ...], period: str, out: Path, suppress_below: int | None
) -> None:
    """Write the charts of a comparison one by one: .png and .svg for documents, interactive .html, and their words."""
    from councilbench import outputs  # noqa: PLC0415

    def work() -> tuple[Any, list[Path]]:
        run, comparison = _comparison(workspace, focus, against, period, suppress_below)
        return run, outputs.charts(comparison, out) if comparison is not None else []

    run, written = work()
    if written:
        say(f"{len(written)} charts written to {out}")
    exit_with(run)


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
    run = read_workspace(workspace, suppress_below)
    if not run.results:
        return run, None
    comparison = compared(run, name, against, year, _known(workspace))
    if len(comparison.members) < 2:
        say(
            f"note: no other council's report is here to compare {name} with; add reports, or choose others with --against",
            err=True,
        )
    return run, comparison


def _known(workspace: Path) -> Any:
    """The workspace's own groups."""
    from compare.groups import Known  # noqa: PLC0415
    from corpus import own_groups  # noqa: PLC0415

    return Known(own_groups.read(workspace))


def compared(run: Any, focus: str, against: tuple[str, ...], period: str, known: Any = None) -> Any:
    """The comparison, with a note on the members of the group that have no report."""
    from councilbench import outputs  # noqa: PLC0415

    comparison = outputs.compare(run, focus, against, period, known)
    if comparison.missing:
        say(
            f"note: no report is here of {counted(len(comparison.missing), 'council')} of the group or region ({', '.join(comparison.missing[:5])}"
            f"{', …' if len(comparison.missing) > 5 else ''}); the comparison names them, with the words to ask them.",
            err=True,
        )
    return comparison


@click.command(epilog="Example: councilbench pack --group 'North West' --out packs")
@WORKSPACE
@click.option(
    "--group",
    multiple=True,
    required=True,
    help="A region, a type such as unitary, a group of your own, councils, or all.",
)
@click.option("--period", default="latest", show_default=True, help="A year, as 2023-24, or each council's latest.")
@out_folder("packs")
@click.option(
    "--suppress-below",
    type=click.IntRange(min=2),
    default=5,
    show_default=True,
    help="In the versions for publication, withhold counts under this number.",
)
def pack(workspace: Path, group: tuple[str, ...], period: str, out: Path, suppress_below: int) -> None:
    """Write for every member of a group its own report, workbook and section, a version for publication, and one with names hidden."""
    from councilbench import packs  # noqa: PLC0415
    from councilbench.given import given_period  # noqa: PLC0415
    from councilbench.published import withheld_below  # noqa: PLC0415
    from councilbench.workers import cores  # noqa: PLC0415

    def tell(said: str) -> None:
        say(f"note: {said}.", err=True)

    def work() -> tuple[Any, list[Path]]:
        year = period if period == "latest" else given_period(period)
        run = read_workspace(workspace, 0)  # each member sees its own numbers
        if not run.results:
            return run, []
        known = _known(workspace)
        below = max(suppress_below, withheld_below(workspace))
        return run, packs.pack(run, group, out, year, below, known, a_line_each, tell, cores())

    run, folders = work()
    if folders:
        say(f"packs for {counted(len(folders), 'council')} written to {out}; keep {out / 'letters.csv'} to yourself")
    exit_with(run)


@click.command("export", epilog="Example: councilbench export --out release")
@WORKSPACE
@out_folder("export")
@SUPPRESS
def export_dataset(workspace: Path, out: Path, suppress_below: int | None) -> None:
    """Write the dataset for researchers: Data Package with CSV, Parquet, the DfE's open data layout, codebook and citation."""
    from importlib.metadata import version  # noqa: PLC0415

    from normalise.export import export  # noqa: PLC0415

    def work() -> Any:
        run = read_workspace(workspace, suppress_below)
        if run.results:
            export(run.frames, out, run.sources, version("councilbench"))
        return run

    run = work()
    if run.results:
        say(f"dataset of {len(run.results)} reports written to {out}")
    exit_with(run)


@click.command("check-workbook", epilog="Example: councilbench check-workbook comparison.xlsx")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
def check_workbook(files: tuple[Path, ...]) -> None:
    """Check workbooks against the Analysis Function's checklist for accessible spreadsheets, as far as a machine can."""
    from compare.workbook_check import ITEMS, NotAWorkbookError, check  # noqa: PLC0415

    essential = unread = 0
    for file in files:
        try:
            found = check(file)
        except NotAWorkbookError as error:
            say(f"problem: {file}: {error}.", err=True)
            unread += 1
            continue
        for f in found:
            place = f"{f.sheet}!{f.cell}" if f.cell else f.sheet or "the workbook"
            say(f"{file}: {f.level}: {place}: {f.message} [{f.item}]")
        hard = sum(f.level == "essential" for f in found)
        essential += hard
        say(f"{file}: {len(ITEMS)} items tested, {hard} essential and {len(found) - hard} desirable findings")
    if unread == len(files):
        raise SystemExit(NOTHING_DONE)
    if essential or unread:
        raise SystemExit(SOME_FAILED)
