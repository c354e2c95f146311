"""The export for researchers, read back by nothing but what its own descriptor and codebook say."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from corpus import councils
from corpus.store import CannotWriteError
from councilbench.runs import Run
from normalise import codes as model
from normalise import comparability, crosswalk, indicators, ledger
from normalise import export as module
from normalise.audit import finding
from normalise.export import (
    FILES,
    NOT_STATED,
    OGL,
    codes,
    dfe,
    dfe_columns,
    dfe_meta,
    export,
    fields,
    fields_of,
    tables,
)
from normalise.reading import trace

Frames = dict[str, pd.DataFrame]
NAMES = [name for name in FILES if name != "documents"]
COLUMNS = {
    "observations": model.COLUMNS,
    "indicators": indicators.COLUMNS,
    "comparability": comparability.COLUMNS,
    "discrepancies": finding.COLUMNS,
    "ledger": ledger.COLUMNS,
    "themes": crosswalk.COLUMNS,
    "readings": trace.COLUMNS,
}


@pytest.fixture(scope="module")
def frames(samples: Run) -> Frames:
    return {name: getattr(samples, name) for name in NAMES}


@pytest.fixture(scope="module")
def sources(samples: Run) -> list[dict[str, str]]:
    return [
        {
            "document": r.document.slug,
            "authority": r.document.council,
            "period": r.document.period,
            "title": "",
            "licence": r.document.licence,
        }
        for r in samples.results
    ]


@pytest.fixture(scope="module")
def exported(frames: Frames, sources: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "export"
    export(frames, folder, sources, "2026.1")
    return folder


def descriptor(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


# A reader and validator of its own, from the text of the standard


def read(folder: Path, resource: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a resource with the types of its fields; what the descriptor lists as missing is None."""
    schema = resource["schema"]
    text = (folder / resource["path"]).read_bytes().decode(resource["encoding"])
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert schema["fieldsMatch"] == "exact" and head == [f["name"] for f in schema["fields"]]
    convert: dict[str, Callable[[str], Any]] = {"string": str, "number": float, "integer": int}
    found = []
    for row in rows:
        values = {}
        for field, cell in zip(schema["fields"], row, strict=True):
            missing = [m["value"] for m in field.get("missingValues", schema["missingValues"])]
            values[field["name"]] = None if cell in missing else convert[field["type"]](cell)
        found.append(values)
    return found


RULES: dict[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, listed: value in listed,
    "pattern": lambda value, pattern: re.fullmatch(pattern, value) is not None,
    "minimum": lambda value, least: value >= least,
    "maximum": lambda value, most: value <= most,
    "maxLength": lambda value, most: len(value) <= most,
}


def violations(folder: Path) -> list[str]:
    """Every place where the data are not what the descriptor says."""
    package = descriptor(folder)
    data = {r["name"]: read(folder, r) for r in package["resources"]}
    found = []
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        rows = data[name]

        def key(row: dict[str, Any], columns: list[str]) -> tuple[Any, ...] | None:
            values = tuple(row[c] for c in columns)
            return None if None in values else values

        for field in schema["fields"]:
            rules = dict(field.get("constraints", {}))
            values = [row[field["name"]] for row in rows]
            present = [v for v in values if v is not None]
            if rules.pop("required", False) and len(present) < len(values):
                found.append(f"{name}.{field['name']}: required")
            if rules.pop("unique", False) and len(set(present)) < len(present):
                found.append(f"{name}.{field['name']}: unique")
            found += [
                f"{name}.{field['name']}: {rule}"
                for rule, limit in rules.items()
                if not all(RULES[rule](v, limit) for v in present)
            ]
            if "categories" in field:
                assert [c["value"] for c in field["categories"]] == rules["enum"]
        primary = schema.get("primaryKey", [])
        if primary:
            keys = [key(row, primary) for row in rows]
            if None in keys or len(set(keys)) < len(keys):
                found.append(f"{name}: primaryKey")
        for unique in schema.get("uniqueKeys", []):
            keys = [k for k in (key(row, unique) for row in rows) if k is not None]
            if len(set(keys)) < len(keys):
                found.append(f"{name}: uniqueKeys")
        for foreign in schema.get("foreignKeys", []):
            there = foreign["reference"]
            known = {key(row, there["fields"]) for row in data[there["resource"]]}
            if not {key(row, foreign["fields"]) for row in rows} <= known | {None}:
                found.append(f"{name}: foreignKeys to {there['resource']}")
    return found


