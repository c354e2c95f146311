"""A workspace of many generated reports: built, built again, with one changed, and used.

    python benchmarks/scale.py [--reports 150] [--pages 26] [--keep FOLDER]

prints seconds, pages a second and the memory of all processes together at most. The reports are made by ReportLab with figures drawn at
random (fixed seed); they say nothing about any council.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import psutil
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from corpus import manifest, own_table
from corpus.councils import current

COMMAND = [sys.executable, "-c", "from councilbench.cli import main; main()"]
PROSE = (
    "The service listens to children, young people and their families and wants to learn from what they say. "
    "Managers meet each month to look at the themes that come up and to agree what will change. "
) * 3


def make(job: tuple[Path, str, int, int, int]) -> None:
    """One report: on every other page a table and a sentence with figures, on the others running text."""
    path, council, year, pages, seed = job
    draw = random.Random(seed)
    style = getSampleStyleSheet()
    period = f"{year}/{(year + 1) % 100:02}"
    flow = [Paragraph(f"{council} Council: children's social care, annual complaints report {period}", style["Title"])]
    for page in range(pages):
        flow.append(Paragraph(f"{page + 1}. Part {page + 1}", style["Heading2"]))
        flow += [Paragraph(PROSE, style["BodyText"]) for _ in range(4)]
        if page % 2 == 0:
            received = draw.randint(40, 200)
            flow.append(
                Paragraph(
                    f"In {period} the council received {received} complaints at stage {1 + page // 2 % 2} of the statutory procedure.",
                    style["BodyText"],
                )
            )
            names = ("Upheld", "Partially upheld", "Not upheld", "Withdrawn")
            table = Table(
                [["Outcome", "Number", "%"], *([n, str(draw.randint(1, 40)), f"{draw.randint(1, 60)}%"] for n in names)]
            )
            table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
            flow += [Paragraph(f"Outcomes of stage {1 + page // 2 % 2} complaints, {period}", style["Heading4"]), table]
        flow.append(PageBreak())
    SimpleDocTemplate(str(path), pagesize=A4).build(flow)


def workspace(folder: Path, reports: int, pages: int) -> Path:
    """A workspace with so many reports, of all councils for one year after another."""
    home = manifest.create(folder / "region")
    councils = [c.short_name for c in current()]
    wanted = [(council, 2023 - n) for n in range(reports // len(councils) + 1) for council in councils][:reports]
    files = [home / "reports" / f"{council.lower().replace(' ', '-')}-{year}.pdf" for council, year in wanted]
    jobs = [(file, *who, pages, n) for n, (file, who) in enumerate(zip(files, wanted, strict=True))]
    with ProcessPoolExecutor() as pool:
        list(pool.map(make, jobs, chunksize=8))
    rows = [
        {
            "document": file.stem,
            "file": f"reports/{file.name}",
            "council": council,
            "period": f"{year}-{(year + 1) % 100:02}",
        }
        for file, (council, year) in zip(files, wanted, strict=True)
    ]
    own_table.write(home / manifest.MANIFEST, manifest.COLUMNS, rows)
    return home


def measured(*arguments: object) -> tuple[float, float]:
    """Seconds of a command, and megabytes of its processes together at most."""
    start = time.perf_counter()
    process = subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = [0.0]

    def watch() -> None:
        while process.poll() is None:
            try:
                own = psutil.Process(process.pid)
                used = [p.memory_full_info().pss for p in (own, *own.children(recursive=True))]
                most[0] = max(most[0], sum(used) / 1e6)
            except psutil.Error:
                pass
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    return time.perf_counter() - start, most[0]


def tell(what: str, result: tuple[float, float], pages: int = 0) -> None:
    a_second = f"   {pages / result[0]:6.1f} pages a second" if pages else ""
    print(f"{what:28}{result[0]:9.1f} s {result[1]:7.0f} MB{a_second}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=150)
    parser.add_argument("--pages", type=int, default=26)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = workspace(given.keep or Path(temporary), given.reports, given.pages)
        print(f"{given.reports} reports of {given.pages} pages")
        tell("build", measured("build", home), given.reports * given.pages)
        tell("build, nothing changed", measured("build", home))
        first = sorted((home / "reports").glob("*.pdf"))[0]
        make((first, "Bury", 2023, given.pages, 10_000))
        tell("build, one report changed", measured("build", home))
        tell("status", measured("status", home))
        tell("check", measured("check", home))
        tell(
            "compare, html",
            measured("compare", home, "--focus", "Bury", "--against", "all", "--out", home / "bury.html"),
        )
        tell("pack for the North East", measured("pack", home, "--group", "North East", "--out", home / "packs"))


if __name__ == "__main__":
    main()
