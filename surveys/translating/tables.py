"""Words that translators changed, words that readers confirmed, and translations of what people said."""

from __future__ import annotations

from piccolo.columns import UUID, Date, Text, Varchar
from piccolo.table import Table


class ChangedWording(Table, tablename="changed_wording"):
    """The words of a message in a language, in place of the catalog's.

    ``source`` is the English that they translate and ``forms`` the words, both as a JSON list.
    """

    id = UUID(primary_key=True)
    language = Varchar(10)
    message = Varchar(16)
    source = Text()
    forms = Text()
    changed_by = Varchar(120)
    changed_on = Date()


class CheckedWording(Table, tablename="checked_wording"):
    """A named reader has confirmed the words whose hash this is; other words are not confirmed by it."""

    id = UUID(primary_key=True)
    language = Varchar(10)
    message = Varchar(16)
    text_hash = Varchar(16)
    checked_by = Varchar(120)
    checked_on = Date()


class TranslatedText(Table, tablename="translated_text"):
    """What a person said, in another language. The answer itself stays as it was written.

    ``answer`` is the id of an answer or of any other voice.
    ``made_by`` is ``person`` or ``machine``, ``name`` is whose or which.
    """

    id = UUID(primary_key=True)
    answer = UUID()
    language = Varchar(10)
    text = Text()
    made_by = Varchar(10)
    name = Varchar(120)
    made_on = Date()


TABLES = (ChangedWording, CheckedWording, TranslatedText)
