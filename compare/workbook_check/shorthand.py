"""Shorthand, and what stands in place of values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.workbook_check.book import Place, Sheet, at, is_number, name_of
from compare.workbook_check.items import Finding, found
from compare.workbook_check.marks import ANY_NOTE, CODE, MARKER, is_bare_code, is_number_and_marker, markers, no_value


def codes(sheet: Sheet) -> Iterator[Finding]:
    used: dict[str, Place] = {}
    unknown: list[Place] = []
    capital: list[Place] = []
    labels = {place for region in sheet.regions for place in region.cells if place[1] == region.left}
    for place, words in sheet.texts.items():
        alone = markers(words) if place not in sheet.loose else []
        for marker in alone or MARKER.findall(words):
            if CODE.fullmatch(marker.lower()):
                if marker != marker.lower():
                    capital.append(place)
                # Shorthand alone in the first column is a list of shorthand, which explains itself.
                if place == (1, 1) or (place not in sheet.loose and not (alone and place in labels)):
                    used.setdefault(marker.lower(), place)
            elif alone:
                unknown.append(place)
    yield from at("shorthand-known", sheet, unknown)
    yield from at("shorthand-case", sheet, capital)
    # A marker alone explains nothing: words must go with it.
    lines = [line for line in sheet.said if re.search(r"[A-Za-z]{3}", MARKER.sub("", line))]
    explained = {marker.lower() for line in lines for marker in MARKER.findall(line)}
    missing = {code: place for code, place in used.items() if code not in explained}
    if missing and sheet.regions and sheet.role == "data":
        listed = ", ".join(f"[{code}]" for code in missing)
        what = f"{listed} {'is' if len(missing) == 1 else 'are'}"
        yield found("shorthand-explained", sheet.title, name_of(min(missing.values())), what)


def instead_of_values(sheet: Sheet) -> Iterator[Finding]:
    """Cells in tables that hold something else than a value or shorthand."""
    instead: list[Place] = []
    bare: list[Place] = []
    marked: list[Place] = []
    for region in sheet.regions:
        for column, cells in region.columns().items():
            numeric = any(is_number(cell) for _, cell in cells)
            label = column == region.left or re.search(r"year|period|date", region.heading(column), re.IGNORECASE)
            for place, _ in cells:
                words = sheet.texts.get(place, "")
                if no_value(words):
                    instead.append(place)
                elif numeric and is_bare_code(words):
                    bare.append(place)
                elif not label and is_number_and_marker(words) and not ANY_NOTE.search(words):
                    marked.append(place)
    yield from at("not-a-value", sheet, instead)
    yield from at("shorthand-brackets", sheet, bare)
    yield from at("number-with-marker", sheet, marked)
