"""The next version of a publication, in the making. Functions run inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec

from analysis.disclosure import FLOOR
from surveys import stored_files
from surveys.stored_files import KnownFile
from voice.actions import reading as actions
from voice.actions.promise import Promise
from voice.capture.sessions.tables import Session
from voice.published.item import OF_A_THEME, SAID_BY, SOURCE, SYMBOLS, Item, Wording
from voice.published.reading import IN_THE_MAKING, item, versions_of
from voice.published.tables import Publication, PublicationAbout, WordingApproval

LONGEST = 600
"""Letters of one part in one language: easy read is short."""


class PublicationProblem(Exception):
    """``code`` is ``unknown``, ``not_a_draft``, ``no_words`` (English ones are missing), ``too_long``, ``not_known``
    (who said it, or the picture), ``no_alternative`` (a picture without words), ``not_agreed`` (a group has to agree
    first), ``too_few_people``, ``other_words`` (they were changed meanwhile), ``no_heads`` or ``nobody_asked``;
    ``field`` is the field it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field


async def begin(action: uuid.UUID, *, today: dt.date) -> uuid.UUID:
    """The draft about an action: the one there is, or one made from the action as it stands and the version before.

    Raises :class:`PublicationProblem`.
    """
    promise = await actions.action(action)
    if promise is None:
        raise PublicationProblem("unknown")
    versions = await versions_of(action)
    for each in versions:
        if each.state in IN_THE_MAKING:
            return each.id
    before = versions[0] if versions else None
    id = uuid.uuid4()
    await Publication.insert(
        Publication(
            id=id,
            action=action,
            number=(before.number if before else 0) + 1,
            state="draft",
            said_by=before.said_by if before else await _who_said(promise),
            symbol=before.symbol if before else _symbol_of(promise),
            picture=before.picture if before else None,
            picture_says=before.picture_says if before else "",
            made_on=today,
            **_of_the_action(promise),
            words=_packed(_with_translations(_words_of(promise), before.words if before else {})),
        )
    )
    await _keep_about(id, promise)
    return id


async def take_anew(id: uuid.UUID) -> None:
    """Puts what the action says now in place of what the draft says, but for what was heard.

    Raises :class:`PublicationProblem`.
    """
    draft = await draft_at(id)
    promise = await actions.action(draft.action)
    if promise is None:
        raise PublicationProblem("unknown")
    now = _words_of(promise)
    words = {
        code: msgspec.structs.replace(
            now.get(code, Wording()), heard=(draft.words.get(code) or now.get(code, Wording())).heard
        )
        for code in {*now, *draft.words}
    }
    values: dict[Any, Any] = {**_of_the_action(promise), "words": _packed(_with_translations(words, draft.words))}
    await Publication.update(values).where(Publication.id == id)
    await PublicationAbout.delete().where(PublicationAbout.publication == id)
    await _keep_about(id, promise)


async def draft_at(id: uuid.UUID) -> Item:
    """Raises :class:`PublicationProblem` for what is none, or no draft any more."""
    found = await item(id)
    if found is None:
        raise PublicationProblem("unknown")
    if found.state not in IN_THE_MAKING:
        raise PublicationProblem("not_a_draft")
    return found


async def keep_words(id: uuid.UUID, language: str, wording: Wording) -> None:
    """Keeps what the draft says in one language. Raises :class:`PublicationProblem`."""
    draft = await draft_at(id)
    for part in Wording.__struct_fields__:
        if len(getattr(wording, part)) > LONGEST:
            raise PublicationProblem("too_long", part)
    if language == SOURCE:
        check_words(wording)
    words = {code: each for code, each in {**draft.words, language: wording}.items() if each != Wording()}
    await Publication.update({Publication.words: _packed(words)}).where(Publication.id == id)


def check_words(wording: Wording) -> None:
    """Raises :class:`PublicationProblem` unless something was heard and something came of it, in English."""
    for part in ("heard", "did"):
        if not getattr(wording, part):
            raise PublicationProblem("no_words", part)


