"""Packs: for every council of a group its own comparison, a version for publication, and one in which the others' names are hidden."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from compare.groups import NEIGHBOURS, Comparison, Known, NoComparisonError, Tables, UnknownNameError, members_of
from corpus.councils import register
from corpus.errors import UsageError
from corpus.outputs import write_output_text
from councilbench.outputs import compare, write
from councilbench.runs import Run
from councilbench.workers import context_of
from normalise.indicators import PER

HIDDEN = (
    "The names of the other councils are hidden, and so is where their figures come from. Published figures can be recognised all the same: whoever has the reports can look them up. "
    "The letters differ from pack to pack. This version is for work among colleagues, not for publication."
)
FEW = " With {others} other councils it is easily guessed who is who."
PUBLIC = "Version for publication: counts under {below}, and what would give them away, are withheld as [c]."


def pack(
    run: Run,
    group: str | Sequence[str],
    folder: Path | str,
    period: str = "latest",
    below: int = 5,
    known: Known | None = None,
    progress: Callable[[Sequence[str]], Iterable[str]] = lambda listed: listed,
    warn: Callable[[str], object] = lambda said: None,
    workers: int = 1,
) -> list[Path]:
    """Write for every member of a group a folder with its own report, workbook and section, a version for publication, and one with names hidden.

    `letters.csv` in `folder` tells which letter is which council in which pack; it is for whoever makes the packs. `warn` is told, once each, which
    councils can be recognised all the same. With several `workers` so many processes write at a time. Returns the folders.
    Raises compare.groups.NoComparisonError where the group has no report, corpus.errors.UsageError for a `below` under 2, which withholds nothing.
    """
    folder = Path(folder)
    group = (group,) if isinstance(group, str) else tuple(group)
    if not group:
        raise UsageError("no group was given; name a region, a type, councils, or all")
    if below < 2:
        raise UsageError(f"{below} withholds nothing in the versions for publication; give 2 or more")
    if any(name.lower() in NEIGHBOURS for name in group):
        raise UnknownNameError(
            "neighbours differ from council to council; name a region, a type or a group of your own"
        )
    present = sorted({council for council, _ in run.own.values() if council})
    _, members, _ = members_of(group, present[0] if present else "", present, known)
    # Nothing here depends on reports outside of the group; what is withheld takes a while to find.
    run = run.of(members)
    public = replace(run, suppress_below=max(below, run.suppress_below))
    own, shared = _comparisons(run, members, group, period, known), _comparisons(public, members, group, period, known)
    if not own:
        raise NoComparisonError(f"no council of the group has a report{'' if period == 'latest' else f' for {period}'}")
    hidden = {council: with_names_hidden(run, comparison) for council, comparison in own.items()}
    for said in dict.fromkeys(said for comparison in own.values() for said in told_by_year(comparison)):
        warn(said)
    # Who is who comes first: a pack without its key could never be read again.
    key = [
        {"pack": council, "letter": letter, "council": name}
        for council, (_, letters) in hidden.items()
        for name, letter in letters.items()
    ]
    table = pd.DataFrame(key, columns=["pack", "letter", "council"])
    write_output_text(folder / "letters.csv", "\ufeff" + table.to_csv(index=False, lineterminator="\r\n"))
    packs = [_Pack(folder / _folder_name(c), own[c], shared.get(c), *hidden[c]) for c in own]
    with _writing(run, public, min(workers, len(packs))) as written:
        for _ in zip(progress(list(own)), written(packs), strict=True):
            pass
    return [p.folder for p in packs]


@dataclass(frozen=True)
class _Pack:
    """What is written for one council."""

    folder: Path
    own: Comparison
    shared: Comparison | None
    """With small counts withheld; None where nothing is left to compare."""
    hidden: Comparison
    letters: dict[str, str]

    def write(self, run: Run, public: Run) -> None:
        for name in ("report.html", "workbook.xlsx", "section.docx"):
            write(run, self.own, self.folder / name)
        if self.shared is not None:
            notice = PUBLIC.format(below=public.suppress_below)
            write(public, self.shared, self.folder / "public.html", (), notice)
        write_output_text(self.folder / "names-hidden.html", _render_hidden(self.hidden, run, self.letters))


@contextmanager
def _writing(run: Run, public: Run, workers: int) -> Iterator[Callable[[Sequence[_Pack]], Iterable[None]]]:
    """How packs are written: one after the other, or by several processes, each of which is told of the reports once."""
    if workers < 2:
        yield lambda packs: map(partial(_Pack.write, run=run, public=public), packs)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    with ProcessPoolExecutor(workers, context_of("councilbench.packs"), _told, (run, public)) as pool:
        yield lambda packs: pool.map(_write_told, packs)


_runs: tuple[Run, Run] | None = None
"""What a process that writes packs was told of: the reports as they are, and with small counts withheld."""


def _told(run: Run, public: Run) -> None:
    global _runs  # noqa: PLW0603  (once a process)
    _runs = run, public


def _write_told(pack: _Pack) -> None:
    assert _runs is not None
    pack.write(*_runs)


def _comparisons(
    run: Run, members: Sequence[str], group: Sequence[str], period: str, known: Known | None
) -> dict[str, Comparison]:
    """The comparison of every member that has figures for the year."""
    found = {}
    for council in members:
        try:
            found[council] = compare(run, council, group, period, known)
        except UnknownNameError:
            raise
        except NoComparisonError:
            continue  # a member without a report for the year has no pack
    return found


def _folder_name(council: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", council.lower()).strip("-")


def with_names_hidden(run: Run, comparison: Comparison) -> tuple[Comparison, dict[str, str]]:
    """A comparison in which the other councils are letters in an order of chance, and who is which: council -> "Council A".

    Where their figures come from goes with the names: ids, documents, pages and quotes of other councils are taken out, and years that only one of them
    looks back on. The year that is shown of a council stays, because figures of unlike years must not look alike; see `told_by_year`.
    """
    others = [c for c in comparison.members if c != comparison.focus]
    shuffled = random.SystemRandom().sample(others, len(others))
    letters = {council: f"Council {_letter(n)}" for n, council in enumerate(shuffled)}
    hide = _hider(letters)

    order = {name: n for n, name in enumerate([comparison.focus, *letters.values()])}

    def hidden(frame: pd.DataFrame) -> pd.DataFrame:
        # Rates name the number of children, which is public and no other council's.
        frame = frame[~frame["unit"].isin(list(PER))].copy()
        mine = frame["authority"] == comparison.focus
        for column in ("caveat", "reason"):
            frame[column] = [text if own else hide(text) for text, own in zip(frame[column], mine, strict=True)]
        for column in ("document", "inputs", "authority_code", "la_number"):
            if column in frame:
                frame.loc[~mine, column] = "" if column != "document" else frame.loc[~mine, "authority"].map(letters)
        frame["authority"] = frame["authority"].map(lambda name: letters.get(name, name))
        # The order of rows would tell the names as well as the names do.
        return frame.sort_values("authority", key=lambda names: names.map(order), kind="stable").reset_index(drop=True)

    indicators = hidden(comparison.indicators)
    observations = comparison.observations.copy()
    mine = observations["authority"] == comparison.focus
    observations.loc[~mine, ["id", "document", "authority_code", "la_number", "quote", "bbox", "label"]] = ""
    observations.loc[~mine, "page"] = None
    observations["authority"] = observations["authority"].map(lambda name: letters.get(name, name))
    observations = observations.sort_values("authority", key=lambda names: names.map(order), kind="stable").reset_index(
        drop=True
    )
    return (
        Comparison(
            focus=comparison.focus, group="others", members=[comparison.focus, *letters.values()], missing=[],
            periods={letters.get(c, c): comparison.periods[c] for c in [comparison.focus, *shuffled]}, indicators=indicators,
            observations=observations, borrowed={c: y for c, y in comparison.borrowed.items() if c == comparison.focus}, excluded=[],
            history=hidden(_common_years(comparison)), below=comparison.below, hidden=True,
        ),
        letters,
    )  # fmt: skip


def told_by_year(comparison: Comparison) -> list[str]:
    """A sentence for every council whose year is no other one's, so that hiding its name hides nothing from who knows the reports."""
    others = {c: comparison.periods[c] for c in comparison.members if c != comparison.focus}
    alone = [(c, y) for c, y in others.items() if list(others.values()).count(y) == 1]
    return [
        f"with names hidden {council} can be told by its year: it is the only other council shown for {year}; compare one year (--period), or leave it out"
        for council, year in (alone if len(others) > 1 else [])
    ]


