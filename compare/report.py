"""The comparison as one HTML file: no network, every number linked to its evidence, and all of it there without scripts."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from statistics import median
from typing import Any

import pandas as pd
from jinja2 import Environment, FunctionLoader, Template

from compare import sentences
from compare.charts import each_figure, standing
from compare.charts.coverage import ACROSS, heat_grid
from compare.evidence import Crop, Pictures, evidence, how_read
from compare.figure import NAMED, VEGA_LITE, Entry, Figure, value_text
from compare.first_page import glance, mixed_procedures, warnings
from compare.groups import Comparison, Tables, request
from compare.shown import short_label
from compare.wording import listed
from corpus import clock
from corpus.councils import find
from normalise.comparability import grid
from normalise.crosswalk import STANDARD
from normalise.indicators import LOW_CONFIDENCE, THEMES, definitions
from normalise.ledger import STATES as LEDGER_STATES
from normalise.ledger import advice, completeness, items
from normalise.periods import before

CROPS = 3_000_000
"""Bytes of crops in a report at most, as they stand in the page (base64)."""
LARGEST = 8_000_000
"""Bytes of a report that crops may fill it up to: larger files are refused by mail servers, and slow to open."""


def render(
    comparison: Comparison,
    observations: pd.DataFrame,
    notes: tuple[str, ...] = (),
    tables: Tables | None = None,
    crop: Crop | None = None,
    notice: str = "",
    unfolded: bool = False,
    beside: Mapping[str, str] | None = None,
) -> str:
    """The report as HTML: a first page, a section a theme, and folded behind them what these rest on.

    `observations` holds every published figure that an indicator may rest on; `notes` are sentences on sources; `crop` draws the printed figures (none
    without it); `notice` stands under the title; `unfolded` opens every folded part, for print;
    `beside` gives the address of a document's file, from where the report stands.
    """
    figures = _drawn_beside(comparison)
    template = _template("report.html.j2")
    first = _first_page(comparison, figures[0])
    sections, last = _sections(comparison, figures[1:], tables)
    with_evidence = [
        first["rows"],
        first["judged"],
        first["more"],
        *(f.rows for f in figures),
        *(s["subjects"][1] for s in sections if s.get("subjects")),
    ]
    cited = list(dict.fromkeys(i for table in with_evidence for row in table for cell in row for i in cell.evidence))
    parts = {
        **_frame(comparison, notes, notice),
        **first,
        "unfolded": unfolded,
        "sections": sections,
        "reports": _reports(comparison),
        "excluded": comparison.excluded,
        "missing": comparison.missing,
        "missing_text": _missing_text(comparison),
        "request": request(comparison.focus, comparison.missing, comparison.periods[comparison.focus]),
        "grid": _grid(comparison, tables, last + 1) if tables else None,
        "ledger": _ledger(comparison, tables, last + 2) if tables else None,
        "contradictions": _contradictions(comparison, tables) if tables else [],
        "low": LOW_CONFIDENCE,
    }
    pictures = Pictures(comparison.focus, None, 0)
    frame = observations[observations["id"].isin(cited)]
    frame = frame.assign(how=how_read(frame, tables.readings if tables else None))
    page = template.render(**parts, evidence=evidence(frame, comparison, pictures, beside), crops_said="")
    if crop is not None:  # the rest of the page is made first, to see how much room it leaves for pictures
        pictures = Pictures(comparison.focus, crop, min(CROPS, LARGEST - len(page.encode())))
        boxed = evidence(frame, comparison, pictures, beside)
        page = template.render(**parts, evidence=boxed, crops_said=pictures.said())
    return page


def _drawn_beside(comparison: Comparison) -> list[Figure]:
    """The figures of a comparison, each drawn while the next is made: the renderer works outside of Python."""
    figures = []
    with ThreadPoolExecutor(1) as renderer:
        waiting = [renderer.submit(_script)]
        for figure in each_figure(comparison):
            figures.append(figure)
            if figure.spec:
                waiting.append(renderer.submit(figure.svg))
    for done in waiting:
        done.result()
    return figures


def brief(comparison: Comparison, notes: tuple[str, ...] = (), notice: str = "") -> str:
    """Two pages for a committee, as HTML: the first page of the report, what changed, and how to read it."""
    return _template("brief.html.j2").render(
        **_frame(comparison, notes, notice),
        **_without_links(_first_page(comparison, standing.figure(comparison))),
        sources_said=listed([_source(comparison, c) for c in comparison.members]),
        missing=comparison.missing,
        missing_text=_missing_text(comparison),
    )


def _without_links(parts: dict[str, Any]) -> dict[str, Any]:
    """Tables for a page that does not hold the evidence."""
    return parts | {"rows": [[replace(cell, evidence=()) for cell in row] for row in parts["rows"]]}


def _template(name: str) -> Template:
    environment = Environment(autoescape=True, trim_blocks=False, loader=FunctionLoader(_asset))
    return environment.get_template(name)


def _frame(comparison: Comparison, notes: tuple[str, ...], notice: str) -> dict[str, Any]:
    """What every page has: title, look, script, sources."""
    style, script = _asset("report.css"), _script()
    return {
        "title": sentences.title(comparison),
        "focus": comparison.focus,
        "intro": sentences.intro(comparison),
        "notice": notice,
        "style": _Safe(style),
        "style_hash": _Safe(_hash(style)),
        "script": _Safe(script),
        "script_hash": _Safe(_hash(script)),
        "version": version("councilbench"),
        "date": today(),
        "sources": notes,
    }


def _first_page(comparison: Comparison, figure: Figure) -> dict[str, Any]:
    """Headline, summary, the table of councils by indicators, where the focus stands, and what changed."""
    heads, rows, more = glance(comparison)
    return {
        "headline": sentences.headline(comparison),
        "summary": sentences.summary(comparison),
        "heads": heads,
        "rows": rows,
        "more": more,
        "standing": _shown(figure, comparison, 0) if figure.chart is not None else None,
        "judged": figure.rows,
        "judged_heads": figure.columns,
        "looks": sentences.looks(comparison),
        "warnings": [*warnings(comparison), *mixed_procedures(comparison)],
        "changes": [
            [d.label, value_text(then["value"], d.unit), value_text(now["value"], d.unit)]
            for d, now, then in sentences.changes(comparison)
        ],
        "years": _two_years(comparison),
    }


def _two_years(comparison: Comparison) -> tuple[str, str]:
    year = comparison.periods[comparison.focus]
    return before(year), year


def chart_page(figure: Figure, source: str) -> str:
    """One figure as a page of its own: interactive, without a network, with its picture, words and table where scripts do not run."""
    style, script = _asset("report.css"), _script()
    template = Environment(autoescape=True).from_string(_asset("chart.html.j2"))
    return template.render(
        headline=figure.headline,
        subtitle=figure.subtitle,
        alt_text=figure.alt_text,
        image=_image(figure),
        spec=_spec(figure),
        source=source,
        caveats=[*figure.caveats, *figure.missing],
        columns=figure.columns,
        rows=figure.rows,
        style=_Safe(style),
        style_hash=_Safe(_hash(style)),
        script=_Safe(script),
        script_hash=_Safe(_hash(script)),
    )


def _image(figure: Figure) -> str:
    """The chart as an image address: as an image, an SVG can neither run nor load anything."""
    svg = figure.svg()
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" if svg else ""


def _spec(figure: Figure) -> str:
    """The chart's specification for a script element that is not run; nothing in it can end the element."""
    return (
        _Safe(json.dumps(figure.spec, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
        if figure.spec
        else ""
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _script() -> str:
    """Our script with the pinned Vega libraries that come with the renderer, as one piece."""
    import vl_convert  # noqa: PLC0415  (slow to import)

    # The text may hold what would end a script element; in strings and expressions of JavaScript the escape means the same.
    bundle: str = vl_convert.javascript_bundle(_asset("report.js"), vl_version=VEGA_LITE)
    return bundle.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def today() -> str:
    """The date as it is written out: 3 March 2026."""
    now = clock.today()
    return f"{now.day} {now:%B %Y}"


def _sections(comparison: Comparison, figures: list[Figure], tables: Tables | None) -> tuple[list[dict[str, Any]], int]:
    """Sections by theme with their numbered figures, and the number of the last one. A figure that nobody has becomes a sentence."""
    sections = []
    number = 0
    for theme, title in {**THEMES, "trends": "Over the years"}.items():
        own = [f for f in figures if f.theme == theme]
        shown = []
        for figure in own:
            if figure.chart is not None:
                number += 1
                shown.append(_shown(figure, comparison, number))
        section: dict[str, Any] = {
            "id": f"theme-{theme.replace('_', '-')}",
            "title": title,
            "figures": shown,
            "silent": [
                f"{f.subtitle.split(', ')[0]}: {' '.join(f.missing) or 'no council here has a figure.'}"
                for f in own
                if f.chart is None
            ],
        }
        if theme == "who_complains" and tables:
            subjects = _subjects(comparison, tables)
            section["subjects"] = subjects if subjects[1] else None
        section["more"] = _more(section)
        if shown or section["silent"] or section.get("subjects"):
            sections.append(section)
    return sections, number


def _more(section: dict[str, Any]) -> str:
    """What is folded in a section, as the words that open it."""
    further = len(section["figures"]) - 1
    told = [f"{further} more figure{'s' if further > 1 else ''}"] if further > 0 else []
    told += ["what the complaints were about"] if section.get("subjects") else []
    told += ["what is not shown, and why"] if section["silent"] else []
    return listed(told) if told else ""


class _Safe(str):
    """Text of our own that needs no escaping."""

    def __html__(self) -> str:
        return str(self)


def _asset(name: str) -> str:
    return (files("compare") / "templates" / name).read_text(encoding="utf-8")


Rows = list[list[str]]


def _documents(comparison: Comparison) -> dict[str, str]:
    """Council -> the document that its figures come from."""
    frame = comparison.indicators.drop_duplicates("authority")
    return dict(zip(frame["authority"].astype(str), frame["document"].astype(str), strict=True))


_SHORT_STATE = {"comparable": "yes", "caveat": "with a caveat", "not": "no", "silent": "[x]"}


LEDGER_WORDS = {"not published": "not found"}
"""How a state of the ledger is said: the program did not find it, which is not to say that it is not there."""


def _grid(comparison: Comparison, tables: Tables, number: int) -> dict[str, Any]:
    """Indicators by council: whether the value can stand beside others, as a picture, and as a table where the councils fit across."""
    documents = _documents(comparison)
    own = {documents[c]: (c, comparison.periods[c]) for c in comparison.members if c in documents}
    states = grid(tables.comparability[tables.comparability["document"].isin(list(own))], own).set_index("authority")
    members = [c for c in comparison.members if c in states.index]
    rows = []
    cells = []
    for d in definitions():
        found = {c: str(states.loc[c, d.indicator]) for c in members}
        if set(found.values()) - {"silent"}:
            rows.append([d.label, *(_SHORT_STATE[s] for s in found.values())])
            cells += [{"row": d.label, "council": c, "state": s} for c, s in found.items()]
    description = _of_the_grid(comparison, cells)
    few = len(members) <= ACROSS
    return {
        "picture": _grid_picture(comparison, cells, description, "comparability-grid", number),
        "head": ["Indicator", *(short_label(comparison, c) for c in members)],
        "rows": rows if few else [],
    }


def _of_the_grid(comparison: Comparison, cells: list[dict[str, str]]) -> str:
    own = [c["state"] for c in cells if c["council"] == comparison.focus]
    usable = sum(s in ("comparable", "caveat") for s in own)
    every = sum(c["state"] in ("comparable", "caveat") for c in cells)
    return (
        f"Of {len(own)} indicators that any council here has, {comparison.focus} has {usable} that can stand beside others. "
        f"Of all {len(cells)} cells of the grid, {every} hold a value that can be compared, with or without a caveat."
    )


def _grid_picture(
    comparison: Comparison, cells: list[dict[str, str]], description: str, slug: str, number: int
) -> dict[str, Any]:
    frame = pd.DataFrame(cells, columns=["row", "council", "state"])
    chart = heat_grid(comparison, frame, description)
    figure = Figure(slug, "coverage", "", "", chart, description, [], [], data=frame)
    return _shown(figure, comparison, number)


def _ledger(comparison: Comparison, tables: Tables, number: int) -> dict[str, Any]:
    """Items by council as a picture and a table, scores as sentences, and what the focus council should publish next year."""
    documents = _documents(comparison)
    members = [c for c in comparison.members if c in documents]
    states = {
        (str(d), str(i)): str(s)
        for d, i, s in zip(tables.ledger["document"], tables.ledger["item"], tables.ledger["state"], strict=True)
    }
    rows, cells = [], []
    for item in items():
        found = [states.get((documents[c], item.item), "not published") for c in members]
        rows.append([item.label, *(f"{LEDGER_WORDS.get(s, s)} {LEDGER_STATES[s]}".strip() for s in found)])
        cells += [{"row": item.label, "council": c, "state": s} for c, s in zip(members, found, strict=True)]
    done = completeness(tables.ledger[tables.ledger["document"].isin(list(documents.values()))])
    scores = [
        f"{c}: {done[documents[c]][0]} of {done[documents[c]][1]} items answered."
        for c in members
        if documents[c] in done
    ]
    few = len(members) <= ACROSS
    own = next(iter(scores), f"The report of {comparison.focus} was not looked at.")
    description = f"What the reports hold of {len(rows)} things that an annual report is asked for. {own}"
    return {
        "picture": _grid_picture(comparison, cells, description, "ledger-grid", number),
        "head": ["Item", *(short_label(comparison, c) for c in members)],
        "rows": rows if few else [],
        "scores": scores if few else scores[:1],
        "advice": advice(tables.ledger, documents.get(comparison.focus, "")),
    }


def _contradictions(comparison: Comparison, tables: Tables) -> Rows:
    names = {d: c for c, d in _documents(comparison).items()}
    frame = tables.discrepancies[tables.discrepancies["document"].isin(list(names))]
    columns = ("document", "subject", "explanation", "where_first", "where_second")
    rows = zip(*(frame[c].astype(str) for c in columns), strict=True)
    return [[names[document], *words] for document, *words in rows]


def _subjects(comparison: Comparison, tables: Tables) -> tuple[list[str], list[list[Entry]]]:
    """Shares of the subjects that the guidance suggests (rows) by council (columns), of all themes counted; for large groups the focus and the median."""
    documents = _documents(comparison)
    by_document = dict(iter(tables.themes.groupby("document")))
    shares: dict[str, dict[str, tuple[float, tuple[str, ...]]]] = {}
    for council in comparison.members:
        own = by_document.get(documents.get(council, ""), tables.themes.iloc[:0])
        own = own[(own["period"] == comparison.periods[council]) & own["share"].notna()]
        if own.empty:
            continue
        key = own.groupby(["procedure", "stage"])["value"].sum().idxmax()
        own = own[(own["procedure"] == key[0]) & (own["stage"] == key[1])]
        shares[council] = {
            str(code): (float(rows["share"].iloc[0]), tuple(filter(None, rows["id"])))
            for code, rows in own.groupby("standard")
        }
    every = [c for c in comparison.members if c in shares]
    members = every if len(every) <= ACROSS else [c for c in every if c == comparison.focus]
    heads = ["Subject", *(short_label(comparison, c) for c in members)]
    if len(every) > ACROSS:
        heads.append("Median of the councils that give it (how many)")
    rows = []
    for code, name in STANDARD.items():
        found = [shares[c][code] for c in every if code in shares[c]]
        if not found:
            continue
        row = [Entry(name)]
        for c in members:
            share, ids = shares[c].get(code, (None, ()))
            row.append(Entry("[x]") if share is None else Entry(f"{share:.0f}%", ids))
        if len(every) > ACROSS:
            row.append(Entry(f"{median([share for share, _ in found]):.0f}% ({len(found)})"))
        rows.append(row)
    return heads, rows


def _shown(figure: Figure, comparison: Comparison, number: int) -> dict[str, Any]:
    table = figure.data.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig") if len(figure.data) else b""
    return {
        "slug": figure.slug,
        "number": number,
        "headline": figure.headline,
        "subtitle": figure.subtitle,
        "image": _image(figure),
        "spec": _spec(figure),
        "alt_text": figure.alt_text,
        "columns": figure.columns,
        "rows": figure.rows,
        "focus_first": bool(figure.rows) and figure.rows[0][0].text.startswith(comparison.focus),
        "missing": figure.missing,
        "caveats": figure.caveats,
        "marked": " *" in json.dumps(figure.spec),
        "source": f"annual complaints reports of {sources(comparison)}",
        "download": f"data:text/csv;charset=utf-8;base64,{b64encode(table).decode()}" if table else "",
        "size": f"{max(1, round(len(table) / 1000))} KB",
    }


def sources(comparison: Comparison) -> str:
    if len(comparison.members) <= NAMED:
        return listed([_source(comparison, c) for c in comparison.members])
    return f"{len(comparison.members)} councils, listed under the reports compared"


def _source(comparison: Comparison, council: str) -> str:
    """A council, its year, and the report's own year where the figures come from a later report."""
    label = short_label(comparison, council)
    later = comparison.borrowed.get(council)
    return f"{label} (as given in the report for {later})" if later else label


def _reports(comparison: Comparison) -> Rows:
    """Council, year, documents and number of figures, a row a council."""
    rows = []
    for council in comparison.members:
        frame = comparison.published.get(council, comparison.observations.iloc[:0])
        rows.append(
            [council, comparison.periods[council], ", ".join(dict.fromkeys(frame["document"])), str(len(frame))]
        )
    return rows


def _missing_text(comparison: Comparison) -> str:
    if comparison.hidden:
        return "Councils without a report are not named in this version."
    if not comparison.missing:
        return "Every council of the group has a report in this comparison."
    home = find(comparison.focus)
    group = comparison.group if comparison.group != "all reports" or home is None else home.region
    return (
        f"These councils ({group}) have no report here. Ask them for their latest annual complaints report, or download it "
        "from their websites, and add the file to the workspace."
    )
