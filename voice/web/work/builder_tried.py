"""What somebody tries of a survey before it goes out. Nothing is stored: it all stands in the address."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from typing import Any, Literal, get_args

import msgspec
from litestar import Request
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException

from surveys.answers import GivenAnswer
from surveys.building.drafting import SurveyDraftState
from surveys.drafts import DraftState
from surveys.publishing import OpenRound
from surveys.submissions import Mode
from surveys.terms import term_of
from voice.languages import LANGUAGES
from voice.parts import Parts
from voice.web.parts import parts_of
from voice.web.reader import display_cookie, display_of, display_with
from voice.web.respond.places import Place
from voice.web.work.builder_drafts import address_of

LONGEST_WORDS = 40
"""Letters of somebody's own words that the address holds: enough to see that they are there."""

LONGEST_STATE = 6000

NO_FILE = "00000000-0000-4000-8000-000000000000"
"""Stands for a recording, drawing or photo that was given: the file itself is not kept."""

TriedMode = Literal["own_device", "shared_device", "class", "with_help", "telephone"]
TRIED_MODES: tuple[TriedMode, ...] = get_args(TriedMode)

MODES: dict[TriedMode, Mode] = {
    "own_device": "own_device",
    "shared_device": "shared_device",
    "class": "class",
    "with_help": "own_device",
    "telephone": "telephone",
}


class Tried(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is tried: in which language and mode, with which answers so far."""

    language: str = "en"
    mode: TriedMode = "own_device"
    answers: dict[str, GivenAnswer] = {}

    @property
    def hides(self) -> bool:
        """Whether answers are hidden after they were given."""
        return self.mode in ("shared_device", "class")

    def with_answer(self, concept: str, given: GivenAnswer | None) -> Tried:
        answers = {code: each for code, each in self.answers.items() if code != concept}
        if given is not None:
            short = given.text[:LONGEST_WORDS] if given.text else given.text
            answers[concept] = msgspec.structs.replace(given, text=short, reach=None)
        return msgspec.structs.replace(self, answers=answers)


_decoder = msgspec.json.Decoder(Tried)


def to_address(tried: Tried) -> str:
    return base64.urlsafe_b64encode(zlib.compress(msgspec.json.encode(tried), 9)).rstrip(b"=").decode()


def from_address(text: str) -> Tried:
    """Raises ``NotFoundException`` for what is no such state."""
    try:
        packed = base64.urlsafe_b64decode(text[:LONGEST_STATE] + "=" * (-len(text[:LONGEST_STATE]) % 4))
        tried = _decoder.decode(zlib.decompressobj().decompress(packed, 50_000))
    except (ValueError, zlib.error, msgspec.DecodeError) as problem:
        raise NotFoundException from problem
    if tried.language not in LANGUAGES:
        raise NotFoundException
    return tried


class TriedPlace(Place, frozen=True):
    """Where somebody is who tries a survey: under an address of its own."""

    @property
    def address(self) -> str:
        return f"{self.trying}/preview/{self.key}"

    @property
    def start(self) -> str:
        return f"{self.address}/start"

    @property
    def trying(self) -> str:
        return address_of(self.id)

    def next_person(self, draft: DraftState) -> str | None:  # noqa: ARG002 - nobody waits for this device
        return None


def tried_place(parts: Parts, draft: SurveyDraftState, tried: Tried) -> TriedPlace:
    return TriedPlace(parts, tried_round(parts, draft), "", to_address(tried), draft.id)


def tried_round(parts: Parts, draft: SurveyDraftState) -> OpenRound:
    """A round of the draft, as if it were open today."""
    return OpenRound(
        id=draft.id,
        survey=draft.document.slug,
        version=0,
        term=term_of(parts.today),
        identity_mode=draft.identity_mode or "anonymous",
        link="draft",
        opens_on=None,
        closes_on=None,
        document=draft.document,
    )


def tried_answers(parts: Parts, draft: SurveyDraftState, tried: Tried) -> DraftState:
    """The answers so far, as if somebody's device had begun them."""
    return DraftState(
        id=draft.id,
        round=draft.id,
        language=tried.language,
        shared_device=tried.hides,
        answers=tried.answers,
        expires_on=parts.today,
        mode=MODES[tried.mode],
    )


def look_cookies(request: Request[Any, Any, Any], form: Mapping[str, str]) -> list[Cookie]:
    """What the device remembers of the look that was asked for."""
    if "display" not in form:
        return []
    look = display_with(display_of(request), form["display"])
    return [display_cookie(look, secure=parts_of(request).settings.secure)]
