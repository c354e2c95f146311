"""Figures in plain text that stand in lists: a label and its figure a line, or a row of figures over their labels."""

from __future__ import annotations

import re

from extract.bracketed import IN_BRACKETS
from extract.layout import text_passage
from extract.model import Block, Cell, Paragraph, Table
from extract.tables.textual import Found, table_of
from extract.words import any_of

FIGURE = rf"£?\d[\d,]*(?:\.\d+)?\s?%?(?:\s(?:out\s)?of\s\d[\d,]*)?(?:\s?{IN_BRACKETS})?"
_MARK = r"^\s*(?:[^\w\s£(<\[\"'‘“]\s*|\d{1,2}[.)]\s+)?"
# After a colon or dash anything may be a label; before a bare figure only words that end in none a number belongs to.
_TOLD_APART = re.compile(rf"{_MARK}(?P<label>[A-Z0-9][^.;:]{{1,70}}?)\s*(?::|\s[–-])\s*(?P<figure>{FIGURE})$")
_BARE = re.compile(rf"{_MARK}(?P<label>(?:[A-Z]|of which )[^.;:\d]{{2,70}}?)\s+(?P<figure>{FIGURE})$")
_NUMBER_OF_LABEL = re.compile(
    r"\b(?:30|31|1)(?= (?:March|April|June|Sept|Dec))|(?<=\b[Ss]tage )[123](?= [A-Za-z])"
    r"|\b\d+(?:\s?(?:-|–|to|and)\s?\d+)?(?=\+?\s(?:(?:working|calendar|school)\s)?days\b)|\b\d+(?= or (?:more|over|less|fewer)\b)"
)
"""Numbers that are no figures: of dates, stages and limits of days."""
_BRACKETED = re.compile(rf"{_MARK}(?P<label>[A-Z][^.;:()]{{2,70}}?)\s+\((?P<figure>\d[\d,]*%?)\)$")
_NO_LABEL = re.compile(
    r"\b(?:stages?|tables?|charts?|figures?|sections?|pages?|parts?|appendix|chapters?|annex|years?|quarters?|version|items?|paragraphs?"
    rf"|{any_of('line goes on')}|since|until|after|least|had|has|act|april|march)$",
    re.IGNORECASE,
)
_RECEIVED = re.compile(rf"(?<=\w)\s(?:{any_of('closing a title')})$", re.IGNORECASE)
"""How a label may end that a line of text would go on behind: "Stage 1 complaints received"."""
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|been|made|took)\b", re.IGNORECASE)
_SHARED = re.compile(r"(?P<row>\D.*[^\W\d]\D*\d[\d,]*)\s(?P<share>\d+(?:\.\d+)?\s?%)$")
"""A count and its share of all: "Lack of communication 18 23%"."""
FEWEST = 3
LONGEST_ROW = 140
"""Characters; what is longer is no label and its figure."""


def listed_table(lines: list[str], start: int) -> Found:
    """Three lines or more that are each a label and its figure, which its share may stand behind."""
    rows: list[tuple[str, ...]] = []
    labels: set[str] = set()
    i = start
    while i < len(lines) and (row := _row(lines[i])):
        if row[0].lower() in labels:
            return [], start  # told at once: the same list is tried from each of its lines
        labels.add(row[0].lower())
        rows.append(row)
        i += 1
    if len(rows) < FEWEST or len({len(row) for row in rows}) > 1:
        return [], start
    return [table_of([list(row) for row in rows], "lines")], i


def _row(line: str) -> tuple[str, ...] | None:
    text = line.strip()
    if len(text) > LONGEST_ROW:
        return None
    if shared := _SHARED.match(text):
        found = _row(shared["row"])
        return (*found, shared["share"]) if found and found[1].isdecimal() else None
    if re.search(r"\S {3,}\S|\t", text):
        return None
    match = _TOLD_APART.match(text)
    if match is None:
        plain = _NUMBER_OF_LABEL.sub(lambda m: "X" * len(m.group()), text)
        match = _BARE.match(plain) or _BRACKETED.match(plain)
        if match is not None and (
            _NO_LABEL.search(_RECEIVED.sub("", match["label"])) or len(match["label"].split()) > 9
        ):
            return None
    if match is None or _VERB.search(match["label"]):
        return None
    return text[slice(*match.span("label"))].strip(" –-"), match["figure"]


