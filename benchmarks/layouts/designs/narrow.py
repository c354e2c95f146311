"""Word document printed by LibreOffice: two narrow columns, green table style with merged and rotated heads, native charts, small-cap headings and captions."""

import re
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm, Pt, RGBColor
from office import print_office
from parts import grid, read_chart, text_of

GREEN, DARK, INK = "4E7B2F", "2F4A1C", ["4E7B2F", "C0791B", "7F7F7F", "2E75B6", "A5A5A5"]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
COLUMN = 8.1


def add(parent, tag, **attributes):
    e = parse_xml(f"<w:{tag} {W} " + " ".join(f'w:{k}="{v}"' for k, v in attributes.items()) + "/>")
    parent.append(e)
    return e


def styles(doc):
    base = doc.styles["Normal"]
    base.font.name, base.font.size, base.paragraph_format.space_after = "Calibri", Pt(10), Pt(5)
    for n, size, colour in ((1, 17, DARK), (2, 13, GREEN), (3, 11, GREEN), (4, 10.5, "C0791B")):
        s = doc.styles[f"Heading {n}"]
        s.font.size, s.font.color.rgb, s.font.bold = Pt(size), RGBColor.from_string(colour), n > 1
        s.element.rPr.rFonts.attrib.clear()
        s.font.name, s.font.small_caps = "Calibri", n < 3
        s.paragraph_format.space_before, s.paragraph_format.space_after = Pt(9), Pt(3)
        if n < 3:
            add(s.element.rPr, "spacing", val=20)
    caption = doc.styles["Caption"]
    caption.font.name, caption.font.size, caption.font.color.rgb, caption.font.italic = (
        "Calibri",
        Pt(8.5),
        RGBColor.from_string(DARK),
        True,
    )
    caption.paragraph_format.space_after, caption.paragraph_format.keep_with_next = Pt(2), True
    doc.styles["List Bullet"].paragraph_format.space_after = Pt(2)
    style = doc.styles["Medium Grid 3 Accent 1"].element
    for e in style.iter():
        for key, old in list(e.attrib.items()):
            if key.endswith(("}fill", "}color")) and old in ("4F81BD", "D3DFEE", "A7BFDE"):
                e.set(key, {"4F81BD": GREEN, "D3DFEE": "EAF1E1", "A7BFDE": "D5E3C5"}[old])
            elif "theme" in key.lower():
                del e.attrib[key]


def text(doc, e, style=None):
    p = doc.add_paragraph(style=style)
    number = re.match(r"(\d+\.\d+)\s+(?=\S)", e.text or "") if e.tag == "p" else None
    if number:
        p.paragraph_format.left_indent, p.paragraph_format.first_line_indent = Cm(1), Cm(-1)
        p.paragraph_format.tab_stops.add_tab_stop(Cm(1))
    p.add_run(f"{number[1]}\t{e.text[number.end() :]}" if number else e.text)
    for k in e:
        p.add_run(k.text_content()).bold = True
        p.add_run(k.tail)


