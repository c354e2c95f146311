"""Frames: patterns of tags around a number, each with what it proposes (`vocabulary/frames.csv`).

The mini-language is that of the wordings, over punctuated text: `<CLASS>` stands for any word of a class of the lexicon,
`{n}` for the number, `<N>` for another one, `<YEAR>` for a period; `,` `;` `(` `)` `-` for punctuation.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalise.reading.tagging import Sentence

_SIGNS = {",": "zzcomma", ";": "zzsemi", ":": "zzcolon", "(": "zzopen", ")": "zzclose", "-": "zzdash", ".": "zzstop"}


@dataclass(frozen=True)
class Frame:
    """A pattern and what it proposes."""

    frame: str
    slot: str
    """`fate`, `period`, `what`: what it says something about."""
    value: str
    example: str

    @property
    def name(self) -> str:
        """The feature that it gives a number."""
        return f"{self.slot}={self.value}"


@cache
def frames() -> tuple[tuple[Frame, frozenset[str]], ...]:
    """Every frame, with the classes that a sentence must hold."""
    with (files("normalise") / "vocabulary" / "frames.csv").open(encoding="utf-8") as handle:
        rows = [Frame(r["frame"], r["slot"], r["value"], r["example"]) for r in csv.DictReader(handle)]
    return tuple((f, _needs(f.frame)) for f in rows)


_TOKEN = re.compile(r"\[[^\]]*\]|\((?=[^ )])[^)]*\|[^)]*\)|\.\.\.|\S+")


@cache
def pattern_of(frame: str) -> re.Pattern[str]:
    """A frame, compiled when a sentence first has its classes."""
    parts = []
    for token in _TOKEN.findall(frame):
        if token == "...":
            parts.append(r"(?:[^\s]+ ){0,5}?")
        elif token.startswith("["):
            parts.append(f"(?:{_options(token[1:-1])})?")
        elif token.startswith("(") and len(token) > 1:
            parts.append(f"(?:{_options(token[1:-1])})")
        else:
            parts.append(_one(token))
    return re.compile(r"(?<!\S)" + "".join(parts))


def _options(text: str) -> str:
    return "|".join("".join(map(_one, option.split())) for option in text.split("|"))


def _one(token: str) -> str:
    if token == "{n}":
        return r"(?P<n>zzn\w+)/\S+ "
    if token in ("{percent}", "{days}", "{pounds}"):
        return rf"(?P<n>zzn\w+)/{token[1:-1].upper()} "
    if token == "<N>":
        return r"zzn\w+/\S+ "
    if token in _SIGNS:
        return rf"{_SIGNS[token]}/\S+ "
    if token.startswith("<"):
        return rf"\S+/{re.escape(token[1:-1])} "
    if token.endswith("*"):
        return rf"{re.escape(token[:-1])}\w*/\S+ "
    return rf"{re.escape(token)}/\S+ "


def _needs(frame: str) -> frozenset[str]:
    """Classes that stand in the frame outside brackets: without them it cannot fit."""
    bare = re.sub(r"\[[^\]]*\]|\([^)]*\|[^)]*\)", " ", frame)
    return frozenset(re.findall(r"<([A-Z]+)>", bare)) - {"N"}


def found_in(sentence: Sentence) -> dict[int, set[str]]:
    """Token of a number -> names of the frames that fit around it."""
    text = " ".join(f"{t}/{c}" for t, c in zip(sentence.tokens, sentence.classes, strict=True)) + " "
    present = set(sentence.classes)
    at = {t: i for i, t in enumerate(sentence.tokens) if t.startswith("zzn")}
    result: dict[int, set[str]] = {}
    for frame, needed in frames():
        if needed <= present:
            for match in pattern_of(frame.frame).finditer(text):
                result.setdefault(at[match["n"]], set()).add(frame.name)
    return result
