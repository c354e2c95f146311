"""PDF: whether a document has layers (optional content) that a reader may not see.

Source: ISO 32000-1:2008, 8.11.4, the optional content properties of a document.
"""

from __future__ import annotations

from io import BytesIO


def may_be_hidden(data: bytes) -> bool:
    """True where a layer of the document is off when it is opened, or may be; then the pages' pictures show which."""
    if b"/OCProperties" not in data and b"/ObjStm" not in data:
        return False
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415  (only documents with forms or layers come here)
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415

    try:
        properties = resolve1(PDFDocument(PDFParser(BytesIO(data))).catalog.get("OCProperties"))
        if not isinstance(properties, dict):
            return False
        default = resolve1(properties.get("D"))
        if not isinstance(default, dict):
            return False
        state = getattr(resolve1(default.get("BaseState")), "name", "ON")
        return bool(resolve1(default.get("OFF")) or resolve1(default.get("AS"))) or state not in ("ON", b"ON")
    except Exception:  # a file that pdfminer does not read; PDFium does
        return True
