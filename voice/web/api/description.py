"""How the API is described: as OpenAPI for programs, and as a page of ours for the people who write them."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

from litestar import Request, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme, Server
from litestar.types import Method
from litestar.types.internal_types import PathParameterDefinition

from voice.settings import Settings
from voice.web.guards import PUBLIC
from voice.web.pages import render
from voice.web.reader import language_of


class PageOfOurs(OpenAPIRenderPlugin):
    """The operations as a list, without a script or a style from elsewhere."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        operations = [
            (method.upper(), path, operation["summary"], operation.get("description", ""))
            for path, described in sorted(_calls(openapi_schema).items())
            for method, operation in described.items()
        ]
        return render(request, "manage/api.html", language=language_of(request), operations=operations).encode()


class JsonOfOurs(JsonRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, {**openapi_schema, "paths": _calls(openapi_schema)})


def _calls(openapi_schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The calls by path. HEAD answers as GET does, and needs no description of its own."""
    return {
        path: {method: operation for method, operation in described.items() if method != "head"}
        for path, described in openapi_schema["paths"].items()
    }


def _operation_id(
    handler: HTTPRouteHandler, http_method: Method, path_components: list[str | PathParameterDefinition]
) -> str:
    """The id of a call, which programs may hold on to: it does not change because a page answers HEAD too."""
    place = ""
    for each in path_components:
        name = (each.name if isinstance(each, PathParameterDefinition) else each).title()
        place += name if name not in place else ""
    return re.sub(r"\W|_", "", place + ("Head" if http_method == "HEAD" else "") + handler.handler_name.title())


def api_description(settings: Settings) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Golden Thread",
        version=version("golden-thread"),
        description=(
            "Read surveys, send answers and fetch answers. Every call needs a token: Authorization: Bearer gt_… "
            "Problems come as problem details (RFC 9457) with a code that does not change."
        ),
        servers=[Server(url=settings.base_url)],
        security=[{"token": []}],
        components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
        operation_id_creator=_operation_id,
        render_plugins=[PageOfOurs(path="/"), JsonOfOurs(path="/openapi.json")],
        openapi_router=Router("/api", route_handlers=[], opt=PUBLIC, include_in_schema=False),
    )
