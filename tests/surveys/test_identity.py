"""Keys, codes and references: what leads back to a person's answers, and what does not."""

from __future__ import annotations

import datetime as dt
import uuid

from hypothesis import given
from hypothesis import strategies as st

from surveys import identity
from surveys.submissions import reference

SECRET = b"s" * 32


class TestSubmittedAt:
    def test_it_is_the_month_for_anonymous_answers(self) -> None:
        assert identity.submitted_at(dt.datetime(2026, 11, 18, 9, 5, 7, tzinfo=dt.UTC), "anonymous") == "2026-11"

    def test_it_is_the_day_for_confidential_ones(self) -> None:
        ahead = dt.timezone(dt.timedelta(hours=5))
        moment = dt.datetime(2026, 11, 18, 9, 5, 7, tzinfo=ahead)
        assert identity.submitted_at(moment, "confidential") == "2026-11-18"


class TestKeys:
    def test_it_reads_the_keys_it_makes(self) -> None:
        key = identity.new_key()
        bits = identity.key_bytes(key)
        assert bits is not None
        assert identity.key_of(bits) == key

    @given(st.text(max_size=30))
    def test_it_reads_nothing_else(self, text: str) -> None:
        bits = identity.key_bytes(text)
        assert bits is None or identity.key_of(bits) == text

    @given(st.binary(min_size=16, max_size=16))
    def test_it_seals_a_key_under_a_code(self, bits: bytes) -> None:
        code = identity.come_back_code(SECRET, identity.key_of(bits))
        sealed = identity.seal(SECRET, code, bits)
        assert identity.unseal(SECRET, code, sealed) == bits
        assert sealed != bits.hex()
        assert identity.unseal(SECRET, "00000000", sealed) != bits

    def test_it_makes_other_ids_and_codes_in_another_installation(self) -> None:
        key, other = identity.new_key(), b"t" * 32
        assert identity.submission_id(SECRET, key) == identity.submission_id(SECRET, key)
        assert identity.submission_id(SECRET, key) != identity.submission_id(other, key)
        assert identity.come_back_code(SECRET, key) != identity.come_back_code(other, key)


class TestCodes:
    @given(st.text(alphabet=identity.CODE_LETTERS, min_size=8, max_size=8))
    def test_it_reads_a_code_however_it_was_written_down(self, code: str) -> None:
        written = f" {code[:4].lower()} - {code[4:].replace('0', 'o').replace('1', 'L')}."
        assert identity.read_code(written) == code

    def test_it_has_no_letters_that_look_alike(self) -> None:
        assert not set("ILOU") & set(identity.CODE_LETTERS)
        assert len(identity.CODE_LETTERS) == 32


class TestReferences:
    @given(st.uuids(), st.uuids())
    def test_it_is_the_same_for_the_same_answers_alone(self, one: uuid.UUID, two: uuid.UUID) -> None:
        assert (reference(one) == reference(two)) == (one == two)
