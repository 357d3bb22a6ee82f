"""A browser without a screen: one keep-alive connection, cookies, gzip, forms. Lean: it is not what we measure."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from urllib.parse import quote_plus

import httptools
import msgspec
from selectolax.lexbor import LexborHTMLParser

GZIP = 16 + zlib.MAX_WBITS


class Response(msgspec.Struct, frozen=True):
    """``location`` is empty unless the server sends us elsewhere; ``html`` is decompressed."""

    status: int
    location: str
    html: bytes


class Form(msgspec.Struct, frozen=True):
    """The main form of a page: the fields a browser would send, and what a person can choose or write."""

    action: str
    fields: Mapping[str, str]
    choices: tuple[str, ...]
    writes: bool


class ConnectionLost(Exception):
    """No whole answer came. Whether the request took effect is not known."""


class NoForm(Exception):
    """The page has no main form."""


class _Connection(asyncio.Protocol):
    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.is_open = False
        self._answer: asyncio.Future[Response] | None = None
        self._begin()

    def _begin(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self._location = ""
        self._zipped = False
        self.set_cookies: list[str] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self.is_open = True

    def send(self, request: bytes) -> asyncio.Future[Response]:
        self._begin()
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as problem:
            self._fail(ConnectionLost(f"not HTTP: {problem}"))
            self.transport.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        match name.lower():
            case b"location":
                self._location = value.decode()
            case b"set-cookie":
                self.set_cookies.append(value.decode().partition(";")[0])
            case b"content-encoding":
                self._zipped = value == b"gzip"

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        body = b"".join(self._body)
        if self._zipped:
            body = zlib.decompress(body, GZIP)
        if not self._parser.should_keep_alive():
            self.is_open = False
            self.transport.close()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(Response(self._parser.get_status_code(), self._location, body))

    def connection_lost(self, problem: Exception | None) -> None:
        self.is_open = False
        self._fail(ConnectionLost(str(problem or "the server closed the connection")))

    def _fail(self, problem: ConnectionLost) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(problem)


class Browser:
    """One person's browser. Not for several requests at once."""

    def __init__(self, port: int, languages: str = "en-GB,en;q=0.9", comes_from: str = "") -> None:
        """``comes_from`` is the address that a proxy in front would say."""
        self._port = port
        self.comes_from = comes_from
        self._cookies: dict[str, str] = {}
        self._connection: _Connection | None = None
        self._always = (
            f"Host: 127.0.0.1:{port}\r\n"
            "Connection: keep-alive\r\n"
            "Upgrade-Insecure-Requests: 1\r\n"
            "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Mobile Safari/537.36\r\n"
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
            "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
            "Accept-Encoding: gzip\r\n"
            f"Accept-Language: {languages}\r\n"
        )

    async def get(self, path: str) -> Response:
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._always}{self._kept()}\r\n".encode())

    async def post(self, path: str, fields: Mapping[str, str]) -> Response:
        body = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in fields.items())
        return await self._ask(
            f"POST {path} HTTP/1.1\r\n{self._always}{self._kept()}"
            f"Origin: http://127.0.0.1:{self._port}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )

    async def _ask(self, request: bytes) -> Response:
        """Raises :class:`ConnectionLost`."""
        if self._connection is None or not self._connection.is_open:
            try:
                _, self._connection = await asyncio.get_running_loop().create_connection(
                    _Connection, "127.0.0.1", self._port
                )
            except OSError as problem:
                raise ConnectionLost(str(problem)) from problem
        response = await self._connection.send(request)
        for cookie in self._connection.set_cookies:
            name, _, value = cookie.partition("=")
            self._cookies[name] = value
        return response

    def _kept(self) -> str:
        lines = f"X-Forwarded-For: {self.comes_from}\r\n" if self.comes_from else ""
        if self._cookies:
            lines += "Cookie: " + "; ".join(f"{name}={value}" for name, value in self._cookies.items()) + "\r\n"
        return lines

    def close(self) -> None:
        if self._connection is not None and self._connection.is_open:
            self._connection.transport.close()


def form_on(html: bytes) -> Form:
    """Raises :class:`NoForm`."""
    form = LexborHTMLParser(html).css_first("main form")
    if form is None:
        raise NoForm
    fields: dict[str, str] = {}
    choices: list[str] = []
    writes = False
    for field in form.css("input, textarea"):
        attributes = field.attributes
        name, value = attributes.get("name"), attributes.get("value") or ""
        if not name:
            continue
        if field.tag == "textarea":
            writes = True
            fields[name] = field.text().removeprefix("\n")
        elif attributes.get("type") == "hidden" or "checked" in attributes:
            fields[name] = value
        if attributes.get("type") == "radio":
            choices.append(value)
    return Form(form.attributes.get("action") or "", fields, tuple(choices), writes)
