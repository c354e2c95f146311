"""Made-up releases for attacks on suppression: stages, procedures, breakdowns, quarters, bands, shares, and reports that look back."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

from normalise.rows import frame_of

BASE = {
    "document": "bury-2023-24", "authority": "Bury", "authority_code": "E08000002", "la_number": "351", "period": "2023-24", "scope": "children",
    "procedure": "children_statutory", "stage": "stage_1", "category": "", "label": "", "value_low": None, "value_high": None, "value_status": "",
    "unit": "count", "base": "", "status": "published", "method": "table", "page": 1, "quote": "", "confidence": 0.97,
}  # fmt: skip
FINDINGS = ("upheld", "partially_upheld", "not_upheld", "inconclusive", "withdrawn")
COMPLAINANTS = ("parent", "child_or_young_person", "advocate", "relative", "other")


def release(*figures: dict[str, Any]) -> pd.DataFrame:
    """Observations of figures that are told by what differs from BASE."""
    return frame_of({**BASE, "bbox": f"{n} 1 2 3", "label": f.get("category", ""), **f} for n, f in enumerate(figures))


class Reports:
    """The figures of a council's reports, drawn at random."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.figures: list[dict[str, Any]] = []

    def put(self, measure: str, category: str, value: float, **more: Any) -> None:
        self.figures.append({"measure": measure, "category": category, "value": float(value), **more})

    def shares(self, n: int, parts: int) -> list[int]:
        """A number split at random, unevenly."""
        weights = [self.draw.random() ** 2 for _ in range(parts)]
        drawn = self.draw.choices(range(parts), weights, k=n)
        return [drawn.count(k) for k in range(parts)]

    def often(self, chance: float) -> bool:
        return self.draw.random() < chance

    def breakdown(
        self, measure: str, names: tuple[str, ...], counts: list[int], whole: int, base: str, **at: Any
    ) -> None:
        """Counts, percentages or both."""
        kind = self.draw.random()
        digits = self.draw.choice((0, 0, 1))
        for name, count in zip(names, counts, strict=True):
            if kind < 0.7:
                self.put(measure, name, count, **at)
            if kind > 0.5 and whole:
                share = {"unit": "percent", "base": self.draw.choice((base, "unknown"))}
                self.put(measure, name, round(100 * count / whole, digits), **share, **at)

    def stage(self, stage: str, received: int, **at: Any) -> None:
        at = {"stage": stage, **at}
        self.put("received", "", received, **at)
        if self.often(0.3):
            for q, count in enumerate(self.shares(received, 4), 1):
                self.put("received", "", count, **{**at, "period": f"{at['period']} Q{q}"})
        if received and self.often(0.7):
            closed = received if self.often(0.5) else self.draw.randint(max(1, received - 6), received)
            self.put("closed", "", closed, **at)
            found = self.shares(closed, 5)
            self.breakdown("outcome", FINDINGS, found, closed, "closed", **at)
            if self.often(0.3):
                self.put("outcome", "upheld_or_partially", found[0] + found[1], **at)
            quick, late, later = self.shares(closed, 3)
            if self.often(0.4):
                self.breakdown(
                    "response_time", ("within_10", "11_to_20", "over_20"), [quick, late, later], closed, "closed", **at
                )
            elif self.often(0.7):
                self.breakdown(
                    "response_time", ("within_10", "within_20"), [quick, quick + late], closed, "closed", **at
                )
        if stage == "stage_1":
            shown = self.draw.choice((1, 3, 5, 5))
            counts = self.shares(received, 5)
            self.breakdown("complainant", COMPLAINANTS[:shown], counts[:shown], received, "received", **at)
            if self.often(0.5):
                for k, count in enumerate(self.shares(received, 6)):
                    self.put("theme", f"theme_{k}", count, **at)
                    if self.often(0.3):
                        self.put("theme_upheld", f"theme_{k}", self.draw.randint(0, count), **at)

    def year(self, period: str, document: str) -> None:
        together: dict[str, int] = {}
        both = self.often(0.5)
        for procedure in ("children_statutory", "corporate") if both else ("children_statutory",):
            one = self.draw.randint(6, 60)
            two = self.draw.randint(0, max(1, one // 4))
            three = self.draw.randint(0, max(1, two // 3))
            at = {"period": period, "document": document, "procedure": procedure}
            for stage, n in (("stage_1", one), ("stage_2", two), ("stage_3", three)):
                self.stage(stage, n, **at)
                together[stage] = together.get(stage, 0) + n
            if self.often(0.7):
                self.put("received", "", one + two + three, stage="any", **at)
            if self.often(0.4):
                self.put("escalated", "", two, **at)
            if self.often(0.3):
                self.put("escalated", "", round(100 * two / one, 1), unit="percent", base="received", **at)
        if both and self.often(0.6):
            for stage, n in together.items():
                self.put("received", "", n, stage=stage, period=period, document=document, procedure="all")
        looked = self.draw.randint(0, 12)
        upheld = self.draw.randint(0, looked)
        at = {"stage": "ombudsman", "period": period, "document": document}
        self.put("received", "", looked + self.draw.randint(0, 6), **at)
        self.put("investigated", "", looked, **at)
        self.put("outcome", "upheld", upheld, **at)
        if self.often(0.5):
            self.put("outcome", "not_upheld", looked - upheld, **at)
        if looked and self.often(0.5):
            self.put("outcome", "upheld", round(100 * upheld / looked), unit="percent", base="unknown", **at)


def drawn(seed: int, council: str = "Bury", years: int = 2) -> pd.DataFrame:
    """The observations of a made-up council over some years; a report may print the figures of the year before again."""
    reports = Reports(seed)
    for n in range(years):
        period = f"{2020 + n}-{21 + n}"
        document = f"{council.lower()}-{period}"
        before = [f for f in reports.figures if f["period"].startswith(f"{2019 + n}-") and f["measure"] == "received"]
        reports.figures += [{**f, "document": document} for f in before if " " not in f["period"]]
        reports.year(period, document)
    return release(*({**f, "authority": council} for f in reports.figures))