def _common_years(comparison: Comparison) -> pd.DataFrame:
    """The history without years that only one of the other councils has: how far back a line goes would name it."""
    history = comparison.history
    if history.empty:
        return history
    others = history[history["authority"] != comparison.focus]
    councils = others.groupby("period")["authority"].nunique()
    shown = history["authority"].map(comparison.periods) == history["period"]
    return history[(history["authority"] == comparison.focus) | shown | (history["period"].map(councils) > 1)]


_PAGES = re.compile(r" \(pages? [^)]*\)|,? (?:on )?pages? \d+(?:(?:, | and | to |-)\d+)*")


def _letter(n: int) -> str:
    """A to Z, then AA, AB, as columns of a spreadsheet are named."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)


def _hider(letters: dict[str, str]) -> Callable[[str], str]:
    """Takes out of a text on another council what names it: breaks in its own series, any council's name, and pages of its report."""
    names = {
        name: letters.get(c.short_name, "another council")
        for c in register()
        for name in (c.short_name, c.official_name, *c.aliases)
    }
    listed = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{listed})\b")  # with its capital: "the reading is doubtful" names nobody

    def hide(text: str) -> str:
        parts = [
            "a break in the series" if part.startswith("break in the series") else part
            for part in str(text).split("; ")
        ]
        return pattern.sub(lambda m: names[m.group()], _PAGES.sub("", "; ".join(parts)))

    return hide


