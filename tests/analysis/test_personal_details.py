"""What could tell who somebody is, pointed out in running text."""

from __future__ import annotations

import pytest

from analysis.personal_details import personal_details


class TestPointingOut:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Write to sara.k@mail.example.org please", [("email", "sara.k@mail.example.org")]),
            ("Ring 07700 900123 or (01632) 960 123.", [("phone", "07700 900123"), ("phone", "(01632) 960 123")]),
            ("Ring +44 7700 900123.", [("phone", "+44 7700 900123")]),
            ("We live in B91 3QB now", [("postcode", "B91 3QB")]),
            ("number 943 476 5919 on file", [("nhs_number", "943 476 5919")]),
            ("his DOB: 3/4/2015.", [("date", "3/4/2015")]),
            ("see https://x.example/sara?", [("link", "https://x.example/sara?")]),
            ("Mrs O’Brien and Dr Anna Smith came", [("name", "O’Brien"), ("name", "Anna Smith")]),
            ("My name is Sara Khan.", [("name", "Sara Khan")]),
            ("my son Adam, he waits", [("name", "Adam")]),
            ("then we met Jaden at school", [("perhaps_name", "Jaden")]),
        ],
    )
    def test_it_finds(self, text: str, found: list[tuple[str, str]]) -> None:
        details = personal_details(text)
        assert [(detail.kind, detail.text) for detail in details] == found
        assert [text[detail.start : detail.end] for detail in details] == [words for _, words in found]

    @pytest.mark.parametrize(
        "text",
        [
            "We waited 12 weeks from 3 May 2026 until the EHC plan came.",
            "In 2024 the SENCO and CAMHS said that I should wait. Then nothing.",
            "ہم نے بارہ ہفتے انتظار کیا۔",
            "reference 123 456 7890",
        ],
    )
    def test_it_leaves_alone(self, text: str) -> None:
        assert personal_details(text) == []

    def test_it_is_quick_with_what_is_long_and_hostile(self) -> None:
        for text in ("A" * 100_000, "Mr " * 30_000, "0 " * 50_000, "a@" * 50_000, "Aa'" * 30_000, "My Son A-" * 10_000):
            assert isinstance(personal_details(text), list)
