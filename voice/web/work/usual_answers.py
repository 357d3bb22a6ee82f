"""The answers that a kind of question has when nobody writes others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from surveys.document import Option, Words
from surveys.question_types import age_band, agree, consent, contact, feelings, year_group, yes_no


def _faces(words: Callable[[str], Words]) -> tuple[Option, ...]:
    return (
        Option("very_happy", "face-very-happy", words("Very happy")),
        Option("happy", "face-happy", words("Happy")),
        Option("in_between", "face-in-between", words("In between")),
        Option("unhappy", "face-unhappy", words("Unhappy")),
        Option("very_unhappy", "face-very-unhappy", words("Very unhappy")),
    )


USUAL: Mapping[str, Callable[[Callable[[str], Words]], tuple[Option, ...]]] = {
    "yes_no": yes_no.options,
    "agree": agree.options,
    "feelings": feelings.options,
    "contact": contact.options,
    "year_group": year_group.options,
    "age_band": age_band.options,
    "consent": consent.options,
    "faces": _faces,
}
"""By kind, each a function of how words are said in every language."""
