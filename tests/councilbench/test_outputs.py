"""What leaves by the front door: comparisons in every format, packs, corrections, exports, and the checker, from the command line."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

import councilbench as cb
from compare.charts import figures
from compare.groups import Comparison
from corpus.councils import find
from councilbench import outputs
from councilbench import packs as writing_packs
from councilbench.cli import cli
from councilbench.runs import Run
from tests.councilbench.opened import texts, without_libraries

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
Call = Callable[..., Result]


@pytest.fixture(scope="module")
def packs(samples: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs")
    made = writing_packs.pack(samples, ["Bury", "Telford and Wrekin"], folder)
    assert [p.name for p in made] == ["bury", "telford-and-wrekin"]
    return folder


@pytest.mark.slow
def test_every_member_has_its_own_pack(packs: Path) -> None:
    for name in ("bury", "telford-and-wrekin"):
        assert sorted(p.name for p in (packs / name).iterdir()) == [
            "names-hidden.html", "public.html", "report.html", "section.docx", "workbook.xlsx",
        ]  # fmt: skip
    assert "<h1>Telford and Wrekin compared" in (packs / "telford-and-wrekin" / "report.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.slow
def test_with_names_hidden_nothing_leads_to_the_others(packs: Path, samples: Run) -> None:
    page = (packs / "bury" / "names-hidden.html").read_text(encoding="utf-8")
    words = page[: page.rindex("<script>")]  # without the chart libraries
    assert "Telford" not in words and "Wrekin" not in words.replace("Telford", "")
    assert "telford" not in words
    others = samples.observations[samples.observations["authority"] != "Bury"]["id"]
    assert not [i for i in others if i in words]
    assert "Council A" in words and "Published figures can be recognised" in words
    import base64  # noqa: PLC0415

    for encoded in re.findall(r"base64,([A-Za-z0-9+/=]+)", words):
        assert b"Telford" not in base64.b64decode(encoded)


def leads(folder: Path, run: Run, focus: str) -> list[str]:
    """What in any file of a folder, or in its name, leads to a council other than the focus."""
    councils = [c for c in map(find, {c for c, _ in run.own.values()} - {focus}) if c is not None]
    words = {w for c in councils for w in (c.short_name, c.official_name, *c.aliases, c.gss_code)}
    numbers = {f",{c.la_number}," for c in councils}
    words |= {d for d, (c, _) in run.own.items() if c != focus} | {
        p.stem for p in SAMPLES.iterdir() if focus.lower() not in p.name
    }
    others = run.observations[run.observations["authority"] != focus]
    words |= set(others["id"]) | {q for q in others["quote"] if len(q) > 20} | set(others["bbox"]) - {""}
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        if path.suffix == ".html":
            data = without_libraries(data.decode()).encode()
        for where, text in [("name", str(path.relative_to(folder))), *texts(path.name, data)]:
            wanted = words | numbers if "csv" in where else words
            found += [f"{where}: {w}" for w in wanted if w in text and re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text)]
    return found


@pytest.mark.slow
def test_no_file_with_hidden_names_leads_to_the_others(samples: Run, tmp_path: Path) -> None:
    told = "also read in the report: 12 (page 9) and 13 (page 77), so please check; North Lincolnshire, on page 77, counts otherwise"
    run = replace(samples)
    own = samples.indicators["authority"] == "Bury"
    run.indicators = samples.indicators.assign(caveat=samples.indicators["caveat"].where(own, told))
    comparison = cb.compare(run, "Bury", "all")
    hidden, letters = writing_packs.with_names_hidden(run, comparison)
    (tmp_path / "names-hidden.html").write_text(writing_packs._render_hidden(hidden, run, letters), encoding="utf-8")
    outputs.write(run, hidden, tmp_path / "section.docx")
    outputs.write(run, hidden, tmp_path / "section.md")
    charts = [
        [f.spec, f.headline, f.subtitle, f.alt_text, f.caveats, f.missing, f.data.to_csv()] for f in figures(hidden)
    ]
    (tmp_path / "charts.json").write_text(json.dumps(charts), encoding="utf-8")
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".docx", ".html", ".json", ".json", ".md", ".png"]
    assert leads(tmp_path, samples, "Bury") == []
    others = hidden.indicators[hidden.indicators["authority"] != "Bury"]
    assert (
        not others["caveat"].str.contains("page").any()
        and others["caveat"].str.contains("also read in the report: 12 and 13,").all()
    )
    assert leads(SAMPLES, samples, "Bury"), "the search finds what is there"


@pytest.mark.slow
def test_no_file_of_a_pack_tells_where_it_was_made(packs: Path) -> None:
    for place in (packs / "bury", packs / "telford-and-wrekin"):
        assert leads_to_places(place) == []


def leads_to_places(folder: Path) -> list[str]:
    """Paths of this machine in any file of a folder."""
    places = {str(SAMPLES.parents[1]), str(Path.home()), str(folder.parent)} - {"/", "/root"}
    return [
        f"{where}: {place}"
        for path in folder.iterdir()
        for where, text in texts(path.name, path.read_bytes())
        for place in places
        if place in text
    ]


def test_councils_that_their_year_names_are_told_of(samples: Run, region: Comparison) -> None:
    comparison = cb.compare(samples, "Bury", "all")
    said = writing_packs.told_by_year(comparison)
    assert len(said) == 4 and any(
        "Birmingham can be told by its year: it is the only other council shown for 2021-22" in s for s in said
    )
    assert writing_packs.told_by_year(region) == []
    old = region.history[region.history["authority"] == region.members[1]].assign(period="2001-02")
    longer = replace(region, history=pd.concat([region.history, old]))
    assert "2001-02" not in set(writing_packs.with_names_hidden(samples, longer)[0].history["period"])


@pytest.mark.slow
def test_letters_differ_from_pack_to_pack_and_the_key_is_kept(samples: Run) -> None:
    comparison = cb.compare(samples, "Bury", "all")
    orders = {tuple(writing_packs.with_names_hidden(samples, comparison)[1]) for _ in range(40)}
    assert len(orders) > 3
    hidden, letters = writing_packs.with_names_hidden(samples, comparison)
    assert sorted(letters.values()) == ["Council A", "Council B", "Council C", "Council D"]
    assert hidden.members == ["Bury", "Council A", "Council B", "Council C", "Council D"]
    back = {letter: name for name, letter in letters.items()}
    for letter in hidden.members[1:]:
        shown, real = hidden.row(letter, "stage_1_received"), comparison.row(back[letter], "stage_1_received")
        assert shown is not None and real is not None and shown["value"] == real["value"]


def test_with_names_hidden_neither_order_nor_children_nor_breaks_tell(region: Comparison, samples: Run) -> None:
    told = "York took over from North Yorkshire"
    region = replace(
        region,
        indicators=region.indicators.assign(
            caveat=f"break in the series in 2023-24: {told}; {told}; the reading is doubtful"
        ),
    )
    hidden, letters = writing_packs.with_names_hidden(samples, region)
    order = list(dict.fromkeys(hidden.history["authority"]))
    assert order == [region.focus, *(f"Council {letter}" for letter in "ABCDEFGHIJKLM")]
    assert "rate" not in set(hidden.indicators["unit"]) and 40_000.0 not in set(hidden.indicators["denominator"])
    others = hidden.indicators[hidden.indicators["authority"] != region.focus]
    assert not others["caveat"].str.contains("York").any() and others["caveat"].str.contains("another council").all()
    assert others["caveat"].str.contains("the reading is doubtful").all()
    assert set(letters) == set(region.members) - {region.focus}


@pytest.mark.slow
def test_a_member_without_a_report_for_the_year_stops_nobody(samples: Run, tmp_path: Path) -> None:
    made = writing_packs.pack(samples, ["Bury", "North Lincolnshire"], tmp_path / "p", period="2023-24")
    assert [p.name for p in made] == ["bury"] and (tmp_path / "p" / "letters.csv").exists()
    with pytest.raises(cb.NoComparisonError, match="no council of the group has a report"):
        writing_packs.pack(samples, ["Oldham"], tmp_path / "none")
    with pytest.raises(cb.NoComparisonError, match="differ from council to council"):
        writing_packs.pack(samples, ["neighbours"], tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.slow
def test_only_build_writes_the_dataset(built: Path, councilbench: Call) -> None:
    councilbench("build", built, "--suppress-below", "5")
    before = (built / "dataset" / "indicators.csv").read_bytes()
    said = councilbench("compare", built, "--focus", "Telford", "--against", "all", "--out", "r.html")
    assert "counts under 5 are withheld" in said.stderr and "(1 of 5)" not in Path("r.html").read_text(encoding="utf-8")
    all_of_it = ("--suppress-below", "0", "--out", "all.html")
    councilbench("compare", built, "--focus", "Telford", "--against", "all", *all_of_it)
    assert "(1 of 5)" in Path("all.html").read_text(encoding="utf-8")
    assert (built / "dataset" / "indicators.csv").read_bytes() == before
    councilbench("build", built)
    assert (built / "dataset" / "indicators.csv").read_bytes() != before


@pytest.mark.slow
def test_the_key_names_every_letter(packs: Path) -> None:
    rows = list(csv.DictReader((packs / "letters.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {(r["pack"], r["council"]) for r in rows} == {("Bury", "Telford and Wrekin"), ("Telford and Wrekin", "Bury")}


@pytest.mark.slow
def test_the_version_for_publication_withholds_small_counts(packs: Path) -> None:
    page = (packs / "telford-and-wrekin" / "public.html").read_text(encoding="utf-8")
    own = (packs / "telford-and-wrekin" / "report.html").read_text(encoding="utf-8")
    assert "counts under 5" in page and "[c]" in page
    assert "20% (1 of 5)" in own and "20% (1 of 5)" not in page
    assert "1 of 19 complaints have no outcome given" in own
    assert "1 of 19 complaints" not in page and "1 of the closed" not in page
    assert 'class="crop"' in own and 'class="crop"' not in page


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two samples, built."""
    folder = tmp_path_factory.mktemp("region")
    runner = CliRunner()
    for arguments in (
        ["init", folder],
        ["add", SAMPLES / "bury-2023-24.pdf", SAMPLES / "telford-and-wrekin-2023-24.pdf", "--workspace", folder],
        ["build", folder],
    ):
        assert runner.invoke(cli, [str(a) for a in arguments], catch_exceptions=False).exit_code == 0
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", ["r.html", "r.xlsx", "r.docx", "r.md"])
def test_compare_writes_what_the_name_ends_in(name: str, built: Path, councilbench: Call) -> None:
    done = councilbench("compare", built, "--focus", "Bury", "--against", "all", "--out", name)
    assert done.exit_code == 0 and Path(name).stat().st_size > 2_000


