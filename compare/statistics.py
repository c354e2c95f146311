"""Uncertainty of shares and rates, funnel limits and judgements in words, by published methods.

SciPy holds the distributions and Wilson's interval. What it does not hold (funnel limits, overdispersion, ranges of ranks) follows the papers
named in each function. Shares and rates are plain proportions here (0.53, not 53) unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from normalise.indicators import PER

LEVELS = (0.95, 0.998)
"""The two levels of Fingertips and of funnel plots: worth a look, and outside (Office for Health Improvement and Disparities)."""
ENOUGH_FOR_DISPERSION = 10
"""Councils under which the spread between councils cannot be estimated well."""
DRAWS = 20_000
"""Simulated rankings; the range of ranks then moves by no more than one from run to run, and the seed is fixed."""


@lru_cache(maxsize=100_000)
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


@lru_cache(maxsize=100_000)
def poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """Interval of a Poisson count: exact (chi-squared) under 10, Byar's approximation from 10 up, as (lower, upper).

    Methods of the Association of Public Health Observatories, technical briefing 3 (2008); exact limits after Garwood (1936), Byar's
    after Breslow and Day (1987). Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"{count:g} is no count")
    if count < 10:
        return exact_poisson(count, level)
    z = _normal(0.5 + level / 2)
    more = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3
    return lower, more * (1 - 1 / (9 * more) + z / (3 * more**0.5)) ** 3


def exact_poisson(count: float, level: float = 0.95) -> tuple[float, float]:
    """Exact limits of a Poisson count by the chi-squared distribution (Garwood 1936), as (lower, upper); 0 has the lower limit 0."""
    from scipy.stats import chi2  # noqa: PLC0415  (slow to import)

    alpha = 1 - level
    lower = float(chi2.ppf(alpha / 2, 2 * count) / 2) if count else 0.0
    return lower, float(chi2.ppf(1 - alpha / 2, 2 * count + 2) / 2)


def _normal(probability: float) -> float:
    """The standard normal quantile."""
    from scipy.stats import norm  # noqa: PLC0415  (slow to import)

    return float(norm.ppf(probability))


