"""Reference data in its publishers' own layouts: population of children, statistical neighbours, referrals, Ombudsman tables.

What a file holds is told from its header words (`reference/layouts.csv`), wherever the header row stands, because layouts change from
year to year. No file is shipped: a user adds what they have, with where it came from and under which licence, and both are
carried to the report.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from corpus.councils import Council, find, register
from corpus.document import digest
from corpus.manifest import WorkspaceError
from corpus.store import write_text

KINDS = {
    "population": "children aged 0 to 17",
    "neighbours": "statistical neighbours",
    "context": "referrals and children in need",
    "ombudsman": "the Ombudsman's figures by authority",
}
FOLDER = "reference"
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
    needed: bool


@cache
def layouts() -> tuple[Layout, ...]:
    """Every field of every kind, in the order of the file."""
    text = (files("corpus") / "reference" / "layouts.csv").read_text(encoding="utf-8")
    return tuple(
        Layout(row["kind"], row["field"], row["words"], row["needed"] == "yes")
        for row in csv.DictReader(text.splitlines())
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
                    found = _long(kind, fields, head, rows[start + 1 :], _year_in(path.stem))
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
    wide_neighbours = kind == "neighbours" and sum(re.fullmatch(r"sn ?\d+", h) is not None for h in head) >= 5
    found: dict[str, int] = {}
    for layout in layouts():
        if layout.kind != kind:
            continue
        column = next(
            (n for n, h in enumerate(head) if h and n not in found.values() and re.search(layout.words, h)), None
        )
        if column is not None:
            found[layout.field] = column
        elif layout.needed and not wide_neighbours:
            return {}
    named = {"la_number", "gss_code", "name"} & found.keys()
    timed = kind in ("neighbours", "ombudsman") or "year" in found
    return found if named and timed else {}


def _year_in(text: str) -> str:
    """A financial year in a file's name: the Ombudsman's tables have it nowhere else."""
    match = re.search(r"(?<!\d)(20\d\d)[-_ /]?(?:20)?(\d\d)(?!\d)", text)
    return f"{match[1]}-{match[2]}" if match and int(match[2]) == (int(match[1]) + 1) % 100 else ""


def _period(text: str, mid_year: bool) -> str:
    """A financial year out of "2024", "202324", "2023-24", "2023/24": a year alone is that of its end in March."""
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


@cache
def _by_number() -> dict[str, Council]:
    return {c.la_number: c for c in register() if c.valid_to is None} | {c.gss_code: c for c in register()}


def _council(row: list[str], fields: dict[str, int]) -> Council | None:
    for field in ("la_number", "gss_code", "name"):
        if field in fields and fields[field] < len(row):
            text = re.sub(r"\.0$", "", row[fields[field]].strip())
            council = _by_number().get(text) or (find(text) if text and field == "name" else None)
            if council is not None:
                return council
    return None


def _long(kind: str, fields: dict[str, int], head: list[str], rows: list[list[str]], year_of_file: str) -> pd.DataFrame:
    """Rows in a common long form."""
    found: list[dict[str, object]] = []
    for row in rows:
        council = _council(row, fields)
        if council is None:
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
        mid_year = "year" in fields and head[fields["year"]].startswith("mid")
        period = _period(row[fields["year"]], mid_year) if "year" in fields else year_of_file
        for field, column in fields.items():
            value = _number(row[column]) if column < len(row) else None
            if field in ("la_number", "gss_code", "name", "year") or value is None or not period:
                continue
            measure, category = ("population", "") if kind == "population" else _address(kind, field)
            found.append(base | {"period": period, "measure": measure, "category": category, "value": value})
    return pd.DataFrame(found, columns=list(COLUMNS))


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
        match = re.fullmatch(r"sn ?(\d+)", name)
        other = (_by_number().get(row[n].strip()) or find(row[n])) if match and n < len(row) else None
        if match and other is not None:
            yield base | {"neighbour": other.short_name, "rank": float(match[1])}


def add(workspace: Path, path: Path, source: str = "", licence: str = "") -> tuple[str, int]:
    """Take a reference file into a workspace: its kind, and how many rows were read.

    Kept as a plain CSV in WORKSPACE/reference, with a row in sources.csv. Raises UnknownReferenceError as `read` does.
    """
    frame = read(path)
    kind = str(frame.iloc[0]["kind"])
    folder = workspace / FOLDER
    name = f"{kind}-{re.sub(r'[^A-Za-z0-9_-]+', '-', path.stem)}.csv"
    write_text(folder / name, "\ufeff" + frame.to_csv(index=False, lineterminator="\r\n"))
    listed = [s for s in sources(workspace) if s["file"] != name]
    listed.append(
        {
            "kind": kind, "file": name, "rows": str(len(frame)), "source": source or path.name, "licence": licence,
            "added": date.today().isoformat(), "sha256": digest(path),
        }
    )  # fmt: skip
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, SOURCE_COLUMNS)
    writer.writeheader()
    writer.writerows(listed)
    write_text(folder / SOURCES, "\ufeff" + buffer.getvalue())
    return kind, len(frame)


def sources(workspace: Path) -> list[dict[str, str]]:
    """What reference data a workspace has: a row of SOURCE_COLUMNS a file."""
    path = workspace / FOLDER / SOURCES
    if not path.exists():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def load(workspace: Path) -> pd.DataFrame:
    """All reference data of a workspace with the columns of COLUMNS; later files win where two give the same."""
    frames = []
    for source in sources(workspace):
        path = workspace / FOLDER / source["file"]
        if path.is_file():
            text = {c: str for c in COLUMNS if c not in ("value", "rank")}
            frames.append(pd.read_csv(path, dtype=text, keep_default_na=False, na_values={"value": [""], "rank": [""]}))
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS))
    frame = pd.concat(frames, ignore_index=True)
    key = [c for c in COLUMNS if c not in ("value", "rank")]
    return frame.drop_duplicates(key, keep="last").reset_index(drop=True)


def neighbours_of(frame: pd.DataFrame, council: str) -> list[str]:
    """A council's statistical neighbours, the closest first; none where no table was added."""
    rows = frame[(frame["kind"] == "neighbours") & (frame["council"] == council)]
    return list(rows.sort_values("rank", kind="stable")["neighbour"])


def population(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    """(DfE number, financial year) -> children aged 0 to 17."""
    rows = frame[(frame["kind"] == "population") & frame["value"].notna()]
    return {(str(r["la_number"]), str(r["period"])): float(r["value"]) for _, r in rows.iterrows()}
