"""Tables in plain text whose rows have as many parts as there are heads, wherever on the line these have come to stand."""

from __future__ import annotations

import re

from extract.layout import text_passage
from extract.model import Block, Paragraph
from extract.tables.period_heads import HEAD
from extract.tables.textual import Found, is_figure, stretched, table_of
from extract.tables.titles import CAPTION

_APART = re.compile(r"\s{2,}|\s*\t\s*")
_BRACKET = re.compile(r"(?<=[\d%]) +(\(\d[\d,.]*%?\))(?=\s|$)")
"""A figure in brackets behind its cell's first."""
_LEGEND = re.compile(r"\s*[\u25a0-\u25ff]\s*")
"""What stands before each name in the legend of a chart."""
MOST_LINES = 60
LONGEST_LABEL, LONGEST_REST, INSET = 90, 40, 8
"""Characters of a label, of what of it stands under its figures, and blanks before what is no label."""


def parts_of(line: str) -> list[str]:
    """The parts of a line that tabs or several spaces keep apart; an empty one first where it begins with a figure far in.

    >>> parts_of("Compliments      412      388"), parts_of("                 40        8")
    (['Compliments', '412', '388'], ['', '40', '8'])
    """
    parts = [p for p in _APART.split(_BRACKET.sub(r" \1", line.strip())) if p]
    if legend := _names_in_legend(line):
        return legend
    inset = len(line) - len(line.lstrip()) > 3 or line.startswith("\t")
    return ["", *parts] if parts and inset and is_figure(parts[0]) else parts


def _names_in_legend(line: str) -> list[str]:
    """The names in a chart's legend: "■ Upheld ■ Not upheld"."""
    names = [p for p in _LEGEND.split(line.strip()) if p] if _LEGEND.match(line.strip()) else []
    return names if len(names) > 1 else []


def legend_table(lines: list[str], start: int) -> Found:
    """The legend of a chart and under it lines of a label and a figure for each of its names, kept apart by single spaces."""
    names = _names_in_legend(lines[start])
    rows: list[list[str]] = []
    for line in lines[start + 1 :] if names else ():
        words = line.split()
        row = [" ".join(words[: -len(names)]), *words[-len(names) :]]
        if len(words) <= len(names) or not _is_row(row):
            break
        rows.append(row)
    return ([table_of([["", *names], *rows], "lines", marked=False)], start + 1 + len(rows)) if rows else ([], start)


def even_table(lines: list[str], start: int) -> Found:
    """Heads and, under them, rows of a label and a figure for each head, or as many figures for each."""
    heads = parts_of(lines[start])
    if not _are_heads(heads):
        return [], start
    rows, end = _rows_under(lines, start + 1)
    full = rows[:-1] if _ends_short(rows) and not CAPTION.match(heads[0]) else rows
    counts = {len(row) - 1 for row in full if len(row) > 1}
    if len(rows) < 2 or _goes_on(lines, end, len(rows[-1])):
        return [], start
    if counts == {len(heads) - 1} and len(heads) > 2:
        return [table_of([heads, *rows], "spaces", marked=False)], end
    if counts == {len(heads)}:
        return [table_of([["", *heads], *rows], "spaces", marked=False)], end
    if "\t" in lines[start] and counts == {len(heads), 2 * len(heads)}:
        top = ["", *stretched(heads, 2 * len(heads))]
        return [table_of([top, *map(_doubled, rows)], "spaces", marked=False)], end
    return [], start


def _ends_short(rows: list[list[str]]) -> bool:
    """True where the last row has figures for the first columns only, counts under counts and shares under shares: "All replies   65"."""
    if len(rows) < 4 or not 1 < len(rows[-1]) < len(rows[-2]):
        return False
    (label, *figures), above = rows[-1], rows[-2][1:]
    alike = all(("%" in a) == ("%" in b) for a, b in zip(figures, above, strict=False))
    return alike and bool(label) and not label[-1].isdigit()


