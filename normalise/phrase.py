"""The mini-language of wordings, over words as `canonical` writes them.

Words as they are; `parent*` for any ending; `(a|b c)` for alternatives; `[a|b]` for words that may be missing; `...` for up to
five words of any kind. Regular expressions would say the same, but a report needs some hundreds of wordings once or twice
each, and they take longer to compile than to be looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

_PIECE = re.compile(r"\[[^\]]*\]|\([^)]*\)|\.\.\.|\S+")
_LONGEST_GAP = 5
Option = tuple[str, ...]
"""Words one behind another; none of them for words that may be missing."""


@dataclass(frozen=True)
class Phrase:
    """A wording, taken to pieces."""

    pieces: tuple[tuple[Option, ...] | None, ...]
    """The options of each piece, those to be tried first before the others; None for a gap."""

    @property
    def needs(self) -> frozenset[frozenset[str]]:
        """The first words of all pieces that must be there, the options of each together."""
        return frozenset(frozenset(o[0] for o in piece) for piece in self.pieces if piece and () not in piece)

    def places(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where it stands among words: the first word of each place, and the one behind its last."""
        found, behind = [], 0
        for start in self._starts(words):
            if start >= behind and (end := next(self._ends(words, start, 0), None)) is not None:
                found.append((start, end))
                behind = end
        return found

    def _starts(self, words: Sequence[str]) -> Iterable[int]:
        if self._first is None:
            return range(len(words))
        whole, stems = self._first
        return [n for n, word in enumerate(words) if word in whole or word.startswith(stems)]

    @cached_property
    def _first(self) -> tuple[frozenset[str], tuple[str, ...]] | None:
        """The words that it may begin with, and the beginnings of others; None where any word may."""
        found: list[str] = []
        for piece in self.pieces:
            if piece is None:
                return None
            found += [option[0] for option in piece if option]
            if () not in piece:
                break
        stems = tuple(word[:-1] for word in found if word.endswith("*"))
        return frozenset(found), stems

    def is_whole(self, words: Sequence[str]) -> bool:
        """Whether the words are nothing else."""
        return len(words) in self._ends(words, 0, 0)

    def _ends(self, words: Sequence[str], at: int, piece: int) -> Iterator[int]:
        if piece == len(self.pieces):
            yield at
            return
        options = self.pieces[piece]
        if options is None:
            for further in range(at, min(at + _LONGEST_GAP, len(words)) + 1):
                yield from self._ends(words, further, piece + 1)
            return
        for option in options:
            beyond = at + len(option)
            if beyond <= len(words) and all(map(_fits, option, words[at:beyond])):
                yield from self._ends(words, beyond, piece + 1)


def _fits(word: str, printed: str) -> bool:
    if not word.endswith("*"):
        return word == printed
    ending = printed[len(word) - 1 :]
    return printed.startswith(word[:-1]) and (not ending or ending.isalnum())


@cache
def phrase(wording: str) -> Phrase:
    """A wording of the vocabulary as what is looked for."""
    return Phrase(tuple(map(_options, _PIECE.findall(wording))))


def _options(piece: str) -> tuple[Option, ...] | None:
    if piece == "...":
        return None
    if piece[0] not in "[(":
        return ((piece,),)
    # Longest first, so that "child or young person" is not read as "child".
    options = tuple(tuple(o.split()) for o in sorted(piece[1:-1].split("|"), key=len, reverse=True))
    return (*options, ()) if piece[0] == "[" else options
