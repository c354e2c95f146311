"""The common model: one row is one published statistic.

The columns, codes and their meaning are a contract with everyone who uses the dataset; `docs/codebook.md` describes them.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

MEASURES = {
    "received", "brought_forward", "carried_forward", "closed", "issues", "escalated", "escalation_requested", "response_time",
    "mean_response_time", "outcome", "extended", "advocacy", "investigated", "complainant", "characteristic", "channel", "theme",
    "theme_upheld", "service", "service_upheld", "compliments", "enquiries", "representations", "contacts", "comments", "mediation",
    "remedy", "cost", "context",
}  # fmt: skip
"""What a statistic counts."""

CATEGORIES: dict[str, set[str]] = {
    "outcome": {
        "upheld", "partially_upheld", "upheld_or_partially", "not_upheld", "inconclusive", "withdrawn", "outside_scope", "outstanding",
        "other", "premature", "closed_after_enquiries", "not_investigated", "advice_given", "incomplete_or_invalid", "not_for_us",
        "assessed_and_closed", "maladministration_with_injustice", "maladministration_without_injustice", "no_maladministration",
        "local_settlement", "ombudsman_discretion",
    },
    "complainant": {
        "parent", "parent_or_carer", "parent_or_family", "child_or_young_person", "care_leaver", "advocate", "child_or_advocate",
        "relative", "grandparent", "carer", "professional", "solicitor", "elected_member", "other",
    },
    "channel": {"email", "web_form", "email_or_web_form", "telephone", "letter", "in_person", "elected_member", "digital", "other"},
    "enquiries": {"elected_member"},
    "mediation": {"held", "resolved", "escalated"},
    "cost": {
        "investigating_officer", "independent_person", "review_panel", "investigation_total", "compensation", "compensation_total", "total",
    },
    "context": {
        "referrals", "referrals_per_10000", "assessments", "contacts", "complaints_to_referrals", "complaints_to_assessments",
        "complaints_to_service_users", "complaints_to_contacts", "children_in_need", "open_cases", "child_protection_plans",
        "looked_after_children", "ehc_plans",
    },
}  # fmt: skip
"""Closed lists of categories by measure. `response_time` has bands; the measures in FREE hold slugs."""

FREE = {"theme", "theme_upheld", "service", "service_upheld", "remedy", "characteristic"}
"""Measures whose category is the slug of the council's own label; it may not be empty."""
MAY_BE_FREE = {"compliments", "mean_response_time"}
"""Measures whose category is empty for the whole, or the slug of a team."""

STAGES = {"pre_stage", "stage_1", "stage_2", "stage_3", "ombudsman", "any"}
PROCEDURES = {"children_statutory", "corporate", "adult_statutory", "all"}
SCOPES = {"children", "education", "adults", "council", ""}
UNITS = {"count", "percent", "working_days", "days", "gbp"}
BASES = {
    "received", "closed", "decided", "upheld", "issues", "theme", "service", "referrals", "assessments", "contacts", "service_users",
    "expenditure", "unknown", "",
}  # fmt: skip
METHODS = {"table", "sentence", "list", "chart", "ocr", "review", "supplied"}
VALUE_STATUS = {"", "c", "e", "k", "u", "x", "z"}
BAND = r"(?:within_\d+|over_\d+|\d+_to_\d+)(?:_cd)?|within_timescale|outside_timescale"
PERIOD = r"(?:19|20)\d\d(?:-\d\d(?: [QH][1-4])?)?"
SLUG = r"[a-z0-9]+(?:_[a-z0-9]+)*"

COLUMNS = (
    "id", "document", "authority", "authority_code", "la_number", "period", "scope", "procedure", "stage", "measure", "category", "label",
    "value", "value_low", "value_high", "value_status", "unit", "base", "status", "method", "page", "bbox", "quote", "confidence",
)  # fmt: skip
KEY = ("document", "authority", "period", "scope", "procedure", "stage", "measure", "category", "unit", "base")


