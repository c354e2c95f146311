"""Running headers and footers, page numbers, and panels at the side of every page: what is no part of a document's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.layout import rows_of
from extract.model import Word
from extract.words import any_of

Page = tuple[int, float, list[Word]]
"""Its number, its height, its words."""
SHARE, LEAST = 0.4, 3
"""Share and number of pages on which a line stands at the same place, at least, to be none of the text."""
WRAPS = 0.8
"""Room between the lines of one panel, in heights of a letter."""
Place = tuple[str, int, int]


def without_running_lines(pages: Sequence[Page]) -> list[list[Word]]:
    """The words of each page without its running header, footer, page number and what goes on under its header on every page."""
    edges = [rows_of([w for w in words if _at_edge(w, height)]) for _, height, words in pages]
    threshold = max(LEAST, SHARE * len(pages))
    counts = Counter(place for rows in edges for place in {_place(part) for row in rows for part in _parts(row)})
    heads = [[part for row in rows for part in _parts(row) if counts[_place(part)] >= threshold] for rows in edges]
    panels = [
        [panel for part in parts if (panel := _going_on(part, words))]
        for parts, (_, _, words) in zip(heads, pages, strict=True)
    ]
    whole = Counter(place for found in panels for place in set(map(_place, found)))
    result = []
    for (number, _, words), rows, parts, found in zip(pages, edges, heads, panels, strict=True):
        lines = [row for row in rows if _numbers_page(" ".join(w.text for w in row), number)]
        lines += [*parts, *(panel for panel in found if whole[_place(panel)] >= threshold)]
        gone = {id(w) for line in lines for w in line}
        result.append([w for w in words if id(w) not in gone])
    return result


def _numbers_page(text: str, number: int) -> bool:
    """True for a page number, alone or behind a few words."""
    return bool(
        re.fullmatch(rf"(?!.*\b{any_of('finite')}\b).{{0,90}}\D\b{number}", text)
        or re.fullmatch(r"(?:page\s*)?[|\-–\s]*\d{1,3}(?:\s*of\s*\d{1,3})?[|\-–\s]*", text, re.IGNORECASE)
        or re.fullmatch(r"(?:page|p\.?)\s*[|:\-–]?\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?", text, re.IGNORECASE)
    )


def _parts(row: list[Word]) -> list[list[Word]]:
    """A header line's parts: at the left, in the middle, at the right."""
    parts: list[list[Word]] = []
    for word in row:
        if parts and word.box[0] - parts[-1][-1].box[2] < 2.5 * max(word.size, 6):
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def _going_on(part: list[Word], words: list[Word]) -> list[Word]:
    """The lines of the same letters that go on right under a part of a header, as in a panel at the side; mostly none."""
    first = part[0]
    alike = [
        w for w in words if abs(w.size - first.size) < 0.3 and w.bold == first.bold and w.box[1] > part[-1].box[3] - 2
    ]
    found: list[Word] = []
    end = part[0].box[3]
    for row in rows_of([w for w in alike if w.box[0] > first.box[0] - 2]):
        line = _parts(row)[0]
        if abs(line[0].box[0] - first.box[0]) > 2:
            continue
        if line[0].box[1] - end > WRAPS * first.size:
            break
        found += line
        end = line[0].box[3]
    return found


def _at_edge(word: Word, height: float) -> bool:
    return word.box[3] < 0.09 * height or word.box[1] > 0.9 * height


def _place(words: list[Word]) -> Place:
    """Words without their numbers, how high they stand, and in which size: a title may say what the header does."""
    text = re.sub(r"\d+", "#", " ".join(w.text for w in words).lower())
    return text, round(words[0].box[1] / 6), round(words[0].size / 3)
