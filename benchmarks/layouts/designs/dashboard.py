"""Cuts the report into slides: short lines of figures as tiles, and tables and charts as cards beside one another."""

import re

from lxml.html import HtmlElement, builder

FIGURE = re.compile(
    r"^$|^[£(<+\-–—]?\s*\d[\d,.\s\u202f]*(%|p|k|m)?\s*(\([\d,.\s%£]+\))?[)*]*$|^[-–—*]$|^(n/?a|nil)$", re.I
)
NUMBER = re.compile(r"£?\d[\d,]*(\.\d+)?(%|m\b)?")
YEAR = re.compile(r"^(19|20)\d\d$")


def arrange(body: HtmlElement) -> None:
    _numbers(body)
    _open(body)
    for comment in [e for e in body if not isinstance(e.tag, str)]:
        comment.drop_tree()
    slides: list[list[HtmlElement]] = [[]]
    for block in list(body):
        new = block.tag == "h2" or (
            block.tag == "h1" and any(e.tag not in ("h1", "p") or len(_text(e)) > 120 for e in slides[-1])
        )
        if new and slides[-1] and not all(e.tag in ("h1", "h2") for e in slides[-1]):
            slides.append([])
        slides[-1].append(block)
    panels, height = None, 0.0
    for number, blocks in enumerate(slides):
        slide = builder.DIV()
        bare = not number and not any(e.tag in ("table", "svg", "ul", "ol") or len(_text(e)) > 200 for e in blocks)
        drawn = [e for e in blocks if e.tag in ("table", "svg")]
        size = sum(len(_text(e)) for e in blocks if e not in drawn)
        panel = number > 0 and len(drawn) <= 1 and size < 520 and blocks[0].tag == "h2"
        panel = panel and not any(e.tag == "table" and (_columns(e) > 6 or len(_lines(e)) > 10) for e in drawn)
        panel = panel and not (len(blocks) > 2 and sum(e.tag == "p" and _key(e) for e in blocks) > 1)
        need = 16 + size / 190 * 6.5 + sum(8 + 6.5 * len(_lines(e)) if e.tag == "table" else 45 for e in drawn)
        if panel:
            if panels is None or height + need * 0.6 > 175:
                panels = builder.DIV()
                panels.set("class", "slide panels" if height + need * 0.6 > 165 or bare else "slide panels on")
                body.append(panels)
                height = height if panels.get("class").endswith("on") else 0
            _panel(panels, blocks)
            height += need * 0.6
            continue
        panels = None
        slide.set("class", "slide opening" if bare else "slide on" if height + need < 160 and height else "slide")
        height = 999 if bare else (height if slide.get("class").endswith("on") else 0) + need
        body.append(slide)
        if bare:
            keys = [e for e in blocks if e.tag == "p" and _key(e) and e.find("b") is not None]
            slide.extend(e for e in blocks if e not in keys)
            _text_and_tiles(slide, keys)
        else:
            _slide(slide, blocks)


def _panel(row: HtmlElement, blocks: list[HtmlElement]) -> None:
    """A short section as a card beside others."""
    for block in blocks:
        if block.tag == "svg":
            _fit(block)
        elif block.tag == "table":
            _mark(block)
    card = builder.DIV(*blocks)
    card.set("class", "card")
    row.append(card)


