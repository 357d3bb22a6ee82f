"""Names that are introduced in the languages families here write in: "mam na imię …", "اسمي …"."""

from __future__ import annotations

import re

from analysis.redaction.detail import Zones
from analysis.redaction.vocabulary import known, names_in_other_scripts
from analysis.redaction.words import Reading

_LATIN = re.compile(
    r"\b(?:mam na imi[eę]|nazywam si[eę]|ma na imi[eę]|na imi[eę]|m[aă] numesc|m[aă] cheam[aă]|se nume[sș]te|"
    r"[iî]l cheam[aă]|"
    r"o cheam[aă]|numele meu este|me llamo|se llama|mi nombre es|chamo-me|meu nome [eé]|ad[iı]m|benim ad[iı]m|ismim|"
    r"magacaygu waa|magaciisu waa|magaceedu waa|waxaa la yiraahdaa|je m'appelle|s'appelle|mi chiamo|si chiama|"
    r"m[oó]j syn|moja c[oó]rka|mojego syna|fiul meu|fiica mea|mi hijo|mi hija|meu filho|minha filha|mon fils|"
    r"ma fille|"
    r"o[gğ]lum|k[iı]z[iı]m|wiilkayga|gabadhayda|pan|pani|doamna|domnul|se[nñ]ora?|t[eê]n t[oô]i l[aà]|"
    r"con t[oô]i l[aà]|vardas|"
    r"emri im [eë]sht[eë]|quhem)\s+(?P<name>[^\W\d_]+(?:[-'’][^\W\d_]+)*(?-i:[ ][A-ZÀ-Ž][^\W\d_]+)?)",
    re.IGNORECASE,
)
_LETTERS = r"[^\W\d_\u0000-\u0370][^\s\u0000-\u0040،۔؟।]*"
_OTHER = re.compile(
    rf"(?:اسمي|إسمي|اسمه|اسمها|ابني اسمه|ابنتي اسمها|میرا نام|میرے بیٹے کا نام|میری بیٹی کا نام|بیٹے کا نام|"
    rf"بیٹی کا نام|اس کا نام|نام من|اسمم|"
    rf"ਮੇਰਾ ਨਾਮ|ਮੇਰਾ ਨਾਂ|ਉਸਦਾ ਨਾਮ|ਨਾਮ|আমার নাম|নাম|मेरा नाम|नाम|મારું નામ|меня зовут|мене звати|його звати|"
    rf"її звати|его зовут|ее зовут|என் பெயர்)"
    rf"\s+(?P<name>{_LETTERS}(?:\s(?!ہے|है|ਹੈ|છે|ہیں){_LETTERS})?)"
)
_KIN = re.compile(
    rf"(?:ابني|ابنتي|بنتي|ولدي|بیٹا|بیٹی|بیٹے|ਪੁੱਤਰ|ਬੇਟਾ|ਧੀ|ছেলে|মেয়ে|बेटा|बेटी|сын|син|донька|"
    rf"дочь)\s+(?P<name>{_LETTERS})"
)


def find_introductions(reading: Reading, zones: Zones) -> None:
    text = zones.text
    if not reading.is_english or not text.isascii():
        for match in _LATIN.finditer(text):
            word = match["name"]
            of_it = known(word.split()[0].lower())
            if word[0].isupper() or of_it.is_given:
                zones.add("PERSON", *match.span("name"))
    if text.isascii():
        return
    for match in _OTHER.finditer(text):
        first, _, second = match["name"].partition(" ")
        end = match.end("name") if second and second in names_in_other_scripts() else match.start("name") + len(first)
        zones.add("PERSON", match.start("name"), end)
    for match in _KIN.finditer(text):
        if match["name"].casefold() in names_in_other_scripts():
            zones.add("PERSON", *match.span("name"))
