"""Walks through the pages as somebody does who follows every link and sends every form."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.pages import CheckingClient

SOMEBODYS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[\w-]{8,}(?=/|$)|\d+")
"""What differs between pages of one kind: ids, keys and numbers."""
LEAVES = ("/sign-out", "/static/", "/sign-in/once")
WRITTEN = {"text", "search", "email", "tel", "url", "", "hidden-words"}


def kind_of(address: str) -> str:
    split = urlsplit(address)
    return SOMEBODYS.sub("*", split.path) + ("?" + re.sub(r"=[^&]*", "", split.query) if split.query else "")


def walk(client: CheckingClient, begin: list[str], *, most: int, of_a_kind: int = 2) -> Iterator[httpx.Response]:
    """Every answer that links lead to from ``begin``, at most ``most`` pages and so many of each kind; 0 for all."""
    waiting, seen, kinds, fetched = deque(begin), set[str](), Counter[str](), 0
    while waiting and (not most or fetched < most):
        address = waiting.popleft()
        kind = kind_of(address)
        if address in seen or kinds[kind] >= of_a_kind:
            continue
        seen.add(address)
        kinds[kind] += 1
        fetched += 1
        answer = client.client.get(address)
        yield answer
        if answer.headers.get("content-type", "").startswith("text/html"):
            waiting.extend(links_in(answer))


def links_in(answer: httpx.Response) -> Iterator[str]:
    home = str(answer.url)
    for link in LexborHTMLParser(answer.text).css("a[href], img[src], source[src]"):
        written = link.attributes.get("href") or link.attributes.get("src") or ""
        address = urldefrag(urljoin(home, written))[0]
        if urlsplit(address).netloc == answer.url.netloc.decode():
            path = address.partition(answer.url.netloc.decode())[2] or "/"
            if not path.startswith(LEAVES):
                yield path


def forms_in(answer: httpx.Response) -> list[LexborNode]:
    """The forms that change something, but for those that end a session."""
    return [
        form
        for form in LexborHTMLParser(answer.text).css("form")
        if (form.attributes.get("method") or "").lower() == "post"
        and not (form.attributes.get("action") or "").startswith(LEAVES)
    ]


def filled_in(form: LexborNode, words: Callable[[str], str]) -> dict[str, str]:
    """The form with the first of each choice, ``words`` of its name in each box for words, and its first button."""
    fields: dict[str, str] = {}
    for field in form.css("input, textarea, select, button"):
        name, kind = field.attributes.get("name") or "", (field.attributes.get("type") or "").lower()
        if not name or kind == "file" or name in fields:
            continue
        if field.tag == "select":
            options = [each.attributes.get("value") or "" for each in field.css("option")]
            fields[name] = next(filter(None, options), "")
        elif field.tag == "textarea" or (field.tag == "input" and kind in WRITTEN):
            fields[name] = words(name)
        else:
            fields[name] = field.attributes.get("value") or ""
    return fields


def sent(client: CheckingClient, page: httpx.Response, form: LexborNode, fields: dict[str, str]) -> httpx.Response:
    address = urljoin(str(page.url), form.attributes.get("action") or "")
    if form.attributes.get("enctype") == "multipart/form-data":
        return client.client.post(address, data=fields, files={"nothing": ("", b"")})
    return client.client.post(address, data=fields)
