"""What time brings: drafts and answers whose time is over go, and a new term opens its rounds."""

from __future__ import annotations

import asyncio

from surveys import contact_wishes, drafts, references, stopping
from surveys.ledger import recording, sensitive
from surveys.publishing import roll_over
from voice.audit.keeping import cut_what_is_over
from voice.audit.sealing import seal_and_note
from voice.backups import erased
from voice.backups.taking import clear_what_was_left
from voice.capture.arriving import leave_no_order, remove_unused
from voice.capture.drop_box.forgetting import forget_what_expired
from voice.capture.views.tidying import keep_spaces_tidy
from voice.capture.waiting_files import WaitingFiles
from voice.evidence.forgetting import forget_what_is_over
from voice.inviting.working import keep_invitations_tidy
from voice.parts import Parts
from voice.people import devices
from voice.safeguarding.deciding import forget_old_words
from voice.storage.files import FileFolder
from voice.translators import speak_as_translated


async def keep_tidy(parts: Parts) -> None:
    today = parts.today

    async def run_out() -> None:
        await stopping.count_those_that_run_out(today=today)
        await drafts.clear_expired(today=today)

    await parts.store.write(run_out)
    while await parts.store.write(references.refer_to_some):
        pass  # those that were stored before references were kept
    await parts.store.write(lambda: contact_wishes.clear_old(today=today))
    if await parts.store.write(lambda: roll_over(today=today)):
        parts.rounds.forget()
    await asyncio.to_thread(WaitingFiles(parts.settings.data).clear)
    await asyncio.to_thread(clear_what_was_left, parts.settings.data)
    await parts.tries.forget_old()
    await speak_as_translated(parts.store)
    folder = FileFolder(parts.settings.data)
    await forget_what_is_over(parts.store, folder, today=today)
    await forget_what_expired(parts.store, today=today)
    await remove_unused(parts.store, folder)
    await leave_no_order(folder)
    await keep_spaces_tidy(parts.store, parts.settings, today=today)
    await keep_invitations_tidy(parts)
    await parts.store.write(lambda: devices.forget_expired(today=today))
    await parts.store.write(lambda: sensitive.forget_over(today=today))
    await parts.store.write(lambda: recording.clear_old(today=today))
    await parts.store.write(lambda: forget_old_words(today=today))
    await parts.store.write(lambda: erased.clear_old(today=today))
    await cut_what_is_over(parts.store, now=parts.clock())
    await seal_and_note(parts.store, parts.settings.data, now=parts.clock())
