"""What each way of finding tables scores alone, and what they score together, on documents whose tables are known.

Takes a folder with `NAME.pdf` beside `NAME-str.xml`, the form in which the ICDAR 2013 table competition gives its truth
(Göbel, Hassan, Oro and Orsi: ICDAR 2013 Table Competition). Cells are compared page by page as texts without spaces and case.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2 as pdfium

import extract
from extract.layout import rows_of
from extract.model import Table, Word
from extract.readers import pdf
from extract.tables import alignment, camelot_reader, finding

Pages = dict[int, list[list[list[str]]]]
"""Page -> its tables, each as rows of texts."""


def truth(path: Path) -> Pages:
    """The tables of a truth file; a cell over several places stands in the first."""
    pages: Pages = {}
    for region in ElementTree.parse(path).getroot().iter("region"):
        placed = {
            (int(c.get("start-row", "0")), int(c.get("start-col", "0"))): c.findtext("content") or ""
            for c in region.findall("cell")
        }
        if placed:
            height, width = (max(p[n] for p in placed) + 1 for n in (0, 1))
            grid = [[placed.get((r, c), "") for c in range(width)] for r in range(height)]
            pages.setdefault(int(region.get("page", "1")), []).append(grid)
    return pages


def cells_of(tables: Iterable[list[list[str]]]) -> Counter[str]:
    return Counter("".join(text.split()).lower() for table in tables for row in table for text in row if text.strip())


def together(path: Path) -> Pages:
    """All of the reader: rulings, alignment and camelot, with the contest between them."""
    return _pages(block for block in extract.read(path).blocks if isinstance(block, Table))


def rulings_alone(path: Path) -> Pages:
    """pdfplumber's table finder on the lines and boxes that are drawn."""
    return _page_by_page(path, _plain_ruled)


def alignment_alone(path: Path) -> Pages:
    """Figures that stand below one another."""
    return _page_by_page(path, lambda page, words: alignment.find_aligned(page.number, words, []))


def columns_of_words_alone(path: Path) -> Pages:
    """Rows cut into the same columns, read by camelot."""
    return _page_by_page(
        path, lambda page, words: camelot_reader.find_mixed(page.number, page.height, words, rows_of(words), path)
    )


def camelot_alone(flavour: str) -> Callable[[Path], Pages]:
    """One of camelot's flavours on every page."""

    def read(path: Path) -> Pages:
        import camelot  # noqa: PLC0415

        options = {"engine": "vector"} if flavour != "network" else {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = camelot.read_pdf(str(path), pages="all", flavor=flavour, **options)
        pages: Pages = {}
        for table in found:
            pages.setdefault(table.page, []).append([[str(t) for t in row] for row in table.df.to_numpy().tolist()])
        return pages

    return read


def _plain_ruled(page: pdf.PageObjects, words: list[Word]) -> list[Table]:
    """Ruled tables as the drawn lines give them, without the contest."""
    return finding._closed_tables(page, page.shapes, words)


def _page_by_page(path: Path, find: Callable[[pdf.PageObjects, list[Word]], list[Table]]) -> Pages:
    document = pdfium.PdfDocument(path)
    found: list[Table] = []
    for index in range(len(document)):
        page = pdf._objects(document[index], index + 1)
        found += [] if page.crowded else find(page, page.words)
    return _pages(found)


def _pages(tables: Iterable[Table]) -> Pages:
    pages: Pages = {}
    for table in tables:
        height, width = table.shape
        grid = [[""] * width for _ in range(height)]
        for cell in table.cells:
            grid[cell.row][cell.column] = cell.text
        for page in {table.pages.get(r, table.page) for r in range(height)}:
            rows = [row for r, row in enumerate(grid) if table.pages.get(r, table.page) == page]
            pages.setdefault(page or 1, []).append(rows)
    return pages


WAYS: dict[str, Callable[[Path], Pages]] = {
    "rulings": rulings_alone,
    "alignment": alignment_alone,
    "columns of words (camelot stream)": columns_of_words_alone,
    "camelot hybrid": camelot_alone("hybrid"),
    "camelot network": camelot_alone("network"),
    "all of these in contest": together,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    known = {x.with_name(x.name.replace("-str.xml", ".pdf")): truth(x) for x in sorted(folder.glob("*-str.xml"))}
    known = {path: pages for path, pages in known.items() if path.exists()}
    kept = sum(bool(together(path).get(page)) for path, pages in known.items() for page in pages)
    print(f"pages with tables on which some are found: {kept} of {sum(map(len, known.values()))}")
    for name, read in WAYS.items():
        right = made = wanted = 0
        start = time.perf_counter()
        for path, expected in known.items():
            try:
                found = read(path)
            except Exception as error:  # a peer may fail on a file; that is its score
                print(f"{name}: {path.name}: {type(error).__name__}")
                found = {}
            for page in {*expected, *found}:
                a, b = cells_of(expected.get(page, [])), cells_of(found.get(page, []))
                right, made, wanted = right + (a & b).total(), made + b.total(), wanted + a.total()
        precision, recall = right / max(made, 1), right / max(wanted, 1)
        score = 2 * precision * recall / max(precision + recall, 1e-9)
        seconds = time.perf_counter() - start
        print(f"{name:36s} precision {precision:.3f}  recall {recall:.3f}  F1 {score:.3f}  {seconds:6.1f} s")


if __name__ == "__main__":
    main()
