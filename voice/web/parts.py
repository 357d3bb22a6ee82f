"""The parts that a page works with."""

from __future__ import annotations

from litestar.connection import ASGIConnection

from voice.parts import Parts


def parts_of(connection: ASGIConnection) -> Parts:  # type: ignore[type-arg]
    parts: Parts = connection.app.state.parts
    return parts
