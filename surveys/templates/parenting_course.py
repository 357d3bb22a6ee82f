"""A course for parent carers, before and after: what both ask is what is compared."""

from __future__ import annotations

from surveys.document import Option, Question, Series, SurveyDocument, Words
from surveys.templates.asked_often import Say, as_after_a_plan, how_much, only_if, with_options

SERIES = "parenting-course"


def before(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="parenting-course-before",
        title=words("Before your course"),
        about=words("Your course begins soon. We ask some questions now and again after it."),
        who_reads=words("The people who run the course read all answers."),
        what_happens_next=words("We ask again after the course. Then we see what the course changes."),
        minutes=4,
        languages=languages,
        series=Series(SERIES, "before", _note(words)),
        questions=with_options(
            words,
            *_asked_twice(words),
            Question(
                "hopes_for_course",
                "ranking",
                "wish",
                words("What do you want most from the course?"),
                words("It helps us plan the course."),
                options=(
                    Option("understand", "idea", words("To understand my child")),
                    Option("hard_days", "calm", words("Ideas for hard days")),
                    Option("families", "people", words("To meet other families")),
                    Option("help", "signpost", words("To find help")),
                ),
            ),
            Question(
                "makes_it_easy_to_come",
                "free_text",
                "helping-hand",
                words("What would make it easy for you to come?"),
                words("Such as the time, the place or the language."),
            ),
        ),
    )


def after(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="parenting-course-after",
        title=words("After your course"),
        about=words("You came to our course. We want to know how it was and what it changed."),
        who_reads=words("The people who run the course read all answers."),
        what_happens_next=words("We use the answers to make the next course better. We write what we changed."),
        minutes=5,
        languages=languages,
        series=Series(SERIES, "after", _note(words)),
        questions=with_options(
            words,
            *_asked_twice(words),
            Question(
                "course_speed",
                "single_choice",
                "time",
                words("How was the speed of the course?"),
                words("Choose what fits best."),
                options=(
                    Option("too_slow", "slow", words("Too slow")),
                    Option("right", "yes", words("Just right")),
                    Option("too_fast", "fast", words("Too fast")),
                ),
            ),
            Question(
                "tried_at_home",
                "yes_no",
                "home",
                words("Did you try something from the course at home?"),
                words("One small thing is enough."),
            ),
            only_if(
                Question(
                    "what_worked_at_home",
                    "free_text",
                    "sun",
                    words("What worked well at home?"),
                    words("A few words are enough. Please leave out names."),
                ),
                "tried_at_home",
                "yes",
            ),
            as_after_a_plan(words, "overall_satisfaction"),
            as_after_a_plan(words, "could_be_better"),
            as_after_a_plan(words, "told_what_happens_next"),
        ),
    )


def _note(words: Say) -> Words:
    return words("We look at all families before and all families after. We do not follow one family.")


def _asked_twice(words: Say) -> tuple[Question, ...]:
    return (
        Question(
            "sure_as_parent_carer",
            "number_scale",
            "strong",
            words("How sure do you feel as a parent carer?"),
            words("0 is not sure at all. 10 is very sure."),
            ends=(words("Not sure at all"), words("Very sure")),
        ),
        _agree(words, "understands_child", "idea", words("I understand why my child does things.")),
        _agree(words, "knows_what_to_try", "better", words("I know what to try on a hard day.")),
        _agree(words, "knows_other_families", "people", words("I know other families like ours.")),
        Question(
            "calm_at_home",
            "single_choice",
            "calm",
            words("Is it calm at home?"),
            words("Think of a normal week."),
            options=how_much(words),
        ),
    )


def _agree(words: Say, concept: str, symbol: str, statement: Words) -> Question:
    return Question(concept, "agree", symbol, statement, words("Tell us how much you agree."))
