"""Only what a reader of a document can see is read: every way of hiding text, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pypdfium2 as pdfium
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo

from councilbench.reports import read_report
from extract import read
from extract.model import Reading
from extract.readers import pdf as pdf_reader

HIDDEN = "Stage 1 complaints received: 77"
SHOWN = "Stage 2 complaints received: 12"
SAID = "cannot be seen"


def warned(reading: Reading) -> list[str]:
    return [w for w in reading.warnings if SAID in w]


def only_the_shown(path: Path, where: str = "") -> None:
    """The visible statistic is read, the hidden one is not, and one sentence says so without its figure."""
    reading = read(path)
    assert "12" in reading.text.split(), reading.text
    assert "77" not in reading.text, reading.text
    (sentence,) = warned(reading)
    assert where in sentence
    assert "77" not in " ".join(reading.warnings)


def both(path: Path) -> None:
    """Both statistics are seen and read, and nothing is said."""
    reading = read(path)
    assert "77" in reading.text and "12" in reading.text, reading.text
    assert not warned(reading)


# --- PDF: pages written by hand, so that each test shows the operators that it is about


def pdf(
    path: Path, content: str, resources: str = "", page: str = "", catalog: str = "", extra: Sequence[str] = ()
) -> Path:
    """A page of these operators; `extra` are objects from number 7, 6 is a picture of one grey pixel named I1."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        f"/XObject<</I1 6 0 R/X1 7 0 R>>{resources}>>{page}>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 2>>\n"
        "stream\n\xb0\xe0\nendstream",
        *extra,
    ]
    data = b"%PDF-1.7\n"
    places = []
    for n, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{n} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF".encode()
    path.write_bytes(data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + table + end)
    return path


def text(words: str, y: float = 700, size: float = 12, before: str = "") -> str:
    return f"BT /F1 {size} Tf {before} 72 {y} Td ({words}) Tj ET\n"


def shape(x: float, y: float, wide: float, high: float, colour: str = "0 g") -> str:
    return f"q {colour} {x} {y} {wide} {high} re f Q\n"


def image(x: float, y: float, wide: float, high: float) -> str:
    return f"q {wide} 0 0 {high} {x} {y} cm /I1 Do Q\n"


BOX = (66, 692, 240, 22)
"""Around the hidden statistic."""
LINE = text(HIDDEN)
SEEN = text(SHOWN, 650)
WORDS = "".join(text("words and more words", y) for y in range(400, 600, 30))
STATES = "/ExtGState<</Clear<</ca 0>>/Faint<</ca 0.03>>/Half<</ca 0.4>>/Multiply<</BM/Multiply>>>>"
LAYER = {"resources": "/Properties<</Layer 8 0 R>>", "catalog": "/OCProperties<</OCGs[8 0 R]/D<</OFF[8 0 R]>>>>"}
GROUP = "<</Type/OCG/Name(Drafting notes)>>"


def form(content: str, more: str = "") -> str:
    return (
        f"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>{more}"
        f"/Length {len(content)}>>\n"
        f"stream\n{content}\nendstream"
    )


def annotation(kind: str, more: str = "") -> str:
    return f"/Annots[<</Type/Annot/Subtype/{kind}/Rect[66 692 306 714]{more}>>]"


QUAD = "/QuadPoints[66 714 306 714 66 692 306 692]"

