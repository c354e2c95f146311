"""What a browser or a site puts on printed pages beside the text: paths to the page, cookies, links to its top."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.layout import rows_of
from extract.model import Word
from extract.tables.alignment import chunks_of
from extract.words import any_of

_LINK = re.compile(rf"[^\w(]*(?:{any_of('page furniture')})[^\w)]*", re.IGNORECASE)
_PATH = re.compile(r"\w[^›»>]*(?:\s[›»>]\s[^›»>]+){2,}")
"""Home › Complaints › Annual report."""


def without_furniture(words: Sequence[Word]) -> list[Word]:
    """The words of a page without links and paths, each a piece of a line by itself."""
    gone: set[int] = set()
    for row in rows_of(list(words)):
        for chunk in chunks_of(row):
            text = " ".join(w.text for w in chunk)
            if _LINK.fullmatch(text) or _PATH.fullmatch(text):
                gone |= {id(w) for w in chunk}
    return [w for w in words if id(w) not in gone]
