"""How much a document may hold. A report holds far less; what holds more is another kind of file, or made to do harm.

The defaults are listed in `docs/limits.md`; `--limit NAME=NUMBER` changes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from extract.model import UnreadableError

FIGURES = 4
"""Figures of any kind that a text may have for each number that may be a statistic: what has more is not looked at any closer."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Limits:
    """The most of each that is read of one document."""

    pages: int = 500
    words: int = 8_000
    """On a page; a page with more is left out, and this is said."""
    objects: int = 20_000
    """Drawn on a page; a page with more is a map or a drawing, and no tables are looked for."""
    characters: int = 2_000_000
    lines: int = 50_000
    """Of a text file."""
    numbers: int = 6_000
    cells: int = 20_000
    """Of a table."""
    rows: int = 3_000
    """Of a sheet; further ones are left out, and this is said."""
    nesting: int = 120
    """Elements of a web page within one another; what is deeper is left out, and this is said."""
    megabytes: int = 60
    """Of text in a Word document or workbook once it is unpacked; of a sheet a third."""
    pixels: int = 8_000_000
    """Of the picture that a page is drawn as; larger pages are drawn smaller."""

    def changed(self, given: Iterable[tuple[str, int]]) -> Limits:
        """These limits with some changed. Raises KeyError for a name that is none, ValueError for a number under 1."""
        new = dict(given)
        if unknown := sorted(new.keys() - {f.name for f in fields(self)}):
            raise KeyError(unknown[0])
        if any(number < 1 for number in new.values()):
            raise ValueError("a limit is 1 or more")
        return replace(self, **new)

    def check(self, characters: int, figures: int) -> None:
        """Hold the text of a document, or what is known of it so far, to the limits. Raises UnreadableError."""
        if characters > self.characters:
            raise UnreadableError(self._too_long)
        if figures > FIGURES * self.numbers:
            raise UnreadableError(self.too_many_numbers)

    def check_text(self, text: str) -> None:
        """The same for a text. Raises UnreadableError."""
        self.check(len(text), sum(1 for _ in _DIGITS.finditer(text)))

    @property
    def _too_long(self) -> str:
        return f"holds more than {self.characters:,} characters, far more than a complaints report; keep the report's own text and try again"

    @property
    def too_many_numbers(self) -> str:
        """Why a document with more numbers is not read."""
        return f"holds more than {self.numbers:,} numbers, far more than a complaints report; check that it is the right file"


WIDEST = 60
"""Columns that a cell of a table may span."""

_in_force = Limits()


def limits() -> Limits:
    """The limits that hold in this process."""
    return _in_force


def use(new: Limits) -> None:
    """Let other limits hold in this process."""
    global _in_force  # noqa: PLW0603  (a process reads by one set of limits)
    _in_force = new


def drawn_at(scale: float, width: float, height: float) -> float:
    """The scale at which a page of this size is drawn: the one that is wanted, or what the pixels allow."""
    return float(min(scale, (_in_force.pixels / max(1.0, width * height)) ** 0.5))


def number_in(text: object, usual: int, most: int, least: int = 1) -> int:
    """A whole number as an attribute of a file says it, from `least` to `most`; `usual` where it says none.

    >>> number_in("3", 1, 60), number_in("two", 1, 60), number_in("²", 1, 60), number_in("1000000000", 1, 60)
    (3, 1, 1, 60)
    """
    said = str(text or "").strip()
    if not (said.isascii() and said.isdigit()):
        return usual
    return max(least, min(int(said[:12]), most))
