"""From the councils' own themes to the short list of subjects that the statutory guidance suggests.

"Getting the Best from Complaints" (DfES 2006) names the subjects that a complaint may be about. Councils sort their complaints by
lists of their own; these stay as published, and a many-to-one crosswalk (`vocabulary/themes.csv`, first match wins) makes shares
comparable. What matches nothing is `unknown`, listed, and never spread over the others.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

import pandas as pd

from normalise.words import slug

STANDARD = {
    "unwelcome_or_disputed_decision": "Unwelcome or disputed decision",
    "quality_or_appropriateness": "Quality or appropriateness of a service",
    "delay": "Delay in deciding or providing",
    "delivery_or_non_delivery_of_services": "Delivery or non-delivery of services, including complaints procedures",
    "quantity_frequency_change_or_cost": "Quantity, frequency, change or cost of a service",
    "attitude_or_behaviour_of_staff": "Attitude or behaviour of staff",
    "eligibility_and_assessment_criteria": "Eligibility and assessment criteria",
    "policy_impact": "Impact of policy",
    "assessment_care_management_and_review": "Assessment, care management and review",
    "unknown": "Not on the standard list",
}
"""Codes of the standard subjects, with their names."""
COLUMNS = (
    "document", "authority", "period", "procedure", "stage", "measure", "category", "label", "value", "unit", "standard", "standard_label", "share",
    "id",
)  # fmt: skip


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    text = (files("normalise") / "vocabulary" / "themes.csv").read_text(encoding="utf-8")
    return [
        (re.compile(rf"\b(?:{row['words']})", re.IGNORECASE), row["standard"])
        for row in csv.DictReader(text.splitlines())
    ]


def standard(label: str) -> str:
    """The standard subject of a published theme; `unknown` where no row of the crosswalk says.

    A group's name in front counts before the sub-category behind it.

    >>> standard("Delay Response/ Processing"), standard("Staff conduct"), standard("Yellow")
    ('delay', 'attitude_or_behaviour_of_staff', 'unknown')
    """
    text = re.sub(r"[_]+", " ", label)
    whole = " ".join(text.lower().split())
    for code, name in STANDARD.items():
        if whole == name.lower() or whole.replace(" ", "_") == code:
            return code
    for part in (text.split("/")[0], text) if " / " in label else (text,):
        for pattern, code in _patterns():
            if pattern.search(part):
                return code
    return "unknown"


def themes(observations: pd.DataFrame) -> pd.DataFrame:
    """Counts of complaints by theme with their standard subject, with the columns of COLUMNS.

    `share` is the standard subject's share, in per cent, of all themes counted in the same table; sub-totals of groups are left
    out where their parts are there, so that nothing is counted twice.
    """
    rows = observations[
        (observations["measure"] == "theme") & (observations["unit"] == "count") & observations["value"].notna()
    ]
    key = ["document", "authority", "period", "procedure", "stage"]
    parts = []
    withheld = observations[
        (observations["measure"] == "theme") & (observations["value_status"] == "c") & observations["value"].isna()
    ]
    incomplete = set(withheld[key].itertuples(index=False, name=None))
    for name, group in rows.groupby(key, sort=False):
        own = group.drop_duplicates("category")
        names = set(own["category"])
        own = own[
            [not any(n.startswith(f"{c}_") for n in names) or c not in _groups(names) for c in own["category"]]
        ].copy()
        own["standard"] = [_first(label, c) for label, c in zip(own["label"], own["category"], strict=True)]
        total = own["value"].sum()
        sums = own.groupby("standard")["value"].transform("sum")
        # With a theme withheld the shares of the others would be of another whole.
        own["share"] = (100 * sums / total).round(6) if total and tuple(name) not in incomplete else None
        parts.append(own)
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    frame = pd.concat(parts, ignore_index=True)
    frame["standard_label"] = frame["standard"].map(STANDARD)
    return frame[list(COLUMNS)]


def _first(label: str, category: str) -> str:
    """By the name of the group that stands in front of the label in the slug, where there is one; else by the label itself."""
    group = category.removesuffix(f"_{slug(label)}") if label else category
    found = standard(group) if group != category else "unknown"
    return (standard(label) if label else standard(category)) if found == "unknown" else found


def _groups(names: set[str]) -> set[str]:
    """Names that at least two others begin with: heads of groups, whose figure is the sum of theirs."""
    return {c for c in names if sum(n.startswith(f"{c}_") for n in names) >= 2}
