"""Which trends are watched, and what of a signal may be shown."""

from __future__ import annotations

import uuid

import msgspec

from surveys.publishing import OpenRound
from surveys.templates import TEMPLATES
from tests.conftest import NOON
from voice.actions.listing import counted as promises_of
from voice.findings.counting import Chosen, Counted, People
from voice.findings.matters import matters
from voice.findings.trends import Part, trends, trends_in_settings
from voice.findings.watching import watched
from voice.languages import words

TERMS = ("2024-autumn", "2025-spring", "2025-summer", "2025-autumn", "2026-spring", "2026-summer", "2026-autumn")
CONCEPT = "felt_listened_to"


def told(
    term: str, good: int, of: int, *, survey: str = "post-ehcp", setting: str = "", concept: str = CONCEPT
) -> Counted:
    """A round in which ``good`` of ``of`` people said yes."""
    document = TEMPLATES[survey](words, ("en",))
    who = document.audience
    round = OpenRound(uuid.uuid4(), survey, 1, term, "anonymous", None, None, None, document)
    cells = (
        Chosen(who, "own_words", setting, concept, "yes", good),
        Chosen(who, "own_words", setting, concept, "no", of - good),
    )
    return Counted(round, (of, 1), (People(who, "own_words", setting, "class", "en", of),), cells, ())


class TestTrends:
    def test_it_hides_small_numbers_term_by_term(self) -> None:
        (trend,) = trends([told("2026-summer", 5, 9), told("2026-autumn", 30, 60)])
        assert [(point.term, point.hidden, point.favourable) for point in trend.points] == [
            ("2026-summer", True, None),
            ("2026-autumn", False, 30),
        ]
        assert trend.before("2026-autumn") is None

    def test_it_adds_surveys_that_ask_the_same_and_says_which(self) -> None:
        (trend,) = trends([told("2026-autumn", 30, 60), told("2026-autumn", 20, 40, survey="yearly-families")])
        now = trend.at("2026-autumn")
        assert now is not None
        assert (now.favourable, now.answered) == (50, 100)
        assert trend.surveys == {"2026-autumn": ("post-ehcp", "yearly-families")}

    def test_it_tells_what_changed_with_how_sure_that_is(self) -> None:
        (trend,) = trends([told("2026-summer", 80, 100), told("2026-autumn", 50, 100)])
        change = trend.change("2026-autumn")
        assert change is not None
        assert (change.direction.value, change.before.part, change.now.part) == ("less", 80, 50)
        assert change.low < -0.3 < change.high < 0

    def test_it_does_not_compare_what_other_surveys_asked(self) -> None:
        (trend,) = trends([told("2026-summer", 80, 100), told("2026-autumn", 50, 100, survey="yearly-families")])
        assert trend.change("2026-autumn") is None


class TestWatched:
    def test_it_sees_a_fall_in_its_term_and_not_before(self) -> None:
        steady = [told(term, 75, 100) for term in TERMS[:-1]]
        assert watched(steady, TERMS[-2]).seen == ()
        found = watched([*steady, told(TERMS[-1], 50, 100)], TERMS[-1])
        (seen,) = found.seen
        assert (seen.signal.direction.value, seen.signal.since, seen.numbers_shown) == ("dip", TERMS[-1], True)
        assert found.looked_at == 1

    def test_it_begins_anew_when_another_survey_asks(self) -> None:
        steady = [told(term, 75, 100) for term in TERMS[:-1]]
        assert watched([*steady, told(TERMS[-1], 50, 100, survey="yearly-families")], TERMS[-1]).seen == ()

    def test_it_does_not_watch_what_people_would_like(self) -> None:
        steady = [told(term, 75, 100, concept="told_what_happens_next") for term in TERMS[:-1]]
        found = watched([*steady, told(TERMS[-1], 30, 100, concept="told_what_happens_next")], TERMS[-1])
        assert (found.seen, found.looked_at) == ((), 0)

    def test_it_shows_no_numbers_of_a_school_that_leave_few_others_over(self) -> None:
        def with_others(others: int) -> list[Counted]:
            found = []
            for term in TERMS:
                good = 40 if term == TERMS[-1] else 80
                school = told(term, good, 100, setting="Oak School")
                found.append(msgspec.structs.replace(school, chosen=(*school.chosen, *told(term, 0, others).chosen)))
            return found

        for others, shown in ((4, False), (40, True)):
            rounds = with_others(others)
            (trend,) = trends_in_settings(rounds)
            assert trend.part == Part(CONCEPT, "parent_carer", "setting", "Oak School")
            watch = watched(rounds, TERMS[-1])
            of_school = [each for each in watch.seen if each.trend.part.by == "setting"]
            assert [each.numbers_shown for each in of_school] == [shown]


class TestMatters:
    def test_it_names_a_question_once_and_takes_the_whole_before_its_parts(self) -> None:
        rounds = [
            told(term, 40 if term == TERMS[-1] else 80, 100, setting=setting)
            for term in TERMS
            for setting in ("Oak School", "Elm School")
        ]
        found = matters(TERMS[-1], watched(rounds, TERMS[-1]), (), promises_of((), NOON.date()))
        assert [(each.kind, each.seen.trend.part.by if each.seen else "") for each in found] == [("dip", "")]
        assert found[0].address == f"/lead/trends/parent_carer/{CONCEPT}"
