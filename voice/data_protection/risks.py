"""Risks to people, each with what stands against it here. How likely each is follows from how things are set up, and is
a proposal for people to judge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from voice.data_protection.facts import Facts

Likelihood = Literal["remote", "possible", "probable"]
Severity = Literal["minimal", "significant", "severe"]

_OVERALL = {
    ("remote", "minimal"): "low",
    ("remote", "significant"): "low",
    ("remote", "severe"): "low",
    ("possible", "minimal"): "low",
    ("possible", "significant"): "medium",
    ("possible", "severe"): "high",
    ("probable", "minimal"): "low",
    ("probable", "significant"): "high",
    ("probable", "severe"): "high",
}
"""The matrix of the ICO: likelihood and severity of harm."""


class Risk(msgspec.Struct, frozen=True):
    """``open`` is what is not done here and could be; the risk is then told as more likely."""

    what: str
    severity: Severity
    measures: tuple[str, ...]
    open: tuple[str, ...] = ()

    @property
    def likelihood(self) -> Likelihood:
        return "possible" if self.open else "remote"

    @property
    def overall(self) -> str:
        return _OVERALL[self.likelihood, self.severity]


def risks(facts: Facts) -> Iterator[Risk]:
    modes = {mode for survey in facts.surveys for mode in survey.modes}
    anything = any(survey.anything for survey in facts.surveys)
    yield Risk(
        "Somebody finds out who gave an answer.",
        "severe",
        (
            "No address, device or account of anybody who answers is stored.",
            "Numbers of fewer than 10 people are hidden, also where they could be worked out.",
            *(
                ("Who gave confidential answers is sealed apart; each opening is recorded.",)
                if "confidential" in modes
                else ()
            ),
        ),
        ("Own words may name people: a machine masks them and a person reads them, and neither is perfect.",)
        if anything
        else (),
    )
    yield Risk(
        "Somebody outside gets into the data.",
        "severe",
        (
            "Roles by page and by kind of thing; one partner does not see what is another's.",
            f"Staff are signed out after {facts.idle_minutes} minutes; guesses are slowed down.",
            *(
                ("A second factor is required of those who see personal things.",)
                if facts.second_factor == "required"
                else ()
            ),
            *(("Pages are served over HTTPS.",) if facts.https else ()),
        ),
        (
            *(
                ()
                if facts.second_factor == "required"
                else ("A second factor is offered and not required (VOICE_SECOND_FACTOR).",)
            ),
            *(() if facts.https else ("The address of this installation is not HTTPS (VOICE_BASE_URL).",)),
        ),
    )
    yield Risk(
        "Staff look where they have no reason to.",
        "significant",
        (f"Who looked at what is recorded, cannot be changed unseen, and is kept {facts.audit_years} years.",),
    )
    yield Risk(
        "Somebody is in danger and nobody sees it in time.",
        "severe",
        (
            "Every page says that nobody is watching, and whom to call.",
            "A machine looks for words that sound as if somebody is not safe; it misses some.",
            "Worries go to one queue with a time to look at them.",
        ),
        () if facts.safeguarding_agreed else ("Nobody has agreed yet who looks, and how soon.",),
    )
    yield Risk(
        "Answers are kept longer than people were told.",
        "significant",
        ("Each survey says how long; then answers, files and all that was made of them go by themselves.",),
        tuple(f"“{each.title}” does not say how long." for each in facts.surveys if min(each.kept_months) < 1),
    )
    yield Risk(
        "What people said is lost.",
        "significant",
        (
            "An answer that was acknowledged is on the disk.",
            *((f"The last backup was made on {facts.backup_made:%d %B %Y}.",) if facts.backup_made else ()),
        ),
        () if facts.backup_made else ("No backup was made here yet.",),
    )
    if facts.processors:
        yield Risk(
            "A service outside learns more than it needs.",
            "significant",
            tuple(f"{each.host} gets {each.gets}." for each in facts.processors),
            ("Whether there is a contract with each (Article 28), a person has to say.",),
        )
    if any(survey.audience == "young_person" for survey in facts.surveys) or facts.held["spaces"]:
        yield Risk(
            "A child does not understand what happens to what they say.",
            "significant",
            (
                "What we keep is said in three versions: for children up to 10, from 11 to 17, and for adults.",
                "A child is asked whether they want to take part, can say no, and can stop. Nothing is ticked before.",
            ),
        )
