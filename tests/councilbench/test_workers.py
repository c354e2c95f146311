"""A document that hangs, grows or crashes costs only itself."""

from __future__ import annotations

import importlib.util
import operator
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from councilbench.workers import Limits, outcomes

LIMITS = Limits(seconds=4, megabytes=300)


def told(action: Callable[[Any], Any], given: list[Any], limits: Limits = LIMITS) -> dict[int, Any]:
    """Number -> value or sentence, with two workers."""
    return {o.number: o.problem or o.value for o in outcomes(given, action, 2, limits=limits)}


def test_what_hangs_is_given_up_and_the_others_are_done() -> None:
    found = told(time.sleep, [0.0, 60, 0.1, 0.0])
    assert found.pop(1).startswith("took more than 4 seconds over one page and was given up")
    assert found == {0: None, 2: None, 3: None}


def test_what_grows_is_given_up_and_the_others_are_done() -> None:
    found = told(partial(operator.mul, b"x"), [1, 900_000_000, 2])
    assert found.pop(1).startswith("needs more than 300 MB of memory and was given up")
    assert found == {0: b"x", 2: b"xx"}


def test_what_brings_its_process_down_is_given_up_and_the_others_are_done() -> None:
    found = told(os._exit, [7])
    assert found[0].startswith("brought its reader down (exit status 7)")
    assert told(operator.neg, [1, 2, 3]) == {0: -1, 1: -2, 2: -3}


@pytest.mark.slow
def test_a_page_made_to_bring_a_reader_down_costs_only_itself(
    tmp_path: Path, councilbench: Callable[..., Result]
) -> None:
    spec = importlib.util.spec_from_file_location("hostile", Path(__file__).parent.parent / "hostile.py")
    assert spec is not None and spec.loader is not None
    hostile = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hostile)
    hostile.calling_itself(tmp_path / "itself.pdf")
    hostile.nested(tmp_path / "nested.pdf")
    sample = Path(__file__).parents[2] / "corpus" / "samples" / "bury-2023-24.pdf"
    began = time.monotonic()
    done = councilbench("extract", "itself.pdf", "nested.pdf", sample, "--out", "o.csv", "--seconds", "5")
    assert time.monotonic() - began < 30
    assert done.exit_code == 1 and "observations from 1 reports" in done.stdout
    assert "problem: nested.pdf: " in done.stderr and "given up" in done.stderr
    assert "problem: itself.pdf: " in done.stderr
