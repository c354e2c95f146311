"""Replies of a second reader that a workspace keeps, so that it can be built again without asking.

`replies/KEY.json` is a model's, by what was asked; `replies/DOCUMENT.HASH.txt` was brought from a chat window.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.store import write_text

FOLDER = "replies"


@dataclass(frozen=True)
class KeptReply:
    """What a model answered, and what it took."""

    text: str
    model: str
    tokens_in: int = 0
    tokens_out: int = 0


def key_of(prompt: str, model: str, sent: Mapping[str, Any]) -> str:
    """The name of a reply: a hash of the prompt, the model, and what else was sent."""
    return sha256(json.dumps([prompt, model, dict(sent)], sort_keys=True).encode()).hexdigest()[:32]


def kept(folder: Path, key: str) -> KeptReply | None:
    """A model's reply; none where it was not asked, or its file is damaged."""
    try:
        found = json.loads((folder / FOLDER / f"{key}.json").read_text(encoding="utf-8"))
        return KeptReply(str(found["text"]), str(found["model"]), int(found["tokens_in"]), int(found["tokens_out"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(folder: Path, key: str, reply: KeptReply) -> None:
    """Keeps a model's reply. Raises corpus.store.CannotWriteError."""
    write_text(folder / FOLDER / f"{key}.json", json.dumps(asdict(reply), ensure_ascii=False, indent=1) + "\n")


def keep_by_hand(folder: Path, document: str, text: str) -> Path:
    """Keeps a reply from a chat window; the same one once. Raises corpus.store.CannotWriteError."""
    path = folder / FOLDER / f"{document}.{sha256(text.encode()).hexdigest()[:12]}.txt"
    write_text(path, text)
    return path


def by_hand(folder: Path, document: str) -> list[str]:
    """The replies from a chat window on one document, in the order of their names."""
    home = folder / FOLDER
    found = sorted(home.glob("*.txt")) if home.is_dir() else []
    mine = [p for p in found if p.name.rsplit(".", 2)[0] == document]
    return [p.read_bytes().decode("utf-8-sig", "replace") for p in mine]
