"""Themes of a code frame: suggested by the machine, decided by a person."""

from analysis.theming.deciding import least_sure
from analysis.theming.learning import Learned, learn
from analysis.theming.suggester import Suggester, needs_person_of, suggest_themes

__all__ = [
    "SENTIMENTS",
    "Learned",
    "Suggester",
    "learn",
    "least_sure",
    "needs_person_of",
    "suggest_themes",
]

SENTIMENTS = ("negative", "mixed", "neutral", "positive", "not_measured")
