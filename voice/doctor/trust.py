"""Whether the record of who did what is whole, and whether somebody looks after worries."""

from __future__ import annotations

from voice.audit.verifying import Verdict
from voice.doctor.finding import Finding, look, ok, wrong
from voice.safeguarding.agreement import Agreement


def check_record(verdict: Verdict) -> Finding:
    if verdict.wrong:
        return wrong(
            f"record: entry {verdict.number} is not as it was written ({verdict.wrong}). Keep this database as it is, "
            "run `voice audit verify`, and tell whoever is responsible for data protection."
        )
    return ok(f"record: {verdict.entries} entries, each as it was written")


def check_safeguarding(agreement: Agreement) -> Finding:
    if agreement.lead is None:
        return look(
            "safeguarding: nobody is named to look at worries; somebody says who on Keeping people safe "
            "(/work/safeguarding)"
        )
    return ok("safeguarding: somebody is named to look at worries")
