"""Plain text and Markdown: paragraphs, lists, and tables in tabs, pipes, or flattened to lines."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise
from pathlib import Path

from extract.layout import INVISIBLE, lead_of, number_of, text_passage
from extract.limits import limits
from extract.model import Block, Heading, Paragraph, Reading, UnreadableError
from extract.numerals import mentions
from extract.tables.celled import (
    cells_table,
    figures_over_labels,
    key_numbers,
    loose_table,
    numbered_table,
    records_table,
)
from extract.tables.flattened import table_from_lines
from extract.tables.listed import (
    heads_over_figures,
    key_figures,
    labels_over_figures,
    listed_table,
    series_over_years,
    years_over_figures,
)
from extract.tables.period_heads import ends_in_periods
from extract.tables.run_on import run_on_table, stacked_table
from extract.tables.spaced import spaced_table
from extract.tables.textual import pipe_table, series_table, tab_table
from extract.tables.titles import CAPTION
from extract.words import any_of

LONGEST_LINE = 4000
"""Characters. Longer lines are cut at a space: a paragraph is never so long, and patterns must not meet more."""
# Besides the usual marks, any symbol that stands alone before words.
_BULLET = re.compile(r"^\s*(?:[•·▪●◦‣∙■□➢➤✓✔–]|[-*+o>»](?=\s)|[\u2190-\u2bff\u25a0-\u27bf](?=\s))\s*")
_TREND = re.compile(r"(?<=\s)[▲▼►◄△▽▶◀↑↓→←↗↘⬆⬇➔⇧⇩](?=\s|$)")
"""Arrows beside a figure that say no more than the figures do."""
_LEADER = re.compile(
    # Begun only where a run of dots begins, so that one that leads nowhere is looked through once.
    r"(?<!\s)(?<!\s\.)(?<!\.\.)(?<!…)\s*(?:\.{4,}|(?:\s\.){4,}|…{2,}|\s\.{3}(?=\s+\d+%?$))\s*(?=[£\d–-]|nil\b)",
    re.IGNORECASE,
)
_PAGE_LINE = re.compile(
    r"^\s*(?:(?:\S.{0,80}\s{3,})?page \d{1,3}(?: of \d{1,3})?|page \d{1,3}\s?[:|](?:\D|(?:19|20)\d\d(?:[/–-](?:20)?\d\d)?){0,140})\s*$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^[A-Z0-9][^.;]{2,70}(?::|\s[–-])\s*\d[\d,.]*%?(?:\s*\([\d.,]+\s?%\))?$")
"""A line that is a label and its figure: "First Response Service: 29"."""
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}(?:[.:]\d{1,2}){1,3}\.?|\d{1,2}\.)\s+")


def read(path: Path) -> Reading:
    """Read a text file. Raises UnreadableError for an empty or binary file."""
    with path.open("rb") as file:
        data = file.read(4 * limits().characters + 4)  # what is longer is refused, in any encoding
    text = decode(data)
    limits().check_text(text)
    if text.count("\n") > limits().lines:
        raise UnreadableError(
            f"holds more than {limits().lines:,} lines, far more than a complaints report; check that it is the right file"
        )
    if "\x00" in text:
        raise UnreadableError("is no text file; save the report as PDF or plain text and try again")
    if not text.strip():
        raise UnreadableError("is empty; save the report's text again")
    return Reading(blocks_of_text(text), 1)


def decode(data: bytes) -> str:
    """Text of unknown encoding: UTF-8 or UTF-16 with a mark, UTF-8, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def blocks_of_text(text: str) -> list[Block]:
    """Headings, paragraphs and tables of a text, in order."""
    text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"</?(?:p|div|span|b|i|u|em|strong|sup|sub)\b[^>]*>", "", text, flags=re.IGNORECASE)
    lines = [
        INVISIBLE.sub("", line.replace("\u00a0", " ")).rstrip(" ") for line in re.split(r"\r*\n|\r|\f|\v|\x1c", text)
    ]
    # "2.1<tab>The table shows …" is a numbered paragraph, not a row.
    lines = [re.sub(r"^(\s*\d{1,2}(?:\.\d{1,2}){0,3}\.?)\t+(?=[A-Z][^\t]*$)", r"\1 ", line) for line in lines]
    # A bullet behind which a tab stands is one all the same.
    lines = [re.sub(r"^(\s*[•·▪●◦‣∙■□➢➤✓✔–*o-])\t+(?=\S)", r"\1 ", line) for line in lines]
    # So is "3.2  Escalations".
    lines = [
        re.sub(r"^(\s*\d{1,2}(?:\.\d{1,2}){0,3}\.?) {2,}(?=[A-Za-z(](?:(?!\S {3,}\S).)*$)", r"\1 ", line)
        for line in lines
    ]
    lines = [re.sub(r"\s{50,}", lambda m: m.group()[:50], line) for line in lines]
    lines = [
        part for line in lines for part in (textwrap.wrap(line, LONGEST_LINE) if len(line) > LONGEST_LINE else [line])
    ]
    lines = [re.sub(r"^[\uf000-\uf0ff]", "•", line.lstrip("\ufeff")) for line in lines]
    lines = ["" if _PAGE_LINE.match(line) else _TREND.sub(" ", line).rstrip(" ") for line in lines]
    lines = [_LEADER.sub("      ", line) for line in _without_contents(lines)]
    lines = _with_years_in_brackets(lines)
    for separator in _SEPARATORS:
        lines = _with_tabs(lines, separator)
    wide = _width(lines)
    spaced = _double_spaced(lines)
    lines, numbered = _with_headings_numbered(lines)
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        if i in numbered:
            blocks.append(Heading(lines[i].strip().split(maxsplit=1)[1], 2, None))
            i += 1
            continue
        if not lines[i].strip():
            i += 1
            continue
        if _names_spaced_table(lines, i):
            i = _paragraph(lines, i, 0, spaced, blocks)
            continue
        for reader in READERS:
            table, end = reader(lines, i)
            if end > i:
                blocks += table
                i = end
                break
        else:
            i = _paragraph(lines, i, wide, spaced, blocks)
    return blocks


