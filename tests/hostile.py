"""PDF files that are made to bring a reader down."""

from __future__ import annotations

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
