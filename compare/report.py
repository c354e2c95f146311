"""The comparison as one HTML file: no network, every number linked to its evidence, and all of it there without scripts."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from statistics import median
from typing import Any

import pandas as pd
from jinja2 import Environment

from compare.benchmark import SCALE, benchmark
from compare.charts import figures as figures_of
from compare.charts.coverage import ACROSS, heat_grid
from compare.charts.parts import short_label, usable
from compare.figure import NAMED, VEGA_LITE, Entry, Figure, named, sentence, value_text
from compare.groups import PROCEDURE_WORDS, Comparison, Tables, request
from compare.wording import listed
from corpus.councils import find
from normalise.comparability import grid
from normalise.crosswalk import STANDARD
from normalise.indicators import LOW_CONFIDENCE, THEMES, definitions
from normalise.ledger import STATES as LEDGER_STATES
from normalise.ledger import advice, completeness, items

CROPS = 3_000_000
"""Bytes of crops in a report at most, as they stand in the page (base64)."""
LARGEST = 8_000_000
"""Bytes of a report that crops may fill it up to: larger files are refused by mail servers, and slow to open."""

Crop = Callable[[str, int, str], tuple[bytes, int, int] | None]
"""The printed figure as a picture: document, page and box -> WebP, width and height, or None."""


def render(
    comparison: Comparison,
    observations: pd.DataFrame,
    notes: tuple[str, ...] = (),
    tables: Tables | None = None,
    crop: Crop | None = None,
    notice: str = "",
) -> str:
    """The report as HTML.

    `observations` holds every published figure that an indicator may rest on; `notes` are sentences on sources; `crop` draws the printed figures (none
    without it); `notice` stands under the title.
    """
    figures = figures_of(comparison)
    style, script = _asset("report.css"), _script()
    environment = Environment(autoescape=True, trim_blocks=False)
    template = environment.from_string(_asset("report.html.j2"))
    sections, last = _sections(comparison, figures, tables)
    at_a_glance = glance(comparison)
    shown = [at_a_glance, *(f.rows for f in figures), *(s["subjects"][1] for s in sections if s.get("subjects"))]
    cited = list(dict.fromkeys(i for table in shown for row in table for cell in row for i in cell.evidence))
    parts = {
        "title": f"{comparison.focus} compared: complaints about children's social care",
        "focus": comparison.focus,
        "intro": _intro(comparison),
        "notice": notice,
        "style": _Safe(style),
        "style_hash": _Safe(_hash(style)),
        "script": _Safe(script),
        "script_hash": _Safe(_hash(script)),
        "summary": [*summary(comparison, figures), *_how_many_missing(comparison)],
        "glance": at_a_glance,
        "looks": LOOKS if judged_any(comparison) else "",
        "warnings": [*warnings(comparison), *mixed_procedures(comparison)],
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
        "version": version("councilbench"),
        "date": today(),
        "sources": notes,
    }
    pictures = _Crops(comparison.focus, None, 0)
    frame = observations[observations["id"].isin(cited)]
    frame = frame.assign(how=_how(frame, tables.readings if tables else None))
    page = template.render(**parts, evidence=_evidence(frame, comparison, pictures), crops_said="")
    if crop is not None:  # the rest of the page is made first, to see how much room it leaves for pictures
        pictures = _Crops(comparison.focus, crop, min(CROPS, LARGEST - len(page.encode())))
        evidence = _evidence(frame, comparison, pictures)
        page = template.render(**parts, evidence=evidence, crops_said=pictures.said())
    return page


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
    now = date.today()
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
        if shown or section["silent"] or section.get("subjects"):
            sections.append(section)
    return sections, number


class _Safe(str):
    """Text of our own that needs no escaping."""

    def __html__(self) -> str:
        return str(self)


def _asset(name: str) -> str:
    return (files("compare") / "templates" / name).read_text(encoding="utf-8")


def _intro(comparison: Comparison) -> str:
    others = [c for c in comparison.members if c != comparison.focus]
    if not others:
        return f"Figures from the annual complaints report of {comparison.focus}. No other council of the group has a report here yet."
    whom = named(others, "other councils")
    return (
        f"Figures from the annual complaints reports of {comparison.focus} and {whom}, as the councils published them."
    )


LOOKS = (
    "The judgements are made at 95%: of twenty such comparisons at most one is expected to call councils different by chance alone. Where one holds at 99.8% too, it says "
    "so. A judgement says how the figures differ, not why."
)


def summary(comparison: Comparison, figures: list[Figure]) -> list[str]:
    """The report in a few sentences, computed from the figures, each with its hedge."""
    lines = [f.alt_text for f in figures if f.chart is not None and f.slug in SUMMARISED]
    found = {d: benchmark(comparison, d.indicator).judgement for d in definitions()}
    judged = [f"{sentence(d.label)} ({j.text()})" for d, j in found.items() if j.word in ("higher", "lower")]
    alike = [sentence(d.label) for d, j in found.items() if j.word == "cannot be told apart"]
    first = []
    if judged:
        first.append(f"{comparison.focus} differs from its group in: {listed(judged)}.")
    if alike:
        first.append(f"{comparison.focus} and its group cannot be told apart in: {listed(alike)}.")
    if not first:
        first.append(
            f"No share of {comparison.focus} could be judged beside its group; the reasons stand with the figures. They are shown side by side."
        )
    return [*first, *lines]


def _how_many_missing(comparison: Comparison) -> list[str]:
    count = len(comparison.missing)
    return [f"{count} councils of the group or region have no report here; they are named below."] if count else []


def judged_any(comparison: Comparison) -> bool:
    """True where any indicator of the focus council was judged beside the group."""
    return any(not benchmark(comparison, d.indicator).reason for d in definitions())


SUMMARISED = ("stage-volumes", "timeliness", "upheld-rate", "escalation-rate", "ombudsman")
"""Figures whose takeaway stands in the summary."""


def glance(comparison: Comparison) -> list[list[Entry]]:
    """Rows of indicator, the focus council's value, its interval, the group's value, and the judgement in words or why there is none."""
    rows: list[list[Entry]] = []
    for d in definitions():
        row = comparison.row(comparison.focus, d.indicator)
        found = benchmark(comparison, d.indicator)
        if d.unit not in SCALE or row is None or not usable(row):
            continue
        interval = (
            f"{value_text(row['lower_95'], d.unit)} to {value_text(row['upper_95'], d.unit)}"
            if pd.notna(row["lower_95"])
            else "[x]"
        )
        group = (
            f"{value_text(found.value, d.unit)} ({len(found.members)} councils)" if found.value is not None else "[x]"
        )
        word = found.judgement.text()
        value = Entry(value_text(row["value"], d.unit), tuple(str(row["inputs"]).split()))
        judgement = f"{word}: {found.reason}" if found.reason else word
        rows.append([Entry(d.label), value, Entry(interval), Entry(group), Entry(judgement)])
    return rows


def warnings(comparison: Comparison) -> list[str]:
    """What stands side by side without being the same: years, corrected figures, figures from a later report."""
    lines = []
    years = sorted(set(comparison.periods.values()))
    if len(years) > 1:
        lines.append(
            "The reports are for different years: "
            + "; ".join(f"{c} {y}" for c, y in comparison.periods.items())
            + ". Part of any difference may be the year."
        )
    if comparison.corrections:
        lines.append(
            "Councils corrected figures of their reports. "
            + " ".join(f"{line.rstrip('.')}." for line in comparison.corrections)
        )
    for council, later in comparison.borrowed.items():
        lines.append(
            f"There is no report of {council} for {comparison.periods[council]} here; its figures are those that its report for {later} gives for that year."
        )
    return lines


def mixed_procedures(comparison: Comparison) -> list[str]:
    """A sentence for every council with figures of another procedure than the children's statutory one."""
    lines = []
    mixed = comparison.indicators[
        (comparison.indicators["procedure"] != "children_statutory") & comparison.indicators["value"].notna()
    ]
    for council in [c for c in comparison.members if c in set(mixed["authority"])]:
        procedures = sorted({PROCEDURE_WORDS[p] for p in mixed[mixed["authority"] == council]["procedure"]})
        lines.append(f"Some figures of {council} are for {' and '.join(procedures)}; they are marked where they stand.")
    return lines


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
    return [
        [
            names[str(d["document"])],
            str(d["subject"]),
            str(d["explanation"]),
            str(d["where_first"]),
            str(d["where_second"]),
        ]
        for _, d in frame.iterrows()
    ]


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
        heads.append(f"Median of {len(every)} councils")
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
            row.append(Entry(f"{median([shares[c].get(code, (0.0, ()))[0] for c in every]):.0f}%"))
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