# Data Package


def test_the_data_are_what_the_descriptor_says(exported: Path) -> None:
    package = descriptor(exported)
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [r["name"] for r in package["resources"]] == [*FILES, "dfe_indicators"]
    assert all(r["type"] == "table" and r["schema"]["fields"] for r in package["resources"])
    assert violations(exported) == []


@pytest.mark.parametrize(
    ("name", "column", "value", "said"),
    [
        ("observations", "stage", "stage_9", "observations.stage: enum"),
        ("observations", "value", -1.0, "observations.value: minimum"),
        ("observations", "confidence", 1.5, "observations.confidence: maximum"),
        ("observations", "period", "2023/24", "observations.period: pattern"),
        ("observations", "quote", "x" * 241, "observations.quote: maxLength"),
        ("observations", "measure", "", "observations.measure: required"),
        ("observations", "page", 0, "observations.page: minimum"),
        ("indicators", "la_number", "35", "indicators.la_number: pattern"),
        ("indicators", "procedure", "corporate", "indicators: uniqueKeys"),
        ("indicators", "indicator", "stage_1_received", "comparability: foreignKeys to indicators"),
        ("ledger", "inputs", "0" * 12, "ledger: foreignKeys to observations"),
        ("ledger", "item", "themes", "ledger: primaryKey"),
        ("themes", "share", 101.0, "themes.share: maximum"),
        ("discrepancies", "severity", "grave", "discrepancies.severity: enum"),
    ],
)
def test_a_wrong_value_breaks_what_the_descriptor_says(
    name: str, column: str, value: Any, said: str, frames: Frames, tmp_path: Path
) -> None:
    wrong = frames[name].copy()
    rows = wrong.index if column in ("procedure", "indicator", "item") else wrong.index[[0]]
    wrong.loc[rows, column] = value
    if column in ("procedure", "indicator", "item"):
        wrong[[c for c in ("document", "authority", "period") if c in wrong]] = "one"
    export(frames | {name: wrong}, tmp_path / "export")
    assert said in violations(tmp_path / "export")


@pytest.mark.parametrize("name", NAMES)
def test_reading_the_csv_by_its_descriptor_gives_the_dataset(name: str, exported: Path, frames: Frames) -> None:
    (resource,) = [r for r in descriptor(exported)["resources"] if r["name"] == name]
    rows = read(exported, resource)
    expected = frames[name].to_dict("records")
    assert len(rows) == len(expected) > 0
    for row, wanted in zip(rows, expected, strict=True):
        assert row == {k: None if v is None or pd.isna(v) or v == "" else v for k, v in wanted.items()}


@pytest.mark.parametrize("name", NAMES)
def test_parquet_holds_the_dataset_with_its_types(name: str, exported: Path, frames: Frames) -> None:
    read_back = pd.read_parquet(exported / "parquet" / f"{name}.parquet")
    pd.testing.assert_frame_equal(read_back, frames[name], check_dtype=False)
    types = {"string": "str", "number": "float64", "integer": "Int64"}
    assert {c: str(t) for c, t in read_back.dtypes.items()} == {f.column: types[f.type] for f in fields_of(name)}


