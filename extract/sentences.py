"""Running text: sentences and the numbers in each."""

from __future__ import annotations

import re

from extract.bracketed import says_brackets
from extract.model import Passage
from extract.numerals import Mention, mentions
from extract.statement import Statement, quote_of

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|no|nos|st|mr|mrs|ms|dr|inc|approx|para|fig|vs|cf|dept|incl|excl|exc)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_WHOLE_WORD = re.compile(r"(?<!approx)(?<!para)(?<!dept)(?<!incl)(?<!excl)(?<=[a-z]{4})\.$")
_LONGEST_ABBREVIATION = 10
_END = re.compile(r"[.!?]['’”\")\]]*(?=\s+['‘“\"(\[]?[A-Z0-9£])|[.!?](?=[A-Z][a-z])")

MAX_SENTENCE_CHARS = 1200
"""Characters of a sentence; what runs on without an end is a list of names or worse, and is cut."""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a paragraph."""
    found = []
    start = 0
    for match in _END.finditer(text):
        before = text[max(0, match.start() - _LONGEST_ABBREVIATION) : match.start() + 1]
        if _ABBREVIATION.search(before) and not _WHOLE_WORD.search(before):
            continue
        found.append((start, match.end()))
        start = match.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if text[start:].strip():
        found.append((start, len(text)))
    return [
        (a, min(a + MAX_SENTENCE_CHARS, end)) for start, end in found for a in range(start, end, MAX_SENTENCE_CHARS)
    ]


def statements_of(
    body: Passage,
    group: str,
    headings: tuple[str, ...],
    caption: str,
    context: list[str],
    in_list: bool,
    rows: tuple[str, ...] = (),
) -> list[Statement]:
    """Every number of a paragraph as a statement. `rows` are labels, where the text stands in a cell."""
    text = body.text
    result: list[Statement] = []
    earlier = list(context)
    for number, (start, end) in enumerate(split_sentences(text)):
        sentence = text[start:end]
        found = _in_sentence(
            sentence, body, start, f"{group}.{number}", headings, caption, tuple(earlier[-4:]), in_list, rows
        )
        result += found
        if not says_brackets(sentence):
            earlier.append(sentence)
    return result


def _in_sentence(
    sentence: str,
    body: Passage,
    offset: int,
    group: str,
    headings: tuple[str, ...],
    caption: str,
    context: tuple[str, ...],
    in_list: bool,
    rows: tuple[str, ...],
) -> list[Statement]:
    return [
        Statement(
            printed=m.printed,
            value=m.value,
            kind=m.kind,
            method="list" if in_list else "table" if rows else "sentence",
            page=body.page(offset + m.start),
            box=body.box(offset + m.start, offset + m.end),
            quote=quote_of(*rows, _around(sentence, m)),
            group=group,
            low=m.low,
            high=m.high,
            headings=headings,
            caption=caption,
            rows=rows,
            place=(0, n),
            sentence=sentence,
            start=m.start,
            context=context,
        )
        for n, m in enumerate(mentions(sentence))
    ]


def _around(sentence: str, m: Mention) -> str:
    """The sentence, cut around the number where it is long."""
    text = " ".join(sentence.split())
    if len(text) <= 200:
        return text
    start = max(0, m.start - 100)
    return ("…" if start else "") + sentence[start : m.end + 100].strip() + ("…" if m.end + 100 < len(sentence) else "")
