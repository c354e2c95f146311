"""Do the tests catch what they are there for? Faults are planted one at a time; the test named for each must fail.

    python tests/faults.py [WORD]...

works on a copy of the sources in a temporary folder, takes a minute or two, and is no part of the normal suite. It
ends with status 1 where a fault goes unnoticed, where the text to replace is gone (the rule has moved: say here where
to), or where a named test fails without any fault.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("corpus", "extract", "normalise", "compare", "councilbench", "tests", "pyproject.toml")
PASSED, FAILED = 0, 1
"""pytest's exit status for tests that ran; others say that it could not run them."""


@dataclass(frozen=True)
class Fault:
    """A rule broken in one place: `old` stands once in `file` and becomes `new`; `test` must then fail."""

    name: str
    file: str
    old: str
    new: str
    test: str


def case(name: str) -> str:
    return f"tests/normalise/test_cases.py::test_case[{name}]"


def fates(name: str) -> str:
    return f"tests/normalise/test_cases.py::test_fates[{name}]"


FAULTS = (
    Fault(
        "another council's figure taken for one's own",
        "normalise/prose.py",
        "if _of_another_council(clause[: statement.at], context.council):",
        "if False:",
        case("guards/another-councils-figure"),
    ),
    Fault(
        "the total of a sentence ignored for its bands",
        "normalise/prose.py",
        "totals[0] if totals else None",
        "None",
        case("sentences/bands-and-their-total-in-one-sentence"),
    ),
    Fault(
        "the bands of confidence swapped",
        "normalise/interpret.py",
        "SURE, LIKELY, DOUBTFUL = 0.97, 0.93, 0.78",
        "DOUBTFUL, LIKELY, SURE = 0.97, 0.93, 0.78",
        case("tables/how-sure-a-row-is"),
    ),
    Fault(
        "a review panel at stage 2",
        "normalise/vocabulary/wordings.csv",
        "\nreview panel*,,,stage_3,",
        "\nreview panel*,,,stage_2,",
        case("sentences/panels-are-stage-3"),
    ),
    Fault(
        "25 working days as the limit of stage 1",
        "normalise/stages.py",
        '25: "stage_2"',
        '25: "stage_1"',
        case("sentences/stages-that-the-limits-say"),
    ),
    Fault(
        "stage 3 of a report on several procedures not statutory",
        "normalise/interpret.py",
        'if stage == "stage_3" and procedure in ("all", "corporate") and not a.procedure:',
        "if False:",
        case("guards/stage-3-is-statutory"),
    ),
    Fault(
        "a share over 100% let through",
        "normalise/interpret.py",
        "value is not None and value > 100:",
        "value is not None and value > 1e9:",
        fates("guards/shares-over-the-whole"),
    ),
    Fault(
        "figures 40 points apart in one column",
        "extract/tables/alignment.py",
        "abs(sum(a) - sum(b)) / 2) < 9",
        "abs(sum(a) - sum(b)) / 2) < 40",
        case("tables/columns-that-do-not-meet"),
    ),
    Fault(
        "bars that need not fit their labels",
        "extract/charts.py",
        "TOLERANCE = 0.08",
        "TOLERANCE = 0.60",
        case("charts/bars-out-of-proportion"),
    ),
    Fault(
        "a gutter after two rows",
        "extract/regions.py",
        "MIN_ROWS = 5",
        "MIN_ROWS = 2",
        case("guards/a-river-is-no-gutter"),
    ),
    Fault(
        "one complaint that led to something counted",
        "normalise/prose.py",
        "if _CAUSED_BY.search(head) and",
        "if False and",
        case("guards/one-case-at-the-root"),
    ),
    Fault(
        "the money of one case taken for a cost of the year",
        "normalise/prose.py",
        "single = _SOMEBODY.search(_own_sentence(statement)) and",
        "single = False and",
        case("guards/money-of-one-case"),
    ),
    Fault(
        "the country's figure taken for the council's",
        "normalise/prose.py",
        'authority="England" if NATIONAL.search(clause) else ""',
        'authority=""',
        case("guards/the-countrys-figure"),
    ),
    Fault(
        "an average of other councils taken for the council's figure",
        "normalise/prose.py",
        "if (elsewhere := ELSEWHERE.search(clause)) and not NATIONAL.search(elsewhere.group()):",
        "if False:",
        case("guards/an-average-of-others"),
    ),
    Fault(
        "an approximate figure given as an exact one",
        "normalise/interpret.py",
        '"e" if _approximate(statement) else ""',
        '""',
        case("sentences/about-is-not-exactly"),
    ),
    Fault(
        "a date soon after the year taken for the next year",
        "normalise/prose.py",
        "periods.start_of(period) == periods.start_of(own) + 1",
        "False",
        case("sentences/a-date-soon-after-the-year"),
    ),
    Fault(
        "a stage taken from a sum that agrees by chance",
        "normalise/stages.py",
        "LEAST = 8",
        "LEAST = 0",
        case("guards/a-small-sum-agrees-by-chance"),
    ),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("word", nargs="*", help="only the faults whose name contains one of these words")
    words = parser.parse_args().word
    chosen = [f for f in FAULTS if not words or any(word in f.name for word in words)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = copied(Path(scratch))
        status, output = run(folder, *(f.test for f in chosen))
        if status != PASSED:
            print(f"{output}\nThe tests named here do not all pass without a fault; put that right first.")
            return 1
        verdicts = [verdict(folder, fault) for fault in chosen]
    for fault, wrong in zip(chosen, verdicts, strict=True):
        print(f"{wrong or 'caught'}: {fault.name} ({fault.file}; {fault.test})")
    return int(any(verdicts))


def copied(folder: Path) -> Path:
    """The sources in a folder of their own, without compiled files, which could outlive a fault."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def run(folder: Path, *tests: str) -> tuple[int, str]:
    """pytest's exit status and output for tests of a folder, whose packages win over installed ones."""
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *dict.fromkeys(tests)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def verdict(folder: Path, fault: Fault) -> str:
    """What is wrong: empty where the planted fault makes its test fail, and by what it asserts."""
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    if text.count(fault.old) != 1:
        return f"NOT PLANTED, the text to replace stands there {text.count(fault.old)} times"
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    try:
        status, output = run(folder, fault.test)
    finally:
        path.write_text(text, encoding="utf-8")
    if status == PASSED:
        return "UNNOTICED"
    if status != FAILED:
        return f"NOT RUN, pytest ended with status {status}"
    asserted = re.search(r"^E +(?:AssertionError|assert )", output, re.MULTILINE)
    return "" if asserted else "FELL OVER, no assertion failed"


if __name__ == "__main__":
    sys.exit(main())