_SEPARATORS = (re.compile(r"\s/\s"), re.compile(r",\s+"))
_FIGURE = re.compile(r"[-–]|[£<]?\d[\d,.]*\s?%?(?:\s*\([^)]*\))?|n/?a|nil|none", re.IGNORECASE)
LONGEST_HEADS = 120
"""Characters of a line of heads that commas part."""


def _with_tabs(lines: list[str], separator: re.Pattern[str]) -> list[str]:
    """Lines with the slashes or commas that part the cells of a row ("Stage 1 / 86 / 97") as tabs, where two rows stand together."""
    cells = [[c.strip() for c in separator.split(line)] for line in lines]
    row = [len(c) > 1 and bool(c[0]) and all(_FIGURE.fullmatch(x) for x in c[1:]) for c in cells]
    result = list(lines)
    for i, c in enumerate(cells):
        fellows = [n for n in (i - 1, i + 1) if 0 <= n < len(lines) and len(cells[n]) == len(c)]
        told = (
            not row[i] and separator is not _SEPARATORS[0] and (len(lines[i]) > LONGEST_HEADS or lines[i].endswith("."))
        )
        if len(c) > 1 and any(row[n] for n in fellows) and not told:
            result[i] = "\t".join(c)
    return result


READERS = (
    pipe_table,
    run_on_table,
    stacked_table,
    series_over_years,
    years_over_figures,
    labels_over_figures,
    series_table,
    heads_over_figures,
    tab_table,
    key_figures,
    spaced_table,
    listed_table,
    cells_table,
    numbered_table,
    records_table,
    loose_table,
    figures_over_labels,
    key_numbers,
    table_from_lines,
)
"""Readers of tables in a text, the surest first; each takes the lines and where to begin, and gives the table and where it ends."""


_YEAR_IN_BRACKETS = re.compile(
    r"\s*\((?:in\s+)?(?:(?:19|20)\d\d\s?[/–-]\s?(?:\d\d){1,2}|last year|previous year)\s*:?\s+[£\d.,]+\s?%?\)\s*"
)


