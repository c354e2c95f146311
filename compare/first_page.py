"""The first page of a comparison: councils by indicators in one table, and what does not stand like for like."""

from __future__ import annotations

from compare import shown
from compare.benchmark import benchmark
from compare.figure import Entry, value_text
from compare.groups import PROCEDURE_WORDS, Comparison
from compare.wording import listed
from normalise.indicators import definition

GLANCE = (
    "stage_1_received", "stage_1_per_10000_children", "stage_1_within_20_days", "stage_1_upheld_rate", "escalation_rate_1_to_2", "ombudsman_upheld_rate",
)  # fmt: skip
"""The columns of the table."""
HEADS = (
    "Stage 1 complaints received",
    "Stage 1 for every 10,000 children",
    "Answered within 20 working days (the longest allowed)",
    "Upheld or partly upheld",
    "Stage 2 for every 100 at stage 1",
    "Ombudsman: upheld",
)
FEW = 3
"""Other councils up to which the others' value names them."""
NAMED = 10
"""Other councils up to which each has a row on the first page."""


def glance(comparison: Comparison) -> tuple[list[str], list[list[Entry]], list[list[Entry]]]:
    """Heads, the rows of the first page, and the rows of the other councils where these are too many for it."""
    rows = [_council(comparison, comparison.focus)]
    rows += [_others(comparison), _judgements(comparison)]
    others = [_council(comparison, c) for c in comparison.members if c != comparison.focus]
    heads = ["Council and year", *HEADS]
    return (heads, rows + others, []) if len(others) <= NAMED else (heads, rows, others)


def _council(comparison: Comparison, council: str) -> list[Entry]:
    cells = [Entry(shown.short_label(comparison, council))]
    for name in GLANCE:
        row = comparison.row(council, name)
        if not shown.usable(row):
            cells.append(Entry(shown.missing_mark(row)))
            continue
        assert row is not None
        said = [shown.of_counts(row).strip(" ()"), shown.interval_text(row), *shown.short_notes(row)]
        cells.append(
            Entry(
                value_text(row["value"], row["unit"]),
                tuple(str(row["inputs"]).split()[:1]),
                "; ".join(filter(None, said)),
            )
        )
    return cells


def _others(comparison: Comparison) -> list[Entry]:
    """The others' values, each leading to the councils that it rests on."""
    cells = [Entry("The others together")]
    for name in GLANCE:
        found = benchmark(comparison, name)
        if found.value is None:
            cells.append(Entry("[z]" if definition(name).unit == "count" else "[x]"))
            continue
        evidence = [
            str(row["inputs"]).split()[0] for c in found.others if (row := comparison.row(c, name)) and row["inputs"]
        ]
        few = tuple(evidence) if len(evidence) <= NAMED else ()
        whom = listed(list(found.others)) if len(found.others) <= FEW else f"{len(found.others)} councils"
        cells.append(Entry(value_text(found.value, definition(name).unit), few, whom))
    return cells


def _judgements(comparison: Comparison) -> list[Entry]:
    cells = [Entry(f"{comparison.focus} compared with the others")]
    for name in GLANCE:
        cells.append(Entry(benchmark(comparison, name).judgement.text()))
    return cells


def warnings(comparison: Comparison) -> list[str]:
    """What stands side by side without being the same: years, corrected figures, figures from a later report."""
    lines = []
    years = sorted(set(comparison.periods.values()))
    if len(years) > 1:
        lines.append(
            f"The reports are for different years, {years[0]} to {years[-1]}; part of any difference may be the year."
        )
    if comparison.corrections:
        lines.append(
            "Councils corrected figures of their reports. "
            + " ".join(f"{line.rstrip('.')}." for line in comparison.corrections)
        )
    for council, later in comparison.borrowed.items():
        lines.append(
            f"There is no report of {council} for {comparison.periods[council]} here; its figures are those that its report for {later} gives for that year."
        )
    return lines


def mixed_procedures(comparison: Comparison) -> list[str]:
    """A sentence for every council with figures of another procedure than the children's statutory one."""
    lines = []
    mixed = comparison.indicators[
        (comparison.indicators["procedure"] != "children_statutory") & comparison.indicators["value"].notna()
    ]
    for council in [c for c in comparison.members if c in set(mixed["authority"])]:
        procedures = sorted({PROCEDURE_WORDS[p] for p in mixed[mixed["authority"] == council]["procedure"]})
        lines.append(f"Some figures of {council} are for {' and '.join(procedures)}; they are marked in the table.")
    return lines
