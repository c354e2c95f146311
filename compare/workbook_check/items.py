"""The items of the checklist, and what to tell the user where one is not met."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_CONTRAST = 4.5
"""Web Content Accessibility Guidelines 2.2, success criterion 1.4.3, for text of normal size."""

_E, _D = "essential", "desirable"

ITEMS: dict[str, tuple[str, str]] = {
    # Tables
    "table-markup": (_E, "tables are marked up as Excel tables"),
    "one-table": (_D, "a worksheet has one table"),
    "table-name": (_D, "tables have meaningful names"),
    "table-start": (_E, "tables start in column A"),
    "below-table": (_D, "nothing stands below a table"),
    "header-row": (_E, "a table has exactly one header row, marked as such"),
    "header-names": (_E, "column headings are filled and differ from each other"),
    "merged-cells": (_E, "no cells are merged"),
    "blank-rows": (_E, "no rows inside a table are blank"),
    "blank-columns": (_E, "no columns inside a table are blank"),
    "wrap-text": (_E, "long text is wrapped inside its cell"),
    "filters": (_D, "no filters are set"),
    "frozen-panes": (_D, "no panes are frozen or split"),
    "empty-cells": (_E, "empty cells in a table are explained above it"),
    "hidden": (_D, "no worksheets, rows or columns are hidden"),
    "column-width": (_D, "columns are wide enough for what they hold"),
    # Notes
    "superscript": (_E, "no superscript is used"),
    "footnote-symbols": (_E, "no symbols point to footnotes"),
    "note-form": (_D, "markers of notes are written [note 1]"),
    "note-in-data": (_D, "no markers of notes stand in data cells"),
    "note-missing": (_D, "every note that is referred to stands on a worksheet of notes"),
    "note-unused": (_D, "every note on the worksheet of notes is referred to"),
    "note-numbering": (_D, "notes are numbered from 1 without gaps"),
    # Formatting
    "link-text": (_E, "links have text that describes where they lead"),
    "sheet-title": (_E, "every worksheet has a title in cell A1"),
    "title-format": (_E, "titles are bold or in a heading style, and larger than other text"),
    "symbols": (_D, "no symbols or pictographs are used in place of words"),
    "header-footer": (_E, "no page headers or footers are used"),
    "text-boxes": (_E, "no text boxes, shapes or controls float over the cells"),
    "dividers": (_D, "no rows of dashes or the like divide a worksheet"),
    "fill": (_D, "no background fill is used"),
    "colour-rules": (_E, "colours set by rules do not carry a meaning alone"),
    "contrast": (_E, f"text has a contrast of at least {LEAST_CONTRAST} to 1"),
    "images": (_D, "no images are used"),
    "charts": (_D, "no charts are used"),
    "macros": (_D, "no macros or embedded controls are used"),
    # Structure
    "sheet-name-unique": (_E, "worksheets have names that differ from each other"),
    "sheet-name": (_D, "worksheets have meaningful names"),
    "sheet-name-spaces": (_D, "names of worksheets have no spaces at their ends"),
    "blank-sheet": (_E, "no worksheet is blank"),
    "column-a": (_E, "text outside tables stands in column A"),
    "table-count": (_E, "the number of tables is stated above the table"),
    "notes-statement": (_E, "a worksheet that refers to notes says where they are"),
    "source": (_E, "the source is stated above the table"),
    "sheet-order": (_D, "worksheets are in the order cover, contents, notes, tables"),
    "contents": (_D, "the contents list every worksheet with a table"),
    # Before publishing
    "document-title": (_E, "the document has a title among its properties"),
    "document-language": (_E, "the document has a language among its properties"),
    "cursor": (_E, "the workbook opens in cell A1 of the first worksheet"),
    # Shorthand
    "shorthand-known": (_E, "shorthand is one of the codes of the Analysis Function"),
    "shorthand-case": (_E, "shorthand is in lower case"),
    "shorthand-brackets": (_E, "shorthand is in square brackets"),
    "shorthand-explained": (_E, "shorthand is explained above the table, in column A"),
    "not-a-value": (_E, "no NA, dash, star, dots or the like stand in place of a value"),
    "number-with-marker": (_E, "no marker stands in the same cell as a number"),
    # Values
    "data-type": (_D, "a column holds one type of data"),
    "number-as-text": (_D, "numbers are stored as numbers"),
    "formulas": (_D, "cells hold values, not formulas"),
    "error-values": (_E, "no cell holds an error"),
    "cell-spaces": (_D, "texts have no spaces at their ends"),
}
"""Item code -> (level, what it asks for).

