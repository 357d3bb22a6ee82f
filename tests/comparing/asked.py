"""Invented surveys that ask the same, and a course with questions before and after."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.document import OnlyIf, Option, Question, Series, SurveyDocument, Words
from surveys.ledger.recording import NewAsk, record
from surveys.publishing import open_round, publish
from surveys.submissions import Mode, SentAnswers
from surveys.templates import parenting_course, post_ehcp
from surveys.terms import first_day

TODAY = dt.date(2026, 11, 18)


def english(message: str) -> Words:
    return {"en": message}


YES_TO_NO = tuple(
    Option(code, "", english(label))
    for code, label in (("yes", "Yes"), ("mostly", "Mostly"), ("a_little", "A little"), ("no", "No"))
)


def asked(concept: str, title: str, **more: object) -> Question:
    return Question(concept, "single_choice", "", english(title), {}, options=YES_TO_NO, **more)  # type: ignore[arg-type]


def survey(slug: str, title: str, *questions: Question, series: Series | None = None) -> SurveyDocument:
    said = english("For tests.")
    return SurveyDocument(
        slug, english(title), said, said, said, 3, ("en",), questions, series=series, edition="standard"
    )


async def round_of(document: SurveyDocument, *, term: str = "2026-autumn", days: int = 40) -> uuid.UUID:
    version = await publish(document, today=TODAY)
    opens_on = first_day(term)
    closes_on = opens_on + dt.timedelta(days=days)
    return await open_round(
        version, term=term, identity_mode="anonymous", link=None, opens_on=opens_on, closes_on=closes_on
    )


async def say(
    round: uuid.UUID, people: Sequence[Mapping[str, str]], *, mode: Mode = "own_device", setting: str | None = None
) -> None:
    for answers in people:
        await submissions.store(
            SentAnswers(
                id=uuid.uuid4(),
                round=round,
                language="en",
                mode=mode,
                respondent_kind="parent_carer",
                submitted_at="2026-09",
                answers={concept: GivenAnswer("en", code=code) for concept, code in answers.items()},
                setting=setting,
            )
        )


def some(yes: int, no: int, *concepts: str) -> list[dict[str, str]]:
    return [dict.fromkeys(concepts, "yes" if place < yes else "no") for place in range(yes + no)]


async def send_to(survey: str, people: int, *, day: dt.date = dt.date(2026, 9, 10)) -> None:
    moment = dt.datetime.combine(day, dt.time(10), dt.UTC)
    await record(
        [
            NewAsk(f"f{n}", f"p{n}", survey, "The forum", kind, moment, outcome=outcome)
            for n in range(people)
            for kind, outcome in (("invitation", "delivered"), ("reminder", "none"))
        ]
        + [NewAsk("f-lost", "p-lost", survey, "The forum", "invitation", moment, outcome="bounced")]
    )


FORUM = survey(
    "forum-yearly",
    "The yearly survey of the forum",
    asked("kept_up_to_date", "In the last year, did anyone tell you how your plan was going?"),
    asked("felt_listened_to", "Did you feel listened to?", only_if=OnlyIf("kept_up_to_date", ("yes",))),
    asked("plan_describes_child", "Does the plan describe your child well?"),
)


async def two_surveys() -> None:
    """80 of 100 after a plan and 24 of 60 of the forum, sent to 200 on paper, were kept up to date; both feel
    listened to alike. Five people of the forum spoke of the plan itself."""
    team = await round_of(post_ehcp.document(english, ("en",)))
    await say(team, some(80, 20, "kept_up_to_date", "felt_listened_to", "plan_describes_child"))
    forum = await round_of(FORUM)
    both = some(24, 36, "kept_up_to_date")
    heard = some(30, 10, "felt_listened_to")
    spoke = some(3, 2, "plan_describes_child")
    people = [
        {**each, **(heard[place] if place < 40 else {}), **(spoke[place] if place < 5 else {})}
        for place, each in enumerate(both)
    ]
    await say(forum, people, mode="paper")
    await send_to("forum-yearly", 200)


async def course() -> None:
    """A course asked about in two surveys; in the second, everybody also said how it was before."""
    before = await round_of(parenting_course.before(english, ("en",)), term="2026-summer")
    await say(before, [{"knows_what_to_try": "agree" if n < 20 else "disagree"} for n in range(50)])
    twice = (
        asked("calm_before", "Before the course, was it calm at home?"),
        asked("calm_after", "Now, is it calm at home?"),
    )
    after = parenting_course.after(english, ("en",))
    document = SurveyDocument(
        after.slug, after.title, after.about, after.who_reads, after.what_happens_next, 5, ("en",),
        (*after.questions, *twice), series=after.series,
    )  # fmt: skip
    moved = [("no", "mostly")] * 12 + [("a_little", "yes")] * 8 + [("yes", "yes")] * 15 + [("no", "no")] * 15
    await say(
        await round_of(document),
        [
            {"knows_what_to_try": "agree" if n < 35 else "disagree", "calm_before": was, "calm_after": now}
            for n, (was, now) in enumerate(moved)
        ],
    )
