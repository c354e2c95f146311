"""Web pages: the rules of a page's own style sheets, as far as they can hide text.

A small part of CSS: selectors of tags, classes and ids, descendants and children; rules for screens. Whatever else a
selector asks for (a state, an attribute, a place among siblings) makes its rule one that is passed over: text that
only such a rule hides is read. Source: CSS Cascading and Inheritance Level 4, 6; Selectors Level 3, 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_PROPERTIES = {
    "display", "visibility", "opacity", "font", "font-size", "color", "background", "background-color",
    "background-image", "background-clip", "-webkit-background-clip", "-webkit-text-fill-color", "clip", "clip-path",
    "position", "left", "right", "top", "bottom", "text-indent", "margin", "margin-left", "height", "width", "overflow",
    "text-decoration", "text-decoration-line", "transform",
}  # fmt: skip
_ON_SCREEN = re.compile(r"(?:only\s+)?(?:all|screen)?", re.IGNORECASE)
_COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*|\*)?(?P<rest>(?:[.#][A-Za-z_-][\w-]*)*)", re.IGNORECASE)
MOST_RULES = 20_000

Declarations = dict[str, tuple[str, bool]]
"""Property -> its value in lower case, and whether it is important."""


@dataclass(frozen=True)
class _Compound:
    tag: str
    ids: tuple[str, ...]
    classes: frozenset[str]

    def fits(self, element: Any) -> bool:
        if not isinstance(element.tag, str) or (self.tag and element.tag != self.tag):
            return False
        if self.ids and any(element.get("id") != i for i in self.ids):
            return False
        return not self.classes or self.classes <= set((element.get("class") or "").split())


@dataclass(frozen=True)
class _Rule:
    parts: tuple[tuple[str, _Compound], ...]
    """Compounds from the element outwards, each with the combinator towards the one before."""
    specificity: tuple[int, int, int]
    declarations: Declarations

    def fits(self, element: Any) -> bool:
        return _fits(element, self.parts)


def _fits(element: Any, parts: tuple[tuple[str, _Compound], ...]) -> bool:
    (_, own), *outer = parts
    if not own.fits(element):
        return False
    if not outer:
        return True
    rest = tuple(outer)
    if outer[0][0] == ">":
        parent = element.getparent()
        return parent is not None and _fits(parent, rest)
    return any(_fits(ancestor, rest) for ancestor in element.iterancestors())


class Sheet:
    """The style sheets in a page."""

    def __init__(self, root: Any) -> None:
        self._by_key: dict[str, list[tuple[int, _Rule]]] = {}
        count = 0
        for style in root.iter("style"):
            if (
                not _ON_SCREEN.fullmatch((style.get("media") or "").strip())
                or next(style.iterancestors("noscript"), None) is not None
            ):
                continue
            for rule in _rules(re.sub(r"/\*.*?\*/|<!--|-->", " ", style.text or "", flags=re.DOTALL)):
                count += 1
                if count <= MOST_RULES:
                    self._by_key.setdefault(_key(rule), []).append((count, rule))

    def of(self, element: Any) -> dict[str, str]:
        """What the rules and the style attribute say of an element itself, property -> value."""
        keys = [element.tag, *(f".{c}" for c in (element.get("class") or "").split()), f"#{element.get('id')}", "*"]
        own = element.get("style")
        found = [r for k in keys for r in self._by_key.get(k, ()) if r[1].fits(element)] if self._by_key else []
        if not found and not own:
            return {}
        found.sort(key=lambda r: (r[1].specificity, r[0]))
        layers = [r.declarations for _, r in found] + ([declarations(own)] if own else [])
        said: dict[str, str] = {}
        for important in (False, True):
            for layer in layers:
                said |= {name: value for name, (value, marked) in layer.items() if marked == important}
        return said


def declarations(text: str) -> Declarations:
    """The declarations of a block or a style attribute that can hide text."""
    found: Declarations = {}
    for part in re.split(r";(?![^(]*\))", text):
        name, colon, value = part.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if colon and name in _PROPERTIES:
            bare = re.sub(r"\s*!\s*important$", "", value)
            if bare:
                found[name] = (bare, bare != value)
    return found


def _rules(text: str) -> Iterator[_Rule]:
    for head, body in _blocks(text):
        if head.startswith("@"):
            media = re.fullmatch(r"@media\b(.*)", head, re.IGNORECASE | re.DOTALL)
            if media and _ON_SCREEN.fullmatch(media[1].strip()):
                yield from _rules(body)
            continue
        said = declarations(body) if "{" not in body else {}
        for selector in head.split(",") if said else ():
            parts = _selector(selector.strip())
            if parts:
                compounds = [c for _, c in parts]
                specificity = (
                    sum(len(c.ids) for c in compounds),
                    sum(len(c.classes) for c in compounds),
                    sum(bool(c.tag) for c in compounds),
                )
                yield _Rule(parts, specificity, said)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """What stands before each pair of braces, and in it."""
    depth, start, head = 0, 0, ""
    for match in re.finditer(r"[{};]", text):
        mark = match.group()
        if mark == "{":
            if depth == 0:
                head, start = text[start : match.start()].strip(), match.end()
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                yield head, text[start : match.start()]
                start = match.end()
        elif depth == 0:
            start = match.end()  # a statement such as @import


def _selector(text: str) -> tuple[tuple[str, _Compound], ...]:
    """A selector from its element outwards, empty where it asks for more than tags, classes and ids."""
    tokens = re.sub(r"\s*>\s*", " > ", text).split()
    parts: list[tuple[str, _Compound]] = []
    combinator = " "
    for token in tokens:
        if token == ">":
            combinator = ">"
            continue
        match = _COMPOUND.fullmatch(token)
        if not match or not token:
            return ()
        names = re.findall(r"[.#][\w-]+", match["rest"])
        tag = (match["tag"] or "").lower().replace("*", "")
        ids = tuple(n[1:] for n in names if n[0] == "#")
        compound = _Compound(tag, ids, frozenset(n[1:] for n in names if n[0] == "."))
        if parts:
            parts[-1] = (combinator, parts[-1][1])
        parts.append((" ", compound))
        combinator = " "
    # Turned round, each compound but the first carries the combinator between it and the one inside it.
    return ((" ", parts[-1][1]), *reversed(parts[:-1])) if parts else ()


def _key(rule: _Rule) -> str:
    own = rule.parts[0][1]
    if own.ids:
        return f"#{own.ids[0]}"
    return f".{min(own.classes)}" if own.classes else own.tag or "*"
