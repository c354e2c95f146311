"""Whom a council is compared with, who is missing, and intervals of rates."""

from __future__ import annotations

from pathlib import Path

import pytest

from compare.groups import Known, NoComparisonError, members_of, request
from compare.statistics import poisson
from corpus import own_groups
from corpus.errors import UsageError
from corpus.manifest import WorkspaceError

PRESENT = ["Bury", "Bolton", "Telford and Wrekin"]


def test_statistical_neighbours_are_a_group_and_the_missing_ones_are_named() -> None:
    name, there, missing = members_of(("neighbours",), "Bury", PRESENT, Known(neighbours=["Bolton", "Oldham"]))
    assert (name, there, missing) == ("statistical neighbours of Bury", ["Bolton"], ["Oldham"])
    words = request("Bury", missing, "2023-24")
    assert "Oldham" in words
    assert "2023-24" in words
    assert request("Bury", [], "2023-24") == ""


def test_neighbours_that_are_not_known_say_how_to_get_them() -> None:
    with pytest.raises(NoComparisonError, match="reference add"):
        members_of(("neighbours",), "Bury", PRESENT)


def test_types_and_own_groups(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("group,council\nfriends,Bolton\nfriends,Telford\n", encoding="utf-8")
    (tmp_path / "groups.toml").write_text("[groups]\nrivals = ['Oldham']\n", encoding="utf-8")
    known = Known(own_groups.read(tmp_path))
    assert members_of(("Friends",), "Bury", PRESENT, known)[1] == ["Bolton", "Telford and Wrekin"]
    assert members_of(("rivals",), "Bury", PRESENT, known)[2] == ["Oldham"]
    _, there, missing = members_of(("metropolitan",), "Bury", PRESENT)
    assert there == ["Bolton", "Bury"]
    assert len(missing) == 34


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"all": ["Bolton"]}, "which is every report"),
        ({"North West": ["Bolton"]}, "which is a region"),
        ({"bury council": ["Bolton"]}, "which is a council"),
        ({"friends": ["Boltn"]}, "did you mean Bolton"),
        ({"friends": "Bolton"}, "write a list of councils"),
    ],
)
def test_a_group_that_could_not_be_meant_is_refused(own: dict[str, list[str]], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Known(own)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("groups.csv", "group,council\nfriends,Atlantis\n", "no council named 'Atlantis'"),
        ("groups.csv", "who,what\na,b\n", "has no column group"),
        ("groups.toml", "friends = [", "cannot be understood"),
    ],
)
def test_a_wrong_file_of_groups_says_what_is_wrong(name: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=said):
        own_groups.read(tmp_path)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(0, 0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (9, 4.1154, 17.0848), (10, 4.7874, 18.3915), (35, 24.3752, 48.6780), (90, 72.3686, 110.6265)],
)  # fmt: skip
def test_poisson_intervals_are_the_published_ones(count: int, lower: float, upper: float) -> None:
    assert poisson(count) == pytest.approx((lower, upper), abs=1e-4)
