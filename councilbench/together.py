"""What is built of several reports together: breaks in series, figures of last year against last year's report, comparability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from councilbench.built import TOGETHER, Assembly, Built, Index
from councilbench.tabling import arrow, csv_table
from normalise import indicators
from normalise.audit.across import figures_of_last_year
from normalise.audit.finding import Report
from normalise.audit.run import frame_of
from normalise.breaks import marked
from normalise.comparability import gate
from normalise.dataset import lines_of, typed
from normalise.observations import failures
from normalise.rows import Row, grouped, records, tuples
from normalise.schemas import SCHEMAS, BrokenRuleError, broken


def put_together(folder: Path, index: Index, before: Built | None, anew: Iterable[str]) -> None:
    """Write the tables for which reports of one council matter to one another, from those that stand in `folder`.

    Reports that no report made anew has a council in common with are taken from the build before.
    """
    slugs = [e.slug for e in index.entries]
    old = before if before and _comparable(index, before) else None
    touched = _touched(folder, old, set(anew)) if old else set(slugs)
    tables = _of(folder, touched, index)
    assembly = Assembly(folder, TOGETHER, old)
    for entry in index.entries:
        assembly.add(entry, tables.get(entry.slug))
    assembly.close()


def _comparable(index: Index, before: Built) -> bool:
    """True where no break was changed and no report is gone."""
    return index.breaks == before.index.breaks and set(before.by_slug) <= {e.slug for e in index.entries}


def _touched(folder: Path, old: Built, anew: set[str]) -> set[str]:
    """The reports made anew, and all that have figures of a council that these have, or had, figures of."""
    pairs = [pq.read_table(folder / "observations.parquet", columns=["document", "authority"])]
    pairs.append(old.table("observations", ["document", "authority"]))
    now, then = (p.group_by(["document", "authority"]).aggregate([]).to_pydict() for p in pairs)
    councils = {a for p in (now, then) for d, a in zip(p["document"], p["authority"], strict=True) if d in anew and a}
    return anew | {d for d, a in zip(now["document"], now["authority"], strict=True) if a in councils}


def _read(folder: Path, name: str, documents: Sequence[str]) -> pd.DataFrame:
    """The rows of some documents."""
    table = pq.read_table(folder / f"{name}.parquet")
    return table.filter(pc.is_in(table["document"], pa.array(documents, table["document"].type))).to_pandas()


def _of(folder: Path, touched: set[str], index: Index) -> dict[str, dict[str, pa.Table]]:
    """Document -> its tables."""
    slugs = [e.slug for e in index.entries if e.slug in touched]
    observations = typed("observations", _read(folder, "observations", slugs))
    computed = typed("indicators", _read(folder, "computed", slugs))
    found = marked(computed, indicators.addresses(), index.own_breaks)
    frames = {
        "indicators": typed("indicators", found),
        "discrepancies": _discrepancies(_read(folder, "findings", slugs), observations, slugs),
        "comparability": typed("comparability", gate(found, observations)),
    }
    _hold_to_the_rules(folder, {"observations": observations, **frames}, slugs)
    parts: dict[str, dict[str, pa.Table]] = {slug: {} for slug in slugs}
    written: dict[str, dict[str, bytes]] = {slug: {} for slug in slugs}
    for name, frame in frames.items():
        table, rows = arrow(frame), list(tuples(frame))
        for slug, start, length in _runs(frame["document"], slugs):
            parts[slug][name] = table.slice(start, length)
            written[slug][name] = lines_of(rows[start : start + length])
    return {slug: parts[slug] | {"csv_together": csv_table(written[slug])} for slug in slugs}


def _runs(documents: pd.Series[str], slugs: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Each document with the first of its rows, which stand together, and how many they are."""
    counts = documents.value_counts()
    start = 0
    for slug in slugs:
        length = int(counts.get(slug, 0))
        yield slug, start, length
        start += length


def _discrepancies(own: pd.DataFrame, observations: pd.DataFrame, slugs: Sequence[str]) -> pd.DataFrame:
    """What contradicts itself in each report, and between them, report after report."""
    rows = grouped(records(observations), ("document",))
    contradictions = grouped(records(own), ("document",))
    found: dict[str, list[Row]] = {slug: contradictions.get((slug,), []) for slug in slugs}
    for slug, finding in figures_of_last_year([Report(slug, rows.get((slug,), []), ()) for slug in slugs]):
        found[slug].append(finding.row(slug))
    return typed("discrepancies", frame_of([row for of_report in found.values() for row in of_report]))


def _hold_to_the_rules(folder: Path, frames: Mapping[str, pd.DataFrame], slugs: Sequence[str]) -> None:
    """Raises BrokenRuleError where something that is about to be written breaks a rule of the common model."""
    if len(found := failures(frames["observations"])):
        raise BrokenRuleError("observations", sorted(set(found["rule"].astype(str))))
    for name in SCHEMAS:
        frame = frames[name] if name in frames else typed(name, _read(folder, name, slugs))
        if rules := broken(name, frame):
            raise BrokenRuleError(name, rules)
