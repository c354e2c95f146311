"""The codes of the common model: what may stand in each column of a row.

The codes and their meaning are a contract with everyone who uses the dataset; `docs/codebook.md` describes them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import Any

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


PATTERNS = {
    "id": r"^[0-9a-f]{12}$",
    "authority_code": r"^(?:E\d{8})?$",
    "la_number": r"^(?:\d{3})?$",
    "period": rf"^{PERIOD}$",
    "bbox": r"^(?:-?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+)?$",
}
"""How texts of a row look."""
LISTS = {
    "scope": SCOPES, "procedure": PROCEDURES, "stage": STAGES, "measure": MEASURES, "value_status": VALUE_STATUS, "unit": UNITS, "base": BASES,
    "status": {"published", "derived"}, "method": METHODS,
}  # fmt: skip
"""Columns with a closed list of codes."""
LONGEST_QUOTE = 240


@cache
def category_fits(measure: str, category: str) -> bool:
    """True where a category may stand with a measure."""
    if measure in CATEGORIES:
        return category in CATEGORIES[measure]
    if measure == "response_time":
        return re.fullmatch(BAND, category) is not None
    if measure in FREE:
        return re.fullmatch(SLUG, category) is not None
    if measure in MAY_BE_FREE:
        return re.fullmatch(rf"(?:{SLUG})?", category) is not None
    return category == ""


def keeps_the_rules(row: dict[str, Any]) -> bool:
    """True for a row that the schema of `observations` would pass, which takes long to ask for few rows."""
    value, high = row["value"], row["value_high"]
    percent = row["unit"] == "percent"
    return bool(
        all(row[c] in codes for c, codes in LISTS.items())
        and all(re.match(p, row[c]) for c, p in PATTERNS.items())
        and all(row[c] is None or 0 <= row[c] < math.inf for c in ("value", "value_low", "value_high"))
        and (row["page"] is None or row["page"] >= 1)
        and row["document"]
        and len(row["quote"]) <= LONGEST_QUOTE
        and 0 <= row["confidence"] <= 1
        and category_fits(row["measure"], row["category"])
        and percent == (row["base"] != "")
        and (value is not None or high is not None)
        and not (percent and row["measure"] != "context" and value is not None and value > 100)
        and not (row["unit"] == "count" and row["category"] != "referrals_per_10000" and (value or 0) % 1)
    )


def identity(row: dict[str, Any]) -> str:
    """The id of an occurrence: 12 hexadecimal digits of a hash of document, key, page, box and value."""
    parts = [str(row.get(name, "")) for name in (*KEY, "page", "bbox", "value", "value_high")]
    return sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def rows_of(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with an id and every column, in document order; of rows with one id the surest stays."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = identity(row)
        if key not in found or (row.get("confidence") or 0) > (found[key]["confidence"] or 0):
            found[key] = {name: row.get(name, _EMPTY.get(name, "")) for name in COLUMNS} | {"id": key}
    return list(found.values())


_EMPTY = dict.fromkeys(("value", "value_low", "value_high", "page", "confidence"))
