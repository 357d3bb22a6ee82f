"""New themes: what the voices that no theme fits have in common, offered to a person to accept, merge or reject.

Texts are placed by their meaning (vectors, where there is a model), by the topics of public services that their words
point to (`lists/service_topics.csv`) and, without a model, by their words. k-means finds the groups (Arthur, D. and
Vassilvitskii, S. (2007), "k-means++"); what lies far from every middle is looked at again for small tight groups, and
what joins none is the remainder. The same comments always give the same groups.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.cleaning import stock_outcome
from analysis.code_frame import CodeFrame, Theme
from analysis.embeddings import Meanings
from analysis.phrases import Phrases, distinctive, telling_words
from analysis.theming.keywords import KeywordFinder
from analysis.tokens import folded, normalised, word_texts
from analysis.word_lists import rows_of
from analysis.words import stop_words

FEWEST = 3
"""Voices that make a group; two who say alike are a coincidence that a person sees among the remainder."""

MOST = 12
_FEWEST_TO_LOOK_AT = 8
_SHOWN = 3
_NAME_WORDS, _WORDS = 3, 8
_LEARNT_FROM = 10_000  # texts; the middles move little with more, and the rest only joins the nearest
_SEED = 5  # any number will do, so long as the same comments always give the same groups
_STARTS = 4
_TOPICS_WEIGH = 1.0
_WORDS_SIZE = 60
_FAR = 0.35
"""Similarity to the nearest middle, as a share of the group's mean, below which a text belongs to no group yet."""

_NO_THEME_BELOW = 0.4
"""Groups whose texts are on average less similar to their middle have only in common that they fit nowhere else."""

_SMALL_AND_TIGHT = 0.6
_LOOKED_AT_AGAIN = 1_500
_LONGEST_READ = 2_000

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewTheme:
    """A group of voices. ``rows`` are labels of the comments' index, the most typical first.

    ``name`` is made of its most distinctive words, of which ``words`` has more. ``typical`` are the rows nearest to its
    middle and ``atypical`` those farthest from it. ``tightness`` is the mean similarity to the middle, from 0 to 1.
    """

    name: str
    words: tuple[str, ...]
    rows: tuple[Hashable, ...]
    typical: tuple[Hashable, ...]
    atypical: tuple[Hashable, ...]
    tightness: float


@dataclass(frozen=True, slots=True)
class NewThemes:
    """The groups, the largest first; ``remainder`` are the rows that join none. Every row is in one place."""

    themes: tuple[NewTheme, ...]
    remainder: tuple[Hashable, ...]


def new_themes(
    comments: pd.DataFrame, *, text: str, lang: str = "en", meanings: Meanings | None = None, most: int = MOST
) -> NewThemes:
    """Groups among ``comments``, which are those that no theme fits; ``text`` names the column of their words.

    There are at most ``most`` groups; how many is decided by how many different texts there are. Texts that are the
    same are placed once. Stock answers and what cannot be read join the remainder. With fewer than eight different
    texts there are no groups. Raises KeyError when the column is not there.
    """
    said = [normalised("" if pd.isna(cell) else str(cell)).strip() for cell in comments[text].tolist()]
    rows_of_text: dict[str, list[Hashable]] = {}
    remainder = list[Hashable]()
    for row, each in zip(comments.index.tolist(), said, strict=True):
        if stock_outcome(each) is None:
            rows_of_text.setdefault(" ".join(each.split()), []).append(row)
        else:
            remainder.append(row)
    texts = list(rows_of_text)
    if len(texts) < _FEWEST_TO_LOOK_AT:
        return NewThemes((), tuple(comments.index.tolist()))
    places = _places([each[:_LONGEST_READ] for each in texts], meanings)
    group, near = _grouped(places, [len(rows_of_text[each]) for each in texts], most)
    counted = _Counted(texts, group, lang)
    themes = list[NewTheme]()
    for number in range(max(group, default=-1) + 1):
        inside = [place for place, its in enumerate(group) if its == number]
        inside.sort(key=lambda place: (-near[place], place))
        themes.append(_theme(inside, [rows_of_text[texts[place]] for place in inside], near, counted, number))
    themes.sort(key=lambda theme: -len(theme.rows))
    remainder += [row for place, its in enumerate(group) if its < 0 for row in rows_of_text[texts[place]]]
    order = {row: place for place, row in enumerate(comments.index.tolist())}
    return NewThemes(tuple(themes), tuple(sorted(remainder, key=order.__getitem__)))


def _places(texts: Sequence[str], meanings: Meanings | None) -> Vectors:
    """A row for each text: its meaning or its words, beside the topics that its words point to."""
    by_meaning = meanings.vectors(texts) if meanings else _by_words(texts)
    placed = np.hstack([by_meaning, _TOPICS_WEIGH * _by_topics(texts)]).astype(np.float32)
    lengths = np.linalg.norm(placed, axis=1, keepdims=True)
    result: Vectors = placed / np.maximum(lengths, np.float32(1e-9))
    return result


def _by_topics(texts: Sequence[str]) -> Vectors:
    topics = rows_of("service_topics")
    number = {row["topic"]: place for place, row in enumerate(topics)}
    finder = KeywordFinder(
        CodeFrame(
            tuple(
                Theme(row["topic"], row["topic"], row["description"], tuple(row["phrases"].split(";")))
                for row in topics
            )
        )
    )
    hits = np.zeros((len(texts), len(topics)), dtype=np.float32)
    for place, text in enumerate(texts):
        for mention in finder.mentions(folded(text)):
            hits[place, number[mention.theme_id]] += mention.weight
    hits = np.sqrt(hits)  # said five times is not five times as much about it
    lengths = np.linalg.norm(hits, axis=1, keepdims=True)
    result: Vectors = hits / np.maximum(lengths, np.float32(1e-9))
    return result


