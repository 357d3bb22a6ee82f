"""OpenID Connect with the sign-in service that the settings name: code flow with PKCE, and tokens that are checked.

Authlib has the rules; the network is httpx. Nothing here knows our members.
"""

from __future__ import annotations

import datetime as dt
import ssl
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

import msgspec

from voice.settings import OpenId, is_private_way

if TYPE_CHECKING:
    import httpx

BACK = "/sign-in/sso/back"
"""Where the service sends people back to; the whole address is registered there."""

SECONDS_TO_ANSWER = 10
REMEMBERED_FOR = dt.timedelta(hours=1)
CLOCKS_MAY_DIFFER_BY = 60
"""Seconds between the clock of the service and ours."""

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""What a token may be signed with: keys that only the service has. Never ``none``, and never our own secret."""

LONGEST_SUBJECT = 255


class SingleSignOnProblem(Exception):
    """``code`` is ``away`` (the service cannot be reached, or says nonsense), ``refused`` (it did not let the
    person in) or ``not_trusted`` (what it sent is not for us, not from it, or not for now)."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(f"{code}: {why}" if why else code)
        self.code = code


class Arrived(msgspec.Struct, frozen=True):
    """Whom the service vouches for. ``address`` is an e-mail address that is theirs, or empty. ``with_two_factors``
    is whether it says so (``mfa`` of RFC 8176)."""

    issuer: str
    subject: str
    address: str
    with_two_factors: bool = False


