"""Ninety schools answer in one hour, played at ten times the speed, and what the server needs for it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import uuid
from pathlib import Path

import msgspec

from benchmarks.families import Measured
from benchmarks.figures import Figure, Reference, at_most, percentile
from benchmarks.machine import memory_of
from benchmarks.schools import AN_HOUR_TAKES_SECONDS
from benchmarks.serving import serving
from surveys import class_sessions
from surveys.document import Question, SurveyDocument
from surveys.publishing import open_round, publish
from surveys.question_types import agree
from surveys.terms import term_of
from voice.commands.with_store import with_store
from voice.first_start import begin_with
from voice.languages import LANGUAGES
from voice.people import signing_in
from voice.settings import Settings
from voice.storage import Store
from voice.storage.secret import read_secret

SCHOOLS = 90
QUESTIONS = 20


def document() -> SurveyDocument:
    """Twenty questions of one kind: the speed is the same whatever they ask."""

    def words(message: str) -> dict[str, str]:
        return dict.fromkeys(LANGUAGES, message)

    return SurveyDocument(
        slug="school-hour",
        title=words("How is school?"),
        about=words("Twenty short questions."),
        who_reads=words("Your school."),
        what_happens_next=words("We tell you what we did."),
        minutes=5,
        languages=tuple(LANGUAGES),
        audience="young_person",
        questions=tuple(
            Question(
                concept=f"question_{number}",
                kind="agree",
                symbol="school",
                title=words(f"I like what we do at school, part {number}"),
                help=words("Think of this week."),
                options=agree.options(words),
            )
            for number in range(1, QUESTIONS + 1)
        ),
    )


def prepare(data: Path) -> list[str]:
    """A data folder with an open round and a class for each school today; returns the codes of the classes."""
    settings = Settings(data=data)
    today = dt.datetime.now(dt.UTC).date()

    async def work(store: Store) -> list[str]:
        secret = read_secret(data)
        ids = [uuid.uuid4() for _ in range(SCHOOLS)]

        async def unit() -> None:
            await begin_with(today=today, domain="school-hour.invalid")
            version = await publish(document(), today=today)
            round = await open_round(
                version,
                term=term_of(today),
                identity_mode="anonymous",
                link="school-hour",
                opens_on=None,
                closes_on=None,
            )
            [leader, *_] = await signing_in.members()
            for number, id in enumerate(ids):
                setting = f"School {number + 1}"
                await class_sessions.start(round, setting, by=leader.id, secret=secret, today=today, id=id)

        await store.write(unit)
        return [class_sessions.code_of(secret, id) for id in ids]

    return with_store(settings, work)


def figures(folder: Path, *, seconds: float, commits: Reference) -> list[Figure]:
    """Plays the first ``seconds`` of the six minutes, with as many classes a second as the whole has."""
    data, codes = folder / "data", folder / "codes.txt"
    codes.write_text("\n".join(prepare(data)))
    with serving(data) as server:
        load = subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.schools", str(server.port), "--codes", str(codes)),
                *("--server-pid", str(server.pid), "--seconds", str(min(seconds, AN_HOUR_TAKES_SECONDS))),
            ],
            check=True,
            stdout=subprocess.PIPE,
        )
        memory = memory_of(server.pid)
    measured, pupils = msgspec.json.decode(load.stdout, type=tuple[Measured, int])
    for error, times in list(measured.errors.items())[:5]:
        print(f"  wrong: {times} times {error}")
    return [
        Figure("pupils", pupils, ""),
        Figure("of them sent", measured.walks, ""),
        Figure("time it took", measured.seconds, "s"),
        Figure("answered pages", len(measured.pages) / measured.seconds, "a second", None, commits),
        Figure("an answered page, p50", 1000 * percentile(measured.pages, 0.5), "ms"),
        Figure("an answered page, p99", 1000 * percentile(measured.pages, 0.99), "ms", at_most(400)),
        Figure("errors", sum(measured.errors.values()), "", at_most(0)),
        Figure("processor, server", 100 * measured.server / measured.seconds, "% of a core"),
        Figure("processor, load generator", 100 * measured.load / measured.seconds, "% of a core"),
        Figure("memory of the server at most", memory.most, "MB"),
    ]
