"""How somebody would like us to get in touch, and, if they like, where.

The where (``reach``) stands in the draft alone. When answers are sent it goes, sealed and apart from them,
to ``surveys/contact_wishes.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.contact_wishes import MONTHS_KEPT
from surveys.document import RATHER_NOT_SAY, Option, Question, Words
from surveys.question_types import single_choice
from surveys.question_types.single_choice import values, variables

__all__ = ["LONGEST", "MONTHS_KEPT", "filled", "options", "read", "summary", "values", "variables"]

LONGEST = 300
"""Letters of an address."""
FEWEST_DIGITS = 7
NO_CONTACT = "no_contact"


def options(words: Callable[[str], Words]) -> tuple[Option, ...]:
    """The ways, with ``words`` giving each English message in every language."""
    return (
        Option("letter", "mail", words("By letter")),
        Option("phone", "call", words("By phone")),
        Option("text", "text-message", words("By text message")),
        Option("email", "email", words("By email")),
        Option(NO_CONTACT, "no-contact", words("Please do not contact me")),
    )


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:
    reach = " ".join(form.get("reach", "").replace("\x00", "").split())
    if reach and not form.get("answer"):
        raise AnswerProblem("reach_without_way")
    given = single_choice.read(question, form, language)
    if not reach:
        return given
    if given.code in (NO_CONTACT, RATHER_NOT_SAY):
        raise AnswerProblem("reach_without_way")
    if len(reach) > LONGEST:
        raise AnswerProblem("reach_too_long", limit=LONGEST, length=len(reach))
    if given.code in ("phone", "text") and sum(letter.isdecimal() for letter in reach) < FEWEST_DIGITS:
        raise AnswerProblem("reach_number")
    if given.code == "email" and not ("@" in reach.strip("@") and " " not in reach):
        raise AnswerProblem("reach_email")
    return GivenAnswer(language=language, code=given.code, reach=reach)


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:
    return single_choice.filled(question, answer) | ({"reach": answer.reach} if answer.reach else {})


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:
    return single_choice.summary(question, answer, language) + ((answer.reach,) if answer.reach else ())
