"""A form that has every kind of question, as it is printed for a round."""

from __future__ import annotations

import uuid
from typing import get_args

import msgspec

from surveys.document import Option, Question, QuestionKind, SurveyDocument
from surveys.identity import IdentityMode
from surveys.publishing import OpenRound
from surveys.question_types import complete
from surveys.templates import post_ehcp
from voice.languages import LANGUAGES, speak, words
from voice.paper.printing import PaperForm
from voice.people.partnership import PartnershipInfo
from voice.web.pages import environment
from voice.web.paper_form import form_in_words

PARTNERSHIP = PartnershipInfo(
    name="Millbrook Vale SEND Partnership", help_phone="01632 960 123", help_email="help@millbrook-vale.example"
)


def document() -> SurveyDocument:
    """The post-EHCP survey, and after it a question of each other kind in words that it has already."""
    survey = post_ehcp.document(words, tuple(LANGUAGES))
    known = {question.kind for question in survey.questions}
    options = (
        Option("home", "child", words("The plan")),
        Option("school", "plan", words("Waiting")),
        Option("friends", "people", words("Friends and belonging")),
    )
    more = [
        complete(
            Question(
                concept=kind,
                kind=kind,
                symbol="views",
                title=words("What could be better?"),
                help=words("A few words are enough. Please leave out names."),
                options=options if kind in ("multiple_choice", "ranking", "sorting") else (),
                ends=(words("No"), words("Yes")) if kind == "number_scale" else None,
            ),
            words,
        )
        for kind in get_args(QuestionKind)
        if kind not in known
    ]
    return msgspec.structs.replace(survey, questions=(*survey.questions, *more))


def round_of(survey: SurveyDocument) -> OpenRound:
    return OpenRound(
        id=uuid.UUID(int=1),
        survey=survey.slug,
        version=3,
        term="2026-autumn",
        identity_mode="anonymous",
        link="letter",
        opens_on=None,
        closes_on=None,
        document=survey,
    )


def paper(survey: SurveyDocument, language: str, identity_mode: IdentityMode = "anonymous") -> PaperForm:
    speak(language)

    def rendered(template: str, **context: object) -> str:
        return (
            environment()
            .get_template(template)
            .render(language=LANGUAGES[language], partnership=PARTNERSHIP, **context)
        )

    round = msgspec.structs.replace(round_of(survey), identity_mode=identity_mode)
    return form_in_words(rendered, round, language, PARTNERSHIP, "https://voice.example")
