"""Words that several pages of a comparison share."""

from __future__ import annotations


def listed(items: list[str]) -> str:
    """Items as a sentence lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def capitalised(text: str) -> str:
    """Words with a capital letter first; the other letters stay.

    >>> capitalised("children aged 0 to 17")
    'Children aged 0 to 17'
    """
    return text[:1].upper() + text[1:]
