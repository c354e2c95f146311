"""A Word report: blue tables with merged and upright heads, cut by the page without a new head, native charts, justified text."""

import re

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from office import add_field, chart_xml, place_chart, print_office, shade
from parts import grid, read_chart, text_of

BLUE, PALE = "2E74B5", "DEEAF6"
FILLS = [BLUE, "ED7D31", "A5A5A5"]


def add_chart(doc, svg, number):
    said = read_chart(svg)
    categories, series = len(said.categories), len(said.names)
    across = categories > 5 or series > 1
    high = Cm(min(16, 3.2 + series * 0.5 + (0.75 + 0.35 * series) * categories) if across else 7.5)
    place_chart(doc, doc.add_paragraph(), chart_xml(said, "bar" if across else "col", FILLS), number, Cm(16), high)


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


def lifted(table):
    """The table as rows of (text, column, columns, rows, is head), shared words of the heads lifted into a row of their own."""
    rows = [[(c.text, c.column, c.columns, c.rows, c.head) for c in row] for row in grid(table).rows]
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
    rows = lifted(source)
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
            shade(cell, PALE if tall > 2 else fill)
            pr = cell._tc.get_or_add_tcPr()
            if head:
                run.font.color.rgb = RGBColor(255, 255, 255)
            if (upright and head and col) or (tall > 4 and words):
                pr.append(parse_xml(f'<w:textDirection {nsdecls("w")} w:val="btLr"/>'))
            pr.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
        if upright and i == 0:
            table.rows[0].height = Cm(3.4)
    doc.add_paragraph().paragraph_format.space_after = Pt(4)


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
    p.add_run("Page "), add_field(p, "PAGE"), p.add_run(" of "), add_field(p, "NUMPAGES")
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
    print_office(doc.save, ".docx", out)
