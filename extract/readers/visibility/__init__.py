"""What a reader of a document can see, one module or more a format.

Text that is white on white, covered, struck out or hidden is in a file all the same. It was taken out of the page by
whoever made it, on purpose or not, so it is not read: a figure under a redaction box must not be published again.
"""

from __future__ import annotations

from collections.abc import Sequence

FAINTEST = 16
"""Steps of 255 by which text must differ from what is behind it, in one colour, to be seen. #F0F0F0 on white
does not."""
SMALLEST = 2.0
"""Points. Smaller type is a speck on paper."""


def warning(pages: Sequence[int] = ()) -> str:
    """The one sentence for the user about text that was left out, with the pages it stands on, 1-based."""
    named = f" on page{'s' if len(pages) > 1 else ''} {', '.join(map(str, pages))}" if pages else ""
    return f"holds text{named} that cannot be seen (white, covered, struck out or hidden) and was not read"


def has_words(text: str) -> bool:
    """True where there is anything to read in it: a letter or a digit."""
    return any(c.isalnum() for c in text)
