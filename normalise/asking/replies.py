"""What a second reader answered: figures out of JSON or CSV, also where the reply has chatter around it or breaks off."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

LONGEST_REPLY = 4_000_000
"""Characters. A reply on the longest report has a tenth of this."""
MOST_FIGURES = 6_000
LONGEST_FIELD = 400
LONGEST_OBJECT = 12_000
"""Characters that are looked at for one figure, so that nonsense costs no more than its length."""


@dataclass(frozen=True)
class Answer:
    """One figure as the second reader gave it; all texts as given, cut where they are absurdly long."""

    line: int
    printed: str
    quote: str
    period: str
    procedure: str
    stage: str
    measure: str
    category: str
    unit: str
    base: str
    authority: str


FIELDS = tuple(f.name for f in fields(Answer))
"""What an answer says of each figure."""
_FIGURE = {
    "type": "object",
    "properties": {name: {"type": "integer" if name == "line" else "string"} for name in FIELDS},
    "required": list(FIELDS),
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {"figures": {"type": "array", "items": _FIGURE}},
    "required": ["figures"],
    "additionalProperties": False,
}
"""The JSON schema of a reply."""


@dataclass(frozen=True)
class Reply:
    """The figures of a reply, and what of it could not be used."""

    answers: tuple[Answer, ...]
    problems: tuple[str, ...] = ()
    """Sentences for the user."""
    usable: bool = True
    """False where nothing in it has the form that was asked for."""
    cut: bool = False
    """It breaks off."""


def answers_in(text: str) -> Reply:
    """The figures of a reply. Never raises: what cannot be read is told in `problems`."""
    if len(text) > LONGEST_REPLY:
        return Reply(
            (), (f"is longer than {LONGEST_REPLY:,} characters, far more than an answer on a report",), usable=False
        )
    found = list(_objects(text)) or list(_table(text))
    answers = []
    refused = 0
    for item in found[:MOST_FIGURES]:
        answer = _answer(item)
        refused += answer is None
        answers += [answer] if answer else []
    problems = []
    usable = bool(found) or bool(re.search(r'"figures"\s*:\s*\[\s*\]', text))
    cut = bool(found) and _breaks_off(text)
    if not usable:
        problems.append("holds no figures in the form that was asked for")
    if refused:
        problems.append(
            f"{refused} {'entry' if refused == 1 else 'entries'} without a line number or a figure left out"
        )
    if len(found) > MOST_FIGURES:
        problems.append(f"holds more than {MOST_FIGURES:,} figures; the rest were left out")
    if cut:
        problems.append("breaks off; the figures up to there were taken")
    return Reply(tuple(dict.fromkeys(answers)), tuple(problems), usable, cut)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every JSON object without objects inside that has a line and a figure, wherever in the text it stands."""
    decoder = json.JSONDecoder()
    for match in re.finditer(r"\{(?=\s*\"\w{1,20}\"\s*:\s*[^{\[\s])", text):
        try:
            value, _ = decoder.raw_decode(text[match.start() : match.start() + LONGEST_OBJECT])
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and "printed" in value:
            yield value


def _table(text: str) -> Iterator[dict[str, Any]]:
    """Rows under a line of heads that names the fields, parted by commas, semicolons, tabs or bars."""
    lines = [x.strip().strip("|").strip() for x in text.splitlines()]
    for n, line in enumerate(lines):
        for mark in (",", ";", "\t", "|"):
            heads = [h.strip().strip('"').lower() for h in line.split(mark)]
            if {"line", "printed", "measure"} <= set(heads):
                body = "\n".join(x for x in lines[n + 1 :] if x and not re.fullmatch(r"[-:| ]+|```.*", x))
                for row in csv.reader(io.StringIO(body), delimiter=mark, skipinitialspace=True):
                    if len(row) >= len(heads) - 1:
                        yield dict(zip(heads, (c.strip() for c in row), strict=False))
                return


def _answer(item: dict[str, Any]) -> Answer | None:
    texts = {name: _text(item.get(name)) for name in FIELDS}
    number = re.fullmatch(r"(?:line\s*)?L?(\d{1,6})", texts["line"], re.IGNORECASE)
    if number is None or not texts["printed"]:
        return None
    del texts["line"]
    return Answer(int(number[1]), **texts)


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())[:LONGEST_FIELD]


def _breaks_off(text: str) -> bool:
    """True where a JSON reply was cut: the list of figures is opened and never closed."""
    opened = text.find('"figures"')
    return opened >= 0 and text.rfind("]") < text.rfind("{")
