"""Words of the question bank that officers wrote themselves, as messages to translate part by part.

The bank takes the words of a question only when they are whole: its title, all its options and places, both ends of a
scale, and what each hard word means. Until then, what was translated waits as changed wordings.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence

import msgspec

from surveys.bank import changing, reading
from surveys.bank.checking import BankProblem
from surveys.bank.concepts import Concept, Explained, Wording
from surveys.document import Edition
from surveys.tables import ConceptChange
from surveys.translating.catalogs import Entry
from surveys.translating.messages import Message, catalog_message

_CONTEXT = "question bank"
_SOURCE = "en"


class BankPlace(msgspec.Struct, frozen=True):
    """``part`` is ``title``, ``help``, ``label:CODE``, ``end:0``, ``word:CODE``, ``meaning:CODE`` and so on."""

    concept: str
    edition: Edition
    part: str

    @property
    def context(self) -> str:
        return " / ".join((_CONTEXT, self.concept, self.edition, self.part))


def place_of(message: Message) -> BankPlace | None:
    """Where in the bank a message stands; ``None`` for a message of the catalogs."""
    named = message.context.split(" / ")
    if len(named) != 4 or named[0] != _CONTEXT:
        return None
    return BankPlace(named[1], "standard" if named[2] == "standard" else "easy_read", named[3])


def parts_of(wording: Wording) -> dict[str, str]:
    """The words by part, without those that are empty."""
    parts = {"title": wording.title, "help": wording.help, "picture_alt": wording.picture_alt}
    for what, words in (("label", wording.labels), ("alt", wording.alts), ("place", wording.places)):
        parts |= {f"{what}:{code}": text for code, text in words.items()}
    parts |= {f"end:{n}": text for n, text in enumerate(wording.ends or ())}
    for each in wording.hard_words:
        parts |= {f"word:{each.code}": each.word, f"meaning:{each.code}": each.meaning}
    return {part: text for part, text in parts.items() if text.strip()}


def picture_beside(concept: Concept, part: str) -> tuple[str, str]:
    """The symbol and the stored picture that stand beside these words: their option's, or the question's."""
    what, _, code = part.partition(":")
    options = concept.places if what == "place" else concept.options if what in ("label", "alt") else ()
    option = next((each for each in options if each.code == code), None)
    if option and (option.symbol or option.picture):
        return option.symbol, option.picture
    return concept.symbol, concept.picture


def wording_of(parts: Mapping[str, str], *, audio: str = "") -> Wording:
    """The words that have these parts: the other way round of ``parts_of``."""

    def those(what: str) -> dict[str, str]:
        return {part.partition(":")[2]: text for part, text in parts.items() if part.startswith(f"{what}:")}

    words, meanings, ends = those("word"), those("meaning"), those("end")
    return Wording(
        title=parts.get("title", ""),
        help=parts.get("help", ""),
        labels=those("label"),
        alts=those("alt"),
        places=those("place"),
        ends=(ends.get("0", ""), ends.get("1", "")) if ends else None,
        hard_words=tuple(Explained(words.get(code, ""), meanings.get(code, ""), code) for code in words | meanings),
        audio=audio,
        picture_alt=parts.get("picture_alt", ""),
    )


async def bank_entries(language: str, known: Collection[str], concepts: Sequence[Concept] | None = None) -> list[Entry]:
    """The bank's own words in a language. ``known`` is the English of the catalogs, which is translated there;
    ``concepts`` are those of the bank, where they have been read already.

    Words are old when their English was changed after they were. Runs inside a unit of the store.
    """
    changed = await _last_changes(language)
    entries = []
    for concept in concepts or await reading.concepts(languages=(_SOURCE, language)):
        for edition in concept.editions:
            english = concept.wording(edition, _SOURCE)
            said = concept.wording(edition, language)
            words = parts_of(said) if said else {}
            for part, text in (parts_of(english) if english else {}).items():
                if text in known:
                    continue
                message = catalog_message([text], context=BankPlace(concept.code, edition, part).context)
                of = (concept.code, edition, _step_of(part))
                number, before = changed.get((*of, _SOURCE), (0, ""))
                is_old = part in words and number > changed.get((*of, language), (0, ""))[0]
                entries.append(
                    Entry(message, (words.get(part, ""),), None, is_old, (before,) if is_old and before else ())
                )
    return entries


def _step_of(part: str) -> str:
    """What the history of the bank calls a change of this part."""
    return {"end": "ends", "word": "hard_words", "meaning": "hard_words"}.get(part.partition(":")[0], part)


async def _last_changes(language: str) -> dict[tuple[str, str, str, str], tuple[int, str]]:
    """By concept, edition, what was changed, and language: the last change's number, and what stood there before."""
    rows = await (
        ConceptChange.select(
            ConceptChange.concept,
            ConceptChange.edition,
            ConceptChange.what,
            ConceptChange.language,
            ConceptChange.number,
            ConceptChange.before,
        )
        .where(ConceptChange.language.is_in([_SOURCE, language]))
        .order_by(ConceptChange.number)
    )
    return {
        (row["concept"], row["edition"], row["what"], row["language"]): (row["number"], row["before"]) for row in rows
    }


async def put_into_bank(
    place: BankPlace, language: str, waiting: Mapping[str, str], *, by: uuid.UUID | None, now: dt.datetime
) -> bool:
    """Gives the concept its words together with those that were ``waiting`` (by part), and says whether it took them.

    It does not while they are not whole. Runs inside a unit of the store.
    """
    concept = await reading.concept(place.concept)
    if concept is None or concept.is_retired:
        return False
    before = concept.wording(place.edition, language)
    parts = {**(parts_of(before) if before else {}), **waiting}
    wording = wording_of(parts, audio=before.audio if before else "")
    try:
        await changing.change_wording(place.concept, place.edition, language, wording, by=by, now=now)
    except BankProblem:
        return False
    return True
