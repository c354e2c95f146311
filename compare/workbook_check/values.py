"""Values of cells: types, formulas, errors, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from compare.workbook_check.book import Place, Sheet, at
from compare.workbook_check.items import Finding
from compare.workbook_check.marks import ANY_NOTE, is_bare_code, is_number_and_marker, markers, no_value

_TEXT_NUMBER = re.compile(r"[-+−]?\s?[£$€]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?\s?%?")
_CODES_AND_YEARS = re.compile(
    r"(?<![a-z])(?:codes?|ids?|ref|reference|years?|periods?|dates?|phone|telephone|postcode|notes?|sheet|worksheet|page|row|version)(?![a-z])",
    re.IGNORECASE,
)


def types(sheet: Sheet) -> Iterator[Finding]:
    """Columns of more than one type, and numbers stored as text, other than codes and years."""
    mixed: list[Place] = []
    as_text: list[Place] = []
    for region in sheet.regions if sheet.role == "data" else ():
        for column, cells in region.columns().items():
            kinds: dict[str, list[Place]] = {}
            for place, cell in cells:
                kinds.setdefault(_kind(cell, sheet.texts.get(place, "")), []).append(place)
            kinds.pop("", None)
            digits = kinds.pop("number in text", [])
            years = all(re.fullmatch(r"(19|20)\d\d", sheet.texts[place].strip()) for place in digits)
            mostly = not years and len(digits) >= sum(map(len, kinds.values()))
            if digits and ("number" in kinds or mostly) and not _CODES_AND_YEARS.search(region.heading(column)):
                as_text += digits
            elif digits:
                kinds["text"] = kinds.get("text", []) + digits
            if len(kinds) > 1:
                mixed += min(kinds.items(), key=lambda pair: len(pair[1]))[1]
    yield from at("data-type", sheet, mixed)
    yield from at("number-as-text", sheet, as_text)


def _kind(cell: Any, words: str) -> str:
    """Type of a value; empty for shorthand and for what other items find."""
    if words:
        if (
            markers(words)
            or ANY_NOTE.fullmatch(words.strip())
            or no_value(words)
            or is_bare_code(words)
            or is_number_and_marker(words)
        ):
            return ""
        return "number in text" if _is_text_number(words) else "text"
    if cell.data_type in {"f", "e"}:
        return ""
    if isinstance(cell.value, bool):
        return "logical"
    return "date" if isinstance(cell.value, date | time | timedelta) else "number"


def _is_text_number(words: str) -> bool:
    plain = words.strip()
    return len(plain) < 31 and _TEXT_NUMBER.fullmatch(plain) is not None and re.match(r"0\d", plain) is None


_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")


def cells(sheet: Sheet) -> Iterator[Finding]:
    """Formulas, errors, and spaces at the ends of texts."""
    formulas = {place for place, cell in sheet.cells.items() if cell.data_type == "f"}
    yield from at("formulas", sheet, formulas)
    yield from at(
        "error-values",
        sheet,
        (
            place
            for place, cell in sheet.cells.items()
            if cell.data_type == "e"
            or str(cell.value).strip() in _ERRORS
            or (place in formulas and "#REF!" in str(cell.value))
        ),
    )
    yield from at("cell-spaces", sheet, (place for place, words in sheet.texts.items() if words != words.strip()))
