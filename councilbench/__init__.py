"""councilbench benchmarks English councils on how they handle complaints about children's social care.

The front door for notebooks: pandas frames in and out.

>>> import councilbench as cb
>>> result = cb.read_report("corpus/samples/bury-2023-24.pdf")      # doctest: +SKIP
>>> result.observations[["measure", "category", "value", "page"]]      # doctest: +SKIP
>>> run = cb.build("region")      # doctest: +SKIP
>>> cb.write(run, cb.compare(run, "Bury", "North West"), "bury.html")      # doctest: +SKIP
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

if _TYPE_CHECKING:
    from compare.benchmark import Benchmark, benchmark
    from compare.charts import figures
    from compare.groups import Comparison, NoComparisonError
    from councilbench.given import documents_of
    from councilbench.outputs import charts, compare, pack, write
    from councilbench.pipeline import build, run
    from councilbench.reports import read_report
    from councilbench.result import NotAReportError, Result
    from councilbench.runs import Run
    from extract import UnreadableError
    from normalise.export import export

__all__ = [
    "Benchmark", "Comparison", "NoComparisonError", "NotAReportError", "Result", "Run", "UnreadableError", "benchmark", "build", "charts", "compare",
    "documents_of", "export", "figures", "pack", "read_report", "run", "write",
]  # fmt: skip

_PLACES = {
    "compare.benchmark": ("Benchmark", "benchmark"),
    "compare.charts": ("figures",),
    "compare.groups": ("Comparison", "NoComparisonError"),
    "councilbench.outputs": ("charts", "compare", "pack", "write"),
    "councilbench.given": ("documents_of",),
    "councilbench.pipeline": ("build", "run"),
    "councilbench.reports": ("read_report",),
    "councilbench.result": ("NotAReportError", "Result"),
    "councilbench.runs": ("Run",),
    "extract": ("UnreadableError",),
    "normalise.export": ("export",),
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
