"""Uncertainty of shares, by published methods in SciPy."""

from __future__ import annotations

import pandas as pd


def wilson(successes: float, total: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of a share, without continuity correction, as (lower, upper) between 0 and 1.

    Wilson (1927), the method of the Office for Health Improvement and Disparities for proportions. `successes` and `total`
    are counts. Raises ValueError where the total is not positive or smaller than the successes.
    """
    if total <= 0 or not 0 <= successes <= total:
        raise ValueError(f"{successes:g} of {total:g} is no share")
    from scipy.stats import binomtest  # noqa: PLC0415  (slow to import)

    interval = binomtest(round(successes), round(total)).proportion_ci(confidence_level=level, method="wilson")
    return float(interval.low), float(interval.high)


SHARES_OF_COMPLAINTS = ("percent",)
"""Units whose numerator is part of the denominator, so that a Wilson interval applies."""


def with_intervals(indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators with `lower_95` and `upper_95` (percentages) filled where numerator and denominator are counts of complaints."""
    frame = indicators.copy()
    for column in ("lower_95", "upper_95"):
        frame[column] = frame[column].astype(float)
    for index, row in frame.iterrows():
        known = pd.notna(row["value"]) and pd.notna(row["numerator"]) and pd.notna(row["denominator"])
        if (
            known
            and row["unit"] in SHARES_OF_COMPLAINTS
            and 0 <= row["numerator"] <= row["denominator"]
            and row["denominator"] > 0
        ):
            low, high = wilson(row["numerator"], row["denominator"])
            frame.loc[index, ["lower_95", "upper_95"]] = [100 * low, 100 * high]
    return frame
