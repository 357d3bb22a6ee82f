"""An analyst with sixty comments in a file: from the import to a summary that a lead reads."""

from __future__ import annotations

import asyncio
import csv
import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.journeys.conftest import Server
from tests.journeys.visitor import PHONE, Visitor

Colleague = Callable[..., Awaitable[Visitor]]

WAITED = "We waited {n} months for the assessment and Mrs Okafor never rang us back."
KIND = "The school was kind and the teaching assistant understood our son in week {n}."
SHORT = "The waiting time was short, only {n} days, and that was wonderful."


def sixty_comments(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("Timestamp", "What could be better?"))
        texts = [WAITED.format(n=n) for n in range(2, 37)]
        texts += [KIND.format(n=n) for n in range(2, 22)]
        texts += [SHORT.format(n=n) for n in range(2, 7)]
        rows.writerows((f"2026-11-{1 + place % 17:02} 10:00:00", text) for place, text in enumerate(texts))
    return path


def read_by_the_machine(server: Server) -> int:
    with sqlite3.connect(server.data / "golden-thread.sqlite") as store:
        found = store.execute(
            "SELECT COUNT(*) FROM suggestion AS g JOIN voice AS v ON v.id = g.voice WHERE v.text LIKE '%Okafor%'"
        )
        return int(found.fetchone()[0])


async def test_from_import_to_released_summary(colleague: Colleague, server: Server, tmp_path: Path) -> None:
    analyst = await colleague("analyst")
    page = analyst.page
    await analyst.open("/work/import")
    await page.locator("#file").set_input_files(sixty_comments(tmp_path / "comments.csv"))
    await analyst.press("Look at the file")
    await analyst.press("See what will happen")
    if await page.locator("#who").count():
        await page.locator("#who").select_option("parent_carer")
        await analyst.press("See what will happen")
    await analyst.press("Take them in")
    await analyst.open("/work/quotes")
    while read_by_the_machine(server) < 35:
        await asyncio.sleep(0.5)
