"""The figures that a comparison rests on, council by council, with pictures of where they are printed."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from compare.figure import value_text
from compare.groups import PROCEDURE_WORDS, Comparison
from normalise.indicators import LOW_CONFIDENCE

Crop = Callable[[str, int, str], tuple[bytes, int, int] | None]
"""The printed figure as a picture: document, page and box -> WebP, width and height, or None."""
SHOWN_AT = 0.7
"""Size of a crop on the page by its pixels, so that it is sharp on screens of any kind."""
_NO_CROP = ("", (0, 0))


class Pictures:
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


def how_read(frame: pd.DataFrame, readings: pd.DataFrame | None) -> list[str]:
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


def evidence(
    frame: pd.DataFrame, comparison: Comparison, pictures: Pictures, beside: Mapping[str, str] | None = None
) -> list[tuple[str, list[dict[str, object]]]]:
    """The observations that the tables rest on, council by council, the focus first, in document order.

    `beside` gives the address of a document's file, where it lies beside the report.
    """
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
                "address": _address(o, beside or {}),
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


def _address(o: dict[str, Any], beside: Mapping[str, str]) -> str:
    """Where the figure's page opens; empty where the file is not beside the report."""
    file = beside.get(str(o["document"]), "")
    return f"{file}#page={o['page']}" if file and pd.notna(o["page"]) else file


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
