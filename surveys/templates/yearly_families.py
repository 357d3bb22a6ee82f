"""The yearly survey of parent carers: one for all partners, so that each need not send its own.

The page ``partner_questions`` marks the slot for partners' questions (docs/decisions/0014): what they want to
know goes after it, beside or instead of the two questions that stand there.
"""

from __future__ import annotations

from surveys.document import Option, Question, SurveyDocument
from surveys.templates.asked_often import (
    Say,
    as_after_a_plan,
    child_age,
    help_makes_difference,
    how_much,
    only_if,
    people_work_together,
    plan,
    short_break_helped,
    with_options,
)

SLUG = "yearly-families"
SLOT = "partner_questions"


def document(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    """The survey, with ``words`` giving each English message in every language."""
    return SurveyDocument(
        slug=SLUG,
        title=words("How was this year for your family?"),
        about=words("Once a year we ask families what helps. It is one survey for all our teams."),
        who_reads=words("The parent carer forum, the council, health teams and schools read the answers."),
        what_happens_next=words("We read all answers. Then we write what families said and what we did about it."),
        minutes=8,
        languages=languages,
        questions=with_options(
            words,
            child_age(words),
            _place_to_learn(words),
            _help_at_school(words),
            Question(
                "needs_found_early",
                "single_choice",
                "check",
                words("Did people see early that your child needs help?"),
                words("Think of school, nursery and doctors."),
                options=how_much(words),
            ),
            as_after_a_plan(words, "felt_listened_to"),
            as_after_a_plan(words, "child_views_heard"),
            _help_used(words),
            only_if(short_break_helped(words), "help_used", "short_breaks"),
            Question(
                SLOT,
                "information",
                "partners",
                words("Next: questions from our partners"),
                words("Other teams want to know this too. So they do not need to ask you again."),
            ),
            people_work_together(words),
            help_makes_difference(words),
            as_after_a_plan(words, "went_well"),
            as_after_a_plan(words, "could_be_better"),
            Question(
                "home_area",
                "postcode_area",
                "map",
                words("Which area do you live in?"),
                words("It shows us where families need more help."),
            ),
            as_after_a_plan(words, "told_what_happens_next"),
        ),
    )


def _place_to_learn(words: Say) -> Question:
    return Question(
        "place_to_learn",
        "single_choice",
        "school",
        words("Where does your child learn?"),
        words("Choose the place where they are most of the time."),
        options=(
            Option("nursery", "blocks", words("At nursery")),
            Option("school", "school", words("At a school for all children")),
            Option("special_school", "special-school", words("At a special school")),
            Option("college", "college", words("At college")),
            Option("home", "home", words("At home")),
            Option("nowhere_now", "wait", words("Nowhere right now")),
            Option("somewhere_else", "something-else", words("Somewhere else")),
        ),
    )


def _help_at_school(words: Say) -> Question:
    return Question(
        "help_now",
        "single_choice",
        "helping-hand",
        words("What extra help does your child get?"),
        words("Choose what fits best today."),
        options=(
            Option("plan", "plan", words("Help from an EHC plan")),
            Option("no_plan_yet", "wait", words("We asked for a plan and are waiting")),
            Option("without_plan", "school", words("Help from school, without a plan")),
            Option("none", "no", words("No extra help")),
            Option("not_sure", "not-sure", words("Not sure")),
        ),
        hard_words=(plan(words),),
    )


def _help_used(words: Say) -> Question:
    return Question(
        "help_used",
        "multiple_choice",
        "people",
        words("Which help did your family use this year?"),
        words("Think of the last 12 months."),
        options=(
            Option("advice", "information", words("Free advice for families")),
            Option("therapy", "speech", words("Help with talking or moving")),
            Option("feelings", "views", words("Help with feelings and worries")),
            Option("short_breaks", "break", words("Short breaks")),
            Option("social_worker", "team", words("A social worker")),
            Option("other", "something-else", words("Something else")),
            Option("none", "no", words("No help")),
        ),
    )
