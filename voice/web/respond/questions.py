"""One question a page: shown, answered, skipped, or left for another language or a pause."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import answering, class_sessions, identity
from surveys.answering import CHANGED_ELSEWHERE, Answered, NoSuchQuestion
from surveys.answers import AnswerProblem, mark_of
from surveys.document import RATHER_NOT_SAY, Question, SurveyDocument
from surveys.drafts import DraftState
from surveys.publishing import OpenRound
from surveys.question_types import type_of
from surveys.question_types.ranking import moved
from surveys.routing import after, before, can_stop, find_on, lets_go_on, path, still_to_come
from surveys.stored_files import file_of
from voice.languages import gettext as _
from voice.languages import in_digits_of
from voice.web.forms import came_by_script, fields
from voice.web.guards import RESPONDENT
from voice.web.pages import page, page_alike
from voice.web.parts import Parts
from voice.web.reader import UnknownLanguage, display_cookie, display_of, display_with, language_cookie, look_otherwise
from voice.web.respond.start import is_offered, place_to_go_on, round_behind


class Place(msgspec.Struct, frozen=True):
    """Where somebody is: which survey, whose draft, and the key that only their link holds."""

    parts: Parts
    round: OpenRound
    link: str
    key: str
    id: uuid.UUID

    @property
    def address(self) -> str:
        return f"/s/{self.link}/{self.key}"

    @property
    def start(self) -> str:
        """The first page, which goes on with the same answers."""
        return f"/s/{self.link}?key={self.key}"

    @property
    def trying(self) -> str:
        """Where a member of staff who only tries the survey goes back to; empty for everybody who answers."""
        return ""

    def next_person(self, draft: DraftState) -> str | None:
        """Where the next person begins when this one has left a shared device; ``None`` on somebody's own."""
        if draft.class_session is not None:
            return f"/s/{self.link}?class={class_sessions.code_of(self.parts.secret, draft.class_session)}"
        return f"/s/{self.link}?shared=yes" if draft.shared_device else None


class Errand(msgspec.Struct, frozen=True):
    """Whether somebody came from the check page to change an answer, and which questions, named by their concepts,
    their changes have opened and they have not come to yet. The address of a page says both."""

    from_check: bool = False
    opened: tuple[str, ...] = ()

    @staticmethod
    def of(request: Request[Any, Any, Any], document: SurveyDocument) -> Errand:
        if request.query_params.get("from") != "check":
            return Errand()
        places = request.query_params.get("opened", "").split(".")
        return Errand(True, tuple(q.concept for place, q in enumerate(document.questions) if str(place) in places))

    def query(self, document: SurveyDocument) -> str:
        """What the address of the next page ends in. It names questions by their places, which are short."""
        places = [str(place) for place, q in enumerate(document.questions) if q.concept in self.opened]
        return ("?from=check" if self.from_check else "") + (f"&opened={'.'.join(places)}" if places else "")

    def after(self, answered: Answered, asked: tuple[Question, ...]) -> tuple[Question | None, Errand]:
        """The next question that nobody has asked this person yet, and what is left to do from there.

        What they skipped before a change was asked, and is not asked again.
        """
        waiting = [
            each
            for each in asked
            if (each.concept in self.opened or each not in answered.asked)
            and each.concept not in answered.draft.answers
            and each.concept != answered.question.concept
        ]
        if not waiting:
            return None, Errand(self.from_check)
        return waiting[0], Errand(self.from_check, tuple(each.concept for each in waiting[1:]))


async def place_of(request: Request[Any, Any, Any], link: str, key: str) -> Place:
    parts, round = await round_behind(request, link)
    return Place(parts, round, link, key, identity.submission_id(parts.secret, key))


async def draft_at(request: Request[Any, Any, Any], place: Place) -> DraftState:
    """The draft. A language that the address asks for must be one of the survey's."""
    asked = request.query_params.get("lang")
    if asked is not None and not is_offered(place.round, asked):
        raise UnknownLanguage(asked)
    return await place.parts.store.read(lambda: answering.load(place.id, place.round, today=place.parts.today))


async def draft_switched_at(request: Request[Any, Any, Any], place: Place) -> DraftState:
    """The draft on pages whose languages are links: in another language from now on when one of them was followed.

    Merely looking at an address changes nothing anywhere else: question pages have buttons for it.
    """
    draft = await draft_at(request, place)
    asked = request.query_params.get("lang")
    if asked is None or asked == draft.language or request.method != "GET":
        return draft
    today = place.parts.today
    await place.parts.store.write(lambda: answering.change_language(place.id, asked, today=today))
    return msgspec.structs.replace(draft, language=asked)


