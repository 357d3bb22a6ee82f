"""Passwords of staff."""

from __future__ import annotations

from voice.people.passwords import NOBODYS, hash_password, is_right


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
