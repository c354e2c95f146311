"""Tables with a cell a line whose heads and labels may run over several lines, as text of Word documents on the web gives them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.numerals import ARROWS
from extract.tables.celled import LONGEST, MOST_LINES, WIDEST
from extract.tables.period_heads import HEAD
from extract.tables.textual import Found, is_figure, table_of
from extract.tables.titles import CAPTION
from extract.words import words_of

MOST_HEADS = 4 * WIDEST
"""Lines over the first figure: heads, each of a few lines, and the first label."""
LONGEST_LABEL = 3
"""Lines of a label."""
LONGEST_HEAD = 60
"""Characters of a head; what is longer is a title or a sentence."""
MOST_BLANK = 13
"""Blank lines between two cells: those of the empty cells behind the name of a group."""
LONGEST_PART = 18
"""Characters of a line of heads that are all of several lines."""
_TREND = re.compile(rf"[{ARROWS}]+")
_BRACKETED = re.compile(r"\(\s*(?P<figure>[£\d][\d,.]*\s?%?)\s*\)")
"""A figure that stands in brackets, as those of the year before may."""
_TITLE = re.compile(r"(?:\d{1,2}\.(?:\d{1,2})*|[A-Z]\.|\d{1,2}\))\s")
"""How a numbered title begins."""
_PERIOD = re.compile(HEAD)
_OPEN = re.compile(rf"(?:\w\s?[-/&,(]|\b(?:{'|'.join(words_of('cell goes on'))}))$", re.IGNORECASE)
"""How a line ends whose cell goes on in the next."""
_CONTINUED = re.compile(r"[a-z(/&]|\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]+$")
"""How a line begins that goes on with a cell: small, in brackets, or with a date."""


@dataclass(frozen=True)
class _Line:
    at: int
    text: str
    empty: int
    """Empty cells between the cell before it and this one: lines of the table with nothing on them."""
    close: bool
    """Whether it stands right under the line before it."""

    @property
    def is_value(self) -> bool:
        return is_figure(self.text) or any(p.fullmatch(self.text) for p in (_TREND, _BRACKETED))

    @property
    def value(self) -> str:
        bracketed = _BRACKETED.fullmatch(self.text)
        return bracketed["figure"] if bracketed else self.text


def cell_lines_table(lines: list[str], start: int) -> Found:
    """A table with a cell a line: heads, then for each row a label and a figure for each head, each of one line or more.

    How many columns there are, the most common run of figures says. Where the lines over the first figure make that many
    heads in no one way, the table is left unread.
    """
    opening = lines[start].strip()
    if not opening or is_figure(opening) or any(p.match(opening) for p in (_TITLE, CAPTION, _CONTINUED)):
        return [], start
    if not any(line.is_value for line in itertools.islice(_run(lines, start), 1, MOST_HEADS)):
        return [], start
    cells = _whole_cells(list(_run(lines, start)))
    first = next((n for n, cell in enumerate(cells) if n and cell.is_value), 0)
    for width in _widths(cells[first:]):
        for size in range(1, min(LONGEST_LABEL, first - 1) + 1):
            label = cells[first - size : first]
            grouped = label[0].empty >= width  # the line over it names the rows that follow
            begin = first - size - grouped
            heads = _heads([cell.text for cell in cells[:begin]], width)
            if not heads or not _is_one(cells[first - size - 1], label):
                continue
            body, taken = _body(cells[begin:], width)
            if sum(len(row) > 1 for row in body) > 1:
                return [table_of([heads, *body], "lines")], cells[begin + taken - 1].at + 1
    return [], start


def _run(lines: list[str], start: int) -> Iterator[_Line]:
    """The short lines from one on, up to a sentence or many blank lines."""
    blank = 0
    for i in range(start, min(len(lines), start + MOST_LINES)):
        text = lines[i].strip()
        if not text:
            blank += 1
            continue
        if blank > MOST_BLANK or len(text) > LONGEST or re.search(r"[\t|]|[a-z][.;:]$|.{25}\.$", text):
            return
        yield _Line(i, text, max(0, (blank - 1) // 2), blank == 0)
        blank = 0


def _whole_cells(cells: list[_Line]) -> list[_Line]:
    """The cells, with those of several lines put together where blank lines stand between nearly all of them."""
    close = sum(cell.close for cell in cells[1:])
    if not close or close > MOST_CLOSE * len(cells):
        return cells
    whole: list[_Line] = []
    for cell in cells:
        if whole and cell.close and (cell.text[0] == "(" or not (cell.is_value or whole[-1].is_value)):
            whole[-1] = replace(whole[-1], at=cell.at, text=f"{whole[-1].text} {cell.text}")
        else:
            whole.append(cell)
    return whole


def _widths(cells: Sequence[_Line]) -> list[int]:
    """How many figures a row may have: the lengths of the runs of figures, the most common first, the longer of equals."""
    runs = Counter(len(list(run)) for figures, run in itertools.groupby(cells, lambda cell: cell.is_value) if figures)
    sizes = sorted(runs, key=lambda size: (-runs[size], -size))
    return [size for size in sizes if 1 < size <= WIDEST][:MOST_WIDTHS]


MOST_CLOSE = 0.3
"""Share of the lines that may stand right under another where blank lines part the cells."""
MOST_WIDTHS = 3
"""Lengths of a row that are tried."""


def _is_one(above: _Line, label: Sequence[_Line]) -> bool:
    """True where the lines of a label belong together, and not with the line above them."""
    return not _goes_on(above.text, label[0].text) and all(
        _goes_on(a.text, b.text) for a, b in itertools.pairwise(label)
    )


def _goes_on(above: str, text: str) -> bool:
    return not _PERIOD.fullmatch(text) and bool(_OPEN.search(above) or _CONTINUED.match(text))


def _heads(texts: list[str], width: int) -> list[str]:
    """The head of the labels, which may be missing, and those of the columns; nothing where the lines make them in no clear way."""
    if not texts or any(is_figure(text) or _TITLE.match(text) for text in texts):
        return []
    for heads in (
        texts,
        _joined(texts),
        _with_periods(texts),
        _closed_by_periods(texts, width),
        *_of_equal_lines(texts, width),
    ):
        if len(heads) in (width, width + 1) and max(map(len, heads)) <= LONGEST_HEAD:
            corner, *columns = ["", *heads][-width - 1 :]
            return [] if _PERIOD.fullmatch(corner) else [corner, *columns]
    return []


def _closed_by_periods(texts: Sequence[str], width: int) -> list[str]:
    """Heads of which each ends in a period, behind the head of the labels: "Directorate", "Stage 1", "2022/23", "Upheld or", "partly", "2022/23"."""
    ends = [n + 1 for n, text in enumerate(texts) if _PERIOD.fullmatch(text)]
    sizes = [b - a for a, b in itertools.pairwise([0, *ends])]
    if len(ends) != width or ends[-1] != len(texts) or min(sizes) < 2 or not 2 < sizes[0] <= max(sizes[1:]) + 1:
        return []
    return [texts[0], *(" ".join(texts[a:b]) for a, b in itertools.pairwise([1, *ends]))]


MOST_TITLES = 2
"""Lines that may stand over a table as its title."""


def _of_equal_lines(texts: Sequence[str], width: int) -> Iterator[list[str]]:
    """Heads of as many lines each, behind the head of the labels; none where a title over heads of one line each is likelier."""
    if len(texts) - width - 1 <= MOST_TITLES:
        return
    for corner in (1, 2, 3, 0):
        size, over = divmod(len(texts) - corner, width)
        if over or not 1 < size <= LONGEST_LABEL or max(map(len, texts)) > LONGEST_PART:
            continue
        groups = [texts[:corner]] * bool(corner) + [texts[n : n + size] for n in range(corner, len(texts), size)]
        parted = any(_goes_on(a[-1], b[0]) for a, b in itertools.pairwise(groups))
        if not parted and all(sum(_PERIOD.fullmatch(text) is not None for text in group) < 2 for group in groups):
            yield [" ".join(group) for group in groups]


def _with_periods(texts: Sequence[str]) -> list[str]:
    """Heads that are put together, two periods or more each with the words over it; none where one would stand alone or beside another."""
    heads: list[str] = []
    dated = 0
    for head in _joined(texts):
        if not (_PERIOD.fullmatch(head) and head[-1].isdigit()):
            heads.append(head)
        elif len(heads) < 2 or heads[-1][-1].isdigit():
            return []
        else:
            heads[-1] = f"{heads[-1]} {head}"
            dated += 1
    return heads if dated > 1 else []


def _joined(texts: Sequence[str]) -> list[str]:
    """Lines put together where one goes on with the one before."""
    heads: list[str] = []
    for n, text in enumerate(texts):
        title = n == 1 and text[0].isupper() and len(texts[0]) > LONGEST_PART
        if heads and _goes_on(texts[n - 1], text) and not title:
            heads[-1] = f"{heads[-1]} {text}"
        else:
            heads.append(text)
    return heads


def _body(cells: Sequence[_Line], width: int) -> tuple[list[list[str]], int]:
    """Rows of labels and figures as long as they fit, and how many of the cells they take."""
    rows: list[list[str]] = []
    at = 0
    while at < len(cells):
        label = list(itertools.takewhile(lambda cell: not cell.is_value, cells[at:]))
        run = list(itertools.takewhile(lambda cell: cell.is_value, cells[at + len(label) :]))
        end = at + len(label) + len(run)
        last = not any(cell.is_value for cell in cells[end:])
        unnamed = [cell.value for cell in run[width:]] if rows and last and len(run) == 2 * width else []
        figures = _with_empty(run[: len(run) - len(unnamed)], cells[end].empty if end < len(cells) else 0, width)
        if not label or not figures or len(label) > LONGEST_LABEL:
            break
        *groups, own = _joined([cell.text for cell in label])
        rows += [*([group] for group in groups), [own, *figures], *([["", *unnamed]] if unnamed else [])]
        at = end
    return rows, at


def _with_empty(run: Sequence[_Line], behind: int, width: int) -> list[str]:
    """The figures of a row, with the empty cells among them where it takes these to fill it; nothing where it is not filled."""
    if len(run) == width:
        return [cell.value for cell in run]
    cells = [text for cell in run for text in (*[""] * cell.empty, cell.value)]
    cells += [""] * min(behind, width - len(cells))
    return cells if len(cells) == width and run else []
