"""Tables in plain text with a cell a line, as the text of web pages gives them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from extract.layout import text_passage
from extract.model import Block, Paragraph
from extract.tables.period_heads import HEAD
from extract.tables.textual import Found, is_figure, table_of

MOST_LINES, LONGEST = 400, 70
"""Lines that are looked at for one table, and characters of a cell."""
LONGEST_TITLE = 110
WIDEST = 14
"""Columns of a table with a cell a line; more are rather two tables that ran together."""
MOST_BEFORE = WIDEST + 6
"""Lines of which one has to be a figure: title, heads, and the label of the first row."""
FEWEST = 3
"""Labels of a chart."""


def cells_table(lines: list[str], start: int) -> Found:
    """A table with every cell on a line of its own: perhaps a title, the heads, then for each row its label and a figure for each further head.

    How many columns there are, the rhythm of labels and figures says; rows that do not fit end the table.
    """
    step = 1 if start + 1 < len(lines) and lines[start + 1].strip() else 2
    opening = [lines[n].strip() for n in range(start, min(len(lines), start + step * MOST_BEFORE), step)]
    if not any(map(is_figure, opening[1:])) or is_figure(opening[0]):
        return [], start
    cells: list[str] = []
    i = start
    while i < len(lines) and len(cells) < MOST_LINES:
        text = lines[i].strip()
        if (
            not text
            or len(text) > (LONGEST if cells else LONGEST_TITLE)
            or "\t" in text
            or re.search(r"[a-z][.;:]$", text)
        ):
            break
        if step == 2 and i + 1 < len(lines) and lines[i + 1].strip():
            cells.append(text)
            break
        cells.append(text)
        i += step
    first = next((n for n, text in enumerate(cells) if is_figure(text)), 0)
    for title, width in _rhythms(cells, first):
        body = _rows_of_cells(cells[first - 1 :], width)
        heads = [cells[title : first - 1]] if first - 1 > title else [["", ""]]
        if title and any(len(row) == 1 for row in body):
            title, heads = title - 1, _with_group(cells[title - 1 : first - 1])  # noqa: PLW2901
        rows = heads + body
        if len(rows) < (4 if width == 2 else 3):
            continue
        found: list[Block] = [Paragraph(text_passage(text), None) for text in cells[:title]]
        return [*found, table_of(rows, "lines")], start + (title + sum(len(r) for r in rows if any(r)) - 1) * step + 1
    return [], start


def _with_group(above: list[str]) -> list[list[str]]:
    """Heads and the name of the first group from the lines above a table in groups: the name is the first or the last of them."""
    if len(above) == 1:
        return [["", ""], above]
    named_last = not all(re.fullmatch(HEAD, text) for text in above[-2:])
    return [above[:-1], above[-1:]] if named_last else [above[1:], above[:1]]


def _rows_of_cells(cells: list[str], width: int) -> list[list[str]]:
    """Rows of a label and its figures; a label over another one names the group of rows that follows."""
    rows: list[list[str]] = []
    at = 0
    while at + width <= len(cells):
        row = cells[at : at + width]
        group = not is_figure(row[0]) and not is_figure(row[1]) and (width > 2 or len(rows) > 1)
        if group:
            row = cells[at + 1 : at + 1 + width]
        if len(row) < width or is_figure(row[0]) or not all(is_figure(text) for text in row[1:]):
            break
        rows += [[cells[at]], row] if group else [row]
        at += width + group
    return rows


def _rhythms(cells: list[str], first: int) -> list[tuple[int, int]]:
    """Lines of title, and columns, that a run of cells may have; the figures of the first row say how many columns."""
    figures = 0
    while first + figures < len(cells) and is_figure(cells[first + figures]):
        figures += 1
    width = figures + 1
    if not 1 < width <= WIDEST:
        return []
    titles = first - 1 - width  # lines above the heads
    if 0 <= titles <= 3:
        return [(titles, width)]
    # Labels and figures without heads, under a title or none.
    return [(first - 1, width)] if first in (1, 2) else []


_COUNTED = re.compile(r"(?:stage|step|level|quarter|qtr)s?", re.IGNORECASE)
"""Heads of a column whose rows are numbered: 1, 2, 3."""


def numbered_table(lines: list[str], start: int) -> Found:
    """A table with a cell a line whose rows are numbered under their head: "Stage", the other heads, "1", its figures, "2", …"""
    if not _COUNTED.fullmatch(lines[start].strip()):
        return [], start
    cells = list(_run(lines, start))
    first = next((n for n, (_, text) in enumerate(cells) if text == "1"), 0)
    if not 1 < first <= WIDEST or any(is_figure(text) for _, text in cells[:first]):
        return [], start
    head = cells[0][1].rstrip("s")
    rows = [[text for _, text in cells[:first]]]
    while len(row := [text for _, text in cells[first * len(rows) :][:first]]) == first:
        if row[0] != str(len(rows)) or not all(map(is_figure, row[1:])):
            break
        rows.append([f"{head} {row[0]}", *row[1:]])
    if len(rows) < 3:
        return [], start
    return [table_of(rows, "lines")], cells[first * len(rows) - 1][0] + 1


def records_table(lines: list[str], start: int) -> Found:
    """Rows that blank lines part, each with a cell a line: a label and its figures. The first may hold the heads."""
    groups = _groups(lines, start)
    opening = next(groups, (start, [""]))
    heads = opening if len(opening[1]) > 1 and not any(map(is_figure, opening[1])) else None
    rows: list[tuple[int, list[str]]] = []
    for end, group in groups if heads else itertools.chain([opening], groups):
        width = len(rows[0][1]) if rows else len(group)
        if not 1 < len(group) == width <= WIDEST or is_figure(group[0]) or not all(map(is_figure, group[1:])):
            break
        rows.append((end, group))
    if len(rows) < (2 if heads and rows and len(rows[0][1]) > 2 else 3):
        return [], start
    width = len(rows[0][1])
    if heads and len(heads[1]) not in (width - 1, width):
        return [], start
    top = [["", *heads[1]][-width:]] if heads else [["", ""]] if width == 2 else []
    return [table_of([*top, *(row for _, row in rows)], "lines")], rows[-1][0]


_DATED = re.compile(rf"\W{{0,2}}(?P<period>{HEAD})\s*[:=–-]\s*(?P<figure>\S.*)")


def dated_records(lines: list[str], start: int) -> Found:
    """Labels, each over a line for every period: "Highways", "2022/23: 688", "2023/24: 641"."""
    rows: list[list[str]] = []
    periods: list[str] = []
    end = i = start
    while i < len(lines):
        told = _told(lines[i + 1 :][:WIDEST])
        label = lines[i].strip()
        if not told or _DATED.fullmatch(label) or len(label) > LONGEST or re.search(r"[a-z][.;]$", label):
            break
        if periods and [period for period, _ in told] != periods:
            break
        periods = [period for period, _ in told]
        rows.append([label.rstrip(":"), *(figure for _, figure in told)])
        i = end = i + 1 + len(told)
        while i < len(lines) and not lines[i].strip():
            i += 1
    if len(rows) < 2 or len(periods) < 2:
        return [], start
    return [table_of([["", *periods], *rows], "lines")], end


def _told(lines: list[str]) -> list[tuple[str, str]]:
    """Period and figure of each line at the beginning that is nothing else."""
    found = []
    for line in lines:
        match = _DATED.fullmatch(line.strip())
        if match is None or not is_figure(match["figure"].strip()):
            break
        found.append((match["period"], match["figure"].strip()))
    return found


def columns_of_cells(lines: list[str], start: int) -> Found:
    """Periods, then labels, then for each period a figure for each label, a cell a line: a table that came out column by column."""
    if not any(re.fullmatch(HEAD, line.strip()) for line in lines[start : start + 2]):
        return [], start
    texts = [line.strip() for line in itertools.takewhile(str.strip, lines[start : start + MOST_LINES])]
    corner = 0 if texts and re.fullmatch(HEAD, texts[0]) else 1
    heads = list(itertools.takewhile(lambda text: re.fullmatch(HEAD, text) is not None, texts[corner:]))
    if len(heads) < 2:
        return [], start
    rest = texts[corner + len(heads) :]
    labels = list(itertools.takewhile(lambda text: not is_figure(text), rest))
    figures = rest[len(labels) :]
    told = len(labels) > 1 and len(figures) == len(labels) * len(heads) and all(map(is_figure, figures))
    if not told or max(map(len, labels)) > LONGEST:
        return [], start
    rows = [[label, *figures[n :: len(labels)]] for n, label in enumerate(labels)]
    return [table_of([["", *heads], *rows], "lines")], start + len(texts)


def figures_over_labels(lines: list[str], start: int) -> Found:
    """Figures, a line each, and under them as many labels, as the text of a chart may come out."""
    if start and lines[start - 1].strip() and is_figure(lines[start - 1].strip()):
        return [], start
    texts = [line.strip() for line in itertools.takewhile(str.strip, lines[start : start + MOST_LINES])]
    figures = list(itertools.takewhile(is_figure, texts))
    labels, rest = texts[len(figures) :][: len(figures)], texts[2 * len(figures) :]
    told = len(labels) == len(figures) >= FEWEST and not (rest and not re.search(r"\d", rest[0]))
    if not told or any(re.search(r"\d|[.;:]$", text) or len(text) > LONGEST for text in labels):
        return [], start
    return [table_of([list(row) for row in zip(labels, figures, strict=True)], "lines")], start + 2 * len(figures)


def key_numbers(lines: list[str], start: int) -> Found:
    """Numbers that stand over the words of what they count, as pages put their key figures: each is put before its words."""
    if not is_figure(lines[start].strip()):
        return [], start
    told = list(itertools.takewhile(lambda group: _is_key_number(group[1]), _groups(lines, start)))
    if len(told) < 2:
        return [], start
    return [Paragraph(text_passage(" ".join(texts)), None) for _, texts in told], told[-1][0]


def _is_key_number(texts: list[str]) -> bool:
    return 1 < len(texts) < 5 and is_figure(texts[0]) and not any(map(is_figure, texts[1:]))


def _run(lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    """The short lines from one on, each with where it stands; blank ones are passed over, a sentence ends them."""
    for i in range(start, min(len(lines), start + MOST_LINES)):
        text = lines[i].strip()
        if len(text) > LONGEST or "\t" in text or re.search(r"[a-z][.;:]$", text):
            return
        if text:
            yield i, text


def _groups(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """Runs of short lines between blank ones, each with the line after it; one that is longer than a row can be ends them."""
    texts: list[str] = []
    last = start - 1
    for i, text in _run(lines, start):
        if texts and i > last + 1:
            yield last + 1, texts
            texts = []
        texts.append(text)
        last = i
        if len(texts) > WIDEST:
            return
    if texts:
        yield last + 1, texts
