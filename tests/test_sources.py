"""The sources themselves: mistakes that neither linter nor type checker reports."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "extract", "normalise", "compare", "councilbench", "benchmarks", "tests")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def assigned(body: list[ast.stmt]) -> Iterator[tuple[str, int]]:
    """The names that a module gives a meaning, each with its line; those in branches (`if`, `try`) are alternatives."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name, statement.lineno
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name, statement.lineno) for alias in statement.names)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                names = (n for n in ast.walk(target) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
                yield from ((n.id, statement.lineno) for n in names)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
            yield statement.target.id, statement.lineno


def twice(source: str) -> list[str]:
    seen: dict[str, int] = {}
    found = []
    for name, line in assigned(ast.parse(source).body):
        if name in seen and name != "_":
            found.append(f"line {line}: {name} has a meaning since line {seen[name]}")
        seen.setdefault(name, line)
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_module_gives_a_name_two_meanings(module: Path) -> None:
    """The second meaning takes the first one's place in every function: a guard may be dead unnoticed."""
    assert twice(module.read_text(encoding="utf-8")) == []


def test_a_second_meaning_is_found_and_an_alternative_is_none() -> None:
    assert twice("A = 1\nB = 2\nA = 3\n") == ["line 3: A has a meaning since line 1"]
    assert twice("def a(): ...\n(a, b) = 1, 2\n") == ["line 2: a has a meaning since line 1"]
    assert twice("A: int\nA = 1\nif A:\n    B = 1\nelse:\n    B = 2\n") == []


DOMAIN = (
    "complain", "compliment", "ombudsman", "upheld", "uphold", "advoca", "statutory", "corporate", "adult", "child", "panel", "receiv",
)  # fmt: skip
"""Words of the field: what they mean is data, and stands in normalise/vocabulary."""
READING = [p for room in ("extract", "normalise") for p in sorted((ROOT / room).rglob("*.py"))]


def strings(source: str) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Expr):
            children = ast.iter_child_nodes(node)
            yield from (c.value for c in children if isinstance(c, ast.Constant) and isinstance(c.value, str))


def reads_words(text: str) -> bool:
    """True for a pattern with a word of the field; false for a code, a class, or a sentence for users."""
    pattern = re.search(r"\\[bswd]|\(\?|[\w)]\|[\w(]", text) is not None
    return pattern and any(word in text.lower() for word in DOMAIN)


@pytest.mark.parametrize("path", READING, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_words_of_the_field_stand_in_the_vocabulary(path: Path) -> None:
    assert not [t for t in strings(path.read_text(encoding="utf-8")) if reads_words(t)]


def test_a_pattern_with_a_word_of_the_field_is_found_and_a_code_is_none() -> None:
    source = 'A = re.compile(r"\\bcomplaints?\\b")\nB = "received"\nC = "a share of upheld cases"\n'
    assert sorted(t for t in strings(source) if reads_words(t)) == ["\\bcomplaints?\\b"]
