"""Tables that do not add up, and shares that are not the shares of the counts beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import fsum

from extract.statement import Statement
from normalise.audit.finding import Finding, Report, agrees, decimals, where
from normalise.wordings import is_called

_SUBSET = re.compile(r"^(?:of which|of these|of those|including|incl\.?)\b", re.IGNORECASE)
_NOT_ADDED = re.compile(
    r"\b(?:average|mean|median|rates?|ratio|per ?cent\w*|difference|target|days)\b|%|^(?:\w+ )?change$", re.IGNORECASE
)


class Grid:
    """The numbers of one table by row and column."""

    def __init__(self, statements: list[Statement]) -> None:
        self.cells = {s.place: s for s in statements if s.kind not in ("date", "period", "year")}
        self.rows = sorted({r for r, _ in self.cells})
        self.columns = sorted({c for _, c in self.cells})
        self.labels = {s.place[0]: s.rows for s in statements}
        self.heads = {s.place[1]: s.columns for s in statements}

    def label(self, row: int) -> str:
        return self.labels[row][-1] if self.labels.get(row) else ""

    def head(self, column: int) -> str:
        return " ".join(self.heads.get(column, ()))

    def is_total_row(self, row: int) -> bool:
        return is_called("total", self.label(row).strip(" :*"))

    def column(self, column: int) -> dict[int, Statement]:
        return {r: self.cells[r, column] for r in self.rows if (r, column) in self.cells}

    def turned(self) -> Grid:
        """The same table with rows as columns, so that one check serves both."""
        other = Grid([])
        other.cells = {(c, r): s for (r, c), s in self.cells.items()}
        other.rows, other.columns = self.columns, self.rows
        other.labels, other.heads = self.heads, self.labels
        return other


def grids(report: Report) -> list[Grid]:
    """The tables of a report with at least four numbers."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for fate in report.fates:
        s = fate.statement
        if s.method in ("table", "ocr") and not s.sentence and (s.rows or s.columns):
            groups[s.group].append(s)
    return [Grid(group) for group in groups.values() if len(group) >= 4]


def totals(report: Report) -> Iterator[Finding]:
    """Totals of columns and rows that are not the sum of their parts, and shares that do not make 100%."""
    for grid in grids(report):
        yield from _column_totals(grid, "table_total", report)
        yield from _column_totals(grid.turned(), "row_total", report)


def _column_totals(grid: Grid, check: str, report: Report) -> Iterator[Finding]:
    total_rows = [r for r in grid.rows if grid.is_total_row(r)]
    for column in grid.columns:
        cells = grid.column(column)
        for row in (r for r in total_rows if r in cells):
            total = cells[row]
            options = [o for o in _parts(grid, cells, row, total_rows) if len(o) > 1]
            if (
                not options
                or total.value is None
                or (_NOT_ADDED.search(grid.label(row) + " " + grid.head(column)) and total.kind != "percent")
            ):
                continue
            if all(
                grid.label(r).strip().isdigit() or grid.label(r) == grid.head(column)
                for r in cells
                if r not in total_rows
            ):
                continue  # the numbers of quarters, not figures
            if total.kind == "percent" and not 99 <= total.value <= 101:
                continue  # a rate of the whole, not a sum
            if any(_adds_up(option, total) for option in options):
                report.passed[check] += 1
                continue
            parts = options[0]
            added = fsum(p.value or 0 for p in parts)
            percent = total.kind == "percent"
            label = grid.head(column) if check == "table_total" else " ".join(grid.heads.get(column, ()))
            yield Finding(
                "percent_total" if percent else check,
                f"{(total.caption or 'table')[:80]}: {label or 'total'}".strip(),
                round(added, 2),
                total.value,
                where(parts[0]),
                where(total),
                f"The {len(parts)} parts ({' + '.join(p.printed for p in parts)}) add up to {added:g}; the total is given as {total.printed}.",
            )


def _parts(grid: Grid, cells: dict[int, Statement], row: int, total_rows: list[int]) -> Iterator[list[Statement]]:
    """What a total may be the sum of, the likeliest first."""
    kind = cells[row].kind
    plain = [
        r
        for r in cells
        if r not in total_rows
        and cells[r].kind == kind
        and not _SUBSET.match(grid.label(r))
        and (kind == "percent" or not _NOT_ADDED.search(grid.label(r)))
    ]
    earlier_totals = [t for t in total_rows if t < row and t in cells]
    since = max(earlier_totals, default=-1)
    groups = grid.labels[row][:-1]
    if groups:
        yield [cells[r] for r in plain if grid.labels[r][:-1] == groups]
    yield [cells[r] for r in plain if since < r < row]
    yield [cells[r] for r in plain if r < row]
    yield [cells[r] for r in earlier_totals]
    later = min((t for t in total_rows if t > row), default=10**6)
    yield [cells[r] for r in plain if row < r < later]
    yield [cells[r] for r in plain if r > row]
    yield [cells[r] for r in plain]
    # Rows that have parts of their own are totals without the name.
    for a, b in pairwise([*earlier_totals, row]):
        yield [cells[a], *(cells[r] for r in plain if a < r < b)]


