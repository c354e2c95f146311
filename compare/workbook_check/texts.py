"""Texts on a worksheet: title, lines above the table, links, and signs that are no words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from compare.workbook_check.book import Place, Sheet, at, fonts_of
from compare.workbook_check.items import Finding, found
from compare.workbook_check.marks import no_value


def title(sheet: Sheet) -> Iterator[Finding]:
    if not sheet.cells:
        if not sheet.drawn:
            yield found("blank-sheet", sheet.title)
        return
    if (1, 1) not in sheet.loose:
        yield found("sheet-title", sheet.title, "A1")
        return
    look = sheet.looks[1, 1]
    sizes = Counter(sheet.looks[place].size for place in sheet.cells if place != (1, 1))
    body = sizes.most_common(1)[0][0] if sizes else sheet.normal
    if not (look.bold or look.heading) or look.size <= body:
        yield from at("title-format", sheet, [(1, 1)])


_SOURCE = re.compile(r"^\s*(data )?sources?\b|\bsources?:|\bsourced from\b", re.IGNORECASE)
_COUNTS = {
    "no": 0, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_TABLES = re.compile(rf"\b(\d{{1,3}}|{'|'.join(_COUNTS)}) (?:[\w-]{{1,20}} ){{0,2}}tables?\b")


def column_a(sheet: Sheet) -> Iterator[Finding]:
    yield from at("column-a", sheet, (p for p in sheet.loose if p[1] > 1 and p[0] <= sheet.bottom))
    if not sheet.regions:
        return
    stated = [match[1] for line in sheet.said if (match := _TABLES.search(line.casefold()))]
    counts = [_COUNTS[word] if word in _COUNTS else int(word) for word in stated]
    tables = len(sheet.source.tables)
    if not counts:
        yield found("table-count", sheet.title, what="The number of tables is not stated")
    elif tables and tables not in counts:
        yield found("table-count", sheet.title, what=f"The number of tables is given as {counts[0]} and is {tables}")
    if sheet.role == "data" and not any(_SOURCE.search(line) for line in sheet.said):
        yield found("source", sheet.title)


_URL = re.compile(r"https?://|\bwww\.\w", re.IGNORECASE)
_EMPTY_LINK = re.compile(
    r"(?:click |tap |press |follow |see |read |find out )?(?:on )?"
    r"(?:here|link|this|more|website|web ?page|page|this link|this page|download)|.*\bclick here\b.*",
    re.IGNORECASE | re.DOTALL,
)


def links(sheet: Sheet) -> Iterator[Finding]:
    linked = {place: sheet.texts.get(place, "") for place, cell in sheet.cells.items() if cell.hyperlink is not None}
    empty = {place for place, words in linked.items() if _EMPTY_LINK.fullmatch(words.strip(" .>…")[:500])}
    yield from at("link-text", sheet, empty | {place for place, words in sheet.texts.items() if _URL.search(words)})


_RAISED = re.compile(r"(?<!\bm)(?<!\bkm)(?<!\bcm)[⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ]")
_FOOTNOTE = re.compile(r"[†‡]|[\w)%](?:\*{1,3}|§{1,2})(?=[\s,.;:)]|$)|\s\*{1,3}$|^(?:\*{1,3}|§{1,2})\s?[A-Za-z]")
_SYMBOLS = re.compile(r"[←-⇿⌀-➿⤀-⯿\U0001F000-\U0001FAFF]")
_DIVIDER = re.compile(r"[\s\-_=~–—―─━═*#|]*[\-_=~–—―─━═*#|]{3}[\s\-_=~–—―─━═*#|]*")


def signs(sheet: Sheet) -> Iterator[Finding]:
    dividers = {place for place, words in sheet.texts.items() if len(words) < 300 and _DIVIDER.fullmatch(words)}
    texts = {place: words for place, words in sheet.texts.items() if place not in dividers and not no_value(words)}
    body = {place for region in sheet.regions for place, _ in region.body()}
    yield from at("dividers", sheet, dividers)
    yield from at("superscript", sheet, (place for place in sheet.cells if _raised(sheet, place)))
    yield from at(
        "footnote-symbols", sheet, (place for place, words in texts.items() if _FOOTNOTE.search(words.strip()))
    )
    wordless = {place for place in body & texts.keys() if not any(sign.isalnum() for sign in texts[place])}
    yield from at("symbols", sheet, wordless | {place for place, words in texts.items() if _SYMBOLS.search(words)})


def _raised(sheet: Sheet, place: Place) -> bool:
    """True where a cell, a part of its text, or one of its characters is superscript; square and cubic metres are not meant."""
    if sheet.looks[place].superscript or _RAISED.search(sheet.texts.get(place, "")):
        return True
    return any(font.vertAlign == "superscript" for font in fonts_of(sheet.cells[place]))