class Observations(pa.DataFrameModel):
    """A frame of observations: any number of rows, the columns of COLUMNS."""

    id: Series[str] = pa.Field(str_matches=r"^[0-9a-f]{12}$", unique=True)
    document: Series[str] = pa.Field(str_length={"min_value": 1})
    authority: Series[str]
    authority_code: Series[str] = pa.Field(str_matches=r"^(?:E\d{8})?$")
    la_number: Series[str] = pa.Field(str_matches=r"^(?:\d{3})?$")
    period: Series[str] = pa.Field(str_matches=rf"^{PERIOD}$")
    scope: Series[str] = pa.Field(isin=SCOPES)
    procedure: Series[str] = pa.Field(isin=PROCEDURES)
    stage: Series[str] = pa.Field(isin=STAGES)
    measure: Series[str] = pa.Field(isin=MEASURES)
    category: Series[str]
    label: Series[str]
    value: Series[float] = pa.Field(nullable=True, ge=0)
    value_low: Series[float] = pa.Field(nullable=True, ge=0)
    value_high: Series[float] = pa.Field(nullable=True, ge=0)
    value_status: Series[str] = pa.Field(isin=VALUE_STATUS)
    unit: Series[str] = pa.Field(isin=UNITS)
    base: Series[str] = pa.Field(isin=BASES)
    status: Series[str] = pa.Field(isin={"published", "derived"})
    method: Series[str] = pa.Field(isin=METHODS)
    page: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=1)
    bbox: Series[str] = pa.Field(str_matches=r"^(?:-?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+)?$")
    quote: Series[str] = pa.Field(str_length={"max_value": 240})
    confidence: Series[float] = pa.Field(ge=0, le=1)

    class Config:
        strict = True
        coerce = True
        ordered = True

    @pa.dataframe_check(name="a category belongs to its measure")
    def category_fits(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        """Closed lists, bands and slugs as the measure has them."""
        return pd.Series(
            [category_fits(m, c) for m, c in zip(frame["measure"], frame["category"], strict=True)], index=frame.index
        )

    @pa.dataframe_check(name="a base stands beside a percentage and nothing else")
    def base_fits(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return (frame["unit"] == "percent") == (frame["base"] != "")

    @pa.dataframe_check(name="a value, or a bound where only that is published")
    def has_value(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return frame["value"].notna() | frame["value_high"].notna()

    @pa.dataframe_check(name="a percentage of a whole is at most 100")
    def share_of_whole(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return ~((frame["unit"] == "percent") & (frame["measure"] != "context") & (frame["value"] > 100))

    @pa.dataframe_check(name="counts are whole numbers")
    def whole_counts(cls, frame: pd.DataFrame) -> pd.Series[bool]:
        return ~((frame["unit"] == "count") & (frame["category"] != "referrals_per_10000") & (frame["value"] % 1 > 0))


def category_fits(measure: str, category: str) -> bool:
    """True where a category may stand with a measure."""
    import re  # noqa: PLC0415

    if measure in CATEGORIES:
        return category in CATEGORIES[measure]
    if measure == "response_time":
        return re.fullmatch(BAND, category) is not None
    if measure in FREE:
        return re.fullmatch(SLUG, category) is not None
    if measure in MAY_BE_FREE:
        return re.fullmatch(rf"(?:{SLUG})?", category) is not None
    return category == ""


def identity(row: dict[str, Any]) -> str:
    """The id of an occurrence: 12 hexadecimal digits of a hash of document, key, page, box and value."""
    parts = [str(row.get(name, "")) for name in (*KEY, "page", "bbox", "value", "value_high")]
    return sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def frame_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with the columns and types of the common model, in document order, doubles of one printed number left out."""
    for row in rows:
        row["id"] = identity(row)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.drop_duplicates("id").reset_index(drop=True)
    texts = [c for c in COLUMNS if c not in ("value", "value_low", "value_high", "page", "confidence")]
    frame[texts] = frame[texts].fillna("").astype(str)
    frame["page"] = frame["page"].astype("Int64")
    for column in ("value", "value_low", "value_high", "confidence"):
        frame[column] = frame[column].astype(float)
    return frame


def failures(frame: pd.DataFrame) -> pd.DataFrame:
    """What breaks the common model: a frame of `row`, `document`, `page`, `column`, `rule`, `value`; empty where nothing does."""
    try:
        Observations.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        rows = []
        for case in cases.to_dict("records"):
            index = case["index"]
            place = frame.loc[index] if index is not None and index in frame.index else None
            rows.append(
                {
                    "row": index,
                    "document": "" if place is None else place["document"],
                    "page": None if place is None else place["page"],
                    "column": case["column"],
                    "rule": case["check"],
                    "value": case["failure_case"],
                }
            )
        return pd.DataFrame(rows).drop_duplicates(["row", "rule"]).reset_index(drop=True)
    return pd.DataFrame(columns=["row", "document", "page", "column", "rule", "value"])
