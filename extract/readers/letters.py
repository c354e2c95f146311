"""The text layer of a PDF page as words."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.layout import rows_of
from extract.model import DIVISION, Box, Word, union
from extract.readers import visibility
from extract.readers.placement import Placement
from extract.readers.slanted import Slanted
from extract.readers.visibility.page import Letters, unseen
from extract.readers.visibility.printed import Printed

MAX_CHARACTERS = 60_000
_FORMS = "".join(map(chr, range(0xFE00, 0xFE10)))
"""Signs that say in which form the one before them is meant."""
_LIGATURES = str.maketrans(
    {
        **dict.fromkeys("¹²³⁴⁵⁶⁷⁸⁹⁰" + _FORMS),
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "\u00ad": "",
        "\u2011": "-",
        "\u00a0": " ",
        "\ufffe": "-",
        "\x02": "-",
    }
)


def _plain(text: str) -> str:
    """Text in plain letters; at its end the sign of a division stays what it is."""
    plain = text.translate(_LIGATURES).strip()
    return plain if DIVISION not in plain[:-1] else plain[:-1].replace(DIVISION, "-") + plain[-1]


@dataclass
class PageText:
    """The text of a page that can be seen."""

    words: list[Word]
    turned: list[Letter]
    """Letters that run up or down the page."""
    slanted: list[Slanted]
    hidden: bool
    """There is text that cannot be seen."""


def text_of(page: pdfium.PdfPage, place: Placement, number: int, printed: Printed) -> PageText:
    """The words of a page in the order of its text layer, cut at spaces, line ends, jumps and changes of size.

    Calls into PDFium are what costs: text comes in one piece, and of letters in a row that one text object prints only the
    first and the last are measured.
    """
    text_page = page.get_textpage()
    letters = _Letters(text_page, place)
    gone = unseen(page, printed, lambda: Letters(text_page, letters.text, place), place)
    hidden = letters.leave_out(gone)
    words: list[Word] = []
    turned: list[Letter] = []
    slanted: list[tuple[Slanted, int]] = []
    parts: list[_Piece] = []

    def finish() -> None:
        if parts:
            text = _plain("".join(part.text for part in parts))
            box = parts[0].around if len(parts) == 1 else union(part.around for part in parts)
            if text and box and place.shows(box):
                words.append(Word(text, box, parts[0].style.size, parts[0].style.bold, number))
            parts.clear()

    for run in _RUN.finditer(letters.text):
        guessed = letters.guessed_space(run.start() - 1)
        if not guessed:
            finish()
        for piece in letters.pieces(run.start(), run.end()):
            if piece.style.turned:
                finish()
                turned += letters.one_by_one(piece)
                continue
            if piece.style.slanted:
                finish()
                _go_on(slanted, letters, piece)
                continue
            if parts and _apart(parts[-1], piece, parts[0].style.size, guessed):
                finish()
            guessed = False
            parts.append(piece)
    finish()
    text_page.close()
    return PageText(_without_raised_marks(words), turned, [line for line, _ in slanted], hidden)


def _go_on(lines: list[tuple[Slanted, int]], letters: _Letters, piece: _Piece) -> None:
    """Add a piece to the slanted line that it goes on with, or as a new one; with each line stands where it ends in the text."""
    new = Slanted(piece.text.translate(_LIGATURES), _middle(piece.first), _middle(piece.last), piece.style.size)
    end = piece.start + len(piece.text)
    between = letters.text[lines[-1][1] : piece.start] if lines else "\n"
    if between in ("", " "):
        lines[-1] = (lines[-1][0].go_on(new, between), end)
    else:
        lines.append((new, end))


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def heads_set_sideways(letters: list[Letter], number: int, width: float) -> list[Word]:
    """Heads of columns whose letters run up or down the page, each as one word; `width` is that of the page."""
    # What runs along the edge of the page is its running head.
    return [w for w in _turned_words(letters, number) if 0.07 < (w.box[0] + w.box[2]) / 2 / width < 0.93]


_RUN = re.compile(r"[^\0\t\n\r \u00a0\u3000]+")


@dataclass(frozen=True)
class _Style:
    """How a text object prints: size in points, weight, and direction."""

    size: float
    bold: bool
    turned: bool
    down: bool
    slanted: bool


@dataclass(frozen=True)
class _Piece:
    """Letters in a row that one text object prints; the boxes of the first and the last."""

    start: int
    text: str
    first: Box
    last: Box
    style: _Style

    @property
    def around(self) -> Box:
        a, b = self.first, self.last
        return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


OVERPRINTED = 0.4
"""Of the size of its letters: by how much a word begins before the end of the last one, at least, to be another."""


def _apart(before: _Piece, piece: _Piece, size: float, guessed_space: bool) -> bool:
    """True where a new word begins without a space in the text layer: a jump, another line, another size."""
    last, box = before.last, piece.first
    height = max(last[3] - last[1], box[3] - box[1], size * 0.5)
    # PDFium also puts a space where a font changes; whether one is there shows in the gap.
    jump = box[0] - last[2] > (0.1 if guessed_space else 0.8) * max(size, 4) or box[0] < last[0] - height
    # What is printed over the end of the word before, as in a cell too narrow, or behind a sign of per cent, is a word of its own.
    over = box[0] < last[2] - OVERPRINTED * size or (before.text[-1] == "%" and piece.text[0].isdigit())
    resized = abs(piece.style.size - size) > 0.15 * size and not _small_capitals(before, piece)
    return jump or over or abs(box[3] - last[3]) > 0.6 * height + 2 or resized


def _small_capitals(before: _Piece, piece: _Piece) -> bool:
    """True where capitals go on in another size on the same line, as in "Complaints" set in small capitals."""
    letters = before.text[-1] + piece.text[0]
    return letters.isalpha() and letters.isupper() and abs(piece.first[0] - before.last[2]) < 0.1 * before.style.size


class _Letters:
    """The text layer of a page, measured no more than needed."""

    def __init__(self, text_page: pdfium.PdfTextPage, place: Placement) -> None:
        self._handle = text_page.raw
        self._place = place
        self._rectangle = raw.FS_RECTF()
        self._styles: dict[int | None, _Style] = {}
        self._weights: dict[tuple[str, int], bool] = {}
        count = min(text_page.count_chars(), MAX_CHARACTERS)
        buffer = (ctypes.c_ushort * (count + 1))()
        got = raw.FPDFText_GetText(self._handle, 0, count, buffer) - 1
        if got != count:  # characters that have no or two codes: one by one, so that places stay right
            for i in range(count):
                buffer[i] = raw.FPDFText_GetUnicode(self._handle, i) & 0xFFFF
        self.text = "".join(map(chr, buffer[:count]))

    def leave_out(self, places: set[int]) -> bool:
        """Make letters end words as a break does; True if there was anything to read among them."""
        if not places:
            return False
        lost = "".join(self.text[i] for i in places)
        self.text = "".join("\0" if i in places else letter for i, letter in enumerate(self.text))
        return visibility.has_words(lost)

    def guessed_space(self, i: int) -> bool:
        """True where PDFium itself put a space, or a line's end: on a page with text up its side it does so between letters."""
        return i >= 0 and self.text[i] in " \n" and raw.FPDFText_IsGenerated(self._handle, i) == 1

    def pieces(self, start: int, end: int) -> Iterator[_Piece]:
        """The letters from start to end, cut where another text object begins."""
        first, last = self._object(start), self._object(end - 1)
        if first == last:
            yield from self._piece(start, end, first)
            return
        begun, current = start, first
        for i in range(start + 1, end + 1):
            following = self._object(i) if i < end else None
            if i == end or following != current:
                yield from self._piece(begun, i, current)
                begun, current = i, following

    def one_by_one(self, piece: _Piece) -> list[Letter]:
        """Every letter of a piece that runs up or down the page."""
        found = []
        for i, letter in enumerate(piece.text, piece.start):
            box = self._box(i)
            if box:
                found.append(Letter(letter, box, piece.style.size, piece.style.down, piece.style.bold))
        return found

    def _piece(self, start: int, end: int, owner: int | None) -> Iterator[_Piece]:
        first = self._box(start)
        last = self._box(end - 1) if end - start > 1 else first
        if first and last:
            if owner is None or owner not in self._styles:
                self._styles[owner] = self._style(start)
            yield _Piece(start, self.text[start:end], first, last, self._styles[owner])

    def _object(self, i: int) -> int | None:
        pointer = raw.FPDFText_GetTextObject(self._handle, i)
        return ctypes.addressof(pointer.contents) if pointer else None

    def _box(self, i: int) -> Box | None:
        box = self._rectangle
        if not raw.FPDFText_GetLooseCharBox(self._handle, i, box):
            return None
        return self._place.box(box.left, box.bottom, box.right, box.top)

    def _style(self, i: int) -> _Style:
        size = raw.FPDFText_GetFontSize(self._handle, i) * _scale(self._handle, i)
        angle = (math.degrees(raw.FPDFText_GetCharAngle(self._handle, i)) + self._place.rotation) % 360
        turned = 60 < angle < 120 or 240 < angle < 300
        slanted = not turned and 20 < angle % 180 < 160
        return _Style(size, _bold(self._handle, i, self._weights), turned, angle < 180, slanted)


