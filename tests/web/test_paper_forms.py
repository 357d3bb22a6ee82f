"""Questions as they are printed: one form for each kind, in the reader's language."""

from __future__ import annotations

import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from surveys.document import Question
from tests.surveys import every_type
from voice.languages import LANGUAGES, speak
from voice.web.pages import environment

DOCUMENT = every_type.document(every_type.spoken, tuple(LANGUAGES))
ASKED = {question.kind: question for question in DOCUMENT.questions}
NOTHING_TO_SAY = ("information",)


def printed(question: Question, number: int | None = None) -> LexborHTMLParser:
    text = str(
        environment()
        .from_string("{% import 'paper/' ~ question.kind ~ '.html' as paper %}{{ paper.printed(question, number) }}")
        .render(question=question, number=number)
    )
    html5lib.HTMLParser(strict=True).parseFragment(text)
    return LexborHTMLParser(text)


@pytest.fixture(params=ASKED)
def question(request: pytest.FixtureRequest) -> Question:
    speak("en")
    return ASKED[request.param]


class TestEveryKind:
    def test_it_prints_what_is_asked(self, question: Question) -> None:
        page = printed(question)
        text = page.body.text() if page.body else ""
        assert question.title["en"] in text
        assert question.help["en"] in text
        for option in question.options + question.places:
            assert option.label["en"] in text
        assert ("I would rather not say" in text) == (question.kind not in NOTHING_TO_SAY)
        assert not page.css("script, input, [style]")

    def test_it_has_room_for_a_pen(self, question: Question) -> None:
        marks = printed(question).css(".paper-box, .paper-line, .paper-numbers li")
        assert bool(marks) == (question.kind not in NOTHING_TO_SAY)

    def test_it_is_numbered_when_the_page_counts(self, question: Question) -> None:
        heading = printed(question, 3).css_first("h2")
        assert heading is not None
        assert ("3." in heading.text()) == (question.kind not in NOTHING_TO_SAY)

    def test_it_is_in_the_readers_language(self, question: Question) -> None:
        if question.kind not in NOTHING_TO_SAY:
            speak("pl")
            text = printed(question).css_first("section").text()
            speak("en")
            assert "I would rather not say" not in text


class TestSorting:
    def test_it_has_a_box_for_each_picture_and_place(self) -> None:
        speak("en")
        assert len(printed(ASKED["sorting"]).css("tbody .paper-box")) == 9


class TestContact:
    def test_it_asks_for_no_number_beside_the_answers(self) -> None:
        speak("en")
        page = printed(ASKED["contact"])
        assert "on a sheet of its own" in page.css_first("section").text()
        assert not page.css(".paper-line")
