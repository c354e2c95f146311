"""Reference tables in several publishers' layouts. All figures are made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from corpus import manifest, reference_data
from corpus.reference_data import UnknownReferenceError


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "la_number,name,year_ending_march,population_0_17_derived\n351,Bury,2024,43210\n999,Nowhere,2024,1\n",
        'time_period,geographic_level,new_la_code,old_la_code,la_name,population_count\n202324,Local authority,E08000002,351,Bury,"43,210"\n',
        "Population of children by authority\n\nCode,Name,Mid-year,Children aged 0 to 17\nE08000002,Bury,2023,43210\n",
    ],
    ids=["plain", "dfe", "title above, middle of the year"],
)
def test_population_is_read_whatever_the_layout(text: str, tmp_path: Path) -> None:
    frame = reference_data.read(written(tmp_path / "t.csv", text))
    assert reference_data.population(frame) == {("351", "2023-24"): 43210.0}


@pytest.mark.parametrize(
    "text",
    [
        "la_number,la_name,rank,neighbour_la_number,neighbour_name\n351,Bury,2,353,Oldham\n351,Bury,1,350,Bolton\n",
        "LA number,LA name,SN1,SN2,SN3,SN4,SN5\n351,Bury,350,353,,,\n",
    ],
    ids=["a row a neighbour", "a column a neighbour"],
)
def test_neighbours_come_closest_first(text: str, tmp_path: Path) -> None:
    frame = reference_data.read(written(tmp_path / "t.csv", text))
    assert reference_data.neighbours_of(frame, "Bury") == ["Bolton", "Oldham"]


def test_the_ombudsmans_old_and_new_words_are_read(tmp_path: Path) -> None:
    """Synthetic: the headings follow the Ombudsman's published words, no real file was at hand."""
    old = written(
        tmp_path / "decisions-2022-23.csv",
        "Authority Name,Invalid or Incomplete,Advice Given,Referred Back for Local Resolution,Closed after Initial Enquiries,Not Upheld,Upheld,Total,Uphold rate (%)\n"
        "Bury Metropolitan Borough Council,1,0,6,9,2,4,22,67\n",
    )
    new = written(
        tmp_path / "decisions-2024-25.csv",
        "Council,Complaints dealt with,Not for us,Assessed and closed,Investigated,Complaints upheld\nBury,40,12,20,8,7\n",
    )
    before, after = reference_data.read(old), reference_data.read(new)
    assert dict(zip(before["category"], before["value"], strict=True))["closed_after_enquiries"] == 9
    assert set(before["period"]) == {"2022-23"}
    found = {(r["measure"], r["category"]): r["value"] for _, r in after.iterrows()}
    assert found[("outcome", "not_for_us")] == 12
    assert found[("outcome", "upheld")] == 7
    assert found[("investigated", "")] == 8


def test_a_workbook_is_read_and_its_provenance_kept(tmp_path: Path) -> None:
    manifest.create(tmp_path / "w")
    path = tmp_path / "children.xlsx"
    pd.DataFrame({"LA code": ["351"], "Year": ["2023-24"], "Number of children": [43210]}).to_excel(path, index=False)
    assert reference_data.add(tmp_path / "w", path, "Department of Examples", "OGL v3.0") == ("population", 1)
    assert reference_data.population(reference_data.load(tmp_path / "w")) == {("351", "2023-24"): 43210.0}
    (source,) = reference_data.sources(tmp_path / "w")
    assert (source["source"], source["licence"], source["rows"]) == ("Department of Examples", "OGL v3.0", "1")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"fruit,price\napple,1\n", "holds no table that is known"),
        ("b.xlsx", b"PK\x03\x04broken", "cannot be read as a workbook"),
        ("c.csv", b"\x00\x01\x02", "is neither a CSV file nor an .xlsx workbook"),
    ],
)
def test_a_wrong_file_is_refused_with_the_way_out(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnknownReferenceError, match=said) as error:
        reference_data.read(tmp_path / name)
    assert name in str(error.value)
