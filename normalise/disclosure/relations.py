"""What an attacker may assume of a release: every relation of the model that the numbers bear out.

RELATIONS is the list to extend. A relation proposes claims on addresses; a claim becomes a link of the system only where it holds in the figures that
nobody withheld, because that is when somebody may guess it. Totals over stages are the example: a complaint at stage 2 was one at stage 1
before, so many totals are no sums, and none is assumed there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise, product

from normalise import bands
from normalise.disclosure.cells import BREAKDOWNS, Address, Cell, System

FREE, GUARDED = "free", "guarded"
"""What a sum leaves of its total: only known not to be negative; or a count of people that must not be told where it is small."""
ALTERNATIVES = 2_000
"""Combinations that are tried where a report prints several values for one address."""


@dataclass(frozen=True)
class Claim:
    """The left side adds up to the right one, or (with `rest`) leaves something of it."""

    left: tuple[Address, ...]
    right: tuple[Address, ...]
    rest: str = ""


@dataclass(frozen=True)
class Family:
    """Claims on the same figures. Those that leave a rest are made only where none holds exactly."""

    exact: Sequence[Claim] = ()
    else_rest: Sequence[Claim] = ()


class View(dict[Address, list[Cell]]):
    """Cells by address: the counts of a release, or what a base's shares come to."""

    def along(self, *fields: str) -> Iterator[list[Address]]:
        """Addresses that differ in some coordinates only."""
        groups: dict[Address, list[Address]] = {}
        blank = dict.fromkeys(fields, "")
        for address in self:
            groups.setdefault(address._replace(**blank), []).append(address)
        yield from groups.values()

    def truth(self, address: Address) -> int:
        """The first value that is printed for an address."""
        return self[address][0].truth


def apply(system: System, view: View) -> None:
    """Make links of every claim on the view's cells that the figures bear out."""
    for relation in RELATIONS:
        for family in relation.families(view):
            holding = [claim for claim in family.exact if _exact(system, view, claim)]
            if not holding:
                for claim in family.else_rest:
                    _with_rest(system, view, claim)


def _readings(view: View, claim: Claim) -> Iterator[tuple[list[tuple[Cell, int]], int]]:
    """Terms of a claim, and what the right side has more, for each choice among several values of an address."""
    sides = [view[a] for a in (*claim.left, *claim.right)]
    signs = [-1] * len(claim.left) + [1] * len(claim.right)
    for chosen in islice(product(*sides), ALTERNATIVES):
        terms = list(zip(chosen, signs, strict=True))
        yield terms, sum(cell.truth * sign for cell, sign in terms)


def _exact(system: System, view: View, claim: Claim) -> bool:
    found = False
    for terms, more in _readings(view, claim):
        if more == 0:
            system.link(terms, 0, 0)
            found = True
    return found


def _with_rest(system: System, view: View, claim: Claim) -> None:
    terms, more = next(((t, m) for t, m in _readings(view, claim) if m >= 0), ([], -1))
    if more < 0:
        return
    if claim.rest == GUARDED and 0 < more < system.below:
        what = claim.right[0]._replace(
            category=f"{claim.right[0].category} less {'+'.join(_name(a) for a in claim.left)}"
        )
        system.link([*terms, (system.new_cell(what, more), -1)], 0, 0)
    else:
        system.link(terms, 0, None)


def _name(address: Address) -> str:
    return address.category or f"{address.measure}@{address.stage}"


def _subsets(parts: Sequence[Address]) -> Iterator[tuple[Address, ...]]:
    for size in range(1, len(parts) + 1):
        yield from combinations(parts, size)


STAGES = ("stage_1", "stage_2", "stage_3")


def stages(view: View) -> Iterator[Family]:
    for group in view.along("stage"):
        by = {a.stage: a for a in group}
        total = by.pop("any", None)
        if total is None or not by:
            continue
        own = tuple(by[s] for s in STAGES if s in by)
        yield Family(
            [Claim(parts, (total,)) for parts in _subsets(list(by.values()))],
            [Claim(own, (total,), GUARDED)] if own else [],
        )


