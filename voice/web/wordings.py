"""Words for codes: every code that a person can meet is worded here, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import babel.dates
import babel.numbers

from analysis.code_frame import send_code_frame
from surveys.answers import AnswerProblem
from surveys.ledger.recording import ENGLAND
from voice.languages import LANGUAGES, current, in_digits_of
from voice.languages import gettext as _

if TYPE_CHECKING:
    from analysis.measures import Measure
    from voice.themes.frames import Frame


def number(value: int) -> str:
    return _number(value, current().code)


@lru_cache(maxsize=4096)
def _number(value: int, language: str) -> str:
    return in_digits_of(str(babel.numbers.format_decimal(value, locale=LANGUAGES[language].locale)), language)


def date(day: dt.date) -> str:
    written = babel.dates.format_date(day, format="long", locale=current().locale)
    return in_digits_of(written, current().code)


def moment(at: dt.datetime) -> str:
    """Day and time of the day, here in England."""
    written = babel.dates.format_datetime(at, format="short", tzinfo=ENGLAND, locale=current().locale)
    return in_digits_of(written, current().code)


def month(year_and_month: str) -> str:
    """Words for ``2026-11``."""
    day = dt.date.fromisoformat(f"{year_and_month[:7]}-01")
    written = babel.dates.format_skeleton("yMMMM", day, locale=current().locale)
    return in_digits_of(written, current().code)


def sent_when(written: str) -> str:
    """When answers were sent, as coarse as it is kept: the month, or the day."""
    return month(written) if len(written) == len("2026-11") else date(dt.date.fromisoformat(written[:10]))


def term(key: str) -> str:
    year, name = key.split("-")
    names = {"spring": _("Spring %(year)s"), "summer": _("Summer %(year)s"), "autumn": _("Autumn %(year)s")}
    return names[name] % {"year": in_digits_of(year, current().code)}


def role(code: str) -> str:
    return {
        "facilitator": _("Facilitator"),
        "officer": _("Officer"),
        "analyst": _("Analyst"),
        "lead": _("Strategic lead"),
        "administrator": _("Administrator"),
        "translator": _("Translator"),
        "safeguarding": _("Safeguarding lead"),
        "governance": _("Information governance"),
    }[code]


def display_name(name: str) -> str:
    return {
        "size": _("Size of words"),
        "space": _("Space between lines"),
        "colours": _("Colours"),
        "pictures": _("Pictures"),
        "ruler": _("Reading ruler"),
        "motion": _("Movement"),
    }[name]


def display_value(name: str, value: str) -> str:
    return {
        "size.1": _("Normal"),
        "size.2": _("Large"),
        "size.3": _("Larger"),
        "size.4": _("Largest"),
        "space.normal": _("Normal"),
        "space.wide": _("Wide"),
        "colours.paper": _("Paper"),
        "colours.cream": _("Cream"),
        "colours.blue": _("Blue"),
        "colours.dark": _("Dark"),
        "pictures.more": _("All"),
        "pictures.fewer": _("Fewer"),
        "ruler.off": _("Off"),
        "ruler.on": _("On"),
        "motion.on": _("On"),
        "motion.off": _("Off"),
    }[f"{name}.{value}"]


def answer_problem(problem: AnswerProblem) -> str:
    match problem.code:
        case "nothing_chosen" | "not_an_option":
            return _("Choose one answer, or choose Skip.")
        case "changed_elsewhere":
            return _(
                "Your answers are open on another phone or computer too. There, this question has another answer. "
                "Choose the one that is right. Then go on."
            )
        case "nothing_written":
            return _("Write a few words, or choose Skip.")
        case "two_answers":
            return _("You wrote words and also chose “I would rather not say”. Please keep one of them.")
        case "none_chosen" | "not_among_these":
            return _("Choose one or more answers, or choose Skip.")
        case "too_many":
            return _("You chose %(length)s. You can choose up to %(limit)s. Please take some away.") % {
                "length": number(problem.length),
                "limit": number(problem.limit),
            }
        case "answer_and_none":
            return _("You gave an answer and also chose “I would rather not say”. Please keep one of them.")
        case "nothing_sorted":
            return _("Put each one in its place, or choose Skip.")
        case "places_unclear":
            return _("Each one needs a place of its own. Please look at the order again.")
        case "not_all_sorted":
            return _("Choose for each picture, or choose Skip. If you do not know, choose “Not sure”.")
        case "no_date":
            return _("Write a day, a month and a year, or choose Skip.")
        case "date_half":
            return _("Write all three: a day, a month and a year.")
        case "date_year":
            return _("Write the year with 4 numbers, such as 2015.")
        case "no_such_day":
            return _("There is no such day. Please check the day and the month.")
        case "no_postcode":
            return _("Write the first part of your postcode, or choose Skip.")
        case "not_a_postcode":
            return _("We do not know this postcode. Write its first part, such as B91.")
        case "nothing_recorded":
            return _("Record what you want to say. You can also write it, or choose Skip.")
        case "nothing_drawn":
            return _("Draw a picture. You can also write, or choose Skip.")
        case "no_photo":
            return _("Choose a photo. You can also write, or choose Skip.")
        case "file_and_none":
            return _("You gave an answer and also chose “I would rather not say”. Please take one of them away.")
        case "file_empty":
            return _("There is nothing in this file. Please choose another one.")
        case "file_too_big":
            return _("This file is too big for us. Please choose a shorter or smaller one.")
        case "not_a_recording":
            return _("We cannot hear anything in this file. Record it again, choose another file, or write it.")
        case "recording_too_long":
            return _("This is too long for us. You can record up to 3 minutes. Please make a shorter one.")
        case "not_a_film":
            return _("We cannot show this as a film. Please save it as MP4 or WebM, or choose another one.")
        case "film_too_long":
            return _("This film is too long for us. It can have up to 3 minutes. Please make a shorter one.")
        case "not_a_picture":
            return _("We cannot open this as a picture. Please choose a photo from your phone or computer.")
        case "picture_broken":
            return _("Only a part of this picture is here. Please choose it again, or take a new one.")
        case "picture_too_large":
            return _("This picture is too big to open. Take it again with a smaller size, or choose another one.")
        case "reach_without_way":
            return _("Choose how we can reach you. Or take out the number or address.")
        case "reach_too_long":
            return _("This is too long for the box. It can hold %(limit)s letters. Please make it shorter.") % {
                "limit": number(problem.limit)
            }
        case "reach_number":
            return _("Write all of your phone number. Or leave the box empty.")
        case "reach_email":
            return _("Please check your email address. It looks like name@example.org. Or leave the box empty.")
        case _:
            return _(
                "Your words are too long for this box. It can hold %(limit)s letters. Yours has %(length)s. "
                "Please make it shorter."
            ) % {"limit": number(problem.limit), "length": number(problem.length)}


def drawing_colours() -> list[tuple[str, str]]:
    """The colours of a drawing and their names, in the order that the keys 1 to 9 choose them."""
    return [
        ("black", _("Black")),
        ("red", _("Red")),
        ("orange", _("Orange")),
        ("yellow", _("Yellow")),
        ("green", _("Green")),
        ("blue", _("Blue")),
        ("purple", _("Purple")),
        ("brown", _("Brown")),
        ("white", _("White, to rub out")),
    ]


def drawing_stamps() -> list[tuple[str, str]]:
    """Symbols that can be put on a drawing, and their names."""
    return [
        ("face-very-happy", _("Happy face")),
        ("face-unhappy", _("Sad face")),
        ("heart", _("Heart")),
        ("sun", _("Sun")),
        ("child", _("Child")),
        ("people", _("People")),
        ("house", _("House")),
        ("school", _("School")),
        ("tree", _("Tree")),
        ("dog", _("Dog")),
        ("yes", _("Thumbs up")),
        ("no", _("Thumbs down")),
    ]


def respondent_kind(code: str) -> str:
    return {
        "parent_carer": _("Parent carer"),
        "young_person": _("Young person"),
        "school": _("School"),
        "health": _("Health service"),
    }.get(code, _("Somebody else"))


def said_by(code: str) -> str:
    return {
        "supported": _("With help"),
        "proxy": _("Said for somebody else"),
    }.get(code, _("In their own words"))


def sentiment(code: str) -> str:
    return {
        "positive": _("Positive"),
        "neutral": _("Neutral"),
        "mixed": _("Mixed"),
        "negative": _("Negative"),
        "neither": _("Neither"),
    }.get(code, _("Not measured"))


def outcome(code: str) -> str:
    return {
        "themed": _("with a theme"),
        "none_fits": _("no theme fits"),
        "stock_answer": _("says nothing to the question"),
        "other_language": _("in another language"),
    }.get(code, _("we cannot read them"))


def measure(concept: str) -> str:
    return {
        "reply_within_five_working_days": _("We replied within 5 working days"),
        "kept_up_to_date": _("We kept them up to date"),
        "felt_listened_to": _("They felt listened to"),
        "child_views_heard": _("We heard what their child thinks and wants"),
        "plan_describes_child": _("The plan describes their child well"),
        "knew_next_steps": _("They knew what would happen at each step (first plans)"),
        "child_took_part": _("Their child took part in the review (yearly reviews)"),
        "overall_satisfaction": _("They are happy or very happy with how it went"),
        "told_what_happens_next": _("They would like to be told what happens next"),
    }[concept]


def share(part: float) -> str:
    return in_digits_of(str(babel.numbers.format_percent(part, locale=current().locale)), current().code)


def roughly(code: str) -> str:
    """What is said of a share that would tell how many of few people said so."""
    return {
        "most": _("Most families said so, and some did not."),
        "some": _("Some families said so, and some did not."),
        "few": _("A few families said so. Most did not."),
    }[code]


def change(now: Measure, before: Measure) -> str:
    """Whether two terms differ by more than chance would explain: the 95 % intervals do not overlap."""
    assert now.low is not None
    assert now.high is not None
    assert before.low is not None
    assert before.high is not None
    if now.low > before.high:
        return _("That is a rise.")
    if now.high < before.low:
        return _("That is a fall.")
    return _("The difference could be chance.")


def theme(theme_id: str, name: str) -> str:
    """A theme of our own code frame in the reader's language; a theme that a partnership named by its name."""
    if name not in (theme_id, _shipped().get(theme_id)):
        return name
    return {
        "kept_in_touch": _("Being kept in touch"),
        "heard_and_believed": _("Being heard and believed"),
        "waiting": _("Waiting"),
        "plan_itself": _("The plan itself"),
        "asking_for_help": _("Asking, panels and appeals"),
        "school_welcome": _("How welcome a school makes us"),
        "what_staff_know": _("What staff know"),
        "senses_and_places": _("Noise, light and places"),
        "worry_and_mood": _("Worry and mood"),
        "out_of_school": _("Not being in school"),
        "next_steps": _("Moving on and growing up"),
        "health_and_therapy": _("Health and therapies"),
        "breaks_and_fun": _("Breaks, clubs and things to do"),
        "getting_there": _("Getting there"),
        "finding_out": _("Finding things out"),
        "friends": _("Friends and belonging"),
        "thanks": _("Thanks to people"),
        "same_story_again": _("Telling it again"),
    }.get(theme_id, name)


@cache
def _shipped() -> dict[str, str]:
    return {each.theme_id: each.theme for each in send_code_frame().themes}


def themes(theme_ids: Iterable[str], frame: Frame) -> str:
    """Themes as a list of their names in the frame in use."""
    return ", ".join(theme(theme_id, frame.named(theme_id)) for theme_id in theme_ids)


def sureness(confidence: float) -> str:
    """How sure the machine is of a theme, in words."""
    if confidence >= 0.8:
        return _("quite sure")
    return _("fairly sure") if confidence >= 0.5 else _("not sure")
