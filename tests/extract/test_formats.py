"""Reports in other formats than PDF and text: what is read from them, and what is said of what cannot be."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from PIL import Image

from corpus.document import files_in
from councilbench.reports import read_report
from extract import UnreadableError, read
from extract.readers import scan

ROWS = [
    ["Outcome", "2022/23", "2023/24"],
    ["Upheld", "12", "15"],
    ["Partly upheld", "20", "18"],
    ["Not upheld", "9", "14"],
]
TITLE = "Bury Council: children's social care complaints annual report 2023/24"
EXPECTED = {("2022-23", "upheld", 12.0), ("2023-24", "partially_upheld", 18.0), ("2023-24", "not_upheld", 14.0)}


def _outcomes(path: Path) -> set[tuple[str, str, float]]:
    frame = read_report(path, "Bury", "2023-24").observations
    frame = frame[frame["measure"] == "outcome"]
    return set(zip(frame["period"], frame["category"], frame["value"], strict=True))


def _word(path: Path) -> Path:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_heading("Outcomes of stage 1 complaints", 1)
    table = document.add_table(len(ROWS), 3)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.save(str(path))
    return path


def test_word(tmp_path: Path) -> None:
    assert _outcomes(_word(tmp_path / "bury.docx")) >= EXPECTED


def test_web_page_without_what_is_around_it(tmp_path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS)
    page = tmp_path / "bury.html"
    page.write_text(
        f"<!DOCTYPE html><html><body><nav>99 complaints were received</nav><main><h1>{TITLE}</h1>"
        f"<p>We received 61 complaints at stage 1.<sup>2</sup></p><h2>Outcomes of stage 1 complaints</h2><table>{rows}</table></main></body></html>",
        encoding="utf-8",
    )
    assert _outcomes(page) >= EXPECTED
    received = read_report(page, "Bury", "2023-24").observations.query("measure == 'received'")
    assert list(received["value"]) == [61.0]


def test_folder_of_web_pages_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for n in (10, 2, 1):
        (tmp_path / f"page-{n}.html").write_text(f"<html><body><h1>Part {n}</h1><p>Words of {n}.</p></body></html>")
    assert [line for line in read(tmp_path).text.splitlines() if line.startswith("Part")] == [
        "Part 1",
        "Part 2",
        "Part 10",
    ]


def test_workbook(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([TITLE])
    book.active.append(["Outcomes of stage 1 complaints"])
    book.active.append([])
    for row in ROWS:
        book.active.append([int(t) if t.isdigit() else t for t in row])
    book.save(tmp_path / "annex.xlsx")
    assert _outcomes(tmp_path / "annex.xlsx") >= EXPECTED


def test_zipped_folder_stands_for_its_reports(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.write(_word(tmp_path / "bury.docx"), "north west/bury.docx")
        archive.writestr("../outside.txt", "31 complaints were received in 2023/24.")
    found = files_in([tmp_path / "pack.zip"])
    assert {p.name for p, _ in found} == {"bury.docx", "outside.txt"}
    assert not (tmp_path.parent / "outside.txt").exists(), "names of a zip file lead nowhere else"
    assert all(inside == tmp_path / "pack.zip" for _, inside in found)


def _scanned(path: Path) -> Path:
    """A page that is a picture, of a sample report."""
    import pypdfium2 as pdfium  # noqa: PLC0415

    sample = Path(__file__).parents[2] / "corpus" / "samples" / "bury-2023-24.pdf"
    document = pdfium.PdfDocument(sample)
    pages = [document[n].render(scale=150 / 72).to_pil().convert("L").rotate(0.4, fillcolor=255) for n in range(2)]
    assert isinstance(pages[0], Image.Image)
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    return path


def test_scan_without_the_extra_says_how_to_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    with pytest.raises(UnreadableError, match=r"is a scan.*in the folder of councilbench: pip install"):
        read(_scanned(tmp_path / "bury.pdf"))


@pytest.mark.slow
@pytest.mark.skipif(not scan.available(), reason="the OCR extra is not installed")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_scan_is_read_with_lower_confidence(tmp_path: Path) -> None:
    result = read_report(_scanned(tmp_path / "bury.pdf"), "Bury", "2023-24")
    assert len(result.observations) >= 3
    assert set(result.observations["method"]) == {"ocr"}
    assert result.observations["confidence"].max() <= 0.85
    assert any("read by OCR" in note for note in result.notes)


def test_a_large_number_on_a_web_page_is_parted_from_the_word_beneath_it(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(
        '<main><div class="tile"><span>68</span><span>stage 1 complaints</span></div>'
        "<p>The 1<span>st</span> panel met; <b>45%</b>upheld.</p></main>"
    )
    text = read(path).text
    assert "68 stage 1 complaints" in text
    assert "1st panel" in text
    assert "45% upheld" in text
