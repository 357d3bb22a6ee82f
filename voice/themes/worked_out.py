"""What a summary says beside its own numbers, worked out by other processes: phrases, and how far two coders agree."""

from __future__ import annotations

import logging
import uuid

from analysis.disclosure import FLOOR
from voice.evidence.known_names import Known, known_names
from voice.storage import Store
from voice.themes import samples
from voice.themes.agreeing import agreed
from voice.themes.building import Agreement, InTheMaking, OftenSaid
from voice.themes.frames import frame_in_use
from voice.themes.heard import OWN_WORDS, Heard
from voice.themes.said_most import Said, Spoken, said_most, texts_by_language
from voice.themes.versions import lineage_between

MOST_PHRASES = 8

log = logging.getLogger("voice.themes")


async def coders_agree(store: Store, term: str, theme_id: str) -> Agreement | None:
    """Of the newest sample that both coders have done; ``None`` without one, or where neither used the theme.

    A sample of an older version of the frame counts as long as the theme is still the same.
    """
    known = await store.read(samples.samples)
    done = next((each for each in known if each.both_are_done and each.term in (term, "")), None)
    if done is None or not await store.read(lambda: _is_still_the_same(theme_id, done.frame)):
        return None
    codings = await store.read(lambda: samples.codings(done))
    try:
        found = await agreed(codings, [theme_id], done.seed)
    except RuntimeError:
        log.exception("how far two coders agree could not be worked out")
        return None
    of_theme = found[-1]
    if of_theme.kappa.value is None or not (of_theme.first or of_theme.second):
        return None
    return Agreement(of_theme.n, of_theme.kappa.value, of_theme.verdict)


async def _is_still_the_same(theme_id: str, version: int) -> bool:
    """Whether a theme means now what it meant in a version of the frame."""
    now = await frame_in_use()
    if version == now.version:
        return True
    between = await lineage_between(version, now.version)
    return between.ancestors(theme_id) == (theme_id,) and not between.begins(theme_id)


async def often_said(store: Store, making: InTheMaking) -> tuple[OftenSaid, ...]:
    """Phrases that people say about the theme more than about others, and that name nobody we know."""
    if making.built.numbers.people is None:
        return ()

    async def unit() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], tuple[Known, ...]]:
        here = await texts_by_language(_own(making.about))
        return here, await texts_by_language(_own(making.others)), await known_names()

    here, beside, names = await store.read(unit)
    try:
        said = await said_most([Spoken(code, FLOOR, texts, beside.get(code, ())) for code, texts in here.items()])
    except RuntimeError:
        log.exception("phrases could not be counted")
        return ()
    return tuple(each for of in said or () for each in _told(of, names))


def _own(voices: tuple[Heard, ...]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    return [(each.voice, each.person) for each in voices if each.said_by == OWN_WORDS and each.was_read]


def _told(of: Said, names: tuple[Known, ...]) -> list[OftenSaid]:
    known = {word for each in names for word in each.words.casefold().split()}
    fit = [each for each in of.phrases if not known.intersection(each.words.casefold().split())]
    longer = [each for each in fit if each.distinctive >= 0]
    return [OftenSaid(of.language, each.words, each.people) for each in longer[:MOST_PHRASES]]
