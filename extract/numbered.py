"""Headings that carry the number of their section without a dot: "5 Learning", "6 Complaints to the Ombudsman"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Block, Heading

_NUMBERED = re.compile(r"(?P<number>\d{1,2})\s+(?P<text>[^\W\d].*)", re.DOTALL)
LEAST = 3
"""So many headings must be numbered one after another before their numbers are those of sections."""


def with_section_numbers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a document, the numbers of its sections apart from the words of their headings.

    A number counts as that of a section where headings, of one level or of all, are numbered in order, from any number, because a part of a report may be
    given: what stands there is no figure, though "6 Complaints to the Ombudsman" reads like one.
    """
    levels = {b.level for b in blocks if isinstance(b, Heading)}
    numbers: set[int] = set()
    for among in (levels, *({level} for level in levels)):
        numbers |= _in_order([(n, m) for n, b in enumerate(blocks) if (m := _number(b, among)) is not None])
    # What repeats a heading, as a caption or at the top of a page, repeats its number.
    named = {_name(b) for n in numbers if isinstance(b := blocks[n], Heading)}
    return [_parted(b) if isinstance(b, Heading) and _name(b) in named else b for b in blocks]


_CONTINUED = re.compile(r"\s*(?:\(cont(?:inued|['’]?d|\.)?\)|[–-]?\s*continued)$")


def _name(heading: Heading) -> str:
    return _CONTINUED.sub("", heading.text.casefold())


def _number(block: Block, levels: set[int]) -> int | None:
    if not isinstance(block, Heading) or block.level not in levels or block.number:
        return None
    match = _NUMBERED.fullmatch(block.text)
    return int(match["number"]) if match else None


def _in_order(found: list[tuple[int, int]]) -> set[int]:
    """The places of the headings whose numbers go up by one."""
    best: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for place, number in found:
        if run and number == run[-1][1] + 1:
            run.append((place, number))
        elif number == 1 or len(run) < 2:  # else a figure that opens a heading between two sections
            run = [(place, number)]
        best = max(best, run, key=len)
    return {place for place, _ in best} if len(best) >= LEAST else set()


def _parted(block: Block) -> Block:
    if isinstance(block, Heading) and (match := _NUMBERED.fullmatch(block.text)):
        return replace(block, text=match["text"], number=match["number"])
    return block
