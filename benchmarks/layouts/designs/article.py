"""LaTeX-like article by ReportLab: two justified, hyphenated serif columns with ligatures, run-in headings, booktabs tables and plain charts set side by side as floats."""

import re
from xml.sax.saxutils import escape

from parts import font, grid, read_chart, shy, text_of
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

FULL, COLUMN, GAP = 168 * mm, 80.5 * mm, 7 * mm
GREY = [Color(0.25, 0.25, 0.25), Color(0.68, 0.68, 0.68), white]


def fonts():
    for name, file in (("Times", "Regular"), ("Times-B", "Bold"), ("Times-I", "Italic"), ("Times-BI", "BoldItalic")):
        pdfmetrics.registerFont(TTFont("L" + name, font(f"LiberationSerif-{file}")))
    pdfmetrics.registerFontFamily("LTimes", normal="LTimes", bold="LTimes-B", italic="LTimes-I", boldItalic="LTimes-BI")


def style(name="LTimes", size=9.5, lead=1.17, align=4, **more):
    return ParagraphStyle(
        name, fontName=name, fontSize=size, leading=size * lead, alignment=align, embeddedHyphenation=1, **more
    )


def tex(s, hyphens=True):
    s = re.sub(r"(?<![\w/.@-])[A-Za-z]{6,}(?![\w/@-]| &| ?$)", shy, s) if hyphens else s
    return escape(s.replace("fi", "\ufb01").replace("fl", "\ufb02"))


def rich(e, start=0):
    return tex((e.text or "")[start:]) + "".join(f"<b>{tex(k.text_content(), False)}</b>{tex(k.tail or '')}" for k in e)