def procedures(view: View) -> Iterator[Family]:
    for group in view.along("procedure"):
        by = {a.procedure: a for a in group}
        total = by.pop("all", None)
        if total is not None and by:
            parts = tuple(by.values())
            yield Family([Claim(p, (total,)) for p in _subsets(parts)], [Claim(parts, (total,), GUARDED)])


_YEAR_PARTS = (("Q1", "Q2", "Q3", "Q4"), ("H1", "H2"), ("H1", "Q3", "Q4"), ("Q1", "Q2", "H2"))
_HALVES = {"H1": ("Q1", "Q2"), "H2": ("Q3", "Q4")}


def parts_of_a_year(view: View) -> Iterator[Family]:
    for group in view.along("period"):
        years: dict[str, dict[str, Address]] = {}
        for a in group:
            year, _, part = a.period.partition(" ")
            years.setdefault(year, {})[part] = a
        for by in years.values():
            for whole, ways in {"": _YEAR_PARTS, **{h: (quarters,) for h, quarters in _HALVES.items()}}.items():
                if whole not in by:
                    continue
                there = [tuple(by[p] for p in way if p in by) for way in ways]
                complete = [parts for parts, way in zip(there, ways, strict=True) if len(parts) == len(way)]
                rests = [Claim(parts, (by[whole],), GUARDED) for parts in dict.fromkeys(there) if parts]
                yield Family([Claim(parts, (by[whole],)) for parts in complete], rests)


COMPOUNDS = {
    "outcome": {"upheld_or_partially": ("upheld", "partially_upheld")},
    "complainant": {
        "child_or_advocate": ("child_or_young_person", "advocate"), "parent_or_carer": ("parent", "carer"), "parent_or_family": ("parent", "relative"),
    },
    "channel": {"email_or_web_form": ("email", "web_form")},
    "mediation": {"held": ("resolved", "escalated")},
}  # fmt: skip
"""Categories that hold others of their breakdown."""


def _compounds(categories: Iterable[str], measure: str) -> dict[str, tuple[str, ...]]:
    """Compound -> parts that are there: of closed lists those of COMPOUNDS, of slugs the members of a group."""
    there = set(categories)
    found = {c: tuple(p for p in parts if p in there) for c, parts in COMPOUNDS.get(measure, {}).items() if c in there}
    if measure not in COMPOUNDS and measure != "response_time":
        for head in there:
            members = tuple(sorted(c for c in there if c.startswith(f"{head}_")))
            if len(members) > 1:
                found[head] = members
    return {c: parts for c, parts in found.items() if parts}


def compounds(view: View) -> Iterator[Family]:
    for group in view.along("category"):
        by = {a.category: a for a in group}
        for compound, parts in _compounds(by, group[0].measure).items():
            held = tuple(by[p] for p in parts)
            yield Family([Claim(held, (by[compound],))], [Claim(held, (by[compound],), FREE)])


TOTALS = {
    "outcome": ("closed", "received", "investigated", "decided", "issues"),
    "response_time": ("closed", "received"),
    "theme_upheld": (), "service_upheld": (),
}  # fmt: skip
"""Measure -> what its parts may add up to, its own total first. For the others `received` is."""
OTHER_TOTALS = ("received", "closed", "issues", "investigated")
EXCLUSIVE = ("outcome", "complainant", "channel", "service")
"""Breakdowns in which a complaint is counted once: what they leave of their total is a count of people, too."""
UPHELD = ("upheld_or_partially", "upheld")


def totals_of(view: View, place: Address) -> list[Address]:
    """What a breakdown may be of, its own total first; of stage 1 also what is printed without a stage, and the other way round."""
    stages = {"stage_1": ("stage_1", "any"), "any": ("any", "stage_1")}.get(place.stage, (place.stage,))
    if place.measure in ("theme_upheld", "service_upheld"):
        wanted = [place._replace(stage=s, measure="outcome", category=c) for s in stages for c in UPHELD]
    else:
        measures = TOTALS.get(place.measure, OTHER_TOTALS)
        wanted = [place._replace(stage=s, measure=m, category="") for s in stages for m in measures]
        wanted += [place._replace(measure=f"all {place.measure}", category="")]
    return [a for a in wanted if a in view]


