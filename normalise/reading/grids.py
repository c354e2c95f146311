"""What the numbers of tables and charts may count: proposals by labels, heads, corner, caption and headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.councils import words_of_names
from extract.statement import Statement
from normalise.codes import CATEGORIES, FREE
from normalise.reading.axes import kind_of, traits
from normalise.reading.evidence import group_of, speaking
from normalise.reading.grid import Grid, sums_on
from normalise.reading.kinds import kinds_of
from normalise.reading.labels import Label, label_of
from normalise.reading.limiting import limits_around
from normalise.reading.pieces import GENERIC, cross
from normalise.reading.read import NOTHING, Add, What
from normalise.reading.sentences import code_of, defaults
from normalise.reading.tagging import class_of, tag
from normalise.reading.weighing import Option
from normalise.wordings import breakdowns_hinted
from normalise.words import canonical, slug

_SLUGS = (
    "theme",
    "service",
    "theme_upheld",
    "service_upheld",
    "remedy",
    "characteristic",
    "compliments",
    "mean_response_time",
)
_CODED = ("complainant", "channel", "outcome", "cost", "context", "response_time", "mediation")
_LABEL_CLASSES = (
    "CHANGE", "DUTY", "TOTAL", "AVERAGE", "SHARE", "RATE", "TIME", "LIMIT", "PARTYEAR", "ELSEWHERE", "SCHOOL", "ADULTS", "OTHERSERVICE",
    "THING", "STAFF", "MONEY", "COMPLAINT", "PRAISE", "FEEDBACK", "ISSUE", "REQUEST", "ESCALATE", "REMEDY", "RECEIVE", "CLOSE", "UPHOLD",
    "NEGATE", "OUTCOME", "POPULATION", "AGE", "COMPARE", "SERVICE", "CHILDREN", "STAGE", "OMBUDSMAN", "REST",
)  # fmt: skip


def share(value: float) -> str:
    """A share as one of a few steps."""
    return "all" if value > 0.8 else "most" if value >= 0.5 else "some" if value > 0.2 else "few" if value else "none"


def _classes(texts: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        found |= set(tag(text[:200], ()).classes)
    return found & set(_LABEL_CLASSES)


_SUPPORTS = (
    "crossed",
    "two codes",
    "code",
    "outer code",
    "measure",
    "outer measure",
    "slug",
    "loose",
    "around",
    "default",
    "none",
)
"""What an option rests on, strongest first."""


def _support(option: Option, rows: Sequence[Label], columns: Sequence[Label]) -> str:
    """What the labels of a cell have to do with an option."""
    what = option.value
    if what == NOTHING:
        return "none"
    if "crossed" in option.features:
        return "crossed"
    inner = [x[-1] for x in (rows, columns) if x]
    outer = [y for x in (rows, columns) for y in x[:-1]]
    coded = [x for x in inner if what in x.candidates.items()]
    if coded:
        return "two codes" if len(coded) > 1 else "code"
    if any(what in x.candidates.items() for x in outer):
        return "outer code"
    if not what[1] and any(what[0] in x.measures for x in inner):
        return "measure"
    if not what[1] and any(what[0] in x.measures for x in outer):
        return "outer measure"
    if option.source in ("row", "column"):
        return "loose" if any(what in x.loose.items() for x in inner) else "slug"
    return "default" if option.source == "default" else "around"


@cache
def _words(text: str) -> tuple[str, ...]:
    words = tag(text[:200], ()).words
    return tuple(w for w in words if not w.startswith("zz") and not w.isdigit() and w not in words_of_names())[:10]


def _words_of(side: str, labels: Sequence[str]) -> list[str]:
    """The words of a side's labels and their kinds, as features."""
    words = [w for t in labels for w in _words(t)]
    return [f"{side}:{w}" for w in words] + [f"{side}{kind}" for w in words for kind in kinds_of(w)]


