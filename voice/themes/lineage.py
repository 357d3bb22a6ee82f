"""What becomes of themes from one version of the code frame to a later one, so that earlier terms stay comparable.

Pure: it reads changes and nothing else. See decision 0078.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec


class Link(msgspec.Struct, frozen=True):
    """A change as :class:`voice.themes.tables.FrameChange` keeps it: ids before, ids after, and whether it breaks."""

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    breaks: bool


class Reading(msgspec.Struct, frozen=True):
    """A voice's themes under the later version. ``again``: a person should look, because a theme was split, went, or
    means something else now. Until then what the person decided stands, under its former id where it has to."""

    themes: tuple[str, ...]
    again: bool


class Family(msgspec.Struct, frozen=True):
    """Themes that are counted together on both sides: the smallest groups between which no voice can change.

    ``comparable`` is false where numbers of the two versions mean different things.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    comparable: bool


class Lineage(msgspec.Struct, frozen=True):
    """``becomes`` has, for each id of the earlier version, the ids that it became, and whether that is sure: it is
    not where its meaning changed or a piece of it went. ``new`` are ids that have something in them which no earlier
    theme had."""

    becomes: Mapping[str, Mapping[str, bool]]
    later: tuple[str, ...]
    new: frozenset[str]

    def ancestors(self, theme_id: str) -> tuple[str, ...]:
        """Earlier themes of which the later one is made: earlier voices with any of them are counted, each once."""
        return tuple(before for before, after in self.becomes.items() if theme_id in after)

    def begins(self, theme_id: str) -> bool:
        """Whether the line of a later theme begins: no earlier number can be laid beside its own."""
        ancestors = self.ancestors(theme_id)
        return (
            not ancestors
            or theme_id in self.new
            or any(len(self.becomes[each]) > 1 or not self.becomes[each][theme_id] for each in ancestors)
        )

    def read(self, themes: Sequence[str]) -> Reading:
        """A voice's themes of the earlier version, under the later one. No voice loses all its themes by it."""
        found: list[str] = []
        gone: list[str] = []
        again = False
        for theme_id in themes:
            after = self.becomes.get(theme_id)
            if after is None:  # a former id that waits for a person since an older version
                found.append(theme_id)
                again = True
            elif not after:
                gone.append(theme_id)
            elif len(after) == 1:
                only, sure = next(iter(after.items()))
                found.append(only)
                again = again or not sure
            else:
                found.append(theme_id)
                again = True
        if gone and not found:
            return Reading(tuple(dict.fromkeys(gone)), again=True)
        return Reading(tuple(dict.fromkeys(found)), again)

    def families(self) -> tuple[Family, ...]:
        """Every theme of both versions is in one family. Lines of a chart are drawn through comparable ones."""
        groups: list[tuple[set[str], set[str]]] = []
        for before, after in self.becomes.items():
            joined: tuple[set[str], set[str]] = ({before}, set(after))
            for group in [group for group in groups if group[1] & joined[1]]:
                joined = (joined[0] | group[0], joined[1] | group[1])
                groups.remove(group)
            groups.append(joined)
        alone = set(self.later).difference(*(after for _, after in groups))
        groups += [(set(), {theme_id}) for theme_id in self.later if theme_id in alone]
        return tuple(
            Family(
                tuple(each for each in self.becomes if each in before),
                tuple(each for each in self.later if each in after),
                bool(before and after)
                and not after & self.new
                and all(sure for each in before for sure in self.becomes[each].values()),
            )
            for before, after in groups
        )


def lineage(themes: Iterable[str], links: Iterable[Link]) -> Lineage:
    """From a version with these ids, through the changes of all versions after it, in their order."""
    becomes: dict[str, dict[str, bool]] = {theme_id: {theme_id: True} for theme_id in themes}
    later = list(becomes)
    new: set[str] = set()
    for link in links:
        before = set(link.before)
        touched = [after for after in becomes.values() if before & after.keys()]
        match link.kind:
            case "add":
                later += link.after
                new |= set(link.after)
            case "remove":
                later = [each for each in later if each not in before]
                new -= before
                for after in touched:
                    _take(after, before)
                    for left in after:
                        after[left] = False
            case "rename" | "describe" if link.breaks:
                for after in touched:
                    for theme_id in before & after.keys():
                        after[theme_id] = False
            case "split" | "merge":
                later = [each for each in later if each not in before] + list(link.after)
                had_new = bool(new & before)
                new -= before
                new |= set(link.after) if had_new else set()
                for after in touched:
                    sure = _take(after, before)
                    after.update(dict.fromkeys(link.after, sure))
            case _:
                pass
    return Lineage(becomes, tuple(later), frozenset(new))


def _take(after: dict[str, bool], ids: set[str]) -> bool:
    """Takes ids away, and says whether all of them were sure."""
    taken = [after.pop(theme_id) for theme_id in ids & after.keys()]
    return all(taken)
