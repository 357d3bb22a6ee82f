"""Every page declares who may use it, and nobody else gets in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from tests.conftest import Clock
from tests.pages import CheckingClient
from voice.people.roles import ALLOWED, Audience, Role
from voice.web.guards import may_use_this_page
from voice.web.sign_in.current_session import PROVE_FIRST

PAGES = {
    "GET /": Audience.ANYONE,
    "GET /safe": Audience.ANYONE,
    "GET /privacy": Audience.ANYONE,
    "GET /privacy/{link:str}": Audience.ANYONE,
    "GET /thanks-to": Audience.ANYONE,
    "GET /health/live": Audience.ANYONE,
    "GET /health/ready": Audience.ANYONE,
    "GET /metrics": Audience.ANYONE,
    "POST /display": Audience.ANYONE,
    "GET /already-said": Audience.ANYONE,
    "GET /what-happened": Audience.ANYONE,
    "POST /what-happened": Audience.ANYONE,
    "GET /what-happened/{reference:str}": Audience.ANYONE,
    "GET /you-said": Audience.ANYONE,
    "GET /you-said/embed": Audience.ANYONE,
    "GET /you-said/feed.xml": Audience.ANYONE,
    "GET /you-said/{id:uuid}": Audience.ANYONE,
    "GET /you-said/{id:uuid}/picture": Audience.ANYONE,
    "GET /static/{file_path:path}": Audience.ANYONE,
    "GET /s/{link:str}": Audience.ANYONE,
    "POST /s/{link:str}": Audience.ANYONE,
    "GET /s/{link:str}/no-thank-you": Audience.ANYONE,
    "GET /i/{token:str}": Audience.ANYONE,
    "GET /continue": Audience.ANYONE,
    "POST /continue": Audience.ANYONE,
    "GET /class": Audience.ANYONE,
    "POST /class": Audience.ANYONE,
    "GET /tell-us": Audience.ANYONE,
    "POST /tell-us": Audience.ANYONE,
    "GET /tell-us/thanks": Audience.ANYONE,
    "GET /worried": Audience.ANYONE,
    "POST /worried": Audience.ANYONE,
    "GET /s/{link:str}/{key:str}": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/q/{concept:str}": Audience.RESPONDENT,
    "POST /s/{link:str}/{key:str}/q/{concept:str}": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/q/{concept:str}/file": Audience.RESPONDENT,
    "PUT /s/{link:str}/{key:str}/q/{concept:str}/file": Audience.RESPONDENT,
    "POST /s/{link:str}/{key:str}/q/{concept:str}/with-file": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/check": Audience.RESPONDENT,
    "POST /s/{link:str}/{key:str}/check": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/receipt": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/copy": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/copy.json": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/copy/{concept:str}": Audience.RESPONDENT,
    "POST /s/{link:str}/{key:str}/how-much": Audience.RESPONDENT,
    "GET /how-often": Audience.ANYONE,
    "GET /how-often/{key:str}": Audience.RESPONDENT,
    "POST /how-often/{key:str}": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/later": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/stop": Audience.RESPONDENT,
    "POST /s/{link:str}/{key:str}/stop": Audience.RESPONDENT,
    "GET /s/{link:str}/{key:str}/stopped": Audience.RESPONDENT,
    "GET /join": Audience.ANYONE,
    "POST /join": Audience.ANYONE,
    "GET /room/{key:str}": Audience.RESPONDENT,
    "GET /room/{key:str}/news": Audience.RESPONDENT,
    "POST /room/{key:str}/name": Audience.RESPONDENT,
    "POST /room/{key:str}/next": Audience.RESPONDENT,
    "POST /room/{key:str}/cards": Audience.RESPONDENT,
    "POST /room/{key:str}/cards/{card:uuid}/take-back": Audience.RESPONDENT,
    "POST /room/{key:str}/votes": Audience.RESPONDENT,
    "GET /room/{key:str}/make/{kind:str}/{activity:str}": Audience.RESPONDENT,
    "GET /room/{key:str}/make/{kind:str}/{activity:str}/{card:uuid}": Audience.RESPONDENT,
    "POST /room/{key:str}/make/{kind:str}/{activity:str}/{card:uuid}": Audience.RESPONDENT,
    "GET /room/{key:str}/make/{kind:str}/{activity:str}/{card:uuid}/file": Audience.RESPONDENT,
    "PUT /room/{key:str}/make/{kind:str}/{activity:str}/{card:uuid}/file": Audience.RESPONDENT,
    "GET /room/{key:str}/files/{card:uuid}": Audience.RESPONDENT,
    "GET /board/{key:str}/files/{card:uuid}": Audience.RESPONDENT,
    "GET /room/{key:str}/worry": Audience.RESPONDENT,
    "POST /room/{key:str}/worry": Audience.RESPONDENT,
    "GET /board/{key:str}": Audience.RESPONDENT,
    "GET /board/{key:str}/news": Audience.RESPONDENT,
    "GET /my-views": Audience.ANYONE,
    "POST /my-views": Audience.ANYONE,
    "GET /my-views/new": Audience.ANYONE,
    "POST /my-views/new": Audience.ANYONE,
    "GET /my-views/took-part": Audience.ANYONE,
    "POST /my-views/took-part": Audience.ANYONE,
    "GET /my-views/{key:str}": Audience.RESPONDENT,
    "POST /my-views/{key:str}": Audience.RESPONDENT,
    "GET /my-views/{key:str}/code": Audience.RESPONDENT,
    "GET /my-views/{key:str}/add/{section_code:str}": Audience.RESPONDENT,
    "GET /my-views/{key:str}/add/{section_code:str}/{how:str}/{turn:str}": Audience.RESPONDENT,
    "POST /my-views/{key:str}/add/{section_code:str}/{how:str}/{turn:str}": Audience.RESPONDENT,
    "PUT /my-views/{key:str}/add/{section_code:str}/{how:str}/{turn:str}": Audience.RESPONDENT,
    "GET /my-views/{key:str}/add/{section_code:str}/{how:str}/{turn:str}/file": Audience.RESPONDENT,
    "GET /my-views/{key:str}/copy.json": Audience.RESPONDENT,
    "GET /my-views/{key:str}/sort": Audience.RESPONDENT,
    "POST /my-views/{key:str}/sort": Audience.RESPONDENT,
    "GET /my-views/{key:str}/files/{view:uuid}": Audience.RESPONDENT,
    "GET /my-views/{key:str}/meeting": Audience.RESPONDENT,
    "POST /my-views/{key:str}/meeting": Audience.RESPONDENT,
    "GET /my-views/{key:str}/learn": Audience.RESPONDENT,
    "POST /my-views/{key:str}/learn": Audience.RESPONDENT,
    "GET /my-views/{key:str}/sheet/{name:str}": Audience.RESPONDENT,
    "GET /my-views/{key:str}/people": Audience.RESPONDENT,
    "POST /my-views/{key:str}/people": Audience.RESPONDENT,
    "GET /my-views/{key:str}/heard": Audience.RESPONDENT,
    "POST /my-views/{key:str}/heard": Audience.RESPONDENT,
    "GET /my-views/{key:str}/end": Audience.RESPONDENT,
    "POST /my-views/{key:str}/end": Audience.RESPONDENT,
    "GET /offline/worker.js": Audience.ANYONE,
    "GET /offline/{link:str}": Audience.ANYONE,
    "GET /offline/{link:str}/questions": Audience.ANYONE,
    "POST /offline/{link:str}": Audience.ANYONE,
    "GET /asked/{token:str}": Audience.ANYONE,
    "GET /sign-in": Audience.ANYONE,
    "POST /sign-in": Audience.ANYONE,
    "GET /sign-in/mail/{token:str}": Audience.ANYONE,
    "POST /sign-in/mail/{token:str}": Audience.ANYONE,
    "GET /sign-in/once/{token:str}": Audience.ANYONE,
    "GET /sign-in/code": Audience.ANYONE,
    "POST /sign-in/code": Audience.ANYONE,
    "GET /outbox": Audience.ANYONE,
    "GET /sign-in/sso": Audience.ANYONE,
    "GET /sign-in/sso/back": Audience.ANYONE,
    "GET /sign-in/passkey": Audience.ANYONE,
    "POST /sign-in/passkey": Audience.ANYONE,
    "GET /account/passkeys": Audience.STAFF,
    "POST /account/passkeys": Audience.STAFF,
    "GET /account/passkeys/new": Audience.STAFF,
    "POST /account/passkeys/new": Audience.STAFF,
    "POST /sign-out": Audience.STAFF,
    "POST /sign-out/everywhere": Audience.STAFF,
    "POST /sign-in/again": Audience.STAFF,
    "POST /account/sessions": Audience.STAFF,
    "GET /account/second-factor": Audience.STAFF,
    "POST /account/second-factor": Audience.STAFF,
    "POST /account/second-factor/codes": Audience.STAFF,
    "POST /account/second-factor/remove": Audience.STAFF,
    "GET /account": Audience.STAFF,
    "POST /account": Audience.STAFF,
    "GET /work/builder": Audience.SURVEYS,
    "POST /work/builder": Audience.BUILDING,
    "GET /work/builder/{draft:uuid}": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}": Audience.BUILDING,
    "GET /work/builder/{draft:uuid}/discard": Audience.BUILDING,
    "POST /work/builder/{draft:uuid}/discard": Audience.BUILDING,
    "GET /work/builder/{draft:uuid}/paths": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/settings": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}/settings": Audience.BUILDING,
    "GET /work/builder/{draft:uuid}/add": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}/add": Audience.BUILDING,
    "GET /work/builder/{draft:uuid}/questions/{concept:str}": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}/questions/{concept:str}": Audience.BUILDING,
    "GET /work/builder/{draft:uuid}/readiness": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}/readiness": Audience.BUILDING,
    "GET /work/builder/{draft:uuid}/preview": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/preview/{tried:str}/start": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}/preview/{tried:str}/start": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}/with-file": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}/file": Audience.SURVEYS,
    "PUT /work/builder/{draft:uuid}/preview/{tried:str}/q/{concept:str}/file": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/preview/{tried:str}/check": Audience.SURVEYS,
    "POST /work/builder/{draft:uuid}/preview/{tried:str}/check": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/preview/{tried:str}/receipt": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/preview/{tried:str}/later": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/preview/{tried:str}/stop": Audience.SURVEYS,
    "GET /work/builder/{draft:uuid}/paper": Audience.SURVEYS,
    "GET /work/rounds": Audience.SURVEYS,
    "POST /work/rounds": Audience.BUILDING,
    "GET /work/surveys": Audience.ASKING,
    "GET /work/surveys/{link:str}/letter": Audience.ASKING,
    "GET /work/surveys/{link:str}/poster": Audience.ASKING,
    "GET /work/classes": Audience.ASKING,
    "POST /work/classes": Audience.ASKING,
    "GET /work/classes/{id:str}": Audience.ASKING,
    "GET /work/classes/{id:str}/counts": Audience.ASKING,
    "POST /work/classes/{id:str}/end": Audience.ASKING,
    "GET /work/sessions": Audience.FACILITATING,
    "GET /work/sessions/new": Audience.FACILITATING,
    "POST /work/sessions/new": Audience.FACILITATING,
    "GET /work/sessions/{id:str}": Audience.FACILITATING,
    "POST /work/sessions/{id:str}": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/agenda": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/agenda": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/agenda/{activity:str}": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/agenda/{activity:str}": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/run": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/run": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/run/news": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/cards": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/cards/{card:uuid}": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/files/{card:uuid}": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/attendance": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/attendance": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/thanks": Audience.FACILITATING,
    "GET /work/sessions/notes": Audience.FACILITATING,
    "POST /work/sessions/notes": Audience.FACILITATING,
    "GET /work/sessions/notes/{token:str}": Audience.FACILITATING,
    "POST /work/sessions/notes/{token:str}": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/report": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/report": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/report/as/{kind:str}": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/report/files/{file:str}": Audience.FACILITATING,
    "GET /work/sessions/{id:str}/report/lines/{activity:str}": Audience.FACILITATING,
    "POST /work/sessions/{id:str}/report/lines/{activity:str}": Audience.FACILITATING,
    "GET /work/forums": Audience.FACILITATING,
    "GET /work/forums/{forum:str}/{term:str}": Audience.FACILITATING,
    "POST /work/forums/{forum:str}/{term:str}": Audience.FACILITATING,
    "GET /work/forums/{forum:str}/{term:str}/as/{kind:str}": Audience.FACILITATING,
    "GET /work/telephone": Audience.ASKING,
    "POST /work/telephone": Audience.ASKING,
    "GET /work/bank": Audience.STAFF,
    "GET /work/bank/new": Audience.BUILDING,
    "POST /work/bank/new": Audience.BUILDING,
    "GET /work/bank/{concept:str}": Audience.STAFF,
    "GET /work/bank/{concept:str}/words/{edition:str}/{language:str}": Audience.BUILDING,
    "POST /work/bank/{concept:str}/words/{edition:str}/{language:str}": Audience.BUILDING,
    "GET /work/bank/{concept:str}/about": Audience.BUILDING,
    "POST /work/bank/{concept:str}/about": Audience.BUILDING,
    "GET /work/bank/{concept:str}/files": Audience.BUILDING,
    "POST /work/bank/{concept:str}/files": Audience.BUILDING,
    "GET /work/paper/{link:str}": Audience.ASKING,
    "GET /work/paper/{link:str}/form": Audience.ASKING,
    "POST /work/paper/{link:str}": Audience.ASKING,
    "GET /work/stacks/{token:str}": Audience.ASKING,
    "POST /work/stacks/{token:str}": Audience.ASKING,
    "GET /work/stacks/{token:str}/second": Audience.ASKING,
    "POST /work/stacks/{token:str}/second": Audience.ASKING,
    "GET /work/stacks/{token:str}/differences": Audience.ASKING,
    "POST /work/stacks/{token:str}/differences": Audience.ASKING,
    "GET /work/import": Audience.EVIDENCE,
    "POST /work/import": Audience.EVIDENCE,
    "GET /work/import/{token:str}/columns": Audience.EVIDENCE,
    "POST /work/import/{token:str}/columns": Audience.EVIDENCE,
    "GET /work/import/{token:str}/preview": Audience.EVIDENCE,
    "GET /work/import/{token:str}/unread": Audience.EVIDENCE,
    "POST /work/import/{token:str}/preview": Audience.EVIDENCE,
    "GET /work/drop-box": Audience.DROPPING,
    "POST /work/drop-box": Audience.DROPPING,
    "GET /work/drop-box/waiting": Audience.EVIDENCE,
    "GET /work/drop-box/waiting/{id:str}": Audience.EVIDENCE,
    "POST /work/drop-box/waiting/{id:str}": Audience.EVIDENCE,
    "GET /work/drop-box/{id:str}": Audience.DROPPING,
    "POST /work/drop-box/{id:str}": Audience.DROPPING,
    "GET /manage/drop-box": Audience.MANAGING,
    "POST /manage/drop-box": Audience.MANAGING,
    "GET /work/answers": Audience.EVIDENCE,
    "POST /work/answers": Audience.EVIDENCE,
    "GET /work/exchange": Audience.BUILDING,
    "POST /work/exchange": Audience.BUILDING,
    "GET /work/exchange/{token:str}": Audience.BUILDING,
    "POST /work/exchange/{token:str}": Audience.BUILDING,
    "POST /work/exchange/xlsform": Audience.BUILDING,
    "GET /work/voices": Audience.VOICES,
    "GET /work/voices/{token:str}": Audience.VOICES,
    "GET /work/voices/{token:str}/file": Audience.VOICES,
    "POST /work/voices/{token:str}/transcript": Audience.EVIDENCE,
    "GET /work/already-asked": Audience.VOICES,
    "POST /work/already-asked": Audience.FACILITATING,
    "GET /work/quotes": Audience.EVIDENCE,
    "POST /work/quotes": Audience.EVIDENCE,
    "POST /work/quotes/translation": Audience.EVIDENCE,
    "GET /work/themes/frame": Audience.EVIDENCE,
    "GET /work/themes/frame/file": Audience.EVIDENCE,
    "GET /work/themes/frame/history": Audience.EVIDENCE,
    "POST /work/themes/frame/begin": Audience.EVIDENCE,
    "GET /work/themes/frame/draft": Audience.EVIDENCE,
    "POST /work/themes/frame/draft": Audience.EVIDENCE,
    "POST /work/themes/frame/draft/file": Audience.EVIDENCE,
    "GET /work/themes/frame/draft/add": Audience.EVIDENCE,
    "POST /work/themes/frame/draft/add": Audience.EVIDENCE,
    "GET /work/themes/frame/draft/merge": Audience.EVIDENCE,
    "POST /work/themes/frame/draft/merge": Audience.EVIDENCE,
    "GET /work/themes/frame/draft/themes/{token:str}": Audience.EVIDENCE,
    "POST /work/themes/frame/draft/themes/{token:str}": Audience.EVIDENCE,
    "GET /work/themes/frame/draft/themes/{token:str}/split": Audience.EVIDENCE,
    "POST /work/themes/frame/draft/themes/{token:str}/split": Audience.EVIDENCE,
    "GET /work/themes/frame/use": Audience.EVIDENCE,
    "POST /work/themes/frame/use": Audience.EVIDENCE,
    "GET /work/themes/frame/again": Audience.EVIDENCE,
    "POST /work/themes/frame/again": Audience.EVIDENCE,
    "GET /work/themes/coders": Audience.EVIDENCE,
    "POST /work/themes/coders": Audience.EVIDENCE,
    "GET /work/themes/coders/{token:str}": Audience.EVIDENCE,
    "GET /work/themes/coders/{token:str}/code": Audience.EVIDENCE,
    "POST /work/themes/coders/{token:str}/code": Audience.EVIDENCE,
    "GET /work/themes/coders/{token:str}/talk": Audience.EVIDENCE,
    "POST /work/themes/coders/{token:str}/talk": Audience.EVIDENCE,
    "GET /work/themes/new": Audience.EVIDENCE,
    "POST /work/themes/new/look": Audience.EVIDENCE,
    "POST /work/themes/new/{token:str}": Audience.EVIDENCE,
    "GET /lead/themes": Audience.FINDINGS,
    "GET /lead/themes/file": Audience.FINDINGS,
    "GET /lead/themes/{term:str}/{theme:str}": Audience.FINDINGS,
    "GET /work/themes/summaries": Audience.EVIDENCE,
    "GET /work/themes/summaries/{term:str}/{theme:str}": Audience.EVIDENCE,
    "POST /work/themes/summaries/{term:str}/{theme:str}": Audience.EVIDENCE,
    "GET /work/themes/summaries/{term:str}/{theme:str}/words": Audience.EVIDENCE,
    "GET /work/themes/summaries/{term:str}/{theme:str}/preview": Audience.EVIDENCE,
    "POST /work/themes/summaries/{term:str}/{theme:str}/preview": Audience.EVIDENCE,
    "GET /work/themes/words": Audience.EVIDENCE,
    "GET /work/themes/changes/{term:str}": Audience.EVIDENCE,
    "GET /work/themes/headings": Audience.EVIDENCE,
    "POST /work/themes/headings": Audience.EVIDENCE,
    "GET /lead/disagreements": Audience.FINDINGS,
    "GET /lead/before-after": Audience.FINDINGS,
    "GET /lead/compare": Audience.FINDINGS,
    "GET /lead": Audience.FINDINGS,
    "GET /lead/said": Audience.FINDINGS,
    "GET /lead/tables": Audience.FINDINGS,
    "POST /lead/tables": Audience.AGREEING,
    "GET /tables/{id:uuid}": Audience.ANYONE,
    "GET /tables/{id:uuid}/file": Audience.ANYONE,
    "GET /lead/trends/{who:str}/{concept:str}": Audience.FINDINGS,
    "GET /lead/targets": Audience.FINDINGS,
    "POST /lead/targets": Audience.AGREEING,
    "GET /work/reviews": Audience.REVIEWS,
    "POST /work/reviews/letters": Audience.REVIEWS,
    "POST /work/reviews/participation": Audience.REVIEWS,
    "GET /work/reviews/participation": Audience.REVIEWS,
    "GET /work/reviews/register": Audience.REVIEWS,
    "POST /work/reviews/register": Audience.REVIEWS,
    "GET /work/themes": Audience.EVIDENCE,
    "GET /work/themes/export": Audience.EVIDENCE,
    "POST /work/themes/export": Audience.EVIDENCE,
    "GET /work/themes/coding": Audience.EVIDENCE,
    "POST /work/themes/coding": Audience.EVIDENCE,
    "GET /work/registers": Audience.INVITING,
    "POST /work/registers": Audience.INVITING,
    "GET /work/registers/new/{token:str}": Audience.INVITING,
    "POST /work/registers/new/{token:str}": Audience.INVITING,
    "POST /work/registers/{id:uuid}/remove": Audience.INVITING,
    "POST /work/invitations/{id:uuid}/override": Audience.INVITING,
    "POST /work/invitations/{id:uuid}/instead": Audience.INVITING,
    "GET /work/contacts": Audience.INVITING,
    "POST /work/contacts": Audience.INVITING,
    "POST /work/contacts/{id:uuid}/take-back": Audience.INVITING,
    "POST /work/contacts/left-alone": Audience.INVITING,
    "GET /work/contacts/key": Audience.MANAGING,
    "GET /ledger-keys": Audience.ANYONE,
    "GET /work/rules": Audience.FINDINGS,
    "POST /work/rules": Audience.AGREEING,
    "GET /lead/fatigue": Audience.FINDINGS,
    "GET /lead/packs": Audience.FINDINGS,
    "GET /lead/packs/file": Audience.FINDINGS,
    "GET /lead/packs/look": Audience.FINDINGS,
    "GET /lead/overrides": Audience.FINDINGS,
    "GET /lead/unheard": Audience.FINDINGS,
    "GET /work/population": Audience.EVIDENCE,
    "POST /work/population": Audience.EVIDENCE,
    "GET /work/population/{token:str}": Audience.EVIDENCE,
    "POST /work/population/{token:str}": Audience.EVIDENCE,
    "POST /work/population/{id:uuid}/remove": Audience.EVIDENCE,
    "POST /lead/overrides/{id:uuid}": Audience.AGREEING,
    "GET /work/calendar": Audience.SURVEYS,
    "POST /work/calendar": Audience.INVITING,
    "POST /work/calendar/{id:uuid}/drop": Audience.INVITING,
    "GET /work/calendar/{carrier:uuid}/with/{other:uuid}": Audience.SURVEYS,
    "POST /work/calendar/{carrier:uuid}/with/{other:uuid}": Audience.INVITING,
    "GET /work/invitations": Audience.INVITING,
    "POST /work/invitations": Audience.INVITING,
    "GET /work/invitations/{id:uuid}": Audience.INVITING,
    "POST /work/invitations/{id:uuid}": Audience.INVITING,
    "GET /work/invitations/{id:uuid}/letters/{part:str}": Audience.INVITING,
    "POST /work/invitations/{id:uuid}/posted": Audience.INVITING,
    "POST /work/invitations/{id:uuid}/unknown": Audience.INVITING,
    "POST /work/invitations/{id:uuid}/remind": Audience.INVITING,
    "GET /work/invitations/{id:uuid}/replies": Audience.INVITING,
    "POST /work/invitations/{id:uuid}/replies": Audience.INVITING,
    "GET /work/actions": Audience.STAFF,
    "GET /work/actions/file": Audience.ACTING,
    "GET /work/actions/new": Audience.ACTING,
    "POST /work/actions/new": Audience.ACTING,
    "GET /work/actions/{id:uuid}": Audience.STAFF,
    "POST /work/actions/{id:uuid}": Audience.STAFF,
    "GET /work/actions/{id:uuid}/words": Audience.STAFF,
    "POST /work/actions/{id:uuid}/words": Audience.STAFF,
    "GET /work/worries": Audience.SAFEGUARDING,
    "GET /work/worries/{id:uuid}": Audience.SAFEGUARDING,
    "POST /work/worries/{id:uuid}": Audience.SAFEGUARDING,
    "POST /work/worries/{id:uuid}/contact": Audience.SAFEGUARDING,
    "GET /work/contact-wishes": Audience.INVITING,
    "POST /work/contact-wishes/{id:uuid}": Audience.INVITING,
    "POST /work/contact-wishes/{id:uuid}/done": Audience.INVITING,
    "GET /work/safeguarding": Audience.CARING,
    "POST /work/safeguarding": Audience.CARING,
    "GET /work/safeguarding/words/{code:str}": Audience.CARING,
    "POST /work/safeguarding/words/{code:str}": Audience.CARING,
    "POST /work/safeguarding/words/{code:str}/agree": Audience.CARING,
    "GET /govern/requests": Audience.GOVERNING,
    "POST /govern/requests": Audience.GOVERNING,
    "GET /govern/requests/{id:uuid}": Audience.GOVERNING,
    "POST /govern/requests/{id:uuid}": Audience.GOVERNING,
    "GET /govern/requests/{id:uuid}/copy": Audience.GOVERNING,
    "GET /govern/requests/{id:uuid}/copy.json": Audience.GOVERNING,
    "GET /govern/confidential": Audience.GOVERNING,
    "POST /govern/confidential": Audience.GOVERNING,
    "GET /govern/retention": Audience.GOVERNING,
    "GET /govern/records": Audience.GOVERNING,
    "GET /govern/records/file": Audience.GOVERNING,
    "GET /work/published": Audience.ACTING,
    "POST /work/published": Audience.ACTING,
    "GET /work/published/{id:uuid}": Audience.ACTING,
    "POST /work/published/{id:uuid}": Audience.ACTING,
    "GET /work/published/{id:uuid}/picture": Audience.ACTING,
    "POST /work/published/{id:uuid}/picture": Audience.ACTING,
    "GET /work/words-to-agree": Audience.FACILITATING,
    "GET /work/words-to-agree/{id:uuid}": Audience.FACILITATING,
    "POST /work/words-to-agree/{id:uuid}": Audience.FACILITATING,
    "GET /work/translating": Audience.TRANSLATING,
    "GET /work/translating/{code:str}": Audience.TRANSLATING,
    "GET /work/translating/{code:str}/words/{token:str}": Audience.TRANSLATING,
    "POST /work/translating/{code:str}/words/{token:str}": Audience.TRANSLATING,
    "GET /work/translating/{code:str}/file": Audience.TRANSLATING,
    "GET /work/translating/{code:str}/import": Audience.TRANSLATING,
    "POST /work/translating/{code:str}/import": Audience.TRANSLATING,
    "GET /work/translating/{code:str}/import/{token:str}": Audience.TRANSLATING,
    "POST /work/translating/{code:str}/import/{token:str}": Audience.TRANSLATING,
    "GET /manage/people": Audience.MANAGING,
    "POST /manage/people": Audience.MANAGING,
    "GET /manage/people/{id:uuid}": Audience.MANAGING,
    "GET /manage/organisations": Audience.MANAGING,
    "POST /manage/organisations": Audience.MANAGING,
    "POST /manage/organisations/{id:uuid}": Audience.MANAGING,
    "GET /manage/groups": Audience.MANAGING,
    "POST /manage/groups": Audience.MANAGING,
    "POST /manage/groups/{id:uuid}": Audience.MANAGING,
    "GET /manage/access": Audience.MANAGING,
    "GET /manage/access/{kind:str}/{key:str}": Audience.MANAGING,
    "POST /manage/access/{kind:str}/{key:str}": Audience.MANAGING,
    "GET /account/work-as": Audience.STAFF,
    "POST /account/work-as": Audience.STAFF,
    "POST /manage/people/{id:uuid}/role": Audience.MANAGING,
    "POST /manage/people/{id:uuid}/end": Audience.MANAGING,
    "GET /manage/partnership": Audience.MANAGING,
    "POST /manage/partnership": Audience.MANAGING,
    "GET /manage/programs": Audience.MANAGING,
    "POST /manage/programs": Audience.MANAGING,
    "POST /manage/programs/{id:uuid}/end": Audience.MANAGING,
    "POST /manage/webhooks": Audience.MANAGING,
    "POST /manage/webhooks/{id:uuid}/end": Audience.MANAGING,
    "GET /govern/audit": Audience.GOVERNING,
    "POST /govern/audit": Audience.GOVERNING,
    "GET /govern/audit/file": Audience.GOVERNING,
    "GET /govern/audit/keeping": Audience.GOVERNING,
    "POST /govern/audit/keeping": Audience.GOVERNING,
    "GET /api": Audience.ANYONE,
    "GET /api/openapi.json": Audience.ANYONE,
    "GET /api/{path:str}": Audience.ANYONE,
    "GET /api/v1/surveys": Audience.PROGRAM,
    "GET /api/v1/surveys/{survey:str}": Audience.PROGRAM,
    "GET /api/v1/rounds": Audience.PROGRAM,
    "POST /api/v1/rounds/{round:uuid}/answers": Audience.PROGRAM,
    "GET /api/v1/answers": Audience.PROGRAM,
    "GET /api/v1/files/{file:uuid}": Audience.PROGRAM,
}
"""Every page there is. A page that is added or vanishes shows here, with the people it is for."""


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    handler: HTTPRouteHandler

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, link: str) -> str:
        filled = self.path.replace("/{link:str}", link.removeprefix("/s"))
        filled = filled.replace("{code:str}", "pl")
        bank = {"{concept:str}": "felt_listened_to", "{edition:str}": "easy_read", "{language:str}": "en"}
        for name, value in bank.items():
            filled = filled.replace(name, value)
        filled = filled.replace("{tried:str}", "none")
        filled = re.sub(r"{\w+:uuid}", "00000000-0000-4000-8000-000000000000", filled).replace("{id:str}", "none")
        return filled.replace("{token:str}", "t" * 22)


def routes_of(app: Litestar) -> Iterator[Route]:
    for route in app.routes:
        assert isinstance(route, HTTPRoute), f"{route.path} is no page: say here who may use it"
        for handler in route.route_handlers:
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                yield Route(str(method), route.path, handler)


def staff_routes(client: CheckingClient, *methods: str) -> list[Route]:
    found = [
        route
        for route in routes_of(client.client.app)
        if route.handler.opt["audience"] in ALLOWED and route.method in methods
    ]
    assert found
    return found


def cross_site_token(client: CheckingClient) -> str:
    client.get("/account")
    return client.client.cookies["csrf"]


class TestTheListOfPages:
    def test_it_says_who_each_page_is_for(self, client: CheckingClient) -> None:
        found = {route.name: route.handler.opt.get("audience") for route in routes_of(client.client.app)}
        assert found == PAGES

    def test_it_has_a_rule_for_every_audience(self) -> None:
        assert set(ALLOWED) == set(Audience) - {Audience.ANYONE, Audience.RESPONDENT, Audience.PROGRAM}

    def test_it_guards_every_page_of_staff(self, client: CheckingClient) -> None:
        unguarded = {
            route.name
            for route in staff_routes(client, "GET", "POST")
            if may_use_this_page not in route.handler.resolve_guards()
        }
        assert unguarded == set()

    def test_it_protects_every_form_of_staff_from_other_sites(self, client: CheckingClient) -> None:
        unprotected = {
            route.name for route in staff_routes(client, "POST") if route.handler.opt.get("exclude_from_csrf")
        }
        assert unprotected == set()


class TestWithoutASession:
    def test_it_asks_to_sign_in_first(self, client: CheckingClient, link: str) -> None:
        for route in staff_routes(client, "GET"):
            page = client.get(route.address(link), status=401)
            assert page.h1 == "Please sign in first"
            assert page.one("main a.button").attributes["href"] == "/sign-in"

    def test_it_says_so_in_the_readers_language(self, client: CheckingClient) -> None:
        client.client.cookies.set("language", "ur")
        page = client.get("/lead", status=401)
        assert page.language == "ur"
        assert page.h1 != "Please sign in first"

    def test_it_takes_no_session_that_was_made_up(self, client: CheckingClient) -> None:
        for token in ("x", "", "A" * 43):
            client.client.cookies.set("session", token)
            client.get("/lead", status=401)


class TestEachRole:
    @pytest.mark.parametrize("role", Role)
    def test_it_opens_its_own_pages_and_no_other(self, client: CheckingClient, link: str, role: Role) -> None:
        assert client.sign_in(role).status == 200
        for route in staff_routes(client, "GET"):
            answer = client.client.get(route.address(link))
            if role is Role.OFFICER:
                looked = client.client.head(route.address(link))
                assert (looked.status_code, looked.content) == (answer.status_code, b""), f"HEAD {route.path}"
            if role in ALLOWED[route.handler.opt["audience"]]:
                assert answer.status_code == (
                    404 if re.search(r"{kind:|{token|:uuid}|{id:|{forum:|{term:|{who:", route.path) else 200
                ), route.name
            else:
                page = client.get(route.address(link), status=403)
                assert page.h1 == "You cannot open this page"

    @pytest.mark.parametrize("role", Role)
    def test_it_can_send_no_form_of_another_role(self, client: CheckingClient, link: str, role: Role) -> None:
        client.sign_in(role)
        token = {"_csrf_token": cross_site_token(client)}
        for route in staff_routes(client, "POST"):
            if role not in ALLOWED[route.handler.opt["audience"]]:
                client.post(route.address(link), token, status=403)

    @pytest.mark.parametrize("role", Role)
    def test_it_offers_only_pages_that_open(self, client: CheckingClient, role: Role) -> None:
        page = client.sign_in(role)
        offered = [a.attributes["href"] or "" for a in page.tree.css("nav.places a")]
        assert offered
        for address in [*offered, *(a.attributes["href"] or "" for a in page.tree.css("footer a"))]:
            client.get(address)


class TestFormsFromOtherSites:
    def test_it_takes_no_form_without_the_token_of_the_page(self, client: CheckingClient, link: str) -> None:
        client.sign_in(Role.ADMINISTRATOR)
        cross_site_token(client)
        for route in staff_routes(client, "POST"):
            for forged in ({}, {"_csrf_token": "made-up"}):
                page = client.post(route.address(link), forged, status=403)
                assert page.h1 == "You cannot open this page"
                assert "Go back and try again." in page.text
        assert client.get("/account").status == 200, "nobody was signed out"

    def test_it_lets_no_other_site_sign_somebody_in(self, client: CheckingClient) -> None:
        client.get("/sign-in")
        client.post("/sign-in", {"email": "lead@first-start.invalid", "go": "link"}, status=403)


class TestHeaders:
    def test_it_lets_pages_fetch_nothing_from_elsewhere(self, client: CheckingClient, link: str) -> None:
        for address, status in (("/", 200), (link, 200), ("/lead", 401), ("/nothing-here", 404)):
            headers = client.get(address, status=status).response.headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert headers["referrer-policy"] == "same-origin"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["cache-control"] == "no-store"

    def test_it_lets_browsers_keep_what_is_built(self, client: CheckingClient) -> None:
        page = client.get("/")
        for node in page.tree.css("link[href], script[src], img[src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            assert address.startswith("/static/"), address
            answer = client.client.get(address)
            assert answer.status_code == 200, address
            assert "immutable" in answer.headers["cache-control"]

    def test_it_shows_no_file_outside_of_what_is_built(self, client: CheckingClient) -> None:
        for path in ("../src/scripts/keep.js", "%2e%2e/build.py", "..%2f..%2fpyproject.toml", "nothing.css"):
            assert client.client.get(f"/static/{path}").status_code == 404


class TestWhatDoesHarmInWrongHands:
    def test_it_asks_again_who_somebody_is(self, client: CheckingClient, clock: Clock) -> None:
        routes = {route.name: route for route in routes_of(client.client.app)}
        assert set(routes) >= PROVE_FIRST
        for name in PROVE_FIRST:
            route = routes[name]
            role = next(each for each in Role if each in ALLOWED[route.handler.opt["audience"]])
            client.sign_in(role)
            token = {"_csrf_token": cross_site_token(client)}
            clock.now += dt.timedelta(minutes=16)
            answer = client.client.request(route.method, route.address("/s/x"), data=token, follow_redirects=False)
            assert answer.status_code == 401, name
            client.client.cookies.clear()