def _adds_up(parts: list[Statement], total: Statement) -> bool:
    assert total.value is not None
    if any(p.value is None and p.high is None for p in parts):
        return True  # a part that is not printed: nothing can be said
    low = fsum(p.value if p.value is not None else (p.low or 0) for p in parts)
    high = fsum(p.value if p.value is not None else (p.high or 0) for p in parts)
    places = max([decimals(p) for p in parts] + [decimals(total)])
    slack = (
        0.5 * 10**-places * (len(parts) + 1) if total.kind == "percent" else 0.5 * 10**-places if places else 0
    ) + 1e-6
    return low - slack <= total.value <= high + slack


def table_shares(report: Report) -> Iterator[Finding]:
    """Percentages of a table, or of a sentence, that are not the share of the counts beside them."""
    for grid in grids(report):
        yield from _shares_of(grid, report)
    yield from _shares_in_sentences(report)


def _shares_of(grid: Grid, report: Report) -> Iterator[Finding]:
    """A column of percentages is tied to the counts that most of its rows follow from; a row that does not, stands out."""
    counts = [c for c in grid.columns if _of_kind(grid, c, "number")]
    total_rows = [r for r in grid.rows if grid.is_total_row(r)]
    for column in grid.columns:
        if not _of_kind(grid, column, "percent"):
            continue
        shares = {r: s for r, s in grid.column(column).items() if s.value is not None and r not in total_rows}
        best: tuple[int, str, dict[int, tuple[Statement, float, str]]] | None = None
        for part in counts:
            for name, bases in _bases(grid, counts, part, total_rows):
                fits = {
                    r: (grid.cells[r, part], bases[r], name)
                    for r in shares
                    if (r, part) in grid.cells and grid.cells[r, part].value is not None and bases.get(r)
                }
                good = sum(_is_share(shares[r], p, base) for r, (p, base, _) in fits.items())
                if fits and (best is None or good > best[0]):
                    best = (good, name, fits)
        if best is None or best[0] < 3 or best[0] < 0.6 * len(best[2]):
            continue
        for r, (part_cell, base, name) in best[2].items():
            share = shares[r]
            if _is_share(share, part_cell, base):
                report.passed["share"] += 1
            else:
                computed = 100 * (part_cell.value or 0) / base
                yield Finding(
                    "share",
                    f"{grid.label(r)}: {grid.head(column)}"[:160],
                    share.value or 0.0,
                    round(computed, 2),
                    where(share),
                    where(part_cell),
                    f"{part_cell.printed} of {base:g} ({name}) is {computed:.1f}%; the table gives {share.printed}. Other rows of the table agree.",
                )


def _of_kind(grid: Grid, column: int, kind: str) -> bool:
    cells = grid.column(column).values()
    return bool(cells) and sum(s.kind == kind for s in cells) > 0.7 * len(cells)


def _bases(grid: Grid, counts: list[int], part: int, total_rows: list[int]) -> Iterator[tuple[str, dict[int, float]]]:
    """What the counts of a column may be a share of: its own total, or the count of another column in the same row."""
    own = grid.column(part)
    total = next((own[r].value for r in reversed(total_rows) if r in own and own[r].value), None)
    added = fsum(s.value or 0 for r, s in own.items() if r not in total_rows)
    for name, whole in (("the column's total", total), ("the column's sum", added)):
        if whole:
            yield name, dict.fromkeys(own, whole)
    for other in counts:
        if other != part:
            yield (
                f"“{grid.head(other) or 'the other column'}”",
                {r: s.value for r, s in grid.column(other).items() if s.value},
            )


def _is_share(share: Statement, part: Statement, base: float) -> bool:
    return agrees(share.value or 0.0, 100 * (part.value or 0.0) / base, decimals(share))


_OF = re.compile(r"\s*(?:out\s+of|of|/)\s*(?:(?:the|all|a\s+total\s+of)\s+)?")


def _is_whole(part: Statement, whole: Statement) -> bool:
    """True for the second number of "142 of 265"."""
    between = whole.sentence[part.start + len(part.printed) : whole.start]
    return part.sentence == whole.sentence and _OF.fullmatch(between) is not None


def _shares_in_sentences(report: Report) -> Iterator[Finding]:
    """ "142 of 265 (53.4%)": the share of the two counts before it."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for fate in report.fates:
        if fate.statement.sentence and fate.statement.statistic:
            groups[fate.statement.group].append(fate.statement)
    for group in groups.values():
        for i, whole in enumerate(group):
            if i == 0 or i + 1 >= len(group) or not _is_whole(group[i - 1], whole):
                continue
            part, share = group[i - 1], group[i + 1]
            near = share.sentence[whole.start : share.start] if share.sentence == whole.sentence else ""
            tied = (share.kind == "percent" and len(near) < 25 and "(" in near) or "," in near[:8]
            if (
                not tied
                or share.kind != "percent"
                or not whole.value
                or part.value is None
                or part.kind != "number"
                or share.value is None
            ):
                continue
            computed = 100 * part.value / whole.value
            if agrees(share.value, computed, decimals(share)):
                report.passed["share"] += 1
            elif part.value <= whole.value:
                yield Finding(
                    "share",
                    share.quote[:160],
                    share.value,
                    round(computed, 2),
                    where(share),
                    where(part),
                    f"{part.printed} of {whole.printed} is {computed:.2f}%; the report gives {share.printed}.",
                )
