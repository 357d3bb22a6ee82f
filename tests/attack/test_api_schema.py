"""The programs' interface, asked everything that its own description allows and forbids: no answer is a fault of ours,
and each answer is one that the description names."""

from __future__ import annotations

from typing import Any

import hypothesis
import schemathesis
from schemathesis.core.result import Ok

from tests.attack.conftest import Tell
from tests.attack.sizes import size
from tests.pages import CheckingClient
from voice.people.roles import Role
from voice.programs.tokens import Scope

CASES = size(short=8, full=750)
"""Of each operation, with a token and without, on each database."""


class TestTheInterface:
    def test_no_answer_is_a_fault_of_ours(self, client: CheckingClient, tell: Tell) -> None:
        schema = schemathesis.openapi.from_dict(client.client.get("/api/openapi.json").json())
        token = self.token(client)
        asked: dict[int, int] = {}
        operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
        assert operations
        for operation in operations:
            self.ask(client, operation, token, asked)
        where = client.parts.store.dialect
        tell(f"the programs' interface by its description ({where}), {CASES:,} cases an operation", f"answers {asked}")

    @staticmethod
    def ask(client: CheckingClient, operation: Any, token: str, asked: dict[int, int]) -> None:
        named = {int(code) for code in operation.definition.raw["responses"] if code.isdecimal()}

        @hypothesis.settings(
            max_examples=CASES,
            database=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(case=operation.as_strategy())
        def once(case: Any) -> None:
            for headers in ({}, {"Authorization": f"Bearer {token}"}):
                sent = case.as_transport_kwargs(base_url="http://testserver.local")
                given = {name: value for name, value in dict(sent["headers"]).items() if value.isascii()}
                sent["headers"] = {**given, **headers}
                sent.pop("cookies", None)
                answer = client.client.request(**sent)
                asked[answer.status_code] = asked.get(answer.status_code, 0) + 1
                assert answer.status_code < 500, (operation.label, sent)
                known = named | {400, 401, 403, 404, 405, 413, 415, 429}
                assert answer.status_code in known, (operation.label, answer.status_code)

        once()

    @staticmethod
    def token(client: CheckingClient) -> str:
        client.sign_in(Role.ADMINISTRATOR)
        page = client.get("/manage/programs")
        scopes = {f"scope-{scope.value}": "yes" for scope in Scope}
        made = client.submit(page, form="form[action='/manage/programs']", name="A program", **scopes)
        client.client.cookies.clear()
        return str(made.one("main code.long-link").text())
