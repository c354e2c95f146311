"""Landscape infographic in cards of three columns beside a coloured spine: tables and charts turned into tiles, donuts, stacked bars, data bars and heat maps."""

import re
from math import cos, pi, sin
from xml.sax.saxutils import escape

from lxml import html
from parts import HEADS, grid, read_chart, text_of

INK = ["#005f73", "#ee9b00", "#ae2012", "#94d2bd", "#6a4c93", "#8a9a5b", "#3d5a80", "#c9ada7"]
FIGURE = re.compile(r"(£?\d[\d,]*(?:\.\d+)?%?(?: out of \d+)?)(?=[,.]? [a-z])(?! (?:and|or|to|April|March) )")


def value(s):
    """The figure in a cell; 0 for an empty cell or a dash, None for words."""
    m = re.fullmatch(r"£?(\d[\d,]*(?:\.\d+)?)%?|[–-]?", s)
    return float((m[1] or "0").replace(",", "")) if m else None


def bar(v, top, ink, text):
    shape = f'style="width:{74 * v / top:.1f}%;background:{ink}"' if v else f'class="dot" style="background:{ink}"'
    return f'<div class="hb"><i {shape}></i><b>{escape(text)}</b></div>'


def legend(names):
    return (
        '<ul class="key">'
        + "".join(f'<li><i style="background:{INK[n % 8]}"></i>{escape(t)}</li>' for n, t in enumerate(names))
        + "</ul>"
    )


def donut(rows, head="", total=None):
    whole, angle, out = sum(value(v) for _, v in rows), -pi / 2, []
    for n, (_, v) in enumerate(rows):
        turn = min(2 * pi * value(v) / whole, 6.28)
        a, b, big = angle, angle + turn, int(turn > pi)
        if turn:
            out.append(
                f'<path d="M{58 * cos(a):.1f} {58 * sin(a):.1f}A58 58 0 {big} 1 {58 * cos(b):.1f} {58 * sin(b):.1f}L{36 * cos(b):.1f} {36 * sin(b):.1f}A36 36 0 {big} 0 {36 * cos(a):.1f} {36 * sin(a):.1f}Z" fill="{INK[n]}" stroke="#fff"/>'
            )
        angle = b
    if total:
        out.append(
            f'<text y="4" text-anchor="middle" font-size="30" font-weight="900">{escape(total[1])}</text><text y="19" text-anchor="middle" font-size="11">{escape(total[0])}</text>'
        )
    key = "".join(
        f'<li><i style="background:{INK[n]}"></i><span>{escape(t)}</span><b>{escape(v)}</b></li>'
        for n, (t, v) in enumerate(rows)
    )
    return f'<div class="donut"><svg width="116" height="116" viewBox="-60 -60 120 120">{"".join(out)}</svg><div><p class="kh">{escape(head)}</p><ul class="dk">{key}</ul></div></div>'


def spark(pairs, high):
    pairs = list(pairs)
    top = max(value(v) for _, v in pairs)
    return (
        "<div>"
        + "".join(
            f'<div><b>{escape(v)}</b><i style="height:{high * value(v) / top:.1f}mm"></i><span>{escape(t)}</span></div>'
            for t, v in pairs
        )
        + "</div>"
    )


def tiles(rows, heads, corner):
    out = []
    for n, (label, *cells) in enumerate(rows):
        small = "".join(
            f"<small>{escape(h)} <b>{escape(c)}</b></small>" for h, c in list(zip(heads, cells, strict=False))[1:] if c
        )
        out.append(
            f'<div class="tile{" wide" if len(cells) > 1 and cells[1] is None else ""}" style="background:{INK[n % 3]}"><b>{escape(cells[0])}</b><span>{escape(label)}</span>{small}</div>'
        )
    return (
        f'<p class="kh">{escape(corner + " · " * bool(corner) + heads[0])}</p><div class="tiles">{"".join(out)}</div>'
    )


def stacked(rows, heads, corner):
    out = [legend(heads), f'<p class="kh">{escape(corner)}</p>' if corner else ""]
    for label, *cells in rows:
        if None in cells:
            out.append(f'<p class="note"><span>{escape(label)}</span> <b>{escape(cells[0])}</b></p>')
        else:
            out.append(
                f'<div class="st"><span>{escape(label)}</span><div>'
                + "".join(
                    f'<i style="width:{value(c):.1f}%;background:{INK[n]}">{escape(c)}</i>' for n, c in enumerate(cells)
                )
                + "</div></div>"
            )
    return "".join(out)


