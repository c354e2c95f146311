"""How near, and on which side, a number's own sentence names a stage, a procedure or a period."""

from __future__ import annotations

from collections.abc import Sequence

from normalise.reading.tagging import Sentence
from normalise.reading.weighing import distance

Spans = Sequence[tuple[int, int, str]]
"""First token, the one behind the last, and the value that they name."""


def by_sentence(sentence: Sentence | None, token: int, spans: Spans, value: str) -> list[str]:
    """How near, and on which side, a sentence names a value; in an enumeration the number's own item, where it names one."""
    if sentence is None:
        return []
    spans = _of_item(sentence, token, spans)
    before = [(token - b, a, b, v) for a, b, v in spans if b <= token]
    after = [(a - token, a, b, v) for a, b, v in spans if a > token]
    around = [v for a, b, v in spans if a <= token < b]
    features = ["sentence:spans"] if value in around else []
    for side, mentions in (("before", sorted(before)), ("after", sorted(after))):
        for k, (gap, a, b, v) in enumerate(mentions[:3]):
            between = sentence.classes[b:token] if side == "before" else sentence.classes[token + 1 : a]
            numbers = min(2, sum(c in ("N", "PERCENT", "POUNDS") for c in between))
            cut = (
                "cut"
                if any(c in ("semi", "stop", "colon") for c in between)
                else "comma"
                if "comma" in between
                else "open"
                if "open" in between
                else ""
            )
            name = f"sentence:{side}{k}"
            by = sentence.classes[a - 1] if a else "^"
            whose = _nearest(sentence, token, a, b)
            features.append(f"{'' if v == value else 'not'}{name}|{whose}")
            if v == value:
                features += [
                    f"{name}|{numbers}{cut}",
                    f"{name}|d{distance(gap)}",
                    name,
                    f"{name}|by={by}",
                    f"sentence|by={by}",
                ]
                if len(spans) == 1:
                    features.append(f"{name}|only|by={by}")
            else:
                features += [f"not{name}|{numbers}{cut}", f"not{name}"]
    features += _by_turn(sentence, token, spans, value)
    names = {v for *_, v in spans}
    if names == {value}:
        features.append("sentence:only")
    elif not names:
        features.append("sentence:silent")
    return features


def _nearest(sentence: Sentence, token: int, start: int, end: int) -> str:
    """Whether a name stands nearer to a number than to any other: "176, against 129 in 2016-17"."""

    def gap(n: int) -> int:
        return n - end + 1 if n >= end else start - n

    others = [
        n for n in sentence.numbers.values() if n != token and not start <= n < end and sentence.classes[n] != "DAYS"
    ]
    least = min(map(gap, others), default=gap(token) + 1)
    return "mine" if gap(token) < least else "shared" if gap(token) == least else "taken"


def _by_turn(sentence: Sentence, token: int, spans: Spans, value: str) -> list[str]:
    """Whether the first of several numbers goes with the first of as many names, and so on: "63 and 5 at stages 1 and 2"."""
    numbers = sorted(t for t in sentence.numbers.values() if sentence.classes[t] != "DAYS")
    names = [v for *_, v in sorted(spans)]
    if token not in numbers or len(set(names)) < 2 or len(numbers) % len(names):
        return []
    fits = names[numbers.index(token) % len(names)] == value
    turn = "turn" if len(numbers) == len(names) else "turns"
    told = "|told" if "RESPECTIVELY" in sentence.classes else ""
    return [f"{turn}{told}" if fits else f"not {turn}{told}"]


def _of_item(sentence: Sentence, token: int, spans: Spans) -> Spans:
    """What the number's own item names; what the whole sentence does where the item names nothing."""
    return [span for span in spans if sentence.items[span[0]] == sentence.items[token]] or spans
