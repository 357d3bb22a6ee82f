"""What is known of a word: whether it is ordinary English, a name, both, or public.

Ordinary words are those that the lexicon of TextBlob (Brill's, from 1993) has in small letters. Names come from our
lists and from Faker's, which know many cultures; where a word is both, grammar decides (`grammar.py`).
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from analysis.redaction.lists import words_in
from analysis.word_lists import rows_of

_LATIN_NAME = re.compile(r"[a-zà-ɏ]{3,}(?:['’-][a-zà-ɏ]+)?")
_ENGLISH = frozenset({"en", "en_GB", "en_IE", "en_US", "en_NZ", "ga_IE", "en_IN", "en_PK"})
_COMMON, _KNOWN = 3.4, 3.0
"""How often a word is written, as `wordfreq` counts, to be known to everybody: a billionth is nought, tenfold is one
more."""

FUNCTION_WORDS = words_in("function_words")


class Known(NamedTuple):
    """What is known of a word in small letters."""

    is_ordinary: bool
    is_given: bool
    """A given name and nothing else."""
    is_own: bool
    """A given name of our own lists or of Britain's, which may stand in small letters."""
    is_surname: bool
    also: str
    """For a name that is a word as well, what kind of word: quality, doing, thing or month; famous where public
    persons have it, elsewhere where it is a name far from here."""
    is_public: bool
    is_field: bool
    is_function: bool
    is_verb: bool
    """Something that he, she or it does or did."""
    may_be_name: bool
    """Whether it is worth looking at in small letters."""

    @property
    def is_name(self) -> bool:
        return self.is_given or self.is_surname


_PAST_OR_THIRD = frozenset({"VBZ", "VBD"})
_AUXILIARIES = words_in("auxiliaries")


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, str]:
    """The part of speech of each word that the lexicon has in small letters."""
    # found without importing textblob, which takes a second to load
    spec = importlib.util.find_spec("textblob")
    assert spec is not None, "TextBlob is installed with the product"
    assert spec.origin is not None
    path = Path(spec.origin).parent / "en" / "en-lexicon.txt"
    rows = (line.split(" ", 2) for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != ";")
    return {row[0]: row[1] for row in rows if len(row) > 1 and row[0].islower()}


def _listed(name: str, column: str) -> dict[str, list[str]]:
    return {row["group"]: row[column].split(";") for row in rows_of(name)}


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(name for names in _listed("given_names", "names").values() for name in names)


@lru_cache(maxsize=1)
def _at_home() -> frozenset[str]:
    """Given names so common here that they are no words, although some dictionary has them."""
    listed = _listed("given_names", "names")
    return frozenset(name for group in ("English", "Irish", "Welsh") for name in listed[group])


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    listed = (name for names in _listed("surnames", "names").values() for name in names)
    return frozenset(listed) | (_faker("last_name")[0] - frozenset(_lexicon()))


@lru_cache(maxsize=1)
def _also_words() -> dict[str, str]:
    return {name: group for group, names in _listed("names_that_are_words", "names").items() for name in names}


@lru_cache(maxsize=1)
def _field() -> frozenset[str]:
    return frozenset(word for words in _listed("field_words", "words").values() for word in words)


@lru_cache(maxsize=1)
def _towns() -> frozenset[str]:
    """Towns and counties, whose councils speak and act as people do."""
    listed = _listed("public_names", "names")
    return frozenset(name for group in ("cities", "counties", "boroughs") for name in listed[group])


@lru_cache(maxsize=1)
def public_phrases() -> dict[str, list[tuple[str, ...]]]:
    """The names that everybody may say, by their first word, the longest first."""
    phrases: dict[str, list[tuple[str, ...]]] = {}

    for names in _listed("public_names", "names").values():
        for name in names:
            for words in {tuple(name.split()), tuple(re.split(r"[ -]", name))}:
                phrases.setdefault(words[0], []).append(words)
    return {first: sorted(set(of_it), key=lambda words: -len(words)) for first, of_it in phrases.items()}


