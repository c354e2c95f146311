"""The mini-language of wordings."""

from __future__ import annotations

import pytest

from normalise.phrase import phrase


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("stage 1", "at stage 1 and stage 1", ["stage 1", "stage 1"]),
        ("stage 1", "at stage 11", []),
        ("parent*", "parents and parent", ["parents", "parent"]),
        ("(child|child or young person)", "a child or young person", ["child or young person"]),
        ("(put right|closed) locally", "closed locally", ["closed locally"]),
        ("[fully|wholly] upheld", "fully upheld and upheld", ["fully upheld", "upheld"]),
        ("(resolved|closed) ... informally", "closed a b c d e informally", ["closed a b c d e informally"]),
        ("(resolved|closed) ... informally", "closed a b c d e f informally", []),
        ("upheld ... upheld", "upheld upheld upheld", ["upheld upheld"]),
    ],
)
def test_wordings_are_found(wording: str, text: str, found: list[str]) -> None:
    words = text.split()
    assert [" ".join(words[a:b]) for a, b in phrase(wording).places(words)] == found


def test_a_whole_label_may_need_the_longer_of_two_ways() -> None:
    total = phrase("[grand] total ...")
    assert total.is_whole(["grand", "total", "of", "stage", "1"])
    assert not total.is_whole(["sub", "total"])


def test_only_words_that_must_be_there_are_needed() -> None:
    assert phrase("[fully] (upheld|found for) ... panel*").needs == {
        frozenset({"upheld", "found"}),
        frozenset({"panel*"}),
    }
