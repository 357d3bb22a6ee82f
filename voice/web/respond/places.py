"""Where somebody is who answers: in which survey, with which answers, and why they came to a page."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request

from surveys import answering, class_sessions, identity
from surveys.answering import Answered
from surveys.document import Question, SurveyDocument
from surveys.drafts import DraftState
from surveys.publishing import OpenRound
from voice.parts import Parts
from voice.web.reader import UnknownLanguage
from voice.web.respond.start import is_offered, round_behind


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
