"""The figures of charts as statements."""

from __future__ import annotations

import re

from extract.model import Bar, Chart
from extract.numerals import cell_mentions
from extract.statement import Statement, quote_of
from extract.words import any_of

_YEAR = re.compile(r"(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d\b")
_BEYOND = re.compile(rf"\b{any_of('more than a year')}\s*$", re.IGNORECASE)


SHORT, DATED = 3, 2
"""Words of a title that is the name of the only series ("Received", "Stage 1"), and of one beside a year ("Carried over 2021/22")."""


_OF_COLUMNS = re.compile(r"(?P<corner>[A-Z][^\W\d]*(?: [^\W\d]+){0,2}): (?P<head>[A-Z][^:]*)")
"""A title that is the heads of the columns that were drawn: "Stage: Number of complaints"."""


def _heads(chart: Chart, bar: Bar, title: str) -> tuple[str, ...]:
    """The heads of a bar, as those of a column: the year that the title names, and the series, which a short title may be."""
    words = _YEAR.sub("", title).split()
    title = title if len(words) <= (DATED if _YEAR.search(title) else SHORT) else ""
    year = "" if title and not bar.series else _year_of(chart)
    return tuple(dict.fromkeys(filter(None, (year, bar.series or title))))


def _year_of(chart: Chart) -> str:
    """The year that a chart's own title names for all its bars: the only one there, and none of them is named by a year."""
    years = list(_YEAR.finditer(chart.title))
    named = any(_YEAR.search(x) for b in chart.bars for x in (b.category, b.series))
    if len(years) != 1 or named or _BEYOND.search(chart.title[: years[0].start()]):
        return ""
    return years[0].group()


def in_chart(chart: Chart, group: str, headings: tuple[str, ...], caption: str) -> list[Statement]:
    """The data labels of a chart with the names of their bars."""
    result = []
    rows = list(dict.fromkeys(b.category for b in chart.bars))
    columns = list(dict.fromkeys(b.series for b in chart.bars))
    of_columns = None if any(columns) else _OF_COLUMNS.fullmatch(chart.title)
    corner, title = of_columns.groups() if of_columns else ("", chart.title)
    for bar in chart.bars:
        m = cell_mentions(bar.label.text)[0]
        result.append(
            Statement(
                printed=m.printed,
                value=m.value,
                kind=m.kind,
                method="chart",
                page=chart.page,
                box=bar.label.box if chart.page else None,
                quote=quote_of(chart.title or caption, bar.category, bar.series, m.printed),
                group=group,
                headings=(*headings, caption) if caption and caption not in headings else headings,
                caption=chart.title or caption,
                rows=(bar.category,),
                columns=_heads(chart, bar, title),
                corner=corner,
                place=(rows.index(bar.category), columns.index(bar.series)),
            )
        )
    return result