def table(doc, e):
    rows, found = list(e.iter("tr")), grid(e)
    high, wide = found.height, found.width
    made = doc.add_table(high, wide, style="Medium Grid 3 Accent 1")
    heads = all(c.tag == "th" and len(text_of(c)) < 60 for c in rows[0])
    heads += bool(heads and any(c.get("colspan") for c in rows[0]) and not text_of(rows[1][0]))
    prose = max(len(text_of(c)) for row in rows[heads:] for c in row) > 60
    look = made._tbl.tblPr.find(f"{{{W[9:-1]}}}tblLook")
    look.attrib.clear()
    bits = 0x20 * bool(heads) + 0x40 * text_of(rows[-1][0]).upper().startswith("TOTAL") + 0x80 * (not prose) + 0x400
    look.set(f"{{{W[9:-1]}}}val", f"{bits:04X}")
    cells = [
        [
            v.text
            for k, v in found.places.items()
            if k[1] == c and v.columns == 1 and (k[0] >= heads or wide < 5 or not c)
        ]
        for c in range(wide)
    ]
    least = [0.28 + 0.165 * max((len(w) for words in col for w in words.split()), default=3) for col in cells]

    def turned(r, c, across):
        return r < heads and wide > 4 and c and across == 1

    for (r, c), v in found.places.items():
        least[c] = max(least[c], 0.3 + 0.38 * -(-len(v.text) // 17) if turned(r, c, v.columns) else 0)
    want = [max(2, min(40, max(map(len, col))) - 8) for col in cells]
    share = [m + (COLUMN - sum(least)) * w / sum(want) for m, w in zip(least, want, strict=False)]
    add(add(made._tbl.tblPr, "tblCellMar"), "left", w=56, type="dxa")
    add(made._tbl.tblPr[-1], "right", w=56, type="dxa")
    made.autofit = False
    for c in range(wide):
        made.columns[c].width = Cm(share[c])
    for cell in found.cells:
        r, c, down, across = cell.row, cell.column, cell.rows, cell.columns
        spot = made.cell(r, c)
        if down > 1 or across > 1:
            spot = spot.merge(made.cell(r + down - 1, c + across - 1))
        p, s = spot.paragraphs[0], cell.text
        p.paragraph_format.space_after = Pt(1)
        run = p.add_run(s)
        run.font.size = Pt(8 if wide < 7 else 7.5)
        run.bold = r < heads or s.upper() == "TOTAL" or None
        number = re.fullmatch(r"£?[\d.,]+%?|–", s)
        p.alignment = ALIGN.RIGHT if number else ALIGN.CENTER if r < heads and c and across > 1 else ALIGN.LEFT
        if turned(r, c, across):
            add(spot._tc.get_or_add_tcPr(), "textDirection", val="btLr")
            p.paragraph_format.left_indent = Pt(4)
            made.rows[r].height = Cm(max((made.rows[r].height or 0) / 360000, min(3.8, 0.7 + 0.17 * len(s))))
    for row in list(made.rows)[: heads if wide > 4 else 0]:
        add(row._tr.get_or_add_trPr(), "tblHeader")
    doc.add_paragraph().paragraph_format.space_after = Pt(2)


def chart(doc, svg):
    drawn = read_chart(svg)
    title, names, rows = drawn.title, drawn.series, drawn.rows
    pie, years = len(names) == 1 and len(rows) < 4, len(names) == 1 and len(rows) < 6

    def fill(n):
        return f'<c:spPr><a:solidFill><a:srgbClr val="{INK[n]}"/></a:solidFill></c:spPr>'

    size = '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="800"/></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'

    def shows(val):
        return "".join(
            f'<c:{k} val="{v}"/>'
            for k, v in (
                ("showLegendKey", 0),
                ("showVal", val),
                ("showCatName", 0),
                ("showSerName", 0),
                ("showPercent", 0),
                ("showBubbleSize", 0),
            )
        )

    series = ""
    for n, (colour, name) in enumerate(names.items()):
        points = "".join(f'<c:pt idx="{i}"><c:v>{escape(t)}</c:v></c:pt>' for i, (t, _) in enumerate(rows))
        figures = "".join(
            f'<c:pt idx="{i}"><c:v>{r[colour]}</c:v></c:pt>' for i, (_, r) in enumerate(rows) if colour in r
        )
        slices = "".join(f'<c:dPt><c:idx val="{i}"/>{fill(i)}</c:dPt>' for i in range(len(rows))) if pie else ""
        place = "inEnd" if pie else "outEnd"
        series += f'<c:ser><c:idx val="{n}"/><c:order val="{n}"/><c:tx><c:strRef><c:f>A{n}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>{fill(n)}{slices}<c:dLbls>{size}<c:dLblPos val="{place}"/>{shows(1)}</c:dLbls><c:cat><c:strRef><c:f>B{n}</c:f><c:strCache><c:ptCount val="{len(rows)}"/>{points}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>C{n}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(rows)}"/>{figures}</c:numCache></c:numRef></c:val></c:ser>'
    axes = f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"minMax" if years else "maxMin"}"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:tickLblPos val="low"/>{size}<c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="b"/><c:crossAx val="1"/></c:valAx>'
    plot = (
        f'<c:pieChart><c:varyColors val="1"/>{series}</c:pieChart>'
        if pie
        else f'<c:barChart><c:barDir val="{"col" if years else "bar"}"/><c:grouping val="clustered"/>{series}<c:gapWidth val="45"/><c:axId val="1"/><c:axId val="2"/></c:barChart>{axes}'
    )
    legend = f'<c:legend><c:legendPos val="{"r" if pie else "b"}"/>{size}</c:legend>' if pie or len(names) > 1 else ""
    xml = f'<?xml version="1.0" encoding="UTF-8"?><c:chartSpace xmlns:c="{C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900" b="1"/></a:pPr><a:r><a:rPr lang="en-GB" sz="900" b="1"/><a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="800"><a:latin typeface="Calibri"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr></c:chartSpace>'
    n = len(doc.part.rels)
    part = Part(
        PackURI(f"/word/charts/chart{n}.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        xml.encode(),
        doc.part.package,
    )
    link = doc.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart")
    tall = 5 if years else 2.2 + 0.62 * sum(len(r) for _, r in rows) + 0.9 * len(names)
    doc.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {W}><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="{int(COLUMN * 360000)}" cy="{int(tall * 360000)}"/><wp:docPr id="{n}" name="Chart {n}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )
    )


def print_pdf(body, out):
    doc, kids = Document(), list(body)
    styles(doc)
    first = (
        next(
            i
            for i, e in enumerate(kids)
            if (e.tag not in ("h1", "h2", "h3", "h4") and len(text_of(e)) > 60) or e.tag == "table"
        )
        - 1
    )
    page = doc.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = (
        Cm(21),
        Cm(29.7),
        Cm(2),
        Cm(2),
        Cm(2.2),
        Cm(2),
    )
    page.different_first_page_header_footer = True
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    head.add_run(text_of(kids[0])).italic = True
    head.alignment = foot.alignment = ALIGN.RIGHT
    for label, code in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(label)
        foot._p.append(parse_xml(f'<w:fldSimple {W} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    cover = doc.add_table(1, 1).cell(0, 0)
    add(cover._tc.get_or_add_tcPr(), "shd", val="clear", fill=DARK)
    cover.paragraphs[0].paragraph_format.space_before = Pt(120)
    for e in kids[:first]:
        run = cover.add_paragraph().add_run(text_of(e))
        run.font.size, run.font.color.rgb = Pt(30 if e.tag == "h1" else 15), RGBColor(255, 255, 255)
    cover.add_paragraph().paragraph_format.space_after = Pt(120)
    section = doc.add_section(WD_SECTION.NEW_PAGE)
    columns = section._sectPr.find(f"{{{W[9:-1]}}}cols")
    columns.attrib.update({f"{{{W[9:-1]}}}num": "2", f"{{{W[9:-1]}}}space": "453"})
    heading, skip = "", None
    for i, e in enumerate(kids[first:], first):
        after = kids[i + 1] if i + 1 < len(kids) else None
        if e is skip:
            continue
        if e.tag == "table":
            skip = (
                after
                if after is not None and after.tag == "p" and re.fullmatch(r"[A-Z].{5,60}[^.:]", text_of(after))
                else None
            )
            doc.add_paragraph(text_of(skip) if skip is not None else heading, style="Caption")
            table(doc, e)
        elif e.tag == "svg":
            chart(doc, e)
        elif e.tag == "ul":
            for item in e.iter("li"):
                text(doc, item, "List Bullet")
        elif e.tag == "p":
            text(doc, e)
        else:
            p = doc.add_heading(text_of(e), int(e.tag[1]))
            heading = text_of(e) if not text_of(e).startswith("Chart") else heading
            if e.tag == "h1":
                add(add(p._p.get_or_add_pPr(), "pBdr"), "bottom", val="single", sz=12, space=1, color="C0791B")
    print_office(doc.save, ".docx", out)
