"""Words for what is done in sessions: activities, columns, feelings, answers, steps and problems."""

from __future__ import annotations

from voice.capture.sessions.activities import LONGEST_OPTION, MOST_DOTS, MOST_MINUTES, MOST_OPTIONS, ActivityProblem
from voice.capture.sessions.attending import AttendanceProblem
from voice.capture.sessions.cards import SYMBOL_OF, CardProblem
from voice.capture.sessions.planning import MOST_ACTIVITIES, PlanProblem
from voice.capture.sessions.votes import VoteProblem
from voice.languages import gettext as _
from voice.languages import ngettext
from voice.web.wordings import number


def session_kind(code: str) -> str:
    return {
        "youth_forum": _("Youth forum"),
        "lets_talk": _("Let’s Talk SEND"),
        "focus_group": _("Focus group"),
        "headteachers": _("Headteachers’ meeting"),
    }.get(code, _("Something else"))


def stage(code: str) -> str:
    return {
        "planned": _("Planned"),
        "running": _("Going on now"),
        "ended": _("Ended"),
        "approved": _("The group agreed to the report"),
    }[code]


def activity_kind(code: str) -> str:
    return {
        "board": _("Board with columns"),
        "feelings": _("How we feel"),
        "i_statement": _("I statement: not yet, sometimes, yes"),
        "draw_or_record": _("Draw or record"),
        "ask_leaders": _("Ask the leaders"),
        "dot_vote": _("Dot vote"),
        "ranking": _("Put in order"),
        "question": _("One question"),
    }[code]


def activity_symbol(code: str) -> str:
    return {
        "board": "paper",
        "feelings": "feelings",
        "i_statement": "hand-up",
        "draw_or_record": "draw",
        "ask_leaders": "talk",
        "dot_vote": "yes",
        "ranking": "order",
        "question": "not-sure",
    }[code]


def column(code: str) -> str:
    """A column of a board, a feeling, or an answer to an I statement."""
    return {
        "start": _("Start doing"),
        "stop": _("Stop doing"),
        "continue": _("Continue doing"),
        "barriers": _("Barriers"),
        "not_yet": _("Not yet"),
        "sometimes": _("Sometimes"),
        "yes": _("Yes"),
        "happy": _("Happy"),
        "calm": _("Calm"),
        "safe": _("Safe"),
        "proud": _("Proud"),
        "excited": _("Excited"),
        "loved": _("Loved"),
        "worried": _("Worried"),
        "scared": _("Scared"),
        "sad": _("Sad"),
        "angry": _("Angry"),
        "tired": _("Tired"),
        "confused": _("Confused"),
        "bored": _("Bored"),
        "left_out": _("Left out"),
    }.get(code, "")


def column_meaning(code: str) -> str:
    """What goes into a column of a board."""
    return {
        "start": _("What should we begin to do?"),
        "stop": _("What should we not do any more?"),
        "continue": _("What should go on?"),
        "barriers": _("What gets in the way?"),
    }.get(code, "")


def column_symbol(code: str) -> str:
    return {
        "start": "new",
        "stop": "stop",
        "continue": "yes",
        "barriers": "barrier",
        "not_yet": "never",
        "sometimes": "sometimes",
        "yes": "always",
        "happy": "face-happy",
        "left_out": "left-out",
    }.get(code, code)


def picture(code: str) -> str:
    """What a symbol on a card is called."""
    return {
        "yes": _("Thumbs up"),
        "no": _("Thumbs down"),
        "heart": _("Heart"),
        "idea": _("Idea"),
        "talk": _("Talking"),
        "quiet": _("Quiet"),
        "loud": _("Loud"),
        "friends": _("Friends"),
        "people": _("People"),
        "teacher": _("Teacher"),
        "school": _("School"),
        "home": _("Home"),
        "lunch": _("Lunch"),
        "bus": _("Bus"),
        "playground": _("Playground"),
        "toilet": _("Toilet"),
        "break": _("A break"),
        "helping-hand": _("Help"),
        "wait": _("Waiting"),
        "barrier": _("Something in the way"),
        "hurt": _("Hurt"),
        "sad": _("Sad"),
        "happy": _("Happy"),
        "worried": _("Worried"),
        "angry": _("Angry"),
        "tired": _("Tired"),
        "music": _("Music"),
        "ball": _("Sport"),
        "learn": _("Learning"),
        "dog": _("Dog"),
    }[code]


