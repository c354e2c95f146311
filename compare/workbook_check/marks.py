"""What a text in a cell is: shorthand, a marker of a note, something in place of a value."""

from __future__ import annotations

import re

_CODES = ("b", "c", "e", "er", "f", "low", "k", "p", "r", "u", "w", "x", "z", "ns", "s", "ss", "sss")
ANY_NOTE = re.compile(r"\[\s?note\s?(\d{1,4})\s?\]", re.IGNORECASE)
MARKER = re.compile(r"\[([^\[\]]{1,30})\]")
_ONLY_MARKERS = re.compile(r"\s*(?:\[[^\[\]]{1,30}\]\s?){1,10}")
CODE = re.compile(rf"(?:{'|'.join(_CODES)})\d?")
_NUMBER_AND_MARKER = re.compile(r"[^\w\[]{0,3}\d[\d,.]*\s?%?\s?(?:(?:\[[^\[\]]{1,30}\]|\([a-z]{1,3}\))\s?)+")
_NO_VALUES = {
    "na", "n/a", "n.a.", "n.a", "-", "--", "–", "—", "−", "*", "**", ":", ".", "..", "...", "…", "~", "†", "‡", "nan", "null",
}  # fmt: skip


def no_value(words: str) -> bool:
    return len(words) < 30 and words.strip().casefold() in _NO_VALUES


def markers(words: str) -> list[str]:
    """What stands in square brackets in a cell that holds nothing else, without notes; empty for other cells."""
    if len(words) > 100 or not _ONLY_MARKERS.fullmatch(words):
        return []
    return [marker for marker in MARKER.findall(words) if not re.match(r"note", marker, re.IGNORECASE)]


def is_bare_code(words: str) -> bool:
    return len(words) < 30 and CODE.fullmatch(words.strip().strip("()").lower()) is not None


def is_number_and_marker(words: str) -> bool:
    return len(words) < 60 and _NUMBER_AND_MARKER.fullmatch(words.strip()) is not None
