"""Words for the codes of the question bank, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.answers import AnswerProblem
from surveys.bank.checking import BankProblem
from surveys.bank.concepts import Concept
from voice.languages import LANGUAGES
from voice.languages import gettext as _
from voice.web.wordings import answer_problem, number


def kind(code: str) -> str:
    return {
        "single_choice": _("One choice"),
        "multiple_choice": _("Several choices"),
        "yes_no": _("Yes, no or not sure"),
        "faces": _("Faces"),
        "agree": _("How much I agree"),
        "number_scale": _("A number from 0 to 10"),
        "ranking": _("Putting in order"),
        "sorting": _("Sorting pictures"),
        "feelings": _("Feelings"),
        "contact": _("How to get in touch"),
        "free_text": _("Own words"),
        "recording": _("A recording"),
        "drawing": _("A drawing"),
        "photo": _("A photo"),
        "date": _("A date"),
        "year_group": _("School year"),
        "age_band": _("Age"),
        "postcode_area": _("First part of the postcode"),
        "information": _("A page to read"),
        "consent": _("Taking part"),
    }[code]


def audience(code: str) -> str:
    return {
        "parent_carer": _("Parent carers"),
        "young_person": _("Young people"),
        "school": _("Schools"),
        "health": _("Health services"),
        "other": _("Others"),
    }[code]


def audiences(codes: Sequence[str]) -> str:
    return "; ".join(audience(code) for code in codes)


def period(code: str) -> str:
    return {
        "this_time": _("What the survey is about"),
        "now": _("Today"),
        "last_term": _("The last 3 months"),
        "last_year": _("The last 12 months"),
        "before": _("The time before it began"),
        "after": _("The time after it ended"),
        "always": _("No special time"),
    }[code]


def edition(code: str) -> str:
    return {"easy_read": _("Easy read"), "standard": _("Standard")}[code]


def heading(code: str) -> str:
    """One of our own headings; that of another framework as it was written."""
    return {
        "leaders_work_together": _("Leaders work together"),
        "needs_found_in_time": _("We find needs in time"),
        "right_help_in_time": _("The right help at the right time"),
        "next_steps": _("Next steps and how life goes on"),
        "valued_and_included": _("Valued, seen and included"),
        "alternative_provision": _("Learning in other places"),
    }.get(code, code)


def language(code: str) -> str:
    """What its speakers call a language."""
    known = LANGUAGES.get(code)
    return known.name if known else code


def changed(what: str) -> str:
    return {
        "added": _("New question"),
        "title": _("The question"),
        "help": _("The help text"),
        "label": _("An answer"),
        "alt": _("Words for a picture"),
        "place": _("A place to sort to"),
        "ends": _("The ends of the scale"),
        "hard_words": _("Hard words"),
        "audio": _("The recording"),
        "picture_alt": _("Words for the picture"),
        "also_asked_of": _("Who else we ask"),
        "owner": _("Who looks after it"),
        "good_for_months": _("How long answers stay good"),
        "headings": _("Headings"),
        "i_statements": _("I statements"),
        "symbol": _("The symbol"),
        "picture": _("The picture"),
        "bsl": _("The film in sign language"),
        "options": _("Order and pictures of the answers"),
        "limit": _("The longest text"),
        "retired": _("No longer asked"),
        "follows": _("In place of another question"),
    }[what]


def differs(code: str) -> str:
    return {
        "negation": _("Not or never"),
        "time": _("Time"),
        "number": _("Numbers and years"),
        "whom": _("About whom"),
        "words": _("Other words"),
    }[code]


def turned(code: str) -> str:
    """What may differ between two questions where no word shows it."""
    return {
        "negation": _("One may say the opposite."),
        "period": _("One may ask about another time."),
        "audience": _("One may be about other people."),
        "number": _("One may have other numbers."),
    }[code]


def reading_problem(code: str) -> str:
    """What makes English words hard, as the easy-read check names it."""
    return {
        "long_sentence": _("A long sentence. Make two of it."),
        "hard_word": _("A hard word. Use an everyday word, or explain it."),
        "passive": _("Say who does it."),
        "acronym": _("Short letters. Write the words out."),
        "double_question": _("Two questions in one. Ask one thing at a time."),
    }[code]


def place(concept: Concept, where: str, language_code: str) -> str:
    """Where a picture, a recording or a film goes: see ``surveys.bank.files.places_of``."""
    kind, _rest, rest = where.partition(":")
    if kind == "picture":
        return _("Picture of the question")
    if kind == "bsl":
        return _("The film in sign language")
    if kind == "option":
        wording = next((w for e in concept.editions if (w := concept.wording(e, language_code))), None)
        label = wording.labels.get(rest, rest) if wording else rest
        return _("Picture of the answer “%(answer)s”") % {"answer": label}
    edition_code, _rest, said_in = rest.partition(":")
    return _("Recording: %(language)s, %(edition)s") % {"language": language(said_in), "edition": edition(edition_code)}


def file_problem(found: BankProblem | AnswerProblem) -> str:
    return problem(found) if isinstance(found, BankProblem) else answer_problem(found)


def problem(found: BankProblem) -> str:
    match found.code:
        case "code_taken":
            return _("Another question has this code. Please choose another one.")
        case "bad_code":
            return _("A code has small English letters, numbers and _ between words. It begins with a letter.")
        case "no_title":
            return _("Please write the question.")
        case "too_long":
            return _("This text is too long. It can have %(limit)s letters.") % {"limit": number(found.limit)}
        case "too_few_options":
            return _("This kind of question needs two or more answers to choose from.")
        case "too_few_places":
            return _("This kind of question needs two or more places to sort to.")
        case "too_many_options":
            return _("A question can have %(limit)s answers to choose from.") % {"limit": number(found.limit)}
        case "bad_option_code":
            return _("“%(code)s” cannot be the code of an answer. Use small English letters, numbers and _.") % {
                "code": found.option
            }
        case "option_twice":
            return _("Two answers have the code “%(code)s”. Give each its own.") % {"code": found.option}
        case "no_label":
            return _("Please write words for each answer.")
        case "no_place_words":
            return _("Please write words for each place to sort to.")
        case "no_ends":
            return _("Please write words for both ends: for 0 and for 10.")
        case "half_hard_word":
            return _("Please write both: the hard word and what it means.")
        case "bad_number":
            return _("Write a number from %(least)s to %(limit)s.") % {
                "least": number(found.least),
                "limit": number(found.limit),
            }
        case "bad_months":
            return _("Write a number of months from 0 to 120.")
        case "say_if_meaning":
            return _("Does this change what we ask? Please choose yes or no.")
        case "looks_different":
            return _("Please look at what is different. Then say if it still asks the same.")
        case "ask_nearly_the_same":
            return _("We have questions that ask nearly the same. Please look at them first.")
        case "no_file":
            return _("Please choose a file.")
        case "no_place":
            return _("Please say what the file is for.")
        case "changed_meanwhile":
            return _("Somebody else changed these words just now. Please look at both.")
        case "facts_changed_meanwhile":
            return _("Somebody else changed these facts just now. Please look at what is new, then save yours.")
        case "another_meaning" if found.field == "audience":
            return _("We ask these people already. To ask them no more makes it a new question.")
        case "retired":
            return _("We do not ask this question any more. So its words stay as they are.")
        case _:
            return _("This would change what we ask. Then it becomes a new question.")
