"""Corrections by councils: the sheet of figures that is sent round, what changed in a copy that came back, and the dataset with it.

Nothing is corrected silently: a corrected row has the method `review` (or `supplied` where the report held no such figure), and its words say who
changed what, when and why.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from corpus.archive import ArchiveError, check_size, kind_of
from corpus.corrections import Correction
from corpus.councils import find, valid_on
from extract.model import UnreadableError
from normalise import periods
from normalise.correction_rules import wrong_address, wrong_value
from normalise.rows import frame_of

SHEET = "Figures"
HEADS = {
    "Figure id": "id", "Document": "document", "Council": "authority", "Year": "period", "Value": "value", "Value as sent": "sent", "Unit": "unit", "Why": "",
    "Measure": "measure", "Category": "category", "Stage": "stage", "Procedure": "procedure", "Scope": "scope", "Share of": "base",
    "Words in the report": "quote", "Page": "page", "Confidence": "confidence",
}  # fmt: skip
"""Heading -> column of the common model. `Why` is the council's to fill in; `Value as sent` tells what it changed, whatever has happened to the dataset since."""
ABSENT = "[z]"
"""Stands in cells that have nothing to say."""
MOST_ROWS = 200_000
_ADDRESS = ("document", "authority", "period", "scope", "procedure", "stage", "measure", "category", "unit", "base")


@dataclass(frozen=True)
class Change:
    """A figure that differs from the dataset in a copy that came back."""

    row: dict[str, str]
    """The address columns and `id`, empty for a new figure."""
    was: str
    now: str
    """Empty where the council says that there is no such figure."""
    why: str

    def text(self) -> str:
        """One line of a diff."""
        r = self.row
        what = " ".join(
            filter(
                None, [r["measure"].replace("_", " "), r["category"].replace("_", " "), r["stage"].replace("_", " ")]
            )
        )
        kind = "new" if not r["id"] else "out" if not self.now else "changed"
        return (
            f"{kind}: {r['authority']} {r['period']}, {what} ({r['procedure'].replace('_', ' ')}, {r['unit']}): {self.was or 'nothing'} -> {self.now or 'nothing'}"
            + (f" ({self.why})" if self.why else "")
        )


def for_correction(observations: pd.DataFrame) -> list[list[Any]]:
    """Rows of the sheet, in the order of HEADS: numbers as numbers, `[z]` for nothing, `[c]` for what is withheld."""
    rows = []
    for o in observations.to_dict("records"):
        row: list[Any] = []
        for column in HEADS.values():
            value = o.get(column, "")
            if column in ("value", "sent"):
                value = o["value"]
                row.append(_shown(o) if pd.isna(value) else float(value))
            elif column in ("page", "confidence"):
                row.append(ABSENT if pd.isna(value) else float(value) if column == "confidence" else int(value))
            else:
                row.append(str(value) if value != "" else "None." if column == "" else ABSENT)
        rows.append(row)
    return rows


