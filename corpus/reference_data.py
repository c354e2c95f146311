"""Reference data in its publishers' own layouts: population of children, statistical neighbours, referrals, Ombudsman tables.

What a file holds is told from its header words (`reference/layouts.csv`), wherever the header row stands, because layouts change from
year to year. Children, neighbours, referrals and children in need are built in (`reference/built_in.csv`); what a user adds goes
before them. Source and licence of what is used are carried to the report.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from corpus import own_table
from corpus.councils import Council, find, register
from corpus.document import digest
from corpus.errors import WorkspaceError
from corpus.reference_sources import FOLDER
from corpus.store import write_text

KINDS = {
    "population": "children aged 0 to 17",
    "neighbours": "statistical neighbours",
    "context": "referrals and children in need",
    "ombudsman": "the Ombudsman's figures by authority",
}
ONE_TABLE = ("neighbours",)
"""Kinds of which one table is in force at a time."""
SOURCES = "sources.csv"
SOURCE_COLUMNS = ("kind", "file", "rows", "source", "licence", "added", "sha256")
COLUMNS = ("kind", "la_number", "council", "period", "measure", "category", "value", "neighbour", "rank")
MAX_ROWS = 400_000
HOW_TO = {
    "population": "add the Department for Education's or the Office for National Statistics' table of children by authority with: councilbench reference add FILE",
    "neighbours": "add the Department for Education's table of statistical neighbours with: councilbench reference add FILE",
    "context": "add the Department for Education's table of referrals with: councilbench reference add FILE",
    "ombudsman": "add the Ombudsman's table of complaints by authority with: councilbench reference add FILE",
}
"""How to get what is missing, for the reason beside a gap."""


class UnknownReferenceError(WorkspaceError):
    """A reference file cannot be used; the message names the file, the cause and the way out."""


@dataclass(frozen=True)
class Layout:
    """A field of a kind of reference file, and the header words that name it."""

    kind: str
    field: str
    words: str
    needed: str
    """`yes`, `no`, or `one`: at least one of those of the kind."""


@cache
def layouts() -> tuple[Layout, ...]:
    """Every field of every kind, in the order of the file."""
    text = (files("corpus") / "reference" / "layouts.csv").read_text(encoding="utf-8")
    return tuple(
        Layout(row["kind"], row["field"], row["words"], row["needed"]) for row in csv.DictReader(text.splitlines())
    )


def read(path: Path) -> pd.DataFrame:
    """A reference file (CSV or XLSX) as rows with the columns of COLUMNS.

    Raises UnknownReferenceError where it is missing, no table, or of no kind that is known.
    """
    if not path.is_file():
        raise UnknownReferenceError(f"{path}: there is no such file.")
    for rows in _sheets(path):
        for start in range(min(len(rows), 20)):
            head = [_plain(cell) for cell in rows[start]]
            for kind in KINDS:
                fields = _fields(kind, head)
                if fields:
                    above = " ".join(cell for row in rows[:start] for cell in row)
                    found = _long(kind, fields, head, rows[start + 1 :], _About(path.stem, _year_in(path.stem, above)))
                    if len(found):
                        return found
    raise UnknownReferenceError(
        f"{path}: holds no table that is known; its header row must name the authority and one of: {', '.join(KINDS.values())}."
    )


def _sheets(path: Path) -> Iterator[list[list[str]]]:
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        try:
            book = pd.read_excel(path, sheet_name=None, header=None, dtype=str, keep_default_na=False, nrows=MAX_ROWS)
        except Exception as error:  # openpyxl raises many kinds for damaged files
            raise UnknownReferenceError(
                f"{path}: cannot be read as a workbook; open it in Excel and save it again."
            ) from error
        for frame in book.values():
            yield [[str(c) for c in row] for row in frame.to_numpy().tolist()]
        return
    data = path.read_bytes()
    if b"\0" in data[:2000]:
        raise UnknownReferenceError(f"{path}: is neither a CSV file nor an .xlsx workbook; save it as one of them.")
    text = (
        data.decode("utf-8-sig", errors="replace")
        if b"\xa3" not in data[:200]
        else data.decode("cp1252", errors="replace")
    )
    yield [row for row, _ in zip(csv.reader(io.StringIO(text)), range(MAX_ROWS), strict=False) if row]


def _plain(cell: str) -> str:
    return " ".join(str(cell).replace("’", "'").split()).lower()


def _fields(kind: str, head: list[str]) -> dict[str, int]:
    """Field -> column, where the header row has what the kind needs; else nothing."""
    wide_neighbours = kind == "neighbours" and sum(_NEIGHBOUR.fullmatch(h) is not None for h in head) >= 5
    found: dict[str, int] = {}
    for layout in layouts():
        if layout.kind != kind:
            continue
        column = next(
            (n for n, h in enumerate(head) if h and n not in found.values() and re.search(layout.words, h)), None
        )
        if column is not None:
            found[layout.field] = column
        elif layout.needed == "yes" and not wide_neighbours:
            return {}
    choice = {layout.field for layout in layouts() if layout.kind == kind and layout.needed == "one"}
    if choice and not choice & found.keys():
        return {}
    named = {"la_number", "gss_code", "name"} & found.keys()
    timed = kind in ("neighbours", "ombudsman") or "year" in found
    return found if named and timed else {}


def _year_in(*texts: str) -> str:
    """The first financial year in a file's name, or above its table: the Ombudsman's tables have it nowhere else."""
    for text in texts:
        for match in re.finditer(r"(?<!\d)(?:20)?(\d\d)[-_ /](?:20)?(\d\d)(?!\d)|(?<!\d)20(\d\d)(\d\d)(?!\d)", text):
            start, end = (int(g) for g in match.groups() if g)
            if end == (start + 1) % 100:
                return f"20{start:02d}-{end:02d}"
    return ""


def _period(text: str, mid_year: bool) -> str:
    """A financial year out of "2024", "202324", "2023-24", "2023/24": a year alone is that of its end in March, or of its middle."""
    digits = re.sub(r"\.0$", "", text.strip())
    match = re.fullmatch(r"((?:19|20)\d\d)[-/ ]?(?:(?:19|20))?(\d\d)", digits)
    if match and int(match[2]) == (int(match[1]) + 1) % 100:
        return f"{match[1]}-{match[2]}"
    match = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", digits)
    if not match:
        return ""
    end = int(match[1]) + (1 if mid_year else 0)
    return f"{end - 1}-{end % 100:02d}"


def _number(text: str) -> float | None:
    cleaned = re.sub(r"[,\s£%]", "", text)
    return float(cleaned) if re.fullmatch(r"-?\d+(?:\.\d+)?", cleaned) else None


_NEIGHBOUR = re.compile(r"sn[ _]?(\d+)")


@cache
def _by_number() -> dict[str, Council]:
    every = sorted(register(), key=lambda c: c.valid_to is None)  # where a number went on, its council of today
    return {c.la_number: c for c in every} | {c.gss_code: c for c in every}


def _council(row: list[str], fields: dict[str, int]) -> Council | None:
    for field in ("la_number", "gss_code", "name"):
        if field in fields and fields[field] < len(row):
            text = re.sub(r"\.0$", "", row[fields[field]].strip())
            council = _by_number().get(text) or (find(text) if text and field == "name" else None)
            if council is not None:
                return council
    return None


@dataclass(frozen=True)
class _About:
    """What is known of a file beside its table."""

    name: str
    year: str


_CHILDREN = re.compile(r"\b0 ?(?:to|-|–|_) ?17\b|\bunder 18\b")


def _long(kind: str, fields: dict[str, int], head: list[str], rows: list[list[str]], about: _About) -> pd.DataFrame:
    """Rows in a common long form."""
    found: list[dict[str, object]] = []
    mid_year = "year" in fields and _is_mid_year(fields, head, rows, about)
    for row in rows:
        council = _council(row, fields)
        if council is None or ("ages" in fields and not _CHILDREN.search(_plain(row[fields["ages"]]))):
            continue
        base: dict[str, object] = dict.fromkeys(COLUMNS, "")
        base |= {
            "kind": kind,
            "la_number": council.la_number,
            "council": council.short_name,
            "value": None,
            "rank": None,
        }
        if kind == "neighbours":
            found += _neighbours(base, row, fields, head)
            continue
        period = _period(row[fields["year"]], mid_year) if "year" in fields else about.year
        for field, column in fields.items():
            value = _number(row[column]) if column < len(row) else None
            if field in ("la_number", "gss_code", "name", "year", "ages") or value is None or not period:
                continue
            measure, category = ("population", "") if kind == "population" else _address(kind, field)
            found.append(base | {"period": period, "measure": measure, "category": category, "value": value})
    return pd.DataFrame(found, columns=list(COLUMNS)).drop_duplicates(list(COLUMNS), ignore_index=True)


def _is_mid_year(fields: dict[str, int], head: list[str], rows: list[list[str]], about: _About) -> bool:
    """Whether a year alone is the one in whose middle children were counted, as in the Office for National Statistics' tables.

    The header or the name of the file says so, or else the figures: they are those that are built in for that reading.
    """
    if head[fields["year"]].startswith("mid") or re.search(r"mid[-_ ]?year|mid[-_ ]?20\d\d", about.name, re.IGNORECASE):
        return True
    if "value" not in fields:
        return False
    known = population(built_in())
    agreeing = {True: 0, False: 0}
    for row in rows[:500]:
        council = _council(row, fields)
        value = _number(row[fields["value"]]) if fields["value"] < len(row) else None
        if council is None or not value:
            continue
        for mid_year in agreeing:
            agreeing[mid_year] += known.get((council.la_number, _period(row[fields["year"]], mid_year))) == value
    return agreeing[True] > agreeing[False]


def _address(kind: str, field: str) -> tuple[str, str]:
    if kind == "context":
        return "context", field
    return (field, "") if field in ("received", "received_children", "investigated", "total") else ("outcome", field)


def _neighbours(
    base: dict[str, object], row: list[str], fields: dict[str, int], head: list[str]
) -> Iterator[dict[str, object]]:
    if "neighbour" in fields:
        number = row[fields["neighbour_la_number"]].strip() if "neighbour_la_number" in fields else ""
        other = _by_number().get(number) or find(row[fields["neighbour"]])
        rank = _number(row[fields["rank"]]) if "rank" in fields else None
        if other is not None:
            yield base | {"neighbour": other.short_name, "rank": rank}
        return
    for n, name in enumerate(head):
        match = _NEIGHBOUR.fullmatch(name)
        other = (_by_number().get(row[n].strip()) or find(row[n])) if match and n < len(row) else None
        if match and other is not None:
            yield base | {"neighbour": other.short_name, "rank": float(match[1])}


class Added(NamedTuple):
    """What became of a reference file."""

    kind: str
    rows: int
    replaced: str
    """Where the table that it takes the place of came from; empty where it is added to what is there."""


def add(workspace: Path, path: Path, source: str = "", licence: str = "") -> Added:
    """Take a reference file into a workspace. A table of neighbours takes the place of the one before.

    Kept as a plain CSV in WORKSPACE/reference, with a row in sources.csv. Raises UnknownReferenceError as `read` does.
    """
    frame = read(path)
    kind = str(frame.iloc[0]["kind"])
    folder = workspace / FOLDER
    name = f"{kind}-{re.sub(r'[^A-Za-z0-9_-]+', '-', path.stem)}.csv"
    before = next((s for s in in_force(workspace) if s["kind"] == kind), None) if kind in ONE_TABLE else None
    write_text(folder / name, "\ufeff" + frame.to_csv(index=False, lineterminator="\r\n"))
    listed = [s for s in sources(workspace) if s["file"] != name and (before is None or s["file"] != before["file"])]
    listed.append(
        {
            "kind": kind, "file": name, "rows": str(len(frame)), "source": source or path.name, "licence": licence,
            "added": date.today().isoformat(), "sha256": digest(path),
        }
    )  # fmt: skip
    own_table.write(folder / SOURCES, SOURCE_COLUMNS, listed)
    if before and before["file"] != name:
        (folder / before["file"]).unlink(missing_ok=True)
    return Added(kind, len(frame), before["source"] if before else "")


def in_force(workspace: Path) -> list[dict[str, str]]:
    """What counts in a workspace: what is built in, and then its own tables, which go before it."""
    own = sources(workspace)
    instead = {s["kind"] for s in own} & set(ONE_TABLE)
    return [*(s for s in built_in_sources() if s["kind"] not in instead), *own]


def credit(source: dict[str, str]) -> str:
    """Where reference data came from, as it is printed: source and licence."""
    return source["source"] + (f", {source['licence']}" if source["licence"] else "")


def sources(workspace: Path) -> list[dict[str, str]]:
    """What reference data a workspace has: a row of SOURCE_COLUMNS a file."""
    path = workspace / FOLDER / SOURCES
    found = []
    for n, row in own_table.read(path, SOURCE_COLUMNS):
        if row["kind"] not in KINDS or Path(row["file"]).name != row["file"]:
            raise WorkspaceError(
                f"{path}, line {n}: names no reference data that is known; take the line out, and add the table again."
            )
        found.append(row)
    return found


@cache
def built_in_sources() -> tuple[dict[str, str], ...]:
    """What is built in: kind, file, source and licence of each table."""
    text = (files("corpus") / "reference" / "built_in.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _built_in() -> pd.DataFrame:
    tables = []
    for source in built_in_sources():
        with as_file(files("corpus") / "reference" / source["file"]) as path:
            tables.append(read(path))
    return pd.concat(tables, ignore_index=True)


def built_in() -> pd.DataFrame:
    """The reference data that councilbench brings along, with the columns of COLUMNS."""
    return _built_in().copy()


def load(workspace: Path) -> pd.DataFrame:
    """What is built in and what a workspace has, with the columns of COLUMNS; later files win where two give the same.

    Of neighbours the last table alone counts: two models are two opinions, not one of twice the neighbours.
    """
    frames = [built_in()]
    for source in sources(workspace):
        path = workspace / FOLDER / source["file"]
        if path.is_file():
            frame = _own(path)
            if source["kind"] in ONE_TABLE:
                frames = [f[f["kind"] != source["kind"]] for f in frames]
            frames.append(frame)
    frame = pd.concat(frames, ignore_index=True)
    key = [c for c in COLUMNS if c not in ("value", "rank")]
    return frame.drop_duplicates(key, keep="last").reset_index(drop=True)


def _own(path: Path) -> pd.DataFrame:
    """A table of the workspace. Raises WorkspaceError where it is damaged."""
    text = {c: str for c in COLUMNS if c not in ("value", "rank")}
    try:
        frame = pd.read_csv(path, dtype=text, keep_default_na=False, na_values={"value": [""], "rank": [""]})
        return frame[list(COLUMNS)].astype({"value": float, "rank": float})
    except (OSError, ValueError, KeyError) as error:
        why = " ".join(str(error).split())[:200]
        raise WorkspaceError(
            f"{path}: is damaged ({why}); add the table again with: councilbench reference add FILE"
        ) from error


def neighbours_of(frame: pd.DataFrame, council: str) -> list[str]:
    """A council's statistical neighbours, the closest first; none for a council without any."""
    rows = frame[(frame["kind"] == "neighbours") & (frame["council"] == council)]
    return list(rows.sort_values("rank", kind="stable")["neighbour"])


Exposure = dict[tuple[str, str], float]
"""(DfE number, financial year) -> a number that complaints are set against."""


def population(frame: pd.DataFrame) -> Exposure:
    """Children aged 0 to 17 at the middle of the year in which the financial year begins."""
    return _exposure(frame, "population", "")


def exposures(frame: pd.DataFrame) -> dict[str, Exposure]:
    """What complaints are set against, by name: `children`, `referrals` (in the year) and `children_in_need` (at 31 March)."""
    counted = {name: _exposure(frame, "context", name) for name in ("referrals", "children_in_need")}
    return {"children": population(frame)} | counted


def _exposure(frame: pd.DataFrame, kind: str, category: str) -> Exposure:
    rows = frame[(frame["kind"] == kind) & (frame["category"] == category) & frame["value"].notna()]
    return dict(
        zip(
            zip(rows["la_number"].astype(str), rows["period"].astype(str), strict=True),
            rows["value"].astype(float),
            strict=True,
        )
    )