def _with_years_in_brackets(lines: list[str]) -> list[str]:
    """A line that holds nothing but an earlier year's figure in brackets belongs to the line before it."""
    result: list[str] = []
    for line in lines:
        if result and result[-1].strip() and _YEAR_IN_BRACKETS.fullmatch(line) and "\t" not in result[-1]:
            result[-1] = f"{result[-1]} {line.strip()}"
        else:
            result.append(line)
    return result


def _without_contents(lines: list[str]) -> list[str]:
    """The lines without a table of contents: entries that dots lead to page numbers that never fall."""
    kept = list(lines)
    run: list[tuple[int, int]] = []
    for i, line in enumerate([*lines, "."]):
        number = _led_to(line)
        if number is not None and (not run or number >= run[-1][1]):
            run.append((i, number))
            continue
        if line.strip():
            titled = bool(run) and run[0][0] > 0 and "content" in lines[run[0][0] - 1].lower()
            if len(run) >= 3 and (titled or len(run) > 5):
                for at, _ in run:
                    kept[at] = ""
            run = []
    return kept


def _led_to(line: str) -> int | None:
    """The page number that dots lead to at the end of a line. Only the end is looked at: a line of dots alone would be looked through for each of them."""
    entry = re.search(r"(?:\.\s?){4}\s*(\d{1,3})$", line.rstrip()[-70:])
    return int(entry[1]) if entry else None


def _numbered_headings(lines: list[str]) -> set[int]:
    """Lines such as "3 Complaints received" that stand alone and count up: headings, not three complaints received."""
    found = [
        (i, int(match[1]))
        for i, line in enumerate(lines)
        if (match := re.fullmatch(r"\s*(\d{1,2})\s+[A-Z][^.;:]{2,70}", line))
        and (i == 0 or not lines[i - 1].strip())
        and not (i + 1 < len(lines) and re.match(r"\s*\d{1,2}\s+[A-Z]", lines[i + 1]))
    ]
    counting = {i for (i, a), (j, b) in pairwise(found) for i in ((i, j) if b == a + 1 else ())}
    return counting if len(counting) > 2 else set()


def _with_headings_numbered(lines: list[str]) -> tuple[list[str], set[int]]:
    """The lines with a stop behind the number of each numbered heading, and which these are: such as count up, and such as stand over a deeper number."""
    found = _numbered_headings(lines)
    result = list(lines)
    for i, line in enumerate(lines):
        match = re.fullmatch(r"\s*(\d{1,2})[.)]?\s+([A-Z][^;]{2,80}(?<![.,:]))", line)
        below = next((text for text in lines[i + 1 : i + 3] if text.strip()), "") if match else ""
        if match and re.match(rf"\s*{match[1]}\.\d", below):
            found.add(i)
            result[i] = f"{match[1]}. {match[2]}"
    numbers = {int(n[1]) for i in found if (n := re.match(r"\s*(\d{1,2})", lines[i]))}
    for i, line in enumerate(lines):
        match = re.fullmatch(r"\s*(\d{1,2})\.\s+([A-Z][^.;:]{2,60})", line)
        beside = match and {int(match[1]) - 1, int(match[1]) + 1} & numbers and int(match[1]) not in numbers
        if match and beside and not _FINITE.search(match[2]):
            found.add(i)
    return result, found


def _width(lines: list[str]) -> int:
    """The length at which lines are wrapped; 0 where every paragraph is one line."""
    lengths = sorted(len(line.strip()) for line in lines if len(line.strip()) > 30)
    if not lengths:
        return 0
    width = lengths[int(0.9 * (len(lengths) - 1))]
    return 0 if width > 170 else width


def _double_spaced(lines: list[str]) -> bool:
    """True where even the lines of one paragraph are separated by blank lines."""
    filled = [i for i, line in enumerate(lines) if len(line.strip()) > 60]
    if len(filled) < 10:
        return False
    followed = sum(i + 1 < len(lines) and not lines[i + 1].strip() for i in filled)
    broken = sum(not re.search(r"[.!?:;”\"]\s*$", lines[i]) for i in filled)
    return followed > 0.85 * len(filled) and broken > 0.4 * len(filled)


