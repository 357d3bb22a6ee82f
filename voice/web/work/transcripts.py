"""Writing down what a recording says: by a person, or by a machine whose draft a person accepts."""

from __future__ import annotations

from typing import Any

from litestar import Request, post
from litestar.background_tasks import BackgroundTask
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Response

from voice.evidence import transcripts
from voice.evidence.searching import FoundVoice
from voice.evidence.speech import SpeechEngine, engine_for
from voice.languages import LANGUAGES
from voice.parts import Parts
from voice.people.roles import Audience
from voice.storage.files import FileFolder
from voice.web.forms import fields
from voice.web.pages import signed_in
from voice.web.parts import parts_of
from voice.web.work.voices import FOLDERS, voice_at, voice_page


@post("/work/voices/{token:str}/transcript", opt={"audience": Audience.EVIDENCE})
async def keep_transcript(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    voice = await voice_at(request, token)
    if voice.form != "audio":
        raise NotFoundException
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    address = f"/work/voices/{voice.id}"
    form = await fields(request)
    if form.get("go") == "listen":
        engine = engine_for(parts.settings.speech, voice.language)
        if engine is None or voice.file is None:
            raise NotFoundException
        # A machine listens for as long as the recording lasts: nobody waits for that with an open page.
        return Redirect(
            f"{address}?listening=1", status_code=303, background=BackgroundTask(listen, parts, voice, engine)
        )
    text = form.get("text", "").replace("\r\n", "\n").strip()
    language = form.get("language", voice.language)
    if not text or len(text) > transcripts.LONGEST or language not in LANGUAGES:
        problem = "too_long" if len(text) > transcripts.LONGEST else "empty"
        return await voice_page(request, voice, status=422, problem=problem, typed=text)
    await parts.store.write(
        lambda: transcripts.accept(voice.id, text, language=language, by=person.id, today=parts.today)
    )
    parts.reader.something_new()
    return Redirect(address, status_code=303)


async def listen(parts: Parts, voice: FoundVoice, engine: SpeechEngine) -> None:
    """Keeps a draft of what the engine heard; without a word there is none."""
    assert voice.file is not None
    recording = FileFolder(parts.settings.data, FOLDERS[voice.source]).path(voice.file)
    text = await engine.hear(recording, voice.language)
    if text:
        await parts.store.write(
            lambda: transcripts.keep_draft(
                voice.id, text, language=voice.language, engine=engine.name, today=parts.today
            )
        )
