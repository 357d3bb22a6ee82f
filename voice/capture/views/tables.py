"""The tables of private spaces. What people say is sealed: see ``keys.py``."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Varchar
from piccolo.table import Table


class ViewLetter(Table, tablename="view_letter"):
    """A letter that opens a new, empty space, once. Nothing joins it to the space that was opened with it."""

    id = UUID(primary_key=True)
    code_hash = Varchar(32, unique=True)
    term = Varchar(11)
    expires_on = Date()


class ViewLetterCount(Table, tablename="view_letter_count"):
    """How many letters of a term were made, and how many have opened a space."""

    term = Varchar(11, primary_key=True)
    made = Integer()
    opened = Integer()


class ViewSpace(Table, tablename="view_space"):
    """A space. ``used_in`` is the month in which somebody last opened it, such as ``2026-11``."""

    id = UUID(primary_key=True)
    used_in = Varchar(7)


class ViewKey(Table, tablename="view_key"):
    """What one person opens the space with.

    ``held`` is sealed with the person's link, ``link`` with their code, ``told`` with the family's key.
    """

    id = UUID(primary_key=True)
    space = ForeignKey(ViewSpace, null=False)
    link_hash = Varchar(32, unique=True)
    code_hash = Varchar(32, unique=True)
    held = Text()
    link = Text()
    told = Text()


class View(Table, tablename="view"):
    """What somebody said in a space, sealed. ``ring`` says for whom: ``family``, ``shared``, or the id of a key."""

    id = UUID(primary_key=True)
    space = ForeignKey(ViewSpace, null=False)
    place = Integer()
    ring = Varchar(36)
    sealed = Text()


class ViewFile(Table, tablename="view_file"):
    """A recording, drawing or photo in the folder ``views``, sealed; what opens it is sealed too, as its view is."""

    id = UUID(primary_key=True)
    space = ForeignKey(ViewSpace, null=False)
    view = UUID()
    ring = Varchar(36)
    sealed = Text()
    bytes = Integer()


class HeardCount(Table, tablename="heard_count"):
    """How many people gave an answer to one of the four questions of “Was I heard?” in a term."""

    id = UUID(primary_key=True)
    term = Varchar(11)
    who = Varchar(20)
    test = Varchar(12)
    answer = Varchar(12)
    people = Integer()


TABLES = (ViewLetter, ViewLetterCount, ViewSpace, ViewKey, View, ViewFile, HeardCount)
