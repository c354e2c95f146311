"""A user's own comparator groups: `groups.csv` (columns group, council) or `groups.toml` in the workspace."""

from __future__ import annotations

import tomllib
from pathlib import Path

from corpus import own_table
from corpus.errors import WorkspaceError


def read(workspace: Path) -> dict[str, list[str]]:
    """Group -> short names of its councils, in the order given; empty where the workspace has no such file.

    In TOML a group is a key with a list of councils, at the top or under `[groups]`. Raises WorkspaceError for a file that
    cannot be understood and for a council that does not exist.
    """
    table = workspace / "groups.csv"
    rows = own_table.read(table, ("group", "council"))
    pairs = [(f"{table}, line {n}", r["group"], r["council"]) for n, r in rows if r["group"] and r["council"]]
    path = workspace / "groups.toml"
    if path.exists():
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise WorkspaceError(
                f"{path}: cannot be understood ({error}); write it as: name = ['Bury', 'Oldham']"
            ) from error
        groups = content.get("groups", content)
        if not isinstance(groups, dict) or not all(isinstance(councils, list) for councils in groups.values()):
            raise WorkspaceError(f"{path}: a group is a list of councils; write it as: name = ['Bury', 'Oldham']")
        pairs += [(f"{path}, group {name}", name, str(c)) for name, councils in groups.items() for c in councils]
    found: dict[str, list[str]] = {}
    for where, group, name in pairs:
        council = own_table.council_in(where, name)
        if council not in found.setdefault(group, []):
            found[group].append(council)
    return found
