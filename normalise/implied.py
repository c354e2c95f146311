"""Counts behind a share that a report prints without its base: implied where one printed total fits, else an approximate total."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

WORDS = {"closed": "closed", "decided": "decided", "received": "received"}
"""Totals that a share of complaints may be of, the likelier first, as they are said."""


@dataclass(frozen=True)
class Implied:
    """The counts that a share stands for."""

    numerator: float
    denominator: float
    base: str
    """Of which total: `closed`, `decided` or `received`."""
    approximate: bool
    """True where the total is only a likely one."""

    def caveat(self, share: float) -> str:
        """How the counts were found, for who reads the value."""
        total = f"the {self.denominator:g} {WORDS[self.base]}"
        if self.approximate:
            return f"the report does not say what its {share:g}% is of, so the interval takes {total} as its total and is approximate"
        return f"{self.numerator:g} of {total} is the only count that its {share:g}% can be"


def counts_of(share: float, totals: Mapping[str, float], base: str = "") -> Implied | None:
    """The counts behind a published percentage (0 to 100); None where no total is known.

    `totals` are printed totals of the same stage by what they count (WORDS); `base` is what the report says the share is of. A total fits where some whole
    number of it rounds to the share as printed. Of one total that fits the counts are implied; where the base is not said and several fit, or none,
    the likeliest total is taken, and the counts are approximate.

    >>> counts_of(63, {"received": 19})
    Implied(numerator=12, denominator=19, base='received', approximate=False)
    """
    named = {name: totals[name] for name in WORDS if totals.get(name, 0) > 0 and base in ("", "unknown", name)}
    if not named or not 0 <= share <= 100:
        return None
    fitting = [name for name, total in named.items() if _fits(share, total)]
    alone = len({named[name] for name in fitting}) == 1
    chosen = fitting[0] if alone else next(iter(named))
    total = named[chosen]
    whole = share * total / 100
    nearest = round(whole)
    cut_off = alone and not _rounds(share, nearest, total)
    return Implied(math.ceil(whole) if cut_off else nearest, total, chosen, not alone)


def _fits(share: float, total: float) -> bool:
    """True where some whole number of the total rounds to the share as printed, or comes to it with its further decimals cut off."""
    cut_off = 100 * math.ceil(share * total / 100 - 1e-9) / total - share
    return _rounds(share, round(share * total / 100), total) or 0 <= cut_off < _step(share) - 1e-9


def _rounds(share: float, count: float, total: float) -> bool:
    return abs(100 * count / total - share) <= 0.5 * _step(share) + 1e-9


def _step(share: float) -> float:
    """The last printed decimal of a share: 1 for 63, .1 for 63.4."""
    return float(10 ** -len(f"{share:.4f}".rstrip("0").partition(".")[2]))