def test_the_files_are_those_whose_size_and_hash_the_descriptor_gives(exported: Path) -> None:
    package = descriptor(exported)
    for resource in package["resources"]:
        data = (exported / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
        assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    there = {p.relative_to(exported).as_posix() for p in exported.rglob("*") if p.is_file()}
    assert set(package["files"]) == there


def test_texts_stay_as_published(frames: Frames, tmp_path: Path) -> None:
    """A formula gets no apostrophe; commas, quotes and line breaks of every kind stay in their cell."""
    hostile = frames["observations"].copy()
    texts = ["=1+1", '@"a", b', "two\nlines", "NA", " nan "]
    hostile.loc[hostile.index[: len(texts)], "label"] = texts
    hostile.loc[hostile.index[5], "label"] = "carriage\rreturn"
    export(frames | {"observations": hostile}, tmp_path / "export")
    rows = read(tmp_path / "export", descriptor(tmp_path / "export")["resources"][0])
    assert [r["label"] for r in rows[:6]] == [*texts, "carriage\nreturn"]
    assert pd.read_parquet(tmp_path / "export" / "parquet" / "observations.parquet")["label"][5] == "carriage\rreturn"


def test_missing_values_have_labels(exported: Path) -> None:
    package = descriptor(exported)
    by_name = {(r["name"], f["name"]): f for r in package["resources"] for f in r["schema"]["fields"]}

    def labels(resource: str, field: str) -> dict[str, str]:
        return {m["value"]: m["label"] for m in by_name[resource, field]["missingValues"]}

    for column in ("value", "value_low", "value_high"):
        assert set(labels("observations", column)) == {"", "[c]", "[k]", "[u]", "[x]", "[z]"}
    assert labels("indicators", "value")["[x]"] == labels("dfe_indicators", "compliments_count")["x"] == "Not available"
    assert "missingValues" not in by_name["ledger", "shorthand"]
    assert "value_status" in package["description"]
    status = by_name["indicators", "value_status"]
    assert {"value": "b", "label": "Break in series: the first value after a change in what is counted"} in status[
        "categories"
    ]


def test_patterns_are_those_of_xml_schema(exported: Path) -> None:
    for resource in descriptor(exported)["resources"]:
        for field in resource["schema"]["fields"]:
            assert "(?" not in field.get("constraints", {}).get("pattern", ""), field["name"]


# What is described


def test_every_column_is_described_once_and_every_description_has_its_column(frames: Frames) -> None:
    for name in NAMES:
        assert [f.column for f in fields_of(name)] == list(COLUMNS[name]) == list(frames[name].columns)
    reports = tables(frames)["documents"]
    assert [f.column for f in fields_of("documents")] == list(reports.columns)
    layout = dfe(frames["indicators"], reports)
    assert [f.column for f in fields_of("dfe_indicators")] == [
        c for c in layout if c not in {d.column for d in dfe_columns()}
    ]
    assert {f.file for f in fields()} == {*FILES, "dfe_indicators"}
    for f in fields():
        assert f.title and f.source and len(f.description) > 5 and not f.description.endswith("."), f
        assert f.type in ("string", "number", "integer") and (f.unit or f.type == "string"), f


@pytest.mark.parametrize(
    ("column", "of_the_model"),
    [
        ("observations.scope", model.SCOPES),
        ("observations.procedure", model.PROCEDURES),
        ("observations.stage", model.STAGES),
        ("observations.measure", model.MEASURES),
        ("observations.unit", model.UNITS),
        ("observations.base", model.BASES),
        ("observations.method", model.METHODS),
        ("observations.value_status", model.VALUE_STATUS | {"b"}),
        ("indicators.indicator", {d.indicator for d in indicators.definitions()}),
        ("indicators.comparability", {"comparable", "caveat", "not"}),
        ("comparability.state", set(comparability.STATES)),
        ("comparability.denominator_is", model.BASES),
        ("discrepancies.check", set(finding.checks())),
        ("discrepancies.severity", {c.severity for c in finding.checks().values()}),
        ("ledger.state", set(ledger.STATES)),
        ("ledger.shorthand", set(ledger.STATES.values())),
        ("ledger.item", {i.item for i in ledger.items()}),
        ("themes.standard", set(crosswalk.STANDARD)),
        ("dfe_indicators.region_name", set(councils.REGIONS)),
    ],
)
def test_codes_are_those_of_the_model_with_labels_of_their_own(column: str, of_the_model: set[str]) -> None:
    listed = codes(*column.split("."))
    assert set(listed) == of_the_model - {""}
    assert all(listed.values()) and len(set(listed.values())) == len(listed)


def test_units_of_indicators_have_labels() -> None:
    assert {d.unit for d in indicators.definitions()} | model.UNITS == set(codes("indicators", "unit"))
    assert set(module.FORMULAS) == set(indicators.KINDS)


def test_the_codebook_names_every_column_code_and_indicator(exported: Path) -> None:
    text = (exported / "codebook.md").read_text(encoding="utf-8")
    book = pd.read_csv(exported / "codebook.csv", dtype=str, keep_default_na=False)
    for resource in descriptor(exported)["resources"]:
        section = text.split(f"`{resource['path']}`\n")[1].split("\n## ")[0]
        rows = book[(book["kind"] == "column") & (book["file"] == resource["path"])]
        assert list(rows["column"]) == [f["name"] for f in resource["schema"]["fields"]]
        for field in resource["schema"]["fields"]:
            assert (
                f"| {field['name']} | {field['type']} | {field.get('unit', '')} | {field['description']} |" in section
            )
            for category in field.get("categories", []):
                code = book[
                    (book["file"] == resource["path"])
                    & (book["column"] == field["name"])
                    & (book["code"] == category["value"])
                ]
                assert category["label"] in set(code["title"])
                assert category["value"] in text and category["label"] in text
    found = book[book["kind"] == "indicator"].set_index("code")
    assert list(found.index) == [d.indicator for d in indicators.definitions()]
    assert found.loc["stage_1_within_10_days", "direction"] == "higher is better"
    assert found.loc["stage_1_received", "direction"] == "neither is better"
    assert found.loc["escalation_rate_1_to_2", "formula"] == "100 × received@stage_2 / received@stage_1"
    assert all(
        f"| {row['formula']} | {row['description']} | {row['direction']} |" in text for row in found.to_dict("records")
    )
    assert "| [c] | Confidential: withheld so that nobody can be recognised |" in text
    categories = set(book[book["kind"] == "category"]["code"])
    assert {f"{m}:{c}" for m, listed in model.CATEGORIES.items() for c in listed} <= categories


# The Department's layout

FIXED = [
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code", "region_name",
    "old_la_code", "new_la_code", "la_name", "procedure",
]  # fmt: skip


@pytest.fixture(scope="module")
def layout(exported: Path) -> pd.DataFrame:
    return pd.read_csv(exported / "dfe" / "councilbench_indicators.csv", dtype=str, keep_default_na=False)


def test_the_departments_columns_stand_in_order_with_a_row_a_key(layout: pd.DataFrame) -> None:
    assert list(layout.columns[:11]) == FIXED
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*_(count|percent|rate|ratio|average)", c) for c in layout.columns[11:])
    assert not layout.duplicated(["time_period", "new_la_code", "procedure"]).any()
    assert layout["time_period"].str.fullmatch(r"20\d{4}").all()
    assert (layout["time_period"].str[2:4].astype(int) + 1 == layout["time_period"].str[4:].astype(int)).all()
    assert layout["old_la_code"].str.fullmatch(r"\d{3}").all() and layout["new_la_code"].str.fullmatch(r"E\d{8}").all()
    assert set(layout["region_code"]) <= {f"E1200000{n}" for n in range(1, 10)}
    for column, value in (
        ("time_identifier", "Financial year"),
        ("geographic_level", "Local authority"),
        ("country_code", "E92000001"),
    ):
        assert set(layout[column]) == {value}
    for column in layout.columns[11:]:
        assert layout[column].str.fullmatch(r"\d+(\.\d+)?|[ckuxz]").all(), column


def test_burys_row_holds_what_its_report_says(layout: pd.DataFrame) -> None:
    (row,) = layout[(layout["la_name"] == "Bury") & (layout["time_period"] == "202324")].to_dict("records")
    assert [row[c] for c in FIXED] == [
        "202324", "Financial year", "Local authority", "E92000001", "England", "E12000002", "North West", "351", "E08000002", "Bury",
        "Children's statutory procedure",
    ]  # fmt: skip
    assert row["stage_1_received_count"] == "106"
    assert (row["stage_1_within_10_days_percent"], row["stage_1_within_20_days_percent"]) == ("14.3", "63.4")
    assert (row["ombudsman_received_count"], row["compliments_count"]) == ("8", "20")
    assert float(row["compliments_per_complaint_ratio"]) == pytest.approx(20 / 106, abs=1e-12)
    assert row["stage_2_received_count"] == row["stage_1_upheld_percent"] == "x"


def test_every_comparable_indicator_of_a_councils_own_year_is_there_and_no_other(
    layout: pd.DataFrame, frames: Frames, samples: Run
) -> None:
    """Each sample report is the only one of its council, so the layout and the indicators must say the same."""
    seen = 0
    columns = {(c.indicator, c.unit): c.column for c in dfe_columns()}
    rows = {(r["new_la_code"], r["time_period"], r["procedure"]): r for r in layout.to_dict("records")}
    for r in frames["indicators"].to_dict("records"):
        row = rows[r["authority_code"], r["period"].replace("-", ""), module.PROCEDURES[r["procedure"]]]
        cell = row[columns[r["indicator"], r["unit"]]]
        if r["comparability"] == "not":
            assert cell == "x"
        else:
            seen += 1
            assert float(cell) == pytest.approx(r["value"], rel=1e-14)
    values = layout[layout.columns[11:]].map(lambda cell: cell[0].isdigit()).to_numpy().sum()
    assert values == seen > 50


def test_what_a_procedure_does_not_have_is_not_applicable(layout: pd.DataFrame) -> None:
    corporate = layout[layout["procedure"] == "Corporate procedure"]
    assert len(corporate) and set(corporate["stage_3_received_count"]) == {"z"}
    assert "z" not in set(layout[layout["procedure"] == "Children's statutory procedure"]["stage_3_received_count"])


def indicator_row(frames: Frames, **changed: Any) -> dict[str, Any]:
    """Bury's stage 1 complaints of 2023-24, changed."""
    own = frames["indicators"]
    (row,) = own[
        (own["authority"] == "Bury") & (own["period"] == "2023-24") & (own["indicator"] == "stage_1_received")
    ].to_dict("records")
    return {**row, **changed}


def reports_of(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame([dict(zip(("document", "authority", "period"), row, strict=True)) for row in rows])


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (["later", "own", "other"], "1"),
        (["later", "other"], "2"),
        (["other", "much-later", "later"], "2"),
        (["other"], "3"),
    ],
)
def test_a_councils_own_report_for_the_year_comes_first(documents: list[str], expected: str, frames: Frames) -> None:
    values = {"own": 1.0, "later": 2.0, "other": 3.0, "much-later": 4.0}
    reports = reports_of(
        ("own", "Bury", "2023-24"), ("later", "Bury", "2024-25"), ("other", "Oldham", "2023-24"), ("much-later", "Bury", "2027-28")
    )  # fmt: skip
    # The later report has more to say of the year; it still is not the year's own.
    rows = [indicator_row(frames, document=d, value=values[d]) for d in documents]
    rows += [indicator_row(frames, document=d, indicator="compliments") for d in documents if d != "own"]
    result = dfe(pd.DataFrame(rows), reports)
    assert list(result["stage_1_received_count"]) == [expected]
    assert result["compliments_count"][0] == ("x" if "own" in documents else "106")


