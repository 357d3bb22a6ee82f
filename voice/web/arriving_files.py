"""Files on their way from a browser, piece by piece, for ``voice/capture/arriving.py``.

Those of people who did not sign in are counted, by the address they come from.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException, InternalServerException

from voice.web.limits import count_try

PIECE = 256 * 1024
"""Bytes."""


async def count_file(request: Request[Any, Any, Any]) -> None:
    """Counts a file that is about to be opened. Raises ``TooManyRequestsException``."""
    await count_try(request, "files")


async def pieces_sent(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """What a script sends as the whole of a request."""
    try:
        async for piece in request.stream():
            yield piece
    except InternalServerException as lost:  # a device that is gone again is no fault of the server
        raise ClientException("the connection was lost") from lost


async def pieces_of(chosen: UploadFile) -> AsyncIterator[bytes]:
    """A file that somebody chose in a form."""
    while piece := await chosen.read(PIECE):
        yield piece
