"""Files that are made to bring a reader down."""

from __future__ import annotations

import itertools
import random
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path


def pdf_of(path: Path, objects: list[bytes]) -> Path:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(bytes(out))
    return path


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


_FRONT = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
]
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> /XObject << %s >> >>"


def calling_itself(path: Path) -> Path:
    """A form that draws itself."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /A 6 0 R >> >> >>"
    return pdf_of(path, [*_FRONT, page, stream(b"/A Do"), _FONT, stream(b"/A Do", _FORM % b"/A 6 0 R")])


def nested(path: Path, levels: int = 9, times: int = 10) -> Path:
    """Forms that draw one another, `times` each, so that the last is drawn `times` to the power of `levels`."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /A 6 0 R >> >> >>"
    forms = [stream(b"/A Do " * times, _FORM % (b"/A %d 0 R" % (6 + level + 1))) for level in range(levels)]
    last = stream(b"BT /F 10 Tf 50 700 Td (12 complaints) Tj ET", _FORM % b"")
    return pdf_of(path, [*_FRONT, page, stream(b"/A Do"), _FONT, *forms, last])


# What follows is drawn or written with plain means, so that each file is small and made in a moment.


def _page(box: bytes, more: bytes = b"", contents: bytes = b"4 0 R") -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents %s /Resources << /Font << /F 5 0 R >> %s >> >>" % (
        box,
        contents,
        more,
    )


_A4 = b"0 0 595 842"


def _text_at(x: float, y: float, text: str, size: float = 10) -> bytes:
    return f"BT /F {size:g} Tf {x:g} {y:g} Td ({text}) Tj ET\n".encode()


def dense_page_many_times(path: Path, times: int = 499) -> Path:
    """A page full of figures, listed again and again."""
    words = b"".join(_text_at(20 + 28 * c, 20 + 8 * r, str(r * c % 97), 6) for r in range(100) for c in range(20))
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * times, times)
    return pdf_of(path, [_FRONT[0], pages, _page(_A4), stream(words), _FONT])