def _paragraph(lines: list[str], start: int, wide: int, spaced: bool, blocks: list[Block]) -> int:
    """Add the heading or paragraph that starts at a line; return the line after it."""
    taken = [lines[start].strip()]
    i = start + 1
    while i < len(lines) and wide:
        line = lines[i].strip()
        if not line:
            following = lines[i + 1].strip() if i + 1 < len(lines) else ""
            if following and (
                _broken_off(taken[-1], following) or (spaced and _runs_on(taken[-1], following, wide, spaced))
            ):
                i += 1
                continue
            break
        if i == start + 1 and (_title_over(lines, start, wide) or _opens_section(lines, start, wide)):
            break
        if (
            "\t" in line
            or line.startswith(("|", "#"))
            or pipe_table(lines, i)[0]
            or not _runs_on(taken[-1], line, wide, spaced)
        ):
            break
        if len(line) < 60 and (cells_table(lines, i)[0] or spaced_table(lines, i)[0] or listed_table(lines, i)[0]):
            break
        if (CAPTION.match(taken[-1]) or ends_in_periods(line)) and table_from_lines(lines, i)[0]:
            break
        taken.append(line)
        i += 1
    alone = _opens(lines, start) and (
        i >= len(lines)
        or not lines[i].strip()
        or _title_over(lines, start, wide)
        or CAPTION.match(lines[i]) is not None
        or _BULLET.match(lines[i]) is not None
        or _deeper(lines[start], lines[i])
        or _over_a_sentence(lines[start].strip(), lines[i].strip(), wide)
    )
    blocks.append(_block(taken, alone))
    return i


def _opens(lines: list[str], start: int) -> bool:
    """True for a line after a blank one, or right under the title of the section that its number goes on from: "2 Corporate", "2.1 Numbers"."""
    if start == 0 or not lines[start - 1].strip():
        return True
    above, own = re.match(r"\s*(\d{1,2})\.?\s", lines[start - 1]), _NUMBERED.match(lines[start])
    return bool(above and own and own.group().strip().startswith(f"{above[1]}."))


def _opens_section(lines: list[str], start: int, wide: int) -> bool:
    """True for a numbered title after a blank line, right over its paragraph."""
    return _opens(lines, start) and _over_a_sentence(lines[start].strip(), lines[start + 1].strip(), wide)


def _names_spaced_table(lines: list[str], i: int) -> bool:
    """True for a line of words right over a table whose columns are kept apart by spaces."""
    below = next((n for n in range(i + 1, min(i + 3, len(lines))) if lines[n].strip()), None)
    return (
        below is not None
        and re.search(r"\S {3,}\S|\t|^\|", lines[i]) is None
        and bool(spaced_table(lines, below)[0])
        and not spaced_table(lines, i)[0]
    )


def _deeper(line: str, below: str) -> bool:
    """True where the number of a line goes on in that of the line under it: "3. Findings", "3.1 We found …"."""
    number, inner = _NUMBERED.match(line), _NUMBERED.match(below)
    return bool(number and inner and inner.group().strip(" .").startswith(number.group().strip(" .") + "."))


def _over_a_sentence(title: str, below: str, wide: int) -> bool:
    """True for a numbered title right over a paragraph: "3.4 Stage 2", "Eight complaints were …".

    Where lines are wrapped (`wide`), the title is also short and holds no verb, so that it is not the first line of a paragraph.
    """
    number = _NUMBERED.match(title)
    words = title[number.end() :].split() if number else []
    return bool(
        words
        and len(title) < min(70, len(below))
        and not _NUMBERED.match(below)
        and not _BULLET.match(below)
        and "\t" not in below
        and (below[0].isupper() or below[0].isdigit())
        and (
            re.search(r"[.!?:]$", below)
            if not wide
            else len(words) <= 6
            and len(title) < 0.5 * wide
            and not _FINITE.search(title)
            and words[-1].lower() not in _JOINING
            and title[-1] not in ".,;"
        )
    )


_FINITE = re.compile(rf"\b(?:{any_of('finite')}|made|went|took|we|they)\b", re.IGNORECASE)


