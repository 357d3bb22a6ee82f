"""The tables of asking. The schema itself is in ``surveys/migrations``; a test holds the two together."""

from __future__ import annotations

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Survey(Table, tablename="survey"):
    id = UUID(primary_key=True)
    slug = Varchar(80, unique=True)


class SurveyVersion(Table, tablename="survey_version"):
    """A published document. The database refuses to change or delete a row."""

    id = UUID(primary_key=True)
    survey = ForeignKey(Survey, null=False)
    number = Integer()
    digest = Varchar(32)
    document = Text()
    published_on = Date()


class SurveyRound(Table, tablename="survey_round"):
    """A version in a term. ``link`` is empty for answers that were collected elsewhere."""

    id = UUID(primary_key=True)
    version = ForeignKey(SurveyVersion, null=False)
    term = Varchar(11)
    identity_mode = Varchar(12)
    link = Varchar(40, null=True, default=None, unique=True)
    opens_on = Date(null=True, default=None)
    closes_on = Date(null=True, default=None)


class Draft(Table, tablename="draft"):
    """Answers that are not sent yet. Gone when they are sent; emptied when they expire."""

    id = UUID(primary_key=True)
    round = ForeignKey(SurveyRound, null=False)
    language = Varchar(10)
    shared_device = Boolean()
    answers = Text()
    code_hash = Varchar(32)
    sealed_key = Varchar(32)
    expires_on = Date()
    mode = Varchar(20)
    said_by = Varchar(20)
    class_session = UUID(null=True, default=None)


class ClassSession(Table, tablename="class_session"):
    """A class or group that answers together on one ``day``. ``begun`` and ``sent`` count people."""

    id = UUID(primary_key=True)
    round = ForeignKey(SurveyRound, null=False)
    setting = Varchar(120)
    code_hash = Varchar(32, unique=True)
    day = Date()
    ended = Boolean()
    begun = Integer()
    sent = Integer()
    started_by = UUID()


class Submission(Table, tablename="submission"):
    """One person's answers as they were sent. ``submitted_at`` is a month, a day or a time: see ``identity.py``.

    ``setting`` is the school, college or club of a class that answered together. ``reference`` follows from the id: it
    stands on the receipt, and finds the answers again (see ``references.py``). It is empty only between the step that
    brought it and the start after.
    """

    id = UUID(primary_key=True)
    round = ForeignKey(SurveyRound, null=False)
    language = Varchar(10)
    mode = Varchar(20)
    respondent_kind = Varchar(20)
    submitted_at = Varchar(20)
    digest = Varchar(32)
    said_by = Varchar(20)
    setting = Varchar(120, null=True, default=None)
    reference = Varchar(9, null=True, default=None)


class Answer(Table, tablename="answer"):
    """One answer, one row: a stable ``code``, ``text`` in the ``language`` it was written in, or a ``file``.

    An answer that says several things has them in ``answer_part``.
    """

    id = UUID(primary_key=True)
    submission = ForeignKey(Submission, null=False)
    concept = Varchar(120)
    code = Varchar(80, null=True, default=None)
    text = Text(null=True, default=None)
    language = Varchar(10)
    file = UUID(null=True, default=None)


class AnswerPart(Table, tablename="answer_part"):
    """One of several choices, a rank (``place`` 1 is the first), or a picture (``item``) and where it was sorted."""

    id = UUID(primary_key=True)
    answer = ForeignKey(Answer, null=False)
    place = Integer()
    item = Varchar(80)
    value = Varchar(80, null=True, default=None)


class StoppingPoint(Table, tablename="stopping_point"):
    """Of people whose saved answers ran out, how many ``reached`` a question and ``stopped`` there: ``stopping.py``."""

    id = UUID(primary_key=True)
    round = ForeignKey(SurveyRound, null=False)
    concept = Varchar(120)
    reached = Integer()
    stopped = Integer()


class StoredFile(Table, tablename="stored_file"):
    """What is known of a file in the folder of files: nothing of who made it or when."""

    id = UUID(primary_key=True)
    media_type = Varchar(60)
    bytes = Integer()
    seconds = Integer(null=True, default=None)


class BankConcept(Table, tablename="concept"):
    """A question of the bank: see ``surveys/bank``. ``details`` is what a query never asks for, as JSON."""

    code = Varchar(120, primary_key=True)
    kind = Varchar(20)
    audience = Varchar(20)
    period = Varchar(20)
    owner = Varchar(120)
    good_for_months = Integer()
    details = Text()
    created_on = Date()
    retired_on = Date(null=True, default=None)
    follows = Varchar(120, null=True, default=None)


class ConceptWording(Table, tablename="concept_wording"):
    """The words of a concept in one edition, as JSON by language; ``findable`` are the same, folded for searching.

    Not a row for each language: a bank begins with thousands of them.
    """

    id = UUID(primary_key=True)
    concept = Varchar(120)
    edition = Varchar(20)
    wordings = Text()
    findable = Text()


