"""Making an action, and adding to it. What was said before stays: an update adds. Inside a unit of the store."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys.document import Words
from voice.actions.checking import ActionProblem, NewAction, NewStep, checked_action, checked_step
from voice.actions.promise import OPEN, Promise, State
from voice.actions.reading import action
from voice.actions.tables import Action, ActionAbout, ActionFormerWords, ActionUpdate
from voice.capture.sessions.tables import SessionAsk, SessionCard
from voice.evidence.tables import Voice
from voice.people import signing_in

ENGLISH = "en"


async def make(id: uuid.UUID, new: NewAction, *, by: uuid.UUID, today: dt.date) -> None:
    """Makes the action ``id``; the same once more changes nothing. Raises :class:`ActionProblem`."""
    if await Action.exists().where(Action.id == id):
        return
    new = checked_action(new, today=today, members=await _members())
    origin = new.origin
    await Action.insert(
        Action(
            id=id,
            origin=origin.kind,
            origin_key=origin.key,
            origin_name=origin.name[:300],
            term=origin.term,
            heard=_json(_said(new.heard)),
            figures=_json(new.figures) if new.figures else "",
            first_said=new.first_said,
            decided=_json(_said(new.decided)),
            cannot=_json(_said(new.cannot if new.state == "cannot" else "")),
            owner=new.owner,
            partner=new.partner,
            due_on=new.due_on if new.state in OPEN else None,
            state=new.state,
            settled_on=None if new.state in OPEN else today,
            made_on=today,
            made_by=by,
        )
    )
    for each in dict.fromkeys(new.about):
        await ActionAbout.insert(ActionAbout(id=uuid.uuid4(), action=id, kind=each.kind, key=each.key))
    if new.since:
        made = await _known(id)
        step = NewStep(
            seen=0,
            since=new.since,
            cannot=new.cannot,
            state=new.state,
            due_on=made.due_on,
            owner=new.owner,
            partner=new.partner,
        )
        await add(id, step, by=by, today=today)
    else:
        await _tell_the_line(id, today=today)


async def add(id: uuid.UUID, new: NewStep, *, by: uuid.UUID, today: dt.date) -> None:
    """Adds a step. Raises :class:`ActionProblem`, and ``LookupError`` where there is no such action."""
    before = await _known(id)
    members = await _members()
    new = checked_step(new, before, today=today, members=members)
    if new.state == "cannot":
        await _put_reason(before, new.cannot, by=by, today=today)
    due_on = new.due_on if new.state in OPEN else before.due_on
    await ActionUpdate.insert(
        ActionUpdate(
            id=uuid.uuid4(),
            action=id,
            number=new.seen + 1,
            written_on=today,
            written_by=by,
            since=_json(_said(new.since)),
            still=_json(_said(new.still)),
            evidence=_json(_said(new.evidence)),
            evidence_link=new.evidence_link,
            measured=_json(new.measured) if new.measured else "",
            state=new.state,
            due_on=due_on,
            owner=new.owner,
            partner=new.partner,
        )
    )
    await Action.update(
        {
            Action.state: new.state,
            Action.settled_on: _settled_on(before, new.state, today),
            Action.due_on: due_on,
            Action.owner: new.owner,
            Action.partner: new.partner,
        }
    ).where(Action.id == id)
    await _tell_the_line(id, today=today)


async def put_words(
    id: uuid.UUID, of: uuid.UUID, field: str, language: str, words: str, *, by: uuid.UUID, today: dt.date
) -> None:
    """Says ``field`` of the action, or of its step ``of``, in a language. What stood there is kept.

    Where the English changes, what other languages said of it goes too, since it would say something else. Raises
    :class:`ActionProblem` for words that are not there to be said in another language.
    """
    found = await _known(id)
    fields: dict[str, Words] = {}
    if of == id:
        fields = {"heard": found.heard, "decided": found.decided, "cannot": found.cannot}
    for step in found.steps:
        if step.id == of:
            fields = {"since": step.since, "still": step.still, "evidence": step.evidence}
    known = fields.get(field, {})
    if not known or (language == ENGLISH and not words):
        raise ActionProblem("unknown_words", field)
    if known.get(language, "") == words:
        return
    changed = {code: said for code, said in known.items() if code != language and language != ENGLISH}
    after = {**changed, language: words} if words else changed
    await _keep_former(of, field, {code: said for code, said in known.items() if code not in changed}, by, today)
    table = Action if of == id else ActionUpdate
    await table.update({field: _json(after)}).where(table.id == of)
    if language == ENGLISH:
        await _tell_the_line(id, today=today)


async def former_words(of: list[uuid.UUID]) -> list[ActionFormerWords]:
    """What stood in an action and its steps before, the newest last."""
    return (
        await ActionFormerWords.objects(ActionFormerWords.replaced_by)
        .where(ActionFormerWords.of.is_in(of))
        .order_by(ActionFormerWords.replaced_on, ActionFormerWords.field, ActionFormerWords.language)
    )


async def _put_reason(before: Promise, reason: str, *, by: uuid.UUID, today: dt.date) -> None:
    if before.cannot.get(ENGLISH, "") == reason:
        return
    await _keep_former(before.id, "cannot", before.cannot, by, today)
    await Action.update({Action.cannot: _json(_said(reason))}).where(Action.id == before.id)


async def _keep_former(of: uuid.UUID, field: str, words: Words, by: uuid.UUID, today: dt.date) -> None:
    for language, said in words.items():
        await ActionFormerWords.insert(
            ActionFormerWords(
                id=uuid.uuid4(),
                of=of,
                field=field,
                language=language,
                words=said,
                replaced_on=today,
                replaced_by=by,
            )
        )


async def _tell_the_line(id: uuid.UUID, *, today: dt.date) -> None:
    """What a group is told about something that it asked for stands in one place, ``SessionAsk``: an action about the
    line writes it there, and the forum's page leaves it to the action."""
    found = await _known(id)
    told = found.since.get(ENGLISH, "")
    if found.state == "cannot":
        told = "\n".join(filter(None, (told, found.cannot.get(ENGLISH, ""))))
    for about in found.about:
        if about.kind == "line" and told:
            line = uuid.UUID(about.key)
            session = await session_of(line)
            if session is not None:
                await SessionAsk.delete().where(SessionAsk.line == line)
                await SessionAsk.insert(SessionAsk(line=line, session=session, happened=told, written_on=today))


async def session_of(line: uuid.UUID) -> uuid.UUID | None:
    """The session that a line of a report belongs to; ``None`` for one that nobody says any more."""
    voice = await Voice.select(Voice.origin).where((Voice.id == line) & (Voice.source == "session")).first()
    if voice:
        return uuid.UUID(str(voice["origin"]))
    card = await SessionCard.select(SessionCard.session).where(SessionCard.id == line).first()
    return uuid.UUID(str(card["session"])) if card else None


def _settled_on(before: Promise, state: State, today: dt.date) -> dt.date | None:
    if state in OPEN:
        return None
    return before.settled_on if before.state == state else today


async def _members() -> set[uuid.UUID]:
    return {each.id for each in await signing_in.members()}


async def _known(id: uuid.UUID) -> Promise:
    found = await action(id)
    if found is None:
        raise LookupError(id)
    return found


def _said(words: str) -> Words:
    return {ENGLISH: words} if words else {}


def _json(what: object) -> str:
    return msgspec.json.encode(what).decode()