class Described(msgspec.Struct):
    """What the service says of itself (OpenID Connect Discovery 1.0)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    id_token_signing_alg_values_supported: frozenset[str] = frozenset({"RS256"})
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class SignInService:
    """The service, with what it said of itself within the last hour."""

    def __init__(self, openid: OpenId, *, base_url: str) -> None:
        self.openid = openid
        self._back = base_url + BACK
        self._described: Described | None = None
        self._keys: Any = None
        self._since = dt.datetime.min.replace(tzinfo=dt.UTC)

    async def address(self, *, state: str, nonce: str, verifier: str, now: dt.datetime) -> str:
        """Where a browser goes to sign in. Raises :class:`SingleSignOnProblem`."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

        described = await self.described(now=now)
        address: str = prepare_grant_uri(
            described.authorization_endpoint,
            self.openid.client_id,
            "code",
            redirect_uri=self._back,
            scope="openid email" if self.openid.claim == "email" else "openid email profile",
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return address

    async def came_from_here(self, issuer: str | None, *, now: dt.datetime) -> bool:
        """Whether the answer that a browser brought is from this service and no other (RFC 9207)."""
        if issuer is None:
            return not (await self.described(now=now)).authorization_response_iss_parameter_supported
        return issuer == self.openid.issuer

    async def arrived(self, code: str, *, nonce: str, verifier: str, now: dt.datetime) -> Arrived:
        """Who came back with this code. Raises :class:`SingleSignOnProblem`."""
        described = await self.described(now=now)
        async with _browser() as browser:
            tokens = await self._exchanged(browser, described, code, verifier)
            claims = await self._checked(browser, described, tokens, nonce=nonce, now=now)
            told = claims
            if self.openid.claim not in claims and described.userinfo_endpoint:
                told = await self._asked_more(browser, described, tokens, claims["sub"])
        return Arrived(
            issuer=self.openid.issuer,
            subject=claims["sub"],
            address=self._address_of(told),
            with_two_factors="mfa" in (claims.get("amr") or ()),
        )

    async def described(self, *, now: dt.datetime) -> Described:
        """What the service says of itself. Raises :class:`SingleSignOnProblem`."""
        if self._described is not None and self._since <= now < self._since + REMEMBERED_FOR:
            return self._described
        async with _browser() as browser:
            address = f"{self.openid.issuer.rstrip('/')}/.well-known/openid-configuration"
            described: Described = _read(await _fetched(browser, address), Described)
            if described.issuer != self.openid.issuer:
                raise SingleSignOnProblem("not_trusted", "it calls itself otherwise than VOICE_OIDC_ISSUER")
            ways = (described.authorization_endpoint, described.token_endpoint, described.jwks_uri)
            if not all(map(is_private_way, (*ways, described.userinfo_endpoint or described.jwks_uri))):
                raise SingleSignOnProblem("not_trusted", "it has an address without https")
            keys = await _keys(browser, described)
        self._described, self._keys, self._since = described, keys, now
        return described

    async def _exchanged(
        self, browser: httpx.AsyncClient, described: Described, code: str, verifier: str
    ) -> dict[str, Any]:
        """The tokens for a code, which the service gives once, and only to whoever has the secret and the verifier."""
        from authlib.oauth2.auth import ClientAuth  # type: ignore[import-untyped]
        from authlib.oauth2.rfc6749.parameters import prepare_token_request

        id, secret = self.openid.client_id, self.openid.client_secret
        method = "client_secret_post"
        if method not in described.token_endpoint_auth_methods_supported:
            # In a header both are written as in a form (RFC 6749, 2.3.1), which Authlib leaves to us.
            method, id, secret = "client_secret_basic", quote_plus(id), quote_plus(secret)
        body = prepare_token_request("authorization_code", redirect_uri=self._back, code=code, code_verifier=verifier)
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        address, headers, body = ClientAuth(id, secret, method).prepare("POST", described.token_endpoint, headers, body)
        answer = await _answered(browser.post(address, content=body, headers=headers))
        if answer.status_code in (400, 401, 403):
            raise SingleSignOnProblem("not_trusted", "it gave nothing for the code")
        tokens: dict[str, Any] = _read(answer, dict)
        return tokens

    async def _checked(
        self,
        browser: httpx.AsyncClient,
        described: Described,
        tokens: dict[str, Any],
        *,
        nonce: str,
        now: dt.datetime,
    ) -> dict[str, Any]:
        """The claims of the ID token, once its signature, issuer, audience, time and nonce are right."""
        from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
        from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError

        written = tokens.get("id_token")
        allowed = ALGORITHMS & described.id_token_signing_alg_values_supported
        try:
            try:
                token = _opened(written, self._keys, allowed)
            except (InvalidKeyIdError, BadSignatureError):  # perhaps it has new keys
                self._keys = await _keys(browser, described)
                token = _opened(written, self._keys, allowed)
            claims = CodeIDToken(
                token.claims,
                token.header,
                {
                    "iss": {"essential": True, "value": self.openid.issuer},
                    "aud": {"essential": True, "value": self.openid.client_id},
                    "nonce": {"essential": True},
                },
                {
                    "nonce": nonce,
                    "client_id": self.openid.client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(now=int(now.timestamp()), leeway=CLOCKS_MAY_DIFFER_BY)
        except (JoseError, ValueError, TypeError, KeyError) as problem:
            raise SingleSignOnProblem("not_trusted", type(problem).__name__) from problem
        if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
            raise SingleSignOnProblem("not_trusted", "the subject is too long")
        return dict(claims)

    async def _asked_more(
        self, browser: httpx.AsyncClient, described: Described, tokens: dict[str, Any], subject: str
    ) -> dict[str, Any]:
        """What the service says beside the token. It must speak of the same person (OpenID Connect Core, 5.3.2)."""
        headers = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        told: dict[str, Any] = _read(await _fetched(browser, described.userinfo_endpoint, headers), dict)
        if told.get("sub") != subject:
            raise SingleSignOnProblem("not_trusted", "it speaks of somebody else")
        return told

    def _address_of(self, claims: dict[str, Any]) -> str:
        """The address that is theirs, in small letters; empty where nobody vouches for it.

        Only ASCII: some other letters become those of a colleague's address when they are made small.
        """
        address = claims.get(self.openid.claim)
        if not isinstance(address, str) or not address.isascii() or address.count("@") != 1:
            return ""
        address = address.strip().lower()
        verified = claims.get("email_verified") if self.openid.claim == "email" else None
        if self.openid.domains:
            ours = address.rpartition("@")[2] in self.openid.domains
            return address if ours and verified in (None, True) else ""
        return address if verified is True else ""


def _opened(written: object, keys: Any, allowed: frozenset[str]) -> Any:
    from joserfc import jwt
    from joserfc.jws import JWSRegistry

    if not isinstance(written, str):
        raise TypeError("there is no ID token")
    # An empty list would mean all that the library recommends.
    return jwt.decode(
        written, keys, registry=JWSRegistry(algorithms=sorted(allowed) or ["RS256"], strict_check_header=False)
    )


async def _keys(browser: httpx.AsyncClient, described: Described) -> Any:
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        return KeySet.import_key_set(_read(await _fetched(browser, described.jwks_uri), dict))
    except (JoseError, ValueError, TypeError, KeyError) as problem:
        raise SingleSignOnProblem("away", "its keys cannot be read") from problem


def _browser() -> httpx.AsyncClient:
    import httpx

    return httpx.AsyncClient(verify=_whom_we_trust(), timeout=SECONDS_TO_ANSWER)  # which follows no redirect


@cache
def _whom_we_trust() -> ssl.SSLContext:
    """The authorities of this machine, read once: that takes as long as all the rest."""
    import httpx

    return httpx.create_ssl_context()


async def _fetched(browser: httpx.AsyncClient, address: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return await _answered(browser.get(address, headers={"Accept": "application/json", **(headers or {})}))


async def _answered(asked: Any) -> httpx.Response:
    import httpx

    try:
        answer: httpx.Response = await asked
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise SingleSignOnProblem("away", type(problem).__name__) from problem
    return answer


def _read(answer: httpx.Response, kind: Any) -> Any:
    if answer.status_code != 200:
        raise SingleSignOnProblem("away", f"it answered {answer.status_code}")
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except msgspec.MsgspecError as problem:
        raise SingleSignOnProblem("away", "it says what cannot be read") from problem
