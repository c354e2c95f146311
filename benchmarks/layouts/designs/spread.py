"""A landscape corporate report as made in InDesign, set by Typst: two columns, large numerals, titles turned in the margin, tables without rules."""

from __future__ import annotations

import json
import math
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
MONTH = r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
"""What must not follow a number, as it is a date then."""
CHAPTER = re.compile(rf"(?:section\s+)?(\d+)(?:\.0)?\.?\s+(?=\D){MONTH}", re.I)
LEAD = re.compile(rf"(\d+ out of \d+|£?\d[\d,.]*%?)\s+(?=\D){MONTH}")
"""A figure with which an entry of a list begins."""
COLUMN, RADIUS, HOLE, STEP = 118.0, 21.0, 12.5, 10.0
"""Width of a column, radii of a doughnut and least distance of its labels, in mm."""


def runs(element: HtmlElement) -> list[list[object]]:
    """The words of an element with whether they are bold."""
    parts: list[list[object]] = [[element.text or "", False]]
    for child in element:
        parts += [[text_of(child), child.tag in ("b", "strong")], [child.tail or "", False]]
    return [[re.sub(r"\s+", " ", str(text)), bold] for text, bold in parts if text]


def around(values: list[float]) -> tuple[list[dict[str, object]], float]:
    """Slices of a doughnut and where their labels stand, in mm from its top left; its height."""
    total, start, slices = sum(values) or 1, -math.pi / 2, []
    for i, value in enumerate(values):
        turn = 2 * math.pi * value / total
        slices.append({"i": i, "from": start, "to": start + turn, "mid": start + turn / 2})
        start += turn
    right = [s for s in slices if math.cos(s["mid"]) >= 0]
    left = [s for s in slices if math.cos(s["mid"]) < 0]
    height = max(2 * RADIUS + 8, STEP * max(len(left), len(right)) + 4)
    for side in (right, left):
        side.sort(key=lambda s: math.sin(s["mid"]))
        wanted = [height / 2 + (RADIUS + 2) * math.sin(s["mid"]) for s in side]
        for k in range(1, len(side)):
            wanted[k] = max(wanted[k], wanted[k - 1] + STEP)
        over = max(0.0, wanted[-1] - height + STEP / 2) if wanted else 0
        wanted = [w - over for w in wanted]
        for k in reversed(range(len(side) - 1)):
            wanted[k] = min(wanted[k], wanted[k + 1] - STEP)
        shift = max(0.0, STEP / 2 - wanted[0]) if wanted else 0
        for s, w in zip(side, wanted, strict=True):
            s.update(y=w + shift, right=side is right)
    return slices, height


def is_shares(said: Drawn) -> bool:
    """Whether every row makes up a whole of a hundred per cent."""
    sums = [sum(number(v) for v in row.values()) for _, row in said.rows]
    return all(abs(s - 100) < 1.5 for s in sums) and all(v.endswith("%") for v in said.values.values())


def stacked(said: Drawn) -> dict[str, object]:
    """Stacked bars; a bar for each series, where the last category is the total of the others."""
    rows = [
        [name, [said.values.get((i, j), "") for j in range(len(said.names))], ""]
        for i, name in enumerate(said.categories)
    ]
    names = said.names
    if is_total(said.categories[-1]) and not is_shares(said):
        total = said.categories[-1]
        rows = [
            [
                name,
                [said.values.get((i, j), "") for i in range(len(said.rows) - 1)],
                f"{total} {said.values.get((len(said.rows) - 1, j), '')}",
            ]
            for j, name in enumerate(said.names)
        ]
        names = said.categories[:-1]
    ends = any(r[2] for r in rows)
    longest = max(sum(number(v) for v in r[1]) for r in rows) or 1
    room = (64 if ends else 80) - 8.5 * len(names)
    bars = [
        {"name": n, "parts": [{"v": v, "w": 8.5 + room * number(v) / longest} for v in vs], "end": end}
        for n, vs, end in rows
    ]
    return {"kind": "stacked", "title": said.title, "names": names, "bars": bars}


def single(said: Drawn, notes: list[str], strip: bool) -> dict[str, object]:
    """A chart of one series: figures across, a doughnut, or bars."""
    title = said.title or said.names[0]
    figures = [[row.get(next(iter(said.series)), ""), name] for name, row in said.rows]
    if not said.dated and strip and 2 <= len(figures) + any(map(is_total, notes)) <= 5:
        total = next((n for n in notes if is_total(n)), None)
        if total:
            notes.remove(total)
            figures.append(total.split(": ", 1)[::-1])
        return {"kind": "strip", "title": title, "figures": figures}
    if not said.dated and 2 <= len(figures) <= 7:
        slices, height = around([number(v) for v, _ in figures])
        centre = next((n for n in notes if is_total(n)), "")
        if centre:
            notes.remove(centre)
        return {
            "kind": "doughnut",
            "title": title,
            "figures": figures,
            "slices": slices,
            "height": height,
            "centre": centre.split(": "),
        }
    bars = [{"name": n, "v": v, "w": 66 * number(v) / said.highest} for v, n in figures]
    return {"kind": "bars", "title": title, "bars": bars}