def _render_hidden(comparison: Comparison, run: Run, letters: dict[str, str]) -> str:
    from compare.report import render  # noqa: PLC0415
    from extract.crops import Crops  # noqa: PLC0415

    own = {d: (letters.get(c, c), p) for d, (c, p) in run.own.items() if comparison.periods.get(letters.get(c, c)) == p}
    documents = {d: d if c == comparison.focus else c for d, (c, _) in own.items()}

    def mapped(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame[frame["document"].isin(list(documents))].copy()
        if "authority" in frame:
            frame["authority"] = frame["authority"].map(lambda name: letters.get(name, name))
        others = frame["document"].map(documents) != frame["document"]
        for column in ("id", "label", "category", "why", "evidence", "inputs", "page"):
            if column in frame:
                frame.loc[others, column] = pd.NA if column == "page" else ""
        frame["document"] = frame["document"].map(documents)
        return frame

    focus_only = run.discrepancies[
        run.discrepancies["document"].isin([d for d, (c, _) in own.items() if c == comparison.focus])
    ]
    tables = Tables(
        mapped(run.comparability),
        {documents[d]: v for d, v in own.items()},
        mapped(run.ledger),
        focus_only,
        mapped(run.themes),
    )
    observations = run.observations[run.observations["authority"] == comparison.focus]
    crop = Crops({r.document.slug: r.document.path for r in run.results if r.document.council == comparison.focus})
    few = FEW.format(others=len(letters)) if len(letters) < 3 else ""
    return render(comparison, observations, (), tables, None if run.suppress_below else crop, HIDDEN + few)
