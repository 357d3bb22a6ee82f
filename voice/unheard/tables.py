"""The tables of who there is: counts of groups, never a person."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Varchar
from piccolo.table import Table


class PopulationFile(Table, tablename="population_file"):
    """A file of figures that was taken in. ``number`` orders them; of each dimension the newest file counts.

    ``source`` and ``year`` say whose figures they are and of when, in the words of who sent them in.
    """

    id = UUID(primary_key=True)
    number = Integer(unique=True)
    filename = Varchar(200)
    source = Varchar(200)
    year = Varchar(40)
    taken_in_on = Date()
    taken_in_by = UUID()


class PopulationCount(Table, tablename="population_count"):
    """How many ``people`` there are of one group; empty where the source hides its number.

    ``category`` is one of ours, ``others``, ``total``, or for settings and areas the name as it is compared;
    ``wording`` is what the file calls it. Several wordings may mean one category.
    """

    id = UUID(primary_key=True)
    file = ForeignKey(PopulationFile, null=False)
    dimension = Varchar(12)
    category = Varchar(120)
    wording = Varchar(120)
    people = Integer(null=True, default=None)


class PopulationMeaning(Table, tablename="population_meaning"):
    """What a column or a group of a file means, kept for the next file.

    ``about`` is the fingerprint of the headings for a column, and the dimension for a group.
    """

    id = UUID(primary_key=True)
    about = Varchar(64)
    wording = Varchar(200)
    means = Varchar(120)


TABLES = (PopulationFile, PopulationCount, PopulationMeaning)
