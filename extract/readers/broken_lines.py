"""Lines of copied text put together again, or apart, before they are read: years broken over two lines, quoted cells, lost gaps."""

from __future__ import annotations

import re

_BROKEN_YEAR = re.compile(r"(?<!\S)((?:19|20)\d\d\s?[/–-])(?=\s|$)")
_QUOTED = re.compile(r'\s*"[^"]*"(?:,"[^"]*")+\s*')
_NO_GAP = re.compile(r"(?P<label>[A-Z][^\d.;:]*[A-Za-z)])(?P<figure>\d[\d,]*%?(?:\s?\([\d.,]+%?\))?)\s*")
FEWEST = 3
"""Lines one under another without a gap before their figures, before gaps are set."""


def mended(lines: list[str]) -> list[str]:
    """The lines of a text, each with what a layout broke off it."""
    return _with_gaps([_with_cells(_BAR.sub(" ", line)) for line in _with_whole_years(lines)])


_BAR = re.compile(r"(?<=\w)\s*[\u2580-\u259f\u25a0\u25ac\u25fc\u25fe]+\s*(?=[£\d])")
"""A bar of a chart, set with signs between its label and its figure."""


def _with_whole_years(lines: list[str]) -> list[str]:
    """Heads such as "2018/ 2019/ 2020/" with what the line under them has of each: "19 20 21"."""
    result = list(lines)
    for n, line in enumerate(lines[:-1]):
        broken = _BROKEN_YEAR.findall(line)
        ends = lines[n + 1].split()
        told = [end for end in ends[: len(broken)] if re.fullmatch(r"(?:20)?\d\d", end)]
        if len(broken) < 2 or len(told) < len(broken):
            continue
        parts = iter(ends)
        whole = _BROKEN_YEAR.sub(lambda m, parts=parts: m.group(1) + next(parts), line)  # type: ignore[misc]
        result[n], result[n + 1] = " ".join([whole, *parts]), ""
    return [line for n, line in enumerate(result) if line or lines[n] == line]


def _with_cells(line: str) -> str:
    """A line of quoted cells, as a file of comma-separated values has it, with tabs between them."""
    return "\t".join(re.findall(r'"([^"]*)"', line)) if _QUOTED.fullmatch(line) else line


def _with_gaps(lines: list[str]) -> list[str]:
    """Labels that run into their figures, "Upheld15", in several lines one under another, with the gap between them."""
    matches = [_NO_GAP.fullmatch(line.strip()) for line in lines]
    result = list(lines)
    n = 0
    while n < len(lines):
        end = n
        while end < len(lines) and matches[end]:
            end += 1
        if end - n >= FEWEST:
            result[n:end] = [f"{m['label']} {m['figure']}" for m in matches[n:end] if m]
        n = max(end, n + 1)
    return result
