"""A Word report: blue tables with merged and upright heads, cut by the page without a new head, native charts, justified text."""

import re
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from parts import read_chart, text_of

BLUE, PALE = "2E74B5", "DEEAF6"
FILLS = [BLUE, "ED7D31", "A5A5A5"]


def chart_xml(title, cats, names, values, across):
    series = []
    for j, name in enumerate(names):
        cat = "".join(f'<c:pt idx="{i}"><c:v>{escape(cats[k])}</c:v></c:pt>' for i, k in enumerate(range(len(cats))))
        val = "".join(
            f'<c:pt idx="{i}"><c:v>{values[k, j]}</c:v></c:pt>'
            for i, k in enumerate(range(len(cats)))
            if (k, j) in values
        )
        series.append(
            f'<c:ser><c:idx val="{j}"/><c:order val="{j}"/><c:tx><c:strRef><c:f>S!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
            f'<c:spPr><a:solidFill><a:srgbClr val="{FILLS[j]}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
            f'<c:dLbls><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
            f'<c:cat><c:strRef><c:f>S!$A$2</c:f><c:strCache><c:ptCount val="{len(cats)}"/>{cat}</c:strCache></c:strRef></c:cat>'
            f'<c:val><c:numRef><c:f>S!$B$2</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(cats)}"/>{val}</c:numCache></c:numRef></c:val></c:ser>'
        )
    size = '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{size}</c:legend>' if names[0] else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200"/></a:pPr><a:r><a:rPr lang="en-GB" sz="1200"/><a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
        f'<c:plotArea><c:layout/><c:barChart><c:barDir val="{"bar" if across else "col"}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{"".join(series)}<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"maxMin" if across else "minMax"}"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>{size}<c:crossAx val="2"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="b"/><c:crossAx val="1"/></c:valAx></c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr><a:latin typeface="Carlito"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr></c:chartSpace>'
    ).encode()


def add_chart(doc, svg, number):
    chart = read_chart(svg)
    title, cats, names, values = chart.title, chart.categories, chart.names, chart.values
    across = len(cats) > 5 or len(names) > 1
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        chart_xml(title, cats, names, values, across),
        doc.part.package,
    )
    link = doc.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    high = int(Cm(min(16, 3.2 + len(names) * 0.5 + (0.75 + 0.35 * len(names)) * len(cats)) if across else 7.5))
    doc.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline><wp:extent cx="{int(Cm(16))}" cy="{high}"/><wp:docPr id="{number}" name="Chart {number}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )


def shared(labels):
    """The longest run of neighbouring heads with the same last or first words: (from, to, shared words, rests)."""
    best = None
    for a in range(1, len(labels)):
        for b in range(a + 1, len(labels)):
            run = [s.split() for s in labels[a : b + 1]]
            for tail in (1, 0):
                n = 0
                while all(len(w) > n + 1 for w in run) and len({w[-1 - n] if tail else w[n] for w in run}) == 1:
                    n += 1
                if n and (best is None or b - a > best[1] - best[0]):
                    best = (
                        a,
                        b,
                        " ".join(run[0][-n:] if tail else run[0][:n]),
                        [" ".join(w[:-n] if tail else w[n:]) for w in run],
                    )
    return best


def grid(table):
    """The table as rows of (text, column, columns, rows, is head), shared words of the heads lifted into a row of their own."""
    rows, taken = [], {}
    for i, r in enumerate(table.iter("tr")):
        row, col = [], 0
        for c in r:
            while taken.get((i, col)):
                col += 1
            wide, tall = int(c.get("colspan", 1)), int(c.get("rowspan", 1))
            taken.update({(i + y, col + x): True for y in range(tall) for x in range(wide)})
            row.append((text_of(c), col, wide, tall, c.tag == "th"))
            col += wide
        rows.append(row)
    head = rows[0]
    if (
        len(rows) > 1
        and all(c[4] and c[2] == c[3] == 1 for c in head)
        and not all(c[4] for c in rows[1])
        and (group := shared([c[0] for c in head]))
    ):
        a, b, words, rests = group
        top = (
            [(t, k, 1, 2, True) for t, k, *_ in head[:a]]
            + [(words, a, b - a + 1, 1, True)]
            + [(t, k, 1, 2, True) for t, k, *_ in head[b + 1 :]]
        )
        rows[:1] = [top, [(t, a + k, 1, 1, True) for k, t in enumerate(rests)]]
    return rows


