"""A report audited by itself: figures that contradict one another, each with both places and a question to the council.

Checks stand in `vocabulary/checks.csv` with their severity and wording, and in a module here with their arithmetic.
"""

from normalise.audit.finding import COLUMNS, Check, Report, checks
from normalise.audit.letter import letter
from normalise.audit.run import discrepancies

__all__ = ["COLUMNS", "Check", "Report", "checks", "discrepancies", "letter"]
