"""A workspace's settings: `councilbench.toml`, in which a model is named that reads reports a second time."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import WorkspaceError

FILE = "councilbench.toml"
KEY = "COUNCILBENCH_MODEL_KEY"
"""The environment variable that holds the key of a model's address. A key never stands in a file."""
READERS = ("rules", "model", "both")


@dataclass(frozen=True)
class ModelSettings:
    """The table `[model]`."""

    address: str = ""
    """Of an interface in the manner of OpenAI, up to `/v1`; empty where replies come from a chat window only."""
    name: str = ""
    reader: str = "rules"
    """What is read with where the command does not say it: `rules`, `model`, `both`."""
    size: int = 60_000
    """Characters of a prompt at most."""
    at_once: int = 4
    """Requests at a time."""
    seconds: float = 300
    """For one request."""
    attempts: int = 4
    """Times that a request is sent before it is given up."""
    temperature: float | None = None
    """Sent only where it is given: some models refuse it."""
    answer_tokens: int | None = None
    """Longest answer; sent only where it is given."""
    input_price: float = 0.0
    """For a million tokens, in the currency of the budget."""
    output_price: float = 0.0

    @property
    def sent(self) -> dict[str, Any]:
        """What goes with a prompt beside the model's name."""
        given = {"temperature": self.temperature, "max_tokens": self.answer_tokens}
        return {name: value for name, value in given.items() if value is not None}

    def cost(self, tokens_in: float, tokens_out: float) -> float:
        """What tokens cost; 0 where no prices are given."""
        return (tokens_in * self.input_price + tokens_out * self.output_price) / 1_000_000

    @property
    def priced(self) -> bool:
        return bool(self.input_price or self.output_price)


def load(folder: Path) -> ModelSettings:
    """The settings of a folder; those of no model where it has no file. Raises WorkspaceError for a file that cannot be understood."""
    path = folder / FILE
    if not path.exists():
        return ModelSettings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("model", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise WorkspaceError(
            f"{path}: cannot be understood ({error}); see docs/second-reader.md for its form."
        ) from error
    if problem := _problem(table):
        raise WorkspaceError(f"{path}: {problem}; see docs/second-reader.md.")
    return ModelSettings(**table)


_LEAST = {"size": 8_000, "at_once": 1, "seconds": 1, "attempts": 1, "temperature": 0, "answer_tokens": 100, "input_price": 0, "output_price": 0}  # fmt: skip


def _problem(table: Any) -> str:
    """What is wrong with a table `[model]`; empty where nothing is."""
    if not isinstance(table, dict):
        return "model is no table"
    known = {f.name for f in fields(ModelSettings)}
    for name, value in table.items():
        if name in ("key", "api_key"):
            return f"holds a key; take it out, and set the environment variable {KEY} instead"
        if name not in known:
            return f"[model] knows no {name!r}, only {', '.join(sorted(known))}"
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if name in _LEAST and not (number and value >= _LEAST[name]):
            return f"{name} must be a number of at least {_LEAST[name]}"
        if name in ("size", "at_once", "attempts", "answer_tokens") and not isinstance(value, int):
            return f"{name} must be a whole number"
        if name not in _LEAST and not isinstance(value, str):
            return f"{name} must be text in quotation marks"
    if table.get("reader", "rules") not in READERS:
        return f"reader must be one of {', '.join(READERS)}"
    address = urlsplit(table.get("address", ""))
    if table.get("address") and (address.scheme not in ("http", "https") or not address.hostname):
        return "address must begin with http:// or https://"
    if table.get("address") and not table.get("name"):
        return "name of the model is missing"
    return ""