@lru_cache(maxsize=2)
def _faker(what: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Faker's names in Latin letters, those of them that are at home in Britain, and those in other scripts."""
    providers = importlib.import_module("faker.providers.person")
    latin: set[str] = set()
    home: set[str] = set()
    other: set[str] = set()
    for module in pkgutil.iter_modules(providers.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute) if what in attribute else None
            if not isinstance(names, list | tuple | dict):
                continue
            for name in names:
                if not isinstance(name, str):
                    continue
                small = name.casefold()
                if _LATIN_NAME.fullmatch(small):
                    latin.add(small)
                    if module.name in _ENGLISH:
                        home.add(small)
                elif len(small) > 1 and small[0] > "\u0370":
                    other.add(small)
    return frozenset(latin), frozenset(home), frozenset(other)


def names_in_other_scripts() -> frozenset[str]:
    return _faker("first_name")[2]


@lru_cache(maxsize=200_000)
def known(word: str) -> Known:
    """What is known of a word, given in small letters with straight apostrophes."""
    plain = _without_accents(word)
    public = (word,) in public_phrases().get(word, ())
    listed = (word in _given() or plain in _given()) and word not in FUNCTION_WORDS
    latin, home, _ = _faker("first_name")
    parts = word.split("-")
    if len(parts) > 1 and not listed and all(known(part).is_given or known(part).also for part in parts):
        listed = True
    both = _also_words().get(word, "")
    if both == "doing" and word not in _lexicon():
        listed, both = True, ""
    never = word in words_in("never_people")
    named = listed or (word in latin and word not in _towns())
    also = both or ("famous" if public and named and not never else "")
    if listed and not also and word in _lexicon() and word not in _at_home():
        also = "elsewhere"
    ordinary = (
        _is_contraction(word) or word in _field() or word in FUNCTION_WORDS or (not listed and _is_ordinary(word))
    )
    is_surname = word in _surnames() and word not in _field() and not never
    is_given = (
        not also
        and not never
        and (listed or not (public and word in _towns()))
        and word not in _field()
        and not _is_contraction(word)
        and (listed or ((word in latin or plain in latin) and not ordinary))
    )
    verb = word in _AUXILIARIES or _lexicon().get(word) in _PAST_OR_THIRD
    return Known(
        is_ordinary=ordinary,
        is_given=is_given,
        is_own=is_given and (listed or word in home),
        is_surname=is_surname,
        also=also,
        is_public=public,
        is_field=word in _field(),
        is_function=word in FUNCTION_WORDS or _is_contraction(word),
        is_verb=verb,
        may_be_name=is_given or is_surname or bool(also) or not ordinary,
    )


def _is_contraction(word: str) -> bool:
    return "'" in word and word.endswith(("n't", "'d", "'ll", "'ve", "'re", "'m", "'all"))


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.translate(_NO_ACCENT))
    return "".join(each for each in plain if not unicodedata.combining(each))


_NO_ACCENT = str.maketrans("łøđıð", "lodid")


def _is_ordinary(word: str) -> bool:
    lexicon = _lexicon()
    if word in lexicon:
        return True
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2 and word[: -len(ending)] + instead in lexicon:
            return True
    return "-" in word and all(part in lexicon or part in _field() for part in word.split("-"))


_ENDINGS = (
    ("'s", ""),
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
    ("ly", ""),
    ("ally", ""),
    ("ness", ""),
    ("less", ""),
    ("ful", ""),
    ("our", "or"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("lled", "led"),
    ("lling", "ling"),
    ("able", ""),
    ("ish", ""),
    ("y", ""),
)


@lru_cache(maxsize=50_000)
def is_widely_written(word: str) -> bool:
    """Whether everybody writes it, although no list has it."""
    from wordfreq import zipf_frequency

    return "'" not in word and zipf_frequency(word, "en", wordlist="small") >= _KNOWN


@lru_cache(maxsize=50_000)
def is_misspelt(word: str) -> bool:
    """Whether one slip of the hand makes an ordinary word of it, or everybody writes it."""
    from wordfreq import zipf_frequency

    if "'" in word:
        return False

    if zipf_frequency(word, "en", wordlist="small") >= _KNOWN:
        return True
    if not 5 < len(word) < 20:
        return False
    lexicon = _lexicon()
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    near = [left + right[1:] for left, right in cuts if right]
    near += [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    near += [left + letter + right[1:] for left, right in cuts if right for letter in letters]
    near += [left + letter + right for left, right in cuts for letter in letters]
    return any(each in lexicon and zipf_frequency(each, "en", wordlist="small") >= _COMMON for each in near)
