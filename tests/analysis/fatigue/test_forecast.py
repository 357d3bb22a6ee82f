"""The answers to expect: learnt where the truth is known, and reckoned as simple code does."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from analysis.fatigue.forecast import forecast, forecast_merged
from analysis.fatigue.ledger import WINDOW_DAYS
from analysis.fatigue.response_model import RECENT_DAYS, ResponseModel, TooLittleToLearn, fit_response_model
from benchmarks.fatigue_families import DAY, FIRST, World, answers_to_a_new_survey, invented
from tests.analysis.fatigue.asked import asks

WORLD = World(slope=-0.3, drawn_to_willing=0.3, surveys_differ=0.4)
FAMILIES = invented(WORLD, families=700, asks=8, days=365, seed=4)
NOW = pd.Timestamp(FIRST + 370 * DAY, unit="s", tz="UTC")


@pytest.fixture(scope="module")
def model() -> ResponseModel:
    return fit_response_model(FAMILIES.asks)


def sure(model: ResponseModel) -> ResponseModel:
    """The same, as if every number in it were known."""
    return dataclasses.replace(model, covariance=np.eye(len(model.covariance)) * 1e-18, between=1e-9)


class TestLearning:
    def test_it_finds_the_truth(self, model: ResponseModel) -> None:
        error = float(np.sqrt(model.covariance[0, 0]))
        assert abs(model.effects[0] - WORLD.slope) < 3 * error < 0.3
        assert 0.2 < model.between < 0.8
        likely = (model.propensity * model.places).sum(axis=1)
        willing = FAMILIES.willing[[int(key, 16) for key in model.known]]
        assert np.corrcoef(likely, willing)[0, 1] > 0.5
        assert model.propensity.sum(axis=1) == pytest.approx(1)

    def test_it_needs_answers_to_learn_from(self) -> None:
        with pytest.raises(TooLittleToLearn):
            fit_response_model(
                asks("f1,p,a,council,invitation,2025-10-01,none,1", "f2,p,a,c,session,2025-10-01,none,1")
            )

    def test_an_answer_to_a_reminder_is_an_answer_to_the_ask(self) -> None:
        chance = np.random.default_rng(1)
        rows = []
        for family in range(150):
            for survey in ("a", "b", "c"):
                day = f"2025-1{'abc'.index(survey)}-0"
                rows.append(f"f{family},p,{survey},council,invitation,{day}1,none,1")
                outcome = "completed" if chance.random() < 0.5 else "none"
                rows.append(f"f{family},p,{survey},council,reminder,{day}8,{outcome},1")
        found = forecast(fit_response_model(asks(*rows)), [f"f{n}" for n in range(150)], NOW + pd.Timedelta(days=900))
        assert found.rate == pytest.approx(0.5, abs=0.12)


class TestForecast:
    def test_it_is_what_simple_code_reckons(self, model: ResponseModel) -> None:
        known = sure(model)
        families = list(known.known)[:60]
        expected, luck = 0.0, 0.0
        for family in families:
            theirs = known.history.loc[known.history["family"] == family, "asked"].to_numpy()
            days = (NOW.timestamp() - theirs) / DAY
            before, last = (days <= WINDOW_DAYS).sum(), days.min()
            place = known.known[family]
            feature = np.array([before, np.exp(-last / RECENT_DAYS), known.often[place]])
            for survey in ["survey-3"]:
                odds = known.levels[known.surveys[survey]] + feature @ known.effects
                chance = sum(w * expit(odds + at) for w, at in zip(known.propensity[place], known.places, strict=True))
                expected += chance
                luck += chance * (1 - chance)
        found = forecast(known, families, NOW, survey="survey-3")
        assert found.answers == pytest.approx(expected, rel=0.002)
        assert found.high - found.low == pytest.approx(2 * 1.2816 * np.sqrt(luck), rel=0.06)
        assert (found.families, found.never_asked) == (60, 0)

    def test_what_is_not_known_makes_it_wider(self, model: ResponseModel) -> None:
        families = list(model.known)
        told, new = forecast(model, families, NOW, survey="survey-3"), forecast(model, families, NOW)
        assert told.high - told.low < new.high - new.low
        assert new.low < new.answers < new.high

    def test_waiting_brings_answers_and_plans_cost_them(self, model: ResponseModel) -> None:
        families = list(model.known)
        now, later = forecast(model, families, NOW), forecast(model, families, NOW + pd.Timedelta(days=28))
        assert later.answers > now.answers
        planned = pd.DataFrame({"family": families, "asked_at": NOW + pd.Timedelta(days=14)})
        with_plans = forecast(model, families, NOW + pd.Timedelta(days=28), planned=planned)
        assert with_plans.asks_before == pytest.approx((later.asks_before or 0) + 1)
        assert with_plans.answers < later.answers

    def test_families_that_were_never_asked_are_taken_to_be_like_others(self, model: ResponseModel) -> None:
        found = forecast(model, ["new-1", "new-2", "new-3"], NOW)
        assert (found.never_asked, found.asks_before) == (3, 0)
        assert 0 < found.answers < 3

    def test_merged_questions_reach_those_who_get_both(self, model: ResponseModel) -> None:
        families = list(model.known)
        found = forecast_merged(model, families[:100], families[40:300], NOW, carrier="survey-1")
        alone = forecast(model, families[40:100], NOW, survey="survey-1")
        assert (found.families, found.answers) == (60, alone.answers)
        assert "length_not_reckoned" in found.cannot_say
        assert forecast_merged(model, families[:10], families[10:20], NOW).answers == 0

    def test_too_few_surveys_are_said(self) -> None:
        few = fit_response_model(invented(World(surveys=2), families=200, asks=5, days=300, seed=1).asks)
        assert forecast(few, list(few.known), NOW).cannot_say == ("surveys_differ_unknown",)

    def test_answers_mostly_come_within_the_interval(self) -> None:
        held = 0
        for seed in range(4):
            families = invented(World(), families=250, asks=7, days=365, seed=seed)
            sent, answers = answers_to_a_new_survey(World(), families, 370, seed + 50)
            found = forecast(fit_response_model(families.asks), sent, NOW)
            held += found.low <= answers <= found.high
        assert held >= 2
