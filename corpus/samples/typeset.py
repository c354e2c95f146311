"""Set the five sample reports and write down what a careful reader finds in them.

    python corpus/samples/typeset.py

writes the PDFs beside this file and the gold files to tests/gold/. The figures are those that five councils published;
the sentences, the selection and the typesetting are this project's own. Every report has another way of setting
tables, so that the samples try most of what the readers have to cope with. Needs reportlab (a development dependency).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    ListItem,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "tests" / "gold"
GOLD_COLUMNS = [
    "document",
    "period",
    "procedure",
    "stage",
    "measure",
    "category",
    "value",
    "unit",
    "required",
    "label",
    "evidence",
    "base",
    "authority",
]

_styles = getSampleStyleSheet()
BODY = ParagraphStyle(
    "body", parent=_styles["BodyText"], fontName="Helvetica", fontSize=10.5, leading=14.5, spaceAfter=7
)
H1 = ParagraphStyle(
    "h1", parent=_styles["Heading1"], fontName="Helvetica-Bold", fontSize=16, spaceBefore=14, spaceAfter=8
)
H2 = ParagraphStyle(
    "h2", parent=_styles["Heading2"], fontName="Helvetica-Bold", fontSize=12.5, spaceBefore=10, spaceAfter=5
)
TITLE = ParagraphStyle(
    "title", parent=_styles["Title"], fontName="Helvetica-Bold", fontSize=23, leading=29, spaceAfter=16
)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=9, leading=12, alignment=TA_CENTER)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9.5, leading=12, spaceAfter=0)

CS, CORPORATE, ALL = "children_statutory", "corporate", "all"


@dataclass
class Report:
    """A report being set, with its gold rows."""

    slug: str
    authority: str
    period: str
    story: list[Flowable] = field(default_factory=list)
    gold: list[dict[str, object]] = field(default_factory=list)

    def cover(self, title: str, subtitle: str) -> None:
        self.story += [
            Spacer(1, 6 * cm),
            Paragraph(title, TITLE),
            Paragraph(subtitle, ParagraphStyle("sub", parent=H2, alignment=TA_CENTER)),
            Spacer(1, 2 * cm),
            Paragraph(
                f"Sample report for councilbench. The figures are those that {self.authority} published for {self.period}; "
                "the sentences and the typesetting are not the council's.",
                SMALL,
            ),
            PageBreak(),
        ]

    def h1(self, text: str) -> None:
        self.story.append(Paragraph(text, H1))

    def h2(self, text: str) -> None:
        self.story.append(Paragraph(text, H2))

    def p(self, text: str) -> None:
        self.story.append(Paragraph(text, BODY))

    def bullets(self, *items: str) -> None:
        self.story.append(
            ListFlowable(
                [ListItem(Paragraph(i, BODY), leftIndent=16) for i in items],
                bulletType="bullet",
                start="•",
                leftIndent=16,
            )
        )
        self.story.append(Spacer(1, 6))

    def table(
        self, rows: list[list[str]], style: TableStyle, widths: list[float] | None = None, repeat: int = 0
    ) -> None:
        limit = 8 if len(rows[0]) > 5 else 40
        wrapped = [
            [Paragraph(f"<b>{c}</b>" if n == 0 else c, CELL) if len(c) > (24 if n else limit) else c for c in row]
            for n, row in enumerate(rows)
        ]
        self.story += [Table(wrapped, colWidths=widths, style=style, repeatRows=repeat), Spacer(1, 10)]

    def found(
        self, measure: str, value: float, stage: str = "stage_1", category: str = "", unit: str = "count", procedure: str = CS, period: str = "",
        base: str = "", required: bool = True,
    ) -> None:  # fmt: skip
        """A row that a careful reader finds."""
        self.gold.append(
            {
                "document": self.slug,
                "period": period or self.period,
                "procedure": procedure,
                "stage": stage,
                "measure": measure,
                "category": category,
                "value": value,
                "unit": unit,
                "required": "yes" if required else "optional",
                "label": "",
                "evidence": "",
                "base": base,
                "authority": self.authority.removesuffix(" Council")
                .removesuffix(" Children's Trust")
                .replace("&", "and"),
            }
        )

    def write(self) -> None:
        pdf = SimpleDocTemplate(
            str(HERE / f"{self.slug}.pdf"), pagesize=A4, title=f"{self.slug} (sample)", author="councilbench", invariant=1,
            leftMargin=2.3 * cm, rightMargin=2.3 * cm, topMargin=2.2 * cm, bottomMargin=2.2 * cm,
        )  # fmt: skip

        def footer(canvas: object, document: SimpleDocTemplate) -> None:
            canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
            canvas.drawCentredString(A4[0] / 2, 1.1 * cm, f"Page {document.page}")  # type: ignore[attr-defined]

        pdf.build(self.story, onLaterPages=footer)
        GOLD.mkdir(parents=True, exist_ok=True)
        with (GOLD / f"{self.slug}.csv").open("w", newline="", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, GOLD_COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.gold)


RULED = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("FONT", (0, 0), (-1, -1), "Helvetica", 9.5),
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9.5),
        ("ALIGN", (1, 0), (-1, -1), "CENTER"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
)
ZEBRA = TableStyle(
    [
        ("FONT", (0, 0), (-1, -1), "Helvetica", 9.5),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#12436D")),
        ("TEXTCOLOR", (0, 0), (-1, 0), colors.white),
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9.5),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor("#E8EEF4")]),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
    ]
)
BORDERLESS = TableStyle(
    [
        ("FONT", (0, 0), (-1, -1), "Helvetica", 9.5),
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9.5),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
    ]
)


def bath() -> Report:
    """Ruled tables, a list of bands, prose."""
    r = Report("bath-and-north-east-somerset-2022-23", "Bath & North East Somerset Council", "2022-23")
    r.cover(
        "Complaints about children's services",
        "Bath &amp; North East Somerset Council<br/>Annual report, 1 April 2022 to 31 March 2023",
    )
    r.h1("What came in and what went out")
    r.p(
        "Two procedures are covered: the statutory procedure for children's social care and the corporate complaints procedure."
    )
    r.p("The next table follows complaints of both procedures through the year.")
    flow = [
        ("Stage 1 (statutory procedure)", "stage_1", CS, [5, 57, 34, 14, 6, 8]),
        ("Stage 1 (corporate procedure)", "stage_1", CORPORATE, [0, 57, 42, 8, 0, 7]),
        ("Stage 2 (statutory procedure)", "stage_2", CS, [2, 10, 9, 0, 0, 3]),
        ("Stage 2 (corporate procedure)", "stage_2", CORPORATE, [0, 2, 2, 0, 0, 0]),
        ("Stage 3 (statutory procedure)", "stage_3", CS, [1, 4, 3, 0, 0, 2]),
    ]
    columns = [
        ("brought_forward", ""),
        ("received", ""),
        ("closed", ""),
        ("outcome", "outside_scope"),
        ("outcome", "withdrawn"),
        ("carried_forward", ""),
    ]
    heads = ["", "Brought forward", "Received", "Closed", "Outside scope", "Withdrawn", "Carried forward"]
    r.table([heads, *[[name, *map(str, values)] for name, _, _, values in flow]], RULED, [3.9 * cm] + [2.15 * cm] * 6)
    for _, stage, procedure, values in flow:
        for (measure, category), value in zip(columns, values, strict=True):
            r.found(measure, value, stage, category, procedure=procedure)
    r.h1("How long it took")
    r.h2("Stage 1, statutory procedure")
    r.p("Answers were sent to 34 complainants. By the time they took, the 34 responses were issued as follows:")
    r.bullets(
        "within 10 working days: 5 complaints",
        "within 20 working days: 14 complaints",
        "more than 20 working days: 15 complaints",
    )
    for category, value in (("within_10", 5), ("11_to_20", 14), ("over_20", 15)):
        r.found("response_time", value, category=category)
    r.found("closed", 34)
    r.h2("Stage 2, statutory procedure")
    r.p(
        "Nine investigations were completed, of which two met the 65 working day limit. The investigations took an average of 89 working days."
    )
    r.found("closed", 9, "stage_2")
    r.found("response_time", 2, "stage_2", "within_65")
    r.found("mean_response_time", 89, "stage_2", unit="working_days")
    r.h1("What was decided")
    r.p("At stage 1 of the statutory procedure 14 complaints were upheld or partially upheld.")
    r.found("outcome", 14, category="upheld_or_partially")
    r.h1("Who complained")
    r.p("Of the 57 stage 1 complaints under the statutory procedure, 7 were made by a young person.")
    r.found("complainant", 7, category="child_or_young_person")
    r.h1("Ombudsman and compliments")
    r.p(
        "Two complaints were referred to the Local Government and Social Care Ombudsman in 2022-23. In the same year 15 compliments were recorded."
    )
    r.found("received", 2, "ombudsman", procedure="all|children_statutory|corporate")
    r.found("compliments", 15, "any", procedure="all|children_statutory")
    return r


def birmingham() -> Report:
    """Borderless and zebra tables, one of them over two pages; money; comparisons with the year before."""
    r = Report("birmingham-2021-22", "Birmingham Children's Trust", "2021-22")
    r.cover("Annual report on complaints", "Birmingham Children's Trust, 2021/22")
    r.h1("Summary")
    r.p(
        "Complaints go through the statutory complaints procedure or, where that does not apply, the Trust's local complaints procedure."
    )
    r.bullets(
        "362 stage 1 complaints were received. 234 complaints (65%) were considered through the statutory procedure, and 128 complaints (35%) were "
        "considered through the local complaints procedure.",
        "Stage 2 complaints rose from 47 in 2020/21 to 50.",
        "52 compliments were recorded.",
    )
    r.found("received", 362, procedure=ALL)
    r.found("received", 234)
    r.found("received", 128, procedure=CORPORATE)
    r.found("received", 65, unit="percent", base="received", required=False)
    r.found("received", 35, unit="percent", base="received", procedure=CORPORATE, required=False)
    r.found("received", 50, "stage_2", procedure="all|children_statutory")
    r.found("received", 47, "stage_2", procedure="all|children_statutory", period="2020-21")
    r.found("compliments", 52, "any", procedure="all|children_statutory")
    r.h1("Outcomes")
    r.p("The table shows how complaints received at each stage ended, as shares.")
    outcomes = [
        ("Upheld", "upheld", ["13.3%", "2.0%", "–"]),
        ("Partially upheld", "partially_upheld", ["21.3%", "54.0%", "71.4%"]),
        ("Not upheld", "not_upheld", ["35.1%", "28.0%", "14.3%"]),
        ("Inconclusive", "inconclusive", ["1.9%", "–", "7.1%"]),
        ("Outside jurisdiction", "outside_scope", ["11.1%", "4.0%", "–"]),
        ("Withdrawn", "withdrawn", ["16.5%", "2.0%", "7.1%"]),
        ("Response outstanding", "outstanding", ["0.8%", "10.0%", "–"]),
    ]
    r.table(
        [["", "Stage 1", "Stage 2", "Stage 3"], *[[name, *shares] for name, _, shares in outcomes]],
        BORDERLESS,
        [5 * cm] + [2.6 * cm] * 3,
    )
    for _, category, shares in outcomes:
        for stage, share in zip(("stage_1", "stage_2", "stage_3"), shares, strict=True):
            if share != "–":
                procedure = ALL if stage == "stage_1" else "all|children_statutory"
                r.found(
                    "outcome", float(share[:-1]), stage, category, "percent", procedure, base="received|closed|unknown"
                )
    r.h1("Reasons for stage 1 complaints")
    r.p("Complaints may have several reasons. The list goes on over the page.")
    reasons = [
        ("Breach of confidentiality", 23), ("Change of allocated worker", 5), ("Concerns about care provision", 11), ("Disagreement with assessment", 31),
        ("Disagreement with decision", 41), ("Inaccurate information recorded", 48), ("Inadequate service / support", 63),
        ("Inappropriate action taken", 80), ("Inappropriate service offered", 16), ("Incorrect advice given", 8), ("Lateness / non-attendance", 10),
        ("Meeting cancelled / re-scheduled", 8), ("Organisational discrimination", 5), ("Poor communication", 21), ("Unable to reach staff", 14),
        ("Unreasonable decision", 29), ("Wrong information provided", 16), ("Accusatory conduct", 6), ("Bias", 13), ("Bullying / threatening", 17),
        ("Discriminatory behaviour", 7), ("Dishonest conduct", 12), ("Inappropriate conduct", 46), ("Lack of customer care", 11),
        ("Lack of knowledge / training", 9), ("Lack of professionalism", 19), ("Rude or aggressive behaviour", 18),
    ]  # fmt: skip
    r.table(
        [["Reason", "Complaints"], *[[name, str(count)] for name, count in reasons]],
        RULED,
        [8 * cm, 3.4 * cm],
        repeat=1,
    )
    for name, count in reasons:
        slug = "_".join("".join(ch if ch.isalnum() else " " for ch in name.lower()).split())
        r.found("theme", count, "stage_1|any", slug, procedure=ALL)
    r.h1("Time")
    r.p(
        "At stage 1, 142 of 265 responses (53.4%) were issued within 20 working days; the average response time was 28.81 working days, compared with 27.44 working days in 2020/21."
    )
    r.found("response_time", 142, category="within_20", procedure=ALL)
    r.found("response_time", 53.4, category="within_20", unit="percent", procedure=ALL)
    r.found("closed", 265, procedure=ALL)
    r.found("mean_response_time", 28.81, unit="working_days", procedure=ALL)
    r.found("mean_response_time", 27.44, unit="working_days", procedure=ALL, period="2020-21")
    r.h2("Stage 2, statutory procedure")
    bands = [
        ("0-25 working days", "within_25", "0", "0.0%"),
        ("26-65 working days", "26_to_65", "10", "30.3%"),
        ("66+ working days", "over_65", "23", "69.7%"),
    ]
    r.table(
        [["", "Number", "Percentage"], *[[name, count, share] for name, _, count, share in bands]],
        ZEBRA,
        [5 * cm, 3 * cm, 3 * cm],
    )
    for _, category, number, share in bands:
        r.found("response_time", float(number), "stage_2", category)
        r.found("response_time", float(share[:-1]), "stage_2", category, "percent")
    r.h1("What it cost")
    costs = [
        ("Investigating officers", "investigating_officer", "stage_2", ["£57,818.31", "£90,399.00"]),
        ("Independent persons", "independent_person", "stage_2", ["£18,600.50", "£24,783.50"]),
        ("Review panels", "review_panel", "stage_3", ["£6,251.00", "£27,995.46"]),
    ]
    r.p("Fees are for investigations at stage 2 and for panels at stage 3.")
    r.table(
        [["Expenditure", "2020/21", "2021/22"], *[[name, *v] for name, _, _, v in costs]],
        ZEBRA,
        [6 * cm, 3.4 * cm, 3.4 * cm],
    )
    for _, category, stage, values in costs:
        for period, value in zip(("2020-21", "2021-22"), values, strict=True):
            r.found(
                "cost",
                float(value[1:].replace(",", "")),
                f"{stage}|any",
                category,
                "gbp",
                "all|children_statutory",
                period,
            )
    r.h1("Ombudsman")
    r.p(
        "23 complainants contacted the Ombudsman. The Ombudsman conducted six investigations, finding fault in three complaints."
    )
    r.found("received", 23, "ombudsman", procedure="all|children_statutory")
    r.found("investigated", 6, "ombudsman", procedure="all|children_statutory")
    r.found("outcome", 3, "ombudsman", "upheld", procedure="all|children_statutory")
    return r


def bury() -> Report:
    """Figures only in prose."""
    r = Report("bury-2023-24", "Bury Council", "2023-24")
    r.cover("Children's social care: complaints in the year", "Bury Council, April 2023 – March 2024")
    r.h1("Numbers")
    r.p(
        "During the financial year 2023/24 a total of 117 complaints were received. Of these, 11 were resolved at the informal stage and 106 were "
        "considered as formal complaints at stage 1, compared to 66 in the previous year."
    )
    r.found("received", 117, "any")
    r.found("received|closed", 11, "pre_stage")
    r.found("received", 106)
    r.found("received", 66, "stage_1|any", period="2022-23")
    r.p("Nine complaints (7.7%) were received via MPs or councillors. Twenty compliments were recorded.")
    r.found("channel|complainant", 9, "any|stage_1", "elected_member")
    r.found("channel|complainant", 7.7, "any|stage_1", "elected_member", "percent")
    r.found("compliments", 20, "any")
    r.h1("Moving to stage 2")
    r.p(
        "In 16 complaints the complainant was unhappy with the answer and requested consideration at stage 2. Eight complaints were investigated by an investigating officer and an independent person; three are still being investigated at stage 2."
    )
    r.found("escalation_requested", 16)
    r.found("closed", 8, "stage_2")
    r.found("outcome", 3, "stage_2", "outstanding")
    r.h1("Time taken at stage 1")
    r.p(
        "14.3% of stage 1 complaints were responded to within 10 working days and a further 49.1% within 20 working days. The remaining 36.6% were answered late."
    )
    r.found("response_time", 14.3, category="within_10", unit="percent")
    r.found("response_time", 49.1, category="11_to_20", unit="percent")
    r.found("response_time", 36.6, category="over_20|outside_timescale", unit="percent")
    r.h1("The Ombudsman")
    r.p("There were 8 enquiries from the Local Government Ombudsman in 2023/24.")
    r.found("received", 8, "ombudsman", procedure="children_statutory|all")
    return r


def north_lincolnshire() -> Report:
    """Tables with two rows of heads, years across, and a table with years down."""
    r = Report("north-lincolnshire-2019-20", "North Lincolnshire Council", "2019-20")
    r.cover(
        "Complaints and compliments about children's social care",
        "North Lincolnshire Council<br/>Annual review 2019-20",
    )
    years = ("2017-18", "2018-19", "2019-20")
    spans = TableStyle(
        [
            *RULED.getCommands(),
            ("FONT", (0, 1), (-1, 1), "Helvetica-Bold", 9.5),
            ("SPAN", (1, 0), (2, 0)),
            ("SPAN", (3, 0), (4, 0)),
            ("SPAN", (5, 0), (6, 0)),
            ("SPAN", (0, 0), (0, 1)),
        ]
    )
    categories = ("upheld", "partially_upheld", "not_upheld", "inconclusive")
    names = ("Upheld in full", "Upheld in part", "Not upheld", "No finding")
    for stage, title, counts, shares, totals in (
        (
            "stage_1",
            "Stage 1",
            [[2, 1, 0], [5, 3, 4], [35, 31, 23], [6, 1, 0]],
            [[4, 3, 0], [10, 8, 15], [73, 86, 85], [13, 3, 0]],
            [48, 36, 27],
        ),
        (
            "stage_2",
            "Stage 2",
            [[0, 0, 0], [3, 0, 0], [3, 7, 2], [0, 0, 0]],
            [[0, 0, 0], [50, 0, 0], [50, 100, 40], [0, 0, 0]],
            [6, 7, 5],
        ),
    ):
        r.h1(f"Findings at {title.lower()}")
        received = totals[2]
        r.p(
            f"{received} complaints were received at {title.lower()} in 2019-20, compared to {totals[1]} in the previous year."
        )
        r.found("received", received, stage)
        r.found("received", totals[1], stage, period="2018-19")
        body = [
            [name, *[c for count, share in zip(counts[n], shares[n], strict=True) for c in (str(count), f"{share}%")]]
            for n, name in enumerate(names)
        ]
        rows = [[title, "2017-18", "", "2018-19", "", "2019-20", ""], ["", *["Number", "%"] * 3], *body]
        if stage == "stage_2":
            rows.append(["Still being investigated", "0", "0%", "0", "0%", "3", "60%"])
        rows.append(["Total", *[c for t in totals for c in (str(t), "100%")]])
        r.table(rows, spans, [4.2 * cm] + [1.9 * cm] * 6)
        for n, category in enumerate(categories):
            for y, year in enumerate(years):
                r.found("outcome", counts[n][y], stage, category, period=year)
                r.found("outcome", shares[n][y], stage, category, "percent", period=year)
        if stage == "stage_2":
            for y, year in enumerate(years):
                r.found("outcome", [0, 0, 3][y], stage, "outstanding", period=year)
                r.found("outcome", [0, 0, 60][y], stage, "outstanding", "percent", period=year)
        r.found("received|closed", totals[0], stage, period="2017-18")
        r.found("closed", totals[1], stage, period="2018-19", required=False)
        r.found("closed", totals[2], stage, required=False)
    r.h1("Panels")
    r.p("No complaints were received at stage 3.")
    r.found("received", 0, "stage_3")
    r.h1("Response times at stage 1")
    r.p("We responded to 55% within 10 working days, with a further 22% within 20 working days.")
    r.found("response_time", 55, category="within_10", unit="percent")
    r.found("response_time", 22, category="11_to_20", unit="percent")
    r.h1("Complaints to the Ombudsman")
    r.table(
        [["Year", "Complaints received by the Ombudsman"], ["2017-18", "2"], ["2018-19", "6"], ["2019-20", "3"]],
        BORDERLESS,
        [4 * cm, 8 * cm],
    )
    for year, value in zip(years, (2, 6, 3), strict=True):
        r.found("received", value, "ombudsman", period=year)
    r.h1("Compliments")
    r.p("82 compliments were recorded in 2019-20.")
    r.found("compliments", 82, "any")
    return r


def telford() -> Report:
    """Small tables, and bar charts with data labels."""
    r = Report("telford-and-wrekin-2023-24", "Telford & Wrekin Council", "2023-24")
    r.cover("Children's statutory complaints", "Telford &amp; Wrekin Council<br/>Annual report 2023/24")
    r.h1("How many complaints")
    r.p("Between 1 April 2023 and 31 March 2024 we received 23 children's statutory complaints.")
    r.found("received", 23, "any|stage_1")
    years = ["2019/20", "2020/21", "2021/22", "2022/23", "2023/24"]
    counts = [50, 29, 24, 20, 23]
    r.story.append(_bars("Children's statutory complaints received by year", years, [("", counts)]))
    for year, count in zip(years, counts, strict=True):
        r.found("received", count, "any|stage_1", period=f"{year[:4]}-{year[5:]}")
    r.p("The table below gives the number of complaints at each stage.")
    r.table([["Stage", "Complaints received"], ["One", "23"], ["Two", "5"], ["Three", "1"]], RULED, [4 * cm, 5 * cm])
    for stage, value in (("stage_1", 23), ("stage_2", 5), ("stage_3", 1)):
        r.found("received", value, stage)
    r.h1("Who complained")
    who = [
        ("Parent", "parent", 12),
        ("Advocate", "advocate", 7),
        ("Child or young person", "child_or_young_person", 2),
        ("Other", "other", 1),
        ("Solicitor", "solicitor", 1),
    ]
    r.table([["Complainant", "Number"], *[[name, str(n)] for name, _, n in who]], ZEBRA, [6 * cm, 3 * cm])
    for _, category, value in who:
        r.found("complainant", value, "any|stage_1", category)
    r.h1("Complaints by service")
    r.p("Bars in the chart show complaints received by each service and those upheld.")
    services = ["Disability teams", "Children in care", "Fostering", "Safeguarding team"]
    received, upheld = [6, 7, 3, 2], [4, 1, 1, 1]
    r.story.append(
        _bars(
            "Complaints received by service", services, [("Complaints received", received), ("Number upheld", upheld)]
        )
    )
    for name, a, b in zip(services, received, upheld, strict=True):
        slug = name.lower().replace(" ", "_")
        r.found("service", a, "any|stage_1", slug)
        r.found("service_upheld", b, "any|stage_1", slug)
    r.h1("Outcomes")
    r.p("Of the 19 stage one complaints responded to in the year, 37% (7) were upheld and 58% (11) were not upheld.")
    r.found("closed", 19)
    r.found("outcome", 37, category="upheld", unit="percent")
    r.found("outcome", 7, category="upheld")
    r.found("outcome", 58, category="not_upheld", unit="percent")
    r.found("outcome", 11, category="not_upheld")
    r.h1("Time")
    r.p(
        "Of the 19 stage one complaints that were answered, 8 were responded to within 10 working days, 8 were responded to within the extended 20 working days and three exceeded 20 working days. The average was 14 working days, compared to 16 working days in 2022/23."
    )
    r.found("response_time", 8, category="within_10")
    r.found("response_time", 8, category="11_to_20")
    r.found("response_time", 3, category="over_20")
    r.found("mean_response_time", 14, "any|stage_1", unit="working_days")
    r.found("mean_response_time", 16, "any|stage_1", unit="working_days", period="2022-23")
    r.h1("Ombudsman")
    r.p("Three cases were escalated to the Ombudsman in 2023/24.")
    r.found("received", 3, "ombudsman")
    return r


def _bars(title: str, categories: list[str], series: list[tuple[str, list[int]]]) -> Drawing:
    """A bar chart drawn as vectors, with data labels."""
    drawing = Drawing(440, 210)
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 40, 55, 380, 120
    chart.data = [values for _, values in series]
    chart.categoryAxis.categoryNames = categories
    chart.categoryAxis.labels.fontName = "Helvetica"
    chart.categoryAxis.labels.fontSize = 8
    chart.categoryAxis.labels.dy = -4
    chart.valueAxis.valueMin = 0
    chart.valueAxis.labels.fontSize = 7
    chart.barLabelFormat = "%d"
    chart.barLabels.nudge = 8
    chart.barLabels.fontSize = 8
    chart.groupSpacing = 18
    palette = [colors.HexColor("#12436D"), colors.HexColor("#F46A25")]
    for n in range(len(series)):
        chart.bars[n].fillColor = palette[n]
        chart.bars[n].strokeColor = None
    drawing.add(chart)
    from reportlab.graphics.shapes import String  # noqa: PLC0415

    drawing.add(String(220, 195, title, fontName="Helvetica-Bold", fontSize=10, textAnchor="middle"))
    if len(series) > 1:
        legend = Legend()
        legend.x, legend.y = 130, 18
        legend.alignment = "right"
        legend.columnMaximum = 1
        legend.fontName, legend.fontSize = "Helvetica", 8
        legend.deltax = 110
        legend.dx = legend.dy = 7
        legend.strokeWidth = 0
        legend.colorNamePairs = [(palette[n], name) for n, (name, _) in enumerate(series)]
        drawing.add(legend)
    return drawing


REPORTS = (bath, birmingham, bury, north_lincolnshire, telford)

if __name__ == "__main__":
    for make in REPORTS:
        make().write()
