"""Paragraphs and headings of plain text: which lines run on, and which stand alone."""

from __future__ import annotations

import re

from extract.layout import BULLETS, lead_of, number_of, text_passage
from extract.model import Block, Heading, Paragraph
from extract.numerals import mentions
from extract.readers.text_lines import FINITE
from extract.tables.celled import cells_table
from extract.tables.even import even_table
from extract.tables.flattened import table_from_lines
from extract.tables.listed import listed_table
from extract.tables.period_heads import ends_in_periods
from extract.tables.spaced import spaced_table
from extract.tables.textual import pipe_table
from extract.tables.titles import CAPTION
from extract.words import any_of, words_of

# Besides the usual marks, any symbol that stands alone before words.
LONGEST_TITLE = 80
"""Characters of a line that may name the table under it."""
_BULLET = re.compile(rf"^\s*(?:[{BULLETS}–]|[-*+o>»§Øü](?=\s)|[\u2190-\u2bff\u25a0-\u27bf](?=\s))\s*")
_ITEM = re.compile(r"^[A-Z0-9][^.;]{2,70}(?::|\s[–-])\s*\d[\d,.]*%?(?:\s*\([\d.,]+\s?%\))?$")
"""A line that is a label and its figure: "First Response Service: 29"."""
_LABEL_AND_MORE = re.compile(r"^[A-Z][^.:;]{2,60}:\s*[£\d]")
"""A line that is a label and what is said of it: "Compliments: 431 this year; 376 last year"."""
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}(?:[.:]\d{1,2}){1,3}\.?|\d{1,2}\.)\s+(?!\(\S*\s?\S*\d\S*\)$)")
"""The number of a paragraph; "26.4 (2023/24: 22.8)" has none."""


def add_paragraph(lines: list[str], start: int, wide: int, spaced: bool, blocks: list[Block]) -> int:
    """Add the heading or paragraph that starts at a line; return the line after it."""
    taken = [lines[start].strip()]
    i = start + 1
    while i < len(lines) and (wide or _cut(taken[-1], lines[i])):
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
        may_name_table = (
            CAPTION.match(taken[-1]) or ends_in_periods(line) or (i == start + 1 and _may_be_title(taken[0]))
        )
        if may_name_table and table_from_lines(lines, i)[0]:
            break
        taken.append(line)
        i += 1
    alone = (not wide or _opens(lines, start)) and (
        i >= len(lines)
        or not lines[i].strip()
        or _title_over(lines, start, wide)
        or CAPTION.match(lines[i]) is not None
        or _BULLET.match(lines[i]) is not None
        or _deeper(lines[start], lines[i])
        or _over_a_sentence(lines[start].strip(), lines[i].strip(), wide)
        or (not wide and (bool(pipe_table(lines, i)[0]) or _over_a_title(lines[i].strip())))
    )
    blocks.append(_block(taken, alone))
    return i


def _cut(line: str, below: str) -> bool:
    """True for a line that breaks off where lines are not wrapped: "Three apologies from the Head of Service and"."""
    goes_on = line.rsplit(maxsplit=1)[-1].lower() in _JOINING and below[:1].islower()
    return goes_on and not _BULLET.match(below)


def _may_be_title(line: str) -> bool:
    """True for a short line that no sentence ends in."""
    return (
        len(line) < LONGEST_TITLE
        and line[:1].isupper()
        and re.search(r"[.,;:]$|\b(?:was|were|is|are|had|has)\b", line) is None
    )


def _opens(lines: list[str], start: int) -> bool:
    """True for a line after a blank one, or right under the title of the section that its number goes on from: "2 Corporate", "2.1 Numbers"."""
    if start == 0 or not lines[start - 1].strip():
        return True
    above, own = re.match(r"\s*(\d{1,2})\.?\s", lines[start - 1]), _NUMBERED.match(lines[start])
    return bool(above and own and own.group().strip().startswith(f"{above[1]}."))


def _opens_section(lines: list[str], start: int, wide: int) -> bool:
    """True for a numbered title after a blank line, right over its paragraph."""
    return _opens(lines, start) and _over_a_sentence(lines[start].strip(), lines[start + 1].strip(), wide)


def names_spaced_table(lines: list[str], i: int) -> bool:
    """True for a line of words right over a table whose columns are kept apart by spaces."""
    below = next((n for n in range(i + 1, min(i + 3, len(lines))) if lines[n].strip()), None)
    return (
        below is not None
        and re.search(r"\S {3,}\S|\t|^\|", lines[i]) is None
        and bool(spaced_table(lines, below)[0])
        and not spaced_table(lines, i)[0]
        and not even_table(lines, i)[0]
    )


def _deeper(line: str, below: str) -> bool:
    """True where the number of a line goes on in that of the line under it: "3. Findings", "3.1 We found …"."""
    number, inner = _NUMBERED.match(line), _NUMBERED.match(below)
    return bool(number and inner and inner.group().strip(" .").startswith(number.group().strip(" .") + "."))


def _over_a_title(below: str) -> bool:
    """True for a line that may be the title of a part of the section over it."""
    return _may_be_title(below) and not _NUMBERED.match(below) and not _BULLET.match(below) and "\t" not in below


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
            and not FINITE.search(title)
            and words[-1].lower() not in _JOINING
            and title[-1] not in ".,;"
        )
    )


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
    if _LABEL_AND_MORE.match(line) and _LABEL_AND_MORE.match(last):
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


_JOINING = {*words_of("joining"), "about", "a", "an", "their", "which", "that", "is"}


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


_TITLE_OF_WHAT_CAME = re.compile(
    rf"(?P<whose>[^.;:\d]{{4,60}}|.{{0,12}}\bstages? \d\b[^.;:\d]{{4,40}})\b{any_of('closing a title')}(?P<how> {any_of('after a title')}\b.*)?",
    re.IGNORECASE,
)


def _is_sentence(text: str) -> bool:
    """True where a line says something of something; a participle may close a title: "Complaints received by team"."""
    verb = re.compile(rf"\b(?:{any_of('finite')}|{any_of('pronoun')})\b", re.IGNORECASE)
    titled = _TITLE_OF_WHAT_CAME.fullmatch(text)
    if titled:
        return bool(verb.search(titled["whose"]) or verb.search(titled["how"] or ""))
    return re.search(rf"\b{any_of('finite')}\b", text) is not None


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
    if not text[0].isupper() or (_is_sentence(text) and not text.endswith("?") and not section):
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