def pooled(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """The group's value: the sum of the numerators over the sum of the denominators, never a mean of shares.

    The benchmark of Fingertips and of PHEindicatormethods (`phe_funnels`). Raises ValueError where the denominators add up to nothing.
    """
    whole = float(sum(denominators))
    if whole <= 0:
        raise ValueError("a group without a denominator has no value")
    return float(sum(numerators)) / whole


def share_limits(centre: float, total: float, level: float = 0.95, tau2: float = 0.0) -> tuple[float, float]:
    """Funnel limits for a share of `total` where the group's share is `centre`, as (lower, upper) between 0 and 1.

    Wilson's interval turned round: the limits are the shares whose Wilson interval just reaches the centre, which gives
    centre ± z √(centre (1 - centre) / total) (PHEindicatormethods 2.1.0, `phe_funnels`; Spiegelhalter 2005). `tau2` is the variance between councils
    (`dispersion`), added to the sampling variance. Raises ValueError for a total that is not positive or a centre that is no share.
    """
    if total <= 0 or not 0 <= centre <= 1:
        raise ValueError(f"a share of {centre:g} of {total:g} has no limits")
    half = _normal(0.5 + level / 2) * (centre * (1 - centre) / total + tau2) ** 0.5
    return max(0.0, centre - half), min(1.0, centre + half)


def rate_limits(centre: float, denominator: float, level: float = 0.95, tau2: float = 0.0) -> tuple[float, float]:
    """Funnel limits for a rate (events for each unit of the denominator) where the group's rate is `centre`, as (lower, upper).

    Exact Poisson limits of the expected count (PHEindicatormethods 2.1.0). With `tau2`, the normal approximation with the variance between
    councils added (Spiegelhalter 2005). Raises ValueError for a denominator that is not positive or a negative centre.
    """
    if denominator <= 0 or centre < 0:
        raise ValueError(f"a rate of {centre:g} on {denominator:g} has no limits")
    if tau2:
        half = _normal(0.5 + level / 2) * (centre / denominator + tau2) ** 0.5
        return max(0.0, centre - half), centre + half
    lower, upper = exact_poisson(centre * denominator, level)
    return lower / denominator, upper / denominator


@dataclass(frozen=True)
class Dispersion:
    """How much more councils differ than chance alone would make them."""

    phi: float
    """Mean squared z-score, winsorised; about 1 where chance explains all."""
    tau2: float
    """Variance between councils, on the scale of the share or rate; 0 where chance explains all."""
    warning: str
    """Why the limits are not adjusted, or not sure; empty where they are."""


def dispersion(
    values: Sequence[float], variances: Sequence[float], centre: float, winsorise: float = 0.1
) -> Dispersion:
    """Overdispersion of shares or rates around the group's value.

    z-scores under the group's value, drawn in to their 10% and 90% quantiles; phi their mean square; where phi is over 1 the additive variance
    tau² = (k phi - (k - 1)) / (Σw - Σw² / Σw) with w = 1 / variance, not under 0 (Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202, with the
    estimator of DerSimonian and Laird 1986). `variances` are sampling variances under the group's value, not under each council's own.
    Under ten councils the estimate is too unsure to use: tau² is then 0, with a warning.
    Raises ValueError for sequences of different length, for none, or for a variance that is not positive.
    """
    if len(values) != len(variances) or not len(values) or min(variances) <= 0:
        raise ValueError("dispersion takes as many values as positive variances")
    y, variance = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    z = (y - centre) / np.sqrt(variance)
    low, high = np.quantile(z, [winsorise, 1 - winsorise])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    k, w = len(y), 1 / variance
    if k < ENOUGH_FOR_DISPERSION:
        return Dispersion(
            phi,
            0.0,
            f"with {k} councils the spread between councils cannot be estimated; the limits are those of chance alone",
        )
    spread = float(w.sum() - (w**2).sum() / w.sum())
    tau2 = max(0.0, (k * phi - (k - 1)) / spread) if phi > 1 and spread > 0 else 0.0
    return Dispersion(phi, tau2, "")


@dataclass(frozen=True)
class Judgement:
    """What may be said of the council in focus beside its group."""

    word: str
    """`higher`, `lower`, `cannot be told apart`, or `not compared`."""
    sure: bool = False
    """True where it holds at 99.8% too."""
    polarity: str = ""
    """`better` or `worse`, only for an indicator with a direction and only where the word is higher or lower."""

    def text(self) -> str:
        """The judgement as words for a table."""
        if self.word not in ("higher", "lower"):
            return self.word
        return self.word + (f" ({self.polarity})" if self.polarity else "") + (", also at 99.8%" if self.sure else "")


def judge(
    interval: tuple[float, float] | None, wide: tuple[float, float] | None, benchmark: float | None, direction: str = ""
) -> Judgement:
    """Compare an interval with the group's value, as Fingertips does: interval against value, never interval against interval.

    `interval` is the 95% and `wide` the 99.8% interval of the focus council; without one, or without a benchmark, nothing is compared. `direction` is `higher`
    or `lower` where that is better, else empty: then no better or worse is said. All three are on one scale.
    """
    if interval is None or benchmark is None:
        return Judgement("not compared")
    word = "higher" if interval[0] > benchmark else "lower" if interval[1] < benchmark else "cannot be told apart"
    if word == "cannot be told apart":
        return Judgement(word)
    sure = wide is not None and (wide[0] > benchmark or wide[1] < benchmark)
    return Judgement(word, sure, ("better" if word == direction else "worse") if direction else "")


def rank_range(
    numerators: Sequence[float], denominators: Sequence[float], focus: int, share: bool = True
) -> tuple[int, int]:
    """The ranks that a council may have, as (first, last) with 95% probability, 1 being the highest value.

    Simulated ranks (Goldstein and Spiegelhalter 1996; Marshall and Spiegelhalter 1998): each council's value is drawn from its posterior under
    Jeffreys' prior, Beta for shares and Gamma for rates, and ranked. `focus` is the position of the council. The seed is fixed, so that a report can be made again.
    """
    x, n = np.asarray(numerators, dtype=float)[:, None], np.asarray(denominators, dtype=float)[:, None]
    generator = np.random.default_rng(20_061_738)
    size = (len(x), DRAWS)
    drawn = generator.beta(x + 0.5, n - x + 0.5, size) if share else generator.gamma(x + 0.5, 1.0, size) / n
    ranks = 1 + (drawn > drawn[focus]).sum(axis=0)
    first, last = np.quantile(ranks, [0.025, 0.975], method="inverted_cdf")
    return int(first), int(last)


SHARES_OF_COMPLAINTS = ("percent",)
"""Units whose numerator is part of the denominator, so that a Wilson interval applies."""


def interval_of(numerator: float, denominator: float, unit: str, level: float = 0.95) -> tuple[float, float] | None:
    """The interval of an indicator on its own scale (per cent, per 10,000, per 1,000), Wilson's or Poisson's by its unit; None where there is none."""
    if pd.isna(numerator) or pd.isna(denominator) or denominator <= 0 or numerator < 0:
        return None
    if unit in SHARES_OF_COMPLAINTS and numerator <= denominator:
        low, high = wilson(float(numerator), float(denominator), level)
        return 100 * low, 100 * high
    if unit in PER:
        low, high = poisson(float(numerator), level)
        return PER[unit] * low / denominator, PER[unit] * high / denominator
    return None


def with_intervals(indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators with `lower_95` and `upper_95` filled: Wilson's for shares of counted complaints (percentages), Poisson for rates."""
    frame = indicators.copy()
    columns = zip(frame["value"], frame["numerator"], frame["denominator"], frame["unit"], strict=True)
    limits = [None if pd.isna(value) else interval_of(n, d, unit) for value, n, d, unit in columns]
    frame["lower_95"] = pd.Series([x[0] if x else None for x in limits], index=frame.index, dtype=float)
    frame["upper_95"] = pd.Series([x[1] if x else None for x in limits], index=frame.index, dtype=float)
    return frame
