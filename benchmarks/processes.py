"""Whole processes, nothing cached: `councilbench extract` beside the obvious pdfplumber script, in pairs.

    python benchmarks/processes.py REPORT.pdf... [--pairs 5]

prints the median seconds of each, and the median of the ratios, for all reports together and for the first one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

OBVIOUS = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
"""


COMPILED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""An installed package has its bytecode, as the peer's has."""


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=COMPILED)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    ours = [sys.executable, "-c", "from councilbench.cli import main; main()"]
    help_text = median(seconds([*ours, "--help"]) for _ in range(options.pairs))
    print(f"councilbench --help: {help_text:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        for paths in (options.paths, options.paths[:1]):
            given = [str(p) for p in paths]
            pairs = [
                (
                    seconds([*ours, "extract", *given, "--out", f"{folder}/o.csv"]),
                    seconds([sys.executable, "-c", OBVIOUS, *given]),
                )
                for _ in range(options.pairs)
            ]
            own, obvious = median(a for a, _ in pairs), median(b for _, b in pairs)
            ratio = median(a / b for a, b in pairs)
            print(f"{len(given)} reports: councilbench {own:.2f} s, pdfplumber {obvious:.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
