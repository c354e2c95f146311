"""Web pages: elements that no browser shows, and text without size or contrast, are taken out before reading.

What an element says of itself, its own class names and the page's own style sheets count; style sheets elsewhere are
not fetched, so white text in a box that they may colour is taken as seen. `aria-hidden` hides from screen readers
only, and closed `details` can be opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from extract.numerals import mentions
from extract.readers.visibility import FAINTEST, has_words
from extract.readers.visibility.css import Sheet

Colour = tuple[int, int, int]

SMALLEST_PIXELS = 2.0
_FAR, _FURTHER = -900.0, -5000.0
"""Pixels to the left or up that take text beyond the edge of any window; what slides sideways is moved by some
windows' widths."""
_STRUCK = {"del", "s", "strike"}
_NEVER = {"template", "noscript"}
_SPOKEN_ONLY = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "govuk-visually-hidden"}
_NOT_SHOWN = {"hidden", "d-none"}
_WIDER = re.compile(
    r"(?:^|\s)(?:(?:sm|md|lg|xl|2xl)!?:(?!hidden)[a-z-]+|d-(?:sm|md|lg|xl|xxl)-(?!none)[a-z-]+)(?=\s|$)"
)
"""Classes that show on wider screens what another hides on narrow ones."""
_NAMES: dict[str, Colour] = {
    "white": (255, 255, 255), "black": (0, 0, 0), "navy": (0, 0, 128), "blue": (0, 0, 255), "red": (255, 0, 0),
    "green": (0, 128, 0), "grey": (128, 128, 128), "gray": (128, 128, 128), "silver": (192, 192, 192),
    "yellow": (255, 255, 0), "maroon": (128, 0, 0), "purple": (128, 0, 128), "teal": (0, 128, 128),
    "whitesmoke": (245, 245, 245), "snow": (255, 250, 250), "ivory": (255, 255, 240), "orange": (255, 165, 0),
}  # fmt: skip
_WHITE: Colour = (255, 255, 255)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "": 1.0}


@dataclass(frozen=True)
class _Look:
    """What an element has from those around it."""

    size: float = 16.0
    colour: Colour | None = None
    """None where it is not known."""
    behind: Colour | None = _WHITE
    visible: bool = True
    clear: bool = False
    """Of a transparent colour."""

    @property
    def shows(self) -> bool:
        faint = (
            self.colour is not None
            and self.behind is not None
            and max(abs(a - b) for a, b in zip(self.colour, self.behind, strict=True)) < FAINTEST
        )
        return self.visible and not self.clear and not faint and self.size > SMALLEST_PIXELS


class Page:
    """One web page, whose hidden text is taken out of its tree."""

    def __init__(self, root: Any, passed_over: Callable[[Any, str], bool]) -> None:
        """`passed_over` names elements that are not read for other reasons, such as menus."""
        self._sheet = Sheet(root)
        self._passed_over = passed_over
        self._linked = any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))
        self._found = False

    def strip(self, body: Any) -> bool:
        """Take out of `body` what cannot be seen; True if there was anything to read in it."""
        look = _Look()
        # Pages are often hidden as a whole until a script has run, so what is around all text hides nothing.
        for element in reversed([body, *body.iterancestors()]):
            look = replace(self._inside(element, self._sheet.of(element), look), visible=True, clear=False)
        self._visit(body, look)
        return self._found

    def _visit(self, element: Any, look: _Look) -> None:
        """Take out what is hidden inside an element that is not; `look` is its own."""
        if not look.shows:
            self._note(" ".join([element.text or "", *(c.tail or "" for c in element)]))
            element.text = None
        for child in list(element):
            if not look.shows:
                child.tail = None
            if (
                not isinstance(child.tag, str)
                or child.tag in ("script", "style")
                or self._passed_over(child, child.tag)
            ):
                continue
            said = self._sheet.of(child)
            if (how := _hidden(child, said)) and child.tag not in ("main", "body"):
                self._note(_all_text(child), how == "spoken")
                child.drop_tree()
            else:
                self._visit(child, self._inside(child, said, look))

    def _note(self, text: str, only_figures: bool = False) -> None:
        """Remember that text was hidden. Asides for screen readers are on most pages; they count if there is a number
        in them."""
        self._found = self._found or (bool(mentions(text)) if only_figures else has_words(text))

    def _inside(self, element: Any, said: dict[str, str], look: _Look) -> _Look:
        """How text in an element looks."""
        named = element.get("class") or element.get("id")
        behind = None if self._linked and named and element.tag not in ("html", "body") else look.behind
        painted = said.get("background-color") or said.get("background") or (element.get("bgcolor") or "").lower()
        if "url(" in painted or "gradient" in painted or said.get("background-image", "none") != "none":
            behind = None
        elif painted:
            behind = _paint(painted, behind)
        if element.tag in ("img", "picture"):
            behind = None
        ink = said.get("color") or (element.get("color") or "" if element.tag == "font" else "").lower()
        colour, clear = look.colour, look.clear
        if ink and ink not in ("inherit", "currentcolor"):
            colour, clear = _colour(ink), _alpha(ink) == 0
            if (
                "text" in (said.get("background-clip"), said.get("-webkit-background-clip"))
                or "-webkit-text-fill-color" in said
            ):
                colour, clear = None, False  # letters filled with a run of colours
        elif element.tag == "a" and element.get("href"):
            colour, clear = None, False
        visible = look.visible if "visibility" not in said else said["visibility"] not in ("hidden", "collapse")
        return _Look(_size(said, look.size), colour, behind, visible, clear)