async def keep_about(id: uuid.UUID, *, said_by: str, symbol: str) -> None:
    """Keeps whose words they are said to be, and the picture beside them. Raises :class:`PublicationProblem`."""
    await draft_at(id)
    if said_by not in SAID_BY:
        raise PublicationProblem("not_known", "said_by")
    if symbol not in SYMBOLS:
        raise PublicationProblem("not_known", "symbol")
    await Publication.update({Publication.said_by: said_by, Publication.symbol: symbol}).where(Publication.id == id)


async def put_picture(id: uuid.UUID, file: KnownFile | None, says: str) -> None:
    """Puts a picture of the partnership's own in place of ours, with words for what it shows; ``None`` takes it away.

    No file is ever removed: versions that were published may name it. Raises :class:`PublicationProblem`.
    """
    await draft_at(id)
    if file is not None and not says:
        raise PublicationProblem("no_alternative", "picture_says")
    if len(says) > LONGEST:
        raise PublicationProblem("too_long", "picture_says")
    if file is not None:
        await stored_files.know([file])
    values: dict[Any, Any] = {
        Publication.picture: file.id if file else None,
        Publication.picture_says: says if file else "",
    }
    await Publication.update(values).where(Publication.id == id)


async def discard(id: uuid.UUID) -> None:
    """Takes a draft away, with what a group said about it. Raises :class:`PublicationProblem`."""
    await draft_at(id)
    await WordingApproval.delete().where(WordingApproval.publication == id)
    await PublicationAbout.delete().where(PublicationAbout.publication == id)
    await Publication.delete().where(Publication.id == id)


def _symbol_of(promise: Promise) -> str:
    themes = (OF_A_THEME.get(about.key, "") for about in promise.about if about.kind == "theme")
    return next(filter(None, themes), SYMBOLS[0])


def _of_the_action(promise: Promise) -> dict[str, Any]:
    n = promise.figures.n if promise.figures else None
    return {
        "outcome": promise.state,
        "term": promise.origin.term,
        "people": n if n is not None and n >= FLOOR else None,
        "first_said": promise.first_said[:7],
    }


def _words_of(promise: Promise) -> dict[str, Wording]:
    did = promise.cannot if promise.state == "cannot" and promise.cannot else promise.decided
    parts = {"heard": promise.heard, "did": did, "since": promise.since, "still": promise.still}
    return {
        code: Wording(**{part: said.get(code, "")[:LONGEST] for part, said in parts.items()})
        for code in {code for said in parts.values() for code in said}
    }


def _with_translations(words: Mapping[str, Wording], before: Mapping[str, Wording]) -> dict[str, Wording]:
    """The words, with translations that were there before of what English says as before."""
    now, then = words.get(SOURCE, Wording()), before.get(SOURCE, Wording())
    same = [part for part in Wording.__struct_fields__ if getattr(now, part) == getattr(then, part)]
    found = dict(words)
    for code, each in before.items():
        here = found.get(code, Wording())
        kept = {part: getattr(here, part) or getattr(each, part) for part in same}
        found[code] = msgspec.structs.replace(here, **kept)
    return {code: each for code, each in found.items() if each != Wording()}


def _packed(words: Mapping[str, Wording]) -> str:
    return msgspec.json.encode(words).decode()


async def _who_said(promise: Promise) -> str:
    """Of a session, whoever it was with; of all else somebody says it."""
    for about in promise.about:
        if about.kind == "session":
            row = await Session.select(Session.respondent_kind).where(Session.id == uuid.UUID(about.key)).first()
            if row and row["respondent_kind"] in SAID_BY:
                return str(row["respondent_kind"])
    return "everybody"


async def _keep_about(id: uuid.UUID, promise: Promise) -> None:
    rows = [
        PublicationAbout(id=uuid.uuid4(), publication=id, kind=about.kind, key=about.key) for about in promise.about
    ]
    if rows:
        await PublicationAbout.insert(*rows)
