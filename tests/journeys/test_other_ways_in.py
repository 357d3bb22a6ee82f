"""A member of staff who signs in with the service of the council, and then with a passkey, in a real browser.

The service is at another site, so its cookies and ours, and what our pages allow, are as they are for people.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.commands.voice_command import free_port, serving, voice
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


class Colleague:
    """A browser with a device in it that keeps passkeys, and is known to the service of the council."""

    def __init__(self, context: BrowserContext, page: Page, address: str) -> None:
        self.context = context
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._on_console)

    def _on_console(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    async def press(self, name: str, kind: str = "button") -> None:
        await self.page.locator("main").get_by_role(kind, name=name, exact=True).click()  # type: ignore[arg-type]

    async def is_at(self, path: str) -> None:
        await expect(self.page).to_have_url(f"{self.address}{path}")

    async def sign_out(self) -> None:
        await self.page.get_by_role("button", name="Sign out", exact=True).first.click()
        await self.is_at("/sign-in")

    async def show(self, name: str) -> None:
        """Keeps a picture of the page, where somebody wants to look at it."""
        if folder := os.environ.get("PICTURES"):
            for width, height in ((360, 740), (1280, 800)):
                await self.page.set_viewport_size({"width": width, "height": height})
                await self.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


async def test_a_colleague_signs_in_with_the_council_and_then_with_a_passkey(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    address, data = f"http://localhost:{port}", str(tmp_path / "data")
    assert voice("user", "add", EMAIL, "--role", "lead", "--data", data).returncode == 0
    with sign_in_service(address) as service:
        variables = {
            "VOICE_BASE_URL": address,
            "VOICE_OIDC_ISSUER": service.issuer,
            "VOICE_OIDC_CLIENT_ID": CLIENT,
            "VOICE_OIDC_CLIENT_SECRET": SECRET,
            "VOICE_OIDC_NAME": "Anytown Council",
        }
        with serving("run", "--port", str(port), "--data", data, **variables):
            context = await browser.new_context(
                locale="en-GB", reduced_motion="reduce", extra_http_headers={"x-person": json.dumps(PERSON)}
            )
            ada = Colleague(context, await context.new_page(), address)
            try:
                await _journey(ada)
            finally:
                await context.close()
    assert ada.complaints == []


async def _journey(ada: Colleague) -> None:
    devtools = await ada.context.new_cdp_session(ada.page)
    await devtools.send("WebAuthn.enable")
    added = await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    device = {"authenticatorId": added["authenticatorId"]}

    await ada.page.goto(f"{ada.address}/sign-in")
    await ada.show("sign-in")
    await ada.press("Sign in with Anytown Council", "link")
    await ada.is_at("/lead")

    await ada.page.goto(f"{ada.address}/account")
    await ada.show("account")
    await ada.press("Show my passkeys", "link")
    await ada.press("Add a passkey", "link")
    await ada.show("new-passkey")
    await ada.page.get_by_label("What do you call this device?").fill("My laptop")
    await ada.press("Add a passkey")
    await ada.is_at("/account/passkeys")
    await expect(ada.page.get_by_text("My laptop")).to_be_visible()
    await ada.show("passkeys")
    (credential,) = (await devtools.send("WebAuthn.getCredentials", device))["credentials"]
    assert credential["rpId"] == "localhost"
    assert credential["isResidentCredential"]

    await ada.page.goto(f"{ada.address}/account/passkeys/new")
    await ada.press("Add a passkey")
    stopped = ada.page.get_by_text("That did not work. You can try again.")
    await expect(stopped).to_be_visible()  # the device has one for this member already

    await ada.sign_out()
    await ada.press("Sign in with a passkey", "link")
    await ada.show("passkey")
    await devtools.send("WebAuthn.setUserVerified", {**device, "isUserVerified": False})
    await ada.press("Use my passkey")
    await expect(stopped).to_be_visible()
    await ada.is_at("/sign-in/passkey")
    await devtools.send("WebAuthn.setUserVerified", {**device, "isUserVerified": True})
    await ada.press("Use my passkey")
    await ada.is_at("/lead")

    await ada.page.goto(f"{ada.address}/account/passkeys")
    await ada.page.get_by_role("button", name="Remove My laptop", exact=True).click()
    await expect(ada.page.get_by_text("You have no passkeys yet.")).to_be_visible()
    await ada.sign_out()
    await ada.press("Sign in with a passkey", "link")
    await ada.press("Use my passkey")
    await expect(ada.page.get_by_text("We do not know this passkey.")).to_be_visible()
    await ada.show("unknown-passkey")
