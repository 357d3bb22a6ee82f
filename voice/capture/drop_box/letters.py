"""E-mails: their own words without headers, signatures, quoted replies and addresses, and what hangs on them.

Runs in the process of ``reading.py``. Who sent it is told apart from the words, to be looked up and not stored.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from html.parser import HTMLParser

from analysis.redaction import find_contacts
from voice.capture.drop_box.pieces import MOST_LETTERS, Attachment, LeftOut, Letter, plain

HIDDEN = "[…]"
DEEPEST = 3
"""How often an e-mail may hang on another."""

_HEADER = re.compile(
    r"[>*\s]*(?:From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Von|An|Od|Do|Temat|De|Para|Assunto)\s*:\**\s.*",
    re.IGNORECASE,
)
_FROM = re.compile(r"[>*\s]*(?:From|Von|Od|De)\s*:\**\s.*", re.IGNORECASE)
_FORWARDED = re.compile(
    r"[\s>]*-{2,}\s*(?:Forwarded message|Forwarded by .*|Begin forwarded message)\s*-*|Begin forwarded message:",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"[\s>]*-{2,}\s*Original (?:Message|Appointment)\s*-{2,}", re.IGNORECASE)
_WROTE = re.compile(
    r"(?:On|Am|El|Le|W dniu|Em)\b.{4,200}(?:wrote|schrieb|escribió|a écrit|napisał\(?a?\)?|escreveu)\s*:\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*_{5,}\s*")
_GOODBYE = re.compile(
    r"\s*(?:(?:with |my )?(?:(?:very )?(?:kind|kindest|best|warm|warmest|many) )?"
    r"(?:regards|wishes)|yours (?:sincerely|faithfully|truly)|"
    r"many thanks|thanks|thank you|cheers|sent from my .{2,40}|get outlook for .{2,20}|sent from outlook.{0,20})"
    r"(?: and (?:best|kind) (?:regards|wishes))?\s*[,.!]?\s*",
    re.IGNORECASE,
)
_SIGNATURE_LINES = 14
_LONGEST_SIGNATURE_LINE = 90


def read_letter(content: bytes) -> Letter:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    words: list[str] = []
    attachments: list[Attachment] = []
    left_out: list[LeftOut] = []
    _take_apart(message, words, attachments, left_out, depth=0)
    text = re.sub(r"\n{3,}", "\n\n", "\n\n".join(filter(None, words))).strip()
    if len(text) > MOST_LETTERS:
        text = ""
        left_out.append(LeftOut("", "too_long"))
    return Letter(
        words=text,
        attachments=tuple(attachments),
        left_out=tuple(left_out),
        sender=parseaddr(_header(message, "From"))[1].strip().lower(),
        message_id=_header(message, "Message-ID"),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, "")).strip()
    except Exception:
        # What strangers write into headers makes the parser of the standard library raise almost anything.
        return ""


def _take_apart(
    message: EmailMessage,
    words: list[str],
    attachments: list[Attachment],
    left_out: list[LeftOut],
    *,
    depth: int,
) -> None:
    body = message.get_body(preferencelist=("plain", "html"))
    subject = _header(message, "Subject")
    if body is not None:
        text = _text_of(body)
        text = text_of_html(text) if body.get_content_type() == "text/html" else text
        words.append(
            own_words(text, is_forwarded=bool(re.match(r"\s*(?:fw|fwd|wg|tr|pd)\s*:", subject, re.IGNORECASE)))
        )
    for part in _attached(message):
        name = _name_of(part)
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            if depth < DEEPEST and isinstance(inner, EmailMessage):
                _take_apart(inner, words, attachments, left_out, depth=depth + 1)
            else:
                left_out.append(LeftOut(name, "too_many"))
        elif part.get_content_maintype() in ("image", "audio", "video"):
            left_out.append(LeftOut(name, "picture"))
        else:
            content = part.get_payload(decode=True)
            attachments.append(Attachment(name, content if isinstance(content, bytes) else b""))


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    """What hangs on the e-mail. Pictures that stand in the words themselves, such as a logo, do not."""
    try:
        for part in message.iter_attachments():
            inline = part.get_content_maintype() == "image" and part.get("Content-ID") is not None
            if isinstance(part, EmailMessage) and not inline:
                yield part
    except (TypeError, AttributeError, KeyError):
        return


def _name_of(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:
        name = ""
    kind = {"text/plain": ".txt", "text/csv": ".csv"}.get(part.get_content_type(), "")
    return " ".join(plain(name).replace("\\", "/").rpartition("/")[2].split())[:120] or f"attachment{kind}"


def _text_of(part: MIMEPart) -> str:
    try:
        found = part.get_content()
    except (LookupError, ValueError, KeyError):
        found = part.get_payload(decode=True)
    return found if isinstance(found, str) else bytes(found or b"").decode("utf-8", "replace")


class _Words(HTMLParser):
    """The words of a page, a line for each block; nothing of it is ever shown as HTML."""

    _SILENT = frozenset({"script", "style", "head", "title", "template", "blockquote"})
    _BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {value for name, value in attrs if name in ("class", "id", "type") and value}
        if tag in self._SILENT and (tag != "blockquote" or "cite" in names or "gmail_quote" in " ".join(names)):
            self._silent.append(tag)
        elif tag in self._BLOCKS:
            self.written.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in self._BLOCKS:
            self.written.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.written.append(re.sub(r"\s+", " ", data))


def text_of_html(source: str) -> str:
    parser = _Words()
    parser.feed(source[: MOST_LETTERS * 10])
    parser.close()
    lines = (line.strip() for line in "".join(parser.written).replace("\xa0", " ").splitlines())
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


def own_words(text: str, *, is_forwarded: bool) -> str:
    """What the sender wrote, and what they forwarded when they did; quoted replies, headers, signatures and
    addresses are gone."""
    kept: list[list[str]] = [[]]
    lines = plain(text).split("\n")
    at, passed_on = 0, False
    while at < len(lines):
        line = lines[at]
        begins_headers = bool(_FROM.fullmatch(line)) and _are_headers(lines[at : at + 6])
        if _FORWARDED.fullmatch(line.strip()) or (begins_headers and is_forwarded and not passed_on):
            # What was passed on is what somebody wanted heard. Its own headers go, and so do answers quoted in it.
            passed_on = True
            at += 0 if begins_headers else 1
            at = _after_headers(lines, at)
            kept.append([])
            continue
        wrote = _WROTE.match(line) or _WROTE.match(f"{line} {lines[at + 1] if at + 1 < len(lines) else ''}".strip())
        if _ORIGINAL.fullmatch(line) or begins_headers or wrote:
            break
        if not line.lstrip().startswith(">") and not _RULE.fullmatch(line):
            kept[-1].append(line.rstrip())
        at += 1
    said = "\n\n".join(filter(None, ("\n".join(_without_signature(lines)).strip() for lines in kept)))
    for detail in reversed(find_contacts(said)):
        said = f"{said[: detail.start]}{HIDDEN}{said[detail.end :]}"
    return said


def _are_headers(lines: list[str]) -> bool:
    return sum(bool(_HEADER.fullmatch(line)) for line in lines) >= 3


def _after_headers(lines: list[str], at: int) -> int:
    """The line after a block of headers that may begin after blank lines."""
    while at < len(lines) and not lines[at].strip(" >*"):
        at += 1
    while at < len(lines) and _HEADER.fullmatch(lines[at]):
        at += 1
        while at < len(lines) and lines[at].startswith((" ", "\t")) and lines[at].strip():
            at += 1  # a header that goes on in the next line
    return at


def _without_signature(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if line in ("--", "-- "):
            return lines[:at]
        after = [each for each in lines[at + 1 :] if each.strip()]
        if (
            _GOODBYE.fullmatch(line)
            and len(after) <= _SIGNATURE_LINES
            and all(len(each) <= _LONGEST_SIGNATURE_LINE for each in after)
        ):
            return lines[:at]
    return lines
