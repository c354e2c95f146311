"""What the fixtures say: invented figures of a council's year, as grids for tables and charts and as sentences.

Every figure carries its address in the common model, so a layout cannot print a number without saying what it is.
The wordings are everyday ones: a control kind sets them plainly, and what is lost there is not the layout's fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

COUNCILS = (
    "Oldham Rochdale Wigan Stockport Bolton Salford Tameside Trafford Leeds Kirklees Calderdale Wakefield Bradford Sheffield Rotherham "
    "Doncaster Barnsley Sunderland Gateshead Coventry Solihull Dudley Walsall Sandwell Wolverhampton Sefton Knowsley Wirral"
).split()
STAGES = {"stage_1": "Stage 1", "stage_2": "Stage 2", "stage_3": "Stage 3"}
OUTCOMES = {
    "Upheld": "upheld",
    "Partially upheld": "partially_upheld",
    "Not upheld": "not_upheld",
    "Withdrawn": "withdrawn",
}
BANDS = {
    "stage_1": {
        "Within 10 working days": "within_10",
        "11 to 20 working days": "11_to_20",
        "Over 20 working days": "over_20",
    },
    "stage_2": {
        "Within 25 working days": "within_25",
        "26 to 65 working days": "26_to_65",
        "Over 65 working days": "over_65",
    },
}
DECISIONS = {
    "Upheld": "upheld",
    "Not upheld": "not_upheld",
    "Closed after initial enquiries": "closed_after_enquiries",
    "Referred back for local resolution": "premature",
}
THEMES = [
    "Poor communication", "Delay in providing a service", "Disagreement with a decision", "Conduct of staff", "Quality of service",
    "Inaccurate information recorded", "Lack of support", "Contact arrangements", "Breach of confidentiality", "Placement decision",
    "Missed appointments", "Change of social worker", "Financial support", "Assessment not shared", "Transport to school",
    "Refusal of a service", "Unanswered telephone calls", "Minutes of meetings", "Respite care", "Housing of care leavers",
    "Life story work", "Contents of a report", "Bias", "Amount of allowances", "Supervision of contact", "Changes to a care plan",
]  # fmt: skip
LONG_THEMES = [
    "Delay in providing a service or in making a decision about it", "Disagreement with the contents of an assessment or report",
    "Failure to keep families informed of what happens next", "Conduct and attitude of a social worker or manager",
    "Arrangements for contact between parents and children", "Quality of the care and support that was provided",
    "Inaccurate information recorded in the case file", "Lack of support for foster carers and adopters",
]  # fmt: skip
TEAMS = [
    "Assessment Team", "Fostering Team", "Adoption Team", "Leaving Care Team", "Children with Disabilities Team", "Family Support Team",
    "Safeguarding Team", "Children in Care Team", "Emergency Duty Team", "Court Team",
]  # fmt: skip
NEUTRAL = [
    "Listening to children, young people and their families helps the council to see where its services work well and where they do not.",
    "Complaints are welcomed as a source of learning. Managers discuss them in supervision and share what was learned with their teams.",
    "The complaints team acknowledges every complaint, agrees with the complainant what it is about and makes sure that a manager answers it.",
    "Children and young people who wish to complain are offered an advocate, who helps them to say what they would like to change.",
    "Staff are encouraged to put things right as soon as they hear of a concern, and most concerns are settled in conversation.",
    "Information about the procedure is given to families when they first meet a social worker and can be found on the website.",
    "Where a complaint shows that a practice should change, the service writes an action plan and the complaints manager follows it up.",
    "Letters of reply are read by a senior manager before they are sent, so that their tone is kind and every point is answered.",
    "Training for managers covers how to speak with people who are upset, how to write a clear answer and when to apologise.",
    "The views of carers were gathered in workshops, and their advice shaped the new leaflet for families.",
]
CHILDREN, EITHER = "children_statutory", "all|children_statutory"


@dataclass(frozen=True)
class Figure:
    """A printed number and what it stands for; alternatives that a careful reader may choose are joined by `|`."""

    value: float
    measure: str
    period: str
    stage: str = "any|stage_1"
    category: str = ""
    unit: str = "count"
    procedure: str = CHILDREN
    required: bool = True
    printed: str = ""

    def __str__(self) -> str:
        return self.printed or (f"{self.value:g}%" if self.unit == "percent" else f"{self.value:g}")


@dataclass
class Grid:
    """Figures by row and column, before anything is set. `over` are second heads above the heads, a head a column."""

    caption: str
    corner: str
    heads: list[str]
    labels: list[str]
    cells: list[list[Figure]]
    over: list[str] = field(default_factory=list)

    @property
    def figures(self) -> list[Figure]:
        return [figure for row in self.cells for figure in row]

    def changed(self, change: Callable[[Figure], Figure]) -> Grid:
        return replace(self, cells=[[change(figure) for figure in row] for row in self.cells])

    def transposed(self, corner: str) -> Grid:
        return replace(
            self, corner=corner, heads=self.labels, labels=self.heads, cells=[list(c) for c in zip(*self.cells, strict=True)]
        )  # fmt: skip

    def only(self, head: str) -> Grid:
        """One column of it, which its caption then names."""
        at = self.heads.index(head)
        return replace(self, caption=f"{self.caption}, {head}", heads=["Number"], cells=[[row[at]] for row in self.cells])


def slug(label: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", label.lower()))


def parts(random: Random, total: int, n: int) -> list[int]:
    """`total` in n parts of like size, none of them nothing."""
    weights = [random.uniform(0.5, 1.5) for _ in range(n)]
    found = [max(1, int(total * w / sum(weights))) for w in weights]
    found[0] += total - sum(found)
    return found


class Facts:
    """A council's figures for some years, which add up. `shown` writes a financial year as this report does."""

    def __init__(self, random: Random, years: int, latest_first: bool) -> None:
        self.random = random
        last = random.randint(2018, 2023)
        self.council = random.choice(COUNCILS)
        self.periods = [f"{y}-{(y + 1) % 100:02}" for y in range(last - years + 1, last + 1)]
        self.now, self.before = self.periods[-1], self.periods[-2]
        self.columns = self.periods[::-1] if latest_first else self.periods
        self._dash = random.choice("-/–")
        base = random.randint(60, 240)
        size = {
            p: (base + random.randint(-18, 18), base // 6 + random.randint(2, 9), random.randint(2, 7))
            for p in self.periods
        }
        self.received = {(s, p): size[p][n] for p in self.periods for n, s in enumerate(STAGES)}
        self.closed = {key: n - random.randint(1, 3) if n > 9 else n for key, n in self.received.items()}
        self.outcomes = {key: parts(random, max(n, 4), 4) for key, n in self.closed.items()}
        self.bands = {key: parts(random, max(n, 3), 3) for key, n in self.closed.items()}

    def shown(self, period: str) -> str:
        return period.replace("-", self._dash)

    @property
    def years(self) -> list[str]:
        return [self.shown(p) for p in self.columns]


def received(f: Facts) -> Grid:
    cells = [[Figure(f.received[s, p], "received", p, s) for p in f.columns] for s in STAGES]
    return Grid("Complaints received by stage", "Stage", f.years, list(STAGES.values()), cells)


def outcomes(f: Facts, stage: str = "stage_1") -> Grid:
    cells = [
        [Figure(f.outcomes[stage, p][n], "outcome", p, stage, code) for p in f.columns]
        for n, code in enumerate(OUTCOMES.values())
    ]
    return Grid(f"Outcomes of {STAGES[stage].lower()} complaints", "Outcome", f.years, list(OUTCOMES), cells)


def outcomes_by_stage(f: Facts) -> Grid:
    stages = ["stage_1", "stage_2"]
    cells = [
        [Figure(f.outcomes[s, f.now][n], "outcome", f.now, s, code) for s in stages]
        for n, code in enumerate(OUTCOMES.values())
    ]
    return Grid(
        f"Outcomes by stage, {f.shown(f.now)}", "Outcome", [STAGES[s] for s in stages], list(OUTCOMES), cells
    )


def times(f: Facts, stage: str = "stage_1") -> Grid:
    cells = [
        [Figure(f.bands[stage, p][n], "response_time", p, stage, code) for p in f.columns]
        for n, code in enumerate(BANDS[stage].values())
    ]
    return Grid(f"Response times at {STAGES[stage].lower()}", "Time taken", f.years, list(BANDS[stage]), cells)


def ombudsman(f: Facts) -> Grid:
    cells = [
        [Figure(f.random.randint(0, 9), "outcome", p, "ombudsman", code, procedure=EITHER) for p in f.columns]
        for code in DECISIONS.values()
    ]
    return Grid("Decisions of the Ombudsman", "Decision", f.years, list(DECISIONS), cells)


def flow(f: Facts) -> Grid:
    def row(s: str) -> list[Figure]:
        found = [Figure(f.received[s, f.now], "received", f.now, s), Figure(f.closed[s, f.now], "closed", f.now, s)]
        return found + [
            Figure(n, "outcome", f.now, s, code)
            for n, code in zip(f.outcomes[s, f.now], OUTCOMES.values(), strict=True)
        ]

    stages = ["stage_1", "stage_2"]
    return Grid(
        f"Complaints at each stage, {f.shown(f.now)}",
        "Stage",
        ["Received", "Closed", *OUTCOMES],
        [STAGES[s] for s in stages],
        [row(s) for s in stages],
    )


def broken_down(f: Facts, measure: str, names: list[str], n: int) -> Grid:
    """Stage 1 complaints by theme or team."""
    chosen = f.random.sample(names, n)
    columns = [parts(f.random, max(f.received["stage_1", p], n), n) for p in f.columns]
    cells = [
        [Figure(c[r], measure, p, "stage_1", slug(name)) for c, p in zip(columns, f.columns, strict=True)]
        for r, name in enumerate(chosen)
    ]
    caption, corner = {"theme": ("Stage 1 complaint themes", "Theme"), "service": ("Stage 1 complaints by team", "Team")}[measure]
    return Grid(caption, corner, f.years, chosen, cells)


def themes(f: Facts, n: int = 6) -> Grid:
    return broken_down(f, "theme", THEMES, n)


def teams(f: Facts, n: int = 6) -> Grid:
    return broken_down(f, "service", TEAMS, n)


TOPICS = [
    received, outcomes, times, themes, outcomes_by_stage, teams, ombudsman, flow,
    lambda f: outcomes(f, "stage_2"), lambda f: times(f, "stage_2"),
]  # fmt: skip
BY_YEAR = [t for t in TOPICS if t not in (outcomes_by_stage, flow)]


def sentences(f: Facts) -> list[tuple[str, list[Figure]]]:
    """Sentences with places for their figures, in an order in which a report tells them."""
    now, before = f.shown(f.now), f.shown(f.before)
    closed, bands, found = f.closed["stage_1", f.now], f.bands["stage_1", f.now], f.outcomes["stage_1", f.now]

    def one(value: float, measure: str, stage: str = "stage_1", category: str = "", **more: str) -> Figure:
        return Figure(value, measure, **{"period": f.now, "stage": stage, "category": category, **more})

    return [
        (
            f"The council received {{}} complaints at stage 1 in {now}, compared with {{}} in {before}.",
            [one(f.received["stage_1", f.now], "received"), one(f.received["stage_1", f.before], "received", period=f.before)],
        ),
        (
            "At stage 1, {} complaints were answered in the year. Of these, {} were upheld, {} were partially upheld, {} were not upheld "
            "and {} were withdrawn.",
            [one(closed, "closed"), *[one(n, "outcome", category=c) for n, c in zip(found, OUTCOMES.values(), strict=True)]],
        ),
        (
            "{} stage 1 complaints were responded to within 10 working days and {} took over 20 working days.",
            [one(bands[0], "response_time", category="within_10"), one(bands[2], "response_time", category="over_20")],
        ),
        (
            "The average response time at stage 1 was {} working days.",
            [one(f.random.randint(9, 34), "mean_response_time", unit="working_days")],
        ),
        (
            f"At stage 2, {{}} complaints were received in {now}, compared with {{}} in {before}.",
            [
                one(f.received["stage_2", f.now], "received", "stage_2"),
                one(f.received["stage_2", f.before], "received", "stage_2", period=f.before),
            ],
        ),
        (
            f"{{}} complaints were received at stage 3 in {now}.",
            [one(f.received["stage_3", f.now], "received", "stage_3")],
        ),
        (
            f"In {now}, {{}} complaints were referred to the Ombudsman.",
            [one(f.random.randint(2, 19), "received", "ombudsman", procedure=EITHER)],
        ),
        (
            f"A total of {{}} compliments were received in {now}, compared with {{}} in {before}.",
            [
                one(f.random.randint(15, 190), "compliments", "any", procedure=EITHER),
                one(f.random.randint(15, 190), "compliments", "any", procedure=EITHER, period=f.before),
            ],
        ),
    ]  # fmt: skip
