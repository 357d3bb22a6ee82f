"""Results by school or group: who is named, what is shown, and the note of a series beside comparisons."""

from __future__ import annotations

import uuid

from surveys import submissions
from surveys.answers import GivenAnswer
from surveys.publishing import publish, round_collected_elsewhere
from surveys.submissions import SaidBy, SentAnswers
from surveys.templates import TEMPLATES
from tests.conftest import NOON
from tests.evidence.bank import TODAY
from voice.findings.of_term import Findings, findings
from voice.languages import words
from voice.storage import Store

TERM = "2026-autumn"


async def pupils(
    n: int, setting: str | None, *, survey: str = "school-wellbeing", said_by: SaidBy = "own_words", **answers: str
) -> None:
    """``n`` pupils of a setting who all give these answers. Runs inside a unit."""
    version = await publish(TEMPLATES[survey](words, ("en",)), today=NOON.date())
    round = await round_collected_elsewhere(version, term=TERM)
    for _ in range(n):
        await submissions.store(
            SentAnswers(
                id=uuid.uuid4(),
                round=round,
                language="en",
                mode="class",
                respondent_kind="young_person",
                submitted_at="2026-11",
                answers={concept: GivenAnswer("en", code=code) for concept, code in answers.items()},
                said_by=said_by,
                setting=setting,
            )
        )


async def found(store: Store) -> Findings:
    told = await findings(store, TERM, today=TODAY)
    assert told is not None
    return told


class TestBySetting:
    async def test_it_has_a_line_for_each_setting_with_what_pupils_said_themselves(self, store: Store) -> None:
        async def unit() -> None:
            await pupils(12, "Oak School", safe_at_school="agree")
            await pupils(10, "Oak School", safe_at_school="disagree")
            await pupils(11, "Oak School", said_by="supported", safe_at_school="disagree")
            await pupils(20, "Elm School", safe_at_school="strongly_agree")

        await store.write(unit)
        (table,) = (await found(store)).settings
        place = next(n for n, title in enumerate(table.questions) if title["en"] == "I feel safe at school.")
        shown = {line.setting: (line.people, line.measures[place]) for line in table.lines}
        assert list(shown) == ["Elm School", "Oak School"]
        oak, elm = shown["Oak School"], shown["Elm School"]
        assert (oak[0], elm[0]) == (33, 20)
        assert oak[1] is not None
        assert elm[1] is not None
        assert (oak[1].answered, oak[1].favourable, elm[1].share) == (22, 12, 1.0)

    async def test_it_names_no_setting_of_few_and_tells_no_small_number(self, store: Store) -> None:
        async def unit() -> None:
            await pupils(30, "Oak School", safe_at_school="agree")
            await pupils(1, "Oak School", safe_at_school="disagree")
            await pupils(12, "Elm School", safe_at_school="agree")
            await pupils(3, "Ash Nursery", safe_at_school="agree")
            await pupils(2, None, safe_at_school="agree")

        await store.write(unit)
        (table,) = (await found(store)).settings
        assert [(line.setting, line.people) for line in table.lines] == [
            ("Elm School", None),
            ("Oak School", 31),
            ("", None),
        ]
        shares = {line.setting: [m.share for m in line.measures if m] for line in table.lines}
        assert shares == {"Elm School": [1.0], "Oak School": [None], "": []}

    async def test_it_has_no_table_for_surveys_without_classes(self, store: Store) -> None:
        await store.write(lambda: pupils(12, None, safe_at_school="agree"))
        assert (await found(store)).settings == ()


class TestNotesOfSeries:
    async def test_it_has_the_note_of_each_series_that_was_answered(self, store: Store) -> None:
        await store.write(lambda: pupils(12, None, safe_at_school="agree"))
        assert (await found(store)).notes == ()
        await store.write(lambda: pupils(1, None, survey="my-life-young-person", takes_part="yes"))
        ((title, note),) = (await found(store)).notes
        assert title["en"] == "My life, my support"
        assert note["en"].startswith("This is a new start.")
