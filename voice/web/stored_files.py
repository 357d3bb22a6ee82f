"""Recordings, films, drawings and photos as browsers ask for them: whole, or the piece that a player wants next."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException
from litestar.response import Stream

from surveys.stored_files import KnownFile
from voice.storage.files import FileFolder
from voice.web.headers import given_file

PIECE = 64 * 1024

ENDINGS = {
    "audio/webm": "webm",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "image/png": "png",
    "image/jpeg": "jpg",
}

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def send_file(request: Request[Any, Any, Any], folder: FileFolder, file: KnownFile) -> Response[Any]:
    """The file, or the range of its bytes that was asked for. Nobody keeps a copy, and nothing in it can run."""
    path = folder.path(file.id)
    if not path.is_file():
        raise NotFoundException
    headers = _headers(file.media_type)
    asked = wanted(request.headers.get("range", ""), file.bytes)
    if asked is None:
        headers["Content-Range"] = f"bytes */{file.bytes}"
        return Response(b"", status_code=416, headers=headers, media_type=file.media_type)
    first, last = asked
    headers["Content-Length"] = str(last - first + 1)
    partly = (first, last) != (0, file.bytes - 1) or "range" in request.headers
    if partly:
        headers["Content-Range"] = f"bytes {first}-{last}/{file.bytes}"
    return Stream(
        _pieces(path, first, last), status_code=206 if partly else 200, headers=headers, media_type=file.media_type
    )


def send_bytes(request: Request[Any, Any, Any], content: bytes, media_type: str) -> Response[bytes]:
    """What was opened in memory, as :func:`send_file` sends a file."""
    headers = _headers(media_type)
    asked = wanted(request.headers.get("range", ""), len(content))
    if asked is None:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return Response(b"", status_code=416, headers=headers, media_type=media_type)
    first, last = asked
    partly = (first, last) != (0, len(content) - 1) or "range" in request.headers
    if partly:
        headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(
        content[first : last + 1], status_code=206 if partly else 200, headers=headers, media_type=media_type
    )


def _headers(media_type: str) -> dict[str, str]:
    return {"Accept-Ranges": "bytes", **given_file(f"answer.{ENDINGS[media_type]}")}


def wanted(header: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte of a ``Range`` header; ``None`` when the file has none of them.

    Whatever is not one plain range asks for the whole file (RFC 9110, 14.2).
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return 0, size - 1
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else None
    if int(first) >= size or (last and int(last) < int(first)):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


async def _pieces(path: Path, first: int, last: int) -> AsyncIterator[bytes]:
    left = last - first + 1
    with await asyncio.to_thread(path.open, "rb") as file:
        file.seek(first)
        while left > 0:
            piece = await asyncio.to_thread(file.read, min(PIECE, left))
            if not piece:
                return
            left -= len(piece)
            yield piece
