"""The command line as its users meet it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pypdfium2 as pdfium
import pytest
from click.testing import Result
from openpyxl import load_workbook
from PIL import Image

from councilbench.cli import cli

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"
GOLD = ROOT / "tests" / "gold"
Call = Callable[..., Result]


@pytest.mark.slow
def test_demo_writes_a_report_and_prints_its_path_last(councilbench: Call) -> None:
    result = councilbench("demo", "--out", "demo")
    assert result.exit_code == 0
    assert result.stdout.rstrip().splitlines()[-1] == str(Path("demo/report.html"))
    page = Path("demo/report.html").read_text(encoding="utf-8")
    assert "Bath and North East Somerset compared" in page
    assert {p.name for p in Path("demo/dataset").iterdir()} == {
        "observations.csv",
        "indicators.csv",
        "discrepancies.csv",
        "ledger.csv",
        "themes.csv",
        "comparability.csv",
        "readings.csv",
        "built.json",
    }


def test_accuracy_on_the_samples_does_not_fall(councilbench: Call) -> None:
    """The generator of the samples knows what is in them."""
    assert councilbench("extract", SAMPLES, "--out", "o.csv").exit_code == 0
    result = councilbench("evaluate", "o.csv", GOLD)
    lines = result.stdout.splitlines()
    assert len(lines) == 6
    for line in lines:
        words = line.split()
        precision, recall = float(words[words.index("precision") + 1]), float(words[words.index("recall") + 1])
        assert precision >= 0.9 and recall >= 0.85, line


@pytest.mark.slow
@pytest.mark.skipif(
    not (ROOT.parent / "shared" / "gold").is_dir(), reason="the real reports are not beside the repository"
)
@pytest.mark.parametrize("kind", ["reports/*.pdf", "seeds/*-*.txt"])
def test_accuracy_on_the_real_reports(councilbench: Call, kind: str) -> None:
    shared = ROOT.parent / "shared"
    paths = [p for p in sorted(shared.glob(kind)) if "scan" not in p.name]
    assert councilbench("extract", *paths, "--out", "o.csv").exit_code == 0
    for line in councilbench("evaluate", "o.csv", shared / "gold").stdout.splitlines():
        words = line.split()
        assert float(words[words.index("precision") + 1]) >= 0.90 and float(words[words.index("recall") + 1]) >= 0.83, (
            line
        )


def test_csv_opens_in_excel(councilbench: Call) -> None:
    councilbench("extract", SAMPLES / "bury-2023-24.pdf", "--out", "o.csv")
    data = Path("o.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {r["document"] for r in rows} == {"bury-2023-24"}
    assert all(r["page"] == "2" and len(r["bbox"].split()) == 4 and r["quote"] for r in rows)


def test_xlsx_keeps_periods_as_text(councilbench: Call) -> None:
    councilbench("extract", SAMPLES / "bury-2023-24.pdf", "--out", "o.xlsx")
    sheet = load_workbook("o.xlsx").active
    assert sheet is not None
    column = [c.value for c in sheet[1]].index("period") + 1
    assert {sheet.cell(r, column).data_type for r in range(2, sheet.max_row + 1)} == {"s"}


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that cannot be read, with what must be said of each."""
    sound = (SAMPLES / "bury-2023-24.pdf").read_bytes()
    made = {
        "empty.pdf": (b"", "is empty"),
        "picture.pdf": (b"\x89PNG\r\n\x1a\n" + b"0" * 200, "is a PNG picture"),
        "truncated.pdf": (sound[: len(sound) // 3], "is damaged"),
        "words.docx": (b"PK\x03\x04" + b"0" * 200, "is a damaged Office or zip file"),
        "named.pdf": (b"hello", "is named .pdf but is no PDF"),
        "poem.txt": (b"Shall I compare thee to a summer's day?\n" * 20, "does not look like a complaints report"),
    }
    result = {}
    for name, (data, words) in made.items():
        (folder / name).write_bytes(data)
        result[name] = (folder / name, words)
    result["missing.pdf"] = (folder / "missing.pdf", "there is no such file")
    document = pdfium.PdfDocument.new()
    document.new_page(595, 842)
    document.save(folder / "blank.pdf")
    result["blank.pdf"] = (folder / "blank.pdf", "holds no text")
    encrypted = _encrypted(folder / "secret.pdf")
    result["secret.pdf"] = (encrypted, "is protected by a password")
    return result


def _encrypted(path: Path) -> Path:
    from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=1))
    canvas.drawString(100, 700, "31 complaints were received in 2023/24.")
    canvas.save()
    return path


