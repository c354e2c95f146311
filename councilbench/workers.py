"""Documents are worked on in child processes with limits on time and memory, so that a hostile file costs only itself."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from corpus.document import Document
from corpus.errors import UsageError, UserError
from corpus.shelf import PlaceError
from councilbench.watching import Silent, Watcher
from extract import limits as holding

T = TypeVar("T")
Action = Callable[[Document], Any]
"""What is done with each document: a function of a module, or a partial of one, so that it can be sent to a child."""


@dataclass(frozen=True)
class Limits:
    """What one document may cost."""

    seconds: float = 20.0
    """Of work without a sign of life, such as a page that is done; on a machine that is busy with other things up to SLACK times as long passes."""
    whole: float = 900.0
    """Seconds in all, as the clock has them."""
    megabytes: int = 600
    ocr_megabytes: int = 2_000
    """The same while pages are read by OCR, whose models alone take several hundred."""
    document: holding.Limits = field(default_factory=holding.Limits)
    """What a document may hold."""


LIMITS = Limits()
SLACK = 3
_STEP = 0.1
_BACKSTOP = 4 << 30
"""Bytes that a child is never given, should it ask for more than the limit between two looks at it."""


@dataclass
class Outcome:
    """What became of one document: a value, or why there is none."""

    number: int
    value: Any = None
    problem: str = ""
    passing: bool = False
    """True for a problem that another try may not have: too slow, too large, an error of the program."""


def cores() -> int:
    """How many workers there are without being told."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def outcomes(
    documents: Sequence[Document],
    action: Action,
    workers: int = 0,
    watcher: Watcher | None = None,
    limits: Limits = LIMITS,
    cluster: str = "",
) -> Iterator[Outcome]:
    """What becomes of each document, as it comes; without workers in this process, without limits, in order.

    `cluster` is the address of a Dask scheduler, whose workers do it then. Raises councilbench.cluster.ClusterError where it cannot be used.
    """
    watcher = watcher or Silent()
    if workers < 0:
        raise UsageError(f"{workers} is no number of workers; give 0 for this process alone, or more")
    if cluster:
        from councilbench.cluster import outcomes_on  # noqa: PLC0415  (an extra)

        yield from outcomes_on(cluster, documents, action, watcher, limits)
        return
    if workers:
        yield from _Pool(documents, action, min(workers, len(documents)), watcher, limits).run()
        return
    holding.use(limits.document)
    for number, document in enumerate(documents):
        outcome = _tried(number, action, document)
        watcher.done(document, outcome.problem)
        yield outcome


def each(
    documents: Iterable[Document],
    action: Callable[[Document], T],
    workers: int = 0,
    watcher: Watcher | None = None,
    limits: Limits = LIMITS,
) -> tuple[list[T], list[str]]:
    """Do something with each document: its results in the order of the documents, and a sentence for each that could not be read.

    With `workers` in so many child processes, which `limits` hold for; without in this one.
    """
    listed = list(documents)
    watcher = watcher or Silent()
    found: dict[int, Outcome] = {}
    watcher.start(listed)
    try:
        for outcome in outcomes(listed, action, workers, watcher, limits):
            found[outcome.number] = outcome
    finally:
        watcher.stop()
    told = [(listed[n], found[n]) for n in sorted(found)]
    return [o.value for _, o in told if not o.problem], [f"{d.shown}: {o.problem}" for d, o in told if o.problem]


def _tried(number: int, action: Action, document: Document) -> Outcome:
    """Do it; a problem becomes a sentence."""
    from councilbench.result import NotAReportError  # noqa: PLC0415  (the parent has no need of the reading)
    from extract.model import UnreadableError  # noqa: PLC0415

    try:
        return Outcome(number, action(document))
    except (UnreadableError, NotAReportError) as error:
        return Outcome(number, problem=f"{error}.")
    except PlaceError as error:
        return Outcome(number, problem=f"could not be fetched or kept: {error.sentence}", passing=True)
    except UserError as error:
        return Outcome(number, problem=error.sentence, passing=True)
    except MemoryError:
        return Outcome(
            number,
            problem="needs more memory than there is; save it anew as PDF (print it to a file) and try that.",
            passing=True,
        )
    except RecursionError:
        return Outcome(
            number,
            problem="has parts within parts, too deep to be read; save it anew as PDF (print it to a file) and try that.",
        )
    except Exception as error:  # a bug must not take the other reports down
        return Outcome(
            number,
            problem=f"could not be read because of an error in councilbench ({type(error).__name__}: {error}); please report it.",
            passing=True,
        )


_TOO_LARGE = "needs more than {} MB of memory and was given up; save it anew as PDF (print it to a file) and try that."
_TOO_SLOW = "took more than {:.0f} seconds {} and was given up; save it anew as PDF (print it to a file) and try that."
_CRASHED = "brought its reader down ({}); it is damaged or made to do harm; save it anew as PDF (print it to a file) and try that."