def add_table(doc, source):
    rows = grid(source)
    n = max(c[1] + c[2] for r in rows for c in r)
    heads = next((i for i, r in enumerate(rows) if not all(c[4] for c in r)), int(len(rows[0][-1][0]) < 60))
    mean = [max([len(c[0]) for r in rows[heads:] for c in r if c[1] == k and c[2] == 1] or [1]) for k in range(n)]
    weight = [min(max(m, 9), 60) ** 0.7 for m in mean]
    upright = n > 5 and heads == 1
    table = doc.add_table(len(rows), n)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    borders = "".join(
        f'<w:{s} w:val="single" w:sz="4" w:color="9CC2E5"/>'
        for s in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>"))
    for k in range(n):
        table.columns[k].width = Cm(16 * weight[k] / sum(weight))
        for c in table.columns[k].cells:
            c.width = table.columns[k].width
    for i, r in enumerate(rows):
        last = r[0][0].lower().startswith("total")
        for words, col, wide, tall, _ in r:
            cell = table.cell(i, col)
            if wide * tall > 1:
                cell = cell.merge(table.cell(min(i + tall, len(rows)) - 1, min(col + wide, n) - 1))
            head, p = i < heads, cell.paragraphs[0]
            run, p.paragraph_format.keep_with_next = p.add_run(words), head
            run.font.size, run.bold = Pt(9.5), head or col == 0 or last
            p.paragraph_format.space_after = Pt(0)
            number = re.fullmatch(r"[£\d.,%–-]*( Working Days)?", words)
            p.alignment = ALIGN.CENTER if (head and col) or (number and col) else ALIGN.LEFT
            fill = BLUE if head else PALE if (i - heads) % 2 == 0 or last else "FFFFFF"
            pr = cell._tc.get_or_add_tcPr()
            pr.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{PALE if tall > 2 else fill}"/>'))
            if head:
                run.font.color.rgb = RGBColor(255, 255, 255)
            if (upright and head and col) or (tall > 4 and words):
                pr.append(parse_xml(f'<w:textDirection {nsdecls("w")} w:val="btLr"/>'))
            pr.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
        if upright and i == 0:
            table.rows[0].height = Cm(3.4)
    doc.add_paragraph().paragraph_format.space_after = Pt(4)


def field(p, code):
    for kind in ("begin", None, "end"):
        e = OxmlElement("w:fldChar" if kind else "w:instrText")
        e.set(qn("w:fldCharType"), kind) if kind else setattr(e, "text", code)
        p.add_run()._r.append(e)


def print_pdf(body, out):
    doc, begun, charts = Document(), False, 0
    section = doc.sections[0]
    section.page_width, section.page_height, section.left_margin, section.right_margin = (
        Cm(21),
        Cm(29.7),
        Cm(2.5),
        Cm(2.5),
    )
    doc.settings.element.append(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"))
    base = doc.styles["Normal"]
    base.font.name, base.font.size = "Carlito", Pt(11)
    base.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB"/>'))
    for name, size, caps in (
        ("Heading 1", 18, False),
        ("Heading 2", 14, True),
        ("Heading 3", 12, False),
        ("Title", 30, False),
    ):
        s = doc.styles[name]
        s.font.size, s.font.small_caps, s.font.color.rgb = Pt(size), caps, RGBColor(0x1F, 0x4E, 0x79)
        s.element.rPr.rFonts.attrib.clear()
        s.font.name = "Carlito"
    p = section.header.paragraphs[0]
    p.text, p.alignment = "OFFICIAL | " + text_of(next(body.iter("h1"))), ALIGN.RIGHT
    p = section.footer.paragraphs[0]
    p.alignment = ALIGN.RIGHT
    p.add_run("Page "), field(p, "PAGE"), p.add_run(" of "), field(p, "NUMPAGES")
    for e in body:
        words = text_of(e)
        begun = begun or e.tag in ("table", "ul", "svg") or (e.tag == "p" and len(words) > 60)
        if e.tag == "svg":
            charts += 1
            add_chart(doc, e, charts)
        elif e.tag == "table":
            add_table(doc, e)
        elif e.tag in ("h1", "h2", "h3", "h4"):
            doc.add_paragraph(words, "Title" if e.tag == "h1" and not begun else f"Heading {min(int(e.tag[1]), 3)}")
        elif e.tag == "ul":
            for li in e:
                doc.add_paragraph(text_of(li), "List Bullet").alignment = ALIGN.JUSTIFY
        else:
            p, m = doc.add_paragraph(), re.match(r"(\d+\.\d+)\s*", words)
            p.alignment = ALIGN.JUSTIFY
            if m:
                p.paragraph_format.left_indent, p.paragraph_format.first_line_indent = Cm(1.25), Cm(-1.25)
                p.add_run(m[1] + "\t")
            bold = e[0] if len(e) and e[0].tag == "b" and not (e.text or "").strip() and not m else None
            if bold is not None:
                p.add_run(text_of(bold)).bold = True
                words = words[len(text_of(bold)) :]
            p.add_run(words[m.end() :] if m else words).italic = words[:1] == "“"
    with tempfile.TemporaryDirectory() as box:
        doc.save(Path(box) / (out.stem + ".docx"))
        subprocess.run(
            [
                "soffice",
                "--headless",
                f"-env:UserInstallation=file://{box}/profile",
                "--convert-to",
                "pdf",
                "--outdir",
                str(out.parent),
                f"{box}/{out.stem}.docx",
            ],
            check=True,
            capture_output=True,
        )
