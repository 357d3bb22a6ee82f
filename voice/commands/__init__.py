"""The command line, one file a verb. It speaks English: it is for the people who run the product."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from voice.commands.problems import CommandProblem

VERBS = {
    "run": "serve the product (migrating the database first)",
    "demo": "serve it with an invented partnership to explore",
    "migrate": "bring the database up to date",
    "doctor": "say how things are, and what to do about what is wrong",
    "permissions": "print who may open and change what, route by route",
    "backup": "write everything that is stored to one file, while people work",
    "restore": "fill a new installation from a backup",
    "user": "add a member of staff and print a one-time sign-in link",
    "import": "take in answers collected elsewhere (CSV, XLSX)",
    "records": "draft the impact assessment and the record of processing (Word, CSV)",
    "audit": "check the record of who did what, seal it, or write it to a file (CSV)",
    "reviews": "take in a register of annual reviews (CSV, XLSX)",
    "export": "write answers to a file (CSV, XLSX, JSON Lines, Parquet, SPSS)",
    "wishes": "write who would like to hear from us to a file (CSV)",
    "survey": "take in a survey from another tool, or write one for it (XLSForm, LimeSurvey)",
    "mail-intake": "take e-mail into the drop box over SMTP",
    "similar": "find questions that ask the same, in pairs or in a bank",
    "easyread": "say what is hard to read in a file of texts",
    "themes": "suggest themes and sentiment for any file of comments",
    "ledger": "make a contact history ready for the shared ledger: keys in place of names",
    "fatigue": "say how much families are asked, and what it does, from any contact history",
    "disclose": "hide small numbers in a table so that none can be worked out (CSV)",
    "redact": "mask names and other personal details in any file of comments",
}
"""Each verb is a module of this package, loaded only when it is called; see ``_module`` for what it is called."""


FOR_ITS_OWNER_ALONE = 0o077
"""What files lack that are made here: databases, exports and outboxes hold what people said."""


def main(arguments: list[str] | None = None) -> int:
    os.umask(FOR_ITS_OWNER_ALONE)
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="voice", description="Golden Thread on the command line.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, does in VERBS.items():
        if given[:1] == [verb]:
            import_module(f"voice.commands.{_module(verb)}").add_parser(verbs)
        else:
            verbs.add_parser(verb, help=does)
    chosen = parser.parse_args(given)
    try:
        status: int = chosen.run(chosen)
    except CommandProblem as problem:
        print(f"voice {chosen.verb}: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return status


def _module(verb: str) -> str:
    return "importing" if verb == "import" else verb.replace("-", "_")
