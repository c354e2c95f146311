"""Years and bands."""

from __future__ import annotations

import pytest

from normalise import bands, periods


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("1 April 2022 to 31 March 2023", "2022-23"),
        ("1st April 2022 and 31st March 2023", "2022-23"),
        ("APRIL 2023 – MARCH 2024", "2023-24"),
        ("Apr-23 to Mar-24", "2023-24"),
        ("2022/23", "2022-23"),
        ("2022 – 2023", "2022-23"),
        ("2019-2020", "2019-20"),
        ("1999/00", "1999-00"),
        ("23/24", "2023-24"),
        ("FY24", "2023-24"),
        ("year ending 31 March 2024", "2023-24"),
        ("April to June 2023", "2023-24 Q1"),
        ("January 2024 to March 2024", "2023-24 Q4"),
        ("April to September 2023", "2023-24 H1"),
        ("last year", "prior"),
        ("during the year", "this"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert [s.period for s in periods.said(text)] == [period]


def test_figures_that_are_no_years() -> None:
    assert periods.said("2020 complaints, 20/20 vision, 2015/20") == []


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("10 Working Days", "within_10"),
        ("0-10 Working Days", "within_10"),
        ("11-20 working days", "11_to_20"),
        ("within twenty working days", "within_20"),
        ("21+ Working Days", "over_20"),
        ("Over 65 working days", "over_65"),
        ("in excess of 20 working days", "over_20"),
        ("within 28 calendar days", "within_28_cd"),
    ],
)
def test_heads_of_bands(head: str, code: str) -> None:
    band = bands.find(head, label=True)
    assert band is not None and band.code == code


def test_bands_that_add_up_exclude_one_another() -> None:
    assert bands.exclusive({"within_10": 14.3, "within_20": 49.1, "outside_timescale": 36.6}, None, True) == {
        "within_20": "11_to_20",
        "outside_timescale": "over_20",
    }
    assert bands.exclusive({"within_10": 5, "within_20": 14, "over_20": 15}, 34, False) == {"within_20": "11_to_20"}


def test_bands_that_do_not_add_up_stay_cumulative() -> None:
    assert bands.exclusive({"within_10": 42, "within_20": 84, "over_20": 16}, None, True) == {}


def test_a_later_band_with_fewer_cannot_be_cumulative() -> None:
    assert bands.exclusive({"within_10": 60, "within_20": 30}, None, True) == {"within_20": "11_to_20"}
