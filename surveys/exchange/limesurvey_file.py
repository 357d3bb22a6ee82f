"""LimeSurvey's ``.lss`` files, of version 2 to 6, as rows: questions, answers and texts by language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from surveys.document import Words
from surveys.exchange.carried import FormProblem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 20_000_000

Row = Mapping[str, str]

_MARKED_SECTION = re.compile(r"<!\[[^\]<>]*\]*>|<!\[")
"""What Word puts into HTML: ``<![if !supportLists]>``. Python's reader stops at those that it does not know."""

_ANSWER_IN_WORDS = re.compile(r"\{[A-Za-z_][^{}]*\}")


class LimeQuestion(msgspec.Struct, frozen=True):
    """A question or a subquestion; ``texts`` and ``helps`` still hold HTML."""

    qid: str
    parent: str
    gid: str
    type: str
    title: str
    order: int
    scale: str
    row: Row
    texts: Words
    helps: Words


class LimeAnswer(msgspec.Struct, frozen=True):
    code: str
    order: int
    scale: str
    texts: Words


class LimeFile(msgspec.Struct, frozen=True):
    """``answers`` and ``attributes`` are by the question's id; ``groups`` by theirs, in order, with their relevance
    and description. ``languages`` begins with the survey's own."""

    languages: tuple[str, ...]
    texts: Mapping[str, Words]
    questions: tuple[LimeQuestion, ...]
    subquestions: Mapping[str, tuple[LimeQuestion, ...]]
    answers: Mapping[str, tuple[LimeAnswer, ...]]
    attributes: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, Row]
    other_sections: tuple[str, ...]


def read_lss(content: bytes) -> LimeFile:
    """Raises :class:`FormProblem`."""
    if len(content) > LARGEST:
        raise FormProblem("too_large")
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise FormProblem("not_what_its_name_says") from problem
    if root.tag != "document" or (root.findtext("LimeSurveyDocType") or "").strip() != "Survey":
        raise FormProblem("not_a_survey")
    survey = next(_rows(root, "surveys"), {})
    named = [(each.text or "").strip() for each in root.iterfind("languages/language")]
    languages = tuple(dict.fromkeys(filter(None, (survey.get("language", ""), *named)))) or ("en",)
    texts: dict[str, dict[str, str]] = {}
    for row in _rows(root, "surveys_languagesettings"):
        for name in ("title", "description", "welcometext", "endtext"):
            if said := row.get(f"surveyls_{name}", ""):
                texts.setdefault(name, {})[row.get("surveyls_language", languages[0])] = said
    questions = _questions(root, languages[0])
    return LimeFile(
        languages=languages,
        texts=texts,
        questions=tuple(sorted((q for q in questions if q.parent in ("", "0")), key=lambda q: q.order)),
        subquestions=_by_parent(questions),
        answers=_answers(root, languages[0]),
        attributes=_attributes(root),
        groups={
            row.get("gid", ""): row
            for row in sorted(_rows(root, "groups"), key=lambda row: _number(row.get("group_order", "")))
            if row.get("language", languages[0]) == languages[0]
        },
        other_sections=tuple(name for name in ("quota", "assessments") if next(_rows(root, name), None)),
    )


def _rows(root: Element, section: str) -> Iterator[dict[str, str]]:
    for row in root.iterfind(f"{section}/rows/row"):
        yield {field.tag: (field.text or "").strip() for field in row}


def _questions(root: Element, language: str) -> list[LimeQuestion]:
    texts: dict[str, dict[str, str]] = {}
    helps: dict[str, dict[str, str]] = {}
    rows: dict[str, dict[str, str]] = {}
    listed = [*_rows(root, "questions"), *_rows(root, "subquestions")]
    for row in listed:
        rows.setdefault(row.get("qid", ""), row)
    for row in (*listed, *_rows(root, "question_l10ns")):
        spoken = row.get("language", "") or language
        for where, name in ((texts, "question"), (helps, "help")):
            if row.get(name):
                where.setdefault(row.get("qid", ""), {})[spoken] = row[name]
    return [
        LimeQuestion(
            qid=qid,
            parent=row.get("parent_qid", ""),
            gid=row.get("gid", ""),
            type=row.get("type", ""),
            title=row.get("title", ""),
            order=_number(row.get("question_order", "")),
            scale=row.get("scale_id", "0"),
            row=row,
            texts=texts.get(qid, {}),
            helps=helps.get(qid, {}),
        )
        for qid, row in rows.items()
    ]


def _by_parent(questions: list[LimeQuestion]) -> dict[str, tuple[LimeQuestion, ...]]:
    found: dict[str, list[LimeQuestion]] = {}
    for question in sorted(questions, key=lambda each: each.order):
        if question.parent not in ("", "0"):
            found.setdefault(question.parent, []).append(question)
    return {parent: tuple(each) for parent, each in found.items()}


def _answers(root: Element, language: str) -> dict[str, tuple[LimeAnswer, ...]]:
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    texts: dict[tuple[str, str, str], dict[str, str]] = {}
    by_id: dict[str, tuple[str, str, str]] = {}
    for row in _rows(root, "answers"):
        key = (row.get("qid", ""), row.get("scale_id", "0"), row.get("code", ""))
        rows.setdefault(key, row)
        if row.get("aid"):
            by_id[row["aid"]] = key
        if row.get("answer"):
            texts.setdefault(key, {})[row.get("language", "") or language] = row["answer"]
    for row in _rows(root, "answer_l10ns"):
        if row.get("aid") in by_id and row.get("answer"):
            texts.setdefault(by_id[row["aid"]], {})[row.get("language", "") or language] = row["answer"]
    found: dict[str, list[LimeAnswer]] = {}
    for key, row in rows.items():
        answer = LimeAnswer(key[2], _number(row.get("sortorder", "")), key[1], texts.get(key, {}))
        found.setdefault(key[0], []).append(answer)
    return {qid: tuple(sorted(each, key=lambda answer: answer.order)) for qid, each in found.items()}


def _attributes(root: Element) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in _rows(root, "question_attributes"):
        if row.get("value"):
            found.setdefault(row.get("qid", ""), {}).setdefault(row.get("attribute", ""), row["value"])
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class _Text(HTMLParser):
    """The words of some HTML, a line for each block; ``styled`` and ``shows`` say what was in it besides."""

    BLOCKS = ("p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.styled = False
        self.shows = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        if tag in ("script", "style"):
            self._silent += 1
        if tag in self.BLOCKS:
            self.said.append("\n")
        self.styled |= tag not in ("p", "br", "div", "span")
        self.shows |= tag in ("img", "video", "audio", "iframe")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(0, self._silent - 1)
        if tag in self.BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


class PlainWords(msgspec.Struct, frozen=True):
    """Words without HTML, and whether that took something away."""

    words: Words
    styled: bool
    shows: bool
    names_an_answer: bool


def plain(words: Words) -> PlainWords:
    said: dict[str, str] = {}
    styled = shows = False
    for language, written in words.items():
        reader = _Text()
        reader.feed(_MARKED_SECTION.sub("", written))
        reader.close()
        lines = (" ".join(line.split()) for line in "".join(reader.said).splitlines())
        text = "\n".join(line for line in lines if line)
        if text:
            said[language] = text
        styled |= reader.styled
        shows |= reader.shows
    return PlainWords(said, styled, shows, any(_ANSWER_IN_WORDS.search(text) for text in said.values()))