def breakdowns(view: View) -> Iterator[Family]:
    for group in view.along("category"):
        measure = group[0].measure
        if measure not in BREAKDOWNS:
            continue
        totals = totals_of(view, group[0])
        parts = leaves(group)
        for n, total in enumerate(totals):
            exact = [Claim(tuple(group), (total,)), Claim(parts, (total,)), *_runs(view, group, total)]
            fits = parts and sum(map(view.truth, parts)) <= view.truth(total)
            kind = GUARDED if n == 0 and measure in (*EXCLUSIVE, "response_time") else FREE
            rest = [Claim(parts, (total,), kind)] if fits else [Claim((a,), (total,), FREE) for a in parts]
            yield Family(exact, rest)


def leaves(group: Sequence[Address]) -> tuple[Address, ...]:
    """The parts of a breakdown that hold no other; of bands of days the shortest that is cumulative, and those that are not."""
    measure = group[0].measure
    if measure != "response_time":
        held = _compounds([a.category for a in group], measure)
        return tuple(a for a in group if a.category not in held)
    timed = {a: b for a in group if (b := bands.parse(a.category))}
    first = min((b.high for b in timed.values() if b.low is None and b.high), default=None)
    return tuple(a for a, b in timed.items() if b.low is not None or b.high == first)


def _runs(view: View, group: Sequence[Address], total: Address) -> list[Claim]:
    """Neighbours in print that add up to the total: a breakdown of several tables (by sex, by age) is several sums."""
    wanted = view.truth(total)
    found = []
    for start in range(len(group)):
        reached = 0
        for end in range(start, len(group)):
            reached += view.truth(group[end])
            if reached == wanted and end > start and view.truth(group[start]) and view.truth(group[end]):
                found.append(Claim(tuple(group[start : end + 1]), (total,)))
            if reached > wanted:
                break
    return found


def bands_of_time(view: View) -> Iterator[Family]:
    for group in view.along("category"):
        if group[0].measure != "response_time":
            continue
        by = {a.category: a for a in group}
        totals = totals_of(view, group[0])
        yield from _within_and_outside(by, totals)
        known = {c: b for c in by if (b := bands.parse(c)) and not b.calendar}
        everything = tuple(by[c] for c in known)
        if len(known) > 1 and any(sum(map(view.truth, everything)) == view.truth(t) for t in totals):
            continue  # they exclude one another, whatever their heads say: `breakdowns` has the sum
        within = sorted((b.high or 0, c) for c, b in known.items() if b.low is None)
        between = {(b.low - 1, b.high): c for c, b in known.items() if b.low and b.high}
        beyond = {b.low: c for c, b in known.items() if b.high is None}
        for (low, shorter), (high, longer) in pairwise(within):
            middle = [(by[between[low, high]],)] if (low, high) in between else []
            yield Family(
                [Claim((by[shorter], *m), (by[longer],)) for m in middle],
                [Claim((by[shorter],), (by[longer],), GUARDED)],
            )
        for n, total in enumerate(totals):
            for high, code in within:
                over = [Claim((by[code], by[beyond[high]]), (total,))] if high in beyond else []
                yield Family(over, [Claim((by[code],), (total,), FREE if n else GUARDED)])
        for (low, high), code in between.items():
            if f"within_{high}" in by and low not in dict(within):
                yield Family([], [Claim((by[code],), (by[f"within_{high}"],), FREE)])
            elif totals:
                yield Family([], [Claim((by[code],), (totals[0],), FREE)])


def _within_and_outside(by: dict[str, Address], totals: Sequence[Address]) -> Iterator[Family]:
    parts = tuple(by[c] for c in ("within_timescale", "outside_timescale") if c in by)
    for n, total in enumerate(totals):
        if parts:
            yield Family([Claim(parts, (total,))], [Claim(parts, (total,), FREE if n else GUARDED)])


