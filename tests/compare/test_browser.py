"""The report in a real Chromium, from a file, without a network: with and without scripts, by mouse and keyboard, and on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from compare.charts import intervals
from compare.groups import Comparison
from compare.report import chart_page, render, sources
from councilbench.outputs import compare, tables_of, write
from councilbench.runs import Run
from extract.crops import Crops

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None,
        reason="no Chromium: install Debian's package chromium (apt-get install chromium) to run the browser tests",
    ),
]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(comparison: Comparison, samples: Run, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    crop = Crops({r.document.slug: r.document.path for r in samples.results})
    path.write_text(render(comparison, samples.observations, (), tables_of(samples), crop), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


def opened(browser: Browser, address: str, said: list[str], **options: Any) -> Page:
    """A page without a network; what it writes to the console goes to `said`."""
    page = browser.new_context(offline=True, viewport={"width": 1100, "height": 900}, **options).new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: said.append(request.url) if not request.url.startswith(("file:", "data:", "blob:")) else None,
    )
    page.goto(address, wait_until="load")
    return page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    said: list[str] = []
    shown = opened(browser, address, said)
    yield shown
    shown.context.close()
    assert said == [], "the page asks for something from outside, or its security policy blocks something of its own"


def unfolded(page: Page) -> None:
    """Open every folded part, as a reader may."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")


def drawn(page: Page) -> int:
    unfolded(page)
    figures = page.locator("figure.chart")
    for n in range(figures.count()):
        figures.nth(n).scroll_into_view_if_needed()
        page.locator(f"figure.chart >> nth={n} >> div.live svg").last.wait_for()
    return page.locator("figure.drawn").count()


def test_charts_are_drawn_live_over_their_pictures(page: Page) -> None:
    assert drawn(page) == page.locator("figure.chart").count() > 8
    assert page.locator("figure.drawn img").first.is_hidden()


def test_a_mark_tells_its_number_and_leads_to_its_evidence(page: Page) -> None:
    drawn(page)
    mark = page.locator(
        "section.figure:has(#escalation-rate) .live path[aria-roledescription='point'], section.figure:has(#escalation-rate) .live .mark-symbol path"
    ).first
    mark.scroll_into_view_if_needed()
    mark.hover()
    tooltip = page.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    assert "10 of 57" in tooltip.inner_text()
    mark.click()
    assert "#e-" in page.url
    target = page.locator("tr:target")
    assert target.is_visible() and "Received" in target.inner_text()


def test_a_number_in_a_table_leads_to_document_page_words_and_picture(page: Page) -> None:
    page.locator("section.figure:has(#stage-volumes) summary").click()
    page.locator("section.figure:has(#stage-volumes) td a").first.click()
    row = page.locator("tr:target")
    assert "page 2" in row.inner_text() and "stage 1" in row.inner_text().lower()
    assert row.locator("img.crop").evaluate("image => image.naturalWidth") > 300


def test_everything_is_there_without_scripts(browser: Browser, address: str) -> None:
    said: list[str] = []
    page = opened(browser, address, said, java_script_enabled=False)
    pictures = page.locator("figure.chart img")
    assert pictures.count() > 8 and pictures.first.is_visible()
    page.locator("section.figure:has(#stage-volumes) summary").click()
    page.locator("section.figure:has(#stage-volumes) td a").first.click()
    assert page.locator("tr:target").is_visible()
    with page.expect_download() as download:
        page.locator("section.figure:has(#stage-volumes) p.download a").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbfauthority,")
    page.context.close()


def test_axe_finds_no_violation(page: Page) -> None:
    for _ in range(2):  # with the pictures, then with the charts drawn live
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
        drawn(page)


def test_the_keyboard_reaches_the_content_and_the_evidence(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator("a.skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(120):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.getAttribute('href')") or "").startswith("#e-"):
            break
    page.keyboard.press("Enter")
    assert page.locator("tr:target").is_visible()
    assert page.evaluate("document.activeElement.id").startswith("e-")


def test_it_prints_to_a4_with_its_charts_and_without_its_buttons(page: Page) -> None:
    drawn(page)
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
        assert (round(pdf.pages[0].width), round(pdf.pages[0].height)) == (595, 842)
        text = "\n".join(p.extract_text() for p in pdf.pages)
        assert sum(len(p.images) + len(p.rects) for p in pdf.pages) > 20
    assert "Where each number comes from" in text and "Download the data" not in text and "Show rows with" not in text
    assert "Birmingham" in text


def test_what_is_folded_is_not_printed_and_the_first_page_is_one(page: Page) -> None:
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
        first, text = pdf.pages[0].extract_text(), "\n".join(p.extract_text() for p in pdf.pages)
        assert 4 <= len(pdf.pages) <= 12
    assert "At a glance" in first and "Telford and Wrekin" in first
    assert "Where each number comes from" not in text and "What is folded in the file is not printed" in text


@pytest.mark.parametrize("focus", ["Bury", "Telford and Wrekin"])
def test_a_brief_is_two_pages(browser: Browser, samples: Run, tmp_path: Path, focus: str) -> None:
    write(samples, compare(samples, focus, "all"), tmp_path / "brief.pdf", brief=True)
    with pdfplumber.open(tmp_path / "brief.pdf") as pdf:
        assert len(pdf.pages) == 2
        assert "At a glance" in pdf.pages[0].extract_text() and "How to read this" in pdf.pages[1].extract_text()


def test_tables_are_sorted_and_filtered(page: Page) -> None:
    unfolded(page)
    table = page.locator("section.figure:has(#stage-volumes) table")
    table.locator("thead button").nth(1).click()
    received = [int(t) for t in table.locator("tbody td:nth-child(2) a").all_inner_texts() if t.isdigit()]
    assert received == sorted(received) and len(received) == 5
    table.locator("thead button").nth(1).click()
    assert table.locator("tbody tr th").first.inner_text().startswith("Birmingham")
    assert table.locator("thead th").nth(1).get_attribute("aria-sort") == "descending"
    ledger = page.locator("#ledger")
    ledger.locator("input[type=search]").fill("panel")
    shown = [t for t in ledger.locator("tbody tr").all() if t.is_visible()]
    assert 0 < len(shown) < ledger.locator("tbody tr").count()


def test_a_chart_of_its_own_is_drawn_and_accessible(browser: Browser, comparison: Comparison, tmp_path: Path) -> None:
    figure = intervals.of("escalation_rate_1_to_2", "escalation-rate")(comparison)
    path = tmp_path / "chart.html"
    path.write_text(chart_page(figure, sources(comparison)), encoding="utf-8")
    said: list[str] = []
    page = opened(browser, path.as_uri(), said)
    assert drawn(page) == 1
    assert Axe().run(page).response["violations"] == [] and said == []
    page.context.close()


def test_a_narrow_screen_scrolls_tables_and_not_the_page(browser: Browser, address: str) -> None:
    said: list[str] = []
    page = opened(browser, address, said)
    page.set_viewport_size({"width": 360, "height": 740})
    drawn(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert page.evaluate(
        "[...document.querySelectorAll('.live')].every(part => part.scrollWidth <= part.clientWidth + 1)"
    )
    assert wide <= 361 and said == []
    page.context.close()
