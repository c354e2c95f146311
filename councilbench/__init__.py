"""councilbench benchmarks English councils on how they handle complaints about children's social care.

The front door for notebooks: pandas frames in and out.

>>> import councilbench as cb
>>> result = cb.read_report("corpus/samples/bury-2023-24.pdf")      # doctest: +SKIP
>>> result.observations[["measure", "category", "value", "page"]]      # doctest: +SKIP
"""

from importlib.metadata import version as _version

from councilbench.pipeline import NotAReportError, Result, Run, documents_of, read_report, run
from extract import UnreadableError

__version__ = _version("councilbench")
__all__ = ["NotAReportError", "Result", "Run", "UnreadableError", "documents_of", "read_report", "run"]