def bars(rows, heads, groups=()):
    top = max(value(c) for label, *cells in rows if not label.upper().startswith("TOTAL") for c in cells)
    out = [legend(heads) if len(heads) > 1 else f'<p class="kh">{escape(heads[0])}</p>' if heads and heads[0] else ""]
    for n, (label, *cells) in enumerate(rows):
        if n < len(groups) and groups[n]:
            out.append(f'<p class="grp">{escape(groups[n])}</p>')
        total = label.upper().startswith("TOTAL")
        drawn = "".join(bar(0 if total else value(c), top, INK[k], c) for k, c in enumerate(cells) if c)
        out.append(f'<div class="br{" tot" if total else ""}"><span>{escape(label)}</span><div>{drawn}</div></div>')
    return "".join(out)


def heat(rows, heads, corner):
    out = ["<tr>" + "".join(f"<th>{escape(h)}</th>" for h in [corner, *heads]) + "</tr>"]
    tops = [max(value(r[k]) for r in rows if not r[0].startswith("Total")) or 1 for k in range(1, len(rows[0]))]
    long = max(len(r[0]) for r in rows) > 60
    for label, *cells in rows:
        part = [0 if label.startswith("Total") else value(c) / t for c, t in zip(cells, tops, strict=False)]
        style = [
            f"background:linear-gradient(90deg,#94d2bd {100 * p:.0f}%,#eef4f3 0)"
            if long
            else f"background:rgba(238,155,0,{0.08 + 0.8 * p:.2f})"
            for p in part
        ]
        out.append(
            f"<tr><td>{escape(label)}</td>"
            + "".join(f'<td class="n" style="{s}">{escape(c)}</td>' for c, s in zip(cells, style, strict=False))
            + "</tr>"
        )
    return f'<table class="{"data" if long else "heat"}">{"".join(out)}</table>'


def cards(rows, heads):
    def cell(h, c):
        return (
            f'<p class="kh">{escape(h)}</p>' if h else ""
        ) + f'<p class="{"big" if len(c) < 12 else ""}">{escape(c)}</p>'

    return (
        '<div class="cards">'
        + "".join(
            '<div class="card">' + "".join(cell(h, c) for h, c in zip(heads, r, strict=False) if c) + "</div>"
            for r in rows
        )
        + "</div>"
    )


def picture(table):
    g, before = [[c and c.text for c in row] for row in grid(table).firsts], ""
    if sum(bool(c) for c in g[0]) == 1 and len(g) > 2:
        before = "".join(f"<p>{escape(c)}</p>" for c in g.pop(0) if c)
        if all(not r[0] for r in g[1:]):
            before += f"<p>{escape(g[0][0])}</p>"
            g = [r[1:] for r in g]
    headed = all(c is None or len(c) < 60 for c in g[0])
    heads, rows = (g[0], g[1:]) if headed else ([""] * len(g[0]), g)
    if "Page" in heads:
        return '<table class="index">' + "".join(
            "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in r) + "</tr>" for r in g
        ) + "</table>", False
    if None in heads[1:] and heads[1] and rows[0][0] == "" and len(heads) % 2:
        years = [k for k in range(1, len(heads)) if heads[k]]
        panels = []
        for k in years:
            top = max(value(r[k]) for r in rows[1:-1])
            lines = "".join(
                f'<div class="pr"><span>{escape(r[0])}</span><div><i style="width:{100 * value(r[k]) / top if top and r[0] != "Total" else 0:.0f}%"></i></div><b>{escape(r[k])}</b><em>{escape(r[k + 1])}</em></div>'
                for r in rows[1:]
            )
            panels.append(
                f'<div class="panel"><h5>{escape(heads[k])}</h5><div class="pr ph"><span>{escape(heads[0])}</span><div></div><b>{escape(rows[0][k])}</b><em>{escape(rows[0][k + 1])}</em></div>{lines}</div>'
            )
        return f'<div class="panels">{"".join(panels)}</div>', True
    figures = all(c is None or value(c) is not None or "Days" in c for r in rows for c in r[1:])
    share = [
        r
        for r in rows
        if figures and None not in r and all("%" in c for c in r[1:]) and abs(sum(value(c) for c in r[1:]) - 100) < 0.5
    ]
    if len(heads) == 2 and figures:
        parts, total = [r for r in rows if r[0] != "Total"], next((r for r in rows if r[0] == "Total"), None)
        if total and sum(value(v) for _, v in parts) == value(total[1]) and len(parts) < 7:
            return donut(parts, f"{heads[0]} · {heads[1]}", total), False
        return tiles(rows, heads[1:], heads[0]), False
    if share and len(share) >= len(rows) - 1 and len(heads) > 2:
        return before + stacked(rows, heads[1:], heads[0]), False
    if len(heads) == 3 and figures and len(rows) < 7:
        return tiles(rows, heads[1:], heads[0]), False
    if figures and len(heads) > 4:
        return heat(rows, heads[1:], heads[0]), True
    if figures and len({"%" in r[1] for r in rows}) == 2:
        return "".join(
            f'<div class="spark"><p>{escape(r[0])}</p>{spark(zip(heads[1:], r[1:], strict=False), 13)}</div>'
            for r in rows
        ), False
    if figures:
        return (f'<p class="kh">{escape(heads[0])}</p>' if heads[0] else "") + bars(rows, heads[1:]), False
    if len(rows) > 6 and all(value(r[-1]) is not None for r in rows):
        pairs = [[r[1] or r[0], *(r[2:])] for r in rows]
        return f'<p class="kh">{escape(" · ".join(filter(None, heads[:2])))}</p>' + bars(
            pairs, heads[2:], [r[0] if r[1] is not None else "" for r in rows]
        ), False
    return cards(rows, heads), not headed or max(len(c or "") for r in rows for c in r) > 60


