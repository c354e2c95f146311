"""The dataset for researchers: a Data Package, Parquet, the layout of the Department for Education's open data, codebook and citation."""

from normalise.export.citation import OGL
from normalise.export.columns import codes, fields, fields_of
from normalise.export.department import dfe, dfe_columns, dfe_meta
from normalise.export.frames import tables
from normalise.export.labels import FILES, FORMULAS, NOT_STATED, PROCEDURES, REGION_CODES
from normalise.export.writing import export

__all__ = [
    "FILES", "FORMULAS", "NOT_STATED", "OGL", "PROCEDURES", "REGION_CODES", "codes", "dfe", "dfe_columns", "dfe_meta", "export", "fields",
    "fields_of", "tables",
]  # fmt: skip
