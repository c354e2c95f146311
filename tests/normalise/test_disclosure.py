"""Suppression: what is small is withheld, and nothing in the dataset gives it away."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from councilbench.runs import Run
from normalise.codes import identity
from normalise.disclosure import redacted, suppress, without_small_counts
from normalise.indicators import compute
from normalise.rows import frame_of

Part = tuple[str, str, str, float, str]


def frame(*parts: Part, **more: Any) -> pd.DataFrame:
    rows = [
        {
            "document": "bury-2023-24", "authority": "Bury", "authority_code": "E08000002", "la_number": "351", "period": "2023-24",
            "scope": "children", "procedure": "children_statutory", "stage": stage, "measure": measure, "category": category, "label": category,
            "value": value, "value_low": None, "value_high": None, "value_status": "", "unit": unit,
            "base": "unknown" if unit == "percent" else "", "status": "published", "method": "table", "page": 1, "bbox": f"{n} 1 2 3",
            "quote": f"{category} | {value:g}", "confidence": 0.97,
        }
        | more
        for n, (measure, category, stage, value, unit) in enumerate(parts)
    ]  # fmt: skip
    return frame_of(rows)


def shown(safe: pd.DataFrame) -> dict[tuple[str, str, str, str], float]:
    there = safe[safe["value"].notna()]
    return {(r["procedure"], r["measure"], r["category"], r["stage"]): r["value"] for r in there.to_dict("records")}


C = "count"


@pytest.mark.parametrize(
    ("parts", "gone"),
    [
        # cumulative bands: the complement of the visible ones is small
        (
            [("closed", "", "stage_1", 30, C), ("response_time", "within_20", "stage_1", 27, C), ("response_time", "within_10", "stage_1", 20, C)],
            ["within_20", "within_10"],
        ),
        # two names for the same parts
        (
            [("outcome", "upheld_or_partially", "stage_1", 10, C), ("outcome", "partially_upheld", "stage_1", 7, C), ("outcome", "upheld", "stage_1", 3, C)],
            ["upheld_or_partially", "partially_upheld", "upheld"],
        ),
        # a share that comes to a small count
        (
            [("closed", "", "stage_1", 25, C), ("outcome", "upheld", "stage_1", 4, "percent"), ("outcome", "not_upheld", "stage_1", 96, "percent")],
            ["upheld", "not_upheld"],
        ),
        # what two small ones come to together
        (
            [("closed", "", "stage_1", 20, C), ("outcome", "not_upheld", "stage_1", 18, C), ("outcome", "upheld", "stage_1", 1, C), ("outcome", "withdrawn", "stage_1", 1, C)],
            ["not_upheld", "upheld", "withdrawn"],
        ),
    ],
)  # fmt: skip
def test_a_breakdown_with_a_small_part_is_withheld_whole(parts: list[Part], gone: list[str]) -> None:
    left = {category for _, _, category, _ in shown(suppress(frame(*parts), 5)) if category}
    assert left.isdisjoint(gone)


def test_the_total_over_the_stages_goes_with_a_small_stage() -> None:
    safe = suppress(
        frame(
            ("received", "", "any", 53, C), ("received", "", "stage_1", 50, C), ("received", "", "stage_2", 3, C),
            ("received", "", "ombudsman", 8, C), ("escalated", "", "stage_1", 12, "percent"),
        ), 5,
    )  # fmt: skip
    assert {(m, s) for _, m, _, s in shown(safe)} == {("received", "stage_1"), ("received", "ombudsman")}


def test_figures_of_all_procedures_go_with_a_small_one() -> None:
    parts = (
        [("received", "", "stage_2", 3, C)],
        [("received", "", "stage_2", 20, C)],
        [("received", "", "stage_2", 23, C)],
    )
    together = pd.concat(
        [frame(*p, procedure=name) for p, name in zip(parts, ("children_statutory", "corporate", "all"), strict=True)],
        ignore_index=True,
    )
    assert {p for p, *_ in shown(suppress(together, 5))} == {"corporate"}


def test_a_later_report_that_looks_back_tells_nothing() -> None:
    small = frame(("outcome", "upheld", "stage_1", 3, C), ("outcome", "not_upheld", "stage_1", 20, C))
    later = frame(("outcome", "not_upheld", "stage_1", 20, C), document="bury-2024-25")
    assert shown(suppress(pd.concat([small, later], ignore_index=True), 5)) == {}


def test_ids_bounds_and_words_tell_nothing(samples: Run) -> None:
    plain = samples.observations
    safe = suppress(plain, 5)
    hidden = safe[(safe["value_status"] == "c") & safe["value"].isna()]
    assert len(hidden) > 40
    for row in hidden.to_dict("records"):
        tried = {
            identity({**row, "value": float(v), "value_high": high})
            for v in range(400)
            for high in ("", None, float("nan"))
        }
        assert row["id"] not in tried
    assert hidden[hidden["unit"] == C].groupby("document")["value_high"].nunique().max() == 1
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


def test_zeros_and_what_recognises_nobody_stay() -> None:
    safe = suppress(
        frame(("received", "", "stage_3", 0, C), ("compliments", "", "any", 2, C), ("received", "", "stage_1", 40, C)),
        5,
    )
    assert len(shown(safe)) == 3


def test_an_indicator_is_not_computed_without_a_part_that_is_withheld() -> None:
    observations = frame(
        ("received", "", "stage_1", 100, C), ("complainant", "child_or_young_person", "stage_1", 20, C),
        ("complainant", "advocate", "stage_1", 3, C), ("complainant", "parent", "stage_1", 77, C),
    )  # fmt: skip
    own = {"bury-2023-24": ("Bury", "2023-24")}
    before = compute(observations, own).set_index("indicator").loc["child_voice_share"]
    after = compute(suppress(observations, 5), own).set_index("indicator").loc["child_voice_share"]
    assert before["value"] == 23
    assert pd.isna(after["value"]) and after["value_status"] == "c"


def test_small_counts_leave_the_caveats() -> None:
    assert redacted("1 of 19 complaints have no outcome given", 5) == "a few complaints have no outcome given"
    assert redacted("12 of 19 complaints have no outcome given", 5).startswith("12 of 19")


def test_the_ledger_quotes_nothing(samples: Run) -> None:
    assert (Run(samples.results, suppress_below=5).ledger["evidence"] == "").all()


def test_a_limit_that_withholds_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below 2"):
        suppress(frame(("received", "", "stage_1", 40, C)), 1)


def test_counts_that_follow_from_a_share_are_withheld_too() -> None:
    rows = pd.DataFrame(
        {
            "unit": ["percent", "percent", "percent", "rate"], "numerator": [3.0, 17.0, 10.0, 4.0], "denominator": [19.0, 19.0, 20.0, 40_000.0],
            "caveat": ["3 of the 19 closed is the only count that its 15.8% can be", "", "", ""], "reason": ["", "", "", ""],
        }
    )  # fmt: skip
    found = without_small_counts(rows, 5)
    assert list(found["numerator"].notna()) == [False, False, True, False]
    assert "3 of" not in found["caveat"][0]
