"""``voice doctor``: how things are, and what to do about what is wrong."""

from __future__ import annotations

import argparse
import asyncio
import shutil

from voice.commands.with_store import add_data_option, settings_of
from voice.languages import LANGUAGES, catalog, is_machine_draft
from voice.people.partnership import partnership
from voice.settings import Settings
from voice.storage import StoreUnavailable, open_store
from voice.storage.migrating import missing

ROOM_NEEDED = 500_000_000
"""Bytes free below which the disk is called nearly full."""

NOT_NAMED = (
    "not set, so families do not see who asks and who to call; "
    "an administrator does it on the page Your partnership (/manage/partnership)"
)


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("doctor", help="say how things are, and what to do about what is wrong")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    findings = [
        *asyncio.run(_store(settings)),
        _disk(settings),
        _built(),
        *(_catalog(code) for code in LANGUAGES),
        _mail(settings),
    ]
    for is_well, line in findings:
        print(f"{'ok   ' if is_well else 'wrong'} {line}")
    return 0 if all(is_well for is_well, _ in findings) else 1


async def _store(settings: Settings) -> list[tuple[bool, str]]:
    try:
        store = await open_store(settings)
    except (StoreUnavailable, OSError) as problem:
        return [(False, f"store: {problem}. Check VOICE_DATABASE_URL, or that the folder can be written.")]
    try:
        wanting = await missing(store)
        named = False if wanting else bool((await store.read(partnership)).name)
        return [
            (True, f"store: {store.describe()}"),
            (
                not wanting,
                f"schema: {len(wanting)} steps missing: run `voice migrate`" if wanting else "schema: up to date",
            ),
            *([] if wanting else [(True, f"partnership: {'families see who to call' if named else NOT_NAMED}")]),
        ]
    finally:
        await store.close()


def _disk(settings: Settings) -> tuple[bool, str]:
    there = next(folder for folder in (settings.data, *settings.data.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    return free > ROOM_NEEDED, f"disk: {free // 1_000_000} MB free under {settings.data}"


def _built() -> tuple[bool, str]:
    from voice.web.pages import BUILT

    well = (BUILT / "manifest.json").is_file()
    return well, "pages: styles and pictures are built" if well else "pages: not built: run `make install`"


def _catalog(code: str) -> tuple[bool, str]:
    try:
        catalog(code)
    except FileNotFoundError:
        return False, f"language {code}: the catalog is not compiled: run `make install`"
    return True, f"language {code}" + (
        ": drafted by a machine, not checked by a native reader" if is_machine_draft(code) else ""
    )


def _mail(settings: Settings) -> tuple[bool, str]:
    if settings.smtp_url:
        return True, "mail: goes over SMTP"
    if settings.development:
        return True, "mail: kept in the folder outbox and shown on /outbox"
    return (
        True,
        "mail: no VOICE_SMTP_URL, so sign-in links by mail stay in the folder outbox; use `voice user add`",
    )
