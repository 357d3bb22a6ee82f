"""A picture of the paths: a box for each question, from top to bottom, and a line for each condition.

Questions that only some are asked stand further in. The lines run beside the boxes, each in a lane where it
meets no other. The page says the same in words.
"""

from __future__ import annotations

import msgspec

from surveys.document import OnlyIf, Question, SurveyDocument

WIDTH = 420
HEIGHT = 60
GAP = 18
STEP_IN = 36
DEEPEST = 4
LANE = 14
MARGIN = 12


class Box(msgspec.Struct, frozen=True):
    """A question; ``number`` counts from 1. Lengths are in units of the picture."""

    question: Question
    number: int
    x: int
    y: int

    @property
    def may_end(self) -> bool:
        """Whether the survey ends here for those who do not agree to take part."""
        return self.question.kind == "consent"


class Line(msgspec.Struct, frozen=True):
    """A condition: from the question that was answered to the one that is asked. ``d`` is the path of the SVG."""

    condition: OnlyIf
    asked: Question
    lane: int
    d: str


class Picture(msgspec.Struct, frozen=True):
    width: int
    height: int
    thread: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def picture(document: SurveyDocument, *, rtl: bool = False) -> Picture:
    """The picture, mirrored for languages that run from right to left. Broken conditions have no line."""
    places = {question.concept: place for place, question in enumerate(document.questions)}
    depths = _depths(document, places)
    spans = [
        (places[condition.concept], place, condition, question)
        for place, question in enumerate(document.questions)
        for condition in question.conditions
        if places.get(condition.concept, place) < place
    ]
    lanes = _lanes([(start, end) for start, end, _, _ in spans])
    left = 2 * MARGIN
    right = left + max(depths, default=0) * STEP_IN + WIDTH
    width = right + (max(lanes, default=-1) + 2) * LANE + MARGIN
    height = len(depths) * (HEIGHT + GAP) + MARGIN

    def across(x: int) -> int:
        return width - x if rtl else x

    def y_of(place: int) -> int:
        return MARGIN + place * (HEIGHT + GAP)

    boxes = tuple(
        Box(
            question,
            place + 1,
            across(left + depths[place] * STEP_IN + (WIDTH if rtl else 0)),
            y_of(place),
        )
        for place, question in enumerate(document.questions)
    )
    lines = []
    for (start, end, condition, question), lane in zip(spans, lanes, strict=True):
        out = left + depths[start] * STEP_IN + WIDTH
        into = left + depths[end] * STEP_IN + WIDTH
        beside = right + (lane + 1) * LANE
        top, bottom = y_of(start) + HEIGHT * 2 // 3, y_of(end) + HEIGHT // 3
        d = f"M{across(out)} {top}H{across(beside)}V{bottom}H{across(into)}"
        lines.append(Line(condition, question, lane, d))
    thread = f"M{across(MARGIN)} {MARGIN}V{height - MARGIN}"
    return Picture(width, height, thread, boxes, tuple(lines))


def _depths(document: SurveyDocument, places: dict[str, int]) -> list[int]:
    """How far in each question stands: one more than the questions that it depends on."""
    depths: list[int] = []
    for place, question in enumerate(document.questions):
        earlier = [places[c.concept] for c in question.conditions if places.get(c.concept, place) < place]
        deep = 1 + max((depths[each] for each in earlier), default=0) if question.conditions else 0
        depths.append(min(deep, DEEPEST))
    return depths


def _lanes(spans: list[tuple[int, int]]) -> list[int]:
    """A lane for each span, so that no two in one lane overlap; short spans run inside."""
    taken: list[list[tuple[int, int]]] = []
    found = dict[int, int]()
    for number in sorted(range(len(spans)), key=lambda each: (spans[each][1] - spans[each][0], spans[each])):
        start, end = spans[number]
        lane = next(
            (n for n, lane in enumerate(taken) if all(end <= a or b <= start for a, b in lane)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((start, end))
        found[number] = lane
    return [found[number] for number in range(len(spans))]
