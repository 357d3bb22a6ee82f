"""The code frame in its versions, what people decided about voices, and what is said of each theme.

What the machine suggests stands in ``voice/evidence/tables.py`` (``Suggestion``, ``SuggestedMention``), apart from what
people decided.
"""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Varchar
from piccolo.table import Table

from voice.people.tables import Member


class FrameVersion(Table, tablename="code_frame_version"):
    """The partnership's code frame as it stood from ``made_on`` on. A version that was in use never changes.

    ``themes`` is JSON, a list of objects with ``theme_id``, ``theme``, ``description``, ``keywords`` (a list) and
    ``part`` (the heading it stands under in the frame, may be empty). ``state`` is ``draft``, ``in_use`` (one at most
    of each) or ``former``. Before anybody made one, the frame that comes with the product is in use, as version 0.
    """

    number = Integer(primary_key=True)
    state = Varchar(10)
    themes = Text()
    note = Text()
    made_by = ForeignKey(Member, null=False)
    made_on = Date()


class FrameChange(Table, tablename="code_frame_change"):
    """One step from the version before to ``version``.

    ``kind`` is ``add``, ``remove``, ``rename``, ``describe`` (description or keywords), ``move`` (under another part),
    ``split`` or ``merge``. ``before`` and ``after`` are theme ids joined by ``;``. Where ``breaks``, numbers of
    the themes after cannot be compared with numbers of the themes before. ``step`` is the change as a whole, as JSON:
    see ``voice/themes/changes.py``.
    """

    id = UUID(primary_key=True)
    version = Integer(index=True)
    position = Integer()
    kind = Varchar(10)
    before = Text()
    after = Text()
    breaks = Boolean()
    note = Text()
    step = Text()


class ThemeDecision(Table, tablename="theme_decision"):
    """Something a person decided about a voice. Rows are only ever added: together they are its history.

    ``kind`` is ``accept``, ``add``, ``reject`` (each of one ``theme_id``), ``none_fits``, ``sentiment``, ``urgent`` or
    ``quotable`` (``value`` says which or ``yes``/``no``). What was decided at once ends with ``settled``, whose
    ``value`` says whether the voice is done; ``undone`` takes back what was decided at once before it.
    :class:`VoiceCoding` follows from these rows alone. ``suggested`` is what the machine suggested at that moment, ids
    joined by ``;``, and ``engine`` which machine. ``place`` orders the decisions. ``act`` is the same for what was
    decided at once about all voices of a campaign, and empty for a voice alone.
    """

    place = Integer(primary_key=True)
    voice = UUID(index=True)
    kind = Varchar(12)
    theme_id = Varchar(120)
    value = Varchar(20)
    suggested = Text()
    engine = Varchar(40)
    frame = Integer()
    decided_by = ForeignKey(Member, null=False)
    decided_on = Date()
    act = UUID(null=True, default=None, index=True)


class VoiceCoding(Table, tablename="voice_coding"):
    """How a voice stands after a person decided: it counts in place of the suggestion.

    ``themes`` are ids joined by ``;``, empty when none fits. ``sentiment`` and ``urgent`` (``yes``, ``no``) are empty
    where nobody decided: the suggestion counts. ``settled`` is false while only some of it was decided.
    """

    voice = UUID(primary_key=True)
    themes = Text()
    sentiment = Varchar(20)
    urgent = Varchar(5)
    quotable = Varchar(5)
    settled = Boolean()
    frame = Integer()
    decided_by = ForeignKey(Member, null=False)
    decided_on = Date()


class VoiceCampaign(Table, tablename="voice_campaign"):
    """A voice of a campaign: words that several people sent nearly alike. ``first`` is the voice that stands for all.

    Where ``apart``, a person said that it is no copy: then it stands for itself, and ``first`` is its own id.
    """

    voice = UUID(primary_key=True)
    first = UUID(index=True)
    apart = Boolean()


