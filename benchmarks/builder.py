"""A survey of 60 questions in 10 languages opened in the builder, as the server answers it."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

import httpx

from benchmarks.figures import Figure, Reference, at_most
from surveys.building import drafting
from surveys.building.editing import conditioned
from surveys.document import OnlyIf, Option, Question, SurveyDocument, Words
from voice.app import create_app
from voice.clock import now
from voice.first_start import begin_with
from voice.parts import Parts
from voice.people import signing_in
from voice.people.roles import Role
from voice.settings import Settings
from voice.web.cookies import SESSION

QUESTIONS = 60
LANGUAGES = ("en", "ur", "pa", "pl", "ro", "ar", "bn", "so", "uk", "pt")
TIMES = 7


def figures(folder: Path) -> list[Figure]:
    return asyncio.run(_measured(folder))


def survey() -> SurveyDocument:
    """Every third question is asked only after one answer to the one before it."""
    questions = [_question(number) for number in range(QUESTIONS)]
    for number in range(2, QUESTIONS, 3):
        questions[number] = conditioned(questions[number], [OnlyIf(f"question_{number - 1}", ("yes", "mostly"))])
    return SurveyDocument(
        slug="sixty",
        title=_said("How is it going for your family?"),
        about=_said("We want to know how help works for you."),
        who_reads=_said("A small team reads all answers."),
        what_happens_next=_said("We tell you what we did."),
        minutes=20,
        languages=LANGUAGES,
        questions=tuple(questions),
    )


def _question(number: int) -> Question:
    return Question(
        concept=f"question_{number}",
        kind="single_choice",
        symbol="sun",
        title=_said(f"Did the help at place {number} fit what you need?"),
        help=_said("Think of the last few months, at home and at school."),
        options=tuple(Option(code, "yes", _said(code)) for code in ("yes", "mostly", "a_little", "no", "not_sure")),
    )


def _said(words: str) -> Words:
    return {language: words if language == "en" else f"{words} ({language})" for language in LANGUAGES}


async def _measured(folder: Path) -> list[Figure]:
    app = create_app(Settings(data=folder / "data"))
    served = httpx.ASGITransport(app=app)
    async with app.lifespan(), httpx.AsyncClient(transport=served, base_url="http://testserver.local") as client:
        parts: Parts = app.state.parts
        await parts.store.write(lambda: begin_with(today=now().date()))
        members = await parts.store.read(signing_in.members)
        officer = next(each for each in members if each.role == Role.OFFICER)
        token = await parts.store.write(lambda: signing_in.begin_session(officer.id, now=now()))
        client.cookies.set(SESSION, token)
        draft = await parts.store.write(lambda: drafting.begin(survey(), based_on="empty", by=officer.id, now=now()))
        address = f"/work/builder/{draft.id}"
        smallest = Reference("the smallest page of staff", await _seconds(client, "/account"))
        asked = (
            ("60 questions in 10 languages open in the builder", ""),
            ("their paths drawn", "/paths"),
            ("their readiness list", "/readiness"),
        )
        return [Figure(name, await _seconds(client, address + path), "s", at_most(1), smallest) for name, path in asked]


async def _seconds(client: httpx.AsyncClient, address: str) -> float:
    """The median of a few requests, after one that warms up."""
    taken = []
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        answer = await client.get(address)
        taken.append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.status_code
    return statistics.median(taken[1:])
