"""A round's survey as a form on paper, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from litestar import Request

from surveys.document import RATHER_NOT_SAY, OnlyIf, Option, Question, SurveyDocument, wording
from surveys.publishing import OpenRound
from voice.languages import LANGUAGES, speak
from voice.languages import gettext as _
from voice.paper.printing import PaperForm
from voice.people.partnership import PartnershipInfo
from voice.web import wordings
from voice.web.pages import render
from voice.web.parts import parts_of

LARGEST_NUMBER = 300
"""Of pages and questions; numbers in the digits of the language are ready up to here."""


class PrintedQuestion(msgspec.Struct, frozen=True):
    """``only_if`` are the lines that say who answers it; none when everybody does."""

    question: Question
    number: int | None
    only_if: tuple[str, ...]


def numbers_of(document: SurveyDocument) -> dict[str, int]:
    """The number of each question on paper; pages that only tell something have none."""
    asked = [question.concept for question in document.questions if question.kind != "information"]
    return {concept: number for number, concept in enumerate(asked, start=1)}


def paper_form(request: Request[Any, Any, Any], round: OpenRound, language: str) -> PaperForm:
    parts = parts_of(request)

    def rendered(template: str, **context: Any) -> str:
        return render(request, template, language=language, **context)

    return form_in_words(rendered, round, language, parts.partnership, parts.settings.base_url)


def form_in_words(
    rendered: Callable[..., str], round: OpenRound, language: str, partnership: PartnershipInfo, base_url: str
) -> PaperForm:
    """All that is printed, the same for each copy. ``rendered`` makes a template into HTML."""
    speak(language)
    document = round.document
    numbers = numbers_of(document)
    help_line = " · ".join(each for each in (partnership.name, partnership.help_phone, partnership.help_email) if each)
    return PaperForm(
        title=wording(document.title, language),
        language=LANGUAGES[language],
        html=rendered(
            "paper/layout.html",
            document=document,
            identity_mode=round.identity_mode,
            printed=[
                PrintedQuestion(
                    question,
                    numbers.get(question.concept),
                    tuple(_only_if(document, question, each, numbers, language) for each in question.conditions),
                )
                for question in document.questions
            ],
        ),
        page_words=_("Page %(position)s of %(count)s") % {"position": "{position}", "count": "{count}"},
        foot=(help_line,) if help_line else (),
        code=page_code(base_url, round, language),
        numbers=tuple(wordings.number(number) for number in range(LARGEST_NUMBER + 1)),
    )


def page_code(base_url: str, round: OpenRound, language: str) -> str:
    """What the square code of a page says: the way to the same survey on a phone, and, behind the ``#`` that no
    browser sends, which version and page this is."""
    return f"{base_url}/s/{round.link}?lang={language}#{round.survey}.{round.version}.{language}.{{page}}"


def _only_if(
    document: SurveyDocument, question: Question, condition: OnlyIf, numbers: Mapping[str, int], language: str
) -> str:
    """Who answers this question, in words, and where everybody else goes on."""
    earlier = document.question(condition.concept)
    options = [_label(earlier, code, language) for code in condition.codes]
    said = {
        "answers": _(" or ").join(f"“{label}”" for label in options),
        "number": wordings.number(numbers.get(condition.concept, 0)),
    }
    following = _next_for_others(document, question, condition)
    if following is None or following.concept not in numbers:
        return _("Answer this only if you ticked %(answers)s in question %(number)s.") % said
    return _(
        "Answer this only if you ticked %(answers)s in question %(number)s. Did you tick something else? "
        "Go to question %(next)s."
    ) % (said | {"next": wordings.number(numbers[following.concept])})


def _label(question: Question | None, code: str, language: str) -> str:
    if code == RATHER_NOT_SAY:
        return _("I would rather not say")
    options: tuple[Option, ...] = question.options if question else ()
    return next((wording(option.label, language) for option in options if option.code == code), code)


def _next_for_others(document: SurveyDocument, question: Question, condition: OnlyIf) -> Question | None:
    """The first question after this one that is asked without the same condition."""
    place = document.questions.index(question)
    later = document.questions[place + 1 :]
    return next((each for each in later if condition not in each.conditions and each.kind != "information"), None)
