"""A4 magazine in two justified, hyphenated columns with a coloured side bar of pull-out figures and boxed tables, drop caps, section bands and charts."""

import re
from math import cos, pi, sin

from lxml import html
from parts import HEADS, read_chart, shy, text_of

INK = ["#7a1f5c", "#e08a1e", "#2f7f86", "#9aa3ad", "#c94f4f", "#4b5d9b"]


def hyphenate(node):
    for e in node.iter():
        for slot in ("text", "tail"):
            if getattr(e, slot) and (slot == "text" or e is not node):
                setattr(e, slot, re.sub(r"(?<![\w/.@-])[A-Za-z]{6,}(?![\w/@-])", shy, getattr(e, slot)))


def make(tag, cls="", text=None, *kids):
    e = html.Element(tag, **({"class": cls} if cls else {}))
    e.text = text
    e.extend(kids)
    return e


def tidy(table):
    """Only the head rows keep th; the table says how wide it is."""
    rows = list(table.iter("tr"))
    first = all(c.tag == "th" and len(text_of(c)) < 60 for c in rows[0])
    heads = first + (
        first
        and any(c.get("colspan") for c in rows[0])
        and all(c.tag == "th" for c in rows[1])
        and not text_of(rows[1][0])
    )
    for n, row in enumerate(rows):
        row.set(
            "class",
            "head"
            if n < heads
            else "total"
            if text_of(row[0]).lower().startswith("total") or any(text_of(c) == "TOTAL" for c in row)
            else "line",
        )
        for c in row:
            c.tag = "th" if n < heads else "td"
            if re.fullmatch(r"[£\d.,%–\s]*", text_of(c)):
                c.set("class", "n")
    wide = max(sum(int(c.get("colspan", 1)) for c in r) for r in rows)
    prose = max(len(text_of(c)) for c in table.iter("td")) > 120
    table.set("class", "prose" if prose else "wide" if wide > 4 else "small")
    if heads:
        top = make("thead")
        top.extend(rows[:heads])
        table.insert(0, top)
    return wide, len(rows), prose


def draw(svg):
    drawn = read_chart(svg)
    title, names, rows = drawn.title, drawn.series, drawn.rows
    colour = dict(zip(names, INK, strict=False))
    top = max(float(v) for _, r in rows for v in r.values())
    out, shade = (
        [f'<div class="chart"><p class="ct">{title.replace("&", "&amp;")}</p>'],
        lambda s: s.replace("&", "&amp;"),
    )
    if len(names) == 1 and len(rows) <= 3:
        total, angle = sum(float(*r.values()) for _, r in rows), -pi / 2
        out.append('<div class="donut"><svg width="120" height="120" viewBox="-60 -60 120 120">')
        for n, (_, r) in enumerate(rows):
            value = next(iter(r.values()))
            turn = 2 * pi * float(value) / total
            a, b, big = angle, angle + turn, int(turn > pi)
            out.append(
                f'<path d="M{58 * cos(a):.1f} {58 * sin(a):.1f}A58 58 0 {big} 1 {58 * cos(b):.1f} {58 * sin(b):.1f}L{30 * cos(b):.1f} {30 * sin(b):.1f}A30 30 0 {big} 0 {30 * cos(a):.1f} {30 * sin(a):.1f}Z" fill="{INK[n]}"/><text x="{44 * cos(a + turn / 2):.1f}" y="{44 * sin(a + turn / 2) + 5:.1f}" font-size="14" fill="#fff" text-anchor="middle" font-weight="bold">{value}</text>'
            )
            angle = b
        out.append(
            '</svg><ul class="key">'
            + "".join(f'<li><i style="background:{INK[n]}"></i>{shade(t)}</li>' for n, (t, _) in enumerate(rows))
            + "</ul></div>"
        )
    elif len(names) == 1 and len(rows) <= 5:
        out.append(
            '<div class="columns">'
            + "".join(
                f'<div><b>{v}</b><i style="height:{28 * float(v) / top:.1f}mm"></i><span>{shade(t)}</span></div>'
                for t, r in rows
                for v in r.values()
            )
            + "</div>"
        )
    else:
        for t, r in rows:
            bars = "".join(
                f'<div><i style="width:{82 * float(v) / top:.1f}%;background:{colour[f]}"></i><b>{v}</b></div>'
                for f, v in r.items()
            )
            out.append(f'<div class="bar"><span>{shade(t)}</span><div>{bars}</div></div>')
        if len(names) > 1:
            out.append(
                '<ul class="key">'
                + "".join(f'<li><i style="background:{colour[f]}"></i>{shade(t)}</li>' for f, t in names.items())
                + "</ul>"
            )
    return html.fragment_fromstring("".join(out) + "</div>")


