"""Finding concepts by their words, in any language and script."""

from __future__ import annotations

from analysis.tokens import folded, normalised
from surveys.tables import ConceptWording

LONGEST_SEARCH = 200
MOST_WORDS = 8


def search_words(text: str) -> list[str]:
    """What is looked for: the parts of a search without case and accents."""
    return folded(normalised(text.replace("\x00", "")[:LONGEST_SEARCH])).split()[:MOST_WORDS]


async def search(text: str) -> set[str]:
    """The codes of the concepts of which one wording, or the code, contains every part of ``text``.

    Retired ones too. Runs inside a unit; an empty search finds nothing.
    """
    parts = search_words(text)
    if not parts:
        return set()
    where = " AND ".join(["\"findable\" LIKE {} ESCAPE '!'"] * len(parts))
    rows = await ConceptWording.raw(
        f'SELECT DISTINCT "concept" FROM "concept_wording" WHERE {where}',  # noqa: S608 - the parts are values
        *(f"%{_plain(part)}%" for part in parts),
    )
    return {str(row["concept"]) for row in rows}


def _plain(part: str) -> str:
    """The part with what LIKE would take for a pattern marked as meant so."""
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_")
