"""Knowledge of the field: small models that say how much a comment is about each concept we have examples of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

from analysis.code_frame import CodeFrame, Theme
from analysis.embeddings import Meanings, Vectors
from analysis.theming.examples import Field, fields, ways_to_say
from analysis.theming.keywords import KeywordFinder
from analysis.theming.passages import Passages, meant, read_passages
from analysis.theming.ridge import Block, fit_ridge
from analysis.theming.wording import Wording
from analysis.tokens import folded

Dense = Any  # an array of float32; numpy loses the type of what is divided
_PENALTY = 2.0
_QUESTION = np.float32(0.3)
_NEARLY_NOTHING = 1e-6
_MOST_KEYWORDS = 3.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the concepts' models say of comments: a row a comment and a column a concept in each."""

    whole: Dense
    strongest: Dense
    keywords: Dense
    named: Dense
    like: Dense
    like_strongest: Dense


class Knowledge:
    """Built once: it reads all examples."""

    def __init__(self, meanings: Meanings | None) -> None:
        self.meanings = meanings
        self.fields = fields()
        self.concepts = CodeFrame(tuple(theme for field in self.fields for theme in field.concepts.themes))
        self.passages = tuple(read_passages(field.texts, field.questions, self.meanings) for field in self.fields)
        texts = [text for field in self.fields for text in field.texts]
        self.wording = Wording(texts)
        self.names = TfidfVectorizer(sublinear_tf=True, stop_words="english", strip_accents="unicode").fit(
            [*map(described, self.concepts.themes), *texts]
        )
        self._worded: tuple[Passages, Block, Block] | None = None
        self.counted = len(texts)
        self._models = tuple(
            fit_ridge(self.blocks(passages), field.labels, _PENALTY)
            for field, passages in zip(self.fields, self.passages, strict=True)
        )
        self._keywords = Keywords(self.concepts, texts)
        self.likeness = Likeness(self.concepts, self)

    def blocks(self, passages: Passages) -> list[Block]:
        """Features of whole comments."""
        return [self.worded(passages)[0], passages.meant, passages.asked * _QUESTION]

    def worded(self, passages: Passages) -> tuple[Block, Block]:
        """The words of whole comments, and of their sentences. Those of the last comments are remembered, since all
        that judges them asks.
        """
        if self._worded is None or self._worded[0] is not passages:
            counts = self.wording.counts([said for said, _ in passages.sentences])
            self._worded = passages, self.wording.weighed(passages.whole(counts)), self.wording.weighed(counts)
        return self._worded[1:]

    def speak(self, passages: Passages, of_field: Field | None = None) -> Spoken:
        """What is known of comments. Of our own examples, each is judged by the models of all others."""
        of_whole, of_parts = self.worded(passages)
        asked = passages.asked * _QUESTION
        whole: list[Block] = [of_whole, passages.meant, asked]
        parts: list[Block] = [of_parts, passages.meant_parts, asked[passages.owner]]
        scores, strongest = list[Dense](), list[Dense]()
        for field, model in zip(self.fields, self._models, strict=True):
            if field is of_field:
                scores.append(model.left_out.astype(np.float32))
                strongest.append(scores[-1])
            else:
                scores.append(model.scores(whole).astype(np.float32))
                strongest.append(passages.strongest(model.scores(parts)).astype(np.float32))
        weights, counted = self._keywords.found(passages.texts)
        like, like_strongest = self.likeness.of(passages)
        return Spoken(
            np.hstack(scores), np.hstack(strongest), weights, (counted > 0).astype(np.float32), like, like_strongest
        )

    def weight_of(self, stem: str, concept: int) -> float:
        """How much a word speaks for a concept (below 0: against it)."""
        word = self.wording.place_of(stem)
        if word is None:
            return 0.0
        for field, model in zip(self.fields, self._models, strict=True):
            if concept < len(field.concepts.themes):
                return float(model.weights[0][word, concept])
            concept -= len(field.concepts.themes)
        return 0.0

    def links(self, code_frame: CodeFrame, vectors: Vectors) -> Dense:
        """How alike a theme (row) and a concept (column) are by name, description and keywords; 1 is certainly the
        same, and below 0.7 it is another.
        """
        theirs = self.names.transform(map(described, code_frame.themes))
        ours = self.names.transform(map(described, self.concepts.themes))
        words = (theirs @ ours.T).toarray()
        if self.meanings is None:
            return (0.5 + 1.4 * words).astype(np.float32)
        return (words + vectors @ self.likeness.vectors.T).astype(np.float32)


