"""Word: what is behind a run of text.

Source: ECMA-376-1:2016, 17.3.2.15 (highlight), 17.3.5 (shading), 17.7.6 (table styles), 20.4.2.3 (anchored drawings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

Colour = str
"""Six hexadecimal digits, empty for none, or UNKNOWN."""
UNKNOWN, WHITE = "?", "FFFFFF"
HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": WHITE, "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"
_LARGE = 5_000_000
"""English Metric Units (360,000 a centimetre) of height from which a picture in a header is a background and no
logo."""
_LOOKS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}


def colour_of(text: str) -> Colour:
    """A colour as written in a document; empty for `auto`."""
    return text.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", text) else ""


def shading(element: Any) -> Colour:
    """The colour of a shd element, empty where it shades nothing."""
    if element is None:
        return ""
    pattern, fill = element.get(_W + "val", "clear"), colour_of(element.get(_W + "fill", ""))
    if pattern == "solid":
        return colour_of(element.get(_W + "color", "")) or "000000"
    if pattern not in ("clear", "nil"):
        return UNKNOWN
    return fill or (UNKNOWN if element.get(_W + "themeFill") else "")


def by_table_style(chain: Sequence[Any], table: Any, run: Any) -> list[Colour]:
    """Every shading that a table's style may give the cell of a run; `chain` is the style and those it is based on."""
    rows = list(table.iter(_W + "tr"))
    above = list(run.iterancestors())
    row = next((r for r in rows if r in above), None)
    cells = list(row.iter(_W + "tc")) if row is not None else []
    cell = next((n for n, c in enumerate(cells) if c in above), 0)
    look = table.find(f"{_W}tblPr/{_W}tblLook")

    def on(name: str) -> bool:
        if look is None:
            return name not in ("noHBand", "noVBand")
        if (value := look.get(_W + name)) is not None:
            return value in ("1", "true", "on")
        return bool(int(look.get(_W + "val") or "0", 16) & _LOOKS[name])

    applies = {
        "firstRow": on("firstRow") and row is not None and row is rows[0],
        "lastRow": on("lastRow") and row is not None and row is rows[-1],
        "firstCol": on("firstColumn") and cell == 0,
        "lastCol": on("lastColumn") and cell == len(cells) - 1,
        **dict.fromkeys(("band1Horz", "band2Horz"), not on("noHBand")),
        **dict.fromkeys(("band1Vert", "band2Vert"), not on("noVBand")),
    }
    applies |= {name: on("firstRow") or on("lastRow") for name in ("nwCell", "neCell", "swCell", "seCell")}
    found = []
    for style in chain:
        found.append(shading(style.find(f"{_W}tcPr/{_W}shd")))
        for part in style.iter(_W + "tblStylePr"):
            if applies.get(part.get(_W + "type"), True):
                found.append(shading(part.find(f"{_W}tcPr/{_W}shd")))
    return [f for f in found if f]


def shape_fill(box: Any) -> Colour:
    """The fill of the shape around a text box, UNKNOWN where it has none: then whatever is behind it is seen."""
    shape = next(box.iterancestors(_WPS + "wsp"), None)
    fill = shape.find(f"{_WPS}spPr/{_A}solidFill/{_A}srgbClr") if shape is not None else None
    return colour_of(fill.get("val", "")) or UNKNOWN if fill is not None and not len(fill) else UNKNOWN


def over_a_picture(document: Any, run: Any) -> bool:
    """True where a picture or shape lies behind the text of the run's page, or of all pages."""
    body = document.element.body
    if any(_behind(header, _LARGE) for header in _headers(document)):
        return True
    return body in run.iterancestors() and any(run in page and _behind(page) for page in _pages(body))


def _headers(document: Any) -> Iterator[list[Any]]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/header", "/footer")):
            header = getattr(relation.target_part, "element", None)
            yield list(header.iter()) if header is not None else []


def _pages(body: Any) -> Iterator[list[Any]]:
    """The elements of each page, as far as breaks and Word's own notes of where pages ended tell."""
    page: list[Any] = []
    for element in body.iter():
        ends = element.tag in (_W + "lastRenderedPageBreak", _W + "sectPr", _W + "pageBreakBefore")
        if ends or (element.tag == _W + "br" and element.get(_W + "type") == "page"):
            yield page
            page = []
        page.append(element)
    yield page


def _behind(elements: Sequence[Any], height: int = 0) -> bool:
    """True where one of the elements is a drawing behind the text, of at least that height."""
    for element in elements:
        if element.tag == _WP + "anchor" and element.get("behindDoc") in ("1", "true"):
            extent = element.find(_WP + "extent")
            if extent is None or int(extent.get("cy") or "0") >= height:
                return True
        vector = isinstance(element.tag, str) and element.tag.startswith(_V) and not height
        if vector and re.search(r"z-index:\s*-", element.get("style") or ""):
            return True
    return False
