"""The question bank: what we ask, how it is worded, where it is used and what was answered."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, get_args

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from analysis.disclosure import FLOOR
from analysis.readability import problem_codes
from surveys.bank import reading, results, searching, using
from surveys.bank.concepts import EDITIONS, Concept, Period, Wording
from surveys.bank.headings import FRAMEWORK
from surveys.document import QuestionKind, RespondentKind
from voice.findings.favourable import NOT_ASKED, counted
from voice.languages import LANGUAGES, SOURCE, speak
from voice.people import signing_in
from voice.people.roles import Audience, may_use
from voice.web.pages import built_symbols, page, person_here, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import bank_words
from voice.web.work.bank_alike import near
from voice.web.work.bank_forms import HAS_A_LIMIT

A_PAGE = 30
KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
PERIODS: tuple[Period, ...] = get_args(Period)
AUDIENCES: tuple[RespondentKind, ...] = get_args(RespondentKind)


class Choice(msgspec.Struct, frozen=True):
    """What the list of questions is narrowed to; empty for all."""

    q: str = ""
    heading: str = ""
    audience: str = ""
    kind: str = ""
    owner: str = ""
    statement: str = ""
    show: str = ""

    def takes(self, concept: Concept) -> bool:
        return (
            concept.is_retired == (self.show == "retired")
            and (not self.heading or self.heading in concept.headings)
            and (not self.audience or self.audience in concept.audiences)
            and (not self.kind or self.kind == concept.kind)
            and (not self.owner or self.owner == concept.owner)
            and (not self.statement or self.statement in concept.i_statements)
        )


@get("/work/bank", opt={"audience": Audience.STAFF})
async def show_bank(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    language = language_of(request)
    speak(language)
    choice = Choice(**{name: request.query_params.get(name, "").strip() for name in Choice.__struct_fields__})

    async def unit() -> tuple[list[Concept], set[str] | None]:
        found = await searching.search(choice.q) if searching.search_words(choice.q) else None
        return await reading.concepts(retired=True, languages={language, SOURCE}), found

    known, found = await parts.store.read(unit)
    chosen = [each for each in known if choice.takes(each) and (found is None or each.code in found)]
    chosen.sort(key=lambda each: each.title(language).casefold())
    asked_from = request.query_params.get("from", "0")
    start = int(asked_from) if asked_from.isdecimal() and len(asked_from) < 9 else 0
    start = min(start, max(len(chosen) - 1, 0)) // A_PAGE * A_PAGE
    return page(
        request,
        "work/bank/browse.html",
        language=language,
        choice_made=choice,
        concepts=chosen[start : start + A_PAGE],
        total=len(chosen),
        known=len(known),
        start=start,
        a_page=A_PAGE,
        heading_names=named(
            [*FRAMEWORK, *sorted({h for each in known for h in each.headings} - set(FRAMEWORK))], bank_words.heading
        ),
        audience_names=named(AUDIENCES, bank_words.audience),
        kind_names=named(KINDS, bank_words.kind),
        owner_names=as_written({each.owner for each in known if each.owner}),
        statement_names=as_written({said for each in known for said in each.i_statements}),
        symbols=built_symbols(),
        may_change=may_change(request),
        bank_words=bank_words,
        query={name: value for name, value in msgspec.structs.asdict(choice).items() if value},
    )


@get("/work/bank/{concept:str}", opt={"audience": Audience.STAFF})
async def show_concept(request: Request[Any, Any, Any], concept: FromPath[str]) -> Response[bytes]:
    parts = parts_of(request)
    language = language_of(request)
    person = person_here(request)
    shows_results = may_use(person.role, Audience.FINDINGS)

    async def unit() -> dict[str, Any] | None:
        known = await reading.concept(concept)
        if known is None:
            return None
        return {
            "concept": known,
            "followed_by": await reading.followed_by(concept),
            "others": await reading.concepts(languages={SOURCE}),
            "history": await reading.history(concept),
            "used": await using.where_used(concept),
            "drafts": await using.drafts_using(concept),
            "results": await results.results(known, apart=sums_shown_elsewhere(known)) if shows_results else [],
            "members": {each.id: each.email for each in await signing_in.members()},
        }

    found = await parts.store.read(unit)
    if found is None:
        raise NotFoundException
    known: Concept = found["concept"]
    others: dict[str, Concept] = {each.code: each for each in found.pop("others")}
    return page(
        request,
        "work/bank/concept.html",
        language=language,
        titles={code: each.title(language) for code, each in others.items()},
        near=await near(request, known, others),
        cards=cards(known),
        missing=[
            (edition, [code for code in LANGUAGES if code not in known.languages(edition)]) for edition in EDITIONS
        ],
        label=lambda code: label_of(known, language, code),
        may_open_drafts=may_use(person.role, Audience.FINDINGS),
        shows_results=shows_results,
        has_a_limit=known.kind in HAS_A_LIMIT,
        floor=FLOOR,
        symbols=built_symbols(),
        may_change=may_change(request) and not known.is_retired,
        bank_words=bank_words,
        changed_by=lambda id: found["members"].get(id),
        **{name: value for name, value in found.items() if name != "members"},
    )


def named(codes: Iterable[str], name: Callable[[str], str]) -> list[tuple[str, str]]:
    """Codes with their words, to choose from."""
    return [(code, name(code)) for code in codes]


def as_written(found: Collection[str]) -> list[tuple[str, str]]:
    """What staff wrote themselves, to choose from."""
    return [(each, each) for each in sorted(found, key=str.casefold)]


async def concept_asked(request: Request[Any, Any, Any], code: str) -> Concept:
    """The concept. Raises ``NotFoundException`` when it is not there or has retired: then nothing of it changes."""
    concept = await parts_of(request).store.read(lambda: reading.concept(code))
    if concept is None or concept.is_retired:
        raise NotFoundException
    return concept


def may_change(request: Request[Any, Any, Any]) -> bool:
    person = signed_in(request)
    return person is not None and may_use(person.role, Audience.BUILDING)


class Card(msgspec.Struct, frozen=True):
    """One wording, with what the easy-read check says of its parts: by ``title``, ``help`` or an option's code."""

    edition: str
    language: str
    direction: str
    wording: Wording
    problems: Mapping[str, tuple[str, ...]]


