"""What kinds of data a survey asks for, and which of them the law calls special (UK GDPR, Article 9)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from surveys.document import FILE_KINDS, Question

_ASKED: dict[str, str] = {
    "free_text": "own words, which may say anything",
    "recording": "recordings of a voice",
    "drawing": "drawings",
    "photo": "photos",
    "age_band": "a band of ages",
    "year_group": "school year",
    "postcode_area": "first part of a postcode",
    "contact": "how to reach somebody (sealed, apart from answers)",
    "date": "a date",
    "consent": "whether somebody wants to take part",
    "feelings": "feelings",
    "faces": "opinions and ratings",
    "agree": "opinions and ratings",
    "number_scale": "opinions and ratings",
    "ranking": "opinions and ratings",
    "sorting": "opinions and ratings",
}
OTHER = "choices from a list"

_SPECIAL: dict[str, str] = {
    r"health|diagnos|disab|medic|wellbeing|well_being|mental|anxi|sleep|pain|therap|camhs|short_break": "health",
    r"need|plan|ehcp|sen(d|_|$)|support": "special educational needs, which tell of health",
    r"ethnic|race|heritage|nationality": "racial or ethnic origin",
    r"relig|faith|belief": "religion or belief",
    r"sexual|orientation": "sexual orientation",
    r"gender|trans(_|$)": "gender (treated as special, though Article 9 does not name it)",
}
_KINDS_SPECIAL = {"feelings": "health (how somebody feels)"}


def asked_for(questions: Iterable[Question]) -> tuple[str, ...]:
    """In words, each kind once."""
    return tuple(sorted({_ASKED.get(each.kind, OTHER) for each in questions if each.kind != "information"}))


def special_in(questions: Iterable[Question]) -> tuple[str, ...]:
    """Kinds of special data that are asked for outright, as far as the names of concepts tell it."""
    found = set()
    for each in questions:
        if each.kind in ("information", "consent"):
            continue
        if each.kind in _KINDS_SPECIAL:
            found.add(_KINDS_SPECIAL[each.kind])
        found |= {said for pattern, said in _SPECIAL.items() if re.search(rf"(^|_)({pattern})", each.concept)}
    return tuple(sorted(found))


def may_say_anything(questions: Iterable[Question]) -> bool:
    """Whether somebody can write, say or show what nobody asked for."""
    return any(each.kind == "free_text" or each.kind in FILE_KINDS for each in questions)