def test_a_report_that_sources_do_not_name_is_that_of_the_year_it_says_most_of(frames: Frames, tmp_path: Path) -> None:
    export({"indicators": frames["indicators"]}, tmp_path / "export")
    found = pd.read_csv(tmp_path / "export" / "data" / "documents.csv").set_index("document")
    assert tuple(found.loc["bury-2023-24", ["authority", "period"]]) == ("Bury", "2023-24")
    assert tuple(found.loc["north-lincolnshire-2019-20", ["authority", "period"]]) == ("North Lincolnshire", "2019-20")
    assert set(found["licence"]) == {NOT_STATED}


def test_symbols_stand_in_place_of_what_is_withheld_or_not_comparable(frames: Frames) -> None:
    rows = [
        indicator_row(frames, value=None, value_status="c", comparability="not"),
        indicator_row(frames, indicator="stage_2_received", value=7.0, value_status="", comparability="not"),
        indicator_row(frames, indicator="compliments", value=9.0, value_status="b", comparability="caveat"),
    ]
    (row,) = dfe(pd.DataFrame(rows), reports_of(("bury-2023-24", "Bury", "2023-24"))).to_dict("records")
    assert (row["stage_1_received_count"], row["stage_2_received_count"], row["compliments_count"]) == ("c", "x", "9")


