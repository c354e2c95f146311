"""Readings and results as bytes and back, checked against the types that they claim to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from corpus.document import Document
from councilbench.result import Result
from extract.model import Block, Chart, Heading, Paragraph, Reading, Table
from extract.statement import Statement
from normalise.reading.interpreting import Fate, Heard
from normalise.reading.read import Read
from normalise.reading.weighing import Choice, Option

T = TypeVar("T")

_BLOCKS: dict[str, type[Block]] = {kind.__name__: kind for kind in (Heading, Paragraph, Table, Chart)}


class _PackedReading(msgspec.Struct, array_like=True):
    blocks: list[tuple[str, msgspec.Raw]]
    pages: int
    warnings: list[str]
    unread_pages: list[int]
    ocr_pages: list[int]


def packed_reading(r: Reading) -> bytes:
    """A reading as bytes."""
    encode = msgspec.msgpack.Encoder().encode
    blocks = [(type(b).__name__, msgspec.Raw(encode(b))) for b in r.blocks]
    return encode(_PackedReading(blocks, r.pages, r.warnings, r.unread_pages, r.ocr_pages))


def _decoded(data: bytes | None, read: Callable[[bytes], T]) -> T | None:
    """What bytes hold; None for none, and for those of another program."""
    try:
        return None if data is None else read(data)
    except (msgspec.MsgspecError, KeyError):
        return None


def reading_from(data: bytes | None) -> Reading | None:
    """The reading that bytes hold."""
    return _decoded(data, _reading_from)


def _reading_from(data: bytes) -> Reading:
    packed = msgspec.msgpack.decode(data, type=_PackedReading)
    decoders = {name: msgspec.msgpack.Decoder(kind) for name, kind in _BLOCKS.items()}
    blocks = [decoders[name].decode(raw) for name, raw in packed.blocks]
    return Reading(blocks, packed.pages, packed.warnings, packed.unread_pages, packed.ocr_pages)


class _PackedOption(msgspec.Struct, array_like=True):
    value: str | tuple[str, str]
    words: str
    source: str


class _PackedChoice(msgspec.Struct, array_like=True):
    option: _PackedOption
    probability: float
    runner_up: _PackedOption | None
    second: float


class _PackedRead(msgspec.Struct, array_like=True):
    choices: dict[str, _PackedChoice]
    authority: str


class _PackedHeard(msgspec.Struct, array_like=True):
    reader: str
    row: dict[str, Any]
    read: _PackedRead
    result: str


class _PackedFate(msgspec.Struct, array_like=True):
    statement: Statement
    fate: str
    reason: str
    row: dict[str, Any] | None
    doubtful: dict[str, Any] | None
    read: _PackedRead | None
    heard: list[_PackedHeard]


class _PackedResult(msgspec.Struct, array_like=True):
    problem: str
    council: str = ""
    period: str = ""
    scope: str = ""
    rows: list[dict[str, Any]] = []
    fates: list[_PackedFate] = []
    text: str = ""
    unread: list[str] = []
    notes: list[str] = []
    refused: list[str] = []


def packed_result(result: Result | str) -> bytes:
    """What was made of a report, or why it is none, as bytes."""
    if isinstance(result, str):
        return msgspec.msgpack.encode(_PackedResult(result))
    d = result.document
    packed = _PackedResult(
        "", d.council, d.period, d.scope, result.rows, [_packed_fate(f) for f in result.fates], result.text, list(result.unread), result.notes,
        result.refused,
    )  # fmt: skip
    return msgspec.msgpack.encode(packed)


def result_from(data: bytes | None, document: Document) -> Result | str | None:
    """What was made of a report, or why it is none."""
    return _decoded(data, lambda given: _result_from(given, document))


def _result_from(data: bytes, document: Document) -> Result | str:
    p = msgspec.msgpack.decode(data, type=_PackedResult)
    if p.problem:
        return p.problem
    own = replace(document, council=p.council, period=p.period, scope=p.scope)
    return Result(own, p.rows, [_fate_from(f) for f in p.fates], p.text, tuple(p.unread), p.notes, p.refused)


def _packed_fate(f: Fate) -> _PackedFate:
    heard = [_PackedHeard(h.reader, h.row, _packed_read(h.read), h.result) for h in f.heard]
    return _PackedFate(
        f.statement, f.fate, f.reason, f.row, f.doubtful, _packed_read(f.read) if f.read else None, heard
    )


def _fate_from(f: _PackedFate) -> Fate:
    heard = tuple(Heard(h.reader, h.row, _read_from(h.read, f.statement), h.result) for h in f.heard)
    read = _read_from(f.read, f.statement) if f.read else None
    return Fate(f.statement, f.fate, f.reason, f.row, f.doubtful, read, heard)


def _packed_read(r: Read) -> _PackedRead:
    return _PackedRead({slot: _packed_choice(c) for slot, c in r.choices.items()}, r.authority)


def _read_from(r: _PackedRead, statement: Statement) -> Read:
    return Read(statement, {slot: _choice_from(c) for slot, c in r.choices.items()}, r.authority)


def _packed_choice(c: Choice) -> _PackedChoice:
    return _PackedChoice(
        _packed_option(c.option), c.probability, _packed_option(c.runner_up) if c.runner_up else None, c.second
    )


def _choice_from(c: _PackedChoice) -> Choice:
    return Choice(_option_from(c.option), c.probability, _option_from(c.runner_up) if c.runner_up else None, c.second)


def _packed_option(o: Option) -> _PackedOption:
    return _PackedOption(o.value, o.words, o.source)


def _option_from(o: _PackedOption) -> Option:
    """An option without its features: they decided, and have done."""
    return Option(o.value, [], o.words, o.source)
