"""Percentages as links: a share of a total is a count, known within rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalise.disclosure.cells import BREAKDOWNS, Address, Cell, Share, System
from normalise.disclosure.relations import EXCLUSIVE, OTHER_TOTALS, UPHELD, View, apply, leaves, totals_of

DECIDED = ("upheld", "partially_upheld", "not_upheld", "inconclusive")
NOT_PEOPLE = ("referrals", "assessments", "contacts", "service_users", "expenditure")
"""Bases that are no complaints: such shares say nothing about a count of them."""
CONTEXT, COMPLAINTS_TO = "context", "complaints_to_"
"""Figures about the service: they recognise nobody, but complaints as a share of its referrals are a count of complaints."""
_DECIMALS = 4


def whole_counts(system: System, view: View) -> None:
    """Add totals that no row prints and shares may be of: all that is decided, and all of a breakdown's parts."""
    for group in list(view.along("category")):
        place = group[0]
        if place.measure not in BREAKDOWNS or place.measure == "response_time":  # bands may be cumulative
            continue
        for name, parts in (
            ("decided", [a for a in group if a.measure == "outcome" and a.category in DECIDED]),
            (f"all {place.measure}", [a for a in group if a.category not in UPHELD[:1]]),
        ):
            total = sum(map(view.truth, parts))
            known = name != "decided" and any(view.truth(t) == total for t in totals_of(view, place))
            if len(parts) < 2 or known:
                continue
            cell = system.new_cell(place._replace(measure=name, category=""), total, guarded=False)
            system.link([*((view[a][0], 1) for a in parts), (cell, -1)], 0, 0)
            view[cell.address] = [cell]


def link_shares(system: System, view: View) -> None:
    """Link every share with the bases that it fits; counts that only shares tell become cells."""
    layers: dict[int, tuple[View, list[tuple[Share, Cell]]]] = {}
    for share in system.shares:
        bases = _bases(view, share)
        fitted = [(base, part) for base in bases if (part := _fitted(system, view, share, base)) is not None]
        for base, part in fitted:
            layers.setdefault(base.number, (View({base.address: [base]}), []))[1].append((share, part))
        if not fitted:  # a likely total that it does not fit is what a reader would still take it to be of
            share.small = any(0 < round(share.value * b.truth / 100) < system.below for b in bases)
    for number, (layer, found) in layers.items():
        base = system.cells[number]
        _fill(view, layer, found)
        for group in layer.along("category"):
            _balance(system, layer, group, base)
        apply(system, layer)
        for share, part in found:
            share.small |= system.small(part) or 0 < base.truth < system.below
            share.small |= _leaves_people(share.address) and 0 < base.truth - part.truth < system.below
    for share in system.shares:
        share.small &= share.value > 0


def _balance(system: System, layer: View, group: Sequence[Address], base: Cell) -> None:
    """Let implied counts that rounding leaves open be those that add up to the base, where some do: an attacker would look for them."""
    parts = [layer[a][0] for a in leaves(group)] if group[0].measure in BREAKDOWNS else []
    before = {c: c.truth for c in parts}
    gap = base.truth - sum(before.values())
    for cell in parts if 0 < abs(gap) <= len(parts) else ():
        step = 1 if gap > 0 else -1
        if gap and not cell.rows and cell.truth + step >= 0:
            cell.truth += step
            truth = {n: system.cells[n].truth for k in system.touching[cell.number] for n in system.links[k].terms}
            if all(system.links[k].holds(truth) for k in system.touching[cell.number]):
                gap -= step
            else:
                cell.truth -= step
    if gap:
        for cell, value in before.items():
            cell.truth = value


def _leaves_people(address: Address) -> bool:
    return address.measure in (*EXCLUSIVE, "response_time")


