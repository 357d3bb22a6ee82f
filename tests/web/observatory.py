"""What Mozilla's HTTP Observatory would find fault with in an answer, and what it cannot see but we can."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie

import httpx
from selectolax.lexbor import LexborHTMLParser

PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
HALF_A_YEAR = 15_768_000
FOR_SCRIPTS = {"__Host-language", "__Host-display"}
"""Say nothing of anybody, and a script changes the look with them."""
RUNS = re.compile(r"^\s*(?:javascript|vbscript|data):", re.IGNORECASE)


def faults(answer: httpx.Response, *, framed: bool = False) -> list[str]:
    """Nothing for full marks. ``framed`` is the one page that other sites may show."""
    return [
        *_policy(answer, framed),
        *_other_headers(answer, framed),
        *(fault for each in answer.headers.get_list("set-cookie") for fault in _cookie(each)),
        *_content(answer),
    ]


def _policy(answer: httpx.Response, framed: bool) -> list[str]:
    given = answer.headers.get_list("content-security-policy")
    if len(given) != 1:
        return [f"{len(given)} content security policies"]
    parts = [part.split() for part in given[0].split(";") if part.split()]
    rules = {name: set(values) for name, *values in parts}
    found = [] if len(rules) == len(parts) else ["a rule stands twice, so one of them counts for nothing"]
    sources = set.union(*rules.values())
    allowed = {"'none'", "'self'", "blob:", "allow-same-origin"} | ({"*"} if framed else set())
    found += [f"the policy lets in {source}" for source in sources - allowed]
    found += [f"no {name} 'none'" for name in ("default-src", "base-uri") if rules.get(name) != {"'none'"}]
    if rules.get("frame-ancestors") != ({"*"} if framed else {"'none'"}):
        found.append(f"frames: {rules.get('frame-ancestors')}")
    if rules.get("form-action") not in ({"'self'"}, {"'none'"}):
        found.append("forms may go anywhere")
    if "blob:" in set.union(*(rules.get(name, set()) for name in ("script-src", "object-src", "default-src"))):
        found.append("a script can be made by a page")
    if framed and ("script-src" in rules or rules["form-action"] != {"'none'"}):
        found.append("a page in a frame can be pressed")
    return found


def _other_headers(answer: httpx.Response, framed: bool) -> list[str]:
    said = answer.headers
    found = [] if said.get("x-content-type-options") == "nosniff" else ["its kind may be guessed"]
    age = re.search(r"max-age=(\d+)", said.get("strict-transport-security", ""))
    if age is None or int(age[1]) < HALF_A_YEAR:
        found.append("it may come without HTTPS")
    if said.get("referrer-policy") not in PRIVATE:
        found.append("other sites are told where somebody came from")
    if said.get("cross-origin-resource-policy") != ("cross-origin" if framed else "same-origin"):
        found.append("other sites may fetch it")
    if said.get("cross-origin-opener-policy") != "same-origin":
        found.append("a window that opened it may hold on to it")
    if "camera=()" not in said.get("permissions-policy", ""):
        found.append("it may ask for the camera")
    for name in ("access-control-allow-origin", "server", "x-powered-by"):
        if name in said:
            found.append(f"it says {name}")
    return found


def _cookie(written: str) -> list[str]:
    found = []
    for name, cookie in SimpleCookie(written).items():
        if not cookie["secure"] or cookie["samesite"].lower() not in ("lax", "strict"):
            found.append(f"the cookie {name} goes anywhere")
        if not cookie["httponly"] and name not in FOR_SCRIPTS:
            found.append(f"scripts can read the cookie {name}")
        if name.startswith("__Host-"):
            if cookie["path"] != "/" or cookie["domain"]:
                found.append(f"browsers refuse {name}")
        elif not name.startswith("__Secure-") or cookie["path"] in ("", "/"):
            found.append(f"another site of the same domain can set {name}")
    return found


def _content(answer: httpx.Response) -> list[str]:
    kind = answer.headers.get("content-type", "")
    if answer.content and not kind:
        return ["it does not say what it is"]
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        return [f"its letters may be guessed: {kind}"]
    if not kind.startswith("text/html"):
        return ["an SVG that is not ours"] if "svg" in kind and "/static/" not in str(answer.url) else []
    tree = LexborHTMLParser(answer.text)
    by_themselves = "script:not([src]), style, [style], base, object, embed"
    found = [f"runs by itself: {node.html}" for node in tree.css(by_themselves)]
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            if name.startswith("on") or name == "srcdoc":
                found.append(f"runs by itself: {node.tag} {name}")
            if name in ("href", "src", "action", "formaction", "poster", "data") and RUNS.match(value or ""):
                found.append(f"runs when pressed: {value}")
    for node in tree.css("script[src], link[href]:not([rel=canonical]):not([rel=alternate]), img[src], form[action]"):
        to = node.attributes.get("src") or node.attributes.get("href") or node.attributes.get("action") or ""
        if re.match(r"(?:[a-z]+:)?//", to) and not to.startswith("https://testserver.local/"):
            found.append(f"fetched from elsewhere: {to}")
    return found
