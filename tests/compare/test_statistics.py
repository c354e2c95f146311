"""Published test values of intervals and funnel limits (PHEindicatormethods, and SciPy 1.17), and judgements in words."""

from __future__ import annotations

import numpy as np
import pytest

from compare.statistics import (
    Judgement,
    dispersion,
    exact_poisson,
    judge,
    poisson,
    pooled,
    rank_range,
    rate_limits,
    share_limits,
    wilson,
)


@pytest.mark.parametrize(
    ("part", "whole", "level", "lower", "upper"),
    [
        (0, 1, 0.95, 0.0, 0.7935),
        (0, 5, 0.95, 0.0, 0.4345),
        (3, 5, 0.95, 0.2307, 0.8824),
        (5, 10, 0.95, 0.2366, 0.7634),
        (11, 58, 0.95, 0.1093, 0.3085),
        (14, 44, 0.95, 0.2000, 0.4656),
        (3, 5, 0.998, 0.1321, 0.9366),
        (11, 58, 0.998, 0.0797, 0.3873),
    ],
)
def test_wilson(part: int, whole: int, level: float, lower: float, upper: float) -> None:
    assert wilson(part, whole, level) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (5, 4), (-1, 4)])
def test_no_share_no_interval(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(part, whole)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        (0, 0.0, 3.6889),
        (1, 0.0253, 5.5716),
        (5, 1.6235, 11.6683),
        (9, 4.1154, 17.0848),
        (10, 4.7874, 18.3915),
        (35, 24.3752, 48.6780),
        (90, 72.3686, 110.6265),
    ],
)
def test_poisson_is_exact_under_ten_and_byars_from_ten(count: int, lower: float, upper: float) -> None:
    assert poisson(count) == pytest.approx((lower, upper), abs=5e-5)


def test_exact_limits_from_ten_up_differ_from_byars() -> None:
    assert exact_poisson(10) == pytest.approx((4.7954, 18.3904), abs=5e-5)


def test_a_groups_value_is_no_mean_of_shares() -> None:
    assert pooled([1, 90], [10, 100]) == pytest.approx(91 / 110)
    with pytest.raises(ValueError, match="without a denominator"):
        pooled([0], [0])


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize(("centre", "total"), [(0.3, 40), (0.62, 155), (0.5, 12)])
def test_a_share_on_the_funnels_edge_has_a_wilson_interval_that_touches_the_centre(
    centre: float, total: int, level: float
) -> None:
    z = {0.95: 1.959964, 0.998: 3.090232}[level]
    for share, side in zip(share_limits(centre, total, level), (1, 0), strict=True):
        x = share * total  # no whole number, so Wilson's formula is written out here
        half = z * (z * z + 4 * x * (1 - x / total)) ** 0.5
        wilsons = ((2 * x + z * z - half) / (2 * (total + z * z)), (2 * x + z * z + half) / (2 * (total + z * z)))
        assert wilsons[side] == pytest.approx(centre, abs=1e-6)


def test_share_limits_are_shares_and_widen_with_the_level_and_with_few_complaints() -> None:
    assert share_limits(0.1, 4)[0] == 0.0 and share_limits(0.95, 4)[1] == 1.0
    narrow, wide, few = share_limits(0.4, 100), share_limits(0.4, 100, 0.998), share_limits(0.4, 10)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]
    assert few[0] < narrow[0] and narrow[1] < few[1]


def test_rate_limits_are_the_exact_limits_of_the_expected_count() -> None:
    assert rate_limits(9 / 1000, 1000) == pytest.approx((4.1154 / 1000, 17.0848 / 1000), abs=1e-7)
    assert rate_limits(0.0, 1000)[0] == 0.0


def test_chance_alone_is_no_overdispersion() -> None:
    generator = np.random.default_rng(1)
    totals = generator.integers(40, 400, 120)
    shares = generator.binomial(totals, 0.3) / totals
    found = dispersion(shares, 0.3 * 0.7 / totals, 0.3)
    assert found.phi < 1.2 and found.tau2 < 0.0005 and not found.warning


def test_a_spread_between_councils_is_found_and_widens_the_funnel() -> None:
    generator = np.random.default_rng(2)
    totals = generator.integers(100, 400, 150)
    true = np.clip(generator.normal(0.4, 0.1, 150), 0.02, 0.98)
    shares = generator.binomial(totals, true) / totals
    found = dispersion(shares, 0.4 * 0.6 / totals, 0.4)
    assert found.phi > 2
    assert 0.05 < found.tau2**0.5 < 0.11  # 0.1 less what winsorising draws in
    assert share_limits(0.4, 300, tau2=found.tau2)[0] < share_limits(0.4, 300)[0]


def test_tau_squared_by_hand() -> None:
    """Ten z-scores of +3 and -3 with equal weights: phi 9, tau² = (10 * 9 - 9) / (10w - w) = 9 / w."""
    found = dispersion([0.5 + s * 0.15 for s in (1, -1) * 5], [0.0025] * 10, 0.5)
    assert found.phi == pytest.approx(9.0)
    assert found.tau2 == pytest.approx(9 * 0.0025)


def test_under_ten_councils_the_limits_stay_those_of_chance_with_a_warning() -> None:
    found = dispersion([0.1, 0.9, 0.2, 0.8], [0.002] * 4, 0.5)
    assert found.tau2 == 0.0 and found.phi > 1
    assert "with 4 councils" in found.warning


@pytest.mark.parametrize(
    ("interval", "wide", "benchmark", "direction", "words"),
    [
        ((40.0, 60.0), (35.0, 65.0), 30.0, "higher", "higher (better), also at 99.8%"),
        ((40.0, 60.0), (25.0, 75.0), 30.0, "higher", "higher (better)"),
        ((40.0, 60.0), (25.0, 75.0), 30.0, "lower", "higher (worse)"),
        ((10.0, 20.0), (5.0, 35.0), 30.0, "", "lower"),
        ((10.0, 50.0), (5.0, 60.0), 30.0, "higher", "cannot be told apart"),
        (None, None, 30.0, "higher", "not compared"),
        ((10.0, 50.0), None, None, "higher", "not compared"),
    ],
)
def test_judgements(
    interval: tuple[float, float] | None,
    wide: tuple[float, float] | None,
    benchmark: float | None,
    direction: str,
    words: str,
) -> None:
    assert judge(interval, wide, benchmark, direction).text() == words


def test_without_a_direction_nothing_is_better_or_worse() -> None:
    assert judge((40.0, 60.0), None, 10.0) == Judgement("higher", False, "")


def test_ranks_are_ranges_and_wide_where_few_complaints_were_decided() -> None:
    assert rank_range([2, 3, 2, 3, 2], [5, 6, 5, 7, 4], 0) == (1, 5)
    first, last = rank_range([900, 500, 100], [1000, 1000, 1000], 1)
    assert (first, last) == (2, 2)
    assert rank_range([5, 50, 500], [10_000, 10_000, 10_000], 2, share=False) == (1, 1)
