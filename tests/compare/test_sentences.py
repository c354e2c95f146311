"""What a comparison says: every sentence with examples in `sentences.md`, plain enough to be read, and no finding without its doubt.

`COUNCILBENCH_WRITE=1 pytest tests/compare/test_sentences.py` writes the page anew, for who changes a sentence and looks at what became of all of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from compare import sentences
from compare.benchmark import benchmark
from compare.charts.parts import rows_for
from compare.groups import Comparison, choose
from councilbench.outputs import compare
from councilbench.runs import Run
from normalise.indicators import DOUBTFUL, definition, definitions

PAGE = Path(__file__).parent / "sentences.md"
EASY = 50
"""Least reading ease (Flesch) of a summary: 50 to 60 is fairly difficult, the usual of newspapers; figures and names of stages count as they are."""


@pytest.fixture(scope="module")
def comparisons(samples: Run, region: Comparison) -> dict[str, Comparison]:
    found = {f"{c} beside the samples": compare(samples, c, "all") for c in ("Bath and North East Somerset", "Bury")}
    found["Bury alone"] = choose(samples.indicators, samples.observations, samples.own, "Bury", ("Bury",))
    return found | {"Hackney beside thirteen made-up councils": region}


def told(comparison: Comparison) -> Iterator[str]:
    """Everything that is said of a comparison."""
    yield f"Headline: {sentences.headline(comparison)}."
    yield from (f"Summary: {line}" for line in sentences.summary(comparison))
    yield f"How to read it: {sentences.looks(comparison) or '(nothing)'}"
    for d in definitions():
        found = benchmark(comparison, d.indicator)
        own = rows_for(comparison, (d.indicator,))
        own = own[own["focus"]]
        if d.unit in ("percent", "rate") and (len(own) or found.value is not None):
            yield f"{d.indicator}: {sentences.figure_headline(comparison, d, own, found)}. {sentences.takeaway(comparison, d, own, found)}"
    spreads = [b for d in definitions() if (b := benchmark(comparison, d.indicator)).expected is not None]
    yield from (f"Spread: {line}" for line in dict.fromkeys(sentences.spread(b) for b in spreads[:3]))


def test_every_sentence_stands_on_the_page_of_examples(comparisons: dict[str, Comparison]) -> None:
    parts = ["# What a comparison says", ""]
    for name, comparison in comparisons.items():
        parts += [f"## {name}", "", *(f"- {line}" for line in told(comparison)), ""]
    page = "\n".join(parts)
    if os.environ.get("COUNCILBENCH_WRITE"):
        PAGE.write_text(page, encoding="utf-8")
    assert page == PAGE.read_text(encoding="utf-8"), "see above how to write the page anew"


def test_a_summary_is_short_and_can_be_read(comparisons: dict[str, Comparison]) -> None:
    for name, comparison in comparisons.items():
        lines = [sentences.headline(comparison) + ".", *sentences.summary(comparison)]
        assert len(lines) <= 1 + sentences.MOST
        assert reading_ease(" ".join(lines)) >= EASY, (name, lines)


def reading_ease(text: str) -> float:
    """Flesch's reading ease: 206.835 - 1.015 words a sentence - 84.6 syllables a word; names are left out, figures are one syllable."""
    for name in ("Bath and North East Somerset", "Hackney", "Bury"):
        text = text.replace(name, "It")
    text = re.sub(r"(\d)[.,](\d)", r"\1\2", text)
    count = max(1, len(re.findall(r"[.;:]", text)))
    words = re.findall(r"[A-Za-z']+|\d+%?", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$|es$|ed$", "", w.lower())))) for w in words)
    return 206.835 - 1.015 * len(words) / count - 84.6 * syllables / len(words)


def test_a_finding_on_a_doubtful_reading_says_so_in_the_same_sentence(comparisons: dict[str, Comparison]) -> None:
    seen = 0
    for comparison in comparisons.values():
        doubtful = replace(comparison, indicators=comparison.indicators.assign(caveat=DOUBTFUL))
        for d in definitions():
            if doubtful.row(doubtful.focus, d.indicator) is None or d.unit not in ("percent", "rate"):
                continue
            own = rows_for(doubtful, (d.indicator,))
            own = own[own["focus"]]
            if len(own):
                first = sentences.takeaway(doubtful, d, own, benchmark(doubtful, d.indicator)).split(". ")[0]
                assert sentences.NOT_SURE in first
                seen += 1
    assert seen > 0


def test_a_firm_difference_is_the_headline(region: Comparison) -> None:
    """A council that upholds nearly all of its complaints among councils that uphold four in ten."""
    rows = region.indicators.copy()
    own = (rows["authority"] == "Hackney") & (rows["indicator"] == "stage_1_upheld_rate")
    rows.loc[own, "numerator"] = (0.95 * rows.loc[own, "denominator"]).round()
    rows.loc[own, "value"] = 100 * rows.loc[own, "numerator"] / rows.loc[own, "denominator"]
    changed = Comparison(
        region.focus, region.group, region.members, region.missing, region.periods, rows, region.observations
    )
    assert benchmark(changed, "stage_1_upheld_rate").judgement.text() == "higher"
    headline = sentences.headline(changed)
    assert headline.startswith("Hackney upheld 96% of stage 1 complaints wholly or partly, more than the ")
    d = definition("stage_1_upheld_rate")
    own_rows = rows_for(changed, (d.indicator,))
    text = sentences.takeaway(changed, d, own_rows[own_rows["focus"]], benchmark(changed, d.indicator))
    assert "Hackney is higher, by more than chance would explain." in text and "better" not in text
