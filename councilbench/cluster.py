"""The same work on an existing Dask cluster (`councilbench[cluster]`), for more reports than one machine should read.

Each worker reads a document in a child process of its own, so the limits hold there too. Scheduler and workers have to see the workspace at the
path that the client gives (a shared folder), and have the same version of councilbench.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence

from corpus.document import Document
from corpus.errors import UserError
from councilbench.watching import Watcher
from councilbench.workers import Action, Limits, Outcome, outcomes

_TRIES = 2
"""How often a document is given to another worker when one is lost."""


class ClusterError(UserError):
    """The cluster cannot be used; the message says why."""


def outcomes_on(
    address: str, documents: Sequence[Document], action: Action, watcher: Watcher, limits: Limits
) -> Iterator[Outcome]:
    """What becomes of each document, as it comes. Raises ClusterError where the scheduler does not answer."""
    try:
        from distributed import Client, as_completed  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise ClusterError(
            'a cluster needs the extra; in the folder of councilbench: pip install ".[cluster]"'
        ) from error
    try:
        client = Client(address, timeout="20s")
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(f"{address}: no Dask scheduler answers there ({error}); check the address") from error
    with client:
        futures = {
            client.submit(_in_child, n, action, d, limits, pure=False, retries=_TRIES): n
            for n, d in enumerate(documents)
        }
        for future in as_completed(futures):
            number = futures[future]
            lost = future.exception()
            outcome = future.result() if lost is None else Outcome(number, problem=_LOST.format(lost), passing=True)
            watcher.done(documents[number], outcome.problem)
            future.release()
            yield outcome


_LOST = "was lost with the worker that read it ({}); build again to try once more."


def _in_child(number: int, action: Action, document: Document, limits: Limits) -> Outcome:
    """Work on one document, in a child process of the worker."""
    # Dask marks its workers as processes without children of their own, so that none outlives them; ours end with their parent.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    (outcome,) = outcomes([document], action, 1, limits=limits)
    outcome.number = number
    return outcome
