"""Invented families who have answered, for tests of what is made of their answers."""

from __future__ import annotations

import datetime as dt
import uuid

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.publishing import open_round, publish, rounds
from surveys.submissions import SaidBy, SentAnswers
from surveys.templates import post_ehcp
from surveys.terms import first_day
from voice.languages import LANGUAGES, words
from voice.storage import Store

CHOICES = {question.concept for question in post_ehcp.document(lambda m: {"en": m}, ("en",)).questions} - {
    "went_well",
    "could_be_better",
}


async def families(
    n: int, *, term: str = "2026-autumn", language: str = "en", said_by: SaidBy = "own_words", **answers: str
) -> list[uuid.UUID]:
    """``n`` families who all give these answers in ``term``. Runs inside a unit; returns their ids."""
    known = {each.term: each.id for each in await rounds()}
    if term not in known:
        version = await publish(post_ehcp.document(words, tuple(LANGUAGES)), today=dt.date(2026, 11, 18))
        known[term] = await open_round(
            version,
            term=term,
            identity_mode="anonymous",
            link=None,
            opens_on=first_day(term),
            closes_on=first_day(term) + dt.timedelta(days=60),
        )
    ids = [uuid.uuid4() for _ in range(n)]
    for id in ids:
        await submissions.store(
            SentAnswers(
                id=id,
                round=known[term],
                language=language,
                mode="own_device",
                respondent_kind="parent_carer",
                submitted_at=f"{first_day(term):%Y-%m}",
                answers={
                    concept: GivenAnswer(language, code=said)
                    if concept in CHOICES
                    else GivenAnswer(language, text=said)
                    for concept, said in answers.items()
                },
                said_by=said_by,
            )
        )
    return ids


async def answered(store: Store, n: int, *, term: str = "2026-autumn", language: str = "en", **answers: str) -> None:
    await store.write(lambda: families(n, term=term, language=language, **answers))
