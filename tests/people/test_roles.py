"""Who may use what."""

from __future__ import annotations

import pytest

from voice.people.roles import Audience, Role, may_use


class TestMayUse:
    @pytest.mark.parametrize("role", [None, *Role])
    def test_it_lets_everybody_open_pages_for_everybody(self, role: Role | None) -> None:
        assert may_use(role, Audience.ANYONE)
        assert may_use(role, Audience.RESPONDENT)

    def test_it_keeps_staff_pages_from_people_without_a_role(self) -> None:
        assert not any(may_use(None, audience) for audience in set(Audience) - {Audience.ANYONE, Audience.RESPONDENT})

    def test_it_shows_leads_findings_and_no_single_voice(self) -> None:
        assert may_use(Role.LEAD, Audience.FINDINGS)
        assert not may_use(Role.LEAD, Audience.EVIDENCE)
        assert not may_use(Role.FACILITATOR, Audience.FINDINGS)

    def test_it_lets_only_administrators_manage(self) -> None:
        assert [role for role in Role if may_use(role, Audience.MANAGING)] == [Role.ADMINISTRATOR]
