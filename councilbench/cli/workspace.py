"""Verbs that fill a workspace, build it and say what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from corpus.errors import UserError
from councilbench.cli.built import read_workspace, tell_of_build
from councilbench.cli.options import (
    HTTP,
    IN_WORKSPACE,
    SUPPRESS,
    WORKSPACE,
    InputPath,
    Work,
    reader_options,
    work_options,
)
from councilbench.cli.second import second_reader_of
from councilbench.cli.shared import NOTHING_DONE, SOME_FAILED, exit_with, told_of
from councilbench.saying import counted, say


@click.command(epilog="Example: councilbench init region")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a workspace: a folder for reports and what is read from them."""
    from corpus import manifest  # noqa: PLC0415

    manifest.create(folder)
    say(f"workspace made in {folder}; go there and add reports with: councilbench add FILE")


def _named(ctx: click.Context, param: click.Parameter, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses an empty name, which would be the current folder."""
    for source in sources:
        InputPath().convert(source, param, ctx)
    return sources


@click.command(epilog="Example: councilbench add oxfordshire.pdf --council Oxfordshire --period 2023-24")
@click.argument("sources", nargs=-1, required=True, callback=_named)
@click.option("--council", default="", help="The council, where the report does not name it.")
@click.option("--period", default="", help="The year, as 2023-24, where the report does not say it.")
@IN_WORKSPACE
@HTTP
@click.option("--page", is_flag=True, help="The web page at the address is the report, whatever it links to.")
def add(sources: tuple[str, ...], council: str, period: str, workspace: Path, http: bool, page: bool) -> None:
    """Add reports to the workspace: files, folders of them, zipped folders, and addresses (https://)."""
    from corpus import manifest  # noqa: PLC0415
    from corpus.document import files_in  # noqa: PLC0415
    from councilbench.fetching import add_address  # noqa: PLC0415
    from councilbench.given import given_council, given_period  # noqa: PLC0415

    name, year = (given_council(council), given_period(period))
    added = failed = 0
    for source in sources:
        if "://" in source:
            taken = _fetched(lambda fetcher, url=source: [add_address(workspace, url, fetcher, name, year, page)], http)  # type: ignore[misc]
            added, failed = added + taken[0], failed + taken[1]
            continue
        for path, _ in files_in([Path(source)]):
            try:
                document = manifest.add(workspace, path, name, year)
            except (UserError, OSError) as error:
                say(f"problem: {told_of(error)}", err=True)
                failed += 1
            else:
                say(f"added {document.slug}")
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
                say(f"problem: {taken.url}: {taken.said}" if taken.failed else taken.said, err=taken.failed)
                well, badly = well + (not taken.failed), badly + taken.failed
        finally:
            fetcher.close()
        return well, badly

    try:
        return work()
    except (UserError, OSError) as error:
        say(f"problem: {told_of(error)}", err=True)
        return 0, 1


@click.command(epilog="Example: councilbench fetch")
@WORKSPACE
@click.option("--again", is_flag=True, help="Look, too, whether reports that are there have changed at their source.")
@HTTP
def fetch(workspace: Path, again: bool, http: bool) -> None:
    """Take the reports that the workspace's catalogue.csv names (columns council, period, url) and that it does not have yet."""
    from councilbench.fetching import fetch_catalogue  # noqa: PLC0415

    well, badly = _fetched(lambda fetcher: fetch_catalogue(workspace, fetcher, again), http)
    if not well and not badly:
        say("nothing to fetch; addresses are rows of catalogue.csv, with the columns council, period and url")
    if badly:
        raise SystemExit(SOME_FAILED if well else NOTHING_DONE)


@click.command(epilog="Example: councilbench update bury-2023-24 bury-2023-24-corrected.pdf")
@click.argument("report")
@click.argument("file", type=click.Path(path_type=Path))
@IN_WORKSPACE
def update(report: str, file: Path, workspace: Path) -> None:
    """Put a changed file in the place of a report of the workspace (its name is that in status)."""
    from corpus import manifest  # noqa: PLC0415

    document = manifest.update(workspace, report, file)
    say(f"{document.slug}: now {document.source}; build the dataset anew with: councilbench build")


@click.command(epilog="Example: councilbench remove bury-2022-23")
@click.argument("reports", nargs=-1, required=True)
@IN_WORKSPACE
def remove(reports: tuple[str, ...], workspace: Path) -> None:
    """Take reports out of the workspace, with the copies that it made of them (their names are those in status)."""
    from corpus import manifest  # noqa: PLC0415

    for report in reports:
        document = manifest.remove(workspace, report)
        say(f"removed {document.slug}; build the dataset anew with: councilbench build")


@click.command(epilog="Example: councilbench status")
@WORKSPACE
@click.option(
    "--group",
    multiple=True,
    help="Say for each council of a region, a type or a group of your own which years are there, known by address, or missing.",
)
def status(workspace: Path, group: tuple[str, ...]) -> None:
    """List the reports of a workspace: council, year, and whether the file is there."""
    if group:
        _whereabouts(workspace, group)
        return
    from corpus import manifest  # noqa: PLC0415
    from councilbench.building import changed_since  # noqa: PLC0415
    from councilbench.built import DATASET, Built  # noqa: PLC0415
    from councilbench.kept import FOLDER  # noqa: PLC0415
    from councilbench.published import differing  # noqa: PLC0415

    documents = manifest.read(workspace)
    if not documents:
        say("no reports yet; add one with: councilbench add FILE")
        return
    built = Built.of(workspace / FOLDER)
    for d in documents:
        entry = built.by_slug.get(d.slug) if built else None
        said = f"{d.council or 'council not known'}, {d.period or 'year not known'}, " if entry or d.council else ""
        say(f"{d.slug}: {said}{_state_of(d, entry)}")
    if others := differing(workspace / DATASET):
        say(f"of {workspace / DATASET} these files are not as they were built: {', '.join(others)}")
    if built is None or changed_since(workspace, built):
        say("the dataset is not up to date; build it with: councilbench build")


def _whereabouts(workspace: Path, group: tuple[str, ...]) -> None:
    from compare.groups import Known, members_of  # noqa: PLC0415
    from corpus import manifest, own_groups  # noqa: PLC0415
    from councilbench.fetching import whereabouts  # noqa: PLC0415

    present = sorted({d.council for d in manifest.read(workspace) if d.council})
    _, members, missing = members_of(group, "", present, Known(own_groups.read(workspace), []))
    for line in whereabouts(workspace, sorted({*members, *missing})):
        say(line)


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


@click.command(epilog="Example: councilbench build")
@WORKSPACE
@SUPPRESS
@reader_options
@work_options
@click.option(
    "--cluster", default="", help="Address of a Dask scheduler whose workers are to read, as tcp://10.0.0.5:8786."
)
@click.option(
    "--kept",
    "place",
    default="",
    help="Where readings are kept instead of in WORKSPACE/kept: a folder, or s3://BUCKET/FOLDER. With --cluster the reports are put there, too, and the workers need not see the workspace.",
)
def build(
    workspace: Path,
    suppress_below: int | None,
    reader: str | None,
    budget: float | None,
    work: Work,
    cluster: str,
    place: str,
) -> None:
    """Bring WORKSPACE/dataset up to date: what is new or changed is read, the rest is kept from before."""
    from corpus import manifest  # noqa: PLC0415
    from councilbench.building import at_work, bring_up_to_date  # noqa: PLC0415

    def bring() -> tuple[Any, list[Any]]:
        documents = manifest.reports(workspace)
        with at_work(workspace):
            built, anew = bring_up_to_date(
                workspace,
                second_reader_of(workspace, reader, documents, budget),
                **work.given,
                cluster=cluster,
                place=place,
            )
            entries = _finish(workspace, built, anew, suppress_below or 0)
            recognised = {e.slug: (e.council, e.period, e.scope) for e in entries}
            contents, given = {e.slug: e.content for e in entries}, {e.slug: e.given for e in entries}
            for other in manifest.record(workspace, recognised, contents, given):
                say(
                    f"note: {other.shown}: is another file than the one that was added on {other.added or 'an earlier day'}; it is read as it is now.",
                    err=True,
                )
        return built, entries

    built, entries = bring()
    if not entries:
        raise SystemExit(NOTHING_DONE)
    if len(entries) < len(built.index.entries):
        raise SystemExit(SOME_FAILED)


def _finish(workspace: Path, built: Any, anew: int, suppress_below: int) -> list[Any]:
    """Say what was built, and write the dataset where it is not what is there already; returns the reports that are in it."""
    from councilbench import published  # noqa: PLC0415
    from councilbench.built import DATASET  # noqa: PLC0415

    tell_of_build(workspace, built)
    entries = [e for e in built.index.entries if not e.problem]
    figures = sum(e.rows["observations"] for e in entries)
    place = workspace / DATASET
    if entries and published.is_current(place, built, suppress_below):
        say(f"nothing has changed: {counted(figures, 'observation')} from {counted(len(entries), 'report')} in {place}")
    elif entries:
        for name in published.edited(place):
            say(
                f"note: {place / name}: was changed since it was written, and is written anew; corrections go into reports' workbooks or corrections.csv",
                err=True,
            )
        published.write(workspace, built, suppress_below)
        as_before = len(built.index.entries) - anew
        kept = f"; {as_before} of the reports are as they were" if as_before else ""
        say(f"{counted(figures, 'observation')} from {counted(len(entries), 'report')} written to {place}{kept}")
    if entries and suppress_below:
        say(f"counts under {suppress_below} are withheld there, and in what is made of it, until it is built without")
    return entries


@click.command(epilog="Example: councilbench check")
@WORKSPACE
@click.option("--letter", is_flag=True, help="Print the contradictions as a polite list of questions to each council.")
def check(workspace: Path, letter: bool) -> None:
    """Read a workspace's reports and list contradictions, gaps, numbers that found no place, and unknown wordings."""
    from councilbench.checking import report_on  # noqa: PLC0415
    from normalise.ledger import completeness  # noqa: PLC0415

    run = read_workspace(workspace)
    if letter:
        _letters(run)
        exit_with(run)
        return
    complete = completeness(run.ledger)
    said = run.built.said()
    for result in run.results:
        for line in report_on(result.document.slug, said[result.document.slug], run, complete):
            say(line)
    themes = run.themes
    for theme in sorted(set(themes.loc[themes["standard"] == "unknown", "label"])):
        say(f"theme on no standard list; add it to normalise/vocabulary/themes.csv: {theme}")
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
        say(text or f"{result.document.slug}: nothing to ask.")


@click.group(epilog="Example: councilbench reference add population.csv")
def reference() -> None:
    """Reference data that a workspace may hold: population, statistical neighbours, referrals, the Ombudsman's tables."""


@reference.command("add", epilog="Example: councilbench reference add population.csv --licence OGL")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", default="", help="Who published it, and where.")
@click.option("--licence", default="", help="Under which licence.")
@IN_WORKSPACE
def add_reference(file: Path, source: str, licence: str, workspace: Path) -> None:
    """Take a table in its publisher's layout into the workspace; what it holds is told from its header words."""
    from corpus import manifest, reference_data  # noqa: PLC0415

    def work() -> reference_data.Added:
        manifest.read(workspace)
        return reference_data.add(workspace, file, source, licence)

    kind, rows, replaced = work()
    instead = f"; they take the place of: {replaced}" if replaced else ""
    say(f"{file}: {reference_data.KINDS[kind]}, {rows} rows{instead}")


@reference.command("list")
@IN_WORKSPACE
def list_reference(workspace: Path) -> None:
    """List the reference data that is built in or in the workspace, and what is missing with how to get it."""
    from corpus import reference_data  # noqa: PLC0415

    there = reference_data.in_force(workspace)
    for s in there:
        added = f"{s['rows']} rows, added {s['added']}" if "added" in s else "built in"
        say(f"{reference_data.KINDS[s['kind']]}: {reference_data.credit(s)} ({added})")
    for kind, what in reference_data.KINDS.items():
        if kind not in {s["kind"] for s in there}:
            say(f"{what}: none; {reference_data.HOW_TO[kind]}")


@click.command(
    "return-form", epilog="Example: councilbench return-form --out form.xlsx --council Bury --period 2023-24"
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Workbook to write (.xlsx)."
)
@click.option("--council", default="", help="The council that will fill it in.")
@click.option("--period", default="", help="The year that is asked for, as 2023-24.")
def return_form(out: Path, council: str, period: str) -> None:
    """Write a form for councils that publish no report; add it to the workspace when it comes back."""
    from councilbench.given import given_council, given_period  # noqa: PLC0415
    from normalise import return_form as form  # noqa: PLC0415
    from normalise.dataset import check_out  # noqa: PLC0415

    def work() -> None:
        check_out(out, (".xlsx",))
        form.write(out, given_council(council), given_period(period))

    work()
    say(f"form written to {out}; when it comes back: councilbench add {out.name}")
