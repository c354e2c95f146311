"""Published test values of the Wilson score interval (PHEindicatormethods, and SciPy 1.17)."""

from __future__ import annotations

import pytest

from compare.statistics import wilson


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
