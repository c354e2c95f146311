"""What a comparison is written as: the front door's side of report, workbook, section, packs and export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from compare.groups import (
    Comparison,
    Known,
    Tables,
    choose,
)
from corpus import reference_data
from corpus.councils import the_one
from corpus.outputs import clear_sets, write_output, write_output_text
from councilbench.runs import Run
from normalise.dataset import check_out
from normalise.indicators import EXPOSED, PER, definition

PAGES = (".html", ".htm", ".pdf")
FORMATS = (*PAGES, ".xlsx", ".docx", ".md")


def compare(
    run: Run, focus: str, against: str | Sequence[str] = (), period: str = "latest", known: Known | None = None
) -> Comparison:
    """A council beside others: councils, a region, a type of council, `neighbours`, `all`, or its region without `against`.

    Councils are named as on the command line; `known` holds groups of the caller's own.
    Raises compare.groups.NoComparisonError where the focus has no figures, corpus.errors.UsageError where a name is none.
    """
    names = (against,) if isinstance(against, str) else tuple(against)
    focus, known = the_one(focus), known or Known()
    if not known.neighbours:
        known = replace(known, neighbours=reference_data.neighbours_of(run.known, focus))
    comparison = choose(run.indicators, run.observations, run.own, focus, names, period, known)
    comparison.below = run.suppress_below
    if not run.suppress_below:  # their sentences print the numbers
        comparison.corrections = [c.sentence() for c in run.corrections if c.authority in comparison.periods]
    return comparison


def tables_of(run: Run) -> Tables:
    """What stands beside the figures of a comparison."""
    return Tables(run.comparability, run.own, run.ledger, run.discrepancies, run.themes, run.readings)


def write(
    run: Run,
    comparison: Comparison,
    out: Path | str,
    sources: Sequence[str] = (),
    notice: str = "",
    brief: bool = False,
    unfolded: bool = False,
) -> Path:
    """Write a comparison as what the name ends in: .html or .pdf (report), .xlsx (workbook), .docx or .md (section).

    `brief` writes two pages for a committee instead of the report, `unfolded` the report with every folded part open, for print.

    `sources` are sentences beside those on the reference data that it rests on, `notice` one under the title of a report.
    Raises normalise.dataset.UnknownFormatError for another ending, corpus.store.CannotWriteError where the file cannot be written.
    """
    out = Path(out)
    check_out(out, FORMATS)
    kind = out.suffix.lower()
    sources = [*sources, *_credits(run, comparison)]
    if kind in (".html", ".htm", ".pdf"):
        page = _page(run, comparison, out, tuple(sources), notice, brief, unfolded)
        if kind == ".pdf":
            from councilbench.browser import print_pdf  # noqa: PLC0415

            print_pdf(page, out)
        else:
            write_output_text(out, page)
    elif kind == ".xlsx":
        from compare import workbook  # noqa: PLC0415

        workbook.write(out, comparison, tables_of(run), sources)
    else:
        from compare import section  # noqa: PLC0415

        composed = section.compose(comparison)
        (section.write_docx if kind == ".docx" else section.write_markdown)(out, composed)
    return out


def _page(
    run: Run, comparison: Comparison, out: Path, sources: tuple[str, ...], notice: str, brief: bool, unfolded: bool
) -> str:
    """The report, or the brief, as HTML."""
    from compare import report  # noqa: PLC0415  (each format loads only what it needs)
    from extract.crops import Crops  # noqa: PLC0415

    if brief:
        return report.brief(comparison, sources, notice)
    # A crop would print what is withheld, and what stands around it.
    crop = None if run.suppress_below else Crops({r.document.slug: r.document.path for r in run.results})
    beside = {} if run.suppress_below else _beside(run, out)
    return report.render(comparison, run.observations, sources, tables_of(run), crop, notice, unfolded, beside)


def _beside(run: Run, out: Path) -> dict[str, str]:
    """The addresses of reports that lie in the folder of an output, or under it, from there."""
    folder = out.resolve().parent
    paths = {r.document.slug: r.document.path.resolve() for r in run.results if r.document.inside is None}
    return {slug: quote(p.relative_to(folder).as_posix()) for slug, p in paths.items() if p.is_relative_to(folder)}


def _credits(run: Run, comparison: Comparison) -> list[str]:
    """A sentence for each table of reference data that the comparison rests on."""
    rates = comparison.indicators[
        comparison.indicators["value"].notna() & comparison.indicators["unit"].isin(list(PER))
    ]
    used = {EXPOSED[definition(name).denominator].table for name in set(rates["indicator"])}
    if comparison.with_neighbours:
        used.add("neighbours")
    return [
        f"{reference_data.KINDS[s['kind']].capitalize()}: {reference_data.credit(s)}."
        for s in run.credits
        if s["kind"] in used
    ]


def charts(comparison: Comparison, folder: Path | str) -> list[Path]:
    """Write every chart of a comparison as .svg, .png and interactive .html, with its words (.txt) for who puts it into another document.

    Charts that an earlier comparison left there go. Returns the pictures written. Raises corpus.store.CannotWriteError where a file cannot be written.
    """
    from compare.charts import figures  # noqa: PLC0415
    from compare.report import chart_page, sources  # noqa: PLC0415

    folder = Path(folder)
    written = []
    for figure in figures(comparison):
        if figure.chart is None:
            continue
        png = figure.png()
        write_output_text(folder / f"{figure.slug}.svg", figure.svg())
        write_output(folder / f"{figure.slug}.png", lambda temporary, png=png: temporary.write_bytes(png))  # type: ignore[misc]
        write_output_text(folder / f"{figure.slug}.html", chart_page(figure, sources(comparison)))
        words = [figure.headline, figure.subtitle, "", figure.alt_text, "", *figure.caveats, *figure.missing]
        write_output_text(
            folder / f"{figure.slug}.txt",
            "\n".join(words) + f"\n\nSource: annual complaints reports of {sources(comparison)}.\n",
        )
        written.append(folder / f"{figure.slug}.png")
    # A chart that this comparison has not would be taken for one of it.
    clear_sets(folder, (".svg", ".png", ".html", ".txt"), {path.stem for path in written})
    return written
