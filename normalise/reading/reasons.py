"""Why a number is no observation."""

from __future__ import annotations

from enum import StrEnum

from normalise.reading.read import Read


class Reason(StrEnum):
    """Reasons as `check` and the report of numbers print them."""

    CHANGE = "change"
    TIMESCALE = "timescale"
    TARGET = "target"
    PROCEDURE = "procedure"
    INEXACT = "inexact"
    RANGE = "range"
    ROUNDED_SHARE = "rounded_share"
    ALL_BUT = "all but a number"
    CASE = "case_summary"
    QUOTATION = "quotation"
    ELSEWHERE = "about other councils"
    OTHER_SERVICE = "about the whole council"
    ADULTS = "about adults"
    SCHOOL = "about schools"
    PART = "a part of the service"
    TWO_BREAKDOWNS = "cross_tabulation"
    NO_COMPLAINTS = "not about complaints"
    DOUBTFUL = "doubtful: likelier wrong than right"
    DOES_NOT_FIT = "measure, category and unit do not fit"
    NO_PERIOD = "no period"
    WITHHELD = "withheld by the council"
    OVER_THE_WHOLE = "a share over 100%"
    NO_WHOLE_NUMBER = "a count that is no whole number"
    UNKNOWN = "no wording says what is counted"
    NOT_GIVEN = "the second reader names no statistic in it"


_BY_FRAME = {
    "change": Reason.CHANGE, "timescale": Reason.TIMESCALE, "target": Reason.TARGET, "procedure": Reason.PROCEDURE,
    "inexact": Reason.INEXACT, "range": Reason.RANGE, "rounded_share": Reason.ROUNDED_SHARE, "all_but": Reason.ALL_BUT,
    "case": Reason.CASE, "elsewhere": Reason.ELSEWHERE, "other_service": Reason.OTHER_SERVICE, "adults": Reason.ADULTS,
    "school": Reason.SCHOOL, "part": Reason.PART,
}  # fmt: skip


def reason_of(read: Read) -> Reason:
    """The reason that the words around a number give, by the frames that fit it; UNKNOWN where none does."""
    features = read.choices["what"].option.features
    if "NONE&quoted" in features:
        return Reason.QUOTATION
    for name, reason in _BY_FRAME.items():
        if f"NONE&fate={name}" in features:
            return reason
    if "NONE&column change" in features or "NONE&row change" in features:
        return Reason.CHANGE
    if "NONE&two breakdowns" in features:
        return Reason.TWO_BREAKDOWNS
    return Reason.NO_COMPLAINTS if "nothing|speaks=none" in features else Reason.UNKNOWN
