"""What people type becomes words, and never a query of the database's own."""

from __future__ import annotations

from voice.evidence.search_words import LONGEST_WORD, Term, for_postgres, for_sqlite, terms_of, vector, words_in


class TestWords:
    def test_it_finds_words_in_every_script(self) -> None:
        assert words_in("Słuchali nas!") == ["sluchali", "nas"]
        assert words_in("ਸਕੂਲ ਵਿੱਚ") == ["ਸਕੂਲ", "ਵਿੱਚ"]
        assert words_in("স্কুল, ভালো") == ["স্কুল", "ভালো"]
        assert words_in("مَدرسة كبيرة") == words_in("مدرسة کبیرة")
        assert words_in("They didn’t; they don't.") == ["they", "didnt", "they", "dont"]

    def test_it_cuts_what_no_index_takes(self) -> None:
        assert [len(word) for word in words_in("x" * 9000)] == [LONGEST_WORD]
        assert vector(["a"] * 9000).count(",") == 254


class TestTerms:
    def test_a_word_finds_what_begins_with_it_and_quotes_hold_words_together(self) -> None:
        assert terms_of('wait “the plan” no "') == (
            Term(("wait",), begins=True),
            Term(("the", "plan"), begins=False),
            Term(("no",), begins=False),
        )

    def test_signs_of_a_query_are_no_words(self) -> None:
        assert terms_of("* - ^ ( ) : & | ! <-> ''") == ()
        typed = 'NEAR(a b) words:school* OR -"x" \\'
        assert for_sqlite(terms_of(typed)) == ('"near" * AND "a" AND "b" AND "words" * AND "school" * AND "or" AND "x"')
        assert for_postgres(terms_of('"a b" school')) == "('a' <-> 'b') & ('school':*)"
