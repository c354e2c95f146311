"""Reference tables in several publishers' layouts. All figures are made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from corpus import manifest, reference_data
from corpus.councils import current
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
        "time_period,geographic_level,old_la_code,new_la_code,la_name,age_group,population_estimate\n"
        "2023,Local authority,351,E08000002,Bury,Children aged 0 to 15 years,40001\n2023,Local authority,351,E08000002,Bury,Children aged 0 to 17 years,44344\n",
    ],
    ids=["plain", "dfe", "title above, middle of the year", "ons, by its figures"],
)
def test_population_is_read_whatever_the_layout(text: str, tmp_path: Path) -> None:
    frame = reference_data.read(written(tmp_path / "t.csv", text))
    found = reference_data.population(frame)
    assert list(found) == [("351", "2023-24")]
    assert found[("351", "2023-24")] == (44344.0 if "44344" in text else 43210.0)


@pytest.mark.parametrize(
    ("head", "row", "name"),
    [
        ("time_period,geographic_level,old_la_code,la_name,category,referral_count,rereferral_count,rereferral_percent", "2024,Local authority,351,Bury,x,2534,700,27.6", "referrals"),
        ("time_period,geographic_level,old_la_code,la_name,category,Anypoint_episodes,Anypoint_child,At31_episodes", "2024,Local authority,351,Bury,x,3741,3316,1482", "children_in_need"),
    ],
)  # fmt: skip
def test_the_departments_counts_are_read_by_their_column_names(head: str, row: str, name: str, tmp_path: Path) -> None:
    frame = reference_data.read(written(tmp_path / "t.csv", f"{head}\n{row}\n"))
    built_in = reference_data.exposures(reference_data.built_in())
    assert reference_data.exposures(frame)[name] == {("351", "2023-24"): built_in[name][("351", "2023-24")]}


def test_what_is_built_in_covers_every_council() -> None:
    frame = reference_data.built_in()
    exposures = reference_data.exposures(frame)
    assert all(len(reference_data.neighbours_of(frame, c.short_name)) == 10 for c in current())
    known = {name: sum((c.la_number, "2023-24") in of for c in current()) for name, of in exposures.items()}
    assert known == {"children": 153, "referrals": 151, "children_in_need": 152}  # some councils' returns are missing


def test_a_second_table_of_neighbours_replaces_the_first(tmp_path: Path) -> None:
    manifest.create(tmp_path / "w")
    head = "old_la_code,la_name,region_ind,SN_1,SN_1P,SN_2,SN_2P,SN_3,SN_3P,SN_4,SN_4P,SN_5,SN_5P\n"
    first = written(tmp_path / "one.csv", head + "351,Bury,7,350,Close,353,Close,354,Close,355,Close,356,Close\n")
    second = written(tmp_path / "two.csv", head + "351,Bury,7,383,Close,353,Close,888,Close,358,Close,916,Close\n")
    assert "Department for Education" in reference_data.add(tmp_path / "w", first).replaced
    assert reference_data.add(tmp_path / "w", second).replaced == "one.csv"
    frame = reference_data.load(tmp_path / "w")
    assert reference_data.neighbours_of(frame, "Bury") == [
        "Leeds",
        "Oldham",
        "Lancashire",
        "Trafford",
        "Gloucestershire",
    ]
    assert reference_data.neighbours_of(frame, "Bolton") == []
    assert [s["source"] for s in reference_data.in_force(tmp_path / "w") if s["kind"] == "neighbours"] == ["two.csv"]


def test_an_ombudsmans_table_with_a_year_in_a_column(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "Authority Name,Year,Upheld,Not Upheld\nBury,2023-24,4,2\nBury,2024-25,5,1\n")
    assert set(reference_data.read(path)["period"]) == {"2023-24", "2024-25"}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_ombudsmans_head_some_rows_down_and_a_short_year(suffix: str, tmp_path: Path) -> None:
    rows = [
        ["Complaints decided", "", "", ""],
        ["", "", "", ""],
        ["Authority Name", "Upheld", "Not Upheld", "Total"],
        ["Bury", "4", "2", "22"],
    ]
    path = tmp_path / f"Decisions 25-26{suffix}"
    if suffix == ".csv":
        written(path, "\n".join(",".join(row) for row in rows))
    else:
        pd.DataFrame(rows).to_excel(path, index=False, header=False)
    frame = reference_data.read(path)
    assert set(frame["period"]) == {"2025-26"}
    assert dict(zip(frame["category"], frame["value"], strict=True))["upheld"] == 4


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
    assert reference_data.add(tmp_path / "w", path, "Department of Examples", "OGL v3.0") == ("population", 1, "")
    assert reference_data.population(reference_data.load(tmp_path / "w"))[("351", "2023-24")] == 43210.0
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