def test_working_days_and_other_days_stand_apart(frames: Frames) -> None:
    rows = [
        indicator_row(frames, indicator="stage_1_mean_response_days", unit="working_days", value=16.25),
        indicator_row(frames, indicator="stage_2_mean_response_days", unit="days", value=89.0),
    ]
    (row,) = dfe(pd.DataFrame(rows), reports_of(("bury-2023-24", "Bury", "2023-24"))).to_dict("records")
    assert (row["stage_1_response_working_days_average"], row["stage_1_response_days_average"]) == ("16.25", "x")
    assert (row["stage_2_response_working_days_average"], row["stage_2_response_days_average"]) == ("x", "89")


def test_averages_unknown_authorities_and_parts_of_years_are_left_out(frames: Frames) -> None:
    rows = [
        indicator_row(frames, authority="England", authority_code="", la_number=""),
        indicator_row(frames, authority="", authority_code="", la_number=""),
        indicator_row(frames, authority="Nowhere", authority_code="E06999999", la_number="999"),
        indicator_row(frames, period="2023-24 Q1"),
        indicator_row(frames, period="2023"),
    ]
    assert dfe(pd.DataFrame(rows), reports_of(("bury-2023-24", "Bury", "2023-24"))).empty


def test_the_register_gives_codes_that_the_department_takes() -> None:
    for council in councils.register():
        assert re.fullmatch(r"\d{3}", council.la_number) and re.fullmatch(r"E(06|08|09|10)\d{6}", council.gss_code)
        assert council.region in module.REGION_CODES
    assert sorted(module.REGION_CODES.values()) == [f"E1200000{n}" for n in range(1, 10)]


