"""Indicators against values worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from compare.statistics import wilson, with_intervals
from councilbench.runs import Run
from normalise.indicators import COLUMNS, KINDS, compute, definitions
from normalise.rows import frame_of


def observation(
    measure: str,
    value: float,
    category: str = "",
    stage: str = "stage_1",
    unit: str = "count",
    base: str = "",
    **more: object,
) -> dict[str, object]:
    row: dict[str, object] = {
        "document": "bury-2023-24", "authority": "Bury", "authority_code": "E08000002", "la_number": "351", "period": "2023-24", "scope": "children",
        "procedure": "children_statutory", "stage": stage, "measure": measure, "category": category, "label": "", "value": value, "value_low": None,
        "value_high": None, "value_status": "", "unit": unit, "base": base, "status": "published", "method": "table", "page": 1, "bbox": "", "quote": "",
        "confidence": 0.95,
    }  # fmt: skip
    return {**row, **more}


def indicators(*rows: dict[str, object]) -> pd.DataFrame:
    frame = compute(frame_of(list(rows)), {"bury-2023-24": ("Bury", "2023-24")})
    assert tuple(frame.columns) == COLUMNS
    return with_intervals(frame).set_index("indicator")


def test_upheld_rate_is_of_decided_complaints() -> None:
    found = indicators(
        observation("outcome", 10, "upheld"), observation("outcome", 5, "partially_upheld"), observation("outcome", 20, "not_upheld"),
        observation("outcome", 5, "inconclusive"), observation("outcome", 7, "withdrawn"), observation("outcome", 3, "outstanding"),
    ).loc["stage_1_upheld_rate"]  # fmt: skip
    assert (found["value"], found["numerator"], found["denominator"], found["base"]) == (37.5, 15, 40, "decided")
    assert (found["status"], found["comparability"]) == ("derived", "comparable")
    assert len(found["inputs"].split()) == 4
    assert (round(found["lower_95"], 2), round(found["upper_95"], 2)) == tuple(
        round(100 * x, 2) for x in wilson(15, 40)
    )


def test_a_share_of_received_complaints_is_not_compared_with_shares_of_decided_ones() -> None:
    found = indicators(observation("outcome", 35, "upheld_or_partially", unit="percent", base="received")).loc[
        "stage_1_upheld_rate"
    ]
    assert found["comparability"] == "not"
    assert "share of received" in found["reason"]


def test_two_outcomes_that_leave_many_unaccounted_are_no_denominator() -> None:
    found = indicators(
        observation("outcome", 10, "upheld"), observation("outcome", 10, "not_upheld"), observation("closed", 40)
    ).loc["stage_1_upheld_rate"]
    assert found["comparability"] == "not" and "20 of 40" in found["reason"]


def test_within_20_days_from_exclusive_bands() -> None:
    found = indicators(
        observation("response_time", 5, "within_10"),
        observation("response_time", 14, "11_to_20"),
        observation("response_time", 15, "over_20"),
    )
    assert found.loc["stage_1_within_20_days", "value"] == pytest.approx(100 * 19 / 34)
    assert found.loc["stage_1_within_10_days", "value"] == pytest.approx(100 * 5 / 34)


def test_bands_that_do_not_meet_give_nothing() -> None:
    found = indicators(observation("response_time", 9, "within_15"), observation("closed", 10))
    assert found.loc["stage_1_within_20_days", "comparability"] == "not"


def test_escalation_is_next_stage_over_this_stage() -> None:
    found = indicators(observation("received", 40), observation("received", 6, stage="stage_2")).loc[
        "escalation_rate_1_to_2"
    ]
    assert (found["value"], found["numerator"], found["denominator"]) == (15, 6, 40)


def test_two_values_of_one_thing_are_said() -> None:
    found = indicators(observation("received", 40), observation("received", 42, confidence=0.8)).loc["stage_1_received"]
    assert (found["value"], found["comparability"]) == (40, "caveat")
    assert found["caveat"] == "also read in the report: 42 (page 1), so please check"


def test_procedures_together_carry_a_caveat_and_part_years_give_nothing() -> None:
    found = indicators(observation("received", 40, procedure="all"), observation("received", 9, period="2023-24 Q1"))
    assert found.loc["stage_1_received", "caveat"] == "covers several complaints procedures together"
    assert list(found["period"].unique()) == ["2023-24"]


def test_silence_of_the_report_is_a_row_with_a_reason() -> None:
    found = indicators(observation("received", 40))
    assert set(found.index) == {d.indicator for d in definitions()}
    silent = found.loc["stage_1_upheld_rate"]
    assert (silent["value_status"], silent["comparability"]) == ("x", "not")
    assert silent["reason"] == "not found in the report: the outcomes of complaints"


def test_at_most_one_row_a_key_can_be_compared(samples: Run) -> None:
    frame = samples.indicators
    usable = frame[frame["comparability"] != "not"]
    assert not usable.duplicated(["document", "authority", "period", "procedure", "indicator"]).any()
    ids = set(samples.observations["id"])
    assert all(i in ids for inputs in frame["inputs"] for i in inputs.split())


def test_every_kind_is_used_and_every_indicator_has_a_kind() -> None:
    assert {d.kind for d in definitions()} == set(KINDS)


def test_an_upheld_rate_without_the_partly_upheld_is_not_compared() -> None:
    outcomes = [observation("outcome", 10, "upheld"), observation("outcome", 25, "not_upheld")]
    assert indicators(*outcomes).loc["stage_1_upheld_rate", "comparability"] == "not"
    assert indicators(*outcomes, observation("received", 50)).loc["stage_1_upheld_rate", "comparability"] == "not"
    assert indicators(*outcomes, observation("closed", 35)).loc["stage_1_upheld_rate", "value"] == pytest.approx(
        1000 / 35
    )


def test_one_number_for_children_and_advocates_is_never_added_to_the_two() -> None:
    rows = [observation("received", 23), observation("complainant", 2, "child_or_young_person")]
    apart = indicators(
        *rows, observation("complainant", 7, "advocate"), observation("complainant", 7, "child_or_advocate")
    ).loc["child_voice_share"]
    assert (apart["numerator"], apart["denominator"]) == (9, 23)
    assert "advocates are counted with them" in apart["caveat"]
    assert "advocates are not given apart" in indicators(*rows).loc["child_voice_share", "caveat"]


@pytest.mark.parametrize(
    ("method", "said"), [("review", "corrected by the council"), ("supplied", "given by the council")]
)
def test_what_a_council_said_instead_of_its_report_carries_the_caveat(method: str, said: str) -> None:
    found = indicators(observation("received", 40, method=method)).loc["stage_1_received"]
    assert found["comparability"] == "caveat" and said in found["caveat"]


def test_a_doubtful_reading_carries_the_caveat() -> None:
    assert "please check" in indicators(observation("received", 40, confidence=0.78)).loc["stage_1_received", "caveat"]


def test_what_is_withheld_is_not_said_to_be_missing() -> None:
    held = observation("received", 0, stage="stage_3") | {
        "value": None,
        "value_low": 1.0,
        "value_high": 4.0,
        "value_status": "c",
    }
    found = indicators(observation("received", 40), held).loc["stage_3_received"]
    assert (found["value_status"], found["reason"]) == ("c", "withheld, because a number in it is small")


def test_fees_are_not_shared_out_over_the_investigations_of_several_procedures() -> None:
    rows = [
        observation("cost", 9_000, "investigating_officer", "stage_2", "gbp"), observation("cost", 1_000, "independent_person", "stage_2", "gbp"),
        observation("received", 10, stage="stage_2"),
    ]  # fmt: skip
    assert indicators(*rows).loc["cost_per_stage_2_investigation", "value"] == 1_000
    together = indicators(*[row | {"procedure": "all"} for row in rows]).loc["cost_per_stage_2_investigation"]
    assert together["comparability"] == "not" and "several procedures" in together["reason"]


def test_a_published_share_of_children_stands_where_no_count_does() -> None:
    found = indicators(
        observation("received", 27),
        observation("complainant", 4, "child_or_young_person", unit="percent", base="received"),
    ).loc["child_voice_share"]
    assert (found["value"], found["status"]) == (4, "published")
    assert pd.isna(found["lower_95"])


def test_no_upheld_rate_without_the_upheld_ones() -> None:
    found = indicators(observation("outcome", 30, "partially_upheld"), observation("outcome", 33, "not_upheld")).loc[
        "stage_1_upheld_rate"
    ]
    assert found["comparability"] == "not" and pd.isna(found["value"])
    assert found["reason"] == "not found in the report: upheld complaints, or how many were closed"


def test_those_turned_away_are_no_outcome_of_what_was_closed() -> None:
    found = indicators(
        observation("outcome", 60, "upheld"), observation("outcome", 40, "partially_upheld"), observation("outcome", 70, "not_upheld"),
        observation("outcome", 31, "outside_scope"), observation("closed", 170),
    ).loc["stage_1_upheld_rate"]  # fmt: skip
    assert (found["numerator"], found["denominator"]) == (100, 170)


def test_a_share_is_not_set_on_a_total_of_other_stages() -> None:
    shares = [
        observation("outcome", value, category, unit="percent", base="unknown")
        for value, category in ((30, "upheld"), (23, "partially_upheld"), (47, "not_upheld"))
    ]
    found = indicators(*shares, observation("closed", 301, stage="any")).loc["stage_1_upheld_rate"]
    assert found["value"] == 53 and pd.isna(found["denominator"])
    assert indicators(*shares, observation("closed", 280)).loc["stage_1_upheld_rate", "denominator"] == 280


def test_a_doubtful_share_is_not_quoted_as_the_councils() -> None:
    share = observation("escalated", 8, unit="percent", base="received", confidence=0.6)
    alone = indicators(share, observation("received", 200))
    assert alone.loc["escalation_rate_1_to_2", "comparability"] == "not"
    counted = indicators(share, observation("received", 200), observation("received", 10, stage="stage_2"))
    assert (
        counted.loc["escalation_rate_1_to_2", "value"] == 5
        and "publishes" not in counted.loc["escalation_rate_1_to_2", "caveat"]
    )


def test_those_that_went_on_stand_for_the_next_stage() -> None:
    found = indicators(observation("received", 100), observation("escalated", 5))
    assert found.loc["escalation_rate_1_to_2", "value"] == 5
    assert "went on from the stage before" in found.loc["stage_2_received", "caveat"]


def test_what_is_lacking_is_named_and_what_was_read_is_not_called_missing() -> None:
    found = indicators(observation("received", 100), observation("response_time", 60, "within_20"))
    assert found.loc["escalation_rate_1_to_2", "reason"] == "not found in the report: complaints received at stage 2"
    assert found.loc["stage_1_within_20_days", "reason"] == (
        "not found in the report: how many were closed; 60 were answered within 20 working days"
    )
