"""The HTML report as text: links, words, evidence, nothing from outside. `test_browser.py` opens it."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from compare.charts import figures
from compare.figure import Figure
from compare.groups import Comparison, NoComparisonError, choose
from compare.report import CROPS, render
from councilbench.outputs import tables_of
from councilbench.runs import Run
from extract.crops import Crops


def crops_of(samples: Run) -> Crops:
    return Crops({r.document.slug: r.document.path for r in samples.results})


@pytest.fixture(scope="module")
def page(comparison: Comparison, samples: Run, samples_drawn: list[Figure]) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compare.report.each_figure", lambda _: samples_drawn)
        return render(comparison, samples.observations, ("A source.",), tables_of(samples), crops_of(samples))


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.scripts: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("id"):
            self.ids.append(str(known["id"]))
        if tag == "a":
            self.links.append(str(known.get("href")))
        if tag == "img":
            self.images.append(known)
        if tag == "script":
            self.scripts.append(known)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def outline(page: str) -> _Outline:
    result = _Outline()
    result.feed(page)
    return result


def test_every_number_leads_to_its_evidence(page: str) -> None:
    found = outline(page)
    assert len(found.ids) == len(set(found.ids))
    inner = [link[1:] for link in found.links if link.startswith("#")]
    assert len([i for i in inner if i.startswith("e-")]) > 60
    assert set(inner) <= set(found.ids)


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    found = outline(page)
    assert not [link for link in found.links if not link.startswith(("#", "data:text/csv"))]
    assert all(str(image["src"]).startswith("data:image/") for image in found.images)
    assert all("src" not in script for script in found.scripts)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1] and "unsafe" not in policy[1] and policy[1].count("sha256-") == 2


def test_every_chart_has_its_words_and_its_data(page: str, samples_drawn: list[Figure]) -> None:
    found = outline(page)
    drawn = [f for f in samples_drawn if f.chart is not None]
    charts = [i for i in found.images if str(i["src"]).startswith("data:image/svg")]
    assert len(charts) == len(drawn) + 2  # the two grids
    assert all(len(str(image["alt"])) > 40 for image in found.images if image in charts)
    downloads = [link for link in found.links if link.startswith("data:")]
    assert len(downloads) == len(charts)
    first = pd.read_csv(io.BytesIO(base64.b64decode(downloads[1].split("base64,")[1])))
    bury = first[(first["authority"] == "Bury") & (first["indicator"] == "stage_1_received")]
    assert list(bury["value"]) == [106.0]


def test_the_focus_councils_figures_are_shown_as_printed(page: str, comparison: Comparison, samples: Run) -> None:
    found = outline(page)
    crops = [str(i["src"]) for i in found.images if str(i["src"]).startswith("data:image/webp")]
    assert len(crops) >= 10
    assert sum(map(len, crops)) <= CROPS
    picture = Image.open(io.BytesIO(base64.b64decode(crops[0].split("base64,")[1]))).convert("RGB")
    red, green, blue = np.moveaxis(np.asarray(picture).astype(int), 2, 0)
    assert ((blue - red > 60) & (blue > green)).sum() > 40, "the box around the figure"
    rows = re.findall(r'<tr id="e-(\w+)".*?</tr>', page, re.DOTALL)
    focus = samples.observations[samples.observations["authority"] == comparison.focus]["id"]
    with_crop = re.findall(r'<tr id="e-(\w+)"(?:(?!</tr>).)*?<img class="crop"', page, re.DOTALL)
    low = samples.observations[samples.observations["confidence"] < 0.8]["id"]
    assert set(with_crop) == {i for i in rows if i in set(focus) | set(low)}


def test_crops_stop_at_their_budget_and_say_so(
    comparison: Comparison, samples: Run, samples_drawn: list[Figure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.report.CROPS", 20_000)
    monkeypatch.setattr("compare.report.each_figure", lambda _: samples_drawn)
    page = render(comparison, samples.observations, (), None, crops_of(samples))
    crops = [str(i["src"]) for i in outline(page).images if str(i["src"]).startswith("data:image/webp")]
    assert 0 < sum(map(len, crops)) <= 20_000 + 50 * len(crops)
    assert re.search(r"\d+ more were left out to keep the file small", page)


def test_headings_do_not_skip_a_level(page: str) -> None:
    headings = outline(page).headings
    assert headings[0] == 1 and headings.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(headings))


def test_different_years_and_procedures_are_said(page: str) -> None:
    assert "The reports are for different years" in page
    assert "Some figures of Birmingham are for all complaints procedures" in page


def test_councils_of_the_region_without_a_report_are_named(page: str) -> None:
    assert "<li>Bristol</li>" in page and "<li>Wiltshire</li>" in page


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} \u2028 & \"'"


@pytest.mark.slow
def test_what_a_report_says_cannot_become_markup(comparison: Comparison, samples: Run) -> None:
    observations = samples.observations.assign(quote=HOSTILE)
    indicators = comparison.indicators.assign(
        caveat=[HOSTILE if c != "not" else "" for c in comparison.indicators["comparability"]], reason=HOSTILE
    )
    changed = replace(comparison, indicators=indicators, observations=observations)
    page = render(changed, observations, (HOSTILE,), None, None, HOSTILE)
    found = outline(page)
    assert not [i for i in found.images if i.get("onerror")]
    assert "{{7*7}}" in page
    ours = len([f for f in figures(changed) if f.chart is not None]) + 1
    assert len(found.scripts) == ours, "a script element that is not ours"


def test_a_focus_without_a_report_is_refused(samples: Run) -> None:
    with pytest.raises(NoComparisonError, match="there is no report of Kent"):
        choose(samples.indicators, samples.observations, samples.own, "Kent", ("all",))


def test_against_a_region_names_who_is_missing(samples: Run) -> None:
    chosen = choose(samples.indicators, samples.observations, samples.own, "Bury", ("West Midlands",))
    assert chosen.members == ["Bury", "Birmingham", "Telford and Wrekin"]
    assert "Coventry" in chosen.missing


def test_a_comparison_of_one_council_says_that_nothing_could_be_judged(samples: Run) -> None:
    alone = choose(samples.indicators, samples.observations, samples.own, "Bury", ("Bury",))
    page = render(alone, samples.observations)
    assert "No other council of the group has a report here yet" in page
    assert "No other council&#39;s report is here to compare Bury with" in page
