"""What a person sees while reports are read: a bar on a terminal, lines elsewhere, JSON lines for a machine."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from corpus.document import Document
from corpus.outputs import NotOursError, check_name
from councilbench.saying import say


class Watcher(Protocol):
    """Is told of the work on documents."""

    def start(self, documents: Sequence[Document]) -> None:
        """These documents are to be read."""

    def page(self) -> None:
        """A page was read."""

    def done(self, document: Document, problem: str) -> None:
        """A document is done; `problem` says why it could not be read, and is empty where it could."""

    def stop(self) -> None:
        """Nothing more will come."""


class Silent:
    """Says nothing."""

    def start(self, documents: Sequence[Document]) -> None:
        pass

    def page(self) -> None:
        pass

    def done(self, document: Document, problem: str) -> None:
        pass

    def stop(self) -> None:
        pass


class Lines(Silent):
    """A line for each document on standard error; nothing for a single one."""

    def __init__(self) -> None:
        self.total = self.count = 0

    def start(self, documents: Sequence[Document]) -> None:
        self.total, self.count = len(documents), 0

    def done(self, document: Document, problem: str) -> None:
        self.count += 1
        if self.total > 1:
            said = "could not be read" if problem else "read"
            say(f"{document.slug}: {said} ({self.count} of {self.total})", err=True)


class Bar(Silent):
    """Files, pages a second, failures and the time that is left."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import (  # noqa: PLC0415  (slow to import, and only a terminal shows it)
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self.bar = Progress(
            TextColumn("Reading reports"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[said]}"), TimeRemainingColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self.pages = self.failed = 0

    def start(self, documents: Sequence[Document]) -> None:
        self.began = time.monotonic()
        self.task = self.bar.add_task("reading", total=len(documents), said="")
        self.bar.start()

    def page(self) -> None:
        self.pages += 1
        self._say(0)

    def done(self, document: Document, problem: str) -> None:
        self.failed += bool(problem)
        self._say(1)

    def _say(self, files: int) -> None:
        a_second = self.pages / max(time.monotonic() - self.began, 0.1)
        said = f"{a_second:.0f} pages a second" + (f", {self.failed} failed" if self.failed else "")
        self.bar.update(self.task, advance=files, said=said)

    def stop(self) -> None:
        self.bar.stop()


def log_at(path: Path) -> IO[str]:
    """A file opened to write such a log to. Raises NotOursError where something other than an earlier log is there, or belongs."""
    check_name(path)
    if not _may_be_log(path):
        raise NotOursError(
            f"{path}: is there already and is no log of councilbench; choose another name for --json-log, or delete it first."
        )
    return path.open("w", encoding="utf-8")


def _may_be_log(path: Path) -> bool:
    """True where nothing is there, or what an earlier run wrote."""
    try:
        with path.open(encoding="utf-8") as there:
            first = there.readline()
        return not first or "event" in json.loads(first)
    except FileNotFoundError:
        return True
    except (OSError, ValueError, TypeError):
        return False


class JsonLog(Silent):
    """A JSON object a line: `event` is start, done or stop; `document`, `seconds`, `problem`."""

    def __init__(self, out: IO[str]) -> None:
        self.out, self.began, self.pages = out, time.monotonic(), 0

    def start(self, documents: Sequence[Document]) -> None:
        self.began = time.monotonic()
        self._write(event="start", documents=len(documents))

    def page(self) -> None:
        self.pages += 1

    def done(self, document: Document, problem: str) -> None:
        self._write(event="done", document=document.slug, file=Path(document.path).name, problem=problem)

    def stop(self) -> None:
        self._write(event="stop", pages=self.pages)

    def _write(self, **said: Any) -> None:
        line = {"seconds": round(time.monotonic() - self.began, 3), **said}
        print(json.dumps(line, ensure_ascii=False), file=self.out, flush=True)
