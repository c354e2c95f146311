"""Words that say a number is not the children's service's own: the whole council's, other councils', the country's."""

from __future__ import annotations

import re

WHOLE_COUNCIL = re.compile(
    r"\b(?:council|authority)['’]s\s+overall\s+(?:uphold|upheld)\s+rate\b|\b(?:rate|figure|total)\s+for\s+the\s+(?:council|authority)\b|"
    r"\b(?:council|authority)[\s-]?wide\b|\bacross\s+(?:all|the\s+whole)\s+(?:of\s+the\s+)?(?:council|services|directorates|departments)\b|\ball\s+(?:council\s+)?(?:services|directorates)\b"
    r"|(?<!year)(?<!service)(?<!process)(?<!region)\s+as\s+a\s+whole\b|\b(?:for|across)\s+all\s+(?:\w+\s+){0,2}services\b|\ball\s+council\s+(?:services|departments|complaints)\b|\bwhole\s+(?:of\s+the\s+)?council\b|\belsewhere\s+in\s+the\s+council\b|\bother\s+(?:services|directorates|departments)\s+(?:of|in)\s+the\s+council\b"
    r"|\bcomplaints\s+(?:made\s+)?(?:to|about|against)\s+the\s+(?:whole\s+)?council\b(?=\s*(?:[.,;)]|$|as\b|were\b|in\b))",
    re.IGNORECASE,
)

NATIONAL = re.compile(
    r"\bnationally\b|\bnational\s+(?:average|figure|rate|picture)|\bacross\s+(?:the\s+country|england)\b|\b(?:england|english)\s+average",
    re.IGNORECASE,
)

ELSEWHERE = re.compile(
    NATIONAL.pattern
    + r"|\baverage\s+(?:for|of|across|in)\s+(?:inner|outer|greater|all|county|london|metropolitan|unitary|english|other|similar)\b|\bcouncils\s+(?:of|like)\s+(?:our|a\s+similar|the\s+same)\b|\bacross\s+(?:london|the\s+(?:whole\s+)?region|greater\s+\w+)\b|\bsimilar\s+(?:local\s+)?(?:authorities|councils|organisations)|\bother\s+(?:local\s+)?(?:authorities|councils)\b|\bregional(?:ly|\s+average)|\bstatistical\s+neighbours|\bneighbouring\s+authority"
    r"|\baverage\s+(?:unitary|county|borough|council|authority|metropolitan)\b|\b(?:neighbouring|comparator)\s+(?:authorities|councils)|\b(?:borough|county|unitary|london)\s+average\b|\bin\s+the\s+(?:region|north\s+west|north\s+east|south\s+west|south\s+east|midlands)\b",
    re.IGNORECASE,
)

CHILDREN = re.compile(r"\bchild|\byoung\s+people", re.IGNORECASE)
ADULTS = re.compile(
    r"\badult(?:s|s['’])?(?:['’]s)?\s+(?:social\s+)?(?:care|services)\b|\badults['’]?\b(?!\s+(?:who|with|leaving))",
    re.IGNORECASE,
)