def what_options(grid: Grid, s: Statement) -> list[Option]:
    """Proposals for what a cell counts; the first is that it is no observation."""
    rows = [label_of(t) for t in s.rows]
    columns = [label_of(t) for t in s.columns]
    options: dict[What, Option] = {NOTHING: Option(NOTHING, ["nothing"])}

    def add(what: What, features: list[str], words: str, source: str) -> None:
        option = options.setdefault(what, Option(what, [], words, source))
        option.features += [f for f in features if f not in option.features]

    sides = {"row": rows, "column": columns}
    for side, labels in sides.items():
        _by_labels(grid, side, labels, add)
        _by_slugs(grid, side, labels, columns if side == "row" else rows, s, add)
    _by_crossing(grid, rows, columns, s, add)
    _by_sources(grid, add)
    _by_limits(grid, s, [*rows, *columns], add)
    _by_default(grid, s, rows, columns, add)
    if _of_one_member(grid, columns):
        options = {what: o for what, o in options.items() if what[0] != "response_time" or o.source != "row"}
    _finish(grid, s, rows, columns, options)
    return list(options.values())


def _of_one_member(grid: Grid, columns: Sequence[Label]) -> bool:
    """Whether a cell is under the name of a team, one of several: what its row measures is then no figure of all of them."""
    last = columns[-1] if columns else None
    name = last is not None and kind_of(last) in ("other", "nothing") and re.search(r"[a-z]\W+[A-Z&][^\d]*$", last.text)
    return bool(name) and grid.axes["column"].count > 1


def _where(side: str, k: int, labels: Sequence[Label]) -> str:
    """`row` for the innermost label of a side, `row outer` for those over it."""
    return side if k == len(labels) - 1 else f"{side} outer"


def _by_labels(grid: Grid, side: str, labels: Sequence[Label], add: Add) -> None:
    axis = grid.axes[side]
    for k, label in enumerate(labels):
        where = _where(side, k, labels)
        for measure, category in label.candidates.items():
            features = [
                f"label:{where}",
                f"label:{where}|{group_of(measure)}",
                f"axis:{side}|{share(axis.coded.get(measure, 0))}",
                f"axis|{measure}|{share(axis.coded.get(measure, 0))}",
            ]
            features += [f"named:{w}|code" for w in grid.named.get(measure, ())] or ["not named|code"]
            features += [f"alone|{where}"] if len(label.candidates) == 1 else [f"of several|{where}|{measure}"]
            if any(w in FREE for w in grid.named):
                features.append("named free|code")
            add((measure, category), features, label.text, where)
        for measure, category in label.loose.items():
            share_of_axis = f"{measure}|{share(axis.loose.get(measure, 0))}"
            features = [
                f"loose:{where}",
                f"loose:{where}|{measure}",
                f"loose|{share_of_axis}",
                f"loose|axis={axis.kind}",
            ]
            features += [f"named:{w}|loose" for w in grid.named.get(measure, ())] or ["not named|loose"]
            features += [f"loose|nothing={label.says_nothing}"]
            add((measure, category), features, label.text, where)
        for measure in label.measures:
            if measure in FREE or measure in CATEGORIES or measure == "response_time":
                continue
            features = [
                f"label:{where}",
                f"measure:{where}|{group_of(measure)}",
                f"measure:{where}",
                f"measure|axis:{side}={axis.kind}",
            ]
            add((measure, ""), features, label.text, where)


def _slug_forms(texts: Sequence[str], last: Label) -> dict[str, str]:
    """The names that a cell's member of a breakdown may have; a total is no member of the breakdown that it sums."""
    forms: dict[str, str] = {}
    if not last.total:
        forms["inner"] = slug(texts[-1])
        if len(texts) > 1:
            forms["joined"] = "_".join(filter(None, (slug(t) for t in texts)))
        if short := slug(without_gloss(texts[-1])):
            forms["short"] = short
    if (last.total or last.measures) and len(texts) > 1 and (group := slug(texts[-2])):
        forms["group"] = group  # the total of a group of rows, or what of its member the row counts
    return forms


