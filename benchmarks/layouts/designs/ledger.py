"""Marks the heads, labels and figures of tables for a thin-framed Office-like page."""

import re

from lxml.html import HtmlElement

FIGURE = re.compile(
    r"^$|^[£(<+\-–—]?\s*\d[\d,.\s\u202f]*(%|p|k|m)?\s*(\([\d,.\s%£]+\))?[)*]*$|^[-–—*]$|^(n/?a|nil)$", re.I
)


def arrange(body: HtmlElement) -> None:
    _numbers(body)
    for svg in body.iter("svg"):
        _fit(svg)
    for table in list(body.iter("table")):
        _mark(table)
        if _columns(table) < 4 and "figures" in table.get("class"):
            table.set("class", table.get("class") + " small")


def _fit(svg: HtmlElement) -> None:
    """Widen a drawing's view to its longest line of text."""
    wide, high = (float(re.sub(r"[^\d.]", "", svg.get(name) or "") or 0) for name in ("width", "height"))
    box = [float(n) for n in (svg.get("viewBox") or svg.get("viewbox") or "").replace(",", " ").split()]
    x, y, w, h = box if len(box) == 4 else (0.0, 0.0, wide or 480.0, high or 240.0)
    left, right = x, x + w
    for line in svg.iter("text"):
        chain = [line, *line.iterancestors()]
        size, anchor = (
            next((e.get(n) for e in chain if e.get(n)), d) for n, d in (("font-size", "12"), ("text-anchor", "start"))
        )
        long = 0.6 * float(re.sub(r"[^\d.]", "", size) or 12) * len(line.text_content().strip())
        at = float(line.get("x") or 0)
        start = at - long * {"end": 1, "middle": 0.5}.get(anchor, 0)
        if not any(e.get("transform") for e in chain):
            left, right = min(left, start), max(right, start + long)
    svg.attrib.pop("viewbox", None)
    svg.set("viewBox", f"{left:.0f} {y:.0f} {right - left:.0f} {h:.0f}")
    svg.set("width", f"{right - left:.0f}")
    svg.set("height", f"{h:.0f}")


def _lines(table: HtmlElement) -> list[HtmlElement]:
    return [line for line in table.iter("tr") if next(line.iterancestors("table")) is table]


def _columns(table: HtmlElement) -> int:
    return max((sum(int(c.get("colspan") or 1) for c in line) for line in _lines(table)), default=0)


def _mark(table: HtmlElement) -> int:
    """Mark cells as heads, figures or labels and those of the first column, and return how many rows are heads."""
    lines = _lines(table)
    heads = next((n for n, line in enumerate(lines) if any(c.tag == "td" for c in line)), None)
    if heads is None:
        heads = int(any(FIGURE.match(_text(c)) for line in lines[1:] for c in line[1:]))
    prose = len(lines) == 1 or any(len(_text(c)) > 160 for line in lines for c in line)
    kinds, taken = ["prose" if prose else "figures"], set()
    if any(c.get("rowspan") for line in lines[heads:] for c in line):
        kinds.append("spans")
    table.set("class", " ".join(kinds))
    columns: dict[int, list[HtmlElement]] = {}
    for y, line in enumerate(lines):
        x = 0
        for c in line:
            while (y, x) in taken:
                x += 1
            down, over = int(c.get("rowspan") or 1), int(c.get("colspan") or 1)
            taken |= {(y + j, x + i) for j in range(down) for i in range(over)}
            if y >= heads:
                c.tag = "td"
            kind = "head" if y < heads else "fig" if FIGURE.match(_text(c)) and x else "label"
            c.set("class", kind if x else f"{kind} first{' short' if len(_text(c)) < 11 else ''}")
            if over == 1:
                columns.setdefault(x, []).append(c)
            x += over
        if y < heads:
            line.set("class", "heads")
        elif _text(line).lower().startswith("total"):
            line.set("class", "last")
    for cells in columns.values():
        kinds = [c.get("class") for c in cells]
        if 2 * sum("label" in k for k in kinds) > sum("head" not in k for k in kinds):
            for c in cells:
                c.set("class", c.get("class") + (" words" if "head" in c.get("class") else ""))
    return heads


def _numbers(body: HtmlElement) -> None:
    """Mark bold words, as numbers of paragraphs, that stand against the text after them."""
    for b in body.iter("b", "strong"):
        if (b.tail or " ")[0].isalnum() and _text(b)[-1:].strip():
            b.set("class", "num")


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