class ConceptChange(Table, tablename="concept_change"):
    """One change of a concept. The database refuses to change or delete a row.

    ``changed_by`` is a member's id, and empty for what the product brought itself. ``number`` counts the
    changes of a concept.
    """

    id = UUID(primary_key=True)
    concept = Varchar(120)
    number = Integer()
    changed_at = Timestamptz()
    changed_by = UUID(null=True, default=None)
    what = Varchar(120)
    edition = Varchar(20)
    language = Varchar(10)
    before = Text()
    after = Text()


class ContactWish(Table, tablename="contact_wish"):
    """Who would like to hear from us, sealed: see ``contact_wishes.py``. ``month`` is such as ``2026-11``."""

    id = UUID(primary_key=True)
    survey = Varchar(80)
    month = Varchar(7)
    sealed = Text()


class WhoAnswered(Table, tablename="who_answered"):
    """Who gave confidential answers and when, sealed: see ``who_answered.py``. The id leads to no answers without the
    secret of this installation."""

    id = UUID(primary_key=True)
    round = ForeignKey(SurveyRound, null=False)
    sealed = Text()


class SurveyDraft(Table, tablename="survey_draft"):
    """A survey in the making. ``stage`` is ``draft``, ``in_review``, ``published`` or ``discarded``;
    ``version`` what became of it.

    ``identity_mode`` is how its answers shall be kept; ``based_on`` says where it began: see ``building/starting.py``.
    ``stale`` are the words that are older than their English, as JSON: see ``building/stale.py``.
    """

    id = UUID(primary_key=True)
    slug = Varchar(80)
    document = Text()
    revision = Integer()
    stage = Varchar(12)
    identity_mode = Varchar(12, null=True, default=None)
    based_on = Varchar(200)
    changed_by = UUID(null=True, default=None)
    changed_at = Timestamptz()
    review_asked_by = UUID(null=True, default=None)
    stale = Text(default="[]")
    version = ForeignKey(SurveyVersion, null=True, default=None)


class SurveyDraftChange(Table, tablename="survey_draft_change"):
    """One save of a draft. The database refuses to change or delete a row."""

    id = UUID(primary_key=True)
    draft = ForeignKey(SurveyDraft, null=False)
    revision = Integer()
    changed_by = UUID(null=True, default=None)
    changed_at = Timestamptz()
    what = Varchar(40)
    about = Varchar(120)
    before = Text()
    after = Text()


class SurveyDraftReason(Table, tablename="survey_draft_reason"):
    """Why something that the readiness list names is left as it is. ``problem`` is the digest of what it names."""

    id = UUID(primary_key=True)
    draft = ForeignKey(SurveyDraft, null=False)
    problem = Varchar(32)
    reason = Text()
    given_by = UUID(null=True, default=None)
    given_at = Timestamptz()


class PaperStack(Table, tablename="paper_stack"):
    """A stack of paper forms that is being typed in: see ``paper_stacks.py``. Nothing joins it to what was stored.

    ``sheets`` were begun, ``taken_in`` are stored, ``not_readable`` counts single answers on them.
    """

    id = UUID(primary_key=True)
    round = ForeignKey(SurveyRound, null=False)
    started_on = Date()
    typed_twice = Boolean()
    sheets = Integer()
    taken_in = Integer()
    not_readable = Integer()


class PaperSheet(Table, tablename="paper_sheet"):
    """A form that was typed and waits for a second person, as JSON. Gone when it is taken in."""

    id = UUID(primary_key=True)
    stack = ForeignKey(PaperStack, null=False)
    number = Integer()
    first = Text()
    first_by = UUID()
    second = Text(null=True, default=None)


class ImportMapping(Table, tablename="import_mapping"):
    """What the columns of a file were used for, remembered for the next file with the same headers."""

    id = UUID(primary_key=True)
    fingerprint = Varchar(64, unique=True)
    survey = Varchar(80)
    mapping = Text()


class ImportedFile(Table, tablename="imported_file"):
    """A file that was taken in, with what came of it. The file itself is not kept."""

    id = UUID(primary_key=True)
    survey = Varchar(80)
    filename = Varchar(200)
    imported_on = Date()
    rows = Integer()
    added = Integer()
    known_already = Integer()
    not_read = Integer()


TABLES = (
    Survey,
    SurveyVersion,
    SurveyRound,
    Draft,
    ClassSession,
    Submission,
    Answer,
    AnswerPart,
    StoppingPoint,
    StoredFile,
    ContactWish,
    WhoAnswered,
    BankConcept,
    ConceptWording,
    ConceptChange,
    SurveyDraft,
    SurveyDraftChange,
    SurveyDraftReason,
    PaperStack,
    PaperSheet,
    ImportMapping,
    ImportedFile,
)
