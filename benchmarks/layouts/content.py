"""What the fixtures say: invented figures of a council's year, as grids for tables and charts and as sentences.

Every figure carries its address in the common model, so a layout cannot print a number without saying what it is.
The wordings are everyday ones: a control kind sets them plainly, and what is lost there is not the layout's fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

COUNCILS = [
    "Oldham", "Rochdale", "Wigan", "Stockport", "Bolton", "Salford", "Tameside", "Trafford", "Leeds", "Kirklees", "Calderdale",
    "Wakefield", "Bradford", "Sheffield", "Rotherham", "Doncaster", "Barnsley", "Sunderland", "Gateshead", "Coventry", "Solihull",
]  # fmt: skip
STAGES = {"stage_1": "Stage 1", "stage_2": "Stage 2", "stage_3": "Stage 3"}
OUTCOMES = {"Upheld": "upheld", "Partially upheld": "partially_upheld", "Not upheld": "not_upheld", "Withdrawn": "withdrawn"}  # fmt: skip
BANDS = {
    "stage_1": {"Within 10 working days": "within_10", "11 to 20 working days": "11_to_20", "Over 20 working days": "over_20"},
    "stage_2": {"Within 25 working days": "within_25", "26 to 65 working days": "26_to_65", "Over 65 working days": "over_65"},
}  # fmt: skip
DECISIONS = {
    "Upheld": "upheld", "Not upheld": "not_upheld", "Closed after initial enquiries": "closed_after_enquiries",
    "Referred back for local resolution": "premature",
}  # fmt: skip
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
EITHER = "all|children_statutory"


@dataclass(frozen=True)
class Figure:
    """A printed number and what it stands for; alternatives that a careful reader may choose are joined by `|`."""

    value: float
    measure: str
    period: str
    stage: str = "any|stage_1"
    category: str = ""
    unit: str = "count"
    procedure: str = "children_statutory"
    required: bool = True
    printed: str = ""

    def __str__(self) -> str:
        return self.printed or f"{self.value:g}"


@dataclass
class Grid:
    """Figures by row and column, before anything is set. `over` are second heads above the heads, a name a column."""

    caption: str
    corner: str
    heads: list[str]
    labels: list[str]
    cells: list[list[Figure]]
    over: list[str] = field(default_factory=list)

    @property
    def figures(self) -> list[Figure]:
        return [figure for row in self.cells for figure in row]

    @property
    def sums(self) -> list[float]:
        return [sum(figure.value for figure in column) for column in zip(*self.cells, strict=True)]

    def changed(self, change: Callable[[Figure], Figure]) -> Grid:
        return replace(self, cells=[[change(figure) for figure in row] for row in self.cells])

    def transposed(self) -> Grid:
        """Years down the side."""
        turned = [list(column) for column in zip(*self.cells, strict=True)]
        return replace(self, corner="Year", heads=self.labels, labels=self.heads, cells=turned)

    def only(self, head: str) -> Grid:
        """One column of it, which its caption then names."""
        at = self.heads.index(head)
        kept = [[row[at]] for row in self.cells]
        return replace(self, caption=f"{self.caption}, {head}", heads=["Number"], cells=kept)


def slug(label: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", label.lower()))


def parts(random: Random, total: int, n: int) -> list[int]:
    """`total` in n parts of like size, none of them nothing."""
    weights = [random.uniform(0.5, 1.5) for _ in range(n)]
    found = [max(1, int(total * w / sum(weights))) for w in weights]
    found[0] += total - sum(found)
    return found


class Facts:
    """A council's figures for some years, which add up."""

    def __init__(self, random: Random, years: int, latest_first: bool) -> None:
        self.random, last = random, random.randint(2018, 2023)
        self.council = random.choice(COUNCILS)
        self.periods = [f"{y}-{(y + 1) % 100:02}" for y in range(last - years + 1, last + 1)]
        if latest_first:
            self.periods.reverse()
        self.now, self.before = sorted(self.periods)[:-3:-1]
        self._dash = random.choice("-/–")
        base, wobble = random.randint(60, 240), random.randint
        self.received = {
            (stage, p): n
            for p in self.periods
            for stage, n in zip(STAGES, (base + wobble(-18, 18), base // 6 + wobble(2, 9), wobble(2, 7)), strict=True)
        }
        self.closed = {key: n - wobble(1, 3) if n > 9 else n for key, n in self.received.items()}
        self.outcomes = {key: parts(random, max(n, 4), 4) for key, n in self.closed.items()}
        self.bands = {key: parts(random, max(n, 3), 3) for key, n in self.closed.items()}

    def shown(self, period: str) -> str:
        """A financial year as this report writes it."""
        return period.replace("-", self._dash)

    @property
    def years(self) -> list[str]:
        return [self.shown(p) for p in self.periods]

    def by_year(
        self, caption: str, corner: str, labels: dict[str, str], measure: str, stage: str, counts: Counts, **more: str
    ) -> Grid:
        """A grid of categories by year."""
        cells = [
            [Figure(counts[p][n], measure, p, stage, code, **more) for p in self.periods]
            for n, code in enumerate(labels.values())
        ]
        return Grid(caption, corner, self.years, list(labels), cells)


Counts = dict[str, list[int]]


def received(f: Facts) -> Grid:
    cells = [[Figure(f.received[s, p], "received", p, s) for p in f.periods] for s in STAGES]
    return Grid("Complaints received by stage", "Stage", f.years, list(STAGES.values()), cells)


def first_stage(f: Facts) -> Grid:
    cells = [[Figure(f.received["stage_1", p], "received", p, "stage_1")] for p in f.periods]
    return Grid("Stage 1 complaints received by year", "Year", ["Number"], f.years, cells)


def outcomes(f: Facts, stage: str = "stage_1") -> Grid:
    counts = {p: f.outcomes[stage, p] for p in f.periods}
    return f.by_year(f"Outcomes of {STAGES[stage].lower()} complaints", "Outcome", OUTCOMES, "outcome", stage, counts)


def times(f: Facts, stage: str = "stage_1") -> Grid:
    counts, caption = {p: f.bands[stage, p] for p in f.periods}, f"Response times at {STAGES[stage].lower()}"
    return f.by_year(caption, "Time taken", BANDS[stage], "response_time", stage, counts)


def ombudsman(f: Facts) -> Grid:
    counts = {p: [f.random.randint(0, 9) for _ in DECISIONS] for p in f.periods}
    more = {"procedure": EITHER}
    return f.by_year("Decisions of the Ombudsman", "Decision", DECISIONS, "outcome", "ombudsman", counts, **more)


def themes(f: Facts, n: int = 6, names: list[str] = THEMES) -> Grid:
    labels = {name: slug(name) for name in f.random.sample(names, n)}
    counts = {p: parts(f.random, max(f.received["stage_1", p], n), n) for p in f.periods}
    return f.by_year("Stage 1 complaint themes", "Theme", labels, "theme", "stage_1", counts)


def teams(f: Facts, n: int = 6) -> Grid:
    grid = themes(f, n, TEAMS).changed(lambda figure: replace(figure, measure="service"))
    return replace(grid, caption="Stage 1 complaints by team", corner="Team")


def outcomes_by_stage(f: Facts) -> Grid:
    columns = [[row[f.periods.index(f.now)] for row in outcomes(f, s).cells] for s in ("stage_1", "stage_2")]
    cells = [list(row) for row in zip(*columns, strict=True)]
    return Grid(f"Outcomes by stage, {f.shown(f.now)}", "Outcome", ["Stage 1", "Stage 2"], list(OUTCOMES), cells)


def flow(f: Facts) -> Grid:
    both = outcomes_by_stage(f).transposed()
    cells = [
        [Figure(f.received[s, f.now], "received", f.now, s), Figure(f.closed[s, f.now], "closed", f.now, s), *row]
        for s, row in zip(STAGES, both.cells, strict=False)
    ]
    return Grid(
        f"Complaints at each stage, {f.shown(f.now)}", "Stage", ["Received", "Closed", *OUTCOMES], both.labels, cells
    )


def volumes(f: Facts) -> Grid:
    """Counts in thousands, as of a large council."""
    cells = [
        [Figure(f.random.randint(1001, 4800), measure, p, procedure=EITHER) for p in f.periods]
        for measure in ("received", "compliments")
    ]
    labels = ["Complaints received", "Compliments received"]
    return Grid("Complaints and compliments received", "", f.years, labels, cells)


def second(make: Callable[[Facts, str], Grid]) -> Callable[[Facts], Grid]:
    """The same of stage 2."""
    return lambda f: make(f, "stage_2")


BY_YEAR = [received, outcomes, times, themes, teams, ombudsman, second(outcomes), second(times)]
TOPICS = [*BY_YEAR[:4], outcomes_by_stage, teams, ombudsman, flow, *BY_YEAR[6:]]


def sentences(f: Facts) -> list[tuple[str, list[Figure]]]:
    """Sentences with places for their figures, in an order in which a report tells them."""
    now, before, some = f.shown(f.now), f.shown(f.before), f.random.randint

    def one(value: float, measure: str, stage: str = "stage_1", category: str = "", **more: str) -> Figure:
        return Figure(value, measure, **{"period": f.now, "stage": stage, "category": category, **more})

    def both(stage: str) -> list[Figure]:
        return [one(f.received[stage, p], "received", stage, period=p) for p in (f.now, f.before)]

    found = zip(f.outcomes["stage_1", f.now], OUTCOMES.values(), strict=True)
    bands = f.bands["stage_1", f.now]
    praise = [one(some(15, 190), "compliments", "any", procedure=EITHER, period=p) for p in (f.now, f.before)]
    return [
        (f"The council received {{}} complaints at stage 1 in {now}, compared with {{}} in {before}.", both("stage_1")),
        (
            "At stage 1, {} complaints were answered in the year. Of these, {} were upheld, {} were partially upheld, {} were not upheld "
            "and {} were withdrawn.",
            [one(f.closed["stage_1", f.now], "closed"), *[one(n, "outcome", category=c) for n, c in found]],
        ),
        (
            "{} stage 1 complaints were responded to within 10 working days and {} took over 20 working days.",
            [one(bands[0], "response_time", category="within_10"), one(bands[2], "response_time", category="over_20")],
        ),
        (
            "The average response time at stage 1 was {} working days.",
            [one(some(9, 34), "mean_response_time", unit="working_days")],
        ),
        (f"At stage 2, {{}} complaints were received in {now}, compared with {{}} in {before}.", both("stage_2")),
        (f"{{}} complaints were received at stage 3 in {now}.", both("stage_3")[:1]),
        (
            f"In {now}, {{}} complaints were referred to the Ombudsman.",
            [one(some(2, 19), "received", "ombudsman", procedure=EITHER)],
        ),
        (f"A total of {{}} compliments were received in {now}, compared with {{}} in {before}.", praise),
    ]
