"""Words for the codes of building a survey, in the reader's language."""

from __future__ import annotations

import datetime as dt

import babel.dates

from surveys.building.drafting import Change
from surveys.building.readiness import ReadinessProblem
from surveys.document import RATHER_NOT_SAY, OnlyIf, Question, SurveyDocument, wording
from surveys.identity import IdentityMode, submitted_at
from voice.languages import LANGUAGES, current
from voice.languages import gettext as _
from voice.web.wordings import month, number
from voice.web.work.bank_words import audience, edition, kind

__all__ = ["audience", "edition", "kind"]


def stage(code: str) -> str:
    return {
        "draft": _("We are still writing it"),
        "in_review": _("A colleague looks at it"),
        "published": _("Published"),
        "discarded": _("Thrown away"),
    }[code]


def moment(at: dt.datetime) -> str:
    return babel.dates.format_datetime(at, format="medium", locale=current().locale)


def language(code: str) -> str:
    return LANGUAGES[code].name if code in LANGUAGES else code


def title(question: Question | None, concept: str) -> str:
    """The question in the reader's language; its code when it is not there."""
    return wording(question.title, current().code) if question else concept


def code_label(question: Question, code: str) -> str:
    """The words of a code that a question can be answered with."""
    if code == RATHER_NOT_SAY:
        return _("I would rather not say")
    if question.kind == "number_scale":
        return number(int(code)) if code.isdecimal() else code
    return next((wording(o.label, current().code) for o in question.options if o.code == code), code)


def condition(document: SurveyDocument, asked: OnlyIf) -> str:
    """Which answers to which question: its number, and the words of each code."""
    question = document.question(asked.concept)
    if question is None:
        return _("A question that is not here now")
    place = next(n for n, q in enumerate(document.questions, start=1) if q.concept == asked.concept)
    codes = " / ".join(code_label(question, code) for code in asked.codes)
    return _("Question %(number)s: %(answers)s") % {"number": number(place), "answers": codes}


def tried_mode(mode: str) -> str:
    """How people answer, as somebody who tries a survey chooses it."""
    return {
        "own_device": _("On their own phone or computer"),
        "shared_device": _("On a shared device"),
        "class": _("With a whole class"),
        "with_help": _("With help"),
        "telephone": _("On the phone with one of us"),
    }[mode]


def kept(mode: IdentityMode, now: dt.datetime) -> str:
    """What is stored of when somebody sent their answers, with today as the example."""
    if mode == "anonymous":
        return _("We keep the month they send their answers, such as %(month)s. We do not keep the day.") % {
            "month": month(submitted_at(now, mode))
        }
    sent = now.astimezone(dt.UTC).replace(second=0, microsecond=0)  # the minute is kept apart, sealed
    return _("We keep the day and the time they send their answers, such as %(moment)s.") % {
        "moment": babel.dates.format_datetime(sent, format="short", locale=current().locale)
    }


def identity(mode: str) -> str:
    return {
        "anonymous": _("No names. Nobody can tell who answered."),
        "confidential": _("Private. We lock away who answered. Few people may look."),
    }[mode]


def based_on(text: str) -> str:
    what, _colon, name = text.partition(":")
    return {
        "empty": _("Began empty"),
        "template": _("Began with our template “%(name)s”") % {"name": name},
        "copy": _("Began with the survey “%(name)s”") % {"name": name},
        "survey": _("Began with the survey “%(name)s”") % {"name": name},
        "file": _("Began with the file “%(name)s”") % {"name": name},
    }.get(what, text)


def change(done: Change, document: SurveyDocument) -> str:
    """What somebody did, in one sentence."""
    name = done.before.get("question") or done.after.get("question")
    question = name or title(document.question(done.about), done.about)
    return {
        "began": _("Began this survey"),
        "moved": _("Moved “%(question)s”"),
        "removed": _("Removed “%(question)s”"),
        "added": _("Added “%(question)s”"),
        "conditions": _("Changed who gets “%(question)s”"),
        "bank_words": _("Took the words of the question bank for “%(question)s”"),
        "words": _("Changed the words of “%(question)s”"),
        "settings": _("Changed the settings"),
        "asked_for_review": _("Asked a colleague to look at it"),
        "taken_back": _("Took it back to go on writing"),
        "published": _("Published it"),
        "discarded": _("Threw it away"),
    }[done.what] % {"question": question}


def field(name: str) -> str:
    """What a piece of text or a setting is called on its page."""
    plain = {
        "title": _("Title"),
        "about": _("What it is about"),
        "who_reads": _("Who reads the answers"),
        "what_happens_next": _("What happens next"),
        "minutes": _("How many minutes it takes"),
        "audience": _("Who it asks"),
        "edition": _("How we word it"),
        "kept_months": _("How many months we keep the answers"),
        "identity_mode": _("How we keep the answers"),
        "help": _("Help line"),
        "picture_alt": _("What the picture shows"),
        "end-0": _("Words at the low end"),
        "end-1": _("Words at the high end"),
        "number": _("Number in the survey"),
        "question": _("Question"),
        "based_on": _("Where it began"),
        "conditions": _("Ask this only if"),
    }
    if name in plain:
        return plain[name]
    sort, _dash, rest = name.partition("-")
    if sort == "language":
        return _("Language: %(name)s") % {"name": language(rest)}
    return {
        "label": _("Words on a card"),
        "alt": _("What the picture on a card shows"),
        "place": _("Words on a place to sort to"),
        "word": _("Hard word"),
        "meaning": _("What the hard word means"),
        "if": _("Ask this only if"),
    }.get(sort, name)


