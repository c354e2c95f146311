"""A council web page printed from the browser: left navigation, accordions, responsive tables and column charts."""

import re
from xml.sax.saxutils import escape

from lxml import etree, html
from parts import read_chart, text_of

COLOURS = ["#2a6f4e", "#f0a202", "#7a3b69", "#3066be"]


def make(tag, words=None, **attributes):
    e = etree.Element(tag, {k.rstrip("_"): v for k, v in attributes.items()})
    e.text = words
    return e


def columns(svg):
    """The chart as upright columns with slanted labels, the value above each column."""
    chart = read_chart(svg)
    title, cats, names, values = chart.title, chart.categories, chart.names, chart.values
    top = max(float(v) for v in values.values())
    wide, left = 500, 76
    step = (wide - left - 10) / len(cats)
    bar = min(34, step * 0.76 / len(names))
    out = [f'<text x="{wide / 2}" y="16" font-size="13" text-anchor="middle">{escape(title)}</text>']
    for i in range(5):
        out.append(f'<line x1="{left}" x2="{wide - 6}" y1="{40 + i * 35}" y2="{40 + i * 35}" stroke="#ddd"/>')
    for i, cat in enumerate(cats):
        centre = left + step * (i + 0.5)
        lines = wrap(cat, 22)
        for j, line in enumerate(lines):
            x, y = centre + 5 + j * 9, 192 + j * 5
            out.append(
                f'<text x="{x:.1f}" y="{y}" font-size="8.5" text-anchor="end" transform="rotate(-45 {x:.1f} {y})">{escape(line)}</text>'
            )
        for j in range(len(names)):
            if (i, j) in values:
                high = float(values[i, j]) / top * 128
                x = centre + (j - len(names) / 2) * bar
                out.append(
                    f'<rect x="{x + 1:.1f}" y="{180 - high:.1f}" width="{bar - 2:.1f}" height="{high:.1f}" fill="{COLOURS[j]}"/>'
                )
                out.append(
                    f'<text x="{x + bar / 2:.1f}" y="{176 - high:.1f}" font-size="9" font-weight="bold" text-anchor="middle">{values[i, j]}</text>'
                )
    y = 278
    for j, name in enumerate(n for n in names if n):
        out.append(
            f'<circle cx="120" cy="{y - 3}" r="4" fill="{COLOURS[j]}"/><text x="130" y="{y}" font-size="9.5">{escape(name)}</text>'
        )
        y += 14
    return html.fragment_fromstring(
        f'<div class="chart"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {y}" font-family="Open Sans">{"".join(out)}</svg><p class="tools">☰ View as data table</p></div>'
    )


def wrap(s, n):
    lines = [""]
    for word in s.split():
        if lines[-1] and len(lines[-1]) + len(word) >= n:
            lines.append("")
        lines[-1] = (lines[-1] + " " + word).strip()
    return lines


def cards(table):
    """A wide table as a phone's list of cards: a card for each row, each value after its column's head."""
    rows = list(table.iter("tr"))
    heads = [
        [text_of(c) for c in r for _ in range(int(c.get("colspan", 1)))] for r in rows if all(c.tag == "th" for c in r)
    ]
    labels = [" ".join(filter(None, column)) for column in zip(*heads, strict=False)]
    box = make("div", class_="cards")
    for r in rows[len(heads) :]:
        card = make("div", class_="card")
        for i, (label, cell) in enumerate(zip(labels, r, strict=False)):
            line = make("p", class_="first" if not i else "line")
            if label:
                line.append(make("span", label))
            line.append(make("b", text_of(cell)))
            card.append(line)
        box.append(card)
    return box


def arrange(body):
    for svg in list(body.iter("svg")):
        body.replace(svg, columns(svg))
    for table in list(body.iter("table")):
        rows = list(table.iter("tr"))
        spanned = any(c.get("rowspan") or (c.get("colspan") and c.tag == "td") for c in table.iter("th", "td"))
        if sum(int(c.get("colspan", 1)) for c in rows[0]) > 6 and not spanned:
            body.replace(table, cards(table))
            continue
        if len(rows) > 2 and any(c.tag == "td" for c in rows[1]):
            head = make("thead")
            head.append(rows[0])
            table.insert(0, head)
            for k, c in enumerate(head.iter("th")):
                if k and any(
                    re.match(r"[£\d.,]+%?$", text_of(r[k - len(rows[0])]))
                    for r in rows[1:]
                    if len(r) >= len(rows[0]) - k
                ):
                    c.set("class", "number")
        for c in table.iter("td", "th"):
            if re.fullmatch(r"[£\d.,%–-]*( Working Days)?", text_of(c)) and c.getprevious() is not None:
                c.set("class", "number")
    for p in body.iter("p"):
        if re.match(r"[“\"‘]", text_of(p)) and len(text_of(p)) > 60:
            p.set("class", "quote")
    title = text_of(next(body.iter("h1")))
    titles = [text_of(e) for e in body.iter("h1")][:2]
    main, nav = make("main"), make("nav")
    nav.append(make("b", "In this section"))
    sections = make("ul")
    nav.append(sections)
    begun = False
    for e in list(body):
        if e.tag in ("h1", "h2", "h3"):
            if begun and main[-1].tag not in ("h1", "h2", "h3"):
                main.append(make("p", "▲ Back to top", class_="top"))
                sections.append(make("li", text_of(e)))
                e.append(make("span", "− Hide", class_="hide"))
        elif e.tag == "p" and len(text_of(e)) > 60:
            begun = True
        main.append(e)
    running = " - ".join(titles).replace('"', "'")
    style = make("style", '@page{@top-center{content:"' + running + '"}}')
    parts = [
        '<div class="cookies"><b>Cookies on this website</b> We use cookies to make this site work. <u>Accept</u> <u>Reject</u> <u>View cookies</u></div>',
        "<header><b>◆ Your Council</b><span>Sign in / Register</span><span>Search this site</span></header>",
        '<div class="menu"><span>Report it</span><span>Pay it</span><span>Apply for it</span><span>Find my nearest</span><span>A to Z</span></div>',
        '<div class="crumbs">Home › Children and families › Complaints, comments and compliments › <b></b></div>',
    ]
    for part in parts:
        body.append(html.fragment_fromstring(part))
    body[-1][0].text = title
    body.insert(0, style)
    page = make("div", class_="page")
    page.append(nav)
    page.append(main)
    body.append(page)
    body.append(
        html.fragment_fromstring(
            '<div class="useful"><b>Is this page useful?</b> <u>Yes</u> <u>No</u> <span>Report a problem with this page</span></div>'
        )
    )
    body.append(
        html.fragment_fromstring(
            "<footer><span>Accessibility</span><span>Cookies</span><span>Privacy notice</span><span>Contact us</span><span>Jobs</span><span>Follow us on Facebook</span></footer>"
        )
    )