def _title_over(lines: list[str], start: int, wide: int) -> bool:
    """True for a short line after a blank one with a long line right under it: the heading of a paragraph."""
    title, below = lines[start].strip(), lines[start + 1].strip() if start + 1 < len(lines) else ""
    opens = start == 0 or not lines[start - 1].strip()
    return (
        opens
        and len(title) < 0.6 * wide
        and (len(below) > max(0.75 * wide, len(title)) or _names_a_list(title, below))
        and title[:1].isupper()
        and (below[0].isupper() or below[0].isdigit() or below[0] == "£")
        and not re.search(r"[.,;:]$", title)
        and title.rsplit(maxsplit=1)[-1].lower() not in _JOINING
    )


def _names_a_list(title: str, below: str) -> bool:
    """True for a few words without a verb over a line of several figures: "Channels" over "Email 98, letter 12"."""
    return (
        len(title.split()) <= 7
        and len(title) < len(below)
        and not any(m.statistic for m in mentions(title))
        and not re.search(rf"\b{any_of('finite')}\b", title)
        and sum(m.statistic for m in mentions(below)) >= 2
    )


def _runs_on(last: str, line: str, wide: int, spaced: bool) -> bool:
    if _ITEM.match(line) or (_ITEM.match(last) and line[0].isupper()):
        return False
    if (
        _NUMBERED.match(line)
        and len(last) > 0.75 * wide
        and last.rsplit(maxsplit=1)[-1].lower()
        in (
            *_JOINING,
            "was",
            "were",
            "are",
        )
    ):
        return True  # "compared with" / "64.09 working days"
    if _BULLET.match(line) or _NUMBERED.match(line) or (_heading_like(line) and _heading_like(last)):
        return False
    if _BULLET.match(last) and len(last) < 0.7 * wide and line[0].isupper():
        return False
    if CAPTION.match(line) or (_COUNTED.match(line) and _COUNTED.match(last) and len(last) < 0.75 * wide):
        return False
    if spaced:
        return len(last) + len(line.split(" ", 1)[0]) + 1 > 0.82 * wide or line[0].islower()
    if line[0].islower():
        return True
    ended = re.search(r"[.!?:;]['’”\"]?$", last)
    if len(last) < 0.75 * wide and _title_like(last):
        return False
    if len(last) < 0.55 * wide:
        return not ended and not _heading_like(last)
    return not (ended and len(last) < 0.75 * wide)


_JOINING = {
    "of",
    "to",
    "in",
    "by",
    "for",
    "the",
    "and",
    "or",
    "at",
    "on",
    "with",
    "from",
    "about",
    "a",
    "an",
    "their",
    "which",
    "that",
    "is",
}


_COUNTED = re.compile(r"^\s*\d[\d,]*%?\s[A-Za-z][^.]*$")
"""A line of a list of figures: "4 Stage Two complaints"."""


def _broken_off(last: str, following: str) -> bool:
    """True where a sentence goes on after a blank line, as a number set in a column of its own leaves behind."""
    if re.search(r"[.!?:;]['’”\"]?$", last) or _BULLET.match(following) or len(last) < 40:
        return False
    if _NUMBERED.match(following):
        return last.rsplit(maxsplit=1)[-1].lower() in ("was", "were", "with", "to", "of", "from")
    return following[0].islower() or last.rsplit(maxsplit=1)[-1].lower() in _JOINING


def _title_like(line: str) -> bool:
    """True for a short line whose words are capitalised, such as "SECTION 4 Statutory Timescales"."""
    if re.match(r"^(?:SECTION|Section|Appendix|APPENDIX)\s+\w{1,3}\b", line):
        return True
    words = [
        w
        for w in re.findall(r"[A-Za-z’'&-]+", line)
        if w.lower() not in {"of", "and", "the", "to", "for", "in", "by", "a", "with", "on"}
    ]
    return 2 <= len(words) <= 9 and all(w[0].isupper() for w in words) and not re.search(r"[.,;]$", line)


