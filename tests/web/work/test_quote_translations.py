"""What people said stays as they wrote it; what it says in another language stands beside it, with who did it."""

from __future__ import annotations

import re
import uuid

import pytest

from surveys.tables import Answer
from tests.evidence.families import families
from tests.pages import CheckingClient, Page
from voice.people.roles import Role

URDU = "انہوں نے ہماری بات سنی۔"
ENGLISH = "They listened to us."


@pytest.fixture
def analyst(client: CheckingClient) -> CheckingClient:
    client.unit(lambda: families(1, language="ur", went_well=URDU))
    client.unit(lambda: families(12, overall_satisfaction="happy"))
    client.sign_in(Role.ANALYST)
    return client


def translate(client: CheckingClient, **fields: str) -> Page:
    page = client.get("/work/quotes")
    form = {"translation": ENGLISH, "into": "en", "made_by": "person", "name": "Amira Noor", **fields}
    return client.submit(page, form=".translate form", **form)


class TestATranslation:
    def test_it_stands_beside_the_words_with_who_made_it(self, analyst: CheckingClient) -> None:
        page = translate(analyst)
        texts = [quote.text() for quote in page.tree.css("article blockquote")]
        assert texts == [URDU, ENGLISH]
        assert "Translated by Amira Noor, 18 November 2026" in page.text

    def test_it_says_when_a_machine_made_it(self, analyst: CheckingClient) -> None:
        page = translate(analyst, made_by="machine", name="Some model 3")
        assert "Translated by a machine (Some model 3)" in page.text

    def test_it_leaves_the_answer_as_it_was_written(self, analyst: CheckingClient) -> None:
        translate(analyst)
        rows = analyst.unit(lambda: Answer.select(Answer.text, Answer.language).where(Answer.text.is_not_null()))
        assert rows == [{"text": URDU, "language": "ur"}]

    def test_a_new_one_takes_the_place_of_the_earlier_in_the_same_language(self, analyst: CheckingClient) -> None:
        translate(analyst)
        translate(analyst, translation="They heard us.")
        page = translate(analyst, translation="Wysłuchali nas.", into="pl")
        texts = [quote.text() for quote in page.tree.css("article blockquote")]
        assert texts == [URDU, "They heard us.", "Wysłuchali nas."]

    def test_it_keeps_nothing_without_words_or_a_name(self, analyst: CheckingClient) -> None:
        assert ENGLISH not in translate(analyst, name="  ").text
        assert "Amira" not in translate(analyst, translation=" \n ").text

    def test_it_is_for_voices_and_languages_that_there_are(self, analyst: CheckingClient) -> None:
        page = analyst.get("/work/quotes")
        form = {**page.form(".translate form"), "translation": ENGLISH, "name": "Amira"}
        address = page.action(".translate form")
        analyst.post(address, {**form, "into": "xx"}, status=404)
        for voice in ("nobody", str(uuid.uuid4())):
            analyst.post(re.sub("voice=.*", f"voice={voice}", address), form, status=404)


class TestWhatALeadSees:
    def release(self, analyst: CheckingClient, hide: str) -> None:
        page = analyst.get("/work/quotes")
        analyst.submit(page, {"go": "release"}, form="article > form", hide=hide)
        analyst.unit(lambda: families(10, went_well="It went well."))  # of fewer comments a lead sees none

    def test_it_stands_below_a_quote_that_was_released_as_it_is(self, analyst: CheckingClient) -> None:
        translate(analyst)
        self.release(analyst, "")
        page = analyst.get("/lead/said")
        assert ENGLISH in page.text
        assert "Translated by Amira Noor" in page.text

    def test_it_is_left_out_where_words_were_hidden(self, analyst: CheckingClient) -> None:
        translate(analyst)
        self.release(analyst, "ہماری")
        page = analyst.get("/lead/said")
        assert "[…]" in page.text
        assert ENGLISH not in page.text
