"""Published test values of intervals (PHEindicatormethods, and SciPy 1.17), and ranges of ranks."""

from __future__ import annotations

import pytest

from compare.statistics import (
    exact_poisson,
    poisson,
    pooled,
    rank_range,
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


def test_ranks_are_ranges_and_wide_where_few_complaints_were_decided() -> None:
    assert rank_range([2, 3, 2, 3, 2], [5, 6, 5, 7, 4], 0) == (1, 5)
    first, last = rank_range([900, 500, 100], [1000, 1000, 1000], 1)
    assert (first, last) == (2, 2)
    assert rank_range([5, 50, 500], [10_000, 10_000, 10_000], 2, share=False) == (1, 1)
