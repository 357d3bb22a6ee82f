from __future__ import annotations

import pickle
from itertools import pairwise

from sklearn.feature_extraction.text import CountVectorizer  # type: ignore[import-untyped]

from analysis.known_terms import UNKNOWN, ByWord, KnownTerms, PartsOfWords

KNOWN = ["we waited and we waited", "they listened", "waited for a year", "they never listened to us"]
NEW = ["they listened and we waited", "", "nobody", "we we we waited, for ever", "listened they"]


def terms_of(text: str) -> list[str]:
    words = text.split()
    return words + [f"{first} {second}" for first, second in pairwise(words)]


class TestKnownTerms:
    def test_it_counts_as_scikit_learn_does(self) -> None:
        theirs = CountVectorizer(analyzer=terms_of).fit(KNOWN)
        ours = KnownTerms(theirs.vocabulary_)
        counts = ours.counts([[ours.number(word) for word in text.split()] for text in NEW])
        assert counts.toarray().tolist() == theirs.transform(NEW).toarray().tolist()
        assert counts.sum() > 0

    def test_no_text_and_no_term_are_no_problem(self) -> None:
        assert KnownTerms({}).counts([[UNKNOWN, UNKNOWN], []]).shape == (2, 0)
        assert KnownTerms({"a b": 0}).counts([]).shape == (0, 1)


class TestPartsOfWords:
    def test_it_counts_as_scikit_learn_does(self) -> None:
        theirs = CountVectorizer(analyzer="char_wb", ngram_range=(3, 4)).fit(KNOWN)
        counts = PartsOfWords(theirs.vocabulary_, 3, 4).counts([*NEW, "a to"])
        assert counts.toarray().tolist() == theirs.transform([*NEW, "a to"]).toarray().tolist()


class TestByWord:
    def test_it_works_out_each_word_once(self) -> None:
        asked = list[str]()
        by_word = ByWord(lambda word: asked.append(word) or len(word))  # type: ignore[func-returns-value]
        assert [by_word[word] for word in ("year", "us", "year")] == [4, 2, 4]
        assert asked == ["year", "us"]

    def test_it_can_be_sent_to_another_process(self) -> None:
        assert pickle.loads(pickle.dumps(ByWord(len)))["year"] == 4
