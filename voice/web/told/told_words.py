"""Words for what was published: whose words they are, what came of them, and what is wrong with a draft."""

from __future__ import annotations

from surveys.answers import AnswerProblem
from voice.languages import LANGUAGES
from voice.languages import gettext as _
from voice.published.drafting import LONGEST, PublicationProblem
from voice.web import wordings


def said_by(code: str) -> str:
    """Whose words they are said to be, as the heading over them."""
    return {
        "parent_carer": _("Parent carers said"),
        "young_person": _("Young people said"),
        "school": _("Schools said"),
        "health": _("Health services said"),
    }.get(code, _("People said"))


def who(code: str) -> str:
    """The same as a choice."""
    return {
        "parent_carer": _("Parent carers"),
        "young_person": _("Young people"),
        "school": _("Schools"),
        "health": _("Health services"),
    }.get(code, _("Different people"))


def did(outcome: str) -> str:
    """The heading over what was decided or done."""
    return {
        "planned": _("We will do this"),
        "under_way": _("We are doing this"),
        "done": _("We did this"),
        "cannot": _("We cannot do this, because"),
        "stopped": _("We stopped this"),
    }[outcome]


def state(code: str) -> str:
    return {
        "draft": _("Not published yet"),
        "asked": _("A group looks at the words"),
        "published": _("Published"),
        "replaced": _("There are newer words"),
        "withdrawn": _("Taken back"),
    }[code]


def agreed(code: str) -> str:
    """What a group said about the words."""
    return {
        "agreed": _("That is what we said"),
        "change": _("Change it"),
        "no": _("Do not publish it"),
    }[code]


def part(name: str) -> str:
    """A part of the words, for those who write them."""
    return {
        "heard": _("What they said"),
        "did": _("What we decided, or why we cannot"),
        "since": _("What has happened since"),
        "still": _("What still needs to happen"),
        "words": _("How should it say it?"),
    }[name]


def language(code: str) -> str:
    return LANGUAGES[code].name


def problem(found: PublicationProblem) -> str:
    match found.code:
        case "no_words":
            return _("Write what they said and what you decided, in English.")
        case "too_long":
            return _("This is too long. %(limit)s letters fit here.") % {"limit": wordings.number(LONGEST)}
        case "not_known":
            return _("Choose one of these.")
        case "not_agreed":
            return _("The group has to agree to the words first.")
        case "too_few_people":
            return _("Fewer than 10 people said this, or nobody counted them. So it stays here.")
        case "other_words":
            return _("Somebody changed the words meanwhile. Please read them again.")
        case "no_heads":
            return _("Write how many people are here.")
        case "no_file":
            return _("Choose a picture.")
        case "no_alternative":
            return _("Say what the picture shows, for people who cannot see it.")
        case "not_a_picture" | "picture_broken" | "picture_too_large" | "file_empty" | "file_too_big":
            return wordings.answer_problem(AnswerProblem(found.code))
        case "no_answer":
            return _("Choose what the group says.")
        case _:
            return _("This is not here any more. Please look at the list.")


def month(stored: str) -> str:
    """Words for ``2026-11``; nothing where no month is kept."""
    try:
        return wordings.month(stored)
    except ValueError:
        return ""