HIDING = {
    "white": {"content": "1 1 1 rg " + LINE + "0 g " + SEEN},
    "nearly white": {"content": ".95 .96 .97 rg " + LINE + "0 g " + SEEN},
    "of the colour of a panel": {
        "content": shape(*BOX, ".2 .3 .6 rg") + ".2 .3 .6 rg " + LINE + "0 g " + SEEN,
    },
    "transparent": {"content": "q /Clear gs " + LINE + "Q " + SEEN, "resources": STATES},
    "nearly transparent": {"content": "q /Faint gs " + LINE + "Q " + SEEN, "resources": STATES},
    "render mode 3": {"content": text(HIDDEN, before="3 Tr") + "0 Tr " + SEEN},
    "render mode 7": {"content": "q " + text(HIDDEN, before="7 Tr") + "Q 0 Tr " + SEEN},
    "black box": {"content": LINE + SEEN + shape(*BOX)},
    "white box": {"content": LINE + SEEN + shape(*BOX, "1 g")},
    "black box over white words": {"content": LINE + SEEN + shape(*BOX) + "1 g " + text("Redacted", 699, 11)},
    "black box over words printed twice": {"content": LINE + LINE + SEEN + shape(*BOX)},
    "white, twice": {"content": "1 1 1 rg " + LINE + LINE + "0 g " + SEEN},
    "corrected with a white box": {"content": LINE + shape(*BOX, "1 g") + text(HIDDEN.replace("77", "76")) + SEEN},
    "bar that leaves the tops of letters": {"content": LINE + SEEN + shape(66, 697, 240, 10.4)},
    "thick pen": {"content": LINE + SEEN + "q 16 w 66 703 m 306 703 l S Q"},
    "image": {"content": LINE + SEEN + image(*BOX)},
    "clipped": {"content": "q 300 300 50 50 re W n " + LINE + "Q " + SEEN},
    "struck out": {"content": LINE + shape(72, 703.4, 171, 0.7) + SEEN},
    "large and struck out": {"content": text(HIDDEN, size=30) + shape(72, 708, 428, 2.6) + SEEN},
    "struck out by a stroke": {"content": LINE + "q .7 w 72 703.4 m 243 703.4 l S Q " + SEEN},
    "marked for redaction": {"content": LINE + SEEN, "page": annotation("Redact", QUAD)},
    "marked for redaction by its box": {"content": LINE + SEEN, "page": annotation("Redact")},
    "black square": {"content": LINE + SEEN, "page": annotation("Square", "/C[0 0 0]/IC[0 0 0]")},
    "struck out by a reviewer": {"content": LINE + SEEN, "page": annotation("StrikeOut", QUAD + "/C[1 0 0]")},
    "layer that is off": {"content": "/OC /Layer BDC " + LINE + "EMC " + SEEN, "extra": ["null", GROUP], **LAYER},
    "form in a layer that is off": {"content": "/X1 Do " + SEEN, "extra": [form(LINE, "/OC 8 0 R"), GROUP], **LAYER},
    "form that is transparent": {
        "content": "q /Clear gs /X1 Do Q " + SEEN,
        "resources": STATES,
        "extra": [form(LINE, "/Group<</S/Transparency>>")],
    },
    "type under 2 points": {"content": text(HIDDEN, size=1.4) + SEEN},
    "type made small": {"content": "q .1 0 0 .1 60 600 cm " + LINE + "Q " + SEEN},
}


@pytest.mark.parametrize("hiding", HIDING)
def test_page(tmp_path: Path, hiding: str) -> None:
    only_the_shown(pdf(tmp_path / "report.pdf", **HIDING[hiding]), "on page 1 ")  # type: ignore[arg-type]


