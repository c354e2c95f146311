"""Two lists of copied text that stand beside one another, each under its own head, one perhaps longer than the other."""

from __future__ import annotations

import re

from extract.layout import text_passage
from extract.model import Block, Paragraph
from extract.tables.even import parts_of
from extract.tables.listed import FIGURE
from extract.tables.textual import Found, is_figure, table_of

_ROW = re.compile(rf"\s*(?:[•–-]\s)?(?P<label>\S.*?)\s+(?P<figure>{FIGURE})\s*")
LONGEST, FEWEST = 60, 2
"""Characters of a head, and rows of each list."""


def lists_beside(lines: list[str], start: int) -> Found:
    """Two lists, the second of which begins where its head does: "ADULTS      CHILDREN", then "Upheld 25     Upheld 15"."""
    heads = parts_of(lines[start])
    if len(heads) != 2 or "\t" in lines[start] or any(is_figure(h) or len(h) > LONGEST for h in heads):
        return [], start
    at = lines[start].index(heads[1], lines[start].index(heads[0]) + len(heads[0]))
    lists: tuple[list[list[str]], list[list[str]]] = ([], [])
    end = i = start + 1
    while i < len(lines) and i - end < 2 and "\t" not in lines[i]:
        if lists[0] and not lines[i].strip():
            break
        halves = lines[i][: at - 1], lines[i][at - 1 :]
        matches = [_ROW.fullmatch(half) for half in halves]
        if any(half.strip(" –-") and m is None for half, m in zip(halves, matches, strict=True)):
            break
        for rows, match in zip(lists, matches, strict=True):
            rows.extend([[match["label"], match["figure"]]] if match else [])
        end = i + 1 if any(matches) else end
        i += 1
    if min(map(len, lists)) < FEWEST:
        return [], start
    blocks: list[Block] = []
    for head, found in zip(heads, lists, strict=True):
        blocks += [Paragraph(text_passage(head), None), table_of(found, "spaces", marked=False)]
    return blocks, end
