"""Themes suggested for comments, with how sure that is and the words that led there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit  # type: ignore[import-untyped]

from analysis.cleaning import Outcome
from analysis.code_frame import CodeFrame
from analysis.embeddings import Meanings
from analysis.theming.deciding import Bars, least_sure, sureness
from analysis.theming.judge import evidence_for, experience
from analysis.theming.keywords import Mention
from analysis.theming.learning import Learned, Untaught
from analysis.theming.passages import Passages, read_passages
from analysis.theming.reading import Readable, read
from analysis.tokens import folded

# Where nothing was decided; chosen on our examples, with an eye on the comments beside the checkout. Frames differ more
# from ours than the rehearsals of them do, so what is far from even odds is drawn towards them.
_BAR, _MODEST = 0.35, 0.75
_NAMED_IN_ANOTHER_LANGUAGE = 0.6
_NEVER_SUGGESTED = 2.0


@dataclass(frozen=True, slots=True)
class Found:
    """A theme suggested for a row, and where: ``start`` and ``sentence`` are those of the text that was judged."""

    row: int
    theme: int
    confidence: float
    start: int
    sentence: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """``found`` is in the order of rows, and in each the surest theme first."""

    readable: Readable
    found: list[Found]
    sure: npt.NDArray[np.float64]


class Suggester:
    """Built once, used for as many pieces of a file as there are."""

    def __init__(
        self, code_frame: CodeFrame, *, meanings: Meanings | None = None, learned: Learned | None = None
    ) -> None:
        self.code_frame = code_frame
        self._learned = learned
        self._knowledge, self._judge = experience(meanings)
        self._evidence = evidence_for(code_frame, meanings)
        self._bars = learned.bars if learned else Bars(np.full(len(code_frame.themes), _BAR), _NEVER_SUGGESTED)

    def suggest(
        self,
        comments: pd.DataFrame,
        *,
        text: str,
        question: str | None = None,
        lang: str | None = None,
        translation: str | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> pd.DataFrame:
        """See ``suggest_themes``; ``needs_person`` is among these rows alone: of a whole file in pieces, take
        ``needs_person_of`` when all are there.
        """
        judged = self.judge(
            comments, text=text, question=question, lang=lang, translation=translation, progress=progress
        )
        return self.suggested(judged, comments.index)

    def suggested(self, judged: Judged, index: pd.Index) -> pd.DataFrame:
        """A row for each comment, as ``suggest_themes`` describes it."""
        return _as_frame(judged, self.code_frame, index)

    def mentions(self, judged: Judged, index: pd.Index) -> pd.DataFrame:
        """Where each suggested theme is spoken of: a row for each theme of each comment, with the columns `row` (the
        label of the comment's row), `sentence`, `start` (where it begins in what was judged), `theme_id`, `confidence`,
        `words`.
        """
        labels, ids, found = index.tolist(), self.code_frame.theme_ids, judged.found
        return pd.DataFrame(
            {
                "row": [labels[each.row] for each in found],
                "sentence": pd.Series([each.sentence for each in found], dtype="str"),
                "start": pd.Series([each.start for each in found], dtype="int64"),
                "theme_id": pd.Series([ids[each.theme] for each in found], dtype="str"),
                "confidence": pd.Series([each.confidence for each in found], dtype="float64"),
                "words": pd.Series([", ".join(each.words) for each in found], dtype="str"),
            }
        )

    def judge(
        self,
        comments: pd.DataFrame,
        *,
        text: str,
        question: str | None = None,
        lang: str | None = None,
        translation: str | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Judged:
        """What ``suggested`` and ``mentions`` are made of, theme by theme."""
        readable = read(comments, text=text, question=question, lang=lang, translation=translation)
        sure = np.zeros(len(readable.texts))
        found = list[Found]()
        rows = [row for row, said in enumerate(readable.english) if said]
        if rows:
            questions = [readable.questions[row] for row in rows]
            passages = read_passages(
                [readable.english[row] for row in rows],
                questions,
                self._knowledge.meanings,
                progress,
            )
            found_here, sure_here = self._of_passages(passages, questions)
            sure[rows] = sure_here
            found += [_moved(each, rows[each.row]) for each in found_here]
        for row, (outcome, english) in enumerate(zip(readable.outcomes, readable.english, strict=True)):
            if not outcome and not english:
                named = self._named(row, readable.texts[row])
                found += named
                sure[row] = _NAMED_IN_ANOTHER_LANGUAGE if named else 0.0
        found.sort(key=lambda each: (each.row, -each.confidence))
        return Judged(readable, found, sure)

    def _of_passages(self, passages: Passages, questions: list[str]) -> tuple[list[Found], npt.NDArray[np.float64]]:
        spoken = self._knowledge.speak(passages)
        evidence = self._evidence.of(passages, spoken)
        leaning = self._judge.leaning(evidence)
        if self._learned:
            likely = self._learned.likely(Untaught(passages, questions, leaning, evidence))
        else:
            likely = expit(_MODEST * leaning)
        held = self._bars.held(likely)
        parts = self._evidence.likeness.of_parts(passages)
        found = list[Found]()
        for row in np.flatnonzero(held.any(axis=1)).tolist():
            mentions = self._mentions(passages.texts[row])
            for theme in np.flatnonzero(held[row]).tolist():
                found.append(self._found(passages, row, theme, float(likely[row, theme]), parts, mentions))
        return found, sureness(likely, held)

    def _found(
        self,
        passages: Passages,
        row: int,
        theme: int,
        confidence: float,
        parts: npt.NDArray[np.float32],
        all_mentions: list[Mention],
    ) -> Found:
        theme_id = self.code_frame.themes[theme].theme_id
        mentions = [mention for mention in all_mentions if mention.theme_id == theme_id]
        begin = int(passages.first[row])
        end = int(passages.first[row + 1]) if row + 1 < len(passages.first) else len(passages.sentences)
        if mentions:
            starts = [sentence.start for sentence in passages.sentences[begin:end]]
            place = begin + max(0, sum(start <= mentions[0].start for start in starts) - 1)
            words = tuple({folded(mention.words): mention.words for mention in mentions}.values())
        else:
            place = begin + int(parts[begin:end, theme].argmax())
            words = self._evidence.telling.words(passages.sentences[place].text, theme)
        sentence = passages.sentences[place]
        return Found(row, theme, confidence, sentence.start, sentence.text, words)

    def _named(self, row: int, said: str) -> list[Found]:
        """Themes of a text that we cannot judge, whose keywords in its language were said."""
        words: dict[str, list[Mention]] = {}
        for mention in self._mentions(said):
            words.setdefault(mention.theme_id, []).append(mention)
        place = {theme_id: number for number, theme_id in enumerate(self.code_frame.theme_ids)}
        return [
            Found(
                row,
                place[theme_id],
                _NAMED_IN_ANOTHER_LANGUAGE,
                0,
                said,
                tuple({folded(mention.words): mention.words for mention in mentions}.values()),
            )
            for theme_id, mentions in words.items()
        ]

    def _mentions(self, said: str) -> list[Mention]:
        return self._evidence.keywords.finder.mentions(said)


def suggest_themes(
    comments: pd.DataFrame,
    code_frame: CodeFrame,
    *,
    text: str,
    question: str | None = None,
    lang: str | None = None,
    translation: str | None = None,
    meanings: Meanings | None = None,
    learned: Learned | None = None,
) -> pd.DataFrame:
    """Themes for every row of `comments`, on its index; nothing is dropped and `comments` is left as it was.

    `text`, `question`, `lang` and `translation` (into English) name columns of strings. The result has the columns
    `themes` (ids joined by `;`, the surest first), `confidence` (0-1: how sure that the row's set of themes stands; for
    a row without a theme, that none fits), `confidences` (one a theme, joined by `;`), `why` (`theme_id: words, words;
    theme_id: ...`; the words stand in what was judged: the text, or the translation of one that is not English),
    `outcome` (themed, none_fits, stock_answer, other_language, unreadable), `language`, and `needs_person` (the least
    sure 30 % of what could be read, and all in another language that nothing is suggested for). Raises KeyError when a
    named column is not there.
    """
    suggester = Suggester(code_frame, meanings=meanings, learned=learned)
    return suggester.suggest(comments, text=text, question=question, lang=lang, translation=translation)


def needs_person_of(outcome: pd.Series[str], confidence: pd.Series[float], share: float = 0.3) -> pd.Series[bool]:
    """Whom a person should look at: the least sure `share` of the rows that could be read, and every one in another
    language.
    """
    read_here = outcome.isin([Outcome.THEMED, Outcome.NONE_FITS])
    needs = outcome == Outcome.OTHER_LANGUAGE
    needs[read_here] = least_sure(confidence[read_here], share)
    return needs.astype(bool)


def _as_frame(judged: Judged, code_frame: CodeFrame, index: pd.Index) -> pd.DataFrame:
    count = len(judged.readable.texts)
    of_row: list[list[Found]] = [[] for _ in range(count)]
    for each in judged.found:
        of_row[each.row].append(each)
    ids = code_frame.theme_ids
    outcomes = [
        outcome or str(_outcome(bool(found), bool(english)))
        for outcome, found, english in zip(judged.readable.outcomes, of_row, judged.readable.english, strict=True)
    ]
    columns = {
        "themes": [";".join(ids[each.theme] for each in found) for found in of_row],
        "confidences": [";".join(f"{each.confidence:.3f}" for each in found) for found in of_row],
        "why": ["; ".join(f"{ids[each.theme]}: {', '.join(each.words)}" for each in found) for found in of_row],
        "outcome": outcomes,
    }
    result = pd.DataFrame({name: pd.Series(cells, index=index, dtype="str") for name, cells in columns.items()})
    result.insert(1, "confidence", pd.Series(np.round(judged.sure, 4), index=index, dtype="float64"))
    result["language"] = judged.readable.languages
    needs = needs_person_of(pd.Series(outcomes, dtype="str"), pd.Series(judged.sure, dtype="float64"))
    result["needs_person"] = pd.Series(needs.tolist(), index=index, dtype="bool")
    return result


def _moved(found: Found, row: int) -> Found:
    return Found(row, found.theme, found.confidence, found.start, found.sentence, found.words)


def _outcome(has_themes: bool, was_judged: bool) -> Outcome:
    if has_themes:
        return Outcome.THEMED
    return Outcome.NONE_FITS if was_judged else Outcome.OTHER_LANGUAGE
