"""The section that a council pastes into its own annual report: a comparator table with points to note, one chart, plain words, sources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare import sentences, shown
from compare.benchmark import benchmark
from compare.charts import figures as figures_of
from compare.figure import NAMED, Figure, named, value_text
from compare.first_page import warnings
from compare.groups import Comparison
from compare.report import today
from compare.wording import listed
from corpus.outputs import write_output, write_output_text
from normalise.indicators import DOUBTFUL, definition

COLUMNS = ("stage_1_received", "stage_1_within_20_days", "stage_1_upheld_rate", "escalation_rate_1_to_2")
"""What the comparator table shows; the first that every report is asked for."""
HEADS = (
    "Stage 1 received",
    "Answered within 20 working days",
    "Upheld or partly upheld",
    "Stage 2 for each 100 at stage 1",
)
SHORT = ("received", "in time", "upheld", "stage 2")
"""The same columns in the points to note."""
JUDGED = {
    "timeliness": "stage_1_within_20_days",
    "upheld-rate": "stage_1_upheld_rate",
    "escalation-rate": "escalation_rate_1_to_2",
    "rate-per-child": "stage_1_per_10000_children",
}
"""Charts for the section with their indicators: the first that was judged beside the group is taken."""
UNJUDGED = ("timeliness", "stage-volumes")
"""Charts where none was."""


@dataclass(frozen=True)
class Section:
    """What the section says, whatever it is written as."""

    title: str
    paragraphs: list[str]
    heads: list[str]
    rows: list[list[str]]
    figure: Figure | None
    notes: list[str]
    sources: list[str]


def compose(comparison: Comparison) -> Section:
    """The section of the council in focus: half a page to three pages."""
    figures = figures_of(comparison)
    members = comparison.members if len(comparison.members) <= NAMED else [comparison.focus]
    rows = [_row(comparison, council) for council in members]
    group = _group_row(comparison)
    if group:
        rows.append(group)
    year = comparison.periods[comparison.focus]
    others = [c for c in comparison.members if c != comparison.focus]
    if others:
        opening = f"This section sets the figures of {comparison.focus} for {year} beside those that {named(others, 'other councils')} published in annual reports of their own."
    else:
        opening = "No other council of the group has sent or published a report that could be compared."
    return Section(
        title=f"How {comparison.focus} compares",
        paragraphs=[opening, *_paragraphs(comparison)],
        heads=["Council", "Year", *HEADS, "Points to note"],
        rows=rows,
        figure=_chart(comparison, figures),
        # What is of another procedure stands in the points to note of its row.
        notes=[*warnings(comparison), *_missing(comparison)],
        sources=[
            f"Annual complaints reports of {_sources(comparison)}. Figures compiled with councilbench on {today()}; each can be traced to its page."
        ],
    )


def _paragraphs(comparison: Comparison) -> list[str]:
    """The finding, the key figures with their intervals, what stands around them, and how to read judgements."""
    figures = [f"{sentences.headline(comparison)}.", *sentences.key_figures(comparison)]
    return [
        " ".join(figures),
        " ".join(sentences.background(comparison)),
        *filter(None, [sentences.looks(comparison)]),
    ]


def _sources(comparison: Comparison) -> str:
    return named([f"{c} ({comparison.periods[c]}{_pages(comparison, c)})" for c in comparison.members])


def _pages(comparison: Comparison, council: str) -> str:
    """The pages of its report that a council's figures in the table stand on: ", pages 4 and 9"; empty where none is known."""
    rows = [comparison.row(council, name) for name in COLUMNS]
    used = {i for row in rows if row is not None and shown.usable(row) for i in str(row["inputs"]).split()}
    frame = comparison.published.get(council, comparison.observations.iloc[:0])
    pages = sorted({int(p) for p in frame[frame["id"].isin(list(used))]["page"].dropna()})
    if not pages:
        return ""
    return f", page{'s' if len(pages) > 1 else ''} {listed([str(p) for p in pages])}"


def _missing(comparison: Comparison) -> list[str]:
    return [f"The reports of {named(comparison.missing)} were not available."] if comparison.missing else []


def _row(comparison: Comparison, council: str) -> list[str]:
    cells: list[str] = []
    points: dict[str, list[str]] = {}
    for name in COLUMNS:
        row = comparison.row(council, name)
        if row is None or not shown.usable(row):
            cells.append(shown.missing_mark(row))
            why = str(row["reason"]) if row is not None and row["reason"] else "not found in the report"
            points.setdefault(why, []).append(SHORT[COLUMNS.index(name)])
            continue
        cells.append(value_text(row["value"], row["unit"]) + shown.of_counts(row))
        for note in map(_shorter, shown.notes(row)):
            points.setdefault(note, []).append(SHORT[COLUMNS.index(name)])
    said = [f"{listed(what).capitalize()}: {note}." for note, what in points.items()]
    return [council, comparison.periods[council], *cells, " ".join(said) or "None."]