def _bases(view: View, share: Share) -> list[Cell]:
    """Totals that a share may be of: those that the report names, else every total of its stage; each number once."""
    a = share.address
    if a.measure == CONTEXT:
        return view.get(a._replace(category=a.category.removeprefix(COMPLAINTS_TO)), [])
    if share.base in NOT_PEOPLE:
        return []
    whole = a._replace(measure=a.measure.removesuffix("_upheld"))
    if whole != a and share.base in ("theme", "service", "unknown", "") and whole in view:
        return view[whole]
    totals = _totals(view, a)
    if share.base == "upheld":
        wanted = totals_of(view, a._replace(measure="service_upheld"))
    else:  # of a total that is said but not in print, the likely ones
        wanted = [x for x in totals if x.measure == share.base] or totals
    found: dict[tuple[str, int], Cell] = {}
    for address in wanted:
        for cell in view.get(address, ()):
            if cell.truth:
                found.setdefault((cell.address.stage, cell.truth), cell)
    return list(found.values())


def _totals(view: View, a: Address) -> list[Address]:
    if a.measure in BREAKDOWNS:
        named = totals_of(view, a)
        extra = [
            a._replace(measure=m, category="") for m in ("decided", "investigated", "received", "closed", "issues")
        ]
        return list(dict.fromkeys([*named, *(x for x in extra if x in view)]))
    stages = {"stage_1": ("stage_1", "any"), "any": ("any", "stage_1")}.get(a.stage, (a.stage,))
    wanted = [a._replace(stage=s, measure=m, category="") for s in stages for m in OTHER_TOTALS]
    return [x for x in wanted if x in view]


def _fitted(system: System, view: View, share: Share, base: Cell) -> Cell | None:
    """The count that a share comes to, linked with it: a printed one that fits, else one that is implied; None where no whole number fits."""
    for candidate in _candidates(view, share.address):
        if (limits := _limits(share.value, candidate.truth, base.truth)) is not None:
            _link(system, share, candidate, base, limits)
            return candidate
    count = round(share.value * base.truth / 100)
    limits = _limits(share.value, count, base.truth)
    if limits is None or count > base.truth:
        return None
    implied = system.new_cell(share.address, count)
    _link(system, share, implied, base, limits)
    system.link([(base, 1), (implied, -1)], 0, None)
    return implied


def _candidates(view: View, a: Address) -> list[Cell]:
    """Printed counts that a share may be of its base; of "complaints to referrals" what was received."""
    if a.measure != CONTEXT:
        return view.get(a, [])
    stages = dict.fromkeys((a.stage, "any", "stage_1"))
    return [c for s in stages for c in view.get(a._replace(stage=s, measure="received", category=""), ())]


def _scale(value: float) -> tuple[int, int]:
    """A percentage as a whole number and the tens that it is of: 53.4 is 534 and 10."""
    for decimals in range(_DECIMALS + 1):
        if abs(round(value, decimals) - value) < 1e-9:
            return round(value * 10**decimals), 10**decimals
    return round(value * 10**_DECIMALS), 10**_DECIMALS


def _limits(value: float, part: int, base: int) -> tuple[int, int] | None:
    """How far twice the printed digits may lie from twice the exact share, in units of the last digit: rounded, or cut off."""
    printed, tens = _scale(value)
    twice = 200 * tens * part - 2 * printed * base
    if -base <= twice <= base:
        return -1, 1
    return (0, 2) if 0 <= twice < 2 * base else None


def _link(system: System, share: Share, part: Cell, base: Cell, limits: tuple[int, int]) -> None:
    printed, tens = _scale(share.value)
    low, high = limits
    system.link([(part, 200 * tens), (base, -(2 * printed + low))], 0, None, share.number)
    system.link([(part, 200 * tens), (base, -(2 * printed + high))], None, 0, share.number)


def _fill(view: View, layer: View, found: Sequence[tuple[Share, Cell]]) -> None:
    """The counts that a base's shares come to, and printed counts of the same breakdowns where no share is."""
    places = set()
    for share, part in found:
        layer.setdefault(share.address, [part])
        places.add(share.address._replace(category=""))
    layer.update({a: view[a] for a in _beside(view, places) if a not in layer})
    base = next(iter(layer))
    for place in places:  # the base stands where the relations look for the total
        if place.measure in BREAKDOWNS and base.measure not in (
            "received",
            "closed",
            "investigated",
            "issues",
            "decided",
        ):
            layer.setdefault(place._replace(measure=f"all {place.measure}"), layer[base])


def _beside(view: View, places: set[Address]) -> Iterator[Address]:
    return (a for a in view if a._replace(category="") in places and a.measure in BREAKDOWNS)
