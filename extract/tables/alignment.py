"""Tables without rulings: rows whose figures stand below one another.

Rows are found by their figures; words in the label column are then given to the row they belong to, by shading or
rules between rows where there are any, else by the spaces between lines. Heads are the words above the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from extract.layout import NUMBERING, rows_of, without_marks
from extract.model import Box, Cell, Table, Word, passage, union
from extract.numerals import cell_mentions
from extract.tables.titles import is_title

_PLACEHOLDER = re.compile(
    r"[–—-]+|[nN]/?[aA]|\.{1,4}|…|:|\*{1,3}|\(?(?:NA|NM|X|Z|D|W|S)\)?|[(−-]?\$?\d[\d,]*\.\d+\s?[–-]\s?\$?\d[\d,]*\.\d+\)?|\(\$?\d[\d,.]*\s?%?\)"
    r"|\(?[^\w\s(£$%]{1,3}\)?|[£$]?\d[\d,.]*\s?%?[!*†‡§¶]+|[<>≤≥]\s?\d[\d,.]*%?"
)
"""What stands in a table for a figure: nothing to report, suppressed, a range, a loss in brackets."""
_THOUSANDS = re.compile(r"\(?['’‘]?000['’]?s?\)?")
"""A unit in a head, "(000)"."""
_DAYS = re.compile(r"(?:\d+\s?(?:-|–|to)\s?)?\d+\+?\s+(?:working\s+|calendar\s+)?days?$", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?\d?$")
_PROSE_END = re.compile(r"[.;:]$")
MOST_COLUMNS = 60
REACH = 4.6
"""Lines that may lie between the figures of two rows, in multiples of the letter size: labels that wrap."""


@dataclass
class _Line:
    chunks: list[list[Word]]
    """Words of the line, cut where the space is wider than between words."""
    led: bool = False
    """Dots led from label to figures."""
    top: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)
    cells: list[list[Word]] = field(default_factory=list)
    """Chunks known to be cells of figure columns though one of them is no figure."""

    def __post_init__(self) -> None:
        words = [w for chunk in self.chunks for w in chunk]
        self.top = min(w.box[1] for w in words)
        self.bottom = max(w.box[3] for w in words)
        self.size = median(w.size for w in words) or self.bottom - self.top

    @property
    def words(self) -> list[Word]:
        return [w for chunk in self.chunks for w in chunk]

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def figures(self) -> list[list[Word]]:
        """The chunks at the right that are figures; none where words stand to the right of a figure."""
        if self.cells:
            return self.cells
        if len(self.chunks) > MOST_COLUMNS:
            return []  # no table of a report, and to hold each against each would take too long
        found = [c for n, c in enumerate(self.chunks) if is_figure(c) and not self._names_days(n)]
        if not found or any(c[0].box[0] > found[0][0].box[0] for c in self.chunks if c not in found):
            return []
        return found

    def _names_days(self, n: int) -> bool:
        """True for "10 working days" at the beginning of a row: a label though it is a figure."""
        return n == 0 and len(self.chunks) > 1 and _DAYS.match(" ".join(w.text for w in self.chunks[0])) is not None

    @property
    def labels(self) -> list[list[Word]]:
        if self.cells:
            return [c for c in self.chunks if c not in self.cells]
        return [c for n, c in enumerate(self.chunks) if not is_figure(c) or self._names_days(n)]

    @property
    def right(self) -> float:
        return self.words[-1].box[2]


def is_figure(chunk: list[Word]) -> bool:
    """True for words that are one figure, or what stands for one."""
    return (
        0 < len(chunk) <= 6 and not _THOUSANDS.fullmatch(chunk[0].text) and _is_figure(" ".join(w.text for w in chunk))
    )


@lru_cache(20_000)
def _is_figure(text: str) -> bool:
    return bool(cell_mentions(text) or _PLACEHOLDER.fullmatch(text))


def chunks_of(row: Iterable[Word]) -> list[list[Word]]:
    """The words of a row, cut where the space is wider than between words; a justified line of text is one."""
    return [[*chunk] for chunk in _chunks_of(tuple(row))]


@lru_cache(maxsize=2_000)
def _chunks_of(row: tuple[Word, ...]) -> list[list[Word]]:
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(row)]
    size = median(w.size for w in row) if row else 0
    usual = median(gaps) if gaps else 0.0
    wordy = sum(w.text[:1].isalpha() for w in row) > 0.6 * len(row)
    justified = wordy and len(gaps) >= 4 and usual < 1.6 * size and max(gaps) < 2.4 * max(usual, 0.3 * size)
    # Justified text in two columns: its spaces are wide, the gutter is wider.
    ordered = sorted(gaps)
    even = len(gaps) >= 6 and ordered[len(gaps) * 3 // 4] < 1.5 * max(ordered[len(gaps) // 4], 0.1)
    spread = 1.7 * usual if wordy and even and 0.5 * size < usual < 1.6 * size else 0.0
    limit = 1e9 if justified else max(0.9 * max(size, 6), spread)
    chunks: list[list[Word]] = []
    for n, word in enumerate(row):
        if chunks and gaps[n - 1] <= limit:
            chunks[-1].append(word)
        else:
            chunks.append([word])
    if len(chunks) > 1 and NUMBERING.match(" ".join(w.text for w in chunks[0])):
        # A paragraph number before its text is no column.
        chunks = [chunks[0] + chunks[1], *chunks[2:]]
    return chunks


def without_leaders(chunks: list[list[Word]]) -> list[list[Word]]:
    """The chunks of a line without the dots that lead from a label to its figures, and with a currency sign beside its figure."""
    result: list[list[Word]] = []
    for chunk in chunks:
        result += _cut_at_leaders(chunk)
    joined: list[list[Word]] = []
    for chunk in result:
        if (joined and [w.text for w in joined[-1]] in (["$"], ["£"], ["€"]) and is_figure(chunk)) or (
            joined and [w.text for w in chunk] in (["%"], ["%)"]) and is_figure(joined[-1])
        ):
            joined[-1] = [*joined[-1], *chunk]
        else:
            joined.append(chunk)
    return joined


def _cut_at_leaders(chunk: list[Word]) -> list[list[Word]]:
    """A chunk cut where dots lead on: "Medicare . . . . 36.5" is a label and a figure."""
    if not any(w.text[0] in ".·_…" or w.text.endswith(("....", "……")) for w in chunk):
        return [chunk]
    dots = [re.fullmatch(r"[.·_…]+", w.text) is not None for w in chunk]
    runs = [
        n for n in range(len(chunk)) if dots[n] and (len(chunk[n].text) > 2 or sum(dots[max(0, n - 2) : n + 3]) > 2)
    ]
    if len(chunk) == 1 and len(chunk[0].text) < 5:
        return [chunk]  # a placeholder
    parts: list[list[Word]] = [[]]
    for n, word in enumerate(chunk):
        text = word.text
        if n in runs:
            if parts[-1]:
                parts.append([])
            continue
        tail = re.search(r"(?:\.{4,}|…{2,})$", text)
        if tail and len(tail.group()) < len(text):
            parts[-1].append(replace(word, text=text[: tail.start()]))
            parts.append([])
            continue
        parts[-1].append(word)
    return [part for part in parts if part]


def find_aligned(page: int, words: list[Word], separators: list[Box]) -> list[Table]:
    """Borderless tables among words that are in no ruled table.

    `separators` are drawn lines and shaded boxes: what lies between two of them belongs together.
    """
    lines = []
    for row in rows_of(words):
        cut = chunks_of(row)
        if chunks := without_leaders(cut):
            lines.append(_Line(chunks, led=sum(map(len, chunks)) < len(row) or len(chunks) > len(cut)))
    lines = _without_contents(lines)
    tables: list[Table] = []
    i = 0
    while i < len(lines):
        body = _body(lines, i) if lines[i].figures else []
        body = _rows_above(lines, body) + body
        columns = _columns([lines[n] for n in body])
        if body and columns and _is_table(lines, body, columns):
            last = tables[-1].box[3] if tables and tables[-1].box else 0.0
            first, heads = _heads(lines, body[0], columns, last)
            end = _tail(lines, body[-1], columns)
            if first == heads and _first_of_groups(lines, first - 1, end):
                first = heads = first - 1
            table = _table(page, lines[first:heads], lines[heads:end], columns, separators)
            tables.append(table)
            i = end
        else:
            i += 1
    return tables


def _centre(chunk: list[Word]) -> float:
    return (chunk[0].box[0] + chunk[-1].box[2]) / 2


def _body(lines: list[_Line], start: int) -> list[int]:
    """The lines with figures, from `start` on, that are rows of one table."""
    body = [start]
    reach = [_extent(c) for c in lines[start].figures]
    i = start + 1
    while i < len(lines):
        line, last = lines[i], lines[body[-1]]
        size = max(line.size, last.size)
        if line.top - lines[i - 1].bottom > REACH * size or line.top - last.bottom > 2.2 * REACH * size:
            break
        if (not line.figures and _keeps_to(line, reach)) or _label_is_a_figure(line, reach):
            line.cells = line.chunks[1:]
        if line.figures:
            in_columns = all(any(_meets(_extent(c), r) for r in reach) for c in line.figures)
            if not in_columns and not _next_row(lines[body[-1]], line):
                break
            if line.labels and line.labels[-1][-1].box[2] > min(r[0] for r in reach) + 2:
                break
            reach += [_extent(c) for c in line.figures]
            body.append(i)
        elif line.right > min(r[0] for r in reach) - 1 or _opens_a_table(lines, start, i):
            break  # words under the figures: the table is over
        i += 1
    return body


def _opens_a_table(lines: list[_Line], start: int, n: int) -> bool:
    """True for a year alone over a row with a label of its own, where one stands over the first row, too, and no heads over that:
    the next of several tables under one another."""

    def year(k: int) -> bool:
        return 0 <= k < len(lines) and YEAR.fullmatch(lines[k].text) is not None

    after = lines[n + 1] if n + 1 < len(lines) else None
    headed = start > 1 and len(lines[start - 2].chunks) > 1
    return year(n) and year(start - 1) and not headed and after is not None and bool(after.labels and after.figures)


def _label_is_a_figure(line: _Line, reach: list[tuple[float, float]]) -> bool:
    """True where every chunk is a figure and the first stands left of all columns, as a label such as "<1" or "2007" does."""
    first, rest = line.chunks[0], line.chunks[1:]
    return (
        len(line.figures) == len(line.chunks) > 1
        and first[-1].box[2] < min(r[0] for r in reach) - 4
        and all(any(_meets(_extent(c), r) for r in reach) for c in rest)
    )


def _rows_above(lines: list[_Line], body: list[int]) -> list[int]:
    """Rows right over the first of a table that have a word among their figures."""
    found: list[int] = []
    reach = [_extent(c) for n in body for c in lines[n].figures]
    n = body[0] - 1 if body else -1
    while n >= 0 and lines[n + 1].top - lines[n].bottom < REACH * lines[n].size and not lines[n].figures:
        if not _keeps_to(lines[n], reach):
            break
        lines[n].cells = lines[n].chunks[1:]
        found.insert(0, n)
        n -= 1
    return found


def _keeps_to(line: _Line, reach: list[tuple[float, float]]) -> bool:
    """True for a label and cells that stand in the columns of figures, most of them figures, one perhaps a word: "n/k"."""
    cells = line.chunks[1:]
    figures = [c for c in cells if is_figure(c)]
    return (
        len(cells) > 1
        and 2 * len(figures) >= len(cells)
        and not all(YEAR.match(" ".join(w.text for w in c)) for c in figures)
        and all(len(c) <= 3 and any(_meets(_extent(c), r) for r in reach) for c in cells)
        and line.chunks[0][-1].box[2] < min(r[0] for r in reach) + 2
    )


def _next_row(above: _Line, line: _Line) -> bool:
    """True where a line follows as the next row although its figures stand in other columns, as in tables with many empty cells."""
    if not line.labels or not above.labels:
        return False
    close = line.top - above.bottom < 1.6 * line.size
    return close and abs(line.labels[0][0].box[0] - above.labels[0][0].box[0]) < 6 and len(line.labels) == 1


def _extent(chunk: list[Word]) -> tuple[float, float]:
    return chunk[0].box[0], chunk[-1].box[2]


def _meets(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """True where two figures stand in one column: overlapping, or nearly so at one side or in the middle."""
    return (a[0] < b[1] and b[0] < a[1]) or min(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(sum(a) - sum(b)) / 2) < 9


def _columns(lines: list[_Line]) -> list[tuple[float, float]]:
    """Left and right of each column of figures."""
    bands: list[tuple[float, float]] = []
    for x0, x1 in sorted(_extent(c) for line in lines for c in line.figures):
        if bands and (x0 <= bands[-1][1] + 1 or abs(x1 - bands[-1][1]) < 6):
            bands[-1] = (bands[-1][0], max(bands[-1][1], x1))
        else:
            bands.append((x0, x1))
    return bands


def _without_contents(lines: list[_Line]) -> list[_Line]:
    """The lines without those of a table of contents: four or more that dots lead to page numbers which never fall."""
    entries = [
        n for n, line in enumerate(lines) if line.led and line.words[-1].text.isdigit() and len(line.figures) == 1
    ]
    run: list[int] = []
    gone: set[int] = set()
    for n in [*entries, len(lines)]:
        goes_on = run and n < len(lines) and n - run[-1] <= 3
        if goes_on and int(lines[n].words[-1].text) >= int(lines[run[-1]].words[-1].text):
            run.append(n)
            continue
        if len(run) >= 4 and int(lines[run[-1]].words[-1].text) > int(lines[run[0]].words[-1].text):
            gone |= set(range(run[0], run[-1] + 1))
        run = [n]
    return [line for n, line in enumerate(lines) if n not in gone]


def _is_table(lines: list[_Line], body: list[int], columns: list[tuple[float, float]]) -> bool:
    figures = sum(len(lines[n].figures) for n in body)
    labelled = sum(bool(lines[n].labels) or _has_label_beside(lines, n, columns) for n in body)
    if len(body) < 2 or (figures < 3 and len(columns) > 1) or labelled < len(body) - 1:
        return False
    # Two lines of prose that happen to end in figures are no table.
    prose = sum(
        bool(lines[n].labels) and (len(lines[n].labels[0]) > 12 or bool(_PROSE_END.search(lines[n].text))) for n in body
    )
    return prose <= 0.3 * len(body)


def _has_label_beside(lines: list[_Line], n: int, columns: list[tuple[float, float]]) -> bool:
    return any(0 <= k < len(lines) and not lines[k].figures and lines[k].right < columns[0][0] for k in (n - 1, n + 1))


def _heads(lines: list[_Line], first: int, columns: list[tuple[float, float]], after: float) -> tuple[int, int]:
    """The first line of the heads, and the first line of the body (labels may begin above their figures)."""
    body = first
    while (
        body > 0
        and _label_only(lines[body - 1], columns)
        and lines[body].top - lines[body - 1].bottom < 0.55 * lines[body].size
    ):
        body -= 1
    if (
        1 < body == first
        and _label_only(lines[body - 1], columns)
        and lines[body].top - lines[body - 1].bottom < 1.6 * lines[body].size
        and lines[body - 1].top - lines[body - 2].bottom < 1.6 * lines[body].size
        and len(lines[body - 2].chunks) > 1
        and any(c[-1].box[2] > columns[0][0] - 4 for c in lines[body - 2].chunks)
    ):
        body -= 1  # the name of the first group of rows stands between heads and figures
    start = body
    while start > 0 and body - start < 7:
        line = lines[start - 1]
        room = 2.2 * line.size
        if start == body and len(line.chunks) > 1 and first + 1 < len(lines):
            # An empty row, or a line and some room, may part the heads from the rows.
            room = max(room, min(2 * (lines[first + 1].top - lines[first].top), 60.0) - line.size)
        if line.top < after or lines[start].top - line.bottom > room:
            break
        over = any(c[-1].box[2] > columns[0][0] - 4 for c in line.chunks)
        if not over and not (_label_only(line, columns) and start < body):
            break
        if (
            len(line.chunks) == 1
            and line.words[0].box[0] < columns[0][0] - 30
            and not _corner(lines, start - 1, columns)
        ):
            break  # a heading, or text before the table
        if max(len(c) for c in line.chunks) > 9 or re.search(r"[a-z]\.$", line.text):
            break
        sides = (min(x.words[0].box[0] for x in lines[first : first + 3]), columns[-1][1])
        reached = sum(line.words[0].box[0] < b and a < line.right for a, b in columns)
        reached += line.words[0].box[0] < columns[0][0] - 20
        if is_title(line.words, len(line.chunks), reached, sides, (columns[0][0], columns[-1][1])):
            break
        start -= 1
    while start < body and _label_only(lines[start], columns):
        start += 1  # a line over the labels alone is text before the table
    if start == body:
        return first if body == first else body, body
    return start, body


def _first_of_groups(lines: list[_Line], n: int, end: int) -> bool:
    """True for a line over the first row that looks like the names of the groups of rows further down."""

    def looks(line: _Line) -> tuple[bool, int, int]:
        return line.words[0].bold, round(line.size), round(line.words[0].box[0] / 3)

    if n < 0 or lines[n].figures or not lines[n].words[0].bold:
        return False
    inside = [(a, b) for a, b in pairwise(lines[n + 1 : end]) if not a.figures and b.figures and not b.words[0].bold]
    return any(looks(a) == looks(lines[n]) for a, _ in inside)


def _corner(lines: list[_Line], n: int, columns: list[tuple[float, float]]) -> bool:
    """True for a label that stands between two lines of heads: it belongs to both."""
    if n < 1 or n + 1 >= len(lines) or not _label_only(lines[n], columns):
        return False
    above, below = lines[n - 1], lines[n + 1]
    heads = all(len(x.chunks) > 1 and not x.figures and x.words[0].box[0] > columns[0][0] - 60 for x in (above, below))
    return heads and below.top - above.bottom < 1.2 * lines[n].size


def _label_only(line: _Line, columns: list[tuple[float, float]]) -> bool:
    return not line.figures and line.right < columns[0][0] - 1


def _tail(lines: list[_Line], last: int, columns: list[tuple[float, float]]) -> int:
    """The line after the table: a label may go on below its figures."""
    end = last + 1
    while end < len(lines) and _label_only(lines[end], columns):
        line, above = lines[end], lines[end - 1]
        if (
            line.top - above.bottom > 0.5 * line.size
            or line.words[0].bold != above.words[0].bold
            or abs(line.size - above.size) > 0.6
        ):
            break
        end += 1
    return end


def _table(
    page: int, heads: list[_Line], body: list[_Line], columns: list[tuple[float, float]], separators: list[Box]
) -> Table:
    second = _second_labels(body)
    labels = 1 if second is None else 2
    beside = max((c[-1].box[2] for line in body if line.figures for c in line.labels), default=columns[0][0])
    cells = _head_cells(heads, columns, beside)
    for cell in cells:
        cell.column += (labels - 1) if cell.column else 0
    offset = max((c.row + 1 for c in cells), default=0)
    for r, lines in enumerate(_rows(body, separators), offset):
        for place in range(labels):
            label = [
                w
                for line in lines
                for c in (line.labels if line.figures else line.chunks)
                for w in c
                if (second is not None and c[0].box[0] > second - 3) == (place == 1)
            ]
            label = without_marks(label)
            if label:
                # Labels and figures centred beside one another make lines that overlap: words are put in order anew.
                cells.append(
                    Cell(passage(w for row in rows_of(label) for w in row), r, place, box=union(w.box for w in label))
                )
        for chunk in (c for line in lines for c in line.figures):
            cells.append(Cell(passage(chunk), r, labels + _column(chunk, columns), box=union(w.box for w in chunk)))
    merged = _one_a_place(cells)
    return Table(merged, page, union(c.box for c in merged if c.box), "alignment")


def _second_labels(body: list[_Line]) -> float | None:
    """Where a second column of labels begins, as under the names of groups at the left; None where there is none."""
    pairs = [line for line in body if line.figures and len(line.labels) == 2]
    starts = sorted(line.labels[1][0].box[0] for line in pairs)
    if len(starts) < 2 or starts[-1] - starts[0] > 6:
        return None
    right = max(line.labels[0][-1].box[2] for line in pairs)
    alone = [line for line in body if line.figures and len(line.labels) == 1]
    inner = sum(abs(line.labels[0][0].box[0] - starts[0]) < 6 for line in alone)
    across = any(
        line.labels[0][0].box[0] < starts[0] - 6 and line.labels[0][-1].box[2] > starts[0] + 20 for line in alone
    )
    return starts[0] if right < starts[0] and not across and (inner or len(pairs) > 2) else None


def _rows(lines: list[_Line], separators: list[Box]) -> list[list[_Line]]:
    """Lines put together to rows, each with at most one line of figures; the heading of a group of rows is a row of its own."""
    numeric = [n for n, line in enumerate(lines) if line.figures]
    edges = sorted({round(y, 1) for s in separators for y in (s[1], s[3])})
    starts = [0]
    for a, b in pairwise(numeric):
        starts.append(_cut(lines, a, b, edges))
    starts.append(len(lines))
    rows = []
    for begin, end in pairwise(starts):
        group = lines[begin:end]
        above = group[0].top - lines[begin - 1].bottom if begin else 0.0
        at = next((n for n, line in enumerate(group) if line.figures), 0)
        # A line well above the label is the heading of the rows that follow.
        while at > 0 and (
            group[1].top - group[0].bottom > max(0.45 * group[0].size, 0.7 * above)
            or (group[0].words[0].bold and not group[1].words[0].bold)
            or _stands_out(group[0], group[1])
            or group[0].text.endswith(":")
        ):
            rows.append([group[0]])
            group, at = group[1:], at - 1
        rows.append(group)
    return rows


def _stands_out(line: _Line, below: _Line) -> bool:
    """True for a line that begins further left than the one under it, where that does not go on with a small letter."""
    outdented = bool(below.labels) and line.words[0].box[0] < below.words[0].box[0] - 8
    return outdented and below.top >= line.bottom - 1 and not below.text[0].islower()


def _cut(lines: list[_Line], a: int, b: int, edges: list[float]) -> int:
    """The first line after the figures in line `a` that belongs to the figures in line `b`."""
    if b == a + 1:
        return b
    if (
        b == a + 2
        and lines[a].labels
        and lines[b].labels
        and (not lines[a + 1].text[0].islower() or lines[a + 1].text.endswith(":"))
        and _names_a_group(lines[a + 1], lines[a], lines[b])
    ):
        return a + 1
    if b == a + 2 and lines[b].labels and _wraps(lines[a + 1], lines[b]):
        return a + 1
    drawn = [y for y in edges if lines[a].bottom - 2 < y < lines[b].top + 2]
    for y in drawn:
        split = [n for n in range(a + 1, b + 1) if lines[n].top >= y - 2]
        if split and (split[0] > a + 1 or y > lines[a].bottom - 2):
            return split[0]
    gaps = {n: lines[n].top - lines[n - 1].bottom for n in range(a + 1, b + 1)}
    widest = max(gaps.values())
    if widest > min(gaps.values()) + 0.25 * lines[a].size:
        return next(n for n, gap in gaps.items() if gap == widest)
    if lines[a].labels and not lines[b].labels:
        return a + 1
    middle = {n: abs(lines[n].top - lines[a].top) - abs(lines[b].top - lines[n].top) for n in range(a + 1, b)}
    return next((n for n in range(a + 1, b) if middle[n] > 0), b)


def _wraps(line: _Line, below: _Line) -> bool:
    """True where a label goes on in the line under it, which begins with a small letter."""
    return below.text[0].islower() and below.words[0].box[0] > line.words[0].box[0] - 3


def _names_a_group(line: _Line, above: _Line, below: _Line) -> bool:
    """True for a line between two rows that stands further left than both, or is bold where the row below is not."""
    left = line.words[0].box[0]
    if line.text.rstrip().endswith(":"):
        return True
    outdented = left < above.words[0].box[0] - 3 and left < below.words[0].box[0] - 3
    return outdented or (line.words[0].bold and not below.words[0].bold)


def _column(chunk: list[Word], columns: list[tuple[float, float]]) -> int:
    x0, x1 = _extent(chunk)
    return max(
        range(len(columns)),
        key=lambda i: (min(x1, columns[i][1]) - max(x0, columns[i][0]), -abs(sum(columns[i]) - x0 - x1)),
    )


def head_cells(rows: list[list[Word]], columns: list[tuple[float, float]]) -> list[Cell]:
    """Lines of words over columns of figures as the cells of heads."""
    return _head_cells([_Line(chunks_of(row)) for row in rows], columns)


def _head_cells(heads: list[_Line], columns: list[tuple[float, float]], beside: float = 1e9) -> list[Cell]:
    """Heads as cells: one that spans columns in a row above, the others put together by column. The labels of the rows end at `beside`."""
    if not heads:
        return []
    centres = [(a + b) / 2 for a, b in columns]
    spread = min((b - a for a, b in pairwise(centres)), default=60.0)
    left = columns[0][0] - max(4.0, 0.45 * spread)
    bounds = [left, *[(a + b) / 2 for a, b in pairwise(centres)], 1e9]
    cells: list[Cell] = []
    number = 0
    single: dict[int, list[Word]] = {}
    for n_line, line in enumerate(heads):
        over = [c for c in line.chunks if _centre(c) > left]
        below = heads[n_line + 1] if n_line + 1 < len(heads) else None
        ranges = _unequal_spans(over, centres, spread, below)
        if ranges:
            for chunk, (a, b) in zip(over, ranges, strict=True):
                cells.append(Cell(passage(chunk), number, 1 + a, 1, b - a + 1, union(w.box for w in chunk)))
            corner = [w for c in line.chunks if c not in over for w in c]
            if corner:
                cells.append(Cell(passage(corner), number, 0, box=union(w.box for w in corner)))
            number += 1
            continue
        if len(line.chunks) == len(columns) + 1 and len(over) < len(columns):
            over = line.chunks[1:]  # heads that begin left of their figures: corner and heads in order
        elif len(line.chunks) == len(columns) and line.chunks[0][0].box[0] > beside:
            over = line.chunks  # as many heads as columns, none of them over the labels
        if len(over) == len(columns):
            for place, chunk in enumerate(over, 1):
                single.setdefault(place, []).extend(chunk)
            for chunk in line.chunks:
                if chunk not in over:
                    single.setdefault(0, []).extend(chunk)
            continue
        group = _spans(over, centres, spread)
        if group:
            for n, chunk in enumerate(over):
                cells.append(Cell(passage(chunk), number, 1 + n * group, 1, group, union(w.box for w in chunk)))
            corner = [w for c in line.chunks if c not in over for w in c]
            if corner:
                cells.append(Cell(passage(corner), number, 0, box=union(w.box for w in corner)))
            number += 1
            continue
        for chunk in line.chunks:
            under = [i for i, (a, b) in enumerate(columns, 1) if chunk[0].box[0] < b + 2 and a - 2 < chunk[-1].box[2]]
            above = [i for i, words in single.items() if i and _overlap(chunk, words)]
            for word in chunk:
                x = (word.box[0] + word.box[2]) / 2
                own = [i for i in above if _overlap([word], single[i])]
                if len(above) > 1 and len(own) == 1:
                    place = own[0]
                elif len(under) == 1:
                    place = under[0]
                elif len(above) == 1 and not under:
                    place = above[0]  # a head that begins left of its figures goes on in the next line
                else:
                    place = next(i for i in range(len(bounds)) if x < bounds[i])
                single.setdefault(place, []).append(word)
    for place, words in single.items():
        cells.append(
            Cell(passage(w for row in rows_of(words) for w in row), number, place, box=union(w.box for w in words))
        )
    return cells


def _overlap(a: list[Word], b: list[Word]) -> bool:
    """True where words stand over or under others."""
    return a[0].box[0] < max(w.box[2] for w in b) and min(w.box[0] for w in b) < a[-1].box[2]


def _spans(chunks: list[list[Word]], centres: list[float], spread: float) -> int:
    """How many columns each of the chunks of a head line spans; 0 where they do not span."""
    m, n = len(chunks), len(centres)
    if m < 1 or m >= n or n % m:
        return 0
    size = n // m
    middles = [(centres[i * size] + centres[i * size + size - 1]) / 2 for i in range(m)]
    fits = all(abs(_centre(c) - x) < 0.38 * spread for c, x in zip(chunks, middles, strict=True))
    # Over an odd number of columns the middle is a column's own: then only years and stages are taken to span.
    named = all(
        re.search(r"\b(?:19|20)\d\d\b|stage|quarter", " ".join(w.text for w in c), re.IGNORECASE) for c in chunks
    )
    return size if fits and (size % 2 == 0 or named) and (m > 1 or named) else 0


def _unequal_spans(
    chunks: list[list[Word]], centres: list[float], spread: float, below: _Line | None
) -> list[tuple[int, int]]:
    """First and last column of each chunk of a head line over heads that repeat; none where they do not cover the columns."""
    if below is None or not 1 < len(chunks) < len(centres):
        return []
    texts = [" ".join(w.text for w in c) for c in below.chunks]
    size = len(centres) // len(chunks)
    if len(texts) >= len(centres) == size * len(chunks):
        own = texts[-len(centres) :]
        # Over "Number, %, Number, %" each head is that of a pair, wherever over its pair it stands.
        blocks = [(n, n + size - 1) for n in range(0, len(centres), size)]
        over = [
            centres[a] - spread < _centre(c) < centres[b] + spread for c, (a, b) in zip(chunks, blocks, strict=True)
        ]
        if size > 1 and own == own[:size] * len(chunks) and all(over):
            return blocks
    if len(texts) == len(set(texts)):
        return []  # heads that differ need no group to tell them apart
    ways: list[list[tuple[int, int]]] = [[]]
    for chunk in chunks:
        ways = [
            [*way, (a, b)]
            for way in ways
            for a in [way[-1][1] + 1 if way else 0]
            for b in range(a, len(centres))
            if abs((centres[a] + centres[b]) / 2 - _centre(chunk)) < 0.45 * spread
        ]
    whole = [way for way in ways if way[-1][1] == len(centres) - 1]
    return whole[0] if len(whole) == 1 else []


def _one_a_place(cells: list[Cell]) -> list[Cell]:
    """One cell a place: what fell into the same row and column is one text."""
    found: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        key = (cell.row, cell.column)
        if key in found:
            for _, _, word in cell.body.spans:
                found[key].body.append(word)
            found[key].box = union(b for b in (found[key].box, cell.box) if b)
        else:
            found[key] = cell
    return list(found.values())