def _rows_under(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    """The rows from a line on, the names of groups among them, and the line after the last; a blank line may part two."""
    rows: list[list[str]] = []
    i = end = start
    while i < len(lines) and i - end < 2:
        row = parts_of(lines[i])
        alone = bool(row) and _is_label_only(lines, i)  # the name of a group, or the beginning of a label
        if alone and not (below := parts_of(lines[i + 1]))[0]:
            row, i = [row[0], *below[1:]], i + 1
        if alone or _is_row(row) or (rows and row and not row[0] and _is_row(["x", *row[1:]])):
            rows.append(row)
            end = i + 1
        elif len(rows) > 1 and len(row) == 1 and i == end and re.match(r"[a-z]", row[0]) and len(row[0]) < LONGEST_REST:
            rows[-1] = [f"{rows[-1][0]} {row[0]}", *rows[-1][1:]]
            end = i + 1
        elif row:
            break
        i += 1
    return rows, end


def _is_label_only(lines: list[str], i: int) -> bool:
    """True for a line of words right over a row, which may be the first part of its label."""
    if i + 1 >= len(lines):
        return False
    here, below = parts_of(lines[i]), parts_of(lines[i + 1])
    inset = len(lines[i]) - len(lines[i].lstrip()) > INSET  # the rest of a head
    return (
        len(here) == 1
        and not inset
        and not is_figure(here[0])
        and len(below) > 2
        and _is_row([below[0] or "x", *below[1:]])  # the figures may stand under their label
        and here[0][-1] not in ".:;"
    )


def _doubled(row: list[str]) -> list[str]:
    """A row with two cells under each head: "50", or "33, 69%"."""
    single = [cell for figure in row[1:] for cell in (figure, "")]
    return row if len(row) > 1 and all("%" in cell for cell in row[2::2]) else [row[0], *single]


def _are_heads(parts: list[str]) -> bool:
    return (
        len(parts) > 1
        and all(parts)
        and all(re.fullmatch(HEAD, p) or not is_figure(p) for p in parts)
        and not any(re.search(r"[a-z][.;]$", p) or len(p) > LONGEST_LABEL // 2 for p in parts)
    )


def _is_row(parts: list[str]) -> bool:
    return (
        len(parts) > 1
        and bool(parts[0])
        and len(parts[0]) < LONGEST_LABEL
        and (not is_figure(parts[0]) or len(parts) > 2)
        and all(map(is_figure, parts[1:]))
    )


def _goes_on(lines: list[str], i: int, width: int) -> bool:
    """True where a table does not end at a line: rows of another width follow, or words between two rows, part of a label."""
    here, below = (parts_of(lines[n]) if n < len(lines) else [] for n in (i, i + 1))
    return 1 < len(here) <= width or (len(here) == 1 and len(below) == width and _is_row(below))


def side_by_side(lines: list[str], start: int) -> Found:
    """Two lists that stand beside one another, each under its own head: "Statutory", "Corporate", then "upheld 9 upheld 6"."""
    heads = parts_of(lines[start])
    if len(heads) != 2 or not _are_heads(heads):
        return [], start
    lists: tuple[list[list[str]], list[list[str]]] = ([], [])
    end = start + 1
    for i in range(start + 1, len(lines)):
        parts = parts_of(lines[i])
        if not parts:
            if i > end:
                break
            continue
        second = next((n for n in range(1, len(parts)) if not is_figure(parts[n])), 0)
        halves = parts[:second], parts[second:]
        if not all(_is_row(half) for half in halves) or len(halves[0]) != len(halves[1]):
            break
        for found, half in zip(lists, halves, strict=True):
            found.append(half)
        end = i + 1
    if len(lists[0]) < 2 or len({len(row) for row in lists[0]}) > 1:
        return [], start
    blocks: list[Block] = []
    for head, rows in zip(heads, lists, strict=True):
        blocks += [Paragraph(text_passage(head), None), table_of(rows, "spaces", marked=False)]
    return blocks, end


def double_tabs(lines: list[str], start: int) -> Found:
    """A table whose cells several tabs in a row keep apart, more in one line than in another; with equal ones an empty cell may be meant."""
    if "\t\t" not in lines[start]:
        return [], start
    found, end = even_table(lines, start)
    uneven = len({line.rstrip().count("\t") for line in lines[start:end] if line.strip()}) > 1
    return (found, end) if uneven else ([], start)
