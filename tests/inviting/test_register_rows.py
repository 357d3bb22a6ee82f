"""Rows of registers: who can be reached, and by which keys partners know them."""

from __future__ import annotations

import pytest

from surveys.asking_less.rules import Rules
from surveys.importing.reading import read_sheet
from surveys.invitations.reaching import email_of, mobile_of, way_for
from surveys.invitations.register_columns import guessed
from surveys.invitations.register_rows import ReadRegister, read_register
from surveys.ledger.keys import family_key, person_key

KEY = b"k" * 32


def read(content: str, rules: Rules = Rules()) -> ReadRegister:  # noqa: B008 - frozen
    sheet = read_sheet(content.encode(), "families.csv")
    return read_register(
        sheet, guessed(sheet.headers), key=KEY, rules=rules, audience="parent_carer", languages=frozenset({"en", "ur"})
    )


class TestKeys:
    def test_it_is_the_same_for_a_family_that_two_partners_write_differently(self) -> None:
        [one] = read("Email,Surname,Postcode\nann@example.org,O'Brien,b91 3qj\n").rows
        [other] = read("E-mail address,Last name,Post code\n Ann@Example.org ,OBRIEN,B913QJ\n").rows
        assert (one.family, one.person) == (other.family, other.person)
        assert one.family == family_key(KEY, {"surname": "obrien", "postcode": "B91 3QJ"})
        assert one.person == person_key(KEY, {"email": "ann@example.org"})

    def test_it_is_made_of_what_there_is_and_says_so(self) -> None:
        found = read("Email,Mobile,Surname,Postcode\n,7700900123,Lee,B91 3QJ\nb@example.org,,,\n")
        assert found.counts() == {"own_key": 2}
        assert found.rows[0].contact.mobile == "+447700900123"
        assert found.rows[0].person == person_key(KEY, {"phone": "+447700900123"})
        assert found.rows[0].family == family_key(KEY, {"surname": "Lee", "postcode": "B91 3QJ"})
        assert found.rows[1].family == family_key(KEY, {"email": "b@example.org"})

    def test_it_is_no_key_when_nothing_was_agreed(self) -> None:
        [one, other] = read("Email\na@example.org\nb@example.org\n", Rules(family_by=(), person_by=())).rows
        assert one.family != other.family


class TestReaching:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("07700 900123", "+447700900123"),
            ("+44 (0)7700 900123", "+447700900123"),
            ("7700900123", "+447700900123"),
            ("0121 496 0123", ""),  # a number in a house
            ("12", ""),
            ("ring me", ""),
        ],
    )
    def test_it_reads_mobile_numbers(self, written: str, expected: str) -> None:
        assert mobile_of(written) == expected

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("ann@example.org", "ann@example.org"),
            ("Ann Lee <ann@example.org>", "ann@example.org"),
            ("ann@müller.example", "ann@xn--mller-kva.example"),
            ("ann@example", ""),
            ("a b@example.org", ""),
            ("ann@example.org\r\nBcc: all@example.org", ""),
        ],
    )
    def test_it_reads_addresses(self, written: str, expected: str) -> None:
        assert email_of(written) == expected

    def test_it_writes_as_people_chose_and_else_as_the_sending_says(self) -> None:
        [row] = read("Email,Mobile\na@example.org,07700900123\n").rows
        assert way_for(row.contact, sending="email", chosen="") == "email"
        assert way_for(row.contact, sending="email", chosen="text") == "text"
        assert way_for(row.contact, sending="email", chosen="letter") == "email"
        assert way_for(row.contact, sending="letter", chosen="") == ""
        assert way_for(row.contact, sending="chosen", chosen="") == "email"
