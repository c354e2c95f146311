"""The rule of judgement: its values by hand, its limits, and that the words and the funnel say the same."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import betabinom, nbinom

from compare.judging import Judgement, expectation, judge, reckoned_together, spread_of


def test_the_p_value_is_the_mid_p_of_a_beta_binomial() -> None:
    """Ten of 57 and 5 of 27: one council more of 23 has Beta(15.5, 69.5) behind it."""
    others = expectation([10, 5], [57, 27], share=True)
    law = betabinom(23, 15.5, 69.5)
    assert others.p_value(9, 23) == pytest.approx(2 * (law.sf(9) + law.pmf(9) / 2), abs=1e-9)
    assert others.p_value(1, 23) == pytest.approx(2 * (law.cdf(0) + law.pmf(1) / 2), abs=1e-9)


def test_for_rates_it_is_that_of_a_negative_binomial() -> None:
    others = expectation([90, 110], [30_000, 50_000], share=False)
    law = nbinom(200.5, 80_000 / (80_000 + 40_000))
    assert others.p_value(130, 40_000) == pytest.approx(2 * (law.sf(130) + law.pmf(130) / 2), rel=1e-6)


@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("councils", [2, 14])
def test_a_council_lies_outside_the_limits_exactly_where_it_is_called_different(share: bool, councils: int) -> None:
    generator = np.random.default_rng(councils)
    totals = generator.integers(30, 200, councils) * (1 if share else 500)
    true = np.clip(generator.normal(0.35, 0.1, councils), 0.05, 0.9) / (1 if share else 500)
    counts = generator.poisson(true * totals) if not share else generator.binomial(totals, true)
    others = expectation(list(counts), list(totals), share)
    denominator = 40 if share else 20_000
    low, high = others.limits(denominator)
    called = []
    for count in range(41):
        found = judge(count, denominator, others)
        outside = not low <= count / denominator <= high
        assert outside == (found.word in ("higher", "lower")), count
        called.append(found.word)
    assert {"higher", "lower", "no clear difference"} == set(called)


def test_few_complaints_cannot_be_told_apart_and_the_limits_say_so() -> None:
    others = expectation([10, 8], [20, 16], share=True)
    found = judge(2, 2, others)
    assert found.word == "no clear difference" and found.told_apart == (0.0, 1.0)


def test_a_focus_that_is_most_of_its_group_can_be_called() -> None:
    assert judge(900, 3000, expectation([30, 40], [50, 70], share=True)).word == "lower"


def test_better_and_worse_are_said_with_a_direction_only() -> None:
    others = expectation([30, 40], [100, 100], share=True)
    assert judge(80, 100, others, "higher").text() == "higher (better)"
    assert judge(80, 100, others, "lower").text() == "higher (worse)"
    assert judge(80, 100, others).text() == "higher"


def test_chance_alone_is_no_spread() -> None:
    generator = np.random.default_rng(1)
    totals = generator.integers(40, 400, 120)
    found = spread_of(list(generator.binomial(totals, 0.3)), list(totals), share=True)
    assert 0.8 < found.phi < 1.2 and found.tau2 < 0.0005 and found.known


def test_a_spread_between_councils_is_found_and_widens_the_limits() -> None:
    generator = np.random.default_rng(2)
    totals = generator.integers(100, 400, 150)
    true = np.clip(generator.normal(0.4, 0.1, 150), 0.02, 0.98)
    others = expectation(list(generator.binomial(totals, true)), list(totals), share=True)
    assert 0.08 < others.spread.tau2**0.5 < 0.12
    assert others.limits(300)[0] < 0.4 - 1.9 * 0.1


def test_tau_squared_by_hand() -> None:
    """Ten councils at .65 and .35 of 100: Q = 10 * .15² / .0025 = 90, tau² = (90 - 9) / (10w - w) = 9 / w."""
    found = spread_of([65, 35] * 5, [100] * 10, share=True)
    assert found.phi == pytest.approx(10.0) and found.tau2 == pytest.approx(9 * 0.0025)


def test_under_ten_others_the_spread_does_not_count() -> None:
    found = spread_of([10, 90, 20, 80], [100] * 4, share=True)
    assert found.tau2 == 0.0 and not found.known and found.phi > 1


def test_several_looks_are_reckoned_with() -> None:
    looks = {name: Judgement("higher", p_value=p) for name, p in (("a", 0.001), ("b", 0.02), ("c", 0.04))}
    alike = {name: Judgement("no clear difference", p_value=0.5) for name in "defgh"}
    found = reckoned_together(looks | alike | {"x": Judgement("not compared")})
    assert [found[n].text() for n in "abc"] == ["higher", "perhaps higher", "perhaps higher"]
    assert found["x"].text() == "not compared"
