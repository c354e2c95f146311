"""The section for an annual report, as Word and as Markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from compare import figure, section
from compare.groups import Comparison


@pytest.fixture(scope="module")
def composed(comparison: Comparison, samples_drawn: list[figure.Figure]) -> section.Section:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("compare.section.figures_of", lambda _: samples_drawn)
        return section.compose(comparison)


def test_the_table_gives_every_council_with_its_counts_and_points_to_note(composed: section.Section) -> None:
    assert [row[0] for row in composed.rows] == [
        "Bath and North East Somerset", "Birmingham", "Bury", "North Lincolnshire", "Telford and Wrekin", "The others together",
    ]  # fmt: skip
    birmingham = composed.rows[1]
    assert birmingham[2:4] == ["234", "54% (142 of 265)"]
    assert "all complaints procedures" in birmingham[-1]
    assert composed.rows[2][4] == "[x]"


def test_the_words_are_hedged_and_name_what_is_missing(composed: section.Section) -> None:
    text = " ".join(composed.paragraphs)
    assert "95% interval" in text and "by chance" in text
    assert any("were not available" in note and "Bristol" in note for note in composed.notes)
    assert any("different years" in note for note in composed.notes)


def test_word(composed: section.Section, tmp_path: Path) -> None:
    section.write_docx(tmp_path / "s.docx", composed)
    document = Document(str(tmp_path / "s.docx"))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "How Bath and North East Somerset compares"
    ]
    (table,) = document.tables
    assert table.cell(0, 6).text == "Points to note" and table.cell(3, 2).text == "106"
    xml = document.element.xml
    (alt,) = set(re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', xml))
    assert "Bath and North East Somerset" in alt
    assert xml.count("w:tblHeader") == 1
    assert document.core_properties.language == "en-GB" and document.core_properties.title


def test_markdown_has_the_chart_beside_it_and_no_markup_of_others(composed: section.Section, tmp_path: Path) -> None:
    hostile = replace(composed, rows=[["<script>|x|", *composed.rows[0][1:]]])
    section.write_markdown(tmp_path / "s.md", hostile)
    text = (tmp_path / "s.md").read_text(encoding="utf-8")
    assert "<script" not in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1, "a column more or less"
    assert (tmp_path / "s.png").read_bytes().startswith(b"\x89PNG")
    assert "(<s.png>)" in text


@pytest.mark.slow
def test_a_large_group_stands_in_one_row(region: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(section, "NAMED", 8)
    monkeypatch.setattr(figure, "NAMED", 8)
    composed = section.compose(region)
    assert [row[0] for row in composed.rows] == ["Hackney", "The others together"]
    assert "13 other councils" in composed.paragraphs[0]
