"""The group reads its report, corrects it and agrees to it: only then does what they said count.

Every function that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

import msgspec

from surveys import stored_files
from surveys.stored_files import KnownFile
from voice.capture.sessions import planning
from voice.capture.sessions.record import load_record
from voice.capture.sessions.report import APPROVED_BY, PERMITTED, Corrected, Line, Report, ReportProblem, report_of
from voice.capture.sessions.tables import Session, SessionReport
from voice.evidence.forgetting import forget
from voice.evidence.keeping import Form, NewVoice, keep
from voice.evidence.tables import Voice

AT_ONCE = 500
"""Voices of one statement: SQLite takes 999 values."""


async def load_report(id: uuid.UUID) -> tuple[Report, Corrected]:
    """The report as it is now, and the corrections that it follows from. Raises
    :class:`voice.capture.sessions.planning.UnknownSession`.
    """
    record = await load_record(id)
    row = await SessionReport.select().where(SessionReport.session == id).first()
    if row is None:
        return report_of(record, Corrected()), Corrected()
    corrected = msgspec.json.decode(row["corrected"], type=Corrected)
    return report_of(record, corrected, approved_on=row["approved_on"], approved_by=row["approved_by"]), corrected


async def keep_corrections(id: uuid.UUID, corrected: Corrected) -> None:
    """Keeps what the group corrected. Had they agreed before, they are asked again.

    What they no longer say is taken from the evidence at once; the other voices stay, as they agreed to those.
    """
    await _store(id, corrected)
    report, _ = await load_report(id)
    said = {line.id: line.text for line in report.lines}
    rows = await Voice.select(Voice.id, Voice.text).where(_of(id))
    await _withdraw([row["id"] for row in rows if said.get(row["id"]) != (row["text"] or "")])
    if report.record.stage == "approved":
        await Session.update({Session.stage: "ended"}).where(Session.id == id)
        await planning.count_up(id)


async def approve(
    id: uuid.UUID,
    *,
    by: str,
    permitted: str,
    files: Collection[KnownFile],
    today: dt.date,
    read: str | None = None,
) -> int:
    """Makes voices of what stands in the report, in place of those made before; returns how many there are.

    ``by`` is one of ``APPROVED_BY``; ``files`` are those that may be kept; ``read`` is the mark of the report as they
    read it. Raises :class:`ReportProblem`, and then nothing has changed.
    """
    report, corrected = await load_report(id)
    if report.record.stage not in ("ended", "approved"):
        raise ReportProblem("not_ended")
    if read is not None and read != report.mark:
        raise ReportProblem("changed")
    if by not in APPROVED_BY:
        raise ReportProblem("who_agreed", "by")
    chosen = next((each for each in PERMITTED if each == permitted), None)
    if chosen is None:
        raise ReportProblem("permitted", "permitted")
    await _store(
        id, msgspec.structs.replace(corrected, permitted=chosen, agreed=report.mark), approved_on=today, approved_by=by
    )
    await Session.update({Session.stage: "approved"}).where(Session.id == id)
    await planning.count_up(id)
    voices = voices_of((await load_report(id))[0], {file.id for file in files})
    agreed = {(voice.id, voice.text, voice.permitted) for voice in voices}
    before = await Voice.select(Voice.id, Voice.text, Voice.permitted).where(_of(id))
    await _withdraw([row["id"] for row in before if (row["id"], row["text"], row["permitted"]) not in agreed])
    await keep(voices)
    heard = {voice.file for voice in voices}
    await stored_files.know([file for file in files if file.id in heard])
    return len(voices)


def _of(session: uuid.UUID) -> Any:
    return (Voice.source == "session") & (Voice.origin == session)


async def _store(
    id: uuid.UUID, corrected: Corrected, *, approved_on: dt.date | None = None, approved_by: str = ""
) -> None:
    await SessionReport.delete().where(SessionReport.session == id)
    await SessionReport.insert(
        SessionReport(
            session=id,
            corrected=msgspec.json.encode(corrected).decode(),
            approved_on=approved_on,
            approved_by=approved_by,
        )
    )


async def _withdraw(voices: list[uuid.UUID]) -> None:
    """Takes voices out of the evidence, with what was suggested, decided and translated for them."""
    for start in range(0, len(voices), AT_ONCE):
        some = voices[start : start + AT_ONCE]
        files = await Voice.select(Voice.file).where(Voice.id.is_in(some), Voice.file.is_not_null())
        await stored_files.forget([row["file"] for row in files])
        await Voice.delete().where(Voice.id.is_in(some))
        await forget(some)


def voices_of(report: Report, files: Collection[uuid.UUID]) -> list[NewVoice]:
    """What the group agreed to, as voices. ``files`` are those that may be kept."""
    plan = report.record.plan
    return [
        NewVoice(
            id=line.id,
            source="session",
            origin=report.record.id,
            said_on=plan.held_on.isoformat(),
            language=line.language,
            respondent_kind=plan.respondent_kind,
            said_by=line.said_by,
            asked=section.activity.title,
            concept=line.column or section.activity.kind,
            text=line.text or None,
            form=_form(line, files),
            file=line.file if line.file in files else None,
            age_band=report.record.age_band,
            setting=plan.setting,
            heard_by=plan.heard_by,
            permitted=report.permitted,
        )
        for section in report.sections
        for line in section.shown
        if line.text or line.picture or line.file in files
    ]


def _form(line: Line, files: Collection[uuid.UUID]) -> Form:
    if line.file in files:
        return line.form
    return "symbols" if line.picture and not line.text else "text"
