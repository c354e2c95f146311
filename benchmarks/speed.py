"""Seconds for a report: councilbench from bytes to observations, pdfplumber on every page, camelot lattice on every page."""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median

import camelot
import pdfplumber

from councilbench.reports import read_report


def ours(path: Path) -> None:
    read_report(path)


def plumber(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()


def lattice(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        camelot.read_pdf(str(path), pages="all", flavor="lattice")


def seconds(action: Callable[[Path], None], paths: list[Path], runs: int) -> float:
    """The median of several runs over all reports, after one that warms up."""
    taken = []
    for run in range(runs + 1):
        start = time.perf_counter()
        for path in paths:
            action(path)
        if run:
            taken.append(time.perf_counter() - start)
    return median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    own = seconds(ours, options.paths, options.runs)
    print(f"councilbench, bytes to observations   {own:7.2f} s")
    for name, action in (("pdfplumber text and tables", plumber), ("camelot lattice", lattice)):
        other = seconds(action, options.paths, options.runs)
        print(f"{name:38}{other:7.2f} s   councilbench takes {own / other:.3f} of it")


if __name__ == "__main__":
    main()
