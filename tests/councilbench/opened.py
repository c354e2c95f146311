"""Every text of a file, whatever it is: pages with what is embedded in them, pictures, office files with their properties, and plain text."""

from __future__ import annotations

import base64
import html
import io
import re
import urllib.parse
import zipfile
from collections.abc import Iterator

from PIL import Image

DATA = re.compile(r"data:([a-z]+/[a-z0-9.+-]+)[^,\"']*?(;base64)?,([^\"'\s<>]+)")


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Where a text stands, and the text; what is packed in a file is opened in turn."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield f"{name}: comment", packed.comment.decode(errors="replace")
            for part in packed.infolist():
                yield f"{name}: names of parts", part.filename
                yield from texts(f"{name}: {part.filename}", packed.read(part))
    elif data[:4] in (b"\x89PNG", b"RIFF", b"\xff\xd8\xff\xe0"):
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            yield f"{name}: properties", " ".join(f"{k} {v!r}" for k, v in picture.info.items())
            yield f"{name}: exif", " ".join(f"{k} {v!r}" for k, v in picture.getexif().items())
    else:
        text = data.decode("utf-8-sig", errors="replace")
        yield name, html.unescape(text)
        yield f"{name}: as JSON", _plain(text)
        for kind, packed_as, payload in DATA.findall(text):
            inner = base64.b64decode(payload) if packed_as else urllib.parse.unquote_to_bytes(payload)
            yield from texts(f"{name}: {kind}", inner)


def _plain(text: str) -> str:
    """A text with the escapes of JSON undone."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)


def without_libraries(page: str) -> str:
    """A page without the script that draws its charts, which is the same in all of them."""
    start = page.rfind("<script>")
    return page if start < 0 else page[:start]
