"""The time that outputs are dated by: now, or what SOURCE_DATE_EPOCH says, so that the same input gives the same bytes.

https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

import os
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

VARIABLE = "SOURCE_DATE_EPOCH"


def fixed() -> bool:
    """True where SOURCE_DATE_EPOCH sets the time."""
    return os.environ.get(VARIABLE, "").strip().isdigit()


def now() -> datetime:
    """The moment that outputs bear, in UTC: seconds since 1970 from SOURCE_DATE_EPOCH where that is a number."""
    return datetime.fromtimestamp(int(os.environ[VARIABLE]), UTC) if fixed() else datetime.now(UTC)


def today() -> date:
    """The day that outputs bear: of the place where the program runs, or of SOURCE_DATE_EPOCH."""
    return now().date() if fixed() else date.today()


_ZIPPED = (".xlsx", ".docx")
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def settle(path: Path, suffix: str) -> None:
    """Where SOURCE_DATE_EPOCH sets the time, give a workbook or Word file and all of its parts that date."""
    if not fixed() or suffix not in _ZIPPED:
        return
    moment = now()
    stamp = max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = _DATED.sub(rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", data)  # noqa: PLW2901
            archive.writestr(zipfile.ZipInfo(name, stamp), data, zipfile.ZIP_DEFLATED)
