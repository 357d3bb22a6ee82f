"""What a recording, a drawing and a photo have in common: a file, words beside it or in its place, or neither.

The form's field ``file`` is the id of the file that this person has given already. It never comes from the page:
``held`` puts it there, so that nobody can name somebody else's file.
"""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question
from surveys.question_types.variables import Value, Variable, part_name, would_rather_not_say

FILE = "file"
WORDS = "words"


def held(form: Mapping[str, str], earlier: GivenAnswer | None, *, hidden: bool) -> dict[str, str]:
    """The form with the file that was given before. Who would rather not say replaces what a shared device hides."""
    fields = {name: value for name, value in form.items() if name != FILE}
    if earlier is None or not earlier.file or (hidden and form.get("answer") == RATHER_NOT_SAY):
        return fields
    return {**fields, FILE: earlier.file}


def read_file_or_words(form: Mapping[str, str], language: str, *, limit: int, nothing: str) -> GivenAnswer:
    """``nothing`` is the code of the problem of a page that was left empty."""
    text = form.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()
    file = form.get(FILE, "")
    if form.get("answer") == RATHER_NOT_SAY:
        if file:
            raise AnswerProblem("file_and_none")
        if text:
            raise AnswerProblem("two_answers")
        return GivenAnswer(language=language, code=RATHER_NOT_SAY)
    if not text and not file:
        raise AnswerProblem(nothing)
    if len(text) > limit:
        raise AnswerProblem("too_long", limit=limit, length=len(text))
    return GivenAnswer(language=language, text=text or None, file=file or None)


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:  # noqa: ARG001 - one shape for all types
    given = {"answer": answer.code, "text": answer.text, FILE: answer.file}
    return {name: value for name, value in given.items() if value}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:  # noqa: ARG001 - one shape
    """The words alone: the page shows the file beside them."""
    return (answer.text,) if answer.text else ()


def variables(question: Question) -> tuple[Variable, ...]:
    """The file and the words. How long a recording is, and of what kind a file, ``StoredFile`` knows by its id."""
    return (
        Variable(question.concept, question.title, "file"),
        Variable(part_name(question, WORDS), question.title, "text"),
    )


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    if answer.code == RATHER_NOT_SAY:
        return would_rather_not_say(variables(question))
    given = {question.concept: answer.file, part_name(question, WORDS): answer.text}
    return {name: value for name, value in given.items() if value}