def _slide(slide: HtmlElement, blocks: list[HtmlElement]) -> None:
    parts: list[list[HtmlElement]] = [[]]
    for block in blocks:
        if block.tag in ("h3", "h4") and parts[-1] and not all(e.tag in ("h1", "h2", "h3", "h4") for e in parts[-1]):
            parts.append([])
        parts[-1].append(block)
    cards: HtmlElement | None = None
    for part in parts:
        drawn = [e for e in part if e.tag in ("table", "svg")]
        for svg in (e for e in drawn if e.tag == "svg"):
            _fit(svg)
        for table in (e for e in drawn if e.tag == "table"):
            _mark(table)
        while part and part[0].tag in ("h1", "h2"):
            slide.append(part.pop(0))
            cards = None
        small = sum(len(_text(e)) for e in part if e not in drawn) < 420
        if len(drawn) == 1 and small and part[0].tag in ("h3", "h4") and not _large(drawn[0]):
            if cards is None:
                cards = _cards(slide)
            _card(cards, part, drawn[0])
            continue
        made = []
        before = bool(part) and part[0] in drawn
        rest: list[HtmlElement] = []
        for block in part:
            if block in drawn:
                lead = [block]
                if rest and rest[-1].tag == "p" and len(_text(rest[-1])) < 320:
                    lead.insert(0, rest.pop())
                if len(lead) == 1 and rest and (rest[-1].tag == "h4" or (rest[-1].tag == "h3" and len(drawn) > 1)):
                    lead.insert(0, rest.pop())
                made.append((lead, block))
            elif (
                made and block.tag == "p" and re.match("[*†]", _text(block)) and block.getprevious() is made[-1][0][-1]
            ):
                made[-1][0].append(block)
            else:
                rest.append(block)
        if rest and not before:
            cards = None
            _text_and_tiles(slide, rest)
        for lead, block in made:
            if _large(block):
                _card(_cards(slide), lead, block)
                slide[-1].set("class", "cards one")
                cards = None
            else:
                if cards is None:
                    cards = _cards(slide)
                _card(cards, lead, block)
        if rest and before:
            cards = None
            _text_and_tiles(slide, rest)
    for row in slide.findall("div"):
        if row.get("class") == "cards":
            slim = all(e.find("svg") is None and _columns(e.find("table")) < 4 for e in row)
            row.set(
                "class",
                "cards one" if len(row) == 1 and not slim else "cards three" if slim and len(row) > 2 else "cards",
            )


def _large(block: HtmlElement) -> bool:
    if block.tag == "svg":
        return False
    return _columns(block) > 5 or len(_lines(block)) > 16 or "prose" in block.get("class")


def _cards(slide: HtmlElement) -> HtmlElement:
    row = builder.DIV()
    row.set("class", "cards")
    slide.append(row)
    return row


def _card(row: HtmlElement, blocks: list[HtmlElement], drawn: HtmlElement) -> None:
    card = builder.DIV(*blocks)
    card.set("class", "card long" if drawn.tag == "table" and len(_lines(drawn)) > 14 else "card")
    if len(blocks) > 1 and blocks[0].tag == "p" and len(_text(blocks[0])) < 100:
        blocks[0].set("class", "title")
    row.append(card)


def _text_and_tiles(slide: HtmlElement, blocks: list[HtmlElement]) -> None:
    """Text in columns; runs of short lines with one figure or so as tiles."""
    text = None
    at = 0
    while at < len(blocks):
        run = at
        while run < len(blocks) and blocks[run].tag == "p" and _key(blocks[run]):
            run += 1
        items = blocks[at:run] if run - at > 1 else []
        if not items and blocks[at].tag == "ul" and len(blocks[at]) > 1 and all(map(_key, blocks[at])):
            run, items = at + 1, list(blocks[at])
        if items:
            tiles = builder.DIV()
            tiles.set("class", "tiles")
            slide.append(tiles)
            for item in items:
                item.tag, item.tail = "div", None
                tiles.append(item)
                _enlarge(item)
            if blocks[at].tag == "ul":
                blocks[at].getparent().remove(blocks[at])
            at, text = run, None
            continue
        if text is None:
            text = builder.DIV()
            text.set("class", "text")
            slide.append(text)
        text.append(blocks[at])
        at += 1
    for box in slide.findall("div"):
        if box.get("class") == "text" and len(_text(box)) < 420:
            box.set("class", "text short")


def _key(item: HtmlElement) -> bool:
    if re.match(r"(section|table|chart|figure|appendix|stage|page)\b", _text(item), re.I):
        return False
    found = _figures(_text(item))
    return len(_text(item)) < 90 and bool(found) and not re.match(r"\d+(\.\d+)+ |\d+\.? [A-Z]", _text(item))


def _figures(text: str) -> list[re.Match[str]]:
    """The figures of a line that are no years and no numbers of stages."""
    return [
        m
        for m in NUMBER.finditer(text)
        if not YEAR.match(m[0])
        and not re.search(r"(stage |section |[/–-]|\d)$", text[: m.start()], re.I)
        and not re.match(r"/\d|[-–]\d", text[m.end() :])
    ]


def _enlarge(item: HtmlElement) -> None:
    """The first figure of a tile in large type."""
    item.set("class", "tile")
    if item.text and not len(item):
        for found in _figures(item.text)[:1]:
            big = builder.SPAN(found[0])
            big.set("class", "big")
            big.tail = item.text[found.end() :]
            item.text = item.text[: found.start()]
            item.append(big)
            if item.text.strip():
                item.set("class", "tile late")
    elif len(item) and item[0].tag == "b" and not (item.text or "").strip() and NUMBER.match(_text(item[0])):
        item[0].set("class", "big")


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
