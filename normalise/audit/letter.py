"""What an audit found, as a polite list of questions to the council."""

from __future__ import annotations

import pandas as pd

from normalise.audit.finding import checks


def letter(council: str, period: str, findings: pd.DataFrame) -> str:
    """Plain text to send to a council; empty where nothing was found. `findings` are its rows of discrepancies.csv."""
    if findings.empty:
        return ""
    lines = [
        f"Questions on the annual complaints report of {council or 'your council'}"
        + (f" for {period}" if period else ""),
        "",
        "Dear colleague,",
        "",
        "we are bringing published complaints figures together so that councils can be compared. While reading your report we came "
        f"across {'one place' if len(findings) == 1 else f'{len(findings)} places'} where figures do not seem to agree. We may have "
        "misread them, and would be grateful if you could tell us which is right.",
        "",
    ]
    for n, (_, f) in enumerate(findings.iterrows(), 1):
        lines += [
            f"{n}. {_upper(str(f['subject']))}",
            f"   {f['explanation']}",
            f"   First place: {f['where_first']}",
            f"   Second place: {f['where_second']}",
            f"   {checks()[f['check']].question}",
            "",
        ]
    lines += ["Until we hear from you both figures are kept as published, and marked.", "", "With kind regards", ""]
    return "\n".join(lines)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
