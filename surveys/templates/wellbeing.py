"""How pupils are at school: for a whole class on shared devices, each pupil agreeing first."""

from __future__ import annotations

from surveys.document import Option, Question, SurveyDocument, Words
from surveys.templates.asked_often import Say, how_much, how_often, life_quality, only_if, takes_part, with_options

SLUG = "school-wellbeing"


def document(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    """The survey, with ``words`` giving each English message in every language."""
    return SurveyDocument(
        slug=SLUG,
        title=words("How are you at school?"),
        about=words("This is about how you are and how school is for you. It is not a test."),
        who_reads=words("A small team reads the answers. Your school sees only what many pupils say."),
        what_happens_next=words("Your school hears what pupils said. Ask your school what it will change."),
        minutes=8,
        languages=languages,
        audience="young_person",
        questions=with_options(
            words,
            takes_part(words),
            Question(
                "year_group",
                "year_group",
                "backpack",
                words("Which year are you in?"),
                words("Ask an adult if you are not sure."),
            ),
            Question(
                "feelings_at_school",
                "feelings",
                "feelings",
                words("How do you feel at school?"),
                words("There is no right or wrong answer."),
            ),
            life_quality(words),
            _agree(words, "belongs_at_school", "heart", words("I belong at this school.")),
            _agree(words, "safe_at_school", "safe", words("I feel safe at school.")),
            Question(
                "adult_to_talk_to",
                "yes_no",
                "teacher",
                words("Can you talk to an adult at school?"),
                words("Someone who listens when you have a worry."),
            ),
            _places(words),
            Question(
                "others_unkind",
                "single_choice",
                "hurt",
                words("Are other pupils unkind to you?"),
                words("They may say, write or do things that hurt."),
                options=how_often(words),
            ),
            only_if(_someone_helped(words), "others_unkind", "sometimes", "often", "always"),
            Question(
                "worries",
                "single_choice",
                "worried",
                words("Do you have worries?"),
                words("Think of the last month."),
                options=how_often(words),
            ),
            only_if(_helps_with_worries(words), "worries", "sometimes", "often", "always"),
            Question(
                "sleeps_enough",
                "yes_no",
                "sleep",
                words("Do you sleep enough?"),
                words("You feel awake and well in the day."),
            ),
            Question(
                "gets_extra_help",
                "yes_no",
                "helping-hand",
                words("Do you get extra help at school?"),
                words("Such as more time, a quiet place or an adult who helps you."),
            ),
            Question(
                "better_school",
                "free_text",
                "better",
                words("What would make school better?"),
                words("Please leave out names. If you need help now, talk to an adult you trust."),
            ),
        ),
    )


def _agree(words: Say, concept: str, symbol: str, statement: Words) -> Question:
    return Question(concept, "agree", symbol, statement, words("Tell us how much you agree."))


def _places(words: Say) -> Question:
    return Question(
        "places_at_school",
        "sorting",
        "school",
        words("How are these for you?"),
        words("Put each picture where it fits."),
        options=(
            Option("lessons", "learn", words("Lessons")),
            Option("playground", "playground", words("Break time")),
            Option("lunch", "lunch", words("Lunch")),
            Option("toilets", "toilet", words("Toilets")),
            Option("way_to_school", "bus", words("The way to school")),
        ),
    )


def _someone_helped(words: Say) -> Question:
    return Question(
        "someone_helped",
        "single_choice",
        "helping-hand",
        words("Did someone help when pupils were unkind?"),
        words("An adult or another pupil."),
        options=how_much(words),
    )


def _helps_with_worries(words: Say) -> Question:
    return Question(
        "helps_with_worries",
        "multiple_choice",
        "calm",
        words("What helps when you have a worry?"),
        words("Everybody is different."),
        options=(
            Option("family", "home", words("Talking with my family")),
            Option("friends", "friends", words("Talking with friends")),
            Option("adult_at_school", "teacher", words("Talking with an adult at school")),
            Option("moving", "ball", words("Sport and moving")),
            Option("quiet", "quiet", words("A quiet place")),
            Option("music_or_games", "music", words("Music or games")),
            Option("nothing", "no", words("Nothing helps")),
        ),
    )
