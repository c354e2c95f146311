"""Colours of cells and their contrast."""

from __future__ import annotations

from typing import Any

from openpyxl.styles.colors import COLOR_INDEX


def has_fill(fill: Any) -> bool:
    return fill.fill_type not in {None, "none"}


def rgb_of(colour: Any) -> str | None:
    """A colour as six hexadecimal digits; None for colours of a theme or of the system, which vary."""
    if colour is None:
        return None
    if colour.type == "rgb":
        return colour.rgb[2:]
    if colour.type == "indexed" and 0 <= colour.indexed < len(COLOR_INDEX):
        return COLOR_INDEX[colour.indexed][2:]
    return None


def contrast(colour: Any, background: str | None) -> float | None:
    """Contrast ratio after WCAG 2.2, from 1 to 21; None where a colour is not known."""
    rgb = rgb_of(colour)
    if rgb is None or background is None:
        return None
    dark, light = sorted((_luminance(rgb), _luminance(background)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(rgb[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