def huge_picture(path: Path, side: int = 14_400) -> Path:
    """A picture that fills a page of five metres by five."""
    image = stream(
        b"\x80", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    page = _page(b"0 0 %d %d" % (side, side), b"/XObject << /I 6 0 R >>")
    return pdf_of(path, [*_FRONT, page, stream(b"%d 0 0 %d 0 0 cm /I Do" % (side, side)), _FONT, image])


def long_stream(path: Path, megabytes: int = 1_000) -> Path:
    """A page whose drawing inflates to a gigabyte."""
    packer = zlib.compressobj(9)
    block = _text_at(50, 700, "12 complaints") * 20_000
    packed = b"".join(packer.compress(block) for _ in range(megabytes * 1_000_000 // len(block))) + packer.flush()
    return pdf_of(path, [*_FRONT, _page(_A4), stream(packed, b"/Filter /FlateDecode"), _FONT])


def wide_grid(path: Path, rows: int = 150, columns: int = 130) -> Path:
    """A ruled grid with a number in every one of its many cells."""
    wide, high = 12, 8
    lines = [f"{20 + c * wide} 20 m {20 + c * wide} {20 + rows * high} l S\n" for c in range(columns + 1)]
    lines += [f"20 {20 + r * high} m {20 + columns * wide} {20 + r * high} l S\n" for r in range(rows + 1)]
    words = [
        _text_at(21 + c * wide, 22 + r * high, str((r * 7 + c) % 100), 5) for r in range(rows) for c in range(columns)
    ]
    box = b"0 0 %d %d" % (40 + columns * wide, 40 + rows * high)
    return pdf_of(path, [*_FRONT, _page(box), stream("".join(lines).encode() + b"".join(words)), _FONT])


def noise_scan(path: Path, pages: int = 3) -> Path:
    """Pages that are pictures of noise."""
    dice = random.Random(7)
    side = 1_200
    pixels = zlib.compress(dice.randbytes(side * side))
    image = stream(
        pixels,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
        % (side, side),
    )
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * pages, pages)
    page = _page(_A4, b"/XObject << /I 6 0 R >>")
    return pdf_of(path, [_FRONT[0], tree, page, stream(b"595 0 0 842 0 0 cm /I Do"), _FONT, image])


def swapped_corners(path: Path) -> Path:
    """A page whose box is given from its upper right corner to its lower left one."""
    said = "In 2023-24 the council received 57 statutory complaints about children's social care at stage 1."
    words = _text_at(50, 760, "Children's complaints annual report 2023-24", 16) + _text_at(50, 700, said)
    return pdf_of(path, [*_FRONT, _page(b"595 842 0 0"), stream(words.replace(b"'", b"\\222")), _FONT])


def _zipped(path: Path, members: dict[str, bytes | Iterable[bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            with archive.open(name, "w", force_zip64=True) as member:
                for part in [content] if isinstance(content, bytes) else content:
                    member.write(part)
    return path


_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/>%s</Types>'
)
_RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>'
    b"</Relationships>"
)
_WORD = (
    b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)


def word_of(path: Path, body: bytes | Iterable[bytes]) -> Path:
    """A Word document with this body."""
    parts = [body] if isinstance(body, bytes) else body
    return _zipped(
        path,
        {
            "[Content_Types].xml": _TYPES
            % b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
            "_rels/.rels": _RELATIONS % (b"officeDocument", b"word/document.xml"),
            "word/document.xml": itertools.chain([_WORD], parts, [b"</w:body></w:document>"]),
        },
    )


def paragraph(text: str) -> bytes:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()


SAID = "The council received 57 statutory complaints at stage 1 in 2023-24."


def word_cell(span: str) -> bytes:
    """A table whose first cell spans so many columns."""
    cell = b"<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>"
    wide = b'<w:gridSpan w:val="%s"/>' % span.encode()
    row = b"<w:tr>" + cell % (wide, paragraph("Complaints")) + cell % (b"", paragraph("12")) + b"</w:tr>"
    return b"<w:tbl>" + row * 3 + b"</w:tbl>"


def wide_cell_in_word(path: Path, span: str = "1000000000") -> Path:
    """A Word table with a cell over a milliard columns."""
    return word_of(path, paragraph(SAID) + word_cell(span))


def many_paragraphs(path: Path, number: int = 1_500_000) -> Path:
    """A Word document of so many paragraphs."""
    block = paragraph(SAID) * 1_000
    return word_of(path, (block for _ in range(number // 1_000)))


def lying_directory(path: Path, megabytes: int = 900) -> Path:
    """A Word document whose directory says that its text is short, though it inflates to hundreds of megabytes."""
    block = paragraph("x" * 900) * 1_000
    word_of(path, (block for _ in range(megabytes * 1_000_000 // len(block))))
    with zipfile.ZipFile(path) as archive:
        true = archive.getinfo("word/document.xml").file_size
    data = path.read_bytes().replace(true.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    path.write_bytes(data.replace(true.to_bytes(8, "little"), (1_000).to_bytes(8, "little")))
    return path


_SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)


def excel_of(path: Path, rows: bytes | Iterable[bytes], after: bytes = b"") -> Path:
    """A workbook with one sheet."""
    book = (
        b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml"
    return _zipped(
        path,
        {
            "[Content_Types].xml": _TYPES
            % (
                b'<Override PartName="/xl/workbook.xml" ContentType="%s"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="%s"/>'
                % (kind % b"sheet.main", kind % b"worksheet")
            ),
            "_rels/.rels": _RELATIONS % (b"officeDocument", b"xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": _RELATIONS % (b"worksheet", b"worksheets/sheet1.xml"),
            "xl/workbook.xml": book,
            "xl/worksheets/sheet1.xml": itertools.chain(
                [_SHEET], [rows] if isinstance(rows, bytes) else rows, [b"</sheetData>" + after + b"</worksheet>"]
            ),
        },
    )


def excel_row(number: int) -> bytes:
    return (
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>Stage 1 complaints received</t></is></c>'
        f'<c r="B{number}"><v>{number}</v></c></row>'
    ).encode()


def huge_merge(path: Path) -> Path:
    """A workbook with a merged area of a million rows and all columns."""
    rows = b"".join(map(excel_row, range(1, 20)))
    return excel_of(path, rows, b'<mergeCells count="1"><mergeCell ref="A20:XFD1048576"/></mergeCells>')


def many_rows(path: Path, number: int = 1_000_000) -> Path:
    """A workbook of a million rows."""
    return excel_of(path, map(excel_row, range(1, number + 1)))


def large_page(path: Path, megabytes: int = 21) -> Path:
    """A web page of more megabytes than any report has."""
    said = f"<p>{SAID}</p>\n".encode()
    path.write_bytes(b"<!doctype html><html><body>" + said * (megabytes * 1_000_000 // len(said)) + b"</body></html>")
    return path


def deep_page(path: Path, levels: int = 400) -> Path:
    """A web page with elements within elements, and its figures in the innermost."""
    said = f"<p>Children's complaints 2023-24, Bury Council. {SAID}</p>".encode()
    path.write_bytes(b"<!doctype html><html><body>" + b"<div>" * levels + said + b"</div>" * levels + b"</body></html>")
    return path


def odd_span(path: Path) -> Path:
    """A web page whose table has spans that are no numbers."""
    table = "<table><tr><th colspan='²'>Complaints</th><th rowspan='two'>2023-24</th></tr><tr><td>Stage 1</td><td>57</td></tr></table>"
    path.write_text(f"<!doctype html><html><body><p>{SAID}</p>{table}</body></html>", encoding="utf-8")
    return path


def repeated(path: Path, text: str, characters: int) -> Path:
    """A text file of one line that repeats itself."""
    path.write_text(f"Complaints 2023-24\n{SAID}\n" + text * (characters // len(text)) + "\n", encoding="utf-8")
    return path


def few_more_rows(path: Path) -> Path:
    """A workbook of more rows than are loaded, but not a million."""
    return many_rows(path, 170_000)


def lying_a_little(path: Path) -> Path:
    """As lying_directory, made in less time."""
    return lying_directory(path, 60)


FILES: dict[str, Callable[[Path], Path]] = {
    "itself.pdf": calling_itself,
    "nested.pdf": nested,
    "dense.pdf": dense_page_many_times,
    "picture.pdf": huge_picture,
    "stream.pdf": long_stream,
    "grid.pdf": wide_grid,
    "noise.pdf": noise_scan,
    "merge.xlsx": huge_merge,
    "rows.xlsx": many_rows,
    "span.docx": wide_cell_in_word,
    "span-two.docx": lambda path: wide_cell_in_word(path, "two"),
    "paragraphs.docx": many_paragraphs,
    "lying.docx": lying_directory,
    "large.html": large_page,
    "deep.html": deep_page,
    "span.html": odd_span,
    "columns.txt": lambda path: repeated(path, "12   ", 1_000_000),
    "columns-small.txt": lambda path: repeated(path, "12   ", 16_000),
    "stops.txt": lambda path: repeated(path, ". ", 1_000_000),
    "crosses.txt": lambda path: repeated(path, "x 1", 1_000_000),
    "digits.txt": lambda path: repeated(path, "1", 1_000_000),
    "figures.txt": lambda path: repeated(path, "12\n", 1_900_000),
    "entries.txt": lambda path: repeated(path, "Stage 1 complaints: 12\n", 1_900_000),
    "pipes.txt": lambda path: repeated(path, "| 12 ", 1_900_000),
    "tabs.txt": lambda path: repeated(path, "a\t1\n", 1_900_000),
    "words.txt": lambda path: repeated(path, "Complaints received at stage 1 ", 1_900_000),
    "lines.txt": lambda path: repeated(path, "Stage 1 complaints: 12\n", 11_000_000),
}
"""Name -> what makes it. Each has cost minutes or gigabytes, or ended the process, once."""
