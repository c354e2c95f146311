"""A newsletter: purple masthead, three justified columns, drop caps, boxed lists, small tables as donuts, columns and bars in tinted cards, wide tables across."""

import re
from html import escape
from math import cos, pi, sin

from lxml import html
from parts import HEADS, PARAGRAPH, grid, is_figure, is_total, number, read_chart, shy, text_of

COLOURS = ["#5b2a86", "#f2a900", "#2a9d8f", "#c8553d", "#8d99ae", "#3a86c8", "#b5838d"]
PURPLE, DARK = "#5b2a86", "#3a1560"


def figure(title, small, drawing, high):
    """A card with a drawing."""
    small = f"<small>{escape(small)}</small>" if small else ""
    return html.fragment_fromstring(
        f"<figure><figcaption>{escape(title)}{small}</figcaption>"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 {high}">{drawing}</svg></figure>'
    )


def text(x, y, words, size=8, anchor="start", fill="#222", weight=400):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )


def lines(words, width):
    """Words in lines of so many characters, which may also end behind a stroke."""
    out = [""]
    for word in re.findall(r"[^\s/]+/?\s*|/\s*", words):
        if out[-1] and len(out[-1]) + len(word.strip()) > width:
            out.append("")
        out[-1] += word
    return [line.strip() for line in out]


def hyphenated(words):
    return re.sub(r"[A-Za-z]{8,}", shy, words) if words else words


def slice_of(start, end, colour):
    corners = [(50 + r * cos(turn), 52 + r * sin(turn)) for r, turn in ((44, start), (44, end), (25, end), (25, start))]
    a, b, c, d = (f"{x:.2f} {y:.2f}" for x, y in corners)
    big = int(end - start > pi)
    path = f"M{a}A44 44 0 {big} 1 {b}L{c}A25 25 0 {big} 0 {d}Z"
    return f'<path fill="{colour}" stroke="#f1eaf7" d="{path}"/>'


def donut(title, small, pairs, total=None):
    """A ring of values with its key; the total in the hole."""
    whole, start, y, out = sum(number(v) for _, v in pairs) or 1, -pi / 2, 14, ""
    for n, (_, value) in enumerate(pairs):
        end = start + 2 * pi * min(number(value) / whole, 0.9999)
        if number(value):
            out += slice_of(start, end, COLOURS[n % 7])
        start = end
    if total:
        out += text(50, 48, total[0], 8, "middle") + text(50, 63, total[1], 15, "middle", PURPLE, 800)
    for n, (name, value) in enumerate(pairs):
        out += f'<rect x="104" y="{y - 6.5}" width="7" height="7" fill="{COLOURS[n % 7]}"/>'
        out += text(127, y, value, 8.5, "end", DARK, 700)
        for line in lines(name, 17):
            out += text(132, y, line, 7.5)
            y += 9.5
        y += 3.5
    return figure(title, small, out, max(104, y))


def columns(said):
    """A column a year, the last in another colour."""
    count, pairs = len(said.rows), list(zip(said.categories, said.values.values(), strict=True))
    out = f'<line x1="4" x2="196" y1="92" y2="92" stroke="{DARK}" stroke-width=".8"/>'
    for n, (name, value) in enumerate(pairs):
        x, high = 4 + 192 * (n + 0.5) / count, 72 * number(value) / said.highest
        box = f'x="{x - 52 / count:.1f}" y="{92 - high:.1f}" width="{104 / count:.1f}" height="{high:.1f}"'
        out += f'<rect {box} fill="{COLOURS[n == count - 1]}"/>'
        out += text(x, 89 - high, value, 9, "middle", DARK, 700) + text(x, 103, name, 7.5, "middle")
    return figure(said.title, "", out, 108)


def key(names, y):
    """The names of series below bars, and how far down they go."""
    out = ""
    for n, name in enumerate(names):
        out += f'<rect x="2" y="{y - 7}" width="7" height="7" fill="{COLOURS[n]}"/>'
        for line in lines(name, 44):
            out += text(12, y, line, 7)
            y += 9
        y += 2
    return out, y


def bars(said):
    """Bars, each with its value behind it, and a key."""
    y, out, places = 8, "", {series: n for n, series in enumerate(said.series)}
    for name, values in said.rows:
        out += text(2, y, name, 7.8)
        y += 3
        for series, value in values.items():
            wide = max(168 * number(value) / said.highest, 1)
            out += f'<rect x="2.0" y="{y}" width="{wide:.1f}" height="9" fill="{COLOURS[places[series]]}"/>'
            out += text(wide + 5, y + 7.5, value, 8, "start", DARK, 700)
            y += 10
        y += 9
    words, y = key(filter(None, said.names), y)
    return figure(said.title, "", out + words, y)


def stacked(said):
    """A bar a category, of one piece a series with the value in it, and a key."""
    longest = max(sum(map(number, values.values())) for _, values in said.rows) or 1
    y, out, places = 8, "", {series: n for n, series in enumerate(said.series)}
    for name, values in said.rows:
        out += text(2, y, name, 7.8)
        y, x = y + 3, 2
        for series, value in values.items():
            place, wide = places[series], max(168 * number(value) / longest, 11)
            out += f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="9" fill="{COLOURS[place]}"/>'
            out += text(x + wide / 2, y + 7, value, 7.5, "middle", "#222" if place == 1 else "#fff", 700)
            x += wide + 0.8
        y += 19
    words, y = key(said.names, y)
    return figure(said.title, "", out + words, y)


