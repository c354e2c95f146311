"""Counts behind a share that a report prints without its base: implied where one printed total fits, else an approximate total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TOTALS = ("closed", "decided", "received")
"""What a share of complaints may be of, the likelier first."""


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
        total = f"the {self.denominator:g} {self.base}"
        if self.approximate:
            return f"the report does not say what its {share:g}% is of, so the interval takes {total} as its total and is approximate"
        return f"{self.numerator:g} of {total} is the only count that its {share:g}% can be"


def counts_of(share: float, totals: Mapping[str, float], base: str = "") -> Implied | None:
    """The counts behind a published percentage (0 to 100); None where no total is known.

    `totals` are printed totals of the same stage by what they count (TOTALS); `base` is what the report says the share is of. A total fits where one whole
    number of it, and no other, rounds to the share as printed, or comes to it with its decimals cut off. Of one total that fits the counts are implied; where the base is not said and several fit, or none,
    the likeliest total is taken, and the counts are approximate.

    >>> counts_of(63, {"received": 19})
    Implied(numerator=12, denominator=19, base='received', approximate=False)
    """
    named = {name: totals[name] for name in TOTALS if totals.get(name, 0) > 0 and base in ("", "unknown", name)}
    if not named or not 0 <= share <= 100:
        return None
    fitting = {name: count for name, total in named.items() if (count := _only_count(share, total)) is not None}
    if len({(count, named[name]) for name, count in fitting.items()}) == 1:
        name, count = next(iter(fitting.items()))
        return Implied(count, named[name], name, False)
    name, total = next(iter(named.items()))
    return Implied(round(share * total / 100), total, name, True)


def _only_count(share: float, total: float) -> int | None:
    """The one whole number of a total that rounds to the share as printed, or else comes to it with its decimals cut off; None for none or several."""
    step = 10 ** -len(f"{share:.4f}".rstrip("0").partition(".")[2])
    near = range(max(0, int(share * total / 100) - 1), int(share * total / 100) + 3)
    gaps = {k: 100 * k / total - share for k in near if k <= total}
    rounded = [k for k, gap in gaps.items() if abs(gap) <= 0.5 * step + 1e-9]
    cut_off = [k for k, gap in gaps.items() if -1e-9 <= gap < step - 1e-9]
    found = rounded or cut_off
    return found[0] if len(found) == 1 else None