class CampaignSearch(Table, tablename="campaign_search"):
    """Among how many voices of a term we looked for campaigns last."""

    term = Varchar(11, primary_key=True)
    voices = Integer()


class CoderSample(Table, tablename="coder_sample"):
    """Voices that two people code without seeing each other's themes, or the machine's.

    ``seed`` is what they were drawn with: the same voices and the same seed give the same sample.
    """

    id = UUID(primary_key=True)
    name = Varchar(120)
    term = Varchar(11)
    frame = Integer()
    first = ForeignKey(Member, null=False)
    second = ForeignKey(Member, null=False)
    drawn_on = Date()
    seed = Varchar(40)


class SampleCoding(Table, tablename="sample_coding"):
    """What a coder of a sample gave a voice: ids joined by ``;``. ``coded`` is false until then.

    ``coder`` is ``first``, ``second``, or ``agreed`` for what they agreed on when they talked it through.
    """

    id = UUID(primary_key=True)
    sample = UUID(index=True)
    voice = UUID(index=True)
    position = Integer()
    coder = Varchar(6)
    themes = Text()
    coded = Boolean()


class NewThemeOffer(Table, tablename="new_theme_offer"):
    """A group of voices that no theme fits, offered as a new theme.

    ``words`` are its distinctive words, joined by ``;``; ``voices``, ``typical`` and ``atypical`` ids of voices, joined
    by ``;``. ``state`` is ``offered``, ``accepted``, ``merged`` (into ``theme_id``) or ``rejected``.
    """

    id = UUID(primary_key=True)
    term = Varchar(11)
    name = Varchar(120)
    words = Text()
    voices = Text()
    typical = Text()
    atypical = Text()
    state = Varchar(10)
    theme_id = Varchar(120)
    decided_by = ForeignKey(Member, null=True, default=None)
    decided_on = Date(null=True, default=None)


class NewThemeSearch(Table, tablename="new_theme_search"):
    """The last look for new themes in a term, or in all of them (empty): among so many voices that no theme of version
    ``frame`` fits. ``remainder`` of them stand in no group."""

    id = UUID(primary_key=True)
    term = Varchar(11)
    frame = Integer()
    voices = Integer()
    remainder = Integer()
    looked_by = ForeignKey(Member, null=False)
    looked_on = Date()


class ThemeHeading(Table, tablename="theme_heading"):
    """A theme filed under a heading of a framework: SEF descriptors, outcomes, I statements, or one of their own.

    ``framework`` is the code of one that comes with the product, or the name of one of their own; ``heading`` are its
    words. An empty ``theme_id`` says only that there is such a heading.
    """

    id = UUID(primary_key=True)
    framework = Varchar(40)
    heading = Varchar(200)
    theme_id = Varchar(120)


class ThemeSummary(Table, tablename="theme_summary"):
    """What people say about a theme in a term, built from their own sentences, and released by a person.

    ``says`` is JSON: the sentences chosen, the voices of quotes that span the range, and of one that disagrees.
    ``numbers`` is JSON: the figures as they stood when it was released. ``promised`` is what was promised, in the
    words of whoever wrote it here. While ``released_by`` is empty it is a draft, and only staff see it. ``number``
    counts the releases of a term and theme: the last one is shown, the others are its history. It is 0 for the draft.
    ``role`` is that of ``released_by`` on that day.
    """

    id = UUID(primary_key=True)
    term = Varchar(11)
    theme_id = Varchar(120)
    frame = Integer()
    says = Text()
    numbers = Text()
    promised = Text()
    released_by = ForeignKey(Member, null=True, default=None)
    released_on = Date(null=True, default=None)
    number = Integer()
    role = Varchar(20)


TABLES = (
    FrameVersion,
    FrameChange,
    ThemeDecision,
    VoiceCoding,
    VoiceCampaign,
    CampaignSearch,
    CoderSample,
    SampleCoding,
    NewThemeOffer,
    NewThemeSearch,
    ThemeHeading,
    ThemeSummary,
)