def box(flow):
    return Table(
        [[flow]],
        style=[(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")],
        spaceBefore=7,
        spaceAfter=4,
    )


def caption(s):
    return Paragraph(tex(s, False), style("LTimes-I", 8.5, align=1, spaceAfter=3, spaceBefore=4))


def booktabs(e, width):
    g = [[(c.text, c.columns) if c else (None, 0) for c in row] for row in grid(e).firsts]
    wide, first = len(g[0]), next(iter(e.iter("tr")))
    heads = int(all(c.tag == "th" and len(text_of(c)) < 60 for c in first))
    heads += bool(heads and any(a > 1 for _, a in g[0]) and not g[1][0][0])

    def number(s):
        return bool(re.fullmatch(r"£?[\d.,]+%?|–|", s or ""))

    figures = [all(number(r[c][0]) or r[c][1] != 1 for r in g[heads:]) for c in range(wide)]

    def look(r, c, a):
        return style("LTimes", 8, 1.12, align=1 if a > 1 else 2 if figures[c] else 0)

    data = [
        [Paragraph(tex(s or "", False), look(r, c, a)) if s else "" for c, (s, a) in enumerate(row)]
        for r, row in enumerate(g)
    ]
    least = [
        max(
            (
                pdfmetrics.stringWidth(w, "LTimes", 8)
                for row in g
                for s, a in [row[c]]
                if s and a == 1
                for w in s.split()
            ),
            default=8,
        )
        + 9
        for c in range(wide)
    ]
    want = [
        max((pdfmetrics.stringWidth(row[c][0], "LTimes", 8) for row in g if row[c][0] and row[c][1] == 1), default=8)
        + 9
        for c in range(wide)
    ]
    room = min(width, sum(want)) - sum(least)
    sizes = [m + max(room, 0) * (w - m) / (sum(want) - sum(least) or 1) for m, w in zip(least, want, strict=False)]
    rules = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, black),
        ("FONTSIZE", (0, 0), (-1, -1), 8),
        ("LEADING", (0, 0), (-1, -1), 9),
        ("VALIGN", (0, 0), (-1, heads - 1 if heads else 0), "BOTTOM" if heads else "TOP"),
        ("VALIGN", (0, heads), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
    ]
    rules += [("LINEBELOW", (0, heads - 1), (-1, heads - 1), 0.45, black)] * bool(heads)
    for r, row in enumerate(g):
        for c, (_s, a) in enumerate(row):
            if a > 1:
                rules.append(("SPAN", (c, r), (c + a - 1, r)))
                rules += [("LINEBELOW", (c, r), (c + a - 1, r), 0.3, black)] * (heads == 2 and r == 0)
        if r > heads and (
            (row[0][0] and g[r - 1][0][0] is None)
            or (row[0][0] or "").upper().startswith("TOTAL")
            or len(text_of(e)) / len(g) > 150
        ):
            rules.append(("LINEABOVE", (0, r), (-1, r), 0.3, black))
    return Table(data, sizes, style=rules, repeatRows=heads, hAlign="CENTER", spaceAfter=6)


def plot(svg, width):
    chart = read_chart(svg)
    title, rows, names = chart.title, chart.rows, [name for name in chart.names if name]
    order, bars = list(chart.series), sum(len(r) for _, r in rows)
    left, top = (
        min(0.6 * width, 8 + max(pdfmetrics.stringWidth(t, "LTimes", 7.5) for t, _ in rows)),
        max(float(v) for _, r in rows for v in r.values()),
    )
    high = 8.5 * bars + 5 * len(rows) + 6
    d, y = Drawing(width, high + 16 + 10 * len(names)), high + 10 * len(names)
    d.add(
        String(
            width / 2, y + 6, title, fontName="LTimes-B", fontSize=7.5 if len(title) < 70 else 6.4, textAnchor="middle"
        )
    )
    d.add(Rect(left, y - high, width - left, high, fillColor=None, strokeWidth=0.4))
    for label, r in rows:
        y -= 5
        d.add(String(left - 3, y - 4.25 * len(r) - 2.5, label, fontName="LTimes", fontSize=7.5, textAnchor="end"))
        for colour, v in r.items():
            y -= 8.5
            d.add(
                Rect(
                    left,
                    y + 0.6,
                    (width - left - 22) * float(v) / top,
                    7.3,
                    fillColor=GREY[order.index(colour)],
                    strokeWidth=0.4,
                )
            )
            d.add(
                String(left + (width - left - 22) * float(v) / top + 2.5, y + 1.8, v, fontName="LTimes", fontSize=7.5)
            )
        d.add(Line(left - 2, y + 4.25 * len(r), left, y + 4.25 * len(r), strokeWidth=0.4))
    for n, name in enumerate(names):
        y = 10 * (len(names) - n) - 9
        x = min(left, width - 12 - pdfmetrics.stringWidth(name, "LTimes", 7))
        d.add(Rect(x, y, 7, 6, fillColor=GREY[n], strokeWidth=0.4))
        d.add(String(x + 10, y + 0.5, name, fontName="LTimes", fontSize=7))
    return d


def print_pdf(body, out):
    fonts()
    kids = list(body)
    first = (
        next(
            i
            for i, e in enumerate(kids)
            if (e.tag not in ("h1", "h2", "h3", "h4") and len(text_of(e)) > 60) or e.tag == "table"
        )
        - 1
    )
    story = [
        Paragraph(tex(text_of(e), False), style("LTimes", 18 if e.tag == "h1" else 11.5, 1.25, 1, spaceAfter=4))
        for e in kids[:first]
    ]
    story += [Spacer(1, 8), HRFlowable(width="40%", thickness=0.5, color=black), Spacer(1, 14)]
    columns, held, waiting, head, skip, fresh, run_in, chart_head = [], [], None, "", None, True, "", ""

    def put(flowable):
        columns.append(box([*held, flowable]) if held else flowable)
        held.clear()

    def flush():
        columns.extend(held)
        held.clear()
        if columns:
            story.append(BalancedColumns(columns[:], nCols=2, innerPadding=GAP, needed=60, vLinesStrokeWidth=0))
            columns.clear()

    for i, e in enumerate(kids[first:], first):
        after = kids[i + 1] if i + 1 < len(kids) else None
        if e is skip:
            continue
        if e.tag == "h4" and after is not None and after.tag == "svg":
            chart_head = text_of(e)
        elif e.tag in ("h1", "h2", "h3", "h4"):
            s, head, fresh = text_of(e), text_of(e), True
            if e.tag == "h4" and not s.startswith("(") and after is not None and after.tag == "p":
                run_in = f"<b>{tex(s, False)}</b>&nbsp;&nbsp; "
            else:
                size = {"h1": 14.5, "h2": 12, "h3": 11, "h4": 9.5}[e.tag]
                held.append(
                    Paragraph(
                        tex(s, False),
                        style("LTimes-BI" if e.tag == "h4" else "LTimes-B", size, 1.15, 0, spaceBefore=9, spaceAfter=4),
                    )
                )
        elif e.tag in ("table", "svg"):
            skip = (
                after
                if e.tag == "table"
                and after is not None
                and after.tag == "p"
                and re.fullmatch(r"[A-Z].{5,60}[^.:]", text_of(after))
                else None
            )
            label = text_of(skip) if skip is not None else chart_head if e.tag == "svg" else head

            def make(w, e=e, label=label):
                return [caption(label), plot(e, w) if e.tag == "svg" else booktabs(e, w)]

            rows = list(e.iter("tr"))
            wide = e.tag == "table" and (
                max(len(r) for r in rows) > 4 or max(len(text_of(c)) for r in rows for c in r) > 60
            )
            if wide:
                flush()
                story.extend(
                    [
                        CondPageBreak(130),
                        KeepTogether(make(FULL)) if len(text_of(e)) < 1500 else make(FULL)[0],
                        *make(FULL)[1 if len(text_of(e)) >= 1500 else 2 :],
                        Spacer(1, 8),
                    ]
                )
                waiting = None
            elif (
                waiting
                and waiting[0] in columns
                and len(rows) < 12
                and sum(len(text_of(k)) for k in kids[waiting[2] : i]) < 2600
            ):
                columns.remove(waiting[0])
                flush()
                pair = Table(
                    [[waiting[1](COLUMN), make(COLUMN)]],
                    [FULL / 2] * 2,
                    style=[
                        ("VALIGN", (0, 0), (-1, -1), "TOP"),
                        ("LEFTPADDING", (0, 0), (0, 0), 0),
                        ("RIGHTPADDING", (1, 0), (1, 0), 0),
                    ],
                    spaceBefore=4,
                    spaceAfter=10,
                )
                story.append(pair)
                waiting = None
            elif len(rows) > 12:
                columns.extend([*held, *make(COLUMN)])
                held.clear()
            else:
                waiting = (box(make(COLUMN)), make, i)
                columns.extend([*held, waiting[0]])
                held.clear()
        elif e.tag == "ul":
            for item in e.iter("li"):
                put(
                    Paragraph("\u2022&nbsp;&nbsp;" + rich(item), style(leftIndent=15, firstLineIndent=-8, spaceAfter=2))
                )
        elif text_of(e):
            quote = text_of(e)[0] in '“"'
            put(
                Paragraph(
                    run_in + rich(e),
                    style(
                        size=9 if quote else 9.5,
                        firstLineIndent=0 if fresh or quote or text_of(e)[0].isdigit() else 11,
                        leftIndent=10 * quote,
                        rightIndent=10 * quote,
                        spaceAfter=4 if quote or text_of(e)[0].isdigit() else 0,
                        spaceBefore=5 if run_in else 0,
                    ),
                )
            )
            fresh, run_in = False, ""
    flush()

    def furniture(canvas, doc):
        canvas.setFont("LTimes-I", 9)
        if doc.page > 1:
            canvas.drawString(21 * mm, 283 * mm, text_of(kids[0]))
            canvas.line(21 * mm, 281 * mm, 189 * mm, 281 * mm)
        canvas.setFont("LTimes", 9.5)
        canvas.drawCentredString(105 * mm, 12 * mm, str(doc.page))

    sheet = PageTemplate(frames=[Frame(21 * mm, 20 * mm, FULL, 258 * mm, 0, 0, 0, 0, id="body")], onPage=furniture)
    BaseDocTemplate(str(out), pagesize=A4, title=text_of(kids[0]), pageTemplates=[sheet]).build(story)
