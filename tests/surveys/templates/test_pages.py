"""Every survey to start from, answered page by page as somebody with a phone would."""

from __future__ import annotations

import pytest

from surveys.publishing import open_round, publish
from surveys.templates import TEMPLATES
from tests.pages import CONTINUE, CheckingClient
from tests.surveys.templates.forms import first, form
from voice.languages import LANGUAGES, words


@pytest.mark.parametrize("slug", TEMPLATES)
class TestPages:
    def test_it_is_answered_to_the_receipt(self, client: CheckingClient, slug: str) -> None:
        document = TEMPLATES[slug](words, tuple(LANGUAGES))

        async def opened() -> None:
            version = await publish(document, today=client.parts.today)
            await open_round(
                version, term="2026-autumn", identity_mode="anonymous", link="here", opens_on=None, closes_on=None
            )

        client.unit(opened)
        client.parts.rounds.forget()
        page = client.begin("/s/here")
        asked = set()
        while "/q/" in page.path:
            question = document.question(page.path.rpartition("/")[2])
            assert question is not None
            assert question.title["en"] in page.h1
            assert question.help["en"] in page.text
            assert all(option.label["en"] in page.text for option in question.options)
            asked.add(question.concept)
            fields = form(question, first(question)) if question.kind != "information" else {}
            page = client.post(page.action(), {**fields, **CONTINUE})
        assert page.path.endswith("/check")
        client.submit(page)
        sent = set(client.answered())
        assert sent == {concept for concept in asked if document.question(concept).kind != "information"}  # type: ignore[union-attr]
