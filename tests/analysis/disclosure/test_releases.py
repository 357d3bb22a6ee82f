"""A new table read against those published before."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.disclosure.releases import Reason, Refusal, Release, percentage, reasons_against

Cells = Mapping[tuple[str, ...], int | None]


def by_setting(cells: Cells, **filters: str) -> Release:
    return Release(("setting",), tuple(filters.items()), cells)


OLD = by_setting({("Oak",): 40, ("Elm",): None, ("Yew",): None, ("Ash",): 25, ("Total",): 90})
"""Elm and Yew have 25 together."""


def refusals(new: Release, *published: Release) -> set[Refusal]:
    return {reason.refusal for reason in reasons_against(new, published)}


class TestReleases:
    def test_a_table_alone_may_be_published(self) -> None:
        assert reasons_against(OLD, ()) == ()
        assert reasons_against(OLD, (OLD,)) == ()

    def test_another_form_that_shows_what_was_hidden_is_refused(self) -> None:
        crossed = Release(("setting", "year"), (), {("Elm", "7"): 11, ("Elm", "8"): 14, ("Oak", "7"): None})
        assert Reason(Refusal.WORKED_OUT, (("setting", "Elm"),)) in reasons_against(crossed, (OLD,))

    def test_a_filter_that_leaves_a_few_is_refused(self) -> None:
        assert refusals(by_setting({("Oak",): 36}, gender="girl"), OLD) == {Refusal.DIFFERS_BY_FEW}
        assert refusals(by_setting({("Oak",): 20}, gender="girl"), OLD) == set()

    def test_a_few_more_or_fewer_are_refused(self) -> None:
        assert refusals(by_setting({("Oak",): 41}), OLD) == {Refusal.CHANGED_BY_FEW}
        assert refusals(by_setting({("Oak",): 50}), OLD) == set()

    def test_three_tables_together_are_looked_at(self) -> None:
        girls = by_setting({("Oak",): 20, ("Ash",): 12}, gender="girl")
        boys = by_setting({("Oak",): 20, ("Ash",): None}, gender="boy")
        assert refusals(boys, OLD, girls) == set()
        other = by_setting({("Total",): 45}, gender="boy")
        assert Refusal.TOO_MANY_DIMENSIONS in refusals(Release(("a", "b", "c"), (), {}), OLD)
        assert refusals(other, by_setting({("Total",): 53})) == {Refusal.DIFFERS_BY_FEW}

    def test_a_percentage_needs_a_base_of_ten(self) -> None:
        assert percentage(5, 10) == 50
        assert percentage(5, 9) is None
        assert percentage(None, 40) is None
