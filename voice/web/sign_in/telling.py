"""Letters to somebody about their own way in, so that they notice when it was not they."""

from __future__ import annotations

import contextlib

from voice.languages import gettext as _
from voice.languages import speak
from voice.parts import Parts
from voice.people.mail import MailNotSent
from voice.people.signing_in import SignedIn, is_placeholder


async def tell_of_change(parts: Parts, person: SignedIn, language: str) -> None:
    """Tells them that something about signing in has changed. What has changed counts also when no mail goes out."""
    if is_placeholder(person.email) and not parts.settings.development:
        return
    speak(language)
    text = "\n\n".join(
        (
            _("Hello,"),
            _("somebody changed how you sign in to Golden Thread: your password, your second step or a passkey."),
            _("Was it you? Then you do not need to do anything."),
            _("Was it not you? Tell your administrator now."),
        )
    )
    with contextlib.suppress(MailNotSent):
        await parts.post.send(
            person.email, _("How you sign in has changed"), text, language=language, now=parts.clock()
        )
