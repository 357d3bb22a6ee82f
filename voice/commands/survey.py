"""``voice survey import FILE`` and ``voice survey export SLUG``: surveys from and for other tools."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from surveys import document as documents
from surveys.building import drafting, starting
from surveys.exchange.carried import Carried, FormProblem, Left
from surveys.exchange.reading import read_form
from surveys.exchange.xlsform_writing import write_xlsform
from surveys.exporting.people import slugs, versions
from surveys.exporting.whole_files import written_whole
from voice.audit.by_command import record_command
from voice.audit.entry import Act
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.languages import LANGUAGES, words
from voice.storage import Store
from voice.web import exchange_words


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("survey", help="take in a survey from another tool, or write one for it")
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    taking_in = what.add_parser("import", help="an XLSForm (.xlsx) or LimeSurvey (.lss) file becomes a draft")
    taking_in.add_argument("file", type=Path, metavar="FILE")
    taking_in.add_argument("--out", type=Path, metavar="FILE.json", help="write the survey here, and store nothing")
    add_data_option(taking_in)
    taking_in.set_defaults(run=run_import)
    writing = what.add_parser("export", help="a published survey as an XLSForm")
    writing.add_argument("survey", metavar="SLUG")
    writing.add_argument("--version", type=int, metavar="N", help="otherwise the newest")
    writing.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    add_data_option(writing)
    writing.set_defaults(run=run_export)


def run_import(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    try:
        carried = read_form(path.read_bytes(), path.name, words, LANGUAGES)
    except OSError as problem:
        raise CommandProblem(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    except FormProblem as problem:
        raise CommandProblem(f"{path}: {exchange_words.form_problem(problem.code)}") from problem
    if arguments.out:
        _write(arguments.out, msgspec.json.format(documents.to_json(carried.document)).encode())
        made = f"in {arguments.out}"
    else:
        made = f"as the draft {with_store(settings_of(arguments), lambda store: _begin(store, carried, path.name))}"
    many = len(carried.document.questions)
    print(f"{many} question{'' if many == 1 else 's'} {made}")
    _tell(carried.left)
    return 0


async def _begin(store: Store, carried: Carried, filename: str) -> str:
    async def unit() -> str:
        slug = starting.slug_of(carried.document.slug, await starting.slugs_taken())
        document = msgspec.structs.replace(carried.document, slug=slug)
        await drafting.begin(document, based_on=f"file:{filename}"[:200], by=None, now=now())
        await record_command(Act.CHANGED, "survey", key=slug, now=now())
        return slug

    return await store.write(unit)


def run_export(arguments: argparse.Namespace) -> int:
    async def found(_: Store) -> tuple[bytes, tuple[Left, ...]]:
        known = dict(await versions(arguments.survey))
        if not known:
            there = ", ".join(await slugs())
            told = f"there are {there}" if there else "there are no surveys yet"
            raise CommandProblem(f"there is no survey {arguments.survey!r}; {told}.")
        number = arguments.version or max(known)
        if number not in known:
            raise CommandProblem(f"{arguments.survey} has no version {number}; the newest is {max(known)}.")
        return write_xlsform(known[number], words)

    content, left = with_store(settings_of(arguments), found)
    _write(arguments.out, content)
    print(f"{arguments.survey} in {arguments.out}")
    _tell(left)
    return 0


def _tell(left: tuple[Left, ...]) -> None:
    for each in left:
        where = exchange_words.where(each)
        about = f" ({each.about})" if each.about else ""
        print(f"  {where}: {exchange_words.left(each)}{about}" if where else f"  {exchange_words.left(each)}{about}")


def _write(out: Path, content: bytes) -> None:
    try:
        with written_whole(out) as path:
            path.write_bytes(content)
    except OSError as problem:
        raise CommandProblem(f"{out} cannot be written: {problem.strerror or problem}.") from problem
