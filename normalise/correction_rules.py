"""The rules of the common model for figures that a council gives itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from corpus.corrections import Correction
from corpus.councils import find
from normalise.codes import BASES, MEASURES, PROCEDURES, SCOPES, STAGES, UNITS, category_fits

_CODES: dict[str, set[str]] = {
    "scope": SCOPES,
    "procedure": PROCEDURES,
    "stage": STAGES,
    "measure": MEASURES,
    "unit": UNITS,
    "base": BASES,
}


def against_the_rules(correction: Correction) -> str:
    """What is wrong with a correction that was kept; empty where nothing is. It may take a figure out, by its id."""
    address = asdict(correction)
    if not correction.now and not correction.id:
        return "there is neither an id nor a value"
    return wrong_address(address) or (wrong_value(address, float(correction.now)) if correction.now else "")


def wrong_address(address: Mapping[str, str]) -> str:
    """What is wrong with the address of a figure; empty where nothing is."""
    for column, codes in _CODES.items():
        if address[column] not in codes:
            return f"{column} is {address[column]!r}; it is one of {', '.join(sorted(filter(None, codes)))}"
    if not category_fits(address["measure"], address["category"]):
        return f"{address['category']!r} is no category of {address['measure']}"
    if find(address["authority"]) is None:
        return f"there is no council named {address['authority']!r}"
    return ""


def wrong_value(address: Mapping[str, str], value: float) -> str:
    """What is wrong with the value of a figure; empty where nothing is."""
    if address["unit"] == "percent" and value > 100 and address["measure"] != "context":
        return f"{value:g} is more than 100 per cent"
    if address["unit"] == "count" and value % 1:
        return f"{value:g} is no whole number, and the figure is a count"
    return ""
