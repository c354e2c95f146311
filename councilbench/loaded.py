"""What every child process needs, loaded once for all of them."""

from __future__ import annotations

import councilbench.reports
import extract.readers.pdf
import extract.signs
from normalise.reading.tagging import examples
from normalise.reading.weighing import weights

__all__ = ["councilbench", "extract"]

weights()
examples()
