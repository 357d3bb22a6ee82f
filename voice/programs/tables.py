"""Tokens of other programs, the webhooks they asked for, and the messages on their way."""

from __future__ import annotations

from piccolo.columns import UUID, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from voice.people.tables import Member


class ApiToken(Table, tablename="api_token"):
    """What a program shows instead of signing in. Only a hash of it is kept; ``scopes`` are joined by spaces."""

    id = UUID(primary_key=True)
    name = Varchar(120)
    token_hash = Varchar(64, unique=True)
    scopes = Varchar(200)
    expires_on = Date()
    last_used_on = Date(null=True, default=None)
    made_by = ForeignKey(Member, null=False)


class Webhook(Table, tablename="webhook"):
    """An address that is told what happened. Its ``secret`` signs each message, so it is kept as it is."""

    id = UUID(primary_key=True)
    url = Varchar(500)
    secret = Varchar(80)
    made_on = Date()
    made_by = ForeignKey(Member, null=False)


class WebhookMessage(Table, tablename="webhook_message"):
    """One message to one address. ``outcome`` is ``waiting``, ``delivered`` or ``given_up``."""

    id = UUID(primary_key=True)
    webhook = ForeignKey(Webhook, null=False, on_delete=OnDelete.cascade)
    event = Varchar(40)
    body = Text()
    tries = Integer()
    next_try_at = Timestamptz()
    outcome = Varchar(20)


class WebhookTold(Table, tablename="webhook_told"):
    """Up to which count webhooks have been told about something, such as the answers of a round."""

    about = Varchar(120, primary_key=True)
    told = Integer()


TABLES = (ApiToken, Webhook, WebhookMessage, WebhookTold)
