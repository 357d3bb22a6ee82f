"""Words for surveys from other tools: why a file cannot be read, and what was not carried over."""

from __future__ import annotations

from surveys.exchange.carried import Left
from voice.languages import gettext as _


def form_problem(code: str) -> str:
    return {
        "no_file": _("Choose a file first."),
        "not_a_form": _("Choose an XLSForm (.xlsx) or a LimeSurvey file (.lss)."),
        "not_what_its_name_says": _("We cannot open this file. Save it again in the tool where you made it."),
        "too_large": _("This file is too big for us. Split the survey into smaller ones."),
        "too_many_rows": _("This form has more than 5,000 rows. Split it into smaller ones."),
        "no_survey_sheet": _("This workbook has no sheet named “survey”. Is it an XLSForm?"),
        "not_a_survey": _("This is not a survey file of LimeSurvey. Export the survey structure (.lss)."),
        "no_questions": _("We found no question in this file that we can ask."),
        "no_language_of_ours": _("This survey is in no language that we have."),
    }[code]


def left(each: Left) -> str:
    """What happened to it, and what to do."""
    return {
        "acknowledge_as_consent": _("We ask this as “Do you want to take part?”. Only people who say yes go on."),
        "alt_left_out": _("The words that describe pictures stay here."),
        "answer_not_known": _("It asks for an answer that the other question does not have. We ask it always."),
        "asked_later": _("It asks for an answer that comes later, or goes round in a circle. We ask it always."),
        "calculated": _("A tool works this out by itself. It asks nobody, so we left it out."),
        "check_left_out": _("We do not check answers like this."),
        "choice_twice": _("This choice is in the list twice. We kept the first."),
        "choices_elsewhere": _("Its choices are in another file. Add the question yourself."),
        "choices_missing": _("It has no choices. We left the question out."),
        "column_left_out": _("We do not know this column. We left it out."),
        "condition_left_out": _("We cannot say when to ask it. We ask it always. Please set it yourself."),
        "file_left_out": _("Pictures, sound and films stay here."),
        "from_device": _("This comes from the device and not from the person. We never collect it."),
        "group_flattened": _("We have no groups. We kept its questions and when to ask them."),
        "group_not_closed": _("This group has no end. We ended it at the last row."),
        "group_not_open": _("A group ends here that never began. We passed over it."),
        "hard_word_left_out": _("The meaning of a hard word stays here."),
        "in_repeat": _("It is inside a part that repeats. We left it out."),
        "kind_not_known": _("We do not ask this kind of question. We left it out."),
        "language_left_out": _("We do not have this language yet."),
        "look_left_out": _("We show questions in our own way."),
        "matrix_flattened": _("We ask each row of this table as a question."),
        "name_changed": _("We changed this name a little."),
        "name_twice": _("Two questions have this name. We gave one a new name."),
        "needs_an_answer": _("We ask it after any other answer. If people skip that question, we do not ask it."),
        "no_name": _("This row has no name. Please look at it."),
        "number_as_words": _("We ask for this number in words."),
        "other_words_left_out": _("People can choose “Something else”. They cannot write what."),
        "picture_left_out": _("Pictures, sound and films do not come along. Please add them again."),
        "question_not_known": _("It asks for an answer to a question that is not here. We ask it always."),
        "rather_not_say_left_out": _("“I would rather not say” has no place in this kind of question there."),
        "range_as_choices": _("We show these numbers as choices."),
        "repeat_left_out": _("We cannot repeat a part of a survey. We left it out."),
        "required_left_out": _("People can always skip a question here."),
        "row_switched_off": _("The file switches this off. We left it out."),
        "setting_left_out": _("We do not know this setting. We left it out."),
        "style_removed": _("We took out bold words, colours and the like."),
        "words_missing": _("Its words are missing in one language."),
        "words_name_an_answer": _("These words show an earlier answer. We cannot do that. Please change them."),
    }[each.reason]


def where(each: Left) -> str:
    """Where it is in the file; names stay as they are there."""
    row = _("row %(row)s") % {"row": each.row} if each.row else ""
    return ", ".join(part for part in (each.sheet, row, each.column) if part)
