"""Text of web pages with a line for each paragraph and no blank lines: its titles are known by what they are."""

from __future__ import annotations

from extract.model import Heading, Paragraph, Table
from extract.readers.text import blocks_of_text

PAGE = """Complaints annual report 2022/23
3. Stage 2 corporate complaints
Stage 2 complaints received by directorate
Directorate | Q1 | Q2 |
---|---|---|
Highways | 12 | 14 |
Housing | 9 | 7 |
Total received = 42
At the second stage an officer of the complaints team looks through the first answer and all that was sent with it, and writes to the complainant.
There were forty two such cases in the year, most of them about the new rounds, which had begun in the spring before and were not yet known to all.
Complaints received by the Ombudsman
The Ombudsman asked us about six complaints in the year, as many as in the year before, and looked into two of them in detail, of which one was upheld.
In both cases an apology was given, and in the one that was upheld a payment was made as well, which the service has met from its own budget since.
We look forward to the coming year, in which the code of the Ombudsman will be brought in, and shall report on what it has changed a year from now.
"""


def test_titles_of_an_unwrapped_text_are_headings_and_its_lines_paragraphs() -> None:
    blocks = blocks_of_text(PAGE)
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == [
        "Complaints annual report 2022/23",
        "Stage 2 corporate complaints",
        "Stage 2 complaints received by directorate",
        "Complaints received by the Ombudsman",
    ]
    paragraphs = [block.body.text for block in blocks if isinstance(block, Paragraph)]
    assert paragraphs[0] == "Total received = 42"
    assert len(paragraphs) == 6
    assert sum(isinstance(block, Table) for block in blocks) == 1


def test_a_participle_closes_a_title_and_a_verb_makes_a_sentence() -> None:
    def is_heading(line: str) -> bool:
        return isinstance(blocks_of_text(f"{line}\n\n{PAGE}")[0], Heading)

    assert is_heading("Complaints received by service area")
    assert is_heading("Stage 1 complaints received")
    assert not is_heading("Complaints were received by post")
    assert not is_heading("We received more complaints")


def test_signs_of_symbol_fonts_are_bullets() -> None:
    blocks = blocks_of_text("Remedies:\n\n§  Apology (19)\n\n§  Training (8)\n\nØ  Review (3)\n")
    assert [(b.body.text, b.bullet) for b in blocks if isinstance(b, Paragraph)] == [
        ("Apology (19)", True), ("Training (8)", True), ("Review (3)", True),
    ]  # fmt: skip
