"""The common model: one row is one published statistic.

The columns and their meaning are a contract with everyone who uses the dataset; `docs/codebook.md` describes them, `codes` holds the codes.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from normalise.codes import LISTS, LONGEST_QUOTE, PATTERNS, category_fits
from normalise.validating import validate


class Observations(pa.DataFrameModel):
    """A frame of observations: any number of rows, the columns of COLUMNS."""

    id: Series[str] = pa.Field(str_matches=PATTERNS["id"], unique=True)
    document: Series[str] = pa.Field(str_length={"min_value": 1})
    authority: Series[str]
    authority_code: Series[str] = pa.Field(str_matches=PATTERNS["authority_code"])
    la_number: Series[str] = pa.Field(str_matches=PATTERNS["la_number"])
    period: Series[str] = pa.Field(str_matches=PATTERNS["period"])
    scope: Series[str] = pa.Field(isin=LISTS["scope"])
    procedure: Series[str] = pa.Field(isin=LISTS["procedure"])
    stage: Series[str] = pa.Field(isin=LISTS["stage"])
    measure: Series[str] = pa.Field(isin=LISTS["measure"])
    category: Series[str]
    label: Series[str]
    value: Series[float] = pa.Field(nullable=True, ge=0)
    value_low: Series[float] = pa.Field(nullable=True, ge=0)
    value_high: Series[float] = pa.Field(nullable=True, ge=0)
    value_status: Series[str] = pa.Field(isin=LISTS["value_status"])
    unit: Series[str] = pa.Field(isin=LISTS["unit"])
    base: Series[str] = pa.Field(isin=LISTS["base"])
    status: Series[str] = pa.Field(isin=LISTS["status"])
    method: Series[str] = pa.Field(isin=LISTS["method"])
    page: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=1)
    bbox: Series[str] = pa.Field(str_matches=PATTERNS["bbox"])
    quote: Series[str] = pa.Field(str_length={"max_value": LONGEST_QUOTE})
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


def failures(frame: pd.DataFrame) -> pd.DataFrame:
    """What breaks the common model: a frame of `row`, `document`, `page`, `column`, `rule`, `value`; empty where nothing does."""
    try:
        validate(Observations, frame)
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
