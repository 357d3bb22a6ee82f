"""The themes of a term in numbers, and the campaigns, as those who decide see them: nothing of fewer than the floor."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from analysis.disclosure import FLOOR
from voice.evidence.tables import Voice
from voice.themes import summaries
from voice.themes.frames import Frame
from voice.themes.heard import APART, OWN_WORDS, Heard, MentionOf, feeling, mentions_in
from voice.themes.numbers import NEGATIVE, NEITHER, POSITIVE, Count, Numbers, campaigns, numbers_of, people


@dataclass(frozen=True)
class Said:
    """A count of people that may be shown, or ``None`` when fewer than the floor said it."""

    key: str
    n: int | None


@dataclass(frozen=True)
class ThemeLine:
    """A theme with how many people mention it in their own words and how they feel; hidden counts are ``None``.

    ``apart`` are those whose words came with somebody's support, and those for whom somebody spoke. The numbers are
    those of the theme's released summary where ``is_released``.
    """

    theme_id: str
    theme: str
    n: int | None
    sentiments: tuple[Said, ...]
    apart: tuple[Said, ...]
    is_released: bool


@dataclass(frozen=True)
class CampaignLine:
    """So many people, never fewer than the floor, sent nearly the same words about these themes, by id and name."""

    people: int
    themes: tuple[tuple[str, str], ...]


async def theme_lines(
    term: str, read: Mapping[str, Sequence[Heard]], frame: Frame, *, today: dt.date
) -> tuple[ThemeLine, ...]:
    """Every theme that somebody mentions, those of most people first. Runs inside a unit.

    A theme's released summary has numbers of the day when it was released. Where those of today differ by fewer people
    than the floor, they are shown as they stand there: nobody can take one from the other.
    """
    about: dict[str, list[Heard]] = {}
    for voices in read.values():
        for voice in voices:
            for theme_id in voice.standing.themes:
                about.setdefault(theme_id, []).append(voice)
    mentions = await mentions_in(term, today=today)
    told = {each.theme_id: each.built.numbers for each in await summaries.newest() if each.term == term}
    of = people(read[OWN_WORDS])
    lines = []
    for theme in frame.themes:
        id, spoken = theme.theme_id, about.get(theme.theme_id, [])
        if not spoken:
            continue
        now, before = _numbers(term, id, spoken, of, mentions), told.get(id)
        n = people(each for each in spoken if each.said_by == OWN_WORDS)
        is_released = before is not None and before.people is not None and abs(before.people - n) < FLOOR
        shown = before if is_released and before else now
        lines.append(
            ThemeLine(
                theme_id=id,
                theme=theme.theme,
                n=0 if n == 0 and not is_released else shown.people,
                sentiments=tuple(Said(each.key, each.people) for each in _whole(shown)),
                apart=tuple(Said(whom, _count(shown.apart, whom)) for whom in APART),
                is_released=is_released,
            )
        )
    return tuple(sorted(lines, key=lambda line: -(line.n or 0)))


_kept: WeakKeyDictionary[Any, dict[tuple[str, str], tuple[list[Heard], int, Numbers]]] = WeakKeyDictionary()


def _numbers(
    term: str, theme_id: str, spoken: list[Heard], of: int, mentions: Mapping[tuple[uuid.UUID, str], MentionOf]
) -> Numbers:
    """Worked out again only where a voice about the theme has changed: then it was read again."""
    kept = _kept.setdefault(Voice._meta.db, {})
    known = kept.get((term, theme_id))
    if known is None or known[1] != of or known[0] != spoken:
        feelings = {each.voice: feeling(each, mentions.get((each.voice, theme_id))) for each in spoken}
        known = kept[term, theme_id] = (spoken, of, numbers_of(spoken, of, theme_id, feelings))
    return known[2]


def _whole(numbers: Numbers) -> tuple[Count, ...]:
    """The feelings of those who speak about a theme; hidden where none of them can be told."""
    if numbers.people is None:
        return ()
    return numbers.feelings or tuple(Count(key, None) for key in (POSITIVE, NEGATIVE, NEITHER))


def _count(counts: Iterable[Count], key: str) -> int | None:
    return next((each.people for each in counts if each.key == key), 0)


def campaign_lines(own: Sequence[Heard], frame: Frame) -> tuple[CampaignLine, ...]:
    """Campaigns of as many people as the floor, the largest first, each with the themes of most of its copies."""
    together: dict[object, list[Heard]] = {}
    for voice in own:
        if voice.campaign:
            together.setdefault(voice.campaign, []).append(voice)
    lines = [
        CampaignLine(
            sent[0],
            tuple(
                (theme.theme_id, theme.theme)
                for theme in frame.themes
                if 2 * sum(theme.theme_id in voice.standing.themes for voice in copies) > len(copies)
            ),
        )
        for copies in together.values()
        if (sent := campaigns(copies))
    ]
    return tuple(sorted(lines, key=lambda line: -line.people))