def picture_symbol(code: str) -> str:
    return SYMBOL_OF.get(code, code)


def said_by(code: str) -> str:
    """Whose words a card holds, where they are somebody else's or somebody helped."""
    return {"supported": _("With help"), "proxy": _("Said for somebody else")}.get(code, "")


def age_band(code: str) -> str:
    return {
        "under_5": _("Under 5"),
        "5_to_10": _("5 to 10"),
        "11_to_15": _("11 to 15"),
        "16_to_18": _("16 to 18"),
        "19_to_25": _("19 to 25"),
        "over_25": _("26 or older"),
    }[code]


def group(code: str) -> str:
    return {
        "young_people": _("Children and young people"),
        "parent_carers": _("Parent carers"),
        "staff": _("People who work with them"),
        "others": _("Other people"),
    }[code]


def dots_left(left: int) -> str:
    return ngettext("You have %(num)s dot left.", "You have %(num)s dots left.", left) % {"num": number(left)}


def plan_problem(problem: PlanProblem) -> str:
    match problem.code:
        case "title_missing":
            return _("Give the session a name.")
        case "no_kind":
            return _("Choose what kind of session it is.")
        case "no_day":
            return _("Choose the day of the session.")
        case "no_consent":
            return _("Write how you asked people about photos and recordings. Or do not allow them.")
        case "agenda_empty":
            return _("Add an activity first. Then you can start.")
        case "agenda_full":
            return _("A session can have up to %(limit)s activities.") % {"limit": number(MOST_ACTIVITIES)}
        case _:
            return too_long(problem.limit, problem.length)


def activity_problem(problem: ActivityProblem) -> str:
    match problem.code:
        case "title_missing":
            return _("Write what you ask.")
        case "no_columns":
            return _("Choose one or more columns.")
        case "too_few_options":
            return _("Write two or more choices, one a line.")
        case "too_many_options":
            return _("There can be up to %(limit)s choices.") % {"limit": number(MOST_OPTIONS)}
        case "option_long":
            return _("A choice can have up to %(limit)s letters.") % {"limit": number(LONGEST_OPTION)}
        case "dots":
            return _("Each person can have 1 to %(limit)s dots.") % {"limit": number(MOST_DOTS)}
        case "minutes":
            return _("The timer can have up to %(limit)s minutes.") % {"limit": number(MOST_MINUTES)}
        case _:
            return _("This is too long. Please make it shorter.")


def card_problem(problem: CardProblem) -> str:
    match problem.code:
        case "nothing_on_it":
            return _("Write a few words, or choose a picture.")
        case "too_long":
            return too_long(problem.limit, problem.length)
        case "no_column":
            return _("Choose where your card goes.")
        case "over":
            return _("This session has ended. Show your card to the person who leads it. They can still add it.")
        case "paused":
            return _("The session has a pause. Send your card when it goes on.")
        case "other_content":
            return _("We have this card already, with other words. The first one stays.")
        case "too_many":
            return _("You have sent many cards. Please take one back first.")
        case _:
            return _("The room has gone on. Look at what is new.")


def vote_problem(problem: VoteProblem) -> str:
    match problem.code:
        case "no_dots_left":
            return _("You have no dots left. Take one back first.")
        case "over":
            return _("This session has ended.")
        case "paused":
            return _("The session has a pause.")
        case _:
            return _("The room has gone on. Look at what is new.")


def attendance_problem(problem: AttendanceProblem) -> str:
    if problem.code == "list_long":
        return _("This is too long. Please make it shorter.")
    return _("Write a number, such as 12.")


def too_long(limit: int, length: int) -> str:
    return _(
        "Your words are too long for this box. It can hold %(limit)s letters. Yours has %(length)s. "
        "Please make it shorter."
    ) % {"limit": number(limit), "length": number(length)}
