"""The comparison as an accessible workbook: cover, contents, notes, one table a sheet.

Follows the Analysis Function's checklist for accessible spreadsheets; `compare.workbook_check` tests it. The sheet of figures can be corrected by the councils and taken
back in (`normalise.corrections`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from compare import sentences, shown
from compare.benchmark import benchmark
from compare.first_page import GLANCE, HEADS, mixed_procedures, warnings
from compare.groups import PROCEDURE_WORDS, Comparison, Tables
from compare.report import LEDGER_WORDS, today
from compare.workbook_front import BarChart, Formula, chart_tables, councils, describe_charts, draw, formula
from corpus.outputs import write_output
from normalise.codes import BASES, PROCEDURES, SCOPES, STAGES
from normalise.codes import UNITS as UNIT_CODES
from normalise.comparability import STATE_WORDS
from normalise.corrections import HEADS as FIGURE_HEADS
from normalise.corrections import SHEET, for_correction
from normalise.indicators import THEMES, Indicator, definition, definitions
from normalise.ledger import STATES as LEDGER_STATES
from normalise.sealing import RESTS_ON, seal

FONT = "Arial"
NARROW, WIDE = 16, 32
"""Column widths; wide ones for texts of more than 50 characters (aftables)."""
SHORTHAND = {
    "[x]": "not available: not found in the report, or it cannot be compared",
    "[z]": "not applicable",
    "[c]": "withheld by the council, or here, because the number is small",
    "[b]": "break in the series: not like the year before",
    "[e]": "said to be approximate",
}
"""What stands in place of a value, by the Analysis Function's symbols."""
UNITS = {
    "percent": "per cent",
    "rate": "per 10,000 children",
    "per_1000": "per 1,000",
    "gbp": "pounds",
    "days": "days",
    "ratio": "ratio",
    "count": "number",
}


@dataclass
class Sheet:
    """One table with what stands above it."""

    name: str
    title: str
    columns: list[str]
    rows: list[list[Any]]
    above: list[str] = field(default_factory=list)
    """Sentences between the title and the table, beside those on the number of tables, notes, shorthand and source."""
    notes: tuple[int, ...] = ()
    formats: dict[str, str] = field(default_factory=dict)
    """Column -> number format."""
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    """Row and column of a value -> the id of the figure that it leads to on the worksheet Figures."""
    chart: BarChart | None = None


def write(path: Path, comparison: Comparison, tables: Tables | None = None, sources: Sequence[str] = ()) -> None:
    """Write the workbook in one step. Raises corpus.store.CannotWriteError where the file cannot be written."""
    sheets = _sheets(comparison, tables)
    notes = _notes(comparison)
    write_output(path, lambda temporary: _save(temporary, comparison, sheets, notes, sources))


def _sheets(comparison: Comparison, tables: Tables | None) -> list[Sheet]:
    sheets = [_councils(comparison), _glance(comparison), *_charts(comparison)]
    for theme, title in THEMES.items():
        own = [d for d in definitions() if d.theme == theme]
        indicators_shown = [
            d for d in own if any(shown.usable(comparison.row(c, d.indicator)) for c in comparison.members)
        ]
        if indicators_shown:
            sheets.append(_theme(comparison, theme, title, indicators_shown))
    sheets.append(_intervals(comparison))
    if tables is not None:
        sheets += _coverage(comparison, tables)
    sheets.append(_figures(comparison))
    return sheets


def _councils(comparison: Comparison) -> Sheet:
    columns, rows, links = councils(comparison)
    formats = {head: _FORMATS[definition(name).unit] for name, head in zip(GLANCE, HEADS, strict=True)}
    above = ["A value leads to the figure that it rests on."]
    return Sheet("Councils compared", "Councils by indicators", columns, rows, above, (1, 3), formats, links)


def _charts(comparison: Comparison) -> list[Sheet]:
    return [
        Sheet(
            name, d.label, ["Council and year", _head(d)], rows, notes=(1,), formats={_head(d): _FORMATS[d.unit]}, chart=chart,
        )
        for name, d, rows, chart in chart_tables(comparison)
    ]  # fmt: skip


def _head(d: Indicator) -> str:
    return d.label if d.unit == "count" else f"{d.label} ({UNITS[d.unit]})"


_FORMATS = {
    "percent": "0.0",
    "rate": "0.0",
    "per_1000": "0.0",
    "ratio": "0.00",
    "days": "0.0",
    "gbp": "#,##0",
    "count": "#,##0",
}


