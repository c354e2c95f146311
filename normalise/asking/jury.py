"""Two readers of one report: their readings of each printed number put together, and how likely what stands is right.

`vocabulary/jury.csv` holds the weights of a logistic regression, fitted on recorded replies with the rules' readings of
documents whose writers their weights had not seen (`benchmarks/reading/jury.py`).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from extract.statement import Statement
from normalise.asking.holding import Held
from normalise.codes import FREE, MAY_BE_FREE
from normalise.reading.calibrating import WRITTEN_FROM, features_of
from normalise.reading.interpreting import OCR_CAUTION, Fate, Heard
from normalise.reading.read import Read
from normalise.reading.reasons import Reason
from normalise.reading.weighing import Choice, Option
from normalise.words import slug

Row = dict[str, Any]
Weights = Mapping[str, float]

_SLOTS = ("what", "stage", "procedure", "period", "unit", "authority")
_OF_THE_WHOLE = ("said again", "contradicted", "clash", "sum fits", "sum differs")
"""What the other figures of the document say of a reading (`calibrating.features_of`)."""
_SAID = 0.97
"""How likely a part of a model's reading is taken to be right while the document's figures are set beside one another."""
MOST, LEAST = 0.995, 0.02
"""No row is surer, none more doubtful."""
UNCONFIRMED = 0.89
"""No row is surer that one of two readers does not confirm: from .9 on, both have to say it."""


@cache
def weights() -> Weights:
    """The weights that the package was fitted with."""
    with (files("normalise") / "vocabulary" / "jury.csv").open(encoding="utf-8") as handle:
        return {row["name"]: float(row["weight"]) for row in csv.DictReader(handle)}


@dataclass(frozen=True)
class Voice:
    """One reader's reading of a number, and what bears on its being right."""

    reader: str
    row: Row
    read: Read
    case: str
    """`agreed`, `model differs`, `rules differ`, `model alone`, `rules alone`, or `only`: no other reader was asked."""
    features: dict[str, float]

    def confidence(self, table: Weights) -> float:
        """The probability that it is right."""
        score = sum(table.get(name, 0.0) * value for name, value in self.features.items())
        most = MOST if self.case in ("agreed", "only") else UNCONFIRMED
        chance = min(max(1 / (1 + math.exp(-score)), LEAST), most)
        return round(max(LEAST, chance - OCR_CAUTION * self.read.statement.ocr), 3)


def model_alone(statements: Sequence[Statement], held: Sequence[Held]) -> list[Fate]:
    """The fate of every number where the rules are not heard."""
    return judged([Fate(s, "ignored", Reason.NOT_GIVEN.value) for s in statements], held, None)


def judged(fates: Sequence[Fate], held: Sequence[Held], shown: Collection[int] | None) -> list[Fate]:
    """The fates of a document's numbers with both readers heard; a number to which a model gave a second meaning has one fate more.

    `fates` are the rules'; `shown` has the identity (`id`) of each statement that the model was shown and answered on, and is none
    where the rules are not heard.
    """
    result: list[Fate] = []
    for fate, voices in voices_of(fates, held, shown):
        if voices:
            result += _verdict(fate, voices)
        else:
            result.append(fate)
    return result


def voices_of(
    fates: Sequence[Fate], held: Sequence[Held], shown: Collection[int] | None
) -> list[tuple[Fate, list[Voice]]]:
    """Each number with its readings; none where no model was shown it or nobody took it for an observation."""
    by_statement = _by_statement(held)
    known = {id(fate.statement) for fate in fates}
    loose = [found[0].statement for key, found in by_statement.items() if key not in known]
    met = []
    for fate in (*fates, *(Fate(s, "ignored", Reason.NOT_GIVEN.value) for s in loose if s is not None)):
        mine = by_statement.get(id(fate.statement), [])
        asked = bool(mine) or id(fate.statement) in (shown or ())
        met.append((fate, list(_met(fate, mine, shown is not None)) if asked else []))
    _hear_the_whole(met)
    return met


def _by_statement(held: Iterable[Held]) -> dict[int, list[Held]]:
    """The answers that stand on the page, by the identity of their number."""
    found: dict[int, list[Held]] = {}
    for h in held:
        if h.row is not None and h.statement is not None:
            found.setdefault(id(h.statement), []).append(h)
    return found


PLAIN = 0.6
"""From this confidence on the rules take a figure to be plain. Recorded replies count 937 in 1,000 of these as the rules do, and in no
document with two or more of them fewer than half."""


def misses_what_is_plain(fates: Sequence[Fate], held: Sequence[Held], shown: Collection[int]) -> str:
    """A sentence where a model counts fewer than half of the plain figures as the rules do: it did not read the report, or
    cannot, and neither its silence nor its word should count. Empty otherwise.
    """
    by_statement = _by_statement(held)
    plain = [f for f in fates if f.row is not None and f.row["confidence"] >= PLAIN and id(f.statement) in shown]
    found = sum(
        any("what" in _agreeing(f.row or {}, h.row or {}) for h in by_statement.get(id(f.statement), ())) for f in plain
    )
    if len(plain) < 2 or 2 * found >= len(plain):
        return ""
    return f"the second reader is not heard: of {len(plain)} figures that are plain it gives {found} as the rules do"


