"""Suppression: what is small is withheld, nothing in the release gives it away, and little else goes."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from councilbench.runs import Run
from normalise.codes import identity
from normalise.disclosure import audit, suppress
from normalise.indicators import compute
from normalise.ledger import Report, ledger
from normalise.rows import records
from tests.normalise.attacker import recovered
from tests.normalise.releases import drawn, release

Figure = tuple[Any, ...]


def figures(*parts: Figure) -> pd.DataFrame:
    """Observations of one council: measure, category, stage, value, and what else differs ("percent", a base, a procedure, a period)."""
    return release(
        *(
            dict(zip(("measure", "category", "stage", "value"), p[:4], strict=True)) | (p[4] if len(p) > 4 else {})
            for p in parts
        )
    )


def in_print(safe: pd.DataFrame) -> list[bool]:
    return list(safe["value"].notna())


def share(base: str = "unknown") -> dict[str, str]:
    return {"unit": "percent", "base": base}


STATUTORY, CORPORATE, ALL = ({"procedure": p} for p in ("children_statutory", "corporate", "all"))
ATTACKS: dict[str, tuple[list[Figure], list[list[int]], int]] = {
    "any stage minus a stage": (
        [("outcome", "upheld", "any", 53), ("outcome", "upheld", "stage_1", 50), ("outcome", "upheld", "stage_2", 3)], [[0, 1], [2]], 2,
    ),
    "any stage minus the only stage in print": ([("received", "", "any", 53), ("received", "", "stage_1", 50)], [[0, 1]], 1),
    "year minus quarters": (
        [("received", "", "stage_1", 50), *(("received", "", "stage_1", n, {"period": f"2023-24 Q{q}"}) for q, n in enumerate((18, 20, 10, 2), 1))],
        [[0, 1, 2, 3], [4]], 2,
    ),
    "year minus the quarters in print": (
        [("received", "", "stage_1", 50), *(("received", "", "stage_1", n, {"period": f"2023-24 Q{q}"}) for q, n in enumerate((18, 20, 10), 1))],
        [[0, 1, 2, 3]], 1,
    ),
    "a share of the investigations, which are withheld": (
        [("received", "", "ombudsman", 10), ("investigated", "", "ombudsman", 3), ("outcome", "upheld", "ombudsman", 67, share())], [[1], [2]], 2,
    ),
    "a share with a known total": ([("closed", "", "stage_1", 25), ("outcome", "inconclusive", "stage_1", 12, share("closed")), ("received", "", "stage_1", 60)], [[1]], 1),
    "what a share leaves of a known total": ([("closed", "", "stage_1", 25), ("outcome", "upheld", "stage_1", 88, share("closed"))], [[1]], 1),
    "closed minus upheld": ([("closed", "", "stage_1", 30), ("outcome", "upheld", "stage_1", 27)], [[0, 1]], 1),
    "received minus parents": ([("received", "", "stage_1", 50), ("complainant", "parent", "stage_1", 47)], [[0, 1]], 1),
    "closed minus what is not upheld, as shares": (
        [("closed", "", "stage_1", 40), ("outcome", "not_upheld", "stage_1", 95, share("closed")), ("outcome", "upheld", "stage_1", 5, share("closed"))],
        [[1], [2]], 2,
    ),
    "what took longer than the cumulative bands say": (
        [("closed", "", "stage_1", 30), ("response_time", "within_20", "stage_1", 27), ("response_time", "within_10", "stage_1", 20)], [[0, 1]], 1,
    ),
    "between two cumulative bands": (
        [("closed", "", "stage_1", 60), ("response_time", "within_20", "stage_1", 43), ("response_time", "within_10", "stage_1", 40)], [[1, 2]], 1,
    ),
    "two names for the same parts": (
        [("outcome", "upheld_or_partially", "stage_1", 10), ("outcome", "partially_upheld", "stage_1", 7), ("outcome", "upheld", "stage_1", 3)], [[0, 1], [2]], 2,
    ),
    "two small ones together, neither of them nought": (
        [("closed", "", "stage_1", 20), ("outcome", "not_upheld", "stage_1", 18), ("outcome", "upheld", "stage_1", 1), ("outcome", "withdrawn", "stage_1", 1)],
        [[0, 1], [2], [3]], 3,
    ),
    "all procedures minus one": (
        [("received", "", "stage_2", 3, STATUTORY), ("received", "", "stage_2", 20, CORPORATE), ("received", "", "stage_2", 23, ALL)], [[0], [1, 2]], 2,
    ),
    "what the next stage received": ([("escalated", "", "stage_1", 3), ("received", "", "stage_2", 3), ("received", "", "stage_1", 50)], [[0], [1]], 2),
    "a share of stage 1 that went on": ([("received", "", "stage_1", 50), ("escalated", "", "stage_1", 6, share("received"))], [[1]], 1),
    "complaints as a share of referrals": (
        [("received", "", "stage_1", 3), ("context", "referrals", "any", 1500), ("context", "complaints_to_referrals", "any", 0.2, share("referrals"))], [[0], [2]], 2,
    ),
    "open at the start and received minus closed": (
        [("brought_forward", "", "stage_1", 6), ("received", "", "stage_1", 40), ("closed", "", "stage_1", 43), ("carried_forward", "", "stage_1", 3)],
        [[0, 1, 2], [3]], 2,
    ),
    "a later report that looks back": (
        [("outcome", "upheld", "stage_1", 3), ("closed", "", "stage_1", 23), ("outcome", "not_upheld", "stage_1", 20), ("outcome", "not_upheld", "stage_1", 20, {"document": "later"})],
        [[0], [1, 2], [1, 3]], 2,
    ),
    "a later report that gives other figures": (
        [("outcome", "upheld", "stage_1", 3), ("closed", "", "stage_1", 23), ("outcome", "not_upheld", "stage_1", 20),
         *(("outcome", c, "stage_1", n, {"document": "later"}) for c, n in (("upheld", 4), ("not_upheld", 22))), ("closed", "", "stage_1", 26, {"document": "later"})],
        [[0], [3], [1, 2], [4, 5]], 4,
    ),
    "upheld by team minus the others": (
        [("outcome", "upheld", "stage_1", 30), ("service_upheld", "north", "stage_1", 28), ("service_upheld", "south", "stage_1", 2)], [[0, 1], [2]], 2,
    ),
}  # fmt: skip
"""Figures, the sets of rows that must not all stay in print, and how many may go at most."""


@pytest.mark.parametrize("name", ATTACKS)
def test_what_an_attacker_subtracts_or_multiplies_is_not_all_in_print(name: str) -> None:
    parts, together, most = ATTACKS[name]
    safe = suppress(figures(*parts), 5)
    shown = in_print(safe)
    assert not [rows for rows in together if all(shown[n] for n in rows)]
    assert shown.count(False) <= most
    assert audit(safe, figures(*parts), 5) == []


@pytest.mark.parametrize(("seeds", "below"), [(range(8), 5), (range(40, 42), 10), (range(43, 45), 3)])
def test_no_withheld_count_of_made_up_reports_can_be_told_to_be_small(seeds: range, below: int) -> None:
    tried = 0
    for seed in seeds:
        truth = drawn(seed)
        attacked, lost = recovered(suppress(truth, below), truth, below)
        tried += attacked
        assert lost == [], f"made-up reports {seed}"
    assert tried > 10 * len(seeds)


def test_the_audit_tells_what_a_release_gives_away() -> None:
    truth = figures(("received", "", "any", 53), ("received", "", "stage_1", 50), ("received", "", "stage_2", 3))
    careless = truth.assign(
        value=[53, 50, None], value_low=[None, None, 1], value_high=[None, None, 1000], value_status=["", "", "c"]
    )
    (found,) = audit(careless, truth, 5)
    assert (found.truth, found.low, found.high, found.in_print) == (3, 3, 3, False)
    assert [r.in_print for r in audit(truth, truth, 5)] == [True]
    with pytest.raises(ValueError, match="a row for each"):
        audit(truth.iloc[:2], truth, 5)


def test_the_audit_counts_what_is_printed_beside_the_observations() -> None:
    truth = figures(("received", "", "stage_1", 50), ("outcome", "upheld", "ombudsman", 3))
    safe = suppress(truth, 5)
    beside = pd.DataFrame({
        "authority": ["Bury"], "period": ["2023-24"], "procedure": ["children_statutory"], "indicator": ["stage_1_upheld_rate"], "unit": ["percent"],
        "value": [15.8], "numerator": [3.0], "denominator": [19.0], "inputs": [safe["id"].iloc[1]],
    })  # fmt: skip
    assert len(audit(safe, truth, 5, [beside])) == 2, "the count that it names, and the one that it prints"
    assert audit(safe, truth, 5, [beside.assign(value=None, numerator=None)]) == []


def test_a_release_of_the_samples_is_proved_with_its_tables(samples: Run) -> None:
    safe = Run(samples.results, suppress_below=5)
    assert audit(safe.observations, samples.observations, 5, [safe.indicators, safe.ledger]) == []
    gone = safe.observations["value"].isna() & samples.observations["value"].notna()
    small = samples.observations["value"].between(1, 4)
    assert gone.sum() < 1.6 * small.sum(), "little goes with what is small"


def test_where_the_solver_gives_up_more_is_withheld_not_less(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = drawn(7)
    with monkeypatch.context() as without:
        without.setattr("normalise.disclosure.worlds._Problem.solved", lambda self: SimpleNamespace(x=None, status=1))
        safe = suppress(truth, 5)
    assert safe["value"].isna().sum() > suppress(truth, 5)["value"].isna().sum()
    assert safe.loc[truth["value"] == 0, "value"].notna().all()
    assert audit(safe, truth, 5) == []


def test_one_small_count_takes_few_with_it() -> None:
    truth = drawn(3)
    truth = truth[~truth["value"].between(1, 4) & (truth["unit"] == "count") & (truth["period"] == "2020-21")]
    extra = figures(("complainant", "solicitor", "stage_1", 2, {"period": "2020-21", "document": "bury-2020-21"}))
    together = pd.concat([truth, extra], ignore_index=True)
    alone = (~pd.Series(in_print(suppress(truth, 5)))).sum()
    assert (~pd.Series(in_print(suppress(together, 5)))).sum() <= alone + 3


def test_zeros_and_what_recognises_nobody_stay() -> None:
    safe = suppress(
        figures(
            ("received", "", "stage_3", 0), ("compliments", "", "any", 2), ("received", "", "stage_1", 40), ("outcome", "upheld", "stage_3", 0, share()),
        ), 5,
    )  # fmt: skip
    assert all(in_print(safe))
    truth = drawn(2)
    zeros = truth["value"] == 0
    assert zeros.sum() > 3 and suppress(truth, 5).loc[zeros, "value"].notna().all()


def test_ids_bounds_and_words_tell_nothing(samples: Run) -> None:
    plain = samples.observations
    safe = suppress(plain, 5)
    hidden = safe[(safe["value_status"] == "c") & safe["value"].isna() & plain["value"].notna()]
    assert len(hidden) > 40
    for row in hidden.to_dict("records"):
        tried = {
            identity({**row, "value": float(v), "value_high": high})
            for v in range(400)
            for high in ("", None, float("nan"))
        }
        assert row["id"] not in tried
    assert hidden.groupby("unit")["value_high"].nunique().max() == 1
    assert safe["id"].is_unique
    telford = safe[safe["document"].str.startswith("telford")]
    for row in telford[telford["value"].notna()].to_dict("records"):
        numbers = {
            n.rstrip(".,")
            for n in re.findall(
                r"\d[\d.,]*",
                re.sub(r"(?i)(stage|within) \d+|\d+ working days|\b20\d\d(?:[/-]\d\d)?\b", "", row["quote"]),
            )
        }
        assert numbers <= {f"{row['value']:g}"}, row["quote"]


def test_an_indicator_is_not_computed_without_a_part_that_is_withheld() -> None:
    observations = figures(
        ("received", "", "stage_1", 100), ("complainant", "child_or_young_person", "stage_1", 20), ("complainant", "advocate", "stage_1", 3),
        ("complainant", "parent", "stage_1", 77),
    )  # fmt: skip
    own = {"bury-2023-24": ("Bury", "2023-24")}
    before = compute(observations, own).set_index("indicator").loc["child_voice_share"]
    after = compute(suppress(observations, 5), own).set_index("indicator").loc["child_voice_share"]
    assert before["value"] == 23
    assert pd.isna(after["value"]) and after["value_status"] == "c"


def test_indicators_of_a_release_are_withheld_or_what_they_were() -> None:
    for seed in range(600, 602):
        truth = drawn(seed)
        own = {d: ("Bury", d.removeprefix("bury-")) for d in set(truth["document"])}
        key = ["document", "authority", "period", "procedure", "indicator"]
        both = compute(truth, own).merge(compute(suppress(truth, 5), own), on=key, suffixes=("", "_released"))
        given = both[both["value_released"].notna()]
        assert len(given) > 5
        assert (given["value"] - given["value_released"]).abs().max() <= 0.5, (
            "a published share may take the place of its counts"
        )


def test_bands_are_not_taken_for_cumulative_where_one_is_withheld() -> None:
    """Within 10, within 20 and over 20 days that add up to all exclude one another, which the two that stay in print do not show."""
    observations = figures(
        ("closed", "", "stage_1", 30), ("response_time", "within_10", "stage_1", 8), ("response_time", "within_20", "stage_1", 20),
        ("response_time", "over_20", "stage_1", 2),
    )  # fmt: skip
    own = {"bury-2023-24": ("Bury", "2023-24")}
    assert compute(observations, own).set_index("indicator").loc["stage_1_within_20_days", "numerator"] == 28
    after = compute(suppress(observations, 5), own).set_index("indicator").loc["stage_1_within_20_days"]
    assert pd.isna(after["value"]) and after["value_status"] == "c"


def test_the_ledger_takes_no_nought_for_all_where_the_rest_is_withheld() -> None:
    truth = figures(("outcome", "upheld", "stage_2", 0), ("outcome", "not_upheld", "stage_2", 2))
    rows = records(suppress(truth, 5))
    found = ledger([Report("bury-2023-24", "Bury", "2023-24", rows, "")]).set_index("item")
    states = set(found.loc[found["value"].notna() | (found["state"] == "suppressed"), "state"])
    assert states == {"suppressed"}


def test_the_ledger_quotes_nothing(samples: Run) -> None:
    assert (Run(samples.results, suppress_below=5).ledger["evidence"] == "").all()


def test_a_limit_that_withholds_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below 2"):
        suppress(figures(("received", "", "stage_1", 40)), 1)


def test_the_solver_writes_nothing_of_its_own(capfd: pytest.CaptureFixture[str], samples: Run) -> None:
    suppress(samples.observations, 5)
    assert capfd.readouterr().out == ""
