"""What people decide about voices. Decisions are only ever added; how a voice stands follows from them.

Functions run inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from voice.evidence.indexing import changed, one_after_the_other
from voice.evidence.tables import Suggestion, Voice
from voice.safeguarding.worries import raise_worry
from voice.themes.frames import Frame, frame_in_use
from voice.themes.history import Decided, State, at_once, decided, state_of
from voice.themes.tables import ThemeDecision, VoiceCoding
from voice.themes.versions import lineage_between

SENTIMENTS = ("negative", "mixed", "neutral", "positive", "not_measured")

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


async def decisions_about(voices: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Decided]]:
    """The history of each of these voices, the oldest first."""
    found: dict[uuid.UUID, list[Decided]] = {voice: [] for voice in voices}
    for row in (
        await ThemeDecision.select().where(ThemeDecision.voice.is_in(list(voices))).order_by(ThemeDecision.place)
    ):
        each = decided(row)
        found[each.voice].append(each)
    return found


async def decide(choice: Choice, frame: Frame, *, by: uuid.UUID, secret: bytes, today: dt.date) -> None:
    """Keeps a choice. A voice that is urgent goes to the safeguarding lead, once.

    Raises :class:`DecisionProblem`; then nothing is kept.
    """
    await one_after_the_other()
    history = (await decisions_about([choice.voice]))[choice.voice]
    _check(choice, frame, history)
    suggestion = await _suggestion(choice.voice)
    suggested = tuple(filter(None, suggestion["themes"].split(";"))) if suggestion else ()
    before = state_of(history)
    new: list[tuple[str, str, str]] = []
    for kind in ("sentiment", "urgent", "quotable"):
        value, earlier = getattr(choice, kind), getattr(before, kind) if before else ""
        if value and value != earlier:
            new.append((kind, "", value))
    if choice.settled:
        new += _about_themes(choice.themes, suggested)
    new.append(("settled", "", "yes" if choice.settled else "no"))
    await _add(choice.voice, new, suggestion, frame, by=by, today=today)
    if choice.urgent == "yes":
        await _tell_safeguarding(choice.voice, secret=secret, today=today)


async def undo(voice: uuid.UUID, frame: Frame, *, seen: int, by: uuid.UUID, today: dt.date) -> None:
    """Takes back what was decided last about a voice, with a decision that says so. Raises :class:`DecisionProblem`.

    What the safeguarding lead was told stays told.
    """
    await one_after_the_other()
    history = (await decisions_about([voice]))[voice]
    if not at_once(history):
        raise DecisionProblem("nothing_to_undo")
    if history[-1].place != seen:
        raise DecisionProblem("changed_meanwhile", history[-1])
    await _add(voice, [("undone", "", "")], await _suggestion(voice), frame, by=by, today=today)


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


async def _suggestion(voice: uuid.UUID) -> dict[str, Any] | None:
    return await Suggestion.select(Suggestion.themes, Suggestion.engine).where(Suggestion.voice == voice).first()


async def _add(
    voice: uuid.UUID,
    new: Sequence[tuple[str, str, str]],
    suggestion: dict[str, Any] | None,
    frame: Frame,
    *,
    by: uuid.UUID,
    today: dt.date,
) -> None:
    for kind, theme_id, value in new:  # one by one, so that their places are in this order
        await ThemeDecision.raw(
            'INSERT INTO "theme_decision" ("voice", "kind", "theme_id", "value", "suggested", "engine", "frame", '
            '"decided_by", "decided_on") VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})',
            voice,
            kind,
            theme_id,
            value,
            suggestion["themes"] if suggestion else "",
            suggestion["engine"] if suggestion else "",
            frame.version,
            by,
            today,
        )
    await _keep_state(voice, state_of((await decisions_about([voice]))[voice]))
    await changed([voice])


async def _keep_state(voice: uuid.UUID, state: State | None) -> None:
    await VoiceCoding.delete().where(VoiceCoding.voice == voice)
    if state is not None:
        state = await _under_the_frame_in_use(state)
        await VoiceCoding.insert(
            VoiceCoding(
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
        )


async def _under_the_frame_in_use(state: State) -> State:
    """What was decided under an older frame, as :mod:`voice.themes.versions` reads it: an undo may lead back there."""
    now = await frame_in_use()
    if state.frame == now.version:
        return state
    reading = (await lineage_between(state.frame, now.version)).read(state.themes)
    stays = reading.again and state.settled
    return msgspec.structs.replace(state, themes=reading.themes, frame=state.frame if stays else now.version)


async def _tell_safeguarding(voice: uuid.UUID, *, secret: bytes, today: dt.date) -> None:
    said = await Voice.select(Voice.text, Voice.source, Voice.asked).where(Voice.id == voice).first()
    if said is not None and said["text"]:
        await raise_worry(
            said["text"],
            id=uuid.uuid5(voice, "urgent"),
            source=said["source"],
            place=said["asked"],
            secret=secret,
            today=today,
        )
