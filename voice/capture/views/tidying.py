"""What time brings to private spaces: those that nobody opens go, with letters that nobody used and files left over."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from voice.capture.views import letters, sealed_files, spaces
from voice.capture.views.spaces import MONTHS_KEPT
from voice.privacy import forgotten
from voice.settings import Settings
from voice.storage import Store


async def keep_spaces_tidy(store: Store, settings: Settings, *, today: dt.date) -> None:
    folder = sealed_files.folder_of(settings)
    oldest = _month_before(today, MONTHS_KEPT)
    for space in await store.read(lambda: spaces.unused_since(oldest)):
        files = await store.write(partial(_end, space, today))
        await sealed_files.remove(folder, files)
    await store.write(lambda: letters.clear_old(today=today))
    await sealed_files.remove_unsaid(store, folder)


async def _end(space: uuid.UUID, today: dt.date) -> list[uuid.UUID]:
    files = await spaces.end_space(space)
    await forgotten.note("time", "private spaces", today=today, people=1, files=len(files))
    return files


def _month_before(today: dt.date, months: int) -> str:
    """The month that many months ago, such as ``2024-11``."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return f"{years}-{month + 1:02}"
