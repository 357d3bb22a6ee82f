"""The friends-and-family question, in a standard edition and in easy read.

Both have the same concepts, kinds and codes in the same order, so that the answers of both can be counted
together and compared. The scale is the one health services count by; the wording is our own.
"""

from __future__ import annotations

from surveys.document import Option, Question, SurveyDocument, Words
from surveys.templates.asked_often import Say, as_after_a_plan, with_options

SCALE = (
    ("very_good", "face-very-happy"),
    ("good", "face-happy"),
    ("neither", "face-in-between"),
    ("poor", "face-unhappy"),
    ("very_poor", "face-very-unhappy"),
    ("dont_know", "not-sure"),
)
WHO_ANSWERS = (("used_it", "hand-up"), ("cares_for", "home"), ("together", "people"))
HOW_MUCH = (("yes", "yes"), ("mostly", "mostly"), ("a_little", "a-little"), ("no", "no"))


def easy_read(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="friends-and-family-easy-read",
        title=words("Was our care good?"),
        about=words("You came to us for help with your health. Tell us how it was."),
        who_reads=words("The team that helped you reads the answers. So do the people in charge."),
        what_happens_next=words("We read all answers each month. Then we write what people said and what we changed."),
        minutes=4,
        languages=languages,
        audience="other",
        questions=with_options(
            words,
            Question(
                "friends_and_family",
                "single_choice",
                "health",
                words("How good was our care?"),
                words("Think of all of it, and choose one face."),
                options=_options(
                    SCALE,
                    words("Very good"),
                    words("Good"),
                    words("In between"),
                    words("Bad"),
                    words("Very bad"),
                    words("I do not know"),
                ),
            ),
            Question(
                "friends_and_family_why",
                "free_text",
                "talk",
                words("Why did you choose this?"),
                words("A few words are enough. Please leave out names."),
            ),
            as_after_a_plan(words, "felt_listened_to"),
            Question(
                "understood_staff",
                "single_choice",
                "clear",
                words("Did you understand what we told you?"),
                words("We used easy words, pictures or signs."),
                options=_options(HOW_MUCH, words("Yes"), words("Mostly"), words("A little"), words("No")),
            ),
            as_after_a_plan(words, "could_be_better"),
            Question(
                "who_answers",
                "single_choice",
                "people",
                words("Who answers these questions?"),
                words("It is fine to have help."),
                options=_options(
                    WHO_ANSWERS,
                    words("I came for help"),
                    words("I care for the person who came"),
                    words("We answer together"),
                ),
            ),
        ),
    )


def standard(words: Say, languages: tuple[str, ...]) -> SurveyDocument:
    return SurveyDocument(
        slug="friends-and-family",
        title=words("Your view of our care"),
        about=words("You have used one of our health services. Please tell us how you found it."),
        who_reads=words("The team that cared for you reads the answers. So do the managers of the service."),
        what_happens_next=words("We read all answers each month. Then we write what people said and what we changed."),
        minutes=4,
        languages=languages,
        audience="other",
        edition="standard",
        questions=with_options(
            words,
            Question(
                "friends_and_family",
                "single_choice",
                "health",
                words("Taking everything together, how good was the care we gave?"),
                words("Choose the answer that comes closest."),
                options=_options(
                    SCALE,
                    words("Very good"),
                    words("Good"),
                    words("Somewhere in between"),
                    words("Poor"),
                    words("Very poor"),
                    words("I do not know"),
                ),
            ),
            Question(
                "friends_and_family_why",
                "free_text",
                "talk",
                words("What is the main reason for your answer?"),
                words("Please leave out names and anything that tells who you are."),
            ),
            Question(
                "felt_listened_to",
                "single_choice",
                "listen",
                words("Did you feel that staff listened to you?"),
                words("They asked for your views and took them seriously."),
                options=_how_far(words),
            ),
            Question(
                "understood_staff",
                "single_choice",
                "clear",
                words("Did staff explain things in a way you could follow?"),
                words("For example about treatment, medicine or next steps."),
                options=_how_far(words),
            ),
            Question(
                "could_be_better",
                "free_text",
                "better",
                words("What could we have done better?"),
                words("Please leave out names and anything that tells who you are."),
            ),
            Question(
                "who_answers",
                "single_choice",
                "people",
                words("Who is answering?"),
                words("Choose the answer that comes closest."),
                options=_options(
                    WHO_ANSWERS,
                    words("The person who used the service"),
                    words("A parent, carer or relative"),
                    words("Both of us together"),
                ),
            ),
        ),
    )


def _how_far(words: Say) -> tuple[Option, ...]:
    return _options(
        HOW_MUCH, words("Yes, fully"), words("Yes, mostly"), words("Only a little"), words("No, not at all")
    )


def _options(scale: tuple[tuple[str, str], ...], *labels: Words) -> tuple[Option, ...]:
    """Every place of a scale of codes and symbols with its label."""
    return tuple(Option(code, symbol, label) for (code, symbol), label in zip(scale, labels, strict=True))