def openings_and_closings(view: View) -> Iterator[Family]:
    for group in view.along("measure", "category"):
        by = {a.measure: a for a in group if not a.category}
        still = next((a for a in group if (a.measure, a.category) == ("outcome", "outstanding")), None)
        if {"received", "closed"} <= by.keys():
            yield Family([Claim((by["closed"],), (by["received"],))], [Claim((by["closed"],), (by["received"],), FREE)])
            first = tuple(by[m] for m in ("brought_forward", "received") if m in by)
            last = tuple(by[m] for m in ("closed", "carried_forward") if m in by)
            yield Family([Claim(first, last)])
        if still and "carried_forward" in by:
            yield Family([Claim((still,), (by["carried_forward"],))])
        for part, total in (
            ("investigated", "received"), ("investigated", "closed"), ("extended", "closed"), ("extended", "received"), ("advocacy", "received"),
            ("escalated", "escalation_requested"), ("escalated", "received"),
        ):  # fmt: skip
            if part in by and total in by:
                claim = ((by[part],), (by[total],))
                yield Family([Claim(*claim)], [Claim(*claim, FREE)])


def from_year_to_year(view: View) -> Iterator[Family]:
    for address in view:
        if address.measure == "carried_forward" and address.period[:4].isdigit() and len(address.period) == 7:
            start = int(address.period[:4]) + 1
            later = address._replace(measure="brought_forward", period=f"{start}-{(start + 1) % 100:02d}")
            if later in view:
                yield Family([Claim((address,), (later,))])


_NEXT = {"pre_stage": "stage_1", "stage_1": "stage_2", "stage_2": "stage_3"}


def from_stage_to_stage(view: View) -> Iterator[Family]:
    for address in view:
        if address.category or address.stage not in _NEXT:
            continue
        further = address._replace(stage=_NEXT[address.stage], measure="received")
        if address.measure in ("escalated", "escalation_requested") and further in view:
            yield Family([Claim((address,), (further,))])
        if address.measure == "received" and further in view:
            yield Family([], [Claim((further,), (address,), FREE)])


def investigations(view: View) -> Iterator[Family]:
    for address in view:
        if address.measure == "investigated":
            outcome = address._replace(measure="outcome")
            parts = tuple(
                a for c in ("upheld", "not_upheld", "outstanding") if (a := outcome._replace(category=c)) in view
            )
            if parts:
                shorter = parts[:2] if len(parts) == 3 else parts
                yield Family(
                    [Claim(parts, (address,)), Claim(shorter, (address,))], [Claim(parts, (address,), GUARDED)]
                )


def upheld_of_a_subject(view: View) -> Iterator[Family]:
    for address in view:
        whole = address._replace(measure=address.measure.removesuffix("_upheld"))
        if whole != address and whole in view:
            yield Family([Claim((address,), (whole,))], [Claim((address,), (whole,), FREE)])


@dataclass(frozen=True)
class Relation:
    """A kind of relation, and why an attacker may assume it."""

    families: Callable[[View], Iterable[Family]]
    reason: str


RELATIONS = (
    Relation(stages, "a total over the stages is printed beside the stages, and where it is their sum one of them is a difference"),
    Relation(procedures, "figures of all procedures together are those of each one added up"),
    Relation(parts_of_a_year, "a year is its quarters, or its halves"),
    Relation(compounds, "some categories hold others: upheld or partly upheld, a child or an advocate, a group of themes"),
    Relation(breakdowns, "the parts of a breakdown add up to what was received or closed, or leave a rest that is a count as well"),
    Relation(bands_of_time, "bands of days are cumulative or follow one another, and what is not within them took longer"),
    Relation(openings_and_closings, "open at the start and received are closed and open at the end; what is of the same complaints is no more than they"),
    Relation(from_year_to_year, "what is open at the end of a year is open at the start of the next"),
    Relation(from_stage_to_stage, "what went on from a stage is received at the next, and is no more than there was"),
    Relation(investigations, "the Ombudsman's investigations are upheld or not, or not yet concluded"),
    Relation(upheld_of_a_subject, "of a theme or a team no more is upheld than there was"),
)  # fmt: skip
"""Equal figures of several reports (last year's column) are one cell, so they need no relation. Shares are in `shares`."""
