"""An analyst with sixty comments in a file: from the import to a summary that a lead reads."""

from __future__ import annotations

import asyncio
import csv
import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.journeys.conftest import PATIENCE_MS, Server
from tests.journeys.looking import WCAG_22_AA, axe_finds, scrolls_sideways
from tests.journeys.visitor import PHONE, Visitor

Colleague = Callable[..., Awaitable[Visitor]]

WAITED = "After {n} calls, {m} letters and {k} forms we waited {n} months and Mrs Okafor never rang us back."
KIND = "Kind school, {n} good days in {m}."
SHORT = "The waiting time was wonderful: {n} days."
"""Too different from each other, or too short, for a campaign."""


WAITING = 35


def sixty_comments(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("Timestamp", "What could be better?"))
        texts = [WAITED.format(n=n, m=n + 40, k=n * 3 + 100) for n in range(2, 37)]
        texts += [KIND.format(n=n, m=n + 40) for n in range(2, 22)]
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
    await analyst.open("/work/themes/coding?term=2026-autumn")  # whoever looks is not kept waiting for the reading
    for _ in range(PATIENCE_MS // 50):
        if read_by_the_machine(server) >= WAITING:
            break
        await asyncio.sleep(0.5)
    for _ in range(2):
        await analyst.open("/work/themes/coding?term=2026-autumn")
        await page.locator("#settle").click()
        await page.wait_for_load_state()

    quotes = "/work/quotes?term=2026-autumn&theme=waiting"
    await analyst.open(quotes)
    card = page.locator(".voice").filter(has_text="Okafor").first
    assert await card.locator("blockquote mark").first.inner_text() == "Okafor"
    await analyst.press_in(card, "Release as a quote")
    mine = page.locator(".voice").filter(has_text="Okafor")
    for place in range(min(4, await mine.count())):
        await mine.nth(place).locator('input[form="together"][type="checkbox"]').check()
    await analyst.press("Release all that I ticked")

    await analyst.open("/work/themes/headings?theme=waiting")
    await page.get_by_label("The right help at the right time").check()
    await analyst.press("Keep this")
    await analyst.open("/work/themes/summaries/2026-autumn/waiting")
    await page.locator("#promised").fill("We will ring each family within 5 days.")
    await analyst.press("See it as a lead sees it")
    assert await page.get_by_text("This is a preview.").is_visible()
    await analyst.press("Release this summary")

    lead = await colleague("lead", size=PHONE)
    await lead.open("/lead/themes")
    under = lead.page.locator("section").filter(has=lead.page.get_by_role("heading", name="How we check our own work"))
    await lead.press_in(under, "Waiting", "link")
    assert lead.path == "/lead/themes/2026-autumn/waiting"
    told = await lead.page.locator("main").inner_text()
    assert re.search(r"\d+ of \d+ people spoke about this", told)
    assert "We will ring each family within 5 days." in told
    assert "Okafor" not in told
    assert "Mrs [name] never rang us back." in told
    assert await scrolls_sideways(lead) == []
    assert await axe_finds(lead, WCAG_22_AA) == []