SHOWING = {
    "white on a dark head": {"content": shape(*BOX, ".1 .2 .4 rg") + "1 g " + LINE + "0 g " + SEEN},
    "white on a dark picture": {"content": image(*BOX) + "1 g " + LINE + "0 g " + SEEN + WORDS},
    "grey": {"content": ".75 g " + LINE + "0 g " + SEEN},
    "on a light box": {"content": shape(*BOX, ".9 .95 1 rg") + LINE + SEEN},
    "black box before it, white panel between": {
        "content": shape(*BOX) + shape(*BOX, "1 g") + LINE + SEEN,
    },
    "on a photograph": {"content": image(0, 0, 595, 842) + LINE + SEEN + WORDS},
    "picture beside it": {"content": LINE + SEEN + image(260, 690, 100, 30)},
    "underlined": {"content": LINE + shape(72, 698.2, 171, 0.6) + SEEN},
    "rules close to it": {"content": LINE + shape(60, 697, 300, 0.5) + shape(60, 709.5, 300, 0.5) + SEEN},
    "gridline through it": {"content": shape(30, 704, 500, 0.5) + LINE + SEEN},
    "framed later": {"content": LINE + SEEN + "q 60 690 260 30 re S Q"},
    "highlighted before": {"content": shape(*BOX, "1 1 0 rg") + LINE + SEEN},
    "highlighted by multiplying": {
        "content": LINE + SEEN + "/Multiply gs " + shape(*BOX, "1 1 0 rg"),
        "resources": STATES,
    },
    "under a tinted glass": {"content": LINE + SEEN + "/Half gs " + shape(*BOX, "1 1 0 rg"), "resources": STATES},
    "highlighted by a reviewer": {"content": LINE + SEEN, "page": annotation("Highlight", QUAD + "/C[1 1 0]")},
    "in a frame of a reviewer": {"content": LINE + SEEN, "page": annotation("Square", "/C[1 0 0]")},
    "hidden square": {"content": LINE + SEEN, "page": annotation("Square", "/C[0 0 0]/IC[0 0 0]/F 2")},
    "layer that is on": {
        "content": "/OC /Layer BDC " + LINE + "EMC " + SEEN,
        "resources": LAYER["resources"],
        "catalog": "/OCProperties<</OCGs[8 0 R]/D<</ON[8 0 R]>>>>",
        "extra": ["null", GROUP],
    },
    "form": {"content": "/X1 Do " + SEEN, "extra": [form(LINE)]},
    "clip around it": {"content": "q 72 690 172 30 re W n " + LINE + "Q " + SEEN},
    "printed twice, under a tinted glass": {
        "content": LINE + LINE + SEEN + "/Half gs " + shape(*BOX, "1 1 0 rg"),
        "resources": STATES,
    },
    "printed twice far apart": {
        "content": shape(*BOX, ".8 g")
        + ".7 g "
        + LINE
        + WORDS
        + WORDS.replace("words", "other")
        + LINE
        + "0 g "
        + SEEN,
    },
    "halo": {"content": "1 g " + LINE + "0 g " + LINE + SEEN},
    "outline": {"content": text(HIDDEN, before="1 Tr") + "0 Tr " + SEEN},
    "letters that let a colour through": {
        "content": "q " + text(HIDDEN, before="7 Tr") + "0 0 1 rg 60 690 400 30 re f Q 0 Tr " + SEEN,
    },
    "type of 5 points": {"content": text(HIDDEN, size=5) + SEEN},
    "raised type of 5 points": {
        "content": LINE
        + SEEN
        + text("Nobody withdrew a complaint in the 4", 600)
        + "BT /F1 5 Tf 270 605 Td (th) Tj ET ",
    },
}


@pytest.mark.parametrize("showing", SHOWING)
def test_page_that_hides_nothing(tmp_path: Path, showing: str) -> None:
    both(pdf(tmp_path / "report.pdf", **SHOWING[showing]))  # type: ignore[arg-type]


def test_watermark_behind_text_hides_nothing(tmp_path: Path) -> None:
    """Of the page's words; it is none of them itself."""
    content = ".9 g BT /F1 90 Tf .7 .7 -.7 .7 110 600 Tm (DRAFT) Tj ET 0 g " + LINE + SEEN
    document = pdfium.PdfDocument(pdf(tmp_path / "report.pdf", content))
    objects = pdf_reader._objects(document[0], 1)
    assert [w.text for w in objects.words] == [*HIDDEN.split(), *SHOWN.split()]
    assert not objects.unseen


def test_figure_under_a_bar_leaves_the_words_around_it(tmp_path: Path) -> None:
    content = text(f"{HIDDEN} and answered on time") + SEEN + shape(229.5, 698, 14.5, 12)
    reading = read(pdf(tmp_path / "report.pdf", content))
    assert "Stage 1 complaints received: and answered on time" in " ".join(reading.text.split())
    assert len(warned(reading)) == 1


def test_half_a_number_is_no_number(tmp_path: Path) -> None:
    content = text(HIDDEN) + SEEN + shape(236, 698, 9, 12)
    only_the_shown(path := pdf(tmp_path / "report.pdf", content))
    assert "received: 7" not in read(path).text


def test_a_word_that_lacks_a_letter_is_read(tmp_path: Path) -> None:
    both(pdf(tmp_path / "report.pdf", LINE + SEEN + shape(94, 698, 9, 12)))


