"""What the designs share: the words of an element, what a neutral chart says, and where words may be hyphenated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement


def text_of(element: HtmlElement) -> str:
    """All text in an element, in one line."""
    return " ".join("".join(element.itertext()).split())


@dataclass(frozen=True)
class Drawn:
    """A bar chart as `neutral.chart` draws it."""

    title: str
    series: dict[str, str]
    """Colour -> name, which is empty for the only series."""
    rows: list[tuple[str, dict[str, str]]]
    """Category and its values by colour, as printed."""

    @property
    def categories(self) -> list[str]:
        return [name for name, _ in self.rows]

    @property
    def names(self) -> list[str]:
        return list(self.series.values())

    @property
    def values(self) -> dict[tuple[int, int], str]:
        """The values by place of category and series."""
        return {
            (i, j): row[colour]
            for i, (_, row) in enumerate(self.rows)
            for j, colour in enumerate(self.series)
            if colour in row
        }


MARK = "7"
"""Height of the marks of a legend, in which bars are higher."""


def read_chart(svg: HtmlElement) -> Drawn:
    """What a neutral chart says: each bar and each mark stands right before its words."""
    title, series, rows, colour, mark = "", {}, [], "", False
    for e in svg:
        if e.tag == "rect":
            colour, mark = e.get("fill"), e.get("height") == MARK
            series.setdefault(colour, "")
        elif e.get("text-anchor") == "middle":
            title = e.text or ""
        elif e.get("text-anchor") == "end":
            rows.append((e.text, {}))
        elif mark:
            series[colour] = e.text
        else:
            rows[-1][1][colour] = e.text
    return Drawn(title, series, rows)


@cache
def _patterns() -> dict[str, list[int]]:
    """TeX hyphenation patterns by their letters; none where groff is not installed."""
    return {
        re.sub(r"\d", "", word): [int(d or 0) for d in re.split(r"[.a-z]", word)]
        for path in Path("/usr/share/groff").glob("*/tmac/hyphen.us")
        for word in re.findall(r"^[.a-z0-9]+$", path.read_text(encoding="latin-1"), re.M)
    }


def shy(match: re.Match[str]) -> str:
    """A word with soft hyphens where it may be cut."""
    word = match.group()
    dotted = f".{word.lower()}."
    level = [0] * (len(dotted) + 1)
    for i in range(len(dotted)):
        for j in range(i + 1, min(len(dotted), i + 9) + 1):
            for k, value in enumerate(_patterns().get(dotted[i:j], ())):
                level[i + k] = max(level[i + k], value)
    return "".join(
        c if i < 2 or i > len(word) - 3 or level[i + 1] % 2 == 0 else "\u00ad" + c for i, c in enumerate(word)
    )
