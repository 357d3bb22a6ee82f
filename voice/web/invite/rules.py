"""The rules that the partnership agreed for asking families: all may read them, leads of the host agree new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from surveys.asking_less.rules import BOUNDS, RuleProblem, Rules, agree, agreements, changed, in_force
from surveys.document import Words
from voice.parts import Parts
from voice.people.permissions import HOST_ID
from voice.people.roles import Audience, may_use
from voice.people.tables import Member
from voice.web.forms import fields
from voice.web.invite import rule_words
from voice.web.pages import page, person_here, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

LONGEST_NOTE = 500


@get("/work/rules", opt={"audience": Audience.FINDINGS})
async def show_rules(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _rules_page(request)


async def _surveys(parts: Parts) -> dict[str, Words]:
    """The surveys that have a link, with their titles."""
    rounds = await parts.rounds.with_link(now=parts.clock())
    return {each.survey: each.document.title for each in sorted(rounds, key=lambda each: each.version)}


async def _rules_page(
    request: Request[Any, Any, Any], *, form: Mapping[str, str] | None = None, problem: str = ""
) -> Response[bytes]:
    parts = parts_of(request)
    known = await parts.store.read(agreements)
    agreed = await parts.store.read(in_force)
    members = await parts.store.read(lambda: Member.select(Member.id, Member.email))
    surveys = await _surveys(parts)
    person = signed_in(request)
    return page(
        request,
        "invite/rules.html",
        language=language_of(request),
        status=422 if problem else 200,
        agreed=agreed,
        known=known,
        names={row["id"]: row["email"] for row in members},
        form=form if form is not None else _as_form(agreed.rules),
        problem=problem,
        bounds=BOUNDS,
        surveys=surveys,
        rule_words=rule_words,
        may_agree=person is not None and person.organisation == HOST_ID and may_use(person.role, Audience.AGREEING),
        was_kept=request.query_params.get("kept") == "yes",
    )


def _as_form(rules: Rules) -> dict[str, str]:
    numbers = {name: str(getattr(rules, name)) for name in BOUNDS}
    places = {f"priority-{survey}": str(place) for place, survey in enumerate(rules.priorities, start=1)}
    return {**numbers, **places, "weekends": "yes" if rules.weekends else ""}


@post("/work/rules", opt={"audience": Audience.AGREEING})
async def agree_rules(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    person = person_here(request)
    form = await fields(request)
    note = form.get("note", "").strip()[:LONGEST_NOTE]
    agreed = await parts.store.read(in_force)
    surveys = await _surveys(parts)
    try:
        rules = changed(agreed.rules, form, surveys={*surveys, *agreed.rules.priorities})
    except RuleProblem as problem:
        return await _rules_page(request, form=form, problem=problem.field)
    await parts.store.write(lambda: agree(rules, note=note, by=person.id, today=parts.today))
    return Redirect("/work/rules?kept=yes", status_code=303)
