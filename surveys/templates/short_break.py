"""A short break, before and after: what both ask is what is compared."""

from __future__ import annotations

from surveys.document import Option, Question, Series, SurveyDocument, Words
from surveys.templates.asked_often import (
    Say,
    as_after_a_plan,
    how_much,
    knows_who_to_ask,
    life_quality,
    short_break_helped,
    with_options,
)

SERIES = "short-break"


def before(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="short-break-before",
        title=words("Before your short break"),
        about=words("Your child will have a short break soon. We ask some questions now and again after it."),
        who_reads=words("The short breaks team reads all answers."),
        what_happens_next=words("We ask again after the break. Then we see what breaks change for families."),
        minutes=4,
        languages=languages,
        series=Series(SERIES, "before", _note(words)),
        questions=with_options(
            words,
            *_asked_twice(words),
            Question(
                "hopes_for_break",
                "multiple_choice",
                "wish",
                words("What do you hope the break will bring?"),
                words("It helps us plan a good break."),
                options=(
                    Option("fun", "ball", words("Fun for my child")),
                    Option("friends", "friends", words("New friends for my child")),
                    Option("rest", "sleep", words("Rest for me")),
                    Option("family_time", "home", words("Time for my other children")),
                    Option("learning", "learn", words("Learning new things")),
                    Option("other", "something-else", words("Something else")),
                ),
            ),
            Question(
                "good_to_know",
                "free_text",
                "information",
                words("What should we know to make it a good break?"),
                words("A few words are enough. Please leave out names."),
            ),
        ),
    )


def after(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="short-break-after",
        title=words("After your short break"),
        about=words("Your child had a short break. We want to know how it was and what it changed."),
        who_reads=words("The short breaks team reads all answers."),
        what_happens_next=words("We read all answers. Then we write what families said and what we did about it."),
        minutes=6,
        languages=languages,
        series=Series(SERIES, "after", _note(words)),
        questions=with_options(
            words,
            *_asked_twice(words),
            short_break_helped(words),
            as_after_a_plan(words, "overall_satisfaction"),
            Question(
                "picture_of_break",
                "photo",
                "photo",
                words("Show us something from the break."),
                words("A thing, a place or something your child made."),
            ),
            as_after_a_plan(words, "went_well"),
            as_after_a_plan(words, "could_be_better"),
            as_after_a_plan(words, "told_what_happens_next"),
        ),
    )


def _note(words: Say) -> Words:
    return words("We look at all families before and all families after. We do not follow one family.")


def _asked_twice(words: Say) -> tuple[Question, ...]:
    return (
        Question(
            "kind_of_break",
            "single_choice",
            "break",
            words("What kind of break is it?"),
            words("Choose what fits best."),
            options=(
                Option("club", "ball", words("A club or holiday club")),
                Option("day_out", "bus", words("A day out")),
                Option("night_away", "sleep", words("A night or more away")),
                Option("at_home", "home", words("Someone comes to our home")),
                Option("other", "something-else", words("Something else")),
            ),
        ),
        life_quality(words),
        Question(
            "carer_energy",
            "number_scale",
            "strong",
            words("How much energy do you have?"),
            words("0 is no energy. 10 is lots of energy."),
            ends=(words("No energy"), words("Lots of energy")),
        ),
        Question(
            "child_has_fun",
            "single_choice",
            "ball",
            words("Can your child do things they enjoy?"),
            words("Think of a normal week."),
            options=how_much(words),
        ),
        knows_who_to_ask(words),
    )
