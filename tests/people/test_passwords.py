"""Passwords of staff."""

from __future__ import annotations

import argon2
import pytest

from voice.people.passwords import NOBODYS, SHORTEST, hash_password, is_outdated, is_right, weakness

OWN = ("jo.smith@harborough.gov.uk", "Harborough SEND Partnership")


class TestPasswords:
    def test_it_is_right_only_for_the_password_itself(self) -> None:
        hashed = hash_password("three brown horses")
        assert is_right("three brown horses", hashed)
        assert not is_right("three brown horse", hashed)
        assert not is_right("", hashed)

    def test_it_keeps_an_argon2id_hash_with_a_salt(self) -> None:
        one, two = hash_password("three brown horses"), hash_password("three brown horses")
        assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert one != two

    def test_it_is_wrong_for_somebody_without_a_password(self) -> None:
        assert not is_right("nobody has this password", None)
        assert not is_right("", None)
        assert not is_right("anything", "not a hash")

    def test_it_takes_as_long_for_nobody_as_for_somebody(self) -> None:
        cost = hash_password("three brown horses").split("$")[:4]
        assert NOBODYS.split("$")[:4] == cost


class TestWeakness:
    @pytest.mark.parametrize(
        "good", ["three brown horses", "ivory kettle bicycle", "smith kettle bicycle", "ü" * 3 + "qzXvw73!kb"]
    )
    def test_it_takes_words_that_do_not_belong_together(self, good: str) -> None:
        assert weakness(good, OWN) is None

    @pytest.mark.parametrize(
        ("bad", "why"),
        [
            ("eleven long", "short"),
            ("x7" * 251, "long"),
            ("leavemealone", "known"),
            ("Password1234!", "known"),
            ("P@ssw0rd1234", "known"),
            ("qwertyuiopasdfgh", "known"),
            ("a" * 60 + "xyz", "known"),
            ("summerholiday1", "known"),
            ("goldenthread1", "known"),
            ("harborough send 1", "own"),
            ("jo.smith@harborough", "own"),
            ("Golden-Thread-2026!", "own"),
            ("SmithHarboroughGov!", "own"),
        ],
    )
    def test_it_refuses_what_others_can_guess(self, bad: str, why: str) -> None:
        assert weakness(bad, OWN) == why

    def test_it_refuses_every_long_one_of_the_stolen(self) -> None:
        from zxcvbn.frequency_lists import FREQUENCY_LISTS  # type: ignore[import-untyped]

        long = [each for each in FREQUENCY_LISTS["passwords"] if len(each) >= SHORTEST]
        assert len(long) > 200
        assert {weakness(each.upper() if at % 2 else each) for at, each in enumerate(long)} == {"known"}

    def test_a_hash_of_another_cost_is_made_anew(self) -> None:
        assert not is_outdated(NOBODYS)
        assert is_outdated(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("three brown horses"))
