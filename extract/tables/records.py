"""Records in text: a name, then what is counted of it, each with its label: "Team: Aftercare", "Complaints: 7   In time: 5"."""

from __future__ import annotations

import itertools
import re

from extract.tables.textual import Found, is_figure, table_of

_FIELD = re.compile(r"(?P<label>[^:]{2,40}):\s*(?P<figure>\S(?: ?\S)*)")
_NAMED = re.compile(r"(?:[A-Z][\w/ ]{2,20}:\s+)?(?P<name>[A-Z(].*)")
LONGEST, MOST_LINES = 70, 3
"""Characters of a line of a name, and lines of it."""


def named_records(lines: list[str], start: int) -> Found:
    """Two names or more, each over a line with the same labels and a figure to each."""
    rows: list[list[str]] = []
    labels: list[str] = []
    i = start
    while True:
        name, at = _name(lines, i)
        fields = _fields(lines[at]) if name and at < len(lines) else []
        if len(fields) < 2 or (labels and [label for label, _ in fields] != labels):
            break
        labels = [label for label, _ in fields]
        rows.append([name, *(figure for _, figure in fields)])
        i = at + 1
    return ([table_of([["", *labels], *rows], "lines")], i) if len(rows) > 1 else ([], start)


_KEYED = re.compile(r"(?P<key>[A-Z%][^:.;]{1,40}):\s+(?P<value>\S.*)")


def keyed_records(lines: list[str], start: int) -> Found:
    """Records of a field a line: "Stage: Stage 1", "This year: 126", "Last year: 109", "Stage: Stage 2" …"""
    matches = (_KEYED.fullmatch(line.strip()) for line in itertools.islice(lines, start, start + MOST_FIELDS))
    fields = [(m["key"], m["value"]) for m in itertools.takewhile(bool, matches) if m]
    keys = [key for key, _ in fields]
    width = keys.index(keys[0], 1) if keys and keys[0] in keys[1:] else 0
    if width < 2 or any(key != keys[n % width] for n, key in enumerate(keys)) or len(keys) % width:
        return [], start
    rows = [[value for _, value in fields[n : n + width]] for n in range(0, len(fields), width)]
    if not all(is_figure(text) for row in rows for text in row[1:]):
        return [], start
    return [table_of([keys[:width], *rows], "lines")], start + len(fields)


MOST_FIELDS = 200
_INLINE = re.compile(r"(?P<name>[A-Z][^:.;]{1,50}):\s+(?P<fields>\D.*\d.*)")
_PART = re.compile(r"(?P<label>[A-Za-z][^\d(]*?)\s+(?P<figure>£?\d[\d,.]*%?(?:\s?\([^()]*\))?)")


def inline_records(lines: list[str], start: int) -> Found:
    """Two lines or more that each hold a name and the same labels with figures: "North: received 48 (51), in time 71% (60%)"."""
    rows: list[list[str]] = []
    labels: list[str] = []
    for line in lines[start:]:
        match = _INLINE.fullmatch(line.strip())
        parts = [_PART.fullmatch(p.strip()) for p in re.split(r",\s+(?=\D)|;\s+", match["fields"])] if match else []
        named = [p["label"].lower() for p in parts if p]
        if match is None or len(named) < 2 or len(named) < len(parts) or (labels and named != labels):
            break
        labels = named
        rows.append([match["name"], *(p["figure"] for p in parts if p)])
    if len(rows) < 2:
        return [], start
    return [table_of([["", *(label.capitalize() for label in labels)], *rows], "lines")], start + len(rows)


def _name(lines: list[str], start: int) -> tuple[str, int]:
    """The name that begins at a line, and the line after it; empty where there is none."""
    parts: list[str] = []
    i = start
    while i < len(lines) and not lines[i].strip() and not parts and i - start < MOST_LINES:
        i += 1
    while i < len(lines) and len(parts) < MOST_LINES and lines[i].strip() and not _fields(lines[i]):
        if len(lines[i]) > LONGEST or re.search(r"[a-z][.;]$", lines[i]):
            return "", i
        parts.append(lines[i].strip())
        i += 1
    match = _NAMED.fullmatch(" ".join(parts))
    return (match["name"] if match else ""), i


def _fields(line: str) -> list[tuple[str, str]]:
    """Label and figure of each part of a line that is nothing but such parts."""
    matches = [_FIELD.fullmatch(part) for part in re.split(r"\s{2,}|\t|\s\|\s", line.strip())]
    found = [(m["label"].strip(), m["figure"]) for m in matches if m and is_figure(m["figure"])]
    return found if len(found) == len(matches) else []