def read_sheet(path: Path) -> list[dict[str, str]]:
    """The rows of the sheet of figures in a workbook, by column of the common model with `why` and `line`; values as text.

    Raises UnreadableError for a file that is no such workbook.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  (slow to import)

    try:
        if kind_of(path) != "xlsx":
            raise UnreadableError("is no Excel workbook; save it as .xlsx")
        check_size(path)
        book = load_workbook(path, read_only=True, data_only=True)
    except ArchiveError as error:
        raise UnreadableError(f"{error}; check that it is the right file") from error
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl lets errors of zipfile and its XML parser through
        raise UnreadableError("is a damaged Excel workbook; open it in Excel, save it again, and try again") from error
    try:
        if SHEET not in book.sheetnames:
            raise UnreadableError(
                f"has no worksheet {SHEET!r}; take a copy of the workbook that councilbench compare --out FILE.xlsx wrote"
            )
        lines = [[_cell(c) for c in line] for line in book[SHEET].iter_rows(max_row=MOST_ROWS, max_col=40)]
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl lets errors of its XML parser through, here too
        raise UnreadableError("is a damaged Excel workbook; open it in Excel, save it again, and try again") from error
    finally:
        book.close()
    at = next(
        (n for n, line in enumerate(lines) if set(HEADS) <= {str(v).strip() for v in line if v is not None}), None
    )
    if at is None:
        raise UnreadableError(
            f"has a worksheet {SHEET!r} without the headings {', '.join(HEADS)}; do not rename or take out columns"
        )
    place = {str(v).strip(): n for n, v in enumerate(lines[at]) if v is not None}
    rows = []
    for number, line in enumerate(lines[at + 1 :], at + 2):
        row = {column or "why": _text(line[place[head]]) for head, column in HEADS.items()}
        if any(row.values()):
            rows.append(row | {"line": str(number)})
    return rows


def _cell(cell: Any) -> object:
    """What a cell shows: a percentage typed as 65% is 65, though the file holds 0.65."""
    value = cell.value
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and "%" in str(getattr(cell, "number_format", ""))
    ):
        return round(value * 100, 9)
    return value


def _text(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, nothing for `[z]`, "None." and an empty cell."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    text = f"{value:.12g}" if isinstance(value, float) else " ".join(str(value).split())
    return "" if text in (ABSENT, "None.") else text


def changes(
    observations: pd.DataFrame, rows: Iterable[dict[str, str]], kept: Iterable[Correction] = ()
) -> tuple[list[Change], list[str]]:
    """What a copy changes, and a sentence for every row that cannot be understood. What `kept` holds already is no change.

    A row is found by its id. A value that cannot be read as a number is named and left as it was; a row that is gone from the copy changes nothing.
    """
    done = {_key(c): c.now for c in kept}
    known = {str(o["id"]): o for o in observations.to_dict("records")}
    whose = dict(zip(observations["document"], observations["authority"], strict=True))
    found: list[Change] = []
    problems: list[str] = []
    for row in rows:
        now, was = row["value"], row["sent"]
        if _same(now, was) and row["id"]:
            if row["why"]:
                problems.append(
                    f"row {row['line']}: Why is filled in, but the value is as it was sent; only values are taken"
                )
            continue  # the council left it as it was sent
        if done.get(_key_of(row)) == ("" if now.lower() == "[x]" else _plain(now)):
            continue  # taken in already
        old = known.get(row["id"])
        if old is None and row["id"]:
            problems.append(
                f"row {row['line']}: there is no figure with the id {row['id']} in the dataset; build it again, or send the council a new workbook"
            )
            continue
        if now == "":
            if row["id"] or row["why"] or row["measure"]:
                problems.append(
                    f"row {row['line']}: the value is empty; write a number, or [x] where the report holds no such figure"
                )
            continue
        if now.lower() == "[x]":
            now = ""
        elif not _is_number(now):
            problems.append(
                f"row {row['line']}: {row['value']!r} is no number; write one, or [x] where the report holds no such figure"
            )
            continue
        if old is not None:
            here = _shown(old)
            if not _same(here, was):
                problems.append(
                    f"row {row['line']}: was {was} when this copy was sent and is {here} now; send the council a new workbook"
                )
                continue
        if row["id"] and row["id"] in {c.row["id"] for c in found}:
            problems.append(
                f"row {row['line']}: the figure {row['id']} stands twice with different values; only the first is taken"
            )
            continue
        address = {c: str(old[c]) if old is not None else row[c] for c in ("id", *_ADDRESS)}
        if old is None and (council := find(address["authority"])) is not None:
            address["authority"] = council.short_name
        wrong = (
            _wrong(address, now) or _elsewhere(address, whose)
            if old is None
            else wrong_value(address, float(_plain(now)) if now else 0.0)
        )
        if wrong:
            problems.append(f"row {row['line']}: {wrong}")
            continue
        found.append(Change(address, was, _plain(now), row["why"]))
    return found, problems


def _key_of(row: dict[str, str]) -> tuple[str, ...]:
    """What tells a corrected figure from others: its id, or the address of a new one."""
    return (row["id"],) if row["id"] else tuple(row[name] for name in _ADDRESS)


def _key(c: Correction) -> tuple[str, ...]:
    return (c.id,) if c.id else tuple(getattr(c, name) for name in _ADDRESS)


def _shown(observation: dict[str, Any]) -> str:
    """The value of a figure as the sheet holds it."""
    if pd.isna(observation["value"]):
        return f"[{observation['value_status'] or 'c'}]"
    return f"{observation['value']:.12g}"


def _same(a: str, b: str) -> bool:
    """True for texts that say the same number, or the same thing."""
    return a == b or (_is_number(a) and _is_number(b) and float(_plain(a)) == float(_plain(b)))


def _plain(text: str) -> str:
    return text.replace(",", "").replace("£", "").removesuffix("%").strip()


def _is_number(text: str) -> bool:
    """True for a number as people type it; a comma stands between thousands and nowhere else."""
    return _NUMBER.fullmatch(text.strip()) is not None and float(_plain(text)) < 1e9


_NUMBER = re.compile(r"£?\s?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?\s?%?")


def _elsewhere(address: dict[str, str], whose: dict[str, str]) -> str:
    """Why a new figure cannot belong to its document; empty where it can."""
    owner = whose.get(address["document"])
    if owner is None:
        return f"there is no document {address['document']!r} in the dataset"
    if owner != address["authority"]:
        return f"the document {address['document']} is of {owner or 'no council that is known'}, not of {address['authority']}"
    return ""


def _wrong(address: dict[str, str], now: str) -> str:
    """What is wrong with a new figure; empty where nothing is."""
    if not now:
        return "a new row needs a value"
    if find(address["authority"]) is None or not address["document"]:
        return "a new row needs the council and the document as the other rows have them"
    if wrong := wrong_address(address):
        return wrong
    if not periods.is_year(address["period"]):
        return f"{address['period']!r} is no financial year; write it as 2023-24"
    if (address["unit"] == "percent") != bool(address["base"]):
        return "a percentage needs what it is a share of, and only a percentage has it"
    return wrong_value(address, float(_plain(now)))


def corrected(observations: pd.DataFrame, corrections: Iterable[Correction]) -> tuple[pd.DataFrame, list[str]]:
    """Observations with the corrections in them, and a sentence for each that fits no figure any more.

    A correction is found by its id, else by its address and the value that was read, so that it outlives a new reading of the report.
    """
    frame = observations.copy()
    unused, new, gone = [], [], []
    latest: dict[tuple[str, ...], Correction] = {}
    first: dict[tuple[str, ...], str] = {}
    for c in corrections:
        latest[_key(c)] = c
        first.setdefault(_key(c), c.was)
    for c in latest.values():
        if not c.id:
            new.append(_added(c))
            continue
        index = frame.index[frame["id"] == c.id]
        if not len(index):
            same = frame[list(_ADDRESS)].eq([getattr(c, name) for name in _ADDRESS]).all(axis=1)
            index = frame.index[same & (frame["value"].map(lambda v: f"{v:.12g}") == first[_key(c)])]
        if not len(index):
            unused.append(
                f"the correction of {c.authority} {c.period}, {c.measure} {c.stage} ({c.was} to {c.now or 'nothing'}) fits no figure any more; the report reads differently now"
            )
            continue
        if not c.now:
            gone += list(index)
            continue
        read = frame.loc[index[0], "value"]
        frame.loc[index, ["value", "confidence"]] = [float(c.now), 1.0]
        frame.loc[index, ["value_low", "value_high"]] = None
        frame.loc[index, "value_status"] = ""
        frame.loc[index, "method"] = "review"
        frame.loc[index, "quote"] = _said(c, "a bound" if pd.isna(read) else f"{read:.12g}")
    frame = frame.drop(index=gone)
    if new:
        frame = pd.concat([frame, frame_of(new)], ignore_index=True)
    return frame.reset_index(drop=True), unused


def _said(c: Correction, read: str = "") -> str:
    """Who changed what and why, in the room that a quote has. `read` is what the report was read as."""
    was = f"The report was read as {read}" if read else "Not read from the report"
    return f"{was}; {c.who} gave {c.now} on {c.when}: {c.why}"[:240]


def _added(c: Correction) -> dict[str, Any]:
    on = valid_on(c.authority, date(periods.start_of(c.period) + 1, 3, 31))
    return {
        **{name: getattr(c, name) for name in _ADDRESS},
        "authority_code": on.gss_code if on else "", "la_number": on.la_number if on else "", "label": c.category.replace("_", " "),
        "value": float(c.now), "value_low": None, "value_high": None, "value_status": "", "status": "published", "method": "supplied",
        "page": None, "bbox": "", "quote": _said(c), "confidence": 1.0,
    }  # fmt: skip
