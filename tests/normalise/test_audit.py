"""What a report contradicts itself in is found, and what only looks so is left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from councilbench.reports import read_report
from councilbench.runs import Run
from extract.statement import Statement
from normalise.audit import COLUMNS, checks
from normalise.audit.figures import stated_twice
from normalise.audit.finding import Report
from normalise.reading.interpreting import Fate

HEAD = "Children's social care: annual complaints report 2023/24\n\n"


def audited(tmp_path: Path, *texts: str, years: tuple[str, ...] = ("2023-24",), sure: bool = True) -> pd.DataFrame:
    """The discrepancies of reports of one council with these texts, a report a year."""
    results = []
    for text, year in zip(texts, years, strict=True):
        path = tmp_path / f"bury-{year}.txt"
        path.write_text(HEAD.replace("2023/24", year.replace("-", "/")) + text, encoding="utf-8")
        result = read_report(path, "Bury", year)
        # What a report holds against itself is the matter here, not how sure the reading of so short a text is.
        rows = [row | {"confidence": 0.95} for row in result.rows] if sure else result.rows
        results.append(replace(result, rows=rows))
    return Run(results).discrepancies


CONTRADICTIONS = {
    "stated_twice": (
        "In 2023/24 we received 57 complaints at stage 1.\n\nThe number of stage 1 complaints received in 2023/24 was 62.",
        57, 62,
    ),
    "table_total": (
        "Complaints received by stage\n\nStage\tNumber\nStage 1\t23\nStage 2\t5\nStage 3\t1\nTotal\t25", 29, 25,
    ),
    "row_total": (
        "Stage 1 outcomes by quarter\n\nOutcome\tQ1\tQ2\tQ3\tQ4\tTotal\nUpheld\t3\t4\t2\t1\t10\nNot upheld\t5\t5\t6\t2\t19\n"
        "Withdrawn\t1\t0\t0\t1\t2", 18, 19,
    ),
    "share": ("At stage 1, 142 of 265 responses (53.4%) were issued within 20 working days in 2023/24.", 53.4, 53.58),
    "change": (
        "Complaints received at stage 1\n\nYear\tReceived\n2022/23\t66\n2023/24\t117\n\nIn 2023/24 we received 117 complaints at stage 1, an increase of 60%.",
        60, 77.27,
    ),
    "flow": (
        "Stage\tCarried over from 2022-23\tReceived\tClosed\tCarried forward to 2024-25\nStage 1\t5\t57\t34\t8\nStage 2\t2\t10\t9\t3",
        62, 42,
    ),
    "escalation": (
        "In 2023/24 we received 60 complaints at stage 1. Five stage 1 complaints went on to stage 2.\n\n"
        "Eight stage 2 complaints were received.", 5, 8,
    ),
    "outcomes_total": (
        "In 2023/24 19 complaints were closed at stage 1, of which seven were upheld, eight were partly upheld and three were not upheld.",
        18, 19,
    ),
    "date": (
        "May 2023\n\nWe received 57 complaints at stage 1 in 2023/24 and 60 complaints at stage 1 in 2022/23.", 2023, 2024,
    ),
}  # fmt: skip


@pytest.mark.parametrize("check", CONTRADICTIONS)
def test_a_contradiction_is_found_with_both_figures(check: str, tmp_path: Path) -> None:
    text, first, second = CONTRADICTIONS[check]
    found = audited(tmp_path, text)
    assert tuple(found.columns) == COLUMNS
    rows = found[found["check"] == check]
    assert [(r["first"], r["second"]) for _, r in rows.iterrows()] == [(first, second)], found.to_dict("records")
    assert (rows["where_first"] != "").all() and (rows["explanation"] != "").all()


NO_CONTRADICTIONS = {
    "rounding": "In 2023/24 stage 1 had 30 outcomes.\n\nOutcome\tNumber\t%\nUpheld\t10\t33%\nPartly upheld\t10\t33%\nNot upheld\t10\t33%\nTotal\t30\t100%",
    "rounded in the summary": "About 54% of stage 1 complaints were answered within 20 working days.\n\n"
    "Of 265 stage 1 responses 142 (53.6%) were within 20 working days.",
    "corporate is no rate": "Complaints received\n\nStage\tReceived\nStage 1 (statutory)\t57\nStage 1 (corporate)\t57\nStage 2 (statutory)\t10\n"
    "Stage 2 (corporate)\t2\nTotal\t126",
    "closed without those outside scope": "Stage\tCarried over from 2022-23\tReceived\tClosed\tOutside scope\tWithdrawn\tCarried forward to 2024-25\n"
    "Stage 1\t5\t57\t34\t14\t6\t8\nStage 2\t2\t10\t9\t0\t0\t3",
    "several themes": "A complaint can have several themes. In 2023/24 we received 20 complaints at stage 1.\n\n"
    "Complaints by theme\n\nTheme\tNumber\nCommunication\t15\nDelay\t12\nStaff attitude\t9",
    "subtotals": "Complaints by theme\n\nTheme\tNumber\nDelay in deciding\t3\nDelay in providing\t4\nTotal delay\t7\nRude staff\t2\nBiased staff\t1\n"
    "Total staff\t3\nGrand total\t10",
    "change that fits": "We received 66 complaints at stage 1 in 2022/23. We received 117 complaints at stage 1 in 2023/24, an increase of 77%.",
}  # fmt: skip


@pytest.mark.parametrize("case", NO_CONTRADICTIONS)
def test_what_only_looks_like_a_contradiction_is_left_alone(case: str, tmp_path: Path) -> None:
    assert audited(tmp_path, NO_CONTRADICTIONS[case], sure=False).to_dict("records") == []


def test_this_years_column_for_last_year_is_held_against_last_years_report(tmp_path: Path) -> None:
    found = audited(
        tmp_path,
        "In 2022/23 we received 66 complaints at stage 1 and eight at stage 2. Nine compliments were received.",
        "In 2023/24 we received 106 complaints at stage 1, compared with 71 in 2022/23. There were 12 compliments.",
        years=("2022-23", "2023-24"),
    )
    rows = found[found["check"] == "last_year"]
    assert rows[["document", "first", "second"]].to_numpy().tolist() == [["bury-2023-24", 66, 71]]


def test_every_check_says_what_to_ask() -> None:
    assert all(c.severity in ("error", "warning") and c.question.endswith("?") for c in checks().values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There were 16 requests to move to stage 2. Five of these were resolved without an investigation.", False),
        ("There were 16 requests to move to stage 2. None of these came from care leavers.", True),
    ],
)
def test_a_difference_that_the_next_sentence_explains_is_no_contradiction(text: str, found: bool) -> None:
    def statement(value: float, sentence: str, group: str, context: tuple[str, ...] = ()) -> Statement:
        return Statement(
            f"{value:g}", value, "number", "sentence", 1, None, sentence, group, sentence=sentence, context=context
        )

    first, second = (s.strip() + "." for s in text.rstrip(".").split(". "))
    later = "In the year, 11 complaints went on to stage 2."
    statements = [
        statement(16, first, "p1.0"),
        statement(5 if "Five" in text else 0, second, "p1.1", (first,)),
        statement(11, later, "p9.0"),
    ]
    common = {
        "document": "report", "authority": "Bury", "authority_code": "E08000002", "la_number": "351", "period": "2023-24", "scope": "children",
        "procedure": "children_statutory", "stage": "stage_2", "measure": "received", "category": "", "label": "", "value_low": None, "value_high": None,
        "value_status": "", "unit": "count", "base": "", "status": "published", "method": "sentence", "page": 1, "bbox": "", "confidence": 0.95,
    }  # fmt: skip
    rows = [common | {"value": float(s.value or 0), "quote": s.sentence} for s in (statements[0], statements[2])]
    fates = [
        Fate(statements[0], "used", "", rows[0]),
        Fate(statements[1], "ignored", ""),
        Fate(statements[2], "used", "", rows[1]),
    ]
    assert bool(list(stated_twice(Report("report", rows, fates)))) == found


def test_a_report_that_withholds_a_figure_is_audited_like_any_other(tmp_path: Path) -> None:
    found = audited(
        tmp_path,
        "Stage\tReceived\tUpheld\nStage 1\t57\t12\nStage 2\t<5\t<5\n\nThe number of stage 1 complaints received in 2023/24 was 62.",
    )
    assert found["check"].tolist() == ["stated_twice"]