@pytest.mark.slow
def test_charts_are_written_one_by_one_with_their_words(built: Path, councilbench: Call) -> None:
    done = councilbench("charts", built, "--focus", "Bury", "--against", "all", "--out", "charts")
    assert done.exit_code == 0
    slugs = {p.stem for p in Path("charts").glob("*.png")}
    assert {"stage-volumes", "timeliness", "child-voice"} <= slugs
    for slug in slugs:
        assert Path(f"charts/{slug}.svg").read_text(encoding="utf-8").startswith("<svg")
        assert "unsafe" not in Path(f"charts/{slug}.html").read_text(encoding="utf-8")[:2_000]
    assert "Bury answered 63% of stage 1 complaints" in Path("charts/timeliness.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_charts_of_an_earlier_comparison_do_not_stay_among_those_of_another(built: Path, councilbench: Call) -> None:
    councilbench("charts", built, "--focus", "Telford", "--against", "all", "--out", "charts")
    before = {p.name for p in Path("charts").glob("*.*")}
    Path("charts/notes.txt").write_text("mine", encoding="utf-8")
    councilbench("charts", built, "--focus", "Bury", "--against", "all", "--out", "charts")
    after = {p.name for p in Path("charts").glob("*.*")}
    assert "stage-flow.png" in before - after and not {n for n in before - after if not n.startswith("stage-flow")}
    assert "notes.txt" in after


@pytest.mark.slow
def test_another_ending_is_refused_before_anything_is_read(built: Path, councilbench: Call) -> None:
    done = councilbench("compare", built, "--focus", "Bury", "--out", "r.pptx")
    assert done.exit_code == 2
    assert "r.pptx: cannot be written; use a name that ends in .html" in done.output and "reading" not in done.output


def corrected_copy(built: Path, value: object = 104, why: object = None) -> Path:
    done = CliRunner().invoke(cli, ["compare", str(built), "--focus", "Bury", "--against", "all", "--out", "sent.xlsx"])
    assert done.exit_code == 0, done.output
    book = load_workbook("sent.xlsx")
    page = book["Figures"]
    (head,) = (line for line in page.iter_rows() if line[0].value == "Figure id")
    place = {c.value: c.column for c in head}
    for line in page.iter_rows(min_row=head[0].row + 1):
        if line[place["Council"] - 1].value == "Bury" and line[place["Value"] - 1].value == 106:
            line[place["Value"] - 1].value = value
            line[place["Why"] - 1].value = why
    book.save("back.xlsx")
    return Path("back.xlsx")


@pytest.mark.slow
def test_a_correction_goes_from_the_copy_into_the_report(built: Path, councilbench: Call) -> None:
    copy = corrected_copy(built)
    done = CliRunner().invoke(
        cli, ["corrections", "import", str(copy), "--workspace", str(built)], input="J Smith, Bury\ntwo withdrawn\ny\n"
    )
    assert done.exit_code == 0, done.output
    assert "106 -> 104" in done.output and "1 kept" in done.output
    assert "J Smith, Bury: Bury 2023-24" in councilbench("corrections", "list", "--workspace", built).output
    councilbench("compare", built, "--focus", "Bury", "--against", "all", "--out", "r.html")
    page = Path("r.html").read_text(encoding="utf-8")
    assert "Bury received 104 complaints at stage 1" in page
    assert "corrected by the council" in page and "106 to 104 by J Smith, Bury" in page
    assert "The report was read as 106; J Smith, Bury gave 104" in page and "two withdrawn" in page
    councilbench(
        "compare", built, "--focus", "Bury", "--against", "all", "--suppress-below", "5", "--out", "public.html"
    )
    assert "106 to 104" not in Path("public.html").read_text(encoding="utf-8"), "a correction prints its numbers"
    (built / "corrections.csv").unlink()


@pytest.mark.slow
def test_nothing_is_kept_without_a_yes(built: Path, councilbench: Call) -> None:
    copy = corrected_copy(built, 104, "checked")
    done = CliRunner().invoke(
        cli, ["corrections", "import", str(copy), "--workspace", str(built), "--who", "J"], input="n\n"
    )
    assert done.exit_code == 0 and "nothing was kept" in done.output
    assert not (built / "corrections.csv").exists()


@pytest.mark.slow
def test_a_council_corrects_its_own_figures_only(built: Path, councilbench: Call) -> None:
    copy = corrected_copy(built)
    done = councilbench("corrections", "import", copy, "--council", "Telford and Wrekin", "--workspace", built, "--yes")
    assert done.exit_code == 1
    assert "no figure of Telford and Wrekin: changed: Bury" in done.output
    assert not (built / "corrections.csv").exists()


def test_a_workspace_without_a_dataset_is_told_to_build(councilbench: Call) -> None:
    councilbench("init", "w")
    done = councilbench("corrections", "import", "x.xlsx", "--workspace", "w")
    assert done.exit_code == 3 and "councilbench build" in done.output


@pytest.mark.slow
@pytest.mark.slow
def test_outputs_of_another_time_are_the_same_bytes_where_the_time_is_set(
    built: Path, tmp_path: Path, councilbench: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made: list[dict[str, bytes]] = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        for name, *more in (("r.html", "--brief"), ("r.xlsx",)):
            done = councilbench("compare", built, "--focus", "Bury", "--against", "all", "--out", folder / name, *more)
            assert done.exit_code == 0, done.output
        assert councilbench("export", built, "--out", folder / "release").exit_code == 0
        made.append({p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
        time.sleep(2.1)  # zip files count in steps of two seconds
    first, second = made
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert b"14 November 2023" in first["r.html"], "the report bears the date that was set"


def test_export_writes_a_data_package(built: Path, councilbench: Call) -> None:
    done = councilbench("export", built, "--out", "release")
    assert done.exit_code == 0
    package = json.loads(Path("release/datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        assert (Path("release") / resource["path"]).exists()
    assert councilbench("export", built, "--out", "release").exit_code == 0, "an earlier export is replaced"
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("do not delete")
    refused = councilbench("export", built, "--out", "mine")
    assert refused.exit_code != 0 and Path("mine/thesis.txt").read_text() == "do not delete"


@pytest.mark.slow
def test_check_workbook_tells_good_from_bad(built: Path, councilbench: Call) -> None:
    councilbench("compare", built, "--focus", "Bury", "--against", "all", "--out", "good.xlsx")
    good = councilbench("check-workbook", "good.xlsx")
    assert good.exit_code == 0 and "0 essential and 3 desirable" in good.output and good.output.count("[charts]") == 2
    book = load_workbook("good.xlsx")
    book["Volumes"].merge_cells("A1:B1")
    book.save("bad.xlsx")
    bad = councilbench("check-workbook", "bad.xlsx", "good.xlsx")
    assert bad.exit_code == 1 and "Volumes!A1" in bad.output and "[merged-cells]" in bad.output
    Path("no.xlsx").write_text("no")
    refused = councilbench("check-workbook", "no.xlsx")
    assert refused.exit_code == 3 and "no.xlsx" in refused.output


def test_the_python_interface_is_what_it_says() -> None:
    for name in cb.__all__:
        assert getattr(cb, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        cb.nothing  # noqa: B018
