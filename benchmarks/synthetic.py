"""Made-up figures for every council and many years, through the program's own indicators, for measuring large comparisons.

The figures are drawn at random (fixed seed) and say nothing about any council.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from compare.statistics import with_intervals
from corpus.councils import current
from normalise import indicators
from normalise.breaks import marked
from normalise.codes import COLUMNS
from normalise.rows import frame_of


def figures(
    councils: int = 153, years: int = 10, seed: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, tuple[str, str]]]:
    """Observations, indicators, and document -> council and year, for so many councils and years ending with 2024-25."""
    generator = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    own: dict[str, tuple[str, str]] = {}
    for council in current()[:councils]:
        size = float(generator.lognormal(4.2, 0.7))
        quick, upheld = generator.beta(8, 3), generator.beta(6, 7)
        for n in range(years):
            start = 2024 - n
            period = f"{start}-{(start + 1) % 100:02d}"
            document = f"{council.la_number}-{period}"
            own[document] = (council.short_name, period)
            rows += _report(
                generator,
                document,
                council.short_name,
                council.gss_code,
                council.la_number,
                period,
                size,
                quick,
                upheld,
            )
    observations = frame_of(rows)
    computed = indicators.compute(
        observations,
        own,
        {
            "children": {
                (c.la_number, f"{y}-{(y + 1) % 100:02d}"): 40_000.0 for c in current() for y in range(2000, 2026)
            }
        },
    )
    return observations, marked(with_intervals(computed), indicators.addresses()), own


def _report(
    generator: np.random.Generator,
    document: str,
    name: str,
    code: str,
    number: str,
    period: str,
    size: float,
    quick: float,
    upheld: float,
) -> list[dict[str, Any]]:
    one = int(generator.poisson(size)) + 4
    two, three = int(generator.binomial(one, 0.1)), 0
    closed = int(generator.binomial(one, 0.95))
    ten, twenty = int(generator.binomial(closed, quick * 0.6)), 0
    twenty = ten + int(generator.binomial(closed - ten, quick * 0.7))
    full, part, no, unsure = (
        int(x)
        for x in generator.multinomial(closed, [upheld * 0.4, upheld * 0.6, (1 - upheld) * 0.9, (1 - upheld) * 0.1])
    )
    three = int(generator.binomial(two, 0.2))
    values: list[tuple[str, str, str, float, str]] = [
        ("received", "", "stage_1", one, "count"), ("received", "", "stage_2", two, "count"), ("received", "", "stage_3", three, "count"),
        ("closed", "", "stage_1", closed, "count"), ("response_time", "within_10", "stage_1", ten, "count"),
        ("response_time", "within_20", "stage_1", twenty, "count"), ("outcome", "upheld", "stage_1", full, "count"),
        ("outcome", "partially_upheld", "stage_1", part, "count"), ("outcome", "not_upheld", "stage_1", no, "count"),
        ("outcome", "inconclusive", "stage_1", unsure, "count"), ("received", "", "ombudsman", int(generator.poisson(4)), "count"),
        ("compliments", "", "any", int(generator.poisson(40)), "count"),
        ("complainant", "child_or_young_person", "stage_1", int(generator.binomial(one, 0.1)), "count"),
        ("mean_response_time", "", "stage_1", round(float(generator.gamma(9, 2)), 1), "working_days"),
    ]  # fmt: skip
    base: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    base |= {
        "document": document, "authority": name, "authority_code": code, "la_number": number, "period": period, "scope": "children",
        "procedure": "children_statutory", "status": "published", "method": "table", "confidence": 0.97, "value_low": None, "value_high": None,
    }  # fmt: skip
    return [
        base
        | {
            "measure": measure, "category": category, "stage": stage, "value": float(value), "unit": unit, "page": 3 + k // 5,
            "bbox": f"{100 + k} {200 + k} {120 + k} {212 + k}", "label": category.replace("_", " "),
            "quote": f"Complaints about children's social care in {period} | {stage.replace('_', ' ')} | {measure.replace('_', ' ')} {category.replace('_', ' ')}",
        }
        for k, (measure, category, stage, value, unit) in enumerate(values)
    ]  # fmt: skip
