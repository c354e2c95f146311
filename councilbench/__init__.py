"""councilbench benchmarks English councils on how they handle complaints about children's social care.

The front door for notebooks: pandas frames in and out.

>>> import councilbench as cb
>>> run = cb.read("corpus/samples")      # doctest: +SKIP
>>> run.observations.loc[cb.preferred(run.observations), ["authority", "measure", "category", "value", "page"]]      # doctest: +SKIP
>>> cb.write(run, cb.compare(run, "Bury", "North West"), "bury.html")      # doctest: +SKIP
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

if _TYPE_CHECKING:
    from compare.benchmark import Benchmark, benchmark
    from compare.charts import figures
    from compare.groups import Comparison, Known, NoComparisonError
    from corpus.errors import UsageError, UserError
    from councilbench.given import documents_of
    from councilbench.opening import read
    from councilbench.outputs import charts, compare, write
    from councilbench.packs import pack
    from councilbench.pipeline import build, run
    from councilbench.reports import read_report
    from councilbench.result import NotAReportError, Result
    from councilbench.runs import Run
    from extract import UnreadableError
    from normalise.export import export
    from normalise.observations import Observations
    from normalise.rows import preferred
    from normalise.schemas import SCHEMAS

__all__ = [
    "SCHEMAS", "Benchmark", "Comparison", "Known", "NoComparisonError", "NotAReportError", "Observations", "Result", "Run", "UnreadableError",
    "UsageError", "UserError", "benchmark", "build", "charts", "compare", "documents_of", "export", "figures", "pack", "preferred", "read",
    "read_report", "run", "write",
]  # fmt: skip

_PLACES = {
    "compare.benchmark": ("Benchmark", "benchmark"),
    "compare.charts": ("figures",),
    "compare.groups": ("Comparison", "Known", "NoComparisonError"),
    "councilbench.opening": ("read",),
    "councilbench.outputs": ("charts", "compare", "write"),
    "councilbench.packs": ("pack",),
    "councilbench.given": ("documents_of",),
    "councilbench.pipeline": ("build", "run"),
    "councilbench.reports": ("read_report",),
    "councilbench.result": ("NotAReportError", "Result"),
    "councilbench.runs": ("Run",),
    "extract": ("UnreadableError",),
    "corpus.errors": ("UsageError", "UserError"),
    "normalise.export": ("export",),
    "normalise.observations": ("Observations",),
    "normalise.rows": ("preferred",),
    "normalise.schemas": ("SCHEMAS",),
}
"""Where each name lives. They are loaded when first used, so that the command line starts without pandas and Altair."""


def __getattr__(name: str) -> _Any:
    if name == "__version__":
        return _import_module("importlib.metadata").version("councilbench")
    for place, names in _PLACES.items():
        if name in names:
            return getattr(_import_module(place), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
