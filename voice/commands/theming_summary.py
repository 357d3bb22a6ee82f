"""The counts of `voice themes`, added to piece by piece, and what only the whole of a file can tell."""

from __future__ import annotations

import argparse
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.campaigns import Campaign, Copies, described
from analysis.cleaning import Outcome
from analysis.code_frame import CodeFrame
from analysis.embeddings import Meanings
from analysis.new_themes import NewThemes, new_themes
from analysis.themes import SENTIMENTS, needs_person_of
from voice.commands.csv_files import open_csv
from voice.commands.labelled import Labelled
from voice.commands.theming import Read

MOST_LOOKED_AT = 20_000
"""New themes are looked for among so many of the comments that no theme fits, taken evenly from the whole file."""

_CAMPAIGNS_SHOWN = 20
_COPIES_COMPARED = 1_000
_LONGEST_SHOWN = 300
_PLACE = {outcome.value: place for place, outcome in enumerate(Outcome)}


@dataclass
class Tally:
    """The counts so far. ``meaning`` says how comments were read; ``coded`` is what was learned from."""

    code_frame: CodeFrame
    meaning: str
    coded: Labelled | None
    rows: int = 0
    urgent: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    sentiments: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    themes: Counter[tuple[str, str]] = field(default_factory=Counter)
    _confidences: array[float] = field(default_factory=lambda: array("f"))
    _outcomes: array[int] = field(default_factory=lambda: array("b"))
    _copies: Copies = field(default_factory=Copies)
    _unfitted: dict[str, str] = field(default_factory=dict)
    _unfitted_seen: int = 0
    _every: int = 1

    def add(self, comments: pd.DataFrame, read: Sequence[Read], *, text: str, id: str | None) -> None:
        texts = comments[text].tolist()
        names = comments[id].tolist() if id else [""] * len(texts)
        self._copies.add(texts)
        for said, name, each in zip(texts, names, read, strict=True):
            self.rows += 1
            self.outcomes[each.outcome] += 1
            self.sentiments[each.sentiment] += 1
            self.languages[each.language] += 1
            self.urgent += each.urgent
            self.themes.update((theme_id, each.sentiment) for theme_id in each.themes.split(";") if theme_id)
            self._confidences.append(each.confidence)
            self._outcomes.append(_PLACE[each.outcome])
            if each.outcome == Outcome.NONE_FITS:
                self._keep_unfitted(f"{self.rows}: {name}" if id else str(self.rows), said)

    def needs_person(self) -> pd.Series[bool]:
        """For each row whether a person should look at it first, of the whole file."""
        outcomes = pd.Series(pd.Categorical(np.array(list(Outcome), dtype=object)[np.array(self._outcomes)]))
        confidences = pd.Series(np.array(self._confidences, dtype=np.float32)).fillna(0.0)
        return needs_person_of(outcomes, confidences)

    def summary(self, arguments: argparse.Namespace, meanings: Meanings | None) -> dict[str, object]:
        return {
            "rows": self.rows,
            "outcomes": {outcome.value: self.outcomes[outcome.value] for outcome in Outcome},
            "sentiment": {feeling: self.sentiments[feeling] for feeling in SENTIMENTS},
            "languages": dict(self.languages.most_common()),
            "urgent": self.urgent,
            "needs_person": int(self.needs_person().sum()),
            "themes": [
                {
                    "theme_id": theme.theme_id,
                    "theme": theme.theme,
                    "n": sum(self.themes[theme.theme_id, feeling] for feeling in SENTIMENTS),
                    "sentiment": {feeling: self.themes[theme.theme_id, feeling] for feeling in SENTIMENTS},
                }
                for theme in self.code_frame.themes
            ],
            "new_themes": self._new_themes(meanings),
            "same_text_as_an_earlier_row": self._copies.same_text,
            "campaigns": self._campaigns(arguments),
            "learned_from": self._learned_from(),
            "how": self._how(arguments),
        }

    def _keep_unfitted(self, name: str, text: str) -> None:
        """Keeps every row at first, and every second, fourth … once there are too many to look at."""
        self._unfitted_seen += 1
        if self._unfitted_seen % self._every:
            return
        self._unfitted[name] = text
        if len(self._unfitted) > MOST_LOOKED_AT:
            self._unfitted = dict(list(self._unfitted.items())[1::2])
            self._every *= 2

    def _new_themes(self, meanings: Meanings | None) -> dict[str, object]:
        frame = pd.DataFrame({"text": list(self._unfitted.values())}, index=list(self._unfitted), dtype="str")
        found = new_themes(frame, text="text", meanings=meanings) if len(frame) else NewThemes((), ())
        return {
            "none_fits": self._unfitted_seen,
            "looked_at": len(frame),
            "in_no_group": len(found.remainder),
            "groups": [
                {
                    "name": theme.name,
                    "words": theme.words,
                    "n": len(theme.rows),
                    "tightness": theme.tightness,
                    "typical": [self._unfitted[str(row)][:_LONGEST_SHOWN] for row in theme.typical],
                    "atypical": [self._unfitted[str(row)][:_LONGEST_SHOWN] for row in theme.atypical],
                    "typical_rows": theme.typical,
                }
                for theme in found.themes
            ],
        }

    def _campaigns(self, arguments: argparse.Namespace) -> dict[str, object]:
        number_of_each = self._copies.campaign_of_each()
        sizes = Counter(number_of_each[number_of_each >= 0].tolist())
        shown = [number for number, _ in sizes.most_common(_CAMPAIGNS_SHOWN)]
        return {
            "found": len(sizes),
            "copies": sizes.total(),
            "voices_counting_each_once": self.rows - sizes.total() + len(sizes),
            "largest": [
                _shown(campaign, n) for campaign, n in self._described(arguments, number_of_each, shown, sizes)
            ],
        }

    def _described(
        self,
        arguments: argparse.Namespace,
        number_of_each: npt.NDArray[np.int32],
        shown: list[int],
        sizes: Counter[int],
    ) -> list[tuple[Campaign, int]]:
        if not shown:
            return []
        comments = open_csv(arguments.input)
        place = comments.place(arguments.text)
        copies: dict[int, tuple[list[int], list[str]]] = {number: ([], []) for number in shown}
        for row, (cells, number) in enumerate(zip(comments.rows(), number_of_each.tolist(), strict=True), start=1):
            if number in copies and len(copies[number][0]) < _COPIES_COMPARED:
                copies[number][0].append(row)
                copies[number][1].append(cells[place])
        return [(described(*copies[number]), sizes[number]) for number in shown]

    def _learned_from(self) -> dict[str, object] | None:
        if self.coded is None:
            return None
        return {
            "comments": len(self.coded.labels),
            "with_a_theme": sum(map(bool, self.coded.labels)),
            "left_out": self.coded.left_out,
            "labels_the_frame_does_not_know": dict(self.coded.unknown.most_common()),
        }

    def _how(self, arguments: argparse.Namespace) -> dict[str, object]:
        coded = "and what was learned from decisions" if self.coded else "nothing learned from decisions"
        return {
            "input": arguments.input.name,
            "code_frame": arguments.codeframe.name,
            "labelled": arguments.labelled.name if arguments.labelled else None,
            "text": arguments.text,
            "question": arguments.question,
            "lang": arguments.lang,
            "read": self.meaning,
            "themes": f"suggested from the code frame, {coded}; no person has checked them",
            "sentiment": "of what is written in English, under its question",
            "needs_person": "the least sure 30 % of what could be read, and all in another language",
            "note": "a comment counts once for each of its themes, so themes do not add up to rows",
        }


def _shown(campaign: Campaign, copies: int) -> dict[str, object]:
    return {
        "n": copies,
        "first_row": campaign.rows[0],
        "text": campaign.text[:_LONGEST_SHOWN],
        "wordings": campaign.wordings,
        "added": campaign.added,
        "left_out": campaign.left_out,
    }
