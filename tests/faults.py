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


def reading(name: str) -> str:
    return f"tests/normalise/test_reading.py::{name}"


def fates(name: str) -> str:
    return f"tests/normalise/test_cases.py::test_fates[{name}]"


FAULTS = (
    Fault(
        "an upheld rate of partly upheld complaints alone",
        "normalise/indicators.py",
        "if closed is None and len(favour) < 2:",
        "if closed is None and not favour:",
        "tests/normalise/test_indicators.py::test_no_upheld_rate_without_the_upheld_ones",
    ),
    Fault(
        "a share set on the total of all stages",
        "normalise/indicators.py",
        'return self.pick(measure, "", stage, any_stage=self.one_stage)',
        'return self.pick(measure, "", stage, any_stage=True)',
        "tests/normalise/test_indicators.py::test_a_share_is_not_set_on_a_total_of_other_stages",
    ),
    Fault(
        "a log in the place of any file",
        "councilbench/watching.py",
        "    if not _may_be_log(path):",
        "    if not path.name:",
        "tests/councilbench/test_building.py::test_a_log_takes_the_place_of_an_earlier_log_alone",
    ),
    Fault(
        "the name of a group of rows as a head",
        "extract/tables/cell_lines.py",
        "grouped = label[0].empty >= width",
        "grouped = label[0].empty > 9 * width",
        "tests/extract/test_cell_lines.py::test_a_name_before_empty_cells_is_that_of_a_group",
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
        "bands coded by their heads and not by their sums",
        "normalise/reading/arithmetic.py",
        "            if category:",
        "            if False:",
        reading("test_bands_that_add_up_are_coded_by_what_they_mean"),
    ),
    Fault(
        "two values for one key in one row",
        "normalise/reading/arithmetic.py",
        "in members}) > 1 for n in members}",
        "in members}) > 99 for n in members}",
        reading("test_cells_of_one_row_with_one_key_and_two_values_clash"),
    ),
    Fault(
        "readings that are likelier wrong than right taken for observations",
        "normalise/reading/interpreting.py",
        "if confidence < WRITTEN_FROM:",
        "if confidence < 0:",
        reading("test_what_is_likelier_wrong_than_right_is_no_observation"),
    ),
    Fault(
        "a share over 100% let through",
        "normalise/reading/interpreting.py",
        "and value > 100:",
        "and value > 1e9:",
        reading("test_a_share_over_the_whole_is_no_observation"),
    ),
    Fault(
        "another council's figure taken for one's own",
        "normalise/reading/lines.py",
        'return before[-1] if before else ""',
        'return ""',
        reading("test_another_council_named_before_a_number_is_whom_it_is_about"),
    ),
    Fault(
        "quotation marks not seen",
        "normalise/reading/tagging.py",
        "        if opens:\n",
        "        if False:\n",
        reading("test_a_number_inside_quotation_marks_of_any_style"),
    ),
    Fault(
        "the likeliest option passed over",
        "normalise/reading/weighing.py",
        "key=lambda n: -chances[n])",
        "key=lambda n: chances[n])",
        reading("test_the_heavier_option_wins_and_the_runner_up_is_kept"),
    ),
    Fault(
        "a word of the lexicon lost",
        "normalise/vocabulary/lexicon.csv",
        "\nregarding,ABOUT,",
        "\nregarding,WHO,",
        reading("test_words_for_one_thing_have_one_class"),
    ),
    Fault(
        "bare bands left without their days",
        "normalise/reading/headings.py",
        "    if not said:\n",
        "    if said:\n",
        reading("test_bare_bands_under_working_days_get_their_unit"),
    ),
    Fault(
        "a limit without the word days not seen",
        "normalise/day_limits.py",
        "    if not known and not own:\n",
        "    if True:\n",
        "tests/normalise/test_periods_and_bands.py::test_limits_of_days_in_sentences",
    ),
    Fault(
        "labels behind their numbers not seen",
        "normalise/reading/phrases.py",
        'yield Phrase(label, "after "',
        'yield Phrase("", "after "',
        reading("test_labels_before_and_behind_their_numbers"),
    ),
    Fault(
        "brackets that nothing explains",
        "extract/bracketed.py",
        "return own, (self.words, *own) if self.words else None",
        "return own, (self.words, *own) if self.words else own",
        "tests/extract/test_bracketed.py",
    ),
    Fault(
        "what is said of brackets in force for all",
        "extract/sentences.py",
        "if not says_brackets(sentence):",
        "if sentence:",
        "tests/extract/test_bracketed.py",
    ),
    Fault(
        "the report's own council as another",
        "normalise/reading/lines.py",
        'found.append((match.start(), name if name != self.council else ""))',
        "found.append((match.start(), name))",
        "tests/normalise/test_reading.py",
    ),
    Fault(
        "a title that names no council",
        "normalise/reading/frontmatter.py",
        "if titled := _in_title(lines):",
        'if titled := "":',
        "tests/normalise/test_reading.py",
    ),
    Fault(
        "the year before that as the year before",
        "normalise/periods.py",
        'period = "two before" if named == "prior"',
        'period = "prior" if named == "prior"',
        "tests/normalise/test_periods_and_bands.py",
    ),
    Fault(
        "numbers of an axis as figures",
        "extract/readers/text_lines.py",
        "_without_contents(_without_scales(lines))",
        "_without_contents(lines)",
        "tests/extract/test_readers.py",
    ),
    Fault(
        "numbers that do not count rows up taken off",
        "extract/tables/heads.py",
        "marks not in counted",
        "False",
        "tests/extract/test_tables.py",
    ),
    Fault(
        "numbers of sections taken for figures",
        "extract/numbered.py",
        "LEAST = 3\n",
        "LEAST = 300\n",
        "tests/extract/test_tables.py::test_the_numbers_of_sections_are_no_figures",
    ),
    Fault(
        "labels of several rows left to one of them",
        "extract/tables/spanning.py",
        "spanning = [g for g in groups if 0 <",
        "spanning = [g for g in groups if 9 <",
        "tests/extract/test_tables.py::test_a_label_is_that_of_all_rows_between_which_no_rule_runs_under_it",
    ),
    Fault(
        "labels that wrap cut",
        "extract/tables/wrapped.py",
        "return _joined(block, wrapped) if wrapped else block",
        "return block",
        "tests/extract/test_copied_tables.py::test_labels_that_wrap_or_stand_apart_are_put_to_their_figures",
    ),
    Fault(
        "tables without heads left without",
        "extract/readers/text.py",
        "return with_heads_of_before(blocks)",
        "return blocks",
        "tests/extract/test_copied_tables.py::test_a_table_without_heads_stands_under_those_of_the_one_before",
    ),
    Fault(
        "years broken over two lines",
        "extract/readers/broken_lines.py",
        "for line in _with_whole_years(lines)]",
        "for line in lines]",
        "tests/extract/test_copied_tables.py::test_what_a_layout_took_apart_is_put_together",
    ),
    Fault(
        "a doubtful year of the report that costs nothing",
        "normalise/reading/calibrating.py",
        "math.log(period_chance)",
        "0.0 * math.log(period_chance)",
        reading("test_a_doubtful_year_of_the_report_lowers_what_rests_on_it_and_nothing_else"),
    ),
    Fault(
        "an item of an enumeration that its neighbours name for",
        "normalise/reading/in_sentence.py",
        "if sentence.items[span[0]] == sentence.items[token]] or spans",
        "if False] or spans",
        reading("test_an_item_names_the_stage_of_its_own_number"),
    ),
    Fault(
        "totals known by their words alone",
        "normalise/reading/grid.py",
        "abs(sum(line) - 2 * value) < 0.5",
        "abs(sum(line) - 2 * value) < -1",
        reading("test_a_row_that_adds_up_the_others_is_a_total_whatever_it_is_called"),
    ),
    Fault(
        "empty cells passed over",
        "extract/tables/cell_lines.py",
        "max(0, (blank - 1) // 2)",
        "0",
        "tests/extract/test_cell_lines.py::test_an_empty_cell_is_a_cell",
    ),
    Fault(
        "every text taken for wrapped",
        "extract/readers/text_lines.py",
        "FEWEST_WHOLE, MOSTLY_WHOLE = 4, 0.85",
        "FEWEST_WHOLE, MOSTLY_WHOLE = 4, 1.85",
        "tests/extract/test_unwrapped_text.py",
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
