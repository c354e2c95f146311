"""Years and bands."""

from __future__ import annotations

import pytest

from normalise import bands, day_limits, periods


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
        ("Complaints, 2008/9", "2008-09"),
        ("Summary – 1st April 2015 to 31st March 2016", "2015-16"),
        ("twelve months to the end of March 2018", "2017-18"),
        ("the year from April 2023", "2023-24"),
        ("the calendar year 2020", "2020"),
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("61% in 2022/23, where the year before it was 70%", ["2022-23", "2021-22"]),
        ("in 2022/23, the year before", ["2022-23", "prior"]),
        ("40 in the year to 31 March 2022. The year before it was 52", ["2021-22", "prior"]),
        ("92 compared to 88 in 2022/23, with 21 upheld against 24 the year before", ["2022-23", "prior"]),
        ("12 the year before", ["prior"]),
        ("38 from October to December 2023, compared to 25 in the same period of 2022", ["2023-24 Q3", "2022-23 Q3"]),
        ("compared to 25 in the same months of 2022", ["prior"]),
        ("compared to 25 in the same period in 2021/22", ["2021-22"]),
    ],
)
def test_a_year_before_is_that_of_the_year_beside_it(text: str, said: list[str]) -> None:
    assert [s.period for s in periods.said(text)] == said


def test_figures_that_are_no_years() -> None:
    assert periods.said("2020 complaints, 20/20 vision, 2015/20, decided 2014 cases, 2010/5, the market 2015") == []


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


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("58% within 10 working days, 83% by the twentieth and 17% over 20", ["within_10", "within_20", "over_20"]),
        ("52 went out in 10 working days or fewer, 87 in 20 or fewer.", ["within_10", "within_20"]),
        ("44% of the letters were sent by day ten; by day twenty it was 81%.", ["within_10", "within_20"]),
        ("21 on or before the tenth working day, 19 between the eleventh and the twentieth", ["within_10", "11_to_20"]),
        ("48 took up to 10 working days and 59 between 11 and 20.", ["within_10", "11_to_20"]),
        ("Two were adjudicated by the 25th working day and eight by the 65th.", ["within_25", "within_65"]),
        ("We try for 25 working days, and 74 met that.", ["within_25"]),
        ("38 were answered within 10 working days and 25 took over 20 working days.", ["within_10", "over_20"]),
    ],
)
def test_limits_of_days_in_sentences(text: str, codes: list[str]) -> None:
    assert [x.band.code for x in day_limits.limits_in(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "It took 29 working days on average.",
        "Complaints fell in 10 of 25 teams.",
        "In 2019 to 2020 it was open on 300 days.",
        "Letters came from 10 families by 20 routes.",
        "Stage 2 complaints rose from 47 to 50.",
        "They fell by 20.",
        "Over 20 families wrote.",
    ],
)
def test_numbers_that_are_no_limits(text: str) -> None:
    assert not day_limits.limits_in(text, known=True)


@pytest.mark.parametrize(
    ("head", "code"),
    [("0 – 10", "within_10"), ("11-20", "11_to_20"), ("21+", "over_20"), ("26 to 65", "26_to_65"), ("16-18", None)],
)
def test_edges_of_bands_without_the_word_days(head: str, code: str | None) -> None:
    band = bands.find(head, label=True)
    assert (band.code if band else None) == code


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


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("58, compared with 49 the year before and 45 the year before that", ["prior", "two before"]),
        ("74 in 2010/11 and 96 the year before that", ["2010-11", "2009-10"]),
        ("three, as two years ago", ["two before"]),
    ],
)
def test_a_year_said_by_the_one_named_before_it(text: str, named: list[str]) -> None:
    assert [s.period for s in periods.said(text)] == named
    assert periods.resolve("two before", "2023-24") == "2021-22"
