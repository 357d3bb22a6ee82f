"""What people decide about voices. Decisions are only ever added; how a voice stands follows from them.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from voice.evidence.indexing import changed, one_after_the_other
from voice.evidence.tables import Suggestion
from voice.safeguarding import flagging
from voice.storage.rows import as_uuid
from voice.themes.campaigns import members
from voice.themes.frames import Frame, frame_in_use
from voice.themes.history import Decided, State, at_once, decided, state_of
from voice.themes.tables import ThemeDecision, VoiceCoding
from voice.themes.versions import lineage_between

SENTIMENTS = ("negative", "mixed", "neutral", "positive", "not_measured")

AT_ONCE = 400
IN_A_STATEMENT = 80
"""Rows of one statement: SQLite takes 999 values."""

Problem = Literal["no_theme", "unknown_theme", "unknown_sentiment", "changed_meanwhile", "nothing_to_undo"]


class DecisionProblem(Exception):
    """A decision that cannot be kept. ``last`` is what somebody decided meanwhile, where that is the reason."""

    def __init__(self, code: Problem, last: Decided | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.last = last


class Choice(msgspec.Struct, frozen=True):
    """What a person decides about a voice at once.

    ``seen`` is the place of the newest decision about it that this person saw, 0 for none. ``themes`` count where
    ``settled``; none at all says that none fits. ``sentiment``, ``urgent`` and ``quotable`` (``yes``, ``no``) are
    empty where this person says nothing about it.
    """

    voice: uuid.UUID
    seen: int
    settled: bool
    themes: tuple[str, ...] = ()
    sentiment: str = ""
    urgent: str = ""
    quotable: str = ""


class _New(msgspec.Struct, frozen=True):
    """A decision to be added."""

    voice: uuid.UUID
    kind: str
    theme_id: str
    value: str


async def decisions_about(voices: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Decided]]:
    """The history of each of these voices, the oldest first."""
    found: dict[uuid.UUID, list[Decided]] = {voice: [] for voice in voices}
    for start in range(0, len(voices), AT_ONCE):
        some = list(voices[start : start + AT_ONCE])
        for row in await ThemeDecision.select().where(ThemeDecision.voice.is_in(some)).order_by(ThemeDecision.place):
            each = decided(row)
            found[each.voice].append(each)
    return found


async def decide(choice: Choice, frame: Frame, *, by: uuid.UUID, today: dt.date) -> None:
    """Keeps a choice. Themes and feeling hold for all voices of a campaign; a quote is of this voice alone. A voice
    that is urgent goes to the safeguarding lead, once.

    Raises :class:`DecisionProblem`; then nothing is kept.
    """
    await one_after_the_other()
    voices = await members(choice.voice)
    histories = await decisions_about(voices)
    _check(choice, frame, histories[choice.voice])
    suggestions = await _suggestions(voices)
    new: list[_New] = []
    for voice in voices:
        suggestion = suggestions.get(voice)
        suggested = tuple(filter(None, suggestion["themes"].split(";"))) if suggestion else ()
        before = state_of(histories[voice])
        for kind in ("sentiment", "urgent", *(("quotable",) if voice == choice.voice else ())):
            value, earlier = getattr(choice, kind), getattr(before, kind) if before else ""
            if value and value != earlier:
                new.append(_New(voice, kind, "", value))
        if choice.settled:
            new += [_New(voice, *each) for each in _about_themes(choice.themes, suggested)]
        new.append(_New(voice, "settled", "", "yes" if choice.settled else "no"))
    act = uuid.uuid4() if len(voices) > 1 else None
    await _add(new, suggestions, frame, act, by=by, today=today)
    if choice.urgent == "yes":
        await flagging.somebody_should_look(choice.voice, by=by, today=today)
    elif choice.urgent == "no":
        await flagging.nobody_need_look(choice.voice, by=by, today=today)


async def undo(voice: uuid.UUID, frame: Frame, *, seen: int, by: uuid.UUID, today: dt.date) -> None:
    """Takes back what was decided last about a voice, with a decision that says so: of all voices about which it was
    decided at once. Raises :class:`DecisionProblem`.

    What the safeguarding lead was told stays told.
    """
    await one_after_the_other()
    history = (await decisions_about([voice]))[voice]
    counting = at_once(history)
    if not counting:
        raise DecisionProblem("nothing_to_undo")
    if history[-1].place != seen:
        raise DecisionProblem("changed_meanwhile", history[-1])
    act = counting[-1][-1].act
    voices = [voice, *(await _others_of(act, voice) if act else ())]
    new = [_New(each, "undone", "", "") for each in voices]
    await _add(new, await _suggestions(voices), frame, act, by=by, today=today)


async def _others_of(act: uuid.UUID, voice: uuid.UUID) -> list[uuid.UUID]:
    """The other voices of which the act still is what was decided last."""
    rows = await ThemeDecision.raw(
        'SELECT DISTINCT "voice" AS "voice" FROM "theme_decision" WHERE "act" = {} AND "voice" <> {}', act, voice
    )
    histories = await decisions_about([as_uuid(row["voice"]) for row in rows])
    return [other for other, history in histories.items() if (last := at_once(history)) and last[-1][-1].act == act]


def _check(choice: Choice, frame: Frame, history: list[Decided]) -> None:
    known = {each.theme_id for each in frame.themes} | {each.theme_id for each in history}
    if not set(choice.themes) <= known:
        raise DecisionProblem("unknown_theme")
    if choice.sentiment and choice.sentiment not in SENTIMENTS:
        raise DecisionProblem("unknown_sentiment")
    if history and history[-1].place != choice.seen:
        raise DecisionProblem("changed_meanwhile", history[-1])


def _about_themes(themes: tuple[str, ...], suggested: tuple[str, ...]) -> list[tuple[str, str, str]]:
    kept = [("accept", theme, "") for theme in suggested if theme in themes]
    added = [("add", theme, "") for theme in dict.fromkeys(themes) if theme not in suggested]
    rejected = [("reject", theme, "") for theme in suggested if theme not in themes]
    return [*kept, *added, *rejected, *([] if themes else [("none_fits", "", "")])]


async def _suggestions(voices: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for start in range(0, len(voices), AT_ONCE):
        rows = await Suggestion.select(Suggestion.voice, Suggestion.themes, Suggestion.engine).where(
            Suggestion.voice.is_in(list(voices[start : start + AT_ONCE]))
        )
        found |= {as_uuid(row["voice"]): row for row in rows}
    return found


async def _add(
    new: Sequence[_New],
    suggestions: Mapping[uuid.UUID, Mapping[str, Any]],
    frame: Frame,
    act: uuid.UUID | None,
    *,
    by: uuid.UUID,
    today: dt.date,
) -> None:
    for start in range(0, len(new), IN_A_STATEMENT):  # their places are in this order
        some = new[start : start + IN_A_STATEMENT]
        rows = [
            (
                each.voice,
                each.kind,
                each.theme_id,
                each.value,
                suggestions[each.voice]["themes"] if each.voice in suggestions else "",
                suggestions[each.voice]["engine"] if each.voice in suggestions else "",
                frame.version,
                by,
                today,
                act,
            )
            for each in some
        ]
        values = ", ".join([f"({', '.join(['{}'] * len(rows[0]))})"] * len(rows))
        await ThemeDecision.raw(
            'INSERT INTO "theme_decision" ("voice", "kind", "theme_id", "value", "suggested", "engine", "frame", '  # noqa: S608
            f'"decided_by", "decided_on", "act") VALUES {values}',
            *(cell for row in rows for cell in row),
        )
    voices = list(dict.fromkeys(each.voice for each in new))
    await _keep_states({voice: state_of(history) for voice, history in (await decisions_about(voices)).items()})
    await changed(voices)


async def _keep_states(states: Mapping[uuid.UUID, State | None]) -> None:
    voices = list(states)
    standing = [await _coding(voice, state) for voice, state in states.items() if state is not None]
    for start in range(0, len(voices), IN_A_STATEMENT):
        await VoiceCoding.delete().where(VoiceCoding.voice.is_in(voices[start : start + IN_A_STATEMENT]))
    for start in range(0, len(standing), IN_A_STATEMENT):
        await VoiceCoding.insert(*standing[start : start + IN_A_STATEMENT])


async def _coding(voice: uuid.UUID, state: State) -> VoiceCoding:
    state = await _under_the_frame_in_use(state)
    return VoiceCoding(
        voice=voice,
        themes=";".join(state.themes),
        sentiment=state.sentiment,
        urgent=state.urgent,
        quotable=state.quotable,
        settled=state.settled,
        frame=state.frame,
        decided_by=state.by,
        decided_on=state.day,
    )


async def _under_the_frame_in_use(state: State) -> State:
    """What was decided under an older frame, as :mod:`voice.themes.versions` reads it: an undo may lead back there."""
    now = await frame_in_use()
    if state.frame == now.version:
        return state
    reading = (await lineage_between(state.frame, now.version)).read(state.themes)
    stays = reading.again and state.settled
    return msgspec.structs.replace(state, themes=reading.themes, frame=state.frame if stays else now.version)