def cards(concept: Concept) -> list[Card]:
    """The wordings, language by language in the order of our languages, easy read first."""
    order = [*LANGUAGES, *sorted({code for each in concept.wordings.values() for code in each} - set(LANGUAGES))]
    return [
        Card(
            edition,
            code,
            LANGUAGES[code].direction if code in LANGUAGES else "auto",
            wording,
            easy_read_problems(wording) if (edition, code) == ("easy_read", SOURCE) else {},
        )
        for code in order
        for edition in EDITIONS
        if (wording := concept.wording(edition, code))
    ]


def easy_read_problems(wording: Wording) -> dict[str, tuple[str, ...]]:
    """The codes of what makes English words hard to read, by ``title``, ``help`` or an option's code."""
    explained = [word for each in wording.hard_words for word in (each.word, *each.word.split())]
    lines = {"title": wording.title, "help": wording.help, **wording.labels}
    found = {part: problem_codes(line, explained=explained) for part, line in lines.items()}
    return {part: codes for part, codes in found.items() if codes}


def label_of(concept: Concept, language: str, code: str) -> str | None:
    """The words of an answer for staff; ``None`` for one that the concept does not offer."""
    for wanted in (language, SOURCE):
        for edition in concept.editions:
            said = concept.wording(edition, wanted)
            if said and code in said.labels:
                return said.labels[code]
    return None


def sums_shown_elsewhere(concept: Concept) -> tuple[tuple[str, ...], ...]:
    """The codes that the page for leads adds up, and those that it leaves out."""
    added_up = counted(concept.code, concept.kind, [option.code for option in concept.options])
    return (added_up, NOT_ASKED) if added_up else ()


def member_id(request: Request[Any, Any, Any]) -> uuid.UUID:
    person = person_here(request)
    return person.id
