"""Tables in plain text: pipes, tabs, one cell a line, and the data of charts as word processors print them."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.bracketed import named_figures, two_figures
from extract.layout import text_passage
from extract.model import Bar, Block, Cell, Chart, Paragraph, Table, Word
from extract.numerals import ARROWS, cell_mentions

Found = tuple[list[Block], int]


def table_of(rows: list[list[str]], method: str, marked: bool = True) -> Table:
    """A table from rows of texts; rows shorter than the longest are filled up. `marked`: stars may be Markdown's, and go."""
    cells = [
        Cell(text_passage(_clean(text) if marked else text.strip()), r, c)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text.strip() or c == 0
    ]
    return Table(cells, None, None, method)


def _clean(text: str) -> str:
    return (
        re.sub(r"(\*\*|__|(?<!\w)[*_]|[*_](?!\w))", "", text).strip()
        if re.search("[A-Za-z0-9]", text)
        else text.strip()
    )


_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
"""The line under the heads of a Markdown table."""


def pipe_table(lines: list[str], start: int) -> Found:
    """A table with bars between its columns, with or without bars at the sides and a line under the heads."""
    i = start
    taken: list[str] = []
    while i < len(lines) and ("|" in lines[i] or _parted(lines, i) or (len(taken) > 1 and _begins_label(lines, i))):
        if lines[i].strip() and not _RULE.fullmatch(lines[i]):
            taken.append(lines[i].rstrip())
        i += 1
    barred = [line.lstrip().startswith("|") for line in taken if "|" in line]
    framed = 2 * sum(barred) > len(barred)  # a bar at the left else means an empty label
    cells = [(line.lstrip().removeprefix("|") if framed else line).removesuffix("|").split("|") for line in taken]
    rows = _with_heads_stretched([[c.strip() for c in row] for row in _with_labels_apart(cells)])
    # A single line with bars, or several without a figure, may be a list of links.
    if len(rows) < 2 or not (lines[start].lstrip().startswith("|") or any(map(_has_figure, rows))):
        return [], start
    return [table_of(_heads_over_figures(rows), "pipes")], i


def _with_heads_stretched(rows: list[list[str]]) -> list[list[str]]:
    """Rows of which the first has a head for every few columns, with that head over each of them."""
    width = max(map(len, rows), default=0)
    first = rows[0] if rows else []
    several = len(first) > 2 and not first[0] and len(first) < width and (width - 1) % (len(first) - 1) == 0
    if not several or any(len(row) not in (1, width) for row in rows[1:]):
        return rows
    return [["", *stretched(first[1:], width - 1)], *rows[1:]]


