"""What the tests of readers share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from extract.model import Reading
from tests.extract.drawing import reading_of


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., Reading]:
    """What is read of a page, or several, that are drawn."""
    return partial(reading_of, tmp_path / "page.pdf")
