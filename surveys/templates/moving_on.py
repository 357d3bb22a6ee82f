"""Two big steps: to a new school, asked of parent carers, and into adult life, asked of young people."""

from __future__ import annotations

from surveys.document import Option, Question, SurveyDocument, Words
from surveys.templates.asked_often import (
    Say,
    as_after_a_plan,
    how_much,
    knows_who_to_ask,
    only_if,
    own_age,
    people_listen_to_me,
    takes_part,
    wish_for_life,
    with_options,
)


def new_school(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    """For parent carers, before or after the first day; some questions are only for after."""
    return SurveyDocument(
        slug="new-school",
        title=words("Moving to a new school"),
        about=words("Your child moves to a new school or college. We want to know how the move goes."),
        who_reads=words("The team that helps with moves reads all answers. So do the people in charge."),
        what_happens_next=words("We talk with schools about the answers. Then we write what we will change."),
        minutes=7,
        languages=languages,
        questions=with_options(
            words,
            Question(
                "moves_to",
                "single_choice",
                "school",
                words("Where does your child move to?"),
                words("Choose what fits best."),
                options=(
                    Option("first_school", "blocks", words("Their first school")),
                    Option("secondary", "backpack", words("Secondary school")),
                    Option("special", "special-school", words("Special school")),
                    Option("college", "college", words("College")),
                    Option("other", "something-else", words("Another school")),
                ),
            ),
            Question(
                "has_started",
                "yes_no",
                "calendar",
                words("Has your child started there?"),
                words("Choose no if the first day is still to come."),
            ),
            only_if(
                Question(
                    "first_day",
                    "date",
                    "calendar",
                    words("When was the first day?"),
                    words("Choose Skip if you are not sure."),
                ),
                "has_started",
                "yes",
            ),
            _much(words, "visited_first", "steps", words("Did your child get to know the new school first?")),
            _much(words, "schools_talked", "talk", words("Did the old and the new school talk together?")),
            as_after_a_plan(words, "child_views_heard"),
            as_after_a_plan(words, "felt_listened_to"),
            only_if(
                _much(words, "help_ready_on_first_day", "helping-hand", words("Was the help there on the first day?")),
                "has_started",
                "yes",
            ),
            only_if(
                _much(words, "settled_in", "home", words("Does your child feel at home there?")), "has_started", "yes"
            ),
            Question(
                "child_feels_about_school",
                "feelings",
                "feelings",
                words("How does your child feel about the new school?"),
                words("Ask your child if you can."),
            ),
            as_after_a_plan(words, "overall_satisfaction"),
            as_after_a_plan(words, "went_well"),
            as_after_a_plan(words, "could_be_better"),
            as_after_a_plan(words, "told_what_happens_next"),
        ),
    )


def adult_life(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    """For young people from about year 9."""
    return SurveyDocument(
        slug="adult-life",
        title=words("Growing up: what comes next for you?"),
        about=words("This is about your plans for adult life. Tell us what you want and what helps."),
        who_reads=words("A small team reads your answers. They want to make life better for young people."),
        what_happens_next=words("We look at what all young people say. Then we tell you what we change."),
        minutes=8,
        languages=languages,
        audience="young_person",
        questions=with_options(
            words,
            takes_part(words),
            own_age(words),
            Question(
                "wants_next",
                "single_choice",
                "signpost",
                words("What do you want to do next?"),
                words("You can change your mind later."),
                options=(
                    Option("stay", "school", words("Stay at school")),
                    Option("college", "college", words("Go to college")),
                    Option("training", "better", words("Learn a job at work")),
                    Option("job", "work", words("Get a paid job")),
                    Option("other", "something-else", words("Something else")),
                    Option("not_sure", "not-sure", words("Not sure")),
                ),
            ),
            _parts_of_adult_life(words),
            Question(
                "talked_about_future",
                "yes_no",
                "talk",
                words("Has someone talked with you about your future?"),
                words("At school, at home or in a meeting."),
            ),
            only_if(people_listen_to_me(words), "talked_about_future", "yes"),
            knows_who_to_ask(words),
            only_if(
                Question(
                    "knows_new_doctors",
                    "yes_no",
                    "health",
                    words("Do you know who your doctors for adults are?"),
                    words("Doctors for children stop when you grow up. Other doctors take over."),
                ),
                "own_age",
                "16_to_18",
                "19_to_25",
            ),
            Question(
                "feelings_about_future",
                "feelings",
                "feelings",
                words("How do you feel about your future?"),
                words("There is no right or wrong answer."),
            ),
            Question(
                "ready_for_adult_life",
                "number_scale",
                "strong",
                words("How ready do you feel for adult life?"),
                words("0 is not ready at all. 10 is very ready."),
                ends=(words("Not ready at all"), words("Very ready")),
            ),
            Question(
                "my_future",
                "drawing",
                "draw",
                words("Draw your life when you are older."),
                words("Where do you live? Who is there? Draw it in any way you like."),
            ),
            wish_for_life(words),
            Question(
                "contact_about_plans",
                "contact",
                "call",
                words("Can we get in touch about your plans?"),
                words("Choose how. We use this for nothing else."),
            ),
        ),
    )


def _parts_of_adult_life(words: Say) -> Question:
    return Question(
        "parts_of_adult_life",
        "sorting",
        "overall",
        words("How do you feel about these?"),
        words("Put each picture where it fits."),
        options=(
            Option("work", "work", words("Having a job")),
            Option("home", "home", words("Having my own home")),
            Option("money", "money", words("Using money")),
            Option("getting_around", "bus", words("Getting around")),
            Option("friends", "friends", words("Friends and love")),
            Option("health", "health", words("Looking after my health")),
        ),
    )


def _much(words: Say, concept: str, symbol: str, title: Words) -> Question:
    return Question(concept, "single_choice", symbol, title, words("Think of the whole move."), how_much(words))
