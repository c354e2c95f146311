"""Corrections: what a copy of the workbook changes, and the dataset with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from compare import workbook
from compare.groups import Comparison
from corpus import corrections as kept
from corpus.corrections import Correction
from corpus.manifest import WorkspaceError
from extract.model import UnreadableError
from normalise.corrections import HEADS, SHEET, changes, corrected, read_sheet
from normalise.observations import failures


@pytest.fixture(scope="module", name="comparison")
def of_two(comparison: Comparison) -> Comparison:
    """The comparison with Bury's figures and some of Birmingham's: a copy is opened and saved in nearly every test."""
    figures = comparison.observations
    others = figures[figures["authority"] == "Birmingham"].index[:9]
    kept = (figures["authority"] == "Bury") | figures.index.isin(others)
    return replace(comparison, observations=figures[kept].reset_index(drop=True))


@pytest.fixture(scope="module")
def whole(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook as it is sent."""
    out = tmp_path_factory.mktemp("sent") / "whole.xlsx"
    workbook.write(out, comparison)
    return out


@pytest.fixture(scope="module")
def sent(whole: Path) -> Path:
    """The same with the one sheet that is read back, because opening and saving the others takes most of the time."""
    book = load_workbook(whole)
    for name in book.sheetnames:
        if name != SHEET:
            del book[name]
    out = whole.with_name("sent.xlsx")
    book.save(out)
    return out


def edited(sent: Path, out: Path, edit: dict[str, dict[str, object]], new: list[dict[str, object]] = ()) -> Path:  # type: ignore[assignment]
    """A copy in which the cells of rows (by figure id) hold other values, with new rows under the table."""
    book = load_workbook(sent)
    page = book[SHEET]
    head = next(line for line in page.iter_rows() if line[0].value == "Figure id")
    place = {cell.value: cell.column for cell in head}
    for line in page.iter_rows(min_row=head[0].row + 1):
        for column, value in edit.get(str(line[0].value), {}).items():
            page.cell(line[0].row, place[column]).value = value
    for row in new:
        page.append([row.get(name) for name in HEADS])
    book.save(out)
    return out


def figure(comparison: Comparison, value: float, **where: str) -> str:
    frame = comparison.observations
    for column, wanted in where.items():
        frame = frame[frame[column] == wanted]
    return str(frame[frame["value"] == value].iloc[0]["id"])


@pytest.fixture
def bury(comparison: Comparison) -> str:
    return figure(comparison, 106.0, authority="Bury", measure="received", stage="stage_1")


def test_a_copy_that_was_not_touched_changes_nothing(whole: Path, sent: Path, comparison: Comparison) -> None:
    assert changes(comparison.observations, read_sheet(whole)) == ([], [])
    assert changes(comparison.observations, read_sheet(sent)) == ([], [])


def test_a_changed_value_is_found_with_its_reason(
    sent: Path, comparison: Comparison, bury: str, tmp_path: Path
) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {bury: {"Value": 104, "Why": "two were withdrawn"}})
    (change,), problems = changes(comparison.observations, read_sheet(copy))
    assert (change.was, change.now, change.why, problems) == ("106", "104", "two were withdrawn", [])
    assert change.text().startswith("changed: Bury 2023-24, received stage 1")


@pytest.mark.parametrize(("value", "now"), [("1,041", "1041"), ("104 ", "104"), ("[x]", ""), ("[X]", "")])
def test_values_as_people_type_them(
    value: str, now: str, sent: Path, comparison: Comparison, bury: str, tmp_path: Path
) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {bury: {"Value": value}})
    (change,), problems = changes(comparison.observations, read_sheet(copy))
    assert change.now == now and not problems


@pytest.mark.parametrize("value", ["about 100", "-3", "=1+1", "10.5", "3,4", "1e3", "nan"])
def test_a_value_that_is_no_count_is_named_and_left(
    value: str, sent: Path, comparison: Comparison, bury: str, tmp_path: Path
) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {bury: {"Value": value}})
    found, problems = changes(comparison.observations, read_sheet(copy))
    assert found == []
    assert len(problems) == 1 and "row " in problems[0]


