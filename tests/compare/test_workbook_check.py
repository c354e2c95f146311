"""A good workbook passes; broken in one place, the item of the checklist is found there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from PIL import Image as Picture

from compare.workbook_check import ITEMS, Finding, NotAWorkbookError, check, safety
from compare.workbook_check.items import ADVICE

HEADS = ("Council", "Year", "Received", "Upheld", "Notes")
ROWS = (
    ("Bury", "2022-23", 1240, 12.5, "[note 2]"),
    ("Bury [note 1]", "2023-24", "[c]", "[x1]", None),
    ("Salford", "2022-23", 31, "[c][r]", None),
    ("Salford", "2023-24", 0, 4.25, None),
)
LINES = (
    "Table 1: Complaints received, England, 2022-23 and 2023-24 [note 1]",
    "This worksheet contains one table.",
    "Some cells refer to notes, which can be found on the Notes worksheet.",
    "Shorthand: [c] is confidential, [r] is revised, [x1] is not reported in the document.",
    "Blank cells in the column Notes mean that there is no note.",
    "Source: annual reports of the councils",
)
FIRST = len(LINES) + 1
"""The header row of the sheets with data: row 7, so that row 8 is the first of values."""


def add_table(sheet: Any, name: str, top: int, columns: int) -> None:
    ref = f"A{top}:{get_column_letter(columns)}{sheet.max_row}"
    table = Table(displayName=name, ref=ref)
    table._initialise_columns()
    for column, cell in zip(table.tableColumns, sheet[top], strict=False):
        column.name = str(cell.value)
    table.autoFilter = None
    sheet.add_table(table)
    for row in sheet.iter_rows(min_row=top, max_col=columns):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 18


def add_sheet(book: Workbook, title: str, lines: tuple[str, ...]) -> Any:
    sheet = book.create_sheet(title)
    for line in lines:
        sheet.append([line])
    sheet["A1"].font = Font(bold=True, size=16)
    return sheet


def good() -> Workbook:
    """A workbook in which nothing is at fault."""
    book = Workbook()
    book.remove(book.active)
    cover = add_sheet(
        book,
        "Cover",
        ("Complaints about children's social care", "Published in July 2026.", "The method of this benchmark"),
    )
    cover["A3"].hyperlink = "https://example.org/method"
    contents = add_sheet(book, "Contents", ("Contents", "This worksheet contains one table."))
    for row in (("Worksheet", "Title"), ("Table 1", "Complaints received"), ("Table 2", "Complaints by outcome")):
        contents.append(row)
    contents["A4"].hyperlink = Hyperlink(ref="A4", location="'Table 1'!A1", display="Table 1")
    add_table(contents, "contents", 3, 2)
    notes = add_sheet(book, "Notes", ("Notes", "This worksheet contains one table."))
    for row in (("Note", "Text"), ("[note 1]", "Figures up to March."), ("[note 2]", "Two councils answered late.")):
        notes.append(row)
    add_table(notes, "notes_list", 3, 2)
    sheet = add_sheet(book, "Table 1", LINES)
    for row in (HEADS, *ROWS):
        sheet.append(row)
    add_table(sheet, "complaints_received", FIRST, len(HEADS))
    other = add_sheet(
        book,
        "Table 2",
        ("Table 2: Complaints by outcome", "This worksheet contains 1 table.", "Source: annual reports"),
    )
    for row in (
        ("Council code", "Outcome", "Count", "Decided"),
        ("302", "Upheld", 4, date(2024, 3, 1)),
        ("303", "Not upheld", 7, date(2024, 3, 2)),
    ):
        other.append(row)
    add_table(other, "complaints_by_outcome", 4, 4)
    book.properties.title, book.properties.language = "Complaints about children's social care", "en-GB"
    return book


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def patched(path: Path, parts: dict[str, Callable[[bytes], bytes] | bytes]) -> Path:
    """The workbook with parts of the package changed or added."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, change in parts.items():
        members[name] = change if isinstance(change, bytes) else change(members[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def items(found: list[Finding]) -> set[str]:
    return {finding.item for finding in found}


def put(place: str, value: object, sheet: str = "Table 1") -> Callable[[Workbook], None]:
    """A change that writes a value to a cell."""

    def change(book: Workbook) -> None:
        book[sheet][place].value = value

    return change


def style(place: str, sheet: str = "Table 1", **styles: Any) -> Callable[[Workbook], None]:
    """A change of the style of a cell."""

    def change(book: Workbook) -> None:
        for name, value in styles.items():
            setattr(book[sheet][place], name, value)

    return change


def with_book(action: Callable[[Workbook], object]) -> Callable[[Workbook], None]:
    """A change by an expression."""

    def change(book: Workbook) -> None:
        action(book)

    return change


def unchanged(book: Workbook) -> None:
    """No change by openpyxl: the package is changed instead."""


def table(book: Workbook) -> Any:
    return book["Table 1"].tables["complaints_received"]


def rename_table(book: Workbook) -> None:
    tables = book["Table 1"].tables
    moved = tables.pop("complaints_received")
    moved.name = moved.displayName = "Table1"
    tables.add(moved)


def move_right(book: Workbook) -> None:
    book["Table 1"].move_range("A7:E11", cols=1)
    table(book).ref = "B7:F11"


def second_table(book: Workbook) -> None:
    sheet = book["Table 2"]
    for row in (("Outcome", "Count"), ("Upheld", 3)):
        sheet.append(row)
    add_table(sheet, "more_outcomes", 7, 2)
    sheet.tables["more_outcomes"].ref = "A7:B8"


def second_header(book: Workbook) -> None:
    sheet = book["Table 2"]
    for row in sheet.iter_rows(min_row=5, max_row=6, min_col=3, max_col=3):
        row[0].value = {5: "Number", 6: 7}[row[0].row]


def unmark(book: Workbook) -> None:
    book["Table 1"].tables.clear()


def rule(book: Workbook) -> None:
    book["Table 1"].conditional_formatting.add(
        "C8:C11", ColorScaleRule(start_type="min", start_color="FF0000", end_type="max", end_color="00FF00")
    )


def red_rule(book: Workbook) -> None:
    fill = PatternFill("solid", bgColor="FF0000")
    book["Table 1"].conditional_formatting.add("C8:C11", CellIsRule(operator="lessThan", formula=["5"], fill=fill))


def picture(book: Workbook) -> None:
    data = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(data, "PNG")
    data.seek(0)
    book["Table 1"].add_image(Image(data), "H1")


def chart(book: Workbook) -> None:
    drawn = BarChart()
    drawn.add_data(Reference(book["Table 1"], min_col=3, min_row=8, max_row=11))
    book["Table 1"].add_chart(drawn, "H1")


def chart_sheet(book: Workbook) -> None:
    drawn = BarChart()
    drawn.add_data(Reference(book["Table 1"], min_col=3, min_row=8, max_row=11))
    book.create_chartsheet("Picture of it").add_chart(drawn)


def raised(text: str, sign: str) -> CellRichText:
    return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), sign))


