"""From words on a page to headings and paragraphs in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from statistics import median

from extract.model import DIVISION, Block, Box, Chart, Heading, Paragraph, Passage, Table, Word, union
from extract.words import any_of

BULLETS = "•·▪▫●◦‣∙■□◼◻◾◽➢➤✓✔▸▹❖◆◇⁃"
"""Signs that are bullets wherever they open a line; others are so only with a blank behind them."""
BULLET = re.compile(rf"^[{BULLETS}o§*–\-\uf000-\uf0ff]$")
NUMBERING = re.compile(r"^\(?(?:\d{1,2}(?:[.:]\d{1,2}){1,3}\.?|\d{1,2}[.)]|[a-z][.)]|[ivx]{1,4}[.)])$", re.IGNORECASE)
ENDED = re.compile(r"[.!?:;]['’”\"]?$")


BROKEN_OFF = re.compile(
    rf"(?:,|\b{any_of('line goes on')})$",
    re.IGNORECASE,
)
"""How a line ends whose sentence goes on."""


@dataclass(frozen=True)
class Line:
    words: list[Word]

    @cached_property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @cached_property
    def box(self) -> Box:
        return union(w.box for w in self.words) or (0, 0, 0, 0)

    @cached_property
    def size(self) -> float:
        if len({w.size for w in self.words}) == 1:
            return self.words[0].size
        return median(w.size for w in self.words for _ in w.text)

    @cached_property
    def bold(self) -> bool:
        return all(w.bold for w in self.words if any(ch.isalnum() for ch in w.text))


LARGE = 1.6
"""Times as large as the words beside it is a figure that stands for itself, over several of their lines."""


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words clustered into rows of one height on the page, each from left to right."""
    return [[*row] for row in _rows_of(tuple(words))]


@lru_cache(maxsize=500)
def _rows_of(words: tuple[Word, ...]) -> list[list[Word]]:
    """Kept for a while, since whoever looks at a page asks for the rows of its words."""
    rows: list[tuple[float, float, float, list[Word]]] = []
    if len(words) < 2:
        return [[word] for word in words]
    for word in sorted(words, key=_bottom_then_left):
        _, top, _, bottom = word.box
        if word.turned:
            top = bottom - word.size  # a head set sideways begins its column: it stands in the row of its lower end
        middle = (top + bottom) / 2
        for i in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            row_top, row_bottom, size, row = rows[i]
            if row_top <= middle <= row_bottom or top <= (row_top + row_bottom) / 2 <= bottom:
                row.append(word)
                if size > LARGE * word.size > 0:
                    rows[i] = (top, bottom, word.size, row)
                # Neither a raised mark nor a figure set large beside two lines may stretch the row.
                elif (top < row_top or bottom > row_bottom) and 0.8 * size <= word.size <= LARGE * size:
                    rows[i] = (min(row_top, top), max(row_bottom, bottom), size, row)
                break
        else:
            rows.append((top, bottom, word.size, [word]))
    rows.sort(key=lambda r: r[0])
    return [sorted(row, key=left_of) for *_, row in rows]


def _bottom_then_left(word: Word) -> tuple[float, float]:
    return word.box[3], word.box[0]


def left_of(word: Word) -> float:
    return word.box[0]


def lines_of(words: list[Word]) -> list[Line]:
    """The lines of one region of a page, from top to bottom."""
    lines = [Line(without_marks(row)) for row in rows_of([w for w in words if w.text])]
    return [line for line in lines if line.words]


def without_marks(words: list[Word]) -> list[Word]:
    """Leave out raised footnote marks."""
    size = max((w.size for w in words), default=0)
    kept = [w for w in words if not (w.size < 0.75 * size and re.fullmatch(r"[\d*†‡,]{1,3}", w.text))]
    return kept or words


@dataclass(frozen=True)
class Panel:
    """A box on a page that is read by itself, and what stands in it."""

    box: Box
    blocks: list[Block]


