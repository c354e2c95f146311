"""Counts behind shares that are printed without their base."""

from __future__ import annotations

import pytest

from normalise.implied import counts_of


@pytest.mark.parametrize(
    ("share", "totals", "base", "counts", "approximate"),
    [
        (63, {"received": 19}, "", (12, 19, "received"), False),  # 12 of 19 is 63.2%
        (84.2, {"closed": 19, "received": 24}, "", (16, 19, "closed"), False),  # of 24 none comes to 84.2%
        (66.6, {"closed": 3}, "", (2, 3, "closed"), False),  # 66.67 cut off
        (53, {"closed": 265}, "", (140, 265, "closed"), True),  # 139, 140 and 141 of 265 all round to 53% or nearly so
        (63.4, {"received": 106}, "", (67, 106, "received"), True),  # 67 of 106 is 63.2%
        (50, {"closed": 20, "received": 24}, "", (10, 20, "closed"), True),  # both fit
        (50, {"closed": 20, "received": 24}, "received", (12, 24, "received"), False),  # the report says which
        (40, {"received": 10}, "closed", None, None),
        (40, {}, "", None, None),
    ],
)
def test_counts(
    share: float, totals: dict[str, float], base: str, counts: tuple[float, float, str] | None, approximate: bool | None
) -> None:
    found = counts_of(share, totals, base)
    if counts is None:
        assert found is None
        return
    assert found is not None
    assert (found.numerator, found.denominator, found.base) == counts and found.approximate == approximate
    assert f"{share:g}%" in found.caveat(share) and str(int(found.denominator)) in found.caveat(share)
