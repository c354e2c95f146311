"""Tables whose rulings and tabs were lost on the way to plain text: a label and figures on a line, or a cell a line.

The heads of the columns then stand on one line and have to be cut again. That is done by what is typographic in
them (years, repeated words, capitals); where more than one cut is possible the table is left unread.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import combinations, pairwise
from math import comb

from extract.numerals import DAYS, MONTH, mentions
from extract.tables.period_heads import HEAD, HEADS, ends_in_periods
from extract.tables.textual import Found, stretched, table_of
from extract.tables.titles import CAPTION
from extract.words import words_of

_OF_DAYS = rf"\s{DAYS}"
_IN_BRACKETS = r"\s\(\s?(?:\d[\d,./]*\s?%?|[–-])\s?\)"
_FIGURE = (
    rf"(?:(?:\d[\d,]*\s=\s)?[£€]?\s?\d[\d,]*(?:\.\d+)?\s?%?(?:{_OF_DAYS}(?:\s\(\d[\d.]*{_OF_DAYS}\)|{_IN_BRACKETS})?|{_IN_BRACKETS})?"
    r"|[+−-]\d[\d,.]*\s?%?|<\s?\d+|[–—-]|[Nn]/?[Aa]|[Nn]il)"
)
_ROW = re.compile(rf"^(?P<label>.*?[A-Za-z)\]].*?|)\s*(?P<figures>(?:(?:(?<=\s)|^){_FIGURE}(?=\s|$)\s*)+)$")
_PERIOD = re.compile(r"(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d|(?<![\d/])\d\d/\d\d(?![\d/])")
_HEAD = re.compile(
    rf"(?:\b(?:Q|H|Quarter |Qtr )[1-4],? )?(?:{_PERIOD.pattern})|\b(?i:{MONTH}\s?(?:[-–]|to)\s?{MONTH})\s+(?:20)?\d\d\b(?!\s?[/–-]\s?\d)"
)
_SPAN = r"(?:\d+\s?[-–]\s?\d+|\d+\+?|[<>]\s?\d+)\s+(?:(?:[Ww]orking\s+)?[Dd]ays|WDs?)\b"
_DAYS = re.compile(_SPAN)
_CALENDAR_ROW = re.compile(
    rf"^(?P<label>(?:19|20)\d\d)\s+(?P<figures>(?:(?P<second>\d\d)\s|{_FIGURE}\s+)(?:{_FIGURE}\s+)+{_FIGURE})$"
)
_LIMITS = re.compile(rf"\b(?:[Ww]ithin|[Oo]ver|[Uu]nder|[Uu]p\sto|[Aa]fter|(?:[Mm]ore|[Ll]ess)\s[Tt]han)\s{_SPAN}")
_LIMITS_OR_DAYS = re.compile(rf"{_LIMITS.pattern}|{_SPAN}", re.IGNORECASE)
MAX_LINES = 140
LONGEST_ROW = 150
"""Characters; what is longer runs on as a sentence does."""


@lru_cache(4096)
def split_row(line: str) -> tuple[str, list[str]] | None:
    """A line as label and figures; None where it does not end in figures.

    >>> split_row("Not Upheld 35 73% 31 86%")
    ('Not Upheld', ['35', '73%', '31', '86%'])
    """
    text = line.strip()
    year = re.match(rf"^(?P<label>{_PERIOD.pattern})\s+(?P<figures>{_FIGURE}(?:\s+{_FIGURE})*)$", text)
    if (
        year is None
        and (calendar := _CALENDAR_ROW.match(text))
        and (int(calendar["label"]) + 1) % 100 != int(calendar["second"] or 0)
    ):
        year = calendar  # "2014 15 11 9" may as well be of 2014 to 2015
    if year:
        return year["label"], [f.strip() for f in re.findall(rf"(?:(?<=\s)|^){_FIGURE}(?=\s|$)", year["figures"])]
    if _PERIOD.search(text) and not re.sub(_PERIOD, "", text).strip(" 0123456789%.,£"):
        return None
    match = _ROW.match(text)
    if not match:
        return None
    label = match["label"].strip()
    figures = re.findall(rf"(?:(?<=\s)|^){_FIGURE}(?=\s|$)", match["figures"])
    if (
        re.search(r"\b(?:stage|quarter|qtr)$", label, re.IGNORECASE)
        and len(figures) > 1
        and figures[0].strip() in "1234"
    ):
        label, figures = f"{label} {figures[0].strip()}", figures[1:]
    if len(figures) > 1 and _belongs(label, figures[0]):
        label, figures = f"{label} {figures[0]}", figures[1:]
    if (
        label
        and re.search(r"(?:stage|table|chart|figure|appendix|section|page|year)$", label, re.IGNORECASE)
        and len(figures) == 1
    ):
        return None
    if label and (_period_tail(label + " " + match["figures"]) or (len(figures) == 1 and _belongs(label, figures[0]))):
        return None
    return label, [f.strip() for f in figures]


def _belongs(label: str, figure: str) -> bool:
    """True where the one figure of a line is the end of its words: "Upheld per 100,000", "Answered in 10 working days"."""
    return bool(re.search(r"\bper$", label) or (re.search(r"days\b", figure, re.IGNORECASE) and _OPEN.search(label)))


def _period_tail(text: str) -> bool:
    """True where what looks like figures is the end of a date or period."""
    return any(
        m.kind in ("period", "date", "year", "reference") and m.end >= len(text.rstrip()) - 1 for m in mentions(text)
    )


def table_from_lines(lines: list[str], start: int) -> Found:
    """A flattened table that starts at a line, with its heading lines."""
    section = re.match(r"\s*\d{1,2}(?:\.\d{1,2})+\s+[A-Z]\D+$", lines[start]) and start + 1 < len(lines)
    if "\t" in lines[start] or (section and not lines[start + 1].strip()):
        return [], start
    picked: list[tuple[int, str]] = []
    i = start
    blanks = 0
    while i < len(lines) and len(picked) < MAX_LINES:
        text = lines[i].strip()
        if not text:
            blanks += 1
            if blanks > 6:
                break
        else:
            text = re.sub(r"^\d{1,2}\.\d{1,2}\s+(?=[A-Z])", "", text) if not picked else text
            if len(text) > LONGEST_ROW or "\t" in text or _sentence(text) or re.search(r"\S {3,}\S", text):
                break
            blanks = 0
            picked.append((i, text))
        i += 1
    rows = [(at, text, split_row(text)) for at, text in picked]
    first = next((n for n, (_, _, row) in enumerate(rows) if row), None)
    opening = rows[first][2] if first is not None else None
    if first is None or first > 8 or opening is None:
        return [], start
    if all(row[1][0] in "–—-" for _, _, row in rows if row and row[0] and len(row[1]) > 1) and len(opening[1]) == 2:
        return [], start  # "Housing - 12": the dash stands between name and number
    above = [text for _, text, _ in rows[:first]]
    width = len(opening[1])
    heads, corner = _heads(above, width)
    given_back = fitted(*opening, width - 1)[1]
    if not heads and len(given_back) < width:
        width = len(given_back)
        heads, corner = _heads(above, width)
    if width == 1 and not heads:
        heads, corner = _single_head(above)
    if not heads:
        return [], start
    skip = heads[0][0]
    if skip and rows[skip - 1][2] is not None:
        return [], start
    joined = len(heads) == 1 and cut_heads(rows[heads[0][0]][1], width) is None and width > 1
    body, end = _body(rows, first if joined else max(h[0] for h in heads) + 1, width)
    filled = [row for row in body if len(row) > 1]
    if len(filled) < (2 if width > 1 else 3) and not (width > 1 and len(filled) == 1 and len(heads) == 1):
        return [], start
    if skip:  # lines above the heads are text of their own
        return [], start
    grid = [[corner if n == 0 else "", *stretched(groups, width)] for n, (_, groups) in enumerate(heads)]
    return [table_of(grid + body, "lines")], end


def rows_over_periods(lines: list[str], start: int) -> Found:
    """Rows of a label and figures whose heads, periods, stand in a line under them, as on the axis of a chart."""
    rows: list[list[str]] = []
    i = start
    while i < len(lines) and len(rows) < MAX_LINES and (row := split_row(lines[i])) and row[0]:
        if len(row[1]) < 2 or len(lines[i]) > LONGEST_ROW or (rows and len(row[1]) != len(rows[0]) - 1):
            break
        rows.append([row[0], *row[1]])
        i += 1
    i += i < len(lines) and not lines[i].strip()
    if len(rows) < 2 or i >= len(lines) or not HEADS.fullmatch(lines[i].strip()):
        return [], start
    heads = [m.group() for m in re.finditer(rf"(?<!\S){HEAD}(?!\S)", lines[i])]
    over = i + 1 >= len(lines) or not split_row(lines[i + 1])
    if len(heads) != len(rows[0]) - 1 or not over:
        return [], start
    return [table_of([["", *heads], *rows], "lines")], i + 1


_SHORTENED = re.compile(r"(?:\S{1,6}\.\s*){2,}")
"""Heads that are shortened: "Stat. Corp."."""


def _sentence(text: str) -> bool:
    row = split_row(text)
    longest = 28 if row and len(row[1]) > 1 else 20
    marked = text.startswith(("•", "·", "- ", "* ", "#"))
    ended = re.search(r"[a-z]{2}[.;]$", text) and not _SHORTENED.fullmatch(text)
    return bool(ended) or len(text.split()) > longest or marked


def _heads(texts: list[str], width: int) -> tuple[list[tuple[int, list[str]]], str]:
    """The lines that cut into as many heads as there are columns (or a divisor of it), and the corner."""
    found: list[tuple[int, list[str]]] = []
    corner = ""
    if width < 2:
        return [], ""
    for n, text in reversed(list(enumerate(texts))):
        if CAPTION.match(text):
            break
        cut = cut_heads(text, width, certain=bool(found)) or (_over_repeats(text, found[0][1]) if found else None)
        if cut:
            found.insert(0, (n, cut[1]))
            corner = cut[0] or corner
        elif found:
            break
    if not found and 1 < len(texts) <= 6 and not any(map(CAPTION.match, texts)):
        # Heads that wrap over several lines.
        cut = cut_heads(" ".join(texts), width)
        if cut:
            found, corner = [(0, cut[1])], cut[0]
    return found, corner


def _over_repeats(text: str, heads: list[str]) -> tuple[str, list[str]] | None:
    """A line cut into a head for each time that the heads under it repeat: "Statutory Corporate" over three years and the same three again."""
    size = next((n for n in range(1, len(heads) // 2 + 1) if heads == heads[:n] * (len(heads) // n)), 0)
    tokens = _tokens(text)
    starts = [i for i in range(len(tokens)) if _starts(tokens, i)]
    if size < 2:
        return None
    groups = len(heads) // size
    if len(starts) == groups + 1 and (cut := _choose(tokens, starts, groups + 1)):
        return cut[0], cut[1:]  # the first names the labels
    cut = _choose(tokens, starts, groups)
    return ("", cut) if cut else None


def _single_head(texts: list[str]) -> tuple[list[tuple[int, list[str]]], str]:
    """For tables of one column of figures: the first line, of at least two capitalised heads, is the head."""
    if texts and len(texts[0].split()) >= 2 and len(texts[0]) < 70 and not texts[0].endswith((".", ":", "?")):
        words = texts[0].split()
        starts = [
            i for i, w in enumerate(words) if w[:1].isupper() and (i == 0 or words[i - 1].lower() not in _JOINING)
        ]
        if len(starts) >= 2 and words[-1][:1].isupper():
            last = starts[-1]
            if " ".join(words[last:]).lower() in (
                "number",
                "total",
                "complaints",
                "count",
                "percentage",
                "%",
                "received",
            ):
                return [(0, [" ".join(words[last:])])], " ".join(words[:last])
            number = next(
                (i for i in starts[1:] if words[i].lower() in ("number", "no.", "total", "percentage", "count")), None
            )
            if number:
                return [(0, [" ".join(words[number:])])], " ".join(words[:number])
    return [], ""


_HEADS_ALONE = words_of("heads alone")
_JOINING = {*words_of("joining"), "per", "not", "&", "/", "–", "-"}


def cut_heads(text: str, width: int, certain: bool = False) -> tuple[str, list[str]] | None:
    """Cut a line into the heads of `width` columns and the corner before them; None where that is not clear.

    `certain` asks for years or repeated words, not just capitals.

    >>> cut_heads("Stage 1 2017-18 2018-19 2019-20", 6)
    ('Stage 1', ['2017-18', '2018-19', '2019-20'])
    >>> cut_heads("Year 10 Working Days 20 Working Days Late Responses", 3)
    ('Year', ['10 Working Days', '20 Working Days', 'Late Responses'])
    """
    text = " ".join(text.split())
    periods = list(_HEAD.finditer(text))
    if len(periods) >= 2 and width % len(periods) == 0:
        ends = [p.start() for p in periods[1:]] + [len(text)]
        between = [text[p.end() : q.start()].strip() for p, q in pairwise(periods)]
        # "15/16 16/17 In time 16/17": words go with the year behind them
        if any(between) and periods[-1].end() == len(text):
            heads = [f"{words} {p.group()}".strip() for words, p in zip(["", *between], periods, strict=True)]
            return text[: periods[0].start()].strip(), heads
        return text[: periods[0].start()].strip(), [
            text[p.start() : e].strip() for p, e in zip(periods, ends, strict=True)
        ]
    tokens = _tokens(text)
    for corner in range(0, 5):
        rest = tokens[corner:]
        if rest and len(rest) % width == 0 and _alike(rest, len(rest) // width):
            size = len(rest) // width
            return " ".join(tokens[:corner]), [" ".join(rest[i : i + size]) for i in range(0, len(rest), size)]
    if certain:
        return None
    starts = [i for i, t in enumerate(tokens) if _starts(tokens, i)]
    signs = [i if tokens[-1] == "%" else i + 1 for i in starts if tokens[i] == "%"]
    # "On time % Upheld %": a sign may stand behind its head, or, as in "Upheld % Stage 1 upheld", before it.
    for possible, target in (
        (s, t) for s in (starts, [i for i in starts if i not in signs]) for t in (width + 1, width)
    ):
        cut = _choose(tokens, possible, target)
        if cut:
            return (cut[0], cut[1:]) if target == width + 1 else ("", cut)
    return None


def _tokens(text: str) -> list[str]:
    """Words, with "10 Working Days" and "Stage 1" held together."""
    limits = _LIMITS_OR_DAYS if len(_DAYS.findall(text)) > 1 else _DAYS
    held = limits.sub(lambda m: m.group().replace(" ", "\x01"), text)
    held = re.sub(r"\b([Ss]tage|Quarter|Qtr|Q)\s(\d|(?i:one|two|three))\b", "\\1\x01\\2", held)
    held = re.sub(r"\b(This|Last|Previous|Current)\s([Yy]ear)\b", "\\1\x01\\2", held)
    dated = Counter(m["word"] for m in _DATED.finditer(held))
    held = _DATED.sub(lambda m: m.group().replace(" ", "\x01") if dated[m["word"]] > 1 else m.group(), held)
    return [t.replace("\x01", " ") for t in held.split()]


_DATED = re.compile(rf"\b(?P<word>[A-Z][a-z]+) (?:{_PERIOD.pattern})")
"""A year behind a word; where the word has several, each belongs to its own: "Received 22/23 Received 23/24"."""


def _alike(tokens: list[str], size: int) -> bool:
    """True where groups of `size` tokens are built alike: the same words but for numbers, or the same one word in turn."""
    groups = [tokens[i : i + size] for i in range(0, len(tokens), size)]
    shapes = {tuple(re.sub(r"[\d+<>–-]+", "#", t.lower()) for t in g) for g in groups}
    if len(groups) > 1 and len(shapes) == 1:
        return True
    return (
        size == 1
        and len(groups) >= 4
        and len(set(tokens)) == 2
        and all(t == tokens[i % 2] for i, t in enumerate(tokens))
    )


def _starts(tokens: list[str], i: int) -> bool:
    if i == 0:
        return True
    before = tokens[i - 1]
    if before.lower() in _JOINING or before.isdigit():
        return False
    if any(t[0].isupper() for t in tokens[1:]):
        return bool(re.match(r"[A-Z0-9%£<>]", tokens[i]))
    # Heads in lower case: those that are of a number, and what heads of their own are called.
    return bool(re.match(r"[0-9%£<>]", tokens[i])) or " " in tokens[i] or tokens[i] in _HEADS_ALONE


def _choose(tokens: list[str], starts: list[int], target: int) -> list[str] | None:
    """Cut at `target` of the possible starts, if there is but one way that joins no two figures."""
    if len(starts) < target:
        return None
    plain = [s for s in starts[1:] if not re.match(r"\d|%.", tokens[s])]
    fixed = [0] + [s for s in starts[1:] if s not in plain]
    free = target - len(fixed)
    if free < 0:
        return None
    if comb(len(plain), free) > 5000:
        return None
    ways = []
    for chosen in combinations(plain, free):
        cuts = sorted([*fixed, *chosen])
        parts = [" ".join(tokens[a:b]) for a, b in zip(cuts, [*cuts[1:], len(tokens)], strict=True)]
        ways.append(parts)
    ways = [w for w in ways if not any(re.fullmatch(r"[£\d.,]+%?", p) or p.count("(") != p.count(")") for p in w)]
    if len(ways) == 1:
        return ways[0]
    # Of several cuts, one that leaves no head of more than two words without a joining word.
    tidy = [
        w
        for w in ways
        if all(len(p.split()) <= 2 or re.search(r"\d|\b(?:of|to|in|by|for)\b", p) for p in w)
        and len(w[-1].split()) == 2
    ]
    return tidy[0] if len(tidy) == 1 else None


_OPEN = re.compile(
    r"\b(?:stage|quarter|within|in|inside|over|under|after|above|below|up to|than|type|band|level)$", re.IGNORECASE
)
"""How labels end that a figure belongs to."""
_OF_LABELS = re.compile(r"(?:19|20)\d\d|\d+ (?:working )?days?", re.IGNORECASE)


def fitted(label: str, figures: list[str], width: int) -> tuple[str, list[str]]:
    """A row with the figure that plainly is its label's given back to it, where the heads say that there is one too many.

    >>> fitted("Answered within", ["10 working days", "44", "43"], 2), fitted("Complaints", ["61", "44", "43"], 2)
    (('Answered within 10 working days', ['44', '43']), ('Complaints', ['61', '44', '43']))
    """
    one_more = width > 1 and len(figures) == width + 1
    if not one_more or not (_OPEN.search(label) or _OF_LABELS.fullmatch(figures[0])):
        return label, figures
    return f"{label} {figures[0]}".strip(), figures[1:]


def _body(
    rows: list[tuple[int, str, tuple[str, list[str]] | None]], first: int, width: int
) -> tuple[list[list[str]], int]:
    """The table's rows from `first` on, and the line after its last."""
    body: list[list[str]] = []
    pending: list[str] = []
    head_texts = {text for _, text, _ in rows[:first]}
    end = rows[first - 1][0] + 1
    for at, text, row in rows[first:]:
        if row is None:
            if (
                text in head_texts
                or ends_in_periods(text)
                or CAPTION.match(text)
                or re.match(r"^\d{1,2}(?:\.\d+)*\.?\s+[A-Z]", text)
                or _SHORTENED.fullmatch(text)
            ):
                break  # another table with the same heads, or the next section
            pending.append(text)
            if len(pending) > 3:
                break
            continue
        label, figures = fitted(*row, width)
        if len(figures) != width:
            if len(figures) == 1 and width > 1 and label and body and not pending and len(label.split()) < 7:
                # A line under the table, such as its average.
                body.append([label, *figures])
                end = at + 1
                continue
            break
        if label:
            group = [p for p in pending if p]
            body += [[p] for p in group]
            body.append([label, *figures])
        else:
            if not pending:
                break
            body.append([" ".join(pending), *figures])
        pending = []
        end = at + 1
    return body, end
