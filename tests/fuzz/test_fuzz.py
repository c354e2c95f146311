"""Random damage: whatever a stranger's file or a workspace's table holds, there is a reading or a sentence, and never an error of the program."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus import catalogue, corrections, manifest, own_breaks, own_groups, own_table, reference_data
from corpus.errors import UserError
from councilbench.asking import reply_in
from councilbench.workers import Limits
from extract.model import UnreadableError
from extract.readers import read
from normalise.codes import MEASURES
from normalise.correction_rules import against_the_rules
from normalise.corrections import read_sheet
from tests.fuzz import mutations

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.sampled_from(
    ["bury", "Bury", "Narnia", "2023-24", "Oct-09", "=1+1", '"', '""', ",", "\r\n", "\n", "²", "é", "\0", "\ufeff", "received", "upheld", "1e9", "-1", "../x", "", " ", "\x1b["]
)  # fmt: skip
TABLE = st.one_of(
    st.lists(CELLS, max_size=40).map(lambda parts: ",".join(parts).encode()),
    st.binary(max_size=300),
    st.lists(CELLS, max_size=20).map(lambda parts: ",".join(parts).encode("utf-16")),
)
PARTS = st.sampled_from(
    ["The council received 57 complaints. ", "Stage 1", "\t", "   ", "|", "12", "(24%)", "\n", "\n\n", "# ", "* ", "- ", ": ", "2023-24", "Q1 ", "1.1 ", "…", ". . . . ", "£1,234", "0/O", "\u200b", "\x9b", "²", "[1]", "“", "”"]
)  # fmt: skip


HEADS = {
    manifest.MANIFEST: (manifest.COLUMNS, manifest.read),
    corrections.FILE: (corrections.COLUMNS, lambda folder: corrections.read(folder, against_the_rules)),
    own_breaks.FILE: (own_breaks.COLUMNS, partial(own_breaks.read, measures=MEASURES)),
    catalogue.FILE: (catalogue.COLUMNS, catalogue.read),
    "groups.csv": (("group", "council"), own_groups.read),
    "groups.toml": ((), own_groups.read),
    f"{reference_data.FOLDER}/{reference_data.SOURCES}": (reference_data.SOURCE_COLUMNS, reference_data.sources),
}


@pytest.mark.parametrize("name", HEADS)
@FEW
@given(headed=st.booleans(), content=TABLE)
@example(headed=True, content=b'"')
def test_a_table_of_a_workspace(name: str, headed: bool, content: bytes) -> None:
    columns, reader = HEADS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((",".join(columns).encode() + b"\r\n" if headed else b"") + content)
        before = path.read_bytes()
        try:
            reader(Path(folder))
        except UserError as error:
            assert name.rsplit("/", maxsplit=1)[-1] in error.sentence
        assert path.read_bytes() == before


@FEW
@given(
    rows=st.lists(
        st.lists(CELLS.filter(lambda c: c.strip() == c and "\0" not in c and "\ufeff" not in c), min_size=3, max_size=3)
    )
)
def test_a_table_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    columns = ("a", "b", "c")
    given_rows = [dict(zip(columns, row, strict=True)) for row in rows if any(row)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        own_table.write(path, columns, given_rows)
        assert [row for _, row in own_table.read(path, columns)] == given_rows


@pytest.mark.parametrize("ending", [".txt", ".html"])
@FEW
@given(parts=st.lists(PARTS, max_size=60))
def test_a_text(ending: str, parts: list[str]) -> None:
    page = "<!doctype html><html><body>{}</body></html>" if ending == ".html" else "{}"
    text = page.format("<p>".join(parts) if ending == ".html" else "".join(parts))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"report{ending}")
        path.write_text(text, encoding="utf-8")
        _read(path)


def _read(path: Path) -> None:
    from extract import statements  # noqa: PLC0415

    try:
        statements(read(path))
    except UnreadableError as error:
        assert str(error)


@FEW
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(['{"figures": [', '{"line": 3, ', '"printed": "57"', "]}", ",", "}", "null", "[", "1e999", '"\\ud800"'])).map(
            lambda parts: "".join(parts).encode("utf-8", "replace")
        ),
    )
)  # fmt: skip
def test_a_reply(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "reply.txt")
        path.write_bytes(content)
        try:
            reply_in(path)
        except UserError as error:
            assert "reply.txt" in error.sentence


@FEW
@given(content=st.binary(max_size=200))
def test_a_workbook_of_corrections(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "back.xlsx")
        path.write_bytes(b"PK\x03\x04" + content)
        with pytest.raises(UnreadableError):
            read_sheet(path)


@pytest.mark.slow
def test_mutations_of_files_of_every_kind(tmp_path: Path) -> None:
    wrong = [
        f"{path.name}: {outcome.problem}"
        for path, outcome in mutations.tried(60, 11, tmp_path, 2, Limits(seconds=20))
        if mutations.TELLS in outcome.problem
    ]
    assert wrong == []
