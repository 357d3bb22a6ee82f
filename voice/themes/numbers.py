"""How many people speak about a theme, which kinds of people, how they feel, and how sure all this is.

Every number is one of people, and fewer than the floor of them are never told. The main numbers are of what people
said in their own words; what was said with help, or for somebody, is counted apart.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from analysis.changes import Direction, change
from analysis.disclosure import FLOOR, Roughly, floor_counts, roughly
from voice.themes.heard import APART, OWN_WORDS, Heard

POSITIVE, NEGATIVE, NEITHER = "positive", "negative", "neither"


class Count(msgspec.Struct, frozen=True):
    """How many people; ``None`` where they are fewer than the floor, or would tell of fewer."""

    key: str
    people: int | None


class Before(msgspec.Struct, frozen=True):
    """The share of people in an earlier term, and how it changed since then.

    ``way`` is ``up``, ``down``, ``cannot_tell``, ``too_few`` (then there are no numbers) or ``broken``: the theme was
    cut otherwise then, so that the numbers do not compare. ``low`` to ``high`` is the 95 % interval of the difference
    of the shares (Newcombe).
    """

    term: str
    way: str
    people: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None


class Sureness(msgspec.Struct, frozen=True):
    """Of how many voices with the theme a person confirmed it; ``expected`` is the share of the others that is right,
    as far as the machine knows: the mean of its calibrated confidence, ``None`` where it knows nothing or there are
    none."""

    voices: int
    confirmed: int
    expected: float | None


class Numbers(msgspec.Struct, frozen=True):
    """``people`` of ``of`` who said something in their own words speak about the theme; both ``None`` below the floor.

    ``kinds`` and ``feelings`` divide these people; both are empty where no part of them can be told. ``feels`` is how
    most of them feel (``positive`` or ``negative``), also where the counts are hidden; empty where most feel neither.
    ``campaigns`` are how many people sent each campaign about the theme, as far as they are as many as the floor. Each
    counts as one of ``people``, so the floor is one of the people beside them.
    """

    people: int | None
    of: int | None
    kinds: tuple[Count, ...] = ()
    apart: tuple[Count, ...] = ()
    feelings: tuple[Count, ...] = ()
    before: Before | None = None
    sureness: Sureness = Sureness(0, 0, None)
    feels: str = ""
    campaigns: tuple[int, ...] = ()


def numbers(
    voices: Sequence[Heard],
    theme_id: str,
    feelings: Mapping[uuid.UUID, str],
    before: Before | None = None,
) -> Numbers:
    """The numbers of a theme among the voices of a term; ``feelings`` are those of the voices with the theme."""
    read = [each for each in voices if each.was_read]
    of = people(each for each in read if each.said_by == OWN_WORDS)
    return numbers_of([each for each in read if theme_id in each.standing.themes], of, theme_id, feelings, before)


def numbers_of(
    about: Sequence[Heard],
    of: int,
    theme_id: str,
    feelings: Mapping[uuid.UUID, str],
    before: Before | None = None,
) -> Numbers:
    """The numbers from the voices with a theme alone; ``of`` people said something in their own words."""
    own_about = [each for each in about if each.said_by == OWN_WORDS]
    n = people(own_about)
    sent = campaigns(own_about)
    told = n if n - len(sent) >= FLOOR else None
    felt = _felt(own_about, feelings)
    return Numbers(
        people=told,
        of=of if told else None,
        kinds=_told(_by_kind(own_about)) if told else (),
        apart=tuple(Count(whom, _or_hidden(people(_said_by(about, whom)))) for whom in APART if _said_by(about, whom)),
        feelings=_told(felt, least_missed=NEITHER) if told else (),
        before=before,
        sureness=_sureness(about, theme_id),
        feels=_most(felt, n) if told else "",
        campaigns=sent,
    )


def majority(voices: Iterable[Heard], feelings: Mapping[uuid.UUID, str]) -> str:
    """How most people feel, for staff: as the numbers are, however few."""
    felt = _felt(voices, feelings)
    return next((way for way in (POSITIVE, NEGATIVE) if 2 * felt[way] > sum(felt.values())), "")


def _most(felt: Mapping[str, int], n: int) -> str:
    for way in (POSITIVE, NEGATIVE):
        if felt[way] == n or (0 < felt[way] < n and roughly(felt[way], n) is Roughly.MOST):
            return way
    return ""


def compared(
    voices: Sequence[Heard], earlier: Sequence[Heard], theme_id: str, term: str, *, broken: bool = False
) -> Before:
    """How the share of people who speak about a theme in their own words differs from that of an earlier term."""
    (now, of), (then, of_then) = (share_of(each, theme_id) for each in (voices, earlier))
    few = any(_is_small(each, theme_id) for each in (voices, earlier)) or of < FLOOR or of_then < FLOOR
    if few:
        return Before(term, "too_few")
    if broken:
        return Before(term, "broken", then, of_then)
    moved = change(theme_id, before=(then, of_then), now=(now, of))
    ways = {Direction.MORE: "up", Direction.LESS: "down"}
    return Before(term, ways.get(moved.direction, "cannot_tell"), then, of_then, moved.low, moved.high)


def share_of(voices: Iterable[Heard], theme_id: str) -> tuple[int, int]:
    """How many people speak about the theme in their own words, of how many."""
    own = [each for each in voices if each.said_by == OWN_WORDS and each.was_read]
    return people(each for each in own if theme_id in each.standing.themes), people(own)


def _is_small(voices: Iterable[Heard], theme_id: str) -> bool:
    """Whether fewer than the floor speak about the theme beside campaigns."""
    about = [
        each for each in voices if each.said_by == OWN_WORDS and each.was_read and theme_id in each.standing.themes
    ]
    return bool(about) and people(about) - len(campaigns(about)) < FLOOR


def people(voices: Iterable[Heard]) -> int:
    """A campaign counts as one."""
    return len({each.person for each in voices})


def campaigns(voices: Iterable[Heard]) -> tuple[int, ...]:
    """How many people sent each campaign, the largest first; those of fewer than the floor are not told."""
    senders: dict[uuid.UUID, set[uuid.UUID]] = {}
    for each in voices:
        if each.campaign:
            senders.setdefault(each.campaign, set()).add(each.sender)
    return tuple(sorted((len(of) for of in senders.values() if len(of) >= FLOOR), reverse=True))


def _said_by(voices: Iterable[Heard], whom: str) -> list[Heard]:
    return [each for each in voices if each.said_by == whom]


def _or_hidden(n: int) -> int | None:
    return n if n == 0 or n >= FLOOR else None


def _by_kind(voices: Iterable[Heard]) -> dict[str, int]:
    """A campaign, or a session where nobody can tell people apart, is of the kind that most of its voices are of."""
    kinds: dict[uuid.UUID, Counter[str]] = {}
    for each in voices:
        kinds.setdefault(each.person, Counter())[each.respondent_kind] += 1
    counts = Counter(min(found, key=lambda kind: (-found[kind], kind)) for found in kinds.values())
    return {kind: counts[kind] for kind in sorted(counts, key=lambda kind: (-counts[kind], kind))}


def _felt(voices: Iterable[Heard], feelings: Mapping[uuid.UUID, str]) -> dict[str, int]:
    felt: dict[uuid.UUID, set[str]] = {}
    for each in voices:
        felt.setdefault(each.person, set()).add(feelings.get(each.voice, ""))
    together = {POSITIVE: 0, NEGATIVE: 0, NEITHER: 0}
    for found in felt.values():
        one_way = (POSITIVE in found) != (NEGATIVE in found)
        together[(POSITIVE if POSITIVE in found else NEGATIVE) if one_way else NEITHER] += 1
    return together


def _told(counts: Mapping[str, int], *, least_missed: str = "") -> tuple[Count, ...]:
    """The parts that may be told. The whole stands beside them: where it would have to be hidden, no part is told."""
    cells = floor_counts(counts, FLOOR, least_missed=least_missed)
    if cells.total is None:
        return ()
    return tuple(Count(cell.key, cell.count) for cell in cells.cells)


def _sureness(about: Sequence[Heard], theme_id: str) -> Sureness:
    about = list({each.campaign or each.voice: each for each in about}.values())
    confirmed = [each for each in about if each.standing.themes_by == "person"]
    sure = [each.sure_of(theme_id) for each in about if each.standing.themes_by != "person"]
    known = any(sure)  # an engine that gives no confidence gives 0 for all
    return Sureness(len(about), len(confirmed), sum(sure) / len(sure) if known else None)