def key_figures(lines: list[str], start: int) -> Found:
    """A row of figures with a label of one to three lines under each, as in a box of key figures."""
    figures = _chunks(lines[start])
    if len(figures) < 2 or not all(re.fullmatch(FIGURE, text) for _, text in figures):
        return [], start
    labels: list[list[str]] = [[] for _ in figures]
    i = start + 1
    while i < len(lines) and i - start <= 3 and lines[i].strip():
        parts = _chunks(lines[i])
        if len(parts) != len(figures) or any(re.fullmatch(FIGURE, text) for _, text in parts):
            break
        for n, (_, text) in enumerate(parts):
            labels[n].append(text)
        i += 1
    if not all(labels):
        return [], start
    cells = [
        Cell(text_passage(text), r, c)
        for r, (label, (_, figure)) in enumerate(zip(labels, figures, strict=True))
        for c, text in enumerate((" ".join(label), figure))
    ]
    return [Table(cells, None, None, "lines")], i


def heads_over_figures(lines: list[str], start: int) -> Found:
    """A row of heads with one row of figures under it, and nothing more; slashes may part both."""
    under = start + 1
    heads = _chunks(lines[start])
    figures = _chunks(lines[under]) if under < len(lines) else []
    if len(slashed := _slashed(lines[start])) > 2:
        under += under < len(lines) and not lines[under].strip()
        heads, figures = slashed, _slashed(lines[under]) if under < len(lines) else []
    if len(heads) < 2 or len(figures) != len(heads) or any(re.fullmatch(FIGURE, text) for _, text in heads):
        return [], start
    if _YEAR.fullmatch(heads[0][1]) or re.match(
        r"(?:financial |reporting )?(?:year|period|quarter|month)s?$", heads[0][1], re.IGNORECASE
    ):
        return [], start  # the first column names the row
    over = under + 1 >= len(lines) or not lines[under + 1].strip()
    if not over or not all(re.fullmatch(FIGURE, text) for _, text in figures):
        return [], start
    return [
        table_of([[head, figure] for (_, head), (_, figure) in zip(heads, figures, strict=True)], "lines")
    ], under + 1


MOST_HEADS = 4
"""Lines of heads over one row of figures."""


def tall_heads_over_figures(lines: list[str], start: int) -> Found:
    """Heads of several lines, set in columns, with one row of figures under them: "Adult Care", "Services" over 4."""
    title = [lines[start].strip()] if len(_chunks(lines[start])) == 1 else []
    taken = [_chunks(line) for line in lines[start + len(title) : start + len(title) + MOST_HEADS + 1]]
    under = next((n for n, row in enumerate(taken) if n and row and _are_figures(row)), 0)
    end = start + len(title) + under + 1
    if under < 2 or min(len(taken[0]), len(taken[under])) < FEWEST or (end < len(lines) and lines[end].strip()):
        return [], start
    starts = [at for at, _ in taken[under]]
    heads: list[list[str]] = [[] for _ in starts]
    for row in taken[:under]:
        for at, text in row:
            column = min(range(len(starts)), key=lambda n: abs(starts[n] - at))
            if abs(starts[column] - at) > NEAR or re.fullmatch(FIGURE, text):
                return [], start
            heads[column].append(text)
    if not all(heads):
        return [], start
    rows = [[" ".join(head), figure] for head, (_, figure) in zip(heads, taken[under], strict=True)]
    return [*(Paragraph(text_passage(text), None) for text in title), table_of(rows, "lines")], end


NEAR = 3
"""Letters by which a head may begin beside its figure."""


def _are_figures(row: list[tuple[int, str]]) -> bool:
    return all(re.fullmatch(FIGURE, text) for _, text in row)


def _chunks(line: str) -> list[tuple[int, str]]:
    """The parts of a line that wide spaces or tabs keep apart, with where each begins."""
    return [(m.start(), m.group()) for m in re.finditer(r"[^\s|]+(?: [^\s|]+)*", line)]


def _slashed(line: str) -> list[tuple[int, str]]:
    """The parts of a line that slashes keep apart: "Upheld / Partly upheld / Not upheld"."""
    return [(0, part) for part in re.split(r"\s+/\s+", line.strip())]


_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)?\d\d\s?[/–-]\s?(?:19|20)?\d\d|(?:19|20)\d\d|Q[1-4]", re.IGNORECASE)


_CAPTION = re.compile(r"\s*(?:table|figure|fig\.?|chart|graph)\s+\d+[a-z]?\b", re.IGNORECASE)
_LEGEND = re.compile(r"[^\w\s£(<\[\"'‘“.,;:–—-]\s*")


MOSTFIGURES, LONGEST = 60, 800
"""Labels, lines of figures under them, and characters of one; what goes on longer is no chart's text."""


