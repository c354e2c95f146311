"""The workbook: accessible by our own checker, and what a spreadsheet shows is what the comparison holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from compare import workbook
from compare.groups import Comparison
from compare.workbook_check import check
from councilbench.outputs import tables_of
from councilbench.pipeline import Run


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


def test_our_own_checker_finds_nothing(path: Path) -> None:
    assert check(path) == []


def test_a_large_group_passes_the_checker_too(region: Comparison, tmp_path: Path) -> None:
    workbook.write(tmp_path / "region.xlsx", region)
    assert check(tmp_path / "region.xlsx") == []


def test_sheets_are_in_order_and_themes_without_figures_are_left_out(path: Path) -> None:
    names = load_workbook(path).sheetnames
    assert names[:4] == ["Cover", "Contents", "Notes", "At a glance"]
    assert {"Volumes", "Timeliness", "Comparability", "Silence ledger", "Contradictions", "Figures"} <= set(names)
    assert "Costs" not in names


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
