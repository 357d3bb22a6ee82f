"""`voice mail-intake`, and e-mail that comes in while `voice run` serves."""

from __future__ import annotations

import smtplib
import subprocess
import time
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.capture.drop_box import files
from tests.commands.voice_command import PROGRAM, ROOT, environment, free_port, serving
from voice.capture.drop_box import listing
from voice.commands import main
from voice.commands.with_store import with_store
from voice.settings import Settings


def send(port: int, words: str) -> None:
    letter = files.letter(words, message_id=f"<{words}@elmtree.example>").as_bytes(policy=SMTP)
    until = time.monotonic() + 100
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", port) as server:
                server.sendmail("anna@elmtree.example", ["dropbox@millbrook-vale.example"], letter)
            return
        except ConnectionRefusedError:
            assert time.monotonic() < until
            time.sleep(0.2)


class TestMailIntake:
    def test_it_takes_letters_in_beside_a_server_and_in_it(self, tmp_path: Path) -> None:
        inside, beside, where = free_port(), free_port(), ("--data", str(tmp_path))
        with serving("run", "--port", str(free_port()), *where, VOICE_INTAKE_PORT=str(inside)):
            intake = subprocess.Popen(
                [*PROGRAM, "mail-intake", "--port", str(beside), *where], cwd=ROOT, env=environment()
            )
            try:
                send(inside, "inside")
                send(beside, "beside")
            finally:
                intake.terminate()
                intake.wait(timeout=30)
        found = with_store(Settings(data=tmp_path), lambda store: store.read(lambda: listing.waiting(unknown=True)))
        assert {each.beginning for each in found} == {"inside", "beside"}

    def test_it_says_which_port_it_needs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for written, said in (("0", "say at which port"), ("mail", "VOICE_INTAKE_PORT must be a number")):
            monkeypatch.setenv("VOICE_INTAKE_PORT", written)
            assert main(["mail-intake", "--data", str(tmp_path)]) == 2
            assert said in capsys.readouterr().err
