"""A reminder belongs to whom the invitation belongs to that it reminds of; so far it was the host's.

So does a draft made from a file of another tool to where its maker works, if that is one place.
"""

from __future__ import annotations


def statements(dialect: str) -> tuple[str, ...]:  # noqa: ARG001 - the same on both
    return (
        """INSERT INTO "belonging" ("id", "kind", "key", "organisation")
            SELECT s."id", 'send', CAST(s."id" AS VARCHAR), b."organisation"
            FROM "invitation_send" AS s JOIN "belonging" AS b
            ON b."kind" = 'send' AND b."key" = CAST(s."follows" AS VARCHAR)
            WHERE TRUE ON CONFLICT DO NOTHING""",
        """INSERT INTO "belonging" ("id", "kind", "key", "organisation")
            SELECT d."id", 'survey', d."slug", m."organisation"
            FROM "survey_draft" AS d JOIN "membership" AS m ON m."member" = d."changed_by"
            WHERE d."based_on" LIKE 'file:%'
            AND NOT EXISTS (SELECT 1 FROM "survey" AS s WHERE s."slug" = d."slug")
            AND (SELECT COUNT(*) FROM "membership" AS n WHERE n."member" = d."changed_by") = 1
            ON CONFLICT DO NOTHING""",
    )
