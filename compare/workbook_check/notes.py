"""Markers of notes, and the worksheet of notes that they point to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.workbook_check.book import Book, Sheet, at, name_of
from compare.workbook_check.items import Finding, found
from compare.workbook_check.marks import ANY_NOTE, MARKER

_NOTE = re.compile(r"\[note \d{1,4}\]")
_LIKE_A_NOTE = re.compile(
    r"[\[(]\s?(?:foot)?notes?[ .:]{0,2}\d[^\[\]()]{0,30}[\])]|\[(?:fn ?)?\d{1,3}\]", re.IGNORECASE
)
_WHERE_NOTES_ARE = re.compile(
    r"\bnotes?\b.{0,80}\b(?:work)?(?:sheet|tab|page|listed|found)|\b(?:see|refer)\b.{0,80}\bnotes?\b", re.IGNORECASE
)


def notes(book: Book) -> Iterator[Finding]:
    """Notes that are referred to against the rows of the worksheet of notes."""
    used: dict[int, tuple[str, str]] = {}
    for sheet in book.sheets:
        if sheet.role != "notes":
            for place, words in sheet.texts.items():
                for number in ANY_NOTE.findall(words):
                    used.setdefault(int(number), (sheet.title, name_of(place)))
    rows = [row for sheet in book.sheets if sheet.role == "notes" for row in _note_rows(sheet)]
    known = {number for number, _, _ in rows}
    for number, (title, cell) in sorted(used.items()):
        if number not in known:
            yield found("note-missing", title, cell, str(number))
    for number, title, cell in rows:
        if number not in used:
            yield found("note-unused", title, cell, str(number))
    for expected, (number, title, cell) in enumerate(rows, 1):
        if number != expected:
            yield found("note-numbering", title, cell, f"Note {number} stands where note {expected} should")
            return


def _note_rows(sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """Numbers in the first column of a worksheet of notes, as (number, sheet, cell)."""
    table = sheet.regions[0] if sheet.regions else None
    for place, cell in table.body() if table else sheet.cells.items():
        match = re.fullmatch(r"\[?\s?(?:note)?\s?(\d{1,4})\s?\]?", str(cell.value).strip(), re.IGNORECASE)
        if match and place[1] == (table.left if table else 1):
            yield int(match[1]), sheet.title, name_of(place)


def markers(sheet: Sheet) -> Iterator[Finding]:
    texts = sheet.texts
    first = {place for region in sheet.regions for place, _ in region.body() if place[1] == region.left}
    wrong = {p for p, words in texts.items() if any(not _NOTE.fullmatch(m[0]) for m in _LIKE_A_NOTE.finditer(words))}
    yield from at("note-form", sheet, wrong - first if sheet.role == "notes" else wrong)
    marked = {place for place, words in texts.items() if ANY_NOTE.search(words)}
    in_data = [
        place
        for region in sheet.regions
        for place, _ in region.body()
        if place in marked - first
        and not re.search(r"note", region.heading(place[1]), re.IGNORECASE)
        and not any(sign.isalpha() for sign in MARKER.sub("", texts[place]))
    ]
    yield from at("note-in-data", sheet, in_data)
    stated = any(_WHERE_NOTES_ARE.search(ANY_NOTE.sub("", line)) for line in sheet.said)
    if marked and sheet.regions and sheet.role != "notes" and not stated:
        yield found("notes-statement", sheet.title, name_of(min(marked)))
