"""Every byte that an installation keeps: the files in its folder, the rows of PostgreSQL and the files below them."""

from __future__ import annotations

import base64
import contextlib
import re
import uuid
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]

from voice.settings import Settings

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")


async def everything_kept(settings: Settings) -> list[tuple[str, bytes]]:
    """Where, and what stands there."""
    kept = [(str(path.relative_to(settings.data)), path.read_bytes()) for path in _files(settings.data)]
    return kept + [each async for each in _in_postgres(settings.database_url)] if settings.database_url else kept


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "secret.key")


async def _in_postgres(url: str) -> AsyncIterator[tuple[str, bytes]]:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("CHECKPOINT")
        folder = Path(await connection.fetchval("SHOW data_directory"))
        tables = await connection.fetch(
            "SELECT c.oid::regclass::text AS name, pg_relation_filepath(c.oid) AS path, c.relkind::text AS kind "
            "FROM pg_class c WHERE c.relkind IN ('r', 'i', 't') AND c.relnamespace IN "
            "('public'::regnamespace, 'pg_toast'::regnamespace)"
        )
        for table in tables:
            if table["kind"] == "r":
                rows = await connection.fetch(f"SELECT t.*::text AS row FROM {table['name']} AS t")
                yield f"{table['name']} (rows)", "\n".join(row["row"] for row in rows).encode()
            if table["path"]:
                for name, content in _pieces(folder / table["path"]):
                    yield f"{table['name']} ({name})", content
    finally:
        await connection.close()


def _pieces(path: Path) -> Iterator[tuple[str, bytes]]:
    """A table's own file and those beside it."""
    for piece in path.parent.glob(f"{path.name}*"):
        if not re.fullmatch(rf"{path.name}([._]\w+)?", piece.name):
            continue  # another table's file, whose number begins with this one's
        with contextlib.suppress(FileNotFoundError):
            yield piece.name, piece.read_bytes()


def forms_of(seed: str) -> list[bytes]:
    """How a value may stand in a file: as it is, in JSON, in UTF-16, and for ids and tokens as their bits or in hex."""
    forms = {seed.encode(), seed.encode("utf-16-le"), seed.encode().hex().encode()}
    with contextlib.suppress(ValueError):
        id = uuid.UUID(seed)
        forms |= {id.bytes, id.hex.encode(), str(id).encode()}
    with contextlib.suppress(ValueError):
        bits = base64.b64decode(seed + "==", altchars=b"-_", validate=True)
        if len(bits) == 16:
            forms |= {bits, bits.hex().encode(), str(uuid.UUID(bytes=bits)).encode()}
    return sorted(forms)


def found_in(kept: Iterable[tuple[str, bytes]], seeds: Iterable[str]) -> list[str]:
    """Where one of these stands, also inside of what is written in base64."""
    forms = [(seed, form) for seed in seeds for form in forms_of(seed)]
    found = []
    for where, content in kept:
        unpacked = b"\n".join(_decoded(match) for match in _BASE64.findall(content))
        found += [f"{seed!r} in {where}" for seed, form in forms if form in content or form in unpacked]
    return sorted(set(found))


def _decoded(written: bytes) -> bytes:
    try:
        return base64.b64decode(written + b"==", altchars=b"-_")
    except ValueError:
        return b""
