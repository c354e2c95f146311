"""What the export and its tables are called, and every code of theirs in words."""

from __future__ import annotations

NAME = "councilbench"
"""Name of the package in its descriptor; tells an earlier export from other folders."""
TITLE = "Complaints about children's social care in England: figures from councils' annual reports"
AUTHORS = "The councilbench contributors"
DFE = "dfe_indicators"
DFE_FILE = "dfe/councilbench_indicators.csv"
NOT_STATED = "not stated"
TERMS = "Facts compiled from councils' published reports; the licence of each report is given with the sources"

FILES = {
    "observations": ("Observations", "A row a figure as printed, with the page and the words that it was read from"),
    "indicators": ("Indicators", "A row an indicator of a report, council, year and procedure, published or computed"),
    "comparability": (
        "Comparability",
        "A row an indicator: what it is made of, and whether it can stand beside others",
    ),
    "discrepancies": ("Discrepancies", "A row a pair of figures of a report that do not agree"),
    "ledger": ("Silence ledger", "A row an item that an annual report is asked to hold, and whether it does"),
    "themes": ("Themes", "A row a theme of complaints as published, with its standard subject"),
    "readings": (
        "Readings",
        "Four rows a figure: how each part of its address was decided, from which words, and what came second",
    ),
    "documents": ("Documents", "A row a report that figures were read from, with its licence"),
}
"""Tables of the export, with title and description."""

SHORTHAND = {
    "b": "Break in series: the first value after a change in what is counted",
    "c": "Confidential: withheld so that nobody can be recognised",
    "e": "Estimated: the report calls the figure approximate",
    "k": "Rounds to zero but is not zero",
    "u": "Low reliability",
    "x": "Not available",
    "z": "Not applicable",
}
"""Shorthand of the Government Analysis Function, without brackets; `k` is the Department for Education's word for `[low]`."""
INSTEAD = ("c", "k", "u", "x", "z")
"""Shorthand that stands in place of a number; `b` and `e` stand beside one."""

