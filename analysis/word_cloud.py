"""A word cloud as an SVG whose words are text: it can be read aloud, selected, and shaped by the browser.

The package `wordcloud` finds the places. The page that shows the picture sets the font by the class
`word-cloud`; it has to be the font that the places were measured with.
"""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

_MEASURED_AT = 100
_SEED = 20  # any number will do, so long as the same words always give the same picture
_TRIES = 6
_SMALLER_EACH_TRY = 0.82
_LARGEST_OF_HEIGHT = 0.28
_GAP_OF_SIZE = 0.08  # on every side: the browser may space letters a little more widely than Pillow
_LEAST_GAP = 3
_ROOM_FOR_ACCENTS = 0.22
_LATIN_LETTERS_WITHOUT_ACCENT = str.maketrans("łŁøØđĐ", "lLoOdD")


@dataclass(frozen=True, slots=True)
class _Ink:
    """The edges of a word's ink from the start of its baseline, as shares of the size of its letters."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: `x` the middle and `y` the baseline of its text, and the box kept free for it."""

    word: str
    size: int
    x: float
    y: float
    box: tuple[int, int, int, int]  # left, top, right, bottom


def word_cloud_svg(
    counts: pd.DataFrame,
    *,
    font_path: str,
    language: str,
    direction: str,
    colours: Sequence[str],
    title: str,
    identity: str = "word-cloud",
    width: int = 800,
    height: int = 480,
    most_words: int = 60,
    smallest: int = 14,
) -> str:
    """The words of `counts` (columns `word`, `voices`), the larger the more voices said them.

    `font_path` is a font file Pillow can read (TTF, OTF, WOFF2) that has the language's letters. `language`
    and `direction` ("ltr" or "rtl") are those of the words; `colours` are given in turn; `title` is what a
    screen reader says of the picture; `identity` begins its ids and is unique on its page. `width`,
    `height` and the `smallest` size of letters are in pixels of the view box. Words for which there is no
    room at that size are left out: show the table as well. The same arguments give the same picture.
    Without words the picture holds its title alone. Raises ValueError without colours.
    """
    if not colours:
        raise ValueError("a word cloud needs at least one colour")
    shown = counts.sort_values(["voices", "word"], ascending=[False, True], kind="stable").head(most_words)
    frequencies = {word: float(voices) for word, voices in zip(shown["word"], shown["voices"], strict=True)}
    places = place_words(frequencies, font_path=font_path, width=width, height=height, smallest=smallest)
    texts = [
        f'<text x="{place.x:.1f}" y="{place.y:.1f}" font-size="{place.size}" fill={quoteattr(colour)}>'
        f"{escape(place.word)}</text>"
        for place, colour in zip(places, cycle(colours), strict=False)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="word-cloud" role="img" '
            f'aria-labelledby="{identity}-title" viewBox="0 0 {width} {height}">',
            f'<title id="{identity}-title">{escape(title)}</title>',
            f'<g lang={quoteattr(language)} direction="{direction}" text-anchor="middle" aria-hidden="true">',
            *texts,
            "</g>",
            "</svg>",
        ]
    )


def place_words(
    frequencies: Mapping[str, float], *, font_path: str, width: int, height: int, smallest: int
) -> tuple[Place, ...]:
    """A place for each word of `frequencies`, the most frequent first; their boxes do not touch.

    The area of a word grows with its frequency. When not all find room, all are made smaller, down to
    `smallest` pixels; of the tries, the one with the most words is taken.
    """
    best: tuple[Place, ...] = ()
    inks = _measured(frequencies, font_path)
    largest = max(smallest, round(height * _LARGEST_OF_HEIGHT))
    for _ in range(_TRIES):
        places = _placed_once(frequencies, inks, width, height, smallest, largest)
        if len(places) > len(best):
            best = places
        if len(places) == len(frequencies) or largest == smallest:
            break
        largest = max(smallest, round(largest * _SMALLER_EACH_TRY))
    return best


def _placed_once(
    frequencies: Mapping[str, float],
    inks: Mapping[str, _Ink],
    width: int,
    height: int,
    smallest: int,
    largest: int,
) -> tuple[Place, ...]:
    import numpy as np
    from wordcloud.wordcloud import IntegralOccupancyMap  # type: ignore[import-untyped]

    # WordCloud.generate_from_frequencies lets small words nest between the strokes of large ones, which a
    # browser cannot be trusted to draw apart; so its map is used with the whole box of each word taken.
    occupied = IntegralOccupancyMap(height, width, None)
    drawn = np.zeros((height, width), dtype=np.uint8)
    random = Random(_SEED)  # noqa: S311 - a picture, not a secret
    highest = max(frequencies.values(), default=1.0)
    found = list[Place]()
    for word, frequency in sorted(frequencies.items(), key=lambda item: (-item[1], item[0])):
        size = max(smallest, round(largest * (frequency / highest) ** 0.5))
        ink, gap = inks[word], max(_LEAST_GAP, round(size * _GAP_OF_SIZE))
        wide = math.ceil((ink.right - ink.left) * size) + 2 * gap
        tall = math.ceil((ink.bottom - ink.top) * size) + 2 * gap
        corner = occupied.sample_position(tall, wide, random) if wide < width and tall < height else None
        if corner is None:
            continue
        y, x = corner
        drawn[y : y + tall, x : x + wide] = 1
        occupied.update(drawn, y, x)
        found.append(Place(word, size, x + wide / 2, y + gap - ink.top * size, (x, y, x + wide, y + tall)))
    return tuple(found)


def _measured(words: Iterable[str], font_path: str) -> dict[str, _Ink]:
    """The ink of each word, measured in one size: opening a web font takes longer than all the measuring.

    Web fonts come in one file a script, and the file of plain Latin lacks the Polish letters; so a Latin word
    is measured without its accents, and room is left for them.
    """
    from PIL import ImageFont

    font = ImageFont.truetype(font_path, _MEASURED_AT)
    found: dict[str, _Ink] = {}
    for word in words:
        plain = _without_accents(word)
        left, top, right, bottom = (edge / _MEASURED_AT for edge in font.getbbox(plain, anchor="ls"))
        found[word] = _Ink(left, top - (_ROOM_FOR_ACCENTS if plain != word else 0), right, bottom)
    return found


def _without_accents(word: str) -> str:
    if not all("LATIN" in unicodedata.name(character, "") for character in word if character.isalpha()):
        return word
    apart = unicodedata.normalize("NFD", word.translate(_LATIN_LETTERS_WITHOUT_ACCENT))
    return "".join(character for character in apart if not unicodedata.combining(character))
