"""E-mails are stripped to what their sender, or the person they forward, has said."""

from __future__ import annotations

from tests.capture.drop_box import files
from voice.capture.drop_box.letters import own_words, read_letter, text_of_html

FORWARDED = """Please add this, she agreed.

Kind regards,
Anna Smith
Elm Tree School
01632 960 124

---------- Forwarded message ---------
From: Sara <sara@families.example>
Date: Tue, 3 Nov 2026 at 09:12
Subject: The bus
To: Anna Smith <anna@elmtree.example>


The bus is late every day. Ring me on 07700 900123.

Thank you
Sara

On Mon, 2 Nov 2026 at 10:00, Anna Smith <anna@elmtree.example> wrote:
> How is the bus?
"""

OUTLOOK = """From: Sara <sara@families.example>
Sent: 03 November 2026 09:12
To: Anna Smith
Subject: The bus

The bus is late every day.

From: Anna Smith
Sent: 02 November 2026 10:00
To: Sara
Subject: The bus

How is the bus?
"""


class TestOwnWords:
    def test_it_keeps_what_was_forwarded_and_no_replies(self) -> None:
        found = own_words(FORWARDED, is_forwarded=True)
        assert found == "Please add this, she agreed.\n\nThe bus is late every day. Ring me on […]."

    def test_it_knows_how_outlook_forwards(self) -> None:
        assert own_words(OUTLOOK, is_forwarded=True) == "The bus is late every day."

    def test_it_drops_what_is_only_quoted(self) -> None:
        assert own_words(f"It is better now.\n\n{OUTLOOK}", is_forwarded=False) == "It is better now."
        assert own_words("Yes.\n> No?\nOn Monday Bo <b@x.org> wrote:\n> No?", is_forwarded=False) == "Yes."

    def test_it_keeps_thanks_that_are_no_signature(self) -> None:
        said = (
            "Thank you\n\n"
            + "The teacher listened to us for a whole hour and wrote all of it down for the meeting. " * 2
        )
        assert own_words(said, is_forwarded=False) == said.strip()


class TestReadingLetters:
    def test_it_tells_the_sender_apart_from_the_words(self) -> None:
        found = read_letter(bytes(files.letter("Hello there.\n\n-- \nAnna")))
        assert (found.words, found.sender, found.message_id) == (
            "Hello there.",
            "anna@elmtree.example",
            "<1@elmtree.example>",
        )

    def test_it_reads_html_as_words(self) -> None:
        source = "<head><title>x</title></head><p>One&nbsp;line</p><script>bad()</script><ul><li>a<li>b</ul>"
        assert text_of_html(source).split("\n") == ["One line", "", "- a", "- b"]

    def test_it_survives_what_is_no_letter(self) -> None:
        for content in (b"\xff\xfe\x00", b"From: \xff\nContent-Type: text/plain; charset=nonsense\n\nabc", b":\n:\n"):
            assert isinstance(read_letter(content).words, str)

    def test_it_reads_a_letter_that_hangs_on_a_letter(self) -> None:
        outer = files.letter("See below.")
        outer.add_attachment(files.letter("The bus is late.", sender="sara@families.example"))
        assert read_letter(bytes(outer)).words == "See below.\n\nThe bus is late."