def edit_problem(code: str) -> str:
    return {
        "no_such_question": _("This question is not in the survey now. Go back to the list."),
        "already_asked": _("This question is in the survey already."),
        "no_title": _("Write a title. It can be short."),
        "not_yours": _("This survey belongs to another organisation. Make a copy, or ask them."),
        "no_language": _("Choose one language or more."),
        "minutes": _("Write the minutes as a number from 1 to 120."),
        "months": _("Write the months as a number from 1 to 120."),
        "no_reason": _("Write a few words: why can it stay?"),
        "too_long": _("This is too long. Please make it shorter. It can hold 2,000 letters."),
    }[code]


def not_now(code: str) -> str:
    return {
        "in_review": _("A colleague looks at this survey now. To change it, take it back first."),
        "published": _("This survey is out. It stays as it is. Begin a new one with it to change it."),
        "discarded": _("Somebody threw this survey away. Begin a new one."),
        "own_words": _("You changed it last, so somebody else looks at it. Take it back. Then ask them."),
        "not_in_review": _("Nobody asked for a look at it yet, or somebody took it back."),
        "own_review": _("You asked for a second look. Somebody else has to take it."),
    }[code]


def path_problem(code: str) -> str:
    return {
        "no_questions": _("There is no question yet. Add one."),
        "nothing_to_answer": _("There is nothing to answer. Add a question."),
        "asked_twice": _("This question is here two times. Remove one of them."),
        "unknown_kind": _("We cannot ask this kind of question yet. Remove it."),
        "no_options": _("There is nothing to choose from. Take another question from the bank."),
        "option_twice": _("Two of its cards are the same. Take another question from the bank."),
        "consent_without_yes": _("Nobody can say yes here. Take another question from the bank."),
        "asks_itself": _("It waits for its own answer. Take that out."),
        "circle": _("It waits for a question that waits for it. Take one of them out."),
        "asks_later": _("It waits for an answer that comes later. Move it down, or take that out."),
        "asks_removed_question": _("It waits for a question that is not here now. Take that out."),
        "asks_removed_option": _("It waits for a card that is not there now. Take that out."),
        "asks_without_codes": _("It waits for an answer that we cannot count. Choose another question."),
        "never_asked": _("Nobody can come to this question. Its rules do not go together."),
    }[code]


def readiness(problem: ReadinessProblem) -> str:
    """What is to be done about a problem."""
    if problem.path is not None:
        return path_problem(problem.path.code)
    if problem.code == "hard_to_read":
        return reading(problem.found.partition(":")[0])
    return {
        "no_language": _("Choose one language or more."),
        "words_missing": _("Words are missing. Write them, or leave this language out."),
        "words_stale": _("The English changed after somebody wrote this. Look at it and save it."),
        "words_differ": _(
            "The words are not those of the question bank. Do they mean the same? Then take the words of the bank, or "
            "change them there. Do they mean something else? Then add a new question."
        ),
        "concept_retired": _("The question bank does not ask this any more. Take another question."),
        "other_audience": _("The question bank does not ask this of these people. Change who it asks there."),
        "words_in_english": _("These words are still in English."),
        "language_not_complete": _("Our own buttons and pages are not all in this language yet. Leave it out."),
        "picture_missing": _("A picture is missing. Take another question from the bank, or add one there."),
        "no_identity_mode": _("Choose how we keep the answers."),
        "no_retention": _("Choose how long we keep the answers."),
        "too_few_minutes": _("It takes longer than the survey says. Our count: %(minutes)s minutes.")
        % {"minutes": problem.found},
        "no_help_contact": _(
            "Families need a phone number or an e-mail address for help. An administrator can add it."
        ),
        "asked_before": _("We asked these people the same a short while ago."),
    }[problem.code]


def reading(code: str) -> str:
    return {
        "long_sentence": _("This sentence is long. Make it two."),
        "hard_word": _("This word is hard. Use an easier one."),
        "passive": _("This does not say who does it. Say who."),
        "acronym": _("These letters are short for something. Write it out."),
        "double_question": _("This asks two things at once. Ask one."),
    }[code]


def cannot_open(code: str) -> str:
    return {
        "no_such_version": _("Choose a survey from the list."),
        "not_yours": _("This survey belongs to another organisation. Make a copy, or ask them."),
        "term": _("Choose a term from the list."),
        "past_term": _("This term is over. Choose this term or a later one."),
        "outside_term": _("These days are not in this term. Change the term or the days."),
        "closes_before_it_opens": _("The last day comes before the first day. Please change one of them."),
        "closes_in_the_past": _("The last day is over already. Choose a later day."),
        "day": _("Write the day like this: 2026-11-23."),
        "identity": _("Choose how we keep the answers."),
    }[code]
