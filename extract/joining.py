"""Paragraphs that a page or column break cuts in two, put together."""

from __future__ import annotations

from dataclasses import replace

from extract.layout import BROKEN_OFF, DIVIDED, ENDED, KEEPS_HYPHEN
from extract.model import Block, Paragraph, Passage


def join_over_pages(blocks: list[Block]) -> list[Block]:
    """Put a paragraph together that a page or column break cuts in two."""
    joined: list[Block] = []
    held: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.footnote:
            held.append(block)
            continue
        last = joined[-1] if joined else None
        if (
            isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and not block.bullet
            and not ENDED.search(last.body.text)
            and (_goes_on_over_page(last, block) or _goes_on_in_next_column(last, block))
        ):
            _run_on(last.body, block.body)
            continue
        joined += [*held, block]
        held = []
    return joined + held


def _goes_on_over_page(last: Paragraph, block: Paragraph) -> bool:
    return block.page != last.page and (block.body.text[:1].islower() or len(last.body.text) > 60)


def _goes_on_in_next_column(last: Paragraph, block: Paragraph) -> bool:
    """True for a paragraph without a beginning at the top of a column, after one without an end at the foot of the column before."""
    if block.page != last.page or not (last.body.spans and block.body.spans):
        return False
    end, begin = last.body.spans[-1][2].box, block.body.spans[0][2].box
    cut = block.body.text[:1].islower() or BROKEN_OFF.search(last.body.text) is not None
    return cut and begin[0] > end[0] and begin[3] < end[1]


def _run_on(passage: Passage, other: Passage) -> None:
    """Add what goes on; a word that the break cuts is put together."""
    word = passage.text.rpartition(" ")[2]
    if not DIVIDED.search(word) or not other.text[:1].islower() or KEEPS_HYPHEN.match(word):
        passage.extend(other)
        return
    start, end, last = passage.spans[-1]
    passage.spans[-1] = (start, end - 1, replace(last, text=last.text[:-1]))
    passage.spans += [(a + end - 1, b + end - 1, mine) for a, b, mine in other.spans]
    passage.text = passage.text[:-1] + other.text
