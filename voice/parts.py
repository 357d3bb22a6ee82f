"""What pages and jobs work with. Made once, in ``voice/app.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from voice.capture.open_rounds import OpenRounds
from voice.capture.sessions.live import Live
from voice.evidence.question_meanings import QuestionMeanings
from voice.evidence.reading import Reader
from voice.evidence.searching import Bank
from voice.people.mail import Post
from voice.people.openid import SignInService
from voice.people.partnership import PartnershipInfo
from voice.rate_limits.counting import Tries
from voice.running.line import Line
from voice.settings import Settings
from voice.storage import Store


@dataclass
class Parts:
    settings: Settings
    store: Store
    secret: bytes
    rounds: OpenRounds
    reader: Reader
    questions: QuestionMeanings
    bank: Bank
    post: Post
    sign_in_service: SignInService | None
    partnership: PartnershipInfo
    live: Live
    tries: Tries
    line: Line
    clock: Callable[[], dt.datetime]

    @property
    def today(self) -> dt.date:
        return self.clock().date()
