"""Unit and base of a figure whose measure is known."""

from __future__ import annotations

from collections.abc import Sequence

from extract.statement import Statement
from normalise.reading.labels import label_of
from normalise.reading.tagging import tag
from normalise.wordings import hits

_DEFAULT_BASE = {"theme_upheld": "theme", "service_upheld": "service"}


def unit_of(s: Statement, measure: str) -> str:
    """The unit of a figure; empty where kind and measure do not fit each other."""
    labels = [label_of(t) for t in (*s.rows, *s.columns)]
    if measure == "mean_response_time":
        if s.kind in ("percent", "money"):
            return ""
        texts = (s.printed, s.sentence, *s.rows, *s.columns, s.caption, *s.context[-2:], *s.headings[-1:])
        return (
            "working_days" if any("working days" in _plain(t) or "working day" in _plain(t) for t in texts) else "days"
        )
    if measure == "cost":
        return "" if s.kind in ("percent", "working_days", "days") else "gbp"
    if s.kind in ("money", "working_days", "days"):
        return ""
    if s.kind == "percent":
        return "percent"
    said = [
        u
        for x in labels
        for u in x.pieces.units
        if u in ("percent", "count") and len({"percent", "count"} & set(x.pieces.units)) == 1
    ]
    if said:
        return said[-1]
    whole = s.value is None or not s.value % 1
    if (
        s.method != "sentence"
        and any(h.wording.unit == "percent" for h in hits(s.caption, "heading"))
        and not any(x.total for x in labels)
    ):
        return "percent" if not whole or "percent" in _plain(s.caption)[-12:] else "count"
    return "count"


def _plain(text: str) -> str:
    return " ".join(tag(text[:600], ()).words)


def base_of(s: Statement, measure: str, unit: str) -> str:
    """What a percentage is a share of, as far as the words say."""
    if unit != "percent":
        return ""
    texts: Sequence[tuple[str, str]] = [
        *((t, "label") for t in (*s.rows, *s.columns)),
        (s.sentence, "text"),
        (s.caption, "heading"),
    ]
    for text, where in texts:
        found = {h.wording.base for h in hits(text, where) if h.wording.base}
        if len(found) == 1:
            return found.pop()
    return _DEFAULT_BASE.get(measure, "unknown")
