"""The tables of the export as frames, with the columns and types of fields.csv."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from normalise.export.columns import fields_of
from normalise.export.labels import FILES, NOT_STATED


def tables(frames: dict[str, pd.DataFrame], sources: Sequence[dict[str, str]] = ()) -> dict[str, pd.DataFrame]:
    """The tables of the export by name, with the columns and types of fields.csv; an empty frame gives an empty table.

    Raises ValueError where a frame with rows has other columns than fields.csv describes.
    """
    found = {name: typed(name, frames.get(name, pd.DataFrame())) for name in FILES if name != "documents"}
    return found | {"documents": documents(found, sources)}


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with the columns of fields.csv as str (empty where missing), float64 and Int64. Raises ValueError for other columns."""
    wanted = {f.column: f.type for f in fields_of(name)}
    if len(frame) and set(frame.columns) != set(wanted):
        unlike = ", ".join(sorted(set(frame.columns) ^ set(wanted)))
        raise ValueError(f"the columns of {name} are not those of fields.csv: {unlike}")
    result = frame.reindex(columns=list(wanted)).reset_index(drop=True)
    for column, kind in wanted.items():
        if kind == "string":
            result[column] = result[column].astype(object).fillna("").astype(str)
        else:
            result[column] = pd.to_numeric(result[column]).astype("float64" if kind == "number" else "Int64")
    return result


def documents(frames: dict[str, pd.DataFrame], sources: Sequence[dict[str, str]]) -> pd.DataFrame:
    """A row a report: those of `sources`, and those that only the frames name; a licence that is not known is `not stated`.

    Authority and period that `sources` leaves open are those of the ledger, else those of most of the report's rows.
    """
    named = {s["document"]: s for s in sources}
    for frame in frames.values():
        for document in frame["document"].unique():
            named.setdefault(document, {})
    rows = []
    for document, source in named.items():
        authority, period = _own(frames, document)
        rows.append(
            {
                "document": document,
                "authority": source.get("authority") or authority,
                "period": source.get("period") or period,
                "title": " ".join(source.get("title", "").split()),
                "licence": " ".join(source.get("licence", "").split()) or NOT_STATED,
            }
        )
    return typed("documents", pd.DataFrame(rows))


def _own(frames: dict[str, pd.DataFrame], document: str) -> tuple[str, str]:
    """The authority and period that a report is of, as far as the frames tell."""
    for name in ("ledger", "indicators", "observations"):
        rows = frames[name][frames[name]["document"] == document]
        if len(rows):
            authority, period = rows.value_counts(["authority", "period"]).index[0]
            return str(authority), str(period)
    return "", ""


def shown(report: dict[str, str]) -> str:
    """A row of documents.csv as people name it: by its title, else by council, year and file."""
    whose = " ".join(filter(None, (report["authority"], report["period"])))
    return report["title"] or f"{whose} ({report['document']})".lstrip()


def csv_text(frame: pd.DataFrame) -> str:
    """A frame as CSV text with LF, blank where there is no value.

    Line breaks inside texts become LF: the csv module of Python 3.11 does not quote a lone CR, which readers take for the end of a row.
    """
    plain = frame.copy()
    for column in plain.columns:
        if not pd.api.types.is_numeric_dtype(plain[column]):
            plain[column] = plain[column].str.replace(r"\r\n?", "\n", regex=True)
    return str(plain.to_csv(index=False, lineterminator="\n"))


def text_frame(rows: list[dict[str, str]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame of texts, empty where a row says nothing."""
    return pd.DataFrame([dict.fromkeys(columns, "") | row for row in rows], columns=list(columns))
