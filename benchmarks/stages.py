"""Where the time goes: start-up, letters, tables, charts, sentences, proposing, deciding, writing; for one report and for all of them.

    python benchmarks/stages.py REPORT.pdf... (`make profile`)

Each stage is timed without the stages within it, by clocks that are put around the functions that begin it; the clocks themselves are within
what is measured, so compare shares, not seconds. Start-up is a process that loads what reading a report loads, and does nothing.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

STAGES = {
    "letters and lines of pages": ("extract.readers.pdf:_objects",),
    "charts": ("extract.readers.pages:find_charts",),
    "ruled tables": ("extract.readers.pages:find_ruled_tables",),
    "other tables": ("extract.readers.pages:find_open_tables",),
    "regions and text": ("extract.readers.pdf:reading_of",),
    "sentences and numbers": ("extract:statements",),
    "front matter": ("councilbench.reports:recognise",),
    "tagging": ("normalise.reading.lines:tag", "normalise.reading.evidence:evidence", "normalise.reading.labels:label_of"),
    "proposing": (
        "normalise.reading.sentences:what_options", "normalise.reading.grids:what_options", "normalise.reading.resolving:stage_options",
        "normalise.reading.resolving:procedure_options", "normalise.reading.resolving:period_options",
    ),
    "deciding": ("normalise.reading.weighing:Judge.choose", "normalise.reading.weighing:Judge.choose_together"),
    "confidence and rows": ("councilbench.reports:interpret",),
    "writing": ("councilbench.extracting:write_observations",),
}  # fmt: skip
"""Stage -> the functions that begin it, where they are called from."""


class Clock:
    """Seconds of each stage without those of the stages within it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._running = ["everything else"]
        self._since = time.perf_counter()

    def turn(self) -> None:
        """Book what has passed to the stage that is running."""
        now = time.perf_counter()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed as a stage."""

        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            self.turn()
            self._running.append(stage)
            try:
                return function(*arguments, **named)
            finally:
                self.turn()
                self._running.pop()

        return timed


def put_up(clock: Clock) -> None:
    """Put the clock around the functions of all stages."""
    for stage, places in STAGES.items():
        for place in places:
            module, _, name = place.partition(":")
            home: Any = importlib.import_module(module)
            *outer, last = name.split(".")
            for part in outer:
                home = getattr(home, part)
            setattr(home, last, clock.around(stage, getattr(home, last)))


def start_up() -> float:
    """Seconds of a process that loads what reading a report loads."""
    loads = "import councilbench.cli, councilbench.reports, councilbench.extracting, extract.readers.pdf; from normalise.reading import weighing; weighing.weights()"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", loads], check=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--times", type=int, default=1, help="how often all of them are read")
    options = parser.parse_args()
    starting = min(start_up() for _ in range(3))
    from councilbench.reports import read_report  # noqa: PLC0415

    read_report(options.paths[0])  # what is loaded at first use
    clock = Clock()
    put_up(clock)
    import councilbench.extracting as writing  # noqa: PLC0415

    for name, paths in (("the first report", options.paths[:1]), ("all of them", options.paths * options.times)):
        clock.seconds.clear()
        clock.turn()
        with tempfile.TemporaryDirectory() as folder:
            found = [read_report(path) for path in paths]
            writing.write_observations(found, Path(folder) / "observations.csv")
        clock.turn()
        whole = sum(clock.seconds.values())
        print(f"{name}: {len(paths)} reports, {whole:.2f} s, and {starting:.2f} s to start a process")
        for stage in (*STAGES, "everything else"):
            print(f"  {stage:28}{clock.seconds[stage]:7.2f} s {100 * clock.seconds[stage] / whole:5.1f}%")


if __name__ == "__main__":
    main()
