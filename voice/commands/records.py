"""``voice records``: drafts of the papers that data-protection law asks for, as files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from voice.audit.by_command import record_command
from voice.audit.entry import Act
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.storage import Store


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "records",
        help="draft the impact assessment and the record of processing (Word, CSV)",
        description="Drafts made from how this installation is set up and what it holds. What only people can know is "
        "marked, and left open.",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the files go")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from voice.data_protection import facts, papers

    settings = settings_of(arguments)

    async def work(store: Store) -> facts.Facts:
        found = await facts.gather(store, settings, today=now().date())
        await store.write(lambda: record_command(Act.EXPORTED, "paper", now=now()))
        return found

    found = with_store(settings, work)
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name in papers.FILES:
            (arguments.out / name).write_bytes(papers.file_of(name, found))
    except OSError as problem:
        raise CommandProblem(f"{arguments.out} cannot be written ({problem.strerror}).") from problem
    print(f"{', '.join(papers.FILES)} in {arguments.out}", file=sys.stderr)
    return 0
