"""Words by which a number or a line is known for what it is, as `words.csv` lists them; what a figure counts is read later."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, list[str]]:
    with (files("extract") / "words.csv").open(encoding="utf-8") as handle:
        return {row["list"]: row["words"].split("|") for row in csv.DictReader(handle)}


def words_of(name: str) -> list[str]:
    """The words of a list. Raises KeyError for a list that there is not."""
    return _lists()[name]


@cache
def any_of(name: str) -> str:
    """A regular expression for the words of a list. Raises KeyError for a list that there is not."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words_of(name), key=len, reverse=True)) + ")"
