"""What young people of the invented partnership say could have been said on the pages."""

from __future__ import annotations

from surveys.answers import GivenAnswer, Part
from surveys.publishing import rounds
from surveys.question_types import type_of
from surveys.routing import path
from surveys.tables import Answer, AnswerPart, Submission
from tests.conftest import NOON
from voice.demonstration.young_people import CLASSES, HOW_MANY, PUPILS_A_CLASS, load_young_people
from voice.storage import Store

TODAY = NOON.date()


class TestYoungPeople:
    async def test_it_is_loaded_once_however_often_it_is_begun(self, store: Store) -> None:
        await load_young_people(store, today=TODAY)
        answers = await store.read(Answer.count)
        await load_young_people(store, today=TODAY)
        assert await store.read(Submission.count) == HOW_MANY
        assert await store.read(Answer.count) == answers
        open_now = [each for each in await store.read(rounds) if each.link and each.is_open(TODAY)]
        assert {each.survey for each in open_now} == {"my-life-young-person", "school-wellbeing"}

    async def test_it_keeps_whose_words_they_are(self, store: Store) -> None:
        await load_young_people(store, today=TODAY)
        sent = await store.read(lambda: Submission.select(Submission.said_by, Submission.mode, Submission.setting))
        assert {each["said_by"] for each in sent} == {"own_words", "supported", "proxy"}
        settings = [each["setting"] for each in sent if each["mode"] == "class"]
        assert {setting: settings.count(setting) for setting in settings} == dict.fromkeys(CLASSES, PUPILS_A_CLASS)

    async def test_it_answers_as_the_pages_would(self, store: Store) -> None:
        await load_young_people(store, today=TODAY)
        documents = {each.id: each.document for each in await store.read(rounds)}
        sent = await store.read(lambda: Submission.select(Submission.id, Submission.round))
        parts: dict[object, list[Part]] = {}
        for part in await store.read(lambda: AnswerPart.select().order_by(AnswerPart.place)):
            parts.setdefault(part["answer"], []).append(Part(part["item"], part["value"]))
        given: dict[object, dict[str, GivenAnswer]] = {}
        for row in await store.read(lambda: Answer.select()):
            answer = GivenAnswer(row["language"], row["code"], row["text"], tuple(parts.get(row["id"], ())))
            given.setdefault(row["submission"], {})[row["concept"]] = answer
        for each in sent:
            answers = given[each["id"]]
            asked = {question.concept: question for question in path(documents[each["round"]], answers)}
            assert answers.keys() <= asked.keys()
            for concept, answer in answers.items():
                kind = type_of(asked[concept])
                assert kind.read(asked[concept], kind.filled(asked[concept], answer), answer.language) == answer
