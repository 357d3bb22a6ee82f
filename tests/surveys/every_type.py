"""A survey with one question of every kind that asks for no recording, drawing or photo."""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import OnlyIf, Option, Question, SurveyDocument, Words
from surveys.question_types import complete
from voice.languages import LANGUAGES, words

SLUG = "every-type"


def spoken(message: str) -> Words:
    """The message in every language, in English where no catalog has it, so that the survey goes out in all of them."""
    return {code: words(message).get(code, message) for code in LANGUAGES}


def document(say: Callable[[str], Words], languages: tuple[str, ...]) -> SurveyDocument:
    def ask(concept: str, kind: str, symbol: str, title: str, **more: object) -> Question:
        helped = say("There is no right or wrong answer.")
        question = Question(concept, kind, symbol, say(title), helped, **more)  # type: ignore[arg-type]
        return complete(question, say)

    travel = (
        Option("bus", "bus", say("Bus")),
        Option("walk", "walk", say("On foot")),
        Option("car", "car", say("Car")),
        Option("taxi", "taxi", say("Taxi")),
    )
    things = (
        Option("lessons", "read", say("Lessons")),
        Option("playground", "take-part", say("The playground")),
        Option("lunch", "lunch", say("Lunch time")),
    )
    return SurveyDocument(
        slug=SLUG,
        title=say("My school"),
        about=say("We want to know how school is for you."),
        who_reads=say("The people who run the schools read all answers."),
        what_happens_next=say("We tell your school what children said."),
        minutes=5,
        languages=languages,
        audience="young_person",
        questions=(
            ask("welcome", "information", "welcome", "Some things to know first"),
            ask("take_part", "consent", "agree", "Do you want to take part?"),
            ask("year", "year_group", "school", "Which year are you in?"),
            ask("age", "age_band", "child", "How old are you?"),
            ask("travel", "multiple_choice", "bus", "How do you get to school?", options=travel, most=3),
            ask("like_taxi", "yes_no", "taxi", "Do you like the taxi?", only_if=OnlyIf("travel", ("taxi",))),
            ask("best_way", "ranking", "order", "Which way is best?", options=travel),
            ask("day", "sorting", "sort", "What is your day like?", options=things),
            ask("feelings", "feelings", "feelings", "How do you feel at school?"),
            ask("heard", "agree", "listen", "My teachers listen to me"),
            ask(
                "belong",
                "number_scale",
                "number",
                "How much do you feel part of your school?",
                ends=(say("Not at all"), say("Very much")),
            ),
            ask(
                "happy",
                "faces",
                "overall",
                "How happy are you at school?",
                options=(
                    Option("happy", "face-happy", say("Happy")),
                    Option("in_between", "face-in-between", say("In between")),
                    Option("unhappy", "face-unhappy", say("Unhappy")),
                ),
            ),
            ask(
                "help",
                "single_choice",
                "take-part",
                "Do you get help in lessons?",
                options=(Option("often", "yes", say("Often")), Option("never", "no", say("Never"))),
            ),
            ask("started", "date", "calendar", "When did you start at this school?"),
            ask("area", "postcode_area", "map", "Where do you live?"),
            ask("better", "free_text", "better", "What could be better?"),
            ask("contact", "contact", "mail", "How may we tell you what happens next?"),
        ),
    )