def charts(item: HtmlElement) -> list[dict[str, object]]:
    made = ([read_chart(item)], []) if item.tag == "svg" else charts_of(grid(item))
    if not made:
        return []
    drawn, notes = made
    shown = [single(d, notes, item.tag == "table") if len(d.names) == 1 else stacked(d) for d in drawn]
    return [*shown, *({"kind": "note", "text": note} for note in notes)]


def widths(said: Grid) -> list[float]:
    """Parts of the width by the longest word and the length of what stands in a column."""
    columns = list(zip(*said.texts, strict=True))
    return [
        max(
            max(len(w) for t in c for w in (t.split() or [""])) + 3,
            min(40, max(map(len, c))) * 0.7,
            2.4 * max(map(len, c)) ** 0.5,
        )
        for c in columns
    ]


def groups(said: Grid) -> list[dict[str, object]]:
    """The rows of a long table under what its first column says for several of them."""
    found: list[dict[str, object]] = []
    for row in said.firsts[said.heads :]:
        lead = row[0]
        if lead is not None and lead.text:
            found.append({"name": lead.text, "rows": []})
        found[-1]["rows"].append([c.text if c else "" for c in row[1:]])  # type: ignore[attr-defined]
    return found


def table(item: HtmlElement) -> dict[str, object]:
    said = grid(item)
    below = [c for c in said.cells if c.row >= said.heads and c.column]
    figures = sum(is_figure(c.text) for c in below) > len(below) / 2
    long = said.height > 25 and any(c.rows > 2 for c in said.cells) and bool(said.texts[said.heads][0])
    cells = [
        {
            "x": c.column,
            "y": c.row,
            "rows": c.rows,
            "columns": c.columns,
            "text": c.text,
            "figure": is_figure(c.text) and c.column > 0,
            "bold": is_total(said.texts[c.row][0]),
        }
        for c in said.cells
    ]
    return {
        "kind": "groups" if long else "table",
        "head": said.texts[0],
        "groups": groups(said) if long else [],
        "heads": said.heads,
        "width": said.width,
        "widths": widths(said)[1 if long else 0 :],
        "cells": cells,
        "tall": said.height > 14 or sum(len(c.text) for c in said.cells) > 900,
        "broad": said.width > 4 and 3 < said.height < 16 and (figures or said.height < 7),
    }


def entries(item: HtmlElement) -> list[dict[str, object]]:
    """A list, neighbouring entries that begin with figures as figures across."""
    blocks: list[dict[str, object]] = []
    for entry in item:
        match = LEAD.match(text_of(entry))
        kind = "lead" if match and not len(entry) else "list"
        if not blocks or blocks[-1]["kind"] != kind:
            blocks.append({"kind": kind, "title": "", "figures": [], "entries": []})
        if match:
            blocks[-1]["figures"].append([match[1], text_of(entry)[match.end() :]])  # type: ignore[attr-defined]
        blocks[-1]["entries"].append(runs(entry))  # type: ignore[attr-defined]
    for block in blocks:
        fits = block["kind"] == "lead" and len(block["figures"]) > 2  # type: ignore[arg-type]
        block["kind"] = "strip" if fits else "list"
    return blocks


def heading(item: HtmlElement, numbered: bool, count: int) -> dict[str, object]:
    """A heading: a chapter with its numeral, or a smaller one."""
    text = text_of(item)
    match = CHAPTER.match(text)
    if numbered:
        level = 1 if match or item.tag == "h1" or re.match("appendix", text, re.I) else 3 if item.tag == "h4" else 2
    else:
        level = 1 if item.tag in ("h1", "h2") else 2
    numeral = (
        text[: match.end()].strip() if match and level == 1 else "" if numbered or level > 1 else f"{count + 1:02}"
    )
    return {
        "kind": "heading",
        "level": level,
        "numeral": numeral,
        "text": text[match.end() :] if match and level == 1 else text,
    }


def blocks(items: list[HtmlElement]) -> list[dict[str, object]]:
    numbered = sum(bool(CHAPTER.match(text_of(i))) for i in items if i.tag in HEADS) > 2
    said: list[dict[str, object]] = []
    for place, item in enumerate(items):
        if item.tag in HEADS:
            said.append(heading(item, numbered, sum(b.get("level") == 1 for b in said)))
        elif item.tag in ("ul", "ol"):
            said += entries(item)
        elif item.tag in ("table", "svg"):
            said += charts(item) or [table(item)]
        elif place and items[place - 1].tag == "table" and is_caption(item) and not PARAGRAPH.match(text_of(item)):
            said.append({"kind": "caption", "text": text_of(item)})
        else:
            quote = text_of(item)[:1] in '“"‘' and len(text_of(item)) > 60
            said.append({"kind": "quote" if quote else "text", "runs": runs(item)})
    return said


def print_pdf(body: HtmlElement, out: Path) -> None:
    import typst  # noqa: PLC0415  (an extra package)

    items = list(body)
    first = cover(items)
    report = {"cover": [[i.tag, text_of(i)] for i in items[:first]], "blocks": blocks(items[first:])}
    source = Path(__file__).with_suffix(".typ")
    typst.compile(str(source), output=str(out), sys_inputs={"report": json.dumps(report)})
