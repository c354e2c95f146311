"""The plain words around a number: those that the lexicon has no class for tell stages and procedures apart, too.

Names of councils are left out: what is learnt of one council's reports must not hold for it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus.councils import words_of_names
from normalise.reading.evidence import Source
from normalise.reading.tagging import Sentence, tag

_READ, _KEPT = 300, 40
"""Characters of a text that are read, and words that are kept of it."""
_WHERE = {"label": "label", "corner": "label", "heading": "heading", "text": "before"}
_MARKS = ("zz", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")


@lru_cache(maxsize=4_000)
def words_in(text: str) -> tuple[str, ...]:
    """The first words of a text, each once, in canonical form and without numbers."""
    return _plain(tag(text[:_READ], ()).words[:_KEPT])


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(w for w in dict.fromkeys(words) if not w.startswith(_MARKS) and w not in words_of_names())


class WordsAround:
    """The words of a sentence and of the texts around it, or of those around a table."""

    def __init__(self, sources: Sequence[Source], sentence: Sentence | None = None) -> None:
        names = [f"word:sentence:{w}" for w in (_plain(sentence.words) if sentence else ())]
        for source in sources:
            where = "title" if source.name.startswith("title") else _WHERE[source.where]
            names += [f"word:{where}:{w}" for w in words_in(source.text)]
        self.names = list(dict.fromkeys(names))
        """Each word as a feature with where it stands."""
        self._with: dict[str, list[str]] = {}

    def with_value(self, value: str) -> list[str]:
        """The words as features of one value of a slot; the numbers of a sentence, and the cells of a table, share them."""
        if value not in self._with:
            self._with[value] = [f"{name}|{value}" for name in self.names]
        return self._with[value]


_PAIRED = frozenset(
    [
        "not",
        "no",
        "none",
        "nothing",
        "nobody",
        "neither",
        "never",
        "without",
        "up",
        "out",
        "on",
        "off",
        "by",
        "back",
        "over",
        "right",
        "wrong",
        "in",
        "into",
        "away",
        "down",
        "with",
        "to",
        "against",
        "for",
    ]
)
"""Words that make another thing of the word beside them: "stood by", "put right", "no fault", "went on"."""
_REACH = 6
"""Tokens on either side of a number in which pairs are looked at."""


def near_pairs(sentence: Sentence, token: int) -> list[str]:
    """Pairs of neighbouring words on either side of a number, of which one is a small word that bears on the other, as features."""
    found = []
    tokens, classes = sentence.tokens, sentence.classes
    for name, places in (
        ("L", range(token - 1, max(0, token - _REACH), -1)),
        ("R", range(token + 2, min(len(tokens), token + _REACH + 1))),
    ):
        for i in places:
            first, second = tokens[i - 1], tokens[i]
            if classes[i] in _ENDS or classes[i - 1] in _ENDS:
                break
            named = first in words_of_names() or second in words_of_names()
            if (first in _PAIRED) != (second in _PAIRED) and not (named or {first[:2], second[:2]} & {"zz"}):
                found.append(f"{name}2:{first} {second}")
    return list(dict.fromkeys(found))


_ENDS = ("N", "PERCENT", "POUNDS", "stop", "semi")
"""Classes of tokens that words beyond are not near a number."""


def near_words(sentence: Sentence, token: int) -> list[str]:
    """The words on either side of a number, up to the next number, as features."""
    found = []
    tokens, classes = sentence.tokens, sentence.classes
    for name, places in (
        ("L", range(token - 1, max(-1, token - 8), -1)),
        ("R", range(token + 1, min(len(tokens), token + 8))),
    ):
        for i in places:
            if classes[i] in _ENDS:
                break
            if classes[i] not in ("the", "a", "an", "comma") and tokens[i] not in words_of_names():
                word = tokens[i] if not tokens[i].startswith("zz") else classes[i]
                found.append(f"{name}:{word}")
                if classes[i].isupper():
                    found.append(f"{name}~{classes[i]}")
                elif len(word) > 5 and word.isalpha():
                    found.append(f"{name}^{word[:5]}")
                if abs(i - token) <= 2:
                    found.append(f"{name}{abs(i - token)}:{word}")
    return list(dict.fromkeys(found))
