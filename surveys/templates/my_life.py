"""My life, my support: three yearly forms for young people, their parent carers and those who help them.

What all three ask has one concept and the same words, about "life" rather than "your life", so that the three
views can be laid side by side. They are linked by what they ask and the year, never by person. Earlier years used
another tool with other questions: ``SERIES`` and its note mark the break.
"""

from __future__ import annotations

from surveys.document import Option, Question, Series, SurveyDocument
from surveys.templates.asked_often import (
    Say,
    as_after_a_plan,
    child_age,
    help_makes_difference,
    how_much,
    life_quality,
    only_if,
    own_age,
    people_listen_to_me,
    people_work_together,
    takes_part,
    wish_for_life,
    with_options,
)

SERIES = "my-life"


def series(words: Say) -> Series:
    return Series(
        SERIES,
        "yearly",
        words("This is a new start. Older surveys asked other questions. Their numbers do not compare with these."),
    )


def young_person(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    """For young people: pictures, feelings, drawing and voice, and their own yes before anything is asked."""
    return SurveyDocument(
        slug="my-life-young-person",
        title=words("My life, my support"),
        about=words("This is about your life and the help you get. Use words, pictures or your voice."),
        who_reads=words("A small team reads your answers. They want to make life better for young people."),
        what_happens_next=words("We look at what all young people say. Then we tell you what we change."),
        minutes=10,
        languages=languages,
        audience="young_person",
        series=series(words),
        questions=with_options(
            words,
            takes_part(words),
            own_age(words),
            Question(
                "feelings_today",
                "feelings",
                "feelings",
                words("How do you feel today?"),
                words("There is no right or wrong answer."),
            ),
            _life_now(words),
            life_quality(words),
            people_listen_to_me(words),
            only_if(_who_listens(words), "people_listen_to_me", "yes", "mostly", "a_little"),
            _enough_help(words),
            help_makes_difference(words),
            _next_year(words),
            Question(
                "good_day",
                "drawing",
                "draw",
                words("Draw a good day."),
                words("What do you do on a good day? Draw it in any way you like."),
            ),
            Question(
                "favourite_place",
                "photo",
                "photo",
                words("Show us a place you like."),
                words("It can be at home, outside or anywhere."),
            ),
            Question(
                "in_my_voice",
                "recording",
                "record",
                words("Tell us more in your own voice."),
                words("Say anything you want us to know. Please leave out names."),
            ),
            wish_for_life(words),
        ),
    )


def parent_carer(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="my-life-parent-carer",
        title=words("My life, my support: for parent carers"),
        about=words("This is about your child’s life and the help you get. We ask once a year."),
        who_reads=words("A small team reads the answers. It lays them beside what young people say."),
        what_happens_next=words("We read all answers. Then we write what families said and what we did about it."),
        minutes=8,
        languages=languages,
        series=series(words),
        questions=with_options(
            words,
            Question(
                "about_your_child",
                "information",
                "child",
                words("Please think of one child."),
                words("All questions are about this child. You can fill in one form for each child."),
            ),
            child_age(words),
            _life_now(words),
            life_quality(words),
            _enough_help(words),
            help_makes_difference(words),
            people_work_together(words),
            as_after_a_plan(words, "felt_listened_to"),
            as_after_a_plan(words, "child_views_heard"),
            _next_year(words),
            Question(
                "family_life",
                "single_choice",
                "home",
                words("Does the help make life better for all your family?"),
                words("Think of sisters, brothers and yourself."),
                options=how_much(words),
            ),
            as_after_a_plan(words, "went_well"),
            as_after_a_plan(words, "could_be_better"),
            as_after_a_plan(words, "told_what_happens_next"),
        ),
    )


def practitioner(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="my-life-practitioner",
        title=words("My life, my support: for people who help"),
        about=words("This is about the life of someone you help. We ask once a year."),
        who_reads=words("A small team reads the answers. It lays them beside what families say."),
        what_happens_next=words("We read all answers. Then we write what people said and what we did about it."),
        minutes=7,
        languages=languages,
        audience="other",
        series=series(words),
        questions=with_options(
            words,
            Question(
                "about_one_person",
                "information",
                "child",
                words("Please think of one child or young person."),
                words("All questions are about them. Please do not write their name."),
            ),
            Question(
                "place_of_work",
                "single_choice",
                "work",
                words("Where do you work?"),
                words("Choose what fits best."),
                options=(
                    Option("school", "school", words("In a school or nursery")),
                    Option("college", "college", words("In a college")),
                    Option("health", "health", words("In health")),
                    Option("council", "council", words("At the council")),
                    Option("charity", "thanks", words("At a charity")),
                    Option("somewhere_else", "something-else", words("Somewhere else")),
                ),
            ),
            Question(
                "age_of_person",
                "age_band",
                "birthday",
                words("How old is the child or young person?"),
                words("Choose their age."),
            ),
            _life_now(words),
            life_quality(words),
            _enough_help(words),
            help_makes_difference(words),
            people_work_together(words),
            Question(
                "knows_their_wishes",
                "single_choice",
                "views",
                words("Do you know what they want from life?"),
                words("They told you, or they showed you in another way."),
                options=how_much(words),
            ),
            Question(
                "time_to_help",
                "single_choice",
                "time",
                words("Do you have enough time to help well?"),
                words("Think of a normal week."),
                options=how_much(words),
            ),
            _next_year(words),
            as_after_a_plan(words, "went_well"),
            as_after_a_plan(words, "could_be_better"),
        ),
    )


def _life_now(words: Say) -> Question:
    return Question(
        "life_now",
        "sorting",
        "overall",
        words("How is life going?"),
        words("Put each picture where it fits."),
        options=(
            Option("home", "home", words("Home")),
            Option("school_or_work", "school", words("School or work")),
            Option("friends", "friends", words("Friends")),
            Option("health", "health", words("Health")),
            Option("feeling_safe", "safe", words("Feeling safe")),
            Option("free_time", "ball", words("Free time")),
            Option("choices", "choices", words("Making choices")),
        ),
    )


def _enough_help(words: Say) -> Question:
    return Question(
        "enough_help",
        "single_choice",
        "helping-hand",
        words("Is there enough help?"),
        words("Think of home, school and health."),
        options=(
            Option("enough", "yes", words("Enough help")),
            Option("not_enough", "a-little", words("Not enough help")),
            Option("too_much", "too-much", words("Too much help")),
            Option("none", "no", words("No help at all")),
        ),
    )


def _next_year(words: Say) -> Question:
    return Question(
        "matters_most_next",
        "ranking",
        "wish",
        words("What matters most for next year?"),
        words("Think of the next 12 months."),
        options=(
            Option("friends", "friends", words("Time with friends")),
            Option("learning", "learn", words("Learning new things")),
            Option("health", "health", words("Being well")),
            Option("choices", "choices", words("Making more choices")),
            Option("fun", "ball", words("Fun things to do")),
        ),
    )


def _who_listens(words: Say) -> Question:
    return Question(
        "who_listens",
        "multiple_choice",
        "people",
        words("Who listens to you?"),
        words("Think of the people you know."),
        options=(
            Option("family", "home", words("My family")),
            Option("friends", "friends", words("My friends")),
            Option("school", "teacher", words("People at school or college")),
            Option("health", "health", words("Doctors and nurses")),
            Option("social_worker", "team", words("My social worker")),
            Option("someone_else", "people", words("Someone else")),
        ),
    )
