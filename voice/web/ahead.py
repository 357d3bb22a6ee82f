"""What whoever looks first would have to wait for, made ready before they come."""

from __future__ import annotations

import asyncio
import logging

from voice.fatigue.expecting import read_ahead
from voice.fatigue.keeping import MODEL, folder_of, measure_again
from voice.findings.briefing import briefing
from voice.parts import Parts
from voice.web.lead.families_said import draw_ahead
from voice.web.pages import environment

SECONDS_BETWEEN_DRAWING = 600
SECONDS_BETWEEN_MEASURING = 900

log = logging.getLogger("voice.web")


async def make_ready(parts: Parts) -> None:
    """Compiles every page, one after the other beside what the server does; then counts the answers for the lead's
    page and draws its clouds, now and again when new voices were read, for as long as the server runs."""
    for name in environment().list_templates(extensions=["html"]):
        await asyncio.to_thread(environment().get_template, name)
    while True:
        parts.reader.has_read.clear()
        try:
            await briefing(parts.store, parts.settings, None, today=parts.today)
            await draw_ahead(parts.store, today=parts.today)
        except Exception:
            log.exception("the lead's page could not be made ready before somebody looks")
        await asyncio.sleep(SECONDS_BETWEEN_DRAWING)
        await parts.reader.has_read.wait()


async def keep_measured(parts: Parts) -> None:
    """Measures how much families are asked, now and whenever the ledger or the answers changed: the process that leads,
    for all."""
    while True:
        await parts.line.leading.wait()
        try:
            await measure_again(parts)
            await asyncio.to_thread(read_ahead, folder_of(parts.settings) / MODEL)
        except Exception:
            log.exception("how much families are asked could not be measured; it is tried again")
        await asyncio.sleep(SECONDS_BETWEEN_MEASURING)
