"""PDF: text that is drawn as one thing and given to programs as another (ActualText, ISO 32000-1:2008, 14.9.4).

PDFium hands out the replacement, a reader of the page sees the letters. Replacements are honest nearly always: they
spell ligatures and leave out hyphens at line ends. Only one that says something else than the letters does is put
aside.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.visibility.printed import Text


def drop_replacements(page: pdfium.PdfPage, number: int, texts: Sequence[Text]) -> bool:
    """Take off marks whose replacement is not what is drawn; True where there were any.

    Works on the page in memory, and has to come before its text layer is made. `number` is 1-based.
    """
    marked: dict[int, list[Text]] = {}
    for text in texts:
        for address in text.marks:
            marked.setdefault(address, []).append(text)
    given = {address: _given(members[0], address) for address, members in marked.items()}
    asked = {a for a, words in given.items() if re.search(r"\d", words) or len(_bare(words)) > 3}
    if not asked:
        return False
    drawn = _drawn(page.pdf[number - 1], [t for a in asked for t in marked[a]])
    false = {a for a in asked if _says_else(given[a], "".join(drawn.get(t.order, "") for t in marked[a]))}
    for address in false:
        for text in marked[address]:
            raw.FPDFPageObj_RemoveMark(text.item.raw, _mark(text.item.raw, address))
    return bool(false)


def _says_else(given: str, drawn: str) -> bool:
    """True where what is drawn can be read and is not what the replacement says.

    Fonts without a table of their characters give odd letters, or none, for what is drawn; the replacement is then
    right.
    """
    if not drawn or _bare(given) == _bare(drawn):
        return False
    return all(c.isspace() or (c.isprintable() and (c.isascii() or not c.isalnum())) for c in _plain(drawn))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _bare(text: str) -> str:
    return "".join(c for c in _plain(text) if c.isalnum()).casefold()


def _mark(handle: Any, address: int) -> Any:
    marks = (raw.FPDFPageObj_GetMark(handle, n) for n in range(raw.FPDFPageObj_CountMarks(handle)))
    return next((m for m in marks if ctypes.addressof(m.contents) == address), None)


def _given(text: Text, address: int) -> str:
    """The replacement that a mark gives."""
    mark, length = _mark(text.item.raw, address), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length)
    buffer = (ctypes.c_ushort * (length.value // 2 + 1))()
    raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", buffer, length.value, length)
    return "".join(map(chr, buffer)).rstrip("\0")


def _drawn(page: pdfium.PdfPage, texts: Sequence[Text]) -> dict[int, str]:
    """What the letters of text objects say, by their place in drawing order; `page` is a copy of theirs."""
    items = list(page.get_objects(max_depth=6))
    wanted = sorted({t.order for t in texts if t.order < len(items)})
    for item in items:
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            for n in reversed(range(raw.FPDFPageObj_CountMarks(item.raw))):
                raw.FPDFPageObj_RemoveMark(item.raw, raw.FPDFPageObj_GetMark(item.raw, n))
    text_page = page.get_textpage()
    found = {}
    for order in wanted:
        length = raw.FPDFTextObj_GetText(items[order].raw, text_page.raw, None, 0)
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFTextObj_GetText(items[order].raw, text_page.raw, buffer, length)
        found[order] = "".join(map(chr, buffer)).rstrip("\0")
    text_page.close()
    page.close()
    return found
