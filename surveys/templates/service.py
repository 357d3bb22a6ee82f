"""How a support service is: for schools, and for parent carers, with the same questions where both can say."""

from __future__ import annotations

from surveys.document import Option, Question, SurveyDocument, Words
from surveys.templates.asked_often import (
    Say,
    advice_clear,
    advice_could_be_used,
    as_after_a_plan,
    how_much,
    only_if,
    with_options,
)


def schools(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    """For schools; it ends with what to start, stop and keep doing, and what gets in the way."""
    return SurveyDocument(
        slug="service-schools",
        title=words("How is our service for your school?"),
        about=words("Our teams help schools and pupils. We want to know how that works for you."),
        who_reads=words("The heads of our teams read all answers."),
        what_happens_next=words("We talk about the answers with schools. Then we write what we will change."),
        minutes=7,
        languages=languages,
        audience="school",
        questions=with_options(
            words,
            Question(
                "kind_of_school",
                "single_choice",
                "school",
                words("What kind of school do you work in?"),
                words("Choose what fits best."),
                options=(
                    Option("nursery", "blocks", words("Nursery")),
                    Option("primary", "crayon", words("Primary school")),
                    Option("secondary", "backpack", words("Secondary school")),
                    Option("special", "special-school", words("Special school")),
                    Option("college", "college", words("College")),
                    Option("other", "something-else", words("Something else")),
                ),
            ),
            Question(
                "asked_us_for",
                "multiple_choice",
                "helping-hand",
                words("What did you ask us for?"),
                words("Think of the last 12 months."),
                options=(
                    Option("advice", "information", words("Advice")),
                    Option("training", "learn", words("Training for staff")),
                    Option("visit", "child", words("A visit to see a pupil")),
                    Option("paperwork", "paper", words("Help with plans and forms")),
                    Option("other", "something-else", words("Something else")),
                ),
            ),
            as_after_a_plan(words, "reply_within_five_working_days"),
            as_after_a_plan(words, "felt_listened_to"),
            advice_clear(words),
            advice_could_be_used(words),
            Question(
                "sure_of_helping",
                "number_scale",
                "strong",
                words("How sure do you feel about helping the pupil?"),
                words("0 is not sure at all. 10 is very sure."),
                ends=(words("Not sure at all"), words("Very sure")),
            ),
            as_after_a_plan(words, "overall_satisfaction"),
            _own_words(words, "start_doing", "new", words("What should we start doing?")),
            _own_words(words, "stop_doing", "stop", words("What should we stop doing?")),
            _own_words(words, "keep_doing", "review", words("What should we keep doing?")),
            _own_words(words, "gets_in_the_way", "barrier", words("What gets in the way of good help?")),
        ),
    )


def families(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="service-families",
        title=words("How was our help?"),
        about=words("One of our teams helped your child. We want to know how it went for you."),
        who_reads=words("The team that helped you reads the answers. So do the people in charge."),
        what_happens_next=words("We read all answers. Then we write what families said and what we did about it."),
        minutes=6,
        languages=languages,
        questions=with_options(
            words,
            _team(words),
            as_after_a_plan(words, "reply_within_five_working_days"),
            as_after_a_plan(words, "felt_listened_to"),
            as_after_a_plan(words, "child_views_heard"),
            advice_clear(words),
            advice_could_be_used(words),
            Question(
                "better_for_child",
                "single_choice",
                "growing",
                words("Are things better for your child now?"),
                words("Think of the time since we began to help."),
                options=how_much(words),
            ),
            only_if(_missing(words), "better_for_child", "a_little", "no"),
            as_after_a_plan(words, "overall_satisfaction"),
            as_after_a_plan(words, "went_well"),
            as_after_a_plan(words, "could_be_better"),
            as_after_a_plan(words, "told_what_happens_next"),
        ),
    )


def _own_words(words: Say, concept: str, symbol: str, title: Words) -> Question:
    help = words("A few words are enough. Please leave out names.")
    return Question(concept, "free_text", symbol, title, help)


def _team(words: Say) -> Question:
    return Question(
        "helped_with",
        "single_choice",
        "people",
        words("What did we help with?"),
        words("Choose what fits best."),
        options=(
            Option("learning", "learn", words("Learning")),
            Option("talking", "speech", words("Talking")),
            Option("autism", "infinity", words("Autism")),
            Option("feelings", "views", words("Feelings and behaviour")),
            Option("seeing_or_hearing", "listen", words("Seeing or hearing")),
            Option("moving", "steps", words("Moving")),
            Option("advice", "information", words("Advice for us as a family")),
            Option("other", "something-else", words("Something else")),
        ),
    )


def _missing(words: Say) -> Question:
    return Question(
        "was_missing",
        "multiple_choice",
        "check",
        words("What was missing?"),
        words("It helps us do better next time."),
        options=(
            Option("time", "time", words("More time with my child")),
            Option("sooner", "calendar", words("Help that comes sooner")),
            Option("school", "school", words("Help that school joins in with")),
            Option("ideas", "idea", words("Ideas for home")),
            Option("news", "news", words("News about what happens next")),
            Option("other", "something-else", words("Something else")),
        ),
    )