The items are those of the Analysis Function's "Making spreadsheets accessible: a brief checklist of the basics" (with the marks
essential and desirable that aftables and gptables give them), its rules for shorthand in tables, and its checklist for
machine-readable spreadsheets, as far as a machine can test them. Items without a mark there are desirable; the rules for shorthand
are rules, so they are essential.
"""

ADVICE: dict[str, str] = {
    "table-markup": "{what} not marked up as an Excel table; select the cells and use Insert, Table",
    "one-table": "The worksheet has {what} tables; give each its own worksheet",
    "table-name": "The table's name {what} says nothing; rename it under Table Design",
    "table-start": "The table does not start in column A; move it to the left edge",
    "below-table": "{what} stands below the table; move it above",
    "header-row": "The table {what}; give it exactly one, switched on under Table Design",
    "header-names": "{what}; give every column a heading of its own",
    "merged-cells": "The cells {what} are merged; unmerge them and fill each",
    "blank-rows": "The table has {what}; remove what is blank",
    "blank-columns": "The table has {what}; remove what is blank",
    "wrap-text": "{what} is long and not wrapped; use Wrap Text",
    "filters": "Filter buttons are switched on; switch them off under Data, Filter",
    "frozen-panes": "Panes are frozen or split; undo this under View",
    "empty-cells": "The table has {what}; fill them, or say above the table in column A why they are empty",
    "hidden": "{what} hidden; show or delete what is hidden",
    "column-width": "{what} is wider than its column; widen the column or wrap the text",
    "superscript": "{what} has superscript; write a marker such as [note 1] in ordinary characters",
    "footnote-symbols": "{what} has a symbol for a footnote; write a marker such as [note 1] instead",
    "note-form": "{what} refers to a note in another form; write [note 1]",
    "note-in-data": "{what} has a marker of a note in a data cell; put it in the heading or a column for notes",
    "note-missing": "Note {what} is nowhere explained; add it to a worksheet named Notes",
    "note-unused": "Note {what} is never referred to; write [note {what}] where it belongs, or remove it",
    "note-numbering": "{what}; number the notes from 1 without gaps",
    "link-text": "{what} does not say where the link leads; link words that describe the page",
    "sheet-title": "Cell A1 holds no title; write there what the worksheet shows",
    "title-format": "The title {what} does not look like one; make it bold or a heading, and larger than the text",
    "symbols": "{what} has a symbol that may be read out wrongly or not at all; use words",
    "header-footer": "The worksheet has a page header or footer; put what it says in column A",
    "text-boxes": "A text box, shape or control floats over the cells; put what it says in a cell",
    "dividers": "{what} is only there to divide the worksheet; remove it",
    "fill": "{what} a background fill; set it to No Fill, or the style of the table to None",
    "colour-rules": "A rule colours cells, which not everybody sees; say it in words in a column of its own",
    "contrast": "The text has a contrast of {what} to 1 with its background; use a darker colour, best black",
    "images": "The worksheet has an image; say in a cell what it shows, and remove it",
    "charts": "The worksheet has a chart; publish it elsewhere and keep its numbers in a table",
    "macros": "The workbook holds macros or embedded controls; save it as .xlsx without them",
    "sheet-name-unique": "The worksheets {what} can hardly be told apart by their names; rename one",
    "sheet-name": "The name {what} does not say what the worksheet holds; give it a meaningful one",
    "sheet-name-spaces": "The name {what} begins or ends with a space; take it off",
    "blank-sheet": "The worksheet is blank; delete it",
    "column-a": "{what} stands outside the table and not in column A; move it there",
    "table-count": "{what}; write “This worksheet contains one table.” in column A above the table, or as many as there are",
    "notes-statement": "The worksheet refers to notes and does not say where they are; say so in column A above the table",
    "source": "The source is not stated; write “Source: …” in column A above the table",
    "sheet-order": "{what}; put the cover first, then contents, notes and the tables",
    "contents": "{what}; list every worksheet with a table on a worksheet named Contents",
    "document-title": "The document has no title; write one under File, Info, Properties",
    "document-language": "The document has {what}; set it to en-GB among the document's properties",
    "cursor": "The workbook opens {what}; go to cell A1 of the first worksheet before you save it",
    "shorthand-known": "{what} is no known shorthand; use [x] for not available, [z] for not applicable or another code of the Analysis Function, each in its own brackets",
    "shorthand-case": "{what} has shorthand in capitals; use lower case",
    "shorthand-brackets": "{what} looks like shorthand without square brackets; put it in square brackets",
    "shorthand-explained": "{what} not explained; say what is meant in column A above the table",
    "not-a-value": "{what} stands in place of a value; use shorthand such as [x] or [z], or 0 for a true zero",
    "number-with-marker": "{what} has a number and a marker; leave the number, and put the marker in the heading or a column to the right",
    "data-type": "{what} is of another type than the rest of its column; keep one type in a column",
    "number-as-text": "{what} is a number stored as text; convert it to a number",
    "formulas": "The cell holds a formula; copy it and paste it as a value",
    "error-values": "The cell holds an error; put in the value, or shorthand such as [x]",
    "cell-spaces": "{what} begins or ends with a space; take it off",
}
"""Item code -> what to tell the user; `what` is the text of the first cell at fault unless a check says more."""


@dataclass(frozen=True)
class Finding:
    """One fault: the item of the checklist, its level, where it is, and how to put it right.

    `sheet` is empty for the whole workbook; `cell` is the first cell at fault, or empty.
    """

    item: str
    level: str
    sheet: str
    cell: str
    message: str


def found(item: str, sheet: str = "", cell: str = "", what: str = "", others: int = 0) -> Finding:
    """A finding with its level and message."""
    more = f" ({others:,} more on this worksheet)" if others else ""
    return Finding(item, ITEMS[item][0], sheet, cell, f"{ADVICE[item].format(what=what)}{more}.")


def short(text: str) -> str:
    """A text for a message, on one line."""
    line = " ".join(text.split())
    return f"“{line[:37]}…”" if len(line) > 40 else f"“{line}”"
