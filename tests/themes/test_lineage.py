"""What becomes of themes over any changes: numbers stay comparable, and no voice is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from voice.themes.changes import Change, ChangeProblem, applied
from voice.themes.frames import FrameTheme
from voice.themes.lineage import Family, Lineage, Link, lineage

START = tuple(FrameTheme(each, f"Theme {each}", "") for each in "abcde")
KINDS = ("add", "remove", "rename", "describe", "move", "split", "merge")


def link(change: Change) -> Link:
    return Link(change.kind, change.before, change.after, change.breaks)


def through(*changes: Change) -> Lineage:
    return lineage("abcde", map(link, changes))


def theme(theme_id: str) -> FrameTheme:
    return FrameTheme(theme_id, f"Theme {theme_id}", "")


def family(found: Lineage, theme_id: str) -> Family:
    return next(each for each in found.families() if theme_id in (*each.before, *each.after))


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    """Changes that one after the other can be made to a frame, some of them with ids that were there before."""
    themes, made = START, []
    for number in range(draw(st.integers(0, 8))):
        ids = [each.theme_id for each in themes]
        kind = draw(st.sampled_from(KINDS))
        some = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))
        before = tuple(some) if kind == "merge" else () if kind == "add" else (some[0],)
        kept = some[0] if draw(st.booleans()) and kind in ("split", "merge") else f"n{number}"
        after = {
            "add": (theme(f"n{number}"),),
            "remove": (),
            "split": (theme(kept), theme(f"m{number}")),
            "merge": (theme(kept),),
        }.get(kind, (FrameTheme(some[0], f"Name {number}", "Of another kind", ("word",), "A part"),))
        change = Change(kind, before, after, draw(st.booleans()) or kind not in ("rename", "describe"))
        with contextlib.suppress(ChangeProblem):
            themes = applied(themes, change)
            made.append(change)
    return made


VOICES = st.lists(st.lists(st.sampled_from("abcde"), min_size=1, unique=True), min_size=1, max_size=12)


def counted(voices: Sequence[Sequence[str]], ids: set[str]) -> int:
    return sum(bool(ids & set(each)) for each in voices)


class TestAnyChanges:
    @given(changes(), VOICES)
    def test_it_never_loses_a_voice(self, made: list[Change], voices: list[list[str]]) -> None:
        found = through(*made)
        readings = [found.read(each) for each in voices]
        assert all(reading.themes for reading in readings)
        after = [reading.themes for reading in readings]
        for each in found.families():
            if each.before and each.after:
                assert counted(voices, set(each.before)) == counted(after, {*each.before, *each.after}), each
                if not any(reading.again for reading in readings):
                    assert counted(voices, set(each.before)) == counted(after, set(each.after)), each

    @given(changes())
    def test_it_ends_with_the_themes_of_the_frame(self, made: list[Change]) -> None:
        themes = START
        for change in made:
            themes = applied(themes, change)
        found = through(*made)
        assert set(found.later) == {each.theme_id for each in themes}
        assert all(set(after) <= set(found.later) for after in found.becomes.values())
        listed = [theme_id for each in found.families() for theme_id in each.after]
        assert sorted(listed) == sorted(found.later)

    @given(changes(), st.integers(0, 8), VOICES)
    def test_versions_between_change_no_number(self, made: list[Change], cut: int, voices: list[list[str]]) -> None:
        whole, first = through(*made), through(*made[:cut])
        second = lineage(first.later, map(link, made[cut:]))
        for voice in voices:
            at_once, in_steps = whole.read(voice), second.read(first.read(voice).themes)
            if not at_once.again and not first.read(voice).again and not in_steps.again:
                assert set(at_once.themes) == set(in_steps.themes)


class TestEachKind:
    def test_a_new_name_keeps_the_line_unless_the_meaning_changed(self) -> None:
        found = through(Change("rename", ("a",), (theme("a"),)), Change("describe", ("b",), (theme("b"),), False))
        assert not found.begins("a")
        assert family(found, "a").comparable
        assert found.begins("b")
        assert found.read("ab").again

    def test_merged_themes_are_counted_as_one_also_before(self) -> None:
        found = through(Change("merge", ("a", "b"), (theme("x"),)))
        assert found.ancestors("x") == ("a", "b")
        assert not found.begins("x")
        assert found.read("bca").themes == ("x", "c")
        assert not found.read("bca").again

    def test_a_split_theme_is_comparable_as_a_whole(self) -> None:
        found = through(Change("split", ("a",), (theme("a"), theme("y"))))
        assert found.begins("a")
        assert found.begins("y")
        assert family(found, "y") == Family(("a",), ("a", "y"), True)
        assert found.read("a").themes == ("a",)
        assert found.read("a").again

    def test_a_split_that_was_put_right_leaves_no_mark(self) -> None:
        found = through(Change("split", ("a",), (theme("x"), theme("y"))), Change("merge", ("x", "y"), (theme("a"),)))
        assert not found.begins("a")
        assert not found.read("a").again

    def test_a_theme_that_went_leaves_voices_that_had_nothing_else_to_a_person(self) -> None:
        found = through(Change("remove", ("a",)))
        assert found.read("ab").themes == ("b",)
        assert found.read("a").themes == ("a",)
        assert found.read("a").again
        assert family(found, "a") == Family(("a",), (), False)

    def test_a_new_theme_taints_what_it_is_merged_into(self) -> None:
        found = through(Change("add", (), (theme("x"),)), Change("merge", ("a", "x"), (theme("a"),)))
        assert found.begins("a")
        assert not found.read("a").again, "the earlier voices are sure all the same"
