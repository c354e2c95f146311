"""Files with random damage: `python tests/fuzz/mutations.py --number 10000` reads so many and says which were an error of the program.

Seeds are a small report in every format and the hostile files that are small. A mutation cuts, repeats, exchanges or changes bytes, of the
file or, for one in zip format, of a part of it, or puts in a piece of another seed. What was found is kept in `--out`.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.document import Document
from councilbench.reports import read_document
from councilbench.workers import Limits, Outcome, outcomes
from tests import hostile

PIECE = 400
TELLS = "error in councilbench"
GIVEN_UP = ("given up", "brought its reader down")
SAID = (
    "Bury Council\nChildren's social care complaints annual report 2023-24\n\nThe council received 57 statutory complaints at stage 1 in 2023-24.\n"
    "Of the 50 complaints closed, 12 were upheld (24%), 20 partly upheld and 18 not upheld.\n\nStage\t2022-23\t2023-24\nStage 1\t48\t57\nStage 2\t6\t4\n"
    "Ombudsman\t2\t1\n\nWithin 10 working days: 30\nWithin 20 working days: 44\n"
)


def seeds(folder: Path) -> list[Path]:
    """A small report in every format, and small hostile files."""
    folder.mkdir(parents=True, exist_ok=True)
    table = "".join(f"<tr><td>Stage {n}</td><td>{48 - n}</td><td>{57 - n}</td></tr>" for n in (1, 2, 3))
    page = f"<!doctype html><html><body><main><h1>Complaints 2023-24</h1><p>{SAID}</p><table>{table}</table></main></body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "report.txt").write_text(SAID, encoding="utf-8")
    paragraphs = b"".join(hostile.paragraph(line) for line in SAID.splitlines() if line)
    hostile.word_of(folder / "report.docx", paragraphs + hostile.word_cell("2"))
    hostile.excel_of(folder / "book.xlsx", b"".join(map(hostile.excel_row, range(1, 12))))
    hostile.swapped_corners(folder / "drawn.pdf")
    hostile.calling_itself(folder / "itself.pdf")
    hostile.wide_grid(folder / "grid.pdf", 6, 4)
    with zipfile.ZipFile(folder / "pack.zip", "w") as archive:
        archive.write(folder / "page.html", "bury/page.html")
        archive.write(folder / "report.docx", "bury/report.docx")
    return sorted(folder.iterdir())


def mutated(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """Bytes with one to four changes."""
    found = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(found) + 1)
        length = dice.randint(1, PIECE)
        way = dice.randrange(6)
        if way == 0:
            del found[at : at + length]
        elif way == 1:
            found[at:at] = found[at : at + length] * dice.randint(1, 20)
        elif way == 2 and found:
            found[at % len(found)] = dice.randrange(256)
        elif way == 3:
            begin = dice.randrange(len(other) + 1)
            found[at:at] = other[begin : begin + length]
        elif way == 4:
            found[at:at] = dice.choice(
                (b"\0", b"\xff\xfe", b"99999999999", b"-1", b"<", b"&#x1F4A9;", b"\x1b[31m", b"[" * 50, "²".encode())
            )
        else:
            found = found[:at]
    return bytes(found)


def one(path: Path, other: bytes, dice: random.Random) -> bytes:
    """A mutation of a file; of one in zip format mostly of a part, so that it can still be opened."""
    data = path.read_bytes()
    if not data.startswith(b"PK") or dice.random() < 0.2:
        return mutated(data, other, dice)
    out = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        hit = dice.choice(names)
        for name in names:
            part = before.read(name)
            after.writestr(name, mutated(part, other, dice) if name == hit else part)
    return out.getvalue()


def tried(number: int, seed: int, folder: Path, workers: int, limits: Limits) -> Iterator[tuple[Path, Outcome]]:
    """Mutations, as they come, with what became of each."""
    dice = random.Random(seed)
    kinds = seeds(folder / "seeds")
    for batch in range(0, number, 200):
        documents = []
        for n in range(batch, min(batch + 200, number)):
            path = dice.choice(kinds)
            target = folder / f"{n}{path.suffix}"
            target.write_bytes(one(path, dice.choice(kinds).read_bytes(), dice))
            documents.append(Document(f"m{n}", target, "Bury", "2023-24"))
        for outcome in outcomes(documents, read_document, workers, limits=limits):
            yield documents[outcome.number].path, outcome
        for document in documents:
            document.path.unlink(missing_ok=True)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("found-by-mutation"))
    options = parser.parse_args()
    told: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for path, outcome in tried(options.number, options.seed, Path(folder), options.workers, Limits(seconds=20)):
            wrong = any(words in outcome.problem for words in (TELLS, *GIVEN_UP))
            told["read" if not outcome.problem else "wrong" if wrong else "refused with a sentence"] += 1
            if wrong:
                options.out.mkdir(exist_ok=True)
                (options.out / path.name).write_bytes(path.read_bytes())
                print(f"{path.name}: {outcome.problem}", flush=True)
    print(f"{dict(told)} in {time.monotonic() - began:.0f} s")
    sys.exit(bool(told["wrong"]))


if __name__ == "__main__":
    main()