def _shorter(note: str) -> str:
    """A note as a narrow column has room for."""
    if note.startswith("the report does not say what"):
        return "counts and interval rest on an estimated total"
    return "unconfirmed: check against the report" if note == DOUBTFUL else note


def _group_row(comparison: Comparison) -> list[str]:
    """The others' values, with how many councils each rests on; nothing where there is none."""
    found = [benchmark(comparison, name) for name in COLUMNS]
    if all(b.value is None for b in found):
        return []
    cells = ["[x]" if b.value is None else value_text(b.value, definition(b.indicator).unit) for b in found]
    points = [
        f"{SHORT[n].capitalize()}: {len(b.others)} councils that are like for like."
        for n, b in enumerate(found)
        if b.value is not None
    ]
    return ["The others together", "[z]", *cells, " ".join(points)]


def _chart(comparison: Comparison, figures: list[Figure]) -> Figure | None:
    drawn = {f.slug: f for f in figures if f.chart is not None}
    judged = [slug for slug, indicator in JUDGED.items() if not benchmark(comparison, indicator).reason]
    return next((drawn[slug] for slug in (*judged, *UNJUDGED) if slug in drawn), None)


def write_docx(path: Path, section: Section) -> None:
    """Write the section as a Word document with headings, a repeated table head, alternative text and the language set, in one step."""
    write_output(path, lambda temporary: _docx(section).save(str(temporary)))


def _docx(section: Section) -> Any:
    from io import BytesIO  # noqa: PLC0415

    from docx import Document  # noqa: PLC0415  (slow to import)
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    document = Document()
    document.core_properties.title = section.title
    document.core_properties.language = "en-GB"
    document.core_properties.author = "councilbench"
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.font.name = "Arial"
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")  # the theme's font would win
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{name}"), None)
    document.add_heading(section.title, level=1)
    for paragraph in section.paragraphs:
        document.add_paragraph(paragraph)
    if section.figure is not None:
        document.add_heading(section.figure.headline, level=2)
        document.add_paragraph(section.figure.subtitle)
        picture = document.add_picture(BytesIO(section.figure.png()), width=Cm(16.5))
        picture._inline.docPr.set("descr", section.figure.alt_text)
        picture._inline.docPr.set("title", section.figure.headline)
    document.add_heading("Comparator figures", level=2)
    document.add_paragraph(
        "[x]: not found in the report, or not comparable. [c]: withheld. [z]: not applicable. Shares are of the complaints in brackets."
    )
    table = document.add_table(rows=1, cols=len(section.heads))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, section.heads, strict=True):
        _fill(cell, text, bold=True)
    head = table.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head.append(repeated)
    for row in section.rows:
        line = table.add_row()
        whole = OxmlElement("w:cantSplit")
        line._tr.get_or_add_trPr().append(whole)
        for cell, text in zip(line.cells, row, strict=True):
            _fill(cell, text)
    table.autofit = False
    for at, width in enumerate((2.8, 1.6, 1.7, 2.1, 2.1, 2.1, 4.6)):
        table.columns[at].width = Cm(width)
        for cell in table.columns[at].cells:
            cell.width = Cm(width)
    if section.notes:
        document.add_heading("Points to note", level=2)
        for note in section.notes:
            document.add_paragraph(note, style="List Bullet")
    document.add_heading("Sources", level=2)
    for source in section.sources:
        document.add_paragraph(source)
    return document


def _fill(cell: Any, text: str, bold: bool = False) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    run = cell.paragraphs[0].add_run(_clean(text))
    run.bold = bold
    run.font.size = Pt(9)


def _clean(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\t\n")


def write_markdown(path: Path, section: Section) -> None:
    """Write the section as Markdown, with the chart as a PNG of the same name beside it."""
    lines = [f"# {section.title}", ""]
    for paragraph in section.paragraphs:
        lines += [_escaped(paragraph), ""]
    if section.figure is not None:
        picture = path.with_suffix(".png")
        drawn = section.figure.png()
        write_output(picture, lambda temporary: temporary.write_bytes(drawn))
        lines += [f"## {_escaped(section.figure.headline)}", "", _escaped(section.figure.subtitle), ""]
        lines += [f"![{_escaped(section.figure.alt_text)}](<{picture.name}>)", ""]
    lines += [
        "## Comparator figures",
        "",
        r"\[x\]: not found in the report, or not comparable. \[c\]: withheld. \[z\]: not applicable. Shares are of the complaints in brackets.",
        "",
    ]
    lines += ["| " + " | ".join(_escaped(h) for h in section.heads) + " |", "|" + " --- |" * len(section.heads)]
    lines += ["| " + " | ".join(_escaped(cell) for cell in row) + " |" for row in section.rows]
    if section.notes:
        lines += ["", "## Points to note", "", *(f"* {_escaped(n)}" for n in section.notes)]
    lines += ["", "## Sources", "", *(_escaped(s) for s in section.sources), ""]
    write_output_text(path, "\n".join(lines))


def _escaped(text: str) -> str:
    """Text in which nothing is taken for Markdown or HTML."""
    for sign in "\\`*_[]|#":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("<", "&lt;").replace("\n", " ")
