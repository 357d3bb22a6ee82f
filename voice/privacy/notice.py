"""What is said to people about what we keep of them: for whom it is worded, and what of it is so here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from surveys.answers import GivenAnswer
from surveys.document import FILE_KINDS, SurveyDocument
from surveys.identity import IdentityMode
from surveys.publishing import OpenRound
from surveys.question_types.consent import YES
from voice.settings import Settings

Reader = Literal["children", "young", "adults"]
"""Children up to ten, young people from eleven, and adults."""

READERS: tuple[Reader, ...] = get_args(Reader)

OF_AGE: Mapping[str, Reader] = {
    "under_5": "children",
    "5_to_10": "children",
    "11_to_15": "young",
    "16_to_18": "young",
    "19_to_25": "adults",
    "over_25": "adults",
}
"""By the bands of ``question_types/age_band.py``."""


class Notice(msgspec.Struct, frozen=True):
    """``mode`` is empty where it is about no single survey, and ``kept_months`` is 0 where nobody has said how long.

    ``mail`` is who carries our e-mail: ``smtp``, ``notify`` or empty where none goes out.
    """

    reader: Reader
    mode: IdentityMode | Literal[""] = ""
    kept_months: int = 0
    asks_files: bool = False
    asks_contact: bool = False
    mail: Literal["", "smtp", "notify"] = ""
    texts: bool = False
    single_sign_on: bool = False
    speech: bool = False


def notice_of(settings: Settings, round: OpenRound | None, reader: Reader) -> Notice:
    notify = bool(settings.notify_key)
    kinds = {question.kind for question in round.document.questions} if round else set()
    return Notice(
        reader,
        mode=round.identity_mode if round else "",
        kept_months=round.document.kept_months if round else 0,
        asks_files=not kinds.isdisjoint(FILE_KINDS),
        asks_contact="contact" in kinds,
        mail="notify" if notify and settings.notify_email_template else "smtp" if settings.smtp_url else "",
        texts=notify and bool(settings.notify_text_template),
        single_sign_on=settings.openid is not None,
        speech=bool(settings.speech),
    )


def reader_of(document: SurveyDocument, answers: Mapping[str, GivenAnswer]) -> Reader:
    """For whom it is worded: by the age that a young person gave, else by the ages that they can choose from."""
    if document.audience != "young_person":
        return "adults"
    for question in document.questions:
        if question.kind != "age_band":
            continue
        given = answers.get(question.concept)
        if given is not None and given.code is not None and given.code in OF_AGE:
            return OF_AGE[given.code]
        if {OF_AGE.get(option.code) for option in question.options} == {"children"}:
            return "children"
    return "young"


def asks_on_the_first_page(document: SurveyDocument) -> bool:
    """Whether the first page itself asks a young person if they want to take part.

    It does not where that is the first question of the survey: to be asked twice is to be doubted.
    """
    first = next((question for question in document.questions if question.kind != "information"), None)
    return document.audience == "young_person" and not (first is not None and first.kind == "consent")


def says_yes(document: SurveyDocument, pressed: str) -> bool:
    """Whether somebody may go on from the first page. Nothing but the button that says yes counts where it asks."""
    return not asks_on_the_first_page(document) or pressed == YES