SHOWN_AT = 0.7
"""Size of a crop on the page by its pixels, so that it is sharp on screens of any kind."""
_NO_CROP = ("", (0, 0))


class _Crops:
    """Crops of figures within the budget: those of the focus council first, then those that should be checked."""

    def __init__(self, focus: str, crop: Crop | None, budget: int) -> None:
        self._crop = crop if budget > 0 else None
        self._focus = focus
        self._budget = budget
        self._spent = self._made = self._refused = 0

    def of(self, o: dict[str, Any]) -> tuple[str, tuple[int, int]]:
        """A data address and the size to show it in; empty where there is no picture, none is wanted, or the budget is spent."""
        wanted = o["authority"] == self._focus or o["confidence"] < LOW_CONFIDENCE
        if self._crop is None or not wanted or pd.isna(o["page"]) or not o["bbox"]:
            return _NO_CROP
        if self._spent >= self._budget:
            self._refused += 1
            return _NO_CROP
        picture = self._crop(str(o["document"]), int(o["page"]), str(o["bbox"]))
        if picture is None:
            return _NO_CROP
        text = b64encode(picture[0]).decode()
        if self._spent + len(text) > self._budget:
            self._refused += 1
            return _NO_CROP
        self._spent += len(text)
        self._made += 1
        return f"data:image/webp;base64,{text}", (round(picture[1] * SHOWN_AT), round(picture[2] * SHOWN_AT))

    def said(self) -> str:
        """What a reader should know of the pictures; empty where there are none."""
        if not self._made:
            return ""
        text = f"Pictures show where the figures of {self._focus}, and those marked for checking, are printed."
        return text + (f" {self._refused} more were left out to keep the file small." if self._refused else "")