def _by_words(texts: Sequence[str]) -> Vectors:
    """TF-IDF of words, drawn together to a few dimensions (latent semantic analysis, Deerwester et al. (1990))."""
    from sklearn.decomposition import TruncatedSVD  # type: ignore[import-untyped]
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
    from sklearn.preprocessing import normalize  # type: ignore[import-untyped]

    left_out = stop_words("en")
    weighed = TfidfVectorizer(
        analyzer=lambda text: [word for word in word_texts(folded(text)) if word not in left_out], sublinear_tf=True
    )
    try:
        matrix = weighed.fit_transform(texts)
    except ValueError:  # no text has a word with content
        return np.zeros((len(texts), 1), dtype=np.float32)
    size = min(_WORDS_SIZE, *(edge - 1 for edge in matrix.shape))
    if size < 1:
        return np.asarray(matrix.todense(), dtype=np.float32)
    drawn = TruncatedSVD(size, random_state=_SEED).fit_transform(matrix)
    result: Vectors = normalize(drawn).astype(np.float32)
    return result


def _grouped(places: Vectors, voices: Sequence[int], most: int) -> tuple[list[int], list[float]]:
    """The number of each text's group, -1 for none, and how near the text is to its middle (0 to 1)."""
    from sklearn.cluster import KMeans  # type: ignore[import-untyped]

    groups = max(1, min(most, round(math.sqrt(len(places) / 2))))
    learnt_from = places[:: max(1, math.ceil(len(places) / _LEARNT_FROM))]
    groups = min(groups, len({place.tobytes() for place in learnt_from}))
    found = KMeans(groups, n_init=_STARTS, random_state=_SEED).fit(learnt_from)
    middles = _of_length_one(found.cluster_centers_.astype(np.float32))
    likeness = places @ middles.T
    group, near = likeness.argmax(axis=1), likeness.max(axis=1)
    mean = np.array([near[group == number].mean() if (group == number).any() else 0 for number in range(groups)])
    belongs = (near >= _FAR * mean[group]) & (mean[group] >= _NO_THEME_BELOW) & places.any(axis=1)
    group = np.where(belongs, group, -1)
    said_by = np.array(voices)
    for number in range(groups):
        if said_by[group == number].sum() < FEWEST:
            group[group == number] = -1
    _find_small_groups(places, said_by, group, near, most)
    kept = {number: place for place, number in enumerate(sorted(set(group.tolist()) - {-1}))}
    return [kept.get(number, -1) for number in group.tolist()], [float(min(max(each, 0), 1)) for each in near]


def _find_small_groups(
    places: Vectors, said_by: npt.NDArray[np.int64], group: npt.NDArray[np.int64], near: Vectors, most: int
) -> None:
    """Looks among what joined no group for few texts that lie close together, and fills ``group`` in."""
    from sklearn.cluster import AgglomerativeClustering

    loose = np.flatnonzero((group < 0) & places.any(axis=1))[:_LOOKED_AT_AGAIN]
    if len(loose) < FEWEST:
        return
    found = AgglomerativeClustering(
        n_clusters=None, distance_threshold=1 - _SMALL_AND_TIGHT, metric="cosine", linkage="average"
    ).fit_predict(places[loose])
    free = most - len(set(group.tolist()) - {-1})
    for number, _ in Counter(found.tolist()).most_common():
        members = loose[found == number]
        if free > 0 and said_by[members].sum() >= FEWEST:
            middle = _of_length_one(places[members].mean(axis=0, keepdims=True))
            group[members] = group.max() + 1
            near[members] = (places[members] @ middle.T)[:, 0]
            free -= 1


def _of_length_one(vectors: Vectors) -> Vectors:
    result: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return result


class _Counted:
    """The phrases of all texts, and of each group."""

    def __init__(self, texts: Sequence[str], group: Sequence[int], lang: str) -> None:
        left_out = stop_words(lang)
        self.whole = Phrases()
        self.of_group: dict[int, Phrases] = {}
        for text, number in zip(texts, group, strict=True):
            self.whole.add(text, left_out, longest=2)
            self.of_group.setdefault(number, Phrases()).add(text, left_out, longest=2)

    def words(self, number: int) -> list[str]:
        part = self.of_group[number]
        often = {phrase: n for phrase, n in part.voices.items() if n >= min(2, part.texts)}
        scores = distinctive(often or part.voices, part.texts, self.whole.voices, self.whole.texts)
        ranked = sorted(scores, key=lambda phrase: (-scores[phrase], phrase))
        return [self.whole.spelt(phrase) for phrase in telling_words(ranked, _WORDS)]


def _theme(
    inside: Sequence[int], rows: Sequence[Sequence[Hashable]], near: Sequence[float], counted: _Counted, number: int
) -> NewTheme:
    words = counted.words(number)
    nearest = [each[0] for each in rows]
    typical = tuple(nearest[:_SHOWN])
    return NewTheme(
        name=", ".join(words[:_NAME_WORDS]),
        words=tuple(words),
        rows=tuple(row for each in rows for row in each),
        typical=typical,
        atypical=tuple(row for row in reversed(nearest[-_SHOWN:]) if row not in typical),
        tightness=round(sum(near[place] for place in inside) / len(inside), 3),
    )
