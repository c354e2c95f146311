"""The workbook: accessible by our own checker, and what a spreadsheet shows is what the comparison holds."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from compare import workbook
from compare.groups import Comparison
from compare.workbook_check import check
from councilbench.outputs import tables_of
from councilbench.runs import Run


@pytest.fixture(scope="module")
def path(comparison: Comparison, samples: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("workbook") / "bath.xlsx"
    workbook.write(out, comparison, tables_of(samples), ["Population: a made-up source."])
    return out


def rows_of(path: Path, sheet: str) -> list[dict[str, object]]:
    page = load_workbook(path)[sheet]
    (table,) = page.tables.values()
    head, *rows = [[c.value for c in line] for line in page[table.ref]]
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def findings(path: Path) -> list[str]:
    """What the checker finds, but for two things that are wanted: charts, whose numbers stand in a table beside them, and formulas beside the values."""
    return [str(f) for f in check(path) if f.item not in ("charts", "formulas")]


def test_our_own_checker_finds_nothing(path: Path) -> None:
    assert findings(path) == []


def test_a_large_group_passes_the_checker_too(region: Comparison, tmp_path: Path) -> None:
    workbook.write(tmp_path / "region.xlsx", region)
    assert findings(tmp_path / "region.xlsx") == []


def test_sheets_are_in_order_and_themes_without_figures_are_left_out(
    path: Path, comparison: Comparison, tmp_path: Path
) -> None:
    names = load_workbook(path).sheetnames
    assert names[:4] == ["Cover", "Contents", "Notes", "Councils compared"]
    assert {"Volumes", "Timeliness", "Comparability", "Silence ledger", "Contradictions", "Figures"} <= set(names)
    figures = comparison.indicators
    theirs = figures["indicator"].str.startswith("ombudsman")
    without = replace(comparison, indicators=figures.assign(value=figures["value"].where(~theirs)))
    workbook.write(tmp_path / "without.xlsx", without)
    assert "Ombudsman" in names and "Ombudsman" not in load_workbook(tmp_path / "without.xlsx").sheetnames


def test_the_front_sheet_sets_councils_side_by_side_and_leads_to_the_figures(path: Path) -> None:
    rows = {str(r["Council"]): r for r in rows_of(path, "Councils compared")}
    assert rows["Bury"]["Stage 1 complaints received"] == 106 and rows["Bury"]["Upheld or partly upheld"] == "[x]"
    assert rows["The others together"]["Stage 1 for every 10,000 children"] == pytest.approx(9.5, abs=0.1)
    book = load_workbook(path)
    (cell,) = (c for line in book["Councils compared"].iter_rows() for c in line if c.value == 106)
    sheet, place = cell.hyperlink.location.split("!")
    line = [c.value for c in book[sheet.strip("'")][int(place[1:])]]
    assert "Bury" in line and 106 in line


def test_formulas_work_the_values_out_again(path: Path) -> None:
    rows = [r for r in rows_of(path, "All values") if str(r["Worked out again"]).startswith("=")]
    assert len(rows) > 10
    for r in rows:
        found = re.fullmatch(r"=(\d+)\*F\d+/G\d+", str(r["Worked out again"]))
        assert found is not None
        exact = int(found[1]) * float(str(r["Numerator"])) / float(str(r["Denominator"]))
        implied = any(words in str(r["Caveats"]) for words in ("is of, so", "are of, so", "can be"))
        assert exact == pytest.approx(float(str(r["Value"])), abs=1.5 if implied else 1e-6)


def test_charts_have_their_numbers_beside_them_and_words_for_who_does_not_see_them(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        drawings = [
            archive.read(n).decode()
            for n in archive.namelist()
            if re.search("drawings/drawing", n) and n.endswith(".xml")
        ]
    assert len(drawings) >= 2
    assert all(re.search(r'descr="Bars by council\. [^"]{40,}"', text) for text in drawings)
    rows = rows_of(path, "Chart of answers in time")
    assert {"Bury, 2023-24", "Telford and Wrekin, 2023-24"} <= {str(r["Council and year"]) for r in rows}


def test_codes_of_a_new_figure_are_chosen_from_lists(path: Path, comparison: Comparison) -> None:
    page = load_workbook(path)["Figures"]
    lists = {v.formula1 for v in page.data_validations.dataValidation}
    assert any("stage_1" in (text or "") for text in lists) and any(
        "children_statutory" in (text or "") for text in lists
    )


def test_values_are_those_of_the_comparison_and_gaps_are_shorthand(path: Path) -> None:
    bury = next(r for r in rows_of(path, "Volumes") if r["Council"] == "Bury")
    assert bury["Stage 1 complaints received"] == 106
    assert bury["Stage 2 complaints received"] == "[x]"
    assert "stage 2 complaints received" in str(bury["Points to note"])
    assert bury["Year"] == "2023-24"


def test_every_published_figure_is_there_with_its_page_and_words(path: Path, comparison: Comparison) -> None:
    rows = rows_of(path, "Figures")
    assert [r["Figure id"] for r in rows] == list(comparison.observations["id"])
    assert all(isinstance(r["Value"], int | float) or str(r["Value"]).startswith("[") for r in rows)
    assert {r["Document"] for r in rows} == set(comparison.observations["document"])


def test_every_value_names_the_figures_that_it_rests_on(path: Path) -> None:
    known = {r["Figure id"] for r in rows_of(path, "Figures")}
    values = rows_of(path, "All values")
    assert values
    for row in values:
        assert set(str(row["Rests on figures"]).split()) <= known, row


LEADS = ["=", "+", "-", "@", "\t=", "{="]


def test_text_never_becomes_a_formula(comparison: Comparison, tmp_path: Path) -> None:
    hostile = [f"{lead}HYPERLINK(A1)" for lead in LEADS]
    observations = comparison.observations
    quotes = [hostile[n % len(hostile)] for n in range(len(observations))]
    workbook.write(tmp_path / "x.xlsx", replace(comparison, observations=observations.assign(quote=quotes)))
    page = load_workbook(tmp_path / "x.xlsx")["Figures"]
    cells = [c for line in page.iter_rows() for c in line if c.value in [text.strip() for text in hostile]]
    assert len(cells) == len(observations)
    assert {c.value for c in cells} == {text.strip() for text in hostile}
    assert {c.data_type for c in cells} == {"s"}


def test_a_file_open_elsewhere_is_named_and_nothing_is_left(comparison: Comparison, tmp_path: Path) -> None:
    from corpus.store import CannotWriteError  # noqa: PLC0415

    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(CannotWriteError, match=r"taken\.xlsx"):
        workbook.write(tmp_path / "taken.xlsx", comparison)
    assert [p.name for p in tmp_path.iterdir()] == ["taken.xlsx"]
