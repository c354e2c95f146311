"""Like with like, silence counted, themes on one list, series cut, small numbers withheld."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from corpus import own_breaks
from corpus.manifest import WorkspaceError
from councilbench.reports import read_report
from councilbench.runs import Run
from normalise.breaks import Break, breaks, segments
from normalise.codes import MEASURES
from normalise.comparability import grid, unlike
from normalise.crosswalk import STANDARD, standard
from normalise.disclosure import suppress
from normalise.ledger import STATES, advice, completeness, items

HEAD = "Children's social care: annual complaints report 2023/24\n\n"


def run_of(tmp_path: Path, text: str, **options: object) -> Run:
    path = tmp_path / "bury-2023-24.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    return Run([read_report(path, "Bury", "2023-24")], **options)  # type: ignore[arg-type]


OUTCOMES = (
    "In 2023/24 we received 40 complaints at stage 1. No complaint was considered at stage 2.\n\n"
    "Outcomes at stage 1\n\nOutcome\tNumber\nUpheld\t3\nPartly upheld\t9\nNot upheld\t24\nWithdrawn\t4\nTotal\t40\n\n"
    "35% of all complaints were upheld or partly upheld.\n\nLearning from complaints led to new leaflets."
)


def test_the_like_for_like_value_stands_beside_the_published_one(tmp_path: Path) -> None:
    gated = run_of(tmp_path, OUTCOMES).comparability
    row = gated[gated["indicator"] == "stage_1_upheld_rate"].iloc[0]
    assert (row["numerator"], row["denominator"], row["denominator_is"]) == (12, 36, "decided")
    assert row["value"] == pytest.approx(100 / 3)
    assert row["state"] == "comparable" or "the council itself publishes" in row["why"]


def test_unlike_values_say_why() -> None:
    a = pd.Series({"procedure": "children_statutory", "unit": "percent", "base": "closed", "period": "2023-24"})
    assert unlike(a, a) == []
    b = pd.Series({"procedure": "corporate", "unit": "percent", "base": "decided", "period": "2022-23"})
    assert len(unlike(a, b)) == 3


def test_the_grid_says_what_was_not_found(tmp_path: Path) -> None:
    run = run_of(tmp_path, OUTCOMES)
    row = grid(run.comparability, run.own).iloc[0]
    assert (row["authority"], row["stage_1_received"], row["stage_1_within_10_days"]) == (
        "Bury",
        "comparable",
        "silent",
    )


def test_the_ledger_tells_kinds_of_silence_apart(tmp_path: Path) -> None:
    frame = run_of(tmp_path, OUTCOMES).ledger
    state = dict(zip(frame["item"], frame["state"], strict=True))
    assert set(state.values()) <= set(STATES)
    assert state["received_stage_1"] == "published"
    assert state["received_stage_2"] == "true zero"
    assert state["outcomes_stage_2"] == "not applicable"
    assert state["learning"] == "in words only"
    assert state["timescale_stage_1_10"] == "not published"
    answered, asked = completeness(frame)["bury-2023-24"]
    assert 0 < answered < asked < len(items())
    said = advice(frame, "bury-2023-24")
    assert any("within 10 working days" in line for line in said)
    assert not any("outcomes of stage 2" in line for line in said)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Delay in providing a service", "delay"),
        ("Staff attitude", "attitude_or_behaviour_of_staff"),
        ("Disagree with Council decision", "unwelcome_or_disputed_decision"),
        ("Poor communication", "quality_or_appropriateness"),
        ("Eligibility criteria", "eligibility_and_assessment_criteria"),
        ("Fruit", "unknown"),
    ],
)
def test_themes_find_their_subject(label: str, code: str) -> None:
    assert code in STANDARD
    assert standard(label) == code


def test_every_standard_subject_finds_itself() -> None:
    assert {standard(name) for code, name in STANDARD.items() if code != "unknown"} == set(STANDARD) - {"unknown"}


def test_shares_of_subjects_count_no_group_twice(tmp_path: Path) -> None:
    text = "We received 30 complaints at stage 1 in 2023/24.\n\nComplaints by theme\n\nTheme\tNumber\nDelay in assessment\t6\nRude social worker\t2\nStaff bias\t2\n"
    themes = run_of(tmp_path, text).themes
    shares = dict(zip(themes["standard"], themes["share"], strict=True))
    assert shares["delay"] == 60
    assert shares["attitude_or_behaviour_of_staff"] == 40


def test_a_series_is_cut_where_its_meaning_changes() -> None:
    found = breaks("outcome", "ombudsman", "children_statutory")
    assert segments(["2020-21", "2021-22", "2022-23", "2023-24"], found) == [
        ["2020-21", "2021-22"],
        ["2022-23", "2023-24"],
    ]
    assert segments(["2020-21", "2021-22"], breaks("received", "stage_1", "children_statutory")) == [
        ["2020-21", "2021-22"]
    ]
    own = [Break("2021-22", "counted by child since")]
    assert segments(["2020-21", "2021-22"], breaks("received", "stage_1", "children_statutory", own=own)) == [
        ["2020-21"],
        ["2021-22"],
    ]


def test_a_council_that_took_over_from_others_begins_a_series() -> None:
    assert [b.from_period for b in breaks("received", "stage_1", "children_statutory", "Cumberland")] == ["2023-24"]
    assert breaks("received", "stage_1", "children_statutory", "Bury") == []


def test_the_first_value_after_a_break_is_marked(tmp_path: Path) -> None:
    text = (
        "In 2023/24 we received 40 complaints at stage 1.\n\nLocal Government and Social Care Ombudsman\n\n"
        "Ombudsman decisions 2021/22 and 2023/24\n\nDecision\t2021/22\t2023/24\nUpheld\t2\t4\nNot upheld\t3\t2\n"
    )
    frame = run_of(tmp_path, text).indicators
    rows = frame[(frame["indicator"] == "ombudsman_upheld_rate") & frame["value"].notna()].set_index("period")
    assert list(rows.index) == ["2021-22", "2023-24"], frame.to_dict("records")
    assert rows.loc["2023-24", "value_status"] == "b"
    assert rows.loc["2021-22", "value_status"] == ""
    assert "2022-23" in rows.loc["2023-24", "caveat"]


def test_small_counts_and_what_gives_them_away_are_withheld(tmp_path: Path) -> None:
    plain = run_of(tmp_path, OUTCOMES)
    safe = suppress(plain.observations, 4)
    outcome = safe[(safe["measure"] == "outcome") & (safe["unit"] == "count") & (safe["stage"] == "stage_1")].set_index(
        "category"
    )
    hidden = outcome[outcome["value"].isna()]
    assert set(hidden["value_status"]) == {"c"}
    small = plain.observations.set_index(["stage", "measure", "category", "unit"])["value"]
    assert {c for c in outcome.index if 0 < small["stage_1", "outcome", c, "count"] < 4} < set(hidden.index), (
        "small parts go, with another"
    )
    assert hidden["value_high"].nunique() == 1, "bounds that differ would tell which part is the small one"
    assert not safe["quote"].str.contains(r"\b3\b").any()
    assert (
        safe.loc[safe["measure"] == "received", "value"].tolist()
        == plain.observations.loc[plain.observations["measure"] == "received", "value"].tolist()
    )


def test_nothing_withheld_can_be_worked_out_from_the_totals(tmp_path: Path) -> None:
    safe = run_of(tmp_path, OUTCOMES, suppress_below=5)
    frame = safe.observations
    for _, group in frame[frame["unit"] == "count"].groupby(["stage", "measure"]):
        assert (group["value"].isna().sum()) != 1 or len(group) == 1
    assert safe.discrepancies.empty  # they would print the numbers


def test_adults_complaints_keep_to_their_own_procedure(tmp_path: Path) -> None:
    path = tmp_path / "bury-adults-2023-24.txt"
    path.write_text(
        "Adult social care: annual complaints report 2023/24\n\nIn 2023/24 we received 61 complaints about adult social care. "
        "Of the 60 complaints closed 20 were upheld, 10 were partly upheld and 30 were not upheld.\n"
    )
    run = Run([read_report(path, "Bury", "2023-24")])
    frame = run.indicators
    assert set(frame["procedure"]) == {"adult_statutory"}
    assert not frame["indicator"].str.contains("stage_2|stage_3|child").any()
    rate = frame[frame["indicator"] == "stage_1_upheld_rate"].iloc[0]
    assert rate["value"] == 50
    assert "without a stage" not in rate["caveat"]


def test_a_councils_own_break_is_read_from_the_workspace_and_marked(tmp_path: Path) -> None:
    (tmp_path / "breaks.csv").write_text(
        "council,measure,from_period,what\nBury Council,received,2023-24,counted by child since\n", encoding="utf-8"
    )
    text = "We received 40 complaints at stage 1 in 2023/24, compared with 30 complaints at stage 1 in 2022/23.\n"
    frame = run_of(tmp_path, text, breaks=own_breaks.read(tmp_path, MEASURES)).indicators
    rows = frame[(frame["indicator"] == "stage_1_received") & frame["value"].notna()].set_index("period")
    assert rows["value_status"].to_dict() == {"2022-23": "", "2023-24": "b"}
    assert "counted by child" in rows.loc["2023-24", "caveat"]


def test_a_break_that_cannot_be_understood_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "breaks.csv").write_text(
        "council,measure,from_period,what\nBury,received,last year,x\n", encoding="utf-8"
    )
    with pytest.raises(WorkspaceError, match="line 2"):
        own_breaks.read(tmp_path, MEASURES)
    (tmp_path / "breaks.csv").write_text(
        "council,measure,from_period,what\nBury,recieved,2023-24,x\n", encoding="utf-8"
    )
    with pytest.raises(WorkspaceError, match="line 2: 'recieved' is no measure"):
        own_breaks.read(tmp_path, MEASURES)


def test_outcomes_of_issues_make_no_rate_of_complaints(tmp_path: Path) -> None:
    text = "In 2023/24, 30 complaints were closed at stage 1.\n\nOutcomes at stage 1\n\nOutcome\tNumber\nUpheld\t20\nPartly upheld\t15\nNot upheld\t25\n"
    frame = run_of(tmp_path, text).indicators
    row = frame[frame["indicator"] == "stage_1_upheld_rate"].iloc[0]
    assert row["comparability"] == "not"
    assert "counted by issue" in row["reason"]


SAME_THING = {
    "stage_1_received": "received_stage_1", "stage_2_received": "received_stage_2", "stage_3_received": "received_stage_3",
    "stage_1_within_10_days": "timescale_stage_1_10", "stage_1_within_20_days": "timescale_stage_1_20", "stage_2_within_25_days": "timescale_stage_2_25",
    "stage_2_within_65_days": "timescale_stage_2_65", "stage_1_upheld_rate": "outcomes_stage_1", "ombudsman_received": "ombudsman_received",
    "compliments": "compliments",
}  # fmt: skip
"""Indicator -> item of the ledger that asks for the same figures."""


def test_what_one_table_calls_published_no_other_calls_missing(samples: Run) -> None:
    states = {(r.document, r.item): r.state for r in samples.ledger.itertuples()}
    compared = 0
    for r in samples.indicators.itertuples():
        if (
            (r.authority, r.period) != samples.own[r.document]
            or r.indicator not in SAME_THING
            or r.procedure == "corporate"
        ):
            continue
        state = states[r.document, SAME_THING[r.indicator]]
        given = r.value == r.value
        assert state in ("published", "true zero", "only as a share") or not given, (r.document, r.indicator, state)
        missing = r.reason.startswith("not found in the report")
        assert not (missing and state in ("published", "true zero")), (r.document, r.indicator, r.reason, state)
        compared += 1
    assert compared > 25
