"""A LimeSurvey ``.lss`` file as a survey of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

from surveys.building.minutes import minutes
from surveys.document import Option, Question, QuestionKind, SurveyDocument, Words
from surveys.exchange.assembling import (
    Expression,
    Found,
    assemble,
    concept_name,
    option_symbol,
    symbol_of,
    unlike,
)
from surveys.exchange.carried import Carried, FormProblem, Left, Reason
from surveys.exchange.limesurvey_file import LimeFile, LimeQuestion, plain, read_lss
from surveys.exchange.xlsform_settings import slug_of
from surveys.question_types import complete

KINDS: Mapping[str, QuestionKind] = {
    **{"L": "single_choice", "!": "single_choice", "O": "single_choice", "5": "single_choice", "G": "single_choice"},
    **{"M": "multiple_choice", "P": "multiple_choice", "R": "ranking", "Y": "yes_no", "D": "date"},
    **{"S": "free_text", "T": "free_text", "U": "free_text", "N": "free_text", "X": "information"},
}
IN_ROWS = {"F": "single_choice", "H": "single_choice", "A": "single_choice", "B": "single_choice"}
IN_ROWS |= {"C": "single_choice", "E": "single_choice", "Q": "free_text", "K": "free_text"}
"""Tables, of which each row becomes a question of its own."""

POINTS = {"5": 5, "A": 5, "B": 10}
WITH_WORDS = ("O", "P")
OTHER = "other"
LEFT_ATTRIBUTES = {
    *("array_filter", "array_filter_exclude", "exclude_all_others", "random_order", "min_answers", "date_min"),
    *("date_max", "em_validation_q", "em_validation_sq", "prefix", "suffix", "min_num_value_n", "max_num_value_n"),
}
LONGEST_LIMIT = 10_000
PICTURES, SOUNDS = {"png", "jpg", "jpeg", "gif", "webp", "heic"}, {"mp3", "wav", "ogg", "m4a", "webm", "aac"}


def read_limesurvey(content: bytes, words: Callable[[str], Words]) -> Carried:
    """The survey in a file. ``words`` gives our own words for answers that LimeSurvey brings itself.

    Raises :class:`FormProblem`.
    """
    return _Reading(read_lss(content), words).carried()


class _Reading:
    def __init__(self, file: LimeFile, words: Callable[[str], Words]) -> None:
        self.file = file
        self.left: list[Left] = []
        self._words: Callable[[str], Words] = lambda message: {
            language: said for language, said in words(message).items() if language in file.languages
        }
        self._found: list[Found] = []
        by_group = {gid: [q for q in file.questions if q.gid == gid] for gid in file.groups}
        grouped = {q.qid for each in by_group.values() for q in each}
        self._questions = [q for each in by_group.values() for q in each]
        self._questions += [q for q in file.questions if q.qid not in grouped]

    def carried(self) -> Carried:
        for gid, group in self.file.groups.items():
            if len(self.file.groups) > 1:
                self._leave("group_flattened", group.get("group_name", "") or gid, section="groups")
            if group.get("description"):
                self._leave("setting_left_out", group.get("group_name", "") or gid, "description", section="groups")
        for question in self._questions:
            self._question(question)
        for section in self.file.other_sections:
            self._leave("setting_left_out", "", section=section)
        questions = assemble(self._found, self.left)
        if not questions:
            raise FormProblem("no_questions")
        return Carried(self._document(questions), tuple(self.left))

    def _leave(self, reason: Reason, name: str, about: str = "", section: str = "questions") -> None:
        self.left.append(Left(reason, section, 0, name, about))

    def _question(self, asked: LimeQuestion) -> None:
        attributes = self.file.attributes.get(asked.qid, {})
        if attributes.get("hidden") == "1":
            self._leave("row_switched_off", asked.title)
            return
        kind = self._kind(asked, attributes)
        if kind is None:
            reason: Reason = "calculated" if asked.type == "*" else "kind_not_known"
            self._leave(reason, asked.title, asked.type)
            return
        self._leave_what_is_special(asked, attributes)
        if asked.type not in IN_ROWS:
            self._add(asked, kind, self._options(asked, attributes), asked.title, asked.title, asked.texts)
            return
        rows = self.file.subquestions.get(asked.qid, ())
        self._leave("matrix_flattened", asked.title, str(len(rows)))
        for row in rows:
            if row.scale != "0":
                continue
            both = {
                language: f"{text} – {row.texts[language]}"
                for language, text in asked.texts.items()
                if language in row.texts
            }
            name = f"{asked.title}_{row.title}"
            self._add(asked, kind, self._options(asked, attributes), name, name, both or row.texts)

    def _kind(self, asked: LimeQuestion, attributes: Mapping[str, str]) -> QuestionKind | None:
        if asked.type == "|":
            allowed = {each.strip().casefold() for each in attributes.get("allowed_filetypes", "").split(",")}
            if allowed & PICTURES:
                return "photo"
            return "recording" if allowed & SOUNDS else None
        return KINDS.get(asked.type) or IN_ROWS.get(asked.type)  # type: ignore[return-value]

    def _leave_what_is_special(self, asked: LimeQuestion, attributes: Mapping[str, str]) -> None:
        if asked.row.get("mandatory") in ("Y", "S"):
            self._leave("required_left_out", asked.title)
        if asked.row.get("preg"):
            self._leave("check_left_out", asked.title, asked.row["preg"])
        if asked.type in ("N", "K"):
            self._leave("number_as_words", asked.title)
        if asked.type in WITH_WORDS:
            self._leave("other_words_left_out", asked.title)
        for name in sorted(LEFT_ATTRIBUTES & attributes.keys()):
            if attributes[name] not in ("0", "N"):
                self._leave("setting_left_out", asked.title, f"{name}={attributes[name]}")

    def _options(self, asked: LimeQuestion, attributes: Mapping[str, str]) -> tuple[Option, ...]:
        words = self._words
        options: list[Option]
        if asked.type in POINTS:
            points = [str(number) for number in range(1, POINTS[asked.type] + 1)]
            options = [Option(point, "number", dict.fromkeys(self.file.languages, point)) for point in points]
        elif asked.type in ("Y", "C"):
            options = [Option("yes", "yes", words("Yes")), Option("no", "no", words("No"))]
            if asked.type == "C":
                options.append(Option("not_sure", "not-sure", words("Not sure")))
        elif asked.type == "E":
            options = [Option("I", "better", words("More")), Option("S", "in-between", words("The same"))]
            options.append(Option("D", "a-little", words("Less")))
        elif asked.type == "G":
            options = [Option("F", "adult", words("Female")), Option("M", "adult", words("Male"))]
        elif asked.type in ("M", "P"):
            rows = self.file.subquestions.get(asked.qid, ())
            options = [self._option(row.title, row.texts, asked) for row in rows]
        else:
            answers = self.file.answers.get(asked.qid, ())
            options = [self._option(each.code, each.texts, asked) for each in answers if each.scale == "0"]
        if asked.row.get("other") == "Y":
            own = attributes.get("other_replace_text")
            label = {self.file.languages[0]: own} if own else words("Something else")
            options.append(Option(OTHER, option_symbol(OTHER), label))
            self._leave("other_words_left_out", asked.title)
        return unlike(options, self.left, "answers", 0)

    def _option(self, code: str, texts: Words, asked: LimeQuestion) -> Option:
        return Option(code, option_symbol(code), self._plain(texts, asked.title))

    def _plain(self, texts: Words, name: str) -> Words:
        read = plain(texts)
        if read.shows:
            self._leave("picture_left_out", name)
        elif read.styled:
            self._leave("style_removed", name)
        if read.names_an_answer:
            self._leave("words_name_an_answer", name)
        for language in self.file.languages:
            if read.words and language not in read.words:
                self._leave("words_missing", name, language)
        return read.words

    def _add(
        self,
        asked: LimeQuestion,
        kind: QuestionKind,
        options: tuple[Option, ...],
        name: str,
        named: str,
        texts: Words,
    ) -> None:
        if kind in ("single_choice", "multiple_choice", "ranking") and not options:
            self._leave("choices_missing", name)
            return
        concept = concept_name(named or f"question_{asked.qid}", [each.question.concept for each in self._found])
        if concept != named:
            reason: Reason = "name_twice" if concept_name(named, ()) == named else "name_changed"
            self._leave(reason, name, concept)
        attributes = self.file.attributes.get(asked.qid, {})
        most, limit = _number(attributes.get("max_answers", "")), _number(attributes.get("maximum_chars", ""))
        question = Question(
            concept=concept,
            kind=kind,
            symbol=symbol_of(kind),
            title=self._plain(texts, name),
            help=self._plain(asked.helps, name),
            options=options if kind in ("single_choice", "multiple_choice", "ranking", "yes_no") else (),
            limit=min(limit, LONGEST_LIMIT) or 2000,
            most=most if most < len(options) else 0,
        )
        names = (name,) if not any(name in each.names for each in self._found) else (concept,)
        self._found.append(Found(complete(question, self._words), names, self._when(asked)))

    def _when(self, asked: LimeQuestion) -> tuple[Expression, ...]:
        group = self.file.groups.get(asked.gid, {})
        written = (group.get("grelevance", ""), asked.row.get("relevance", ""))
        return tuple(
            Expression(self._our_names(text), "questions", 0, asked.title)
            for text in written
            if text.strip() not in ("", "1")
        )

    def _our_names(self, text: str) -> str:
        """An expression that names questions and their answers as ours are named."""
        titles = {question.qid: question.title for question in self._questions}

        def title(found: re.Match[str]) -> str:
            known = next((qid for qid in sorted(titles, key=len, reverse=True) if found[1].startswith(qid)), None)
            if known is None:
                return found[0]
            rest = found[1][len(known) :]
            return f"{titles[known]}_{rest}" if rest else titles[known]

        text = re.sub(r"\b\d+X\d+X(\w+)", title, text)
        for question in self._questions:
            name = re.escape(question.title)
            suffix = r"(?:\.(?:NAOK|code|value))*"
            if question.type in ("M", "P"):
                for row in self.file.subquestions.get(question.qid, ()):
                    chosen = f"selected({question.title}, '{row.title}')"
                    text = re.sub(
                        rf"\b{name}_{re.escape(row.title)}{suffix}\s*(?:==|=|\beq\b)\s*([\"'])Y\1",
                        lambda _, chosen=chosen: chosen,  # type: ignore[misc] # a title may hold a backslash
                        text,
                    )
            if question.type in ("Y", "C"):
                of_row = r"(?:_\w+)?" if question.type == "C" else ""
                text = re.sub(rf"(\b{name}{of_row}{suffix}\s*\S+\s*[\"'])Y([\"'])", r"\1yes\2", text)
                text = re.sub(rf"(\b{name}{of_row}{suffix}\s*\S+\s*[\"'])N([\"'])", r"\1no\2", text)
        return text.replace("-oth-", OTHER)

    def _document(self, questions: tuple[Question, ...]) -> SurveyDocument:
        texts = {name: self._plain(said, name) for name, said in self.file.texts.items() if name != "endtext"}
        if "endtext" in self.file.texts:
            self._leave("setting_left_out", "endtext", section="surveys_languagesettings")
        about = texts.get("description") or texts.get("welcometext") or {}
        if texts.get("welcometext") and about is not texts["welcometext"]:
            concept = concept_name("welcome", [question.concept for question in questions])
            questions = (Question(concept, "information", "welcome", texts["welcometext"], {}), *questions)
        title = texts.get("title", {})
        document = SurveyDocument(
            slug=slug_of(title.get(self.file.languages[0], "")),
            title=title,
            about=about,
            who_reads={},
            what_happens_next={},
            minutes=1,
            languages=self.file.languages,
            questions=questions,
        )
        return msgspec.structs.replace(document, minutes=minutes(document))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
