"""After a Let's Talk event: what people thought of it and what to talk about next."""

from __future__ import annotations

from surveys.document import Option, Question, SurveyDocument
from surveys.templates.asked_often import Say, as_after_a_plan, with_options

SLUG = "lets-talk-event"


def document(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    """The survey, with ``words`` giving each English message in every language."""
    return SurveyDocument(
        slug=SLUG,
        title=words("How was the Let’s Talk event?"),
        about=words("You came to talk with us. Tell us how it was and what to talk about next."),
        who_reads=words("The people who plan the events read all answers. Young people are among them."),
        what_happens_next=words("We use your ideas for the next event. There we tell you what we changed."),
        minutes=6,
        languages=languages,
        audience="other",
        questions=with_options(
            words,
            Question(
                "came_as",
                "single_choice",
                "people",
                words("Who are you?"),
                words("Choose what fits best."),
                options=(
                    Option("young_person", "backpack", words("A young person")),
                    Option("parent_carer", "home", words("A parent carer")),
                    Option("school", "teacher", words("Someone from a school or college")),
                    Option("health", "health", words("Someone from health")),
                    Option("council", "council", words("Someone from the council")),
                    Option("someone_else", "people", words("Someone else")),
                ),
            ),
            Question(
                "event_day",
                "date",
                "calendar",
                words("Which day did you come?"),
                words("Choose Skip if you are not sure."),
            ),
            Question(
                "event_feelings",
                "feelings",
                "feelings",
                words("How did the event make you feel?"),
                words("There is no right or wrong answer."),
            ),
            as_after_a_plan(words, "overall_satisfaction"),
            as_after_a_plan(words, "felt_listened_to"),
            Question(
                "talked_about_what_matters",
                "agree",
                "talk",
                words("We talked about what matters to me."),
                words("Tell us how much you agree."),
            ),
            _hard_to_join_in(words),
            _next_topics(words),
            as_after_a_plan(words, "went_well"),
            as_after_a_plan(words, "could_be_better"),
            Question(
                "contact_next_event",
                "contact",
                "told",
                words("How can we tell you about the next event?"),
                words("We use this for nothing else."),
            ),
        ),
    )


def _hard_to_join_in(words: Say) -> Question:
    return Question(
        "hard_to_join_in",
        "multiple_choice",
        "take-part",
        words("What made it hard to join in?"),
        words("It helps us plan the next event."),
        options=(
            Option("getting_there", "bus", words("Getting there")),
            Option("too_loud", "loud", words("Too loud or too full")),
            Option("too_long", "time", words("Too long")),
            Option("hard_words", "learn", words("Hard words")),
            Option("no_chance_to_speak", "talk", words("I could not say what I wanted")),
            Option("nothing", "yes", words("Nothing, it was easy")),
        ),
    )


def _next_topics(words: Say) -> Question:
    return Question(
        "next_topics",
        "multiple_choice",
        "idea",
        words("What should we talk about next?"),
        words("We plan the next event with your ideas."),
        options=(
            Option("feelings", "views", words("Feelings and worries")),
            Option("school", "school", words("School and college")),
            Option("friends", "friends", words("Friends and free time")),
            Option("health", "health", words("Health and doctors")),
            Option("getting_around", "bus", words("Getting around")),
            Option("growing_up", "work", words("Growing up and work")),
        ),
        most=3,
    )
