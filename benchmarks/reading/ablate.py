"""Which rows of the vocabulary no document of `learn` needs: `python benchmarks/reading/ablate.py`.

A row that nothing in the documents calls up can be switched off without any change: those are listed, and counted by file.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from documents import Known, writers

from normalise.reading import frames, tagging
from normalise.wordings import hits, vocabulary

ROOT = Path(__file__).parents[2]
Row = tuple[str, str]
"""File and row: a wording, a frame, a word of the lexicon."""


def texts_of(known: Known) -> Iterator[tuple[str, str]]:
    """Every text that the reading of a document looks at, with how it looks at it."""
    seen = set()
    for s in known.statements:
        texts = [(s.sentence, "text"), (s.caption, "heading"), (s.corner, "corner")]
        texts += (
            [(t, "label") for t in (*s.rows, *s.columns)]
            + [(t, "heading") for t in s.headings]
            + [(t, "text") for t in s.context]
        )
        for pair in texts:
            if pair[0] and pair not in seen:
                seen.add(pair)
                yield pair


def called_up(known: Known) -> set[Row]:
    """The rows that something in a document calls up."""
    found: set[Row] = set()
    whole = [w for w in tagging.lexicon() if not w.endswith("*")]
    stems = [w[:-1] for w in tagging.lexicon() if w.endswith("*")]
    for text, where in texts_of(known):
        found |= {("wordings", h.wording.wording) for h in hits(text, where)}
        sentence = tagging.tag(text[:600], ())
        plain = " " + " ".join(sentence.tokens) + " "
        found |= {("lexicon", w) for w in whole if f" {w} " in plain}
        found |= {("lexicon", f"{w}*") for w in stems if f" {w}" in plain}
    for s in known.statements:
        if s.sentence:
            mates = tuple(
                (x.start, x.start + len(x.printed), x.kind)
                for x in known.statements
                if x.group == s.group and x.statistic
            )
            sentence = tagging.tag(s.sentence, mates)
            names = {name for found_here in frames.found_in(sentence).values() for name in found_here}
            found |= {("frames", f.frame) for f, _ in frames.frames() if f.name in names}
    return found


def every_row() -> list[Row]:
    """All rows of the three files."""
    rows = [("wordings", w.wording) for w in vocabulary()] + [("frames", f.frame) for f, _ in frames.frames()]
    return rows + [("lexicon", w) for w in tagging.lexicon()]


def main() -> None:
    """See the module."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    needed: dict[Row, set[str]] = defaultdict(set)
    known = list(writers(ROOT / "tests" / "annotated"))
    for document in known:
        for row in called_up(document):
            needed[row].add(document.name)
    for row in every_row():
        if not needed[row]:
            print(f"{row[0]}: {row[1]}")
    for name in ("wordings", "frames", "lexicon"):
        rows = [r for r in every_row() if r[0] == name]
        print(
            f"{name}: {sum(not needed[r] for r in rows)} of {len(rows)} rows are called up by none of {len(known)} documents"
        )


if __name__ == "__main__":
    main()