STAGES = {
    "pre_stage": "Resolved informally, before stage 1",
    "stage_1": "Stage 1: local resolution",
    "stage_2": "Stage 2: investigation",
    "stage_3": "Stage 3: review panel",
    "ombudsman": "Local Government and Social Care Ombudsman",
    "any": "Not tied to a stage",
}
PROCEDURES = {
    "children_statutory": "Children's statutory procedure",
    "corporate": "Corporate procedure",
    "adult_statutory": "Adults' statutory procedure",
    "all": "Several procedures together",
}
SCOPES = {
    "children": "Children's social care",
    "education": "Education",
    "adults": "Adults' social care",
    "council": "All services of the council",
}
UNITS = {
    "count": "Count",
    "percent": "Percentage, 0 to 100",
    "working_days": "Working days",
    "days": "Days: calendar days, or the report does not say",
    "gbp": "Pounds sterling",
    "rate": "Per 10,000 children aged 0 to 17",
    "per_1000": "Per 1,000 of what the indicator names",
    "ratio": "Ratio",
}
BASES = {
    "received": "Complaints received",
    "closed": "Complaints closed",
    "decided": "Complaints decided: upheld, partly upheld, not upheld or inconclusive",
    "upheld": "Complaints upheld or partly upheld",
    "issues": "Issues raised within complaints",
    "theme": "Complaints about the same subject",
    "service": "Complaints about the same service",
    "referrals": "Referrals to children's social care",
    "assessments": "Assessments",
    "contacts": "Contacts",
    "service_users": "People who use the service",
    "expenditure": "Money spent",
    "unknown": "The report does not say",
}
METHODS = {
    "table": "Cell of a table",
    "sentence": "Sentence",
    "list": "Item of a list",
    "chart": "Chart",
    "ocr": "Scanned page, by character recognition",
    "review": "Corrected by a person",
    "supplied": "Return form filled in by the council",
}
MEASURES = {
    "received": "Complaints that came in",
    "brought_forward": "Complaints already open when the period began",
    "carried_forward": "Complaints still open when the period ended",
    "closed": "Complaints answered, resolved or otherwise concluded",
    "issues": "Points raised; one complaint may raise several",
    "escalated": "Complaints that moved from this stage to the next",
    "escalation_requested": "Requests to move to the next stage, granted or not",
    "response_time": "Complaints by how long the answer took",
    "mean_response_time": "Mean number of days to the answer",
    "outcome": "Complaints by what was found",
    "extended": "Answers whose time was extended by agreement",
    "advocacy": "Complainants who had an advocate's support",
    "investigated": "Detailed investigations by the Ombudsman",
    "complainant": "Complaints by who made them",
    "characteristic": "Complainants by a characteristic such as age or ethnic group",
    "channel": "Complaints by how they were made",
    "theme": "Complaints by subject",
    "theme_upheld": "Complaints of a subject that were upheld or partly upheld",
    "service": "Complaints by team, area or directorate",
    "service_upheld": "Complaints of a team, area or directorate that were upheld or partly upheld",
    "compliments": "Compliments recorded",
    "enquiries": "Enquiries by elected members",
    "representations": "Representations, where they are counted apart from complaints",
    "contacts": "Everything that reached the complaints team, before sorting",
    "comments": "Comments recorded",
    "mediation": "Mediations and what came of them",
    "remedy": "What was done to put things right",
    "cost": "Money spent, by purpose",
    "context": "Size of the service that complaints are set against",
}
LEDGER_STATES = {
    "published": "A figure is given",
    "true zero": "The figure given is 0",
    "in words only": "Spoken of, without a figure",
    "only as a share": "A percentage is given and no count",
    "suppressed": "Withheld, at most with bounds",
    "only as a chart": "In a chart whose figures are not printed",
    "unreadable": "May stand on a page that could not be read",
    "not published": "Not found in the report",
    "not applicable": "Cannot arise, because nobody reached the stage",
}
AGAIN = {
    "yes": "The total is the sum of the stages",
    "no": "The total is that of stage 1",
    "not known": "The figures do not tell",
}
STATUSES = {"published": "Printed in the report", "derived": "Computed from printed figures"}
SEVERITIES = {
    "error": "One of the two figures must be wrong",
    "warning": "Another way of counting may explain the difference",
}
COUNTRY_CODE = "E92000001"
REGION_CODES = {
    "North East": "E12000001",
    "North West": "E12000002",
    "Yorkshire and The Humber": "E12000003",
    "East Midlands": "E12000004",
    "West Midlands": "E12000005",
    "East of England": "E12000006",
    "London": "E12000007",
    "South East": "E12000008",
    "South West": "E12000009",
}
"""Codes of the Office for National Statistics for the English regions."""

FORMULAS = {
    "count": "{numerator}",
    "mean": "{numerator}",
    "rate": "{per} × {numerator} / {denominator}",
    "share": "100 × {numerator} / {denominator}",
    "cumulative": "100 × {numerator} / {denominator}; bands that exclude one another are added up to the limit",
    "upheld": "100 × (upheld + partially_upheld) / (upheld + partially_upheld + not_upheld + inconclusive), each of {numerator}",
    "escalation": "100 × {numerator} / {denominator}",
    "child_voice": "100 × (child_or_young_person + care_leaver + advocate + child_or_advocate), each of {numerator}, / {denominator}",
    "ratio": "{numerator} / {denominator}",
    "ombudsman": "100 × {numerator} / ({denominator} - outcome:outstanding@ombudsman)",
    "cost": "({numerator}) / closed@stage_2, or {denominator} where that is not given",
}
"""Formulas by the `kind` of an indicator, in addresses `measure:category@stage`."""
DIRECTIONS = {"higher": "higher is better", "lower": "lower is better", "": "neither is better"}


def path_of(name: str) -> str:
    """The CSV file of a table, or of the Department's layout."""
    return DFE_FILE if name == DFE else f"data/{name}.csv"
