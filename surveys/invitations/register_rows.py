"""The rows of a register: who can be reached and how, by which keys they are known, and what cannot be used and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import get_args

import msgspec

from surveys.asking_less.rules import Rules
from surveys.document import RespondentKind
from surveys.exchange.language_names import language_code
from surveys.importing.cells import text_of
from surveys.importing.sheet import Sheet
from surveys.importing.wording import wording
from surveys.invitations.reaching import Contact, email_of, mobile_of
from surveys.invitations.register_columns import GROUPS
from surveys.ledger import keys

AUDIENCES: tuple[str, ...] = get_args(RespondentKind)
LONGEST = 120
"""Letters of a name, of a line of an address, of the name of a group."""

CANNOT_BE_USED = ("no_way", "no_key", "twice")
"""Why a row stays out: nobody could be reached, nobody could be told apart, the person stands in another row."""

LOOKED_AT = ("bad_email", "bad_mobile", "half_address", "unknown_language", "unknown_audience", "own_key")
"""What a person should look at, though the row is used."""


class RowNote(msgspec.Struct, frozen=True):
    """Something about a row, by its number in the file. ``code`` is one of ``CANNOT_BE_USED`` or ``LOOKED_AT``.

    What the row says is not repeated.
    """

    row_number: int
    code: str

    @property
    def stays_out(self) -> bool:
        return self.code in CANNOT_BE_USED


class RegisterRow(msgspec.Struct, frozen=True):
    family: str
    person: str
    audience: str
    language: str
    groups: Mapping[str, str]
    contact: Contact


class ReadRegister(msgspec.Struct, frozen=True):
    rows: tuple[RegisterRow, ...]
    notes: tuple[RowNote, ...]

    def counts(self) -> dict[str, int]:
        """How many rows each note is about."""
        found = Counter(note.code for note in self.notes)
        return {code: found[code] for code in (*CANNOT_BE_USED, *LOOKED_AT) if found[code]}

    def reached_by(self) -> dict[str, int]:
        """How many people can be reached by each way."""
        return {way: sum(row.contact.is_reached_by(way) for row in self.rows) for way in ("email", "text", "letter")}


def read_register(
    sheet: Sheet,
    columns: Sequence[str],
    *,
    key: bytes,
    rules: Rules,
    audience: str,
    languages: Collection[str],
) -> ReadRegister:
    """``columns`` says what each column of the sheet is used for; ``audience`` holds for rows that name none.

    Who has a language that is not among ``languages`` is written to in English.
    """
    rows: list[RegisterRow] = []
    notes: list[RowNote] = []
    seen: set[str] = set()
    used = [(at, use) for at, use in enumerate(columns) if use]
    for each in sheet.rows:
        said = {use: " ".join(text_of(each.cells[at]).split()) for at, use in used if at < len(each.cells)}
        contact, about = _contact(said)
        family, person, own = _keys(said, contact, key, rules)
        kind, language = _audience(said.get("audience", ""), audience), _language(said.get("language", ""))
        if not any(contact.is_reached_by(way) for way in ("email", "text", "letter")):
            about.append("no_way")
        elif not person:
            about.append("no_key")
        elif person in seen:
            about.append("twice")
        else:
            seen.add(person)
            about += ["own_key"] * own
            about += ["unknown_audience"] * (not kind) + ["unknown_language"] * (language not in languages)
            groups = {group: said[group][:LONGEST] for group in GROUPS if said.get(group)}
            in_words = language if language in languages else "en"
            rows.append(RegisterRow(family, person, kind or audience, in_words, groups, contact))
        notes += [RowNote(each.number, code) for code in about]
    return ReadRegister(tuple(rows), tuple(notes))


def _contact(said: Mapping[str, str]) -> tuple[Contact, list[str]]:
    email, mobile = email_of(said.get("email", "")), mobile_of(said.get("mobile", ""))
    name = said.get("name") or " ".join(filter(None, (said.get("first_name"), said.get("surname"))))
    lines = tuple(said[use][:LONGEST] for use in ("address_1", "address_2", "address_3", "town") if said.get(use))
    postcode = said.get("postcode", "").upper()[:LONGEST]
    whole = bool(lines and postcode)
    notes = ["bad_email"] * bool(said.get("email") and not email)
    notes += ["bad_mobile"] * bool(said.get("mobile") and not mobile)
    notes += ["half_address"] * bool(lines and not postcode)
    return Contact(email, mobile, name[:LONGEST], (*lines, postcode) if whole else ()), notes


def _keys(said: Mapping[str, str], contact: Contact, key: bytes, rules: Rules) -> tuple[str, str, bool]:
    """The keys of the family and of the person, and whether one was made of other parts than the partners agreed.

    Somebody without the agreed parts is known by what there is: the first of an e-mail address, a mobile number, a
    reference. A key of its own means that other partners' asks of this family are not seen.
    """
    parts = {use: said[use] for use in keys.PARTS if said.get(use)} | {"phone": contact.mobile}
    instead = [{part: parts[part]} for part in ("email", "phone", "reference", "nhs_number", "upn") if parts.get(part)]
    if parts.get("postcode") and contact.name:
        instead.append({"postcode": parts["postcode"], "surname": contact.name})
    person, own_person = _first(keys.person_key, key, _of(rules.person_by, parts), instead)
    family, own_family = _first(keys.family_key, key, _of(rules.family_by, parts), instead)
    return family, person, own_person or own_family


def _of(by: Sequence[str], parts: Mapping[str, str]) -> dict[str, str]:
    return {part: parts.get(part, "") for part in by}


def _first(
    made: Callable[[bytes, Mapping[str, str]], str],
    key: bytes,
    agreed: Mapping[str, str],
    instead: Sequence[Mapping[str, str]],
) -> tuple[str, bool]:
    for at, parts in enumerate((agreed, *instead)):
        try:
            if parts:
                return made(key, parts), at > 0
        except keys.NotReadable:
            continue
    return "", True


def _language(written: str) -> str:
    """The code of a language, such as ``ur`` for ``Urdu``; English where nothing is written."""
    return (language_code(written) or "?").split("-")[0].lower() if written else "en"


def _audience(written: str, otherwise: str) -> str:
    """The code of who somebody is; "" when it is written and not known."""
    said = wording(written).replace(" ", "_") if written else ""
    if not said:
        return otherwise
    parents = ("parent", "carer", "parent_or_carer", "mother", "father", "family")
    found = "parent_carer" if said in parents else "young_person" if said == "child" else said
    return found if found in AUDIENCES else ""
