"""How large the report of every council over ten years is, how long it takes to make, and how fast a browser opens it.

Usage: python benchmarks/report.py [--councils 153] [--years 10]. Needs Chromium for the opening time. Aims: under 8 MB, open in under 3 s.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
from synthetic import figures

from compare.groups import Tables, choose
from compare.report import render
from normalise.comparability import gate
from normalise.ledger import Report, ledger
from normalise.rows import grouped, records

RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--councils", type=int, default=153)
    parser.add_argument("--years", type=int, default=10)
    given = parser.parse_args()
    observations, indicators, own = figures(given.councils, given.years)
    latest = {d: v for d, v in own.items() if v[1] == max(p for _, p in own.values())}
    rows = grouped(records(observations), ("document",))
    silence = ledger(Report(d, c, p, rows[(d,)], "", ()) for d, (c, p) in latest.items())
    nothing = pd.DataFrame(
        columns=[
            "document",
            "subject",
            "explanation",
            "where_first",
            "where_second",
            "first",
            "second",
            "period",
            "procedure",
            "stage",
            "value",
            "standard",
            "share",
        ]
    )
    tables = Tables(gate(indicators, observations), own, silence, nothing, nothing)
    focus = sorted(c for c, _ in own.values())[0]
    start = time.perf_counter()
    comparison = choose(indicators, observations, own, focus, ("all",))
    page = render(comparison, observations, (), tables)
    made = time.perf_counter() - start
    print(
        f"{given.councils} councils, {given.years} years, {len(observations):,} figures: {len(page.encode()) / 1e6:.1f} MB, made in {made:.0f} s"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_text(page, encoding="utf-8")
        opening(path)


def opening(path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium here, so the opening time was not measured")
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (only where there is a browser)

    times = []
    with sync_playwright() as playwright:
        for _ in range(RUNS):
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            )
            page = browser.new_context(offline=True).new_page()
            start = time.perf_counter()
            page.goto(path.as_uri(), wait_until="load")
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            times.append(time.perf_counter() - start)
            browser.close()
    print(f"opens and paints in {statistics.median(times):.1f} s (median of {RUNS}, network off)")


if __name__ == "__main__":
    main()
