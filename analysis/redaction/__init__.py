"""Redaction: what in a text could tell who somebody is, and the text without it.

Nothing is hidden for good by the machine: it points, and a person decides before anything is public. The order of work
is in `finding.py`; numbers and addresses are found by their shape, names by what is known of words and by grammar.
"""

from analysis.redaction.detail import STANDS_IN, Detail, Kind, KnownName, redacted
from analysis.redaction.finding import find_contacts, find_details

__all__ = ["STANDS_IN", "Detail", "Kind", "KnownName", "find_contacts", "find_details", "redacted"]
