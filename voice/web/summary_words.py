"""Words for what is said about themes, in the reader's language."""

from __future__ import annotations

from voice.languages import gettext as _
from voice.languages import ngettext
from voice.themes.numbers import Before, Numbers, Sureness
from voice.web import wordings
from voice.web.work import bank_words


def framework(code: str) -> str:
    """One that we know by its name; one of their own as they named it."""
    return {
        "self_evaluation": _("How we check our own work"),
        "outcomes": _("How life should be"),
        "i_statements": _("I statements"),
    }.get(code, code)


def heading(words: str) -> str:
    return bank_words.heading(words)


def part(code: str) -> str:
    """What a sentence or quote is chosen for."""
    return {
        "says": _("What many people say"),
        "typical": _("A typical quote"),
        "positive": _("The most positive quote"),
        "negative": _("The most negative quote"),
        "disagrees": _("Somebody who sees it another way"),
    }[code]


def problem(code: str) -> str:
    return {
        "two_for_one_place": _("Choose one quote for each place. Only “What many people say” can have more."),
        "too_many_sentences": _("Choose up to 5 sentences for “What many people say”."),
        "promise_too_long": _("Your words are too long for this box. It can hold 2,000 letters."),
        "too_few_people": _("Fewer than 10 people speak about this theme. You cannot release it."),
        "not_released": _("Keep a draft first. Then you can release it."),
    }[code]


def heading_problem(code: str) -> str:
    return {
        "no_words": _("Write the set of headings and the heading."),
        "too_long": _("This is too long. The set can have 40 letters, the heading 200."),
    }[code]


def feels(code: str) -> str:
    return {
        "positive": _("Most of them are positive about it."),
        "negative": _("Most of them are negative about it."),
    }.get(code, _("They feel in different ways about it, or we cannot tell."))


def change(before: Before) -> str:
    """What happened to the share of people since an earlier term, in one or two sentences."""
    if before.way == "too_few":
        return _("Fewer than 10 people spoke about it in one of the two terms. So we do not compare them.")
    if before.way == "broken":
        return _("The theme was another one then. So we do not compare the two terms.")
    return {
        "up": _("That is a rise."),
        "down": _("That is a fall."),
    }.get(before.way, _("We cannot tell if it changed. The difference could be chance."))


def difference(before: Before) -> str:
    """The interval of the difference, in points of 100."""
    assert before.low is not None
    assert before.high is not None
    return _("How sure: the share changed by %(low)s to %(high)s points of 100.") % {
        "low": points(before.low),
        "high": points(before.high),
    }


def points(part: float) -> str:
    whole = round(part * 100)
    sign = "+" if whole > 0 else "−" if whole < 0 else ""
    return f"\u2066{sign}{wordings.number(abs(whole))}\u2069"


def checked(sure: Sureness) -> str:
    """How many of the voices with the theme a person confirmed."""
    return ngettext(
        "A person checked %(part)s of %(num)s comment with this theme.",
        "A person checked %(part)s of %(num)s comments with this theme.",
        sure.voices,
    ) % {"part": wordings.number(sure.confirmed), "num": wordings.number(sure.voices)}


def expected(sure: Sureness) -> str:
    """How much of what nobody checked is right, as far as the machine knows."""
    assert sure.expected is not None
    return _("The machine sorted the others. It expects %(share)s of them to be right.") % {
        "share": wordings.share(sure.expected)
    }


def agreed(verdict: str) -> str:
    """How well two coders agree, in words."""
    return {
        "well": _("They agree well."),
        "enough": _("They agree fairly well."),
    }.get(verdict, _("They often do not agree."))


def how_sure(numbers: Numbers) -> str:
    """One sentence that says how far the numbers can be trusted."""
    sure = numbers.sureness
    right = sure.confirmed + (sure.expected or 0.0) * (sure.voices - sure.confirmed)
    share = right / sure.voices if sure.voices else 0.0
    if share >= 0.9:
        return _("We are quite sure of these numbers.")
    if share >= 0.75:
        return _("We are fairly sure of these numbers.")
    return _("We are not sure of these numbers yet. A person has to check more comments.")