def test_the_metadata_file_describes_the_columns(exported: Path, layout: pd.DataFrame) -> None:
    meta = pd.read_csv(exported / "dfe" / "councilbench_indicators.meta.csv", dtype=str, keep_default_na=False)
    assert list(meta.columns) == [
        "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column",
    ]  # fmt: skip
    assert list(meta["col_name"]) == list(layout.columns[10:])
    assert list(meta["col_type"]) == ["Filter"] + ["Indicator"] * (len(meta) - 1)
    assert (meta["label"] != "").all() and meta["label"].is_unique
    assert set(meta["indicator_unit"]) == {"", "%", "£"}
    percents = meta["col_name"].str.endswith("_percent")
    assert (percents == (meta["indicator_unit"] == "%")).all()
    # A filter with a single value is none (Explore Education Statistics refuses it).
    alone = dfe_meta(layout[layout["procedure"] == "Corporate procedure"])
    assert "Filter" not in set(alone["col_type"])


# Licences and citation


def test_no_licence_is_made_up(exported: Path) -> None:
    package = descriptor(exported)
    assert [set(x) for x in package["licenses"]] == [{"path", "title"}]
    assert {s["licence"] for s in package["sources"]} == {NOT_STATED}
    assert {s["document"] for s in package["sources"]} >= {"bury-2023-24", "birmingham-2021-22"}
    assert OGL not in (exported / "README.md").read_text(encoding="utf-8")
    assert "\nlicense" not in (exported / "CITATION.cff").read_text(encoding="utf-8")


def test_a_stated_licence_is_kept_with_its_report(frames: Frames, tmp_path: Path) -> None:
    stated = {
        "document": "bury-2023-24", "authority": "Bury", "period": "2023-24", "title": 'Annual report: "2023" | <b>', "licence": "OGL-UK-3.0",
    }  # fmt: skip
    export(frames, tmp_path / "export", [stated])
    licences = {s["document"]: s["licence"] for s in descriptor(tmp_path / "export")["sources"]}
    assert licences["bury-2023-24"] == "OGL-UK-3.0" and licences["birmingham-2021-22"] == NOT_STATED
    readme = (tmp_path / "export" / "README.md").read_text(encoding="utf-8")
    assert OGL in readme
    assert '| Annual report: "2023" \\| &lt;b> | Bury | 2023-24 | bury-2023-24 | OGL-UK-3.0 |' in readme
    citation = (tmp_path / "export" / "CITATION.cff").read_text(encoding="utf-8")
    assert 'title: "Annual report: \\"2023\\" | <b>"' in citation