def blocks_of(page: int, lines: list[Line], found: Sequence[Table | Chart | Panel], body_size: float) -> list[Block]:
    """Everything in a region of a page in reading order."""
    placed = sorted(found, key=lambda b: b.box[1] if b.box else 0)
    blocks: list[Block] = []
    group: list[Line] = []

    def flush() -> None:
        blocks.extend(_paragraphs(page, group, body_size))
        group.clear()

    for line in lines:
        while placed and placed[0].box and placed[0].box[1] < line.box[1]:
            flush()
            blocks += _blocks_in(placed.pop(0))
        group.append(line)
    flush()
    return blocks + [b for item in placed for b in _blocks_in(item)]


def _blocks_in(item: Table | Chart | Panel) -> list[Block]:
    return item.blocks if isinstance(item, Panel) else [item]


def _paragraphs(page: int, lines: list[Line], body_size: float) -> list[Block]:
    if not lines:
        return []
    right = max(x.box[2] for x in lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, right, body_size):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(page, group, body_size) for group in groups]


def _opens_bullet(words: list[Word]) -> bool:
    if len(words) < 2 or not BULLET.match(words[0].text):
        return False
    return words[0].text not in "–-" or not words[1].text[0].isdigit()


def _is_heading(lines: list[Line], body_size: float) -> bool:
    text = " ".join(line.text for line in lines)
    words = [w for w in text.split() if not NUMBERING.match(w)]
    if not words or len(words) > 18 or re.search(r"[.;,]$", text) or not re.search(r"[A-Za-z]{3}", text):
        return False
    if _opens_bullet(lines[0].words):
        return False
    letters = re.sub(r"[^A-Za-z]", "", text)
    return (
        all(x.bold for x in lines)
        or min(x.size for x in lines) > 1.12 * body_size
        or (letters.isupper() and len(letters) > 4)
        or (len(lines) == 1 and _names_a_section(text))
    )


_STAGE_ALONE = re.compile(
    rf"^(?:{any_of('procedure before stage')} )?stage\s+(?:[123]|one|two|three)(?:\s+{any_of('stage of')})?:?$",
    re.IGNORECASE,
)


def _names_a_section(text: str) -> bool:
    """True for a line that is a heading by its words: "Stage 2 complaints", or capitalised words with a colon at the end."""
    if _STAGE_ALONE.match(text):
        return True
    words = [w for w in text.rstrip(":").split() if len(w) > 3 and w[0].isalpha()]
    return text.endswith(":") and 2 <= len(words) <= 7 and all(w[0].isupper() for w in words)


def _continues(group: list[Line], line: Line, right: float, body_size: float) -> bool:
    last = group[-1]
    first = line.words[0].text
    if line.box[1] < last.box[1]:
        return False
    # A number at the start of a line is one in a sentence where the line before breaks off.
    broken_off = len(last.words) > 4 and BROKEN_OFF.search(last.text) is not None
    if _opens_bullet(line.words) or (NUMBERING.match(first) and len(line.words) > 1 and not broken_off):
        return False
    gap = line.box[1] - last.box[3]
    if _heading_wraps(group, line, right, body_size):
        return True
    if gap > 0.75 * max(line.size, last.size):
        return False
    if abs(line.size - last.size) > 0.1 * body_size:
        return False
    was_heading, is_heading = _is_heading(group, body_size), _is_heading([line], body_size)
    # "Complaints by type (stage" is a heading that ends with "1)".
    is_heading = is_heading or (
        was_heading and len(line.words) < 4 and (line.bold, line.size) == (last.bold, last.size)
    )
    if was_heading != (is_heading and was_heading):
        return False
    if was_heading:
        return gap < 0.5 * line.size and not (last.box[2] < right * 0.6)
    short = last.box[2] < right - 0.22 * (right - min(x.box[0] for x in group))
    if short and not broken_off and (ENDED.search(last.text) or first[:1].isupper() or first[:1].isdigit()):
        # A line that ends early ends its paragraph.
        next_word = line.words[0].box[2] - line.words[0].box[0]
        return last.box[2] + next_word + last.size > right
    return True


HEADING_GAP = 0.9
"""Of the size of its letters: room between the lines of one heading, at most."""
SMALL_CAPITALS = 0.7
"""Of the size of capitals."""


