"""What the page of a question posts."""

from __future__ import annotations

from surveys.document import RATHER_NOT_SAY, Question


def form(question: Question, code: str) -> dict[str, str]:
    """What a page of this question posts when ``code`` was chosen, or anything where there is nothing to choose."""
    codes = [option.code for option in question.options]
    match question.kind:
        case _ if code == RATHER_NOT_SAY:
            return {"answer": RATHER_NOT_SAY}
        case "multiple_choice" | "feelings":
            return {f"option-{code}": "yes"}
        case "ranking":
            return {f"rank-{each}": str(place) for place, each in enumerate(codes, start=1)}
        case "sorting":
            places = [place.code for place in question.places]
            return {f"sort-{each}": places[at % len(places)] for at, each in enumerate(codes)}
        case "free_text" | "drawing" | "photo" | "recording":
            return {"text": "They rang us back."}
        case "date":
            return {"day": "4", "month": "9", "year": "2026"}
        case "postcode_area":
            return {"area": "b91"}
        case _:
            return {"answer": code}


def first(question: Question) -> str:
    return question.options[0].code if question.options else "5"
