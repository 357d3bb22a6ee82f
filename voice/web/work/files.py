"""A recording, drawing or photo that somebody sent, for staff who work with answers."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from surveys import stored_files
from voice.people.roles import Audience
from voice.storage.files import FileFolder
from voice.web.parts import parts_of
from voice.web.stored_files import send_file


@get("/work/files/{token:str}", opt={"audience": Audience.FINDINGS})
async def show_sent_file(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """What is in drafts is not shown: nobody has sent it."""
    try:
        id = uuid.UUID(token)
    except ValueError as problem:
        raise NotFoundException from problem
    parts = parts_of(request)
    known = await parts.store.read(lambda: stored_files.find_sent(id))
    if known is None:
        raise NotFoundException
    return send_file(request, FileFolder(parts.settings.data), known)
