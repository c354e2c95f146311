"""What is printed on one page, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Box, Word

ROUNDED = 0.9
"""Share of its outer box that a rectangle with round corners covers at least; a disc covers 0.79 of it."""


@dataclass(frozen=True)
class Shape:
    """A drawn path: its box, colours, and whether it is an upright rectangle."""

    box: Box
    fill: tuple[int, int, int] | None
    stroke: bool
    rectangle: bool
    segments: int
    area: float = 0.0
    """Square points that a curved shape covers; 0 for others."""

    @property
    def rounded(self) -> bool:
        """True for a box with round corners."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return not self.rectangle and self.area > ROUNDED * width * height

    @property
    def boxlike(self) -> bool:
        """True for an upright rectangle, its corners round or not."""
        return self.rectangle or self.rounded


@dataclass
class PageObjects:
    """What is printed on one page, in display coordinates."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    crowded: bool = False
    """Holds more drawn objects than a report's page; they are not among the shapes."""
    overfull: bool = False
    """Holds more words than a report's page; they are not among the words."""
    scanned: bool = False
    """Read by OCR."""
    marks_unread: int = 0
    unseen: bool = False
    """Holds text that cannot be seen and is not among the words."""
    turned: str = ""
    """`up` or `down` where this is a table that is set sideways on the page, turned upright: which way its lines run."""
    sideways: PageObjects | None = None
    """What is set sideways on the page, turned upright; it is not among the words."""