def _heading_wraps(group: list[Line], line: Line, right: float, body_size: float) -> bool:
    """True where a heading goes on in the next line, because its next word found no room in the one before."""
    last = group[-1]
    capitals = line.text.isupper() and last.text.isupper() and SMALL_CAPITALS < line.size / max(last.size, 1) < 1
    same = abs(line.size - last.size) < 0.3 or capitals
    alike = same and line.bold == last.bold and line.box[0] < last.box[0] + 40
    if not alike or line.box[1] - last.box[3] > HEADING_GAP * line.size or right - last.box[0] < 8 * line.size:
        return False
    word = line.words[0].box[2] - line.words[0].box[0]
    full = last.box[2] + word + 0.2 * line.size > right
    return full and _is_heading(group, body_size) and _is_heading([*group, line], body_size)


def _block(page: int, lines: list[Line], body_size: float) -> Block:
    words = [w for line in lines for w in line.words]
    if _is_heading(lines, body_size):
        bare = words[1:] if NUMBERING.match(words[0].text) and len(words) > 1 else words
        size = median(w.size for w in bare)
        text = " ".join(w.text for w in bare)
        level = 1 if size > 1.5 * body_size else 2 if size > 1.12 * body_size else 3
        if level == 3 and not (re.sub(r"[^A-Za-z]", "", text).isupper() or words is not bare):
            level = 4
        return Heading(text, level, page, number_of(words[0].text) if bare is not words else "")
    number = number_of(words[0].text) if len(words) > 1 else ""
    bullet = _opens_bullet(words)
    if bullet or (NUMBERING.match(words[0].text) and len(words) > 1):
        words = words[1:]
    lead: list[str] = []
    for word in words:
        if not word.bold:
            break
        lead.append(word.text)
    body = _unhyphenated(lines, words)
    bold_lead = " ".join(lead).strip(" –-:") if lead and len(lead) < len(words) and len(lead) <= 12 else ""
    lead_words = bold_lead if re.search(r"[A-Za-z]{4}", bold_lead) else lead_of(body.text)
    small = median(w.size for w in words) < 0.9 * body_size and re.match(r"^[\d*†‡]", body.text) is not None
    return Paragraph(body, page, bullet, lead_words, footnote=small and not bullet, number=number)


DIVIDED = re.compile(rf"[A-Za-z]{{2}}[-{DIVISION}]$")
KEEPS_HYPHEN = re.compile(
    r"^(?:non|co|self|well|long|short|full|part|multi|cross|follow|decision|face|to|on|in|out|up|pre|post|mid|half|one|two|three|four|five|six|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|re)-$",
    re.IGNORECASE,
)


def _unhyphenated(lines: list[Line], words: list[Word]) -> Passage:
    """The words of some lines as one passage, words that are cut at the end of a line put together."""
    cut = {id(line.words[-1]) for line in lines[:-1] if DIVIDED.search(line.words[-1].text)}
    body = Passage()
    separator = " "
    for n, word in enumerate(words):
        after = words[n + 1].text if n + 1 < len(words) else ""
        joins = id(word) in cut and after[:1].islower() and after.lower() not in ("and", "or", "to")
        whole = joins and (word.text.endswith(DIVISION) or not KEEPS_HYPHEN.match(word.text))
        body.append(replace(word, text=word.text[:-1]) if whole else word, separator)
        separator = "" if joins else " "
    return body


def number_of(word: str) -> str:
    """The number of a section or paragraph, empty where a word is none.

    >>> number_of("4.2."), number_of("(a)"), number_of("2019")
    ('4.2', '', '')
    """
    match = re.fullmatch(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?", word)
    return match[1] if match and NUMBERING.match(word) else ""


_LEAD = re.compile(r"^(?P<lead>[A-Z][A-Za-z’'()&/ ]{3,60}?)\s*(?:\s[–-]\s|:\s)")


def lead_of(text: str) -> str:
    """The words that a paragraph opens with as if they were a heading: "Corporate complaints – a response …"."""
    match = _LEAD.match(text)
    return match["lead"].strip() if match and len(match["lead"].split()) <= 8 else ""


INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
"""Characters without width: soft hyphens, joiners, marks of direction. They may stand inside a number."""


def text_passage(text: str) -> Passage:
    """A passage of a source without pages."""
    return Passage(re.sub(r"(?<=[\w%)])[¹²³⁴⁵⁶⁷⁸⁹⁰]+", "", " ".join(INVISIBLE.sub("", text).split())))