def _points(comparison: Comparison, council: str, indicators_shown: list[Indicator]) -> str:
    """What a reader should know of a council's values: procedures, caveats, and why a value is missing."""
    said = []
    for d in indicators_shown:
        row = comparison.row(council, d.indicator)
        if row is None or not shown.usable(row):
            reason = str(row["reason"]) if row is not None else "not found in the report"
            said.append(f"{d.label}: {reason}")
            continue
        notes = shown.notes(row)
        if notes:
            said.append(f"{d.label}: {'; '.join(notes)}")
    return ". ".join(said) + "." if said else "None."


def _theme(comparison: Comparison, theme: str, title: str, indicators_shown: list[Indicator]) -> Sheet:
    rows = [
        [
            council,
            comparison.periods[council],
            *(shown.value_or_mark(comparison.row(council, d.indicator)) for d in indicators_shown),
            _points(comparison, council, indicators_shown),
        ]
        for council in comparison.members
    ]
    heads = {d.indicator: _head(d) for d in indicators_shown}
    return Sheet(
        _sheet_name(theme), f"{title}, by council", ["Council", "Year", *heads.values(), "Points to note"], rows,
        notes=(1, 2) if any(d.unit == "count" for d in indicators_shown) else (1,), formats={heads[d.indicator]: _FORMATS[d.unit] for d in indicators_shown},
    )  # fmt: skip


BY_VALUE = "by value"
"""Format of a column with values of several units: whole numbers as such, others with one decimal, small ones with two."""


def _by_value(value: float) -> str:
    return "#,##0" if value == round(value) else "0.00" if abs(value) < 2 else "0.0"


def _sheet_name(theme: str) -> str:
    return theme.replace("_", " ").capitalize()


def _glance(comparison: Comparison) -> Sheet:
    rows: list[list[Any]] = []
    for d in definitions():
        row = comparison.row(comparison.focus, d.indicator)
        if row is None or not shown.usable(row):
            continue
        found = benchmark(comparison, d.indicator)
        rows.append(
            [d.label, UNITS[d.unit], float(row["value"]), float(found.value) if found.value is not None else "[x]", len(found.others), found.judgement.text(), found.reason or "None."]
        )  # fmt: skip
    columns = [
        "Indicator",
        "Unit",
        comparison.focus,
        "Others together",
        "Councils in the others' value",
        "Judgement",
        "Why there is none",
    ]
    return Sheet(
        "At a glance", f"{comparison.focus} beside the others", columns, rows or [["No indicator was found", "none", "[x]", "[x]", 0, "not compared", "None."]],
        above=[*filter(None, [sentences.looks(comparison)]), *warnings(comparison), *mixed_procedures(comparison)], notes=(1, 3), formats={comparison.focus: BY_VALUE, "Others together": BY_VALUE},
    )  # fmt: skip


COMPARED = {"comparable": "yes", "caveat": "yes, with the caveats beside it", "not": "no"}
"""How it is said whether a value can be compared."""


def _again(d: Indicator, numbers: list[Any]) -> str:
    """The formula of a value from its numerator (column F) and denominator (column G)."""
    return "[z]" if "[x]" in numbers[:2] else formula(d, "F", "G")


def _intervals(comparison: Comparison) -> Sheet:
    rows: list[list[Any]] = []
    links: dict[tuple[int, int], str] = {}
    for council in comparison.members:
        for d in definitions():
            row = comparison.row(council, d.indicator)
            if row is None or not shown.usable(row):
                continue
            numbers = [
                float(row[k]) if pd.notna(row[k]) else "[x]"
                for k in ("numerator", "denominator", "lower_95", "upper_95")
            ]
            rows.append(
                [council, comparison.periods[council], d.label, UNITS[d.unit], float(row["value"]), *numbers, _again(d, numbers), PROCEDURE_WORDS[row["procedure"]], COMPARED[row["comparability"]], row["caveat"] or "None.", str(row["inputs"]) or "[z]"]
            )  # fmt: skip
            if row["inputs"]:
                links[len(rows) - 1, len(rows[-1]) - 1] = str(row["inputs"]).split()[0]
    columns = ["Council", "Year", "Indicator", "Unit", "Value", "Numerator", "Denominator", "Lower 95% limit", "Upper 95% limit", "Worked out again", "Procedure", "Comparability", "Caveats", RESTS_ON]  # fmt: skip
    return Sheet(
        "All values",
        "Every value with its 95% interval",
        columns,
        rows,
        notes=(4,),
        formats=dict.fromkeys(columns[4:9], BY_VALUE) | {"Worked out again": "0.00"},
        above=["Worked out again: the value from the cells of its numerator and denominator, as a formula."],
        links=links,
    )


