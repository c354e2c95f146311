"""Tables by period that lost their lines: all on one line, or every cell on a line of its own, figures under heads."""

from __future__ import annotations

import re

from extract.layout import text_passage
from extract.model import Block, Paragraph
from extract.tables.flattened import fitted
from extract.tables.period_heads import HEAD, HEADS
from extract.tables.textual import Found, table_of

_FIGURE = r"(?:£?\d[\d,]*(?:\.\d+)?\s?%?(?:\s?\(\s?\d[\d,.]*\s?%?\s?\))?|[–-]|[Nn]/[Aa])"
_RUN = re.compile(rf"(?<!\S){_FIGURE}(?:\s+{_FIGURE})*(?!\S)")
_ONE = re.compile(_FIGURE)
_ORDINARY = re.compile(r"\b(?:in|from|between|and|to|for|since|of|year)\s*$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")
"""The number of the paragraph behind a table, and how it begins."""
LONGEST_LABEL = 12
"""Words."""


def run_on_table(lines: list[str], start: int) -> Found:
    """A line that holds a whole table; what follows its last row stays text.

    >>> (table,), _ = run_on_table(["Compliments Q1 Q2 Q3 96 104 113"], 0)
    >>> [cell.text for cell in table.cells]
    ['', 'Q1', 'Q2', 'Q3', 'Compliments', '96', '104', '113']
    """
    line = " ".join(lines[start].split())
    found = HEADS.search(line)
    if found is None or "\t" in lines[start] or _ORDINARY.search(line[: found.start()]):
        return [], start
    heads = [m.group() for m in re.finditer(HEAD, found.group())]
    before, rest = line[: found.start()].strip(), line[found.end() :]
    rows, end = _rows(rest, len(heads))
    if not rows:
        return [], start
    blocks: list[Block] = []
    if not rows[0][0]:
        if len(rows) > 1 or not before:
            return [], start
        rows[0][0] = before
    elif len(rows) < 2:
        return [], start
    elif before:
        blocks.append(Paragraph(text_passage(before), None))
    blocks.append(table_of([["", *heads], *rows], "lines"))
    if after := rest[end:].strip():
        blocks.append(Paragraph(text_passage(after), None))
    return blocks, start + 1


def stacked_table(lines: list[str], start: int) -> Found:
    """A label, the periods and a figure for each of them, all on lines of their own.

    >>> (table,), end = stacked_table(["Compliments", "Q1", "Q2", "96", "104", "Note"], 0)
    >>> [cell.text for cell in table.cells], end
    (['', 'Q1', 'Q2', 'Compliments', '96', '104'], 5)
    """
    label = lines[start].strip()
    if not re.search(r"[A-Za-z]{3}", label) or re.search(r"[.;]$", label) or re.fullmatch(HEAD, label):
        return [], start
    heads = _while(lines, start + 1, re.compile(HEAD))
    figures = _while(lines, start + 1 + len(heads), _ONE)
    if len(heads) < 2 or len(heads) != len(figures):
        return [], start
    return [table_of([["", *heads], [label, *figures]], "lines")], start + 1 + 2 * len(heads)


def _while(lines: list[str], start: int, pattern: re.Pattern[str]) -> list[str]:
    """The lines from one on that are nothing but what a pattern says."""
    found = []
    for line in lines[start : start + 12]:
        if not pattern.fullmatch(line.strip()):
            break
        found.append(line.strip())
    return found


def _rows(text: str, width: int) -> tuple[list[list[str]], int]:
    """Labels with as many figures as there are heads, and where the last of them ends; none where a row has others that are left over."""
    rows: list[list[str]] = []
    end = 0
    for run in _RUN.finditer(text):
        found = list(_ONE.finditer(run.group()))
        label, figures = fitted(text[end : run.start()].strip(), [m.group() for m in found], width)
        if len(figures) < width:
            continue  # "Stage 1 answered late 12 14": the figure belongs to the label
        if len(label.split()) > LONGEST_LABEL or (rows and not label) or re.search(r"[.;]\s|[.;]$", label):
            break
        rows.append([label, *figures[:width]])
        end = run.end()
        if len(figures) > width:  # "… Total 64 57 3.2 It may be that"
            end = run.start() + found[width - len(figures)].start()
            return (rows, end) if _PARAGRAPH.match(text, end) else ([], 0)
    return rows, end