def test_the_citation_says_what_version_and_whose_reports(exported: Path, frames: Frames, tmp_path: Path) -> None:
    lines = (exported / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "cff-version: 1.2.0" and "type: dataset" in lines and 'version: "2026.1"' in lines
    assert any(re.fullmatch(r'date-released: "\d{4}-\d\d-\d\d"', line) for line in lines)
    assert '      - name: "Bury Metropolitan Borough Council"' in lines
    assert descriptor(exported)["version"] == "2026.1"
    export(frames, tmp_path / "export")
    assert "version" not in descriptor(tmp_path / "export")
    assert "\nversion:" not in (tmp_path / "export" / "CITATION.cff").read_text(encoding="utf-8")


# Folders


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_paths_returned_are_the_files_written(frames: Frames, tmp_path: Path) -> None:
    paths = export(frames, tmp_path / "deep" / "export")
    assert sorted(paths) == sorted(p for p in (tmp_path / "deep" / "export").rglob("*") if p.is_file())
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["export"]


def test_an_earlier_export_is_replaced_and_leaves_no_stray_file(frames: Frames, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    names = {p.relative_to(folder) for p in export(frames, folder)}
    package = descriptor(folder)
    (folder / "data" / "old.csv").write_text("from an older version\n")
    (folder / ".DS_Store").write_text("left by the Finder")
    (folder / "datapackage.json").write_text(json.dumps(package | {"files": [*package["files"], "data/old.csv"]}))
    assert {p.relative_to(folder) for p in export(frames | {"themes": frames["themes"].iloc[:1]}, folder)} == names
    assert {p.relative_to(folder) for p in folder.rglob("*") if p.is_file()} == names
    assert len(pd.read_csv(folder / "data" / "themes.csv")) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"thesis.docx": "years of work"}, "no earlier export"),
        ({"datapackage.json": '{"name": "somebody-elses"}'}, "no earlier export"),
        ({"datapackage.json": '["councilbench"]'}, "no earlier export"),
        ({"datapackage.json": "{"}, "no earlier export"),
        (
            {"datapackage.json": '{"name": "councilbench", "files": ["datapackage.json"]}', "data/notes.txt": "mine"},
            "data/notes.txt",
        ),
        (
            {"datapackage.json": '{"name": "councilbench", "files": ["datapackage.json"]}', ".git/config": "mine"},
            ".git/config",
        ),
    ],
)
def test_a_foreign_folder_is_refused_and_untouched(
    there: dict[str, str], said: str, frames: Frames, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    for name, text in there.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    before = contents(tmp_path)
    with pytest.raises(CannotWriteError, match=re.escape(said)) as caught:
        export(frames, folder)
    assert str(caught.value).startswith(f"{folder}: ") and str(caught.value).count(".\n") == 0
    assert contents(tmp_path) == before


def test_a_file_and_the_current_folder_are_refused(
    frames: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWriteError, match="is no folder"):
        export(frames, tmp_path / "file")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    with pytest.raises(CannotWriteError, match="working in"):
        export(frames, Path())


def test_an_error_half_way_leaves_the_earlier_export_as_it_was(
    frames: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "export"
    export(frames, folder)
    before = contents(tmp_path)

    def full(frame: pd.DataFrame, path: Path, index: bool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    with pytest.raises(CannotWriteError, match="No space left"):
        export(frames, folder)
    assert contents(tmp_path) == before
    assert [p.name for p in tmp_path.iterdir()] == ["export"]


def test_the_earlier_export_comes_back_where_the_new_one_cannot_take_its_place(
    frames: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "export"
    export(frames, folder)
    before = contents(tmp_path)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name.startswith(".export.councilbench-") and not self.name.endswith("before"):
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(CannotWriteError, match="Permission denied"):
        export(frames, folder)
    assert contents(tmp_path) == before


def test_an_empty_dataset_gives_tables_with_heads_only(tmp_path: Path) -> None:
    export({name: pd.DataFrame() for name in NAMES}, tmp_path / "export")
    assert violations(tmp_path / "export") == []
    for name in FILES:
        text = (tmp_path / "export" / "data" / f"{name}.csv").read_text()
        assert text == ",".join(f.column for f in fields_of(name)) + "\n"
        assert pd.read_parquet(tmp_path / "export" / "parquet" / f"{name}.parquet").empty
    assert "sources" not in descriptor(tmp_path / "export")


def test_a_frame_with_other_columns_is_refused_and_nothing_written(frames: Frames, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"themes.*colour"):
        export(frames | {"themes": frames["themes"].assign(colour="red")}, tmp_path / "export")
    assert list(tmp_path.iterdir()) == []