def labels_over_figures(lines: list[str], start: int) -> Found:
    """The text of a chart: its labels, a line each or all in a line, and under them a figure for each.

    Labels are years, names, or a legend with its symbols. As many figures as labels are asked for, no more and no less; a
    caption above comes with it.
    """
    title = [lines[start].strip()] if _CAPTION.match(lines[start]) else []
    i = start + len(title)
    while title and i < len(lines) and not lines[i].strip() and i - start < 3:
        i += 1
    labels, i = _labels(lines, i)
    rows: list[list[str]] = []
    if len(labels) >= FEWEST and i + 1 < len(lines) and not lines[i].strip() and _parted(lines[i + 1], len(labels)):
        i += 1
    while i < len(lines) and lines[i].strip():
        if len(rows) > MOSTFIGURES or len(lines[i]) > LONGEST:
            return [], start
        cells = _parted(lines[i], len(labels)) or [text for _, text in _chunks(lines[i])]
        if not all(re.fullmatch(FIGURE, cell) for cell in cells) or (
            len(labels) > 1 and len(cells) not in (1, len(labels))
        ):
            return [], start
        rows.append(cells)
        i += 1
    if len({len(row) for row in rows}) != 1:
        return [], start
    figures = [[row[0] for row in rows]] if len(rows[0]) == 1 else rows
    if len(labels) < FEWEST or any(len(row) != len(labels) for row in figures) or len(figures) > 2:
        return [], start
    if len(figures) == 2 and {"%" in cell for cell in figures[0]} == {"%" in cell for cell in figures[1]}:
        return [], start  # two series whose names are not here
    caption: list[Block] = [Paragraph(text_passage(text), None) for text in title]
    return [*caption, table_of([list(row) for row in zip(labels, *figures, strict=True)], "lines")], i


def _parted(line: str, count: int) -> list[str]:
    """The figures of a line that single spaces part, where they are as many as the labels; else nothing."""
    figures = line.split()
    return figures if len(figures) == count > 1 and all(re.fullmatch(FIGURE, f) for f in figures) else []


def _labels(lines: list[str], start: int) -> tuple[list[str], int]:
    """The labels that begin at a line, and the line after them; none where the lines are no labels."""
    if start >= len(lines) or not lines[start].strip():
        return [], start
    first = lines[start].strip()
    legend = [part.strip() for part in _LEGEND.split(first) if part.strip()]
    together = legend if len(legend) >= FEWEST and not first[0].isalnum() else [text for _, text in _chunks(first)]
    if len(together) >= FEWEST:
        apart = len(set(together)) < len(together) or not all(map(_is_label, together))
        return ([], start) if apart else (together, start + 1)
    labels: list[str] = []
    i = start
    while i < len(lines) and _is_label(label := lines[i].strip()) and len(_chunks(lines[i])) == 1:
        if label in labels or len(labels) > MOSTFIGURES:
            return [], start
        if labels and (label[0].islower() or labels[-1][-1] in "-/&"):
            labels[-1] = f"{labels[-1]} {label}" if labels[-1][-1] != "-" else labels[-1][:-1] + label
        else:
            labels.append(label)
        i += 1
    return labels, i


def _is_label(text: str) -> bool:
    if not text or re.fullmatch(rf"{FIGURE}(?:\s+{FIGURE})*", text):
        return bool(_YEAR.fullmatch(text)) if text else False
    return len(text) < 50 and not re.search(r"[.;:?!]$", text) and not _VERB.search(text) and text.count(",") < 2


def years_over_figures(lines: list[str], start: int) -> Found:
    """Years on a line and under them a figure for each, as the text of a table of one row or a chart may come out."""
    years = lines[start].split()
    under = start + 1 + (start + 1 < len(lines) and not lines[start + 1].strip())
    figures = lines[under].split() if under < len(lines) else []
    if len(years) < FEWEST or len(figures) != len(years) or not all(map(_YEAR.fullmatch, years)):
        return [], start
    over = under + 1 >= len(lines) or not re.fullmatch(rf"(?:{FIGURE}\s*)+", lines[under + 1].strip())
    if not over or not all(re.fullmatch(FIGURE, figure) and not _YEAR.fullmatch(figure) for figure in figures):
        return [], start
    return [table_of([list(row) for row in zip(years, figures, strict=True)], "lines")], under + 1


def series_over_years(lines: list[str], start: int) -> Found:
    """The text of a chart with series: their names, then the years, then for each series a row of figures."""
    names = [text for _, text in _chunks(lines[start])]
    years = [text for _, text in _chunks(lines[start + 1])] if start + 1 < len(lines) else []
    if not 2 <= len(names) <= 6 or len(years) < 2 or not all(_YEAR.fullmatch(year) for year in years):
        return [], start
    if any(re.search(r"\d", name) and not re.search(r"\bstage\s\d$", name, re.IGNORECASE) for name in names):
        return [], start
    rows: list[list[str]] = []
    i = start + 2
    while i < len(lines) and (cells := [text for _, text in _chunks(lines[i])]):
        if len(cells) != len(years) or not all(re.fullmatch(FIGURE, cell) for cell in cells):
            return [], start
        rows.append(cells)
        i += 1
    if len(rows) != len(names):
        return [], start
    return [table_of([["", *years], *([name, *row] for name, row in zip(names, rows, strict=True))], "lines")], i