def test_bad_input_gets_one_sentence_and_the_others_go_on(councilbench: Call, tmp_path: Path) -> None:
    bad = bad_files(tmp_path)
    result = councilbench("extract", *[p for p, _ in bad.values()], SAMPLES / "bury-2023-24.pdf", "--out", "o.csv")
    assert result.exit_code == 1
    problems = [line for line in result.stderr.splitlines() if line.startswith("problem: ")]
    assert len(problems) == len(bad)
    for path, words in bad.values():
        (line,) = [x for x in problems if str(path) in x]
        assert words in line and line.endswith("."), line
        assert "Traceback" not in line
    assert Path("o.csv").exists()


def test_nothing_readable_writes_nothing(councilbench: Call, tmp_path: Path) -> None:
    path, _ = bad_files(tmp_path)["truncated.pdf"]
    result = councilbench("extract", path, "--out", "o.csv")
    assert result.exit_code == 3
    assert not Path("o.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("extract", SAMPLES, "--out", "o.doc"), "cannot be written"),
        (("extract", SAMPLES, "--out", "o.csv", "--council", "Burry"), "did you mean Bury"),
        (("extract", SAMPLES, "--out", "o.csv", "--period", "2023"), "write it as 2023-24"),
        (("extract", SAMPLES, "--out", "o.csv", "--council", "Bury", "--council=Bath"), "--council is given twice"),
        (("extract", "--out", "o.csv"), "Missing argument"),
        (("fly",), "No such command"),
    ],
)
def test_wrong_use_is_status_2(councilbench: Call, arguments: tuple[str, ...], words: str) -> None:
    result = councilbench(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not Path("o.csv").exists()


def test_a_report_that_names_no_council_takes_it_from_the_user(councilbench: Call) -> None:
    Path("x.txt").write_text(
        "Annual complaints report 2019-20\n\nChildren's social care: 31 complaints were received at stage 1 in 2019-20.\n"
    )
    assert "the report does not name its council" in councilbench("extract", "x.txt", "--out", "o.csv").stderr
    councilbench("extract", "x.txt", "--out", "o.csv", "--council", "Hull")
    (row,) = list(csv.DictReader(io.StringIO(Path("o.csv").read_text(encoding="utf-8-sig"))))
    assert (row["authority"], row["authority_code"], row["la_number"]) == ("Kingston upon Hull", "E06000010", "810")


def test_a_council_that_contradicts_the_report_is_said(councilbench: Call) -> None:
    result = councilbench(
        "extract", SAMPLES / "bury-2023-24.pdf", "--out", "o.csv", "--council", "Oldham", "--period", "2022-23"
    )
    assert "the report names Bury, but Oldham was given" in result.stderr
    assert "seems to be for 2023-24, but 2022-23 was given" in result.stderr


def test_a_year_known_only_from_a_later_report_says_so(councilbench: Call) -> None:
    councilbench("init", ".")
    councilbench("add", SAMPLES / "bury-2023-24.pdf")
    assert councilbench("compare", "--focus", "Bury", "--against", "all", "--period", "2022-23").exit_code == 0
    assert "Bury, 2022-23 (as given in the report for 2023-24)" in Path("report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_workspace_from_init_to_comparison(councilbench: Call) -> None:
    assert councilbench("init", ".").exit_code == 0
    assert councilbench("add", *sorted(SAMPLES.glob("*.pdf"))).exit_code == 0
    assert "not read" in councilbench("status").stdout
    assert councilbench("build").exit_code == 0
    assert "Telford and Wrekin, 2023-24" in councilbench("status").stdout
    result = councilbench("compare", "--focus", "Bury", "--against", "all", "--out", "bury.html")
    assert result.exit_code == 0 and Path("bury.html").exists()
    assert 'href="reports/bury-2023-24.pdf#page=' in Path("bury.html").read_text(encoding="utf-8")
    again = councilbench("add", SAMPLES / "bury-2023-24.pdf")
    assert again.exit_code == 3 and "already has a report named" in again.stderr


def test_an_address_that_is_not_fetched_says_why(councilbench: Call) -> None:
    councilbench("init", ".")
    result = councilbench("add", "https://127.0.0.1/report.pdf")
    assert result.exit_code == 3
    assert "problem: https://127.0.0.1/report.pdf: 127.0.0.1 is no public address" in result.stderr
    assert councilbench("fetch").exit_code == 0


def test_check_names_contradictions(councilbench: Call) -> None:
    councilbench("init", ".")
    Path("bury-2023-24.txt").write_text(
        "Bury Council: children's social care complaints, annual report 2023/24\n\nIn 2023/24, 31 complaints were received at stage 1.\n\n"
        "In all, 33 complaints were received at stage 1 in 2023/24.\n"
    )
    councilbench("add", "bury-2023-24.txt")
    result = councilbench("check")
    assert result.exit_code == 1
    assert "31" in result.stdout and "33" in result.stdout and "contradiction" in result.stdout


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_verb_has_help_with_an_example(councilbench: Call, verb: str) -> None:
    result = councilbench(verb, "--help")
    assert result.exit_code == 0
    assert f"Example: councilbench {verb}" in " ".join(result.stdout.split())


def test_tables_with_page_and_rows(councilbench: Call) -> None:
    assert councilbench("tables", SAMPLES / "north-lincolnshire-2019-20.pdf", "--out", "t.json").exit_code == 0
    found = json.loads(Path("t.json").read_text(encoding="utf-8"))
    assert any(row[:2] == ["Upheld in full", "2"] for table in found for row in table["rows"])
    assert all(table["page"] >= 1 and len(table["bbox"] or [0] * 4) == 4 for table in found)


def test_show_draws_what_was_read_green(councilbench: Call) -> None:
    sample = SAMPLES / "bury-2023-24.pdf"
    councilbench("extract", sample, "--out", "o.csv")
    row = pd.read_csv("o.csv", dtype=str).dropna(subset=["page", "bbox"]).iloc[0]
    assert councilbench("show", sample, "--observation", row["id"], "--out", "p.png").exit_code == 0
    x0, top, _, _ = (float(v) * 2 for v in row["bbox"].split())
    assert Image.open("p.png").getpixel((round(x0 - 2), round(top - 2))) == (0, 130, 60)
    assert councilbench("show", sample, "--page", "99", "--out", "q.png").exit_code == 3
    assert not Path("q.png").exists()


def test_add_takes_a_zipped_folder(councilbench: Call) -> None:
    with zipfile.ZipFile("pack.zip", "w") as archive:
        archive.write(SAMPLES / "bury-2023-24.pdf", "reports/bury-2023-24.pdf")
    councilbench("init", "w")
    assert councilbench("add", "pack.zip", "--workspace", "w").exit_code == 0
    assert "bury-2023-24" in councilbench("status", "w").stdout


def test_a_second_reader_is_asked_and_its_reply_held_to_the_page(councilbench: Call) -> None:
    report = SAMPLES / "bury-2023-24.pdf"
    asked = councilbench("ask", report, "--out", "prompts")
    assert asked.exit_code == 0 and "1 prompt for 1 report " in asked.output
    (prompt,) = Path("prompts").glob("*.txt")
    text = prompt.read_text(encoding="utf-8")
    prompt.write_text("mine", encoding="utf-8")
    again = councilbench("ask", report, "--out", "prompts")
    assert again.exit_code == 3 and "somebody has changed it since" in again.stderr and "error" not in again.stderr
    number, words = next(
        x.split(": ", 1) for x in text.splitlines() if re.match(r"\d+: .*\b\d+ complaints were received", x)
    )
    quote = re.search(r"\b(\d+) complaints were received", words)
    assert quote is not None
    codes = {
        "procedure": "children_statutory",
        "stage": "stage_1",
        "measure": "received",
        "period": "2023-24",
        "unit": "count",
    }
    real = {"line": int(number), "printed": quote[1], "quote": quote[0], **codes}
    invented = {"line": int(number), "printed": "987654", "quote": "987654 complaints", **codes}
    Path("reply.txt").write_text(f"Here you are: {json.dumps({'figures': [real, invented]})}")
    result = councilbench("answer", "reply.txt", "--report", report, "--out", "answers.csv")
    assert result.exit_code == 0
    assert "1 of 2 figures stand in the report as quoted" in result.stdout
    assert "refused: 1 because the figure does not stand in that line" in result.stdout
    rows = list(csv.DictReader(io.StringIO(Path("answers.csv").read_text(encoding="utf-8-sig"))))
    assert [(r["result"], bool(r["bbox"])) for r in rows] == [
        ("taken", True),
        ("the figure does not stand in that line", False),
    ]


def test_a_reply_without_figures_or_a_size_too_small_ends_in_a_sentence(councilbench: Call) -> None:
    Path("reply.txt").write_text("I would rather not.")
    result = councilbench(
        "answer", "reply.txt", "missing.txt", "--report", SAMPLES / "bury-2023-24.pdf", "--out", "a.csv"
    )
    assert result.exit_code == 3
    assert "reply.txt: holds no figures in the form that was asked for." in result.stderr
    assert "missing.txt: cannot be opened" in result.stderr
    small = councilbench("ask", SAMPLES / "bury-2023-24.pdf", "--out", "p", "--size", "100")
    assert small.exit_code == 2
    assert "--size must be at least" in small.stderr
