"""All tables of the product, and the engine they use."""

from __future__ import annotations

from typing import Any

from piccolo.engine.base import Engine

import surveys.asking_less.tables
import surveys.invitations.tables
import surveys.ledger.tables
import surveys.tables
import surveys.translating.tables
import voice.actions.tables
import voice.audit.tables
import voice.backups.tables
import voice.capture.drop_box.tables
import voice.capture.reviews.tables
import voice.capture.sessions.tables
import voice.capture.views.tables
import voice.disclosing.tables
import voice.evidence.tables
import voice.findings.tables
import voice.people.tables
import voice.people.ways_in
import voice.privacy.tables
import voice.programs.tables
import voice.published.tables
import voice.rate_limits.tables
import voice.safeguarding.tables
import voice.themes.tables
import voice.unheard.tables

TABLES = (
    surveys.tables.TABLES
    + surveys.translating.tables.TABLES
    + surveys.ledger.tables.TABLES
    + surveys.asking_less.tables.TABLES
    + surveys.invitations.tables.TABLES
    + voice.people.tables.TABLES
    + voice.people.ways_in.TABLES
    + voice.evidence.tables.TABLES
    + voice.findings.tables.TABLES
    + voice.capture.sessions.tables.TABLES
    + voice.capture.views.tables.TABLES
    + voice.capture.reviews.tables.TABLES
    + voice.capture.drop_box.tables.TABLES
    + voice.programs.tables.TABLES
    + voice.safeguarding.tables.TABLES
    + voice.themes.tables.TABLES
    + voice.published.tables.TABLES
    + voice.actions.tables.TABLES
    + voice.unheard.tables.TABLES
    + voice.disclosing.tables.TABLES
    + voice.rate_limits.tables.TABLES
    + voice.audit.tables.TABLES
    + voice.privacy.tables.TABLES
    + voice.backups.tables.TABLES
)


def bind_tables(engine: Engine[Any]) -> None:
    """Lets every table use ``engine``, in place of the one it used before."""
    for table in TABLES:
        table._meta.db = engine
