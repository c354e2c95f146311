"""The HTML report, as text and in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from compare.charts import FIGURES
from compare.groups import Comparison, NoComparisonError, choose
from compare.report import render
from councilbench.pipeline import Run


@pytest.fixture(scope="module")
def comparison(samples: Run) -> Comparison:
    own = {r.document.slug: (r.document.council, r.document.period) for r in samples.results}
    return choose(samples.indicators, samples.observations, own, "Bath and North East Somerset", ("all",))


@pytest.fixture(scope="module")
def page(comparison: Comparison, samples: Run) -> str:
    return render(comparison, samples.observations)


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("id"):
            self.ids.append(str(known["id"]))
        if tag == "a":
            self.links.append(str(known.get("href")))
        if tag == "img":
            self.images.append(known)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def test_every_number_leads_to_its_evidence(page: str) -> None:
    outline = _Outline()
    outline.feed(page)
    assert len(outline.ids) == len(set(outline.ids))
    inner = [link[1:] for link in outline.links if link.startswith("#")]
    assert len([i for i in inner if i.startswith("e-")]) > 20
    assert set(inner) <= set(outline.ids)


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    assert not re.findall(r"(?:src|href)=[\"'](?:https?:)?//", page)
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_every_chart_has_its_words(page: str, comparison: Comparison) -> None:
    outline = _Outline()
    outline.feed(page)
    assert len(outline.images) == len(FIGURES)
    assert all(len(str(image["alt"])) > 40 for image in outline.images)
    for make in FIGURES:
        figure = make(comparison)
        assert figure.headline and figure.subtitle and figure.alt_text
        assert len(figure.rows) == len(comparison.members)
        assert figure.rows[0][0].text.startswith("Bath and North East Somerset, 2022-23")


def test_headings_do_not_skip_a_level(page: str) -> None:
    outline = _Outline()
    outline.feed(page)
    assert outline.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False))


def test_different_years_and_procedures_are_said(page: str) -> None:
    assert "The reports are for different years" in page
    assert "Some figures of Birmingham are for all complaints procedures" in page


def test_councils_of_the_region_without_a_report_are_named(page: str) -> None:
    assert "<li>Bristol</li>" in page and "<li>Wiltshire</li>" in page


def test_what_a_report_says_cannot_become_markup(comparison: Comparison, samples: Run) -> None:
    observations = samples.observations.copy()
    observations["quote"] = "<script>alert(1)</script>"
    assert "<script" not in render(comparison, observations)


def test_a_focus_without_a_report_is_refused(samples: Run) -> None:
    own = {r.document.slug: (r.document.council, r.document.period) for r in samples.results}
    with pytest.raises(NoComparisonError, match="there is no report of Kent"):
        choose(samples.indicators, samples.observations, own, "Kent", ("all",))


def test_against_a_region_names_who_is_missing(samples: Run) -> None:
    own = {r.document.slug: (r.document.council, r.document.period) for r in samples.results}
    chosen = choose(samples.indicators, samples.observations, own, "Bury", ("West Midlands",))
    assert chosen.members == ["Bury", "Birmingham", "Telford and Wrekin"]
    assert "Coventry" in chosen.missing


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install Debian's package chromium to run the browser tests")
def test_a_browser_shows_and_prints_it_without_a_network(page: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    printed = tmp_path / "report.pdf"
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND",
            "--enable-logging=stderr", "--v=0", f"--print-to-pdf={printed}", path.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert printed.exists() and printed.stat().st_size > 20_000
    assert "Refused to" not in done.stderr, "the Content-Security-Policy blocks something of our own"
