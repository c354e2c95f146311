"""A statement: one number, the words around it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import Box

QUOTE_LENGTH = 240
STATISTIC_KINDS = frozenset({"number", "percent", "money", "working_days", "days"})


@dataclass(frozen=True)
class Statement:
    """One printed number with everything that says what it means. Words are kept as printed."""

    printed: str
    value: float | None
    kind: str
    """`number`, `percent`, `money`, `working_days`, `days`."""
    method: str
    """`table`, `sentence`, `list` or `chart`."""
    page: int | None
    box: Box | None
    quote: str
    group: str
    """Numbers of one table, chart or sentence share a group."""
    low: float | None = None
    high: float | None = None
    headings: tuple[str, ...] = ()
    """Section headings above, outermost first; a run-in heading of the paragraph comes last."""
    caption: str = ""
    """Caption of the table or chart, or the words that introduce it or the list."""
    rows: tuple[str, ...] = ()
    """Labels of the row, outermost (the group of rows) first."""
    columns: tuple[str, ...] = ()
    """Heads of the column, outermost first."""
    corner: str = ""
    """Head of the label column: what the rows are."""
    place: tuple[int, int] = (0, 0)
    """Row and column in the grid."""
    sentence: str = ""
    """The whole sentence."""
    start: int = 0
    """Where the number starts in the sentence."""
    context: tuple[str, ...] = ()
    """Sentences earlier in the same paragraph or list, nearest last."""
    ocr: bool = False
    """Read from a picture of the page."""

    @property
    def statistic(self) -> bool:
        """False for what typography alone shows to be none: a date, a section number, a telephone number."""
        return self.kind in STATISTIC_KINDS


def quote_of(*parts: str) -> str:
    """Words for a person to find the number by, at most 240 characters."""
    text = " | ".join(" ".join(p.split()) for p in parts if p.strip())
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"