def _hidden(element: Any, said: dict[str, str]) -> str:
    """How an element is hidden with all that is in it, empty where it is not; "spoken" for asides for screen
    readers."""
    if element.tag in _STRUCK or "line-through" in said.get("text-decoration", "") + said.get(
        "text-decoration-line", ""
    ):
        return "struck out"
    if element.tag in _NEVER or (element.tag == "dialog" and element.get("open") is None):
        return "spoken"
    shown = said.get("display", "none") != "none"
    if element.get("hidden") is not None and not shown:
        return "hidden"
    if said.get("display") == "none" or (re.fullmatch(r"0*\.?0*%?", said.get("opacity", "1")) is not None):
        return "hidden"
    names = set((element.get("class") or "").split())
    if names & _SPOKEN_ONLY and not ("position" in said and said["position"] not in ("absolute", "fixed")):
        return "spoken"
    if names & _NOT_SHOWN and not shown and not _WIDER.search(element.get("class")):
        return "hidden"
    return "away" if _away(said) or _clipped(said) else ""


def _away(said: dict[str, str]) -> bool:
    """True for what is moved beyond the edge of the window."""
    position = said.get("position", "")
    far = {"absolute": _FAR, "fixed": _FAR, "relative": _FURTHER}.get(position)
    moved = [said.get(name, "") for name in ("left", "right", "top", "bottom")] if far else []
    indented = [said.get("text-indent", ""), said.get("margin-left", ""), *said.get("margin", "").split()]
    return (
        any((_length(v) or 0.0) <= (far or 0.0) for v in moved)
        or any((_length(v) or 0.0) <= _FAR for v in indented)
        or "scale(0)" in said.get("transform", "")
    )


def _clipped(said: dict[str, str]) -> bool:
    """True for what is cut down to nothing."""
    rectangle = re.fullmatch(r"rect\(([^)]*)\)", said.get("clip", ""))
    if rectangle and said.get("position") in ("absolute", "fixed"):
        lengths = [_length(v) for v in re.split(r"[\s,]+", rectangle[1].strip())]
        if lengths and all(v is not None and abs(v) <= 1 for v in lengths):
            return True
    if re.match(r"inset\(\s*(?:50|100)%|circle\(\s*0", said.get("clip-path", "")):
        return True
    wide, high = _length(said.get("width", "")), _length(said.get("height", ""))
    return wide is not None and high is not None and max(wide, high) <= 1 and said.get("overflow") in ("hidden", "clip")


def _length(text: str) -> float | None:
    """A length in pixels, None where it is none or depends on what is around."""
    match = re.fullmatch(r"(-?\d*\.?\d+)(px|pt|em|rem|)", text.strip())
    return float(match[1]) * _PIXELS[match[2]] if match else None


def _size(said: dict[str, str], around: float) -> float:
    """The size of type in pixels."""
    short = re.match(r"(?:[a-z]+\s+)*(-?\d*\.?\d+(?:px|pt|em|rem|%)?)\s*[/\s]", said.get("font", "") + " ")
    text = said.get("font-size") or (short[1] if short else "")
    match = re.fullmatch(r"(\d*\.?\d+)(em|%)", text)
    if match:
        return around * float(match[1]) / (100 if match[2] == "%" else 1)
    length = _length(text)
    return length if length is not None else around if text in ("", "inherit") else 16.0


def _paint(text: str, around: Colour | None) -> Colour | None:
    """The colour that a background gives, `around` where it gives none."""
    if text in ("none", "transparent", "inherit", "initial", "unset") or _alpha(text) == 0:
        return around
    found = [c for part in re.findall(r"[a-z]+\([^)]*\)|[#\w-]+", text) if (c := _colour(part))]
    return found[0] if found and _alpha(text) == 1 else None


def _colour(text: str) -> Colour | None:
    """A colour as written, None where it is not known here."""
    if text in _NAMES:
        return _NAMES[text]
    if match := re.fullmatch(r"#([0-9a-f]{3})[0-9a-f]?", text):
        return (int(match[1][0] * 2, 16), int(match[1][1] * 2, 16), int(match[1][2] * 2, 16))
    if match := re.fullmatch(r"#([0-9a-f]{6})(?:[0-9a-f]{2})?", text):
        return (int(match[1][:2], 16), int(match[1][2:4], 16), int(match[1][4:], 16))
    if match := re.match(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)", text):
        return (min(255, int(match[1])), min(255, int(match[2])), min(255, int(match[3])))
    return None


def _alpha(text: str) -> float:
    """How opaque a colour is, from 0 to 1."""
    if text == "transparent":
        return 0.0
    match = re.search(r"(?:rgba?|hsla?)\([^)]*[,/]\s*(0?\.\d+|0|1|\d+%)\s*\)", text)
    if match and (text.count(",") >= 3 or "/" in text):
        return float(match[1].rstrip("%")) / (100 if match[1].endswith("%") else 1)
    hexed = re.fullmatch(r"#[0-9a-f]{3}([0-9a-f])|#[0-9a-f]{6}([0-9a-f]{2})", text)
    return int((hexed[1] or "") * 2 or hexed[2], 16) / 255 if hexed else 1.0


def _all_text(element: Any) -> str:
    return " ".join(
        t
        for e in element.iter()
        if isinstance(e.tag, str) and e.tag not in ("script", "style")
        for t in (e.text, *(c.tail for c in e))
        if t
    )
