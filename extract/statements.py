"""All statements of a document: tables cell by cell, charts label by label, text number by number."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extract.bracketed import Bracketed, figures_of, in_brackets, says_brackets, whose_brackets
from extract.in_charts import in_chart
from extract.limits import limits
from extract.listed_series import with_listed_series
from extract.model import Block, Cell, Chart, Heading, Paragraph, Passage, Reading, Table, UnreadableError
from extract.numbered import with_section_numbers
from extract.numerals import mentions
from extract.sentences import split_sentences, statements_of
from extract.statement import Statement, quote_of
from extract.tables.heads import (
    TOTAL,
    head_rows,
    holds_figure,
    label_columns,
    outer_labels,
    stretch_heads,
    texts_of,
    without_enumerators,
)

_LABELLED = re.compile(r"^(?:chart|table|figure|fig\.?|graph)\s*\d+", re.IGNORECASE)
_OF_WHICH = re.compile(
    r"\W*(?:of|out of)\s+(?:which|these|those|them)\W*|\W*(?:made up of|comprising|including)\W*", re.IGNORECASE
)


def statements(reading: Reading) -> list[Statement]:
    """Every number of a document with the words around it, in reading order."""
    blocks = with_listed_series(with_section_numbers(reading.blocks))
    below = _captions_below(blocks)
    result: list[Statement] = []
    stack: list[tuple[int, str, str]] = []
    lead = ""
    intro = label = ""
    said: tuple[str, ...] = ()
    """The sentences of the paragraph before, under the same heading."""
    taken: set[int] = set()
    for n, block in enumerate(blocks):
        headings = tuple(text for _, text, _ in stack) + ((lead,) if lead else ())
        if n in taken:
            continue
        if isinstance(block, Heading | Paragraph) and block.number:
            _leave_sections(stack, block.number)
        if isinstance(block, Heading) and _LABELLED.match(block.text):
            label = block.text
            continue
        if isinstance(block, Heading) and stack and _same(block.text, stack[-1][1]):
            continue  # the heading that is in force, once more as a caption or at the top of a page
        if isinstance(block, Heading):
            while stack and stack[-1][0] >= block.level:
                stack.pop()
            stack.append((block.level, block.text, block.number))
            lead, intro, label, said = "", "", "", ()
            above = tuple(text for _, text, _ in stack[:-1])
            result += statements_of(Passage(block.text), f"h{n}", above, "", [], in_list=False)
        elif isinstance(block, Paragraph) and _is_caption(block):
            label = block.body.text
            result += statements_of(block.body, f"p{n}", headings, "", [], in_list=False)
        elif isinstance(block, Paragraph):
            if block.lead and not block.bullet:
                lead = block.lead
            own = (block.lead,) if block.bullet and block.lead else ()
            where = tuple(text for _, text, _ in stack) + ((lead,) if lead else ()) + own
            caption = intro if block.bullet or _item_like(block.body.text) else ""
            result += statements_of(block.body, f"p{n}", where, caption, [], block.bullet)
            sentences = [block.body.text[a:b] for a, b in split_sentences(block.body.text)]
            if not (block.bullet or (caption and _item_like(block.body.text))):
                intro, said = _introduction(sentences), tuple(sentences[-4:])
        elif isinstance(block, Table):
            caption, label = label or _caption(blocks, n, intro, below), ""
            if n in below and _titled_after(blocks, n):
                taken.add(n + 1)
            result += [
                replace(s, context=s.context or said)
                for s in _in_table(block, f"t{n}", headings, caption, (*_on_brackets(blocks, n), *said))
            ]
        elif isinstance(block, Chart):
            caption, label = label or _caption(blocks, n, intro, below), ""
            result += in_chart(block, f"c{n}", headings, caption)
        if len(result) > limits().numbers:
            raise UnreadableError(limits().too_many_numbers)
    result = _with_brackets_explained(blocks, result)
    scanned = set(reading.ocr_pages)
    return [replace(s, ocr=True) if s.page in scanned else s for s in result] if scanned else result


def _same(a: str, b: str) -> bool:
    """True for headings of the same words."""
    return re.findall(r"\w+", a.casefold()) == re.findall(r"\w+", b.casefold())


BRACKETS_BEFORE, BRACKETS_BEHIND = 6, 2
"""Blocks before and behind a table in which it may be said what its brackets hold."""


def _on_brackets(blocks: Sequence[Block], n: int) -> tuple[str, ...]:
    """The sentences around a table that say what its figures in brackets are: those under it last, as they are looked through from the end."""
    above = blocks[max(0, n - BRACKETS_BEFORE) : n]
    below = itertools.takewhile(lambda b: isinstance(b, Paragraph), blocks[n + 1 : n + 1 + BRACKETS_BEHIND])
    return tuple(_said_of_brackets((*above, *below)))


def _said_of_brackets(blocks: Sequence[Block]) -> list[str]:
    """The sentences of paragraphs that say what figures in brackets are."""
    texts = [block.body.text for block in blocks if isinstance(block, Paragraph)]
    return [text[a:b] for text in texts for a, b in split_sentences(text) if says_brackets(text[a:b])]


def _with_brackets_explained(blocks: Sequence[Block], found: list[Statement]) -> list[Statement]:
    """The statements, where the document says whose figures stand in brackets with that said in their sentences: "58 (64)" is "58 (2014/15: 64)"."""
    name = next((name for sentence in _said_of_brackets(blocks) if (name := whose_brackets(sentence))), "")
    if not name:
        return found
    result: list[Statement] = []
    for _, group in itertools.groupby(found, lambda s: (s.group, s.sentence)):
        result += _named_in_brackets(list(group), f"{name}: ")
    return result


def _named_in_brackets(group: list[Statement], name: str) -> list[Statement]:
    """The statements of a sentence, with a name before each figure that stands in brackets alone behind one of its kind."""
    sentence = group[0].sentence
    bracketed = [in_brackets(sentence, s.start, s.start + len(s.printed)) for s in group]
    named = [s.start for n, s in enumerate(group) if bracketed[n] and _behind_its_kind(group, bracketed, n)]
    for start in reversed(named):
        sentence = f"{sentence[:start]}{name}{sentence[start:]}"
    return [replace(s, sentence=sentence, start=s.start + len(name) * bisect_right(named, s.start)) for s in group]


_DAYS = ("days", "working_days")


def _behind_its_kind(group: Sequence[Statement], bracketed: Sequence[bool], n: int) -> bool:
    """True where the figure before one in brackets is of its kind: "19 days (23)", "45% within 20 days (58%)".

    A share behind a count is its own; behind another figure in brackets stands a label's: "by email (121), by post (84)".
    """
    s, before = group[n], [k for k in range(n) if group[k].statistic]
    if before and group[before[-1]].kind in _DAYS and s.kind == "number":
        return not bracketed[before[-1]]
    nearest = next((k for k in reversed(before) if group[k].kind not in _DAYS or s.kind in _DAYS), None)
    return nearest is not None and group[nearest].kind == s.kind and not bracketed[nearest]


def _leave_sections(stack: list[tuple[int, str, str]], number: str) -> None:
    """Close numbered sections that a number does not belong to: what is numbered 3.5 is no part of 3.4.

    A number without a dot may as well be that of a list's item, and closes nothing.
    """
    for n, (_, _, own) in enumerate(stack):
        if own and "." in own and not f"{number}.".startswith(f"{own.removesuffix('.0')}."):
            del stack[n:]
            return


def _is_caption(block: Paragraph) -> bool:
    """True for "Table 3: Complaints by subject, stage 1", set as a paragraph; not for "Table 3 shows that …"."""
    text = block.body.text
    match = _LABELLED.match(text)
    if match is None or len(text) > 160:
        return False
    return not re.match(
        r"\s*(?:\(|(?:above|below)?\s*(?:shows?|sets?|gives?|illustrates?|provides?|details?|summaris\w+|is|and|to)\b)",
        text[match.end() :],
    )


def _item_like(text: str) -> bool:
    """Lines such as "The Administration Team – 2 compliments" are list items without a bullet."""
    return len(text) < 110 and bool(re.search(r"\s[–-]\s*\d|:\s*\d", text)) and len(mentions(text)) <= 4


_ANNOUNCES = re.compile(r"\b(?:tables?|charts?|graphs?|figures|figure \d+|below|following|breakdown)\b", re.IGNORECASE)
_NEAR = 3
"""Sentences at the end of a paragraph of which one may introduce what follows."""


def _introduction(sentences: list[str]) -> str:
    """The words that introduce a list or table: of the last sentences of the paragraph before it, the last that announces something."""
    if sentences and sentences[-1].rstrip().endswith(":"):
        return sentences[-1]
    return next((s for s in reversed(sentences[-_NEAR:]) if _ANNOUNCES.search(s)), "")


def _short_title(block: Block) -> bool:
    """True for a line that may be the caption of a table; headings of sections are none."""
    if isinstance(block, Heading) and block.level < 4:
        return False
    text = block.text if isinstance(block, Heading | Paragraph) else ""
    return (
        bool(text)
        and len(text) < 90
        and not re.search(r"[.;,:]$", text)
        and len(text.split()) <= 12
        and (text[0].isupper() or _YEAR_ALONE.fullmatch(text) is not None)
    )


_YEAR_ALONE = re.compile(r"(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d:?")


def _captions_below(blocks: list[Block]) -> set[int]:
    """Places of the tables and charts whose captions stand below them: all where a document does so, else those of a run."""
    above = under = 0
    tables = [n for n, block in enumerate(blocks) if isinstance(block, Table)]
    titled_chain = False
    for n in tables:
        titled_after, titled_before = _titled_after(blocks, n), _titled_before(blocks, n)
        # A title between two tables may be either's: the first of the tables tells, by whether one stands over it.
        if not (n >= 2 and isinstance(blocks[n - 2], Table | Chart)):
            titled_chain = titled_before
        under += titled_after and not titled_chain
        above += titled_before and titled_chain
    if under >= 2 and under > above and under >= 0.5 * len(tables):
        return {n for n, block in enumerate(blocks) if isinstance(block, Table | Chart)}
    return _runs_with_captions_below(blocks)


def _runs_with_captions_below(blocks: list[Block]) -> set[int]:
    """Places of the tables in runs of two and more with a title behind each, the last one too, and none before the first."""
    found: set[int] = set()
    run: list[int] = []
    for n in range(len(blocks) + 1):
        block = blocks[n] if n < len(blocks) else None
        if isinstance(block, Table | Chart):
            if not (run and run[-1] == n - 2 and _titled_after(blocks, run[-1])):
                run = []
            run.append(n)
        elif run and n == run[-1] + 2:
            if (
                len(run) > 1
                and _titled_after(blocks, run[-1])
                and not _titled_before(blocks, _first_of(blocks, run[0]))
            ):
                found |= set(run)
            run = []
    return found


def _first_of(blocks: list[Block], n: int) -> int:
    """The first of the tables that follow one another up to this one: one title may stand over them all."""
    while n and isinstance(blocks[n - 1], Table | Chart):
        n -= 1
    return n


def _titled_after(blocks: list[Block], n: int) -> bool:
    after = blocks[n + 1] if n + 1 < len(blocks) else None
    return isinstance(after, Heading | Paragraph) and not after.number and _short_title(after)


def _titled_before(blocks: list[Block], n: int) -> bool:
    before = blocks[n - 1] if n else None
    return before is not None and (
        _short_title(before) or (isinstance(before, Paragraph) and before.body.text.endswith(":"))
    )


def _caption(blocks: list[Block], n: int, intro: str, below: set[int]) -> str:
    """Words that name a table or chart."""
    after = blocks[n + 1] if n + 1 < len(blocks) else None
    before = blocks[n - 1] if n else None
    if n in below:
        return after.text if isinstance(after, Heading | Paragraph) and _short_title(after) else ""
    if isinstance(before, Paragraph) and (_short_title(before) or _long_title(before)):
        return [before.body.text[a:b] for a, b in split_sentences(before.body.text)][-1]
    if isinstance(before, Paragraph) and re.fullmatch(r"\(.{5,90}\)", before.body.text):
        return f"{intro} {before.body.text}".strip()  # "(figures for 2018-19 in brackets)"
    return intro


def _long_title(block: Paragraph) -> bool:
    """True for a numbered line without a full stop right over a table: it names the table however long it is."""
    text = block.body.text
    return bool(block.number) and len(text) < 160 and not re.search(r"[.;,]$", text) and text[:1].isupper()


def _in_table(
    table: Table, group: str, headings: tuple[str, ...], caption: str, said: tuple[str, ...]
) -> list[Statement]:
    grid = table.grid()
    if not grid or not grid[0]:
        return []
    heads = head_rows(grid)
    labels = label_columns(grid, heads)
    stretch_heads(grid[:heads])
    corner = " ".join(texts_of([grid[r][c] for r in range(heads) for c in range(labels)]))
    columns = {c: texts_of([grid[r][c] for r in range(heads)]) for c in range(len(grid[0]))}
    if _YEAR_ALONE.fullmatch(caption):
        # A year that stands alone over a table is the head of all its columns.
        columns, caption = {c: (caption, *heads_of) for c, heads_of in columns.items()}, ""
    around = (caption, corner, *reversed(headings), *(t for c in columns.values() for t in c))
    brackets = Bracketed.of(around, reversed(said))
    if brackets.words:
        caption = caption.replace(brackets.words, "").strip(" .;:|")
    result: list[Statement] = []
    group_label = ""
    named = without_enumerators(outer_labels(grid[heads:], labels))
    done: set[int] = set()
    for r in range(heads, len(grid)):
        row = grid[r]
        filled = {id(c) for c in row if c is not None and c.text}
        own = named[r - heads]
        if len(filled) == 1 and not any(holds_figure(c) for c in row[labels:]):
            group_label = next(c.text for c in row if c is not None and c.text)
            if _OF_WHICH.fullmatch(group_label):
                group_label = ""
            continue
        row_labels = tuple(dict.fromkeys(t for t in ([group_label] if labels == 1 else []) + own if t))
        if labels == 1 and TOTAL.search(own[0]) and group_label and not _subtotal_follows(grid, r, heads):
            row_labels = (own[0],)
        page = table.pages.get(r, table.page)
        for c in range(labels, len(row)):
            cell = row[c]
            if cell is None or not cell.text or id(cell) in done:
                continue
            done.add(id(cell))
            heads_of_cell = columns[c] if cell.column_span == 1 else ()
            figures = figures_of(cell.body.text, heads_of_cell, brackets)
            if not figures:
                labels_of_cell = (*row_labels, *columns[c])
                result += statements_of(cell.body, f"{group}.{r}.{c}", headings, caption, [], False, labels_of_cell)
                continue
            for m, own_heads in figures:
                result.append(
                    Statement(
                        printed=m.printed,
                        value=m.value,
                        kind=m.kind,
                        method="table",
                        page=page,
                        box=cell.body.box(m.start, m.end) or cell.box,
                        quote=quote_of(" / ".join(row_labels), " / ".join(heads_of_cell), cell.text),
                        group=group,
                        low=m.low,
                        high=m.high,
                        headings=headings,
                        caption=caption,
                        rows=row_labels,
                        columns=own_heads,
                        corner=corner,
                        place=(r, c),
                    )
                )
    return result


def _subtotal_follows(grid: list[list[Cell | None]], r: int, heads: int) -> bool:
    """True where the total in row r closes a group of rows, as when groups have a total each."""
    totals = [i for i in range(heads, len(grid)) if grid[i][0] is not None and TOTAL.search(grid[i][0].text)]  # type: ignore[union-attr]
    return (len(totals) > 1 and r != totals[-1]) or (len(totals) > 1 and len({grid[i][0].text for i in totals}) == 1)  # type: ignore[union-attr]
