"""What happened to what somebody said: opened with the reference on a receipt, without an account."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from voice.capture.open_rounds import RoundProblem
from voice.published.receipts import Receipts, next_term, receipts
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.told import told_words
from voice.web.wrong_codes import WrongCodes

LONGEST_WRITTEN = 200


@get("/what-happened", opt=PUBLIC)
async def show_what_happened(request: Request[Any, Any, Any]) -> Response[bytes]:
    return _form(request)


@post("/what-happened", opt=PUBLIC)
async def find_receipt(request: Request[Any, Any, Any]) -> Response[Any]:
    written = (await fields(request)).get("reference", "")
    found = await _found(request, written)
    if found.is_known:
        return Redirect(f"/what-happened/{found.reference}", status_code=303)
    return _form(request, written, "unknown" if written.strip() else "nothing_written", status=422)


@get("/what-happened/{reference:str}", opt=PUBLIC)
async def show_receipt_of(request: Request[Any, Any, Any], reference: FromPath[str]) -> Response[bytes]:
    found = await _found(request, reference)
    if not found.is_known:
        return _form(request, reference, "unknown", status=404)
    parts = parts_of(request)
    titles = {}
    for receipt in found.surveys:
        try:
            titles[receipt.said.round] = (
                await parts.rounds.by_id(receipt.said.round, now=parts.clock())
            ).document.title
        except RoundProblem:
            titles[receipt.said.round] = {}
    answer = page(
        request,
        "told/receipt.html",
        language=language_of(request),
        found=found,
        titles=titles,
        next_term=next_term(parts.today),
        told=told_words,
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


async def _found(request: Request[Any, Any, Any], written: str) -> Receipts:
    """What the reference leads to; wrong ones are counted. Raises ``TooManyRequestsException``."""
    parts = parts_of(request)
    wrong = WrongCodes(request, "receipt")
    await wrong.take()
    found = await parts.store.read(lambda: receipts(written, secret=parts.secret))
    if found.is_known or not written.strip():
        await wrong.give_back()
    return found


def _form(
    request: Request[Any, Any, Any], written: str = "", problem: str | None = None, *, status: int = 200
) -> Response[bytes]:
    return page(
        request,
        "told/what_happened.html",
        language=language_of(request),
        status=status,
        written=written[:LONGEST_WRITTEN],
        problem=problem,
    )
