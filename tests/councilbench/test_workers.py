"""A document that hangs, grows or crashes costs only itself."""

from __future__ import annotations

import operator
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from councilbench.workers import Limits, outcomes

LIMITS = Limits(seconds=1.5, megabytes=300)


def told(action: Callable[[Any], Any], given: list[Any], limits: Limits = LIMITS) -> dict[int, Any]:
    """Number -> value or sentence, with two workers."""
    return {o.number: o.problem or o.value for o in outcomes(given, action, 2, limits=limits)}


def test_what_hangs_is_given_up_and_the_others_are_done() -> None:
    found = told(time.sleep, [0.0, 60, 0.1, 0.0])
    assert found.pop(1).startswith("took more than 2 seconds over one page and was given up")
    assert found == {0: None, 2: None, 3: None}


def test_what_grows_is_given_up_and_the_others_are_done() -> None:
    found = told(partial(operator.mul, b"x"), [1, 900_000_000, 2])
    assert found.pop(1).startswith("needs more than 300 MB of memory and was given up")
    assert found == {0: b"x", 2: b"xx"}


def test_what_brings_its_process_down_is_given_up_and_the_others_are_done() -> None:
    found = told(os._exit, [7])
    assert found[0].startswith("brought its reader down (exit status 7)")
    assert told(operator.neg, [1, 2, 3]) == {0: -1, 1: -2, 2: -3}
