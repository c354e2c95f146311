"""How often the rule of judgement calls a council different that is not: `python benchmarks/judgements.py [--rounds 2000]`.

Councils are drawn from one distribution, the one in focus among them, so every call is one by chance; at 95% it should be one in twenty. Simulated for
3 to 150 councils with some 15, 60 and 250 complaints each (log-normal), for shares of .2 and .5 and for rates, with and without a spread between
councils, and with a focus council of the others' size or as large as all others together. Beside it the share of reports in which at least one of
eight indicators is called different, firmly or at all, where all councils are alike.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from compare.judging import ENOUGH_FOR_SPREAD, HIGHER, LOWER, expectation, judge, reckoned_together

INDICATORS = 8
CHILDREN = 40_000


@dataclass(frozen=True)
class Setting:
    """What is simulated."""

    councils: int
    share: float | None
    """The councils' share; None for a rate on CHILDREN children."""
    usual: int
    """Complaints of a council, the middle of the distribution."""
    spread: float
    """Standard deviation between councils, as a part of the share or rate."""
    large: bool
    """Whether the focus is as large as all others together."""


def settings() -> Iterator[Setting]:
    for councils in (3, 5, 9, 11, 15, 30, 80, 150):
        for spread in (0.0, 0.25) if councils > ENOUGH_FOR_SPREAD else (0.0,):
            for share in (0.2, 0.5, None):
                for usual in (15, 60, 250):
                    for large in (False, True):
                        yield Setting(councils, share, usual, spread, large)


def called(s: Setting, rounds: int, seed: int = 20_031_649) -> float:
    """How often the focus is called different."""
    generator = np.random.default_rng(seed)
    hits = 0
    for _ in range(rounds):
        counts, denominators = drawn(s, generator)
        others = expectation(list(counts[1:]), list(denominators[1:]), s.share is not None)
        hits += judge(counts[0], denominators[0], others).word in (HIGHER, LOWER)
    return hits / rounds


def drawn(s: Setting, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Counts and denominators, the focus first."""
    size = np.maximum(3, generator.lognormal(np.log(s.usual), 0.6, s.councils)).round()
    if s.large:
        size[0] = size[1:].sum()
    true = np.maximum(generator.normal(1, s.spread, s.councils), 0.02)
    if s.share is None:
        children = size / s.usual * CHILDREN
        return generator.poisson(true * s.usual / CHILDREN * children), children
    return generator.binomial(size.astype(int), np.minimum(true * s.share, 0.98)), size


def reports(councils: int, rounds: int, seed: int = 7) -> tuple[float, float]:
    """The share of reports with at least one call at all, and with at least one firm one, of councils that are all alike."""
    generator = np.random.default_rng(seed)
    any_call = firm = 0
    for _ in range(rounds):
        found = {}
        for n in range(INDICATORS):
            counts, denominators = drawn(Setting(councils, 0.3, 60, 0.0, False), generator)
            found[str(n)] = judge(
                counts[0], denominators[0], expectation(list(counts[1:]), list(denominators[1:]), True)
            )
        told = [j for j in reckoned_together(found).values() if j.word in (HIGHER, LOWER)]
        any_call += bool(told)
        firm += any(j.firm for j in told)
    return any_call / rounds, firm / rounds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=2000)
    rounds = parser.parse_args().rounds
    every: dict[tuple[int, float], list[float]] = {}
    for s in settings():
        every.setdefault((s.councils, s.spread), []).append(called(s, rounds))
    print("councils  spread  called different by chance: mean, least and most of 18 settings")
    for (councils, spread), found in every.items():
        print(f"{councils:8d}  {spread:6.2f}  {np.mean(found):.3f}  {min(found):.3f}  {max(found):.3f}", flush=True)
    print(f"\nreports of {INDICATORS} indicators, all councils alike: at least one call, at least one firm call")
    for councils in (5, 30, 150):
        print("{:8d}  {:.3f}  {:.3f}".format(councils, *reports(councils, rounds)))


if __name__ == "__main__":
    main()
