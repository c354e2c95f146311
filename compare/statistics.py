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


def poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """Interval of a Poisson count: exact (chi-squared) under 10, Byar's approximation from 10 up, as (lower, upper).

    Methods of the Association of Public Health Observatories, technical briefing 3 (2008); exact limits after Garwood (1936).
    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"{count:g} is no count")
    from scipy.stats import chi2, norm  # noqa: PLC0415  (slow to import)

    alpha = 1 - level
    if count < 10:
        lower = float(chi2.ppf(alpha / 2, 2 * count) / 2) if count else 0.0
        return lower, float(chi2.ppf(1 - alpha / 2, 2 * count + 2) / 2)
    z = float(norm.ppf(1 - alpha / 2))
    more = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3
    return lower, more * (1 - 1 / (9 * more) + z / (3 * more**0.5)) ** 3


SHARES_OF_COMPLAINTS = ("percent",)
"""Units whose numerator is part of the denominator, so that a Wilson interval applies."""


def with_intervals(indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators with `lower_95` and `upper_95` filled: Wilson's for shares of counted complaints (percentages), Poisson for rates."""
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
        elif known and row["unit"] == "rate" and row["denominator"] > 0:
            low, high = poisson(row["numerator"])
            frame.loc[index, ["lower_95", "upper_95"]] = [10_000 * x / row["denominator"] for x in (low, high)]
    return frame