def _by_slugs(grid: Grid, side: str, labels: Sequence[Label], other: Sequence[Label], s: Statement, add: Add) -> None:
    texts = s.rows if side == "row" else s.columns
    if not labels or not slug(texts[-1]):
        return
    axis, last = grid.axes[side], labels[-1]
    forms = _slug_forms(texts, last)
    for form, category in forms.items():
        for measure in _SLUGS:
            features = [
                f"slug:{side}|{form}",
                f"slug:{side}|{measure}",
                f"hinted|{measure}|{share(axis.hinted.get(measure, 0))}",
                f"slug|plain={share(axis.plain)}",
                f"slug|axis={axis.kind}",
                f"slug|{measure}|axis={axis.kind}",
            ]
            features += [f"named:{w}|slug" for w in grid.named.get(measure, ())] or [
                "not named|slug",
                f"not named|{measure}",
            ]
            features += [f"named:{w}|{measure}" for w in grid.named.get(measure, ())]
            features += [
                f"named other:{m}|slug|{measure}" for m in grid.named if m != measure and (m in _SLUGS or m in _CODED)
            ]
            features += (
                ["slug|total"] * last.total
                + [f"slug|nothing={last.says_nothing}"]
                + ["slug|coded"] * bool(last.candidates)
            )
            features += _upheld_around(grid, measure, other)
            if side in sums_on(grid, s):
                features += ["slug|sum", f"slug|sum|total={last.total}"]
            across = {m for x in other for m in x.measures}
            features += [f"slug|across names {'it' if measure in across else 'other'}|{measure}"] if across else []
            if last.candidates and measure in breakdowns_hinted(last.text):
                features.append("slug|hint beats code")
            features += [f"slug|n={'1' if axis.count < 2 else '2' if axis.count == 2 else '3+'}"]
            add((measure, category), features, texts[-1], side)


def _upheld_around(grid: Grid, measure: str, other: Sequence[Label]) -> list[str]:
    """What tells complaints of a member from those of it that were upheld: the words of the other side, and what the texts around name."""
    said = _classes([x.text for x in other[-1:]]) & {"UPHOLD", "CLOSE", "RECEIVE", "TIME", "AVERAGE", "SHARE"}
    found = [f"slug|{measure}|across~{c}" for c in sorted(said)]
    for source in grid.sources[:4]:
        decided = {category for m, category in source.evidence.measures if m == "outcome"}
        found += [f"slug|{measure}|{source.name} {category}" for category in sorted(decided)]
    return found


_GLOSS = ("INCLUDING", "IF", "EXAMPLE")


def without_gloss(label: str) -> str:
    """A label without the explanation that some tables print under a category; empty where it has none."""
    words = label.split()
    for n, word in enumerate(words):
        if n >= 2 and class_of(canonical(word)) in _GLOSS and len(words) > n + 2:
            return " ".join(words[:n])
    return ""


def _by_crossing(grid: Grid, rows: Sequence[Label], columns: Sequence[Label], s: Statement, add: Add) -> None:
    """A member of one breakdown by a member of another, where the model has a code for both together."""
    for free in ("theme", "service"):
        for texts, other, side in ((s.rows, columns, "row"), (s.columns, rows, "column")):
            if not texts:
                continue
            for label in other:
                for fact in label.candidates.items():
                    together = cross((free, slug(texts[-1])), fact)
                    if together and together[1]:
                        add(
                            together,
                            ["crossed", f"crossed|{side}", f"crossed|{free}|{fact[1]}"],
                            f"{texts[-1]} / {label.text}",
                            side,
                        )


def _by_sources(grid: Grid, add: Add) -> None:
    """What caption, corner and headings say that is counted."""
    first = True
    for source in grid.sources[:7]:
        measures = source.evidence.measures
        for measure, category in measures:
            if (measure in (*FREE, *CATEGORIES) or measure == "response_time") and not category:
                continue
            several = "+" if len(measures) > 1 else ""
            group = group_of(measure)
            features = [f"src:{source.name}", f"src:{source.name}|{group}", f"src:{source.name}{several}"]
            features += [f"src:rows={grid.axes['row'].kind}|{group}", f"src:columns={grid.axes['column'].kind}|{group}"]
            if first:
                features.append(f"src first:{source.name}{several}")
            add((measure, category), features, source.text[:80], source.name)
        first = first and not measures


def _by_limits(grid: Grid, s: Statement, labels: Sequence[Label], add: Add) -> None:
    """Bands by limits that caption and headings name, where no label names one: "Answered in time" under "Stage 1 (10 working days)"."""
    if s.kind not in ("number", "percent") or any(x.band for x in labels):
        return
    timed = any("response_time" in (*x.candidates, *x.measures) for x in labels)
    axes = f"{grid.axes['row'].kind}/{grid.axes['column'].kind}"
    for source, _, what, kind, only in limits_around(grid.sources):
        features = [
            f"band|src:{source.name}|{kind}",
            f"band|src|{only}|{kind}",
            f"band|{s.kind}|{kind}",
            f"band|timed={timed}|{kind}",
            f"band|axes={axes}",
            f"band|timed={timed}|{s.kind}|src:{source.name}",
        ]
        add(what, features, source.text[:80], source.name)