def test_a_percentage_typed_into_excel_is_what_it_shows(sent: Path, comparison: Comparison, tmp_path: Path) -> None:
    share = figure(comparison, 14.3, authority="Bury", unit="percent")
    copy = edited(sent, tmp_path / "c.xlsx", {share: {"Value": 0.65}})
    book = load_workbook(copy)
    for line in book[SHEET].iter_rows():
        for cell in line:
            if cell.value == 0.65:
                cell.number_format = "0%"
    book.save(copy)
    (change,), problems = changes(comparison.observations, read_sheet(copy))
    assert change.now == "65" and not problems


def test_a_reason_without_another_value_is_asked_about(
    sent: Path, comparison: Comparison, bury: str, tmp_path: Path
) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {bury: {"Stage": "stage_2", "Why": "it was stage 2"}})
    found, (problem,) = changes(comparison.observations, read_sheet(copy))
    assert found == [] and "the value is as it was sent" in problem


def test_an_older_copy_undoes_nothing(sent: Path, comparison: Comparison, bury: str, tmp_path: Path) -> None:
    now, _ = corrected(comparison.observations, [_correction(comparison, bury, "104")])
    assert changes(now, read_sheet(sent)) == ([], [])
    copy = edited(sent, tmp_path / "c.xlsx", {bury: {"Value": 105}})
    found, (problem,) = changes(now, read_sheet(copy))
    assert found == [] and "was 106 when this copy was sent and is 104 now" in problem


def test_what_was_taken_in_already_is_no_change(sent: Path, comparison: Comparison, bury: str, tmp_path: Path) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {bury: {"Value": "[x]"}}, [NEW])
    found, problems = changes(comparison.observations, read_sheet(copy))
    kept_now = [_kept(change) for change in found]
    assert len(kept_now) == 2 and not problems
    after, _ = corrected(comparison.observations, kept_now)
    assert changes(after, read_sheet(copy), kept_now) == ([], [])


def test_an_emptied_value_is_asked_about(sent: Path, comparison: Comparison, bury: str, tmp_path: Path) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {bury: {"Value": None}})
    found, (problem,) = changes(comparison.observations, read_sheet(copy))
    assert found == [] and "the value is empty" in problem


def test_an_address_that_was_changed_by_mistake_is_not_taken(
    sent: Path, comparison: Comparison, bury: str, tmp_path: Path
) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {bury: {"Value": 104, "Stage": "stage_2"}})
    (change,), _ = changes(comparison.observations, read_sheet(copy))
    assert change.row["stage"] == "stage_1"


NEW = {
    "Document": "bury-2023-24", "Council": "Bury", "Year": "2023-24", "Value": 7, "Unit": "count", "Why": "left out of the report",
    "Measure": "received", "Category": "[z]", "Stage": "stage_2", "Procedure": "children_statutory", "Scope": "children", "Share of": "[z]",
}  # fmt: skip


def test_a_new_row_is_a_new_figure(sent: Path, comparison: Comparison, tmp_path: Path) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {}, [NEW])
    (change,), problems = changes(comparison.observations, read_sheet(copy))
    assert not problems and change.row["id"] == "" and change.text().startswith("new: Bury 2023-24")
    frame, unused = corrected(comparison.observations, [_kept(change)])
    added = frame[(frame["authority"] == "Bury") & (frame["stage"] == "stage_2") & (frame["measure"] == "received")]
    assert list(added["value"]) == [7.0] and list(added["method"]) == ["supplied"] and not unused
    assert list(added["la_number"]) == ["351"]
    assert failures(frame).empty


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Stage", "stage two", "stage is 'stage two'"),
        ("Measure", "complaints", "measure is 'complaints'"),
        ("Council", "Atlantis", "needs the council"),
        ("Year", "2023", "no financial year"),
        ("Document", "birmingham-2021-22", "is of Birmingham"),
        ("Document", "somewhere", "there is no document"),
        ("Unit", "percent", "needs what it is a share of"),
    ],
)
def test_a_new_row_that_cannot_be_understood_is_named(
    column: str, value: str, said: str, sent: Path, comparison: Comparison, tmp_path: Path
) -> None:
    copy = edited(sent, tmp_path / "c.xlsx", {}, [NEW | {column: value}])
    found, problems = changes(comparison.observations, read_sheet(copy))
    assert found == [] and said in problems[0]