def stretched(heads: list[str], width: int) -> list[str]:
    """Heads over so many columns, each over as many as the others."""
    return [head for head in heads for _ in range(width // len(heads))]


_LABELLED = re.compile(r"(?P<label>.*?)\s{2,}(?P<figure>\S+)\s*")


def _with_labels_apart(rows: list[list[str]]) -> list[list[str]]:
    """Rows whose first bar stands behind the first figure, with that figure in a cell of its own."""
    first = [_LABELLED.fullmatch(row[0]) for row in rows[1:]]
    if len(first) < 2 or not all(m and is_figure(m["figure"]) for m in first):
        return rows
    return [["", *rows[0]], *([m["label"], m["figure"], *row[1:]] for m, row in zip(first, rows[1:], strict=True) if m)]


def _begins_label(lines: list[str], i: int) -> bool:
    """True for a short line of words between two rows with bars: the first line of the label of the next."""
    below = lines[i + 1] if i + 1 < len(lines) else ""
    text = lines[i].strip()
    return bool(text) and len(text) < 50 and "|" in lines[i - 1] and "|" in below and text[-1] not in ".:;"


def _parted(lines: list[str], i: int) -> bool:
    """True for a blank line between two rows with as many bars."""
    bars = [lines[n].count("|") if 0 <= n < len(lines) else 0 for n in (i - 1, i + 1)]
    return not lines[i].strip() and bars[0] == bars[1] > 0 and not lines[i - 1].lstrip().startswith("|")


def _heads_over_figures(rows: list[list[str]]) -> list[list[str]]:
    """Rows whose heads begin over the labels, because the empty corner was lost, with the heads moved over the figures."""
    heads, body = [c for c in rows[0] if c], rows[1:]
    width = max(sum(1 for _ in _filled(row)) for row in body)
    lost = (
        rows[0][0]
        and len(heads) == width - 1
        and not _has_figure(rows[0])
        and all(is_figure(c) for c in body[0][1:] if c)
    )
    return [["", *heads], *body] if lost else rows


def _filled(row: list[str]) -> list[str]:
    """A row up to its last cell with words."""
    return row[: max((n + 1 for n, c in enumerate(row) if c), default=0)]


def tab_table(lines: list[str], start: int) -> Found:
    """Lines with tabs, or one cell a line behind a tab with blank lines between rows."""
    if "\t" not in lines[start]:
        return [], start
    if lines[start].startswith("\t") and "\t" not in lines[start].strip():
        return _cell_a_line(lines, start)
    i = start
    rows: list[list[str]] = []
    blank = 0
    while i < len(lines):
        if "\t" in lines[i] and lines[i].strip():
            cells = lines[i].split("\t")
            if blank and len(rows) > 1 and not any(is_figure(c) for c in cells[1:]) and any(map(_has_figure, rows)):
                break  # the heads of the next table
            rows.append(cells)
            blank = 0
        elif not lines[i].strip() and blank == 0:
            blank = 1
        elif rows and not blank and _names_group(lines, i, len(rows[-1])):
            rows.append([lines[i].strip()])
        else:
            break
        i += 1
    rows, title = _without_title(_set_with_tabs(rows))
    if len(rows) < 2 or len({len(r) for r in rows} - {1}) == 0:
        return [], start
    return [*title, table_of(_heads_over_figures(rows), "tabs")], i


def _set_with_tabs(rows: list[list[str]]) -> list[list[str]]:
    """Rows without the empty cells that several tabs in a row leave, where these only set the columns apart."""
    close = [[cell for cell in row if cell.strip()] for row in rows]
    widths = {len(row) for row in close[1:]}
    several = any(not cell.strip() for row in rows for cell in row[1:-1])
    if not several or len(widths) != 1 or len({len(row) for row in rows}) == 1:
        return rows
    width = next(iter(widths))
    if len(close[0]) == width - 1:
        return [["", *close[0]], *close[1:]]
    return close if len(close[0]) in (width, 1) else rows


def _without_title(rows: list[list[str]]) -> tuple[list[list[str]], list[Block]]:
    """The rows of a table and, taken from its first, the title: "Table 3<tab>Decisions", alone or before the heads."""
    first = rows[0] if rows else []
    named = len(first) > 1 and re.fullmatch(
        r"(?:table|figure|chart|graph)\s+\w{1,3}[.:]?", first[0].strip(), re.IGNORECASE
    )
    if not named or len(rows) < 2:
        return rows, []
    title: list[Block] = [Paragraph(text_passage(f"{first[0].strip()} {first[1].strip()}"), None)]
    width = max(len(row) for row in rows[1:])
    if len(first) == 2 and width > 2:
        return rows[1:], title
    return ([first[1:], *rows[1:]], title) if len(first) == width + 1 else (rows, [])


def _names_group(lines: list[str], i: int, width: int) -> bool:
    """True for a line without tabs that names the rows under it."""
    text = lines[i].strip()
    below = lines[i + 1] if i + 1 < len(lines) else ""
    return len(text) < 60 and not re.search(r"[.;]$", text) and below.count("\t") == width - 1 and width > 1


def _has_figure(row: list[str]) -> bool:
    return any(is_figure(text) for text in row[1:])


def _cell_a_line(lines: list[str], start: int) -> Found:
    rows: list[list[str]] = [[]]
    i = start
    while i < len(lines):
        line = lines[i]
        if line.startswith("\t") and line.strip():
            rows[-1].append(line.strip())
        elif not line.strip():
            if rows[-1]:
                rows.append([])
        else:
            break
        i += 1
        if len(rows) > 1 and not rows[-1] and i < len(lines) and lines[i].strip() and not lines[i].startswith("\t"):
            break
    rows = [r for r in rows if r]
    if len(rows) < 2 or max(len(r) for r in rows) < 2:
        return [], start
    while rows and len(rows[-1]) == 1:
        rows.pop()
    return [table_of(rows, "tabs")], i


_ARROW = re.compile(rf"^[{ARROWS}]\s?(?=\d)")
"""Before the change on last year."""


@lru_cache(4096)
def is_figure(text: str) -> bool:
    """True for a cell that is a figure, or two in one; "10 days" and "2019" may as well be labels and are none."""
    text = _ARROW.sub("", text)
    if re.fullmatch(r"(?:19|20)\d\d|\d+\+?\s+(?:working\s+)?days", text, re.IGNORECASE):
        return False
    return bool(
        cell_mentions(text)
        or re.fullmatch(r"[–—-]|n/?a|nil", text, re.IGNORECASE)
        or two_figures(text)[0]
        or named_figures(text)[0]
    )


def series_table(lines: list[str], start: int) -> Found:
    """The data behind a chart: a series' name, its categories, then as many values, all behind tabs.

    A series with fewer values than categories cannot be told apart and is left unread.
    """
    line = _joined(lines[start])
    if not re.fullmatch(r"[^\t]+\t\s*", line) and not re.search(r"[A-Za-z]\t+\d", line):
        return [], start
    i = start
    text = ""
    while i < len(lines) and "\t" in lines[i]:
        text += _joined(lines[i]) + "\t"
        i += 1
    if i < len(lines) and lines[i].strip() and _names_group(lines, i, lines[i - 1].count("\t") + 1):
        return [], start  # rows that go on behind a line that is but the beginning of a label, or the name of a group
    tokens = [t.strip() for t in text.split("\t")]
    tokens = [t for t in tokens if t]
    if any(re.fullmatch(r"[\d,.]+%?\s*\([\d,.]+%?\)", t) for t in tokens):
        return [], start  # figures with last year's in brackets are no categories
    series = _series(tokens)
    if not series or not any(len(labels) > 1 and values for _, labels, values in series):
        return [], start
    bars = [
        Bar(Word(value, (0, 0, 0, 0)), label, name if len(series) > 1 else "")
        for name, labels, values in series
        if len(labels) == len(values)
        for label, value in zip(labels, values, strict=True)
    ]
    partial = any(len(labels) != len(values) for _, labels, values in series)
    unread = "some points have no value, so the others cannot be told apart" if partial else ""
    title = "" if len(series) > 1 else series[0][0]
    return [Chart(title, bars, None, None, unread)], i


def _joined(line: str) -> str:
    """A line with the tabs taken out that some exports put around an ampersand."""
    return re.sub(r"\s*\t\s*&\s*\t\s*", " & ", line)


def _series(tokens: list[str]) -> list[tuple[str, list[str], list[str]]]:
    """(name, categories, values) of each series in a run of tokens."""
    found: list[tuple[str, list[str], list[str]]] = []
    i = 0
    while i < len(tokens):
        words = []
        while i < len(tokens) and not _figure(tokens[i]):
            words.append(tokens[i])
            i += 1
        values = []
        while i < len(tokens) and _figure(tokens[i]):
            values.append(tokens[i])
            i += 1
        if len(words) < 2 or not values:
            return found if not values else []
        name, labels = words[0], words[1:]
        if any(value.strip("0.") for value in values):
            found.append((name, labels, values))
    return found


def _figure(token: str) -> bool:
    return bool(cell_mentions(token))
