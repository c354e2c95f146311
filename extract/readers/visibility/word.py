"""Word: runs that are hidden, struck out, tiny, or of the colour of what is behind them are taken out before reading.

Source: ECMA-376-1:2016, 17.3.2 (run properties), 17.7.2 (how styles add up), 17.7.3 (properties that toggle), 17.13.5
(revisions). White on something that is not known, such as a picture or a text box over it, is taken as seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from extract.readers.visibility import FAINTEST, SMALLEST, has_words
from extract.readers.visibility.word_behind import (
    HIGHLIGHTS,
    UNKNOWN,
    WHITE,
    Colour,
    by_table_style,
    colour_of,
    over_a_picture,
    shading,
    shape_fill,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOGGLES = ("vanish", "strike", "dstrike")
_TEXT = {_W + name for name in ("t", "tab", "noBreakHyphen", "softHyphen", "sym")}
_REVISED = (_W + "del", _W + "moveFrom")


class Look:
    """How the runs of a document look, by their own properties and their styles."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles = {s.get(_W + "styleId"): s for s in document.styles.element.iter(_W + "style")}
        self._default = next(
            (
                k
                for k, s in self._styles.items()
                if s.get(_W + "type") == "paragraph" and s.get(_W + "default") in ("1", "true")
            ),
            "",
        )
        self._base = _own(document.styles.element.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        self._of_style = cache(self._added_up)

    def strip(self, root: Any) -> bool:
        """Take out of a story what cannot be seen; True if there was anything to read in it."""
        lost = [e for name in _REVISED for e in root.iter(name)]
        lost += [row for row in root.iter(_W + "tr") if row.find(f"{_W}trPr/{_W}del") is not None]
        rows = [row for row in root.iter(_W + "tr") if _on(row.find(f"{_W}trPr"), "hidden")]
        found = any(has_words(_words(e)) for e in (*lost, *rows))
        for row in rows:
            row.getparent().remove(row)
        for run in list(root.iter(_W + "r")):
            how = self._hidden(run)
            if not how:
                continue
            gone = [c for c in run if c.tag != _W + "rPr" and (how == "vanish" or c.tag in _TEXT)]
            found = found or any(has_words(_words(c)) for c in gone)
            for child in gone:
                run.remove(child)
        return found

    def _hidden(self, run: Any) -> str:
        """How a run is hidden, empty where it is seen."""
        look = self._look(run)
        if look.get("vanish"):
            return "vanish"
        if look.get("strike") or look.get("dstrike"):
            return "strike"
        if look.get("webHidden") and not self._in_contents(run):
            return "webHidden"
        if look.get("sz") is not None and look["sz"] / 2 < SMALLEST:
            return "size"
        colour = look.get("color")
        if colour is None:
            # The automatic colour turns white on dark shading; under a black highlighter it stays black.
            return "highlight" if look.get("highlight") == "black" else ""
        if not has_words(_words(run)):
            return ""
        behind = self._behind(run, look)
        return "" if any(b == UNKNOWN or _apart(colour, b) >= FAINTEST for b in behind) else "colour"

    def _look(self, run: Any) -> dict[str, Any]:
        paragraph = next(run.iterancestors(_W + "p"), None)
        named = paragraph.find(f"{_W}pPr/{_W}pStyle") if paragraph is not None else None
        of_paragraph = self._of_style(named.get(_W + "val") if named is not None else self._default)
        properties = run.find(_W + "rPr")
        if properties is None:
            return {**self._base, **of_paragraph}
        character = properties.find(_W + "rStyle")
        of_run = self._of_style(character.get(_W + "val")) if character is not None else {}
        look = {**self._base, **of_paragraph, **of_run}
        for name in _TOGGLES:
            if name in of_paragraph and name in of_run:
                look[name] = of_paragraph[name] != of_run[name]
        return {**look, **_own(properties)}

    def _added_up(self, style: str) -> dict[str, Any]:
        look: dict[str, Any] = {}
        for element in reversed(list(self._chain(style))):
            look |= _own(element.find(_W + "rPr"))
        return look

    def _chain(self, style: str | None) -> Iterator[Any]:
        """A style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            yield element
            based = element.find(_W + "basedOn")
            style = based.get(_W + "val") if based is not None else None

    def _behind(self, run: Any, look: dict[str, Any]) -> list[Colour]:
        """What may be behind a run: the nearest of highlighter, shading of run, paragraph, cell and table, and the
        page."""
        if look.get("highlight"):
            return [HIGHLIGHTS.get(look["highlight"], UNKNOWN)]
        if look.get("shd"):
            return [look["shd"]]
        for element in run.iterancestors():
            found: list[Colour] = []
            if element.tag == _W + "p":
                found = self._of_paragraph(element)
            elif element.tag == _W + "tc":
                found = [shading(element.find(f"{_W}tcPr/{_W}shd"))]
            elif element.tag == _W + "tbl":
                style = element.find(f"{_W}tblPr/{_W}tblStyle")
                chain = list(self._chain(style.get(_W + "val"))) if style is not None else []
                found = [*by_table_style(chain, element, run), shading(element.find(f"{_W}tblPr/{_W}shd"))]
            elif element.tag == _W + "txbxContent":
                return [shape_fill(element)]
            if any(found):
                return [f for f in found if f]
        return [WHITE] if not self._coloured_page and not over_a_picture(self._document, run) else [UNKNOWN]

    def _of_paragraph(self, paragraph: Any) -> list[Colour]:
        own = shading(paragraph.find(f"{_W}pPr/{_W}shd"))
        if own:
            return [own]
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        chain = self._chain(named.get(_W + "val") if named is not None else self._default)
        return [next((s for e in chain if (s := shading(e.find(f"{_W}pPr/{_W}shd")))), "")]

    @cached_property
    def _coloured_page(self) -> bool:
        background = self._document.element.find(_W + "background")
        return background is not None and background.get(_W + "color", "auto").upper() not in ("AUTO", WHITE)

    def _in_contents(self, run: Any) -> bool:
        """True for lines of a contents page, whose page numbers are left out of web views only."""
        paragraph = next(run.iterancestors(_W + "p"), None)
        if paragraph is None:
            return False
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = (named.get(_W + "val") or "").lower() if named is not None else ""
        return style.startswith("toc") or any("PAGEREF" in (i.text or "") for i in paragraph.iter(_W + "instrText"))


def _own(properties: Any) -> dict[str, Any]:
    """The properties that a rPr element sets itself."""
    look: dict[str, Any] = {}
    if properties is None:
        return look
    for name in (*_TOGGLES, "webHidden"):
        element = properties.find(_W + name)
        if element is not None:
            look[name] = _true(element)
    size, colour, mark = (properties.find(_W + name) for name in ("sz", "color", "highlight"))
    if size is not None and (size.get(_W + "val") or "").isdigit():
        look["sz"] = int(size.get(_W + "val"))
    if colour is not None:
        look["color"] = colour_of(colour.get(_W + "val") or "") or None
    if mark is not None:
        look["highlight"] = "" if mark.get(_W + "val") == "none" else mark.get(_W + "val")
    if properties.find(_W + "shd") is not None:
        look["shd"] = shading(properties.find(_W + "shd"))
    return look


def _true(element: Any) -> bool:
    return element.get(_W + "val") not in ("0", "false", "off")


def _on(parent: Any, name: str) -> bool:
    element = parent.find(_W + name) if parent is not None else None
    return element is not None and _true(element)


def _words(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(_W + "t", _W + "delText"))


def _apart(a: Colour, b: Colour) -> int:
    """Steps of 255 between two colours, in the channel in which they differ most."""
    return max(abs(int(a[n : n + 2], 16) - int(b[n : n + 2], 16)) for n in (0, 2, 4))