def _by_default(grid: Grid, s: Statement, rows: Sequence[Label], columns: Sequence[Label], add: Add) -> None:
    """What is counted though no known wording says so: stages or years alone, or words that must tell."""
    told = any(x.candidates or set(x.measures) - set(GENERIC) for x in (*rows, *columns))
    whole = s.kind == "percent" and s.value == 100 and any(x.total for x in (*rows, *columns))
    if not told and not whole:  # 100% of a total is what its shares add up to
        for what in defaults(s.kind, grid.classes_around) + (
            defaults("money") + defaults("days") if s.kind == "number" else ()
        ):
            add(what, ["default code"], "", "default")
    labels = [*rows, *columns]
    if sums_on(grid, s):
        add(("received", ""), ["default sum"], "", "default")
        add(("closed", ""), ["default sum"], "", "default")
    if any(x.pieces.stages or x.period or x.quarter or x.total or x.pieces.procedures for x in labels):
        add(("received", ""), ["default"], "", "default")
    if any(x.total for x in labels):
        add(("closed", ""), ["default total"], "", "default")


def _common(grid: Grid, s: Statement, rows: Sequence[Label], columns: Sequence[Label]) -> list[str]:
    """What bears on every option of a cell alike."""
    row, column = grid.axes["row"], grid.axes["column"]
    found = [
        *(f"{side} sum" for side in sums_on(grid, s)),
        f"kind={s.kind}",
        f"rows={row.kind}",
        f"columns={column.kind}",
        f"axes={row.kind},{column.kind}",
    ]
    found.append("chart" if grid.chart else "table")
    for side, labels in (("row", rows), ("column", columns)):
        if labels:
            found += [f"{side} {name}" for name in traits(labels[-1])] + [
                f"{side}:{u}" for u in set(labels[-1].pieces.units)
            ]
        else:
            found.append(f"no {side}")
    headings = [x.text for x in grid.sources if x.name == "heading1"]
    texts = {"row": s.rows, "column": s.columns, "around": [x.text for x in grid.sources[:2]], "heading": headings}
    found += [f"{side} {c}" for side, said in texts.items() for c in _classes(said)]
    both = [x for labels in (rows, columns) for x in labels[-1:] if x.candidates]
    if len(both) == 2 and not set(both[0].candidates) & set(both[1].candidates):
        found.append("two breakdowns")
    return found


def _finish(
    grid: Grid, s: Statement, rows: Sequence[Label], columns: Sequence[Label], options: dict[What, Option]
) -> None:
    """Adds to every option what bears on its group of measures, and what it rests on beside the others."""
    common = _common(grid, s, rows, columns)
    words = [*_words_of("r", s.rows[-2:]), *_words_of("c", s.columns[-2:])]
    supports = {what: _support(option, rows, columns) for what, option in options.items()}
    best = min(supports.values(), key=_SUPPORTS.index)
    speaks = speaking(grid.sources, {c for t in (*s.rows, *s.columns) for c in tag(t[:200], ()).classes})
    density = grid.document[0] if grid.document else ""
    options[NOTHING].features += [
        f"nothing|{f}" for f in (*grid.document, f"speaks={speaks}", f"speaks={speaks}|{density}")
    ]
    kinds = f"{grid.axes['row'].kind}/{grid.axes['column'].kind}"
    for (measure, category), option in options.items():
        group, support = group_of(measure), supports[measure, category]
        option.features += [
            f"support={support}",
            f"support={support}|best={best}",
            f"{group}|support={support}|best={best}",
        ]
        option.features += [f"support={support}|{kinds}", f"m={measure}", f"m={measure}|{s.kind}"]
        option.features += [f"{group}&{f}" for f in common]
        option.features += [f"{code_of(measure, category)}&{w}" for w in dict.fromkeys(words)]
        if category and measure in CATEGORIES:
            option.features.append(f"c={measure}/{category}")
        if option.source in ("row", "column") and category:
            option.features += _across(group, columns if option.source == "row" else rows)


def _across(group: str, labels: Sequence[Label]) -> list[str]:
    """What the other side of the grid says to an option whose member stands on this side."""
    last = labels[-1] if labels else None
    found = [f"across={kind_of(last)}", f"{group}|across={kind_of(last)}"]
    return found + [f"{group}|across {m}" for m in (last.measures if last else ())]
