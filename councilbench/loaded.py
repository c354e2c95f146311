"""What every child process needs, loaded once for all of them."""

from __future__ import annotations

import gc

gc.disable()  # loading makes no garbage, and looking for it takes a tenth of the time

import councilbench.reports  # noqa: E402
import extract.readers.pdf  # noqa: E402
import extract.signs  # noqa: E402
from normalise.reading.tagging import examples  # noqa: E402
from normalise.reading.weighing import weights  # noqa: E402

__all__ = ["councilbench", "extract"]

weights()
examples()
gc.enable()
