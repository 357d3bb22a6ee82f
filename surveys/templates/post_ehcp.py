"""The survey that goes out with each finalised EHC plan: once a plan, by link or QR code on the letter.

Two routes, a new assessment and an annual review, with eleven questions each.
"""

from __future__ import annotations

from collections.abc import Callable

from surveys.document import HardWord, OnlyIf, Option, Question, SurveyDocument, Words

SLUG = "post-ehcp"


def document(words: Callable[[str], Words], languages: tuple[str, ...]) -> SurveyDocument:
    """The survey, with ``words`` giving each English message in every language."""
    plan = HardWord(
        word=words("EHC plan"),
        meaning=words("A legal paper. It says what help your child must get to learn and be well."),
    )
    how_much = (
        Option("yes", "yes", words("Yes")),
        Option("mostly", "mostly", words("Mostly")),
        Option("a_little", "a-little", words("A little")),
        Option("no", "no", words("No")),
    )
    return SurveyDocument(
        slug=SLUG,
        title=words("How was getting your child’s plan?"),
        about=words("Your child has a new or changed EHC plan. We want to know how it went for you."),
        who_reads=words("The team that writes the plans reads all answers. So do the people in charge."),
        what_happens_next=words(
            "We read all answers each term. Then we write what families said and what we did about it."
        ),
        minutes=5,
        languages=languages,
        questions=(
            Question(
                concept="plan_route",
                kind="single_choice",
                symbol="plan",
                title=words("What kind of plan was it?"),
                help=words("The plan came with the letter that sent you here."),
                options=(
                    Option("new_assessment", "new", words("Our first EHC plan")),
                    Option("annual_review", "review", words("A yearly review of a plan we had")),
                ),
                hard_words=(plan,),
            ),
            Question(
                concept="reply_within_five_working_days",
                kind="single_choice",
                symbol="reply",
                title=words("When you got in touch, did we reply within 5 working days?"),
                help=words("Working days are Monday to Friday."),
                options=(
                    Option("yes", "yes", words("Yes")),
                    Option("sometimes", "mostly", words("Sometimes")),
                    Option("no", "no", words("No")),
                    Option("did_not_get_in_touch", "not-in-touch", words("I did not get in touch")),
                ),
            ),
            Question(
                concept="kept_up_to_date",
                kind="single_choice",
                symbol="news",
                title=words("Did we keep you up to date?"),
                help=words("We told you what was happening and what came next."),
                options=how_much,
            ),
            Question(
                concept="knew_next_steps",
                kind="single_choice",
                symbol="steps",
                title=words("Did you know what would happen at each step?"),
                help=words("Think from the day you first asked for help to the day the plan came."),
                options=how_much,
                only_if=OnlyIf("plan_route", ("new_assessment",)),
            ),
            Question(
                concept="child_took_part",
                kind="single_choice",
                symbol="take-part",
                title=words("Did your child take part in the review in their own way?"),
                help=words("They can come to the meeting. They can also send words, pictures or a film."),
                options=how_much,
                only_if=OnlyIf("plan_route", ("annual_review",)),
            ),
            Question(
                concept="felt_listened_to",
                kind="single_choice",
                symbol="listen",
                title=words("Did you feel listened to?"),
                help=words("We asked what you think. We took it seriously."),
                options=how_much,
            ),
            Question(
                concept="child_views_heard",
                kind="single_choice",
                symbol="views",
                title=words("Did we hear what your child thinks and wants?"),
                help=words("In words, signs, pictures or any other way."),
                options=how_much,
            ),
            Question(
                concept="plan_describes_child",
                kind="single_choice",
                symbol="child",
                title=words("Does the plan describe your child well?"),
                help=words("When you read the plan, do you see your child in it?"),
                options=how_much,
                hard_words=(plan,),
            ),
            Question(
                concept="overall_satisfaction",
                kind="faces",
                symbol="overall",
                title=words("How happy are you with how it went?"),
                help=words("Think about all of it, from start to end."),
                options=(
                    Option("very_happy", "face-very-happy", words("Very happy")),
                    Option("happy", "face-happy", words("Happy")),
                    Option("in_between", "face-in-between", words("In between")),
                    Option("unhappy", "face-unhappy", words("Unhappy")),
                    Option("very_unhappy", "face-very-unhappy", words("Very unhappy")),
                ),
            ),
            Question(
                concept="went_well",
                kind="free_text",
                symbol="sun",
                title=words("What went well?"),
                help=words("A few words are enough. Please leave out names."),
            ),
            Question(
                concept="could_be_better",
                kind="free_text",
                symbol="better",
                title=words("What could be better?"),
                help=words("A few words are enough. Please leave out names."),
            ),
            Question(
                concept="told_what_happens_next",
                kind="single_choice",
                symbol="told",
                title=words("Would you like to be told what happens next?"),
                help=words("If you say yes, the last page tells you where to look."),
                options=(
                    Option("yes", "yes", words("Yes, please")),
                    Option("no", "no", words("No, thank you")),
                ),
            ),
        ),
    )