def _coverage(comparison: Comparison, tables: Tables) -> list[Sheet]:
    documents = dict(zip(comparison.indicators["document"], comparison.indicators["authority"], strict=True))
    sheets = []
    gated = tables.comparability[tables.comparability["document"].isin(list(documents))]
    gated = gated[
        [
            documents[d] == a and comparison.periods.get(a) == p
            for d, a, p in zip(gated["document"], gated["authority"], gated["period"], strict=True)
        ]
    ]
    labels = {d.indicator: d.label for d in definitions()}
    rows = [
        [r["authority"], r["period"], PROCEDURE_WORDS[r["procedure"]], labels[r["indicator"]], STATE_WORDS[r["state"]], r["denominator_is"] or "[z]", r["clock"] or "[z]", r["why"] or "None."]
        for r in gated.to_dict("records")
    ]  # fmt: skip
    if rows:
        columns = ["Council", "Year", "Procedure", "Indicator", "State", "Share of", "Clock", "Why"]
        sheets.append(Sheet("Comparability", "What can be compared, and what each value is made of", columns, rows))
    own = tables.ledger[tables.ledger["document"].isin(list(documents))]
    rows = [
        [r["authority"], r["period"], r["label"], LEDGER_WORDS.get(r["state"], r["state"]), LEDGER_STATES[r["state"]] or "none", r["evidence"] or "None.", r["advice"] if r["shorthand"] else "None."]
        for r in own.to_dict("records")
    ]  # fmt: skip
    if rows:
        columns = ["Council", "Year", "Item", "State", "Shorthand", "Words in the report", "To be comparable"]
        sheets.append(Sheet("Silence ledger", "What the reports hold, and what they are silent on", columns, rows))
    found = tables.discrepancies[tables.discrepancies["document"].isin(list(documents))]
    rows = [
        [documents[r["document"]], r["subject"], float(r["first"]), float(r["second"]), r["explanation"], r["where_first"], r["where_second"]]
        for r in found.to_dict("records")
    ]  # fmt: skip
    if rows:
        columns = [
            "Council",
            "What",
            "First figure",
            "Second figure",
            "What does not agree",
            "First place",
            "Second place",
        ]
        sheets.append(
            Sheet(
                "Contradictions",
                "Figures of one report that do not agree",
                columns,
                rows,
                above=["Both figures are kept as published. The council can say which is right."],
            )
        )
    return sheets


def _figures(comparison: Comparison) -> Sheet:
    above = [
        "A council that finds a figure wrong changes it in the column Value, and says why in the column Why. [x] in the column Value takes a figure out. A figure that is missing goes in a new "
        "row under the last one, with [z] as its id. Nothing else need be changed. Send the workbook back; it is read with: councilbench corrections import FILE.xlsx",
    ]
    rows = for_correction(comparison.observations)
    return Sheet(
        SHEET,
        "The published figures, with page and words, for checking and correcting",
        list(FIGURE_HEADS),
        rows,
        above=above,
        notes=(5,),
    )


def _notes(comparison: Comparison) -> dict[int, str]:
    return {
        1: "Figures are for the children's statutory procedure unless the points to note say otherwise. Years run from 1 April to 31 March.",
        2: "Numbers depend on how many children a council serves and on how easy it is to complain. More is neither better nor worse.",
        3: "The others' value is the sum of the numerators over the sum of the denominators of the other councils that are like for like. A council is called higher or lower where its number is one of "
        "the outer 5% of those that a council of its size would have by chance, if it were like the others; perhaps, where that holds only taken by itself. Better and worse are said only where one end of an indicator is better.",
        4: "Intervals are Wilson's for shares and Poisson for rates. They say how far chance alone could move a figure. Values without counts behind them have none; [e] marks those on a likely total. The last column holds the "
        "ids of the published figures that a value rests on; the worksheet Figures gives the page and the words of each.",
        5: "Page is that of the file that was read. Confidence says how sure the reading is, from 0 to 1; check figures under 0.8 against the report.",
    }


_MARKER = re.compile(r"\[[a-z]+\d?\]")