def _without_raised_marks(words: list[Word]) -> list[Word]:
    """Leave out footnote marks: small raised digits stuck to the end of a word or number."""
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        raised = (
            last is not None
            and word.size < 0.92 * last.size
            and re.fullmatch(r"\d{1,2}|[*†‡]", word.text) is not None
            and abs(word.box[0] - last.box[2]) < 1.5
            and last.box[3] - word.box[3] > 0.2 * last.size
            and last.box[1] < word.box[3]
        )
        if not raised:
            kept.append(word)
    return kept


@dataclass(frozen=True)
class Letter:
    """A letter of text that runs up or down the page."""

    text: str
    box: Box
    size: float
    down: bool
    bold: bool = False


GAP = 0.15
"""Of a letter's size: room between letters that begins a new word."""


def upright_words(letters: list[Letter], number: int) -> list[Word]:
    """Letters that have been turned upright as words, whatever the order in which they are printed."""
    lines = rows_of([Word(x.text, x.box, x.size, x.bold, number) for x in letters])
    words: list[Word] = []
    for line in lines:
        for letter in line:
            last = words[-1] if words and letter is not line[0] else None
            if last is not None and letter.box[0] - last.box[2] < GAP * letter.size:
                box = union([last.box, letter.box]) or letter.box
                words[-1] = replace(last, text=last.text + letter.text, box=box)
            else:
                words.append(letter)
    return [replace(w, text=text) for w in words if (text := _plain(w.text))]


