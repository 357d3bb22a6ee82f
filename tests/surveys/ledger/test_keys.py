"""The same family has the same key at every partner, however they write it; without the ledger key there is none."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from surveys.ledger.keys import (
    NotReadable,
    family_key,
    in_one_form,
    is_family_key,
    is_person_key,
    key_bytes,
    ledger_key,
    person_key,
)

SECRET = b"s" * 32
KEY = key_bytes(ledger_key(SECRET))
FAMILY = {"surname": "O’Connor-Núñez", "postcode": "b91 3qj"}


class TestKeys:
    def test_it_is_the_hmac_of_what_the_partners_agreed(self) -> None:
        text = b"family\npostcode=b913qj\nsurname=oconnornunez"
        expected = hmac.new(KEY, text, hashlib.sha256).hexdigest()[:32]
        assert family_key(KEY, FAMILY) == f"f1-{expected}"

    @pytest.mark.parametrize(
        ("part", "written", "otherwise"),
        [
            ("email", " Amina.Khan@Example.ORG ", "amina.khan@example.org"),
            ("phone", "+44 (0)7700 900 123", "07700900123"),
            ("phone", "0044 7700-900123", "07700 900123"),
            ("surname", "Núñez", "nunez"),
            ("surname", "AL-HASSAN", "al hassan"),
            ("surname", "محمَّد", "محمد"),
            ("postcode", "B91 3QJ", "b913qj"),
            ("born", "3/9/2014", "2014-09-03"),
            ("born", "03.09.2014", "2014-09-03"),
            ("nhs_number", "943 476 5919", "943-476-5919"),
            ("upn", "A 1234-5678", "a12345678"),
        ],
    )
    def test_how_somebody_writes_it_does_not_matter(self, part: str, written: str, otherwise: str) -> None:
        assert in_one_form(part, written) == in_one_form(part, otherwise)

    @pytest.mark.parametrize(
        ("part", "written"),
        [
            ("email", "amina at example"),
            ("phone", "12"),
            ("surname", " ’ "),
            ("born", "31/2/2014"),
            ("nhs_number", "1"),
        ],
    )
    def test_what_cannot_be_meant_makes_no_key(self, part: str, written: str) -> None:
        with pytest.raises(NotReadable) as problem:
            person_key(KEY, {part: written})
        assert problem.value.part == part

    def test_families_and_persons_and_partnerships_are_told_apart(self) -> None:
        other = key_bytes(ledger_key(b"t" * 32))
        keys = {family_key(KEY, FAMILY)[3:], person_key(KEY, FAMILY)[3:], family_key(other, FAMILY)[3:]}
        assert len(keys) == 3

    def test_a_key_is_known_by_its_form(self) -> None:
        assert is_family_key(family_key(KEY, FAMILY))
        assert is_person_key(person_key(KEY, FAMILY))
        assert not is_family_key(person_key(KEY, FAMILY))
        for written in ("", "gtk1-12", ledger_key(SECRET).upper(), "f1-" + "0" * 32):
            with pytest.raises(ValueError, match="not a ledger key"):
                key_bytes(written)