class Keywords:
    """The keywords of a frame, weighed by how rare they are among our examples."""

    def __init__(self, code_frame: CodeFrame, examples: list[str]) -> None:
        self.finder = KeywordFinder(code_frame)
        self._place = {theme_id: number for number, theme_id in enumerate(code_frame.theme_ids)}
        heard: Counter[str] = Counter()
        for text in examples:
            heard.update({folded(mention.words) for mention in self.finder.mentions(text)})
        most = np.log(len(examples))
        self._weights = {words: float(1 - np.log(1 + count) / most) for words, count in heard.items()}

    def found(self, texts: tuple[str, ...]) -> tuple[Dense, Dense]:
        """The weight and the number of different keywords, a row a text and a column a theme."""
        weights = np.zeros((len(texts), len(self._place)), dtype=np.float32)
        counts = np.zeros_like(weights)
        for row, text in enumerate(texts):
            mentions = self.finder.mentions(text)
            if not mentions:
                continue
            for theme_id, words in {(mention.theme_id, folded(mention.words)) for mention in mentions}:
                weights[row, self._place[theme_id]] += self._weights.get(words, 1.0)
                counts[row, self._place[theme_id]] += 1
        return np.minimum(weights, _MOST_KEYWORDS), counts


class Likeness:
    """How like a theme comments are, against how like it our examples are: 0 is usual, 1 a standard deviation more."""

    def __init__(self, code_frame: CodeFrame, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.vectors = theme_vectors(code_frame, knowledge.meanings)
        self._words = knowledge.wording.weighed(
            knowledge.wording.counts([described(theme) for theme in code_frame.themes])
        )
        usual = np.vstack([self._raw(passages)[0] for passages in knowledge.passages])
        self._mean = usual.mean(axis=0)
        self._spread = usual.std(axis=0) + np.float32(1e-3)

    def of(self, passages: Passages) -> tuple[Dense, Dense]:
        """Of whole comments, and of the sentence of each that is most like the theme."""
        whole, parts = self._raw(passages)
        return (whole - self._mean) / self._spread, (passages.strongest(parts) - self._mean) / self._spread

    def of_question(self, passages: Passages) -> Dense:
        """Of what was asked; 0 where there is no model."""
        if not passages.asked_meant.shape[1]:
            return np.zeros((len(passages.texts), self._words.shape[0]), dtype=np.float32)
        return (passages.asked_meant @ self.vectors.T - self._mean) / self._spread

    def of_parts(self, passages: Passages) -> Dense:
        """Of each sentence."""
        return (self._raw(passages)[1] - self._mean) / self._spread

    def _raw(self, passages: Passages) -> tuple[Dense, Dense]:
        if passages.meant.shape[1]:
            return passages.meant @ self.vectors.T, passages.meant_parts @ self.vectors.T
        whole, parts = self._knowledge.worded(passages)
        return (whole @ self._words.T).toarray(), (parts @ self._words.T).toarray()


def described(theme: Theme) -> str:
    """A theme's own words; its name counts most."""
    keywords = " ".join(keyword for keyword in theme.keywords if keyword.isascii())
    return f"{theme.theme} {theme.theme} {theme.theme} {theme.description} {theme.description} {keywords}"


def theme_vectors(code_frame: CodeFrame, meanings: Meanings | None) -> Vectors:
    """What each theme means by its name, description and keywords."""
    count = len(code_frame.themes)
    said = meant(ways_to_say(code_frame), meanings)
    summed = said[:count] + said[count : 2 * count] + said[2 * count :]
    unit: Vectors = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), _NEARLY_NOTHING)
    return unit
