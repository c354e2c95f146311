"""Lines of a text, made ready to be read: without marks and contents, with tabs between cells, and with its numbered headings known."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise

from extract.layout import BULLETS, INVISIBLE
from extract.numerals import ARROWS
from extract.readers.broken_lines import mended
from extract.words import any_of

LONGEST_LINE = 4000
"""Characters. Longer lines are cut at a space: a paragraph is never so long, and patterns must not meet more."""
_TREND = re.compile(
    rf"(?<=\s)[{ARROWS}](?=\s|$)|^\s*[▲▼△▽↑↓→↗↘⬆⬇⇧⇩]\s+(?=(?!\d+\.\d+\s)[£\d][\d,.]*%?(?:\s\([^()]*\))?(?:\s\w+)?$)"
)
"""Arrows beside a figure that say no more than the figures do."""
_LEADER = re.compile(
    # Begun only where a run of dots begins, so that one that leads nowhere is looked through once.
    r"(?<!\s)(?<!\s\.)(?<!\.\.)(?<!…)\s*(?:\.{4,}|(?:\s\.){4,}|…{2,}|\s\.{2,3}(?=\s+[\d,]+%?(?:\s+/|$)))\s*(?=[£\d–-]|nil\b)",
    re.IGNORECASE,
)
_PAGE_LINE = re.compile(
    r"^\s*(?:(?:(?P<running>\S.{0,80}?)\s{3,})?page \d{1,3}(?: of \d{1,3})?|page \d{1,3}\s?[:|](?:\D|(?:19|20)\d\d(?:[/–-](?:20)?\d\d)?){0,140}|[-–—]\s*\d{1,3}\s*[-–—])\s*$",
    re.IGNORECASE,
)


def prepared(text: str) -> tuple[list[str], set[int]]:
    """The lines of a text, and which of them are numbered headings."""
    text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"</?(?:p|div|span|b|i|u|em|strong|sup|sub)\b[^>]*>", "", text, flags=re.IGNORECASE)
    lines = [
        INVISIBLE.sub("", line.replace("\u00a0", " ")).rstrip(" ") for line in re.split(r"\r*\n|\r|\f|\v|\x1c", text)
    ]
    # "2.1<tab>The table shows …" is a numbered paragraph, not a row.
    lines = [re.sub(r"^(\s*\d{1,2}(?:\.\d{1,2}){0,3}\.?)\t+(?=[A-Z][^\t]*$)", r"\1 ", line) for line in lines]
    # A bullet behind which a tab stands is one all the same.
    lines = [re.sub(rf"^(\s*[{BULLETS}–*o-])\t+(?=\S)", r"\1 ", line) for line in lines]
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
    lines = [_without_page(line, n) for n, line in enumerate(lines)]
    lines = [_closed_up(line.replace("¦", "|")) for line in _without_drawn(mended(lines))]
    lines = [_LEADER.sub("      ", line) for line in _without_contents(_without_scales(lines))]
    lines = [" ".join(line.split()) if _COUNT_AND_SHARE.search(line) else line for line in lines]
    lines = _with_years_in_brackets(lines)
    for separator in _SEPARATORS:
        lines = _with_tabs(lines, separator)
    return _with_headings_numbered(lines)


_COUNT_AND_SHARE = re.compile(r"^[^\t|]*\d\s=\s\d[\d.]*\s?%[^\t|]*$")
"""A row with "171 = 51%     (43%)" in a cell, whose wide spaces part no cells."""
_DRAWN = re.compile(r"(?=.*[-–—_=]{3})[-–—_=+¦|\s]+")
"""A rule that is drawn with signs."""


def _without_drawn(lines: list[str]) -> list[str]:
    """Lines without drawn rules; one that parts no two rows leaves a blank line."""
    found = []
    for n, line in enumerate(lines):
        if not _DRAWN.fullmatch(line):
            found.append(line)
        elif not all(_APART.search(other) for other in lines[max(0, n - 1) : n] + lines[n + 1 : n + 2]):
            found.append("")
    return found


_APART = re.compile(r"\S\s{2,}\S|[|¦\t]")
_LETTERS_APART = re.compile(r"(?<!\S)[A-Za-z](?: [A-Za-z]){2,}(?!\S)")


def _closed_up(line: str) -> str:
    """A line whose words are set letter by letter, "R e c e i v e d", with its words closed up."""
    return _LETTERS_APART.sub(lambda m: m.group().replace(" ", ""), line)


OPENING = 6
"""Lines in which a running title may be the only one that there is."""


def _without_page(line: str, n: int) -> str:
    """A line without marks of trends; of one with the number of the page, its running title where the text opens with it, else nothing."""
    page = _PAGE_LINE.match(line)
    if page is None:
        return _TREND.sub(" ", line).rstrip(" ")
    return (page["running"] or "").strip() if n < OPENING else ""


FINITE = re.compile(rf"\b(?:{any_of('finite')}|made|went|took|we|they)\b", re.IGNORECASE)


_COMMA = re.compile(r",\s+")
_SEPARATORS = (re.compile(r"\s/\s"), _COMMA)
_FIGURE = re.compile(r"[-–]|[£<]?\d[\d,.]*\s?%?(?:\s*\([^)]*\))?|n/?a|nil|none", re.IGNORECASE)
LONGEST_HEADS = 120
"""Characters of a line of heads."""


def _with_tabs(lines: list[str], separator: re.Pattern[str]) -> list[str]:
    """Lines with the slashes or commas that part the cells of a row ("Stage 1 / 86 / 97") as tabs, where two rows stand together."""
    cells = [_with_label_apart([c.strip() for c in separator.split(line)]) for line in lines]
    row = [len(c) > 1 and bool(c[0]) and all(_FIGURE.fullmatch(x) for x in c[1:]) for c in cells]
    result = list(lines)
    for i, c in enumerate(cells):
        fellows = [n for n in (i - 1, i + 1) if 0 <= n < len(lines) and len(cells[n]) == len(c)]
        # Between rows that commas part, only figures make a row; words may as well be a list's item.
        item = separator is _COMMA and bool(i) and row[i - 1]
        sentence = not row[i] and (item or len(lines[i]) > LONGEST_HEADS or lines[i].endswith("."))
        if len(c) > 1 and any(row[n] for n in fellows) and not sentence:
            result[i] = "\t".join(c)
    return result


_LABEL_AND_FIGURE = re.compile(
    rf"(?P<label>(?=.*[A-Za-z]{{3}})\S.*\S)(?:\s{{3,}}|\s[–-]\s)(?P<figure>(?:{_FIGURE.pattern}))", re.IGNORECASE
)


def _with_label_apart(cells: list[str]) -> list[str]:
    """The cells of a row whose label several spaces or a dash part from its first figure."""
    match = _LABEL_AND_FIGURE.fullmatch(cells[0]) if len(cells) > 1 else None
    return [match["label"], match["figure"], *cells[1:]] if match else cells


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


_SCALE = re.compile(r"\s*£?(\d[\d,]*(?:\.\d+)?)\s?%?")
SHORTEST_SCALE = 4
"""Numbers along the axis of a chart."""


def _without_scales(lines: list[str]) -> list[str]:
    """The lines without the numbers along the axes of charts: from 0 on in equal steps, up or down, in a line or a line each."""
    kept = list(lines)
    run: list[tuple[int, float]] = []
    for i, line in enumerate([*lines, "."]):
        numbers = _numbers(line)
        if len(numbers) == 1:
            run.append((i, numbers[0]))
            continue
        if len(numbers) >= SHORTEST_SCALE and _scale(numbers) == range(len(numbers)):
            kept[i] = ""
        if line.strip() and run:
            for n in _scale([value for _, value in run]):
                kept[run[n][0]] = ""
            run = []
    return kept


def _numbers(line: str) -> list[float]:
    """The numbers of a line that holds nothing else."""
    if len(line) > LONGEST_HEADS:
        return []
    found = [_SCALE.fullmatch(part) for part in line.split()]
    return [float(m[1].replace(",", "")) for m in found if m] if all(found) else []


def _scale(values: list[float]) -> range:
    """The places of the first numbers that count up from 0, or down to it, in equal steps; none where too few do."""
    for zero in (n for n, value in enumerate(values) if value == 0):
        for way in (1, -1):
            end = zero + way
            while (
                0 <= end < len(values)
                and abs(values[end] - values[zero + way] * abs(end - zero)) < 1e-6
                and values[end] > 0
            ):
                end += way
            places = range(zero, end) if way > 0 else range(end + 1, zero + 1)
            if len(places) >= SHORTEST_SCALE:
                return places
    return range(0)


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
        if match and beside and not FINITE.search(match[2]):
            found.add(i)
    return result, found


def width_of(lines: list[str]) -> int:
    """The length at which lines are wrapped; 0 where every paragraph is one line."""
    lengths = sorted(len(line.strip()) for line in lines if len(line.strip()) > 30)
    if not lengths or _whole_paragraphs(lines):
        return 0
    width = lengths[int(0.9 * (len(lengths) - 1))]
    return 0 if width > 170 else width


_SENTENCE_END = re.compile(r"[.!?:;][”’\"')\]]*$")
FEWEST_WHOLE, MOSTLY_WHOLE = 4, 0.85
"""Long lines, and the share of them that sentences end, from which on each of them is a paragraph."""


def _whole_paragraphs(lines: list[str]) -> bool:
    """True where nearly every long line ends a sentence: wrapped lines break off anywhere."""
    long = [line.strip() for line in lines if len(line.strip()) > 90 and "|" not in line and "\t" not in line]
    ended = sum(_SENTENCE_END.search(line) is not None for line in long[:-1])
    return len(long) > FEWEST_WHOLE and ended >= MOSTLY_WHOLE * (len(long) - 1)


def double_spaced(lines: list[str]) -> bool:
    """True where even the lines of one paragraph are separated by blank lines."""
    filled = [i for i, line in enumerate(lines) if len(line.strip()) > 60]
    if len(filled) < 10:
        return False
    followed = sum(i + 1 < len(lines) and not lines[i + 1].strip() for i in filled)
    broken = sum(not re.search(r"[.!?:;”\"]\s*$", lines[i]) for i in filled)
    return followed > 0.85 * len(filled) and broken > 0.4 * len(filled)
