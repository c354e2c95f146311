"""A performance team's scorecard: narrative in a narrow column at left, at right charts and tables in boxes with header strips."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml.html import HtmlElement
from parts import (
    HEADS,
    PARAGRAPH,
    Drawn,
    Grid,
    charts_of,
    cover,
    grid,
    is_caption,
    is_figure,
    is_total,
    number,
    read_chart,
    text_of,
)

NEEDS = "typst"
DATED = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
NOTE = re.compile(r"\d\s+(data|percentages|commentary)\b", re.I)
YEAR = re.compile(r"(19|20)\d\d")
PER_MM = 8.5
"""How many characters of narrative a millimetre of the narrow column holds."""

Block = dict[str, object]


# Narrative


def runs(item: HtmlElement) -> list[tuple[str, bool]]:
    """The words of an element in pieces, and whether they are bold."""
    pieces = [(item.text or "", False)]
    for e in item:
        pieces += [(text_of(e), e.tag in ("b", "strong")), (e.tail or "", False)]
    return [p for p in pieces if p[0].strip()]


def blocks(item: HtmlElement, level: str) -> list[Block]:
    text = text_of(item)
    if item.tag == "ul":
        return [{"kind": "entry", "runs": runs(li)} for li in item.iter("li")]
    if item.tag in HEADS:
        kind = "by" if text.startswith("(") else "section" if item.tag == level else "head"
        return [{"kind": kind, "runs": [(text, False)]}]
    given = PARAGRAPH.match(item.text or "")
    words = runs(item)
    if given and words:
        words[0] = (words[0][0][given.end() :], False)
    return [{"kind": "text", "runs": words, "mark": given[1] if given else ""}]


def length(block: Block) -> int:
    return sum(len(text) for text, _ in block["runs"]) + 40  # type: ignore[attr-defined]


# Boxes


def company(item: HtmlElement) -> list[HtmlElement]:
    """The title and the note that stand by a table or chart as elements of their own."""
    before, after = item.getprevious(), item.getnext()
    found = [before] if item.tag == "svg" and before is not None and before.tag == "h4" else []
    if item.tag == "table" and is_caption(after) and not PARAGRAPH.match(text_of(after)):
        found.append(after)
        after = after.getnext()
    return [*found, after] if after is not None and NOTE.match(text_of(after)) else found


def bar_chart(said: Drawn) -> Block:
    """A chart as bars, or as small columns where it goes by years."""
    rows = [
        {
            "name": name,
            "bars": [
                [j, said.values[i, j], number(said.values[i, j]) / said.highest]
                for j in range(len(said.names))
                if (i, j) in said.values
            ],
        }
        for i, name in enumerate(said.categories)
    ]
    years = len(said.names) > 1 and all(YEAR.match(n) for n in said.names)
    if said.dated:
        rows = [{"name": "", "bars": [[i, *r["bars"][0][1:]] for i, r in enumerate(rows)]}]  # type: ignore[index]
    names = said.categories if said.dated else said.names
    kind = "columns" if years or said.dated else "bars"
    count = sum(len(r["bars"]) for r in rows)  # type: ignore[arg-type]
    tall = 36 * -(-len(rows) // 3) if kind == "columns" else 6 * len(rows) + 3.8 * count
    return {"kind": kind, "title": said.title, "names": names, "rows": rows, "tall": tall + 8}


def yearly(table: Grid) -> Block | None:
    """A table of measures by years, as small columns for each of them."""
    texts = table.texts
    if (
        table.heads != 1
        or not all(YEAR.match(t) for t in texts[0][1:])
        or not all(is_figure(t) for row in texts[1:] for t in row[1:])
    ):
        return None
    rows = [
        {"name": row[0], "bars": [[j, v, number(v) / (max(map(number, row[1:])) or 1)] for j, v in enumerate(row[1:])]}
        for row in texts[1:]
    ]
    return {
        "kind": "columns",
        "title": texts[0][0],
        "names": texts[0][1:],
        "rows": rows,
        "tall": 36 * -(-len(rows) // 3) + 8,
    }


def table_block(table: Grid) -> Block:
    """A table with its cells at their places, a band for each of its row groups."""
    heads, down = table.heads, 0
    groups = any(c.rows > 3 and c.column == 0 for c in table.cells)
    below = [[row[x] for row in table.texts[heads:]] for x in range(table.width)]
    right = [x > 0 and sum(map(is_figure, column)) > len(column) / 2 for x, column in enumerate(below)]
    cells: list[Block] = []
    for y, row in enumerate(table.rows):
        total = y >= heads and any(is_total(c.text) for c in row[:2])
        for c in row:
            lead = groups and c.column == 0
            band = lead and y >= heads and c.columns == 1
            if (band and not c.text) or (lead and y < heads and c.columns == 1):
                continue
            kind = "head" if y < heads else "band" if band else "total" if total else "cell"
            place = {"x": max(c.column - groups, 0), "y": y + down, "down": 1 if lead else c.rows}
            across = table.width - 1 if band else c.columns - (lead and c.columns > 1)
            cells.append(
                {
                    **place,
                    "across": across,
                    "text": c.text,
                    "kind": kind,
                    "right": right[c.column] and (y < heads or is_figure(c.text)),
                }
            )
            down += band
    if groups:
        first = next(c for c in cells if c["kind"] == "head")
        first["text"] = "\n".join(dict.fromkeys(table.texts[0][:2]))
    widths = [max(len(t) for t in column) for column in below[1 if groups else 0 :]]
    words = [
        max((len(w) for t in [*column, *(r[x] for r in table.texts[:heads])] for w in t.split()), default=1)
        for x, column in enumerate(below)
    ]
    shares = [
        max(min(w, 160) ** 0.75, least * 1.15) for w, least in zip(widths, words[1 if groups else 0 :], strict=False)
    ]
    tall = sum(5 * max(1, sum(len(t) for t in row) / 75) for row in table.texts)
    return {"kind": "table", "widths": shares, "heads": heads, "cells": cells, "tall": tall}


def box(item: HtmlElement, under: str) -> Block:
    """A table or chart with its title and notes."""
    notes = [text_of(e) for e in company(item) if NOTE.match(text_of(e))]
    given = [text_of(e) for e in company(item) if not NOTE.match(text_of(e))]
    if item.tag == "svg":
        shown = [bar_chart(read_chart(item))]
    else:
        table = grid(item)
        by_year = yearly(table)
        charts, more = charts_of(table) or ([], [])
        shown = [by_year] if by_year else [bar_chart(c) for c in charts] or [table_block(table)]
        notes = [*more, *notes] if charts and not by_year else notes
    tall = sum(float(b["tall"]) for b in shown) + 12 + 5 * len(notes)  # type: ignore[arg-type]
    return {"title": given[0] if given else under, "shown": shown, "notes": notes, "tall": tall}


# The card


class Card:
    """The rows of the card: strips of sections, text alone, and narrative with boxes beside it."""

    def __init__(self) -> None:
        self.rows: list[Block] = []
        self.text: list[Block] = []
        self.boxes: list[Block] = []
        self.room = 0.0

    def write(self, made: list[Block]) -> None:
        for block in made:
            if block["kind"] == "section" or (self.boxes and (length(block) > self.room or block["kind"] == "head")):
                self.flush()
            if block["kind"] == "section":
                self.rows.append({"kind": "section", "text": block["runs"][0][0]})  # type: ignore[index]
                continue
            self.room -= length(block) * bool(self.boxes)
            self.text.append(block)

    def show(self, made: Block) -> None:
        if not self.boxes:
            self.split(float(made["tall"]) * PER_MM)  # type: ignore[arg-type]
        else:
            self.room += float(made["tall"]) * PER_MM  # type: ignore[arg-type]
        self.boxes.append(made)

    def split(self, room: float) -> None:
        """Keep as narrative what fits beside a box, the paragraph before it at least; the text before that stands alone."""
        kept: list[Block] = []
        while self.text and (not kept or sum(map(length, kept)) + length(self.text[-1]) <= room):
            kept.insert(0, self.text.pop())
        while self.text and self.text[-1]["kind"] == "head":
            kept.insert(0, self.text.pop())
        self.flush()
        self.text, self.room = kept, room - sum(map(length, kept))

    def flush(self) -> None:
        if self.text or self.boxes:
            self.rows.append({"kind": "row", "text": self.text, "boxes": self.boxes})
        self.text, self.boxes, self.room = [], [], 0.0


def print_pdf(body: HtmlElement, out: Path) -> None:
    items = list(body)
    first = cover(items)
    while DATED.match(text_of(items[first])) and items[first + 1].tag in HEADS:
        first += 1
    front, items = items[:first], items[first:]
    level = min(e.tag for e in items if e.tag in HEADS[:3])
    claimed = {id(e) for item in items if item.tag in ("table", "svg") for e in company(item)}
    card, under = Card(), ""
    for item in items:
        if item.tag in HEADS and id(item) not in claimed:
            under = text_of(item)
        if item.tag in ("table", "svg"):
            card.show(box(item, under))
        elif id(item) not in claimed:
            card.write(blocks(item, level))
    card.flush()
    chief = " ".join(text_of(e) for e in front if e.tag == "h1") or " ".join(map(text_of, front))
    heads = [[e.tag, text_of(e)] for e in front]
    import typst  # noqa: PLC0415  (only this design needs it)

    said = json.dumps({"front": heads, "run": chief, "rows": card.rows})
    typst.compile(str(Path(__file__).with_suffix(".typ")), output=str(out), sys_inputs={"card": said}, timestamp=0)
