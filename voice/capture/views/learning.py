"""What a family lets the partnership learn from a private space: words without who, and nothing that leads back.

A voice that comes from here has an id and an origin of its own, made at random. Only the sealed view knows which
voice is its own, so that the family can take it back. Functions run inside a unit of the store.
"""

from __future__ import annotations

import uuid

import msgspec

from voice.capture.views.saying import Learn, Said, ViewSeen, change
from voice.capture.views.spaces import Opened
from voice.evidence.forgetting import forget
from voice.evidence.keeping import Form, NewVoice, keep
from voice.evidence.tables import Voice

CONCEPT = "my_views_"


def may_count(said: Said) -> bool:
    """Whether the family may let others learn from this: from its own words, not from those of people it invited."""
    return said.role != "invited"


async def let_learn(opened: Opened, view: ViewSeen, learn: Learn, *, asked: str, text: str) -> None:
    """Makes a view a voice, a voice that may do less, or none. ``asked`` is in English; ``text`` what can be read."""
    said = view.said
    if learn == said.learn or not may_count(said):
        return
    voice = said.voice or uuid.uuid4()
    if learn:
        await keep([as_voice(voice, said, learn, asked=asked, text=text)])
    else:
        await take_back([voice])
    await change(opened, view, msgspec.structs.replace(said, learn=learn, voice=voice if learn else None))


def as_voice(id: uuid.UUID, said: Said, learn: Learn, *, asked: str, text: str) -> NewVoice:
    assert learn, "what nobody may learn is no voice"
    return NewVoice(
        id=id,
        source="review",
        origin=uuid.uuid4(),
        said_on=said.month,
        language=said.language,
        respondent_kind=said.role,
        said_by=said.said_by,
        asked=asked,
        concept=CONCEPT + said.section,
        text=text or None,
        form=_form(said),
        permitted=learn,
    )


async def take_back(voices: list[uuid.UUID]) -> None:
    """Takes voices out of the evidence bank, with all that hangs on them."""
    if voices:
        await forget(voices)
        await Voice.delete().where(Voice.id.is_in(voices))


def _form(said: Said) -> Form:
    if said.text:
        return "text"
    if said.file is not None:
        kinds: dict[str, Form] = {"recording": "audio", "drawing": "drawing", "photo": "photo"}
        return kinds[said.file.kind]
    return "symbols"