@dataclass
class _Child:
    """A child process and what it is at."""

    process: Any
    line: Any
    number: int = -1
    began: float = 0.0
    heard: float = 0.0
    worked: float = 0.0
    """Seconds of work that it had done when it was heard last."""
    threads: int = 1
    megabytes: int = 0

    @property
    def busy(self) -> bool:
        return self.number >= 0

    def hear(self) -> None:
        """It gave a sign of life."""
        self.heard, self.worked = time.monotonic(), _seconds_of(self.process.pid)

    def worked_since(self) -> float:
        """Seconds of work since it was heard last."""
        return _seconds_of(self.process.pid) - self.worked


@dataclass
class _Pool:
    """Hands documents to children, listens to them, and ends those that exceed a limit."""

    documents: Sequence[Document]
    action: Action
    size: int
    watcher: Watcher
    limits: Limits
    children: list[_Child] = field(default_factory=list)

    def run(self) -> Iterator[Outcome]:
        waiting = iter(range(len(self.documents)))
        left = len(self.documents)
        try:
            self.children = [self._started() for _ in range(self.size)]
            for child in self.children:
                self._hand(child, next(waiting, None))
            while left:
                for outcome in self._look():
                    left -= 1
                    self.watcher.done(self.documents[outcome.number], outcome.problem)
                    for child in self.children:
                        if not child.busy:
                            self._hand(child, next(waiting, None))
                    yield outcome
        finally:
            for child in self.children:
                _end(child)

    def _started(self) -> _Child:
        context = context_of(getattr(self.action, "loads", "councilbench.loaded"))
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self.limits.document), daemon=True)
        process.start()
        theirs.close()
        return _Child(process, ours)

    def _hand(self, child: _Child, number: int | None) -> None:
        child.number = -1 if number is None else number
        if number is not None:
            child.began = time.monotonic()
            child.hear()
            child.megabytes, child.threads = self.limits.megabytes, 1
            child.line.send((number, self.action, self.documents[number]))

    def _look(self) -> Iterator[Outcome]:
        """Hear what the children say, and hold them to the limits."""
        lines = {child.line: child for child in self.children if child.busy}
        for line in multiprocessing.connection.wait(list(lines), timeout=_STEP):
            child = lines[line]
            try:
                said = child.line.recv()
            except (EOFError, OSError):
                yield self._lost(child, _CRASHED.format(_how_it_ended(child.process)))
                continue
            child.hear()
            if isinstance(said, Outcome):
                child.number = -1
                yield said
            elif said == "ocr":
                child.megabytes, child.threads = self.limits.ocr_megabytes, cores()
            elif said == "page":
                self.watcher.page()
        now = time.monotonic()
        for child in self.children:
            if child.busy and (why := self._exceeded(child, now)):
                yield self._lost(child, why)

    def _exceeded(self, child: _Child, now: float) -> str:
        silent = now - child.heard
        if silent > self.limits.seconds and (
            silent > SLACK * self.limits.seconds or child.worked_since() > self.limits.seconds * child.threads
        ):
            return _TOO_SLOW.format(self.limits.seconds, "over one page")
        if now - child.began > self.limits.whole:
            return _TOO_SLOW.format(self.limits.whole, "in all")
        return _TOO_LARGE.format(child.megabytes) if _megabytes_of(child.process.pid) > child.megabytes else ""

    def _lost(self, child: _Child, problem: str) -> Outcome:
        """The outcome of a document whose child is gone; another child takes its place."""
        outcome = Outcome(child.number, problem=problem, passing=True)
        _end(child)
        self.children[self.children.index(child)] = self._started()
        return outcome


def context_of(loads: str) -> Any:
    """How children are started: they share what a server process has loaded, this module among it, where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["councilbench.loaded", loads])
    return context


def _end(child: _Child) -> None:
    with suppress(OSError, ValueError):
        child.process.kill()
        child.process.join(5)
        child.line.close()


def _how_it_ended(process: Any) -> str:
    process.join(5)
    code = process.exitcode
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
    return f"exit status {code}"


def _megabytes_of(pid: int) -> float:
    import psutil  # noqa: PLC0415  (only the parent watches)

    try:
        return float(psutil.Process(pid).memory_info().rss) / 1e6
    except psutil.Error:
        return 0.0


def _seconds_of(pid: int) -> float:
    """How long a process has worked, which is less than it has run where others want the machine, too."""
    import psutil  # noqa: PLC0415

    try:
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system)
    except psutil.Error:
        return 0.0


def _serve(line: Any, limits: holding.Limits) -> None:
    """The life of a child: work on what comes, and say so."""
    from extract import signs  # noqa: PLC0415

    holding.use(limits)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _hold_back()
    logging.disable(logging.ERROR)  # what libraries say of a stranger's file, in its own words
    warnings.simplefilter("ignore")
    gc.freeze()  # what is loaded stays; looking through it for garbage again and again would cost a tenth of the time
    gc.set_threshold(100_000, 20, 50)
    signs.hear(line.send)
    while True:
        try:
            number, action, document = line.recv()
        except EOFError:
            return
        outcome = _tried(number, action, document)
        try:
            line.send(outcome)
        except (TypeError, AttributeError, ValueError) as error:
            line.send(Outcome(number, problem=f"could not be handed over ({error}); please report it.", passing=True))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _hold_back() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on Windows, where the parent's watch stands alone)

        resource.setrlimit(resource.RLIMIT_DATA, (_BACKSTOP, _BACKSTOP))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
