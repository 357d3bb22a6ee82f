"""The words of a sentence that tell what it is about, where no keyword does."""

from __future__ import annotations

from analysis.code_frame import Theme
from analysis.theming.knowledge import Knowledge
from analysis.theming.wording import stem
from analysis.tokens import folded, words_of
from analysis.words import is_telling

_MOST = 3


def telling_words(sentence: str, theme: Theme, concept: int | None, knowledge: Knowledge) -> tuple[str, ...]:
    """Up to three words as they are written, in their order: those that our examples of the theme's concept have, else
    the longest with content of their own.
    """
    words = words_of(sentence)
    if not words:
        return (sentence,)
    own = {stem(word) for word in folded(f"{theme.theme} {theme.description}").split()}
    weighed = list[tuple[float, int]]()
    for place, word in enumerate(words):
        plain = folded(word.text)
        if not is_telling(plain):
            continue
        weight = knowledge.weight_of(stem(plain), concept) if concept is not None else 0.0
        weighed.append((weight + (1.0 if stem(plain) in own else 0.0) + 0.001 * len(plain), place))
    if not weighed:
        weighed = [(0.001 * len(word.text), place) for place, word in enumerate(words)]
    best = sorted(sorted(weighed, reverse=True)[:_MOST], key=lambda each: each[1])
    return tuple(dict.fromkeys(words[place].text for _, place in best))
