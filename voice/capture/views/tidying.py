"""What time brings to private spaces: those that nobody opens go, with letters that nobody used and files left over."""

from __future__ import annotations

import datetime as dt
import uuid

from voice.capture.views import letters, sealed_files, spaces
from voice.capture.views.spaces import MONTHS_KEPT
from voice.settings import Settings
from voice.storage import Store


async def keep_spaces_tidy(store: Store, settings: Settings, *, today: dt.date) -> None:
    folder = sealed_files.folder_of(settings)
    oldest = _month_before(today, MONTHS_KEPT)
    for space in await store.read(lambda: spaces.unused_since(oldest)):
        files: list[uuid.UUID] = await store.write(lambda space=space: spaces.end_space(space))  # type: ignore[misc]
        await sealed_files.remove(folder, files)
    await store.write(lambda: letters.clear_old(today=today))
    await sealed_files.remove_unsaid(store, folder)


def _month_before(today: dt.date, months: int) -> str:
    """The month that many months ago, such as ``2024-11``."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return f"{years}-{month + 1:02}"