def _save(
    path: Path, comparison: Comparison, sheets: list[Sheet], notes: dict[int, str], sources: Sequence[str]
) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  (slow to import)

    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Cover"
    title = sentences.title(comparison)
    lines = [
        f"{sentences.headline(comparison)}.",
        *sentences.summary(comparison),
        sentences.intro(comparison),
        f"Made with councilbench on {today()}.",
        "The worksheet Contents lists the tables. Shorthand in square brackets, such as [x], is explained above each table.",
        "There is no ranking. Councils stand in the order of their names, the council in focus first.",
        "A council's report is not always under an open licence: ask the council, or look in the report, before you copy its pages.",
        *sources,
    ]
    _lines(cover, title, lines)
    cover.column_dimensions["A"].width = 3 * WIDE
    _heights(cover)
    used = sorted({n for s in sheets for n in s.notes})
    renumbered = {n: k for k, n in enumerate(used, 1)}
    contents = Sheet(
        "Contents",
        "Table of contents",
        ["Worksheet", "Table"],
        [["Notes", "Notes on the tables"], *([s.name, s.title] for s in sheets)],
    )
    _table(book, contents, {}, plain=True)
    _link(book["Contents"], len(sheets) + 1)
    _table(
        book,
        Sheet("Notes", "Notes on the tables", ["Note", "Text"], [[f"[note {renumbered[n]}]", notes[n]] for n in used]),
        {},
        plain=True,
    )
    heads = {sheet.name: _table(book, sheet, renumbered) for sheet in sheets}
    _evidence_links(book, sheets, heads)
    book.properties.title = title
    book.properties.language = "en-GB"
    book.properties.creator = "councilbench"
    book.active = 0
    seal(book, SHEET)
    book.save(path)
    if drawn := [sheet.chart.alt_text for sheet in sheets if sheet.chart is not None]:
        describe_charts(path, drawn)


def _evidence_links(book: Any, sheets: list[Sheet], heads: dict[str, int]) -> None:
    """Let values lead to the row of the figure that they rest on."""
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415

    figures = next(sheet for sheet in sheets if sheet.name == SHEET)
    place = {str(row[0]): heads[SHEET] + n for n, row in enumerate(figures.rows, 1)}
    for sheet in sheets:
        for (r, c), name in sheet.links.items():
            if name in place:
                cell = book[sheet.name].cell(heads[sheet.name] + 1 + r, c + 1)
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{SHEET}'!A{place[name]}")
                cell.font = Font(name=FONT, size=12, color="12436D", underline="single")