def _met(fate: Fate, mine: Sequence[Held], both: bool) -> Iterator[Voice]:
    """The readings of one number side by side."""
    rules = fate.row or fate.doubtful
    agreeing = next((h for h in mine if rules is not None and agree(rules, h.row or {})), None)
    other = "model differs" if rules is not None else "model alone" if both else "only"
    for h in mine:
        read, row = _read_of(h), _with_label(h)
        if h is agreeing and rules is not None and fate.read is not None:
            first = _voice("rules", _completed(rules, row), fate.read, "agreed", rules)
            yield first
            yield replace(first, reader="model", row=row, read=read)  # one set of features for both
        else:
            yield _voice("model", row, read, "model alone" if agreeing else other, rules)
    if rules is not None and fate.read is not None and agreeing is None:
        yield _voice("rules", rules, fate.read, "rules differ" if mine else "rules alone", rules, mine)


def _voice(reader: str, row: Row, read: Read, case: str, rules: Row | None, others: Sequence[Held] = ()) -> Voice:
    features = {case: 1.0}
    if rules is not None:
        features[f"{case}: rules"] = _logit(float(rules["confidence"]))
    for slot in _SLOTS if others else ():
        features[f"{case}: {slot}"] = float(slot not in _agreeing(row, others[0].row or {}))
    return Voice(reader, row, read, case, features)


def _hear_the_whole(met: Sequence[tuple[Fate, list[Voice]]]) -> None:
    """Adds to each reading what the sums, repetitions and contradictions of the whole document say of it."""
    standing = [v for _, voices in met for v in voices if v.case not in ("rules differ", "rules alone")]
    standing = [v for v in standing if (v.case, v.reader) != ("agreed", "model")]
    told = features_of([v.read for v in standing])
    for n, voice in enumerate(standing):
        voice.features.update({name: told[n][name] for name in _OF_THE_WHOLE if name in told[n]})


def _verdict(fate: Fate, voices: Sequence[Voice]) -> Iterator[Fate]:
    """What stands of the readings of one number: the likeliest, and a model's second meaning of it."""
    table = weights()
    heard = [Heard(v.reader, v.row | {"confidence": v.confidence(table)}, v.read, _result(v.case)) for v in voices]
    agreed = [h for h in heard if h.result == "agreed"]
    rivals = sorted((h for h in heard if h not in agreed), key=lambda h: -h.row["confidence"])
    first = agreed[0] if agreed else rivals.pop(0)
    contested = len({v.reader for v in voices}) > 1 and not agreed
    rest = [h for h in rivals if contested and h.reader != first.reader]
    told = tuple(agreed or [first, *(replace(h, result="overruled") for h in rest)])
    if contested:
        told = (replace(told[0], result="stands"), *told[1:])
    yield _fate(fate, first, told)
    for h in rivals:
        if h not in rest:
            yield _fate(fate, h, (h,))


def _result(case: str) -> str:
    return "agreed" if case == "agreed" else "alone"


def _fate(fate: Fate, chosen: Heard, told: tuple[Heard, ...]) -> Fate:
    s = fate.statement
    if chosen.row["confidence"] < WRITTEN_FROM:
        return Fate(s, "unplaced", Reason.DOUBTFUL.value, doubtful=chosen.row, read=chosen.read, heard=told)
    return Fate(s, "used", "", chosen.row, read=chosen.read, heard=told)


def agree(one: Row, other: Row) -> bool:
    """Whether two readings of one number have the same address."""
    return _agreeing(one, other) == set(_SLOTS)


def _agreeing(one: Row, other: Row) -> set[str]:
    same = {slot for slot in _SLOTS[1:] if one[slot] == other[slot]}
    if one["measure"] == other["measure"] and _same_category(one, other):
        same.add("what")
    return same


def _same_category(one: Row, other: Row) -> bool:
    """Own labels are the same where their words are: "staff_conduct_of" and "conduct_of_staff"."""
    free = one["measure"] in FREE | MAY_BE_FREE
    a, b = str(one["category"]), str(other["category"])
    return a == b or (free and bool(a) and sorted(_stems(a)) == sorted(_stems(b)))


def _stems(category: str) -> set[str]:
    return {w.rstrip("s") for w in category.split("_") if w not in ("and", "or", "of", "the", "a", "an", "to", "in")}


def _completed(rules: Row, model: Row) -> Row:
    """The rules' row with the base that the model knows."""
    return rules | {"base": model["base"]} if rules["base"] == "unknown" and model["base"] else rules


def _read_of(held: Held) -> Read:
    """A model's reading in the form of the rules'."""
    assert held.statement is not None and held.row is not None
    answer, row = held.answer, held.row
    values = {
        "what": (row["measure"], row["category"]),
        **{slot: row[slot] for slot in ("stage", "procedure", "period")},
    }
    choices = {
        slot: Choice(Option(value, [], answer.quote, f"line {answer.line}"), _SAID) for slot, value in values.items()
    }
    return Read(held.statement, choices, answer.authority)


def _with_label(held: Held) -> Row:
    """A model's row with the printed label of its category, where a label of the table has it."""
    s, row = held.statement, held.row
    assert s is not None and row is not None
    if row["measure"] in FREE | MAY_BE_FREE and row["category"]:
        printed = next((t for t in (*s.rows, *s.columns) if slug(t) == row["category"]), "")
        return row | {"label": " ".join(printed.split())[:120]}
    return row


def _logit(p: float) -> float:
    p = min(max(p, LEAST), MOST)
    return math.log(p / (1 - p))