@get("/s/{link:str}/{key:str}", opt=RESPONDENT)
async def go_on(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Redirect:
    """Where somebody who comes back goes on; also the first page after beginning."""
    place = await place_of(request, link, key)
    draft = await draft_at(request, place)
    return Redirect(f"{place.address}/{place_to_go_on(place.round, draft)}", status_code=303)


@get("/s/{link:str}/{key:str}/q/{concept:str}", opt=RESPONDENT)
async def show_question(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str], concept: FromPath[str]
) -> Response[bytes]:
    place = await place_of(request, link, key)
    draft = await draft_at(request, place)
    asked = path(place.round.document, draft.answers)
    question = find_on(asked, concept)
    if question is None:
        raise NoSuchQuestion
    given = draft.answers.get(concept)
    hidden = draft.shared_device and given is not None
    form = {} if hidden or given is None else type_of(question).filled(question, given)
    return question_page(request, place, draft, question, form=form, hidden=hidden, asked=asked)


@post(
    "/s/{link:str}/{key:str}/q/{concept:str}",
    opt=RESPONDENT,
)
async def answer_question(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    """Continue, Skip, Back, Stop, Save for later, another language or look: whichever button was pressed."""
    place = await place_of(request, link, key)
    form = await fields(request)
    if "move" in form:
        return await _moved(request, place, concept, form)

    async def unit(step: str, language: str | None) -> Answered:
        return await step_unit(place, concept, form, step, language)

    return await take_answer(request, place, form, unit)


async def take_answer(
    request: Request[Any, Any, Any],
    place: Place,
    form: Mapping[str, str],
    unit: Callable[[str, str | None], Awaitable[Answered]],
) -> Response[Any]:
    """Does what the button asks for. ``unit`` gets the step and the language to go on in, and runs in a unit."""
    language = form.get("language")
    # Should the answers be gone, because they were sent from another device, the page that says so still has the words.
    request.state.typed = form.get("text", "").strip()
    if language is not None and not is_offered(place.round, language):
        raise UnknownLanguage(language)
    step = form.get("go", "continue") if language is None and "display" not in form else "stay"
    answered = await place.parts.store.write(lambda: unit(step, language))
    if answered.problem is not None and step != "stop":
        changed = answered.problem.code == CHANGED_ELSEWHERE
        if came_by_script(request):
            return Response({"problem": answered.problem.code}, status_code=409 if changed else 422)
        if step == "stay" and not changed:
            # A page half filled in is not wrong yet: it is shown in the other language or look as it stands.
            draft = msgspec.structs.replace(answered.draft, language=language or answered.draft.language)
            cookies = _cookies(request, place, form)
            if "display" in form:
                look_otherwise(request, form["display"])
            shown = question_page(request, place, draft, answered.question, form=form)
            shown.cookies.extend(cookies)
            return shown
        return question_page(
            request,
            place,
            answered.draft,
            answered.question,
            form=form,
            problem=answered.problem,
            status=409 if changed else 422,
        )
    then = next_page(place, answered, step, Errand.of(request, place.round.document))
    cookies = _cookies(request, place, form)
    if came_by_script(request):
        return Response({"next": then}, status_code=200, cookies=cookies)
    return Redirect(then, status_code=303, cookies=cookies)


def _cookies(request: Request[Any, Any, Any], place: Place, form: Mapping[str, str]) -> list[Cookie]:
    """What the device remembers of the language or the look that was asked for."""
    secure = place.parts.settings.secure
    cookies = []
    if "language" in form:
        cookies.append(language_cookie(form["language"], secure=secure))
    if "display" in form:
        cookies.append(display_cookie(display_with(display_of(request), form["display"]), secure=secure))
    return cookies


async def step_unit(place: Place, concept: str, form: Mapping[str, str], step: str, language: str | None) -> Answered:
    today = place.parts.today
    if step == "skip":
        return await answering.skip(place.id, place.round, concept, form, today=today)
    if step == "continue":
        return await answering.answer(place.id, place.round, concept, form, today=today)
    if step in ("back", "later"):
        return await answering.go_away(place.id, place.round, concept, form, today=today)
    answered = await answering.leave(place.id, place.round, concept, form, today=today)
    if language is not None:
        await answering.change_language(place.id, language, today=today)
    return answered


def next_page(place: Place, answered: Answered, step: str, errand: Errand) -> str:
    """The address of the page that a step leads to."""
    if answered.thrown_away:
        return last_page(place, answered.draft, "stopped")
    asked = path(place.round.document, answered.draft.answers)
    concept = answered.question.concept
    match step:
        case "stay" | "remove":
            return f"{place.address}/q/{concept}{errand.query(place.round.document)}"
        case "later":
            return f"{place.address}/later{'?unkept=yes' if answered.unkept else ''}"
        case "stop":
            return f"{place.address}/stop"
        case "back":
            earlier = before(asked, concept)
            if errand.from_check:
                return f"{place.address}/check"
            if earlier is not None:
                return f"{place.address}/q/{earlier.concept}"
            # The first page goes on with the same answers. A survey that has ended no longer has one.
            is_open = place.round.is_open(place.parts.today)
            return place.start if is_open else f"{place.address}/q/{concept}"
        case _ if not lets_go_on(answered.question, answered.draft.answers):
            return f"{place.address}/stop"
        case _:
            following = after(asked, concept)
            if errand.from_check:
                following, errand = errand.after(answered, asked)
            if following is None:
                return f"{place.address}/check"
            return f"{place.address}/q/{following.concept}{errand.query(place.round.document)}"


async def _moved(request: Request[Any, Any, Any], place: Place, concept: str, form: Mapping[str, str]) -> Response[Any]:
    """A ranking with one card moved, where no script moved it: shown, and kept when the person goes on."""
    if came_by_script(request):
        return Response({"problem": "not_yet"}, status_code=422)
    draft = await place.parts.store.read(lambda: answering.load(place.id, place.round, today=place.parts.today))
    asked = path(place.round.document, draft.answers)
    question = find_on(asked, concept)
    if question is None:
        raise NoSuchQuestion
    return question_page(request, place, draft, question, form=moved(question, form, form["move"]), asked=asked)


def question_page(
    request: Request[Any, Any, Any],
    place: Place,
    draft: DraftState,
    question: Question,
    *,
    form: Mapping[str, str],
    hidden: bool = False,
    problem: AnswerProblem | None = None,
    status: int = 200,
    asked: tuple[Question, ...] = (),
) -> Response[bytes]:
    """The page of one question. ``form`` is what it holds: an earlier answer, or what could not be kept.

    ``asked`` is the path, where the caller has found it already.
    """
    asked = asked or path(place.round.document, draft.answers)
    errand = Errand.of(request, place.round.document)
    position = next(n for n, q in enumerate(asked, start=1) if q.concept == question.concept)
    passed = {each.concept for each in asked[:position] if each.kind == "information"}
    template = f"questions/{question.kind}.html"
    context: dict[str, Any] = {
        "round": place.round,
        "errand": errand.query(place.round.document),
        "question": question,
        "type": type_of(question),
        "position": position,
        "count": len(asked) + still_to_come(place.round.document, asked, draft.answers, question.concept),
        "asked": asked,
        "answered": draft.answers.keys() | passed,
        "form": form,
        "code": form.get("answer"),
        "text": form.get("text", ""),
        "hidden": hidden,
        "can_stop": can_stop(asked, question.concept),
        "problem": problem,
        "seen": _seen(draft, question, form, hidden=hidden, problem=problem),
        "elsewhere": _said_elsewhere(draft, question, problem),
        "shared_device": draft.shared_device,
        "file": None if draft.shared_device else file_of(draft.answers.get(question.concept)),
        "on_the_phone": draft.mode == "telephone",
        "next_person": place.next_person(draft),
        "trying": place.trying,
    }
    if problem or errand.opened or place.trying or form.keys() - {"answer"}:
        return page(request, template, language=draft.language, status=status, address=place.address, **context)
    answered = tuple((q.concept, q.concept in draft.answers) for q in asked)
    alike = (
        context["seen"],
        place.round.id,
        question.concept,
        answered,
        context["count"],
        form.get("answer"),
        hidden,
        errand.from_check,
        draft.shared_device,
        draft.mode,
        draft.class_session,
    )
    return page_alike(
        request, template, language=draft.language, alike=alike, own=("address", place.address), **context
    )


def _seen(
    draft: DraftState, question: Question, form: Mapping[str, str], *, hidden: bool, problem: AnswerProblem | None
) -> str:
    """The mark of what the reader of the page knows as the answer; none where it is hidden, since it could be guessed
    from that. What was posted was filled in on an earlier page."""
    given = draft.answers.get(question.concept)
    if hidden or (draft.shared_device and given is not None):
        return ""
    if "seen" in form and not (problem and problem.code == CHANGED_ELSEWHERE):
        return form["seen"]
    return mark_of(given)


def _said_elsewhere(draft: DraftState, question: Question, problem: AnswerProblem | None) -> tuple[str, ...]:
    """The answer that was given on another device meanwhile, when the page is about that."""
    if problem is None or problem.code != CHANGED_ELSEWHERE or draft.shared_device:
        return ()
    return summary_of(question, draft)


def summary_of(question: Question, draft: DraftState) -> tuple[str, ...]:
    """An answer in words, line by line."""
    given = draft.answers[question.concept]
    if given.code == RATHER_NOT_SAY:
        return (_("I would rather not say"),)
    lines = type_of(question).summary(question, given, draft.language)
    if question.kind in ("number_scale", "date"):
        return tuple(in_digits_of(line, draft.language) for line in lines)
    return lines


def last_page(place: Place, draft: DraftState, name: str) -> str:
    """The address of the ``receipt`` or of ``stopped``; on a shared device it makes way for the next person."""
    return address_of_last_page(place, name, draft.language, again(place, draft))


def address_of_last_page(place: Place, name: str, language: str, again: str) -> str:
    return f"{place.address}/{name}?{urlencode({'lang': language} | ({'again': again} if again else {}))}"


def again(place: Place, draft: DraftState) -> str:
    """For whom the last page makes way: ``sending.next_person`` reads it. Empty on somebody's own device."""
    if draft.class_session is not None:
        return class_sessions.code_of(place.parts.secret, draft.class_session)
    if draft.mode == "telephone":
        return "telephone"
    return "shared" if draft.shared_device else ""
