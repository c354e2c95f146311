"""Charts: what they say, what they are drawn from, and what never stands in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
import vl_convert

from compare import theme
from compare.benchmark import benchmark
from compare.charts import figures, intervals, parts
from compare.charts.trends import segments
from compare.figure import VEGA_LITE, Figure
from compare.groups import Comparison
from normalise.indicators import THEMES, definitions


@pytest.fixture(scope="module", name="samples_drawn")
def by_slug(samples_drawn: list[Figure]) -> dict[str, Figure]:
    return {f.slug: f for f in samples_drawn}


@pytest.fixture(scope="module")
def region_drawn(region: Comparison) -> dict[str, Figure]:
    return {f.slug: f for f in figures(region)}


def test_every_figure_has_headline_words_and_a_row_for_each_council(
    comparison: Comparison, samples_drawn: dict[str, Figure]
) -> None:
    for figure in samples_drawn.values():
        assert figure.headline and figure.subtitle and len(figure.alt_text) > 40
        assert figure.theme in {*THEMES, "trends", "summary"}
        if figure.theme not in ("trends", "summary"):
            assert [row[0].text.split(", ")[0] for row in figure.rows] == comparison.members


@pytest.mark.slow
def test_council_text_never_stands_in_an_expression(
    comparison: Comparison, region: Comparison, samples_drawn: dict[str, Figure], region_drawn: dict[str, Figure]
) -> None:
    """Vega would run it: only field names of ours may, and no name of a council."""
    for figure in [*samples_drawn.values(), *region_drawn.values()]:
        if figure.chart is None:
            continue
        compiled = vl_convert.vegalite_to_vega(figure.spec, vl_version=VEGA_LITE)
        run = list(_expressions(compiled))
        assert run
        for council in [*comparison.members, *region.members]:
            assert not [e for e in run if council in e], figure.slug


def _expressions(node: Any, key: str = "") -> Any:
    """Texts that Vega parses as expressions."""
    if isinstance(node, dict):
        for k, v in node.items():
            yield from _expressions(v, k)
    elif isinstance(node, list):
        for v in node:
            yield from _expressions(v, key)
    elif isinstance(node, str) and key in ("signal", "expr", "test", "update", "init"):
        yield node


@pytest.mark.slow
def test_at_most_four_colours_and_all_from_the_palette(
    samples_drawn: dict[str, Figure], region_drawn: dict[str, Figure]
) -> None:
    palette = {c.lower() for c in (*theme.CATEGORICAL, theme.GREY, theme.FURNITURE, theme.TEXT, theme.LIGHT_BLUE, theme.MID_BLUE, "#ffffff", "#eeeeee")}  # fmt: skip
    for figure in [*samples_drawn.values(), *region_drawn.values()]:
        drawn = {c.lower() for c in re.findall(r"#[0-9A-Fa-f]{6}\b", figure.svg())}
        assert drawn <= palette, figure.slug
        hues = drawn & {c.lower() for c in (theme.DARK_BLUE, theme.TURQUOISE, theme.DARK_PINK, theme.ORANGE)}
        assert len(hues) <= 4


def test_a_chart_is_written_as_svg_and_png(region_drawn: dict[str, Figure]) -> None:
    figure = region_drawn["upheld-rate"]
    assert figure.svg().startswith("<svg") and "Hackney, 2024-25" in figure.svg()
    assert figure.png().startswith(b"\x89PNG")


def test_the_others_value_is_that_of_all_like_for_like_together_without_the_focus(region: Comparison) -> None:
    rows = region.indicators[region.indicators["indicator"] == "stage_1_upheld_rate"]
    rows = rows[rows["authority"] != "Hackney"]
    found = benchmark(region, "stage_1_upheld_rate")
    assert found.value == pytest.approx(100 * rows["numerator"].sum() / rows["denominator"].sum())
    assert len(found.others) == 13
    assert found.ranks is not None and found.ranks[0] <= found.ranks[1] <= 14


def test_councils_of_another_procedure_are_not_in_the_groups_value(comparison: Comparison) -> None:
    found = benchmark(comparison, "stage_1_within_20_days")
    assert found.others == ("Bury", "North Lincolnshire", "Telford and Wrekin")
    assert found.left_out == ("Birmingham: different complaints procedures",)
    assert found.value == pytest.approx(100 * (67 + 21 + 16) / (106 + 27 + 19))
    assert found.judgement.word == "no clear difference"


def test_shares_of_decided_complaints_are_brought_to_the_base_of_the_focus(comparison: Comparison) -> None:
    """Bath gives what was upheld of 34 closed; North Lincolnshire 4 of 27 decided (and closed), Telford 7 of 18 decided, 19 closed."""
    found = benchmark(comparison, "stage_1_upheld_rate")
    assert found.others == ("North Lincolnshire", "Telford and Wrekin") and found.common_base == "closed"
    assert found.value == pytest.approx(100 * (4 + 7) / (27 + 19))
    row = comparison.row("Telford and Wrekin", "stage_1_upheld_rate")
    assert row is not None and row["value"] == pytest.approx(100 * 7 / 18), "its own value stays as its report has it"


def test_two_councils_are_no_group(comparison: Comparison) -> None:
    found = benchmark(comparison, "child_voice_share")
    assert found.value is None and found.judgement.word == "not compared"
    assert "fewer than 2 other councils" in found.reason


def test_numbers_are_never_judged(region: Comparison) -> None:
    for d in definitions():
        found = benchmark(region, d.indicator)
        if d.unit not in ("percent", "rate", "per_1000"):
            assert found.judgement.word == "not compared"
        if not d.direction:
            assert found.judgement.polarity == ""


def test_the_takeaway_is_hedged_and_agrees_with_the_judgement(
    region: Comparison, region_drawn: dict[str, Figure]
) -> None:
    slugs = {
        "upheld-rate": "stage_1_upheld_rate",
        "escalation-rate": "escalation_rate_1_to_2",
        "rate-per-child": "stage_1_per_10000_children",
    }
    for slug, indicator in slugs.items():
        text, word = region_drawn[slug].alt_text, benchmark(region, indicator).judgement.word
        assert ("no larger than chance alone could make it" in text) == (word == "no clear difference")
        assert bool(re.search(rf"Hackney is (?:perhaps )?{word}", text)) == (word in ("higher", "lower"))
        assert "better" not in text and "worse" not in text


def test_a_funnel_shows_every_like_for_like_council_and_says_how_many_lie_outside(
    region_drawn: dict[str, Figure],
) -> None:
    figure = region_drawn["upheld-funnel"]
    assert "of 14 councils" in figure.alt_text or "14 councils" in figure.headline
    assert any("phi" in c for c in figure.caveats)
    assert "95%" in figure.svg() and "99.8%" in figure.svg()


def test_a_small_group_has_unadjusted_limits_and_the_warning(
    comparison: Comparison, samples_drawn: dict[str, Figure]
) -> None:
    expected = benchmark(comparison, "stage_1_within_20_days").expected
    assert expected is not None and expected.spread.tau2 == 0 and not expected.spread.known
    assert "upheld-funnel" not in samples_drawn, "a funnel of too few councils is not drawn"


def test_trends_are_cut_at_breaks_and_at_missing_years() -> None:
    rows = pd.DataFrame(
        {
            "authority": ["Bury"] * 5 + ["Bath"],
            "period": ["2018-19", "2019-20", "2021-22", "2022-23", "2023-24", "2024-25"],
            "value_status": ["", "", "", "b", "", ""],
        }
    )
    assert list(segments(rows)["segment"]) == [0, 0, 0, 1, 2, 2], "Bath, then Bury"


def test_the_trend_marks_the_break_and_says_what_it_is(region_drawn: dict[str, Figure]) -> None:
    figure = region_drawn["trends"]
    assert "[b]" in figure.svg()
    assert any("break in the series in 2024-25" in c for c in figure.caveats)
    assert [row[0].text for row in figure.rows] == ["2021-22", "2022-23", "2023-24", "2024-25"]


def test_statutory_limits_stand_in_the_charts_of_days(region_drawn: dict[str, Figure]) -> None:
    figure = region_drawn["response-days"]
    assert ">10<" in figure.svg() and ">20 at most<" in figure.svg()


def test_a_large_group_has_one_mark_a_council_instead_of_a_row(
    region: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MANY", 10)
    figure = intervals.of("stage_1_upheld_rate", "upheld-rate")(region)
    assert "(14 councils, a line each)" in figure.svg()
    assert "Hackney, 2024-25" in figure.svg() and ">Camden, 2024-25<" not in figure.svg()
    assert len(figure.rows) == 14


def test_a_figure_without_any_value_has_no_chart(comparison: Comparison) -> None:
    emptied = replace(
        comparison, indicators=comparison.indicators[comparison.indicators["indicator"] == "stage_1_received"]
    )
    drawn = {f.slug for f in figures(emptied) if f.chart is not None and f.theme not in ("outcomes", "trends")}
    assert drawn == {"stage-volumes"}


def test_every_chart_keeps_to_the_schema(samples_drawn: dict[str, Figure]) -> None:
    for figure in samples_drawn.values():
        if figure.chart is not None:
            figure.chart.to_dict(validate=True)