def _lines(sheet: Any, title: str, lines: Sequence[str]) -> None:
    """A title and sentences in column A, wrapped."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    for at, line in enumerate([title, *lines], 1):
        cell = sheet.cell(at, 1)
        _put(cell, line)
        cell.font = Font(name=FONT, size=16 if at == 1 else 12, bold=at == 1)
        cell.alignment = Alignment(wrap_text=at > 1, vertical="top")


def _put(cell: Any, value: Any) -> None:
    """A value as what it is: text is never taken for a formula or a date."""
    if isinstance(value, Formula):
        cell.value = value.format(row=cell.row)
    elif isinstance(value, str):
        cell.value = _CONTROL.sub("", value).strip()
        cell.data_type = "s"
    else:
        cell.value = value


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _table(book: Any, sheet: Sheet, notes: dict[int, int], plain: bool = False) -> int:
    """A worksheet with its title, the sentences above the table, and the table, marked up and without fills or filters; the row of its head."""
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.table import Table, TableStyleInfo  # noqa: PLC0415

    page = book.create_sheet(sheet.name)
    marks = " ".join(f"[note {notes[n]}]" for n in sheet.notes)
    above = ["This worksheet contains one table."]
    if marks:
        above.append("The text of the notes is on the worksheet Notes.")
    above += sheet.above
    if not plain:
        found = sorted(
            {m for row in sheet.rows for v in row if isinstance(v, str) for m in _MARKER.findall(v)}
            | {m for line in sheet.above for m in _MARKER.findall(line)}
        )
        above += [f"{m}: {SHORTHAND[m]}." for m in found if m in SHORTHAND]
        above.append("Source: the councils' annual complaints reports.")
    _lines(page, f"{sheet.title} {marks}".strip(), above)
    head = len(above) + 2
    line = Side(style="thin", color="000000")
    for c, name in enumerate(sheet.columns, 1):
        cell = page.cell(head, c)
        _put(cell, name)
        cell.font = Font(name=FONT, size=12, bold=True)
        cell.border = Border(bottom=line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    body = Font(name=FONT, size=12)
    top = Alignment(wrap_text=True, vertical="top", indent=1)
    right = Alignment(wrap_text=True, vertical="top", horizontal="right", indent=1)
    formats = [sheet.formats.get(name, "General") for name in sheet.columns]
    numeric = [any(isinstance(row[c], int | float) for row in sheet.rows) for c in range(len(sheet.columns))]
    longest = [len(name) // 2 for name in sheet.columns]
    words = [max(map(len, name.split())) for name in sheet.columns]
    looks: dict[tuple[str, bool], Any] = {}
    for r, row in enumerate(sheet.rows, head + 1):
        for c, value in enumerate(row, 1):
            cell = page.cell(r, c)
            _put(cell, value)
            if isinstance(value, str) and not isinstance(value, Formula):
                number_format = "@"
                longest[c - 1] = max(longest[c - 1], len(value))
                words[c - 1] = max(words[c - 1], *map(len, value.split() or [""]))
            else:
                number_format = _by_value(value) if formats[c - 1] == BY_VALUE else formats[c - 1]
            look = (number_format, numeric[c - 1])
            if look in looks:  # a style that is set anew is looked up among all others, which takes most of the time
                cell._style = copy(looks[look])
            else:
                cell.font, cell.alignment, cell.number_format = body, right if numeric[c - 1] else top, number_format
                looks[look] = copy(cell._style)
    for c, length in enumerate(longest, 1):
        usual = 2 * WIDE if length > 150 else WIDE if length > NARROW else NARROW
        # A word that cannot be broken needs a column as wide as it is.
        page.column_dimensions[get_column_letter(c)].width = max(usual, min(2 * WIDE, 1.4 * words[c - 1]))
    page.column_dimensions["A"].width = max(page.column_dimensions["A"].width, FIRST)
    _heights(page)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{head}:{head}"
    last = get_column_letter(len(sheet.columns))
    table = Table(
        displayName=re.sub(r"\W+", "_", sheet.name).lower() + "_table", ref=f"A{head}:{last}{head + len(sheet.rows)}"
    )
    table._initialise_columns()
    for column, name in zip(table.tableColumns, sheet.columns, strict=True):
        column.name = name
    table.autoFilter = None  # filter buttons hide the headings from screen readers
    table.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False)
    page.add_table(table)
    if sheet.name == SHEET:
        _lists(page, sheet, head)
    if sheet.chart is not None:
        draw(page, sheet.chart, head, len(sheet.rows), get_column_letter(len(sheet.columns) + 2))
    return head


NEW_ROWS = 200
"""Rows under the figures in which codes are chosen from lists."""


def _lists(page: Any, sheet: Sheet, head: int) -> None:
    """Lists to choose codes from, for who adds a figure that is missing."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    first = head + len(sheet.rows) + 1
    for name, codes in CHOICES.items():
        column = get_column_letter(sheet.columns.index(name) + 1)
        listed_codes = ",".join(sorted(c for c in codes if c))
        if len(listed_codes) > LONGEST_LIST:
            continue  # Excel takes no longer list
        choice = DataValidation(type="list", formula1=f'"{listed_codes}"', allow_blank=True, errorStyle="warning")
        choice.error = f"{name} is usually one of: {listed_codes}"
        page.add_data_validation(choice)
        choice.add(f"{column}{first}:{column}{first + NEW_ROWS - 1}")


LONGEST_LIST = 250
"""Characters of a list to choose from."""
CHOICES: dict[str, Collection[str]] = {
    "Unit": UNIT_CODES,
    "Stage": STAGES,
    "Procedure": PROCEDURES,
    "Scope": SCOPES,
    "Share of": BASES,
    "Measure": ("received", "closed", "outcome", "response_time", "mean_response_time", "theme", "complainant", "escalated", "compliments", "cost", "investigated", "carried_forward", "withdrawn"),
}  # fmt: skip
"""Heading of the worksheet Figures -> codes to choose from; of measures those that indicators are made of."""


def _heights(page: Any) -> None:
    """Row heights for wrapped text, because not every program fits them when it opens a file."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    widths: dict[int, float] = {}
    for row in page.iter_rows():
        lines = 1
        for cell in row:
            if cell.row == 1 or not isinstance(cell.value, str):
                continue
            width = widths.setdefault(cell.column, page.column_dimensions[get_column_letter(cell.column)].width)
            lines = max(
                lines, sum(-(-len(part) // max(1, int(width / PER_CHARACTER))) for part in cell.value.splitlines())
            )
        page.row_dimensions[row[0].row].height = 24 if row[0].row == 1 else LINE * lines


PER_CHARACTER = 1.08
"""Width of a character of Arial 12 in units of column width, with room for words that do not fill a line."""
LINE = 16.0
"""Points of a line of Arial 12."""
FIRST = 44
"""Width of the first column, which holds the sentences above the table too."""


def _link(contents: Any, count: int) -> None:
    """Names of worksheets in the contents as links to them."""
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415

    for row in contents.iter_rows(min_col=1, max_col=1):
        cell = row[0]
        if cell.row > contents.max_row - count and isinstance(cell.value, str):
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{cell.value}'!A1", display=cell.value)
            cell.font = Font(name=FONT, size=12, color="0563C1", underline="single")