def pulls(blocks):
    """Short sentences with a figure, word for word, the figure to be set large."""
    head, found = "", []
    for e in blocks:
        head = text_of(blocks[0]) if e.tag == "svg" else text_of(e) if e.tag in HEADS else head
        for piece in [e] if e.tag == "p" else e.iter("li") if e.tag == "ul" else []:
            for s in re.split(r"(?<=[a-z)%]\.) (?=[A-Z\d])", re.sub(r"^\d+\.\d+ ", "", text_of(piece))):
                m = re.search(
                    r"(?<![\w/.,£–-])(?<![Ss]tage )(?<![Ss]ection )(?<!April )(?<!March )£?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?(?: out of \d+)?(?=,? [a-z(])(?! (?:and|working|April|March|or) )",
                    s,
                )
                if (
                    m
                    and not re.search("compared| was \\d", s[: m.start()])
                    and 35 < len(s) < 115
                    and s[-1] in ".)"
                    and not re.match(
                        r"(This|These|It|Of |The figure|They|Only|That|Below|Approx|Average|In addition|\d [A-Z]|[^A-Z\d£])",
                        s,
                    )
                    and not re.search(r"table|chart|below|these|Appendix|section \d|[“”?:]", s)
                    and not re.fullmatch(r"(19|20)\d\d", m[0])
                ):
                    found.append((head, s[: m.start()].strip(), m[0], s[m.end() :].strip()))
    return found


def arrange(body):
    kids = list(body)
    n = next(i for i, e in enumerate(kids) if (e.tag not in HEADS and len(text_of(e)) > 60) or e.tag == "table") - 1
    cover, rest = make("header", "cover"), kids[n:]
    cover.extend(kids[:n])

    def numbered(e):
        return e.tag == "h1" or (e.tag in HEADS and re.match(r"(\d+(\.0)?\s|SECTION \d|Appendix [A-Z\d])", text_of(e)))

    major = numbered if sum(bool(numbered(e)) for e in rest) > 4 else lambda e: e.tag == "h2"
    sections = []
    for e in rest:
        body.remove(e)
        if not sections or (major(e) and any(x.tag not in HEADS for x in sections[-1])):
            sections.append([])
        sections[-1].append(e)
    body.append(cover)
    for number, section in enumerate(sections):
        found, side, main, head, skip = pulls(section), make("aside"), make("div", "cols"), None, None
        long = sum(len(text_of(e)) for e in section if e.tag != "table") > 900
        for kicker, before, figure, after in (
            found[:: max(1, len(found) // 2)][: 1 + (long and len(section) > 8)] if long else []
        ):
            side.append(
                make(
                    "div",
                    "pull",
                    None,
                    make("small", "", kicker),
                    make("span", "", before),
                    make("b", "", figure),
                    make("span", "", after),
                )
            )
        depth = next(i for i, e in enumerate(section) if i and (e.tag not in HEADS or not major(e)))
        band, dropped, title = make("div", "band"), False, text_of(section[depth - 1])
        band.extend(section[:depth])
        for i, e in enumerate(section[depth:], depth):
            head = text_of(e) if e.tag in HEADS else title if e.tag == "svg" or head is None else head
            if e is skip:
                continue
            if e.tag == "table":
                wide, rows, prose = tidy(e)
                after = section[i + 1] if i + 1 < len(section) else None
                caption = after is not None and after.tag == "p" and re.fullmatch(r"[A-Z].{5,60}[^.:]", text_of(after))
                skip = after if caption else None
                box = make("figure", "", None, make("figcaption", "", text_of(after) if caption else head), e)
                if (
                    long
                    and wide < 4
                    and rows < 9
                    and not prose
                    and max(len(text_of(c)) for c in e.iter("td", "th")) < 40
                ):
                    side.append(box)
                    continue
                box.set("class", "across" if wide > 3 or prose else "")
                main.append(box)
            elif e.tag == "svg":
                main.append(draw(e))
            else:
                m = e.tag == "p" and re.match(r"(\d+\.\d+)\s", e.text or "")
                if m:
                    rest_text = e.text[m.end() :]
                    e.text, number_tag = None, make("b", "pn", m[1])
                    e.insert(0, number_tag)
                    number_tag.tail = " " + rest_text
                elif e.tag == "p" and not dropped and re.match(r"[A-Z][a-z ]", e.text or "") and len(text_of(e)) > 170:
                    e.set("class", "drop")
                    dropped = True
                elif e.tag == "p" and len(text_of(e)) < 60 and text_of(e)[-1:].isalpha():
                    e.set("class", "lead")
                if e.tag in ("p", "ul"):
                    hyphenate(e)
                main.append(e)
        row = make(
            "div",
            ("row " + ("left" if number % 2 else "right")) if len(side) else "row bare",
            None,
            *([side, main] if len(side) else [main]),
        )
        short = sum(len(text_of(e)) for e in section) < 1500
        body.append(make("section", band[0].tag + " keep" * short, None, band, row))