def _how(frame: pd.DataFrame, readings: pd.DataFrame | None) -> list[str]:
    """How each figure was read: its method, and where there was a second reader what became of it."""
    told: dict[str, str] = {}
    if readings is not None and "model" in set(readings["reader"]):
        standing = readings[readings["result"] != "overruled"]
        for name, reader, result in zip(standing["id"], standing["reader"], standing["result"], strict=True):
            told[name] = {
                "agreed": "; read twice, agreed",
                "stands": f"; read twice, differently: as the {reader} read it",
                "alone": f"; read by the {reader} only",
            }[result]
    return [method + told.get(name, "") for name, method in zip(frame["id"], frame["method"], strict=True)]


def _evidence(
    frame: pd.DataFrame, comparison: Comparison, pictures: _Crops
) -> list[tuple[str, list[dict[str, object]]]]:
    """The observations that the tables rest on, council by council, the focus first, in document order."""
    result = []
    by_council = dict(iter(frame.groupby("authority", sort=False)))
    for council in comparison.members:
        own = by_council.get(council, frame.iloc[:0])
        rows: list[dict[str, object]] = [
            {
                "id": o["id"],
                "value": shown_value(o),
                "what": _what(o),
                "where": f"{o['document']}, page {o['page']}" if pd.notna(o["page"]) else str(o["document"]),
                "page": o["page"],
                "quote": o["quote"],
                "method": o["method"],
                "how": o["how"],
                "confidence": f"{o['confidence']:.2f}",
                "low": o["confidence"] < LOW_CONFIDENCE,
                "crop": crop,
                "crop_size": size,
            }
            for o in own.to_dict("records")
            for crop, size in [pictures.of(o)]
        ]
        if rows:
            result.append((council, rows))
    return result


def shown_value(o: dict[str, Any]) -> str:
    """A published value as it is shown: "53.4%", "12", "[c]"."""
    if pd.isna(o["value"]):
        return f"[{o['value_status'] or 'c'}]"
    return f"{o['value']:g}%" if o["unit"] == "percent" else value_text(o["value"], o["unit"])


def _what(o: dict[str, Any]) -> str:
    parts = [str(o["measure"]).replace("_", " ")]
    if o["category"]:
        parts.append(str(o["category"]).replace("_", " "))
    if o["stage"] != "any":
        parts.append(str(o["stage"]).replace("_", " "))
    parts += [PROCEDURE_WORDS[o["procedure"]], str(o["period"])]
    return ", ".join(parts)
