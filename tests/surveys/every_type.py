"""A survey with one question of every kind that asks for no recording, drawing or photo."""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import OnlyIf, Option, Question, SurveyDocument, Words
from surveys.question_types import complete

SLUG = "every-type"


def document(words: Callable[[str], Words], languages: tuple[str, ...]) -> SurveyDocument:
    def ask(concept: str, kind: str, symbol: str, title: str, **more: object) -> Question:
        helped = words("There is no right or wrong answer.")
        question = Question(concept, kind, symbol, words(title), helped, **more)  # type: ignore[arg-type]
        return complete(question, words)

    travel = (
        Option("bus", "bus", words("Bus")),
        Option("walk", "walk", words("On foot")),
        Option("car", "car", words("Car")),
        Option("taxi", "taxi", words("Taxi")),
    )
    things = (
        Option("lessons", "read", words("Lessons")),
        Option("playground", "take-part", words("The playground")),
        Option("lunch", "lunch", words("Lunch time")),
    )
    return SurveyDocument(
        slug=SLUG,
        title=words("My school"),
        about=words("We want to know how school is for you."),
        who_reads=words("The people who run the schools read all answers."),
        what_happens_next=words("We tell your school what children said."),
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
                ends=(words("Not at all"), words("Very much")),
            ),
            ask(
                "happy",
                "faces",
                "overall",
                "How happy are you at school?",
                options=(
                    Option("happy", "face-happy", words("Happy")),
                    Option("in_between", "face-in-between", words("In between")),
                    Option("unhappy", "face-unhappy", words("Unhappy")),
                ),
            ),
            ask(
                "help",
                "single_choice",
                "take-part",
                "Do you get help in lessons?",
                options=(Option("often", "yes", words("Often")), Option("never", "no", words("Never"))),
            ),
            ask("started", "date", "calendar", "When did you start at this school?"),
            ask("area", "postcode_area", "map", "Where do you live?"),
            ask("better", "free_text", "better", "What could be better?"),
            ask("contact", "contact", "mail", "How may we tell you what happens next?"),
        ),
    )
