"""A user's own comparator groups: `groups.csv` (columns group, council) or `groups.toml` in the workspace."""

from __future__ import annotations

import tomllib
from pathlib import Path

from corpus import own_table
from corpus.manifest import WorkspaceError


def read(workspace: Path) -> dict[str, list[str]]:
    """Group -> short names of its councils, in the order given; empty where the workspace has no such file.

    In TOML a group is a key with a list of councils, at the top or under `[groups]`. Raises WorkspaceError for a file that
    cannot be understood and for a council that does not exist.
    """
    pairs: list[tuple[str, str]] = []
    table = workspace / "groups.csv"
    rows = own_table.read(table, ("group", "council"))
    pairs += [(row["group"], row["council"]) for _, row in rows if row["group"] and row["council"]]
    path = workspace / "groups.toml"
    if path.exists():
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise WorkspaceError(
                f"{path}: cannot be understood ({error}); write it as: name = ['Bury', 'Oldham']"
            ) from error
        groups = content.get("groups", content)
        pairs += [(name, str(c)) for name, councils in groups.items() if isinstance(councils, list) for c in councils]
    found: dict[str, list[str]] = {}
    for group, name in pairs:
        council = own_table.council_in(str(table if table.exists() else path), name)
        if council not in found.setdefault(group, []):
            found[group].append(council)
    return found
