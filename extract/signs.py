"""Signs of life while a document is read, for whoever waits for it and would give up on one that hangs."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[str], object]] = []


def hear(listener: Callable[[str], object]) -> None:
    """Let someone hear every sign from now on: `page` for a page whose text is read, `tables` and `text` for one whose tables,
    and whose other text, are found, `ocr` before a page is read by OCR."""
    _listeners.append(listener)


def give(sign: str) -> None:
    """Say that the work goes on."""
    for listener in _listeners:
        listener(sign)
