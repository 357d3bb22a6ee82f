"""Columns whose header says what they are: those that survey tools add, and those people name alike."""

import re
from collections.abc import Collection, Sequence

from surveys.importing.cells import comparable, comparable_value
from surveys.importing.mapping import Column, Role, ValueCode
from surveys.importing.meaning import language_code

# Of the times that a tool writes, the one at which the answers were sent.
_ADDED_BY_TOOLS: dict[str, Role] = {
    "start time": "ignore",
    "start date": "ignore",
    "startdate": "ignore",
    "last modified time": "ignore",
    "date modified": "ignore",
    "total points": "ignore",
    "quiz feedback": "ignore",
    "score": "ignore",
    "collector id": "ignore",
    "collectorid": "ignore",
    "completion time": "submitted_at",
    "timestamp": "submitted_at",
    "end date": "submitted_at",
    "enddate": "submitted_at",
    "date created": "submitted_at",
    "id": "identifier",
    "respondent id": "identifier",
    "respondentid": "identifier",
    "response id": "identifier",
    "submission id": "identifier",
    "reference": "identifier",
    "ref": "identifier",
    "uuid": "identifier",
    "language": "language",
    "response language": "language",
    "survey language": "language",
    "question": "question",
    "question asked": "question",
    "question text": "question",
    "which question": "question",
}
_KIND_HEADERS = re.compile(
    r"respondents?|respondent (?:type|kind)|who (?:are|is) (?:you|answering|completing this)(?: .*)?|"
    r"(?:i am|are you) (?:a|an|the)\b.*|(?:your |what is your )?role|which (?:of these )?best describes you.*"
)
# The first that fits decides: a parent of a young person at school is a parent.
_KINDS = (
    (
        "parent_carer",
        re.compile(r"\b(?:parents?|carers?|mother|mum|father|dad|guardian|grandparent|family|rodzic)\b"),
    ),
    (
        "young_person",
        re.compile(r"\b(?:young (?:person|people|adult)|child(?:ren)?|pupil|student|cyp|youth)\b"),
    ),
    ("school", re.compile(r"\b(?:schools?|teachers?|teaching|senco|head ?teachers?|college|nursery)\b")),
    ("health", re.compile(r"\b(?:health|nhs|nurse|doctor|therapist|paediatrician)\b")),
    ("other", re.compile(r"\bother\b")),
)
_MOST_KINDS = 20


def role_by_name(name: str) -> Role | None:
    """What survey tools use a column for whose comparable header is ``name``."""
    return _ADDED_BY_TOOLS.get(name)


def guess_by_name(header: str, texts: Sequence[str], forms: Collection[str]) -> Column | None:
    """The use that the header names, where the values bear it out; else None.

    `texts` are the filled cells, `forms` their different comparable wordings.
    """
    name = comparable(header)
    if _KIND_HEADERS.fullmatch(name):
        return _respondent_kind(header, texts)
    role = role_by_name(name)
    if role == "ignore":
        return Column(header, "ignore", reason="not_an_answer")
    if role == "identifier" and len(forms) < len(texts) / 2:
        return None
    if role == "question" and len(forms) > max(20, len(texts) / 5):
        return None
    if role == "language" and sum(language_code(text) is not None for text in texts) < 0.8 * len(texts):
        return None
    return Column(header, role, reason="header_known") if role else None


def _respondent_kind(header: str, texts: Sequence[str]) -> Column | None:
    written = {comparable_value(text): text for text in reversed(texts)}
    if len(written) > _MOST_KINDS:
        return None
    kinds = {form: _kind(form) for form in written}
    values = tuple(ValueCode(written[form], kind) for form, kind in kinds.items() if kind)
    if sum(kinds[comparable_value(text)] is not None for text in texts) < 0.6 * len(texts):
        return None
    return Column(header, "respondent_kind", values=values, reason="header_known")


def _kind(form: str) -> str | None:
    return next((kind for kind, words in _KINDS if words.search(form)), None)