def chart(svg):
    said = read_chart(svg)
    rows, names = said.rows, [name for name in said.names if name]
    full = [[t, *(r.get(colour, "") for colour in said.series)] for t, r in rows]
    drawn = (
        bars(full, names)
        if names or len(rows) > 5
        else donut(full)
        if len(rows) < 4
        else f'<div class="spark">{spark(full, 26)}</div>'
    )
    return f"<h5>{escape(said.title)}</h5>" + drawn


def fact(e):
    m = FIGURE.match(e.text or "")
    if m and len(text_of(e)) < 150:
        big, rest = html.Element("b"), html.Element("span")
        big.text, rest.text, e.text = m[1], e.text[m.end() :].strip(), None
        rest.extend(list(e))
        e.extend([big, rest])
        e.set("class", "fact")


def arrange(body):
    kids = list(body)
    n = next(i for i, e in enumerate(kids) if (e.tag not in HEADS and len(text_of(e)) > 60) or e.tag == "table") - 1
    body.insert(0, html.Element("header"))
    body[0].extend(kids[:n])

    def numbered(e):
        return e.tag == "h1" or (e.tag in HEADS and re.match(r"(\d+(\.0)?\s|SECTION \d|Appendix [A-Z\d])", text_of(e)))

    major = numbered if sum(bool(numbered(e)) for e in kids[n:]) > 4 else lambda e: e.tag == "h2"
    flow = viz = None
    for e in kids[n:]:
        if flow is None or (major(e) and len(flow)):
            section, flow = html.Element("section"), html.Element("div", {"class": "flow"})
            body.append(section)
        if (major(e) or not len(section)) and not len(flow):
            section.append(e)
            continue
        section.append(flow)
        last = flow[-1] if len(flow) else None
        if (
            viz is not None
            and last is viz
            and viz[-1].get("class") != "caption"
            and e.tag == "p"
            and re.fullmatch(r"[A-Z].{5,60}[^.:]", text_of(e))
        ):
            e.set("class", "caption")
            viz.append(e)
        elif e.tag in ("table", "svg"):
            drawn, wide = (chart(e), False) if e.tag == "svg" else picture(e)
            viz = html.fragment_fromstring(
                f'<div class="viz{" all" * wide}{" long" * (len(drawn) > 9000)}">{drawn}</div>'
            )
            body.remove(e)
            if last is not None and last.tag in HEADS:
                viz.insert(0, last)
            flow.append(viz)
        else:
            for item in [e] if e.tag == "p" else list(e.iter("li")) if e.tag == "ul" else []:
                fact(item)
            if (
                e.get("class") == "fact"
                and last is not None
                and last.tag == "p"
                and len(text_of(last)) < 30
                and text_of(last)[-1:].isalpha()
            ):
                e.insert(0, last)
                last.tag = "small"
            flow.append(e)
        section.set("class", "keep" if len(text_of(section)) < 1100 else "")
