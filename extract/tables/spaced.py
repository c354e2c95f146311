"""Tables in plain text whose columns are kept apart by spaces: read like a page on which every letter is equally wide."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from extract.layout import text_passage
from extract.model import Cell, Table, Word
from extract.tables.alignment import find_aligned
from extract.tables.textual import Found

LETTER, SIZE, LINE = 5.5, 10.0, 12.0
"""Width of a letter, its size, and the distance of lines, in points: those of a typewriter."""
MOST_LINES = 120
_FIGURE_APART = re.compile(r"(?<= {2})[£\d][\d,.]*%?(?=\s|$)")
_PAIR = re.compile(r"^\s*(?=.*[A-Za-z])(\S+(?: \S+)*) {2,}(£?\d[\d,.]*%?(?: ?\([\d,.]+%?\))?)\s*$")
_BRACKET = re.compile(r"(?<!\S)(\d[\d,]*%?)( +)(\([\d.,/]+ ?%?\))")
_CAPTION = re.compile(r"\s*(?:table|figure|fig\.?|chart|graph)\s+\d", re.IGNORECASE)
_APART = re.compile(r"\S(?: {2,})\S")


def spaced_table(lines: list[str], start: int) -> Found:
    """A table that starts at a line."""
    if not _in_columns(lines[start]) or "\t" in lines[start] or _CAPTION.match(lines[start]):
        return [], start
    found, length = _read([_one_cell(line) for line in lines[start : start + MOST_LINES]])
    return found, start + length


def _one_cell(line: str) -> str:
    """A line in which a figure and its share, as in "6   (9%)", stand together."""
    return _BRACKET.sub(lambda m: " " * (len(m[2]) - 1) + m[1] + " " + m[3], line) if "(" in line else line


def _read(lines: list[str]) -> Found:
    """A table that begins with the first of some lines, and how many of them it takes."""
    end = blanks = 0
    for i, text in enumerate(lines):
        if not text.strip():
            blanks += 1
            if blanks > 1:
                break
            continue
        begun = any(_FIGURE_APART.search(lines[n]) for n in range(end))
        if (
            "\t" in text
            or (begun and _CAPTION.match(text))
            or (not _in_columns(text) and (len(text.strip()) > 48 or (blanks and begun)))
        ):
            break
        blanks = 0
        end = i + 1
    apart = [m for i in range(end) for m in _FIGURE_APART.finditer(lines[i])]
    columns = Columns(Counter(m.start() for m in apart), Counter(m.end() for m in apart))
    pairs = [_PAIR.match(lines[i]) for i in range(end) if lines[i].strip()]
    if len(pairs) > 2 and all(pairs):
        # A label and a figure a line, however far apart.
        cells = [Cell(text_passage(m[k]), r, k - 1) for r, m in enumerate(pairs) if m is not None for k in (1, 2)]
        return [Table(cells, None, None, "spaces")], end
    # A blank line parts more than the distance of lines does: rows are counted anew.
    rows: dict[int, int] = {}
    for i in range(end):
        if lines[i].strip():
            rows[i] = (max(rows.values()) + (2 if i - max(rows) > 1 else 1)) if rows else 0
    words = [word for i, row in rows.items() for word in _words(lines[i], row, columns)]
    tables = find_aligned(0, words, [])
    if not tables or tables[0].box is None:
        return [], 0
    first, last = (int(y // LINE) for y in (tables[0].box[1], tables[0].box[3]))
    if first != 0 or last - first < 1:
        return [], 0
    after = next((i for i, row in rows.items() if row > last), end)
    cells = [replace(c, body=text_passage(c.body.text), box=None) for c in tables[0].cells]
    return [Table(cells, None, None, "spaces")], after


def _in_columns(line: str) -> bool:
    return bool(_APART.search(line)) or (len(line) - len(line.lstrip()) >= 12 and len(line.strip()) < 60)


@dataclass(frozen=True)
class Columns:
    """At how many figures a column begins or ends, by place in the line."""

    starts: Counter[int]
    ends: Counter[int]

    def has(self, m: re.Match[str]) -> bool:
        """True for a figure that stands as two others do."""
        return self.ends[m.end()] > 1 or self.starts[m.start()] > 1


def _words(line: str, row: int, columns: Columns) -> list[Word]:
    """The words of a line. A figure that a long label leaves one space is set apart where others of its column stand so."""
    words = []
    apart = _FIGURE_APART.search(line) is not None
    for m in re.finditer(r"\S+", line):
        crowded = apart and columns.has(m) and re.fullmatch(r"[£\d][\d,.]*%?", m.group()) is not None
        shift = 0.7 * LETTER if crowded else 0.0
        top = row * LINE + 0.5
        words.append(Word(m.group(), (m.start() * LETTER + shift, top, m.end() * LETTER, top + SIZE), SIZE))
    return words
