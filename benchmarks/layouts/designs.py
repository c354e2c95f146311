"""How well councilbench reads the same reports in other page designs.

    python benchmarks/layouts/designs.py SOURCES GOLD [--design NAME]... [--sealed] [--split learn] [--keep FOLDER] [--show wrong|missing]

sets every document of the folder SOURCES (`NAME.html`, `.pdf` or `.docx`; a folder `NAME/` with `source.html` or
`NAME.html` in it) in each design, prints it to PDF with Chromium, reads the PDF, and compares what was read with the
gold of that name: `GOLD/NAME.csv`, or `GOLD/NAME/gold.csv`. Needs the fonts Caladea, Carlito, DejaVu, Lato, Liberation
and Open Sans: with others, which are wider, tables run into one another. The designs `agenda`, `captions`, `merged`,
`narrow`, `template`, `theme`, `workbook` and `worksheet` are printed by LibreOffice; `article`, `bulletin` and `feature`
hyphenate where groff is installed. Some need a package (`NEEDS`) of the dependency group `designs`: weasyprint, typst or
xlsxwriter; a design whose package is not installed is left out. With --sealed only the designs that nobody looks at while
working on the reading are used, and only their totals are shown; without it, the others. A benchmark and no test: exit
status 0 whatever was found.
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from pathlib import Path

import printing
from neutral import neutral

from councilbench.evaluate import Gold, Score, compare, gold_in
from councilbench.given import documents_of
from councilbench.pipeline import run


def sources_in(folder: Path, gold: Gold) -> dict[str, Path]:
    """Document name -> the file to set anew, for the documents that have gold."""
    found: dict[str, Path] = {}
    for name in sorted(gold):
        places = [
            folder / name / "source.html",
            folder / name / f"{name}.html",
            *(folder / f"{name}{s}" for s in (".html", ".docx", ".pdf")),
        ]
        place = next((p for p in places if p.exists()), None)
        if place is not None:
            found[name] = place
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--design", action="append", choices=[n for n in printing.names() if n not in printing.SEALED])
    parser.add_argument("--document", action="append")
    parser.add_argument("--sealed", action="store_true")
    parser.add_argument("--split", help="only annotated documents of this split")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the PDFs here, a folder a design")
    parser.add_argument("--show", choices=["wrong", "missing"])
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    gold = gold_in(options.gold)
    bodies = {
        name: neutral(path)
        for name, path in sources_in(options.sources, gold).items()
        if (not options.document or name in options.document) and options.split in (None, gold[name].split)
    }
    designs = [n for n in printing.names() if (n in printing.SEALED) == options.sealed]
    total = Score()
    with tempfile.TemporaryDirectory() as scratch, printing.printer() as sheet:
        for design in options.design or designs:
            if package := printing.missing(design):
                print(f"{design:16} left out: needs {package}; install it with `python -m pip install {package}`")
                continue
            folder = (options.keep or Path(scratch)) / design
            folder.mkdir(parents=True, exist_ok=True)
            for name, body in bodies.items():
                printing.set_pdf(sheet, body, design, folder / f"{name}.pdf")
            result = run(documents_of([folder / f"{name}.pdf" for name in bodies]))
            for problem in result.problems:
                print(f"  {problem}")
            verdict = compare(result.observations.to_dict("records"), {name: gold[name] for name in bodies})
            for line in verdict.listed(options.show) if options.show and not options.sealed else ():
                print(f"  {options.show}: {line}")
            for name, one in verdict.by("document").items() if len(bodies) < 9 and not options.sealed else ():
                print(f"  {name:42} precision {one.precision:.3f}  recall {one.recall:.3f}")
            score = verdict.total
            print(
                f"{design:16} precision {score.precision:.3f} ({score.right}/{score.rows})  recall {score.recall:.3f} ({score.found}/{score.required})",
                flush=True,
            )
            total += score
    print(f"{'all':16} precision {total.precision:.3f}  recall {total.recall:.3f}")


if __name__ == "__main__":
    main()
