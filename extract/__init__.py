"""From bytes to statements: a number, the words around it, and where it stands."""

from extract.model import Chart, Reading, UnreadableError
from extract.readers import read
from extract.statement import Statement
from extract.statements import statements

__all__ = ["Chart", "Reading", "Statement", "UnreadableError", "read", "statements"]
