"""Questions and scales that several surveys share, each worded once, so that their answers can be compared.

Wherever a concept is asked in easy read, it has the same words, the same kind and the same options.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from surveys.document import HardWord, OnlyIf, Option, Question, Words
from surveys.question_types import complete
from surveys.templates import post_ehcp

Say = Callable[[str], Words]
"""Gives an English message in every language."""


def with_options(words: Say, *questions: Question) -> tuple[Question, ...]:
    """The questions, each with the options that its kind implies."""
    return tuple(complete(question, words) for question in questions)


def only_if(question: Question, concept: str, *codes: str) -> Question:
    return msgspec.structs.replace(question, only_if=OnlyIf(concept, codes))


def as_after_a_plan(words: Say, concept: str) -> Question:
    """A question of the survey that goes out with every plan, always asked."""
    question = post_ehcp.document(words, ()).question(concept)
    if question is None:
        raise LookupError(concept)
    return msgspec.structs.replace(question, only_if=None)


def plan(words: Say) -> HardWord:
    return as_after_a_plan(words, "plan_route").hard_words[0]


def how_much(words: Say) -> tuple[Option, ...]:
    """Yes, mostly, a little, no."""
    return as_after_a_plan(words, "felt_listened_to").options


def how_often(words: Say) -> tuple[Option, ...]:
    return (
        Option("never", "never", words("Never")),
        Option("sometimes", "sometimes", words("Sometimes")),
        Option("often", "often", words("Often")),
        Option("always", "always", words("All the time")),
    )


def takes_part(words: Say) -> Question:
    return Question(
        "takes_part",
        "consent",
        "hand-up",
        words("Do you want to take part?"),
        words("You can skip any question. Nobody will be cross."),
    )


def own_age(words: Say) -> Question:
    return Question("own_age", "age_band", "birthday", words("How old are you?"), words("Choose your age."))


def child_age(words: Say) -> Question:
    return Question(
        "child_age",
        "age_band",
        "birthday",
        words("How old is your child?"),
        words("If you have more than one child, please think of one."),
    )


def life_quality(words: Say) -> Question:
    return Question(
        "life_quality",
        "number_scale",
        "overall",
        words("How good is life right now?"),
        words("0 is very bad. 10 is very good."),
        ends=(words("Very bad"), words("Very good")),
    )


def people_work_together(words: Say) -> Question:
    return Question(
        "people_work_together",
        "agree",
        "team",
        words("The people who help work well together."),
        words("Tell us how much you agree."),
    )


def help_makes_difference(words: Say) -> Question:
    return Question(
        "help_makes_difference",
        "single_choice",
        "growing",
        words("Does the help make life better?"),
        words("Think of the last 12 months."),
        options=how_much(words),
    )


def people_listen_to_me(words: Say) -> Question:
    return Question(
        "people_listen_to_me",
        "single_choice",
        "listen",
        words("Do people listen to you?"),
        words("They hear what you say. They think about it."),
        options=how_much(words),
    )


def knows_who_to_ask(words: Say) -> Question:
    return Question(
        "knows_who_to_ask",
        "yes_no",
        "signpost",
        words("Do you know who to ask for help?"),
        words("A person, a team or a phone number."),
    )


def wish_for_life(words: Say) -> Question:
    return Question(
        "wish_for_life",
        "free_text",
        "wish",
        words("What would make your life better?"),
        words("A few words are enough. Please leave out names."),
    )


def short_break_helped(words: Say) -> Question:
    return Question(
        "short_break_helped",
        "single_choice",
        "break",
        words("Did the short break help your family?"),
        words("A short break is time away. It is fun for your child and a rest for you."),
        options=how_much(words),
    )


def advice_clear(words: Say) -> Question:
    return Question(
        "advice_clear",
        "agree",
        "clear",
        words("The advice was easy to understand."),
        words("Tell us how much you agree."),
    )


def advice_could_be_used(words: Say) -> Question:
    return Question(
        "advice_could_be_used",
        "agree",
        "better",
        words("I could use the advice."),
        words("Tell us how much you agree."),
    )