def test_white_zero_before_a_figure(tmp_path: Path) -> None:
    content = "BT /F1 12 Tf 72 700 Td (Stage 1 complaints received: ) Tj 1 g (0) Tj 0 g (77) Tj ET " + SEEN
    assert "received: 77" in read(pdf(tmp_path / "report.pdf", content)).text


def test_landscape_page(tmp_path: Path) -> None:
    """Drawn sideways and turned by /Rotate: what is struck out and what is covered is found where it is displayed."""
    hidden = shape(72, 403.4, 171, 0.7) + text(HIDDEN.replace("77", "778"), 350) + shape(66, 342, 240, 22)
    content = "q 0 1 -1 0 595 0 cm " + text(HIDDEN, 400) + text(SHOWN, 300) + hidden + "Q "
    only_the_shown(pdf(tmp_path / "report.pdf", content, page="/Rotate 90"), "on page 1 ")


def test_words_put_in_the_place_of_others(tmp_path: Path) -> None:
    """As tracked changes are printed: what was deleted is struck out right before what was put in."""
    content = "BT /F1 12 Tf 72 700 Td (Stage 1 complaints received: ) Tj 1 0 0 rg (79) Tj (77) Tj ET 0 g "
    content += shape(228.7, 703.4, 13.3, 0.7, "1 0 0 rg") + SEEN
    reading = read(pdf(tmp_path / "report.pdf", content))
    assert "received: 77" in reading.text and "79" not in reading.text, reading.text


def test_one_figure_struck_out_and_corrected(tmp_path: Path) -> None:
    content = text("Stage 1 complaints received: 77 79 in all") + shape(229, 703.4, 14, 0.6) + SEEN
    text_read = " ".join(read(pdf(tmp_path / "report.pdf", content)).text.split())
    assert "Stage 1 complaints received: 79 in all" in text_read


@pytest.mark.parametrize("words", ["77", "7", "Stage 1 complaints received: 77"])
def test_what_is_drawn_counts(tmp_path: Path, words: str) -> None:
    """Text that programs are given instead of the letters on the page."""
    content = f"/Span<</ActualText({words})>>BDC " + text(SHOWN) + "EMC " + text("Nothing else", 650)
    only_the_shown(pdf(tmp_path / "report.pdf", content), "on page 1 ")


def test_spelled_out_ligatures_stay(tmp_path: Path) -> None:
    content = "/Span<</ActualText(Stage 1 complaints received: 77)>>BDC " + LINE + "EMC " + SEEN
    both(pdf(tmp_path / "report.pdf", content))


SCAN = image(0, 0, 595, 842)


@pytest.mark.parametrize(
    "content",
    [
        SCAN + text(HIDDEN, before="3 Tr") + SEEN + WORDS,
        text(HIDDEN, before="3 Tr") + SEEN + WORDS + SCAN,
        LINE + SEEN + WORDS + SCAN,
    ],
    ids=["over the picture", "silent and under it", "under it"],
)
def test_text_of_a_scan_is_read(tmp_path: Path, content: str) -> None:
    both(pdf(tmp_path / "scan.pdf", content))


def test_bar_over_a_scan_hides_its_text(tmp_path: Path) -> None:
    content = SCAN + text(HIDDEN, before="3 Tr") + SEEN + WORDS + shape(*BOX)
    only_the_shown(pdf(tmp_path / "scan.pdf", content))


def test_silent_text_over_a_background_is_no_scan(tmp_path: Path) -> None:
    only_the_shown(pdf(tmp_path / "report.pdf", SCAN + text(HIDDEN, before="3 Tr") + "0 Tr " + SEEN + WORDS))


# --- Word


def word(path: Path, change: Callable[[Any, Any], None], words: str = HIDDEN) -> Path:
    """A document with the hidden statistic, changed by `change(document, run)`, and the shown one."""
    document = docx.Document()
    run = document.add_paragraph().add_run(words)
    document.add_paragraph(SHOWN)
    change(document, run)
    document.save(str(path))
    return path


