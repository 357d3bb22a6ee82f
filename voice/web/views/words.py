"""Words for what is asked in a private space, and for what is answered there."""

from __future__ import annotations

from surveys.answers import AnswerProblem
from voice.capture.views.saying import Said
from voice.capture.views.sections import HEARD, PLACES, SORTED
from voice.languages import current, speak
from voice.languages import gettext as _
from voice.web import wordings


def section_title(code: str) -> str:
    return {
        "important": _("What is important to me"),
        "like": _("What people like about me"),
        "support": _("How to support me"),
        "working": _("What is working"),
        "not_working": _("What is not working"),
        "next": _("What I want next"),
        "who": _("Who should be there"),
        SORTED: _("How these are for me"),
        HEARD: _("Was I heard?"),
    }[code]


def section_help(code: str) -> str:
    return {
        "important": _("People, places and things that you love or need."),
        "like": _("What you are good at, and what makes people smile."),
        "support": _("What helps you, and what people should not do."),
        "working": _("What is good in your life now?"),
        "not_working": _("What is hard for you now?"),
        "next": _("Your hopes and plans. Small things count too."),
        "who": _("Who do you want at your meeting?"),
    }[code]


def in_english(code: str) -> str:
    """The title of a section in English, whatever language is being spoken."""
    spoken = current().code
    speak("en")
    try:
        return section_title(code)
    finally:
        speak(spoken)


def picture(code: str) -> str:
    return {
        "people": _("My family"),
        "friends": _("Friends"),
        "dog": _("Animals"),
        "music": _("Music"),
        "ball": _("Sport and clubs"),
        "draw": _("Making things"),
        "read": _("Books and stories"),
        "tree": _("Being outside"),
        "quiet": _("A quiet place"),
        "sleep": _("Sleep and rest"),
        "lunch": _("Food and lunch"),
        "learn": _("Learning"),
        "house": _("My home"),
        "safe": _("Feeling safe"),
        "choices": _("Making choices"),
        "time": _("More time"),
        "break": _("Breaks"),
        "plan": _("Knowing what comes next"),
        "clear": _("Clear words and pictures"),
        "listen": _("Somebody who listens"),
        "talk": _("Help to talk"),
        "helping-hand": _("Helping others"),
        "heart": _("I am kind"),
        "face-very-happy": _("I am funny"),
        "idea": _("I have good ideas"),
        "strong": _("I do not give up"),
        "college": _("College or a new school"),
        "work": _("A job"),
        "bus": _("Getting around"),
        "health": _("My health"),
        "teacher": _("My teachers"),
        "playground": _("Break time"),
        "loud": _("Noise"),
    }[code]


def picture_in(section: str, code: str) -> str:
    """A picture's words where it means something of its own."""
    own = {
        ("support", "helping-hand"): _("Help when I ask"),
        (SORTED, "helping-hand"): _("The help I get"),
        ("who", "child"): _("Me"),
        ("who", "house"): _("My parent or carer"),
        ("who", "teacher"): _("My teacher"),
        ("who", "health"): _("Somebody from health"),
        ("who", "council"): _("Somebody from the council"),
    }
    return own.get((section, code)) or picture(code)


def place(code: str) -> str:
    return {"working": _("Working"), "not_sure": _("Not sure"), "not_working": _("Not working")}[code]


def test(code: str) -> str:
    """The four tests of the Lundy model, as a question to a child."""
    return {
        "space": _("Did you have time and a safe place to say what you think?"),
        "voice": _("Could you say it in your own way?"),
        "audience": _("Did the right people listen to you?"),
        "influence": _("Did something change because of what you said?"),
    }[code]


def answer(code: str) -> str:
    return {"yes": _("Yes"), "not_sure": _("Not sure"), "no": _("No")}[code]


def role(code: str) -> str:
    return {
        "young_person": _("The child or young person"),
        "parent_carer": _("Parent carer"),
        "invited": _("Invited"),
    }[code]


def whose(said: Said) -> str:
    """Whose view it is; an invited person is called what the family called them."""
    return said.called or role(said.role)


def lines(said: Said) -> list[str]:
    """All that was said with words or pictures, in the reader's language, a line each."""
    found = [said.text] if said.text else []
    if said.section == SORTED:
        for where, codes in sorted_by_place(said):
            found.append(f"{place(where)}: {', '.join(picture_in(SORTED, code) for code in codes)}")
    elif said.section == HEARD:
        found += [f"{test(code)} {answer(given)}" for code, given in said.sorted]
    elif said.pictures:
        found.append(", ".join(picture_in(said.section, code) for code in said.pictures))
    return found


def lines_in(said: Said, language: str) -> list[str]:
    """The same in another language than the reader's."""
    spoken = current().code
    speak(language)
    try:
        return lines(said)
    finally:
        speak(spoken)


def problem(found: AnswerProblem) -> str:
    if found.code == "nothing_said":
        return _("Say something first. You can write, choose, draw, record or take a photo.")
    if found.code == "nothing_sorted":
        return _("Choose a place for one picture or more.")
    return wordings.answer_problem(found)


def sorted_by_place(said: Said) -> list[tuple[str, list[str]]]:
    """The places that have something in them, with what was put there."""
    placed = [(where, [code for code, there in said.sorted if there == where]) for where in PLACES]
    return [(where, codes) for where, codes in placed if codes]
