"""``voice doctor``: how things are, and what to do about what is wrong."""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt

from voice.audit.sealing import noted_seals
from voice.audit.verifying import verify
from voice.clock import now
from voice.commands.with_store import add_data_option, settings_of
from voice.doctor.database import check_clock, check_schema, check_sqlite, needs_the_secret, unreachable
from voice.doctor.finding import Finding, ok, wrong
from voice.doctor.folder import check_backup, check_disk, check_files, check_secret, check_who_may_read
from voice.doctor.reaching import check_reaching
from voice.doctor.trust import check_record, check_safeguarding
from voice.languages import LANGUAGES, catalog, is_machine_draft
from voice.safeguarding.agreement import agreement_now
from voice.settings import Settings
from voice.storage import StoreUnavailable, open_store


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("doctor", help="say how things are, and what to do about what is wrong")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    findings = asyncio.run(look_at_all(settings, now=now(), issuer=settings.openid.issuer if settings.openid else ""))
    for finding in findings:
        print(f"{finding.level:5} {finding.text}")
    return 1 if any(finding.level == "wrong" for finding in findings) else 0


async def look_at_all(settings: Settings, *, now: dt.datetime, issuer: str) -> list[Finding]:
    """Everything that there is to find. ``issuer`` is the provider of single sign-on, empty for none."""
    return [
        *await _stored(settings, now),
        *check_disk(settings),
        *check_who_may_read(settings),
        _built(),
        *(_catalog(code) for code in LANGUAGES),
        *await check_reaching(settings, issuer),
    ]


async def _stored(settings: Settings, now: dt.datetime) -> list[Finding]:
    try:
        store = await open_store(settings)
    except (StoreUnavailable, OSError) as problem:
        return [unreachable(settings, problem)]
    try:
        found = [ok(f"store: {store.describe()}"), *await check_sqlite(settings)]
        if any(finding.level == "wrong" for finding in found):
            return found
        schema = await check_schema(store)
        found += [*schema, await check_clock(store, settings, now)]
        in_use = await needs_the_secret(store)
        secret = check_secret(settings, needed=in_use)
        found += [secret, check_backup(settings, now, needed=in_use)]
        if all(finding.level != "wrong" for finding in schema):
            found += await check_files(store, settings)
            if secret.level != "wrong":
                found += [check_record(await verify(store, noted_seals(settings.data)))]
            found += [check_safeguarding(await store.read(agreement_now))]
        return found
    except StoreUnavailable as problem:
        return [unreachable(settings, problem)]
    finally:
        await store.close()


def _built() -> Finding:
    from voice.web.pages import BUILT

    if (BUILT / "manifest.json").is_file():
        return ok("pages: styles and pictures are built")
    return wrong("pages: not built: run `make install`")


def _catalog(code: str) -> Finding:
    try:
        catalog(code)
    except FileNotFoundError:
        return wrong(f"language {code}: the catalog is not compiled: run `make install`")
    return ok(
        f"language {code}"
        + (": drafted by a machine, not checked by a native reader" if is_machine_draft(code) else "")
    )
