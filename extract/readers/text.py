"""Plain text and Markdown: paragraphs, lists, and tables in tabs, pipes, or flattened to lines."""

from __future__ import annotations

from pathlib import Path

from extract.limits import limits
from extract.model import Block, Heading, Reading, UnreadableError
from extract.readers.text_lines import double_spaced, prepared, width_of
from extract.readers.text_paragraphs import add_paragraph, names_spaced_table
from extract.tables.apart import labels_apart
from extract.tables.beside import lists_beside
from extract.tables.cell_lines import cell_lines_table
from extract.tables.celled import (
    cells_table,
    columns_of_cells,
    dated_records,
    figures_over_labels,
    key_numbers,
    numbered_table,
    records_table,
)
from extract.tables.even import double_tabs, even_table, legend_table, side_by_side
from extract.tables.flattened import rows_over_periods, table_from_lines
from extract.tables.inherited import with_heads_of_before
from extract.tables.listed import (
    heads_over_figures,
    key_figures,
    labels_over_figures,
    listed_table,
    series_over_years,
    tall_heads_over_figures,
    years_over_figures,
)
from extract.tables.records import inline_records, keyed_records, named_records
from extract.tables.run_on import run_on_table, stacked_table
from extract.tables.spaced import spaced_table
from extract.tables.textual import pipe_table, series_table, tab_table
from extract.tables.wrapped import with_groups_carried_on, with_whole_labels


def read(path: Path) -> Reading:
    """Read a text file. Raises UnreadableError for an empty or binary file."""
    with path.open("rb") as file:
        data = file.read(4 * limits().characters + 4)  # what is longer is refused, in any encoding
    text = decode(data)
    limits().check_text(text)
    if text.count("\n") > limits().lines:
        raise UnreadableError(
            f"holds more than {limits().lines:,} lines, far more than a complaints report; check that it is the right file"
        )
    if "\x00" in text:
        raise UnreadableError("is no text file; save the report as PDF or plain text and try again")
    if not text.strip():
        raise UnreadableError("is empty; save the report's text again")
    return Reading(blocks_of_text(text), 1)


def decode(data: bytes) -> str:
    """Text of unknown encoding: UTF-8 or UTF-16 with a mark, UTF-8, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def blocks_of_text(text: str) -> list[Block]:
    """Headings, paragraphs and tables of a text, in order."""
    lines, numbered = prepared(text)
    wide = width_of(lines)
    spaced = double_spaced(lines)
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        if i in numbered:
            blocks.append(Heading(lines[i].strip().split(maxsplit=1)[1], 2, None))
            i += 1
            continue
        if not lines[i].strip():
            i += 1
            continue
        if names_spaced_table(lines, i):
            i = add_paragraph(lines, i, 0, spaced, blocks)
            continue
        for reader in READERS:
            table, end = reader(lines, i)
            if end > i:
                blocks += (with_groups_carried_on(with_whole_labels(block)) for block in table)
                i = end
                break
        else:
            i = add_paragraph(lines, i, wide, spaced, blocks)
    return with_heads_of_before(blocks)


READERS = (
    pipe_table,
    run_on_table,
    stacked_table,
    series_over_years,
    years_over_figures,
    labels_over_figures,
    labels_apart,
    series_table,
    heads_over_figures,
    tall_heads_over_figures,
    double_tabs,
    tab_table,
    key_figures,
    even_table,
    legend_table,
    lists_beside,
    side_by_side,
    spaced_table,
    dated_records,
    keyed_records,
    named_records,
    inline_records,
    listed_table,
    columns_of_cells,
    cell_lines_table,
    cells_table,
    numbered_table,
    records_table,
    figures_over_labels,
    key_numbers,
    rows_over_periods,
    table_from_lines,
)
"""Readers of tables in a text, the surest first; each takes the lines and where to begin, and gives the table and where it ends."""
