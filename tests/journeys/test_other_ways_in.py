"""A member of staff who signs in with the service of the council, and then with a passkey, in a real browser.

The service is at another site, so its cookies and ours, and what our pages allow, are as they are for people.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.commands.voice_command import free_port, serving, voice
from tests.journeys.looking import Look
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.people.sign_in_service import CLIENT, SECRET, sign_in_service

EMAIL = "ada@council.example.org"
PERSON = {"sub": "ada-1", "email": EMAIL, "email_verified": True}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
LOOKED_AT = ("new passkey", "passkeys", "passkey that was stopped")


async def test_a_colleague_signs_in_with_the_council_and_then_with_a_passkey(browser: Browser, tmp_path: Path) -> None:
    port, data = str(free_port()), str(tmp_path / "data")
    address = f"http://localhost:{port}"
    assert voice("user", "add", EMAIL, "--role", "lead", "--data", data).returncode == 0
    with sign_in_service(address) as service:
        variables = {
            "VOICE_BASE_URL": address,
            "VOICE_OIDC_ISSUER": service.issuer,
            "VOICE_OIDC_CLIENT_ID": CLIENT,
            "VOICE_OIDC_CLIENT_SECRET": SECRET,
            "VOICE_OIDC_NAME": "Anytown Council",
        }
        with serving("run", "--port", port, "--data", data, **variables):
            context = await browser.new_context(
                locale="en-GB",
                reduced_motion="reduce",
                device_scale_factor=2,
                extra_http_headers={"x-person": json.dumps(PERSON)},
            )
            ada = Visitor(context, await context.new_page(), address, "en")
            look = Look(ada, answering=False)
            try:
                await _journey(ada, look)
            finally:
                await context.close()
    assert [each for each in ada.complaints if service.issuer not in each] == []
    assert look.found == []


async def _journey(ada: Visitor, look: Look) -> None:
    devtools = await ada.devtools()
    await devtools.send("WebAuthn.enable")
    added = await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    device = {"authenticatorId": added["authenticatorId"]}
    stopped = ada.page.get_by_text("That did not work. You can try again.")

    await ada.open("/sign-in")
    await _show(look, "sign in")
    await _press(ada, "Sign in with Anytown Council", "link")
    await _is_at(ada, "/lead")

    await ada.open("/account")
    await _show(look, "account")
    await _press(ada, "Show my passkeys", "link")
    await _press(ada, "Add a passkey", "link")
    await _show(look, "new passkey")
    await ada.page.get_by_label("What do you call this device?").fill("My laptop")
    await _press(ada, "Add a passkey")
    await _is_at(ada, "/account/passkeys")
    await expect(ada.page.get_by_text("My laptop")).to_be_visible()
    await _show(look, "passkeys")
    (credential,) = (await devtools.send("WebAuthn.getCredentials", device))["credentials"]
    assert (credential["rpId"], credential["isResidentCredential"]) == ("localhost", True)

    await _press(ada, "Add a passkey", "link")
    await _press(ada, "Add a passkey")
    await expect(stopped).to_be_visible()  # the device has one for this member already

    await _sign_out(ada)
    await _press(ada, "Sign in with a passkey", "link")
    await devtools.send("WebAuthn.setUserVerified", {**device, "isUserVerified": False})
    await _press(ada, "Use my passkey")
    await expect(stopped).to_be_visible()
    await _show(look, "passkey that was stopped")
    await _is_at(ada, "/sign-in/passkey")
    await devtools.send("WebAuthn.setUserVerified", {**device, "isUserVerified": True})
    await _press(ada, "Use my passkey")
    await _is_at(ada, "/lead")

    await ada.open("/account/passkeys")
    await _press(ada, "Remove My laptop")
    await expect(ada.page.get_by_text("You have no passkeys yet.")).to_be_visible()
    await _sign_out(ada)
    await _press(ada, "Sign in with a passkey", "link")
    await _press(ada, "Use my passkey")
    await expect(ada.page.get_by_text("We do not know this passkey.")).to_be_visible()
    await ada.open("/sign-in/sso/back?code=x&state=x")
    await _show(look, "not in")


async def _press(ada: Visitor, name: str, kind: str = "button") -> None:
    await ada.page.locator("main").get_by_role(kind, name=name, exact=True).click()  # type: ignore[arg-type]


async def _is_at(ada: Visitor, path: str) -> None:
    await expect(ada.page).to_have_url(f"{ada.server}{path}")


async def _sign_out(ada: Visitor) -> None:
    await ada.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    await ada.page.get_by_role("button", name="Sign out", exact=True).first.click()
    await _is_at(ada, "/sign-in")


async def _show(look: Look, name: str) -> None:
    """Looks at the page when it is of a kind of its own, and keeps pictures where somebody names a folder for them."""
    if name in LOOKED_AT:
        await look(name)
    page, folder = look.visitor.page, os.environ.get("PICTURES")
    for width, height in (PHONE, DESKTOP) if folder else ():
        await page.set_viewport_size({"width": width, "height": height})
        await page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