def element(name: str, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def given(name: str, **values: str) -> Callable[[Any, Any], None]:
    """A property of the run itself."""
    return lambda document, run: run._r.get_or_add_rPr().append(element(name, **values))


def by_style(kind: int, name: str, **values: str) -> Callable[[Any, Any], None]:
    """A property of a style that the run's style is based on."""

    def change(document: Any, run: Any) -> None:
        base, style = (document.styles.add_style(n, kind) for n in ("Note base", "Note"))
        style.base_style = base
        base.element.get_or_add_rPr().append(element(name, **values))
        (run if kind == WD_STYLE_TYPE.CHARACTER else document.paragraphs[0]).style = style

    return change


def revised(name: str, text_name: str) -> Callable[[Any, Any], None]:
    def change(document: Any, run: Any) -> None:
        around = element(name, id="1", author="A")
        run._r.addprevious(around)
        around.append(run._r)
        for t in run._r.iter(qn("w:t")):
            t.tag = qn(text_name)

    return change


def in_cell(fill: str | None, style: str = "Table Grid", row: int = 0) -> Callable[[Any, Any], None]:
    """The run, in white, in a cell with that shading or in a table of that style."""

    def change(document: Any, run: Any) -> None:
        table = document.add_table(2, 2, style=style)
        cell = table.cell(row, 1)
        cell.paragraphs[0]._p.append(run._r)
        run.font.color.rgb = RGBColor(255, 255, 255)
        if fill:
            cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", fill=fill))

    return change


def hidden_row(document: Any, run: Any) -> None:
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "Stage"
    table.cell(1, 0).paragraphs[0]._p.append(run._r)
    table.rows[1]._tr.get_or_add_trPr().append(element("w:hidden"))


def white_on(fill: str) -> Callable[[Any, Any], None]:
    def change(document: Any, run: Any) -> None:
        given("w:color", val="FFFFFF")(document, run)
        document.paragraphs[0]._p.get_or_add_pPr().append(element("w:shd", val="clear", fill=fill))

    return change


def marked_black(document: Any, run: Any) -> None:
    run.font.highlight_color = WD_COLOR_INDEX.BLACK


HIDING_IN_WORD = {
    "hidden": given("w:vanish"),
    "hidden in web layout": given("w:webHidden"),
    "struck out": given("w:strike"),
    "struck out twice": given("w:dstrike"),
    "deleted": revised("w:del", "w:delText"),
    "moved away": revised("w:moveFrom", "w:t"),
    "white": given("w:color", val="FFFFFF"),
    "nearly white": given("w:color", val="FAFAFA"),
    "white on white shading": white_on("FFFFFF"),
    "tiny": given("w:sz", val="2"),
    "hidden by a paragraph style": by_style(WD_STYLE_TYPE.PARAGRAPH, "w:vanish"),
    "hidden by a character style": by_style(WD_STYLE_TYPE.CHARACTER, "w:vanish"),
    "struck out by a character style": by_style(WD_STYLE_TYPE.CHARACTER, "w:strike"),
    "white by a paragraph style": by_style(WD_STYLE_TYPE.PARAGRAPH, "w:color", val="FFFFFF"),
    "tiny by a paragraph style": by_style(WD_STYLE_TYPE.PARAGRAPH, "w:sz", val="2"),
    "white in a cell": in_cell(None),
    "white under a dark head": in_cell(None, "Light List Accent 1", row=1),
    "hidden row": hidden_row,
    "under a black highlighter": marked_black,
}


@pytest.mark.parametrize("hiding", HIDING_IN_WORD)
def test_word(tmp_path: Path, hiding: str) -> None:
    only_the_shown(word(tmp_path / "report.docx", HIDING_IN_WORD[hiding]))


def turned_on_and_off(document: Any, run: Any) -> None:
    by_style(WD_STYLE_TYPE.PARAGRAPH, "w:vanish")(document, run)
    given("w:vanish", val="0")(document, run)


def over_a_banner(document: Any, run: Any) -> None:
    given("w:color", val="FFFFFF")(document, run)
    drawing = OxmlElement("w:drawing")
    drawing.append(OxmlElement("wp:anchor"))
    drawing[0].set("behindDoc", "1")
    document.paragraphs[0].add_run()._r.append(drawing)


SHOWING_IN_WORD = {
    "white on dark shading of the paragraph": white_on("1F3864"),
    "white in a dark cell": in_cell("1F3864"),
    "white in the head of a table's style": in_cell(None, "Medium Grid 3 Accent 1"),
    "white over a banner": over_a_banner,
    "grey": given("w:color", val="A6A6A6"),
    "underlined": given("w:u", val="single"),
    "highlighted": given("w:highlight", val="yellow"),
    "small print": given("w:sz", val="10"),
    "not struck out": given("w:strike", val="0"),
    "shown though its style hides": turned_on_and_off,
    "put in": revised("w:ins", "w:t"),
    "automatic on dark shading": given("w:shd", val="clear", fill="000000"),
}


@pytest.mark.parametrize("showing", SHOWING_IN_WORD)
def test_word_that_hides_nothing(tmp_path: Path, showing: str) -> None:
    both(word(tmp_path / "report.docx", SHOWING_IN_WORD[showing]))


def test_numbers_of_a_contents_page_are_no_hidden_text(tmp_path: Path) -> None:
    def change(document: Any, run: Any) -> None:
        given("w:webHidden")(document, run)
        code = OxmlElement("w:instrText")
        code.text = " PAGEREF _Toc1 \\h "
        document.paragraphs[0].add_run()._r.append(code)

    both(word(tmp_path / "report.docx", change))


# --- Excel


def workbook(path: Path, change: Callable[[Any, Any], None]) -> Path:
    """A sheet with the hidden statistic in A3, the shown one in A5, changed by `change(sheet, cell)`."""
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "Complaints"
    sheet["A3"] = HIDDEN
    sheet["A5"] = SHOWN
    sheet["B5"] = "at stage 2"
    change(sheet, sheet["A3"])
    book.save(path)
    return path


def style(**values: Any) -> Callable[[Any, Any], None]:
    def change(sheet: Any, cell: Any) -> None:
        for name, value in values.items():
            setattr(cell, name, value)

    return change


def row_hidden(sheet: Any, cell: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def rows_grouped(sheet: Any, cell: Any) -> None:
    sheet.row_dimensions.group(2, 4, hidden=True)


def columns_grouped(sheet: Any, cell: Any) -> None:
    sheet["D3"], sheet["A3"] = cell.value, None
    sheet.column_dimensions.group("C", "E", hidden=True)


def other_sheet(state: str) -> Callable[[Any, Any], None]:
    def change(sheet: Any, cell: Any) -> None:
        other = sheet.parent.create_sheet("Working")
        other["A1"], other.sheet_state = cell.value, state
        cell.value = None

    return change


def partly_struck(sheet: Any, cell: Any) -> None:
    cell.value = CellRichText("Stage 1 complaints received: ", TextBlock(InlineFont(strike=True), "77"), " in all")


def a_number(form: str) -> Callable[[Any, Any], None]:
    def change(sheet: Any, cell: Any) -> None:
        cell.value, cell.number_format = 77, form

    return change


WHITE = Font(color="FFFFFFFF")
HIDING_IN_WORKBOOKS = {
    "row": row_hidden,
    "grouped rows": rows_grouped,
    "grouped columns": columns_grouped,
    "sheet": other_sheet("hidden"),
    "very hidden sheet": other_sheet("veryHidden"),
    "format of a text": style(number_format=";;;"),
    "format of a number": a_number(";;;"),
    "white": style(font=WHITE),
    "white by the theme": style(font=Font(color=Color(theme=0))),
    "black on black": style(fill=PatternFill("solid", fgColor="FF000000")),
    "struck out": style(font=Font(strike=True)),
    "partly struck out": partly_struck,
    "tiny": style(font=Font(sz=1)),
}


@pytest.mark.parametrize("hiding", HIDING_IN_WORKBOOKS)
def test_workbook(tmp_path: Path, hiding: str) -> None:
    only_the_shown(workbook(tmp_path / "report.xlsx", HIDING_IN_WORKBOOKS[hiding]))


def head_of_a_table(sheet: Any, cell: Any) -> None:
    sheet["B3"] = "Number"
    cell.font = WHITE
    sheet.add_table(ExcelTable(displayName="Figures", ref="A3:B5", tableStyleInfo=TableStyleInfo("TableStyleMedium2")))


def coloured_by_a_rule(sheet: Any, cell: Any) -> None:
    cell.font = WHITE
    fill = PatternFill("solid", bgColor="FF1F3864")
    sheet.conditional_formatting.add("A2:A4", FormulaRule(formula=["TRUE"], fill=fill))


SHOWING_IN_WORKBOOKS = {
    "white on dark": style(font=WHITE, fill=PatternFill("solid", fgColor="FF1F3864")),
    "white on a colour of the theme": style(font=WHITE, fill=PatternFill("solid", fgColor=Color(theme=4))),
    "white in the head of a table": head_of_a_table,
    "white where a rule colours": coloured_by_a_rule,
    "grey": style(font=Font(color="FFA6A6A6")),
    "negative numbers left blank": a_number("0;;0"),
    "format with words": a_number('0;-0;"none"'),
    "parts in bold": style(value=CellRichText("Stage 1 complaints received: ", TextBlock(InlineFont(b=True), "77"))),
}


@pytest.mark.parametrize("showing", SHOWING_IN_WORKBOOKS)
def test_workbook_that_hides_nothing(tmp_path: Path, showing: str) -> None:
    both(workbook(tmp_path / "report.xlsx", SHOWING_IN_WORKBOOKS[showing]))


# --- Web pages


def web(path: Path, hidden: str, head: str = "") -> Path:
    path.write_text(
        f"<!DOCTYPE html><html><head><title>Report</title>{head}</head><body><main><h1>Complaints</h1>{hidden}"
        f"<p>{SHOWN}</p><p>Words of no account about how we listen to children and what we learn from them.</p>"
        "</main></body></html>",
        encoding="utf-8",
    )
    return path


def styled(declarations: str) -> str:
    return f'<p style="{declarations}">{HIDDEN}</p>'


def by_class(rules: str, name: str = "note") -> tuple[str, str]:
    return f'<div class="{name}"><p>{HIDDEN}</p></div>', f"<style>{rules}</style>"


HIDING_ON_THE_WEB = {
    "attribute": (f"<p hidden>{HIDDEN}</p>", ""),
    **{
        declarations: (styled(declarations), "")
        for declarations in (
            "display:none",
            "visibility: hidden",
            "opacity:0",
            "opacity: 0.0 !important",
            "font-size:0",
            "font-size:1px",
            "font-size:1pt",
            "color:white",
            "color:#fefefe",
            "background-color:#000;color:rgb(0, 0, 0)",
            "color:transparent",
            "position:absolute;left:-9999px",
            "position:absolute; top:-10000em",
            "text-indent:-9999px",
            "position:absolute;clip:rect(0 0 0 0)",
            "position:absolute;clip:rect(1px, 1px, 1px, 1px)",
            "clip-path:inset(50%)",
            "height:1px;width:1px;overflow:hidden",
            "text-decoration: line-through",
        )
    },
    **{
        f"class {name}": (f'<p>Words <span class="{name}">{HIDDEN}</span></p>', "")
        for name in (
            "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "hidden", "d-none",
            "govuk-visually-hidden", "lead hidden",
        )
    },
    "rule for a class": by_class(".note{display:none}"),
    "rule for what is inside": by_class("div.note > p, .other { visibility:hidden }"),
    "rule for the screen": by_class("@media screen { .note { font-size: 0 } }"),
    "rule that clips": by_class("main .note { position:absolute !important; clip: rect(0, 0, 0, 0); }"),
    "later rule": by_class(".note{display:block} .note{display:none}"),
    "important rule": by_class(".note{display:none !important} div.note{display:block}"),
    **{tag: (f"<p>Words <{tag}>{HIDDEN}</{tag}></p>", "") for tag in ("del", "s", "strike")},
    **{tag: (f"<{tag}><p>{HIDDEN}</p></{tag}>", "") for tag in ("template", "noscript", "dialog")},
    "in a table": (f'<table><tr><td>Stage</td><td><span style="color:#fff">{HIDDEN}</span></td></tr></table>', ""),
    "row": (f'<table><tr><td>Stage</td></tr><tr style="display:none"><td>{HIDDEN}</td></tr></table>', ""),
}  # fmt: skip


@pytest.mark.parametrize("hiding", HIDING_ON_THE_WEB)
def test_web_page(tmp_path: Path, hiding: str) -> None:
    only_the_shown(web(tmp_path / "report.html", *HIDING_ON_THE_WEB[hiding]))


SHOWING_ON_THE_WEB = {
    "hidden from screen readers only": (f'<p aria-hidden="true">{HIDDEN}</p>', ""),
    "details that can be opened": (f"<details><summary>More</summary><p>{HIDDEN}</p></details>", ""),
    "white on dark": (styled("color:#fff;background:#1d70b8"), ""),
    "filled with a run of colours": (
        styled("color:transparent;background-clip:text;background-image:linear-gradient(red,blue)"),
        "",
    ),
    "white in a dark box": (f'<div style="background-color:navy"><p style="color:white">{HIDDEN}</p></div>', ""),
    "white on a picture": (f'<div style="background:url(a.png)"><p style="color:white">{HIDDEN}</p></div>', ""),
    "white by a rule, in a dark box": by_class(".note{background:#0b0c0c} .note p{color:#fff}"),
    "white in a box of a style sheet elsewhere": (
        f'<div class="banner"><p style="color:#fff">{HIDDEN}</p></div>',
        '<link rel="stylesheet" href="site.css">',
    ),
    "rule for print": by_class("@media print { .note { display:none } }"),
    "rule for small screens": by_class("@media (max-width: 600px) { .note { display:none } }"),
    "style sheet for print": (by_class("")[0], '<style media="print">.note{display:none}</style>'),
    "rule for when it is pointed at": by_class(".note:hover{display:none}"),
    "rule undone": by_class(".note{display:none} div.note{display:block}"),
    "small gaps between boxes": by_class(".note{font-size:0} .note p{font-size:16px}"),
    "seen in what is hidden": by_class(".note{visibility:hidden} .note p{visibility:visible}"),
    "hidden on telephones": (f'<p class="d-none d-md-block">{HIDDEN}</p>', ""),
    "name that only begins so": (f'<p class="hidden-print">{HIDDEN}</p>', ""),
    "half opaque": (styled("opacity:0.5;font-size:12px;left:-3px"), ""),
    "animation": by_class("@keyframes a { from { opacity:0 } to { opacity:1 } } .note{animation:a 1s}"),
    "put in": (f"<p>Words <ins>{HIDDEN}</ins></p>", ""),
    "comment in a style sheet": by_class("/* .note{display:none} */ .other{display:none}"),
}


@pytest.mark.parametrize("showing", SHOWING_ON_THE_WEB)
def test_web_page_that_hides_nothing(tmp_path: Path, showing: str) -> None:
    both(web(tmp_path / "report.html", *SHOWING_ON_THE_WEB[showing]))


def test_words_for_screen_readers_are_not_worth_a_warning(tmp_path: Path) -> None:
    hidden = (
        '<a href="#x">Report <span class="visually-hidden">opens in a new window</span></a><script>var a = 77</script>'
    )
    reading = read(web(tmp_path / "report.html", hidden))
    assert "window" not in reading.text and not warned(reading)


# --- What becomes of it


def test_hidden_figures_reach_no_dataset(tmp_path: Path) -> None:
    title = text("Bury Council: children's social care complaints annual report 2023/24", 780)
    hidden = "In 2023/24 we received 77 complaints at stage 1."
    shown = "In 2023/24 we received 12 complaints at stage 2."
    paths = [pdf(tmp_path / "covered.pdf", title + text(hidden) + text(shown, 650) + shape(60, 690, 400, 24))]
    for name, head in (("a.html", ""), ("b.docx", "")):
        path = tmp_path / name
        if name.endswith("html"):
            web(path, f"<p style='display:none'>{hidden}</p><p>{shown}</p>", head)
        else:
            paths.append(
                word(
                    path,
                    lambda document, run: (given("w:vanish")(document, run), document.add_paragraph(shown)),
                    hidden,
                )
            )
            continue
        paths.append(path)
    for path in paths:
        result = read_report(path, "Bury", "2023-24")
        values = set(result.observations["value"])
        assert 12.0 in values and 77.0 not in values, path
        assert sum(SAID in note for note in result.notes) == 1
        assert not result.observations["quote"].str.contains("77").any()