def _turned_words(letters: list[Letter], number: int) -> list[Word]:
    """Heads of columns set sideways: each as one word, whatever the order in which its letters are printed."""
    columns: list[list[Letter]] = []
    for letter in letters:
        last = columns[-1][-1] if columns else None
        if last and letter.down == last.down and abs(letter.box[0] - last.box[0]) < 0.6 * letter.size:
            columns[-1].append(letter)
        else:
            columns.append([letter])
    lines: list[list[Letter]] = []
    for letter in (x for c in columns for x in sorted(c, key=lambda x: x.box[1], reverse=not c[0].down)):
        last = lines[-1][-1] if lines else None
        step = (letter.box[1] - last.box[1]) * (1 if letter.down else -1) if last else 0.0
        same_line = (
            last is not None and letter.down == last.down and abs(letter.box[0] - last.box[0]) < 0.6 * letter.size
        )
        if same_line and 0 <= step < 2.5 * letter.size:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    groups: list[list[list[Letter]]] = []
    for line in lines:
        box = union(x.box for x in line)
        last_box = union(x.box for x in groups[-1][-1]) if groups else None
        beside = (
            box is not None
            and last_box is not None
            and groups[-1][-1][0].down == line[0].down
            and 0 < (last_box[0] - box[0] if line[0].down else box[0] - last_box[0]) < 1.6 * line[0].size
            and box[1] < last_box[3]
            and last_box[1] < box[3]
        )
        if beside:
            groups[-1].append(line)
        else:
            groups.append([line])
    words = []
    for group in groups:
        box = union(x.box for line in group for x in line)
        text = " ".join(_spelled(line) for line in group).translate(_LIGATURES).strip()
        if box is not None and text:
            size = group[0][0].size
            words.append(Word(text, box, size, False, number, turned=True))
    return words


def _spelled(line: list[Letter]) -> str:
    """Letters with a space where there is a gap between them."""
    text = line[0].text
    for a, b in itertools.pairwise(line):
        gap = (b.box[1] - a.box[3]) if b.down else (a.box[1] - b.box[3])
        text += (" " if gap > 0.12 * b.size else "") + b.text
    return text


def _scale(handle: object, i: int) -> float:
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(handle, i, matrix):
        return math.hypot(matrix.c, matrix.d) or 1.0
    return 1.0


def _bold(handle: object, i: int, known: dict[tuple[str, int], bool]) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, i, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace")
    key = (name, flags.value)
    if key not in known:
        weight = raw.FPDFText_GetFontWeight(handle, i)
        known[key] = bool(re.search(r"bold|black|heavy|semib|demi", name, re.IGNORECASE)) or weight >= 600
    return known[key]
