"""Text in two columns, each table or chart beside the paragraphs about it; single lines of figures are turned."""

import re

from lxml.html import HtmlElement, builder

FIGURE = re.compile(
    r"^$|^[£(<+\-–—]?\s*\d[\d,.\s\u202f]*(%|p|k|m)?\s*(\([\d,.\s%£]+\))?[)*]*$|^[-–—*]$|^(n/?a|nil)$", re.I
)


def arrange(body: HtmlElement) -> None:
    _numbers(body)
    _open(body)
    blocks = list(body)
    texts = ("p", "ul", "ol", "h3", "h4")
    columns, count, at = None, 0, 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if block.tag == "svg":
            _fit(block)
        if block.tag in ("table", "svg"):
            heads = _mark(block) if block.tag == "table" else 0
            if block.tag == "table" and heads == 1:
                heads = _turn(block)
            wide = _columns(block) > 5 or "prose" in (block.get("class") or "")
            wide = wide or (block.tag == "svg" and int(block.get("width")) > 520)
            tall = len(_lines(block)) > 18 if block.tag == "table" else False
            middle = block.tag == "svg" or _columns(block) > 3
            inset = builder.DIV()
            inset.set("class", "inset")
            above = columns[-1] if columns is not None and len(columns) else None
            if above is not None and (above.tag == "h4" or (above.tag == "p" and 0 < len(_text(above)) < 90)):
                if above.tag == "p":
                    above.set("class", "title")
                inset.append(above)
                above = columns[-1] if len(columns) else None
            lead = []
            if not (wide or tall) and above is not None and above.tag == "p":
                lead.append(above)
            if above is not None and len(columns) > 1 and columns[-2].tag == "h3" and lead:
                lead.insert(0, columns[-2])
            elif above is not None and above.tag == "h3":
                lead.append(above)
            room = 260 if block.tag == "svg" else 60 + 44 * len(_lines(block))
            room *= 0.7 if middle else 1
            room -= sum(len(_text(e)) for e in lead)
            while not (wide or tall) and at < len(blocks) and blocks[at].tag in ("p", "ul") and room > 0:
                size = len(_text(blocks[at]))
                after = blocks[at + 1] if at + 1 < len(blocks) else None
                if size > room + 250 or (after is not None and after.tag in ("table", "svg")):
                    break
                lead.append(blocks[at])
                room -= size
                at += 1
            frame = builder.DIV()
            block.addprevious(frame)
            if lead and not (wide or tall):
                count += 1
                frame.set("class", f"beside{' mid' if middle else ''}{' turned' if count % 2 else ''}")
                words = builder.DIV(*lead)
                words.set("class", "words")
                frame.append(words)
                frame.append(inset)
                inset.append(block)
            else:
                frame.set("class", "across" if tall or "prose" in (block.get("class") or "") else "across short")
                for element in [*lead, *inset, block]:
                    frame.append(element)
                if not wide:
                    frame.set("style", "width: 62%" if block.tag == "table" else "width: 75%")
            if columns is not None and not len(columns):
                columns.drop_tree()
            columns = None
        elif block.tag in texts:
            if columns is None:
                columns = builder.DIV()
                columns.set("class", "cols")
                block.addprevious(columns)
            columns.append(block)
        else:
            columns = None


def _open(body: HtmlElement) -> None:
    """Take away the boxes around blocks."""
    blocks = ("p", "h1", "h2", "h3", "h4", "ul", "ol", "table", "svg", "div")
    for box in list(body.iter("div")):
        if (
            any(c.tag in blocks for c in box)
            and not any((c.tail or "").strip() for c in box)
            and not (box.text or "").strip()
        ):
            box.drop_tag()
        else:
            box.tag = "p"


def _turn(table: HtmlElement) -> int:
    """A table of a heading row and one row of figures becomes one of two columns."""
    lines = _lines(table)
    if len(lines) != 2 or len(lines[0]) < 4 or len(lines[0]) != len(lines[1]):
        return 1
    if any(c.get("colspan") or c.get("rowspan") for line in lines for c in line):
        return 1
    for n, (name, figure) in enumerate(zip(list(lines[0]), list(lines[1]), strict=True)):
        line = builder.TR(name, figure)
        name.tail = figure.tail = None
        if n:
            name.tag = "td"
            name.set("class", "label first")
            figure.set("class", "fig")
        else:
            figure.tag = "th"
            name.set("class", "head first")
            figure.set("class", "head")
        lines[0].addprevious(line)
    for line in lines:
        line.getparent().remove(line)
    return 1


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
