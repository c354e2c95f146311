"""The register of councils."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus import councils

SHARED = Path(__file__).parents[3] / "shared"


def test_there_are_153_authorities_with_unique_codes() -> None:
    current = councils.current()
    assert len(current) == 153
    assert len({c.gss_code for c in current}) == 153
    assert len({c.la_number for c in current}) == 153


def test_types_and_regions_have_their_known_sizes() -> None:
    current = councils.current()
    assert Counter(c.type for c in current) == {"unitary": 63, "metropolitan": 36, "london_borough": 33, "county": 21}
    assert set(councils.REGIONS) == {c.region for c in current}
    assert len(councils.in_region("South West")) == 15


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("Bury", "Bury"),
        ("Bury Metropolitan Borough Council", "Bury"),
        ("bath & north east somerset council", "Bath and North East Somerset"),
        ("B&NES", "Bath and North East Somerset"),
        ("Birmingham Children’s Trust", "Birmingham"),
        ("Hull City Council", "Kingston upon Hull"),
        ("London Borough of Hackney", "Hackney"),
        ("E06000020", "Telford and Wrekin"),
        ("813", "North Lincolnshire"),
        ("St. Helens", "St Helens"),
    ],
)
def test_a_council_is_found_by_any_of_its_names(written: str, short: str) -> None:
    found = councils.find(written)
    assert found is not None
    assert found.short_name == short


def test_a_name_that_is_none_is_not_guessed() -> None:
    assert councils.find("Atlantis") is None
    assert "Bury" in councils.suggestions("Burry")


def test_the_code_is_the_one_valid_on_the_day() -> None:
    before = councils.valid_on("North Yorkshire", date(2022, 3, 31))
    after = councils.valid_on("North Yorkshire", date(2024, 3, 31))
    assert before is not None and after is not None
    assert (before.gss_code, after.gss_code) == ("E10000023", "E06000065")
    assert before.la_number == after.la_number == "815"


def test_former_councils_name_successors_that_exist() -> None:
    numbers = {c.la_number for c in councils.current()}
    former = [c for c in councils.register() if c.valid_to is not None]
    assert {"Cumbria", "Northamptonshire", "Poole"} <= {c.short_name for c in former}
    for council in former:
        assert council.successors, council.short_name
        assert set(council.successors) <= numbers


@pytest.mark.skipif(
    not (SHARED / "reference").is_dir(), reason="the reference list of authorities is not beside the repository"
)
def test_the_register_agrees_with_the_official_list() -> None:
    with (SHARED / "reference" / "authorities.csv").open(newline="", encoding="utf-8-sig") as handle:
        official = {row["la_number"]: row for row in csv.DictReader(handle)}
    ours = {c.la_number: c for c in councils.current()}
    assert ours.keys() == official.keys()
    for number, row in official.items():
        assert (ours[number].gss_code, ours[number].region, ours[number].type) == (
            row["gss_code"],
            row["region"],
            row["type"],
        )
        found = councils.find(row["name"])
        assert found is not None and found.la_number == number
