"""Frames held against pandera's models."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module

import pandas as pd
import pandera.pandas as pa


def validate(model: type[pa.DataFrameModel], frame: pd.DataFrame) -> None:
    """Raises pandera.errors.SchemaErrors with everything that breaks the model's rules."""
    _for_pandas_alone()
    model.validate(frame, lazy=True)


@cache
def _for_pandas_alone() -> None:
    """Keeps pandera from loading dask, which takes a second: where it is installed it looks whether a column is one of its indexes."""
    if "pandera.typing.dask" in sys.modules or "dask.dataframe" in sys.modules:
        return
    sys.modules["dask.dataframe"] = None  # type: ignore[assignment]  # as if it were not installed
    try:
        import_module("pandera.typing.dask")
    finally:
        del sys.modules["dask.dataframe"]
