"""Kinds of words by their meaning (`vocabulary/kinds.tsv`, made by `benchmarks/reading/kinds.py`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    lines = (files("normalise") / "vocabulary" / "kinds.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        wide, close, *words = line.split("\t")
        found.update(dict.fromkeys(words, (f"~{wide}", f"={close}")))
    return found


def kinds_of(word: str) -> tuple[str, ...]:
    """The wide and the close kind of a canonical word as names; none for a word that is not known."""
    return _kinds().get(word, ())