def _kept(change: object, **other: str) -> Correction:
    return Correction(
        **change.row, was=change.was, now=change.now, who="J Smith, Bury", when="2026-04-01", why=change.why, **other
    )  # type: ignore[attr-defined]


def _correction(comparison: Comparison, id_: str, now: str) -> Correction:
    o = comparison.observations.set_index("id").loc[id_]
    address = {
        c: str(o[c])
        for c in (
            "document",
            "authority",
            "period",
            "scope",
            "procedure",
            "stage",
            "measure",
            "category",
            "unit",
            "base",
        )
    }
    return Correction(
        id=id_, **address, was=f"{o['value']:.12g}", now=now, who="J Smith", when="2026-04-01", why="miscounted"
    )


def test_a_corrected_figure_says_who_when_and_why(comparison: Comparison, bury: str) -> None:
    frame, unused = corrected(comparison.observations, [_correction(comparison, bury, "104")])
    row = frame[frame["id"] == bury].iloc[0]
    assert (row["value"], row["method"], row["confidence"]) == (104.0, "review", 1.0)
    assert row["quote"] == "The report was read as 106; J Smith gave 104 on 2026-04-01: miscounted"
    assert not unused and failures(frame).empty
    assert len(frame) == len(comparison.observations)


def test_a_figure_can_be_taken_out_and_a_later_correction_wins(comparison: Comparison, bury: str) -> None:
    out, back = _correction(comparison, bury, ""), _correction(comparison, bury, "105")
    assert bury not in set(corrected(comparison.observations, [back, out])[0]["id"])
    again, _ = corrected(comparison.observations, [out, back])
    assert again.set_index("id").loc[bury, "value"] == 105.0


def test_a_correction_outlives_a_new_id_but_not_another_reading(comparison: Comparison, bury: str) -> None:
    correction = _correction(comparison, bury, "104")
    frame = comparison.observations.copy()
    frame.loc[frame["id"] == bury, "id"] = "0" * 12
    moved, unused = corrected(frame, [correction])
    assert moved.set_index("id").loc["0" * 12, "value"] == 104.0 and not unused
    frame.loc[frame["id"] == "0" * 12, "value"] = 99.0
    _, unused = corrected(frame, [correction])
    assert len(unused) == 1 and "fits no figure any more" in unused[0]


def test_corrections_survive_the_file(comparison: Comparison, bury: str, tmp_path: Path) -> None:
    first = _correction(comparison, bury, "104")
    hostile = Correction(**{**first.__dict__, "why": "=HYPERLINK(1)", "who": 'Ö\'Neill, "Bury"'})
    kept.add(tmp_path, [first])
    kept.add(tmp_path, [hostile])
    assert kept.read(tmp_path) == [first, hostile]
    assert "'=HYPERLINK" in (tmp_path / kept.FILE).read_text(encoding="utf-8-sig")
    for bad, said in (({"now": "abc"}, "line 2: 'abc' is no number"), ({"period": "Oct-09"}, "line 2: 'Oct-09'")):
        (tmp_path / kept.FILE).unlink()
        kept.add(tmp_path, [Correction(**{**first.__dict__, **bad})])
        with pytest.raises(WorkspaceError, match=said):
            kept.read(tmp_path)
    (tmp_path / kept.FILE).write_text("a,b\n1,2\n")
    with pytest.raises(WorkspaceError, match="has no column"):
        kept.read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"%PDF-1.4", b"a,b\n"])
def test_what_is_no_workbook_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(UnreadableError):
        read_sheet(tmp_path / "x.xlsx")


def test_another_workbook_is_refused_with_the_way_out(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UnreadableError, match="has no worksheet 'Figures'"):
        read_sheet(tmp_path / "x.xlsx")
    book.active.title = SHEET  # type: ignore[union-attr]
    book.save(tmp_path / "y.xlsx")
    with pytest.raises(UnreadableError, match="without the headings"):
        read_sheet(tmp_path / "y.xlsx")


def test_frames_keep_their_types(comparison: Comparison, bury: str) -> None:
    frame, _ = corrected(comparison.observations, [_correction(comparison, bury, "104")])
    pd.testing.assert_series_equal(frame.dtypes, comparison.observations.dtypes)