def link(place: str, text: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book["Cover"][place].value = text
        book["Cover"][place].hyperlink = "https://example.org/data"

    return change


def style_of_table(name: str, rows: bool) -> Callable[[Workbook], None]:
    return with_book(lambda b: setattr(table(b), "tableStyleInfo", TableStyleInfo(name=name, showRowStripes=rows)))


LONG = "Complaints that were resolved before they were looked into by anybody at all"
BREAKS: list[tuple[str, Callable[[Workbook], None], str, str]] = [
    # Item, what breaks it, and the sheet and cell where it must be found ("" where the item names none).
    ("table-markup", unmark, "Table 1", "A7"),
    ("table-markup", with_book(lambda b: b["Contents"].tables.clear()), "Contents", "A3"),
    ("table-markup", with_book(lambda b: (b["Notes"].tables.clear(), b["Notes"].delete_cols(2))), "Notes", ""),
    ("table-markup", with_book(lambda b: [b["Table 1"].cell(r, c, "more") for r in (14, 15) for c in (1, 2)]), "Table 1", "A14"),
    ("one-table", second_table, "Table 2", "A7"),
    ("table-name", rename_table, "Table 1", "A7"),
    ("table-start", move_right, "Table 1", "B7"),
    ("below-table", put("A13", "Figures are provisional."), "Table 1", "A13"),
    ("header-row", with_book(lambda b: setattr(table(b), "headerRowCount", 0)), "Table 1", "A7"),
    ("header-row", second_header, "Table 2", "A5"),
    ("header-names", put("C7", None), "Table 1", "C7"),
    ("header-names", put("D7", "received"), "Table 1", "D7"),
    ("header-names", put("D7", "Column4"), "Table 1", "D7"),
    ("merged-cells", with_book(lambda b: b["Table 1"].merge_cells("A8:A9")), "Table 1", "A8"),
    ("blank-rows", with_book(lambda b: [setattr(c, "value", None) for c in b["Table 1"][9]]), "Table 1", "A9"),
    ("blank-columns", with_book(lambda b: [setattr(b["Table 1"].cell(r, 4), "value", "  ") for r in range(8, 12)]), "Table 1", "D7"),
    ("wrap-text", with_book(lambda b: (put("A8", LONG)(b), style("A8", alignment=Alignment())(b))), "Table 1", "A8"),
    ("wrap-text", put("A2", f"{LONG}, and {LONG.lower()}", "Cover"), "Cover", "A2"),
    ("filters", with_book(lambda b: setattr(b["Table 1"].auto_filter, "ref", "A7:E11")), "Table 1", "A7"),
    ("filters", with_book(lambda b: table(b)._initialise_columns()), "Table 1", "A7"),
    ("frozen-panes", with_book(lambda b: setattr(b["Table 1"], "freeze_panes", "B8")), "Table 1", "B8"),
    ("empty-cells", put("A5", None), "Table 1", "E9"),
    ("empty-cells", put("B5", None, "Table 2"), "Table 2", "B5"),
    ("hidden", with_book(lambda b: setattr(b["Table 2"], "sheet_state", "hidden")), "Table 2", ""),
    ("hidden", with_book(lambda b: setattr(b["Table 1"].row_dimensions[9], "hidden", True)), "Table 1", "A9"),
    ("hidden", with_book(lambda b: setattr(b["Table 1"].column_dimensions["C"], "hidden", True)), "Table 1", "C1"),
    ("column-width", with_book(lambda b: (put("A8", "Bury Metropolitan Borough")(b), style("A8", alignment=Alignment())(b))), "Table 1", "A8"),
    ("column-width", with_book(lambda b: setattr(b["Table 1"].column_dimensions["C"], "width", 2)), "Table 1", "C7"),
    ("column-width", with_book(lambda b: (put("C8", 12345678)(b), style("C8", number_format="#,##0.0000000000")(b))), "Table 1", "C8"),
    ("superscript", put("A7", "Council¹"), "Table 1", "A7"),
    ("superscript", put("A7", raised("Council", "1")), "Table 1", "A7"),
    ("superscript", style("A8", font=Font(vertAlign="superscript")), "Table 1", "A8"),
    ("footnote-symbols", put("A8", "Bury*"), "Table 1", "A8"),
    ("footnote-symbols", put("A8", "Bury †"), "Table 1", "A8"),
    ("footnote-symbols", put("A3", "* Notes can be found on the Notes worksheet."), "Table 1", "A3"),
    ("note-form", put("A8", "Bury [Note 2]"), "Table 1", "A8"),
    ("note-form", put("A8", "Bury [2]"), "Table 1", "A8"),
    ("note-form", put("A8", "Bury (note 2)"), "Table 1", "A8"),
    ("note-form", put("A8", "Bury [note 1, 2]"), "Table 1", "A8"),
    ("note-in-data", put("C8", "1,240 [note 2]"), "Table 1", "C8"),
    ("note-in-data", put("C9", "[c][note 2]"), "Table 1", "C9"),
    ("note-missing", put("A8", "Bury [note 3]"), "Table 1", "A8"),
    ("note-missing", with_book(lambda b: b.remove(b["Notes"])), "Table 1", "A1"),
    ("note-unused", put("E8", "late"), "Notes", "A5"),
    ("note-numbering", with_book(lambda b: (put("A4", "[note 2]", "Notes")(b), put("A5", "[note 1]", "Notes")(b))), "Notes", "A4"),
    ("link-text", link("A3", "https://example.org/data"), "Cover", "A3"),
    ("link-text", link("A3", "Click here for the data"), "Cover", "A3"),
    ("link-text", link("A3", "here"), "Cover", "A3"),
    ("link-text", put("A6", "Source: www.example.org"), "Table 1", "A6"),
    ("sheet-title", put("A1", None), "Table 1", "A1"),
    ("title-format", style("A1", font=Font(size=16)), "Table 1", "A1"),
    ("title-format", style("A1", font=Font(bold=True, size=11)), "Table 1", "A1"),
    ("symbols", put("B8", "✓"), "Table 1", "B8"),
    ("symbols", put("B8", "Rising ▲"), "Table 1", "B8"),
    ("symbols", put("B8", "?"), "Table 1", "B8"),
    ("header-footer", with_book(lambda b: setattr(b["Table 1"].oddHeader.center, "text", "Draft")), "Table 1", ""),
    ("header-footer", with_book(lambda b: setattr(b["Table 1"].evenFooter.left, "text", "Draft")), "Table 1", ""),
    ("dividers", put("A5", "-----------"), "Table 1", "A5"),
    ("dividers", put("A5", "_ _ ___"), "Table 1", "A5"),
    ("fill", style("A8", fill=PatternFill("solid", fgColor="FFEEEEEE")), "Table 1", "A8"),
    ("fill", style("H20", fill=PatternFill("solid", fgColor="FFFFFFFF")), "Table 1", "H20"),
    ("fill", with_book(lambda b: setattr(b["Table 1"].row_dimensions[8], "fill", PatternFill("solid", fgColor="FFEEEEEE"))), "Table 1", ""),
    ("fill", style_of_table("TableStyleMedium9", False), "Table 1", "A7"),
    ("fill", style_of_table("TableStyleLight1", True), "Table 1", "A7"),
    ("colour-rules", rule, "Table 1", "C8"),
    ("colour-rules", red_rule, "Table 1", "C8"),
    ("contrast", style("A8", font=Font(color="FF999999")), "Table 1", "A8"),
    ("contrast", put("A8", CellRichText("Bury ", TextBlock(InlineFont(color="FFF46A25"), "late"))), "Table 1", "A8"),
    ("images", picture, "Table 1", ""),
    ("charts", chart, "Table 1", ""),
    ("charts", chart_sheet, "Picture of it", ""),
    ("sheet-name-unique", with_book(lambda b: setattr(b["Table 2"], "title", "table_1")), "table_1", ""),
    ("sheet-name", with_book(lambda b: setattr(b["Table 2"], "title", "Sheet2")), "Sheet2", ""),
    ("sheet-name-spaces", with_book(lambda b: setattr(b["Table 2"], "title", "Table 2 ")), "Table 2 ", ""),
    ("blank-sheet", with_book(lambda b: b.create_sheet("More")), "More", ""),
    ("column-a", with_book(lambda b: (put("B5", LINES[4])(b), put("A5", None)(b))), "Table 1", "B5"),
    ("column-a", put("B2", "July 2026", "Cover"), "Cover", "B2"),
    ("column-a", put("G9", "late"), "Table 1", "G9"),
    ("table-count", put("A2", "Figures are counts."), "Table 1", ""),
    ("table-count", put("A2", "This worksheet contains two tables."), "Table 1", ""),
    ("table-count", put("A2", None, "Contents"), "Contents", ""),
    ("notes-statement", put("A3", "Figures are counts."), "Table 1", "A1"),
    ("source", put("A6", "Figures are counts."), "Table 1", ""),
    ("sheet-order", with_book(lambda b: b.move_sheet("Notes", 1)), "Notes", ""),
    ("sheet-order", with_book(lambda b: b.remove(b["Cover"])), "", ""),
    ("contents", with_book(lambda b: b["Contents"].delete_rows(5)), "Contents", ""),
    ("contents", with_book(lambda b: b.remove(b["Contents"])), "", ""),
    ("document-title", with_book(lambda b: setattr(b.properties, "title", " ")), "", ""),
    ("document-language", with_book(lambda b: setattr(b.properties, "language", None)), "", ""),
    ("document-language", with_book(lambda b: setattr(b.properties, "language", "English (UK)")), "", ""),
    ("cursor", with_book(lambda b: setattr(b, "active", 3)), "Cover", "A1"),
    ("cursor", with_book(lambda b: setattr(b["Cover"].sheet_view.selection[0], "activeCell", "B7")), "Cover", "B7"),
    ("shorthand-known", put("C9", "[q]"), "Table 1", "C9"),
    ("shorthand-known", put("C9", "[c, r]"), "Table 1", "C9"),
    ("shorthand-case", put("C9", "[C]"), "Table 1", "C9"),
    ("shorthand-brackets", put("C9", "c"), "Table 1", "C9"),
    ("shorthand-brackets", put("C9", "(c)"), "Table 1", "C9"),
    ("shorthand-explained", put("C9", "[z]"), "Table 1", "C9"),
    ("shorthand-explained", put("A4", "[c] [r] [x1]"), "Table 1", "C9"),
    *(("not-a-value", put("C9", text), "Table 1", "C9") for text in ("NA", "n/a", "-", "–", "*", ":", "..", "~", "†")),
    ("number-with-marker", put("C9", "12 [c]"), "Table 1", "C9"),
    ("number-with-marker", put("C9", "£1,200 [c][r]"), "Table 1", "C9"),
    ("data-type", put("C9", "about a dozen"), "Table 1", "C9"),
    ("data-type", with_book(lambda b: (put("D6", 2024, "Table 2")(b), style("D6", "Table 2", number_format="0")(b))), "Table 2", "D5"),
    ("number-as-text", put("C9", "1,200"), "Table 1", "C9"),
    ("formulas", put("C11", "=SUM(C8:C10)"), "Table 1", "C11"),
    ("error-values", put("C9", "#REF!"), "Table 1", "C9"),
    ("error-values", put("C9", "=SUM(#REF!)"), "Table 1", "C9"),
    ("cell-spaces", put("A8", "Bury "), "Table 1", "A8"),
]  # fmt: skip

SHAPE = (
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    b"<xdr:twoCellAnchor><xdr:sp><xdr:txBody/></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
)
PATCHES: list[tuple[str, Callable[[Workbook], None], dict[str, Callable[[bytes], bytes] | bytes], str]] = [
    # Item, change by openpyxl, change of the package, and the sheet.
    ("text-boxes", chart, {"xl/drawings/drawing1.xml": SHAPE}, "Table 1"),
    ("macros", unchanged, {"xl/vbaProject.bin": b"\x00not opened"}, ""),
    ("sheet-name-unique", unchanged, {"xl/workbook.xml": lambda x: x.replace(b'"Table 2"', b'"TABLE 1"')}, "TABLE 1"),
]  # fmt: skip


def test_a_good_workbook_has_no_findings(tmp_path: Path) -> None:
    assert check(saved(good(), tmp_path / "good.xlsx")) == []


def test_every_item_is_broken_once() -> None:
    assert {case[0] for case in BREAKS} | {case[0] for case in PATCHES} == set(ITEMS)


def test_every_item_has_a_level_and_advice() -> None:
    assert {level for level, _ in ITEMS.values()} == {"essential", "desirable"}
    assert all(asks for _, asks in ITEMS.values())
    assert set(ADVICE) == set(ITEMS)


@pytest.mark.parametrize(("item", "change", "sheet", "cell"), BREAKS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_fault_is_found(item: str, change: Callable[[Workbook], None], sheet: str, cell: str, tmp_path: Path) -> None:
    book = good()
    change(book)
    found = [finding for finding in check(saved(book, tmp_path / "bad.xlsx")) if finding.item == item]
    assert found, item
    assert (found[0].sheet, found[0].level) == (sheet, ITEMS[item][0])
    assert not cell or found[0].cell == cell
    assert found[0].message.endswith(".")
    assert "{" not in found[0].message
    assert "“”" not in found[0].message


@pytest.mark.parametrize(("item", "change", "parts", "sheet"), PATCHES, ids=lambda v: v if isinstance(v, str) else "")
def test_a_fault_of_the_package_is_found(
    item: str,
    change: Callable[[Workbook], None],
    parts: dict[str, Callable[[bytes], bytes] | bytes],
    sheet: str,
    tmp_path: Path,
) -> None:
    book = good()
    change(book)
    found = check(patched(saved(book, tmp_path / "bad.xlsx"), parts))
    assert [f.sheet for f in found if f.item == item] == [sheet]


@pytest.mark.parametrize(
    ("item", "change"),
    [
        ("superscript", put("A8", "Area in km² and m³")),
        ("footnote-symbols", put("A8", "Files named *.csv, 2 * 3, § 26 of the Act")),
        ("note-form", put("A8", "Bury (see note 2), band (1)")),
        ("note-in-data", put("A9", "2023 [note 1]")),
        ("number-with-marker", put("A9", "2023 [r]")),
        ("number-with-marker", put("B9", "2023 [r]")),
        ("number-as-text", with_book(lambda b: [put(f"B{r}", "2023")(b) for r in range(8, 12)])),
        ("number-as-text", with_book(lambda b: [put(f"A{r}", "0161")(b) for r in range(8, 12)])),
        ("contrast", style("A8", font=Font(color="FFFFFFFF"), fill=PatternFill("solid", fgColor="FF12436D"))),
        ("contrast", style("A8", font=Font(color="FF12436D"))),
        ("fill", style_of_table("TableStyleLight1", False)),
        ("title-format", style("A1", style="Title")),
        ("link-text", link("A3", "Data on complaints, by email")),
        ("wrap-text", put("A3", f"{LINES[2]} {LONG}.")),
        ("shorthand-explained", with_book(lambda b: [put(f"A{r}", f"[{c}]", "Table 2")(b) for r, c in ((5, "c"), (6, "x"))])),
        ("sheet-name-unique", with_book(lambda b: setattr(b["Table 2"], "title", "Table 11"))),
        ("contents", put("A5", "Complaints by outcome (Table 2)", "Contents")),
        ("table-count", put("A2", "There is a single table on this sheet, one table.")),
        ("notes-statement", put("A3", "For definitions see the notes.")),
        ("header-row", put("C8", "[c]")),
        ("column-width", put("C8", 123456789)),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)  # fmt: skip
def test_what_only_looks_like_a_fault_is_let_pass(
    item: str, change: Callable[[Workbook], None], tmp_path: Path
) -> None:
    book = good()
    change(book)
    assert item not in items(check(saved(book, tmp_path / "good.xlsx")))


def test_cells_alike_are_one_finding_that_counts_them(tmp_path: Path) -> None:
    book = good()
    for row in range(8, 12):
        put(f"C{row}", "n/a")(book)
    found = [f for f in check(saved(book, tmp_path / "bad.xlsx")) if f.item == "not-a-value"]
    assert [(f.sheet, f.cell) for f in found] == [("Table 1", "C8")]
    assert "“n/a”" in found[0].message
    assert "(3 more on this worksheet)" in found[0].message


def test_a_plain_sheet_of_numbers_is_checked_as_well(tmp_path: Path) -> None:
    book = Workbook()
    for row in (("Council", "Received", "Received"), ("Bury", 3, "-"), (None, None, None), ("Salford", 4, 5)):
        book.active.append(row)
    found = check(saved(book, tmp_path / "plain.xlsx"))
    assert {
        "table-markup", "header-names", "blank-rows", "not-a-value", "sheet-title", "sheet-name", "table-count", "source",
        "document-title", "document-language", "sheet-order",
    } <= items(found)  # fmt: skip


def test_an_explanation_below_or_beside_the_table_does_not_count(tmp_path: Path) -> None:
    book = good()
    put("A4", None)(book)
    put("A13", LINES[3])(book)
    put("B4", LINES[3])(book)
    assert {"shorthand-explained", "below-table", "column-a"} <= items(check(saved(book, tmp_path / "bad.xlsx")))


# Files that are no workbook, or a hostile one


def refused(path: Path) -> str:
    with pytest.raises(NotAWorkbookError) as error:
        check(path)
    message = str(error.value)
    assert path.name not in message
    assert "\n" not in message
    return message


def test_files_of_other_kinds_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    path.write_text("council,received\nBury,3\n")
    assert "no workbook" in refused(path)
    path.write_bytes(b"")
    assert "no workbook" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("report.txt", "words")
    assert "zip file" in refused(path)
    path.write_bytes(safety.OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refused(path)
    path.write_bytes(safety.OLE + bytes(500))
    assert ".xls format" in refused(path)


def test_a_word_document_is_refused(tmp_path: Path) -> None:
    from docx import Document  # noqa: PLC0415

    Document().save(str(tmp_path / "report.xlsx"))
    assert "no workbook" in refused(tmp_path / "report.xlsx")


def test_damaged_workbooks_are_refused(tmp_path: Path) -> None:
    path = saved(good(), tmp_path / "file.xlsx")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path)
    path.write_bytes(whole)
    patched(path, {"xl/worksheets/sheet4.xml": lambda xml: xml[:-40]})
    assert "damaged" in refused(path)
    path.write_bytes(whole)
    patched(path, {"xl/styles.xml": b"<styleSheet><cellXfs><xf fontId='x'/></cellXfs></styleSheet>"})
    assert "damaged" in refused(path)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = saved(good(), tmp_path / "file.xlsx")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "password" in refused(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(encoding: str, tmp_path: Path) -> None:
    path = saved(good(), tmp_path / "file.xlsx")
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    patched(path, {"xl/sharedStrings.xml": bomb.encode(encoding)})
    assert "document type" in refused(path)


def test_sizes_are_limited_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(good(), tmp_path / "file.xlsx")
    assert check(path) == []
    patched(path, {"xl/media/image1.bin": bytes(11_000_000)})
    assert "larger" in refused(path)
    saved(good(), path)
    monkeypatch.setattr(safety, "MOST_BYTES", 1_000)
    assert "larger" in refused(path)
    monkeypatch.setattr(safety, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(safety, "MOST_UNPACKED", 1_000)
    assert "larger" in refused(path)
    monkeypatch.setattr(safety, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(safety, "MOST_CELLS", 50)
    assert "more cells" in refused(path)


@pytest.mark.parametrize(
    "element",
    [
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    ],
)
def test_ranges_over_a_whole_sheet_are_refused(element: bytes, tmp_path: Path) -> None:
    path = saved(good(), tmp_path / "file.xlsx")
    patched(path, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<pageMargins", element + b"<pageMargins")})
    assert "more cells" in refused(path)


def test_other_ways_of_packing_are_refused(tmp_path: Path) -> None:
    path = saved(good(), tmp_path / "file.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/media/image1.bin", bytes(1_000))
    assert "damaged" in refused(path)


def test_a_cell_in_the_last_corner_takes_no_time(tmp_path: Path) -> None:
    book = good()
    put("XFD1048576", "far away")(book)
    table(book).ref = "A7:XFD1048575"
    for column in range(6, 20):
        book["Table 1"].cell(7, column, f"Heading {column}")
    found = check(saved(book, tmp_path / "file.xlsx"))
    assert {"blank-rows", "blank-columns", "below-table"} <= items(found)


def test_parts_that_openpyxl_cannot_read_do_not_stop_the_check(tmp_path: Path) -> None:
    book = good()
    chart(book)
    path = saved(book, tmp_path / "file.xlsx")
    patched(path, {"xl/charts/chart1.xml": b"<broken/>", "docProps/custom.xml": b"<broken/>"})
    assert items(check(path)) == {"charts"}


def test_a_workbook_with_macros_is_checked_like_others(tmp_path: Path) -> None:
    path = saved(good(), tmp_path / "file.xlsm")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    patched(path, {"[Content_Types].xml": lambda xml: xml.replace(kind, macro), "xl/vbaProject.bin": b"\x00"})
    assert items(check(path)) == {"macros"}