def chart(svg):
    said = read_chart(svg)
    if said.dated:
        return columns(said)
    if len(said.series) == 1 and len(said.rows) < 5:
        return donut(said.title, "", list(zip(said.categories, said.values.values(), strict=True)))
    return (stacked if len(said.series) > 2 else bars)(said)


def ring(found):
    """The donut of a small table of counts, or None."""
    heads, *rows = found.texts
    small = found.width == 2 and 3 < found.height < 9 and all(c.rows == c.columns == 1 for c in found.cells)
    if not small or found.heads != 1 or not all(re.fullmatch(r"\d+", value) for _, value in rows):
        return None
    total = rows.pop() if is_total(rows[-1][0]) else None
    return donut(*heads, rows, total)


def kinds(found):
    """A class for the cells at their places: `g` for what groups rows, `c` for what is centred."""
    out, merged = {}, any(c.rows > 1 for c in found.cells)
    flat = not merged and all(c.columns == 1 for c in found.cells)
    figures = {
        column for column in range(1, found.width) if flat and all(is_figure(row[column]) for row in found.texts[1:])
    }
    for row in found.rows:
        for place, c in enumerate(row):
            head, behind = c.row < found.heads, place > int(row[0].rows > 1)
            group = c.rows > 1 or (merged and not head and not place and len(row) == found.width)
            centred = is_figure(c.text) or c.columns > 1 or (head and (place in figures or not flat))
            if group:
                out[c] = "g"
            elif (behind and not flat and not head) or (place and centred):
                out[c] = "c"
    return out


def rearrange(element, found):
    """Head and body of a table apart, with classes."""
    looks, sections = kinds(found), (html.Element("thead"), html.Element("tbody"))
    rows = list(element.iter("tr"))
    for row, cells in zip(rows, found.rows, strict=True):
        head = cells[0].row < found.heads
        sections[not head].append(row)
        if not head and is_total(cells[0].text):
            row.set("class", "total")
        for node, cell in zip(row, cells, strict=True):
            node.tag = "th" if head else "td"
            if cell in looks:
                node.set("class", looks[cell])
    for e in list(element):
        element.remove(e)
    element.extend([section for section in sections if len(section)])


def turn_heads(element):
    """The heads but the first upright."""
    element.set("class", "rot")
    for head in list(element.iter("th"))[1:]:
        turned = html.Element("span")
        turned.text, head.text = head.text, None
        head.append(turned)


def table(element):
    found = grid(element)
    drawn = ring(found)
    if drawn is not None:
        return drawn
    rearrange(element, found)
    long = max(len(c.text) for c in found.cells if c.row >= found.heads) > 60
    if found.width < 4 and not long:
        element.set("class", "long" if found.height > 10 else "short")
        return element
    wide = html.Element("div", {"class": "wide"})
    wide.append(element)
    flat = all(c.rows == c.columns == 1 for c in found.cells)
    if flat and found.width > 4 and found.heads == 1 and all(len(c.text) < 32 for c in found.rows[0]):
        turn_heads(element)
    return wide


def masthead(items):
    """The titles in two columns, and how many they are."""
    end = len(items) - 1
    for place, e in enumerate(items[:-1]):
        after, words = items[place + 1].tag, text_of(e)
        opens = e.tag in ("h2", "h3") and place > 1 and after in ("p", "ul", "table")
        chapter = e.tag == "h2" and re.match(r"\d", words) and not re.match(r"\d+ April", words)
        if opens or chapter or e.tag in ("table", "ul") or (e.tag == "p" and len(words) > 60):
            end = place
            break
    mast = html.fragment_fromstring('<div class="mast"><div></div><div class="side"></div></div>')
    for e in items[:end]:
        mast[e.tag != "h1"].append(e)
    if not len(mast[0]):
        mast[0].extend(list(mast[1]))
    return mast, end


def set_paragraph(element, before):
    """Hyphenation, the number of a paragraph, quotations and drop caps."""
    words = text_of(element)
    element.text = hyphenated(element.text)
    for e in element:
        e.tail = hyphenated(e.tail)
    match = PARAGRAPH.match(element.text or "")
    if match:
        mark = html.Element("span", {"class": "n"})
        mark.text, mark.tail, element.text = match[1], " " + element.text[match.end() :], None
        element.insert(0, mark)
    elif words[:1] in ("“", '"'):
        element.set("class", "quote")
    elif before in ("h1", "h2") and len(words) > 220 and words[0].isalpha():
        element.set("class", "drop")


def arrange(body):
    items = list(body)
    mast, first = masthead(items)
    news, boxed, before = html.Element("div", {"class": "news"}), False, ""
    for e in items[first:]:
        e.tail, words = None, text_of(e)
        if e.tag == "p":
            set_paragraph(e, before)
        elif e.tag == "ul" and not boxed and len(re.findall(r"\d", words)) > 6:
            e.set("class", "box")
            boxed = True
        elif e.tag == "h4" and words.startswith("("):
            e.set("class", "by")
        drawn = {"table": table, "svg": chart}.get(e.tag)
        block, tag = drawn(e) if drawn else e, e.tag
        if block.get("class") == "wide" and before in HEADS[1:]:
            block.insert(0, news[-1])
        before = tag
        news.append(block)
    for e in list(body):
        body.remove(e)
    body.extend([mast, news])