def _heading_like(line: str) -> bool:
    words = _NUMBERED.sub("", line).split()
    if not words or len(words) > 14 or line[-1] in ".,;" or _BULLET.match(line):
        return False
    letters = re.sub(r"[^A-Za-z]", "", line)
    return letters.isupper() and len(letters) > 4


def _block(taken: list[str], alone: bool) -> Block:
    """A heading or a paragraph; `alone` where blank lines stand before and after it."""
    first = taken[0]
    marked = re.match(r"^(#{1,6})\s+(.*)$", first)
    if marked and len(taken) == 1:
        return Heading(_plain(marked[2]), len(marked[1]), None)
    strong = re.fullmatch(r"\*\*(.+?)\*\*:?", first)
    if strong and len(taken) == 1 and len(first.split()) < 16:
        return Heading(_plain(strong[1]), 3, None)
    text = " ".join(taken)
    bullet = bool(_BULLET.match(text))
    body = _BULLET.sub("", text, count=1) if bullet else text
    numbered = _NUMBERED.match(body)
    rest = _NUMBERED.sub("", body, count=1) if numbered else body
    number = number_of(numbered.group().strip()) if numbered else ""
    bullet = bullet and not (numbered and "." in numbered.group().strip(" ."))
    bold = re.match(r"\*\*(.+?)\*\*\s*[–:-]?\s*(?=\S)", rest)
    plain = _plain(rest)
    capitals = re.sub(r"[^A-Za-z]", "", plain)
    if bullet and len(taken) == 1 and capitals.isupper() and len(capitals) > 3 and not mentions(plain):
        return Heading(plain, 3, None)  # a section marked with a symbol
    if not bullet and _is_heading(plain, len(taken), alone, bool(numbered)):
        letters = re.sub(r"[^A-Za-z]", "", plain)
        section = re.match(r"^(?:section|part|chapter|appendix)\s+\w+", plain, re.IGNORECASE)
        whole = numbered and re.match(r"^\s*\d+(?:[.:]0)?\.?\s", body)
        level = (
            2
            if section or (numbered and whole and not numbered.group().strip().count(".") > 1)
            else 3
            if letters.isupper()
            else 4
        )
        # "How they ended:" opens no section: it stands under the one it is in.
        return Heading(plain, 5 if level == 4 and plain.endswith(":") else level, None, number)
    lead = (
        _plain(bold[1])
        if bold and len(bold[1].split()) <= 10 and re.search("[a-z]{3}", bold[1], re.I)
        else lead_of(plain)
    )
    return Paragraph(text_passage(plain), None, bullet, lead, number=number)


_COUNTS = re.compile(r"\b(?:determined|decided|made|issued|considered|closed|concluded|had|gave)\b", re.IGNORECASE)


def _is_heading(text: str, lines: int, alone: bool, numbered: bool) -> bool:
    words = text.split()
    if (
        lines > 2
        or not words
        or len(words) > 14
        or len(text) > 110
        or re.search(r"[.,;]$", text)
        or not re.search("[A-Za-z]{3}", text)
    ):
        return False
    letters = re.sub(r"[^A-Za-z]", "", text)
    if letters.isupper() and len(letters) > 4:
        return True
    if re.match(r"Of\s+(?:the|these|those)\b.*:$", text):
        return False  # it announces the parts of a number and belongs to the list under it
    section = re.match(r"^(?:section|part|chapter|appendix)\s+\w{1,3}\b", text, re.IGNORECASE)
    if not text[0].isupper() or (
        re.search(rf"\b{any_of('finite')}\b", text) and not text.endswith("?") and not section
    ):
        return False
    if (
        re.search(r"\d\s?%|£|[-–:]\s*\d+(?:\s[a-z]+)?$|:\s+(?:\d+|none|nil)\b", text)
        or sum(m.statistic for m in mentions(text)) > 1
    ):
        return False
    if text.endswith(":") and _COUNTS.search(text) and any(m.statistic for m in mentions(text)):
        return False  # "The Ombudsman determined six cases:" counts them
    return len(words) <= (16 if numbered else 12) and (lines == 1 or bool(section)) and (alone or not numbered)


def _plain(text: str) -> str:
    """Markdown emphasis and links taken off."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])", r"\1", text)
    return " ".join(text.split())
